"""The `codepaint` command: set up, look, paint, score."""

from __future__ import annotations

import json
import logging
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codepaint_env.cli.check_reward import check_reward
from codepaint_env.cli.complaints import OneLine, complain, tidy
from codepaint_env.cli.judge_check import judge_check
from codepaint_env.cli.pool import pool_group
from codepaint_env.cli.progress_bar import bar, step
from codepaint_env.cli.rewards import read_spec, rewards_group
from rewards.errors import SpecError

if TYPE_CHECKING:
    from codepaint_env.render.renderer import Path as Way
    from codepaint_env.render.renderer import Renderer
    from codepaint_env.runs.run import Run
    from codepaint_env.trainers.shared.rows import Trainer
    from rewards.types import Rendering

log = logging.getLogger("codepaint")

_STATES = {"ok": ("✓", "green"), "note": ("·", "yellow"), "missing": ("✗", "red")}
_path = click.option(
    "--path",
    type=click.Choice(("engine", "page", "auto")),
    default="engine",
    show_default=True,
    help="Who paints: 'engine' needs no browser; 'page' is a whole p5 page in a sealed Chromium and needs "
    "`codepaint setup`; 'auto' takes the page for the sketches that the engine does not support.",
)
_no_cache = click.option("--no-cache", is_flag=True, help="Paint anew, and keep nothing for the next time.")


@click.group(
    cls=OneLine,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="codepaint-env")
