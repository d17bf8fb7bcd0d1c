"""The scores of a study as Parquet files, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from codepaint_env.study.ablation.score_table import Column, Item, ScoreTable, Truth
from rewards.errors import MissingPart, SpecError

SCORES, TRUTHS = "scores.parquet", "truths.parquet"
FORMAT = 1

_HEAD = b"codepaint"

Parts = Mapping[str, Sequence[Mapping[str, float] | None]]


def check_parquet() -> None:
    """Raises `MissingPart` where the extra `study` is not installed."""
    if find_spec("pyarrow") is None:
        raise MissingPart(
            "pyarrow, which writes the table of scores, is not installed: pip install 'codepaint-env[study]'"
        )


def save_table(out: Path, table: ScoreTable, parts: Parts) -> None:
    """Writes `scores.parquet`, one row a picture, reward and draw, and `truths.parquet`, one row a pair.

    Args:
        out: Folder of the study.
        table: The scores.
        parts: The components of each picture's score (draw 0) by label; None where there is no score.

    Raises:
        MissingPart: The extra `study` is not installed.
    """
    check_parquet()
    import pyarrow as pa
    from pyarrow import parquet

    rows: dict[str, list[Any]] = {name: [] for name in _TYPES}
    for label, column in table.columns.items():
        for draw, values in enumerate([column.values, *column.draws]):
            for number, (item, value) in enumerate(zip(table.items, values, strict=True)):
                for name, cell in asdict(item).items():
                    rows["item" if name == "id" else name].append(cell)
                told = parts.get(label, ())
                own = told[number] if draw == 0 and number < len(told) else None
                rows["reward"].append(label)
                rows["version"].append(column.version)
                rows["draw"].append(draw)
                rows["value"].append(float(value) if np.isfinite(value) else None)
                rows["components"].append([] if own is None else sorted(own.items()))
    types = {name: getattr(pa, kind)() for name, kind in _TYPES.items() if kind != "map"}
    types["components"] = pa.map_(pa.string(), pa.float64())
    schema = pa.schema(list(types.items()), metadata={_HEAD: json.dumps(_head(table)).encode()})
    parquet.write_table(pa.table(rows, schema=schema), out / SCORES, compression="zstd")
    names = np.array([item.id for item in table.items])
    pairs = pa.table(
        {
            "truth": _words(pa, [each.name for each in table.truths], [len(e.pairs) for e in table.truths]),
            **{
                side: pa.DictionaryArray.from_arrays(
                    np.concatenate([each.pairs[:, place] for each in table.truths] or [_NONE]).astype(
                        np.int32
                    ),
                    pa.array(names, pa.string()),
                )
                for place, side in enumerate(("better", "worse"))
            },
        }
    )
    parquet.write_table(pairs, out / TRUTHS, compression="zstd")


def load_table(out: Path | str) -> ScoreTable:
    """Reads what a study measured.

    Args:
        out: Folder of the study.

    Raises:
        MissingPart: The extra `study` is not installed.
        SpecError: There is no such table, or another release wrote it.
    """
    check_parquet()
    from pyarrow import parquet

    out = Path(out)
    for name in (SCORES, TRUTHS):
        if not (out / name).is_file():
            raise SpecError(
                f"There is no {name} in {str(out)!r}; make it: codepaint ablate STUDY.toml --out {out}"
            )
    table = parquet.read_table(out / SCORES)
    head = json.loads((table.schema.metadata or {}).get(_HEAD, b"{}"))
    if head.get("format") != FORMAT:
        raise SpecError(f"{out / SCORES} was not written by this release; run the study again.")
    items = tuple(Item(**each) for each in head["items"])
    count = len(items)
    values = np.array(table.column("value").to_pylist(), dtype=float)  # None becomes NaN
    columns, start = {}, 0
    for label, told in head["columns"].items():
        draws = told.pop("draws")
        own = values[start : start + (1 + draws) * count].reshape(1 + draws, count)
        start += (1 + draws) * count
        bounds = told.pop("range")
        columns[label] = Column(
            label, values=own[0], draws=own[1:], range=None if bounds is None else tuple(bounds), **told
        )
    place = {item.id: number for number, item in enumerate(items)}
    pairs = parquet.read_table(out / TRUTHS).to_pydict()
    sides = np.array(
        [
            [place[better], place[worse]]
            for better, worse in zip(pairs["better"], pairs["worse"], strict=True)
        ],
        dtype=np.intp,
    ).reshape(-1, 2)
    names = np.array(pairs["truth"])
    truths = tuple(
        Truth(each["name"], sides[names == each["name"]], np.array(each["strata"], np.intp), each["said"])
        for each in head["truths"]
    )
    return ScoreTable(items, columns, truths)


_TYPES = {
    "item": "string",
    "source": "string",
    "kin": "string",
    "group": "string",
    "prompt": "string",
    "picture": "string",
    "reward": "string",
    "version": "string",
    "draw": "int32",
    "value": "float64",
    "components": "map",
}
_NONE = np.zeros(0, np.intp)


def _head(table: ScoreTable) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "items": [asdict(item) for item in table.items],
        "columns": {
            label: {
                "spec": each.spec,
                "version": each.version,
                "range": each.range,
                "draws": len(each.draws),
                "cost": dict(each.cost),
                "note": each.note,
            }
            for label, each in table.columns.items()
        },
        "truths": [
            {"name": each.name, "said": each.said, "strata": each.strata.tolist()} for each in table.truths
        ],
    }


def _words(pa: Any, names: Sequence[str], sizes: Sequence[int]) -> Any:
    places = np.repeat(np.arange(len(names)), sizes).astype(np.int32)
    return pa.DictionaryArray.from_arrays(places, pa.array(list(names), pa.string()))
