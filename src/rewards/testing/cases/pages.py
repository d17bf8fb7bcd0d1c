"""What a page leaves besides its picture, as a few letters: a trace, the pictures of its steps, findings."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from functools import lru_cache

from rewards.pages.audited import WORTH
from rewards.types import Finding, Interaction

BY_WORDS = "by words"
UNRECORDED = "unrecorded"
TRACES = ("?++-+", "+-", "--", "+++", "", "-?+?+-", "+", "++++-")
"""Traces that samples have unless a case says otherwise; see `trace_of`."""

CREDITED: Mapping[str, bool | None] = {"+": True, "-": False, "?": None}
KINDS_OF_LAYOUT = tuple(WORTH)
"""Kinds of findings that the stage `layout` records."""

_ACTIONS = (("click", "button", "Add to cart"), ("type", "textbox", "Your name"), ("press", "canvas", "Game"))


def trace_of(letters: str) -> tuple[Interaction, ...]:
    """Returns a trace, a step a letter: `+` was credited, `-` was not, `?` was not judged."""
    return tuple(_step(number, letter) for number, letter in enumerate(letters, 1))


def pictures_of(letters: str, seed: int) -> dict[str, bytes]:
    """Returns a little PNG file before and after each step of a trace."""
    return {
        f"step-{number}-{when}": _shot(f"{seed} {number} {when}")
        for number in range(1, len(letters) + 1)
        for when in ("before", "after")
    }


def finding_of(kind: str, number: int = 0) -> Finding:
    """Returns a finding of a kind, as the stages of a page record it."""
    if kind not in KINDS_OF_LAYOUT:
        return Finding(kind, f"{kind} at line {12 + number}")
    share = (1 + number % 8) / 16
    return Finding(
        kind, f"{kind} of #part-{number}", share, (8 * number, 8, 8 * number + 40, 24), f"#part-{number}"
    )


def _step(number: int, letter: str) -> Interaction:
    action, role, name = _ACTIONS[number % len(_ACTIONS)]
    credited = CREDITED[letter]
    return Interaction(
        number,
        action,
        role,
        name,
        f"#control-{number}",
        (10, 20 * number, 90, 20 * number + 16),
        "the cart shows one more",
        "the count changed" if credited else "",
        credited,
        "it is covered by #banner" if credited is None else f"step-{number}-after",
    )


@lru_cache(maxsize=1024)
def _shot(told: str) -> bytes:
    from PIL import Image

    levels = hashlib.sha256(told.encode()).digest()[:12]
    file = io.BytesIO()
    Image.frombytes("RGB", (2, 2), levels).resize((16, 9)).save(file, "PNG")
    return file.getvalue()
