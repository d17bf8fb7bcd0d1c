"""`codepaint pool raters`: shows who rated, how far raters agree, and how far a reward agrees with them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER, read_spec
from codepaint_env.cli.progress_bar import bar
from rewards.errors import SpecError


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--reward", help="Also show how often this reward prefers what raters preferred.")
@tidy
def raters(folder: Path, reward: str | None) -> None:
    """Show who rated FOLDER and how far they agree.

    FOLDER holds candidates, or is a pool. With --reward the command also scores the paintings that were compared in
    pairs, and shows how often the reward agrees with each rater.

    \b
        codepaint pool raters candidates
        codepaint pool raters candidates --reward "0.3*perceptual + 0.7*coverage"
    """  # noqa: D301 (click reads \b)
    from codepaint_env.pool.agreement import agreement
    from codepaint_env.pool.gallery import gallery
    from codepaint_env.pool.preferred import preferred
    from codepaint_env.pool.ratings import RATINGS, Ratings

    works = gallery(folder)
    ratings = Ratings(folder / RATINGS)
    names = ratings.raters()
    for name, size in names.items():
        click.echo(f"{name}: {size} of {len(works)} rated")
    for first, second in combinations(names, 2):
        told = agreement(ratings.of(first), ratings.of(second))
        if told is not None:
            click.echo(f"{first} and {second}: {told.in_words()}")
    compared = {name: ratings.preferences(name) for name in ratings.comparers()}
    for name, pairs in compared.items():
        click.echo(f"{name}: {len(pairs)} {'pair' if len(pairs) == 1 else 'pairs'} compared")
    if reward is None:
        if not names and not compared:
            click.echo(f"Nobody has rated {folder}. Begin: codepaint pool rate {folder}")
        return
    if not compared:
        raise SpecError(
            f"Nobody has compared pairs of {folder}: codepaint pool rate {folder}, 'Two, side by side'."
        )
    with bar("Paintings scored") as progress:
        for name, found in preferred(read_spec(reward), works, compared, progress).items():
            click.echo(
                f"{reward} agrees with {name} on {found.share:.0%} of {found.pairs} pairs "
                f"(95 % interval {found.low:.0%} to {found.high:.0%}; ties count half)"
            )
