"""One evaluation a batch for several functions that ask about it, whichever asks first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

KEPT = 16  # batches of which not every function has asked: a trainer was given some of them only


@dataclass(slots=True, eq=False)
class _Flight(Generic[T]):
    future: Future[T] = field(default_factory=Future)
    asked: set[int] = field(default_factory=set)


class Flights(Generic[T]):
    """What is known or being found out of some batches; usable from any thread.

    A trainer asks each function once a batch, so a function that asks again, be it with the same text, asks about
    another batch: with `count` functions a batch is forgotten when all of them have asked.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._flights: OrderedDict[str, _Flight[T]] = OrderedDict()
        self._lock = threading.Lock()

    def join(self, key: str, who: int) -> tuple[Future[T], bool]:
        """Returns the future of a batch, and whether the caller is the one who must settle it.

        Args:
            key: Tells batches apart by their content.
            who: Which function asks, `0 <= who < count`.
        """
        with self._lock:
            flight = self._flights.get(key)
            first = flight is None or who in flight.asked
            if flight is None or first:
                flight = self._flights[key] = _Flight()
                self._flights.move_to_end(key)
            flight.asked.add(who)
            if len(flight.asked) == self._count:
                del self._flights[key]
            while len(self._flights) > KEPT:
                self._flights.popitem(last=False)
            return flight.future, first
