"""`codepaint judge-check`: tells whether a model at an endpoint is fit to judge."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.judge_options import EndpointOptions, endpoint_options, judge_at
from codepaint_env.cli.progress_bar import bar
from rewards.errors import SpecError

MARKS = {"good": ("✓", "green"), "note": ("·", "yellow"), "unfit": ("✗", "red")}


@click.command("judge-check")
@endpoint_options
@click.option(
    "--rubric",
    default="pairwise",
    show_default=True,
    help="Name of a rubric that ships, or a file of your own.",
)
@click.option(
    "--pairs",
    type=click.IntRange(4, 276),
    default=48,
    show_default=True,
    help="Pairs of paintings to compare.",
)
@click.option(
    "--json", "to_json", type=click.Path(path_type=Path), help="Write all figures to this JSON file."
)
@tidy
def judge_check(
    endpoint: EndpointOptions,
    rubric: str,
    pairs: int,
    to_json: Path | None,
) -> None:
    """Tell whether a vision model is fit to judge.

    Rewards such as `pairwise` are as good as their judge. This command asks the model about paintings that ship: about
    pairs in both orders, about paintings and their re-painted twins, and about some pairs again. That takes two calls a
    pair and some 30 more: about 130 by default. No answer is kept.

    The report says whether the judge gives the same answer in both orders and when asked again, whether it sees
    differences at all, whether it agrees with the pool's ratings, which are a model's, and what it costs. The command
    ends with exit code 1 if the judge is unfit, and 2 if it cannot be asked.

    \b
        codepaint judge-check --model gpt-4.1-mini
        codepaint judge-check --model Qwen/Qwen2.5-VL-7B-Instruct --base-url http://localhost:8000/v1
        codepaint judge-check --model gpt-4.1-mini --rubric scores --pairs 100 --json health.json
        codepaint judge-check --model gpt-5 --option 'extra_body={"reasoning_effort": "low"}' --option timeout_s=180
    """  # noqa: D301 (click reads \b)
    from codepaint_env.study.judge_check import examine
    from rewards.judged.rubric import load_rubric

    if to_json is not None and not to_json.absolute().parent.is_dir():
        raise SpecError(f"There is no folder {str(to_json.parent)!r} for the figures; make it first.")
    judge = judge_at(endpoint, cache=False)
    with bar("Asking") as progress:
        health = examine(judge, load_rubric(rubric), pairs, progress)
    for check in health.signs():
        mark, colour = MARKS[check.state]
        click.echo(f"{click.style(mark, fg=colour)} {check.name:<20}{check.value:<22}{check.text}")
    if to_json is not None:
        told = {"model": endpoint.model, "rubric": rubric, **health.told()}
        to_json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    unfit = [sign.name for sign in health.signs() if sign.state == "unfit"]
    click.echo(f"Unfit to judge: {', '.join(unfit)}." if unfit else f"Fit to judge, in mode={health.mode!r}.")
    sys.exit(1 if unfit else 0)
