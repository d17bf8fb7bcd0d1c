"""One sample of a run as one line of JSON with its program and picture beside it, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from codepaint_env.evaluate import Evaluated
from rewards.errors import SpecError
from rewards.types import Finding, Interaction, Rendering, Sample, Score, Status, Task

PROGRAMS = "programs"
PICTURES = "pictures"


def save_sample(folder: Path, index: int, evaluated: Evaluated) -> dict[str, Any]:
    """Writes program and picture of a sample into a run folder and returns its record, JSON-able."""
    sample, score = evaluated.sample, evaluated.score
    task, rendering, trace = sample.task, sample.rendering, sample.rendering.interactions
    program = f"{PROGRAMS}/{index:04d}.js" if sample.program else None
    picture = f"{PICTURES}/{index:04d}.png" if rendering.image is not None else None
    if program:
        # An extracted program may hold lone surrogates, which plain UTF-8 refuses.
        (folder / program).write_bytes(sample.program.encode("utf-8", "surrogatepass"))
    if picture and rendering.image is not None:
        _write_picture(folder / picture, rendering.image)
    return {
        "index": index,
        "task": asdict(task) | {"reference": None if task.reference is None else str(task.reference)},
        "group": sample.group,
        "completion": sample.completion,
        "program": program,
        "picture": picture,
        "status": rendering.status,
        "kind": rendering.kind,
        "message": rendering.message,
        "findings": [asdict(finding) for finding in rendering.findings],
        "interactions": None if trace is None else [asdict(interaction) for interaction in trace],
        "evidence": sorted(rendering.evidence),
        "identity": rendering.identity,
        "score": score.value,
        "components": dict(score.components),
        "reason": score.reason,
        "references": list(score.references),
        "skipped": list(score.skipped),
        "program_sha256": evaluated.program_sha256,
        "pixels_sha256": evaluated.pixels_sha256,
    }


def load_sample(folder: Path, record: Mapping[str, Any]) -> Evaluated:
    """Returns the sample and score of a record.

    Raises:
        SpecError: The record cannot be understood, or a file is missing or not the one that was recorded.
    """
    try:
        task = dict(record["task"])
        reference = task.pop("reference")
        trace = record["interactions"]
        if record["status"] not in get_args(Status):
            raise TypeError(f"there is no status {record['status']!r}")
        rendering = Rendering(
            status=record["status"],
            kind=record["kind"],
            message=record["message"],
            image=_read_picture(folder, record["picture"]),
            findings=tuple(_finding(finding) for finding in record["findings"]),
            interactions=None if trace is None else tuple(Interaction(**each) for each in trace),
            evidence=frozenset(record["evidence"]),
            identity=record["identity"],
        )
        sample = Sample(
            task=Task(**task, reference=None if reference is None else Path(reference)),
            completion=record["completion"],
            program=_read_program(folder, record["program"]),
            rendering=rendering,
            group=record["group"],
        )
        score = Score(
            record["score"],
            record["components"],
            record["reason"],
            tuple(record["references"]),
            tuple(record["skipped"]),
        )
        evaluated = Evaluated(sample, score)
        _compare(folder, record["program"], evaluated.program_sha256, record["program_sha256"])
        _compare(folder, record["picture"], evaluated.pixels_sha256, record["pixels_sha256"])
    except (KeyError, TypeError) as error:
        raise SpecError(f"Record {record.get('index')} of {folder} is not understood: {error!r}.") from error
    return evaluated


def _finding(told: Mapping[str, Any]) -> Finding:
    box = told["box"]
    return Finding(told["kind"], told["message"], told["value"], None if box is None else tuple(box))


def _compare(folder: Path, name: str | None, found: str, recorded: str) -> None:
    if found != recorded:
        raise SpecError(
            f"{folder / (name or '')} is not what was recorded: its sha256 is {found[:12]}…, "
            f"the record has {recorded[:12]}…. Restore it."
        )


def _inside(folder: Path, name: str) -> Path:
    """Returns the path of a file of the run; a record that points elsewhere is refused."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise SpecError(f"A record of {folder} names {name!r}, which lies outside the folder.")
    if not path.is_file():
        raise SpecError(f"{path} is missing. Restore it.")
    return path


def _read_program(folder: Path, name: str | None) -> str:
    if name is None:
        return ""
    path = _inside(folder, name)
    try:
        return path.read_bytes().decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise SpecError(f"{path} is not what was recorded: {error}. Restore it.") from None


def _read_picture(folder: Path, name: str | None) -> NDArray[np.uint8] | None:
    if name is None:
        return None
    from PIL import Image, UnidentifiedImageError

    path = _inside(folder, name)
    try:
        with Image.open(path) as picture:
            return np.asarray(picture.convert("RGB"))
    except (UnidentifiedImageError, OSError) as error:
        raise SpecError(f"{path} is not what was recorded: {error}. Restore it.") from error


def _write_picture(path: Path, image: NDArray[np.uint8]) -> None:
    from PIL import Image

    Image.fromarray(np.ascontiguousarray(image)).save(path, format="PNG")
