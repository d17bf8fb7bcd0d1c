"""What a failed call of an endpoint means: whether to try again, and when."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import openai

BACKOFF_S = 0.5  # before the first retry; it doubles
LONGEST_BACKOFF_S = 30.0
LONGEST_WAIT_S = 60.0  # that an endpoint may ask for
LEAST_SECRET = 8  # characters

_PASSING = (408, 409, 425, 429)
_SPENT = ("insufficient_quota", "billing_hard_limit_reached")  # a 429 that no waiting mends


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a call failed.

    Attributes:
        text: For people, in a few words.
        passing: Another try may help.
        status: HTTP status; 0 where there was none.
        wait_s: What the endpoint asks to wait before the next try.
        way_out: What the user can do; None takes what helps with the status.
    """

    text: str
    passing: bool
    status: int = 0
    wait_s: float | None = None
    way_out: str | None = None

    @property
    def ends_run(self) -> bool:
        """True if the key is refused, or credit is spent: no question of this run would get an answer."""
        return self.status in (401, 402)

    @property
    def told(self) -> str:
        """The text, with the way out where it has one of its own."""
        return self.text if self.way_out is None else f"{self.text}. {self.way_out}"

    def pause_s(self, attempt: int, key: str) -> float:
        """Returns how long to wait before a retry: what was asked for, else 0.5 s doubling with each.

        Args:
            attempt: 1 for the first retry.
            key: Hex digits of the question, by which the pauses spread: a crowd does not come back at once.
        """
        if self.wait_s is not None:
            return self.wait_s
        spread = 0.75 + int(key[:8], 16) / 2**33  # 0.75 to 1.25
        return min(BACKOFF_S * 2.0 ** (attempt - 1), LONGEST_BACKOFF_S) * spread


def trouble_of(error: Exception) -> Trouble:
    """Tells what an exception of the openai package means, a `TimeoutError`, or the ValueError of no completion."""
    import openai

    if isinstance(error, openai.APIStatusError):
        status = error.status_code
        text = f"{status}: {_said(error)}"
        if status == 429 and str(error.code) in _SPENT:
            return Trouble(text, passing=False, status=402)  # as others say it
        return status_trouble(status, text, error.response.headers)
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        return Trouble("no answer in time", passing=True)
    if isinstance(error, openai.APIConnectionError):
        return Trouble(f"no connection: {error.__cause__ or error}", passing=True)
    return Trouble(str(error), passing=isinstance(error, ValueError))


def status_trouble(status: int, text: str, headers: Mapping[str, str]) -> Trouble:
    """Tells what a status other than success means, with the headers that came with it."""
    return Trouble(text, status in _PASSING or status >= 500, status, _wait_s(headers))


def _said(error: openai.APIStatusError) -> str:
    """Returns the endpoint's own words, without the package's."""
    told = error.body.get("message") if isinstance(error.body, Mapping) else None
    return told if isinstance(told, str) and told else error.message


def without_secret(text: str, secret: str) -> str:
    """Returns a text with `…` in place of a secret.

    One that is shorter than 8 characters, such as the `ok` of an endpoint that asks for no key, is replaced where it is
    a word of its own: it may well stand inside others.
    """
    if not secret:
        return text
    if len(secret) >= LEAST_SECRET:
        return text.replace(secret, "…")
    return re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", "…", text)


def _wait_s(headers: Mapping[str, str]) -> float | None:
    milliseconds = headers.get("retry-after-ms", "")
    if milliseconds.isdecimal():
        return min(int(milliseconds) / 1000, LONGEST_WAIT_S)
    told = headers.get("retry-after", "")
    try:
        seconds = float(told)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(told).timestamp() - time.time()
        except ValueError:
            return None
    return min(max(seconds, 0.0), LONGEST_WAIT_S) if math.isfinite(seconds) else None
