"""Weighted sums over the pairs of a truth: what accuracies, tie rates and tau-b are made of, and their draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from codepaint_env.study.ablation.score_table import Item, Truth
from codepaint_env.study.figures.figures import Estimate
from codepaint_env.study.figures.picture_draws import Counts, Numbers, ends, kin_counts, picture_counts

CELLS = 4_000_000  # weights that are held at a time, of 4 bytes
WEIGHING = 30  # columns of which the sums take as long as the weights of the pairs

Column = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """What one reward says of the pairs of a truth; all `(m,)` of 0, 0.5 and 1.

    Attributes:
        told: 1 where both pictures have a value.
        won: 1 where the better picture has the higher value, 0.5 where both have the same.
        tied: 1 where both have the same.
    """

    told: Column
    won: Column
    tied: Column


def outcomes_of(values: Numbers, truth: Truth) -> Outcomes:
    """Compares the values of both pictures of each pair; exactly equal ones tie."""
    better, worse = values[truth.pairs[:, 0]], values[truth.pairs[:, 1]]
    told = np.isfinite(better) & np.isfinite(worse)
    tied = told & (better == worse)
    won = (told & (better > worse)) + tied / np.float32(2)
    return Outcomes(told.astype(np.float32), won.astype(np.float32), tied.astype(np.float32))


class PairSums:
    """Sums of columns over the pairs of a truth: as they stand, in draws of pictures, and in draws of kin.

    A pair counts as often in a draw as the product of the counts of its pictures. Columns with the same content
    are summed once.
    """

    def __init__(self, truth: Truth, items: Sequence[Item], draws: int, seed: int) -> None:
        self.truth = truth
        used, places = np.unique(truth.pairs, return_inverse=True)
        self._pairs = places.reshape(truth.pairs.shape)
        rng = np.random.default_rng(seed)
        self._pictures = picture_counts(truth.strata[used], draws, rng) if len(used) else None
        self._kin_of, self._kin = kin_counts([items[place].kin for place in used], draws, rng)
        self._numbers: dict[bytes, int] = {}
        self._columns: list[Column] = []
        self._sums: list[Numbers | None] = []

    def add(self, column: Column) -> int:
        """Takes a column, `(m,)`, and returns its number."""
        number = self._numbers.setdefault(column.tobytes(), len(self._columns))
        if number == len(self._columns):
            self._columns.append(column)
        return number

    def sum_up(self) -> None:
        """Sums all columns up, in all draws."""
        columns = np.stack(self._columns, axis=1)
        self._sums = [
            columns.sum(axis=0, dtype=np.float64)[np.newaxis],
            None if self._pictures is None else _drawn(self._pictures, self._pairs, columns),
            None if self._kin is None else self._by_kin(self._kin, columns),
        ]

    def estimate(self, figure: Callable[[Numbers], Numbers], numbers: Sequence[int]) -> Estimate:
        """Returns a figure with its intervals.

        Args:
            figure: Makes it of the sums of columns, `(draws, len(numbers))`; NaN where there is none.
            numbers: Of the columns.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            found, pictures, kin = (
                None if sums is None else figure(sums[:, list(numbers)]) for sums in self._sums
            )
        assert found is not None
        if not np.isfinite(found[0]):
            return Estimate(None)
        return Estimate(float(found[0]), *ends(pictures), *ends(kin))

    def _by_kin(self, counts: Counts, columns: Column) -> Numbers:
        """Sums up in draws of kin, of which pairs of the same two kin have the same weight.

        Two copies of a kin count as two kin. Pairs across them are there only if the truth has pairs across kin.
        """
        size = counts.shape[1]
        kin = self._kin_of[self._pairs]
        codes, place = np.unique(kin[:, 0] * size + kin[:, 1], return_inverse=True)
        both = np.stack(np.divmod(codes, size), axis=1)
        sums = np.stack([np.bincount(place, column, len(codes)) for column in columns.T], axis=1)
        first, second = counts[:, both[:, 0]], counts[:, both[:, 1]]
        inside = both[:, 0] == both[:, 1]
        weights = np.where(inside, first, first * second) if inside.all() else first * second
        return weights.astype(np.float64) @ sums


def _drawn(counts: Counts, pairs: NDArray[np.intp], columns: Column) -> Numbers:
    """Sums up in draws of pictures: by a matrix of all pictures, or pair by pair where that is less work."""
    pictures, width = counts.shape[1], columns.shape[1]
    sums = np.empty((len(counts), width))
    # Sums of halves below 2**23 are exact in 32 bits, in any order.
    if pictures**2 * width <= len(pairs) * (width + WEIGHING):
        place = pairs[:, 0] * pictures + pairs[:, 1]
        for number in range(width):
            table = np.bincount(place, columns[:, number], pictures**2).astype(np.float32)
            sums[:, number] = np.einsum("dn,dn->d", counts @ table.reshape(pictures, pictures), counts)
        return sums
    step = max(1, CELLS // max(len(pairs), 1))
    for start in range(0, len(counts), step):
        some = counts[start : start + step]
        weights = np.take(some, pairs[:, 0], axis=1)
        weights *= np.take(some, pairs[:, 1], axis=1)
        sums[start : start + step] = weights @ columns
    return sums


def rates(sums: Numbers) -> Numbers:
    """Returns the first of two sums as a share of the second, `(draws,)`."""
    shares: Numbers = sums[:, 0] / np.where(sums[:, 1] > 0, sums[:, 1], np.nan)
    return shares


def tau_b(sums: Numbers) -> Numbers:
    """Returns Kendall's tau-b (Kendall 1945) of sums of `told`, `won` and `tied`, `(draws,)`.

    Tau-b is (concordant - discordant) / sqrt((pairs untied in the one) * (pairs untied in the other)). A truth
    orders all of its pairs, so that the one is all pairs and the other those whose values differ. Wins are
    concordant, losses discordant: concordant - discordant = 2 * (wins + ties / 2) - pairs. NaN if all values tie.
    """
    told, won, tied = sums.T
    untied = np.where(told > tied, told - tied, np.nan)
    tau: Numbers = (2 * won - told) / np.sqrt(untied * told)
    return tau


def common(first: Outcomes, second: Outcomes) -> tuple[Column, Column, Column]:
    """Returns where both rewards have values for both pictures: that they have, and what each of them won."""
    return first.told * second.told, first.won * second.told, second.won * first.told
