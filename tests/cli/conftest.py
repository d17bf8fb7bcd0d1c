"""The commands are run as users have them, with everything set up."""

from __future__ import annotations

import sys

import pytest

from sketches import GOOD


@pytest.fixture(scope="session", autouse=True)
def _set_up(parts: None) -> None:
    """Asks for `parts` once."""


@pytest.fixture
def sketch(tmp_path):
    path = tmp_path / "sketch.js"
    path.write_text(GOOD)
    return path


@pytest.fixture
def without_playwright(monkeypatch):
    """A machine without the extra `browser`."""
    monkeypatch.setitem(sys.modules, "playwright", None)
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
