"""What crosses between a server that draws and its clients: the requests, and what the server says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from codepaint_env.render.backend import Job
from rewards.types import STEPS, Task

PROTOCOL = 2
"""Rises when a server and a client of different numbers could misunderstand each other."""

DRAW = "/v1/draw"
ABOUT = "/v1/about"
BINARY = "application/octet-stream"
DEADLINE = "codepaint-deadline-s"
"""The header in which a client says how many seconds it waits."""
WAIT_MS = "retry-after-ms"
TURN = "codepaint-turn"
"""The header with the number of a refused request in the line of those; it goes with the request that comes again."""
TIMINGS = "server-timing"
TOKEN = "CODEPAINT_TOKEN"
"""The variable that holds the token, of the server and of its clients."""

Seed = Annotated[int, Meta(ge=0, lt=2**32)]
Word = Annotated[str, Meta(min_length=1)]


class TaskRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `Task` but for its reference picture: no path of one machine means anything on another."""

    id: Word
    prompt: str
    canvas: Word
    features: tuple[str, ...] = ()
    letters: bool = False
    interactions: tuple[str, ...] = ()
    steps: Annotated[int, Meta(ge=1)] = STEPS
    subject: str = ""

    @staticmethod
    def of(task: Task) -> TaskRecord:
        """Returns the record of a task."""
        return TaskRecord(
            task.id,
            task.prompt,
            task.canvas,
            task.features,
            task.letters,
            task.interactions,
            task.steps,
            task.subject,
        )

    def task(self) -> Task:
        """Returns the task."""
        return Task(
            self.id,
            self.prompt,
            self.canvas,
            None,
            self.features,
            self.letters,
            self.interactions,
            self.steps,
            self.subject,
        )


class DrawRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `Job`, and the backend that is to draw it."""

    path: str
    program: str
    seed: Seed
    task: TaskRecord | None
    stages: tuple[str, ...]
    stop: tuple[str, ...]

    @staticmethod
    def of(path: str, job: Job) -> DrawRequest:
        """Returns the request for a job."""
        task = None if job.task is None else TaskRecord.of(job.task)
        return DrawRequest(
            path, job.program, job.seed, task, tuple(sorted(job.stages)), tuple(sorted(job.stop))
        )

    def job(self) -> Job:
        """Returns the job."""
        task = None if self.task is None else self.task.task()
        return Job(self.program, self.seed, task, frozenset(self.stages), frozenset(self.stop))


class PathRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to draw.

    Attributes:
        limits: By name.
        options: By name.
    """

    limits: dict[str, int | float]
    options: dict[str, str | int | float | bool | None]


class AboutRecord(msgspec.Struct, frozen=True):
    """What a server says of itself; later versions may say more.

    Attributes:
        protocol: See `PROTOCOL`.
        version: Of codepaint.
        canvas: Name of the canvas.
        spec: What makes the canvas, such as `p5brush(frames=2)`.
        made_of: What tells two canvases of the same name apart.
        paths: The ways to draw.
        workers: Programs drawn at once.
        queue: Programs that may wait besides.
        reward: Name of the reward that scores; None where none does.
        setup: `Backend.identity()` of the path that was asked about; None where none was.
        walls: `Backend.describe()` of it, where that was asked for.
    """

    protocol: int
    version: str
    canvas: str
    spec: str
    made_of: dict[str, str]
    paths: dict[str, PathRecord]
    workers: Annotated[int, Meta(ge=1)]
    queue: Annotated[int, Meta(ge=0)]
    reward: str | None = None
    setup: dict[str, str] | None = None
    walls: dict[str, str] | None = None


def write_timings(seconds: Mapping[str, float]) -> str:
    """Returns seconds by phase as a `Server-Timing` header, which counts in milliseconds."""
    return ", ".join(f"{phase};dur={1000 * each:.3f}" for phase, each in seconds.items())


def read_timings(header: str, phases: tuple[str, ...]) -> dict[str, float]:
    """Returns the seconds of those phases that a `Server-Timing` header tells; what cannot be read is left out."""
    found = {}
    for entry in header.split(","):
        phase, _, told = entry.strip().partition(";dur=")
        if phase in phases and told.replace(".", "", 1).isdecimal() and told.isascii():
            found[phase] = float(told) / 1000
    return found
