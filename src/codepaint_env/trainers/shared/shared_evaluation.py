"""One evaluation a batch for several functions that ask about it, whichever asks first."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from rewards.forks import ForkSafeLock, run_in_children

T = TypeVar("T")

KEPT = 16  # batches of which not every function has asked: a trainer was given some of them only


class _Abandoned(Exception):
    """The function that evaluated was cancelled; another one that waits is to begin anew."""


@dataclass(slots=True, eq=False)
class _Batch(Generic[T]):
    asked: set[int] = field(default_factory=set)
    future: Future[T] | None = None  # None where no function evaluates, or has evaluated


class SharedEvaluations(Generic[T]):
    """What is known or being found out of some batches; usable from any thread or event loop.

    The first function that asks about a batch evaluates it, and the others wait. If it is cancelled, one of those that
    wait evaluates in its place. What it raises is raised by all.

    A trainer asks each function once a batch, so a function that asks again, be it with the same text, asks about
    another batch. A batch is forgotten when all functions have asked, and in a forked child, where no thread would
    ever finish it.

    Args:
        count: How many functions ask about each batch.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._batches: OrderedDict[str, _Batch[T]] = OrderedDict()
        self._lock = ForkSafeLock()
        run_in_children(self._forget)

    def get(self, key: str, who: int, evaluate: Callable[[], T]) -> T:
        """Returns what came of a batch.

        Args:
            key: Tells batches apart by their content.
            who: Which function asks, `0 <= who < count`.
            evaluate: Finds it out; is called if no other function does, or has.
        """
        batch = self._joined(key, who)
        while True:
            future, first = self._claimed(batch)
            if first:
                with self._settled(batch, future):
                    future.set_result(evaluate())
            try:
                return future.result()
            except _Abandoned:
                continue

    async def aget(self, key: str, who: int, evaluate: Callable[[], Awaitable[T]]) -> T:
        """Does what `get` does without blocking the event loop."""
        batch = self._joined(key, who)
        while True:
            future, first = self._claimed(batch)
            if first:
                with self._settled(batch, future):
                    future.set_result(await evaluate())
            try:
                # Shielded: a function that is cancelled must not take the answer from the others.
                return await asyncio.shield(asyncio.wrap_future(future))
            except _Abandoned:
                continue

    def _joined(self, key: str, who: int) -> _Batch[T]:
        with self._lock:
            batch = self._batches.get(key)
            if batch is None or who in batch.asked:
                batch = self._batches[key] = _Batch()
                self._batches.move_to_end(key)
            batch.asked.add(who)
            if len(batch.asked) == self._count:
                del self._batches[key]
            while len(self._batches) > KEPT:
                self._batches.popitem(last=False)
            return batch

    def _claimed(self, batch: _Batch[T]) -> tuple[Future[T], bool]:
        """Returns the future of a batch, and whether the caller is the one who must settle it."""
        with self._lock:
            first = batch.future is None
            if batch.future is None:
                batch.future = Future()
            return batch.future, first

    @contextmanager
    def _settled(self, batch: _Batch[T], future: Future[T]) -> Iterator[None]:
        try:
            yield
        except (asyncio.CancelledError, GeneratorExit):
            with self._lock:
                batch.future = None
            future.set_exception(_Abandoned())
            raise
        except BaseException as error:  # all who wait hear it
            future.set_exception(error)
            raise

    def _forget(self) -> None:
        self._batches = OrderedDict()
