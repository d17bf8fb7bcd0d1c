"""An OpenAI-compatible endpoint as it is configured: checked once, and free of secrets."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from rewards.errors import CodepaintError, MachineError, MissingPart, SpecError
from rewards.judged.client.failures import LONGEST_WAIT_S, Trouble, without_secret
from rewards.judged.client.verdict_cache import verdict_folder

_WAYS_OUT = {
    400: "Take a model that sees pictures; judge={{'temperature': None}} is for one that takes no temperature.",
    401: "Correct the key in {key}, or name its variable: judge={{'api_key_env': NAME}}.",
    402: "Add credit there.",
    403: "Let the key in {key} use this model, or name another key or model.",
    404: "Correct the model's name, or the base_url: it mostly ends with /v1.",
    429: "Ask less at once (concurrency), or raise the limit or the credit there.",
}

_DOWN = "See that the endpoint runs; raise timeout_s or retries if it is slow."


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
    patience_s: float | None
    batch_s: float | None
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
        _check("patience_s", self.patience_s, _is_time(self.patience_s), "seconds, more than 0, or None")
        _check("batch_s", self.batch_s, _is_time(self.batch_s), "seconds, more than 0, or None")
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

    @property
    def silence_s(self) -> float:
        """Seconds without any answer after which it counts as down."""
        return 1.5 * self.timeout_s if self.patience_s is None else self.patience_s

    def batch_limit_s(self, questions: int) -> float:
        """Returns the seconds that a batch may take: `batch_s`, or the time limit for each wave and for all retries."""
        if self.batch_s is not None:
            return self.batch_s
        waves = math.ceil(questions / self.concurrency)
        return (waves + self.retries + 1) * self.timeout_s + LONGEST_WAIT_S

    def silence(self) -> Trouble:
        """Returns the trouble of an endpoint that gave no answer for `silence_s`."""
        way_out = "See that the endpoint runs; judge={'patience_s': SECONDS} waits longer for it."
        return Trouble(f"silent for {self.silence_s:g} s", passing=True, way_out=way_out)

    def lateness(self, questions: int, late: int) -> Trouble:
        """Returns the trouble of a batch of which some questions were not answered within `batch_limit_s`."""
        limit_s = self.batch_limit_s(questions)
        text = f"the batch took longer than {limit_s:g} s, with {late} of {questions} questions left"
        way_out = (
            "Ask more at once (concurrency), if the endpoint can; judge={'batch_s': SECONDS} waits longer."
        )
        return Trouble(text, passing=True, way_out=way_out)

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

    def cleaned(self, trouble: Trouble) -> Trouble:
        """Returns a trouble without the secret, which some endpoints repeat."""
        key = os.environ.get(self.api_key_env, "").strip() if self.api_key_env else ""
        return replace(trouble, text=without_secret(trouble.text, key))

    def describe(self, trouble: Trouble) -> str:
        """Returns what went wrong and the way out."""
        said = trouble.text.rstrip(".")
        told = trouble.way_out or _WAYS_OUT.get(trouble.status, _DOWN).format(key=self.api_key_env)
        if trouble.status in (401, 403) and self.api_key_env is None:
            told = "It asks for a key; name the variable that holds it: judge={'api_key_env': NAME}."
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


def _is_time(value: object) -> bool:
    return value is None or is_positive(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _check(name: str, value: object, good: bool, wanted: str) -> None:
    if not good:
        raise SpecError(f"judge: {name} is {value!r}; it must be {wanted}.")
