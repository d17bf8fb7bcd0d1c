"""What is measured of an encoder: ladders, twins, retrieval across styles, time."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from encoder_parts.paintings import Painting
from rewards.similarity import Similarity

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
    reward: Similarity, names: Sequence[str], sets: dict[str, list[Pixels]]
) -> tuple[dict[str, Any], list[Miss]]:
    """Tells how often an icon of one set finds its subject among all of another, for each pair of sets.

    Returns:
        `raw` (cosine of pooled features), `centred` (each set less its own mean), and `reward` (the reward's own
        measure, with the centre of the paintings): by pair of sets; and what the reward took wrongly.
    """
    told: dict[str, Any] = {}
    if reward.mode == "pooled":
        features = {name: reward.encoder.encode(each).pooled.astype(float) for name, each in sets.items()}
        middles = {name: each.mean(axis=0) for name, each in features.items()}
        for kind, less in (("raw", 0.0), ("centred", 1.0)):
            vectors = {name: _unit(each - less * middles[name]) for name, each in features.items()}
            told[kind] = {f"{a} to {b}": _found(vectors[a] @ vectors[b].T) for a, b in _pairs(sets)}
    misses: list[Miss] = []
    own = {}
    for a, b in _pairs(sets):
        table = np.array([reward.compare(sets[b], [query]) for query in sets[a]])
        own[f"{a} to {b}"] = _found(table)
        misses += [
            (f"{name}, {a} to {b}", sets[a][number], sets[b][number], sets[b][taken])
            for number, (name, taken) in enumerate(zip(names, table.argmax(axis=1), strict=True))
            if number != taken
        ]
    return told | {"reward": own}, misses


def milliseconds(reward: Similarity, images: Sequence[Pixels]) -> float:
    """Returns the median time of encoding one picture, over three goes."""
    reward.encoder.encode(images[:1])
    spent = []
    for _ in range(3):
        start = time.perf_counter()
        reward.encoder.encode(images)
        spent.append((time.perf_counter() - start) / len(images))
    return 1000 * float(np.median(spent))


def _pairs(sets: dict[str, list[Pixels]]) -> list[tuple[str, str]]:
    return list(itertools.permutations(sets, 2))


def _found(table: NDArray[np.float64]) -> float:
    return float((table.argmax(axis=1) == np.arange(len(table))).mean())


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)  # type: ignore[no-any-return]
