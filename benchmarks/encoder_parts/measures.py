"""What is measured of an encoder: ladders, twins, retrieval across styles, time."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from encoder_parts.paintings import Painting
from rewards.features.embeddings import Picture, embeddings, found
from rewards.features.similarity import Similarity

DRAWS = 2000  # of the bootstrap

Pixels = NDArray[np.uint8]
Miss = tuple[
    str, Pixels, Pixels, Pixels
]  # what was asked for; the query, the right answer, what was taken for it


def ladders(reward: Similarity, paintings: Sequence[Painting]) -> dict[str, Any]:
    """Tells the share of ladders on which clean > mild > strong; a painting is its own reference.

    Returns:
        `share`, `low` and `high` (95 %, bootstrap over the paintings), and `by_ladder`.
    """
    kept: list[dict[str, bool]] = []
    for painting in paintings:
        steps = [each for pair in painting.ladders.values() for each in pair]
        clean, *values = reward.compare([painting.image, *steps], [painting.image])
        kept.append(
            {
                name: bool(clean > values[2 * number] > values[2 * number + 1])
                for number, name in enumerate(painting.ladders)
            }
        )
    counts = np.array([[sum(each.values()), len(each)] for each in kept])
    names = list(dict.fromkeys(name for each in kept for name in each))
    by_ladder = {name: float(np.mean([each[name] for each in kept if name in each])) for name in names}
    return {
        "share": float(counts[:, 0].sum() / counts[:, 1].sum()),
        **interval(counts),
        "by_ladder": by_ladder,
    }


def interval(counts: NDArray[np.int_]) -> dict[str, float]:
    """Returns the 95 % interval of a share, drawing pictures anew; `(pictures, 2)`: how many held, of how many."""
    drawn = np.random.default_rng(0).integers(0, len(counts), (DRAWS, len(counts)))
    shares = counts[drawn].sum(axis=1)
    low, high = np.percentile(shares[:, 0] / shares[:, 1], [2.5, 97.5])
    return {"low": float(low), "high": float(high)}


def twins(reward: Similarity, paintings: Sequence[Painting]) -> tuple[dict[str, Any], list[Miss]]:
    """Tells how many twins are nearer to their own painting than to any other, with those that are not."""
    images = [painting.image for painting in paintings]
    table = np.array([reward.compare(images, [painting.twin]) for painting in paintings])
    nearest = table.argmax(axis=1)
    right = nearest == np.arange(len(paintings))
    others = np.where(np.eye(len(paintings), dtype=bool), -1, table).max(axis=1)
    counts = np.stack([right, np.ones(len(right))], axis=1).astype(int)
    told = {
        "share": float(right.mean()),
        **interval(counts),
        "margin": float((table.diagonal() - others).min()),
    }
    misses = [
        (painting.id, painting.twin, painting.image, images[taken])
        for painting, taken, held in zip(paintings, nearest, right, strict=True)
        if not held
    ]
    return told, misses


def retrieval(
    reward: Similarity, names: Sequence[str], sets: dict[str, list[Pixels]], gallery: int
) -> tuple[dict[str, Any], list[Miss]]:
    """Tells how often an icon of one set finds its subject in a gallery of another, for each pair of sets.

    Args:
        reward: Measures.
        names: Of the subjects.
        sets: Their pictures in each style.
        gallery: Subjects in a gallery; there are `len(names) / gallery` of them, and the mean is told.

    Returns:
        `raw` (cosine of pooled features), `centred` (each set in a gallery less its own mean), and `reward` (the
        reward's own measure, with the centre of the paintings): by pair of sets; and what the reward took wrongly.
    """
    parts = [slice(start, start + gallery) for start in range(0, len(names), gallery)]
    told: dict[str, Any] = {}
    if reward.mode == "pooled":
        features = {name: _pooled(reward, each) for name, each in sets.items()}
        for kind, less in (("raw", 0.0), ("centred", 1.0)):
            told[kind] = {
                f"{a} to {b}": float(
                    np.mean([_found(_cosines(features[a][part], features[b][part], less)) for part in parts])
                )
                for a, b in itertools.permutations(sets, 2)
            }
    misses: list[Miss] = []
    own = {}
    for a, b in itertools.permutations(sets, 2):
        shares = []
        for part in parts:
            table = np.array([reward.compare(sets[b][part], [query]) for query in sets[a][part]])
            shares.append(_found(table))
            misses += [
                (f"{name}, {a} to {b}", sets[a][part][number], sets[b][part][number], sets[b][part][taken])
                for number, (name, taken) in enumerate(zip(names[part], table.argmax(axis=1), strict=True))
                if number != taken
            ]
        own[f"{a} to {b}"] = float(np.mean(shares))
    return told | {"reward": own}, misses


def _pooled(reward: Similarity, images: Sequence[Pixels]) -> NDArray[np.float64]:
    pictures = [Picture.of_pixels(image) for image in images]
    told = embeddings(reward.encoder, "pooled", pictures)
    return np.stack([found(told, picture) for picture in pictures]).astype(np.float64)


def _cosines(one: NDArray[np.float64], other: NDArray[np.float64], less: float) -> NDArray[np.float64]:
    left, right = (each - less * each.mean(axis=0) for each in (one, other))
    lengths = np.outer(np.linalg.norm(left, axis=1), np.linalg.norm(right, axis=1))
    return left @ right.T / lengths  # type: ignore[no-any-return]


def milliseconds(reward: Similarity, images: Sequence[Pixels]) -> float:
    """Returns the median time of encoding one picture, over three goes."""
    reward.encoder.encode(images[:1])
    spent = []
    for _ in range(3):
        start = time.perf_counter()
        reward.encoder.encode(images)
        spent.append((time.perf_counter() - start) / len(images))
    return 1000 * float(np.median(spent))


def _found(table: NDArray[np.float64]) -> float:
    return float((table.argmax(axis=1) == np.arange(len(table))).mean())
