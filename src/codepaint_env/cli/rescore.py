"""`codepaint rescore`: scores the recorded evidence of a run by another reward."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict, replace
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER, read_spec, step_option
from codepaint_env.cli.progress_bar import bar
from rewards.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codepaint_env.runs.run import Run
    from codepaint_env.study.rescore import Change, Move, Side

LOG_EVERY = 32


@click.command()
@click.argument("run", type=FOLDER)
@click.option("--reward", required=True, metavar="SPEC", help="A name, an expression or JSON.")
@click.option("--out", type=FOLDER, help="New folder for the same evidence with the new scores.")
@click.option("--record", is_flag=True, help="Render the programs again where evidence is missing.")
@step_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@tidy
def rescore(run: Path, reward: str, out: Path | None, record: bool, step: int | None, as_json: bool) -> None:
    """Score the recorded pictures of a run by another reward.

    RUN is a run folder, as `codepaint demo --out RUN` or a training writes it. Nothing is rendered. The command
    compares the old scores with the new ones: mean, standard deviation (SD), samples without a value, Spearman's rank
    correlation, and the samples that moved most in rank. With --out it writes a run folder with the same evidence, the
    new scores and a report.

    If the reward reads a stage that the run has not recorded, the command names the stage and stops. With --record it
    renders the programs again and records that stage too. It refuses a program that does not paint the picture of the
    run. The new evidence goes to the folder of --out.

    \b
        codepaint rescore runs/first --reward perceptual
        codepaint rescore runs/first --reward "0.3*renders + 0.7*coverage" --out runs/second
        codepaint rescore runs/first --reward "0.5*coverage + ramp(0, 0.5, steps=200)*dino" --step 100
        codepaint rescore runs/pages --reward static --record --out runs/judged
    """  # noqa: D301 (click reads \b)
    import rewards
    from codepaint_env.reports.run_report import write_report
    from codepaint_env.reports.run_summary import reward_of
    from codepaint_env.runs.run import load_run
    from codepaint_env.study.rescore import change_of, check_run, lacking, rescored, write_rescored
    from rewards.mixing.schedule import stepped
    from rewards.spec import expression

    if record and out is None:
        raise SpecError("--record writes the new evidence to a folder; name one with --out FOLDER.")
    _check_fresh(out)
    form = rewards.normal_form(read_spec(reward, step))
    made = stepped(rewards.make(form), None, "name one step of the training with --step N")
    old = load_run(run)
    canvas = check_run(old, made)
    if missing := lacking(old, made):
        if not record:
            again = f"codepaint rescore {_word(run)} --reward {_word(reward)}"
            again += "" if step is None else f" --step {step}"
            raise SpecError(
                f"{made.name} reads {_told(missing, len(old.samples))} of {str(run)!r} lack. Record it: {again} "
                f"--record --out {_word(out or run.with_name(f'{run.name}-recorded'))}"
            )
        from codepaint_env.study.record_again import recorded_again

        with bar("Painting again", log_every=LOG_EVERY) as progress:
            old, identity = recorded_again(old, canvas, made.needs, progress)
        old = replace(old, meta=replace(old.meta, renderer=identity))
    _announce(old, made)
    with bar("Scoring", log_every=LOG_EVERY) as progress:
        evaluated = rescored(old, made, progress)
    if out is not None:
        write_rescored(out, old, evaluated, made, form)
        write_report(out)
    change = change_of(old, evaluated)
    names = (reward_of(old.meta), expression(form) or made.name)
    if as_json:
        click.echo(json.dumps(_figures(change, names, made.version)))
        return
    _print(change, names)
    if trouble := _trouble(evaluated):
        click.echo(f"codepaint: why the last sample has no value: {trouble}", err=True)
    if out is not None:
        click.echo(f"report      {out / 'report.html'}")


def _check_fresh(out: Path | None) -> None:
    """Raises before the work if its result could not be written after it."""
    if out is not None and out.is_dir() and any(out.iterdir()):
        raise SpecError(f"The folder {str(out)!r} is not empty; choose another one for --out.")


def _announce(run: Run, reward: Any) -> None:
    from codepaint_env.study.rescore import calls_of

    if calls := calls_of(run, reward):
        click.echo(f"The judge is asked at most {calls:,} times.", err=True)


def _told(missing: dict[str, int], count: int) -> str:
    if len(missing) == 1:
        [(stage, lacks)] = missing.items()
        return f"the stage {stage!r}, which {lacks} of {count} samples"
    stages = ", ".join(f"{stage!r} ({lacks} of {count} samples)" for stage, lacks in missing.items())
    return f"the stages {stages}, which samples"


def _word(text: object) -> str:
    return shlex.quote(str(text))


def _trouble(evaluated: Sequence[Any]) -> str:
    """Returns why a sample has no value although its machine did not fail in the run."""
    reasons = [
        each.score.reason
        for each in evaluated
        if each.score.value is None and each.sample.rendering.status != "machine_error"
    ]
    return reasons[-1] if reasons else ""


def _print(change: Change, names: tuple[str, str]) -> None:
    click.echo(f"{'':<12}{'mean':>8}{'SD':>8}  without a value")
    for word, side, name in zip(("old", "new"), (change.old, change.new), names, strict=True):
        lacks = f"{side.count - side.valued} of {side.count}"
        click.echo(f"{word:<12}{_number(side.mean):>8}{_number(side.spread):>8}  {lacks:<16} {name}")
    found = change.correlation
    if found.value is None:
        click.echo("Spearman    none: too few samples have both values, or one of the rewards is constant")
    else:
        between = "" if found.low is None else f" ({found.low:.2f} to {found.high:.2f})"
        click.echo(f"Spearman    {found.value:.2f}{between}")
    for word, moves in (("up", change.up), ("down", change.down)):
        for number, move in enumerate(moves):
            click.echo(f"{word if not number else '':<12}{_line(move)}")


def _line(move: Move) -> str:
    prompt = shorten(move.prompt, 60, placeholder=" …")
    gain = f"{100 * move.climbed:+.0f} %"
    return f"{gain:>7} in rank  {move.old:.3f} → {move.new:.3f}  No. {move.index + 1} {prompt}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _figures(change: Change, names: tuple[str, str], version: str) -> dict[str, Any]:
    def side(name: str, each: Side) -> dict[str, Any]:
        return {"reward": name, **asdict(each), "without": each.without}

    return {
        "old": side(names[0], change.old),
        "new": side(names[1], change.new) | {"version": version},
        "spearman": asdict(change.correlation),
        "up": [asdict(move) for move in change.up],
        "down": [asdict(move) for move in change.down],
    }
