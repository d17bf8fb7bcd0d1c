"""One browser for all tests of pages that need no more than that."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from codepaint_env.canvases.html.browser import browser
from codepaint_env.render.browser.pipe import Pipe
from rewards import loop_thread


@pytest.fixture(scope="session")
def pipe(parts: None) -> Iterator[Pipe]:
    """A sealed browser; what talks to it runs on the loop thread."""
    stack = contextlib.AsyncExitStack()
    yield loop_thread.run(stack.enter_async_context(browser()))
    loop_thread.run(stack.aclose())
