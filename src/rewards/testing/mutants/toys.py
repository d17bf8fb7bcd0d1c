"""Small correct rewards, from which the mutants of `mutants.py` are made by small edits."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MachineError
from rewards.judged.judge import Judge, Pair, SymmetricJudge
from rewards.judged.rubric import load_rubric
from rewards.painted.blank import is_constant
from rewards.preflight import check_spread
from rewards.types import Sample, Score, Traits, version_of

Pixels = NDArray[np.uint8]


class Quarters:
    """How far the colours of a picture's four quarters lie apart: mean distance from their mean / 128, [0, 1]."""

    name = "quarters"
    needs = frozenset({"image"})
    traits = Traits(components=("distance",))

    @property
    def version(self) -> str:
        """Of the class."""
        return version_of(type(self).__qualname__)

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        return [self.score(sample) for sample in samples]

    def score(self, sample: Sample) -> Score:
        """Scores one sample."""
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        if not rendering.ok or rendering.image is None or is_constant(rendering.image):
            return self.told(0.0)
        return self.told(self.value(rendering.image))

    def told(self, value: float) -> Score:
        """Returns the score for a value."""
        return Score(value, {"distance": value})

    def value(self, image: Pixels) -> float:
        """Returns what a picture is worth."""
        return min(1.0, distance(image) / 128)


def distance(image: Pixels | NDArray[np.float64]) -> float:
    """Returns the mean distance of four quarters from their mean colour, in levels."""
    rows, columns = (np.array_split(np.arange(side), min(2, side)) for side in image.shape[:2])
    means = [image[np.ix_(row, column)].mean(axis=(0, 1)) for row in rows for column in columns]
    return float(np.abs(means - np.mean(means, axis=0)).mean())


class Light(Quarters):
    """How light a painting is: its mean level / 255; a sheet without a painting is worth nothing all the same."""

    name = "light"
    traits = Traits(noise_floor=0.6, size_free=True)

    def told(self, value: float) -> Score:
        """Returns the score for a value."""
        return Score(value)

    def value(self, image: Pixels) -> float:
        """Returns what a picture is worth."""
        return float(image.mean()) / 255


class Rated(Quarters):
    """Reads a reply such as `7.5 of 10`; one above the scale is brought back to it."""

    name = "rated"
    traits = Traits(
        noise_floor=0.6, components=("distance",), disclaims={"18": "the reply goes up by a step"}
    )

    def value(self, image: Pixels) -> float:
        """Returns what a picture is worth."""
        found = distance(image) / 128
        return self.read(f"{12.5 if found > 0.2 else 25 * found:.9f} of 10")

    def read(self, reply: str) -> float:
        """Returns a reply on [0, 1]."""
        return min(10.0, float(reply.split()[0])) / 10


class Prompted(Quarters):
    """Asks a model in words; a long prompt distracts it."""

    name = "prompted"

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        return [self.asked(sample, ["How far do the quarters lie apart?"]) for sample in samples]

    def asked(self, sample: Sample, prompt: Sequence[str]) -> Score:
        """Scores one sample by a prompt of some lines."""
        score = self.score(sample)
        return score if score.value is None else self.told(score.value / len(prompt))


class Kept(Quarters):
    """Keeps nothing between calls but a number that does not count."""

    name = "kept"

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        self.seen += len(samples)
        return super().__call__(samples)


class Ready(Quarters):
    """Has a preflight."""

    name = "ready"

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Raises if a probe batch has no spread."""
        check_spread(self, samples)


class Judged(Quarters):
    """Asks a judge whether a picture is better than a grey one, in both orders; 1, 1/2 or 0."""

    name = "judged"
    traits = Traits(disclaims={"16": "three values by design", "18": "a verdict is a step"})

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.answers: dict[bytes, float | None] = {}

    def score(self, sample: Sample) -> Score:
        """Scores one sample."""
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        if not rendering.ok or rendering.image is None or is_constant(rendering.image):
            return Score(0.0)
        png, grey = _png(rendering.image), _png(np.full((8, 8, 3), 128, np.uint8))
        if png not in self.answers:
            symmetric = SymmetricJudge(self.judge, load_rubric("pairwise"), mode="hard")
            [told] = symmetric.compare([Pair(png, grey, "Paint.")])
            self.keep(png, told.value)
            return self.answered(told.value)
        return self.answered(self.answers[png])

    def keep(self, png: bytes, value: float | None) -> None:
        """Remembers a verdict; none is asked for again."""
        if value is not None:
            self.answers[png] = value

    def answered(self, value: float | None) -> Score:
        """Returns the score for a verdict."""
        return Score(value)

    def __getstate__(self) -> dict[str, Any]:
        """Leaves the verdicts behind."""
        return {"judge": self.judge, "answers": {}}


class Mean:
    """A ten-line encoder: the mean colour, on [0, 1]."""

    version = version_of("Mean")

    def encode(self, images: Sequence[Pixels]) -> NDArray[np.float64]:
        """Returns `(n, 3)`."""
        return np.stack([image.mean(axis=(0, 1)) / 255 for image in images])


class Encoded(Light):
    """As light as an encoder finds it; without a value where the encoder fails."""

    name = "encoded"

    def __init__(self, encoder: Any = None) -> None:
        self.encoder = Mean() if encoder is None else encoder

    def score(self, sample: Sample) -> Score:
        """Scores one sample."""
        try:
            return super().score(sample)
        except MachineError as error:
            return self.failed(str(error))

    def failed(self, reason: str) -> Score:
        """Returns the score where the encoder failed."""
        return Score(None, reason=reason)

    def value(self, image: Pixels) -> float:
        """Returns what a picture is worth."""
        return float(self.encoder.encode([image]).mean())


def _png(image: Pixels) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(image)).save(file, "png")
    return file.getvalue()
