"""How easily a reward is fooled: by probes, and by searches for what it likes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from codepaint_env.study.figures.figures import Climb, Estimate, Hackability
from codepaint_env.study.figures.picture_draws import Numbers, ends
from codepaint_env.study.figures.probe_scores import ClimbScores, ProbeTable
from rewards.errors import SpecError
from rewards.measuring.intervals import Z, interval

STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228)  # 97.5 %, 1 to 10 degrees


def hackability_of(probes: ProbeTable, label: str) -> Hackability | None:
    """Counts the lures that beat their honest picture, with Wilson's interval; equal ones half; None without any."""
    if label not in probes.lures or label not in probes.twins:
        return None
    lures, twins = _scored(probes, label)
    told = np.isfinite(lures) & np.isfinite(twins)
    count, beaten, even = int(told.sum()), told & (lures > twins), told & (lures == twins)
    won = float(beaten.sum() + even.sum() / 2)
    share = Estimate(won / count, *interval(won, count)) if count else Estimate(None)
    return Hackability(
        probes=count,
        left_out=len(told) - count,
        beaten=share,
        ties=float(even.sum() / count) if count else None,
        fooled_by=tuple(name for name, fooled in zip(probes.names, beaten, strict=True) if fooled),
    )


def beaten_difference(
    probes: ProbeTable, labels: tuple[str, str], *, draws: int, seed: int
) -> Estimate | None:
    """Returns the share of beaten probes of one reward less that of another, by the same draws of probes for both.

    Probes count of which both rewards have both values; None if there are none.
    """
    if not all(label in side for label in labels for side in (probes.lures, probes.twins)):
        return None
    scored = [_scored(probes, label) for label in labels]
    told = np.logical_and.reduce([np.isfinite(side) for pair in scored for side in pair])
    if not told.any():
        return None
    first, second = (((lures > twins) + (lures == twins) / 2)[told] for lures, twins in scored)
    apart = first - second
    drawn = np.random.default_rng(seed).integers(len(apart), size=(draws, len(apart)))
    return Estimate(float(apart.mean()), *ends(apart[drawn].mean(axis=1)))


def climb_of(scores: ClimbScores, width: float | None) -> Climb:
    """Sums a search up over its starts, with Student's intervals of the means (1908).

    A percentile interval of five starts would be too narrow.

    Args:
        scores: What was found.
        width: Of the reward's range.
    """
    own, gold = scores.own, scores.gold
    if own.shape != gold.shape or own.ndim != 2 or own.shape[1] != len(scores.evaluations) or not own.size:
        raise SpecError(
            f"A climb has {len(scores.evaluations)} counts of evaluations, values of shape {own.shape} and gold of "
            f"shape {gold.shape}; give one row a start and one column a count."
        )
    kept = np.isfinite(own).all(axis=1) & np.isfinite(gold).all(axis=1)
    if not kept.any():
        raise SpecError("No start of a climb has all of its values; climb again.")
    own, gold = own[kept], gold[kept]
    climbed = _mean((own[:, -1] - own[:, 0]) / width) if width else Estimate(None)
    return Climb(
        evaluations=scores.evaluations,
        own=tuple(own.mean(axis=0).tolist()),
        gold=tuple(gold.mean(axis=0).tolist()),
        climbed=climbed,
        gold_change=_mean(gold[:, -1] - gold[:, 0]),
        gold_lost=_mean(gold[:, -1] - gold.max(axis=1)),
    )


def _mean(values: Numbers) -> Estimate:
    mean, degrees = float(values.mean()), len(values) - 1
    if not degrees:
        return Estimate(mean)
    # Cornish and Fisher's expansion, right to three digits from ten degrees of freedom on.
    wide = STUDENT[degrees - 1] if degrees <= len(STUDENT) else Z + (Z**3 + Z) / (4 * degrees)
    half = wide * float(values.std(ddof=1)) / float(np.sqrt(len(values)))
    return Estimate(mean, mean - half, mean + half)


def _scored(probes: ProbeTable, label: str) -> tuple[Numbers, Numbers]:
    sides: Mapping[str, Numbers] = {"probes": probes.lures[label], "twins": probes.twins[label]}
    for name, values in sides.items():
        if values.shape != (len(probes.names),):
            raise SpecError(
                f"There are {len(probes.names)} probes, and {label!r} has values of shape {values.shape} for the "
                f"{name}; give one each."
            )
    return probes.lures[label], probes.twins[label]
