"""Programs in the code blocks that a model would write."""

from __future__ import annotations

import re


def fenced(program: str, suffix: str) -> str:
    """Wraps a program as a model would, in a fence longer than any inside it.

    Args:
        program: The code.
        suffix: Of its files, which names the language, such as `.js`.
    """
    longest = max((len(run) for run in re.findall(r"`+", program)), default=0)
    mark = "`" * max(3, longest + 1)
    return f"{mark}{suffix.removeprefix('.')}\n{program.strip()}\n{mark}\n"
