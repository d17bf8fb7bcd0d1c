"""Renderings by identity, in memory and on disk: what was drawn once is not drawn again."""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from collections import OrderedDict
from dataclasses import astuple
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import platformdirs

from rewards.errors import SpecError
from rewards.forks import ForkSafeLock, run_in_children
from rewards.types import Rendering

if TYPE_CHECKING:
    from codepaint_env.render.disk import Folder

DISK_MB = 2048
MEMORY_MB = 64
"""Megabytes that the renderings in memory may hold: room for 64 paintings of 512 pixels, of 0.8 MB each."""

_PACKAGES = Path(__file__).parents[2]
_log = logging.getLogger(__name__)
_DRAWING = ("codepaint_env/render", "codepaint_env/canvases", "rewards/painted", "rewards/types.py")


def cache_folder() -> Path | None:
    """Returns where renderings are kept: in `CODEPAINT_CACHE` or the user's cache; None if that is `off`."""
    chosen = os.environ.get("CODEPAINT_CACHE", "")
    if chosen.lower() == "off":
        return None
    parent = Path(chosen).expanduser().absolute() if chosen else platformdirs.user_cache_path("codepaint")
    return parent / "renderings"


def chosen_folder(wish: object) -> Path | None:
    """Returns the folder that the renderer's option `disk_cache` asks for.

    Args:
        wish: True takes `cache_folder()`, False none; a path takes that folder.
    """
    if isinstance(wish, bool):
        return cache_folder() if wish else None
    if not isinstance(wish, str) or not wish:
        raise SpecError(f"renderer: disk_cache is {wish!r}; it must be True, False or the path of a folder.")
    return Path(wish).expanduser().absolute()


