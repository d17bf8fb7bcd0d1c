"""The `codepaint` command: set up, look, paint, score."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from rewards.errors import CodepaintError, SpecError

P = ParamSpec("P")
R = TypeVar("R")

_STATES = {"ok": ("✓", "green"), "note": ("·", "yellow"), "missing": ("✗", "red")}


def _tidy(command: Callable[P, R]) -> Callable[P, R]:
    """Turns our errors into one line on stderr and exit code 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (CodepaintError, OSError) as error:  # an OSError names its file: a full disk, no permission
            click.echo(f"codepaint: {error}", err=True)
            sys.exit(2)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="codepaint-env")
@click.option("-v", "--verbose", is_flag=True, help="Say what happens behind the scenes.")
def main(verbose: bool) -> None:
    r"""Paint by program: render sketches, score them, and run the environment.

    \b
    First:     codepaint setup
    Then:      codepaint demo
    One file:  codepaint render sketch.js -o sketch.png
    """
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="codepaint: %(message)s")


@main.command()
@click.option(
    "--from", "source", type=click.Path(path_type=Path), help="Take the parts from an archive made by --pack."
)
@click.option(
    "--pack",
    "target",
    type=click.Path(path_type=Path),
    help="Write the parts to an archive for machines without a network.",
)
@_tidy
def setup(source: Path | None, target: Path | None) -> None:
    """Fetch p5, p5.brush and a pinned Chromium into your data folder.

    Everything is checked against hashes that ship with this release. Where it is already there and whole,
    nothing is done. CODEPAINT_HOME chooses another folder.
    """
    from codepaint_env.render.browser import assets

    if source is not None and not source.is_file():
        raise SpecError(
            f"There is no file {str(source)!r}; make one with `codepaint setup --pack FILE` elsewhere."
        )
    parts = assets.setup(source=source, step=_step)
    click.echo(f"p5, p5.brush and Chromium are ready in {parts.folder}")
    if target is not None:
        if not target.parent.is_dir():
            raise SpecError(f"There is no folder {str(target.parent)!r} to write {target.name} to.")
        assets.pack(target, step=_step)
        click.echo(f"wrote {target} ({target.stat().st_size / 1e6:.0f} MB)")


@main.command()
def doctor() -> None:
    """Show what is found here, what is missing, and how to mend it.

    Ends with exit code 1 when sketches cannot be painted.
    """
    from codepaint_env.doctor import examine

    broken = False
    for line in examine():
        mark, colour = _STATES[line.state]
        click.echo(f"{click.style(mark, fg=colour)} {line.name:<16}{line.text}")
        broken = broken or line.state == "missing"
    click.echo("Sketches cannot be painted here." if broken else "All that painting needs is here.")
    sys.exit(1 if broken else 0)


@main.command()
@click.argument("sketch", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Where the picture goes; default: the sketch's name with .png.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=1,
    show_default=True,
    help="Where random numbers start.",
)
@_tidy
def render(sketch: Path, output: Path | None, seed: int) -> None:
    """Paint one sketch (or a completion with a code block in it) to a PNG of 512 x 512."""
    from PIL import Image

    from codepaint_env.canvases.p5brush import P5Brush
    from codepaint_env.render.renderer import Job, Renderer

    target = output or sketch.with_suffix(".png")
    if target.suffix.lower() != ".png":
        raise SpecError(f"The output is {str(target)!r}; pictures are written as .png.")
    if not target.parent.is_dir():
        raise SpecError(f"There is no folder {str(target.parent)!r} for the picture.")
    canvas = P5Brush()
    found = canvas.extract(_read(sketch))
    if found.refusal is not None:
        raise SpecError(f"{sketch}: {found.refusal[0]}: {found.refusal[1]}")
    renderer = Renderer(canvas, workers=1)
    try:
        with _step(f"Painting {sketch.name}"):
            [rendering] = renderer.render([Job(found.program, seed)])
    finally:
        renderer.close()
    if rendering.image is not None:
        Image.fromarray(rendering.image).save(target)
    if not rendering.ok:
        kept = f" (what was painted is in {target})" if rendering.image is not None else ""
        click.echo(f"codepaint: {sketch}: {rendering.kind}: {rendering.message}{kept}", err=True)
        sys.exit(1 if rendering.status == "machine_error" else 2)
    for finding in (*found.findings, *rendering.findings):
        click.echo(f"{finding.kind}: {finding.message}", err=True)
    click.echo(str(target))


