"""Runs the checks of some judged rewards on one judge."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from codepaint_env.study.judge_check import caption_check, checklist_check, pairwise_check, score_check
from codepaint_env.study.judge_check.asking import Asking, Pace, Progress, usage_of
from codepaint_env.study.judge_check.caption_check import check_caption
from codepaint_env.study.judge_check.checklist_check import Lists, ask_lists, check_checklist
from codepaint_env.study.judge_check.pairwise_check import check_pairs
from codepaint_env.study.judge_check.score_check import check_score
from codepaint_env.study.judge_check.sign import Health, unfit
from rewards.judged.judge import Judge
from rewards.judged.rubric import load_rubric

Kind = Literal["pairwise", "score", "checklist", "caption"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MOST_CASES = 6  # pictures with a line in them


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is asked about.

    Attributes:
        pairs: Of paintings, for `pairwise`.
        pictures: For the others; `score` takes as many of the pool, `checklist` and `caption` at most 16 of which it is
            known what they show.
        cases: Pictures with a line in them, for each reward, at most 6.
    """

    pairs: int = 48
    pictures: int = 24
    cases: int = MOST_CASES


@dataclass(frozen=True, slots=True)
class Report:
    """What was found of a judge.

    Attributes:
        found: By reward, in the order of `KINDS`.
        usage: `OpenAIJudge.usage` of all that was asked; empty for a judge that counts nothing.
    """

    found: Mapping[Kind, Health]
    usage: Mapping[str, int | float | None]

    @property
    def fit(self) -> bool:
        """True if all these rewards may rely on the judge."""
        return not any(map(unfit, self.found.values()))

    def figures(self) -> dict[str, Any]:
        """Returns all figures, JSON-able: those of each reward under `rewards`, those of `pairwise` beside it too."""
        told = {
            kind: dict(health.figures())
            | {"fit": not unfit(health), "signs": [asdict(sign) for sign in health.signs()]}
            for kind, health in self.found.items()
        }
        return {**told.get("pairwise", {}), "usage": dict(self.usage), "fit": self.fit, "rewards": told}


def examine(
    judge: Judge,
    kinds: Collection[Kind],
    *,
    rubric: str = "pairwise",
    extent: Extent = Extent(),
    progress: Progress = lambda done, total: None,
) -> Report:
    """Asks a judge what judged rewards would ask it, about paintings of which the truth is known.

    Args:
        judge: Is asked; it must keep no answers, or asking again tells nothing.
        kinds: Of rewards.
        rubric: For `pairwise`.
        extent: How much is asked.
        progress: Is told what is done, and of how much.

    Raises:
        CodepaintError: The preflight failed, or no question of a reward was answered.
    """
    question = load_rubric(rubric)
    wanted = [kind for kind in KINDS if kind in kinds]
    plans = _plans(wanted, extent)
    pace = Pace(list(plans.values()), progress)
    can_be_soft = question.answer == "winner" or bool({"score", "checklist"} & set(wanted))
    preflight = getattr(judge, "preflight", None)
    logprobs = preflight is not None and bool(preflight(logprobs=can_be_soft))
    cases = min(extent.cases, MOST_CASES)
    found: dict[Kind, Health] = {}
    lists: Lists | None = None

    def asking() -> Asking:
        pace.begin()
        return Asking(judge, logprobs, pace)

    for kind in wanted:
        if kind == "pairwise":
            found[kind] = check_pairs(asking(), judge, question, extent.pairs, cases)
        elif kind == "score":
            found[kind] = check_score(asking(), judge, extent.pictures, cases)
        elif kind == "checklist":
            found[kind], lists = check_checklist(asking(), judge, extent.pictures, cases)
        else:
            lists = lists or ask_lists(asking(), judge, extent.pictures)
            found[kind] = check_caption(asking(), judge, extent.pictures, cases, lists)
    pace.end()
    return Report(found, usage_of(judge))


def planned(kinds: Collection[Kind], extent: Extent) -> int:
    """Returns how many questions `examine` asks, about; answers that cannot be read take more."""
    return sum(_plans(kinds, extent).values())


def _plans(kinds: Collection[Kind], extent: Extent) -> dict[str, int]:
    cases = min(extent.cases, MOST_CASES)
    plans: dict[str, int] = {}
    if "pairwise" in kinds:
        plans["pairwise"] = pairwise_check.planned(extent.pairs, cases)
    if "score" in kinds:
        plans["score"] = score_check.planned(extent.pictures, cases)
    if "checklist" in kinds:
        plans["checklist"] = checklist_check.planned(extent.pictures, cases)
    if "caption" in kinds:
        if "checklist" not in kinds:
            plans["lists"] = checklist_check.planned_lists(extent.pictures)
        plans["caption"] = caption_check.planned(extent.pictures, cases)
    return plans
