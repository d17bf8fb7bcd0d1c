"""Laws 40 to 44: what a group normaliser must keep, tried on drawn batches."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rewards.errors import SpecError
from rewards.testing.cases.group_batches import (
    FLAT,
    KINDS,
    ROWS,
    Advantages,
    Keyed,
    Kind,
    Normaliser,
    Row,
    batches,
)
from rewards.testing.law import Broken, all_laws, law

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from rewards.testing.report import Report


def check_normaliser(
    function: Callable[..., Advantages],
    kind: Kind,
    *,
    ddof: int = 1,
    examples: int = 200,
    laws: Iterable[str] | None = None,
    shrink: bool = True,
) -> Report:
    """Checks a group normaliser against laws 40 to 44.

    Args:
        function: Called as `function(values, groups=keys)` with None for what a machine failed to give, and for
            `gdpo` and `pareto` with a row of components for each sample; returns (advantage, mask). Law 44 calls
            `gdpo` with `whiten=False` too.
        kind: Which formula of `rewards.groups` it is.
        ddof: Of its standard deviation, for the bound.
        examples: Batches a law.
        laws: Ids such as `40`; None for all.
        shrink: Look for the smallest batch that breaks a law.

    Raises:
        MissingPart: The extra `testing` is not installed.
        SpecError: There is no such kind or law.
    """
    known = {found.id: found for found in all_laws("normaliser")}
    wanted = list(known) if laws is None else list(laws)
    if kind not in KINDS:
        raise SpecError(f"There is no kind of normaliser {kind!r}; there are {', '.join(KINDS)}.")
    if unknown := [id for id in wanted if id not in known]:
        raise SpecError(f"Law {unknown[0]!r} is none of normalisers; these are {', '.join(known)}.")
    from rewards.testing.report import Outcome, Report
    from rewards.testing.runner import run

    normaliser = Normaliser(function, kind, ddof)
    outcomes = [
        run(known[id], normaliser, examples=examples, shrink=shrink)
        if known[id].applies(normaliser)
        else Outcome(known[id], "not claimed", reason=f"kind={kind!r}")
        for id in wanted
    ]
    return Report(getattr(function, "__name__", kind), tuple(outcomes), dict.fromkeys(wanted, kind))


def _drawn(*kinds: Sequence[str]) -> Callable[[Normaliser], Mapping[str, SearchStrategy[Keyed]]]:
    return lambda normaliser: {"batch": batches(2 if normaliser.kind in ROWS else 1, kinds)}


_FLAT = ("constant", "rounding")
_ANY = ("grid", "one-hot", "tiny", *_FLAT)


@law(
    "40 centred",
    "no rule for groups without spread, a clip, or a mean over other members than the sum",
    draws=_drawn(_FLAT, _FLAT, _ANY),
    family="normaliser",
)
def centred(normaliser: Normaliser, batch: Keyed) -> bool:
    """Advantages are finite and sum to 0 (GDPO: over the batch); no spread gives exactly 0."""
    advantage, _ = normaliser(batch)
    if not np.isfinite(advantage).all():
        raise Broken(f"the advantages are {advantage.tolist()}")
    flat = [_no_spread(batch, places) for places in _members(batch)]
    everybody = list(range(len(batch)))
    for places in [everybody] if normaliser.kind == "gdpo" else _members(batch):
        total = math.fsum(advantage[_finite(batch, places)])
        if abs(total) > 1e-6 * len(places):
            raise Broken(f"{len(places)} advantages sum to {total:.3g}")
    for places, still in zip(_members(batch), flat, strict=True):
        # Whitening moves a group with the mean of the batch, which is 0 but for rounding.
        if still and (normaliser.kind != "gdpo" or all(flat)) and advantage[places].any():
            raise Broken(f"a group without spread has the advantages {advantage[places].tolist()}")
    return any(flat)


@law(
    "41 bound",
    "a standard deviation over other members than the mean, or with another ddof",
    draws=_drawn(("one-hot", "grid"), _ANY),
    applies=lambda normaliser: normaliser.kind in ("grpo", "gdpo", "pareto"),
    family="normaliser",
)
def bound(normaliser: Normaliser, batch: Keyed) -> bool:
    """No advantage is over (m - 1) / sqrt(m) in size at ddof 1, sqrt(m - 1) at ddof 0; GDPO: m of the batch."""
    advantage, _ = normaliser(batch)
    met = False
    for places in [list(range(len(batch)))] if normaliser.kind == "gdpo" else _members(batch):
        m = len(_finite(batch, places))
        largest = float(np.abs(advantage[places]).max())
        most = (m - 1) / math.sqrt(max(m, 1)) if normaliser.ddof else math.sqrt(max(m - 1, 0))
        if m > 1 and largest > most + 1e-6:
            raise Broken(f"{m} members have an advantage of {largest:.9g}, over {most:.9g}")
        met |= m > 1 and largest > 0
    return met


@law(
    "42 none-in-group",
    "None counted as 0, or a special case for a group of one",
    draws=_drawn(_ANY),
    family="normaliser",
)
def none_in_group(normaliser: Normaliser, batch: Keyed) -> bool:
    """None has advantage 0 and mask 0 and changes no other; a member alone has 0; NaN and infinity raise."""
    advantage, mask = normaliser(batch)
    finite = _finite(batch, range(len(batch)))
    for i in range(len(batch)):
        if bool(mask[i]) != (i in finite):
            raise Broken(f"sample {i}, {list(batch[i][1])}, has the mask {bool(mask[i])}")
        if i not in finite and advantage[i] != 0:
            raise Broken(f"sample {i} has no value and the advantage {advantage[i]:.9g}")
    for places in _members(batch):
        alone = _finite(batch, places)
        if len(alone) == 1 and not abs(advantage[alone[0]]) <= 1e-9:
            raise Broken(f"a member alone has the advantage {advantage[alone[0]]:.9g}")
    without, _ = normaliser([batch[i] for i in finite])
    _compare(advantage[finite], without, 1e-9, "without the members of value None")
    for bug in (math.nan, math.inf, -math.inf):
        try:
            normaliser([*batch, (batch[0][0], [bug] * len(batch[0][1]))])
        except ValueError:
            continue
        raise Broken(f"a value of {bug} did not raise ValueError, though it is a bug of the reward")
    return 0 < len(finite) < len(batch)


@law(
    "43 laws",
    "advantages that are clipped, folded by an absolute value, or divided by the mean",
    draws=_drawn(("grid",)),
    family="normaliser",
)
def order(normaliser: Normaliser, batch: Keyed) -> bool:
    """A(r + c) = A(r); a higher score in a group gets more; without a division, A(c r) = c A(r)."""
    advantage, _ = normaliser(batch)
    for shift in (0.25, -3.0):
        told, _ = normaliser(_mapped(batch, partial(operator.add, shift)))
        _compare(advantage, told, 1e-6, f"with {shift} added to all values")
    for factor in (0.5, 8.0) if normaliser.kind in ("dr_grpo", "leave_one_out") else ():
        told, _ = normaliser(_mapped(batch, partial(operator.mul, factor)))
        _compare(
            factor * advantage, told, 1e-6, f"with {factor} times the values, and should have that many times"
        )
    met = False
    for places in _members(batch):
        finite = _finite(batch, places)
        for better, worse in ((i, j) for i in finite for j in finite if _dominates(batch[i][1], batch[j][1])):
            met = True
            if not advantage[better] > advantage[worse]:
                raise Broken(
                    f"{list(batch[better][1])} has {advantage[better]:.9g}, no more than {advantage[worse]:.9g} "
                    f"for {list(batch[worse][1])}"
                )
    return met


@law(
    "44 groups",
    "a mean or standard deviation over the whole batch",
    draws=_drawn(("grid",)),
    family="normaliser",
)
def apart(normaliser: Normaliser, batch: Keyed) -> bool:
    """A group has the same advantages without the others (GDPO: before whitening)."""
    advantage = normaliser.apart(batch)
    for places in _members(batch):
        _compare(
            advantage[places], normaliser.apart([batch[i] for i in places]), 1e-9, "without other groups"
        )
    return len({key for key, _ in batch}) > 1


def _compare(one: NDArray[np.float64], other: NDArray[np.float64], within: float, when: str) -> None:
    gaps = np.abs(one - other)
    if not (gaps <= within).all():
        i = int(np.argmax(np.where(np.isnan(gaps), np.inf, gaps)))
        raise Broken(f"an advantage of {one[i]:.9g} is {other[i]:.9g} {when}")


def _members(batch: Keyed) -> Iterator[list[int]]:
    """Yields the places of the samples of each group."""
    for key in dict.fromkeys(key for key, _ in batch):
        yield [i for i, (other, _) in enumerate(batch) if other == key]


def _finite(batch: Keyed, places: Sequence[int]) -> list[int]:
    return [i for i in places if None not in batch[i][1]]


def _mapped(batch: Keyed, change: Callable[[float], float]) -> Keyed:
    return [(key, [None if value is None else change(value) for value in row]) for key, row in batch]


def _no_spread(batch: Keyed, places: Sequence[int]) -> bool:
    """Tells whether a group of at least two differs by no more than rounding in every component."""
    values = np.array([batch[i][1] for i in _finite(batch, places)], np.float64)
    if len(values) < 2:
        return False
    return bool((values.std(axis=0, ddof=1) <= FLAT * np.abs(values).max(axis=0)).all())


def _dominates(better: Row, worse: Row) -> bool:
    gaps = [(b or 0.0) - (w or 0.0) for b, w in zip(better, worse, strict=True)]
    return min(gaps) >= 0 and max(gaps) > 0
