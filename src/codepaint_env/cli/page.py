"""`codepaint page`: draws a web page, looks it over, tries it out, and writes a report with pictures of all that."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codepaint_env.cli.complaints import complain, tidy
from codepaint_env.cli.options import no_cache_option, read_program
from codepaint_env.cli.progress_bar import step
from rewards.errors import SpecError

if TYPE_CHECKING:
    from codepaint_env.canvases.canvas import Canvas
    from codepaint_env.reports.page_report import Group, Visit
    from rewards.types import Task

WIDEST = 70  # letters of an effect in the table


@click.command()
@click.argument("page", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--explore", is_flag=True, help="Also try the page out: click, type, drag, and see what changes."
)
@click.option(
    "--steps",
    type=click.IntRange(1, 20),
    help="Number of judged steps that count; default: the task's own, or 3.",
)
@click.option(
    "--task",
    "task_id",
    metavar="ID",
    help="The task that the page answers; see `codepaint tasks list pages`.",
)
@click.option("--prompt", metavar="TEXT", help="What was asked for, in place of a task.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to write the report to; default: the file's name with -report.",
)
@no_cache_option
@tidy
def page(
    page: Path,
    explore: bool,
    steps: int | None,
    task_id: str | None,
    prompt: str | None,
    out: Path | None,
    no_cache: bool,
) -> None:
    """Look over a web page, try it out, and write a report.

    FILE is an HTML document, or a model's completion that holds one. The command draws the page in a sealed Chromium
    without a network, checks its markup and audits its layout. With --explore it also tries the controls, the most
    important first. It compares the page after each step with the same page at the same time without the step. The
    step is credited if the two states differ, so a clock, a carousel or a hover effect earns nothing.

    The report numbers the steps on the picture of the page, shows before and after side by side, and lists the faults.
    It is one HTML file; pictures and trace lie beside it.

    \b
        codepaint page shop.html --explore
        codepaint page shop.html --explore --steps 5 -o look
        codepaint page answer.md --explore --task web-bakery-shop
        codepaint page shop.html                    markup and layout alone

    The exit code is 2 if the page cannot be drawn, and 1 if a machine failed.
    """  # noqa: D301 (click reads \b)
    from codepaint_env import canvases
    from codepaint_env.reports.page_report import check_folder, group_findings, write_page_report

    place = canvases.get("html")
    task = _task(place.name, task_id, prompt, steps)
    completion = read_program(_checked(page))
    folder = out or page.with_name(f"{page.stem}-report")
    check_folder(folder)
    visit = _visit(place, page.name, completion, task, explore=explore, cache=not no_cache)
    rendering = visit.rendering
    if rendering.status == "machine_error":
        complain(f"{page}: {rendering.kind}: {rendering.message}")
        sys.exit(1)
    report = write_page_report(folder, visit)
    _print_summary(visit, group_findings(rendering))
    click.echo(f"report      {report}")
    if not rendering.ok:
        complain(f"{page}: {rendering.kind}: {rendering.message}")
        sys.exit(2)
    if visit.score is not None and visit.score.value is None:
        complain(f"{page}: no score: {visit.score.reason}")
        sys.exit(1)


def _checked(path: Path) -> Path:
    """Refuses what is a program of another canvas."""
    from codepaint_env import canvases

    for name in canvases.available():
        if name != "html" and canvases.get(name).suffix == path.suffix.lower():
            raise SpecError(
                f"{path} is a program of the canvas {name!r}, not a web page; draw it with "
                f"`codepaint render {path}`."
            )
    return path


def _task(canvas: str, name: str | None, prompt: str | None, steps: int | None) -> Task:
    from codepaint_env.tasks import checked_prompt, load_tasks, task_id
    from rewards.errors import UnknownName
    from rewards.lookup import guess
    from rewards.types import Task

    if name is not None and prompt is not None:
        raise SpecError("There are both --task and --prompt; give one of them.")
    if name is None:
        told = checked_prompt(prompt, "--prompt") if prompt is not None else ""
        task = Task(task_id(told), told, canvas, letters=True)
    else:
        known = {each.id: each for each in load_tasks("pages", canvas)}
        if name not in known:
            raise UnknownName(
                f"No task of the set 'pages' is called {name!r}."
                + (guess(name, known) or " `codepaint tasks list pages` lists them.")
            )
        task = known[name]
    return task if steps is None else replace(task, steps=steps)


def _visit(place: Canvas, name: str, completion: str, task: Task, *, explore: bool, cache: bool) -> Visit:
    import rewards
    from codepaint_env.evaluate import paint
    from codepaint_env.render.identity import seed_of
    from codepaint_env.render.renderer import Renderer
    from codepaint_env.reports.page_report import Visit
    from rewards.answers import ask
    from rewards.types import Sample

    stages = frozenset({"layout", "interactions"} if explore else {"layout"}) & place.on_request
    renderer = Renderer(place, workers=1, disk_cache=cache)
    try:
        with step(f"Trying out {name}" if explore else f"Drawing {name}"):
            [(program, rendering)] = paint(
                place, renderer, [completion], [seed_of(task.id)], tasks=[task], stages=stages
            )
    finally:
        renderer.close()
    visit = Visit(name, task, program, rendering)
    if not explore:
        return visit
    reward = rewards.make(place.default_reward)
    [score] = ask(reward, [Sample(task, completion, program, rendering, task.id)])
    return replace(visit, reward=place.default_reward, score=score)


def _print_summary(visit: Visit, groups: list[Group]) -> None:
    rendering = visit.rendering
    click.echo(f"page        {visit.name}: {rendering.kind.replace('_', ' ') or 'ok'}")
    for group, label in zip(groups, ("markup", "at load", "layout"), strict=False):
        none = "nothing found" if group.looked else "not looked at"
        kinds = Counter(row.told.kind.replace("_", " ") for row in group.found)
        click.echo(f"{label:<12}{', '.join(f'{n} {kind}' for kind, n in kinds.items()) or none}")
    if visit.score is not None:
        value = "none: a machine failed" if visit.score.value is None else f"{visit.score.value:.2f}"
        click.echo(f"score       {value}  {visit.reward}")
    if rendering.interactions is not None:
        _print_steps(visit)


def _print_steps(visit: Visit) -> None:
    from codepaint_env.reports.page_trace import credited, steps_of

    steps = steps_of(replace(visit.rendering, pictures={}), visit.task.steps, 1)
    click.echo(f"steps       {credited(steps)} of {visit.task.steps} credited, {len(steps)} tried")
    for each in steps:
        effect = " ".join((each.told.effect or "Nothing changed.").split())
        effect = effect if len(effect) <= WIDEST else f"{effect[: WIDEST - 1]}…"
        click.echo(f"  {each.number:>2}  {each.verdict:<11}{each.told.action} {each.control}")
        click.echo(f"      {'':<11}{effect}")
