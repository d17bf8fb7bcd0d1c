"""`codepaint subject`: fits the head that tells what a painting shows, and tells what its file holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER, check_target
from codepaint_env.cli.progress_bar import bar
from codepaint_env.cli.taste import (
    FILE,
    device_option,
    encoder_option,
    model_option,
    nothing_option,
    recipe_of,
    show_head,
)


@click.group()
def subject() -> None:
    """Fit a head that tells whether a painting shows its subject.

    \b
        codepaint pool generate candidates                    paintings whose subjects are known
        codepaint pool generate nothing --studies STUDIES     and some that show nothing
        codepaint subject fit candidates --nothing nothing --out mine.npz
        codepaint demo --tasks subjects --reward "subject(file='mine.npz')"
    """  # noqa: D301 (click reads \b)


@subject.command()
@click.argument("folder", metavar="POOL", type=FOLDER)
@click.option("--out", type=FILE, default=Path("subject.npz"), show_default=True, help="File of the head.")
@click.option("--aliases", type=FILE, help="JSON object: further words that prompts use for a subject.")
@nothing_option
@encoder_option
@model_option
@device_option
@tidy
def fit(
    folder: Path,
    nothing: Path | None,
    out: Path,
    aliases: Path | None,
    encoder: str,
    model: str | None,
    device: str | None,
) -> None:
    """Fit a head to the subjects of POOL, and print how well it does.

    POOL is a folder of candidates or a pool. The figures are for compositions that the head has not seen. Without
    --nothing the head takes discs and washes for a subject.

    \b
        codepaint subject fit candidates --nothing nothing --out mine.npz
    """  # noqa: D301 (click reads \b)
    from codepaint_env.pool.fitting import rows_of
    from codepaint_env.pool.gallery import Work, gallery
    from rewards.heads.looks import looks_of
    from rewards.heads.subject import NONE
    from rewards.heads.subject_fit import Labelled, fit_subjects
    from rewards.subject_words import read_aliases

    check_target(out, "head")
    shown = gallery(folder)
    labels = sorted({work.subject for work in shown.values()})
    words = {} if aliases is None else read_aliases(aliases, labels)
    looks = looks_of(recipe_of(encoder, model), device)
    import numpy as np

    rows: list[Any] = []
    empty: dict[str, Work] = {}
    with bar("Pictures looked at", log_every=200) as progress:
        shown, seen = rows_of(shown, looks, folder / f"looks-{encoder}.npz", progress)
        rows.append(seen)
        if nothing is not None:
            empty, seen = rows_of(gallery(nothing), looks, nothing / f"looks-{encoder}.npz", progress)
            rows.append(seen)
    labelled = Labelled(
        np.vstack(rows),
        [*(work.subject for work in shown.values()), *(NONE for _ in empty)],
        [work.source for works in (shown, empty) for work in works.values()],
    )
    told = {
        "canvases": sorted({work.canvas for work in shown.values()}),
        "pool": folder.resolve().name,
        "aliases": words,
    }
    with bar("Heads fitted") as progress:
        head = fit_subjects(labelled, looks, told, progress)
    head.save(out)
    show_head("subject", out, as_json=False)
    click.echo(f"The head is in {out} ({out.stat().st_size / 2**10:.0f} KB). Train on it, or try it:")
    click.echo(f"  codepaint demo --tasks subjects --reward \"subject(file='{out}')\"")


@subject.command()
@click.argument("file", type=FILE, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print all that the file says of itself.")
@tidy
def show(file: Path | None, as_json: bool) -> None:
    """Show how well a head tells unseen paintings apart.

    FILE is the head. Without FILE the command shows the one that ships.

    \b
        codepaint subject show
        codepaint subject show mine.npz --json
    """  # noqa: D301 (click reads \b)
    show_head("subject", file, as_json)
