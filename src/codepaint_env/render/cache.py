"""Renderings by identity: what was drawn once is not drawn again."""

from __future__ import annotations

import threading
from collections import OrderedDict

from rewards.types import Rendering


class RenderCache:
    """Keeps the most recent renderings; a machine failure is never kept.

    Args:
        size: Renderings to keep, of 0.8 MB each; 0 keeps none.
    """

    def __init__(self, size: int) -> None:
        self.hits = 0
        self._size = size
        self._kept: OrderedDict[str, Rendering] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, identity: str) -> Rendering | None:
        """Returns the rendering of this identity, if it is kept."""
        with self._lock:
            found = self._kept.get(identity)
            if found is not None:
                self.hits += 1
                self._kept.move_to_end(identity)
            return found

    def put(self, rendering: Rendering) -> None:
        """Keeps a rendering and lets go of the one used longest ago."""
        if self._size == 0 or rendering.status == "machine_error":
            return
        with self._lock:
            self._kept[rendering.identity] = rendering
            self._kept.move_to_end(rendering.identity)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
