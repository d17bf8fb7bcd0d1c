"""`codepaint taste`: fits a taste to ratings or preferences, and tells what a head's file holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER, check_target
from codepaint_env.cli.progress_bar import bar
from rewards.errors import SpecError

FILE = click.Path(path_type=Path, dir_okay=False)
ENCODER = click.Choice(["perceptual", "dino", "none"])

encoder_option = click.option(
    "--encoder",
    type=ENCODER,
    default="perceptual",
    show_default=True,
    help="The encoder, used beside a 16 x 16 thumbnail; 'none' takes the thumbnail alone and needs no torch.",
)
model_option = click.option("--model", help="Model for --encoder dino: a folder, or a name in the hub.")
nothing_option = click.option(
    "--nothing",
    type=FOLDER,
    help="Folder of candidates that show nothing, such as discs and washes. A taste takes them for the worst; a "
    "subject head labels them 'none'.",
)
device_option = click.option(
    "--device", help="Device of the encoder, such as 'cuda:1'; default: a GPU if there is one."
)


@click.group()
def taste() -> None:
    """Fit a taste to your ratings, and train on it.

    \b
        codepaint pool rate candidates --rater ada            you rate
        codepaint taste fit candidates --out ada.npz          seconds
        codepaint demo --reward "taste(file='ada.npz')"       or any trainer
    """  # noqa: D301 (click reads \b)


@taste.command()
@click.argument("folder", metavar="POOL", type=FOLDER)
@click.option("--out", type=FILE, default=Path("taste.npz"), show_default=True, help="File of the head.")
@click.option(
    "--preferences", is_flag=True, help="Fit the preferences between two paintings, not the ratings."
)
@click.option(
    "--rater", "raters", multiple=True, help="Take only this rater. Repeat it for several; default: all."
)
@click.option("--ratings", type=FILE, help="Take the ratings from this ratings.jsonl.")
@nothing_option
@encoder_option
@model_option
@device_option
@tidy
def fit(
    folder: Path,
    out: Path,
    preferences: bool,
    raters: tuple[str, ...],
    ratings: Path | None,
    nothing: Path | None,
    encoder: str,
    model: str | None,
    device: str | None,
) -> None:
    """Fit a taste to the ratings of POOL, and print how well it does.

    POOL is a folder of candidates or a pool. The command keeps the features of each picture in POOL, so only the first
    fit takes long: 40 ms a picture.

    \b
        codepaint taste fit candidates --out ada.npz
        codepaint taste fit candidates --out ada.npz --rater ada --preferences
        codepaint taste fit candidates --out ada.npz --encoder none
    """  # noqa: D301 (click reads \b)
    from codepaint_env.pool.fitting import preferences_of, ratings_of, rows_of
    from codepaint_env.pool.gallery import gallery
    from rewards.heads.looks import looks_of
    from rewards.heads.preference_fit import Compared, fit_preferences
    from rewards.heads.taste_fit import Rated, fit_ratings

    check_target(out, "head")
    works = gallery(folder)
    if preferences:
        pairs = _of(raters, preferences_of(folder, works))
        used = {id for its in pairs.values() for each in its for id in (each.left, each.right)}
    else:
        said = _of(raters, ratings_of(folder, works, ratings))
        used = {id for its in said.values() for id in its}
    works = {id: work for id, work in works.items() if id in used}
    looks = looks_of(recipe_of(encoder, model), device)
    with bar("Pictures looked at", log_every=200) as progress:
        works, rows = rows_of(works, looks, folder / f"looks-{encoder}.npz", progress)
        blank = None
        if nothing is not None:
            _, blank = rows_of(gallery(nothing), looks, nothing / f"looks-{encoder}.npz")
    place = {id: number for number, id in enumerate(works)}
    sources = [work.source for work in works.values()]
    told: dict[str, Any] = {
        "canvases": sorted({work.canvas for work in works.values()}),
        "pool": folder.resolve().name,
    }
    told |= {} if blank is None else {"nothing": len(blank)}
    with bar("Folds tried") as progress:
        if preferences:
            joined = [
                each for its in pairs.values() for each in its if {each.left, each.right} <= place.keys()
            ]
            won = {"left": 1.0, "right": 0.0, "even": 0.5}
            import numpy as np

            head = fit_preferences(
                Compared(
                    rows,
                    sources,
                    np.array([place[each.left] for each in joined]),
                    np.array([place[each.right] for each in joined]),
                    np.array([won[each.choice] for each in joined]),
                    {name: len(its) for name, its in pairs.items()},
                ),
                looks,
                told,
                progress,
            )
        else:
            by_place = {
                name: {place[id]: each for id, each in its.items() if id in place}
                for name, its in said.items()
            }
            head = fit_ratings(Rated(rows, sources, by_place, blank), looks, told, progress)
    head.save(out)
    _tell(head.told)
    click.echo(f"The head is in {out} ({out.stat().st_size / 2**10:.0f} KB). Train on it, or try it:")
    click.echo(f"  codepaint demo --reward \"taste(file='{out}')\"")


@taste.command()
@click.argument("file", type=FILE, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print all that the file says of itself.")
@tidy
def show(file: Path | None, as_json: bool) -> None:
    """Show who rated for a taste, and how well it does on unseen paintings.

    FILE is the head. Without FILE the command shows the one that ships.

    \b
        codepaint taste show
        codepaint taste show ada.npz --json
    """  # noqa: D301 (click reads \b)
    show_head("taste", file, as_json)


def show_head(kind: str, file: Path | None, as_json: bool) -> None:
    """Shows what a head's file says of itself."""
    from rewards.heads.head import load_head
    from rewards.heads.headed import SHIPPED

    head = load_head(file or SHIPPED / f"{kind}.npz", kind)
    if as_json:
        told = {"encoder": dict(head.recipe), "version": head.version, **head.told}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    click.echo(
        f"A head for {kind}, on the encoder {head.recipe['encoder']!r} and a thumbnail; version {head.version}."
    )
    _tell(head.told)


def recipe_of(encoder: str, model: str | None) -> dict[str, Any]:
    """Returns the recipe of looks that options name."""
    if model is not None and encoder != "dino":
        raise SpecError(f"--model goes with --encoder dino, and the encoder is {encoder!r}.")
    return {"encoder": encoder} | ({} if model is None else {"model": model})


def _of(raters: tuple[str, ...], said: dict[str, Any]) -> dict[str, Any]:
    for name in raters:
        if name not in said:
            raise SpecError(f"No rater is called {name!r}; there are {', '.join(map(repr, said))}.")
    return {name: its for name, its in said.items() if not raters or name in raters}


_WORDS = {
    "spearman": "Spearman's correlation with the ratings",
    "spearman_thumbnail": "  of the thumbnail alone",
    "spearman_gain": "  gained by the encoder",
    "spearman_within": "  inside a {folds}",
    "pairs": "Pairs ordered as rated",
    "top1": "Subjects named right",
}


def _tell(told: Any) -> None:
    if "raters" in told:
        people = ", ".join(f"{name} ({size})" for name, size in told["raters"].items())
        click.echo(f"Rated by: {people}.")
    for name, words in _WORDS.items():
        if name in told["unseen"]:
            value, low, high = told["unseen"][name]
            click.echo(
                f"{words.format(folds=told['folds']):<44} {value:5.2f}  (95 %: {low:.2f} to {high:.2f})"
            )
    click.echo(f"{'At the floor: unlike what was fitted':<44} {told['unseen']['floored']:5.2f}")
    click.echo(f"All figures are for paintings that the head had not seen: folds by {told['folds']}.")
