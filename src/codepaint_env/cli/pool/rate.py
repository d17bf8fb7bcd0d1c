"""`codepaint pool rate`: takes the ratings of a person, on a page of the browser or from contact sheets."""

from __future__ import annotations

from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER
from rewards.errors import SpecError


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--rater", default="", help="Your name; ratings of different names are kept apart.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port to serve the page at; default: a free one.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to serve the page at; 0.0.0.0 lets other machines rate too.",
)
@click.option("--open/--no-open", "opens", default=True, help="Open the page in your browser.")
@click.option("--sheets", type=FOLDER, help="Take ratings of these contact sheets instead, from --said.")
@click.option(
    "--said",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of ratings: JSON lines, one per sheet.",
)
@tidy
def rate(
    folder: Path, rater: str, port: int, host: str, opens: bool, sheets: Path | None, said: Path | None
) -> None:
    """Rate the paintings of FOLDER in your browser.

    FOLDER holds candidates, or is a pool. End the command with Ctrl-C.

    \b
        codepaint pool rate candidates --rater ada
        codepaint pool rate candidates --rater ada --sheets sheets --said ratings.jsonl

    The command writes each rating at once, with its comment, to FOLDER/ratings.sqlite. Only this machine can reach the
    page. With --host 0.0.0.0 others can too, if they have the address with its token; nothing is encrypted.
    """  # noqa: D301 (click reads \b)
    import webbrowser

    from codepaint_env.pool.gallery import gallery
    from codepaint_env.pool.rate_server import RateServer
    from codepaint_env.pool.rating_session import RatingSession, next_steps
    from codepaint_env.pool.ratings import RATINGS, Ratings
    from codepaint_env.pool.sheets import note_looked, read_said

    works = gallery(folder)
    ratings = Ratings(folder / RATINGS)
    if sheets is not None and said is not None:
        told = read_said(sheets, said, works)
        for each, rating in told.items():
            ratings.rate(rater, each, rating)
        note_looked(folder, rater, sheets, said)
        click.echo(f"{rater} rated {len(told)} paintings; {len(ratings.of(rater))} in all.")
        return
    if sheets is not None or said is not None:
        raise SpecError(
            "--sheets and --said belong together: the folder of the sheets, and what was said of them."
        )
    server = RateServer(RatingSession(works, ratings, rater), host=host, port=port)
    click.echo(f"Rate {len(works)} paintings at\n  {server.url}\nCtrl-C ends it.")
    if not server.is_local:
        click.echo(
            "Anyone with this address can rate. Nothing is encrypted: use it only in a network that you trust."
        )
    if opens:
        webbrowser.open(server.url)
    server.run()
    click.echo(f"\nThe ratings are in {ratings.file}.")
    for what, command in next_steps(folder):
        click.echo(f"{what}: {command}")
