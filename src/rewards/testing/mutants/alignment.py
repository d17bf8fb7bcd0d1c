"""Mutants 71 to 73: small edits of a correct reward that holds pictures against their prompts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rewards.errors import SpecError
from rewards.painted.blank import without_looking
from rewards.preflight import check_spread
from rewards.testing.law import edit
from rewards.testing.mutants.toys import Pixels
from rewards.types import Sample, Score, Traits, version_of

# What each method does stands in the docstring of its class.
# ruff: noqa: D102

PAPER = np.array([216.0, 215.0, 206.0])  # the mean colour of the paintings that ship
SPAN = 128.0  # levels
LIMIT = 12  # words that are read

_TONES = {
    (1, 0, -1): "apple brown camellia lemon lemons peony poppies poppy red rose tulip",
    (-1, 0, 1): "blue boat boats hydrangea iris lake mist misty wisteria",
    (-1, -1, -1): "dark dusk moon plum",
    (1, 1, 1): "aster crocus pale snowdrop white",
    (1, 1, -2): "neon yellow",
}
TONES = {
    word: np.array(tone) / np.linalg.norm(tone) for tone, words in _TONES.items() for word in words.split()
}


class Toned:
    """How far the colours of a painting lie towards those that its prompt names, or towards white if it names none.

    1/2 + (mean colour - paper) . (mean of the tones named) / 128, clipped to [0, 1]. A mutant edits `value` of one
    picture and the words that are read, `score` of one sample, or `check` of one task, which preflight asks.
    """

    name = "toned"
    needs = frozenset({"image", "prompt"})
    traits = Traits(kind="alignment", noise_floor=0.8)

    @property
    def version(self) -> str:
        return version_of(type(self).__qualname__)

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        return [without_looking(sample) or self.score(sample) for sample in samples]

    def score(self, sample: Sample) -> Score:
        image = sample.rendering.image
        assert image is not None  # else it was scored without looking
        return Score(self.value(image, sample.task.prompt.lower().split()[:LIMIT]))

    def value(self, image: Pixels, words: Sequence[str]) -> float:
        tones = [TONES[word.strip(".,")] for word in words if word.strip(".,") in TONES]
        tone = np.mean(tones or [TONES["white"]], axis=0)
        return float(np.clip(0.5 + (image.mean(axis=(0, 1)) - PAPER) @ tone / SPAN, 0.0, 1.0))

    def check(self, sample: Sample) -> None:
        words = len(sample.task.prompt.split())
        if words > LIMIT:
            raise SpecError(
                f"The prompt of the task {sample.task.id!r} has {words} words, of which {LIMIT} are read; write a "
                "shorter one."
            )

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        for sample in samples or ():
            self.check(sample)
        check_spread(self, samples)


def _warm(self: Toned, image: Pixels, words: Sequence[str]) -> float:
    return Toned.value(self, image, ["red"])


def _far(self: Toned, image: Pixels, words: Sequence[str]) -> float:
    return 1 - Toned.value(self, image, words)


def _given_up(self: Toned, sample: Sample) -> Score:
    long = len(sample.task.prompt.split()) > LIMIT
    return Score(None, reason="the prompt is too long") if long else Toned.score(self, sample)


# fmt: off
edit(Toned, "71a", "the prompt is not read", "59", value=_warm)
edit(Toned, "71b", "a distance taken for a likeness", "59", value=_far)
edit(Toned, "72", "a long prompt cut without a word", "60", check=lambda self, sample: None)
edit(Toned, "73", "a long prompt without a value", "60", score=_given_up)
# fmt: on
