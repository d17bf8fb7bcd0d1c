"""What a judge was asked and what that cost; stops it where a limit is reached."""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping, Sequence

from rewards.errors import BudgetSpent, SpecError

Price = tuple[float, float]


def price_of(model: str, prices: Mapping[str, Sequence[float]] | None) -> Price | None:
    """Returns USD for a million prompt tokens and a million completion tokens, or None where none is told.

    Raises:
        SpecError: What is told is no price.
    """
    told = (prices or {}).get(model)
    if told is None:
        return None
    match list(told):
        case [int() | float() as asked, int() | float() as said] if _is_money(asked) and _is_money(said):
            return float(asked), float(said)
    raise SpecError(
        f"judge: the price of {model!r} is {told!r}; write [USD for a million prompt tokens, USD for a million "
        "completion tokens]."
    )


class Usage:
    """Counts calls, tokens and money of a run; any thread may.

    A deep copy is the same counter, so that environments made from one reward (gymnasium copies it) share one
    budget. Another process counts for itself, from nothing.

    Args:
        price: USD for a million prompt tokens and a million completion tokens; None where it is not known.
        max_calls: Requests that may be sent, retries among them; None sets no limit.
        max_usd: Money that may be spent; None sets no limit. Needs a price.
    """

    def __init__(
        self, price: Price | None = None, max_calls: int | None = None, max_usd: float | None = None
    ) -> None:
        self.calls = self.cache_hits = self.retries = self.failures = self.unreadable = 0
        self.tokens_in = self.tokens_out = 0
        self.trouble = ""  # why a question got no answer, the last time
        self._limits = (price, max_calls, max_usd)
        self._under_way = 0
        self._dearest_usd = 0.0
        self._lock = threading.Lock()

    def __deepcopy__(self, memo: object) -> Usage:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return Usage, self._limits

    @property
    def usd(self) -> float | None:
        """What the counted tokens cost, discounts not looked at; None where no price is known."""
        price = self._limits[0]
        return None if price is None else self._cost(price, self.tokens_in, self.tokens_out)

    def snapshot(self) -> dict[str, int | float | None]:
        """Returns all counts as they are now."""
        return {
            "calls": self.calls,
            "cache_hits": self.cache_hits,
            "retries": self.retries,
            "failures": self.failures,
            "unreadable": self.unreadable,
            "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out,
            "usd": self.usd,
        }

    def begin(self, *, again: bool) -> None:
        """Counts a request that is about to be sent.

        Money is reserved: each call under way may turn out as dear as the dearest so far.

        Args:
            again: It is a retry.

        Raises:
            BudgetSpent: It would go past a limit.
        """
        with self._lock:
            self._check_limits()
            self.calls += 1
            self.retries += again
            self._under_way += 1

    def end(self, tokens_in: int = 0, tokens_out: int = 0) -> None:
        """Counts what a request that had begun has cost."""
        price = self._limits[0]
        with self._lock:
            self._under_way -= 1
            self.tokens_in += tokens_in
            self.tokens_out += tokens_out
            if price is not None:
                self._dearest_usd = max(self._dearest_usd, self._cost(price, tokens_in, tokens_out))

    def hit(self) -> None:
        """Counts an answer from the cache."""
        with self._lock:
            self.cache_hits += 1

    def forget_calls_under_way(self) -> None:
        """Starts without reservations: the calls were those of the process that this one was forked from."""
        self._lock = threading.Lock()  # the other may have been held
        self._under_way = 0

    def _check_limits(self) -> None:
        _, max_calls, max_usd = self._limits
        if max_calls is not None and self.calls >= max_calls:
            raise BudgetSpent(
                f"The judge was called {self.calls} times and max_calls is {max_calls}. What was answered is kept in "
                "the cache; raise max_calls and run again to go on."
            )
        if max_usd is not None:
            spent = self.usd or 0.0
            if spent + (self._under_way + 1) * self._dearest_usd > max_usd * (1 + 1e-9) or spent >= max_usd:
                raise BudgetSpent(
                    f"The judge has cost {spent:.4f} USD, another call may cost {self._dearest_usd:.4f} and max_usd is "
                    f"{max_usd:g}. What was answered is kept in the cache; raise max_usd and run again to go on."
                )

    @staticmethod
    def _cost(price: Price, tokens_in: int, tokens_out: int) -> float:
        return (price[0] * tokens_in + price[1] * tokens_out) / 1e6


def _is_money(value: float) -> bool:
    return not isinstance(value, bool) and math.isfinite(value) and value >= 0
