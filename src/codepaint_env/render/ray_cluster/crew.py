"""The actors of one renderer: who has room for a job, who is lost, and that all of them draw alike."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections import Counter
from importlib import metadata
from itertools import count

from codepaint_env.render.backend import Job
from codepaint_env.render.ray_cluster.cluster import IN_FLIGHT, Lost
from codepaint_env.render.ray_cluster.members import Employer, Member, Room
from codepaint_env.render.ray_cluster.messages import Failed, Introduced, Painted, Way
from rewards.errors import CodepaintError, MachineError, MissingPart

log = logging.getLogger("codepaint")

LOST_S = 300.0  # without any actor: a cluster that grows has a new node by then
BACK_S = 1.0  # between two looks whether Ray has brought an actor back
AGAIN_S = 10.0  # until an actor that could not start is tried again
PLACED_S = 60.0  # for all actors to be placed, where somebody asks how many there are
TRIES = 5  # of a job whose actors are lost


class Crew:
    """Gives jobs to actors, a few to each at a time; those of a lost actor go to others. Lives on one event loop.

    Args:
        employer: Where actors come from.
    """

    def __init__(self, employer: Employer) -> None:
        self.pid = os.getpid()
        self.closed = False
        self._employer = employer
        self._ways: dict[str, Way] = {}
        self._members: list[Member] = []
        self._identities: dict[str, Introduced] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._numbers = count()
        self._rooms: asyncio.PriorityQueue[Room] = asyncio.PriorityQueue()
        self._hiring: asyncio.Task[None] | None = None
        self._starting: set[asyncio.Task[None]] = set()
        self._settled = asyncio.Event()  # somebody is up, or nobody will be soon
        self._broken: CodepaintError | None = None
        self._differs = False
        self._alarm: asyncio.TimerHandle | None = None

    def __contains__(self, name: str) -> bool:
        """Returns whether there is a way of this name."""
        return name in self._ways

    def add(self, way: Way) -> None:
        """Makes one more way known."""
        self._ways[way.name] = way
        self._counts[way.name] = Counter(started=0, recycled=0, retried=0, lost=0)

    async def introduced(self, way: Way) -> Introduced:
        """Returns what the actors are, which is the same for all of them.

        Raises:
            MissingPart: Something is not set up where they run.
            MachineError: There is none, or they differ.
        """
        await self._begin()
        while way.name not in self._identities:
            await self._settled.wait()
            if self._broken is not None:
                raise self._broken
            up = [member for member in self._members if member.up]
            await asyncio.gather(*(self._meet_once_more(member, way) for member in up))
        if self._differs and self._broken is not None:
            raise self._broken
        return self._identities[way.name]

    async def strength(self) -> str:
        """Returns in words how many actors there are, once all are placed or a minute has gone by."""
        deadline = time.monotonic() + PLACED_S
        while not all(member.up for member in self._members) and time.monotonic() < deadline:
            await asyncio.sleep(0.1)
        up = [member for member in self._members if member.up]
        nodes = {next(iter(member.known.values())).node for member in up if member.known}
        told = (
            f"{len(up)} of {len(self._members)} actors, {sum(m.cores for m in up)} cores, nodes: "
            f"{', '.join(sorted(nodes))}"
        )
        if len(up) < len(self._members):
            log.warning("Ray has placed %s; the others join as soon as it places them.", told)
        return told

    async def draw(self, way: Way, job: Job) -> tuple[Painted | Failed, float]:
        """Has a job drawn, by another actor where one is lost; returns how long it waited for room, too.

        Raises:
            MachineError: No actor could draw it.
        """
        await self._begin()
        waited_s, words = 0.0, ""
        for _ in range(TRIES):
            started = time.perf_counter()
            room = await self._take()
            waited_s += time.perf_counter() - started
            assert room.member is not None
            try:
                told = await room.member.actor.draw(way, job)
            except Lost as lost:
                self._counts[way.name]["retried"] += 1
                self._lose(room.member, room.turn, lost, way)
                words = str(lost)
                continue
            finally:
                self._rooms.put_nowait(room)
            if isinstance(told, Painted) and room.turn == room.member.turn:
                room.member.counts[way.name] = told.counters
            return told, waited_s
        raise MachineError(f"{TRIES} actors of Ray were lost while they drew this; the last: {words}")

    def counters(self, name: str) -> dict[str, float]:
        """Returns what the actors count of a way, those that were lost too."""
        found = Counter(self._counts[name])
        for member in self._members:
            found.update(member.counts.get(name, {}))
        return dict(found)

    async def aclose(self) -> None:
        """Ends all actors."""
        if self.closed:
            return
        self.closed = True
        if self._alarm is not None:
            self._alarm.cancel()
        if self._hiring is None:
            return
        tasks = [self._hiring, *self._starting]
        for task in tasks[1:]:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(member.actor.end(warm=member.up) for member in self._members))
        if results[0] is None:
            await asyncio.to_thread(self._employer.leave)

    async def _begin(self) -> None:
        """Hires all actors, once."""
        if self.closed:
            raise MachineError("The actors were ended.")
        if self._hiring is None:
            self._hiring = asyncio.create_task(self._hire())
        hiring = self._hiring
        try:
            await asyncio.shield(hiring)
        except CodepaintError:
            if self._hiring is hiring:
                self._hiring = None  # who asks next tries again
            raise

    async def _hire(self) -> None:
        sizes = await asyncio.to_thread(self._employer.sizes)
        self._members = [Member(cores, self._employer.hire(cores)) for cores in sizes]
        self._watch()
        for member in self._members:
            self._start(member)

    def _start(self, member: Member) -> None:
        task = asyncio.create_task(self._bring_up(member))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _bring_up(self, member: Member) -> None:
        """Waits until an actor is warm, however often it fails, and makes its room known."""
        while not self._differs:
            try:
                while unmet := [way for way in self._ways.values() if way.name not in member.known]:
                    await self._meet(member, unmet[0])
                break
            except (Lost, MachineError, MissingPart) as error:
                if isinstance(error, Lost) and not error.gone:
                    await asyncio.sleep(BACK_S)
                    continue
                member.problem = MachineError(str(error)) if isinstance(error, Lost) else error
                log.warning("An actor of Ray on %d cores does not start: %s", member.cores, error)
                self._check_problems()
                await asyncio.sleep(AGAIN_S)
                if isinstance(error, Lost):
                    member.actor = self._employer.hire(member.cores)
        else:
            return
        member.problem, member.up = None, True
        for place in range(IN_FLIGHT * member.cores):
            self._rooms.put_nowait(Room(place / member.cores, next(self._numbers), member, member.turn))
        self._watch()

    async def _meet(self, member: Member, way: Way) -> None:
        """Has an actor introduce itself; one that draws otherwise than the others breaks the crew."""
        told = await member.actor.introduce(way)
        if isinstance(told, Failed):
            raise MissingPart(told.words) if told.missing else MachineError(told.words)
        ours = metadata.version("codepaint-env")
        if told.version != ours:
            self._break(f"codepaint is {told.version} on {told.node} and {ours} here")
        first = self._identities.setdefault(way.name, told)
        for part in sorted({*first.identity, *told.identity}):
            one, other = first.identity.get(part), told.identity.get(part)
            if one != other:
                self._break(f"{part} is {one!r} on {first.node} and {other!r} on {told.node}")
        member.known[way.name] = told

    async def _meet_once_more(self, member: Member, way: Way) -> None:
        """Has an actor that draws already introduce itself for one more way."""
        turn = member.turn
        try:
            await self._meet(member, way)
        except (Lost, MachineError, MissingPart) as error:
            if not self._differs:
                self._lose(member, turn, error, way)

    def _lose(self, member: Member, turn: int, lost: Exception, way: Way) -> None:
        """Takes an actor out until it is warm again."""
        if turn != member.turn or self.closed:
            return
        log.warning("An actor of Ray on %d cores was lost; others draw its jobs. %s", member.cores, lost)
        self._counts[way.name]["lost"] += 1
        for name, counts in member.counts.items():
            self._counts[name].update(counts)
        member.turn += 1
        member.up = False
        member.known, member.counts = {}, {}
        self._watch()
        self._start(member)

    async def _take(self) -> Room:
        while True:
            room = await self._rooms.get()
            if room.member is None:
                if self._broken is not None:
                    self._rooms.put_nowait(room)  # for the next who waits
                    raise self._broken
            elif room.turn == room.member.turn:
                return room

    def _watch(self) -> None:
        """Sets the alarm while nobody is up."""
        if self._differs:
            return
        if any(member.up for member in self._members):
            self._broken = None
            self._settled.set()
            if self._alarm is not None:
                self._alarm.cancel()
                self._alarm = None
        elif self._alarm is None:
            self._settled.clear()
            self._alarm = asyncio.get_running_loop().call_later(LOST_S, self._give_up)

    def _give_up(self) -> None:
        wanted = ", ".join(str(member.cores) for member in self._members)
        self._broken = MachineError(
            f"No actor of Ray has run for {LOST_S:.0f} s; actors are wanted on {wanted} cores. Look at `ray status`; "
            "take fewer workers or a smaller cores_each if no node has so many cores free."
        )
        self._wake()

    def _check_problems(self) -> None:
        """Tells whoever waits what is wrong where it is wrong with all."""
        problems = [member.problem for member in self._members]
        if problems and all(problems) and not self._differs:
            self._broken = problems[0]
            self._wake()

    def _break(self, words: str) -> None:
        self._differs = True
        self._broken = MachineError(
            f"The actors of Ray would draw differently from each other: {words}. Install the same on all nodes."
        )
        self._wake()
        raise self._broken

    def _wake(self) -> None:
        self._settled.set()
        self._rooms.put_nowait(Room(-1.0, next(self._numbers), None))
