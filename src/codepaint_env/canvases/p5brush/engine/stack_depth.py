"""Tells whether calls went as deep as V8's stack goes: how many that is depends on what V8 had compiled by then."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

import numpy as np

STACK_KB = 984  # of V8, as `parts.V8_FLAGS` sets it
NEAR_KB = 850  # from here on a stack counts as used up: frames are of any size
# V8 counts from where its thread stood when the isolate was made, a little below the top of the thread's stack.
BELOW_KB = STACK_KB + 64
_MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S+) ")


class StackDepth:
    """Watches the stacks of this process's threads: what was written to the end of one since this was made is seen.

    A refused call is an ordinary error to a program, which may catch it and count how deep it came. The memory that its
    calls wrote to stays written to. Nothing may run beside it that goes as deep.
    """

    def __init__(self) -> None:
        self._clean = [start for start in _ends_of_stacks() if not _is_written(start)]

    def is_used_up(self) -> bool:
        """Tells whether any of the stacks that there were was used to its end."""
        return any(_is_written(start) for start in self._clean)


def _ends_of_stacks() -> list[int]:
    """Returns where the last part of each thread's stack starts; the C library puts a guard below each stack."""
    found, guard = [], 0
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        match = _MAPPING.match(line)
        if match is None:
            continue
        start, end = int(match[1], 16), int(match[2], 16)
        if match[3] == "rw-p" and start == guard and end - start > BELOW_KB * 1024:
            found.append(end - BELOW_KB * 1024)
        guard = end if match[3] == "---p" else 0
    return found


def _is_written(start: int) -> bool:
    end = (ctypes.c_char * ((BELOW_KB - NEAR_KB) * 1024)).from_address(start)
    return bool(np.frombuffer(memoryview(end), np.uint64).any())
