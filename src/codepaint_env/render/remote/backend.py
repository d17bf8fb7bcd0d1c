"""Servers as a backend: each job goes to the one that has the least to do."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from codepaint_env.render.backend import Job
from codepaint_env.render.codec import CodecError, to_json, unpack
from codepaint_env.render.remote.addresses import Patience, read_token
from codepaint_env.render.remote.connection import ABOUT_S, Busy, Connection, Failed, Lost, now
from codepaint_env.render.remote.wanted import Wanted, check_setup
from codepaint_env.render.remote.wire import DrawRequest, read_timings
from rewards.errors import MachineError
from rewards.types import Rendering

T = TypeVar("T")

AWAY_S = 0.5  # a server that was lost is left alone for so long


class _StillAway(Lost):
    """Another job has lost the server a moment ago."""


@dataclass(slots=True, eq=False)
class _Server:
    """A server as this process knows it.

    Attributes:
        connection: Reaches it.
        setup: What it draws with; None where that is to be asked, also again after it was lost.
        room: Programs that it takes at once.
        slots: As many requests as there is room for are sent at once.
        in_flight: Jobs of this process that are meant for it.
        away_until: It was lost, and is left alone until then.
        asking: Held by whoever asks what it draws with.
    """

    connection: Connection
    setup: Mapping[str, str] | None = None
    room: int = 1
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    in_flight: int = 0
    away_until: float = 0.0
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)


class RemoteBackend:
    """Draws programs by servers; a server that is lost is tried again later, and its jobs go elsewhere.

    Drawing changes nothing, so a job may be sent as often as it takes. An answer counts only if its identity is the one
    that this process works out itself, from program, seed, canvas, limits and what the server draws with.

    Args:
        wanted: The way to draw.
        addresses: Of the servers.
        patience: How long is waited.
        in_flight: Requests under way at once.
    """

    def __init__(self, wanted: Wanted, addresses: Sequence[str], patience: Patience, in_flight: int) -> None:
        self._wanted, self._addresses, self._patience = wanted, addresses, patience
        self._places = asyncio.Semaphore(in_flight)
        self._servers: list[_Server] = []
        self._setup: Mapping[str, str] | None = None
        self._begun = 0.0  # when one was first asked
        self._heard = 0.0  # when any answered last
        self._retried = 0

    async def identity(self) -> Mapping[str, str]:
        """Returns what the servers draw with; waits until one of them tells it.

        Raises:
            MachineError: None answers.
            SpecError: One would draw something else than this process wants.
            MissingPart: One refuses the token.
        """
        if self._setup is None:
            await self._asked(self._known)
        assert self._setup is not None
        return self._setup

    async def describe(self) -> Mapping[str, str]:
        """Starts what draws at a server, and returns the server's address, version, workers and walls."""

        async def walls(server: _Server, end: float) -> dict[str, str]:
            about = await server.connection.about(self._wanted.path, walls=True, timeout_s=end - now())
            told = {"server": server.connection.address, "server version": about.version}
            return {**told, "workers": str(about.workers), **(about.walls or {})}

        return await self._asked(walls)

    async def draw(self, job: Job) -> Rendering:
        """Has a program drawn."""
        body = to_json(DrawRequest.of(self._wanted.path, job))
        turns: dict[_Server, str] = {}

        async def drawn(server: _Server, end: float) -> Rendering:
            setup = await self._known(server, end)
            async with server.slots:
                try:
                    packed, timings = await server.connection.draw(body, end - now(), turns.get(server, ""))
                except Busy as busy:
                    turns[server] = busy.turn
                    raise
            rendering = await self._read(server, packed, self._wanted.identity(job, setup), end)
            job.timings.update(read_timings(timings, self._wanted.phases))
            return rendering

        async with self._places:
            return await self._asked(drawn)

    async def aclose(self) -> None:
        """Hangs up."""
        servers, self._servers = self._servers, []
        for server in servers:
            server.connection.close()

    def counters(self) -> Mapping[str, float]:
        """Returns how many requests were sent again because a server was lost or failed."""
        return {"started": 0, "recycled": 0, "retried": self._retried}

    async def _asked(self, ask: Callable[[_Server, float], Awaitable[T]]) -> T:
        """Asks one server after the other until one answers, the one with the least to do first.

        Args:
            ask: Is given a server and the time at which an answer comes too late.

        Raises:
            MachineError: Time or patience are over, or the machines of two servers failed.
            Exception: Whatever else `ask` raises.
        """
        began = now()
        self._begun = self._begun or began
        end = began + self._patience.timeout_s
        failed: set[_Server] = set()
        turns: dict[_Server, float] = {}  # when those without room have room for this job
        why: MachineError = Lost("no server was asked")
        while now() < end:
            server, opens = self._least_busy(failed, turns)
            server.in_flight += 1
            try:
                await asyncio.sleep(max(0.0, min(opens, end) - now()))
                answer = await ask(server, end)
                self._heard = now()
                return answer
            except Busy as busy:
                self._heard, why = now(), busy
                turns[server] = self._heard + busy.wait_s
            except Failed as failure:
                self._heard, why = now(), failure
                self._retried += 1
                failed.add(server)
                if len(failed) >= min(2, len(self._servers)):  # each has tried twice itself
                    raise MachineError(str(failure)) from None
            except Lost as lost:
                why = lost
                if not isinstance(lost, _StillAway):
                    self._retried += 1
                    server.setup, server.away_until = None, now() + AWAY_S
                silent_s = now() - (max(self._heard, began) if self._heard else self._begun)
                if silent_s > self._patience.patience_s:
                    raise MachineError(f"no server has answered for {silent_s:.0f} s: {lost}") from None
            finally:
                server.in_flight -= 1
        raise MachineError(f"no picture came in {self._patience.timeout_s:g} s: {why}")

    def _least_busy(self, failed: set[_Server], turns: Mapping[_Server, float]) -> tuple[_Server, float]:
        """Returns the server that has room first, of several the one with the least to do, and when it has room."""
        if not self._servers:
            token = read_token(os.environ)
            self._servers = [_Server(Connection(address, token)) for address in self._addresses]
        moment = now()
        opens = {
            each: max(moment, each.away_until, turns.get(each, 0.0))
            for each in self._servers
            if each not in failed
        }
        return min(opens.items(), key=lambda each: (each[1], each[0].in_flight / each[0].room))

    async def _known(self, server: _Server, end: float) -> Mapping[str, str]:
        """Returns what a server draws with; asks it once, and checks that it draws what is wanted."""
        if server.setup is not None:
            return server.setup
        async with server.asking:
            if server.setup is None:
                if server.away_until > now():  # whoever asked before has lost it
                    raise _StillAway(f"the server at {server.connection.address} cannot be reached")
                left_s = min(ABOUT_S, end - now())
                about = await server.connection.about(self._wanted.path, timeout_s=left_s)
                address = server.connection.address
                self._wanted.check(about, address)
                if about.setup is None:
                    raise Failed(f"the server at {address} does not tell what it draws with")
                self._setup = self._setup or about.setup
                check_setup(self._setup, about.setup, address)
                if server.room != about.workers + about.queue:
                    server.room = about.workers + about.queue
                    server.slots = asyncio.Semaphore(server.room)
                server.setup = about.setup
            return server.setup

    async def _read(self, server: _Server, packed: bytes | bytearray, identity: str, end: float) -> Rendering:
        """Returns the rendering in an answer, if it is the one that was asked for."""
        address = server.connection.address
        try:
            rendering = unpack(packed)
        except CodecError as error:
            raise Failed(f"the server at {address} sent what is no rendering: {error}") from None
        if rendering.identity != identity:
            server.setup = None
            await self._known(server, end)  # says what differs, where another server listens there now
            raise Failed(f"the server at {address} sent the rendering of something else")
        return rendering
