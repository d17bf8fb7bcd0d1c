"""Who draws: what is asked of an actor and of whoever hires it, and the room for jobs that an actor has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from codepaint_env.render.backend import Job
from codepaint_env.render.ray_cluster.messages import Failed, Introduced, Painted, Way
from rewards.errors import CodepaintError


class Hired(Protocol):
    """An actor; each call may raise `Lost`, or `MachineError` for a fault inside it."""

    async def introduce(self, way: Way) -> Introduced | Failed:
        """Waits until the actor runs and is warm."""
        ...

    async def draw(self, way: Way, job: Job) -> Painted | Failed:
        """Has a program drawn."""
        ...

    async def end(self, *, warm: bool) -> None:
        """Ends the actor."""
        ...


class Employer(Protocol):
    """Where actors come from; see `codepaint_env.render.ray_cluster.employer`."""

    def sizes(self) -> list[int]:
        """Joins the cluster; returns the cores of each actor that is wanted. Blocks."""
        ...

    def hire(self, cores: int) -> Hired:
        """Asks for an actor."""
        ...

    def leave(self) -> None:
        """Leaves the cluster. Blocks."""
        ...


@dataclass(eq=False, slots=True)
class Member:
    """An actor, or its place while Ray brings it back.

    Attributes:
        cores: Programs that it draws at once.
        actor: Who is called.
        turn: Raised whenever it is lost; its room of earlier turns is void.
        known: What it said of itself, by way.
        up: True if it may be given jobs.
        problem: Why it did not start the last time; None if it did or is still awaited.
        counts: What its backends count, by way.
    """

    cores: int
    actor: Hired
    turn: int = 0
    known: dict[str, Introduced] = field(default_factory=dict)
    up: bool = False
    problem: CodepaintError | None = None
    counts: dict[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(order=True, frozen=True, slots=True)
class Room:
    """Room for one job at an actor; the lowest is given first, so that all actors fill alike.

    Attributes:
        depth: Jobs before it, by core.
        number: Decides among those as deep.
        member: Whose it is; None wakes whoever waits when nobody can draw.
        turn: Of the member.
    """

    depth: float
    number: int
    member: Member | None = field(compare=False)
    turn: int = field(default=0, compare=False)
