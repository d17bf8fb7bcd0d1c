"""Contact sheets: many paintings on one picture, numbered, to be looked at in one go."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from codepaint_env.pool.ratings import SCALE
from codepaint_env.render.identity import seed_of
from rewards.errors import SpecError
from rewards.json_lines import read_lines, write_lines
from rewards.pool import PoolEntry

MOST = 36
SIDE_PX, GAP_PX, LINE_PX = 250, 6, 14
SHEETS = "sheets.jsonl"
LOOKED = "looked.jsonl"
"""What was said of each sheet: one line each, with the sheet's hash."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet that was written.

    Attributes:
        name: Of its file, without ending.
        sha256: Hash of its pixels.
        ids: What is on it, row by row.
    """

    name: str
    sha256: str
    ids: tuple[str, ...]


def contact_sheet(
    pictures: Iterable[Path], labels: Sequence[str], *, columns: int = 6, side_px: int = SIDE_PX
) -> Image.Image:
    """Returns paintings row by row, each with its label below.

    Args:
        pictures: Their files, as many as labels.
        labels: Words below each; where all are empty no room is left for them.
        columns: Pictures in a row.
        side_px: Of a picture.
    """
    line = LINE_PX if any(labels) else 0
    across, down = side_px + GAP_PX, side_px + line + GAP_PX
    rows = -(-len(labels) // columns)
    sheet = Image.new("RGB", (columns * across + GAP_PX, rows * down + GAP_PX), "white")
    ink = ImageDraw.Draw(sheet)
    for place, (file, label) in enumerate(zip(pictures, labels, strict=True)):
        row, column = divmod(place, columns)
        corner = (GAP_PX + column * across, GAP_PX + row * down)
        with Image.open(file) as picture:
            sheet.paste(picture.convert("RGB").resize((side_px, side_px), Image.Resampling.LANCZOS), corner)
        ink.text((corner[0] + 2, corner[1] + side_px), label, fill="black")
    return sheet


def loved_sheet(entries: Iterable[PoolEntry]) -> Image.Image:
    """Returns all loved paintings of a pool on one sheet, small and without labels, in a fixed random order."""
    loved = sorted((entry for entry in entries if entry.tier == "love"), key=lambda entry: seed_of(entry.id))
    files = [entry.folder / entry.image for entry in loved]
    return contact_sheet(files, [""] * len(files), columns=14, side_px=96)


def draw_share(pictures: Mapping[str, Path], share: float, seed: int) -> dict[str, Path]:
    """Draws a share, in (0, 1], of pictures by id: at least one."""
    drawn = random.Random(seed).sample(sorted(pictures), max(1, round(share * len(pictures))))
    return {id: pictures[id] for id in drawn}


def write_sheets(pictures: dict[str, Path], out: Path, *, per: int = MOST, seed: int = 0) -> list[Sheet]:
    """Writes sheets of pictures in an order that a seed shuffles; numbers alone stand below them.

    Args:
        pictures: Their files by id.
        out: Folder for `sheet-001.png` and so on, and for `sheets.jsonl`, which tells what is where.
        per: Pictures on a sheet, at most 36.
        seed: Of the order.
    """
    order = sorted(pictures)
    random.Random(seed).shuffle(order)
    out.mkdir(parents=True, exist_ok=True)
    sheets = []
    for number, start in enumerate(range(0, len(order), per), 1):
        ids = order[start : start + per]
        name = f"sheet-{number:03d}"
        image = contact_sheet((pictures[each] for each in ids), [str(n) for n in range(1, len(ids) + 1)])
        image.save(out / f"{name}.png")
        sheets.append(Sheet(name, hashlib.sha256(image.tobytes()).hexdigest(), tuple(ids)))
    write_lines(out / SHEETS, map(asdict, sheets))
    return sheets


def read_sheets(folder: Path) -> dict[str, Sheet]:
    """Returns the sheets of a folder by name."""
    told = [line.value for line in read_lines(folder / SHEETS, by_hand=True)]
    return {each["name"]: Sheet(each["name"], each["sha256"], tuple(each["ids"])) for each in told}


def read_said(folder: Path, said: Path, works: Container[str]) -> dict[str, int]:
    """Returns the rating of each painting, from lines `{"sheet": "sheet-001", "ratings": [3, 5, ...]}`.

    Args:
        folder: Of the sheets.
        said: The file of the lines.
        works: The paintings that there are.

    Raises:
        SpecError: A line cannot be understood, or does not rate each painting of its sheet; then none counts.
    """
    sheets = read_sheets(folder)
    found: dict[str, int] = {}
    for line in read_lines(said, by_hand=True):
        try:
            sheet, ratings = sheets[line.value["sheet"]], line.value["ratings"]
        except (KeyError, TypeError) as error:
            raise SpecError(
                f"{line.where} names no sheet of {folder} with its ratings ({error!r})."
            ) from None
        if len(ratings) != len(sheet.ids) or any(rating not in SCALE for rating in ratings):
            raise SpecError(
                f"{line.where} rates {len(ratings)} paintings; {sheet.name} has {len(sheet.ids)}, "
                "each rated 1 to 5."
            )
        if gone := [id for id in sheet.ids if id not in works]:
            raise SpecError(
                f"{line.where}: {gone[0]!r} of {sheet.name} is no painting any more; write sheets anew."
            )
        found |= zip(sheet.ids, ratings, strict=True)
    return found


def note_looked(folder: Path, rater: str, sheets: Path, said: Path) -> None:
    """Notes in a folder's `looked.jsonl` what a rater said of each sheet, in place of what that rater said before.

    Args:
        folder: Of what was rated.
        rater: Who looked.
        sheets: Folder of the sheets.
        said: The file that `read_said` reads; `record` of a line is what was said.
    """
    file, known = folder / LOOKED, read_sheets(sheets)
    noted = read_lines(file, by_hand=True) if file.is_file() else []
    notes = [line.value for line in noted if line.value["rater"] != rater]
    for line in read_lines(said, by_hand=True):
        sheet, record = known[line.value["sheet"]], line.value.get("record", "")
        notes.append({"rater": rater, "sheet": sheet.name, "sha256": sheet.sha256, "record": record})
    write_lines(file, notes)
