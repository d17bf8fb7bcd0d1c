"""What `codepaint doctor` prints: one line on one thing that was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

State = Literal["ok", "note", "missing"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at.

    Attributes:
        name: What it is.
        state: `missing` means that painting fails, `note` that something works otherwise or not at all.
        text: What was found, and how to mend it.
    """

    name: str
    state: State
    text: str


@runtime_checkable
class Examined(Protocol):
    """A canvas that can say what this machine lacks for it; others are only asked for a sample."""

    def examine(self) -> Iterator[Line]:
        """Looks at what draws the canvas, and draws a picture."""
        ...
