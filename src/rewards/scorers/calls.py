"""What one process holds of a scorer: its connections and the requests under way."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections.abc import Awaitable, Callable, Sequence

from rewards.errors import CodepaintError, MachineError
from rewards.judged.client.breaker import Breaker
from rewards.judged.client.failures import Trouble
from rewards.judged.client.usage import Usage
from rewards.scorers.address import Address
from rewards.scorers.transport import LostCall, Transport
from rewards.scorers.wire import Answer, Item, Unreadable, encoded, read

MOST_BYTES = 8 << 20  # of the pictures in a request; a larger one goes alone
UNREADABLE = -1  # in place of a status: a reply came, and cannot be read
_OF_AN_ITEM = (UNREADABLE, 400, 413, 422)  # what one picture or prompt may be to blame for, and any 5xx
_PROTOCOL = "docs/scorers.md has the protocol."

Keep = Callable[[Sequence[Item], Sequence[Answer]], None]

_log = logging.getLogger("codepaint")


class Calls:
    """Asks a scorer about items, in requests of some; lives on the event loop of `loop_thread` alone.

    Attributes:
        pid: Of the process that it belongs to.
        breaker: Stops it.

    Args:
        address: Where to ask, and how.
        transport: Carries requests; None posts them to the address.
        usage: Counts.
    """

    def __init__(self, address: Address, transport: Transport | None, usage: Usage) -> None:
        self.pid, self.breaker = os.getpid(), Breaker(address)
        self._address, self._usage = address, usage
        self._close: Callable[[], Awaitable[None]] | None = None
        if transport is None:
            from rewards.scorers.http_transport import HttpTransport

            transport = http = HttpTransport(address)
            self._close = http.close
        self._transport = transport
        self._slots = asyncio.Semaphore(address.concurrency)
        self._said: set[str] = set()

    async def close(self) -> None:
        """Hangs up."""
        if self._close is not None:
            await self._close()

    async def answers(self, items: Sequence[Item], retries: int, keep: Keep) -> list[Answer | Trouble]:
        """Answers in order; a trouble where a request failed for good, or was not sent any more.

        Args:
            items: Each once.
            retries: Further tries for each request.
            keep: Is given the answers of each request as soon as they are there, so that a run may be killed.
        """
        self.breaker.begin()
        parts = _requests(items, self._address.batch)
        asked = [asyncio.create_task(self._answered(part, retries, keep)) for part in parts]
        try:
            async with asyncio.timeout(self._address.batch_limit_s(len(parts))):
                await asyncio.gather(*asked, return_exceptions=True)
        except TimeoutError:
            self._late(asked)
        late = self._address.lateness(len(asked), sum(task.cancelled() for task in asked))
        told: list[Answer | Trouble] = []
        for part, task in zip(parts, asked, strict=True):
            told += [late] * len(part) if task.cancelled() else task.result()
        self._usage.failures += sum(isinstance(each, Trouble) for each in told)
        return told

    async def try_out(self, items: Sequence[Item], retries: int) -> list[Answer] | Trouble:
        """Sends one request, as preflight does, and returns its answers or what went wrong."""
        self.breaker.begin()
        async with self._slots:
            return await self._asked(items, retries)

    async def _answered(self, items: Sequence[Item], retries: int, keep: Keep) -> list[Answer | Trouble]:
        """Asks about some items; what is refused together is asked about one by one, for one may be to blame."""
        async with self._slots:
            heard = await self._asked(items, retries)
        if not isinstance(heard, Trouble):
            keep(items, heard)
            return [*heard]
        self._tell(heard)
        blames_one = heard.status in _OF_AN_ITEM or heard.status >= 500
        if len(items) == 1 or not blames_one or self.breaker.stopped is not None:
            return [heard] * len(items)
        alone = await asyncio.gather(*(self._answered([item], retries, keep) for item in items))
        return [answer for [answer] in alone]

    async def _asked(self, items: Sequence[Item], retries: int) -> list[Answer] | Trouble:
        """Sends a request until it is answered, the trouble is there to stay, all tries are used, or a stop."""
        try:
            async with self.breaker.turn():
                heard = await self._tried(items, retries)
                if isinstance(heard, Trouble):
                    self.breaker.lost(heard)
                else:
                    self.breaker.answered()
                return heard
        except (
            CodepaintError
        ):  # what the breaker raises where it has stopped: no later request would be answered
            assert self.breaker.stopped is not None
            return self.breaker.stopped

    async def _tried(self, items: Sequence[Item], retries: int) -> list[Answer] | Trouble:
        body = encoded(items)
        key = hashlib.sha256(body).hexdigest()
        trouble = Trouble("it was not asked", passing=True)
        for attempt in range(retries + 1):
            if attempt:
                await self.breaker.pause(trouble.pause_s(attempt, key))
            if self.breaker.stopped is not None:
                return self.breaker.stopped
            heard = await self._sent(body, len(items), again=attempt > 0)
            if not isinstance(heard, Trouble):
                return heard
            trouble = heard
            if not trouble.passing:
                break
        return self.breaker.stopped or trouble

    async def _sent(self, body: bytes, count: int, *, again: bool) -> list[Answer] | Trouble:
        """Sends a request, within its time limit and until a stop."""
        self._usage.begin(again=again)
        try:
            async with asyncio.timeout(self._address.timeout_s) as limit:
                with self.breaker.request(limit):
                    return read(await self._transport.post(body), count)
        except Unreadable as error:
            self._usage.unreadable += 1
            trouble = Trouble(
                f"its reply cannot be read: {error}", passing=True, status=UNREADABLE, way_out=_PROTOCOL
            )
        except LostCall as error:
            trouble = error.trouble
        except TimeoutError:
            trouble = Trouble("no answer in time", passing=True)
        except (MachineError, OSError) as error:
            trouble = Trouble(str(error) or type(error).__name__, passing=True)
        finally:
            self._usage.end()
        return self._address.cleaned(trouble)

    def _tell(self, trouble: Trouble) -> None:
        """Tells why a request got no answer; of each kind once, and of a stop where the breaker has not."""
        self._usage.trouble = trouble.told
        if self.breaker.stopped is None or self.breaker.stopped is trouble:
            self._say(str(trouble.status or trouble.text), self._address.describe(trouble))

    def _late(self, asked: Sequence[asyncio.Task[list[Answer | Trouble]]]) -> None:
        late = self._address.lateness(len(asked), sum(task.cancelled() for task in asked))
        self._usage.trouble = late.told
        _log.warning("%s", self._address.describe(late))

    def _say(self, what: str, text: str) -> None:
        if what not in self._said:
            self._said.add(what)
            _log.warning("%s (Said once.)", text)


def _requests(items: Sequence[Item], most: int) -> list[list[Item]]:
    """Returns items in requests: so many at most, and no more pictures than `MOST_BYTES` together."""
    parts: list[list[Item]] = []
    held = 0
    for item in items:
        size = len(item.image or b"")
        if not parts or len(parts[-1]) == most or held + size > MOST_BYTES:
            parts.append([])
            held = 0
        parts[-1].append(item)
        held += size
    return parts
