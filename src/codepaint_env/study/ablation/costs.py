"""What a study will cost before it starts, and what a picture has cost when it is done."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from codepaint_env.study.ablation.contenders import Contender, judges_of
from codepaint_env.study.ablation.evidence import Place
from codepaint_env.study.ablation.scoring import ScoreFile, Spent, usage_of
from codepaint_env.study.ablation.study_file import StudyFile
from codepaint_env.study.ablation.study_tables import Budget
from rewards.answers import ask
from rewards.errors import SpecError
from rewards.judged.client.verdict_cache import verdict_folder
from rewards.registry import calls_for
from rewards.types import Reward, Sample

TIMED = 8  # pictures


@dataclass(frozen=True, slots=True)
class Bill:
    """What is left to do in a study.

    Attributes:
        pictures: All of them.
        to_paint: Those without evidence.
        completions: That policies are asked for.
        calls: Of judges and scorers at most, by label, the further draws and the probes among them.
        money: That all calls cost about; None where no price is told.
    """

    pictures: int
    to_paint: int
    completions: int
    calls: dict[str, int]
    money: float | None

    @property
    def all_calls(self) -> int:
        """Of judges, scorers and policies."""
        return self.completions + sum(self.calls.values())


def bill_of(
    places: Sequence[Place], contenders: Sequence[Contender], budget: Budget, out: Path, completions: int
) -> Bill:
    """Returns what is left to do.

    Args:
        places: The pictures, those that are not painted yet without evidence.
        contenders: The rewards.
        budget: Tells the prices.
        out: Folder of the study.
        completions: That are not written yet.
    """
    calls = {}
    for each in contenders:
        if each.reward.traits.max_calls is not None:
            files = [
                ScoreFile(out, each.label, draw, reward, places) for draw, reward in enumerate(each.rewards)
            ]
            calls[each.label] = sum(_calls_left(file, places) for file in files)
    bill = Bill(len(places), sum(each.recorded is None for each in places), completions, calls, money=None)
    return replace(bill, money=budget.cost(bill.all_calls))


def with_probes(bill: Bill, calls: Mapping[str, int], budget: Budget) -> Bill:
    """Returns a bill with the calls for probes, by label, added."""
    more = replace(bill, calls={label: count + calls.get(label, 0) for label, count in bill.calls.items()})
    return replace(more, money=budget.cost(more.all_calls))


def _calls_left(file: ScoreFile, places: Sequence[Place]) -> int:
    sizes: dict[str, int] = {}
    for each in places:
        sizes[each.item.group] = sizes.get(each.item.group, 0) + (each.item.id not in file.kept)
    if file.reward.traits.scope == "group":  # a group of which one is left is asked about as a whole
        whole: dict[str, int] = {}
        for each in places:
            whole[each.item.group] = whole.get(each.item.group, 0) + 1
        sizes = {group: whole[group] for group, left in sizes.items() if left}
    return sum(calls_for(file.reward, size) for size in sizes.values() if size)


def check_bill(bill: Bill, study: StudyFile) -> None:
    """Raises `SpecError` where a study would cost more than its budget allows."""
    budget = study.budget
    if budget.calls is not None and bill.all_calls > budget.calls:
        with study.at("budget", "calls"):
            raise SpecError(
                f"The study may make {budget.calls:,} calls and needs up to {bill.all_calls:,}: raise 'calls', or take "
                "fewer pictures, draws or judged rewards."
            )
    if budget.money is not None and bill.all_calls:
        with study.at("budget", "money"):
            if bill.money is None:
                raise SpecError(
                    "The study makes calls and no price is told; write price_per_million_in and price_per_million_out."
                )
            if bill.money > budget.money:
                raise SpecError(
                    f"The study may cost {budget.money:g} and needs about {bill.money:.2f} for {bill.all_calls:,} "
                    "calls: raise 'money', or take fewer pictures, draws or judged rewards."
                )


def cost_of(file: ScoreFile, places: Sequence[Place], budget: Budget) -> dict[str, float]:
    """Returns what a picture costs by a reward, as `Column.cost` has it.

    A reward that asks nobody is timed on 8 pictures: cold, with one level of one pixel changed so that no features of
    them are at hand, and warm, the same again. A reward that asks a judge is timed by what the study asked; warm, by
    asking about 8 pictures again, if the judge keeps its answers. What was measured is kept.
    """
    kept = file.file.with_suffix(".timed.json")
    try:
        told = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = {}
    if told.get("version") != file.reward.version:
        told = {"version": file.reward.version, "cost": _measured(file, places)}
        if told["cost"]:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(told), encoding="utf-8")
    cost: dict[str, float] = {**told["cost"], **_paid(file.spent, file.reward)}
    for heat in ("cold", "warm"):
        price = budget.cost(1)
        if f"calls_{heat}" in cost and f"money_{heat}" not in cost and price is not None:
            cost[f"money_{heat}"] = price * cost[f"calls_{heat}"]
    return cost


def _paid(spent: Spent, reward: Reward) -> dict[str, float]:
    """Returns what pictures have cost for which a judge was asked."""
    if reward.traits.max_calls is None or not spent.pictures:
        return {}
    cost = {"seconds_cold": spent.seconds / spent.pictures}
    if judges_of(reward):
        cost["calls_cold"] = spent.calls / spent.pictures
    if spent.usd is not None:
        cost["money_cold"] = spent.usd / spent.pictures
    return cost


def _measured(file: ScoreFile, places: Sequence[Place]) -> dict[str, float]:
    reward = file.reward
    chosen = _some(places, whole_group=reward.traits.scope == "group")
    samples = file.samples(chosen)
    if not samples:
        return {}
    if reward.traits.max_calls is not None:
        if not all(map(_keeps_answers, judges_of(reward))) or not judges_of(reward):
            return {}
        ask(reward, samples)
        before = usage_of(reward)[0]
        seconds = _timed(reward, samples)
        return {"seconds_warm": seconds, "calls_warm": (usage_of(reward)[0] - before) / len(samples)}
    ask(reward, samples[:1])  # what is loaded once, such as an encoder
    rng = np.random.default_rng(list(reward.version.encode()))
    fresh = [_altered(sample, rng) for sample in samples]
    costs = {"calls": 0.0, "money": 0.0}
    return {
        "seconds_cold": _timed(reward, fresh),
        "seconds_warm": _timed(reward, fresh),
        **{f"{name}_{heat}": cost for name, cost in costs.items() for heat in ("cold", "warm")},
    }


def _timed(reward: Reward, samples: Sequence[Sample]) -> float:
    began = time.perf_counter()
    ask(reward, samples)
    return (time.perf_counter() - began) / len(samples)


def _some(places: Sequence[Place], *, whole_group: bool) -> list[int]:
    there = [number for number, each in enumerate(places) if each.item.picture]
    if whole_group and there:
        group = places[there[0]].item.group
        return [number for number in there if places[number].item.group == group]
    return sorted({there[place * len(there) // TIMED] for place in range(TIMED)}) if there else []


def _altered(sample: Sample, rng: np.random.Generator) -> Sample:
    """Returns a sample with one level of one pixel changed, another one for each reward: two may share an encoder."""
    image = sample.rendering.image
    assert image is not None
    other: Any = np.array(image)
    other.flat[rng.integers(other.size)] ^= 1
    return replace(sample, rendering=replace(sample.rendering, image=other))


def _keeps_answers(judge: object) -> bool:
    cache = getattr(getattr(judge, "endpoint", None), "cache", False)
    return verdict_folder(cache) is not None
