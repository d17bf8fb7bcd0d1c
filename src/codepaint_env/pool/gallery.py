"""What can be looked at and rated: the paintings of a candidate folder or of a pool."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from codepaint_env.pool.candidates import RECORDS, CandidateFolder
from rewards.errors import SpecError
from rewards.pool import MANIFEST, load_entries


@dataclass(frozen=True, slots=True)
class Work:
    """One painting that hangs in a gallery.

    Attributes:
        id: Its name.
        subject: What is painted.
        prompt: What was asked for.
        study: Of which study it is; empty where it is of none.
        hue: Its leading colour.
        picture: File of the picture.
        program: File of the program.
        canvas: The kind of program.
        source: Who or what wrote the program, such as `study:iris/a single stem`.
    """

    id: str
    subject: str
    prompt: str
    study: str
    hue: str
    picture: Path
    program: Path
    canvas: str
    source: str


def gallery(folder: Path) -> dict[str, Work]:
    """Returns the paintings of a folder of candidates or of a pool, by id.

    Raises:
        SpecError: It is neither, or holds no painting.
    """
    if (folder / RECORDS).is_file():
        candidates = CandidateFolder(folder)
        works = [
            Work(
                each.id,
                each.subject,
                each.prompt,
                study_of(each.source),
                each.hue,
                candidates.picture_of(each),
                candidates.program_of(each),
                each.canvas,
                each.source,
            )
            for each in candidates.read().values()
            if not each.problem
        ]
    elif (folder / MANIFEST).is_file():
        works = [
            Work(
                each.id,
                each.subject,
                each.prompt,
                study_of(each.generator),
                each.hue,
                each.folder / each.image,
                each.folder / each.program,
                each.canvas,
                each.generator,
            )
            for each in load_entries(folder)
        ]
    else:
        raise SpecError(
            f"{folder} holds neither candidates ({RECORDS}) nor a pool ({MANIFEST}). "
            f"Make candidates: codepaint pool generate {folder}"
        )
    if not works:
        raise SpecError(f"{folder} holds no painting. Make some: codepaint pool generate {folder}")
    return {work.id: work for work in works}


def study_of(source: str) -> str:
    """Returns the study that a source such as `study:iris/a single stem` names, or nothing."""
    kind, _, name = source.partition(":")
    return name.partition("/")[0] if kind == "study" else ""
