"""What a failed call of an endpoint means: whether to try again, and when."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

BACKOFF_S = 0.5  # before the first retry; it doubles
LONGEST_BACKOFF_S = 30.0
LONGEST_WAIT_S = 60.0  # that an endpoint may ask for

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
    """

    text: str
    passing: bool
    status: int = 0
    wait_s: float | None = None

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
        spent = status == 429 and str(error.code) in _SPENT
        passing = (status in _PASSING or status >= 500) and not spent
        return Trouble(f"{status}: {error.message}", passing, status, _wait_s(error.response.headers))
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        return Trouble("no answer in time", passing=True)
    if isinstance(error, openai.APIConnectionError):
        return Trouble(f"no connection: {error.__cause__ or error}", passing=True)
    return Trouble(str(error), passing=isinstance(error, ValueError))


def _wait_s(headers: Mapping[str, str]) -> float | None:
    told = headers.get("retry-after", "")
    try:
        seconds = float(told)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(told).timestamp() - time.time()
        except ValueError:
            return None
    return min(max(seconds, 0.0), LONGEST_WAIT_S) if math.isfinite(seconds) else None
