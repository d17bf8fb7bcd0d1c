"""What a renderer and its Ray actors tell each other; Ray carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Way:
    """One way to draw.

    Attributes:
        name: Of the backend, such as `engine`.
        limits: Of that backend.
        options: Of that backend.
    """

    name: str
    limits: Any
    options: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Introduced:
    """What an actor says of itself once it is warm.

    Attributes:
        node: Where it runs, for messages.
        version: Of codepaint there.
        identity: `Backend.identity()` there.
        walls: `Backend.describe()` there.
    """

    node: str
    version: str
    identity: Mapping[str, str]
    walls: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Painted:
    """A rendering, with what is known of its making.

    Attributes:
        packed: The rendering; see `codepaint_env.render.codec`.
        timings: Seconds by phase.
        seconds: From the arrival of the job until the rendering was packed.
        counters: `Backend.counters()` there.
    """

    packed: bytes
    timings: Mapping[str, float]
    seconds: float
    counters: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Failed:
    """No rendering, through no fault of the program.

    Attributes:
        words: What failed.
        kind: Of the failed rendering; `""` where the backend raised.
        missing: True if something is not set up there.
    """

    words: str
    kind: str = ""
    missing: bool = False
