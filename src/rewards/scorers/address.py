"""A scorer's address as it is configured: checked once, and free of secrets."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from urllib.parse import urlsplit

from rewards.errors import CodepaintError, MachineError, MissingPart, SpecError
from rewards.judged.client.endpoint import is_positive, is_whole
from rewards.judged.client.failures import LONGEST_WAIT_S, Trouble, without_secret

_WAYS_OUT = {
    400: "It takes no such request; docs/scorers.md has the protocol.",
    404: "Correct the url.",
    405: "Correct the url: what is there takes no POST.",
    413: "Send fewer pictures at once: batch=1.",
    422: "It takes no such request; docs/scorers.md has the protocol.",
    429: "Ask less at once: concurrency=1.",
}
_DOWN = "See that the scorer runs; raise timeout_s or retries if it is slow."


@dataclass(frozen=True, slots=True)
class Address:
    """What `Http` says of its parameters of the same names.

    Raises:
        MissingPart: The extra or the token's variable is missing.
        SpecError: A parameter cannot be what it is.
    """

    url: str | None
    scorer: str
    revision: str
    token_env: str | None
    batch: int
    concurrency: int
    timeout_s: float
    retries: int
    patience_s: float | None
    batch_s: float | None

    def __post_init__(self) -> None:
        _check("scorer", self.scorer, _is_text(self.scorer), "a name for the scorer, such as 'imagereward'")
        _check("revision", self.revision, isinstance(self.revision, str), "a text, such as '1.0'")
        variable = self.token_env
        _check("token_env", variable, variable is None or _is_text(variable), "a variable's name or None")
        for name, least in (("batch", 1), ("concurrency", 1), ("retries", 0)):
            value = getattr(self, name)
            _check(name, value, is_whole(value, least), f"a whole number from {least}")
        _check("timeout_s", self.timeout_s, is_positive(self.timeout_s), "seconds, more than 0")
        for name in ("patience_s", "batch_s"):
            value = getattr(self, name)
            _check(name, value, value is None or is_positive(value), "seconds, more than 0, or None")
        if self.url is not None:
            _check("url", self.url, _is_address(self.url), "such as 'http://localhost:8000/score'")
            if "@" in urlsplit(self.url).netloc:
                raise SpecError(
                    "'http': url holds a user or a password, which would stand in every log; give the token by the "
                    "name of its environment variable: token_env='NAME'."
                )
            if find_spec("httpx2") is None:
                raise MissingPart("'http' needs the package httpx2: pip install 'codepaint-env[http]'")
        self.token()

    @property
    def known_as(self) -> str:
        """The scorer's name and version, for keys and versions; its address is no part of it."""
        return json.dumps([self.scorer, self.revision])

    @property
    def silence_s(self) -> float:
        """Seconds without any answer after which it counts as down."""
        return 1.5 * self.timeout_s if self.patience_s is None else self.patience_s

    def batch_limit_s(self, requests: int) -> float:
        """Returns the seconds that a batch may take: `batch_s`, or the time limit for each wave and for all retries.

        Twice the retries, because what is refused together is tried again alone.
        """
        if self.batch_s is not None:
            return self.batch_s
        waves = math.ceil(requests / self.concurrency)
        return (waves + 2 * (self.retries + 1)) * self.timeout_s + LONGEST_WAIT_S

    def silence(self) -> Trouble:
        """Returns the trouble of a scorer that gave no answer for `silence_s`."""
        way_out = "See that the scorer runs; patience_s=SECONDS waits longer for it."
        return Trouble(f"silent for {self.silence_s:g} s", passing=True, way_out=way_out)

    def lateness(self, requests: int, late: int) -> Trouble:
        """Returns the trouble of a batch of which some requests were not answered within `batch_limit_s`."""
        text = f"the batch took longer than {self.batch_limit_s(requests):g} s, with {late} of {requests} requests left"
        return Trouble(text, passing=True, way_out="batch_s=SECONDS waits longer.")

    def token(self) -> str:
        """Returns the secret, which is kept nowhere else; `""` where none is asked for."""
        if self.token_env is None:
            return ""
        token = os.environ.get(self.token_env, "").strip()
        if not token:
            raise MissingPart(
                f"'http' needs a token in the environment variable {self.token_env}, which is not set; "
                "token_env='NAME' names another variable, and None is for scorers without one."
            )
        if not (token.isascii() and token.isprintable()):
            raise SpecError(
                f"'http': the token in {self.token_env} holds what no HTTP header can: take ASCII text."
            )
        return token

    def cleaned(self, trouble: Trouble) -> Trouble:
        """Returns a trouble without the secret, which some servers repeat."""
        token = os.environ.get(self.token_env, "").strip() if self.token_env else ""
        return replace(trouble, text=without_secret(trouble.text, token))

    def describe(self, trouble: Trouble) -> str:
        """Returns what went wrong and the way out."""
        told = trouble.way_out or _WAYS_OUT.get(trouble.status, _DOWN)
        if trouble.status in (401, 403):
            told = f"Correct the token in {self.token_env}."
            if self.token_env is None:
                told = "It asks for a token; name the variable that holds it: token_env='NAME'."
        where = "" if self.url is None else f" at {_without_query(self.url)}"
        return f"The scorer {self.scorer!r}{where} gave no answer ({trouble.text.rstrip('.')}). {told}"

    def error(self, trouble: Trouble) -> CodepaintError:
        """Returns what a trouble raises where no run has begun."""
        kind: Callable[[str], CodepaintError] = MachineError
        if trouble.status in (401, 402, 403):
            kind = MissingPart
        elif not trouble.passing:
            kind = SpecError
        return kind(self.describe(trouble))


def _without_query(url: str) -> str:
    return urlsplit(url)._replace(query="", fragment="").geturl()


def _is_address(url: object) -> bool:
    if not isinstance(url, str):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # a port that is no number
        return False


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _check(name: str, value: object, good: bool, wanted: str) -> None:
    if not good:
        raise SpecError(f"'http': {name} is {value!r}; it must be {wanted}.")
