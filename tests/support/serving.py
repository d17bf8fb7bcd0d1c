"""A server on loopback over a canvas that needs no process, and what asks it."""

from __future__ import annotations

import asyncio
import http.client
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from codepaint_env import canvases
from codepaint_env.render.backend import BackendFactory, Job
from codepaint_env.serve.painting import Painting
from codepaint_env.serve.scoring import Scoring
from codepaint_env.serve.server import PaintServer
from codepaint_env.serve.service import Bounds
from codepaint_env.web.background import background
from rewards.errors import MachineError
from rewards.types import Rendering
from toy_canvas import Blocks, Toy


@dataclass(frozen=True)
class SlowLimits:
    """What a program of the slow canvas may use."""

    cpu_s: float = 5.0


class SlowBlocks(Blocks):
    """Draws as the toy does, in a time that the first line says: `sleep 0.1`; `die` is a machine that fails."""

    def __init__(self, workers: int, drawn: list[str], version: str) -> None:
        self._free = asyncio.Semaphore(workers)
        self._drawn, self._version = drawn, version

    async def identity(self) -> Mapping[str, str]:
        return {"blocks": self._version}

    async def describe(self) -> Mapping[str, str]:
        return {"confined": "nothing"}

    async def draw(self, job: Job) -> Rendering:
        first, _, rest = job.program.partition("\n")
        async with self._free:
            self._drawn.append(job.program)
            if first == "die":
                raise MachineError("the worker died")
            if first == "fail":
                raise RuntimeError("a mistake of ours")
            job.timings.update(queue=0.25, draw=0.5)
            if not first.startswith("sleep "):
                return await super().draw(job)
            await asyncio.sleep(float(first.split()[1]))
            return await super().draw(replace(job, program=rest or "rose"))


class Slow(Toy):
    """The toy, drawn slowly.

    Attributes:
        drawn: The programs whose drawing began, in order.
    """

    def __init__(self, *, version: str = "1", made_of: Mapping[str, str] | None = None) -> None:
        self.drawn: list[str] = []
        self.made_of = dict(made_of or {})
        self._version = version

    def backends(self) -> Mapping[str, BackendFactory]:
        def make(workers, limits, options):
            return SlowBlocks(workers, self.drawn, self._version)

        return {"blocks": BackendFactory(make, SlowLimits)}


class EaselPainting(Painting):
    """Draws by a stand-in of a renderer."""

    def __init__(self, canvas, easel) -> None:
        super().__init__(canvas, workers=2)
        self._easel = easel
        easel.adescribe = self._described

    def renderer(self, path):
        return self._easel

    def counters(self):
        return {}

    async def _described(self):
        return {}


@contextmanager
def scores_served(spec, easel, *, canvas="p5brush", port=0, **options) -> Iterator[PaintServer]:
    """Runs a server whose reward judges what a stand-in painted; its `get_reward` is the address for OpenRLHF."""
    place = canvases.get(canvas)
    painting = EaselPainting(place, easel)
    server = PaintServer(painting, Scoring(spec, place, easel, **options), port=port)
    with background(server):
        yield server


@contextmanager
def serving(
    canvas=None, bounds=None, *, workers=2, cache=0, scoring=None, **options
) -> Iterator[PaintServer]:
    """Runs a server for the length of a block."""
    painting = Painting(canvas or Slow(), workers=workers, cache=cache)
    made = None if scoring is None else scoring(painting)
    server = PaintServer(painting, made, bounds or Bounds(), **options)
    with background(server):
        yield server


def pull_the_plug(server) -> None:
    """Cuts every connection and listens no more, as a machine does that loses its power."""
    web = server._server

    def cut():
        for each in web._server.servers:
            each.close()
        for connection in list(web._server.server_state.connections):
            connection.transport.abort()

    web._loop.call_soon_threadsafe(cut)


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def error(self) -> str:
        return self.json["error"]


def ask(server, path, body=None, headers=None, *, method=None, timeout=30.0) -> Answer:
    """Sends a request, and returns the answer."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=timeout)
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    try:
        line.request(method or ("GET" if data is None else "POST"), path, data, headers or {})
        answer = line.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, told, answer.read())
    finally:
        line.close()


def job(program="rose", seed=1, **more):
    """Returns the body of a request to draw."""
    return {"path": "blocks", "program": program, "seed": seed, "task": None, "stages": [], "stop": []} | more
