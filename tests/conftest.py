"""Fixtures that several test files share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from codepaint_env.render.renderer import Renderer

# Those that take minutes begin first; else one of two processes would be left with them at the end.
LONGEST = (
    "test_faults",
    "test_fidelity",
    "test_hostile",
    "test_page",
    "test_engine",
    "test_identity",
    "test_soak",
)

# No test is answered by what an earlier run left in the user's cache, in a subprocess neither.
os.environ["CODEPAINT_CACHE"] = "off"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest files first, and leaves all else in its order."""
    rank = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(LONGEST)))


@pytest.fixture(scope="session")
def parts() -> None:
    """Fetches what the browser needs if it is missing: no test is skipped for want of a browser.

    A room whose tests draw has a conftest that asks for it; the others start without it.
    """
    from codepaint_env.render.browser import assets

    assets.setup()


@pytest.fixture(scope="session")
def renderer(parts: None) -> Iterator[Renderer]:
    """One renderer for the session, without a cache so that every picture is really drawn."""
    from codepaint_env.canvases.p5brush.canvas import P5Brush
    from codepaint_env.render.renderer import Renderer

    renderer = Renderer(P5Brush(), cache=0)
    yield renderer
    renderer.close()


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Points the environment variables of the OpenAI client at an endpoint."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)

    def set_up(url: str, key: str = "sk-secret") -> None:
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        monkeypatch.setenv("OPENAI_API_KEY", key)

    return set_up
