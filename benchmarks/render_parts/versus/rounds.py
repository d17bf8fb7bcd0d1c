"""Two sides drawing the same batches by turns, and what that says: medians, and ratios within a pair."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from render_parts.versus.side import Measured, Side
from render_parts.ways import Program

KINDS = ("wall_s", "cpu_s", "parent_cpu_s")


@dataclass(frozen=True, slots=True)
class Batch:
    """Programs that are drawn together.

    Attributes:
        name: The program's, or that of its set where several workers draw all of it.
        group: The set whose figures it goes into.
        programs: The programs.
    """

    name: str
    group: str
    programs: tuple[Program, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One batch drawn once by each side, right after another."""

    round: int
    batch: Batch
    before: Measured
    after: Measured


def make_batches(sets: Mapping[str, Sequence[Program]], workers: int, copies: int) -> list[Batch]:
    """Returns one batch a program for one worker; for several, one a set with so many copies of each program."""
    if workers == 1:
        return [Batch(each.name, name, (each,)) for name, programs in sets.items() for each in programs]
    return [Batch(name, name, tuple(programs) * copies) for name, programs in sets.items() if programs]


def interleave(
    before: Side,
    after: Side,
    batches: Sequence[Batch],
    rounds: int,
    seed: int,
    progress: Callable[[int, int], None] = lambda done, whole: None,
) -> list[Pair]:
    """Draws every batch once uncounted, then in every round by one side and at once by the other.

    Batches come in random order, and which side begins is drawn for each.
    """
    order, whole, pairs = random.Random(seed), (rounds + 1) * len(batches), []
    for number in range(-1, rounds):
        turn = list(batches)
        order.shuffle(turn)
        for done, batch in enumerate(turn):
            progress((number + 1) * len(batches) + done, whole)
            programs = list(batch.programs)
            order.shuffle(programs)
            asked = _with_seeds(programs)
            if order.random() < 0.5:
                first = before.draw(asked)
                second = after.draw(asked)
            else:
                second = after.draw(asked)
                first = before.draw(asked)
            if number >= 0:
                pairs.append(Pair(number, batch, first, second))
    progress(whole, whole)
    return pairs


def _with_seeds(programs: Sequence[Program]) -> list[tuple[str, int]]:
    """Returns each program's text with a seed; copies take different ones, or they would be drawn only once."""
    seen: dict[str, int] = {}
    asked = []
    for program in programs:
        seen[program.name] = seen.get(program.name, -1) + 1
        asked.append((program.text, seen[program.name]))
    return asked


@dataclass(frozen=True, slots=True)
class Row:
    """What one set of programs took.

    Attributes:
        group: The set.
        before: Seconds a picture of the one side by kind, the medians of the rounds, summed over the batches.
        after: The same of the other side.
        ratio: How many times as fast the other side is: within each round, then the median.
        phases: Seconds a picture by phase, of both.
    """

    group: str
    before: Mapping[str, float]
    after: Mapping[str, float]
    ratio: Mapping[str, float]
    phases: Mapping[str, tuple[float, float]]


def compare(pairs: Sequence[Pair], groups: Iterable[str]) -> list[Row]:
    """Returns a row a set, in this order."""
    return [_row(group, pairs) for group in groups]


def changed(pairs: Sequence[Pair]) -> list[str]:
    """Returns the names of the batches that the two sides drew differently."""
    return sorted({pair.batch.name for pair in pairs if pair.before.pixels != pair.after.pixels})


def _row(group: str, pairs: Sequence[Pair]) -> Row:
    mine = [pair for pair in pairs if pair.batch.group == group]
    rounds = sorted({pair.round for pair in mine})
    names = sorted({pair.batch.name for pair in mine})
    pictures = sum(
        len(next(pair for pair in mine if pair.batch.name == name).batch.programs) for name in names
    )

    def by_median(side: str, of: Callable[[Measured], float]) -> float:
        whole = 0.0
        for name in names:
            whole += median(of(getattr(pair, side)) for pair in mine if pair.batch.name == name)
        return whole / pictures

    def ratio(kind: str) -> float:
        found = []
        for number in rounds:
            turn = [pair for pair in mine if pair.round == number]
            new = sum(getattr(pair.after, kind) for pair in turn)
            found.append(sum(getattr(pair.before, kind) for pair in turn) / new if new else 1.0)
        return median(found)

    phases = dict.fromkeys(phase for pair in mine for phase in (*pair.before.phases, *pair.after.phases))
    return Row(
        group,
        {kind: by_median("before", lambda told, kind=kind: getattr(told, kind)) for kind in KINDS},
        {kind: by_median("after", lambda told, kind=kind: getattr(told, kind)) for kind in KINDS},
        {kind: ratio(kind) for kind in KINDS},
        {
            phase: (
                by_median("before", lambda told, phase=phase: told.phases.get(phase, 0.0)),
                by_median("after", lambda told, phase=phase: told.phases.get(phase, 0.0)),
            )
            for phase in phases
        },
    )
