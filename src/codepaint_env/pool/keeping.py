"""From rated candidates to a pool: its manifest, programs and pictures, and a list of all that was rated."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from codepaint_env import canvases
from codepaint_env.pool.candidates import CandidateFolder, Painted
from codepaint_env.pool.colours import leading_hue, palette, thumbnail
from codepaint_env.pool.gallery import study_of
from codepaint_env.pool.selection import SIZES, Rated, Selection, select
from codepaint_env.pool.sheets import LOOKED
from rewards.errors import SpecError
from rewards.json_lines import write_lines
from rewards.pool import MANIFEST, PoolEntry, load_entries
from rewards.types import DEFAULT_CANVAS

RATED = "ratings.jsonl"


def keep(
    candidates: CandidateFolder,
    ratings: Mapping[str, Mapping[str, int]],
    pool: Path,
    *,
    sizes: Mapping[str, int] = SIZES,
) -> Selection:
    """Takes the best candidates into a pool and lists all that were rated in its `ratings.jsonl`.

    Entries of the pool that come of other candidates stay as they are and count; those of these candidates are
    chosen anew. Nothing of the pool changes before all that is new is written.

    Args:
        candidates: What was painted.
        ratings: Of each rater by painting, whose rating is the mean of those it got; without one it is not considered.
        pool: Folder of the pool; made if it is not there.
        sizes: Of the tiers.

    Raises:
        SpecError: Nothing was rated, or a picture cannot be read.
    """
    painted = {id: each for id, each in candidates.read().items() if not each.problem}
    said = {id: {name: its[id] for name, its in ratings.items() if id in its} for id in painted}
    rating = {id: round(float(np.mean(list(values.values()))), 2) for id, values in said.items() if values}
    if not rating:
        raise SpecError(
            f"Nothing in {candidates.folder} is rated. Rate it: codepaint pool rate {candidates.folder}"
        )
    others = [] if not (pool / MANIFEST).is_file() else load_entries(pool)
    others = [entry for entry in others if entry.id not in painted]
    looks = {id: _read(candidates.picture_of(painted[id])) for id in rating}
    chosen = select(
        (
            Rated(
                id,
                each.source,
                study_of(each.source),
                leading_hue(looks[id]),
                rating[id],
                thumbnail(looks[id]),
            )
            for id, each in painted.items()
            if id in rating
        ),
        [(_as_rated(entry), entry.tier) for entry in others if entry.tier is not None],
        sizes=sizes,
    )
    entries = others + [
        _entry(candidates, painted[id], looks[id], pool, tier, rating[id], ", ".join(said[id]))
        for id, tier in sorted(chosen.tiers.items())
    ]
    _write_lines(
        pool / RATED,
        [
            {
                "id": id,
                "source": painted[id].source,
                "program_sha256": painted[id].program_sha256,
                "ratings": said[id],
                "tier": chosen.tiers.get(id),
                "left": chosen.left.get(id, ""),
            }
            for id in sorted(rating)
        ],
    )
    if (candidates.folder / LOOKED).is_file():
        shutil.copyfile(candidates.folder / LOOKED, pool / LOOKED)
    write_manifest(pool, entries)
    _remove_others(pool, entries)
    return chosen


def _as_rated(entry: PoolEntry) -> Rated:
    look = thumbnail(entry.read_image())
    return Rated(entry.id, entry.generator, study_of(entry.generator), entry.hue, entry.rating or 0.0, look)


def _read(picture: Path) -> NDArray[np.uint8]:
    try:
        with Image.open(picture) as image:
            return np.asarray(image.convert("RGB"))
    except OSError as error:
        raise SpecError(f"{picture} cannot be read: {error}. Remove its line and generate it anew.") from None


def _entry(
    candidates: CandidateFolder,
    painted: Painted,
    image: NDArray[np.uint8],
    pool: Path,
    tier: str,
    rating: float,
    rater: str,
) -> PoolEntry:
    program, picture = f"programs/{candidates.program_of(painted).name}", f"images/{painted.id}.webp"
    for source, target in (
        (candidates.program_of(painted), pool / program),
        (candidates.picture_of(painted), pool / picture),
    ):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    return PoolEntry(
        pool,
        painted.id,
        painted.subject,
        painted.prompt,
        tier,
        leading_hue(image),
        palette(image),
        program,
        picture,
        painted.program_sha256,
        painted.render_seed,
        painted.path,
        painted.pixels_sha256,
        hashlib.sha256((pool / picture).read_bytes()).hexdigest(),
        rating,
        painted.source,
        rater,
        painted.note,
        painted.canvas,
    )


def write_manifest(pool: Path, entries: Sequence[PoolEntry]) -> None:
    """Writes the manifest of a pool."""
    _write_lines(pool / MANIFEST, [_told(entry) for entry in entries])


def _told(entry: PoolEntry) -> dict[str, object]:
    silent = {"folder"} | ({"canvas"} if entry.canvas == DEFAULT_CANVAS else set())
    return {name: value for name, value in asdict(entry).items() if name not in silent}


def _write_lines(file: Path, lines: Sequence[Mapping[str, object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_lines(file, lines)


def _remove_others(pool: Path, entries: Sequence[PoolEntry]) -> None:
    """Removes programs and pictures that no entry names any more."""
    named = {pool / name for entry in entries for name in (entry.program, entry.image)}
    suffixes = {canvases.get(name).suffix for name in canvases.available()}
    for kind in (*(f"programs/*{suffix}" for suffix in suffixes), "images/*.webp"):
        for file in pool.glob(kind):
            if file not in named:
                file.unlink()
