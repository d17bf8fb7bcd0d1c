"""Law 58: a reward that moves over a training is an ordinary reward at each step, and none without a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rewards.errors import SpecError
from rewards.mixing.forms import rebuilt
from rewards.mixing.ramp import Ramp, ramp_of
from rewards.mixing.schedule import Scheduled
from rewards.testing.cases.described import Painted, Picture, samples_of
from rewards.testing.law import Broken, Subject, law
from rewards.testing.scoring import difference, scored
from rewards.types import Reward, Sample, Score

PAINTINGS = [
    Painted("ok", Picture("painting", 3, 16, 16), task=3),
    Painted("ok", Picture("noise", 4, 16, 16), task=4),
    Painted("program_error", Picture("white", 5, 16, 16), task=5),
]
BEYOND = 5  # steps after the last that moves
SAME = 1e-12


def _steps(subject: Subject) -> Mapping[str, SearchStrategy[Any]]:
    assert subject.schedule is not None
    bends = subject.schedule.bends
    step = st.integers(0, bends[-1] + BEYOND) | st.sampled_from(bends)
    return {"steps": st.lists(step, min_size=2, max_size=4)}


@law(
    "58 schedule",
    "a step that is ignored, that the version leaves out, or that the reward counts by itself",
    draws=_steps,
    applies=lambda subject: subject.schedule is not None,
)
def schedule(subject: Subject, steps: Sequence[int]) -> bool:
    """A step's reward and version are those of the mix with its numbers; without a step, scoring raises."""
    moving = subject.schedule
    assert moving is not None
    samples = samples_of(PAINTINGS, moving.needs)
    _check_silent(moving, samples)
    told = [_checked(subject, moving, step, samples) for step in steps]
    for step, (version, scores) in zip(reversed(steps), reversed(told), strict=True):
        again = moving.at(step)
        if again.version != version:
            raise Broken(f"step {step} has the version {version!r}, and {again.version!r} when asked again")
        _agree(subject, scores, scored(again, samples), f"at step {step} and when asked again")
    numbers = [_numbers(moving, step) for step in steps]
    for one, other in ((i, j) for i in range(len(steps)) for j in range(i)):
        equal = all(abs(a - b) <= SAME for a, b in zip(numbers[one], numbers[other], strict=True))
        if equal != (told[one][0] == told[other][0]):
            raise Broken(
                f"steps {steps[other]} and {steps[one]} with the numbers {numbers[other]} and {numbers[one]} have "
                f"the versions {told[other][0]!r} and {told[one][0]!r}"
            )
    return len(set(map(tuple, numbers))) > 1


def _check_silent(moving: Scheduled, samples: Sequence[Sample]) -> None:
    for what, ask in (("scores", lambda: moving(samples)), ("preflight", lambda: moving.preflight())):
        try:
            ask()
        except SpecError:
            continue
        raise Broken(f"{what} without a step of the training raised nothing")


def _checked(
    subject: Subject, moving: Scheduled, step: int, samples: Sequence[Sample]
) -> tuple[str, list[Score]]:
    """Returns version and scores of a step that is as the mix with its numbers, and as the whole claims."""
    reward, scores = moving.at(step), scored(moving.at(step), samples)
    _agree(subject, scored(_plain(moving, step), samples), scores, f"with its numbers and at step {step}")
    if not reward.needs <= moving.needs or reward.traits.components != moving.traits.components:
        raise Broken(f"step {step} needs other evidence or has other components than is declared")
    lowest, highest = moving.traits.range or (0.0, 0.0)
    low, high = reward.traits.range or (lowest, highest)
    if low < lowest - SAME or high > highest + SAME:
        raise Broken(f"step {step} has the range [{low}, {high}], outside of [{lowest}, {highest}]")
    return reward.version, scores


def _agree(subject: Subject, one: Sequence[Score], other: Sequence[Score], where: str) -> None:
    if not subject.traits.deterministic:
        return
    for index, (first, second) in enumerate(zip(one, other, strict=True)):
        if found := difference(first, second, subject.tolerance):
            raise Broken(f"sample {index} {found} {where}")


def _plain(moving: Scheduled, step: int) -> Reward:
    """Returns the mix with the numbers of a step, as they are read here."""

    def number(value: Any) -> Any:
        ramp = ramp_of(value)
        return value if ramp is None else _on_line(ramp, step)

    return moving.compose(rebuilt(moving.form, dict, number))


def _numbers(moving: Scheduled, step: int) -> list[float]:
    return [_on_line(ramp, step) for ramp in moving.ramps]


def _on_line(ramp: Ramp, step: int) -> float:
    """Returns the number of a step; `Ramp.at` is what is checked, so it is not asked."""
    gone = min(1.0, max(0.0, (step - ramp.start) / ramp.steps))
    return (1 - gone) * ramp.first + gone * ramp.last
