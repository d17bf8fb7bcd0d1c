"""Figures of a head for subjects: against fakes, and on subjects drawn by other hands."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from head_parts.outside import Shown
from rewards.features.embeddings import Picture
from rewards.heads.head import Head
from rewards.heads.looks import Looks
from rewards.heads.subject import NONE, softmax
from rewards.heads.subject_fit import calibration_error
from rewards.measuring.intervals import interval

Numbers = NDArray[np.float64]


def scores(head: Head, looks: Looks, images: list[NDArray[np.uint8]]) -> Numbers:
    """Returns what each label would score for each picture, `(n, k)`: probability times guard."""
    pictures = [Picture.of_pixels(image) for image in images]
    seen = looks.at(pictures)
    rows = np.stack([np.asarray(seen[picture.key]) for picture in pictures])
    return softmax(head.raw(rows)) * head.guard.left(rows)[:, np.newaxis]


def against_fakes(head: Head, fakes: Numbers) -> dict[str, Any]:
    """Compares the fakes' scores with those that folds, which had not seen them, gave real paintings.

    Returns:
        `below`: of each subject the share of the fakes under the 10th percentile of its paintings; `above`: how many
        lie above their median; `kept`: the subjects with at least 95 % below and none above, `of` how many.
    """
    told: dict[str, Any] = {"below": {}, "above": {}}
    for place, label in enumerate(head.labels):
        if label != NONE:
            tenth, median = (head.told["unseen"][name][label] for name in ("tenth", "median"))
            told["below"][label] = round(float((fakes[:, place] < tenth).mean()), 4)
            told["above"][label] = int((fakes[:, place] > median).sum())
    kept = [told["below"][label] >= 0.95 and told["above"][label] == 0 for label in told["below"]]
    return told | {"kept": sum(kept), "of": len(kept)}


def on_others(head: Head, looks: Looks, shown: Shown) -> dict[str, Any]:
    """Returns how a head does on pictures by other hands: top-1 with its interval, calibration, the median score."""
    if not shown:
        return {"pictures": 0}
    values = scores(head, looks, [image for _, image in shown])
    column = np.array([head.labels.index(label) for label, _ in shown])
    right = values.argmax(axis=1) == column
    top = values.max(axis=1)
    low, high = interval(int(right.sum()), len(right))
    return {
        "pictures": len(shown),
        "subjects": len(set(column)),
        "top1": [round(float(right.mean()), 4), round(low, 4), round(high, 4)],
        "calibration_error": round(calibration_error(top, right), 4),
        "own_score_median": round(float(np.median(values[np.arange(len(column)), column])), 4),
        "floored": round(float((values.max(axis=1) == 0).mean()), 4),
    }
