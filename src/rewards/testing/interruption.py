"""One call of a reward cut in two at a chosen line, and another call made in between by another thread."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from types import FrameType
from typing import Any

from rewards.testing.scoring import scored
from rewards.testing.subject import members_of
from rewards.types import Reward, Sample, Score

PATIENCE_S = 0.5  # for a call that waits for a lock which the cut one holds
KIT = ("rewards.testing.judges", "rewards.testing.scoring")  # code of the kit, not of a reward


@dataclass(frozen=True, slots=True)
class Cut:
    """Two calls, one of which cut into the other.

    Attributes:
        scores: Of the call that was cut, and of the other.
        where: Line at which it was cut.
        waited: The other did not finish before the first went on.
    """

    scores: list[list[Score]]
    where: str
    waited: bool


def places(reward: Reward, samples: Sequence[Sample], most: int) -> list[int]:
    """Returns at which of its lines a call can be cut, counted from 1; evenly spread, if they are more than so many."""
    lines: list[FrameType] = []
    _traced(reward, samples, lines.append)
    step = max(1, -(-len(lines) // most))
    return list(range(1, len(lines) + 1, step))


def interrupted(
    reward: Reward, samples: Sequence[Sample], place: int, other: Callable[[], Future[list[Score]]]
) -> Cut:
    """Scores samples; before one of the lines, another thread makes the other call from end to end."""
    passed, where, waited = 0, "", False
    calls: list[Future[list[Score]]] = []

    def cut(frame: FrameType) -> None:
        nonlocal passed, where, waited
        passed += 1
        if passed == place:
            where = f"cut before line {frame.f_lineno} of {frame.f_code.co_name}"
            calls.append(other())
            waited = bool(wait(calls, PATIENCE_S).not_done)

    told = _traced(reward, samples, cut)
    return Cut([told, *(call.result() for call in calls)], where, waited)


def _traced(reward: Reward, samples: Sequence[Sample], seen: Callable[[FrameType], object]) -> list[Score]:
    """Scores samples, and tells of each line of the packages of which the reward is made."""
    packages = {name for member in members_of(reward) for name in _packages(member)}

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        module = str(frame.f_globals.get("__name__", ""))
        if module.partition(".")[0] not in packages or module.startswith(KIT):
            return None
        if event == "line":
            seen(frame)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        return scored(reward, samples)
    finally:
        sys.settrace(before)


def _packages(member: object) -> set[str]:
    """Returns the packages of a member's classes, and of the functions that it holds."""
    held = [part for part in getattr(member, "__dict__", {}).values() if callable(part)]
    modules = [getattr(part, "__module__", "") for part in (*type(member).__mro__, *held)]
    return {str(module).partition(".")[0] for module in modules} - {"builtins", "typing"}
