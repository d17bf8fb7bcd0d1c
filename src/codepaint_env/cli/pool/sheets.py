"""`codepaint pool sheets`: writes numbered contact sheets, on which paintings are rated in one go."""

from __future__ import annotations

from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER


@click.command()
@click.argument("folder", type=FOLDER)
@click.argument("out", type=FOLDER)
@click.option(
    "--per", type=click.IntRange(1, 36), default=24, show_default=True, help="Paintings on a sheet."
)
@click.option("--seed", default=0, show_default=True, help="Seed of the paintings' order.")
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    default=1.0,
    help="Share of the paintings to take, drawn at random; default: all.",
)
@tidy
def sheets(folder: Path, out: Path, per: int, seed: int, share: float) -> None:
    """Write contact sheets of FOLDER into the folder OUT.

    FOLDER holds candidates, or is a pool. The paintings on a sheet are numbered. A rater writes one line of JSON for
    each sheet, and passes the file to `codepaint pool rate --sheets`:

    \b
        codepaint pool sheets candidates sheets --per 24
        {"sheet": "sheet-001", "ratings": [3, 5, 2, …], "record": "What is best on it, and what is worst."}
    """  # noqa: D301 (click reads \b)
    from codepaint_env.pool.gallery import gallery
    from codepaint_env.pool.sheets import draw_share, write_sheets

    pictures = {work.id: work.picture for work in gallery(folder).values()}
    chosen = draw_share(pictures, share, seed)
    written = write_sheets(chosen, out, per=per, seed=seed)
    click.echo(f"{out} holds {len(written)} sheets of {len(chosen)} paintings.")
