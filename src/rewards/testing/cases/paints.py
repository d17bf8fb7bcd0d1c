"""The kinds of pictures that the kit draws: each paints `(height, width, 3)` levels from a generator and a size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Paint = Callable[[np.random.Generator, int, int], NDArray[Any]]


def _solid(rng: np.random.Generator, height: int, width: int) -> NDArray[Any]:
    return np.broadcast_to(rng.integers(0, 256, 3), (height, width, 3))


def _gradient(rng: np.random.Generator, height: int, width: int) -> NDArray[Any]:
    first, last = rng.integers(0, 256, (2, 3))
    y, x = np.mgrid[:height, :width]
    image: NDArray[Any] = first + (y + x)[..., None] / max(1, height + width - 2) * (last - first)
    return image


def _painting(rng: np.random.Generator, height: int, width: int) -> NDArray[Any]:
    image = np.broadcast_to(rng.integers(0, 256, 3), (height, width, 3)).astype(np.float64)
    y, x = np.mgrid[:height, :width] / (max(height, width) or 1)
    for _ in range(rng.integers(1, 5)):
        radius = rng.uniform(0.1, 0.5)
        image[(y - rng.random()) ** 2 + (x - rng.random()) ** 2 < radius**2] = rng.integers(0, 256, 3)
    return image


def _between(lowest: int, highest: int) -> _Paint:
    return lambda rng, height, width: rng.integers(lowest, highest + 1, (height, width, 3))


def _flat(level: int) -> _Paint:
    return lambda rng, height, width: np.full((height, width, 3), level)


def _dim(rng: np.random.Generator, height: int, width: int) -> NDArray[Any]:
    return _painting(rng, height, width) / 40  # levels 0 to 6, in areas


def _saturated(rng: np.random.Generator, height: int, width: int) -> NDArray[Any]:
    return 255 * rng.integers(0, 2, (height, width, 3))


def _dithered(rng: np.random.Generator, height: int, width: int) -> NDArray[Any]:
    return rng.integers(0, 255, 3) + rng.integers(0, 2, (height, width, 3))


def _gauss(rng: np.random.Generator, height: int, width: int) -> NDArray[Any]:
    return rng.normal(128, rng.choice([8, 30, 60]), (height, width, 3))


PAINTS: Mapping[str, _Paint] = {
    "solid": _solid,
    "gradient": _gradient,
    "painting": _painting,
    "dark": _between(0, 1),
    "bright": _between(254, 255),
    "dim": _dim,
    "white": _flat(255),
    "black": _flat(0),
    "dithered": _dithered,
    "saturated": _saturated,
    "noise": _between(0, 255),
    "gauss": _gauss,
}
