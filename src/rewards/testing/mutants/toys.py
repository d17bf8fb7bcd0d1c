"""Small correct rewards, of which mutants are small edits."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MachineError
from rewards.judged.judge import Judge
from rewards.judged.pairs.symmetric import Pair, SymmetricJudge
from rewards.judged.rubric import load_rubric
from rewards.painted.blank import is_constant
from rewards.preflight import check_spread
from rewards.types import Sample, Score, Traits, version_of

# What each method does stands in the docstring of its class.
# ruff: noqa: D102

Pixels = NDArray[np.uint8]


class Quarters:
    """How far the colours of a picture's four quarters lie apart: mean distance from their mean / 128, [0, 1].

    A mutant edits `__call__`, `score` of one sample, `value` of one picture, or `told`, the score for a value.
    """

    name = "quarters"
    needs = frozenset({"image"})
    traits = Traits(components=("distance",))

    @property
    def version(self) -> str:
        return version_of(type(self).__qualname__)

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        return [self.score(sample) for sample in samples]

    def score(self, sample: Sample) -> Score:
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        if not rendering.ok or rendering.image is None or is_constant(rendering.image):
            return self.told(0.0)
        return self.told(self.value(rendering.image))

    def told(self, value: float) -> Score:
        return Score(value, {"distance": value})

    def value(self, image: Pixels) -> float:
        return min(1.0, distance(image) / 128)


def distance(image: Pixels | NDArray[np.float64]) -> float:
    """Returns the mean distance of four quarters from their mean colour, in levels."""
    rows, columns = (np.array_split(np.arange(side), min(2, side)) for side in image.shape[:2])
    means = [image[np.ix_(row, column)].mean(axis=(0, 1)) for row in rows for column in columns]
    return float(np.abs(means - np.mean(means, axis=0)).mean())


class Scaled(Quarters):
    """The same on a scale of one's own, which its version holds."""

    name = "scaled"

    def __init__(self, scale: int = 128) -> None:
        self.scale = scale
        self.version = self.hashed()

    version = ""

    def hashed(self) -> str:
        return version_of(type(self).__qualname__, float(self.scale))

    def value(self, image: Pixels) -> float:
        return min(1.0, distance(image) / self.scale)


class Light(Quarters):
    """How light a painting is: its mean level / 255; a sheet without a painting is worth nothing all the same."""

    name = "light"
    traits = Traits(noise_floor=0.6, size_free=True)

    def told(self, value: float) -> Score:
        return Score(value)

    def value(self, image: Pixels) -> float:
        return float(image.mean()) / 255


class Judged(Quarters):
    """Asks a judge whether a picture is better than a grey one, in both orders; 1, 1/2 or 0."""

    name = "judged"
    traits = Traits(
        disclaims={
            "16": "three values by design",
            "18": "a verdict is a step",
            "34": "a toy shows pictures as they are",
        }
    )

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.answers: dict[bytes, float | None] = {}

    @property
    def version(self) -> str:
        return version_of(type(self).__qualname__, self.judge.version)

    def told(self, value: float | None) -> Score:
        return Score(value)

    def value(self, image: Pixels) -> float | None:  # type: ignore[override]
        png = _png(image)
        if png not in self.answers:
            symmetric = SymmetricJudge(self.judge, load_rubric("pairwise"), mode="hard")
            [told] = symmetric.compare([Pair(png, _png(np.full((8, 8, 3), 128, np.uint8)), "Paint.")])
            self.keep(png, told.value)
            return told.value
        return self.answers[png]

    def keep(self, png: bytes, value: float | None) -> None:
        if value is not None:
            self.answers[png] = value

    def __getstate__(self) -> dict[str, Any]:
        return {"judge": self.judge, "answers": {}}


class Mean:
    """A ten-line encoder: the mean colour, on [0, 1], as `(n, 3)`."""

    version = version_of("Mean")

    def encode(self, images: Sequence[Pixels]) -> NDArray[np.float64]:
        return np.stack([image.mean(axis=(0, 1)) / 255 for image in images])


class Encoded(Light):
    """As light as an encoder finds it; without a value where the encoder fails, which its preflight tells."""

    name = "encoded"

    def __init__(self, encoder: Any = None) -> None:
        self.encoder = Mean() if encoder is None else encoder

    def score(self, sample: Sample) -> Score:
        try:
            return super().score(sample)
        except MachineError as error:
            return self.failed(str(error))

    def failed(self, reason: str) -> Score:
        return Score(None, reason=reason)

    def value(self, image: Pixels) -> float:
        return float(self.encoder.encode([image]).mean())

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        self.encoder.encode([np.zeros((8, 8, 3), np.uint8)])
        check_spread(self, samples)


def _png(image: Pixels) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(image)).save(file, "png")
    return file.getvalue()
