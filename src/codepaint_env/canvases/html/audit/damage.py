"""Damage as findings: the worst places of each kind, and the rest in one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from codepaint_env.canvases.html.audit.picture import whole
from codepaint_env.canvases.html.audit.selector import selector_of
from codepaint_env.canvases.html.audit.snapshot import Box, Layout
from rewards.types import Finding

MOST = 8  # findings of a kind
LEAST = 0.002  # of damage that is worth a finding
_WORDS = 40  # letters of a text that a message quotes


@dataclass(frozen=True, slots=True)
class Damage:
    """One place where something is wrong.

    Attributes:
        kind: Of the finding.
        message: What is wrong and what to do about it, one sentence without a full stop.
        value: Which share of the page it spoils, [0, 1].
        box: Where; None where it has no place.
        element: Index of the element; -1 where it is none.
        selector: Of the element, where somebody else found it.
    """

    kind: str
    message: str
    value: float
    box: Box | None
    element: int = -1
    selector: str = ""


def findings(layout: Layout, damages: Sequence[Damage]) -> list[Finding]:
    """Returns findings by kind, the worst of each first; what is beyond `MOST` is told in the last of them.

    The values of a kind together say how much of the page it spoils: 1 - prod(1 - value).
    """
    found: list[Finding] = []
    for kind in dict.fromkeys(each.kind for each in damages):
        of_kind = [each for each in damages if each.kind == kind and each.value >= LEAST]
        of_kind.sort(key=lambda each: (-each.value, each.box or (0.0, 0.0, 0.0, 0.0), each.message))
        told = [_finding(layout, each) for each in of_kind[:MOST]]
        if rest := of_kind[MOST:]:
            last = told[-1]
            joint = 1 - math.prod(1 - min(each.value, 1.0) for each in (of_kind[MOST - 1], *rest))
            message = f"{last.message} So it is in {len(rest)} more places."
            told[-1] = Finding(kind, message, round(joint, 4), last.box, last.selector)
        found += told
    return found


def quoted(text: str) -> str:
    """Returns the beginning of a text for a message, on one line."""
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return repr(words if len(words) <= _WORDS else f"{words[: _WORDS - 1]}…")


def _finding(layout: Layout, damage: Damage) -> Finding:
    selector = damage.selector or (selector_of(layout, damage.element) if damage.element >= 0 else "")
    box = None if damage.box is None else whole(damage.box)
    if box is not None and (box[2] <= box[0] or box[3] <= box[1]):
        box = None
    message = damage.message[:1].upper() + damage.message[1:] + "."
    return Finding(damage.kind, message, round(min(damage.value, 1.0), 4), box, selector)
