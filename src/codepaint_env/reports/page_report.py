"""The report of one page: where it was tried and what came of it, and what was found wrong with it, on its pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from codepaint_env.render.codec import check_names, to_json
from codepaint_env.render.schema import record_rendering
from codepaint_env.reports.html_file import write_html
from codepaint_env.reports.page_trace import Mark, Step, credited, spread, steps_of
from codepaint_env.reports.picture import Picture, picture
from rewards.errors import SpecError
from rewards.types import Finding, Rendering, Score, Task

REPORT, RECORD, PICTURES = "report.html", "record.json", "pictures"
WIDEST_PX = 1280

_LINT = frozenset({"lint"})
_LOAD = frozenset({"page_error", "console", "network"})
_LOOKS = frozenset(
    {
        "axe",
        "blank_area",
        "clipped",
        "contrast",
        "misaligned",
        "overflow",
        "overlap",
        "tiny_text",
        "unreadable",
        "unstyled",
        "white_space",
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """One page and all that is known of it.

    Attributes:
        name: Of its file.
        task: What it answers, with the number of steps that count.
        program: The document; `""` where none was found.
        rendering: What was recorded.
        reward: Name of the reward that was asked; `""` where none was.
        score: What it says; None where it was not asked.
    """

    name: str
    task: Task
    program: str
    rendering: Rendering
    reward: str = ""
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding, with the number that its frame has on the picture; 0 where it has none."""

    number: int
    told: Finding


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one sort, under a heading.

    Attributes:
        title: Such as `Layout`.
        none: What is said where there is none.
        found: Those with a number first.
        looked: False where nobody looked for any.
    """

    title: str
    none: str
    found: tuple[Numbered, ...]
    looked: bool = True


def write_page_report(folder: Path, visit: Visit) -> Path:
    """Writes what is known of a page into a folder, and returns the path of the report.

    Beside `report.html` there are the pictures as PNG files, `record.json` with trace and findings, and the document.
    An earlier report in the folder is replaced.

    Raises:
        SpecError: The folder holds something else.
        CodecError: A picture's name cannot be that of a file.
    """
    check_folder(folder)
    pictures = visit.rendering.pictures
    check_names(pictures)
    (folder / PICTURES).mkdir(parents=True, exist_ok=True)
    for old in (folder / PICTURES).glob("*.png"):
        old.unlink()
    for name, png in pictures.items():
        (folder / PICTURES / f"{name}.png").write_bytes(png)
    (folder / RECORD).write_bytes(to_json(record_rendering(visit.rendering)) + b"\n")
    (folder / "page.html").write_bytes(visit.program.encode("utf-8", "surrogatepass"))
    return write_html(folder / REPORT, "page_report", _values(visit))


def check_folder(folder: Path) -> None:
    """Raises `SpecError` unless a report may be written there: the folder is new, empty or holds an earlier one."""
    if folder.is_file():
        raise SpecError(f"{str(folder)!r} is a file; name a folder for the report.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / RECORD).is_file():
        raise SpecError(f"{str(folder)!r} is not empty and holds no report of a page; choose another folder.")


def group_findings(rendering: Rendering) -> list[Group]:
    """Sorts findings by where they come from and numbers those that have a place, in order of their place."""
    found = rendering.findings
    placed = sorted(
        (each for each in found if each.box is not None and each.kind in _LOOKS),
        key=lambda each: (each.box[1], each.box[0]) if each.box else (0, 0),
    )
    numbers = {id(each): number for number, each in enumerate(placed, 1)}

    def group(title: str, stage: str, none: str, kinds: frozenset[str]) -> Group:
        rows = [Numbered(numbers.get(id(each), 0), each) for each in found if each.kind in kinds]
        placed_first = sorted(rows, key=lambda row: (row.number == 0, row.number))
        return Group(title, none, tuple(placed_first), stage in rendering.evidence)

    rest = frozenset(each.kind for each in found) - _LINT - _LOAD - _LOOKS
    groups = [
        group("Markup", "lint", "HTMLHint has no complaint.", _LINT),
        group("At load", "image", "No error and no request.", _LOAD),
        group("Layout", "layout", "The auditor found no damage.", _LOOKS),
    ]
    return groups + ([group("Other", "source", "", rest)] if rest else [])


def _values(visit: Visit) -> Mapping[str, object]:
    rendering = visit.rendering
    steps = steps_of(rendering, visit.task.steps, WIDEST_PX)
    groups = group_findings(rendering)
    viewport = picture(rendering.pictures.get("viewport"), WIDEST_PX)
    full = picture(rendering.pictures.get("full"), WIDEST_PX) or viewport
    marks = [
        Mark(row.number, row.told.box, "uncredited", f"finding-{row.number}", row.told.message)
        for group in groups
        for row in group.found
        if row.number and row.told.box
    ]
    return {
        "title": visit.name,
        "visit": visit,
        "tried": rendering.interactions is not None,
        "steps": steps,
        "figures": _figures(visit, steps, groups),
        "groups": groups,
        "viewport": viewport,
        "step_marks": spread(
            [mark for step in steps if step.in_sight for mark in step.marks], _size(viewport)
        ),
        "full": full,
        "finding_marks": spread(marks, _size(full)),
        "files": {"pictures": PICTURES, "record": RECORD},
    }


def _size(shown: Picture | None) -> tuple[int, int] | None:
    return None if shown is None else (shown.width, shown.height)


def _figures(visit: Visit, steps: Sequence[Step], groups: Sequence[Group]) -> list[tuple[str, str]]:
    figures = []
    if visit.score is not None:
        value = visit.score.value
        figures.append(("–" if value is None else f"{value:.2f}", f"score of {visit.reward}"))
    if visit.rendering.interactions is not None:
        figures.append((f"{credited(steps)} of {visit.task.steps}", "steps credited"))
        figures.append((str(len(steps)), "controls tried"))
    labels = ("complaints about markup", "messages at load", "layout findings")
    counts = [str(len(group.found)) if group.looked else "–" for group in groups[:3]]
    return figures + list(zip(counts, labels, strict=True))
