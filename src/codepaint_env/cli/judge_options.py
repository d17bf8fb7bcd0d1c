"""Options of commands that ask a judge: which model, where, with which key, at what price."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from rewards.errors import SpecError

if TYPE_CHECKING:
    from rewards.judged.client.openai_judge import OpenAIJudge

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


@dataclass(frozen=True, slots=True)
class EndpointOptions:
    """What was said of a judge on the command line.

    Attributes:
        model: Its name at the endpoint.
        base_url: Address; None takes `OPENAI_BASE_URL`.
        api_key_env: Variable with the key, `none`, or None where nothing was said.
        concurrency: Calls under way at once.
        price: USD for a million prompt tokens and for a million completion tokens.
        given: Further options as `NAME=VALUE`.
    """

    model: str
    base_url: str | None
    api_key_env: str | None
    concurrency: int
    price: tuple[float, float] | None
    given: tuple[str, ...]


_DECORATORS = (
    click.option("--model", required=True, help="The model's name at the endpoint."),
    click.option(
        "--base-url",
        help="Address of the endpoint, which usually ends in /v1; default: OPENAI_BASE_URL, or the openai "
        "package's own.",
    ),
    click.option(
        "--api-key-env",
        help="Name of the environment variable with the key; default: OPENAI_API_KEY. 'none' sends no key, and is the "
        "default for an endpoint on this machine if OPENAI_API_KEY is not set.",
    ),
    click.option(
        "--concurrency", type=click.IntRange(1), default=8, show_default=True, help="Calls at the same time."
    ),
    click.option(
        "--price",
        type=(float, float),
        help="Price of a million prompt tokens and of a million completion tokens, in USD.",
    ),
    click.option(
        "--option",
        "given",
        multiple=True,
        metavar="NAME=VALUE",
        help=f"Another option of the judge, as JSON or text: {', '.join(OPTIONS)}. Repeat it for several.",
    ),
)


def endpoint_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options to a command, which gets them as `endpoint`."""

    @functools.wraps(command)
    def gathered(*args: Any, **told: Any) -> Any:
        names = EndpointOptions.__dataclass_fields__
        endpoint = EndpointOptions(**{name: told.pop(name) for name in names})
        return command(*args, endpoint=endpoint, **told)

    wrapped: Callable[..., Any] = gathered
    for decorator in reversed(_DECORATORS):
        wrapped = decorator(wrapped)
    return wrapped


def judge_at(endpoint: EndpointOptions, *, cache: bool | str | Path = True) -> OpenAIJudge:
    """Returns the judge that the options name.

    Args:
        endpoint: The options.
        cache: Where answers are kept, as `OpenAIJudge` takes it.

    Raises:
        SpecError: An option cannot be what it is.
        MissingPart: The extra `judge` or the key is missing.
    """
    from rewards.judged.client.openai_judge import OpenAIJudge

    return OpenAIJudge(
        model=endpoint.model,
        base_url=endpoint.base_url,
        api_key_env=_variable(endpoint.api_key_env, endpoint.base_url),
        concurrency=endpoint.concurrency,
        prices=None if endpoint.price is None else {endpoint.model: endpoint.price},
        cache=cache,
        **_options(endpoint.given),
    )


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
