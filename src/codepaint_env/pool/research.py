"""AutoResearch: a model draws, looks at its painting, is criticised and draws again; the best round is kept."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from codepaint_env import canvases
from codepaint_env.evaluate import paint
from codepaint_env.pool.candidates import Candidate, CandidateFolder, is_final, safe_id
from codepaint_env.render.backend import spec_of
from codepaint_env.render.identity import seed_of
from rewards.errors import MachineError
from rewards.types import Rendering, Task

if TYPE_CHECKING:
    from codepaint_env.render.renderer import Renderer

BEST = 10
PHOTOS = (".jpg", ".jpeg", ".png", ".webp")
PHOTO_PX = 768  # longest side of a photograph as it is shown
CRITIC = (
    "You teach watercolour. You are shown a painting that a program made, what it was to show and perhaps a reference "
    "photograph. Judge bleeds, transparency, paper left white, whether the subject is readable, composition, colour, "
    'and whether anything is broken. Answer with JSON alone: {"score": a number from 1 to 10, "critique": "what to '
    'change first, in at most five sentences"}.'
)


class Painter(Protocol):
    """A model that is asked with a conversation, such as `policies.OpenAIPolicy`."""

    @property
    def name(self) -> str:
        """What a run records of it."""
        ...

    def complete(self, messages: Sequence[Mapping[str, Any]], about: str) -> str:
        """Returns what it answers; raises MachineError where there is no answer."""
        ...


@dataclass(frozen=True, slots=True)
class Round:
    """One drawing with what was said of it: `round.json` of its folder.

    Attributes:
        score: The critic's, 1 to 10; 0 where nothing was painted or the critic gave none.
        critique: What the painter is told.
        painted: Whether there is a picture.
    """

    score: float
    critique: str
    painted: bool


def research(
    task: Task,
    painter: Painter,
    critic: Painter,
    renderer: Renderer,
    folder: Path,
    *,
    rounds: int = 3,
    photo: Path | None = None,
) -> tuple[Candidate, Rendering]:
    """Returns the best of several rounds, the earlier of equal ones, and how it was drawn.

    Each round has a folder of its own with completion, program, picture and critique, each written as soon as it is
    there. What is there already is not asked for again, so that a research that was killed goes on.

    Args:
        task: What is painted.
        painter: Writes the programs.
        critic: Judges the pictures.
        renderer: Draws them.
        folder: Of the run.
        rounds: Drawings.
        photo: A picture of the subject, shown to both.

    Raises:
        MachineError: A model or the renderer failed; the rounds that were finished are kept.
    """
    canvas, id = canvases.get(spec_of(renderer.canvas)), safe_id(task.id)
    reference = [] if photo is None else [_text("The reference photograph:"), _shown(_read(photo))]
    messages: list[dict[str, Any]] = [
        {"role": "system", "content": canvas.system_prompt},
        {"role": "user", "content": [_text(task.prompt), *reference]},
    ]
    done: list[tuple[Round, Rendering, str]] = []
    for number in range(1, rounds + 1):
        place = folder / f"round-{number}"
        written, kept = place / "completion.md", _read_round(place)
        if not written.is_file():
            _write(written, painter.complete(messages, f"round {number} of {task.id!r}"))
        completion = written.read_bytes().decode()
        [(program, rendering)] = paint(canvas, renderer, [completion], [seed_of(id)])
        if not is_final(rendering):
            raise MachineError(f"{task.id} could not be painted: {rendering.message} Run the same again.")
        if kept is None:
            _write(place / f"program{canvas.suffix}", program)
            if rendering.image is not None:
                Image.fromarray(rendering.image).save(place / "picture.png")
        drawn = kept or _criticised(rendering, task, critic, reference)
        if kept is None:
            _write(place / "round.json", json.dumps(asdict(drawn), indent=2, ensure_ascii=False) + "\n")
        done.append((drawn, rendering, program))
        told = [_text(f"{drawn.critique}\nWrite the whole sketch anew.")]
        if rendering.image is not None:
            told = [_text("This is what your sketch painted:"), _shown(rendering.image), *told]
        messages += [{"role": "assistant", "content": completion}, {"role": "user", "content": told}]
    best = max(range(rounds), key=lambda place: done[place][0].score)
    drawn, rendering, program = done[best]
    note = f"round {best + 1} of {rounds}, {drawn.score:g} of {BEST} by {critic.name}"
    source = f"model:{painter.name}"
    return Candidate(id, task.prompt, task.prompt, source, program, note, spec_of(canvas)), rendering


def paint_tasks(
    candidates: CandidateFolder,
    tasks: Sequence[Task],
    painter: Painter,
    critic: Painter,
    renderer: Renderer,
    show: Callable[[int, int], None],
    *,
    rounds: int,
    photos: Path | None,
    jobs: int,
) -> None:
    """Researches the tasks that are no candidate yet, several at once, and keeps each as soon as it is done.

    Raises:
        MachineError: One of them failed; the others were finished and kept first.
    """
    left = [task for task in tasks if safe_id(task.id) not in candidates.read()]
    show(len(tasks) - len(left), len(tasks))

    def one(task: Task) -> tuple[Candidate, Rendering]:
        place = candidates.folder / "runs" / safe_id(task.id)
        photo = find_photo(photos, task)
        return research(task, painter, critic, renderer, place, rounds=rounds, photo=photo)

    failed: MachineError | None = None
    with ThreadPoolExecutor(jobs) as pool:
        for number, done in enumerate(as_completed([pool.submit(one, task) for task in left]), 1):
            try:
                candidates.keep(*done.result(), renderer.path)
            except MachineError as error:
                failed = error
            show(len(tasks) - len(left) + number, len(tasks))
    if failed is not None:
        raise failed


def find_photo(folder: Path | None, task: Task) -> Path | None:
    """Returns the photograph of a folder that bears a task's id or its prompt with hyphens, if there is one."""
    names = {safe_id(task.id), safe_id(task.prompt)}
    found = sorted(folder.iterdir()) if folder is not None else []
    return next(
        (path for path in found if path.suffix.lower() in PHOTOS and safe_id(path.stem) in names), None
    )


