"""`codepaint score`: paints one program and asks a reward about the picture."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from textwrap import shorten

import click

from codepaint_env.cli.complaints import problem_of, tidy
from codepaint_env.cli.options import (
    file_canvas_option,
    no_cache_option,
    path_option,
    read_program,
    read_spec,
    step_option,
)
from codepaint_env.cli.progress_bar import step as progress_step
from rewards.errors import SpecError


@click.command()
@click.argument("program", type=click.Path(path_type=Path))
@click.option(
    "--prompt", default="a flower in watercolour", show_default=True, help="What the picture should show."
)
@click.option(
    "--reward",
    default=None,
    help="A reward spec, such as '0.3*renders + 0.7*coverage'; default: the canvas's own.",
)
@step_option
@click.option(
    "--reference",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The wanted picture, for rewards that compare with one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@file_canvas_option
@path_option
@no_cache_option
@tidy
def score(
    program: Path,
    prompt: str,
    reward: str | None,
    step: int | None,
    reference: Path | None,
    as_json: bool,
    canvas: str | None,
    path: str | None,
    no_cache: bool,
) -> None:
    """Score what a program paints.

    PROGRAM is a file with a program, or with a model's completion that holds one. The command prints the status, the
    score and its components. A bad program gets a low score; it is not an error. The exit code is 1 only if a machine
    failed and there is no score.

    \b
        codepaint score sketch.js --prompt "a red poppy" --reward "0.3*renders + 0.7*coverage"
        codepaint score drawing.svg --prompt "a pelican riding a bicycle"
    """  # noqa: D301 (click reads \b)
    import rewards
    from codepaint_env import canvases
    from codepaint_env.evaluate import Evaluator
    from codepaint_env.render.renderer import Renderer
    from codepaint_env.tasks import task_id
    from rewards.types import Task

    if not prompt.strip():
        raise SpecError("The prompt is empty; say what the picture should show.")
    place = canvases.get(canvas or canvases.of_file(program))
    spec = place.default_reward if reward is None else read_spec(reward, step)
    judge = rewards.make(spec)
    if judge.traits.scope == "group":
        raise SpecError(
            f"The reward {judge.name!r} compares the samples of a group, but this command scores one program; name a "
            "reward that judges each sample by itself."
        )
    if "reference" in judge.needs and reference is None:
        raise SpecError(
            f"The reward {judge.name!r} needs a reference picture; name its file with --reference."
        )
    completion = read_program(program)
    renderer = Renderer(place, path=path, workers=1, disk_cache=not no_cache)
    try:
        with progress_step(f"Painting and scoring {program.name}"):
            task = Task(task_id(prompt), prompt, place.name, reference)
            evaluator = Evaluator(place, judge, renderer)
            evaluator.check_tasks([task])
            [result] = evaluator.evaluate([completion], [task])
    finally:
        renderer.close()
    rendering, value = result.sample.rendering, result.score.value
    if as_json:
        fields = {
            "value": value,
            "components": dict(result.score.components),
            "skipped": list(result.score.skipped),
            "status": rendering.status,
            "kind": rendering.kind,
            "message": rendering.message,
            "reward": rewards.normal_form(spec),
            "version": judge.version,
            "pixels_sha256": result.pixels_sha256,
        }
        click.echo(json.dumps(fields))
    else:
        problem = f" ({problem_of(rendering, renderer)})" if rendering.kind else ""
        click.echo(f"status      {rendering.status}{problem}")
        click.echo(f"score       {'none: a machine failed' if value is None else f'{value:.4f}'}")
        for name, part in result.score.components.items():
            skipped = "  (not asked)" if name in result.score.skipped else ""
            click.echo(f"  {name:<20}{part:.4f}{skipped}")
        if result.score.reason and not rendering.kind:
            click.echo(f"because     {shorten(result.score.reason, 300, placeholder=' …')}")
    if value is None:
        sys.exit(1)
