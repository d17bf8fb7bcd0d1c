"""`codepaint judge-check`: tells whether a model at an endpoint is fit to judge."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.judge_options import EndpointOptions, endpoint_options, judge_at
from codepaint_env.cli.progress_bar import bar, step
from codepaint_env.study.judge_check.sign import Sign
from rewards.errors import SpecError

MARKS = {"good": ("✓", "green"), "note": ("·", "yellow"), "unfit": ("✗", "red")}

WIDTHS = 22, 24  # of the first two columns

CHECKED = ("pairwise", "winrate", "score", "checklist", "caption")


@click.command("judge-check")
@endpoint_options
@click.option(
    "--reward",
    "rewards",
    multiple=True,
    default=("pairwise",),
    show_default=True,
    type=click.Choice([*CHECKED, "all"]),
    help="The reward that the model should judge for. Repeat it for several; 'all' checks all of them. winrate asks "
    "the same as pairwise.",
)
@click.option(
    "--rubric",
    default="pairwise",
    show_default=True,
    help="For pairwise: name of a shipped rubric, or a file of your own.",
)
@click.option(
    "--pairs",
    type=click.IntRange(4, 276),
    default=48,
    show_default=True,
    help="For pairwise: pairs of paintings to compare.",
)
@click.option(
    "--pictures",
    type=click.IntRange(4, 500),
    default=24,
    show_default=True,
    help="For the other rewards: paintings to ask about. score takes this many from the pool. checklist and caption "
    "take at most 16, because they need paintings whose subject is known.",
)
@click.option(
    "--samples",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="RUN",
    help="Folder of a run of your policy: also score up to 32 of its samples, and tell which share scores above the "
    "floor. Not for winrate, which needs whole groups.",
)
@click.option(
    "--json", "to_json", type=click.Path(path_type=Path), help="Write all figures to this JSON file."
)
@tidy
def judge_check(
    endpoint: EndpointOptions,
    rewards: tuple[str, ...],
    rubric: str,
    pairs: int,
    pictures: int,
    samples: Path | None,
    to_json: Path | None,
) -> None:
    """Tell whether a vision model is fit to judge.

    A reward that asks a judge is only as good as the judge. This command asks the model the questions of such a
    reward, about shipped paintings for which the truth is known. It keeps no answer.

    \b
    --reward     what is measured                                             calls
    pairwise     the same answer in both orders? are differences seen?        ~140
    winrate      the same, for pictures of a group
    score        do its digits tell paintings apart? which does it use?       ~50
    checklist    yes to what is there, and no to what is not?                 ~55
    caption      what does it recognise unasked? does the checklist agree?    ~75

    For all of them, the command counts failed calls and unreadable answers. It tests whether the model gives the same
    answer when asked again and whether it obeys text in a picture, and it tells what 1,000 samples cost. For pairwise
    and score it also measures agreement with the pool's ratings, which a model gave.

    Each finding is good (✓), something to know (·) or unfit (✗), and says what to do. The exit code is 1 if the model
    is unfit for one of the rewards, and 2 if it cannot be asked.

    \b
        codepaint judge-check --model gpt-4.1-mini
        codepaint judge-check --model gpt-4.1-mini --reward all --price 0.4 1.6
        codepaint judge-check --model Qwen/Qwen2.5-VL-7B-Instruct --base-url http://localhost:8000/v1 --reward checklist
        codepaint judge-check --model gpt-4.1-mini --rubric scores --pairs 100 --json health.json
        codepaint judge-check --model gpt-5 --option 'extra_body={"reasoning_effort": "low"}' --option timeout_s=180
    """  # noqa: D301 (click reads \b)
    from codepaint_env.runs.run import load_run
    from codepaint_env.study.judge_check.examine import KINDS, Extent, examine
    from codepaint_env.study.judge_check.own_samples import own_samples

    if to_json is not None and not to_json.absolute().parent.is_dir():
        raise SpecError(f"There is no folder {str(to_json.parent)!r} for the figures; make it first.")
    run = None if samples is None else load_run(samples)
    judge = judge_at(endpoint, cache=False)
    kinds = KINDS if "all" in rewards else [kind for kind in KINDS if kind in map(_asks_like, rewards)]
    with bar("Asking", log_every=16) as progress:
        report = examine(
            judge, kinds, rubric=rubric, extent=Extent(pairs=pairs, pictures=pictures), progress=progress
        )
    told = {"model": endpoint.model, "rubric": rubric, **report.figures()}
    verdicts = []
    for kind, health in report.found.items():
        signs = health.signs()
        if run is not None:
            with step(f"Scoring samples of {run.folder.name} by {kind}"):
                own = own_samples(kind, judge, told["rewards"][kind].get("mode", "hard"), run.samples)
            signs.append(own.sign)
            told["rewards"][kind]["own_samples"] = own.figures()
            told["fit"] = told["fit"] and own.sign.state != "unfit"
        verdicts.append(_tell(kind, signs, health.figures().get("mode"), alone=len(report.found) == 1))
    told["usage"] = judge.usage
    if to_json is not None:
        to_json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    for verdict in verdicts:
        click.echo(verdict)
    sys.exit(0 if told["fit"] else 1)


def _tell(name: str, signs: Sequence[Sign], mode: str | None, *, alone: bool) -> str:
    """Prints the signs of one reward, under its name unless it is the only one; returns the verdict."""
    if not alone:
        click.secho("pairwise and winrate" if name == "pairwise" else name, bold=True)
    for sign in signs:
        mark, colour = MARKS[sign.state]
        what, value = (text.ljust(width) for text, width in zip((sign.name, sign.value), WIDTHS, strict=True))
        click.echo(f"{click.style(mark, fg=colour)} {what}{value}{sign.text}")
    if not alone:
        click.echo()
    failing = [sign.name for sign in signs if sign.state == "unfit"]
    verdict = f"unfit to judge: {', '.join(failing)}." if failing else "fit to judge"
    verdict += "" if failing or mode is None else f", in mode={mode!r}"
    verdict += "" if failing else "."
    return verdict[0].upper() + verdict[1:] if alone else f"{name}: {verdict}"


def _asks_like(reward: str) -> str:
    return "pairwise" if reward == "winrate" else reward
