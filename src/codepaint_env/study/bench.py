"""The rated paintings of the shipped pool and pairs of them, as a data set on which others can score a reward."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from codepaint_env.pool.parquet import PICTURE, picture_type, table
from codepaint_env.study.ablation.evidence import Place, painted, places_of
from codepaint_env.study.ablation.samples import Lot, is_held_out, rated_lot
from codepaint_env.study.ablation.study_tables import APART
from rewards.errors import MachineError, MissingPart, SpecError

PICTURES = "pictures.parquet"
PAIRS = "pairs.parquet"
FIRST_OF = 20  # pairs in which one painting is the better one, at most
QUALITY = 95  # of WebP

Show = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        pictures: Rows of pictures.
        pairs: Rows of pairs.
        all_pairs: Pairs whose ratings are far enough apart, before the cap.
        held_out: Pairs of which both paintings are of held-out studies.
        size: Of both tables, in bytes.
    """

    pictures: int
    pairs: int
    all_pairs: int
    held_out: int
    size: int


def export_pairs(out: Path, count: int, workers: int | None = None, show: Show = lambda *_: None) -> Exported:
    """Paints rated paintings of the shipped pool and writes them and their pairs as a data set.

    Args:
        out: Where to; what was painted there before is not painted again.
        count: How many paintings, evenly over the studies.
        workers: Programs painted at once; None takes one a core.
        show: Told how many are painted, of how many.

    Raises:
        SpecError: There are fewer rated paintings.
        MissingPart: The extra `study` is not installed, or the studies are not part of this installation.
        MachineError: A machine failed to paint some; what was painted is kept.
    """
    try:
        from pyarrow import parquet
    except ImportError:
        raise MissingPart("pyarrow is not installed: pip install 'codepaint-env[study]'") from None
    lot = rated_lot(count)
    out.mkdir(parents=True, exist_ok=True)
    evidence = painted(lot, out, frozenset(), workers, show)
    places = places_of(lot, evidence, out)
    if lacks := sum(each is None for each in evidence):
        raise MachineError(
            f"A machine failed to paint {lacks} of {len(places)} paintings. Run the same again."
        )
    places = [each for each in places if each.recorded is not None and each.recorded.record.picture]
    means = {each.item.id: float(np.mean(list(_ratings(lot, each).values()))) for each in places}
    pairs, every = _pairs(places, means)
    tables = {PICTURES: _pictures(lot, places, means), PAIRS: pairs}
    for name, each in tables.items():
        parquet.write_table(each, out / f"{name}.new", compression="zstd")
        (out / f"{name}.new").replace(out / name)
    folds = pairs["fold"].to_pylist()
    told = Exported(
        len(places),
        len(folds),
        every,
        folds.count("held-out"),
        sum((out / name).stat().st_size for name in tables),
    )
    _write_pages(out, told)
    return told


def _ratings(lot: Lot, place: Place) -> dict[str, int]:
    return {rater: int(its[place.item.id]) for rater, its in lot.ratings.items() if place.item.id in its}


def _name(place: Place) -> str:
    return place.item.id.partition("/")[2]


def _pictures(lot: Lot, places: Sequence[Place], means: dict[str, float]) -> Any:
    rows = []
    for each in places:
        assert each.recorded is not None
        sample = each.recorded.load()
        image = sample.rendering.image
        assert image is not None
        rows.append(
            {
                "id": _name(each),
                "picture": {"bytes": webp(image), "path": f"{_name(each)}.webp"},
                "prompt": each.item.prompt,
                "subject": each.wanted.task.subject,
                "study": each.item.kin,
                "held_out": is_held_out(each.item.kin),
                "ratings": [
                    {"rater": rater, "rating": rating}
                    for rater, rating in sorted(_ratings(lot, each).items())
                ],
                "mean_rating": means[each.item.id],
                "program": sample.program,
            }
        )
    return pictures_table(rows)


def pictures_table(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Returns rows of pictures as a table of pyarrow, with the features of `datasets` in its schema."""
    import pyarrow as pa

    columns = {name: pa.string() for name in ("id", "prompt", "subject", "study", "program")} | {
        PICTURE: picture_type(),
        "held_out": pa.bool_(),
        "ratings": pa.list_(pa.struct([("rater", pa.string()), ("rating", pa.int64())])),
        "mean_rating": pa.float64(),
    }
    return table(rows, pa.schema([(name, columns[name]) for name in rows[0]]))


def webp(image: NDArray[np.uint8]) -> bytes:
    """Returns a picture as a WebP file."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(image)).save(file, format="WEBP", quality=QUALITY)
    return file.getvalue()


def _pairs(places: Sequence[Place], means: dict[str, float]) -> tuple[Any, int]:
    """Returns the table of pairs, and how many there are without the cap.

    Of the pairs that one painting wins, those with the smallest hashes of both names are kept: the same in every call.
    """
    import pyarrow as pa

    rows: list[dict[str, Any]] = []
    every = 0
    for better in places:
        lead = {each: means[better.item.id] - means[each.item.id] for each in places}
        won = [each for each in places if lead[each] >= APART - 1e-9]
        every += len(won)
        won.sort(key=lambda each: hashlib.sha256(f"{_name(better)} {_name(each)}".encode()).digest())
        for worse in won[:FIRST_OF]:
            folds = {is_held_out(each.item.kin) for each in (better, worse)}
            rows.append(
                {
                    "better": _name(better),
                    "worse": _name(worse),
                    "difference": lead[worse],
                    "fold": "across" if len(folds) == 2 else "held-out" if True in folds else "train",
                }
            )
    if not rows:
        raise SpecError(
            f"No two of {len(places)} paintings have mean ratings that differ by {APART:g}; raise --count."
        )
    return pa.Table.from_pylist(rows), every


def _write_pages(out: Path, told: Exported) -> None:
    figures = {
        "PICTURES": f"{told.pictures:,}",
        "PAIRS": f"{told.pairs:,}",
        "ALL": f"{told.all_pairs:,}",
        "HELD": f"{told.held_out:,}",
        "APART": f"{APART:g}",
        "FIRST": str(FIRST_OF),
        "SIZE": str(told.size),
    }
    for name, source in (("README.md", "bench_card.md"), ("protocol.md", "bench_protocol.md")):
        text = (files(__package__) / source).read_text(encoding="utf-8")
        for key, value in figures.items():
            text = text.replace(f"@{key}@", value)
        (out / name).write_text(text, encoding="utf-8")
