"""`codepaint pool export`: writes what raters said, or a pool with its pictures, for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER
from rewards.errors import SpecError


@click.command()
@click.argument("folder", type=FOLDER, required=False)
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--pairs", is_flag=True, help="Write the preferences between two paintings instead.")
@click.option(
    "--parquet",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a whole pool into this file instead: pictures, programs and ratings.",
)
@tidy
def export(folder: Path | None, out: Path | None, pairs: bool, parquet: Path | None) -> None:
    """Write the ratings of FOLDER into the file OUT, .csv or .jsonl.

    There is one row per painting and rater: rater, id, rating, comment, prompt. A skipped painting has no rating. With
    --pairs, there is one row per preference: rater, left, right, choice, comment.

    With --parquet FILE the command writes a pool itself: one row per painting, with its picture, its program and all
    that the manifest says. FOLDER is then the pool; without FOLDER it is the one that ships.

    \b
        codepaint pool export candidates ratings.csv
        codepaint pool export candidates pairs.jsonl --pairs
        codepaint pool export --parquet pool.parquet
        codepaint pool export mypool --parquet mypool.parquet
    """  # noqa: D301 (click reads \b)
    if parquet is not None:
        if out is not None or pairs:
            raise SpecError("--parquet FILE takes the place of OUT and of --pairs; leave them out.")
        _write_pool(folder, parquet)
        return
    if folder is None or out is None:
        raise SpecError("Name FOLDER and OUT, such as candidates ratings.csv, or --parquet FILE for a pool.")
    from codepaint_env.pool.export import FORMATS
    from codepaint_env.pool.export import export as exported
    from codepaint_env.pool.gallery import gallery
    from codepaint_env.pool.ratings import RATINGS, Ratings

    form = next((each for each in FORMATS if out.suffix == f".{each}"), None)
    if form is None:
        raise SpecError(f"{out} ends in neither .csv nor .jsonl, and that chooses the format.")
    works = gallery(folder)
    content = exported(Ratings(folder / RATINGS), works, form, pairs=pairs)
    out.write_bytes(content)
    click.echo(f"Wrote {out}.")


def _write_pool(folder: Path | None, out: Path) -> None:
    from codepaint_env.pool.parquet import write_pool
    from rewards.pool import load_entries

    entries = load_entries(folder)
    write_pool(entries, out)
    click.echo(f"Wrote {len(entries)} paintings, {out.stat().st_size / 1e6:.1f} MB, into {out}.")
