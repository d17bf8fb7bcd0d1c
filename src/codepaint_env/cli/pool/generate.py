"""`codepaint pool generate`: paints candidates for a pool."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER, canvas_option
from codepaint_env.cli.progress_bar import bar
from rewards.errors import SpecError
from rewards.types import DEFAULT_CANVAS

STUDY_PAINTINGS = 1736
"""How many paintings studies give unless --count says otherwise."""

_FROM = {"study": "from studies", "sketch": "from sketches", "model": "by a model"}


@click.command()
@click.argument("out", type=FOLDER)
@click.option(
    "--studies", type=FOLDER, help="Folder of studies to paint; default: those of the shipped pool."
)
@click.option(
    "--count",
    type=click.IntRange(1),
    help=f"Paintings from studies (default: {STUDY_PAINTINGS}), or tasks for a model (default: all).",
)
@click.option("--sketches", type=FOLDER, help="Paint the programs of this folder instead, each as it is.")
@click.option(
    "--model", help="Let this model paint instead. Give its name at OPENAI_BASE_URL; set OPENAI_API_KEY."
)
@click.option(
    "--tasks", default="flowers", show_default=True, help="Task set or file that a model paints from."
)
@click.option(
    "--rounds",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    help="Drawings that a model makes for each task.",
)
@click.option("--critic", help="Model that criticises each drawing; default: the same.")
@click.option(
    "--photos", type=FOLDER, help="Folder of reference photographs, each named as its task's id or prompt."
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=4,
    show_default=True,
    help="Tasks that a model works on at once.",
)
@canvas_option
@tidy
def generate(
    out: Path,
    studies: Path | None,
    count: int | None,
    sketches: Path | None,
    model: str | None,
    tasks: str,
    rounds: int,
    critic: str | None,
    photos: Path | None,
    jobs: int,
    canvas: str | None,
) -> None:
    """Paint candidates for a pool into the folder OUT.

    Candidates that OUT already holds are not painted again.

    \b
        codepaint pool generate candidates                       from the studies that ship: some 1,700 paintings
        codepaint pool generate candidates --count 60            fewer of them
        codepaint pool generate candidates --sketches my/folder  sketches of your own
        codepaint pool generate candidates --sketches my/icons --canvas svg
        codepaint pool generate candidates --model gpt-5 --tasks flowers --rounds 3

    A model draws, sees its painting, reads a critique and draws again. Its best round becomes the candidate. OUT/runs
    keeps all rounds, and the command does not pay for them again.
    """  # noqa: D301 (click reads \b)
    from codepaint_env import canvases
    from codepaint_env.policies.openai import OpenAIPolicy
    from codepaint_env.pool.candidates import CandidateFolder, from_sketches, from_studies
    from codepaint_env.pool.research import paint_tasks
    from codepaint_env.render.backend import spec_of
    from codepaint_env.render.renderer import Renderer
    from codepaint_env.tasks import load_tasks
    from rewards.pool import pool_folder

    if model is not None and sketches is not None:
        raise SpecError("--model and --sketches are two ways to come by programs; give one of them.")
    place = canvases.get(canvas or DEFAULT_CANVAS)
    if model is None and sketches is None and place.name != DEFAULT_CANVAS:
        raise SpecError(
            f"Studies paint on the canvas {DEFAULT_CANVAS!r}; for {place.name!r} give --sketches or --model."
        )
    folder = CandidateFolder(out)
    renderer = Renderer(place, cache=0)
    try:
        if model is None and sketches is None and count is None:
            click.echo(
                f"Painting {STUDY_PAINTINGS} candidates; --count paints fewer. After Ctrl-C, the same command "
                "continues where it stopped.",
                err=True,
            )
        with bar("Candidates painted") as progress:
            if model is not None:
                painter = OpenAIPolicy(model)
                judge = OpenAIPolicy(critic) if critic else painter
                chosen = load_tasks(tasks, place.name)[:count]
                paint_tasks(
                    folder,
                    chosen,
                    painter,
                    judge,
                    renderer,
                    progress,
                    rounds=rounds,
                    photos=photos,
                    jobs=jobs,
                )
            elif sketches is not None:
                folder.draw(from_sketches(sketches, spec_of(place)), renderer, progress)
            else:
                source = studies or pool_folder() / "studies"
                folder.draw(from_studies(source, count or STUDY_PAINTINGS), renderer, progress)
    finally:
        renderer.close()
    done = folder.read()
    problems = {each.id: each.problem for each in done.values() if each.problem}
    for name, problem in problems.items():
        click.echo(f"{name}: {problem}", err=True)
    sources = Counter(each.source.partition(":")[0] for each in done.values())
    told = ", ".join(f"{size} {_FROM.get(name, f'from {name}')}" for name, size in sources.items())
    click.echo(f"{out} holds {len(done)} candidates ({told}), {len(problems)} of them without a picture.")
