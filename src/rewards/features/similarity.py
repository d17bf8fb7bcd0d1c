"""How much a painting resembles reference pictures, by the features of any encoder: `perceptual`, `dino`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rewards import pictures
from rewards.errors import MachineError, SpecError
from rewards.features.embeddings import Embedding, Mode, Picture, centre, centre_hash, embeddings, found
from rewards.features.encoders import Dino, Encoder, Perceptual
from rewards.features.similarity_traits import CLAIMS, DINO_CLAIMS, PERCEPTUAL_CLAIMS
from rewards.painted.blank import image_of, is_constant, without_looking
from rewards.pool import Pool
from rewards.types import Sample, Score, Traits, version_of

CODE = 1  # rises when the same features would make another value

Aggregate = Literal["nearest", "mean"]
Source = Literal["task", "pool"]


class Similarity:
    """Cosine of features, less a fixed centre, brought to [0, 1] by (1 + cosine) / 2.

    Features of pictures share a large common part, so that raw cosines crowd near 1; the centre, the mean feature of
    the 24 paintings that ship in `rewards.pictures`, takes it out.

    - `pooled`: the cosine of one vector a picture.
    - `patch`: for each patch the cosine of the best match in the other picture, averaged over the patches of one
      picture and of the other, and the mean of both ways. One way only, a solid sheet in one colour of the
      reference would score high.

    Program errors and constant pictures score 0 and are not encoded. None where the machine failed: the rendering,
    the encoder (the reason says how), or a task's reference that is absent, cannot be read or shows a single colour.
    Such a reference is no fault of the program, and neither construction nor a preflight without samples can see it;
    `preflight(samples)` raises it.

    Range [0, 1], higher is better; 1 for the reference itself. Features are kept by the picture's hash in memory.

    Args:
        encoder: Makes the features; shared by all instances of a process, and no part of a pickle.
        mode: `pooled` or `patch`.
        aggregate: Of several references `nearest` takes the highest value, `mean` the average.
        references: `task` compares with the task's own reference, `pool` with k pictures drawn from the pool, the
            same for all of a group.
        k: How many are drawn.
        pool: Folder of the pool; None takes the one that ships.
        seed: Of the draw.
        name: Under which it is logged.
        traits: What is claimed; None takes `CLAIMS` of the mode, which names no ladder.

    Raises:
        SpecError: A parameter is not understood, or the pool has too few pictures.
        MissingPart: The pool or the shipped pictures are not there.
    """

    def __init__(
        self,
        encoder: Encoder,
        *,
        mode: Mode = "pooled",
        aggregate: Aggregate = "nearest",
        references: Source = "task",
        k: int = 4,
        pool: str | Path | None = None,
        seed: int = 0,
        name: str = "similarity",
        traits: Traits | None = None,
    ) -> None:
        _check(name, "mode", mode, ("pooled", "patch"))
        _check(name, "aggregate", aggregate, ("nearest", "mean"))
        _check(name, "references", references, ("task", "pool"))
        self.encoder, self.mode, self.aggregate, self.references = encoder, mode, aggregate, references
        self.k, self.seed, self.name = k, seed, name
        self.traits = CLAIMS[mode] if traits is None else traits
        self.pool_folder = None if pool is None else Path(pool)
        asked = {"reference"} if references == "task" else {"task_id", "group"}
        self.needs = frozenset({"image"} | asked)
        if references == "pool":
            self._pool.draw(k, seed=seed, task_id="", group="")
            self.traits = replace(self.traits, canvases=self._pool.canvases)

    @property
    def version(self) -> str:
        """Hash of encoder, parameters, the pictures that make the centre, and the pool."""
        drawn = [self.k, self.seed, self._pool.version] if self.references == "pool" else []
        told = [CODE, self.encoder.version, self.mode, self.aggregate, self.references, drawn, centre_hash()]
        return version_of("Similarity", told)

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        scores = [without_looking(sample) for sample in samples]
        painted = [sample for sample, score in zip(samples, scores, strict=True) if score is None]
        compared = iter(self._scored(painted))
        return [next(compared) if score is None else score for score in scores]

    def compare(
        self, images: Sequence[NDArray[np.uint8]], references: Sequence[NDArray[np.uint8]]
    ) -> NDArray[np.float64]:
        """Compares pictures with one set of references, `(height, width, 3)` uint8 sRGB each.

        Returns:
            `(len(images),)`, the value of each; 0 where it or all references are constant.

        Raises:
            MachineError: The encoder failed.
            ValueError: There are no references.
        """
        if not references:
            raise ValueError("There is nothing to compare with; give at least one reference picture.")
        against = [Picture.of_pixels(each) for each in references if not is_constant(each)]
        own = [None if is_constant(each) else Picture.of_pixels(each) for each in images]
        features = self._features([*against, *filter(None, own)] if against else [])
        blank = [0.0] * (len(references) - len(against))

        def value(picture: Picture | None) -> float:
            if picture is None or not against:
                return 0.0
            one = found(features, picture.key)
            return self._joined(blank + [self._value(one, found(features, each.key)) for each in against])

        return np.array([value(picture) for picture in own], dtype=np.float64)

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Raises what is misconfigured: weights, the references of the samples, values without spread.

        Args:
            samples: A probe batch; None takes some of the shipped pictures.

        Raises:
            MachineError: The encoder fails, or a reference cannot be read.
            MissingPart: The weights are not there.
            SpecError: `NoSpread`: the probe's values do not differ.
        """
        from rewards.preflight import check_spread

        self.encoder.encode(list(pictures.shipped().values())[:1])  # raises what is missing as it is
        for sample, score in zip(samples or (), self(samples or ()), strict=True):
            if score.value is None and sample.rendering.status != "machine_error":
                raise MachineError(f"{self.name!r} cannot score the task {sample.task.id!r}: {score.reason}")
        check_spread(self, samples)

    def _scored(self, samples: Sequence[Sample]) -> list[Score]:
        if not samples:
            return []
        met: dict[object, tuple[tuple[Picture, ...], tuple[str, ...]] | MachineError] = {}
        for sample in samples:
            if self._meeting(sample) not in met:
                met[self._meeting(sample)] = self._references(sample)
        own = [Picture.of_pixels(image_of(sample)) for sample in samples]
        against = [each for told in met.values() if not isinstance(told, MachineError) for each in told[0]]
        try:
            features = self._features([*against, *own])
        except MachineError as error:
            return [Score(None, reason=str(error)) for _ in samples]
        return [
            self._score(features, picture, met[self._meeting(sample)])
            for sample, picture in zip(samples, own, strict=True)
        ]

    def _score(
        self,
        features: Mapping[str, Embedding | MachineError],
        picture: Picture,
        met: tuple[tuple[Picture, ...], tuple[str, ...]] | MachineError,
    ) -> Score:
        try:
            if isinstance(met, MachineError):
                raise met
            against, names = met
            value = self._joined(
                [self._value(found(features, picture.key), found(features, each.key)) for each in against]
            )
        except MachineError as error:
            return Score(None, reason=str(error))
        return Score(value, references=names)

    def _meeting(self, sample: Sample) -> object:
        """Returns what decides which references a sample meets."""
        return sample.task.reference if self.references == "task" else (sample.task.id, sample.group)

    def _references(self, sample: Sample) -> tuple[tuple[Picture, ...], tuple[str, ...]] | MachineError:
        """Returns the references that a sample meets, with their names, or what is wrong with them."""
        try:
            if self.references == "pool":
                drawn = self._pool.draw(self.k, seed=self.seed, task_id=sample.task.id, group=sample.group)
                files = [entry.folder / entry.image for entry in drawn]
                return tuple(map(Picture.of_file, files)), tuple(entry.id for entry in drawn)
            if sample.task.reference is None:
                raise MachineError(
                    f"The task {sample.task.id!r} has no reference picture; give it one, or take "
                    "references='pool'."
                )
            path = Path(sample.task.reference)
            return (Picture.of_file(path),), (path.name,)
        except MachineError as error:
            return error

    def _features(self, shown: Sequence[Picture]) -> dict[str, Embedding | MachineError]:
        """Returns unit vectors, `(d,)` or `(p, d)`, less the centre."""
        middle = centre(self.encoder, self.mode)
        return {
            key: each if isinstance(each, MachineError) else _unit(each - middle)
            for key, each in embeddings(self.encoder, self.mode, shown).items()
        }

    def _value(self, one: Embedding, other: Embedding) -> float:
        if np.array_equal(one, other):  # also where it is the centre itself, which has no direction
            return 1.0
        if self.mode == "pooled":
            cosine = float(one @ other)
        else:
            cosines = one @ other.T
            cosine = float(cosines.max(axis=1).mean() + cosines.max(axis=0).mean()) / 2
        return min(max((1 + cosine) / 2, 0.0), 1.0)

    def _joined(self, values: Sequence[float]) -> float:
        return max(values) if self.aggregate == "nearest" else math.fsum(values) / len(values)

    @cached_property
    def _pool(self) -> Pool:
        return Pool.load(self.pool_folder)

    def __getstate__(self) -> dict[str, Any]:
        # The pool's manifest is read anew where it is needed.
        return {name: each for name, each in self.__dict__.items() if name != "_pool"}


