"""The search: a (1 + 8) evolution strategy over programs, which starts again near its best where it is stuck."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from codepaint_env.study.climb.mutation import GROWTH, mutate
from codepaint_env.study.climb.starts import Start

BROOD = 8
"""Programs of one generation."""

MARKS = (0, 16, 64, 256)
"""Evaluations after which the best program so far is recorded."""

PATIENCE = 5  # generations without an equal of the parent, after which the search starts again
KICKS = 4  # mutations in a row with which it starts again
DIGITS = 6  # decimals of a value that count: what a batch's size changes lies below


@dataclass(frozen=True, slots=True)
class Value:
    """What a reward says of one program.

    Attributes:
        value: Of the reward.
        ok: True if the program painted; of equal values, that of one which painted counts more.
    """

    value: float
    ok: bool

    @property
    def rank(self) -> tuple[float, bool]:
        """What is compared."""
        return round(self.value, DIGITS), self.ok


@dataclass(frozen=True, slots=True)
class Best:
    """The best program after a number of evaluations.

    Attributes:
        evaluations: That were made; that of the start is number 0.
        number: Of the evaluation that found it.
        program: Its text.
        value: What the reward says of it.
    """

    evaluations: int
    number: int
    program: str
    value: Value


class Search:
    """One climb: of one reward, from one start.

    Everything follows from start, seed and the values told, so that a search which is told the same values again
    comes to the same programs.

    Args:
        start: Where it begins.
        donors: Statements that may be spliced in.
        evaluations: How many there will be besides that of the start.
        seed: Of the mutations.
    """

    def __init__(self, start: Start, donors: Sequence[str], evaluations: int, seed: int = 0) -> None:
        self.start = start
        self.evaluations = evaluations
        self.done = -1
        self.records: list[Best] = []
        self._donors = donors
        self._seed = seed
        self._longest = len(start.program) + GROWTH
        self._parent, self._rank = start.program, (-np.inf, False)
        self._best: Best | None = None
        self._stuck = 0

    @property
    def finished(self) -> bool:
        """True if every evaluation was told."""
        return self.done >= self.evaluations

    def generation(self) -> dict[int, str]:
        """Returns the programs to evaluate next, by the number of their evaluation."""
        if self.done < 0:
            return {0: self.start.program}
        numbers = range(self.done + 1, min(self.done + BROOD, self.evaluations) + 1)
        return {number: self._mutated(self._parent, f"child {number}") for number in numbers}

    def tell(self, values: Sequence[Value]) -> None:
        """Takes the values of the generation, in order."""
        children = self.generation()
        told = list(zip(children.items(), values, strict=True))
        (number, program), value = max(told, key=lambda each: each[1].rank)
        self.done += len(children)
        if self._best is None or value.rank >= self._best.value.rank:
            self._best = Best(self.done, number, program, value)
        if value.rank >= self._rank:
            self._parent, self._rank, self._stuck = program, value.rank, 0
        else:
            self._stuck += 1
        if self._stuck >= PATIENCE:
            self._start_again(self._best.program)
        if self.done in MARKS or self.finished:
            best = self._best
            self.records.append(Best(self.done, best.number, best.program, best.value))

    def _start_again(self, program: str) -> None:
        for kick in range(KICKS):
            program = self._mutated(program, f"kick {kick} after {self.done}")
        self._parent, self._rank, self._stuck = program, (-np.inf, False), 0

    def _mutated(self, program: str, what: str) -> str:
        key = hashlib.sha256(f"{self._seed} {self.start.name} {what}".encode()).digest()
        rng = np.random.default_rng(int.from_bytes(key[:16], "big"))
        return mutate(program, rng, self._donors, self._longest)
