"""`codepaint ablate`: which of several rewards can be trusted, on pictures of which something is known."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER
from codepaint_env.cli.progress_bar import bar

if TYPE_CHECKING:
    from codepaint_env.study.ablate import Bars, Done, Plan, Show

LOG_EVERY = 25


@click.command()
@click.argument("study", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "-o", "--out", type=FOLDER, help="Folder for the results; default: STUDY without its file ending."
)
@click.option(
    "--dry-run", is_flag=True, help="Check the study and print its cost; paint nothing and call no model."
)
@click.option("--workers", type=click.IntRange(1), help="Programs painted at once; default: one per core.")
@tidy
def ablate(study: Path, out: Path | None, dry_run: bool, workers: int | None) -> None:
    """Compare rewards on one set of pictures.

    STUDY is a TOML file. It names rewards, samples (where the pictures come from) and truths (what is known about
    them). The command first prints how many pictures and calls the study takes. Then it paints every picture once,
    lets every reward score the recorded evidence, and writes tables and a report. To continue a stopped study, run the
    command again: it asks a reward again only if that reward has changed.

    \b
        name = "Two rewards on rated paintings"
        [[samples]]
        name = "rated"
        pool = "shipped"           # or a folder of candidates or of a pool of your own
        count = 200
        [rewards]
        coverage = "coverage"
        taste = { spec = "taste", out_of_fold = true }
        mix = "gated(0.5*subject + 0.5*coverage, gate=renders)"
        [[truths]]
        name = "ratings"
        ratings = "rated"          # pairs whose mean ratings differ by at least 1

    Three keys may stand above the first table: noise = 3 (other draws of references), laws = 50 (cases for each law of
    `codepaint check-reward`) and climb = "FOLDER" (results of `codepaint climb` against these rewards). The table
    [probes] with use = true also scores the probes of `codepaint probes`.

    Samples can also come from run = FOLDER, sketches = FOLDER or policy = "openai:MODEL". Truths can also be
    preferences = SAMPLES or latent = "module:function". The command reports a mistake in STUDY, with its line, before
    it paints anything.

    \b
        codepaint ablate study.toml --dry-run
        codepaint ablate study.toml
    """  # noqa: D301 (click reads \b)
    from codepaint_env.study.ablate import plan_study, run_study

    sys.path.append(str(study.absolute().parent))  # where a module:function of the study may lie
    plan = plan_study(study, out)
    click.echo(_bill(plan))
    if dry_run:
        return
    done = run_study(plan, _bars(), workers)
    _tell(done)
    click.echo(f"folder      {plan.out}")
    click.echo(f"report      {done.report}")


def _bars() -> Bars:
    def titled(text: str) -> AbstractContextManager[Show]:
        return bar(text, log_every=LOG_EVERY)

    return titled


def _bill(plan: Plan) -> str:
    bill = plan.bill
    calls = sum(bill.calls.values())
    judged = ", ".join(f"{label} {count:,}" for label, count in bill.calls.items() if count)
    lines = [
        f"study       {plan.study.name}",
        f"pictures    {bill.pictures:,}, of which {bill.to_paint:,} are to be painted",
        f"rewards     {', '.join(each.label for each in plan.contenders)}",
        f"calls       {f'up to {calls:,} ({judged})' if calls else 'none of a judge'}"
        + (f", and {bill.completions:,} of a policy" if bill.completions else ""),
    ]
    if bill.money is not None:
        lines.append(f"money       about {bill.money:.2f}")
    return "\n".join(lines)


def _tell(done: Done) -> None:
    import numpy as np

    width = 2 + max(map(len, done.table.columns))
    for label, column in done.table.columns.items():
        there = column.values[np.isfinite(column.values)]
        told = f"mean {there.mean():.3f}, SD {there.std():.3f}" if len(there) else "no value"
        lacking = len(column.values) - len(there)
        seconds = column.cost.get("seconds_cold")
        told += "" if seconds is None else f", {1000 * seconds:.0f} ms a picture"
        for name, agreement in done.figures.rewards[label].truths.items():
            right = agreement.accuracy
            if right.value is not None and right.low is not None and right.high is not None:
                told += f", {name} {right.value:.3f} ({right.low:.3f} to {right.high:.3f})"
        click.echo(f"{label:<{width}}{told}" + (f"; {lacking} without a value" if lacking else ""))
    for label, trouble in done.troubles.items():
        click.echo(f"codepaint: {label}: {trouble}", err=True)
    if done.unpainted:
        click.echo(
            f"codepaint: the machine failed to paint {done.unpainted} pictures; run the command again to retry.",
            err=True,
        )
