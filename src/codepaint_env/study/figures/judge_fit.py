"""The likelihood of a judge's verdicts, and where it is highest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from codepaint_env.study.figures.picture_draws import Numbers

NAMES = ("kappa", "beta", "gamma", "iota", "lapse", "cyclic")
UPPER = 0.95  # of lapse and cyclic
STEPS = 100
TINY = 1e-12
FLAT = 1e-9  # of the largest information: a direction with less tells nothing


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """Verdicts that are no ties, pair by pair.

    Attributes:
        gaps: `(m, 3)` quality, saturation and written area of what is shown first, less those of the other.
        won: `(m,)` whether the first won.
        pair: `(m,)` number of the pair.
        ends: `(pairs, 2)` places of its pictures.
    """

    gaps: Numbers
    won: NDArray[np.bool_]
    pair: NDArray[np.intp]
    ends: NDArray[np.intp]


def chances(theta: Numbers, gaps: Numbers) -> Numbers:
    """Returns P(first), before lapses and rings."""
    told: Numbers = 1 / (1 + np.exp(-np.clip(_odds(theta, gaps[:, 0], gaps), -500, 500)))
    return told


def pair_likelihoods(theta: Numbers, verdicts: Verdicts) -> Numbers:
    """Returns the log-likelihood of the verdicts of each pair, `(pairs,)`.

    P(first wins) = lapse / 2 + (1 - lapse) sigmoid(kappa dq + beta + gamma ds + iota dt). With chance `cyclic` the
    pair lies on a ring: kappa dq then has its size, and either sign with the same chance, in both orders.
    """
    lapse, cyclic = theta[4], theta[5]
    dq = verdicts.gaps[:, 0]

    def logs(quality: Numbers) -> Numbers:
        odds = np.clip(_odds(theta, quality, verdicts.gaps), -500, 500)
        chance = lapse / 2 + (1 - lapse) / (1 + np.exp(np.where(verdicts.won, -odds, odds)))
        sums = np.bincount(verdicts.pair, np.log(np.maximum(chance, 1e-300)), len(verdicts.ends))
        return sums.astype(np.float64)

    straight = logs(dq)
    if cyclic <= 0:
        return straight
    turned = logs(-dq)
    ring = np.logaddexp(straight, turned) - np.log(2)
    mixed: Numbers = np.logaddexp(np.log1p(-cyclic) + straight, np.log(cyclic) + ring)
    return mixed


def fitted(verdicts: Verdicts, free: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Returns the likeliest parameters in the order of `NAMES`, and their covariance.

    Climbs by the outer product of the scores (Berndt, Hall, Hall and Hausman 1974), damped as by Marquardt (1963).
    The covariance allows for pictures that a judge likes for reasons of its own: verdicts on one picture are
    dependent (Aronow, Samii and Assenova 2015), and it is never taken to be smaller than if they were not.

    Args:
        verdicts: At least one.
        free: `(6,)`; the others stay at 0.
    """
    theta = np.where(free, [1.0, 0, 0, 0, 0.02, 0.02], 0.0)

    def likelihood(at: Numbers) -> Numbers:
        return pair_likelihoods(at, verdicts)

    total, damping = float(likelihood(theta).sum()), 1e-3
    scores = _scores(likelihood, theta, free)
    for _ in range(STEPS):
        slope = scores.sum(axis=0)
        bounded = np.arange(6) >= 4
        moving = free & ~(bounded & (theta <= TINY) & (slope < 0))
        inner = scores[:, moving].T @ scores[:, moving]
        step = np.zeros(6)
        damped = inner + damping * np.diag(np.diag(inner) + TINY)
        step[moving] = np.linalg.lstsq(damped, slope[moving], rcond=FLAT)[0]
        trial = np.where(bounded, np.clip(theta + step, 0, UPPER), theta + step)
        new = float(likelihood(trial).sum())
        if not new >= total:
            damping *= 10
            if damping > 1e12:
                break
            continue
        gained, theta, total, damping = new - total, trial, new, damping / 10
        scores = _scores(likelihood, theta, free)
        if gained < 1e-7:
            break
    return theta, _covariance(scores, verdicts, free)


def _odds(theta: Numbers, quality: Numbers, gaps: Numbers) -> Numbers:
    odds: Numbers = theta[0] * quality + theta[1] + theta[2] * gaps[:, 1] + theta[3] * gaps[:, 2]
    return odds


def _scores(likelihood: Callable[[Numbers], Numbers], theta: Numbers, free: NDArray[np.bool_]) -> Numbers:
    """Returns the derivative of each pair's log-likelihood, `(pairs, 6)`; at a bound from inside."""
    columns = []
    for place in range(len(theta)):
        step = 1e-5 * max(1.0, abs(theta[place])) * (np.arange(len(theta)) == place)
        low = theta - step if place < 4 or theta[place] > 2 * step[place] else theta
        high = theta + step
        width = high[place] - low[place]
        columns.append((likelihood(high) - likelihood(low)) / width * free[place])
    return np.stack(columns, axis=1)


def _covariance(scores: Numbers, verdicts: Verdicts, free: NDArray[np.bool_]) -> Numbers:
    inner = scores[:, free]
    bread = np.linalg.pinv(inner.T @ inner, rcond=FLAT)
    by_picture = np.zeros((int(verdicts.ends.max()) + 1, inner.shape[1]))
    for side in verdicts.ends.T:
        np.add.at(by_picture, side, inner)
    # Pairs that share a picture; each pair with itself is in the first product twice.
    meat = by_picture.T @ by_picture - inner.T @ inner
    robust = bread @ meat @ bread
    wider = np.sqrt(np.maximum(1, np.diag(robust) / np.maximum(np.diag(bread), 1e-300)))
    covariance = np.zeros((len(free), len(free)))
    covariance[np.ix_(free, free)] = bread * np.outer(wider, wider)
    return covariance
