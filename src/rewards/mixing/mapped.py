"""A reward bent by a fixed curve, such as a logarithm: `Mapped`, and the rising functions that it takes."""

from __future__ import annotations

import json
import math
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rewards.answers import ask
from rewards.contents import contents
from rewards.errors import SpecError
from rewards.lookup import guess, imported, qualname
from rewards.mixing.members import aask, joint_disclaimers, joint_score, joint_traits, named, settled_by
from rewards.preflight import preflight
from rewards.types import Reward, Sample, Score, Traits, version_of

CODE = 1  # rises when the same score of the member would make another value
STEPS = 256  # of the grid on which a curve is checked
ROUNDING = 1e-12


def log_tamed(unit: float) -> float:
    """Returns log(1 + u) / log 2, [0, 1] to [0, 1]: gaps count for more below than above.

    Source: PaCo-RL, which switches it by the spread of the batch; here the configuration decides, so that a
    sample's score does not depend on its neighbours.
    """
    return math.log1p(unit) / math.log(2)


CURVES: dict[str, Callable[[float], float]] = {"log_tamed": log_tamed}


@dataclass(frozen=True, slots=True)
class Curve:
    """A function on the unit scale, and what was found about it on a grid.

    Attributes:
        name: As it is written in a spec, or the function's own.
        function: From [0, 1] to `image`.
        image: Lowest and highest value.
        slope: The steepest, in spans of the image for one of the input.
        count: How many different values it has on the grid.
        rises: True if it is flat nowhere on the grid.
        text: What it does, for versions, as JSON; empty for those that ship.
    """

    name: str
    function: Callable[[float], float]
    image: tuple[float, float]
    slope: float
    count: int
    rises: bool
    text: str

    def __call__(self, unit: float) -> float:
        """Returns the value at u, clipped to the image."""
        value = float(self.function(min(max(unit, 0.0), 1.0)))
        if not math.isfinite(value):
            raise ValueError(f"The curve {self.name!r} is {value} at {unit}; it must be finite on [0, 1].")
        return min(max(value, self.image[0]), self.image[1])

    def share(self, unit: float) -> float:
        """Returns where in the image the value at u lies, [0, 1]."""
        return (self(unit) - self.image[0]) / (self.image[1] - self.image[0])


class Mapped:
    """A reward mapped by a fixed curve: fn(u) with u = (r - lo) / (hi - lo).

    The range is [0, 1], or the curve's `image`. The curve is part of the configuration and does not depend on the
    batch. The constructor checks that it is finite and never falls on [0, 1]. Components are u and the inner reward's
    own components.

    Source: PaCo-RL for `log_tamed`, log(1 + u) / log 2.

    Attributes:
        inner: The reward that is mapped.
        curve: The curve.
    """

    name = "mapped"

    def __init__(self, inner: Reward, fn: str | Callable[[float], float]) -> None:
        self.inner, self.curve = inner, curve(fn)
        [self._inner] = terms = named([inner])
        self.needs = inner.needs
        claims, starts_low = inner.traits, self.curve.share(0.0) == 0
        disclaims = joint_disclaimers([inner])
        if self.curve.slope > 1 + 1e-9:
            disclaims.setdefault("18", f"{self.curve.name} is up to {self.curve.slope:.3g} times as steep")
        if self.curve.count < 3:
            disclaims.setdefault("16", f"{self.curve.name} has {self.curve.count} values")
        own = Traits(
            range=self.curve.image,
            gate=claims.gate and starts_low,
            floor=claims.floor and starts_low,
            noise_floor=self.curve.share(claims.noise_floor),
            disclaims=disclaims,
        )
        self.traits = self._scaled(joint_traits(own, terms))

    @property
    def settled_by(self) -> frozenset[str]:
        """Kinds of findings that give the inner reward, and so this one, its lowest value."""
        return settled_by(self.inner)

    @property
    def version(self) -> str:
        """Changes with the version of the inner reward, also after this was made."""
        return version_of(
            "Mapped", [CODE, self.inner.version, self.curve.name, self.curve.image, self.curve.text]
        )

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        return [self._bent(score) for score in ask(self.inner, samples)]

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Scores samples in order, awaiting the inner reward."""
        return [self._bent(score) for score in await aask(self.inner, samples)]

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Checks the configuration of the inner reward."""
        preflight(self.inner, samples)

    def _bent(self, score: Score) -> Score:
        value = None if score.value is None else self.curve(self._inner.unit(score.value))
        return joint_score(value, [(self._inner, score)])

    def _scaled(self, traits: Traits) -> Traits:
        """A steep curve makes more of rounding, and one with steps leaves damages unseen."""
        lowest, highest = self.curve.image
        steep = self.curve.slope * (highest - lowest) / self._inner.span
        return replace(
            traits,
            tolerance=traits.tolerance * max(1.0, steep),
            monotone=traits.monotone if self.curve.rises else frozenset(),
        )


def curve(fn: str | Callable[[float], float]) -> Curve:
    """Makes a curve of a name (`log_tamed`), a `module:function`, or a function that pickles.

    It must be finite, never fall on [0, 1] and stay in [0, 1], or have an attribute `image` that says where.

    Raises:
        SpecError: It does not, or there is none of that name.
    """
    name = fn if isinstance(fn, str) else qualname(fn)
    found = _found(fn)
    values = []
    for step in range(STEPS + 1):
        try:
            values.append(float(found(step / STEPS)))
        except (TypeError, ValueError, ArithmeticError) as error:
            raise SpecError(f"The curve {name!r} fails at {step / STEPS}: {error}.") from error
    image = getattr(found, "image", (0.0, 1.0))
    lowest, highest = image
    outside = next((v for v in values if not lowest - ROUNDING <= v <= highest + ROUNDING), None)  # NaN too
    if outside is not None:
        raise SpecError(
            f"The curve {name!r} has the value {outside} outside of [{lowest}, {highest}]; keep it in [0, 1], or "
            "give the function an attribute `image = (lowest, highest)`."
        )
    rises = [after - before for before, after in pairwise(values)]
    if min(rises) < -ROUNDING:
        place = rises.index(min(rises)) / STEPS
        raise SpecError(f"The curve {name!r} falls near {place:.3f}; a better picture must never score less.")
    if values[-1] <= values[0]:
        raise SpecError(f"The curve {name!r} is {values[0]} throughout, so all would score alike.")
    return Curve(
        name=name,
        function=found,
        image=(float(lowest), float(highest)),
        slope=max(rises) * STEPS / (highest - lowest),
        count=len(set(values)),
        rises=min(rises) > 0,
        text="" if name in CURVES else json.dumps(contents(found), sort_keys=True),
    )


def _found(fn: str | Callable[[float], float]) -> Callable[[float], float]:
    if isinstance(fn, str):
        if ":" not in fn and fn not in CURVES:
            raise SpecError(
                f"There is no curve {fn!r}.{guess(fn, CURVES)} There are: {', '.join(CURVES)}; or write "
                "'module:function'."
            )
        found = imported(fn) if ":" in fn else CURVES[fn]
    else:
        found = fn
    if not callable(found):
        raise SpecError(f"The curve {fn!r} is {found!r}, which is no function.")
    try:
        pickle.dumps(found)
    except (pickle.PicklingError, AttributeError, TypeError):
        raise SpecError(
            f"The curve {qualname(found)!r} does not pickle; make it a function of a module."
        ) from None
    return found
