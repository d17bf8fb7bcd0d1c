"""A study with planted rewards: one is the truth with a little noise, one likes saturation, one is a coin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ablation_parts.sheets import inked_sheets, saturated_sheets
from codepaint_env.study.ablation.score_table import Column, Item, ScoreTable, Truth
from codepaint_env.study.figures.figures import Figures
from codepaint_env.study.figures.judge_answers import traits_of
from codepaint_env.study.figures.probe_scores import ProbeTable
from codepaint_env.study.figures.study_figures import figures_of

PICTURES, PROBES = 120, 30
TRUTH, SATURATION, COIN = "truth with noise", "likes saturation", "coin"

Numbers = NDArray[np.float64]


def planted_study(*, seed: int = 0, draws: int = 2000) -> Figures:
    """Returns the figures of a study of real little pictures, rated by their ink.

    The rated pictures are drawn so that saturation goes with ink to some extent, as it does in many pools: the reward
    that likes saturation is right more often than a coin, and only the probes show what it likes. Each probe is a
    saturated sheet without ink; its twin has ink and little colour.
    """
    rng = np.random.default_rng(seed)
    pictures = inked_sheets(PICTURES, seed, with_ink=0.6)
    lures, twins = saturated_sheets(PROBES, seed), inked_sheets(PROBES, seed + 1)
    seen, lured, honest = (traits_of(each) for each in (pictures, lures, twins))
    rating = np.clip(np.round(1 + 4 * _share(seen[:, 0], seen[:, 0])), 1, 5)
    better, worse = np.nonzero(rating[:, None] - rating[None] >= 1)
    truth = Truth("ink", np.stack([better, worse], axis=1), rating.astype(int), "Rated by ink.")
    places = range(PICTURES)
    items = tuple(
        Item(f"p{place:03}", "sheets", f"s{place % 12}", f"g{place // 8}", "", "") for place in places
    )
    columns, scores = {}, {}
    for label in (TRUTH, SATURATION, COIN):
        columns[label] = Column(
            label, "planted", "1", (0, 2), _values(label, seen, rng), np.zeros((0, PICTURES))
        )
        scores[label] = _values(label, lured, rng), _values(label, honest, rng)
    probes = ProbeTable(
        tuple(f"saturated {place}" for place in range(PROBES)),
        {label: told[0] for label, told in scores.items()},
        {label: told[1] for label, told in scores.items()},
    )
    laws = dict.fromkeys(columns, True)
    return figures_of(ScoreTable(items, columns, (truth,)), probes=probes, laws=laws, draws=draws, seed=seed)


def _values(label: str, seen: Numbers, rng: np.random.Generator) -> Numbers:
    noise = rng.normal(size=len(seen))
    if label == TRUTH:
        return (seen[:, 0] + 0.05 * noise).clip(0, 2)
    return seen[:, 1] if label == SATURATION else (1 + 0.2 * noise).clip(0, 2)


def _share(values: Numbers, among: Numbers) -> Numbers:
    told: Numbers = np.searchsorted(np.sort(among), values) / len(among)
    return told
