"""`codepaint pool verify`: paints programs of a pool again and compares pixels."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER
from codepaint_env.cli.progress_bar import bar


@click.command()
@click.argument("pool", type=FOLDER, required=False)
@click.option("--all", "every", is_flag=True, help="Paint all programs.")
@click.option("--count", type=click.IntRange(1), default=12, show_default=True, help="Programs to paint.")
@tidy
def verify(pool: Path | None, every: bool, count: int) -> None:
    """Paint a POOL again and compare the pixels.

    The command paints programs of the POOL, each on its own canvas, and compares their pixels with its manifest.
    Without POOL it takes the one that ships.

    \b
        codepaint pool verify          twelve of them, spread over the pool
        codepaint pool verify --all    the whole pool

    The exit code is 1 if a program paints other pixels, or if a file changed.
    """  # noqa: D301 (click reads \b)
    from codepaint_env import canvases
    from codepaint_env.pool.verify import spread
    from codepaint_env.pool.verify import verify as verify_entries
    from codepaint_env.render.renderer import Renderer
    from rewards.pool import load_entries

    entries = load_entries(pool)
    chosen = entries if every else spread(entries, count)
    wrong: dict[str, str] = {}
    done = 0
    with bar("Paintings painted again") as progress:

        def show(now: int, _: int) -> None:
            progress(done + now, len(chosen))

        for name in sorted({entry.canvas for entry in chosen}):
            own = [entry for entry in chosen if entry.canvas == name]
            renderer = Renderer(canvases.get(name), cache=0)
            try:
                wrong |= verify_entries(own, renderer, show)
            finally:
                renderer.close()
            done += len(own)
    for name, problem in wrong.items():
        click.echo(f"{name}: {problem}", err=True)
    click.echo(f"{len(chosen) - len(wrong)} of {len(chosen)} are painted again to the same pixels.")
    sys.exit(1 if wrong else 0)
