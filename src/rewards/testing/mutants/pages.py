"""Mutants 62 to 67: small edits of correct rewards of pages, as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from rewards.testing.law import edit
from rewards.testing.mutants.page_toys import Clean, Ruled, Tried
from rewards.types import Interaction, Sample, Score


def _of_what_was_offered(self: Tried, steps: Sequence[Interaction], slots: int) -> float:
    counted = [step.credited for step in steps if step.credited is not None][:slots]
    return sum(counted) / max(1, len(counted))


def _first_steps(self: Tried, steps: Sequence[Interaction], slots: int) -> float:
    return sum(step.credited is True for step in steps[:slots]) / slots


def _all_credited(self: Tried, steps: Sequence[Interaction], slots: int) -> float:
    return min(slots, sum(step.credited is True for step in steps)) / slots


def _judge_decides(self: Ruled, sample: Sample, counted: Sequence[Interaction]) -> list[bool | None]:
    return [ruling.stands for ruling in self.rulings(sample, counted)]


# fmt: off
edit(Tried, "62", "a share of what was offered, not of the slots", "52", value=_of_what_was_offered)
edit(Tried, "63", "a page that nobody tried scored 0", "53", untried=lambda self: Score(0.0))
edit(Ruled, "64", "a judge's yes gives credit", "54", works=_judge_decides)
edit(Tried, "65", "a step that was not judged takes a slot", "55", value=_first_steps)
edit(Tried, "66", "all that was credited counted, up to N", "56", value=_all_credited)
edit(Clean, "67", "settled by a finding that does not fail it", "57", settled_by=frozenset({"lint", "console"}))
# fmt: on