@main.command()
@click.argument("sketch", type=click.Path(path_type=Path))
@click.option(
    "--prompt", default="a flower in watercolour", show_default=True, help="What the picture should show."
)
@click.option("--reward", default=None, help="A reward spec, such as '0.3*renders + 0.7*coverage'.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_tidy
def score(sketch: Path, prompt: str, reward: str | None, as_json: bool) -> None:
    """Score what a sketch paints. A bad sketch is a low score, not an error."""
    import rewards
    from codepaint_env.canvases.p5brush import P5Brush
    from codepaint_env.episode import DEFAULT_REWARD
    from codepaint_env.evaluate import Evaluator
    from codepaint_env.render.renderer import Renderer
    from codepaint_env.tasks import task_id
    from rewards.types import Task

    if not prompt.strip():
        raise SpecError("The prompt is empty; say what the picture should show.")
    canvas, judge = P5Brush(), rewards.make(_spec(reward or DEFAULT_REWARD))
    completion = _read(sketch)
    renderer = Renderer(canvas, workers=1)
    try:
        with _step(f"Painting and scoring {sketch.name}"):
            [result] = Evaluator(canvas, judge, renderer).evaluate(
                [completion], [Task(task_id(prompt), prompt)]
            )
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
            "reward": rewards.normal_form(_spec(reward or DEFAULT_REWARD)),
            "version": judge.version,
            "pixels_sha256": result.pixels_sha256,
        }
        click.echo(json.dumps(fields))
    else:
        problem = f" ({rendering.kind}: {rendering.message})" if rendering.kind else ""
        click.echo(f"status      {rendering.status}{problem}")
        click.echo(f"score       {'none: a machine failed' if value is None else f'{value:.4f}'}")
        for name, part in result.score.components.items():
            skipped = "  (not asked)" if name in result.score.skipped else ""
            click.echo(f"  {name:<20}{part:.4f}{skipped}")
    if value is None:
        sys.exit(1)


@main.group()
def tasks() -> None:
    """Prompt sets."""


@tasks.command("list")
@click.argument("source", required=False)
@_tidy
def list_tasks(source: str | None) -> None:
    """Show the sets, or the prompts of SOURCE: a set or a file of your own."""
    from codepaint_env.tasks import describe_sets, load_tasks

    if source is None:
        for name, count in describe_sets().items():
            click.echo(f"{name:<12}{count} prompts")
        return
    for task in load_tasks(source, "p5brush"):
        click.echo(f"{task.id:<34}{task.prompt}")


@main.group("rewards")
def rewards_group() -> None:
    """What judges the pictures."""


@rewards_group.command("list")
@_tidy
def list_rewards() -> None:
    """Show the names that are registered."""
    import rewards

    for name in rewards.available():
        click.echo(name)


@rewards_group.command("show")
@click.argument("spec")
@_tidy
def show_reward(spec: str) -> None:
    """Show normal form, range, needs, cost and version of a reward SPEC (a name, an expression or JSON)."""
    import rewards

    for key, value in rewards.describe(_spec(spec)).items():
        click.echo(f"{key:<12}{json.dumps(value)}")


@main.command()
@click.option(
    "--policy", default="pool", show_default=True, help="'pool', a folder of .js files, or 'openai:MODEL'."
)
@click.option(
    "--tasks", "task_set", default="flowers", show_default=True, help="A prompt set or a file of your own."
)
@click.option("--episodes", type=click.IntRange(1), default=24, show_default=True, help="How many pictures.")
@click.option("--reward", default=None, help="A reward spec; default: the environment's own.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="The run's folder; default: runs/<policy>-<time>."
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Where the environment's draws start.",
)
@click.option("--resume", is_flag=True, help="Go on with an unfinished run in the folder.")
@_tidy
def demo(
    policy: str, task_set: str, episodes: int, reward: str | None, out: Path | None, seed: int, resume: bool
) -> None:
    r"""Run episodes of the environment and write a report with every picture and score.

    Without options it needs no model and no network: programs of the reference pool paint, and a few are
    broken on purpose. A model takes part through any OpenAI-compatible endpoint:

    \b
        OPENAI_BASE_URL=http://localhost:8000/v1 OPENAI_API_KEY=… codepaint demo --policy openai:MODEL
    """
    from codepaint_env.demo import run_demo
    from codepaint_env.episode import DEFAULT_REWARD

    report = run_demo(
        policy=policy,
        tasks=task_set,
        episodes=episodes,
        reward=_spec(reward or DEFAULT_REWARD),
        out=out,
        seed=seed,
        resume=resume,
    )
    click.echo(f"report: {report}")


def _read(path: Path) -> str:
    if not path.is_file():
        raise SpecError(f"There is no file {str(path)!r}.")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SpecError(f"{path} is not UTF-8 text ({error.reason} at byte {error.start}).") from None
    except OSError as error:
        raise SpecError(f"{path} cannot be read: {error.strerror}.") from None


def _spec(text: str) -> Any:
    """Reads a spec from the command line: JSON where it looks like JSON, else a name or an expression."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SpecError(f"The reward {text!r} is not JSON: {error.msg} at column {error.colno}.") from None


@contextmanager
def _step(text: str) -> Iterator[None]:
    """Shows what is going on and for how long, on terminals and in logs."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        click.echo(f"{text} …", err=True)
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        progress.add_task(text, total=None)
        yield


if __name__ == "__main__":
    main()
