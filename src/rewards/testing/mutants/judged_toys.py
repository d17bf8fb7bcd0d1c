"""Correct toys of the judged and similarity kinds, of which mutants are small edits."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from rewards.judged.judge import Judge
from rewards.judged.pairs.symmetric import Pair, SymmetricJudge
from rewards.judged.rubric import load_rubric
from rewards.painted.blank import is_constant
from rewards.pool import Pool, PoolEntry
from rewards.testing.cases.pools import small_pool
from rewards.testing.judges.wrapped import Remembering
from rewards.types import Sample, Score, Traits, version_of

# What each method does stands in the docstring of its class.
# ruff: noqa: D102

Pixels = NDArray[np.uint8]

STEEP = 3.0  # likeness lost for one unit of distance: real paintings lie near each other


def two_per_reference(size: int, references: int) -> int:
    """Returns 2 k G, the calls of a group that meets k references."""
    return 2 * references * size


def two_per_game(size: int, references: int) -> int:
    """Returns G (G - 1), the calls of a group in which all meet all."""
    return size * (size - 1)


class Duels:
    """Compares each picture with k references of a pool; `Pairwise` without its care.

    Attributes:
        remembering: How law 32 is to put a cache before its judge.
    """

    name = "duels"
    needs = frozenset({"image", "prompt", "task_id", "group"})
    traits = Traits(
        kind="pairwise",
        noise_floor=1.0,  # a scripted judge may like noise
        max_calls=two_per_reference,
        disclaims={"18": "a verdict is a step function", "34": "a toy shows pictures as they are"},
    )
    symmetric: ClassVar[type[SymmetricJudge]] = SymmetricJudge
    remembering: ClassVar[Any] = Remembering

    def __init__(
        self, *, judge: Judge, k: int = 2, mode: Literal["soft", "hard"] = "soft", pool: Pool | None = None
    ) -> None:
        self.judge, self.k, self.mode = judge, k, mode
        self.pool = small_pool() if pool is None else pool

    @property
    def version(self) -> str:
        return version_of(type(self).__name__, [self.judge.version, self.k, self.mode, self.pool.version])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        shown = [self._references(sample) if opens(sample) else [] for sample in samples]
        pairs = [
            Pair(png(sample.rendering.image), png(reference), self._prompt(sample))
            for sample, references in zip(samples, shown, strict=True)
            for reference in references
        ]
        told = iter(self._verdicts(pairs))
        return [
            self._score(sample, [next(told) for _ in met]) for sample, met in zip(samples, shown, strict=True)
        ]

    def _prompt(self, sample: Sample) -> str:
        return sample.task.prompt

    def _key(self, sample: Sample) -> str:
        return sample.group

    def _drawn(self, sample: Sample) -> Any:
        return self.pool.draw(self.k, seed=0, task_id=sample.task.id, group=self._key(sample))

    def _references(self, sample: Sample) -> list[Pixels]:
        return [_read(entry) for entry in self._drawn(sample)]

    def _verdicts(self, pairs: Sequence[Pair]) -> list[float | None]:
        return [told.value for told in self._symmetric().compare(pairs)]

    def _symmetric(self) -> SymmetricJudge:
        return self.symmetric(self.judge, load_rubric("pairwise"), mode=self.mode)

    def _score(self, sample: Sample, verdicts: Sequence[float | None]) -> Score:
        if sample.rendering.status == "machine_error":
            return Score(None)
        names = tuple(entry.id for entry in self._drawn(sample))
        if not verdicts:
            return Score(0.0, references=names)
        values = [value for value in verdicts if value is not None]
        whole = len(values) == len(verdicts)
        return Score(sum(values) / len(values) if whole else None, references=names)


class WinRate:
    """How often a picture beats the others of its group."""

    name = "rates"
    needs = frozenset({"image", "prompt", "group"})
    traits = Traits(
        kind="winrate",
        scope="group",
        noise_floor=1.0,
        max_calls=two_per_game,
        disclaims={
            "16": "values rank inside a group only",
            "18": "a verdict is a step function",
            "34": "a toy shows pictures as they are",
        },
    )

    def __init__(
        self, *, judge: Judge, games: int | None = None, mode: Literal["soft", "hard"] = "soft"
    ) -> None:
        self.judge, self.games, self.mode = judge, games, mode

    @property
    def version(self) -> str:
        return version_of(type(self).__name__, [self.judge.version, self.games, self.mode])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        scores: dict[int, Score] = {}
        for group in {sample.group: None for sample in samples}:
            members = [
                i
                for i, sample in enumerate(samples)
                if sample.group == group and sample.rendering.status != "machine_error"
            ]
            rates = self._rates([samples[i] for i in members])
            scores |= dict(zip(members, rates, strict=True))
        return [scores.get(i, Score(None)) for i in range(len(samples))]

    def _rates(self, group: Sequence[Sample]) -> list[Score]:
        games = list(self._games(group))
        verdicts = self._verdicts([self._pair(group[i], group[j]) for i, j in games])
        alike = [_bytes(sample) if opens(sample) else b"" for sample in group]
        won: dict[bytes, list[float | None]] = {
            each: [] for each in alike
        }  # equal pictures share their games
        for (i, j), value in zip(games, verdicts, strict=True):
            won[alike[i]].append(value)
            won[alike[j]].append(None if value is None else 1 - value)
        return [self._score(sample, won[each]) for sample, each in zip(group, alike, strict=True)]

    def _games(self, group: Sequence[Sample]) -> Iterator[tuple[int, int]]:
        """Yields who meets whom: on a ring, the neighbours at distances of 1, 2, ...; or all."""
        size, games = len(group), len(group) - 1 if self.games is None else min(self.games, len(group) - 1)
        ring = sorted(range(size), key=lambda i: (hashlib.sha256(_bytes(group[i])).digest(), i))
        for distance in range(1, games // 2 + 1):
            yield from ((ring[i], ring[(i + distance) % size]) for i in range(size))
        if games % 2:
            yield from ((ring[i], ring[i + size // 2]) for i in range(size // 2))

    def _pair(self, one: Sample, other: Sample) -> tuple[float | None, Pair]:
        if opens(one) and opens(other):
            return None, Pair(png(one.rendering.image), png(other.rendering.image), one.task.prompt)
        return 0.5 + (opens(one) - opens(other)) / 2, Pair(b"", b"", "")

    def _verdicts(self, pairs: Sequence[tuple[float | None, Pair]]) -> list[float | None]:
        symmetric = SymmetricJudge(self.judge, load_rubric("pairwise"), mode=self.mode)
        told = symmetric.compare([pair for _, pair in pairs])
        return [one.value if known is None else known for (known, _), one in zip(pairs, told, strict=True)]

    def _score(self, sample: Sample, won: Sequence[float | None]) -> Score:
        values = [value for value in won if value is not None]
        if len(values) < len(won):
            return Score(None)
        rate = sum(values) / len(values) if values else 0.5
        return Score(rate if opens(sample) else 0.0, {"wins": rate})


class Likeness:
    """Compares pictures by a grid of mean colours, patch by patch and both ways, as `dino` does in its mode `patch`."""

    name = "likeness"
    needs = frozenset({"image"})
    traits = Traits(
        kind="similarity", symmetric=True, noise_floor=1.0, monotone=frozenset({"occlusion", "palette"})
    )
    aggregate = "nearest"
    costly = False

    def __init__(self, *, references: Sequence[Pixels] | None = None) -> None:
        held = [entry.read_image() for entry in small_pool().entries]
        self._held = held if references is None else list(references)
        self.version = version_of(type(self).__name__, len(self._held))

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        return [
            Score(None)
            if sample.rendering.status == "machine_error"
            else Score(self._against(sample.rendering.image, self._held) if opens(sample) else 0.0)
            for sample in samples
        ]

    def compare(self, images: Sequence[Pixels], references: Sequence[Pixels]) -> NDArray[np.float64]:
        return np.array([self._against(image, references) for image in images])

    def _against(self, image: Pixels | None, references: Sequence[Pixels]) -> float:
        if image is None or is_constant(image):
            return 0.0
        return self._joined([self._likeness(patches(image), patches(other)) for other in references])

    def _joined(self, values: Sequence[float]) -> float:
        return max(values)

    def _likeness(self, one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
        gaps = np.abs(one[:, None] - other[None]).mean(axis=-1)
        return float(max(0.0, 1 - STEEP * (gaps.min(axis=0).mean() + gaps.min(axis=1).mean()) / 2))


def opens(sample: Sample) -> bool:
    """Tells whether a sample painted something that can be compared."""
    return sample.rendering.ok and not is_constant(sample.rendering.image)


def png(image: Pixels | None) -> bytes:
    """Returns the PNG file of a picture."""
    assert image is not None
    return _png(image.shape, np.ascontiguousarray(image).tobytes())


@lru_cache(maxsize=1024)
def _png(shape: tuple[int, ...], pixels: bytes) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.frombuffer(pixels, np.uint8).reshape(shape)).save(file, "PNG", compress_level=1)
    return file.getvalue()


_read = lru_cache(maxsize=256)(PoolEntry.read_image)


def patches(image: Pixels) -> NDArray[np.float64]:
    """Returns the mean colour of 4 x 4 cells, each channel in [0, 1], `(16, 3)`."""
    cells = [(_cell(image.shape[0], y), _cell(image.shape[1], x)) for y in range(4) for x in range(4)]
    return np.array([image[cell].mean(axis=(0, 1), dtype=np.float64) / 255 for cell in cells])


def _cell(side: int, number: int) -> slice:
    start = min(number * side // 4, side - 1)
    return slice(start, max((number + 1) * side // 4, start + 1))


def _bytes(sample: Sample) -> bytes:
    image = sample.rendering.image
    return b"" if image is None else json.dumps(image.shape).encode() + np.ascontiguousarray(image).tobytes()
