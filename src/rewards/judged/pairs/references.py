"""A sample beside the references that its group meets, each as a judge is shown it."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from rewards.errors import MachineError, MissingPart
from rewards.judged.pairs.symmetric import Pair
from rewards.judged.pictures import share_of, shown
from rewards.painted.blank import is_constant
from rewards.painted.change import visibly_changed
from rewards.painted.lettering import Box, Picture, boxes_of, letters_in
from rewards.pool import Pool, PoolEntry
from rewards.types import Rendering, Sample


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is to be asked about a sample, or why nothing is.

    Attributes:
        group: Of the sample.
        outcome: `pairs` are to be compared; the score is the `floor`, as nothing was painted; or a machine `failed`.
        references: Ids of the pictures that the group meets.
        pairs: The sample's picture and each reference, in this order.
        copied: The picture is one of the references, or differs from one by no more than anybody sees.
        text_area: Share of the picture in which letters stand, [0, 1].
        reason: Why nothing is asked.
    """

    group: str
    outcome: Literal["pairs", "floor", "failed"]
    references: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    copied: bool = False
    text_area: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Meetings:
    """Draws and shows references and pictures.

    Attributes:
        pool: References are drawn from it.
        k: How many.
        seed: Of the draw.
        size_px: Side of the square in which all are shown.
        blur: Letters are made unreadable.
    """

    pool: Pool
    k: int
    seed: int
    size_px: int
    blur: bool

    def of(self, samples: Sequence[Sample]) -> list[Meeting]:
        """Returns the meeting of each sample, in order."""
        if len(samples) < 2:
            return [self._of(sample) for sample in samples]
        # What takes time here, compression and the detector, lets other threads run.
        with ThreadPoolExecutor(min(len(samples), os.cpu_count() or 1)) as threads:
            return list(threads.map(self._of, samples))

    def _of(self, sample: Sample) -> Meeting:
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return Meeting(sample.group, "failed", reason=rendering.message)
        drawn = self.pool.draw(self.k, seed=self.seed, task_id=sample.task.id, group=sample.group)
        names = tuple(entry.id for entry in drawn)
        if not rendering.ok or rendering.image is None or is_constant(rendering.image):
            return Meeting(sample.group, "floor", names, reason=rendering.message or "nothing was painted")
        picture = Picture.of(rendering.image)
        try:
            boxes = self._boxes(rendering, picture)
            references = [_reference(entry, self.size_px, self.blur) for entry in drawn]
        except MachineError as error:
            return Meeting(sample.group, "failed", names, reason=str(error))
        own = shown(picture, boxes, size_px=self.size_px)
        same = [picture.sha256 in each.pixels or own == each.png for each in references]
        prompt = sample.task.prompt.encode("utf-8", "replace").decode()  # lone surrogates cannot be sent
        pairs = [
            Pair(reference.png if copied else own, reference.png, prompt)
            for reference, copied in zip(references, same, strict=True)
        ]
        area = share_of(boxes, picture.shape)
        copied = any(same) or any(
            _looks_alike(own, each.png) or _looks_alike(own, each.again) for each in references
        )
        return Meeting(sample.group, "pairs", names, tuple(pairs), copied, area)

    def _boxes(self, rendering: Rendering, picture: Picture) -> tuple[Box, ...]:
        return boxes_of(rendering, picture) if self.blur else ()


@dataclass(frozen=True, slots=True)
class _Reference:
    """A reference.

    Attributes:
        png: As it is shown.
        again: As it would be shown if a sample were the file that is kept, which went through the loss before.
        pixels: The hashes of pixels that are this picture: as drawn and as kept.
    """

    png: bytes
    again: bytes
    pixels: frozenset[str]


@lru_cache(maxsize=256)
def _reference(entry: PoolEntry, size_px: int, blur: bool) -> _Reference:
    try:
        picture = Picture.of(entry.read_image())
    except MissingPart as error:  # it was there when the reward was made
        raise MachineError(str(error)) from None
    kept = picture.sha256 != entry.pixels_sha256
    boxes = letters_in(picture) if blur else ()
    png, again = (shown(picture, boxes, size_px=size_px, kept=each) for each in (kept, False))
    return _Reference(png, again, frozenset({picture.sha256, entry.pixels_sha256}))


def _looks_alike(one: bytes, other: bytes) -> bool:
    """Tells whether nobody would see a difference between two PNG files."""
    from PIL import Image

    first, second = (np.asarray(Image.open(io.BytesIO(png)).convert("RGB")) for png in (one, other))
    return not visibly_changed(first, second)
