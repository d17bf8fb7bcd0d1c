"""Bytes by key in a bounded folder that several processes share; what ails it never stops the painting."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeGuard, TypeVar

import diskcache  # type: ignore[import-untyped]
from diskcache.core import MODE_BINARY, MODE_RAW, UNKNOWN  # type: ignore[import-untyped]

from rewards.forks import lock_held_over_forks

T = TypeVar("T")

_log = logging.getLogger(__name__)
_FILE = re.compile(r"[0-9a-f]{32}\.val")
_unusable: set[Path] = set()

_at_work = lock_held_over_forks()  # no child is born in the middle of a use of SQLite


class Folder:
    """Keeps bytes and lets go of those used longest ago; opened by the first use, and anew after a fork.

    A folder that cannot be used (read-only, full, not a database) is given up for the life of the process,
    with one warning.

    Args:
        path: Where; made if it is missing, readable by its owner only.
        size_bytes: How much may lie there.
    """

    def __init__(self, path: Path, size_bytes: int) -> None:
        self._path = path
        self._size_bytes = size_bytes
        self._cache: diskcache.Cache | None = None

    def get(self, key: str) -> bytes | None:
        """Returns what is kept under a key."""
        found = self._use(lambda cache: cache.get(key))
        return found if isinstance(found, bytes) else None

    def put(self, key: str, value: bytes) -> None:
        """Keeps a value."""
        self._use(lambda cache: cache.set(key, value))

    def remove(self, key: str) -> None:
        """Lets go of a value."""
        self._use(lambda cache: cache.delete(key))

    def _use(self, work: Callable[[diskcache.Cache], T]) -> T | None:
        with _at_work:
            if self._path in _unusable:
                return None
            try:
                return work(self._opened())
            except Exception as error:  # noqa: BLE001 (a cache that fails for any reason is done without)
                _unusable.add(self._path)
                why = str(error) or type(error).__name__
                _log.warning(
                    "Pictures are not kept in %s (%s); CODEPAINT_CACHE chooses another folder, or off.",
                    self._path,
                    why,
                )
                return None

    def _opened(self) -> diskcache.Cache:
        if self._cache is None:
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._cache = diskcache.Cache(
                str(self._path),
                timeout=5,
                disk=_Files,
                size_limit=self._size_bytes,
                cull_limit=4,
                eviction_policy="least-recently-used",
            )
        return self._cache


class _Files(diskcache.Disk):  # type: ignore[misc]
    """Bytes in the database or in files beside it.

    The library would unpickle what a forged database calls a pickle, and read or delete whatever file it names.
    """

    def filename(self, key: object = UNKNOWN, value: object = UNKNOWN) -> tuple[str, str]:
        name = f"{os.urandom(16).hex()}.val"
        return name, os.path.join(self._directory, name)

    def store(
        self, value: bytes, read: bool, key: object = UNKNOWN
    ) -> tuple[int, int, str | None, bytes | None]:
        if len(value) < self.min_file_size:
            return 0, MODE_RAW, None, value
        name, path = self.filename()
        try:
            Path(path).write_bytes(value)
        except OSError:
            Path(path).unlink(missing_ok=True)  # a full disk keeps the first half
            raise
        return len(value), MODE_BINARY, name, None

    def fetch(self, mode: int, filename: object, value: object, read: bool) -> bytes:
        if mode == MODE_RAW and isinstance(value, bytes):
            return value
        if mode == MODE_BINARY and _is_ours(filename):
            return Path(self._directory, filename).read_bytes()
        raise OSError("not an entry of ours")  # to the library, a file that has gone

    def remove(self, filename: object) -> None:
        if _is_ours(filename):
            Path(self._directory, filename).unlink(missing_ok=True)


def _is_ours(filename: object) -> TypeGuard[str]:
    return isinstance(filename, str) and _FILE.fullmatch(filename) is not None
