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
    """

    completion: str
    task: Task
    group: str
    before: Sample | None
    judged: Judged
    criticised: bool


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
    samples = evaluator.render(
        [attempt.completion for attempt in attempts],
        [attempt.task for attempt in attempts],
        [attempt.group for attempt in attempts],
    )
    used = bool(evaluator.reward.needs & PAGES)
    same = [
        _unchanged(attempt.before, sample, used) for attempt, sample in zip(attempts, samples, strict=True)
    ]
    asked = [
        attempt.judged == "always" or (attempt.judged == "changed" and not unchanged)
        for attempt, unchanged in zip(attempts, same, strict=True)
    ]
    judged = iter(evaluator.judge([sample for sample, wanted in zip(samples, asked, strict=True) if wanted]))
    results = [
        next(judged) if wanted else unjudged(sample) for sample, wanted in zip(samples, asked, strict=True)
    ]
    return [
        Turn(evaluated, unchanged, _critique(evaluator, evaluated) if attempt.criticised else "")
        for attempt, evaluated, unchanged in zip(attempts, results, same, strict=True)
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
            f"The critique of {evaluator.reward.name} tells the policy {told}; a critique holds no score, no "
            f"reference and no tier, or the policy learns to please it: {text!r}"
        )
    return text