def _criticised(
    rendering: Rendering, task: Task, critic: Painter, reference: Sequence[Mapping[str, Any]]
) -> Round:
    if not rendering.ok or rendering.image is None:
        return Round(0.0, f"It painted nothing ({rendering.kind}): {rendering.message}", False)
    asked = [_text(f"It was to show: {task.prompt}"), _shown(rendering.image), *reference]
    messages: list[dict[str, Any]] = [
        {"role": "system", "content": CRITIC},
        {"role": "user", "content": asked},
    ]
    text = ""
    for _ in range(2):  # what cannot be read is asked for once more
        text = critic.complete(messages, f"a critique of {task.id!r}")
        told = _verdict(text)
        if told is not None:
            return Round(*told, True)
    return Round(0.0, text.strip() or "The critic said nothing.", True)


def _verdict(text: str) -> tuple[float, str] | None:
    """Reads score and critique out of an answer."""
    found = re.search(r"\{.*\}", text, re.DOTALL)
    try:
        told = json.loads(found[0]) if found else {}
        score = float(told["score"])
    except (ValueError, KeyError, TypeError):
        return None
    return (score, str(told.get("critique", ""))) if 1 <= score <= BEST else None


def _read_round(place: Path) -> Round | None:
    file = place / "round.json"
    return Round(**json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


def _write(file: Path, text: str) -> None:
    """Writes all of a text or nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.write_text(text, encoding="utf-8", errors="replace", newline="")
    part.replace(file)


def _read(photo: Path) -> NDArray[np.uint8]:
    with Image.open(photo) as picture:
        small = picture.convert("RGB")
        small.thumbnail((PHOTO_PX, PHOTO_PX))
        return np.asarray(small)


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _shown(image: NDArray[np.uint8]) -> dict[str, Any]:
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    url = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode('ascii')}"
    return {"type": "image_url", "image_url": {"url": url}}
