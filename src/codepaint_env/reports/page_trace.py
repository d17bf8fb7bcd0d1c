"""What the reports show of a page that was tried out: each step with its verdict, its pictures and its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from codepaint_env.reports.picture import Picture, picture
from rewards.errors import MachineError
from rewards.types import Interaction, Rendering

SMALL_PX = 480  # width of the pictures in a run's report, which holds many pages
INSET, BADGE = 20, 56  # of a number from the edge of its picture, and from the next number, in pixels
LEAST_SAME = 0.98  # of the pixels under a control, for it to stand where the page's own picture has it
LEAST_KEPT = (
    0.6  # or of all that is drawn on the page, every third pixel both ways, for it not to have scrolled
)

Box = tuple[int, int, int, int]

VERDICTS = {True: "credited", False: "no effect", None: "not judged"}
LOOKS = {True: "credited", False: "uncredited", None: "unjudged"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered frame on a picture.

    Attributes:
        number: As it is referred to.
        box: Left, top, right, bottom in pixels of the picture.
        look: Class of its colour.
        target: Id of what it leads to on the same report.
        words: What it is, for those who do not see it.
        at: Where its number stands, in pixels of the picture; see `spread`.
    """

    number: int
    box: Box
    look: str
    target: str
    words: str
    at: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a trace.

    Attributes:
        told: The step itself.
        counts: True if it is among the judged steps that the score counts.
        before: The page before it; None where there is no picture.
        after: The page after it.
        in_sight: True if its control stands in the page's own picture where the step found it.
    """

    told: Interaction
    counts: bool
    before: Picture | None
    after: Picture | None
    in_sight: bool

    @property
    def verdict(self) -> str:
        """In a word or two."""
        return VERDICTS[self.told.credited]

    @property
    def look(self) -> str:
        """Class of its colour."""
        return LOOKS[self.told.credited]

    @property
    def number(self) -> int:
        """Counted from 1."""
        return self.told.step

    @property
    def control(self) -> str:
        """What was acted on, as a person would call it."""
        told = self.told
        return f"{told.role} “{told.name}”" if told.name else f"{told.role} {told.selector}".strip()

    @property
    def marks(self) -> list[Mark]:
        """The frame around its control on the picture before it; none where the control has no place."""
        box = self.told.box
        return [] if box is None else [Mark(self.number, box, self.look, f"step-{self.number}", self.control)]


def steps_of(rendering: Rendering, steps: int, widest_px: int) -> list[Step]:
    """Returns the steps of a page's trace with their pictures; none where nothing was tried.

    Args:
        rendering: Of the page.
        steps: Judged steps that the score counts.
        widest_px: Width above which pictures are made smaller.
    """
    shown, judged = [], 0
    for told in rendering.interactions or ():
        judged += told.credited is not None
        pictures = rendering.pictures
        before = pictures.get(f"step-{told.step}-before")
        shown.append(
            Step(
                told,
                told.credited is not None and judged <= steps,
                picture(before, widest_px),
                picture(pictures.get(f"step-{told.step}-after"), widest_px),
                told.box is not None and _same_place(before, pictures.get("viewport"), told.box),
            )
        )
    return shown


def credited(steps: Sequence[Step]) -> int:
    """Returns how many of the steps that count are credited."""
    return sum(step.counts and bool(step.told.credited) for step in steps)


def spread(marks: Sequence[Mark], size: tuple[int, int] | None) -> list[Mark]:
    """Returns marks with a place for each number: the corner of its frame, or beside a number that stands there.

    Args:
        marks: In the order in which they are drawn.
        size: Width and height of the picture, which no number leaves; None where there is no picture.
    """
    taken: list[tuple[int, int]] = []
    for mark in marks if size is not None else ():
        wide, high = size or (0, 0)
        left, top = max(INSET, min(mark.box[0], wide - INSET)), max(INSET, min(mark.box[1], high - INSET))
        while any(abs(left - x) < BADGE and abs(top - y) < BADGE for x, y in taken) and left + BADGE < wide:
            left += BADGE
        taken.append((left, top))
    return [replace(mark, at=place) for mark, place in zip(marks, taken, strict=False)]


def _same_place(before: bytes | None, viewport: bytes | None, box: Box) -> bool:
    """Tells whether a control stands at the same place in both pictures; where one is missing there is no telling."""
    from rewards.pages.screenshots import pixels

    if before is None or viewport is None:
        return True
    try:
        one, other = pixels(before), pixels(viewport)
    except MachineError:
        return False
    left, top, right, bottom = (max(0, side) for side in box)
    first, second = one[top:bottom, left:right], other[top:bottom, left:right]
    if first.shape != second.shape or not first.size:
        return False
    if float(np.mean(np.all(first == second, axis=-1))) >= LEAST_SAME:
        return True
    return one.shape == other.shape and _kept(one[::3, ::3], other[::3, ::3]) >= LEAST_KEPT


def _kept(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Returns which share of what one picture has on its ground the other has at the same place, [0, 1]."""
    colours, counts = np.unique(other.reshape(-1, 3), axis=0, return_counts=True)
    drawn = np.any(other != colours[counts.argmax()], axis=-1)
    same = np.all(one == other, axis=-1)
    return float(same[drawn].mean()) if drawn.any() else 1.0
