"""Programs in files as policies: a folder of one's own, and the drawings that a canvas brings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from codepaint_env.canvases.canvas import Canvas
from codepaint_env.policies.fences import fenced
from codepaint_env.policies.policy import FORMS
from codepaint_env.tasks import SETS, load_tasks
from rewards.errors import SpecError
from rewards.types import Task

BROKEN_EVERY = 5


@runtime_checkable
class Illustrated(Protocol):
    """A canvas that brings drawings of its own, for the demo."""

    @property
    def drawings(self) -> Path:
        """A folder of programs, each named after the task that it answers; in `broken`, some that fail on purpose."""
        ...


class FolderPolicy:
    """Answers with the programs of a folder in the order of their names, over and over.

    Args:
        folder: Holds programs.
        canvas: Says how their files end.
    """

    def __init__(self, folder: Path, canvas: Canvas) -> None:
        files = _programs_in(folder, canvas.suffix)
        if not files:
            raise SpecError(f"There is no {canvas.suffix} file in {folder}; the policy is {FORMS}.")
        self.name = str(folder)
        self._suffix = canvas.suffix
        self._programs = [_read(path) for path in files]

    def __call__(self, task: Task, system_prompt: str, episode: int, /) -> str:
        """Returns the next program, fenced."""
        return fenced(self._programs[episode % len(self._programs)], self._suffix)


class DrawingsPolicy:
    """Answers with the drawing that is named after the task, else with any in turn; every fifth is broken on purpose.

    Args:
        canvas: Brings the drawings.
    """

    name = "drawings"

    def __init__(self, canvas: Canvas) -> None:
        if not isinstance(canvas, Illustrated):
            raise SpecError(f"The canvas {canvas.name} brings no drawings; take the policy 'samples'.")
        files = _programs_in(canvas.drawings, canvas.suffix)
        broken = _programs_in(canvas.drawings / "broken", canvas.suffix)
        self._suffix = canvas.suffix
        self._canvas = canvas.name
        self._drawings = {path.stem: _read(path) for path in files}
        self._broken = [_read(path) for path in broken]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks of the shipped sets that the drawings are named after, in the order of the drawings."""
        known = {task.id: task for name in SETS for task in load_tasks(name, self._canvas)}
        return tuple(known[name] for name in self._drawings if name in known)

    def __call__(self, task: Task, system_prompt: str, episode: int, /) -> str:
        """Returns a fenced drawing, whole or broken."""
        turn, place = divmod(episode, BROKEN_EVERY)
        if self._broken and place == BROKEN_EVERY - 1:
            return fenced(self._broken[turn % len(self._broken)], self._suffix)
        every: Sequence[str] = list(self._drawings.values())
        return fenced(self._drawings.get(task.id, every[episode % len(every)]), self._suffix)


def _programs_in(folder: Path, suffix: str) -> list[Path]:
    return sorted(path for path in folder.glob(f"*{suffix}") if path.is_file())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SpecError(f"{path} is not UTF-8 text ({error.reason} at byte {error.start}).") from None
