"""One sample of a run as one line of JSON with its program and pictures beside it, and back again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from codepaint_env.evaluate import Evaluated
from codepaint_env.render.codec import CodecError, check_names, convert
from codepaint_env.render.schema import (
    Finite,
    PictureName,
    RenderingRecord,
    record_rendering,
    restore_rendering,
)
from rewards.errors import SpecError
from rewards.json_lines import Line
from rewards.types import Rendering, Sample, Score, Task

PROGRAMS = "programs"
PICTURES = "pictures"


class TaskRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `Task`, field by field."""

    id: str
    prompt: str
    canvas: str
    reference: str | None
    features: tuple[str, ...]
    letters: bool
    interactions: tuple[str, ...]
    steps: int
    subject: str


class ScoreRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `Score`, field by field."""

    value: Finite | None
    components: dict[str, Finite]
    reason: str
    references: tuple[str, ...]
    skipped: tuple[str, ...]


class FileRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file beside the records.

    Attributes:
        path: Within the folder of the run.
        sha256: Of the file's bytes.
    """

    path: str
    sha256: str


class SampleRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a run.

    Attributes:
        index: Place in the run, from 0.
        task: What was asked.
        group: Samples of one group were compared with each other.
        completion: What the policy wrote.
        program: Path of the program; None where there is none.
        program_sha256: Of the program's text; `""` where there is none.
        rendering: What was recorded when it ran.
        picture: Path of the picture; None where nothing was painted.
        pixels_sha256: Of the picture's `(height, width, 3)` array; `""` where there is none.
        pictures: The rendering's other pictures, by name.
        score: What the reward said.
    """

    index: int
    task: TaskRecord
    group: str
    completion: str
    program: str | None
    program_sha256: str
    rendering: RenderingRecord
    picture: str | None
    pixels_sha256: str
    pictures: dict[PictureName, FileRecord]
    score: ScoreRecord


def save_sample(folder: Path, index: int, evaluated: Evaluated, suffix: str) -> SampleRecord:
    """Writes program and pictures of a sample into a run folder and returns its record.

    Args:
        folder: Of the run.
        index: Of the sample, from 0.
        evaluated: The sample with its score.
        suffix: Of the program's file, such as `.js`.

    Raises:
        CodecError: A picture's name cannot be that of a file.
    """
    sample = evaluated.sample
    rendering = sample.rendering
    check_names(rendering.pictures)
    program = f"{PROGRAMS}/{index:04d}{suffix}" if sample.program else None
    picture = f"{PICTURES}/{index:04d}.png" if rendering.image is not None else None
    if program:
        # An extracted program may hold lone surrogates, which plain UTF-8 refuses.
        (folder / program).write_bytes(sample.program.encode("utf-8", "surrogatepass"))
    if picture and rendering.image is not None:
        _write_picture(folder / picture, rendering.image)
    return SampleRecord(
        index=index,
        task=_record_task(sample.task),
        group=sample.group,
        completion=sample.completion,
        program=program,
        program_sha256=evaluated.program_sha256,
        rendering=record_rendering(rendering),
        picture=picture,
        pixels_sha256=evaluated.pixels_sha256,
        pictures=_write_pictures(folder, f"{PICTURES}/{index:04d}", rendering),
        score=_record_score(evaluated.score),
    )


def read_record(line: Line) -> SampleRecord:
    """Returns the record of a line.

    Raises:
        SpecError: A field is missing, unknown or of another type; the sentence names it.
    """
    try:
        return convert(line.value, SampleRecord)
    except CodecError as error:
        raise SpecError(f"{line.where} is not understood: {error} Restore it.") from None


def load_sample(folder: Path, record: SampleRecord) -> Evaluated:
    """Returns the sample and score of a record.

    Raises:
        SpecError: A file is missing or not the one that was recorded.
    """
    pictures = {name: _read_file(folder, each) for name, each in record.pictures.items()}
    rendering = restore_rendering(record.rendering, _read_picture(folder, record.picture), pictures)
    program = _read_program(folder, record.program)
    sample = Sample(_restore_task(record.task), record.completion, program, rendering, record.group)
    evaluated = Evaluated(sample, Score(*msgspec.structs.astuple(record.score)))
    _compare(folder, record.program, evaluated.program_sha256, record.program_sha256)
    _compare(folder, record.picture, evaluated.pixels_sha256, record.pixels_sha256)
    return evaluated


def _record_task(task: Task) -> TaskRecord:
    reference = None if task.reference is None else str(task.reference)
    return TaskRecord(
        task.id,
        task.prompt,
        task.canvas,
        reference,
        task.features,
        task.letters,
        task.interactions,
        task.steps,
        task.subject,
    )


def _restore_task(record: TaskRecord) -> Task:
    reference = None if record.reference is None else Path(record.reference)
    return Task(
        record.id,
        record.prompt,
        record.canvas,
        reference,
        record.features,
        record.letters,
        record.interactions,
        record.steps,
        record.subject,
    )


def _record_score(score: Score) -> ScoreRecord:
    return ScoreRecord(score.value, dict(score.components), score.reason, score.references, score.skipped)


def _compare(folder: Path, name: str | None, found: str, recorded: str) -> None:
    if found != recorded:
        raise SpecError(
            f"{folder / (name or '')} is not what was recorded: its sha256 is {found[:12]}…, "
            f"the record has {recorded[:12]}…. Restore it."
        )


def _inside(folder: Path, name: str) -> Path:
    """Returns the path of a file of the run; a record that points elsewhere is refused."""
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise SpecError(f"A record of {folder} names {name!r}, which lies outside the folder.")
        there = path.is_file()
    except (ValueError, OSError, RuntimeError) as error:  # a name that no file can have; a ring of links
        if isinstance(error, SpecError):
            raise
        raise SpecError(f"A record of {folder} names {name[:80]!r}, which no file is called.") from None
    if not there:
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
    from PIL import Image

    path = _inside(folder, name)
    try:
        with Image.open(path) as picture:
            return np.asarray(picture.convert("RGB"))
    except Exception as error:  # what Pillow raises for broken files has no common class
        raise SpecError(f"{path} is not what was recorded: {error}. Restore it.") from error


def _write_picture(path: Path, image: NDArray[np.uint8]) -> None:
    from PIL import Image

    Image.fromarray(np.ascontiguousarray(image)).save(path, format="PNG")


def _write_pictures(folder: Path, place: str, rendering: Rendering) -> dict[str, FileRecord]:
    """Writes the rendering's own pictures, PNG files already, as they are."""
    written = {}
    for name, picture in rendering.pictures.items():
        (folder / place).mkdir(exist_ok=True)
        path = f"{place}/{name}.png"
        (folder / path).write_bytes(picture)
        written[name] = FileRecord(path, hashlib.sha256(picture).hexdigest())
    return written


def _read_file(folder: Path, record: FileRecord) -> bytes:
    content = _inside(folder, record.path).read_bytes()
    _compare(folder, record.path, hashlib.sha256(content).hexdigest(), record.sha256)
    return content
