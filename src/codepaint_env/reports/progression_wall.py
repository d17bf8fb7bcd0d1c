"""The wall of a progression: each fixed prompt with what was painted for it at every checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from codepaint_env.evaluate import Evaluated
from codepaint_env.reports.run_summary import Span
from codepaint_env.runs.run import Run
from rewards.errors import SpecError

SPARK = (100, 20)  # width and height of the small curve of a prompt's scores, in units of its own


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """One prompt through the training.

    Attributes:
        prompt: What was asked.
        states: What came of it at each checkpoint; None where a run that was cut off has no record.
    """

    prompt: str
    states: tuple[Evaluated | None, ...]

    def spark(self, steps: Sequence[int], span: Span) -> list[tuple[int, str]]:
        """Returns the small curve: index of the checkpoint and place of each score; empty for one checkpoint."""
        if len(steps) < 2:
            return []
        wide, high = SPARK
        length = steps[-1] - steps[0]
        return [
            (
                i,
                f"{wide * (steps[i] - steps[0]) / length:.1f} {high * (1 - span.share(state.score.value)):.1f}",
            )
            for i, state in enumerate(self.states)
            if state is not None and state.score.value is not None
        ]


def hang(runs: Sequence[Run]) -> list[Work]:
    """Returns each prompt with its states, one a checkpoint.

    Raises:
        SpecError: A run has other prompts than the first.
    """
    tasks = max(([sample.task for sample in run.samples] for run in runs), key=len)
    for run in runs:
        for index, (was, sample) in enumerate(zip(tasks, run.samples, strict=False)):
            now = sample.task
            if (was.id, was.prompt) != (now.id, now.prompt):
                raise SpecError(
                    f"{run.folder} has the prompt {now.prompt!r} ({now.id}) at place {index + 1}, where "
                    f"{runs[0].folder} has {was.prompt!r} ({was.id}); remove it, or paint the same prompts again."
                )
    return [
        Work(task.prompt, tuple(run.evaluated[i] if i < len(run.evaluated) else None for run in runs))
        for i, task in enumerate(tasks)
    ]


def middle_gain(works: Sequence[Work]) -> tuple[Evaluated | None, Evaluated] | None:
    """Returns the prompt whose gain is the median, at the first checkpoint, where it has a picture, and at the last.

    The largest gain would promise more than a training gives. Prompts that were painted at both ends go before the
    others; of an even number, the larger of the two in the middle is taken. None where no picture has a score.
    """
    painted = [
        (each.score.value, each, work.states[0] if len(work.states) > 1 else None)
        for work in works
        if (each := work.states[-1]) and each.score.value is not None and each.sample.rendering.ok
    ]
    both = [
        (value - before.score.value, after, before)
        for value, after, before in painted
        if before and before.score.value is not None and before.sample.rendering.ok
    ]
    found = sorted(both or painted, key=lambda each: each[0])
    if not found:
        return None
    _, after, before = found[len(found) // 2]
    return before if before and before.sample.rendering.image is not None else None, after


def over_all_gains(works: Sequence[Work], count: int) -> list[tuple[str, Evaluated, Evaluated]]:
    """Returns prompts with their first and last state, evenly spaced from the largest loss to the largest gain.

    Empty for one checkpoint, and where fewer prompts than `count` have a score at both ends.
    """
    scored = []
    for work in works:
        first, last = work.states[0], work.states[-1]
        if len(work.states) < 2 or first is None or last is None:
            continue
        if first.score.value is not None and last.score.value is not None:
            scored.append((last.score.value - first.score.value, work.prompt, first, last))
    if len(scored) < count:
        return []
    scored.sort(key=lambda each: each[0])
    return [scored[(2 * i + 1) * len(scored) // (2 * count)][1:] for i in range(count)]
