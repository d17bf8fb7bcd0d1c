"""Normalisers under test, and the batches of groups that they are given."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from rewards.testing.law import Broken

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

Kind = Literal["grpo", "dr_grpo", "leave_one_out", "gdpo", "pareto"]
Advantages = tuple[NDArray[np.float64], NDArray[np.bool_]]

KINDS: tuple[Kind, ...] = ("grpo", "dr_grpo", "leave_one_out", "gdpo", "pareto")
ROWS = ("gdpo", "pareto")  # take a row of components for each sample
FLAT = 1e-8  # of the largest value: a smaller spread is rounding

Row = Sequence[float | None]
Keyed = Sequence[tuple[str, Row]]
"""The key of its group and the components of each sample of a batch, one component for most kinds."""


@dataclass(frozen=True, slots=True)
class Normaliser:
    """A function under test.

    Attributes:
        function: Called as `function(values, groups=keys)`; returns (advantage, mask).
        kind: Decides which laws hold of it.
        ddof: Of its standard deviation.
    """

    function: Callable[..., Advantages]
    kind: Kind
    ddof: int = 1

    def __call__(self, batch: Keyed, **options: Any) -> Advantages:
        """Returns advantage and mask of a batch."""
        values = [row if self.kind in ROWS else row[0] for _, row in batch]
        told = self.function(values, groups=[key for key, _ in batch], **options)
        advantage, mask = np.asarray(told[0], np.float64), np.asarray(told[1])
        if not advantage.shape == mask.shape == (len(values),):
            raise Broken(f"{len(values)} samples got advantages {advantage.shape} and a mask {mask.shape}")
        return advantage, mask

    def apart(self, batch: Keyed) -> NDArray[np.float64]:
        """Returns the advantages before anything is done over the whole batch."""
        return self(batch, **({"whiten": False} if self.kind == "gdpo" else {}))[0]


def batches(width: int, kinds: Sequence[Sequence[str]]) -> SearchStrategy[Keyed]:
    """Draws batches of one to three interleaved groups of one to six samples.

    Args:
        width: Components of a sample.
        kinds: Each group takes one of these, and each of its components one of that: `grid` (0.01 apart, in
            [0, 1]), `constant` (such as 0.1 * 3), `rounding` (the same but for the last bit), `tiny` (1e-17 apart)
            or `one-hot`.
    """
    from hypothesis import strategies as st

    on_grid = st.integers(0, 100).map(lambda n: n / 100)

    def column(draw: DrawFn, kind: str, size: int) -> list[float]:
        if kind == "grid":
            return draw(st.lists(on_grid, min_size=size, max_size=size))
        if kind == "one-hot":
            hot = draw(st.integers(0, size - 1))
            return [float(i == hot) for i in range(size)]
        level = 0.0 if kind == "tiny" else draw(st.sampled_from([0.1 * 3, 0.0, 1.0, 1 / 3, 0.7, -0.1]))
        if kind == "constant":
            return [level] * size
        unit = 1e-17 if kind == "tiny" else math.ulp(level)
        steps = draw(st.lists(st.integers(-1, 1), min_size=size, max_size=size))
        return [level + step * unit for step in steps]

    @st.composite
    def batch(draw: DrawFn) -> Keyed:
        keyed: list[tuple[str, Row]] = []
        for key in "abc"[: draw(st.integers(1, 3))]:
            size = draw(st.integers(1, 6))
            among = st.sampled_from(draw(st.sampled_from(kinds)))
            columns = [column(draw, draw(among), size) for _ in range(width)]
            gone = draw(st.sets(st.integers(0, size * width - 1), max_size=2))
            for i in range(size):
                row = [None if i * width + k in gone else columns[k][i] for k in range(width)]
                keyed.append((key, row))
        return draw(st.permutations(keyed))

    return batch()
