"""A mix whose numbers move over a training: `Scheduled`, which has a reward for each step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NoReturn

from rewards.errors import SpecError
from rewards.mixing.forms import at_step, ramps_of
from rewards.mixing.ramp import checked_step
from rewards.types import Reward, Sample, Score, Traits, version_of

CODE = 1  # rises when the same ramps would make other rewards of a step


class Scheduled:
    """A mix of which some numbers are ramps; `at(step)` is the reward of a step.

    The reward of a step is an ordinary composite: the one that the spec makes with the numbers of that step in place of
    its ramps. Its version tells them, and it knows nothing of steps. Members are made once, for all steps.

    This one scores nothing and raises: it would have to guess the step. What it declares holds at every step.

    Args:
        form: Of the mix, with ramps; its leaves are live rewards.
        compose: Makes a reward of such a form without ramps.

    Attributes:
        form: Of the mix.
        compose: Makes a reward of such a form without ramps.
        ramps: All that are in it.
        bends: Steps, in rising order, between which every ramp is a straight line; nothing moves after the last.
    """

    def __init__(self, form: Mapping[str, Any], compose: Callable[[Mapping[str, Any]], Reward]) -> None:
        self.form, self.compose = form, compose
        self.ramps = tuple(ramps_of(form))
        self.bends = tuple(
            sorted({0, *(step for ramp in self.ramps for step in (ramp.start, ramp.start + ramp.steps))})
        )
        between = [(one + other) // 2 for one, other in pairwise(self.bends)]
        made = [self._made(step) for step in sorted({*self.bends, *between})]
        self.name = made[0].name
        self.needs = frozenset[str]().union(*(reward.needs for reward in made))
        self.traits = _covering([reward.traits for reward in made])
        self.settled_by = frozenset.intersection(
            *(frozenset(getattr(reward, "settled_by", ())) for reward in made)
        )

    @property
    def version(self) -> str:
        """Changes with any ramp and with that of any member; `at(step).version` is that of a step."""
        return version_of("Scheduled", [CODE, self.form])

    def at(self, step: int) -> Reward:
        """Returns the reward of a step of the training, counted from 0.

        Raises:
            SpecError: The step is no whole number of at least 0.
        """
        return self.compose(at_step(self.form, checked_step(step)))

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Raises `SpecError`: no step was told."""
        self.refuse()

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Raises `SpecError`: no step was told."""
        self.refuse()

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Raises `SpecError`: no step was told."""
        self.refuse()

    def refuse(self, way_out: str = "") -> NoReturn:
        """Raises `SpecError`, which says that no step was told and how to tell one.

        Args:
            way_out: What to do where this was noticed; without it, to take `reward.at(step)`.
        """
        ramps = ", ".join(dict.fromkeys(map(str, self.ramps)))
        way_out = (
            way_out
            or "take the reward of a step, reward.at(step), or write its numbers in place of the ramps"
        )
        raise SpecError(
            f"The reward {self.name!r} moves over the steps of a training, by {ramps}, and was told no step: {way_out}."
        )

    def _made(self, step: int) -> Reward:
        try:
            return self.at(step)
        except SpecError as error:
            raise SpecError(f"At step {step}: {error}") from error


def stepped(reward: Reward, step: int | None, way_out: str = "") -> Reward:
    """Returns the reward of a step; one that does not move is the same at every step, also where none is told.

    Args:
        reward: Any.
        step: Of the training; None where none is told.
        way_out: How to tell one, for the error.

    Raises:
        SpecError: The reward moves and no step is told, or it is no whole number of at least 0.
    """
    if step is not None:
        checked_step(step)
    if not isinstance(reward, Scheduled):
        return reward
    return reward.refuse(way_out) if step is None else reward.at(step)


def _covering(claims: Sequence[Traits]) -> Traits:
    """Returns what holds of the rewards of all steps."""
    ranges = [claim.range for claim in claims if claim.range is not None]
    return replace(
        claims[0],
        range=(min(low for low, _ in ranges), max(high for _, high in ranges)),
        gate=all(claim.gate for claim in claims),
        floor=all(claim.floor for claim in claims),
        noise_floor=max(claim.noise_floor for claim in claims),
        continuous=all(claim.continuous for claim in claims),
        monotone=frozenset.intersection(*(claim.monotone for claim in claims)),
        tolerance=max(claim.tolerance for claim in claims),
        disclaims={law: reason for claim in claims for law, reason in claim.disclaims.items()},
    )
