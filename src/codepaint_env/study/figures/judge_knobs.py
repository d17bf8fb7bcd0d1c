"""A judge that compares pictures, described by the knobs of a scripted one: what moves it, and how often it fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from codepaint_env.study.figures.figures import Estimate
from codepaint_env.study.figures.judge_answers import ANSWERED, GARBAGE, LOST, TRUNCATED, JudgeAnswers
from codepaint_env.study.figures.judge_fit import NAMES, Verdicts, chances, fitted
from codepaint_env.study.figures.picture_draws import Numbers, ends, picture_counts
from rewards.measuring.intervals import Z, interval

DRAWS = 300


@dataclass(frozen=True, slots=True)
class JudgeKnobs:
    """What was found, with 95 % intervals; None where there is nothing to tell.

    P(first) = sigmoid(kappa dq + beta + gamma ds + iota dt), where dq, ds and dt are what is shown first less the
    other one. A judge without log-probabilities that says the same whenever it is asked again (temperature 0)
    tells no log-odds: they and the tie width are None. Ask twice to notice.

    Attributes:
        calls: That were made.
        logprobs: Whether log-probabilities came.
        kappa: Log-odds for one unit of quality.
        beta: Log-odds for being shown first.
        gamma: Log-odds for one unit of saturation.
        iota: Log-odds for one unit of written area.
        tie_width: A tie is said where abs(P - 1/2) is at most this.
        lapse: Share of the verdicts that have nothing to do with the pictures.
        cyclic: Share of the pairs that are judged round a ring.
        triples: Share of the triples of pictures that are beaten in a circle; a coin has 0.25.
        lost: Share of the calls without an answer.
        garbage: Share of the answers that cannot be read.
        truncated: Share of those left that were cut off.
        wire: Share of the requests that failed and were sent again or given up, such as 429, 500 and hangs.
    """

    calls: int
    logprobs: bool
    kappa: Estimate
    beta: Estimate
    gamma: Estimate
    iota: Estimate
    tie_width: Estimate
    lapse: Estimate
    cyclic: Estimate
    triples: Estimate
    lost: Estimate
    garbage: Estimate
    truncated: Estimate
    wire: Estimate | None = None


def knobs_of(
    answers: JudgeAnswers, traits: Numbers, *, usage: Mapping[str, float | None] | None = None, seed: int = 0
) -> JudgeKnobs:
    """Reads the knobs from a judge's answers.

    Log-probabilities are made verdicts by a draw, so that both kinds of judges are read in one way.

    Args:
        answers: By `ask_pairs`.
        traits: `(n, 3)` by `traits_of`.
        usage: `OpenAIJudge.usage`, for failures on the wire.
        seed: Of draws.
    """
    states = answers.states
    heard, whole = states != LOST, (states != LOST) & (states != GARBAGE)
    told = states == ANSWERED
    rng = np.random.default_rng(seed)
    tied = told & (answers.chances == 0.5)
    gaps = traits[answers.first] - traits[answers.second]
    fit, covariance = _fit(answers, gaps, told & ~tied, rng)
    wire = None
    if usage is not None:
        failed = int(usage.get("retries") or 0) + int(usage.get("failures") or 0)
        wire = _share(failed, int(usage.get("calls") or 0))
    return JudgeKnobs(
        calls=len(states),
        logprobs=answers.soft,
        **_estimates(fit, covariance),
        tie_width=_tie_width(fit, covariance, gaps[told], tied[told], rng),
        triples=_triples(answers, len(traits), rng),
        lost=_share(int((~heard).sum()), len(states)),
        garbage=_share(int((states == GARBAGE).sum()), int(heard.sum())),
        truncated=_share(int((states == TRUNCATED).sum()), int(whole.sum())),
        wire=wire,
    )


def _fit(
    answers: JudgeAnswers, gaps: Numbers, used: NDArray[np.bool_], rng: np.random.Generator
) -> tuple[Numbers | None, Numbers]:
    """Returns the parameters, NaN where the pictures cannot tell, and their covariance."""
    won = rng.random(len(used)) < np.nan_to_num(answers.chances)
    pairs = np.sort(np.stack([answers.first, answers.second], axis=1)[used], axis=1)
    if not len(pairs):
        return None, np.zeros((6, 6))
    both, number = np.unique(pairs, axis=0, return_inverse=True)
    varied = np.ptp(gaps[used], axis=0) > 0
    free = np.array([varied[0], True, varied[1], varied[2], True, bool(varied[0])])
    verdicts = Verdicts(gaps[used], won[used], number.reshape(-1), both)
    theta, covariance = fitted(verdicts, free)
    if not answers.soft and _always_alike(answers):
        free[:4] = False
    return np.where(free, theta, np.nan), covariance


def _always_alike(answers: JudgeAnswers) -> bool:
    """Tells whether questions were asked again and none of them had another answer."""
    told = np.isfinite(answers.chances)
    asked = np.stack([answers.first, answers.second], axis=1)[told]
    question = np.unique(asked, axis=0, return_inverse=True)[1].reshape(-1)
    kinds = np.unique(np.stack([question, answers.chances[told]], axis=1), axis=0)
    return len(np.unique(question)) == len(kinds) < len(question)


def _estimates(fit: Numbers | None, covariance: Numbers) -> dict[str, Estimate]:
    if fit is None:
        return dict.fromkeys(NAMES, Estimate(None))
    told = {}
    for place, name in enumerate(NAMES):
        value, half = float(fit[place]), Z * float(np.sqrt(covariance[place, place]))
        low, high = (
            (max(0.0, value - half), min(1.0, value + half)) if place >= 4 else (value - half, value + half)
        )
        told[name] = Estimate(value, low, high) if np.isfinite(value) else Estimate(None)
    return told


def _tie_width(
    fit: Numbers | None, covariance: Numbers, gaps: Numbers, tied: NDArray[np.bool_], rng: np.random.Generator
) -> Estimate:
    """Returns the width at which as many verdicts would tie as did, over draws of the fitted parameters."""
    if fit is None or np.isnan(fit[1]) or not len(tied):
        return Estimate(None)
    theta = np.nan_to_num(fit)
    share = float(tied.mean())

    def width(at: Numbers) -> float:
        from_half = np.sort(np.abs(chances(at, gaps) - 0.5))
        count = round(share * len(from_half))
        return float(from_half[max(count, 1) - 1])

    if not share:
        return Estimate(0.0, 0.0, width(theta))
    drawn = [width(each) for each in rng.multivariate_normal(theta, covariance, DRAWS, check_valid="ignore")]
    return Estimate(width(theta), *ends(np.array(drawn)))


def _triples(answers: JudgeAnswers, count: int, rng: np.random.Generator) -> Estimate:
    """Counts circles among triples of which each pair has a winner over all its calls, with draws of pictures."""
    lead = np.zeros((count, count))
    told = np.isfinite(answers.chances)
    first, second, sway = answers.first[told], answers.second[told], answers.chances[told] - 0.5
    np.add.at(lead, (first, second), sway)
    beats = (lead - lead.T > 1e-9).astype(np.float64)
    counts = picture_counts(np.zeros(count, np.intp), DRAWS, rng)

    def share(weights: Numbers) -> float:
        weighted, decided = beats * weights, (beats + beats.T) * weights
        circles, triples = (
            np.trace(weighted @ weighted @ weighted) / 3,
            np.trace(decided @ decided @ decided) / 6,
        )
        return float(circles / triples) if triples else np.nan

    value = share(np.ones(count))
    if not np.isfinite(value):
        return Estimate(None)
    return Estimate(value, *ends(None if counts is None else np.array([share(each) for each in counts])))


def _share(held: int, tried: int) -> Estimate:
    return Estimate(held / tried, *interval(held, tried)) if tried else Estimate(None)
