"""What heads are fitted on: the rows of a folder's paintings, kept beside them, and what raters said."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from codepaint_env.pool.gallery import Work
from codepaint_env.pool.keeping import RATED
from codepaint_env.pool.ratings import RATINGS, Preference, Ratings
from rewards.errors import MachineError, SpecError
from rewards.features.embeddings import Picture
from rewards.heads.looks import Looks
from rewards.json_lines import read_lines
from rewards.painted.blank import is_constant

BATCH = 32  # pictures between two writes

Said = dict[str, dict[str, int]]


def rows_of(
    works: Mapping[str, Work],
    looks: Looks,
    kept: Path,
    show: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[dict[str, Work], NDArray[np.float64]]:
    """Returns the paintings that are not of a single colour, and what a head sees of each, `(n, d)`, in their order.

    What was looked at is kept in the file after each batch, so that a fit that was stopped goes on, and the next one
    takes seconds.

    Args:
        works: The paintings.
        looks: Looks at them.
        kept: A file; of other looks than these, or damaged, it is written anew.
        show: Is told how many of how many are done.

    Raises:
        MachineError: A picture cannot be read, or the encoder failed.
    """
    pictures = [Picture.of_file(work.picture) for work in works.values()]
    files = {picture.key: work.picture for picture, work in zip(pictures, works.values(), strict=True)}
    rows = _read(kept, looks.version)
    left = [picture for picture in pictures if picture.key not in rows]
    done = len(pictures) - len(left)
    show(done, len(pictures))
    for start in range(0, len(left), BATCH):
        batch = left[start : start + BATCH]
        for key, row in looks.at(batch).items():
            if not isinstance(row, MachineError):
                rows[key] = row
            elif not is_flat(files[key]):
                raise row
        _write(kept, looks.version, rows)
        show(done + start + len(batch), len(pictures))
    seen = {id: picture.key for id, picture in zip(works, pictures, strict=True) if picture.key in rows}
    return {id: works[id] for id in seen}, np.stack([rows[key] for key in seen.values()])


def is_flat(file: Path) -> bool:
    """Tells whether a picture can be read and is of a single colour, which scores 0 by rule."""
    try:
        with Image.open(file) as picture:
            return is_constant(np.asarray(picture.convert("RGB")))
    except OSError:
        return False


def ratings_of(folder: Path, works: Mapping[str, Work], given: Path | None = None) -> Said:
    """Returns what each rater gave the paintings of a folder, by rater and painting.

    Args:
        folder: Of candidates or a pool: its `ratings.sqlite`, else its `ratings.jsonl`, as a pool lists all that was
            rated to make it.
        works: Its paintings; of others nothing is returned.
        given: A `ratings.jsonl` to take instead.

    Raises:
        SpecError: Nobody rated any of them, or a line of the file cannot be understood.
    """
    told: Said = {}
    file = given or (folder / RATED)
    if given is None and (folder / RATINGS).is_file():
        ratings = Ratings(folder / RATINGS)
        told = {name: dict(ratings.of(name)) for name in ratings.raters()}
    elif file.is_file():
        for line in read_lines(file, by_hand=True):
            try:
                for rater, rating in line.value["ratings"].items():
                    told.setdefault(rater, {})[line.value["id"]] = rating
                painted = line.value["program_sha256"]
                work = works.get(line.value["id"])
            except (TypeError, KeyError, AttributeError) as error:
                raise SpecError(
                    f"{line.where} has no {error}; it has id, ratings and program_sha256."
                ) from None
            if work is not None and work.program.is_file() and painted != _sha256(work.program):
                raise SpecError(
                    f"{line.where} rates a program called {work.id!r}, but not the one in {folder}; name the ratings "
                    "of these paintings."
                )
    own = {name: {id: each for id, each in its.items() if id in works} for name, its in told.items()}
    own = {name: its for name, its in own.items() if its}
    if not own:
        raise SpecError(
            f"Nobody has rated the paintings of {folder}. Rate them: codepaint pool rate {folder}"
        )
    return own


def preferences_of(folder: Path, works: Mapping[str, Work]) -> dict[str, list[Preference]]:
    """Returns which of two paintings of a folder each rater preferred.

    Raises:
        SpecError: Nobody compared any of them.
    """
    told: dict[str, list[Preference]] = {}
    if (folder / RATINGS).is_file():
        ratings = Ratings(folder / RATINGS)
        for name in ratings.comparers():
            told[name] = [
                each for each in ratings.preferences(name) if {each.left, each.right} <= works.keys()
            ]
    told = {name: pairs for name, pairs in told.items() if pairs}
    if not told:
        raise SpecError(
            f"Nobody has compared pairs of {folder}: codepaint pool rate {folder}, 'Two, side by side'."
        )
    return told


def _read(kept: Path, version: str) -> dict[str, NDArray[np.float64]]:
    try:
        with np.load(kept, allow_pickle=False) as archive:
            if str(archive["version"]) != version:
                return {}
            keys, rows = archive["keys"], archive["rows"].astype(np.float64)
        return {str(key): row for key, row in zip(keys, rows, strict=True)}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def _write(kept: Path, version: str, rows: Mapping[str, NDArray[np.float64]]) -> None:
    part = kept.with_suffix(".part.npz")
    np.savez(part, version=np.array(version), keys=np.array(list(rows)), rows=np.stack(list(rows.values())))
    part.replace(kept)


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
