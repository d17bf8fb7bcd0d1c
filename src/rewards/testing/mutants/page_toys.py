"""Correct toys that read what a page leaves besides its picture, of which mutants are small edits."""

from __future__ import annotations

from collections.abc import Sequence

from rewards.judged.judge import Judge
from rewards.pages.veto import Ruling, Veto
from rewards.types import STEPS, Interaction, Sample, Score, Traits, version_of

# What each method does stands in the docstring of its class.
# ruff: noqa: D102


class Tried:
    """The share of N slots in which a step of the trace was credited; a step that was not judged takes no slot.

    A mutant edits `value`, which makes a number of a trace and N, or `untried`, what a page without a trace has.
    """

    name = "tried"
    needs = frozenset({"interactions"})
    traits = Traits(floor=False, noise_floor=1.0)

    @property
    def version(self) -> str:
        return version_of(type(self).__qualname__)

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        return [self.score(sample) for sample in samples]

    def score(self, sample: Sample) -> Score:
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        if not rendering.ok:
            return Score(0.0)
        if rendering.interactions is None:
            return self.untried()
        return self.judged(sample, rendering.interactions)

    def judged(self, sample: Sample, steps: Sequence[Interaction]) -> Score:
        return Score(self.value(steps, sample.task.steps))

    def untried(self) -> Score:
        return Score(None, reason="nobody tried the page")

    def value(self, steps: Sequence[Interaction], slots: int) -> float:
        counted = [step.credited for step in steps if step.credited is not None][:slots]
        return sum(counted) / slots


def three_a_page(size: int, references: int) -> int:
    """Returns 3 G, the steps of a group at the usual number of slots."""
    return STEPS * size


class Ruled(Tried):
    """The same, where a judge may take the credit of a step away.

    A mutant edits `works`, which says of each step whether it counts.
    """

    name = "ruled"
    needs = frozenset({"interactions", "prompt"})
    traits = Traits(floor=False, noise_floor=1.0, max_calls=three_a_page)

    def __init__(self, *, judge: Judge) -> None:
        self.judge = judge

    @property
    def version(self) -> str:
        return version_of(type(self).__qualname__, self.judge.version)

    def judged(self, sample: Sample, steps: Sequence[Interaction]) -> Score:
        slots = sample.task.steps
        counted = [step for step in steps if step.credited is not None][:slots]
        works = self.works(sample, counted)
        if None in works:
            return Score(None, reason="a verdict was lost")
        return Score(sum(map(bool, works)) / slots)

    def works(self, sample: Sample, counted: Sequence[Interaction]) -> list[bool | None]:
        rulings = iter(self.rulings(sample, [step for step in counted if step.credited]))
        return [next(rulings).stands if step.credited else False for step in counted]

    def rulings(self, sample: Sample, steps: Sequence[Interaction]) -> list[Ruling]:
        return Veto(self.judge).rule([(sample, step) for step in steps])


class Clean:
    """1 if the linter found nothing, else 0."""

    name = "clean"
    needs = frozenset({"lint"})
    traits = Traits(
        floor=False, noise_floor=1.0, disclaims={"16": "two values by design", "18": "a gate is a step"}
    )
    settled_by = frozenset({"lint"})

    @property
    def version(self) -> str:
        return version_of(type(self).__qualname__)

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        return [self.score(sample) for sample in samples]

    def score(self, sample: Sample) -> Score:
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        return Score(float(rendering.ok and all(found.kind != "lint" for found in rendering.findings)))
