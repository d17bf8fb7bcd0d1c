"""Law 64: what a reward that calls a function must give it, and make of what it returns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from rewards.painted.blank import is_constant
from rewards.scorers.columns import Columns
from rewards.testing.cases import strategies as draw
from rewards.testing.cases.described import Painted, samples_of
from rewards.testing.law import Broken, Subject, law
from rewards.testing.scoring import scored

ANSWERS = ("numbers", "some None", "one too few", "one too many")


class _Recorder:
    """A function of TRL's form that keeps what it was given, and numbers its samples."""

    __name__ = "recorder"
    version = "recorder"

    def __init__(self, answer: str) -> None:
        self.answer, self.seen = answer, dict[str, list[Any]]()

    def __call__(
        self, prompts: list[str], completions: list[str], **columns: list[Any]
    ) -> list[float | None]:
        self.seen = {"prompts": prompts, "completions": completions, **columns}
        told: list[float | None] = [(1 + number) / 100 for number in range(len(prompts))]
        match self.answer:
            case "some None":
                return [None if number % 2 else value for number, value in enumerate(told)]
            case "one too few":
                return told[:-1]
            case "one too many":
                return [*told, 0.5]
        return told


@law(
    "64 columns",
    "values that are zipped to the wrong samples, a None that counts as 0, or a column that leaves a sample out",
    draws=lambda subject: {"batch": draw.batches(1), "answer": st.sampled_from(ANSWERS)},
    applies=lambda subject: (
        isinstance(getattr(subject.reward, "columns", None), Columns) and subject.make is not None
    ),
)
def columns(subject: Subject, batch: Sequence[Painted], answer: str) -> bool:
    """A function gets each sample that painted once, in order, and each value comes back to its own sample."""
    assert subject.make is not None
    function = _Recorder(answer)
    reward = subject.make(of=function)
    samples = samples_of(batch, reward.needs)
    painted = [i for i, sample in enumerate(samples) if _shows(subject, sample)]
    wrong = answer in ("one too few", "one too many") and bool(painted)
    try:
        scores = scored(reward, samples)
    except ValueError as error:
        if wrong:
            return True
        raise Broken(f"it raised {error} where the function answered with {answer}") from None
    if wrong:
        raise Broken(f"the function gave {answer} for {len(painted)} samples, and nothing was raised")
    for name, values in function.seen.items():
        if name in ("prompts", "completions", "task_id", "program") and len(values) != len(painted):
            raise Broken(
                f"the column {name!r} has {len(values)} entries for {len(painted)} samples that painted"
            )
    told = [samples[i].completion for i in painted]
    if painted and function.seen["completions"] != told:
        raise Broken("the completions are not those of the samples that painted, in their order")
    for place, i in enumerate(painted):
        want = None if answer == "some None" and place % 2 else (1 + place) / 100
        if scores[i].value != want:
            raise Broken(f"sample {i} has {scores[i].value} where the function gave it {want}")
    return len(painted) > 1


def _shows(subject: Subject, sample: Any) -> bool:
    rendering = sample.rendering
    return rendering.status == "ok" and not (subject.traits.floor and is_constant(rendering.image))
