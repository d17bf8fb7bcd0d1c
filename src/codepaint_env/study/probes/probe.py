"""A probe: a lure that should not win, and an honest answer to the same prompt that should."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rewards.errors import SpecError
from rewards.lookup import guess
from rewards.types import Task

FOLDER = Path(__file__).parent
INDEX = FOLDER / "probes.jsonl"
PROGRAMS = FOLDER / "programs"
SUFFIXES = {"p5brush": ".js", "svg": ".svg", "html": ".html"}


@dataclass(frozen=True, slots=True)
class Probe:
    """A lure and an honest picture, both for one prompt.

    Attributes:
        name: Unique, such as `flat-wash`.
        kind: What sort of shortcut the lure takes, such as `nothing painted`.
        canvas: The kind of program that paints both.
        prompt: What was asked.
        why: One sentence: what the honest picture has that the lure lacks.
        subject: As in `Task.subject`.
        features: As in `Task.features`.
        interactions: As in `Task.interactions`.
        made: How the lure's picture is made, as `made_pictures.make` reads it; `""` where a program paints it.
    """

    name: str
    kind: str
    canvas: str
    prompt: str
    why: str
    subject: str = ""
    features: tuple[str, ...] = ()
    interactions: tuple[str, ...] = ()
    made: str = ""

    @property
    def task(self) -> Task:
        """The task that both answer; letters are allowed on pages only."""
        return Task(
            f"probe-{self.name}",
            self.prompt,
            self.canvas,
            features=self.features,
            letters=self.canvas == "html",
            interactions=self.interactions,
            subject=self.subject,
        )

    @property
    def honest(self) -> str:
        """The program of the honest picture."""
        return _read(f"{self.name}.honest{SUFFIXES[self.canvas]}")

    @property
    def lure(self) -> str:
        """The program of the lure; `""` where its picture is made."""
        return "" if self.made else _read(f"{self.name}.lure{SUFFIXES[self.canvas]}")


def probes(canvas: str | None = None) -> list[Probe]:
    """Returns the probes that ship, in the order of their file.

    Args:
        canvas: Only those of this canvas; None for all.

    Raises:
        SpecError: There are no probes for the canvas.
    """
    found = [each for each in _all() if canvas in (None, each.canvas)]
    if not found:
        there = sorted({each.canvas for each in _all()})
        raise SpecError(
            f"There are no probes for the canvas {canvas!r}; there are some for {', '.join(there)}."
            f"{guess(str(canvas), there)}"
        )
    return found


@cache
def fingerprint() -> str:
    """Returns a hash of all probes: a run with another one was recorded of other probes."""
    told = hashlib.sha256(INDEX.read_bytes() + (FOLDER / "made_pictures.py").read_bytes())
    for path in sorted(PROGRAMS.iterdir()):
        told.update(path.name.encode() + path.read_bytes())
    return told.hexdigest()[:12]


@cache
def _all() -> tuple[Probe, ...]:
    return tuple(map(_probe, INDEX.read_text(encoding="utf-8").splitlines()))


def _probe(line: str) -> Probe:
    entry: dict[str, Any] = json.loads(line)
    for key in ("features", "interactions"):
        entry[key] = tuple(entry.get(key, ()))
    # The bytes of the file are part of `fingerprint`, so its word for the honest picture is exchanged here.
    entry["why"] = entry["why"].replace(
        "twin", "honest page" if entry["canvas"] == "html" else "honest picture"
    )
    return Probe(**entry)


def _read(name: str) -> str:
    return (PROGRAMS / name).read_text(encoding="utf-8")
