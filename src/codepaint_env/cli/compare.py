"""`codepaint compare`: puts two runs side by side."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER, check_target
from codepaint_env.cli.progress_bar import step

if TYPE_CHECKING:
    from codepaint_env.reports.compare_report import Comparison

LINES = 3


@click.command()
@click.argument("first", metavar="RUN_A", type=FOLDER)
@click.argument("second", metavar="RUN_B", type=FOLDER)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("compare.html"),
    show_default=True,
    help="The HTML file to write.",
)
@tidy
def compare(first: Path, second: Path, out: Path) -> None:
    """Put two runs side by side.

    RUN_A and RUN_B are run folders. Samples are matched by task id and prompt: the n-th sample of a task in one run
    with the n-th in the other. The command prints the settings that differ and the mean difference of the values, with
    its 95 % interval (bootstrap over prompts). It writes an HTML file with the prompts that gained and lost most, and
    with both pictures side by side.

    If the runs have different rewards, their values cannot be compared. The command then shows ranks, and how to score
    one run by the reward of the other.

    \b
        codepaint compare runs/before runs/after
        codepaint compare runs/before runs/after --out compare.html
    """  # noqa: D301 (click reads \b)
    from codepaint_env.reports.compare_report import write_compare
    from codepaint_env.runs.run import load_run
    from codepaint_env.study.compare import compare as compared

    check_target(out, "comparison")
    with step("Comparing"):
        told = compared(load_run(first), load_run(second))
        write_compare(out, told)
    _print(told)
    click.echo(f"report      {out}")


def _print(told: Comparison) -> None:
    for setting in told.settings:
        if setting.changed:
            click.echo(f"changed     {setting.name}: {setting.first} → {setting.second}")
    lone = " and ".join(str(sum(some.values())) for some in told.only)
    click.echo(f"samples     {len(told.matched)} in both, {lone} in one only")
    painted = ["–" if each.painted is None else f"{100 * each.painted:.0f} %" for each in told.summaries]
    click.echo(f"rendered    {painted[0]} → {painted[1]}")
    if not told.comparable:
        click.echo("values      do not compare: the rewards differ. Ranks are shown. To compare values:")
        click.echo(f"            {told.way_out}")
        rank = "none" if told.correlation is None else f"{told.correlation:.2f}"
        click.echo(f"Spearman    {rank}")
    elif told.difference is None:
        click.echo("values      no sample has a value in both runs")
    else:
        means = [each.mean or 0.0 for each in told.summaries]
        between = "" if told.interval is None else " ({:+.3f} to {:+.3f})".format(*told.interval)
        click.echo(f"mean        {means[0]:.3f} → {means[1]:.3f}, difference {told.difference:+.3f}{between}")
    for word, some in (("gained", told.gained), ("lost", told.lost)):
        for number, each in enumerate(some[:LINES]):
            gain = f"{each.gain:+.3f}" if told.comparable else f"{100 * (each.gain or 0):+.0f} % in rank"
            prompt = shorten(each.prompt, 60, placeholder=" …")
            click.echo(
                f"{word if not number else '':<12}{gain}  {prompt}{f' ({each.nth})' if each.nth > 1 else ''}"
            )
