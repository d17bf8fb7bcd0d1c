"""`interactive`: whether what one can use on a page does something, by the trace of an explorer that tried it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rewards.judged.judge import Judge
from rewards.judged.judge_option import judge_of
from rewards.pages.execution import CANVASES
from rewards.pages.page_words import quoted
from rewards.pages.trace import counted, slots_of
from rewards.pages.veto import Ruling, Veto
from rewards.preflight import check_spread
from rewards.types import STEPS, Interaction, Sample, Score, Traits, version_of

CODE = 1  # rises when the same trace would make another value
COMPONENTS = ("tried", "vetoed")
_PICTURE = re.compile(r"step-\d+-(before|after)")  # evidence that is a name in `Rendering.pictures`


def steps_of_all(size: int, references: int) -> int:
    """Returns how many steps a group has at most, where its task does not change their number."""
    return STEPS * size


class Interactive:
    """The share of N slots in which something that a page offers did what one would expect, [0, 1].

    r = credited steps / N over the first N judged steps of the trace; N is the task's `steps`, 3 by default. A step
    that was not judged takes no slot. An empty slot is 0, so a page earns nothing by offering less. A program that
    failed scores 0. If the machine failed, or no trace was recorded, the value is None.

    A judge, if there is one, sees the pictures before and after each of these credited steps. It may take the credit
    away and can never give any. If it fails, the sample has no value.

    Components: `tried` (share of the slots that a judged step fills) and `vetoed` (share that the judge took away).

    Source: the interactive agent of AesCoder (Code Aesthetics with Agentic Reward Feedback, s_interact = points / N),
    with a trace that an explorer recorded in place of a model that clicks.

    Args:
        judge: Options of `rewards.judged.client.openai_judge.OpenAIJudge`, such as `{"model": ..., "base_url": ...}`,
            or a `Judge` object; None asks no judge.

    Raises:
        SpecError: The judge cannot be understood.
        MissingPart: The extra `judge` or a key is missing.
    """

    name = "interactive"
    needs = frozenset({"interactions"})

    def __init__(self, *, judge: Mapping[str, Any] | Judge | None = None) -> None:
        self.judge = None if judge is None else judge_of(self.name, judge)
        self._veto = None if self.judge is None else Veto(self.judge)
        if self._veto is not None:
            self.needs = frozenset({"interactions", "prompt"})
        self.traits = Traits(
            floor=False,  # of the picture it knows nothing
            noise_floor=1.0,
            deterministic=self._veto is None,  # what a model says may vary
            max_calls=None if self._veto is None else steps_of_all,
            components=COMPONENTS,
            canvases=CANVASES,
        )

    @property
    def version(self) -> str:
        """Changes with the judge and with what it is asked."""
        return version_of("Interactive", [CODE, None if self._veto is None else self._veto.version])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order; asks the judge about all of them at once."""
        if self._veto is None:
            return [self._score(sample, ()) for sample in samples]
        return self._ruled(samples, self._veto.rule(_credited(samples)))

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Scores samples in order without blocking the event loop."""
        if self._veto is None:
            return [self._score(sample, ()) for sample in samples]
        return self._ruled(samples, await self._veto.arule(_credited(samples)))

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Checks the configuration; raises `NoSpread` if a probe shows nothing to learn from.

        It asks what the judge's own `preflight` asks, and about one made-up step.

        Raises:
            MachineError: The judge cannot be reached, or gives no verdict.
        """
        if self._veto is not None:
            self._veto.preflight()
        check_spread(self, samples)

    def critique(self, sample: Sample, /) -> str:
        """Names each thing on the page that did nothing or could not be used, and what was seen."""
        steps = sample.rendering.interactions
        if not sample.rendering.ok or steps is None:
            return ""
        slots = counted(sample)
        last = slots[-1].step if len(slots) == slots_of(sample) else None
        tried = [step for step in steps if last is None or step.step <= last]
        told = [_complaint(step) for step in tried if not step.credited]
        if len(slots) < slots_of(sample):
            told.append(
                "The page offers too little that one can use; add controls that do what they promise."
            )
        return "\n".join(dict.fromkeys(told))

    def _ruled(self, samples: Sequence[Sample], rulings: Sequence[Ruling]) -> list[Score]:
        told = iter(rulings)
        return [self._score(sample, [next(told) for _ in _credited([sample])]) for sample in samples]

    def _score(self, sample: Sample, rulings: Sequence[Ruling]) -> Score:
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        if not rendering.ok:
            return Score(0.0, dict.fromkeys(COMPONENTS, 0.0), rendering.message or "the program failed")
        if rendering.interactions is None:
            return Score(None, reason="nobody tried the page: the stage 'interactions' was not recorded")
        if lost := [ruling.reason for ruling in rulings if ruling.stands is None]:
            return Score(None, reason=f"no verdict on {len(lost)} of {len(rulings)} steps: {lost[0]}")
        steps, slots = counted(sample), slots_of(sample)
        vetoed = sum(ruling.stands is False for ruling in rulings)
        credited = sum(step.credited is True for step in steps) - vetoed
        reason = "; ".join(
            [_outcome(step) for step in steps]
            + [f"vetoed: {each.reason}" for each in rulings if not each.stands]
        )
        return Score(credited / slots, {"tried": len(steps) / slots, "vetoed": vetoed / slots}, reason)


def _credited(samples: Sequence[Sample]) -> list[tuple[Sample, Interaction]]:
    """Returns the steps that a judge may veto, sample by sample."""
    return [
        (sample, step)
        for sample in samples
        if sample.rendering.ok
        for step in counted(sample)
        if step.credited
    ]


def _outcome(step: Interaction) -> str:
    return f"{step.action} {step.role} {step.name[:40]!r}: {(step.effect or 'nothing changed')[:80]}"


def _complaint(step: Interaction) -> str:
    """Says what a step lacked, and what was seen in its place: an explorer tells what covers a control, for one."""
    whom = (
        f"the {quoted(step.role, 30)} {quoted(step.name, 60)!r}"
        if step.name
        else f"a {quoted(step.role, 30)}"
    )
    act = quoted(step.action, 40)
    where = f" ({quoted(step.selector, 80)})" if step.selector else ""
    what = f"{act[:1].upper()}{act[1:]} on {whom}{where}"
    seen = step.effect or ("" if _PICTURE.fullmatch(step.evidence) else step.evidence)
    said = f": {quoted(seen)}" if seen else "."
    if step.credited is None:
        return f"{what} could not be tried or judged{said}"
    expected = f" One would expect: {quoted(step.expectation)}" if step.expectation else ""
    return f"{what} {'did not do what it promises' if seen else 'did nothing'}{said}{expected}"
