"""`codepaint pool export`: writes what raters said as CSV or JSON lines."""

from __future__ import annotations

from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER
from rewards.errors import SpecError


@click.command()
@click.argument("folder", type=FOLDER)
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--pairs", is_flag=True, help="Write the preferences between two paintings instead.")
@tidy
def export(folder: Path, out: Path, pairs: bool) -> None:
    """Write what raters said of FOLDER into the file OUT, .csv or .jsonl.

    One row a painting and rater: rater, id, rating, comment, prompt. A painting that was skipped has no rating. With
    --pairs, one row a preference: rater, left, right, choice, comment.

    \b
        codepaint pool export candidates ratings.csv
        codepaint pool export candidates pairs.jsonl --pairs
    """  # noqa: D301 (click reads \b)
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
