"""A server on a thread of its own, for tests and notebooks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Serves(Protocol):
    """What can be run and ended."""

    def run(self) -> None:
        """Serves; blocks."""
        ...

    def stop(self) -> None:
        """Begins to end; returns at once."""
        ...


@contextmanager
def background(server: Serves) -> Iterator[None]:
    """Runs a server on a thread, and ends it with the block."""
    thread = threading.Thread(target=server.run, name="codepaint-serve", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.stop()
        thread.join()
