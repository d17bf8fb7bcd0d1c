"""Laws 15 to 18: what pixels are worth, and that their storage is worth nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from rewards.painted.blank import is_constant
from rewards.pictures import shipped
from rewards.testing.cases import strategies as draw
from rewards.testing.cases.described import Painted, Picture, with_picture
from rewards.testing.law import Broken, Subject, law
from rewards.testing.scoring import difference, scored, value
from rewards.types import Sample

FLOOR_SHARE = 0.05  # of the range, that a picture without a painting may earn
LEAST_SPREAD = 0.1  # of the range, on the pictures that ship
LEAST_VALUES = 3
LARGEST_STEP = 0.02  # of the range, for one level in each pixel
SIZE_SHARE = 0.02  # of the range, between a picture and itself twice as large
STEPS = ("up", "down", "dither", "both ways")
KINDS_OF_STEPS = ("gradient", "painting", "dark", "bright", "dim", "dithered", "noise", "gauss", "saturated")


def _ok(picture: Picture, subject: Subject, words: int = 0) -> Sample:
    return Painted("ok", picture, words=words).sample(subject.reward.needs)


@law(
    "15 floor",
    "a blank sheet is judged like a painting, or 0/0 on a picture without contrast (min(1, nan) is 1)",
    draws=lambda subject: {
        "picture": draw.pictures(draw.CONSTANT) | draw.pictures(draw.NOISE) | draw.odd_pictures(draw.CONSTANT)
    },
    applies=lambda subject: subject.traits.floor and subject.traits.kind != "winrate",
    trait="floor",
)
def floor(subject: Subject, picture: Picture) -> bool:
    """Constant pictures score at most 5 % above the lowest value, noise at most the declared share.

    With no range, a constant picture scores at most the median of the pictures that ship. Where a judge is asked,
    what noise earns is the judge's verdict, so that only constant pictures are asked about.
    """
    noise = picture.kind in draw.NOISE
    if noise and (subject.asking is not None or subject.live or subject.traits.range is None):
        return True
    [score] = scored(subject.reward, [_ok(picture, subject)])
    if score.value is None:
        return False
    if subject.traits.range is None:
        highest, allowed = _median_shipped(subject), "the median of the pictures that ship"
    else:
        share = subject.traits.noise_floor if noise else FLOOR_SHARE
        highest = subject.traits.range[0] + share * subject.span
        allowed = f"{share:.0%} of the range above its lowest value"
    if not score.value <= highest + subject.tolerance:
        raise Broken(f"{picture} scores {value(score)}, at most {highest:.4g} is allowed ({allowed})")
    return True


@lru_cache(maxsize=8)
def _median_shipped(subject: Subject) -> float:
    told = [score.value for score in scored(subject.reward, _shipped(subject))]
    return float(np.median([one for one in told if one is not None]))


@law(
    "16 alive",
    "a constant, or a scale on which real paintings all look alike",
    fixed=lambda subject: [
        {"pictures": [Picture("shipped", number, 512, 512) for number in range(len(shipped()))]}
    ],
    applies=lambda subject: subject.traits.kind in ("pointwise", "similarity", "composite"),
    trait="kind",
)
def alive(subject: Subject, pictures: Sequence[Picture]) -> bool:
    """The pictures that ship get at least 3 values, spread over at least a tenth of the range."""
    scores = scored(subject.reward, [_ok(picture, subject, words) for words, picture in enumerate(pictures)])
    told = sorted(score.value for score in scores if score.value is not None)
    distinct = bool(told) + sum(high - low > subject.tolerance for low, high in pairwise(told))
    if distinct < LEAST_VALUES:
        raise Broken(f"{len(pictures)} paintings get {distinct} distinct values, fewer than {LEAST_VALUES}")
    spread = told[-1] - told[0]
    if subject.traits.range is not None and spread < LEAST_SPREAD * subject.span:
        ends = f"{told[0]:.4g} to {told[-1]:.4g}"
        raise Broken(f"{len(pictures)} paintings score {ends}, a spread under a tenth of the range")
    return True


def _shipped(subject: Subject) -> list[Sample]:
    return [_ok(Picture("shipped", number, 512, 512), subject) for number in range(len(shipped()))]


@law(
    "17 layout",
    "the order of the bytes is read, not the pixels: ravel of a Fortran array, or a view of its memory",
    draws=lambda subject: {"picture": draw.pictures() | draw.odd_pictures()},
)
def layout(subject: Subject, picture: Picture) -> bool:
    """A picture scores alike in every memory layout, and twice as large if `size_free` is claimed."""
    sample = _ok(picture, subject)
    pixels = picture.pixels()
    [plain] = scored(subject.reward, [sample])
    for name, image in _layouts(pixels).items():
        [other] = scored(subject.reward, [with_picture(sample, image)])
        if found := difference(plain, other, subject.tolerance):
            raise Broken(f"{picture} {found.replace(' and ', ' plain and ')} {name}")
    if subject.traits.size_free:
        [larger] = scored(subject.reward, [with_picture(sample, pixels.repeat(2, axis=0).repeat(2, axis=1))])
        if plain.value is not None and larger.value is not None:
            apart = abs(plain.value - larger.value)
            if apart > SIZE_SHARE * subject.span:
                raise Broken(
                    f"{picture} scores {value(plain)} and {value(larger)} twice as large, though size_free"
                )
    return plain.value is not None


def _layouts(pixels: NDArray[np.uint8]) -> dict[str, NDArray[np.uint8]]:
    height, width, channels = pixels.shape
    roomy = np.zeros((2 * height, width + 3, channels + 1), np.uint8)
    roomy[::2, :width, :channels] = pixels
    turned = np.ascontiguousarray(pixels[::-1, ::-1])
    return {
        "in Fortran order": np.asfortranarray(pixels),
        "as a strided view": roomy[::2, :width, :channels],
        "as a view with negative strides": turned[::-1, ::-1],
        "writable": pixels.copy(),
    }


@law(
    "18 one level",
    "a scale taken from the picture's own least and largest level, or a threshold without a slope",
    draws=lambda subject: {
        "picture": draw.pictures(KINDS_OF_STEPS),
        "step": st.sampled_from(STEPS),
        "seed": draw.seeds(),
    },
    applies=lambda subject: subject.traits.continuous and subject.traits.range is not None,
    trait="continuous",
)
def one_level(subject: Subject, picture: Picture, step: str, seed: int) -> bool:
    """Changing each pixel by at most one level of 255 moves the score by at most 2 % of the range.

    Pairs of which one picture is constant are skipped: those score the lowest value by rule.
    """
    sample = _ok(picture, subject)
    near = stepped(picture.pixels(), step, seed)
    if is_constant(sample.rendering.image) or is_constant(near):
        return False
    [one, other] = scored_apart(subject, [sample, with_picture(sample, near)])
    if one is None or other is None:
        return False
    if abs(one - other) > LARGEST_STEP * subject.span + subject.tolerance:
        raise Broken(f"{picture} scores {one:.4g}, and {other:.4g} after a step of one level ({step})")
    return True


def stepped(pixels: NDArray[np.uint8], step: str, seed: int) -> NDArray[np.uint8]:
    """Returns a picture of which each level differs by at most one."""
    chance = np.random.default_rng(seed)
    steps = {
        "up": np.ones(pixels.shape, np.int16),
        "down": -np.ones(pixels.shape, np.int16),
        "dither": chance.integers(0, 2, pixels.shape, dtype=np.int16),
        "both ways": chance.integers(-1, 2, pixels.shape, dtype=np.int16),
    }
    return np.clip(pixels + steps[step], 0, 255).astype(np.uint8)


def scored_apart(subject: Subject, samples: Sequence[Sample]) -> list[float | None]:
    """Scores samples one at a time, so that a fault of batches does not show as one of pictures."""
    return [scored(subject.reward, [replace(sample)])[0].value for sample in samples]