class RenderCache:
    """Keeps the most recent renderings in memory and far more of them in a folder.

    A machine failure is never kept. Any thread and any process may use the same folder at once.

    Attributes:
        hits_memory: How often a rendering was found in memory.
        hits_disk: How often it was found on disk only.
        misses: How often it was found nowhere.
        on_disk: Whether there is a folder, too.

    Args:
        size: Renderings to keep in memory, as long as they hold less than `MEMORY_MB`; 0 keeps none.
        disk: The folder; None keeps nothing on disk.
        disk_mb: Megabytes that may lie there, a painting being 0.3; those used longest ago go first.
    """

    def __init__(self, size: int, disk: Path | None = None, disk_mb: int = DISK_MB) -> None:
        self.hits_memory = self.hits_disk = self.misses = 0
        self._size = size
        self._disk = disk
        self.on_disk = disk is not None
        self._disk_mb = disk_mb
        self._drawn_by = "" if disk is None else _drawn_by()  # before anyone edits what was imported
        self._folder: Folder | None = None
        self._kept: OrderedDict[str, Rendering] = OrderedDict()
        self._held: dict[str, int] = {}  # bytes of each that is kept
        self._unwritten: dict[str, Rendering] = {}
        self._lock = ForkSafeLock()
        run_in_children(self._forget_unwritten)

    def recall(
        self, identity: str, stages: frozenset[str], stop: frozenset[str] = frozenset()
    ) -> Rendering | None:
        """Returns the rendering of this identity if it is in memory and these stages were recorded, or stopped.

        Args:
            identity: Of the rendering.
            stages: What must have been recorded,
            stop: but for what a finding of these kinds stopped.
        """
        with self._lock:
            found = self._kept.get(identity) or self._unwritten.get(identity)
            if found is None or not _is_whole(found, stages, stop):
                return None
            self.hits_memory += 1
            if identity in self._kept:
                self._kept.move_to_end(identity)
            return found

    def get(
        self, identity: str, stages: frozenset[str], stop: frozenset[str] = frozenset()
    ) -> Rendering | None:
        """Returns the rendering of this identity from memory or disk.

        Where renderings are kept `on_disk` it reads a file, so not on an event loop.
        """
        found = self.recall(identity, stages, stop)
        if found is not None:
            return found
        found = self._read(identity)
        if found is None or not _is_whole(found, stages, stop):
            with self._lock:
                self.misses += 1
            return None
        with self._lock:
            self.hits_disk += 1
            self._keep(found)
        return found

    def put(self, rendering: Rendering) -> None:
        """Keeps a rendering in memory and on disk; writes a file, so not on an event loop."""
        if self.keep(rendering):
            self.write(rendering)

    def keep(self, rendering: Rendering) -> bool:
        """Keeps a rendering in memory and lets go of those used longest ago.

        Returns:
            True if it belongs on disk too: until `write` is done it is told from memory in any case.
        """
        if rendering.status == "machine_error":
            return False
        with self._lock:
            self._keep(rendering)
            if self.on_disk:
                self._unwritten[rendering.identity] = rendering
        return self.on_disk

    def write(self, rendering: Rendering) -> None:
        """Writes to disk what `keep` was given: takes 10 ms, and no caller need wait for it."""
        from codepaint_env.render.codec import CodecError, pack

        folder = self._opened()
        try:
            if folder is not None:
                folder.put(self._key(rendering.identity), pack(rendering))
        except CodecError as error:
            _log.warning("A rendering is not kept on disk: %s", error)
        finally:
            with self._lock:
                if self._unwritten.get(rendering.identity) is rendering:
                    del self._unwritten[rendering.identity]

    def _forget_unwritten(self) -> None:
        self._unwritten = {}  # the parent writes them
        self._held = {
            name: bytes_of(each) for name, each in self._kept.items()
        }  # it may have been in between

    def _keep(self, rendering: Rendering) -> None:
        held, most = bytes_of(rendering), MEMORY_MB * 1_000_000
        if held > most:
            return  # it would drive out all others and then itself
        self._kept[rendering.identity] = rendering
        self._kept.move_to_end(rendering.identity)
        self._held[rendering.identity] = held
        while len(self._kept) > self._size or sum(self._held.values()) > most:
            gone, _ = self._kept.popitem(last=False)
            del self._held[gone]

    def _read(self, identity: str) -> Rendering | None:
        folder = self._opened()
        data = folder.get(self._key(identity)) if folder is not None else None
        if folder is None or data is None:
            return None
        from codepaint_env.render.codec import unpack

        try:
            found = unpack(data)
            if found.identity != identity:
                raise ValueError("another rendering lies in its place")
        except ValueError:
            folder.remove(self._key(identity))
            return None
        return found

    def _key(self, identity: str) -> str:
        import PIL  # fits pictures to the paper

        parts = (self._drawn_by, np.__version__, PIL.__version__, identity)
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()

    def _opened(self) -> Folder | None:
        if self._disk is None:
            return None
        with self._lock:
            if self._folder is None:
                from codepaint_env.render.disk import Folder

                self._folder = Folder(self._disk, self._disk_mb * 1_000_000)
            return self._folder


def _is_whole(found: Rendering, stages: frozenset[str], stop: frozenset[str]) -> bool:
    return stages <= found.evidence or any(finding.kind in stop for finding in found.findings)


def bytes_of(rendering: Rendering) -> int:
    """Returns the bytes that a rendering holds in memory: pixels, pictures and text."""
    texts = [rendering.kind, rendering.message, rendering.identity, *rendering.evidence, *rendering.pictures]
    for finding in rendering.findings:
        texts += [finding.kind, finding.message]
    for each in rendering.interactions or ():
        texts += [value for value in astuple(each) if isinstance(value, str)]
    pixels = 0 if rendering.image is None else rendering.image.nbytes
    return pixels + sum(map(len, rendering.pictures.values())) + sum(map(sys.getsizeof, texts))


@cache
def _drawn_by() -> str:
    """Hashes the code that draws: a folder outlives the release that filled it, and edits of a checkout."""
    told = hashlib.sha256()
    for place in (_PACKAGES / name for name in _DRAWING):
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and path.suffix != ".pyc":
                told.update(f"{path.relative_to(_PACKAGES)} {path.stat().st_size}\n".encode())
                told.update(path.read_bytes())
    return told.hexdigest()
