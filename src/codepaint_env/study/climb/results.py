"""What climbs come to: how far each reward rose, and what the golds say of where it led."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from codepaint_env.pool.sheets import read_said, read_sheets, write_sheets
from codepaint_env.study.climb.climbing import Climb, Curve
from codepaint_env.study.climb.contender import Contender, unseen
from rewards.json_lines import read_lines

RESULTS = "climb.json"
SHEETS = "sheets"
RATINGS = "ratings.jsonl"
RISES = 0.1
"""Share of its range by which a reward's own value must rise to count as climbed."""

DRAWS = 2_000
PER_SHEET = 20


def results_of(climb: Climb, curves: Sequence[Curve]) -> dict[str, Any]:
    """Returns all figures of finished climbs, JSON-able; ratings by eye too where the folder holds them.

    Intervals are 95 % percentile intervals of a mean over starts, by 2,000 bootstrap draws of the starts. With five
    starts such an interval is rough, and narrower than it should be.

    Raises:
        SpecError: The folder's ratings cannot be understood.
    """
    rated = _rated(climb.folder, curves)
    told = [_reward(each, climb.golds, curves, rated) for each in climb.rewards]
    return {
        "verdict": verdict(told),
        "evaluations": climb.evaluations,
        "seed": climb.seed,
        "starts": [
            {"name": start.name, "prompt": start.task.prompt, "subject": start.task.subject}
            for start in climb.starts
        ],
        "golds": [
            {
                "label": gold.label,
                "text": gold.text,
                "version": gold.reward.version,
                "encoders": sorted(gold.encoders),
            }
            for gold in climb.golds
        ],
        "rewards": told,
        "curves": [asdict(curve) for curve in curves],
    }


def write_results(climb: Climb, curves: Sequence[Curve]) -> dict[str, Any]:
    """Writes `climb.json`, and shuffled sheets of the first and last pictures to rate by eye; returns the figures."""
    ends = _ends(curves)
    pictures = {name: climb.folder / file for name, file in ends.values()}
    write_sheets(pictures, climb.folder / SHEETS, per=PER_SHEET, seed=climb.seed)
    found = results_of(climb, curves)
    (climb.folder / RESULTS).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found


def verdict(rewards: Sequence[Mapping[str, Any]]) -> str:
    """Says in a sentence which rewards can be climbed without a loss of gold."""
    climbed = [each for each in rewards if each["climbs"]]
    judged = [each for each in climbed if each["unseen"] is not None]
    if not climbed:
        return f"No reward's own value rises by {RISES} of its range or more, so these climbs tell nothing."
    if not judged:
        return (
            "No gold uses another encoder than the rewards that rise, so nothing is known about their loss."
        )
    changes = {each["label"]: each["golds"][each["unseen"]]["change"] for each in judged}
    kept = {label: change for label, change in changes.items() if change[0] >= 0}
    told = ", ".join(
        f"{label} {mean:+.2f} ({low:+.2f} to {high:+.2f})"
        for label, (mean, low, high) in (kept or changes).items()
    )
    if not kept:
        return f"Every reward that rises by at least {RISES} of its range loses gold: {told}."
    rise = "reward rises" if len(judged) == 1 else "rewards rise"
    lose = "loses" if len(kept) == 1 else "lose"
    return (
        f"{len(judged)} {rise} by at least {RISES} of the range; {len(kept)} of them {lose} no gold: {told}."
    )


def _reward(
    reward: Contender, golds: Sequence[Contender], curves: Sequence[Curve], rated: Mapping[str, int]
) -> dict[str, Any]:
    its = [curve for curve in curves if curve.reward == reward.label]
    own = np.array([[point.own for point in curve.points] for curve in its])
    low, high = reward.span or (float(own.min()), float(own.max()))
    rise = float((own[:, -1] - own[:, 0]).mean() / ((high - low) or 1.0))
    judge = unseen(reward, golds)
    eyes = np.array([[rated.get(curve.points[at].program_sha256, np.nan) for at in (0, -1)] for curve in its])
    return {
        "label": reward.label,
        "text": reward.text,
        "version": reward.reward.version,
        "range": None if reward.span is None else list(reward.span),
        "encoders": sorted(reward.encoders),
        "unseen": None if judge is None else judge.label,
        "points": [point.evaluations for point in its[0].points],
        "own": _rounded(own.mean(axis=0)),
        "rise": round(rise, 4),
        "climbs": rise >= RISES,
        "golds": {gold.label: _gold(gold.label, its) for gold in golds},
        "rated": None
        if np.isnan(eyes).any()
        else {
            "start": _mean(eyes[:, 0]),
            "end": _mean(eyes[:, 1]),
            "change": interval(eyes[:, 1] - eyes[:, 0]),
        },
    }


def _gold(label: str, curves: Sequence[Curve]) -> dict[str, Any]:
    values = np.array([[point.golds[label] for point in curve.points] for curve in curves])
    return {
        "means": _rounded(values.mean(axis=0)),
        "change": interval(values[:, -1] - values[:, 0]),
        "end_less_best": interval(values[:, -1] - values.max(axis=1)),
    }


def interval(values: NDArray[np.float64]) -> list[float]:
    """Returns the mean of values with the ends of its 95 % bootstrap interval."""
    drawn = np.random.default_rng(0).choice(values, (DRAWS, len(values))).mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return _rounded(np.array([values.mean(), low, high]))


def _ends(curves: Sequence[Curve]) -> dict[str, tuple[str, str]]:
    """Returns name and file of the first and last pictures, by the hash of their program: each once."""
    found: dict[str, tuple[str, str]] = {}
    for curve in curves:
        for point in (curve.points[0], curve.points[-1]):
            if point.picture:
                found.setdefault(point.program_sha256, (Path(point.picture).stem, point.picture))
    return found


def _rated(folder: Path, curves: Sequence[Curve]) -> dict[str, int]:
    """Returns the ratings by eye, 1 to 5, by the hash of the program; none where the folder holds none.

    Each line of the ratings has the hash of its sheet: `{"sheet": "sheet-001", "sha256": ..., "ratings": [3, 5, ...]}`.
    """
    said = folder / RATINGS
    if not said.is_file():
        return {}
    sheets = read_sheets(folder / SHEETS)
    hashes = {sheet.sha256 for sheet in sheets.values()}
    if any(line.value.get("sha256") not in hashes for line in read_lines(said, by_hand=True)):
        warnings.warn(f"{said} rates other sheets than these: left out. Rate them anew.", stacklevel=2)
        return {}
    ends = _ends(curves)
    ratings = read_said(folder / SHEETS, said, [name for name, _ in ends.values()])
    return {program: ratings[name] for program, (name, _) in ends.items() if name in ratings}


def _mean(values: NDArray[np.float64]) -> float:
    return round(float(values.mean()), 4)


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return [round(float(value), 4) for value in values]
