"""`codepaint bench export`: writes rated paintings and their pairs as a data set."""

from __future__ import annotations

from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER
from codepaint_env.cli.progress_bar import bar

LOG_EVERY = 25


@click.command()
@click.argument("out", type=FOLDER)
@click.option(
    "--count",
    type=click.IntRange(2),
    default=500,
    show_default=True,
    help="Paintings, spread evenly over studies.",
)
@click.option("--workers", type=click.IntRange(1), help="Programs painted at once; default: one per core.")
@tidy
def export(out: Path, count: int, workers: int | None) -> None:
    """Write rated paintings and pairs of them as a data set.

    OUT gets pictures.parquet (WebP, prompt, subject, study, ratings, program), pairs.parquet (better, worse, difference
    of the mean ratings, fold), a data set card README.md, and the protocol protocol.md. The paintings are the rated
    ones of the shipped pool, kept or not. The command paints them here, once, into OUT/evidence, which is not part of
    the data set. To continue a stopped call, run it again.

    A pair is two paintings whose mean ratings differ by at least 1. A painting is the first of at most 20 pairs.

    \b
        codepaint bench export pairs
        codepaint bench export pairs --count 100
    """  # noqa: D301 (click reads \b)
    from codepaint_env.study.bench import export_pairs

    with bar("Painting", log_every=LOG_EVERY) as progress:
        told = export_pairs(out, count, workers, progress)
    click.echo(f"pictures    {told.pictures:,}")
    click.echo(
        f"pairs       {told.pairs:,} of {told.all_pairs:,}, {told.held_out:,} of them in the held-out fold"
    )
    click.echo(f"size        {told.size / 1e6:.1f} MB")
    click.echo(f"folder      {out}")
