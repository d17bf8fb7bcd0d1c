"""A fleet of confined worker processes that draw: started when they are needed, replaced when they fail or grow."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Coroutine, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from codepaint_env.render.confine.worker_kind import Bounds, WorkerKind
from codepaint_env.render.confine.worker_process import Died, WorkerProcess
from codepaint_env.render.drawn import Drawn
from rewards.errors import MachineError

log = logging.getLogger("codepaint")

_TENTH = 10
_SENTENCES = {"memory_limit": "The program asked for more memory than there is."}


@dataclass(slots=True)
class Counters:
    """What happened since a fleet was made."""

    started: int = 0
    recycled: int = 0
    retried: int = 0


class Fleet:
    """Draws programs in up to `size` worker processes; lives on one event loop.

    Args:
        size: Programs drawn at once.
        kind: What the workers are.
        bounds: What is watched from outside while one draws.
        renders: After so many programs a worker is replaced. Its successor starts while it draws the last tenth.
    """

    def __init__(self, size: int, kind: WorkerKind, bounds: Bounds, renders: int) -> None:
        self._counts = Counters()
        self._make = partial(WorkerProcess, kind, bounds, renders, self._counts)
        self._last = renders // _TENTH
        self._worn = renders - self._last
        self._free: asyncio.Queue[WorkerProcess] = asyncio.Queue()
        self._workers = {self._make() for _ in range(size)}
        self._successors: dict[WorkerProcess, WorkerProcess] = {}
        self._changes: set[asyncio.Task[object]] = set()  # successors that start, and workers that end
        for worker in self._workers:
            self._free.put_nowait(worker)

    async def draw(self, asked: Mapping[str, object]) -> Drawn:
        """Runs one program; where its worker died it is tried once more in a fresh one.

        A worker that ended itself twice was ended by the program; one that was killed from outside twice is the
        machine's failure.

        Args:
            asked: What the drawer is told, JSON-able.

        Raises:
            MachineError: No worker could be started, or it was killed or fell silent twice.
        """
        waited = time.perf_counter()
        worker = await self._taken()
        queue_s = time.perf_counter() - waited
        try:
            try:
                drawn = await worker.ask(asked)
            except Died as died:
                log.info("A worker died (%s).", died)
                self._counts.retried += 1
                drawn = await worker.ask(asked)
        except Died as died:
            if not died.outcome:
                raise MachineError(f"a drawing process died: {died}") from None
            drawn = Drawn(died.outcome, _SENTENCES.get(died.outcome, ""))
        finally:
            self._give_back(worker)
        drawn.timings["queue"] = queue_s
        return drawn

    async def describe(self) -> dict[str, str]:
        """Starts a worker if none runs; returns what it is made of and, as `confined`, what it has given up.

        Raises:
            MachineError: It does not start.
        """
        worker = await self._taken()
        try:
            return await worker.describe()
        finally:
            self._give_back(worker)

    async def aclose(self) -> None:
        """Ends every worker."""
        while self._changes:
            await asyncio.wait(self._changes)
        for worker in (*self._workers, *self._successors.values()):
            await worker.discard()

    def counters(self) -> dict[str, float]:
        """Returns how many processes were started, replaced, and how many programs tried again."""
        return asdict(self._counts)

    async def _taken(self) -> WorkerProcess:
        """Waits for a free worker; one that has drawn enough ends where its successor has started."""
        worker = await self._free.get()
        successor = self._successors.get(worker)
        if successor is None or not successor.is_running:
            return worker
        del self._successors[worker]
        self._workers = self._workers - {worker} | {successor}
        self._counts.recycled += 1
        self._change(worker.discard())
        return successor

    def _give_back(self, worker: WorkerProcess) -> None:
        if self._last and worker.drawn == self._worn:
            successor = self._successors[worker] = self._make()
            self._change(successor.describe())
        self._free.put_nowait(worker)

    def _change(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(work)
        self._changes.add(task)
        task.add_done_callback(self._changed)

    def _changed(self, task: asyncio.Task[object]) -> None:
        self._changes.discard(task)
        if not task.cancelled():
            task.exception()  # whoever draws next starts the process again, and is told
