"""How finely time passes while a page is tried: frames cost most of it, and most pages need few."""

from __future__ import annotations

from dataclasses import dataclass

from codepaint_env.canvases.html.clock import FRAME_MS


@dataclass(frozen=True, slots=True)
class Pace:
    """Virtual milliseconds from one frame to the next. Timers run at their own time whatever the frames.

    Attributes:
        settle_ms: Until the page is settled.
        hand_ms: While something is done to it.
        watch_ms: Soon after.
        late_ms: After `arm.CLOSELY_MS`.
    """

    settle_ms: float
    hand_ms: float
    watch_ms: float
    late_ms: float


BY_FRAMES = Pace(FRAME_MS, FRAME_MS, FRAME_MS, 64)  # for a page that does something in each frame
BY_TIMERS = Pace(80, 64, 64, 240)  # transitions and animations go by the time, not by the frames


def pace_of(document: str) -> Pace:
    """Returns the pace of a document, the same for every page that is opened of it.

    A page that hides that it asks for frames gets fewer of them, and as many in one arm of a trial as in the other.
    """
    return BY_FRAMES if "AnimationFrame" in document else BY_TIMERS