def perceptual(
    *,
    mode: Mode = "pooled",
    aggregate: Aggregate = "nearest",
    references: Source = "task",
    k: int = 4,
    pool: str | None = None,
    seed: int = 0,
    device: str | None = None,
) -> Similarity:
    """Makes a similarity to reference pictures from EfficientNet-Lite0, which needs no model hub.

    See `Similarity` and `Perceptual`.
    """
    return Similarity(
        Perceptual(device),
        mode=mode,
        aggregate=aggregate,
        references=references,
        k=k,
        pool=pool,
        seed=seed,
        name="perceptual",
        traits=PERCEPTUAL_CLAIMS.get(mode),
    )


def dino(
    *,
    model: str = "facebook/dinov2-small",
    revision: str | None = None,
    size_px: int = 224,
    device: str | None = None,
    mode: Mode = "pooled",
    aggregate: Aggregate = "nearest",
    references: Source = "task",
    k: int = 4,
    pool: str | None = None,
    seed: int = 0,
) -> Similarity:
    """Makes a similarity to reference pictures from any DINOv2 or DINOv3.

    See `Similarity` and `Dino`. It claims nothing about noise and ladders, which depend on the weights:
    `codepaint rewards card` measures them.
    """
    return Similarity(
        Dino(model, revision, size_px, device),
        mode=mode,
        aggregate=aggregate,
        references=references,
        k=k,
        pool=pool,
        seed=seed,
        name="dino",
        traits=DINO_CLAIMS,
    )


def _unit(vectors: NDArray[Any]) -> NDArray[Any]:
    """Brings vectors to length 1, but those without length."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.where(lengths > 0, vectors / np.maximum(lengths, np.finfo(float).tiny), 0.0)


def _check(name: str, parameter: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise SpecError(f"{name!r} got {parameter}={value!r}; it is {' or '.join(map(repr, known))}.")
