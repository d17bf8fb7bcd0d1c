"""Paintings as Parquet: pictures, programs and ratings in one file, as dataset libraries read them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rewards.errors import MissingPart
from rewards.pool import PoolEntry

PICTURE = "picture"
"""The column that holds pictures: `bytes` of a file, and `path`, its name."""

_ROWS_A_GROUP = 100  # viewers read whole groups


def write_pool(entries: Sequence[PoolEntry], out: Path) -> None:
    """Writes a pool's entries, one row a painting: its picture, and all that its manifest says.

    Args:
        entries: In the order of the rows.
        out: The file; what was there is replaced when the new one is whole.

    Raises:
        MissingPart: The extra `study` is not installed, or a file of the pool cannot be read.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise MissingPart("pyarrow is not installed: pip install 'codepaint-env[study]'") from None
    words = (
        *("id", "prompt", "subject", "tier", "hue", "program", "canvas", "generator", "rater", "note"),
        *("program_sha256", "pixels_sha256"),
    )
    schema = pa.schema(
        [
            (PICTURE, picture_type()),
            *((name, pa.string()) for name in words),
            ("palette", pa.list_(pa.string())),
            ("rating", pa.float64()),
            ("render_seed", pa.int64()),
        ]
    )
    rows = [_row(entry) for entry in entries]
    half = out.with_name(f"{out.name}.new")
    parquet.write_table(table(rows, schema), half, compression="zstd", row_group_size=_ROWS_A_GROUP)
    half.replace(out)


def picture_type() -> Any:
    """Returns the type of the column of pictures."""
    import pyarrow as pa

    return pa.struct([("bytes", pa.binary()), ("path", pa.string())])


def table(rows: Sequence[Mapping[str, Any]], schema: Any) -> Any:
    """Returns rows as a table of pyarrow whose schema tells `datasets` what each column holds."""
    import pyarrow as pa

    features = {
        field.name: {"_type": "Image"} if field.name == PICTURE else _feature(field.type) for field in schema
    }
    told = json.dumps({"info": {"features": features}})
    return pa.Table.from_pylist(list(rows), schema=schema.with_metadata({"huggingface": told}))


def _feature(kind: Any) -> Any:
    import pyarrow as pa

    if pa.types.is_list(kind):
        return [_feature(kind.value_type)]
    if pa.types.is_struct(kind):
        return {field.name: _feature(field.type) for field in kind}
    dtype = {"double": "float64"}.get(str(kind), str(kind))
    return {"dtype": dtype, "_type": "Value"}


def _row(entry: PoolEntry) -> dict[str, Any]:
    names = ("id", "prompt", "subject", "tier", "hue", "canvas", "generator", "rater", "note", "rating")
    hashes = ("program_sha256", "pixels_sha256")
    told = {name: getattr(entry, name) for name in (*names, *hashes, "render_seed")}
    entry.check_image()
    picture = {"bytes": (entry.folder / entry.image).read_bytes(), "path": Path(entry.image).name}
    return {
        PICTURE: picture,
        "program": entry.read_program(),
        "palette": list(entry.palette),
        **told,
    }
