"""`codepaint demo`: a policy paints prompts, and a report shows every picture and score."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from codepaint_env.cli.complaints import complain, tidy
from codepaint_env.cli.options import canvas_option, no_cache_option, path_option, read_spec, step_option
from codepaint_env.cli.progress_bar import bar
from rewards.types import DEFAULT_CANVAS

if TYPE_CHECKING:
    from codepaint_env.runs.run import Run


@click.command()
@click.option(
    "--policy",
    help="What writes the programs: 'pool' (the reference pool), 'drawings' (the canvas's own), 'samples' (small and "
    "random), a folder of programs, or 'openai:MODEL'; default: the first of these that the canvas has.",
)
@click.option("--tasks", "task_set", help="A prompt set, or a file of your own; default: the canvas's own.")
@click.option(
    "--episodes", type=click.IntRange(1), default=24, show_default=True, help="Number of pictures to paint."
)
@click.option("--reward", default=None, help="A reward spec; default: the canvas's own.")
@step_option
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to write the run to; default: runs/demo-<canvas>-<time>, or runs/demo-<policy>-<time> with --policy.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Seed of the order of the prompts.",
)
@click.option("--resume", is_flag=True, help="Continue the unfinished run in the folder of --out.")
@canvas_option
@path_option
@no_cache_option
@tidy
def demo(
    policy: str | None,
    task_set: str | None,
    episodes: int,
    reward: str | None,
    step: int | None,
    out: Path | None,
    seed: int,
    resume: bool,
    canvas: str | None,
    path: str | None,
    no_cache: bool,
) -> None:
    """Run episodes and write a report of them.

    The report shows every picture and score. Without options the command needs no model, no network and no browser: it
    paints programs of the reference pool, or drawings that ship with the canvas, and breaks a few of them on purpose.
    Web pages (--canvas html) are drawn and tried out in the browser of `codepaint setup`. A model can paint through
    any OpenAI-compatible endpoint.

    \b
        codepaint demo
        codepaint demo --canvas svg
        codepaint demo --canvas html
        codepaint demo --policy my/sketches --reward coverage -o runs/mine
        OPENAI_BASE_URL=http://localhost:8000/v1 OPENAI_API_KEY=… codepaint demo --policy openai:MODEL
    """  # noqa: D301 (click reads \b)
    from codepaint_env.demo import Stopped, run_demo
    from codepaint_env.runs.run import load_run

    try:
        with bar("Painting") as progress:
            report = run_demo(
                canvas=canvas or DEFAULT_CANVAS,
                policy=policy,
                tasks=task_set,
                episodes=episodes,
                reward=None if reward is None else read_spec(reward, step),
                out=out,
                seed=seed,
                resume=resume,
                renderer=({} if path is None else {"path": path}) | ({"cache": 0} if no_cache else {}),
                progress=progress,
            )
    except Stopped as stopped:
        complain(
            f"stopped; {stopped.done} of {episodes} episodes are kept in {stopped.folder}. "
            f"Go on: {_to_resume(stopped.folder)}"
        )
        sys.exit(130)
    _summarise(load_run(report.parent))
    click.echo(f"report: {report}")


def _to_resume(folder: Path) -> str:
    """Returns the command that goes on with this run: the options that were given, its folder and `--resume`."""
    context = click.get_current_context()
    words = ["codepaint", "demo"]
    for option in context.command.params:
        given = context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
        if given and option.name not in ("out", "resume"):
            value = context.params[option.name or ""]
            words += [option.opts[-1]] if value is True else [option.opts[-1], str(value)]
    return shlex.join([*words, "--out", str(folder), "--resume"])


def _summarise(run: Run) -> None:
    scores = [score.value for score in run.scores if score.value is not None]
    painted = sum(sample.rendering.ok for sample in run.samples)
    mean = f"{sum(scores) / len(scores):.4f}" if scores else "none"
    unscored = len(run.scores) - len(scores)
    failed = f" ({unscored} without a score: a machine failed)" if unscored else ""
    click.echo(f"episodes    {len(run.samples)}, {painted} painted ({painted / len(run.samples):.0%})")
    click.echo(f"mean score  {mean}{failed}")
    click.echo(f"folder      {run.folder}")
