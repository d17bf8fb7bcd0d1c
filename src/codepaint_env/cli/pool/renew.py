"""`codepaint pool renew`: paints a pool again and keeps what has changed."""

from __future__ import annotations

from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER
from codepaint_env.cli.progress_bar import bar


@click.command()
@click.argument("pool", type=FOLDER)
@tidy
def renew(pool: Path) -> None:
    """Paint a POOL again and keep what has changed.

    If a program paints other pixels than the manifest of the POOL says, the command replaces its picture, colours and
    hashes. Programs, ratings and tiers stay.

    \b
        codepaint pool renew mypool

    To continue a stopped renewal, run it again.
    """  # noqa: D301 (click reads \b)
    from codepaint_env import canvases
    from codepaint_env.pool.renewal import renew as renew_entries
    from codepaint_env.render.renderer import Renderer
    from rewards.pool import load_entries

    entries = load_entries(pool)
    changed: list[str] = []
    with bar("Paintings painted again") as progress:
        for name in sorted({entry.canvas for entry in entries}):
            renderer = Renderer(canvases.get(name), cache=0)
            try:
                changed += renew_entries(pool, name, renderer, progress)
            finally:
                renderer.close()
    for id in changed:
        click.echo(f"{id}: painted anew", err=True)
    click.echo(f"{len(changed)} of {len(entries)} paintings changed.")
