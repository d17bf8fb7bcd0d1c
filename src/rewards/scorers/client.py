"""Asks a scorer about items: what is kept is not asked, all else goes out from one thread of the process."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from rewards import loop_thread
from rewards.judged.client.failures import Trouble
from rewards.judged.client.usage import Usage
from rewards.judged.client.verdict_cache import Verdicts
from rewards.judged.reply import Reply
from rewards.scorers.address import Address
from rewards.scorers.transport import Transport
from rewards.scorers.wire import Answer, Item, Scale, Told

if TYPE_CHECKING:
    from rewards.scorers.calls import Calls, Keep

_log = logging.getLogger("codepaint")
_inherited: list[Calls] = []  # a forked child neither uses nor closes its parent's


class ScorerClient:
    """Asks a scorer, and keeps its scores; pickles without connection and secret.

    A deep copy has the same counts; another process counts for itself.

    Args:
        address: Where to ask, and how.
        transport: Carries requests; None posts them to the address.
        folder: Where scores are kept; None keeps none.
        scale: What the scorer's numbers mean.
    """

    def __init__(
        self, address: Address, transport: Transport | None, folder: Path | None, scale: Scale
    ) -> None:
        self.address, self.transport, self.scale = address, transport, scale
        self._folder = folder
        self._usage = Usage()
        self._calls: Calls | None = None
        self._memory: tuple[int, Verdicts] | None = None

    @property
    def usage(self) -> dict[str, int | float | None]:
        """What was counted up to now: calls, cache_hits, retries, failures, unreadable.

        `calls` are requests that were sent, retries among them; `failures` are items that got no answer.
        """
        counts = self._usage.snapshot()
        return {name: counts[name] for name in ("calls", "cache_hits", "retries", "failures", "unreadable")}

    def ask(self, items: Sequence[Item]) -> dict[Item, Told]:
        """Returns what the scorer says of each item; equal ones are asked about once."""
        told = self._recalled(items)
        missing = [item for item in dict.fromkeys(items) if item not in told]
        if missing:
            retries = self.address.retries
            told |= self._noted(missing, loop_thread.run(self._answers(missing, retries, self._keep)))
        self._count(items)
        return told

    async def aask(self, items: Sequence[Item]) -> dict[Item, Told]:
        """Does what `ask` does without blocking the event loop."""
        told = await asyncio.to_thread(self._recalled, items)
        missing = [item for item in dict.fromkeys(items) if item not in told]
        if missing:
            retries = self.address.retries
            told |= self._noted(missing, await loop_thread.arun(self._answers(missing, retries, self._keep)))
        self._count(items)
        return told

    def try_out(self, items: Sequence[Item], retries: int) -> list[Answer] | Trouble:
        """Returns what comes of one request about items; nothing is looked up or kept.

        Args:
            items: Are sent.
            retries: Further tries.
        """

        async def asked() -> list[Answer] | Trouble:
            return await self._here().try_out(items, retries)

        return loop_thread.run(asked())

    def passed(self, what: str, *, now: bool = False) -> bool:
        """Tells whether it was noted beside the kept scores that this address passed a check.

        Args:
            what: Was checked.
            now: Notes it.
        """
        verdicts = self._verdicts()
        before = verdicts and verdicts.note(f"passed {what} {self._where()}", "yes" if now else None)
        return now or before == "yes"

    def key(self, item: Item) -> str:
        """Returns the name under which an answer is kept."""
        return item.key(self.address.known_as)

    def carried_by(self, transport: Transport, folder: Path | None = None) -> ScorerClient:
        """Returns a client that is configured alike, asks by another transport and keeps in another folder."""
        return type(self)(self.address, transport, folder, self.scale)

    def close(self) -> None:
        """Hangs up; the next request connects anew."""
        calls, self._calls = self._calls, None
        if calls is not None:
            _hang_up(calls)

    def told(self, answer: Answer | Trouble) -> Told:
        """Returns what an answer, or a request without one, is worth."""
        if isinstance(answer, Trouble):
            return Told(None, reason=f"the scorer gave no answer: {answer.told}")
        return self.scale.told(answer)

    def _recalled(self, items: Sequence[Item]) -> dict[Item, Told]:
        verdicts, found = self._verdicts(), {}
        for item in dict.fromkeys(items) if verdicts is not None else ():
            answer = None if verdicts is None else _kept(verdicts.get(self.key(item)))
            if answer is not None and (told := self.told(answer)).value is not None:
                self._usage.hit()
                found[item] = told
        return found

    def _keep(self, items: Sequence[Item], answers: Sequence[Answer]) -> None:
        """Keeps the answers that are a score."""
        verdicts = self._verdicts()
        for item, answer in zip(items, answers, strict=True) if verdicts is not None else ():
            if verdicts is not None and self.told(answer).value is not None:
                verdicts.put(self.key(item), Reply(msgspec.json.encode(answer).decode()))

    def _noted(self, items: Sequence[Item], answers: Sequence[Answer | Trouble]) -> dict[Item, Told]:
        """Returns what answers are worth."""
        return {item: self.told(answer) for item, answer in zip(items, answers, strict=True)}

    def _count(self, items: Sequence[Item]) -> None:
        """Tells what was counted up to now."""
        if items and _log.isEnabledFor(logging.INFO):
            _log.info("The scorer %s: %s", self.address.scorer, json.dumps(self.usage))

    async def _answers(self, items: Sequence[Item], retries: int, keep: Keep) -> list[Answer | Trouble]:
        return await self._here().answers(items, retries, keep)

    def _verdicts(self) -> Verdicts | None:
        """Returns what is kept, as this process opened it."""
        if self._folder is None:
            return None
        if self._memory is None or self._memory[0] != os.getpid():
            verdicts = Verdicts(self._folder, "scorer", "cache=FOLDER")
            self._meet(verdicts)
            self._memory = os.getpid(), verdicts
        return self._memory[1]

    def _meet(self, verdicts: Verdicts) -> None:
        """Warns where a scorer of this name and revision had another address; notes no more of it than a hash."""
        now = self._where()
        if verdicts.note(f"scorer {self.address.known_as}", now) not in (None, now):
            _log.warning(
                "The scorer %r had another url before. Answers kept from there go on to count; if another scorer is "
                "behind it now, give it another name or revision: scorer='NAME', revision='2'.",
                self.address.scorer,
            )

    def _where(self) -> str:
        return hashlib.sha256((self.address.url or "").encode()).hexdigest()[:16]

    def _here(self) -> Calls:
        """Returns what this process holds; runs on the loop's thread alone."""
        from rewards.scorers.calls import Calls

        calls = self._calls
        if calls is not None and calls.pid != os.getpid():
            _inherited.append(calls)
            self._usage.forget_calls_under_way()
            calls = None
        if calls is None:
            calls = self._calls = Calls(self.address, self.transport, self._usage)
            weakref.finalize(self, _hang_up, calls).atexit = False
        return calls

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_calls": None, "_memory": None}


def _kept(reply: Reply | None) -> Answer | None:
    try:
        return None if reply is None else msgspec.json.decode(reply.text, type=Answer)
    except msgspec.MsgspecError:  # not written by us
        return None


def _hang_up(calls: Calls) -> None:
    if calls.pid == os.getpid():
        asyncio.run_coroutine_threadsafe(calls.close(), loop_thread.loop())
