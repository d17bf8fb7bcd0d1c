"""Programs that cannot be run at all, whatever would draw them."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")


def refuse(program: str, max_chars: int) -> tuple[str, str] | None:
    """Returns kind and message of a program that cannot be run at all, or None."""
    if len(program) > max_chars:
        return "too_large", f"{len(program)} characters; {max_chars} are read."
    if not program.strip():
        return "no_program", "The completion holds no code."
    if _SURROGATE.search(program):
        return "no_program", "The code holds lone surrogates and is not valid text."
    return None
