"""Pictures and samples as a few words and numbers: cheap to draw, to shrink, to keep and to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.testing.cases.pages import (
    BY_WORDS,
    KINDS_OF_LAYOUT,
    TRACES,
    UNRECORDED,
    finding_of,
    pictures_of,
    trace_of,
)
from rewards.testing.cases.paints import PAINTS
from rewards.types import STAGES, STEPS, Finding, Rendering, Sample, Status, Task

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, order=True)
class Picture:
    """A picture by kind, seed and size; `pixels` paints it.

    Attributes:
        kind: One of `KINDS`, or `shipped`, whose seed counts the pictures of `rewards.pictures`.
        seed: Chooses colours and places.
        height: In pixels.
        width: In pixels.
    """

    kind: str
    seed: int = 0
    height: int = 12
    width: int = 12

    def __str__(self) -> str:
        pixels = self.pixels()
        levels = f" (levels {pixels.min()}..{pixels.max()})" if pixels.max() - pixels.min() < 8 else ""
        return f"{self.kind} {pixels.shape[1]}x{pixels.shape[0]}{levels}"

    def pixels(self) -> Pixels:
        """Paints `(height, width, 3)` uint8, read-only."""
        return _painted(self)


@dataclass(frozen=True, slots=True, order=True)
class Painted:
    """A sample by what it painted.

    Attributes:
        status: As in `Rendering`.
        picture: None where nothing was painted.
        group: Counts groups; all samples of a group have one task.
        words: Chooses completion, program, messages and findings; 0 is the plainest.
        task: Counts tasks; -1 takes the group's own.
        trace: Letters of its interaction trace, see `trace_of`; `unrecorded` for none, or chosen by `words`.
        steps: Judged steps that count; 0 takes the usual number.
        found: Kinds of further findings.
    """

    status: Status = "ok"
    picture: Picture | None = None
    group: int = 0
    words: int = 0
    task: int = -1
    trace: str = BY_WORDS
    steps: int = 0
    found: tuple[str, ...] = ()

    def __str__(self) -> str:
        what = "no picture" if self.picture is None else str(self.picture)
        what += "" if self.trace == BY_WORDS else f", trace {self.trace or 'empty'}"
        return what if self.status == "ok" else f"{self.status} ({what})"

    def sample(self, needs: frozenset[str] = frozenset({"image"})) -> Sample:
        """Makes the sample, with the evidence that a reward with these needs would be given."""
        task = f"task-{self.group if self.task < 0 else self.task}"
        program = PROGRAMS[self.words % len(PROGRAMS)]
        message = "" if self.status == "ok" else MESSAGES[self.words % len(MESSAGES)]
        evidence = frozenset({"source", "lint", "image"}) | (needs & frozenset(STAGES))
        letters = TRACES[self.words % len(TRACES)] if self.trace == BY_WORDS else self.trace
        if letters == UNRECORDED:
            evidence, letters = evidence - {"interactions"}, ""
        tried = "interactions" in evidence
        image = None if self.picture is None else self.picture.pixels()
        rendering = Rendering(
            self.status,
            kind="" if self.status == "ok" else "syntax" if self.status == "program_error" else "crashed",
            message=message,
            image=image,
            findings=_findings(self.words, evidence, image) + tuple(map(finding_of, self.found)),
            interactions=trace_of(letters) if tried else None,
            evidence=evidence,
            identity=f"{self.words:064x}",
            pictures=pictures_of(letters, self.words) if tried else {},
        )
        prompt = f"Paint {SUBJECTS[self.group % len(SUBJECTS)]}."
        return Sample(
            Task(
                task,
                prompt,
                reference=_reference(task, needs),
                features=FEATURES,
                steps=self.steps or STEPS,
            ),
            f"Here it is.\n```js\n{program}\n```",
            program,
            rendering,
            f"group-{self.group}",
        )


# Each is a subject of the shipped pool, for rewards that look for one.
SUBJECTS = ("a poppy", "three tulips in a glass", "a heron in the mist", "a quiet lake")
FEATURES = (
    "something of it is there",
    "it stands on a sheet",
    "more than one colour",
    "a light part",
    "a dark part",
    "an edge",
)
MESSAGES = ("x is not defined", "Unexpected token '}'", "the worker stopped answering")
PROGRAMS = (
    "function setup() { createCanvas(64, 64, WEBGL); rect(0, 0, 9, 9); }",
    "// a poppy\nfunction setup() {\n  let stem = 12;\n  brush.line(0, 0, stem, stem);\n}",
    "",
    "let leaves = 7; /* soft */ for (let i = 0; i < leaves; i++) { brush.circle(i, i, 3); }",
)


def _findings(words: int, evidence: frozenset[str], image: Pixels | None) -> tuple[Finding, ...]:
    told: list[Finding] = []
    if words % 2 and "lint" in evidence:
        told.append(Finding("rescaled", "The canvas was fitted to 512 x 512."))
    if words % 3 == 2 and "text" in evidence and image is not None:
        height, width = image.shape[:2]
        told.append(Finding("text", "Marks that look like letters.", 0.1, (0, 0, width // 2, height // 4)))
    if "layout" in evidence:
        told += [finding_of(KINDS_OF_LAYOUT[n % len(KINDS_OF_LAYOUT)], n) for n in range(words % 8)]
    return tuple(told)


def _reference(task: str, needs: frozenset[str]) -> Any:
    if "reference" not in needs:
        return None
    from rewards.pictures import files

    return files()[sum(task.encode()) % len(files())]


KINDS = tuple(PAINTS)
"""Kinds of pictures, the simplest first: so they shrink."""


@lru_cache(maxsize=4096)
def _painted(picture: Picture) -> Pixels:
    if picture.kind == "shipped":
        from rewards.pictures import shipped

        pictures = list(shipped().values())
        return pictures[picture.seed % len(pictures)]
    # The kind's name, not its place, so that a kept case still means the same when a kind is added.
    seed = [picture.seed, *picture.kind.encode()]
    drawn = PAINTS[picture.kind](np.random.default_rng(seed), picture.height, picture.width)
    pixels = np.ascontiguousarray(np.clip(np.round(drawn), 0, 255).astype(np.uint8))
    pixels.setflags(write=False)
    return pixels


def to_json(part: object) -> Any:
    """Returns a part of a case as JSON can hold it."""
    if isinstance(part, Picture):
        return {"picture": asdict(part)}
    if isinstance(part, Painted):
        told = {name: getattr(part, name) for name in ("status", "group", "words", "task", "trace", "steps")}
        told["found"] = list(part.found)
        return {"painted": {**told, "picture": None if part.picture is None else asdict(part.picture)}}
    if isinstance(part, Mapping):
        return {str(key): to_json(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [to_json(value) for value in part]
    if part is None or isinstance(part, bool | int | float | str):
        return part
    raise TypeError(f"A case holds {part!r}, which cannot be kept; draw a description of it.")


def from_json(told: Any) -> Any:
    """Reads what `to_json` gave; tuples come back as lists."""
    if isinstance(told, list):
        return [from_json(value) for value in told]
    if not isinstance(told, dict):
        return told
    if set(told) == {"picture"} and isinstance(told["picture"], dict):
        return Picture(**told["picture"])
    if set(told) == {"painted"}:
        painted = dict(told["painted"])
        picture, found = painted.pop("picture"), tuple(painted.pop("found", ()))
        return Painted(picture=None if picture is None else Picture(**picture), found=found, **painted)
    return {key: from_json(value) for key, value in told.items()}


def described(part: object) -> list[Picture | Painted]:
    """Returns the pictures and samples of a case in the order in which they stand."""
    if isinstance(part, Picture | Painted):
        return [part]
    if isinstance(part, Mapping):
        return [found for value in part.values() for found in described(value)]
    if isinstance(part, list | tuple):
        return [found for value in part for found in described(value)]
    return []


def samples_of(batch: Sequence[Painted], needs: frozenset[str]) -> list[Sample]:
    """Makes the samples of a batch."""
    return [painted.sample(needs) for painted in batch]


def with_picture(sample: Sample, image: Pixels | None) -> Sample:
    """Returns the sample with another picture."""
    return replace(sample, rendering=replace(sample.rendering, image=image))
