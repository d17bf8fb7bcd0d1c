"""What a fork must not break: locks that a thread of the parent held, and what such a thread was in the middle of.

A forked child inherits all locks as they are, and of all threads only the one that forked. A lock that another thread
held is never let go there.
"""

from __future__ import annotations

import itertools
import os
import threading
import weakref
from collections.abc import Callable
from types import MethodType


class ForkSafeLock:
    """A lock, for `with`, that is free in every forked child, whoever held it in the parent.

    What it guards may be half changed in the child. Where that matters, set it right with `run_in_children`, or take
    `lock_held_over_forks`.
    """

    def __init__(self) -> None:
        self._renew()
        run_in_children(self._renew)

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def _renew(self) -> None:
        self._lock = threading.Lock()


def lock_held_over_forks() -> threading.Lock:
    """Returns a lock that every fork waits for, so that no child is born in the middle of what it guards.

    For locks that are held briefly and live as long as the process. Its holder must not fork.
    """
    lock = threading.Lock()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release)
    return lock


def run_in_children(work: Callable[[], None]) -> None:
    """Runs a function at the start of every forked child, in the order in which they were given.

    A method of an object is run as long as the object lives, which this does not prolong.
    """
    number = next(_numbers)
    if isinstance(work, MethodType):
        _works[number] = weakref.WeakMethod(work, lambda _: _works.pop(number, None))
    else:
        _works[number] = lambda: work


def _run_all() -> None:
    for found in list(_works.values()):
        work = found()
        if work is not None:
            work()


_numbers = itertools.count()
_works: dict[int, Callable[[], Callable[[], None] | None]] = {}
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_run_all)
