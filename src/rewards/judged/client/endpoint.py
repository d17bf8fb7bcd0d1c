"""An OpenAI-compatible endpoint as it is configured: checked once, and free of secrets."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from rewards.errors import CodepaintError, MachineError, MissingPart, SpecError
from rewards.judged.client.failures import Trouble
from rewards.judged.client.verdict_cache import verdict_folder

_WAYS_OUT = {
    400: "Take a model that sees pictures and takes temperature=0.",
    401: "Correct the key in {key}, or name its variable: judge={{'api_key_env': NAME}}.",
    402: "Add credit there.",
    403: "Let the key in {key} use this model, or name another key or model.",
    404: "Correct the model's name, or the base_url: it mostly ends with /v1.",
    429: "Ask less at once (concurrency), or raise the limit or the credit there.",
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What `OpenAIJudge` says of its parameters of the same names.

    Raises:
        MissingPart: The extra or the key's variable is missing.
        SpecError: A parameter cannot be what it is.
    """

    model: str
    name: str
    base_url: str | None
    api_key_env: str | None
    concurrency: int
    timeout_s: float
    retries: int
    cache: bool | str | Path

    def __post_init__(self) -> None:
        url = self.base_url
        _check("model", self.model, _is_text(self.model), "the model's name at the endpoint")
        _check("name", self.name, _is_text(self.name), "a name for the endpoint, such as 'default'")
        known = url is None or (_is_text(url) and url.startswith(("http://", "https://")))
        _check("base_url", url, known, "such as 'http://localhost:8000/v1'")
        variable = self.api_key_env
        _check("api_key_env", variable, variable is None or _is_text(variable), "a variable's name or None")
        _check("concurrency", self.concurrency, is_whole(self.concurrency, 1), "a whole number from 1")
        _check("timeout_s", self.timeout_s, is_positive(self.timeout_s), "seconds, more than 0")
        _check("retries", self.retries, is_whole(self.retries, 0), "a whole number from 0")
        verdict_folder(self.cache)
        if find_spec("openai") is None:
            raise MissingPart(
                f"The judge {self.model!r} needs the package openai: pip install 'codepaint-env[judge]'"
            )
        self.key()

    @property
    def address(self) -> str:
        """Where it is, as far as the openai package does not decide that."""
        return (self.base_url or os.environ.get("OPENAI_BASE_URL", "")).rstrip("/")

    def key(self) -> str:
        """Returns the secret, which is kept nowhere else."""
        if self.api_key_env is None:
            return "none"  # the package wants one, and would else send the key of OPENAI_API_KEY
        key = os.environ.get(self.api_key_env, "").strip()
        if not key:
            raise MissingPart(
                f"The judge {self.model!r} needs a key in the environment variable {self.api_key_env}, which is not "
                "set; judge={'api_key_env': NAME} names another variable, and None is for endpoints without keys."
            )
        return key

    def describe(self, trouble: Trouble) -> str:
        """Returns what went wrong and the way out, without the secret."""
        key = os.environ.get(self.api_key_env, "").strip() if self.api_key_env else ""
        said = (trouble.text.replace(key, "…") if key else trouble.text).rstrip(".")
        way_out = _WAYS_OUT.get(
            trouble.status, "See that the endpoint runs; raise timeout_s or retries if it is slow."
        )
        told = way_out.format(key=self.api_key_env or "no variable")
        return f"The judge {self.model!r} of the endpoint {self.name!r} gave no answer ({said}). {told}"

    def error(self, trouble: Trouble) -> CodepaintError:
        """Returns what a trouble raises where no run has begun."""
        kind: type[CodepaintError] = MachineError
        if trouble.status in (401, 402, 403):
            kind = MissingPart
        elif 400 <= trouble.status < 500 and not trouble.passing:
            kind = SpecError
        return kind(self.describe(trouble))


def is_whole(value: object, least: int) -> bool:
    """Tells whether a parameter is a whole number from `least`."""
    return type(value) is int and value >= least


def is_positive(value: object) -> bool:
    """Tells whether a parameter is a number above 0."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < float("inf")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _check(name: str, value: object, good: bool, wanted: str) -> None:
    if not good:
        raise SpecError(f"judge: {name} is {value!r}; it must be {wanted}.")
