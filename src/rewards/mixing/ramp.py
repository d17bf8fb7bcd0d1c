"""Numbers of a mix that move over the steps of a training: `Ramp`, as specs write it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rewards.errors import SpecError

RAMP = "a ramp is ramp(0, 0.5, steps=200), or {'ramp': [0, 0.5], 'steps': 200}, with start=100 if it begins later"


@dataclass(frozen=True, slots=True)
class Ramp:
    """A number that moves in a straight line over some steps of a training, and is level before and after.

    Attributes:
        first: The number up to step `start`.
        last: The number from step `start + steps` on.
        steps: How many steps the way takes, at least 1.
        start: The step at which it begins, at least 0.
    """

    first: float
    last: float
    steps: int
    start: int = 0

    def at(self, step: int) -> float:
        """Returns the number of a step: first + (last - first) (step - start) / steps, between its ends."""
        if step >= self.start + self.steps:
            return self.last
        moved = self.first + (self.last - self.first) * max(0, step - self.start) / self.steps
        return min(max(moved, min(self.first, self.last)), max(self.first, self.last))

    def times(self, factor: float) -> Ramp:
        """Returns the ramp whose number is a multiple of this one's."""
        return Ramp(factor * self.first, factor * self.last, self.steps, self.start)

    @property
    def form(self) -> dict[str, Any]:
        """What stands for it in the normal form of a spec, JSON-able."""
        form: dict[str, Any] = {"ramp": [self.first, self.last], "steps": self.steps}
        return form | ({"start": self.start} if self.start else {})

    def __str__(self) -> str:
        start = f", start={self.start}" if self.start else ""
        return f"ramp({self.first:g}, {self.last:g}, steps={self.steps}{start})"


def checked_ramp(first: object, last: object, *, steps: object, start: object = 0) -> Ramp:
    """Returns a ramp if its ends are finite numbers and its steps whole ones.

    Raises:
        SpecError: They are not.
    """
    for end in (first, last):
        if isinstance(end, Ramp | Mapping):
            raise SpecError(
                f"A ramp goes from one number to another, but {_told(end)} is a ramp itself; {RAMP}."
            )
        if isinstance(end, bool) or not isinstance(end, int | float) or not math.isfinite(end):
            raise SpecError(f"A ramp goes from one finite number to another, not by {end!r}; {RAMP}.")
    if type(steps) is not int or steps < 1:
        raise SpecError(
            f"A ramp takes a whole number of steps above 0, not {steps!r}; to jump at step 100, write steps=1, "
            "start=99."
        )
    if type(start) is not int or start < 0:
        raise SpecError(f"A ramp starts at a step, a whole number of at least 0, not {start!r}; {RAMP}.")
    return Ramp(float(first), float(last), steps, start)  # type: ignore[arg-type]


def ramp_of(value: object) -> Ramp | None:
    """Returns the ramp that a number of a spec is; None for anything else.

    Raises:
        SpecError: It is a mapping with the key `ramp` that is no ramp.
    """
    if isinstance(value, Ramp):
        return value
    if not isinstance(value, Mapping) or "ramp" not in value:
        return None
    ends = value["ramp"]
    if (
        not isinstance(ends, list | tuple)
        or len(ends) != 2
        or not {"steps"} <= value.keys() - {"ramp"} <= {"steps", "start"}
    ):
        raise SpecError(f"{dict(value)!r} is not understood; {RAMP}.")
    return checked_ramp(*ends, steps=value["steps"], start=value.get("start", 0))


def number_of(value: object, checked: Callable[[object], float]) -> float | dict[str, Any]:
    """Returns a number as a normal form holds it: checked, at both ends if it is a ramp."""
    ramp = ramp_of(value)
    if ramp is None:
        return checked(value)
    return Ramp(checked(ramp.first), checked(ramp.last), ramp.steps, ramp.start).form


def times(one: float | Ramp, other: float | Ramp) -> float | Ramp:
    """Returns the product of two numbers of which at most one moves.

    Raises:
        SpecError: Both move: their product would be no ramp.
    """
    if isinstance(one, Ramp):
        if isinstance(other, Ramp):
            raise SpecError(
                f"{one} * {other} is a ramp of a ramp, which moves in no straight line; give the member one ramp."
            )
        return one.times(other)
    return other.times(one) if isinstance(other, Ramp) else one * other


def refuse_ramp(value: object) -> None:
    """Raises `SpecError` for a ramp among the numbers of a mix that is made of live rewards."""
    ramp = ramp_of(value)
    if ramp is not None:
        raise SpecError(
            f"{ramp} stands in a mix that is made already, whose numbers are fixed; give it to rewards.make in a spec: "
            f"rewards.make({{'weighted': [[{ramp.form}, reward], ...]}})."
        )


def checked_step(step: object) -> int:
    """Returns a step of a training if it is a whole number of at least 0.

    Raises:
        SpecError: It is not.
    """
    if type(step) is int and step >= 0:
        return step
    raise SpecError(f"The step of a training is {step!r}; it must be a whole number of at least 0.")


def _told(end: object) -> str:
    return str(end) if isinstance(end, Ramp) else repr(end)
