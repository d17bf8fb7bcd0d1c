"""Two runs compared: the same prompts matched, what was set differently, and the difference with its interval."""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from codepaint_env.evaluate import Evaluated
from codepaint_env.reports.compare_report import Comparison, Matched, Setting, Summary
from codepaint_env.reports.episode_card import outcome
from codepaint_env.reports.run_summary import span_of, what_ran
from codepaint_env.runs.run import Run
from codepaint_env.study.figures.picture_draws import Numbers, ends, kin_counts
from codepaint_env.study.rescore import rank_shares
from rewards.errors import SpecError

DRAWS = 2000
_UNIMPORTANT = {"started"}


def compare(first: Run, second: Run) -> Comparison:
    """Compares two runs.

    Samples are matched by task id and prompt, those that are left by prompt alone; the n-th sample of a task in one
    run meets the n-th in the other.

    Raises:
        SpecError: They have no prompt in common.
    """
    pairs = _pairs(first, second)
    if not pairs:
        raise SpecError(
            f"{str(first.folder)!r} and {str(second.folder)!r} have no prompt in common; compare runs over the same "
            "tasks (codepaint demo --tasks FILE)."
        )
    comparable = _reward(first) == _reward(second)
    both = [place for place, (one, other, _) in enumerate(pairs) if one.valid and other.valid]
    values = np.array([[each.score.value for each in pairs[place][:2]] for place in both], float).reshape(
        -1, 2
    )
    ranks = np.stack([rank_shares(values[:, 0]), rank_shares(values[:, 1])], axis=1)
    gains = np.diff(values if comparable else ranks, axis=1)[:, 0]
    row_of = {place: row for row, place in enumerate(both)}
    matched = tuple(
        Matched(
            one.sample.task.prompt,
            nth,
            one,
            other,
            float(gains[row_of[place]]) if place in row_of else None,
            (float(ranks[row_of[place], 0]), float(ranks[row_of[place], 1])) if place in row_of else None,
        )
        for place, (one, other, nth) in enumerate(pairs)
    )
    prompts = [pairs[place][0].sample.task.prompt for place in both]
    taken = {id(each) for pair in pairs for each in pair[:2]}
    lone = [
        Counter(each.sample.task.prompt for each in run.evaluated if id(each) not in taken)
        for run in (first, second)
    ]
    return Comparison(
        runs=(first, second),
        settings=_settings(first, second),
        summaries=(_summary(first, values[:, 0]), _summary(second, values[:, 1])),
        comparable=comparable,
        way_out="" if comparable else _way_out(first, second),
        matched=matched,
        difference=float(gains.mean()) if comparable and len(gains) else None,
        interval=_interval(gains, prompts) if comparable else None,
        correlation=_correlation(ranks),
        only=(dict(lone[0]), dict(lone[1])),
        span=span_of(first.meta, values.ravel().tolist()),
    )


def _pairs(first: Run, second: Run) -> list[tuple[Evaluated, Evaluated, int]]:
    """Returns the samples that both runs have, and which of its task each is, in the order of the first run."""
    found: dict[int, tuple[Evaluated, int]] = {}
    left = list(second.evaluated)
    for by_id in (True, False):
        queues: dict[tuple[str, ...], list[Evaluated]] = defaultdict(list)
        for each in left:
            queues[_key(each, by_id)].append(each)
        counts: Counter[tuple[str, ...]] = Counter()
        for place, each in enumerate(first.evaluated):
            key = _key(each, by_id)
            if place not in found and queues[key]:
                counts[key] += 1
                found[place] = (queues[key].pop(0), counts[key])
        left = [each for queue in queues.values() for each in queue]
    return [(first.evaluated[place], *found[place]) for place in sorted(found)]


def _key(each: Evaluated, by_id: bool) -> tuple[str, ...]:
    task = each.sample.task
    return (task.canvas, task.prompt, *([task.id] if by_id else []))


def _reward(run: Run) -> tuple[object, object]:
    reward = run.meta.reward
    return reward["version"] or reward["name"], reward["range"]


def _settings(first: Run, second: Run) -> tuple[Setting, ...]:
    told = [dict(what_ran(run)) for run in (first, second)]
    names = [name for name in dict.fromkeys([*told[0], *told[1]]) if name not in _UNIMPORTANT]
    return tuple(Setting(name, told[0].get(name, "–"), told[1].get(name, "–")) for name in names)


def _summary(run: Run, values: Numbers) -> Summary:
    painted = [each.sample.rendering.ok for each in run.evaluated]
    return Summary(
        len(run.evaluated),
        sum(each.valid for each in run.evaluated),
        float(values.mean()) if len(values) else None,
        float(np.mean(painted)) if painted else None,
        dict(Counter(outcome(each) for each in run.evaluated)),
    )


def _way_out(first: Run, second: Run) -> str:
    """Returns the command that scores the first run by the reward of the second."""
    from codepaint_env.reports.run_summary import reward_of

    folder, fresh = str(first.folder), f"{first.folder.name}-rescored"
    spec = reward_of(second.meta) if second.meta.reward["spec"] is not None else "SPEC"
    return f"codepaint rescore {shlex.quote(folder)} --reward {shlex.quote(spec)} --out {shlex.quote(fresh)}"


def _interval(gains: Numbers, prompts: Sequence[str]) -> tuple[float, float] | None:
    """Returns the percentile 95 % interval of the mean gain by draws of whole prompts (Efron 1979)."""
    if not prompts:
        return None
    number, counts = kin_counts(prompts, DRAWS, np.random.default_rng(0))
    if counts is None:
        return None
    sums, sizes = np.bincount(number, gains), np.bincount(number)
    low, high = ends((counts @ sums) / (counts @ sizes))
    return None if low is None or high is None else (low, high)


def _correlation(ranks: Numbers) -> float | None:
    if len(ranks) < 3 or np.ptp(ranks, axis=0).min() == 0:
        return None
    correlation: Numbers = np.corrcoef(ranks[:, 0], ranks[:, 1])
    return float(correlation[0, 1])
