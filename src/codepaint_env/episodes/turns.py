"""One turn of several episodes: their programs are drawn together, and the pictures that count judged together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from codepaint_env.evaluate import PAGES, Evaluated, Evaluator, unjudged
from rewards.critique import critique, leak
from rewards.painted.change import visibly_changed
from rewards.types import Rendering, Sample, Task

Judged = Literal["always", "changed", "never"]

FEEDBACK_CHARS = 100_000
UNCHANGED = "The picture did not visibly change."


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """A completion, and what must be known of its episode to play it.

    Attributes:
        completion: What the policy wrote.
        task: What was asked.
        group: Which samples it is compared with.
        before: The sample that last changed the picture; None on the first turn.
        judged: Whether the reward is asked: always, only if the picture visibly changed, or never.
        criticised: Whether the painter is told what the reward has to say.
        step: Of the training, for a reward that moves over it; None takes the evaluator's own.
    """

    completion: str
    task: Task
    group: str
    before: Sample | None
    judged: Judged
    criticised: bool
    step: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """What came of an attempt.

    Attributes:
        evaluated: Program, rendering and score; `judged` False where the reward was not asked.
        unchanged: True if the picture does not visibly differ from the one before.
        critique: What the reward tells the painter; `""` where it says nothing, nothing was painted or nobody asks.
    """

    evaluated: Evaluated
    unchanged: bool
    critique: str


def play(evaluator: Evaluator, attempts: Sequence[Attempt]) -> list[Turn]:
    """Renders all attempts, judges those that count, and returns what came of each, in order.

    Raises:
        ValueError: A critique gives its score away.
    """
    staged = _Staged(evaluator, attempts, evaluator.render(*_asked(attempts)))
    return staged.turns([stepped.judge(wanted) for stepped, wanted in staged.wanted])


async def aplay(evaluator: Evaluator, attempts: Sequence[Attempt]) -> list[Turn]:
    """Does what `play` does without blocking the event loop."""
    staged = _Staged(evaluator, attempts, await evaluator.arender(*_asked(attempts)))
    return staged.turns([await stepped.ajudge(wanted) for stepped, wanted in staged.wanted])


def _asked(attempts: Sequence[Attempt]) -> tuple[list[str], list[Task], list[str]]:
    return (
        [attempt.completion for attempt in attempts],
        [attempt.task for attempt in attempts],
        [attempt.group for attempt in attempts],
    )


class _Staged:
    """Attempts that were drawn, of which some are to be judged."""

    def __init__(self, evaluator: Evaluator, attempts: Sequence[Attempt], samples: Sequence[Sample]) -> None:
        used = bool(evaluator.reward.needs & PAGES)
        steps = {attempt.step for attempt in attempts}
        at = {step: evaluator if step is None else evaluator.at(step) for step in steps}
        self._evaluators = [at[attempt.step] for attempt in attempts]
        self._attempts = attempts
        self._samples = samples
        self._same = [
            _unchanged(attempt.before, sample, used)
            for attempt, sample in zip(attempts, samples, strict=True)
        ]
        self._asked = [
            attempt.judged == "always" or (attempt.judged == "changed" and not unchanged)
            for attempt, unchanged in zip(attempts, self._same, strict=True)
        ]

    @property
    def wanted(self) -> list[tuple[Evaluator, list[Sample]]]:
        """What is to be judged, in order, and by whom: those of each step of the training together."""
        wanted: dict[int, tuple[Evaluator, list[Sample]]] = {}
        for evaluator, sample, asked in zip(self._evaluators, self._samples, self._asked, strict=True):
            if asked:
                wanted.setdefault(id(evaluator), (evaluator, []))[1].append(sample)
        return list(wanted.values())

    def turns(self, judged: Sequence[Sequence[Evaluated]]) -> list[Turn]:
        """Returns what came of each attempt, given what was said of those that are wanted."""
        told = {id(evaluator): iter(said) for (evaluator, _), said in zip(self.wanted, judged, strict=True)}
        results = [
            next(told[id(evaluator)]) if asked else unjudged(sample)
            for evaluator, sample, asked in zip(self._evaluators, self._samples, self._asked, strict=True)
        ]
        return [
            Turn(evaluated, unchanged, _critique(evaluator, evaluated) if attempt.criticised else "")
            for attempt, evaluator, evaluated, unchanged in zip(
                self._attempts, self._evaluators, results, self._same, strict=True
            )
        ]


def _unchanged(before: Sample | None, now: Sample, used: bool) -> bool:
    """Compares what is on the sheet; a program that fails after one that painted is a change, and so is its mending.

    A failed program may leave a picture, but the reward looks at the failure: mending it has to pay. A page whose
    button works now may look as it did: where the reward reads what was found and tried on it, that is compared too.
    """
    if before is None or before.rendering.status != now.rendering.status:
        return False
    if used and _on_page(before.rendering) != _on_page(now.rendering):
        return False
    old, new = before.rendering.image, now.rendering.image
    if old is None or new is None:
        return old is new
    return not visibly_changed(old, new)


def _on_page(rendering: Rendering) -> tuple[object, object]:
    return rendering.findings, rendering.interactions


def feedback(rendering: Rendering, *more: str) -> str:
    """Returns what a policy is told of a painting, never a score: how it went, what was noticed and what is added.

    Args:
        rendering: What came of the program.
        more: Further lines; empty ones are left out.
    """
    went = f"{rendering.status} {rendering.kind}".strip()
    lines = [f"{went}: {rendering.message}" if rendering.message else went]
    lines += [finding.message for finding in rendering.findings]
    lines += [line for text in more for line in text.splitlines() if line and line not in lines]
    return "\n".join(lines)[:FEEDBACK_CHARS].encode("utf-8", "replace").decode("utf-8")


def _critique(evaluator: Evaluator, evaluated: Evaluated) -> str:
    if not evaluated.sample.rendering.ok:
        return ""
    text = critique(evaluator.reward, evaluated.sample)
    if told := leak(text, evaluated.score) if evaluated.judged else "":
        raise ValueError(
            f"The critique of {evaluator.reward.name} tells the policy {told}. A critique must hold no score, "
            f"no reference and no tier, or the policy learns to please it: {text!r}"
        )
    return text
