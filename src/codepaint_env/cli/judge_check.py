"""`codepaint judge-check`: tells whether a model at an endpoint is fit to judge."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.progress_bar import bar
from rewards.errors import SpecError

MARKS = {"good": ("✓", "green"), "note": ("·", "yellow"), "unfit": ("✗", "red")}

OPTIONS = (
    "name",
    "timeout_s",
    "retries",
    "patience_s",
    "batch_s",
    "temperature",
    "max_tokens",
    "image_detail",
    "extra_body",
    "max_calls",
)


@click.command("judge-check")
@click.option("--model", required=True, help="The model's name at the endpoint; it must see pictures.")
@click.option(
    "--base-url",
    help="Address of the endpoint, which mostly ends with /v1; default: OPENAI_BASE_URL, or the openai package's own.",
)
@click.option(
    "--api-key-env",
    help="Name of the environment variable with the key; default: OPENAI_API_KEY. 'none' sends no key. It is the "
    "default for an endpoint on this machine if OPENAI_API_KEY is not set.",
)
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
    "--concurrency", type=click.IntRange(1), default=8, show_default=True, help="Calls under way at once."
)
@click.option(
    "--price",
    type=(float, float),
    help="Price of a million prompt tokens and of a million completion tokens, in USD.",
)
@click.option(
    "--option",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help=f"Another option of the judge, as JSON or text: {', '.join(OPTIONS)}. Repeat it for several.",
)
@click.option(
    "--json", "to_json", type=click.Path(path_type=Path), help="Write all figures to this JSON file."
)
@tidy
def judge_check(
    model: str,
    base_url: str | None,
    api_key_env: str | None,
    rubric: str,
    pairs: int,
    concurrency: int,
    price: tuple[float, float] | None,
    given: tuple[str, ...],
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
    from rewards.judged.client.openai_judge import OpenAIJudge
    from rewards.judged.rubric import load_rubric

    if to_json is not None and not to_json.absolute().parent.is_dir():
        raise SpecError(f"There is no folder {str(to_json.parent)!r} for the figures; make it first.")
    judge = OpenAIJudge(
        model=model,
        base_url=base_url,
        api_key_env=_variable(api_key_env, base_url),
        concurrency=concurrency,
        prices=None if price is None else {model: price},
        cache=False,
        **_options(given),
    )
    with bar("Asking") as progress:
        health = examine(judge, load_rubric(rubric), pairs, progress)
    for check in health.signs():
        mark, colour = MARKS[check.state]
        click.echo(f"{click.style(mark, fg=colour)} {check.name:<20}{check.value:<22}{check.text}")
    if to_json is not None:
        told = {"model": model, "rubric": rubric, **health.told()}
        to_json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    unfit = [sign.name for sign in health.signs() if sign.state == "unfit"]
    click.echo(f"Unfit to judge: {', '.join(unfit)}." if unfit else f"Fit to judge, in mode={health.mode!r}.")
    sys.exit(1 if unfit else 0)


def _options(given: Sequence[str]) -> dict[str, Any]:
    options = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise SpecError(f"--option {each!r} has no value; write NAME=VALUE.")
        if name not in OPTIONS:
            raise SpecError(
                f"--option {each}: the judge has no option {name!r}; it has {', '.join(OPTIONS)}."
            )
        try:
            options[name] = json.loads(value)
        except ValueError:  # text without quotes
            options[name] = value
    return options


def _variable(told: str | None, base_url: str | None) -> str | None:
    if told is not None:
        return None if told.lower() == "none" else told
    here = urlsplit(base_url or "").hostname in ("localhost", "127.0.0.1", "::1")
    return None if here and not os.environ.get("OPENAI_API_KEY") else "OPENAI_API_KEY"