@click.option("-v", "--verbose", is_flag=True, help="Say what happens behind the scenes.")
@click.pass_context
def main(context: click.Context, verbose: bool) -> None:
    """Paint by program: render sketches, score them, and run the environment.

    \b
    Look:      codepaint demo
    One file:  codepaint render sketch.js -o sketch.png
    Trouble:   codepaint doctor
    Whole p5 pages need a browser: codepaint setup, then --path page
    """  # noqa: D301 (click reads \b)
    sys.path.append(os.getcwd())  # where a `module:factory` of the user's lies
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="codepaint: %(message)s")
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


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
@tidy
def setup(source: Path | None, target: Path | None) -> None:
    """Fetch p5, p5.brush and a pinned Chromium into your data folder, for --path page and --path auto.

    Nothing else needs them: the engine, which paints unless another path is asked for, came with pip.
    Everything is checked against hashes that ship with this release. Where it is already there and whole,
    nothing is done. CODEPAINT_HOME chooses another folder.

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
        _check_target(target, "archive")
    parts = assets.setup(source=source, step=step)
    click.echo(f"p5, p5.brush and Chromium are ready in {parts.folder}")
    if find_spec("playwright") is None:
        click.echo("Before --path page paints: pip install 'codepaint-env[browser]'")
    if target is not None:
        assets.pack(target, step=step)
        click.echo(f"wrote {target} ({target.stat().st_size / 1e6:.0f} MB)")


@main.command()
@tidy
def doctor() -> None:
    """Show what is found here, what is missing, and how to mend it.

    It paints a picture with the engine, and one with the browser where that is set up. It ends with exit code 1
    when the engine cannot paint:

    \b
        codepaint doctor && codepaint demo
    """  # noqa: D301 (click reads \b)
    from codepaint_env.cli.machine import examine

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
@click.option(
    "--stage",
    "stages",
    multiple=True,
    type=click.Choice(["text"]),
    help="Look for this as well: text finds letters (needs the extra `text`).",
)
@_path
@_no_cache
@tidy
def render(
    sketch: Path, output: Path | None, seed: int, stages: tuple[str, ...], path: Way, no_cache: bool
) -> None:
    """Paint one sketch (or a completion with a code block in it) to a PNG of 512 x 512.

    \b
        codepaint render sketch.js -o sketch.png --seed 7
        codepaint render sketch.js --path auto      a browser paints what the engine cannot
        codepaint render sketch.js --stage text     tells of letters in the picture
        codepaint -v render sketch.js               tells how long each phase took

    What cannot be painted ends with exit code 2 and one line on why.
    """  # noqa: D301 (click reads \b)
    from PIL import Image

    from codepaint_env.canvases.p5brush.canvas import P5Brush
    from codepaint_env.evaluate import paint
    from codepaint_env.render.renderer import Renderer

    completion = _read(sketch)
    target = output or sketch.with_suffix(".png")
    if target.suffix.lower() != ".png":
        raise SpecError(f"The output is {str(target)!r}; pictures are written as .png.")
    _check_target(target, "picture")
    canvas = P5Brush()
    renderer = Renderer(canvas, path=path, workers=1, disk_cache=not no_cache)
    try:
        with step(f"Painting {sketch.name}"):
            [(_, rendering)] = paint(canvas, renderer, [completion], [seed], stages=frozenset(stages))
    finally:
        renderer.close()
    _log_timings(renderer, rendering)
    if rendering.image is not None:
        Image.fromarray(rendering.image).save(target)
    if not rendering.ok:
        kept = f" (what was painted is in {target})" if rendering.image is not None else ""
        complain(f"{sketch}: {_problem(rendering, path)}{kept}")
        sys.exit(1 if rendering.status == "machine_error" else 2)
    for finding in rendering.findings:
        place = f" at {', '.join(map(str, finding.box))}" if finding.box else ""
        click.echo(f"{finding.kind}: {finding.message}{place}", err=True)
    click.echo(str(target))


@main.command()
@click.argument("sketch", type=click.Path(path_type=Path))
@click.option(
    "--prompt", default="a flower in watercolour", show_default=True, help="What the picture should show."
)
@click.option("--reward", default=None, help="A reward spec, such as '0.3*renders + 0.7*coverage'.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_path
@_no_cache
@tidy
def score(sketch: Path, prompt: str, reward: str | None, as_json: bool, path: Way, no_cache: bool) -> None:
    """Score what a sketch paints. A bad sketch is a low score, not an error.

    \b
        codepaint score sketch.js --prompt "a red poppy" --reward "0.3*renders + 0.7*coverage"
    """  # noqa: D301 (click reads \b)
    import rewards
    from codepaint_env.canvases.p5brush.canvas import P5Brush
    from codepaint_env.episodes.episode import DEFAULT_REWARD
    from codepaint_env.evaluate import Evaluator
    from codepaint_env.render.renderer import Renderer
    from codepaint_env.tasks import task_id
    from rewards.types import Task

    if not prompt.strip():
        raise SpecError("The prompt is empty; say what the picture should show.")
    spec = DEFAULT_REWARD if reward is None else read_spec(reward)
    canvas, judge = P5Brush(), rewards.make(spec)
    completion = _read(sketch)
    renderer = Renderer(canvas, path=path, workers=1, disk_cache=not no_cache)
    try:
        with step(f"Painting and scoring {sketch.name}"):
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
            "reward": rewards.normal_form(spec),
            "version": judge.version,
            "pixels_sha256": result.pixels_sha256,
        }
        click.echo(json.dumps(fields))
    else:
        problem = f" ({_problem(rendering, path)})" if rendering.kind else ""
        click.echo(f"status      {rendering.status}{problem}")
        click.echo(f"score       {'none: a machine failed' if value is None else f'{value:.4f}'}")
        for name, part in result.score.components.items():
            skipped = "  (not asked)" if name in result.score.skipped else ""
            click.echo(f"  {name:<20}{part:.4f}{skipped}")
    if value is None:
        sys.exit(1)


@main.group(no_args_is_help=False)
def tasks() -> None:
    """Prompt sets, such as `codepaint tasks list flowers`."""


@tasks.command("export")
@click.argument("source", default="flowers")
@click.option(
    "--for",
    "trainer",
    type=click.Choice(("trl", "verl", "openrlhf")),
    required=True,
    help="Whose columns the rows have.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where the rows go; default: stdout.")
@tidy
def export_tasks(source: str, trainer: Trainer, output: Path | None) -> None:
    """Write SOURCE, a set or a file of your own, as JSON lines for a trainer: prompt, task id and system prompt.

    \b
        codepaint tasks export flowers --for trl -o flowers.jsonl
        codepaint tasks export prompts.txt --for verl -o prompts.jsonl
        codepaint tasks export objects --for openrlhf > objects.jsonl

    In Python, codepaint_env.trainers.trl.dataset("flowers") gives TRL's rows as a Dataset.
    """  # noqa: D301 (click reads \b)
    from codepaint_env.trainers.shared.rows import rows

    if output is not None:
        _check_target(output, "rows")
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows(source, trainer))
    if output is None:
        click.echo(lines, nl=False)
        return
    output.write_text(lines, encoding="utf-8")
    click.echo(f"wrote {output} ({lines.count(chr(10))} rows)")


@tasks.command("list")
@click.argument("source", required=False)
@tidy
def list_tasks(source: str | None) -> None:
    """Show the sets, or the prompts of SOURCE: a set or a file of your own.

    A file holds one prompt a line, or JSON lines with `prompt` and optionally `id` and `reference`.

    \b
        codepaint tasks list
        codepaint tasks list flowers
        codepaint tasks list prompts.txt
    """  # noqa: D301 (click reads \b)
    from codepaint_env.tasks import describe_sets, load_tasks

    if source is None:
        for name, count in describe_sets().items():
            click.echo(f"{name:<12}{count} prompts")
        return
    for task in load_tasks(source, "p5brush"):
        click.echo(f"{task.id:<34}{task.prompt}")


main.add_command(pool_group)
main.add_command(rewards_group)
main.add_command(judge_check)
main.add_command(check_reward)


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
@_path
@_no_cache
@tidy
def demo(
    policy: str,
    task_set: str,
    episodes: int,
    reward: str | None,
    out: Path | None,
    seed: int,
    resume: bool,
    path: Way,
    no_cache: bool,
) -> None:
    """Run episodes of the environment and write a report with every picture and score.

    Without options it needs no model, no network and no browser: programs of the reference pool paint, and a
    few are broken on purpose. A model takes part through any OpenAI-compatible endpoint:

    \b
        OPENAI_BASE_URL=http://localhost:8000/v1 OPENAI_API_KEY=… codepaint demo --policy openai:MODEL
    """  # noqa: D301 (click reads \b)
    from codepaint_env.demo import run_demo
    from codepaint_env.episodes.episode import DEFAULT_REWARD
    from codepaint_env.runs.run import load_run

    with bar("Painting") as progress:
        report = run_demo(
            policy=policy,
            tasks=task_set,
            episodes=episodes,
            reward=DEFAULT_REWARD if reward is None else read_spec(reward),
            out=out,
            seed=seed,
            resume=resume,
            renderer={"path": path} | ({"cache": 0} if no_cache else {}),
            progress=progress,
        )
    _summarise(load_run(report.parent))
    click.echo(f"report: {report}")


def _problem(rendering: Rendering, path: Way) -> str:
    """Returns what went wrong, with the way out that the command line has."""
    way_out = " (here: --path auto)" if (rendering.kind, path) == ("unsupported", "engine") else ""
    return f"{rendering.kind}: {rendering.message}{way_out}"


def _log_timings(renderer: Renderer, rendering: Rendering) -> None:
    phases = renderer.timings.get(rendering.identity)
    told = ", ".join(f"{name} {1000 * seconds:.0f} ms" for name, seconds in (phases or {}).items())
    log.info("%s", told or "nothing was drawn: the picture was kept from an earlier time, or there is none")


def _summarise(run: Run) -> None:
    scores = [score.value for score in run.scores if score.value is not None]
    painted = sum(sample.rendering.ok for sample in run.samples)
    mean = f"{sum(scores) / len(scores):.4f}" if scores else "none"
    unscored = len(run.scores) - len(scores)
    failed = f" ({unscored} without a score: a machine failed)" if unscored else ""
    click.echo(f"episodes    {len(run.samples)}, {painted} painted ({painted / len(run.samples):.0%})")
    click.echo(f"mean score  {mean}{failed}")
    click.echo(f"folder      {run.folder}")


def _check_target(target: Path, what: str) -> None:
    """Refuses before the work what could not be written after it."""
    if target.is_dir():
        raise SpecError(f"{str(target)!r} is a folder; name a file in it for the {what}.")
    if not target.parent.is_dir():
        raise SpecError(f"There is no folder {str(target.parent)!r} for the {what}; make it first.")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise SpecError(f"{str(target)!r} cannot be written here; choose another place for the {what}.")


def _read(path: Path) -> str:
    if path.is_dir():
        raise SpecError(f"{str(path)!r} is a folder; name a file with one sketch.")
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SpecError(f"There is no file {str(path)!r}.") from None
    except UnicodeDecodeError as error:
        raise SpecError(f"{path} is not UTF-8 text ({error.reason} at byte {error.start}).") from None
    except OSError as error:
        raise SpecError(f"{path} cannot be read: {error.strerror}.") from None


if __name__ == "__main__":
    main()
