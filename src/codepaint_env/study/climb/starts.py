"""What a climb begins with: five tasks, each with an honest weak painting of its subject."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from codepaint_env import canvases
from codepaint_env.pool.candidates import from_sketches
from codepaint_env.pool.studies import read_study
from codepaint_env.study.climb.mutation import donors_of
from rewards.pool import pool_folder
from rewards.types import DEFAULT_CANVAS, Task

SKETCHES = ("rose", "poppies", "butterfly")
STUDIES = {"mountains": 11, "fruit": 17}
"""Cheap studies, and the number of a painting of each that was not rated well."""

_PROGRAMS = Path(__file__).parent / "programs"
_OF_CANVAS = 12  # samples of the canvas that give statements


@dataclass(frozen=True, slots=True)
class Start:
    """Where a climb begins.

    Attributes:
        name: Of the sketch or study.
        task: What every picture of the climb is judged for.
        program: The first one.
    """

    name: str
    task: Task
    program: str


def shipped_starts() -> list[Start]:
    """Returns the five starts that ship: three short sketches, two paintings of studies."""
    sketches = {start.name: start for start in starts_in(_PROGRAMS / "starts")}
    return [
        *(sketches[name] for name in SKETCHES),
        *(_of_study(name, number) for name, number in STUDIES.items()),
    ]


def starts_in(folder: Path) -> list[Start]:
    """Returns a start for each sketch in a folder, in the order of their names.

    A line `// subject: …` or `// prompt: …` of a sketch tells what is painted; without it the file's name does.

    Raises:
        SpecError: There is none, or one is not text.
    """
    return [_start(each.id, each.prompt, each.subject, each.program) for each in from_sketches(folder)]


def shipped_donors() -> list[str]:
    """Returns statements that a mutation may splice in: a vocabulary of p5.brush, and the canvas's samples."""
    canvas = canvases.get(DEFAULT_CANVAS)
    samples = [canvas.sample(np.random.default_rng(number)) for number in range(_OF_CANVAS)]
    return donors_of([(_PROGRAMS / "donors.js").read_text(encoding="utf-8"), *samples])


def _of_study(name: str, number: int) -> Start:
    painting = read_study(pool_folder() / "studies" / f"{name}.js").paint(number)
    return _start(name, painting.prompt, painting.subject, painting.program)


def _start(name: str, prompt: str, subject: str, program: str) -> Start:
    return Start(name, Task(f"climb-{name}", prompt, subject=subject), program)
