"""Both paths are drawn here, so the browser is fetched first."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def _set_up(parts: None) -> None:
    """Asks for `parts` once."""
