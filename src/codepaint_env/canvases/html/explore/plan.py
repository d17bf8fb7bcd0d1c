"""What is done to a page in one trial: acts that both arms do, and the one that only the test does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from codepaint_env.canvases.html.explore.candidate import Candidate

Kind = Literal[
    "click",
    "taps",
    "double_click",
    "right_click",
    "hold",
    "hover",
    "tick",
    "type",
    "choose",
    "set",
    "slide",
    "drag",
    "wheel",
    "press",
    "wait",
]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person does.

    Attributes:
        kind: What.
        selector: Of the element; `""` for keys that the page as a whole hears.
        target: Of the label by which the element is used; `""` mostly.
        keys: For `press` and `choose`: names of keys such as `ArrowLeft`, in order.
        hold_ms: For `press`: how long each key is held down; for `wait`: how long.
        text: For `type` and `set`.
        part: For `slide`: how far along the element, [0, 1].
        to: For `drag`: selector of where to; `""` goes a little to the right and down.
        name: Of the element, for people.
    """

    kind: Kind
    selector: str = ""
    target: str = ""
    keys: tuple[str, ...] = ()
    hold_ms: int = 0
    text: str = ""
    part: float = 0.5
    to: str = ""
    name: str = ""

    @property
    def shape(self) -> tuple[object, ...]:
        """What the same act at an inert place has in common with it: acts of one shape share a control arm."""
        if self.kind in ("click", "tick", "slide"):
            return ("click",)
        if self.kind in ("press", "choose"):
            return ("press", len(self.keys), self.hold_ms, self.selector != "")
        return (self.kind, len(self.text))


@dataclass(frozen=True, slots=True)
class Plan:
    """One trial of a candidate.

    Attributes:
        candidate: What is tried.
        act: What only the test arm does to it.
        prefix: What both arms do first.
        expectation: What a user would expect, a sentence.
        action: One word or a few for the trace, such as `click` or `fill in and submit`.
        spread: True if the fields of its form are no effect: it sends them.
    """

    candidate: Candidate
    act: Act
    expectation: str
    action: str
    prefix: tuple[Act, ...] = ()
    spread: bool = False
