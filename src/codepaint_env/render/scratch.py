"""One folder a process for temporary files; a process that starts removes those of processes that are gone."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from codepaint_env.render.confine.process_table import started_ticks
from rewards.errors import MachineError
from rewards.forks import run_in_children

_NAME = re.compile(r"run-(\d+)-(\d+)")
_LOCK = "lock"


class _Mine:
    """This process's folder, how many use it, and the lock that tells others that it is in use."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.path: Path | None = None
        self.lock = -1
        self.users = 0


_mine = _Mine()


def folder() -> Path:
    """Returns this process's folder, made on the first use; it stays until the last `release` or the end.

    Raises:
        MachineError: It cannot be made.
    """
    with _mine.guard:
        if _mine.path is None:
            try:
                _mine.path, _mine.lock = _made(parent())
            except OSError as error:
                raise MachineError(
                    f"Temporary files cannot be written to {parent()} ({error}); TMPDIR chooses another place."
                ) from error
        return _mine.path


def hold() -> None:
    """Counts one more user of the folder; each is to call `release` once."""
    with _mine.guard:
        _mine.users += 1


def release() -> None:
    """Counts one user less, and removes the folder with the last."""
    with _mine.guard:
        _mine.users -= 1
    _remove_unused()


def _remove_unused() -> None:
    with _mine.guard:
        if _mine.users <= 0 and _mine.path is not None:
            shutil.rmtree(_mine.path, ignore_errors=True)
            os.close(_mine.lock)
            _mine.path, _mine.lock, _mine.users = None, -1, 0


def parent() -> Path:
    """Returns where the folders of all this user's processes lie."""
    return Path(tempfile.gettempdir()) / f"codepaint-{os.geteuid()}"


def sweep() -> None:
    """Removes what processes left behind that were killed; making a folder does so too."""
    if parent().is_dir():
        with _locked(parent() / _LOCK):
            _sweep(parent())


def _made(place: Path) -> tuple[Path, int]:
    """Returns a folder for this process and its lock, after a look at what others left behind."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.stat().st_uid != os.geteuid():
        raise MachineError(f"{place} belongs to another user; remove it or set TMPDIR.")
    with _locked(place / _LOCK):  # so that no folder is seen between its making and its locking
        _sweep(place)
        path = place / f"run-{os.getpid()}-{started_ticks(os.getpid())}"
        path.mkdir(mode=0o700, exist_ok=True)
        lock = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
    return path, lock


def _sweep(place: Path) -> None:
    for path in place.iterdir():
        name = _NAME.fullmatch(path.name)
        # A number may have been given to another process since; the time of its start tells them apart.
        if name is not None and started_ticks(int(name[1])) != int(name[2]) and not _is_locked(path / _LOCK):
            shutil.rmtree(path, ignore_errors=True)


def _is_locked(lock: Path) -> bool:
    """True if a process holds the lock that /proc may not show here: one in another container."""
    try:
        with lock.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _forget() -> None:
    """Leaves the folder to the parent: a forked child makes its own."""
    global _mine
    if _mine.lock >= 0:
        os.close(_mine.lock)  # the parent's stays locked, for it has it open too
    _mine = _Mine()


atexit.register(_remove_unused)
run_in_children(_forget)
