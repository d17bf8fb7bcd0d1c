"""Small pools of drawn pictures, so that a comparison with a reference costs a millisecond."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from rewards.pool import Pool, PoolEntry
from rewards.testing.cases.described import Picture


@lru_cache(maxsize=256)
def pool_of(*pictures: Picture) -> Pool:
    """Returns a pool of these pictures: the first half, rounded up, are `love` and the others `okay`.

    Its files lie in a temporary folder, which goes when this process ends.
    """
    return Pool([_entry(picture, number, pictures) for number, picture in enumerate(pictures)])


def small_pool() -> Pool:
    """Returns the pool of eight little paintings with which the kit's own toys are checked."""
    return pool_of(*(Picture("painting", seed, 12, 12) for seed in (1, 2, 3, 4, 5, 6, 8, 9)))


def _entry(picture: Picture, number: int, pictures: Sequence[Picture]) -> PoolEntry:
    from PIL import Image

    pixels = picture.pixels()
    file = Path(_folder().name) / f"{picture.kind}-{picture.seed}-{picture.height}x{picture.width}.png"
    if not file.exists():
        Image.fromarray(pixels).save(file)
    return PoolEntry(
        folder=file.parent,
        id=f"reference-{number}",
        subject=picture.kind,
        prompt=f"Paint a {picture.kind}.",
        tier="love" if 2 * number < len(pictures) else "okay",
        hue="",
        palette=(),
        program="",
        image=file.name,
        program_sha256="",
        render_seed=picture.seed,
        path="engine",
        pixels_sha256=hashlib.sha256(pixels.tobytes()).hexdigest(),
        file_sha256="",
        rating=None,
        generator="the kit",
        rater=None,
        note="",
    )


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="codepaint-kit-")
