"""`codepaint render`: paints one program to a PNG file."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codepaint_env.cli.complaints import complain, problem_of, tidy
from codepaint_env.cli.options import (
    check_target,
    file_canvas_option,
    no_cache_option,
    path_option,
    read_program,
)
from codepaint_env.cli.progress_bar import step
from rewards.errors import SpecError

if TYPE_CHECKING:
    from codepaint_env.render.renderer import Renderer
    from rewards.types import Rendering

log = logging.getLogger("codepaint")


@click.command()
@click.argument("program", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The PNG file to write; default: the program's name with .png.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=1,
    show_default=True,
    help="Seed of the program's random numbers.",
)
@click.option(
    "--stage",
    "stages",
    multiple=True,
    type=click.Choice(["text", "layout"]),
    help="Also look for this: 'text' finds letters in the picture (needs the extra `text`); 'layout' finds faults in "
    "the layout of a web page.",
)
@file_canvas_option
@path_option
@no_cache_option
@tidy
def render(
    program: Path,
    output: Path | None,
    seed: int,
    stages: tuple[str, ...],
    canvas: str | None,
    path: str | None,
    no_cache: bool,
) -> None:
    """Paint one program to a PNG file.

    PROGRAM is a file such as sketch.js, drawing.svg or page.html, or a model's completion with a code block in it. The
    ending of its name chooses the canvas.

    \b
        codepaint render sketch.js -o sketch.png --seed 7
        codepaint render drawing.svg
        codepaint render page.html                  a web page; `codepaint page` shows more of it
        codepaint render answer.md --canvas svg
        codepaint render sketch.js --path auto      a browser paints what the engine cannot
        codepaint render sketch.js --stage text     reports letters in the picture
        codepaint -v render sketch.js               logs how long each phase took

    If the program cannot be painted, the exit code is 2 and one line says why.
    """  # noqa: D301 (click reads \b)
    from PIL import Image

    from codepaint_env import canvases
    from codepaint_env.evaluate import paint
    from codepaint_env.render.renderer import Renderer

    completion = read_program(program)
    target = output or program.with_suffix(".png")
    if target.suffix.lower() != ".png":
        raise SpecError(f"The output is {str(target)!r}; pictures are written as .png.")
    check_target(target, "picture")
    place = canvases.get(canvas or canvases.of_file(program))
    renderer = Renderer(place, path=path, workers=1, disk_cache=not no_cache)
    try:
        with step(f"Painting {program.name}"):
            [(_, rendering)] = paint(place, renderer, [completion], [seed], stages=frozenset(stages))
    finally:
        renderer.close()
    _log_timings(renderer, rendering)
    if rendering.image is not None:
        Image.fromarray(rendering.image).save(target)
    if not rendering.ok:
        kept = f" (what was painted is in {target})" if rendering.image is not None else ""
        complain(f"{program}: {problem_of(rendering, renderer)}{kept}")
        sys.exit(1 if rendering.status == "machine_error" else 2)
    for finding in rendering.findings:
        where = f" at {', '.join(map(str, finding.box))}" if finding.box else ""
        where += f" ({finding.selector})" if finding.selector else ""
        click.echo(f"{finding.kind}: {finding.message}{where}", err=True)
    click.echo(str(target))


def _log_timings(renderer: Renderer, rendering: Rendering) -> None:
    phases = renderer.timings.get(rendering.identity)
    if phases:
        log.info("%s", ", ".join(f"{name} {1000 * seconds:.0f} ms" for name, seconds in phases.items()))
    elif renderer.counters()["cache_hits"]:
        log.info("nothing was drawn: the result of an earlier run is in the cache; --no-cache draws again")
    else:
        log.info("nothing was drawn: the program was not run (%s)", rendering.kind)
