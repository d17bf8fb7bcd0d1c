"""Which of a policy's own samples a judge gives more than nothing: whether there is anything to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from codepaint_env.study.judge_check.sign import Sign, share
from rewards.above_floor import GROUP, AboveFloor, above_floor, dense_way_out
from rewards.answers import ask
from rewards.errors import SpecError
from rewards.judged.answer_mode import Mode
from rewards.judged.judge import Judge
from rewards.judged.pairs.pairwise import Pairwise
from rewards.judged.single.caption import caption
from rewards.judged.single.checklist import checklist
from rewards.judged.single.score import score
from rewards.preflight import check_tasks
from rewards.types import Reward, Sample

MOST = 32  # samples that are asked about
NAME = "your own samples"


@dataclass(frozen=True, slots=True)
class OwnSamples:
    """What a reward gives to samples of a policy.

    Attributes:
        asked: How many were scored.
        floor: Of those with a value, how many got more than the floor; None where none has a value.
        mean: Their mean value, [0, 1]; None, too.
        sign: What that means.
    """

    asked: int
    floor: AboveFloor | None
    mean: float | None
    sign: Sign

    def figures(self) -> dict[str, Any]:
        """Returns all of it, JSON-able."""
        found = self.floor
        return {
            "samples": self.asked,
            "valued": 0 if found is None else found.samples,
            "above_floor": None if found is None else found.share,
            "empty_groups": None if found is None else found.empty_groups,
            "mean": self.mean,
        }


def own_samples(kind: str, judge: Judge, mode: Mode, samples: Sequence[Sample]) -> OwnSamples:
    """Scores at most 32 samples of a run, spread over it, and tells which share gets more than the floor.

    Args:
        kind: `pairwise`, `score`, `checklist` or `caption`, with the default options.
        judge: Is asked.
        mode: In which answers are read; `caption` has but one.
        samples: Of a run folder.

    Raises:
        MissingPart: The extra `text` is not installed.
    """
    reward = _made(kind, judge, mode)
    some = (
        [samples[place * len(samples) // MOST] for place in range(MOST)] if len(samples) > MOST else samples
    )
    try:
        check_tasks(reward, [sample.task for sample in some])
    except SpecError as error:
        return OwnSamples(0, None, None, Sign(NAME, "note", "not asked", str(error)))
    scores = ask(reward, some)
    values = [each.value for each in scores if each.value is not None]
    if not values:
        why = next((each.reason for each in scores), "there are none")
        return OwnSamples(
            len(some), None, None, Sign(NAME, "unfit", "no value", f"No sample has one: {why}.")
        )
    found = above_floor(reward, values)
    means = (
        f"of {len(values)} get more than the floor, {fmean(values):.2f} on average. Of groups of {GROUP}, about "
        f"{found.empty_groups:.0%} would have no such sample: these teach nothing."
    )
    if found.is_sparse:
        means += f" {dense_way_out(reward)}"
    sign = Sign(NAME, "note" if found.is_sparse else "good", share(found.share), means)
    return OwnSamples(len(some), found, fmean(values), sign)


def _made(kind: str, judge: Judge, mode: Mode) -> Reward:
    if kind == "pairwise":
        return Pairwise(judge=judge, mode=mode)
    if kind == "score":
        return score(judge=judge, mode=mode)
    return checklist(judge=judge, mode=mode) if kind == "checklist" else caption(judge=judge)
