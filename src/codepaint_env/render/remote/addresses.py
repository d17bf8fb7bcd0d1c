"""Addresses of servers and how long they are waited for, as a user gives them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from codepaint_env.render.places import URL
from codepaint_env.render.remote.wire import TOKEN
from rewards.errors import SpecError

_EXAMPLE = "'http://127.0.0.1:8000'"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a picture is waited for.

    Attributes:
        timeout_s: Seconds that it may take, with all waiting and all retries.
        patience_s: Seconds without an answer of any server, after which they count as gone.
    """

    timeout_s: float = 600.0
    patience_s: float = 60.0

    @staticmethod
    def of(options: Mapping[str, object]) -> Patience:
        """Returns what the options `timeout_s` and `patience_s` say."""
        found = Patience()
        return Patience(
            _seconds("timeout_s", options.get("timeout_s", found.timeout_s)),
            _seconds("patience_s", options.get("patience_s", found.patience_s)),
        )


def read_addresses(url: object, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Returns the addresses in the option `url`, else in `CODEPAINT_URL`, each without a slash at its end.

    Raises:
        SpecError: There is none, or one is no address.
    """
    told_by = "renderer: url"
    if url is None:
        url, told_by = environment.get(URL) or None, URL
    if url is None:
        raise SpecError(
            f"renderer: backend 'remote' has no server; give its address, url={_EXAMPLE}, or set {URL}. "
            "`codepaint serve` starts one."
        )
    parts = url.split(",") if isinstance(url, str) else url
    if not isinstance(parts, list | tuple) or not parts:
        raise SpecError(f"{told_by} is {url!r}; it must be an address such as {_EXAMPLE}, or a list of some.")
    return tuple(dict.fromkeys(_address(part, told_by) for part in parts))


def read_token(environment: Mapping[str, str]) -> str:
    """Returns the token of `CODEPAINT_TOKEN`; `""` where there is none.

    Raises:
        SpecError: No header can hold it.
    """
    token = environment.get(TOKEN, "").strip()
    if not (token.isascii() and token.isprintable()):
        raise SpecError(f"The token in {TOKEN} holds what no HTTP header can: take ASCII text.")
    return token


def _address(told: object, told_by: str) -> str:
    address = told.strip() if isinstance(told, str) else ""
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # a port that is no number
        good = False
    if not good or parts.query or parts.fragment:
        raise SpecError(f"{told_by} holds {told!r}; it must be an address such as {_EXAMPLE}.")
    if "@" in parts.netloc:
        raise SpecError(
            f"{told_by} holds a user or a password, which would stand in logs; put the token into {TOKEN}."
        )
    return address.rstrip("/")


def _seconds(name: str, value: object) -> float:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not (math.isfinite(value) and value > 0)
    ):
        raise SpecError(f"renderer: {name} is {value!r}; it must be a finite number above 0.")
    return float(value)
