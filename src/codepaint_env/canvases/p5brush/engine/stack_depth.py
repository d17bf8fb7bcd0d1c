"""Tells whether calls went as deep as V8's stack goes: how many that is depends on what V8 had compiled by then."""

from __future__ import annotations

import ctypes
import resource
import time
from pathlib import Path

import numpy as np

STACK_KB = 984  # of V8, as `parts.V8_FLAGS` sets it; counted from about where an idle isolate's thread stands
NEAR_KB = 850  # from here on it counts as used up: frames are of any size
SOON_S = 0.0002  # until a thread that has answered waits again
_LEAST_KB = 2048  # of a thread's whole stack, so that all of this lies in it


def threads() -> frozenset[str]:
    """Returns the threads of this process."""
    return frozenset(path.name for path in Path("/proc/self/task").iterdir())


class StackDepth:
    """Watches the stack of an isolate's thread: what is written to its end from here on is seen.

    A refused call is an ordinary error to a program, which may catch it and count how deep it came. The memory that its
    calls wrote to stays written to.

    Args:
        before: The threads that there were before the isolate was made. It is idle now, and must outlive this.
    """

    def __init__(self, before: frozenset[str]) -> None:
        limit = resource.getrlimit(resource.RLIMIT_STACK)[0]
        found = threads() - before if not 0 <= limit < _LEAST_KB * 1024 else frozenset()
        self._ends = [_end_of_stack(thread) for thread in found]

    def is_used_up(self) -> bool:
        """Tells whether the stack was used to its end."""
        return any(bool(end.any()) for end in self._ends)


def _end_of_stack(thread: str) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Returns the memory in which the stack of a waiting thread ends."""
    # The number of the call that it waits in, six arguments, its stack pointer and where it stands; or `running`.
    call = Path(f"/proc/self/task/{thread}/syscall")
    while len(told := call.read_text(encoding="ascii").split()) < 9:
        time.sleep(SOON_S)
    start = (int(told[7], 16) & -8) - STACK_KB * 1024
    memory = (ctypes.c_char * ((STACK_KB - NEAR_KB) * 1024)).from_address(start)
    return np.frombuffer(memoryview(memory), np.uint64)
