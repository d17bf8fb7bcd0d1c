"""`codepaint tasks`: lists prompt sets, exports them for trainers, and has checklists written for them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.judge_options import EndpointOptions, endpoint_options, judge_at
from codepaint_env.cli.options import canvas_option, check_target
from codepaint_env.cli.progress_bar import bar
from rewards.errors import SpecError
from rewards.json_lines import encode_line
from rewards.types import DEFAULT_CANVAS

TRAINERS = (
    "trl",
    "verl",
    "openrlhf",
    "verifiers",
    "openenv",
    "sb3",
    "gepa",
)  # the keys of COLUMNS, for which --help would wait


@click.group(no_args_is_help=False)
def tasks() -> None:
    """List prompt sets, export them for a trainer, or let a model write checklists for them.

    \b
        codepaint tasks list flowers
        codepaint tasks export flowers --for trl -o flowers.jsonl
        codepaint tasks statements flowers --model gpt-4.1-mini
    """  # noqa: D301 (click reads \b)


@tasks.command("list")
@click.argument("source", required=False)
@click.option(
    "--json", "as_json", is_flag=True, help="Print whole tasks as JSON lines; such a file can be a SOURCE."
)
@canvas_option
@tidy
def list_tasks(source: str | None, as_json: bool, canvas: str | None) -> None:
    """List the sets, or the prompts of SOURCE.

    SOURCE is the name of a set, or a file of your own. A file holds one prompt a line, or JSON lines with `prompt`
    and optionally `id`, `reference` (the path of a picture), `features` (statements by which a person would recognise
    the picture), `letters` (true if it may hold letters), `interactions` (what a user would expect to be able to do on
    a page), `steps` (how many steps on it are judged) and `subject` (what the reward of that name looks for).

    \b
        codepaint tasks list
        codepaint tasks list flowers
        codepaint tasks list prompts.txt
        codepaint tasks list riders --json > riders.jsonl
    """  # noqa: D301 (click reads \b)
    from codepaint_env.tasks import describe_sets, load_tasks
    from codepaint_env.trainers.shared.rows import told_besides

    if source is None:
        for name, count in describe_sets().items():
            click.echo(f"{name:<12}{count} prompts")
        return
    for task in load_tasks(source, canvas or DEFAULT_CANVAS):
        if as_json:
            besides = {name: value for name, value in told_besides(task).items() if value}
            click.echo(encode_line({"id": task.id, "prompt": task.prompt, **besides}), nl=False)
        else:
            click.echo(f"{task.id:<34}{task.prompt}")


@tasks.command("export")
@click.argument("source", default="flowers")
@click.option(
    "--for",
    "trainer",
    type=click.Choice(TRAINERS),
    required=True,
    help="The trainer whose column names the rows use.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write; default: stdout.")
@canvas_option
@tidy
def export_tasks(source: str, trainer: str, output: Path | None, canvas: str | None) -> None:
    """Write the prompts of SOURCE as JSON lines.

    SOURCE is the name of a set, or a file of your own. Each row holds prompt, task id and system prompt in the
    columns that the trainer reads.

    \b
        codepaint tasks export flowers --for trl -o flowers.jsonl
        codepaint tasks export prompts.txt --for verl -o prompts.jsonl
        codepaint tasks export objects --for openrlhf > objects.jsonl
        codepaint tasks export riders --canvas svg --for trl -o riders.jsonl

    In Python, codepaint_env.trainers.trl.dataset("flowers") gives TRL's rows as a Dataset.
    """  # noqa: D301 (click reads \b)
    from codepaint_env.trainers.shared.rows import rows

    if output is not None:
        check_target(output, "rows")
    written = rows(source, trainer, canvas=canvas or DEFAULT_CANVAS)
    lines = b"".join(map(encode_line, written)).decode("ascii")
    if output is None:
        click.echo(lines, nl=False)
        return
    output.write_text(lines, encoding="utf-8")
    click.echo(f"wrote {output} ({len(written)} rows)")


@tasks.command("statements")
@click.argument("source", default="flowers")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("statements.jsonl"),
    show_default=True,
    help="The file to write. Tasks that it already holds stay as they are.",
)
@click.option(
    "--count", type=click.IntRange(1, 32), default=6, show_default=True, help="Statements for each task."
)
@canvas_option
@endpoint_options
@tidy
def write_statements(
    source: str, output: Path, count: int, canvas: str | None, endpoint: EndpointOptions
) -> None:
    """Let a model write the statements of `checklist` for each prompt of SOURCE.

    The reward `checklist` asks whether the statements are true of a picture. The model reads each prompt once and sees
    no picture, so read its statements and correct them. Each line of the file is a task, with statements that are
    texts, or mappings with `text`, `weight` and `spatial`. To continue a stopped run, start it again: it asks about no
    task that the file already holds. The exit code is 1 if a task got no statements.

    \b
        codepaint tasks statements flowers --model gpt-4.1-mini
        codepaint tasks statements prompts.txt -o prompts.statements.jsonl --count 8 --model gpt-4.1-mini
        codepaint score painting.js --reward "checklist(statements='statements.jsonl', judge={'model': 'gpt-4.1-mini'})"
    """  # noqa: D301 (click reads \b)
    from codepaint_env.tasks import load_tasks
    from rewards.judged.single import write_statements as writing

    if not output.absolute().parent.is_dir():
        raise SpecError(f"There is no folder {str(output.parent)!r} for the statements; make it first.")
    judge, asked = judge_at(endpoint), load_tasks(source, canvas or DEFAULT_CANVAS)
    with bar("Writing") as progress:
        written = writing.write_statements(asked, output, judge, count=count, progress=progress)
    for each in written:
        click.echo(f"{each.task.id}: {each.task.prompt}")
        for statement in each.statements:
            click.echo(f"  - {statement.text}{' (spatial)' if statement.spatial else ''}")
        if not each.statements:
            click.echo(f"  none: {each.trouble}")
    lost = sum(not each.statements for each in written)
    told = f"{output}: {len(written) - lost} tasks written now, {len(asked) - len(written)} were there before"
    click.echo(f"{told}; {lost} got none, run it again." if lost else f"{told}.")
    sys.exit(1 if lost else 0)
