"""`codepaint setup`: fetches what draws web pages and whole p5 pages."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import check_target
from codepaint_env.cli.progress_bar import step
from rewards.errors import SpecError


@click.command()
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="Unpack this archive, made by --pack, instead of fetching.",
)
@click.option(
    "--pack",
    "target",
    type=click.Path(path_type=Path),
    help="Also write an archive for machines without a network.",
)
@tidy
def setup(source: Path | None, target: Path | None) -> None:
    """Fetch what web pages need: Chromium, its fonts, HTMLHint, axe-core, p5.

    Only the canvas html, and p5.brush sketches with --path page or --path auto, need these parts. The engine, which
    paints sketches by default, came with pip. The command checks every file against the hashes of this release. Files
    that are there and whole are not fetched again. The parts go to your data folder, or to the folder that
    CODEPAINT_HOME names.

    \b
    With a network:     codepaint setup
    Without one:        codepaint setup --pack parts.tgz    (on a machine that has one)
                        codepaint setup --from parts.tgz    (there)
    """  # noqa: D301 (click reads \b)
    from codepaint_env.render.browser import assets

    if source is not None and not source.is_file():
        raise SpecError(
            f"There is no file {str(source)!r}; make one with `codepaint setup --pack FILE` elsewhere."
        )
    if target is not None:
        check_target(target, "archive")
    parts = assets.setup(source=source, step=step)
    click.echo(f"What the browser needs is ready in {parts.folder}")
    if find_spec("playwright") is None:
        click.echo("To draw pages, also run: pip install 'codepaint-env[browser]'")
    if target is not None:
        assets.pack(target, step=step)
        click.echo(f"wrote {target} ({target.stat().st_size / 1e6:.0f} MB)")
