"""Stops asking an endpoint that gives no answers, and lets one question find out whether it is back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Protocol

from rewards.errors import CodepaintError
from rewards.judged.client.failures import Trouble

LOST_IN_A_ROW = 16  # questions whose tries all failed, with no answer between them
REFUSED_IN_A_ROW = 5  # questions that were refused with one status, with no answer between them
TOO_MANY = 429
OF_THE_ENDPOINT = (403, 404)  # refusals that are not about one question

_log = logging.getLogger("codepaint")


class Asked(Protocol):
    """What a breaker must know of whom it stops asking, such as an `Endpoint`."""

    @property
    def silence_s(self) -> float:
        """Seconds without any answer after which it counts as down."""
        ...

    def silence(self) -> Trouble:
        """Returns the trouble of one that gave no answer for `silence_s`."""
        ...

    def describe(self, trouble: Trouble) -> str:
        """Returns what went wrong and the way out."""
        ...

    def error(self, trouble: Trouble) -> CodepaintError:
        """Returns what a trouble raises."""
        ...


class Breaker:
    """Decides when it is no use to go on; lives on the event loop of its calls alone.

    It stops at

    - a key that is refused, or credit that is spent: at once, and every question raises that;
    - 5 questions in a row that are refused with one status, if the endpoint has never answered: they all raise that.
      Of an endpoint that has answered before, only 403 and 404 stop it, and questions are lost: 400 and the like may
      be about some pictures or one prompt;
    - 16 questions in a row that are lost after all their tries, but for 429: such an endpoint is well, and busy;
    - `silence_s` without any answer, which ends the calls under way as well.

    Every batch that begins after a stop asks one question first; the others wait for what comes of it.

    Attributes:
        stopped: Why nothing is asked; None while all is well.
    """

    def __init__(self, endpoint: Asked) -> None:
        self.stopped: Trouble | None = None
        self._endpoint = endpoint
        self._raises = False  # every question raises that, rather than being lost
        self._answered = False  # at any time
        self._trying = False  # after a stop, until something is answered
        self._lost = self._refused = self._status = 0
        self._asking = 0  # questions, with their pauses
        self._heard_at = 0.0  # or asked, if nothing was under way before
        self._watch: asyncio.TimerHandle | None = None
        self._limits: set[asyncio.Timeout] = set()
        self._first = asyncio.Lock()
        self._stop = asyncio.Event()

    def begin(self) -> None:
        """Takes note that a batch begins, which may find out that the endpoint is back."""
        if self.stopped is not None:
            self.stopped, self._raises, self._trying = None, False, True
            self._stop = asyncio.Event()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits until a question may be asked, and watches over it.

        Raises:
            CodepaintError: It may not, and no later question may.
        """
        await self._first.acquire()
        alone = self._trying and self.stopped is None
        if not alone:
            self._first.release()
        try:
            self.check()
            self._begin_watch()
            try:
                yield
            finally:
                self._end_watch()
        finally:
            if alone:
                self._first.release()

    def check(self) -> None:
        """Raises what every question raises, if there is such a thing.

        Raises:
            CodepaintError: There is.
        """
        if self.stopped is not None and self._raises:
            raise self._endpoint.error(self.stopped)

    @contextmanager
    def request(self, limit: asyncio.Timeout) -> Iterator[None]:
        """Ends a request with a stop for silence, by its time limit."""
        self._limits.add(limit)
        try:
            yield
        finally:
            self._limits.discard(limit)

    async def pause(self, seconds: float) -> None:
        """Waits before another try; a stop ends the wait."""
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return

    def answered(self) -> None:
        """Takes note of an answer."""
        self._answered, self._trying = True, False
        self._lost = self._refused = 0
        self._heard_at = asyncio.get_running_loop().time()

    def lost(self, trouble: Trouble) -> None:
        """Takes note of a question that got no answer for all its tries."""
        if self.stopped is not None:
            return
        if trouble.ends_run:
            self._stopped(trouble, raises=True)
        elif trouble.passing:
            self._lost += trouble.status != TOO_MANY
            if self._trying or self._lost >= LOST_IN_A_ROW:
                self._stopped(trouble)
        else:
            self._refused = self._refused + 1 if trouble.status == self._status else 1
            self._status = trouble.status
            general = trouble.status in OF_THE_ENDPOINT
            if (self._trying and general) or self._refused >= REFUSED_IN_A_ROW:
                if not self._answered:
                    self._stopped(trouble, raises=True)
                elif general:
                    self._stopped(trouble)

    def _stopped(self, trouble: Trouble, *, raises: bool = False) -> None:
        self.stopped, self._raises = trouble, raises
        self._stop.set()
        if not raises:
            _log.warning(
                "%s The other questions of this batch are not asked; later batches begin with one.",
                self._endpoint.describe(trouble),
            )

    def _begin_watch(self) -> None:
        self._asking += 1
        if self._asking == 1:
            loop = asyncio.get_running_loop()
            self._heard_at = loop.time()
            self._watch = loop.call_at(self._heard_at + self._endpoint.silence_s, self._look)

    def _end_watch(self) -> None:
        self._asking -= 1
        if not self._asking and self._watch is not None:
            self._watch.cancel()

    def _look(self) -> None:
        """Stops if there was silence for so long, else looks again when there may have been."""
        loop = asyncio.get_running_loop()
        until = self._heard_at + self._endpoint.silence_s
        if loop.time() < until:
            self._watch = loop.call_at(until, self._look)
            return
        if self.stopped is None:
            self._stopped(self._endpoint.silence())
        for limit in [each for each in self._limits if not each.expired()]:
            limit.reschedule(loop.time())
