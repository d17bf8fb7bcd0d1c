"""The reference pool: pictures with the programs that painted them."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MissingPart, SpecError

MANIFEST = "manifest.jsonl"


@dataclass(frozen=True, slots=True)
class PoolEntry:
    """One line of the manifest; its files are read when they are asked for.

    Attributes:
        folder: Where the pool lies; the files are named relative to it.
        id: Stable name.
        subject: What is painted, in a few words.
        prompt: What a policy would be asked for it.
        tier: `love`, `okay` or `supplement`; None until somebody has rated it.
        hue: The leading colour, in one word.
        palette: The main colours as hex strings.
        program: File of the program.
        image: File of the picture, compressed with small losses.
        program_sha256: Hash of the program's bytes.
        render_seed: The seed with which it was drawn.
        path: How it was drawn: `engine` or `page`.
        pixels_sha256: Hash of the `(height, width, 3)` array as it was drawn, before it was compressed.
        file_sha256: Hash of the picture's file.
        rating: What the rater gave; None until then.
        generator: Who or what wrote the program.
        rater: Who rated it; None until then.
        note: Anything else worth knowing.
    """

    folder: Path
    id: str
    subject: str
    prompt: str
    tier: str | None
    hue: str
    palette: tuple[str, ...]
    program: str
    image: str
    program_sha256: str
    render_seed: int
    path: str
    pixels_sha256: str
    file_sha256: str
    rating: float | None
    generator: str
    rater: str | None
    note: str

    def read_program(self) -> str:
        """Returns the program's text."""
        return (self.folder / self.program).read_text(encoding="utf-8")

    def read_image(self) -> NDArray[np.uint8]:
        """Returns the picture as it was kept, `(height, width, 3)` uint8 sRGB."""
        from PIL import Image

        with Image.open(self.folder / self.image) as picture:
            return np.asarray(picture.convert("RGB"))


def pool_folder() -> Path:
    """Returns where the pool that ships lies: inside the package, or beside `src` in a checkout."""
    packaged = Path(__file__).parent / "reference_pool"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "reference_pool"


def load_entries(folder: Path | None = None) -> list[PoolEntry]:
    """Loads the manifest of a pool, in its order; None takes the pool that ships.

    Raises:
        MissingPart: There is no manifest.
        SpecError: A line of it cannot be understood.
    """
    folder = pool_folder() if folder is None else folder
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise MissingPart(
            f"There is no reference pool in {folder}: {MANIFEST} is missing. Install codepaint-env anew."
        )
    lines = manifest.read_text(encoding="utf-8").splitlines()
    return [_entry(line, folder, number) for number, line in enumerate(lines, 1) if line.strip()]


def _entry(line: str, folder: Path, number: int) -> PoolEntry:
    where = f"{folder / MANIFEST}, line {number}"
    try:
        told: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise SpecError(f"{where} is not JSON: {error.msg} at column {error.colno}.") from None
    names = [field.name for field in fields(PoolEntry) if field.name != "folder"]
    if not isinstance(told, dict):
        raise SpecError(f"{where} is no JSON object; an entry has {', '.join(names)}.")
    for name in names:
        if name not in told:
            raise SpecError(f"{where} has no {name!r}; an entry has {', '.join(names)}.")
    for name in told:
        if name not in names:
            raise SpecError(f"{where} has the key {name!r}; an entry has {', '.join(names)}.")
    if not isinstance(told["palette"], list):
        raise SpecError(f"{where} has the palette {told['palette']!r}; it is a list of hex strings.")
    return PoolEntry(folder, **told | {"palette": tuple(told["palette"])})
