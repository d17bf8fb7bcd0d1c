"""Candidates: paintings that may enter a pool, in a folder that can be filled little by little."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from codepaint_env import canvases
from codepaint_env.pool.colours import leading_hue
from codepaint_env.pool.studies import HEADER, Painting, read_study
from codepaint_env.render.backend import Job
from codepaint_env.render.identity import seed_of
from rewards.errors import MachineError, SpecError
from rewards.json_lines import LineWriter, read_lines
from rewards.judged.pictures import EFFORT, QUALITY
from rewards.types import DEFAULT_CANVAS, Rendering

if TYPE_CHECKING:
    from codepaint_env.render.renderer import Renderer

RECORDS = "candidates.jsonl"
BATCH = 16  # programs drawn before anything is written


@dataclass(frozen=True, slots=True)
class Candidate:
    """A program that is to be painted.

    Attributes:
        id: Stable name; files are named by it.
        subject: What is painted, in a few words.
        prompt: What a policy would be asked for it.
        source: Who or what wrote the program, such as `study:iris/a single stem`: study and composition.
        program: Its text.
        note: Anything else worth knowing.
        canvas: The kind of program.
    """

    id: str
    subject: str
    prompt: str
    source: str
    program: str
    note: str = ""
    canvas: str = DEFAULT_CANVAS


@dataclass(frozen=True, slots=True)
class Painted:
    """One line of `candidates.jsonl`: a candidate that was drawn.

    Attributes:
        id: As of `Candidate`, and so are `subject`, `prompt`, `source`, `note` and `canvas`.
        program_sha256: Hash of the program's bytes.
        render_seed: The seed with which it was drawn.
        path: The backend that drew it, such as `engine`.
        pixels_sha256: Hash of the `(height, width, 3)` array as it was drawn; empty where nothing was painted.
        problem: Why there is no picture; empty where there is one.
        hue: The picture's leading colour, as `colours.leading_hue` tells it.
    """

    id: str
    subject: str
    prompt: str
    source: str
    note: str
    program_sha256: str
    render_seed: int
    path: str
    pixels_sha256: str
    problem: str
    hue: str = ""
    canvas: str = DEFAULT_CANVAS


def from_studies(folder: Path, count: int) -> list[Candidate]:
    """Returns so many paintings of the studies in a folder, of each about as many.

    Raises:
        SpecError: There is no study, or one cannot be read.
    """
    studies = [read_study(path) for path in _programs(folder, canvases.get(DEFAULT_CANVAS).suffix)]
    share, more = divmod(count, len(studies))
    return [
        Candidate(
            painting.id,
            painting.subject,
            painting.prompt,
            f"study:{study.name}{_composition(painting)}",
            painting.program,
            ", ".join(f"{name} {value}" for name, value in painting.values.items()),
        )
        for place, study in enumerate(studies)
        for painting in map(study.paint, range(share + (place < more)))
    ]


def _composition(painting: Painting) -> str:
    return f"/{painting.values['composition']}" if "composition" in painting.values else ""


def from_sketches(folder: Path, canvas: str = DEFAULT_CANVAS) -> list[Candidate]:
    """Returns the programs of a folder that paint on a canvas, each as it is.

    A line `// subject: …` or `// prompt: …` tells what is painted; without it the file's name does.

    Raises:
        SpecError: There is no such program, or one is not text.
    """
    found = []
    for path in _programs(folder, canvases.get(canvas).suffix):
        try:
            program = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise SpecError(
                f"{path} is not UTF-8 text ({error.reason} at byte {error.start}). Remove it or save it anew."
            ) from None
        told = {line["key"]: line["text"].strip() for line in HEADER.finditer(program)}
        subject = told.get("subject", re.sub(r"[\W\d_]+", " ", path.stem).strip() or path.stem)
        prompt = told.get("prompt", f"{subject} in watercolour")
        source = f"sketch:{path.name}"
        found.append(Candidate(safe_id(path.stem), subject, prompt, source, program, canvas=canvas))
    return found


def safe_id(text: str) -> str:
    """Returns an id of letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "untitled"


def _programs(folder: Path, suffix: str) -> list[Path]:
    found = sorted(path for path in folder.glob(f"*{suffix}") if path.is_file())
    if not found:
        raise SpecError(f"There is no {suffix} file in {folder}; name a folder that holds such programs.")
    return found


class CandidateFolder:
    """A folder of candidates: of each a program, `pictures/ID.webp`, and a line of `candidates.jsonl`.

    A line is written after the files that it speaks of, so that a folder whose filling was killed is filled on.

    Args:
        folder: Made when something is written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self) -> dict[str, Painted]:
        """Returns what was drawn so far, by id.

        Raises:
            SpecError: A line cannot be understood. One that a kill cut short is left out with a warning.
        """
        records = self.folder / RECORDS
        found = {}
        for line in read_lines(records) if records.is_file() else ():
            try:
                painted = Painted(**line.value)
            except TypeError as error:
                raise SpecError(f"{line.where}: {error}. Remove the line.") from None
            found[painted.id] = painted
        return found

    def program_of(self, painted: Painted) -> Path:
        """Returns the file of a program."""
        return self.folder / "programs" / f"{painted.id}{canvases.get(painted.canvas).suffix}"

    def picture_of(self, painted: Painted) -> Path:
        """Returns the file of a picture."""
        return self.folder / "pictures" / f"{painted.id}.webp"

    def missing(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Returns those that were not drawn yet.

        Raises:
            SpecError: One was drawn, but of another program, or two have one name.
        """
        done, left = self.read(), {}
        for each in candidates:
            if each.id in left:
                raise SpecError(f"Two candidates are called {each.id!r}; rename one of their files.")
            if each.id not in done:
                left[each.id] = each
            elif done[each.id].program_sha256 != _sha256(each.program.encode()):
                raise SpecError(
                    f"{self.folder} holds another program under the name {each.id!r}; take a new folder."
                )
        return list(left.values())

    def draw(
        self,
        candidates: Sequence[Candidate],
        renderer: Renderer,
        show: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        """Draws those that are missing; of a program that fails the reason is written down.

        What a machine failed to draw stays missing.

        Raises:
            MachineError: Nothing of a whole batch could be drawn; what was drawn before is kept.
        """
        left = self.missing(candidates)
        done = len(candidates) - len(left)
        waiting = iter(left)
        show(done, len(candidates))
        while batch := list(islice(waiting, BATCH)):
            jobs = [Job(each.program, seed_of(each.id)) for each in batch]
            renderings = renderer.render(jobs)
            whole = [pair for pair in zip(batch, renderings, strict=True) if is_final(pair[1])]
            for each, rendering in whole:
                self.keep(each, rendering, renderer.path)
            if not whole:
                raise MachineError(f"{done} are drawn, then: {renderings[0].message} Run the same again.")
            done += len(whole)
            show(done, len(candidates))

    def keep(self, candidate: Candidate, rendering: Rendering, path: str) -> Painted:
        """Writes down what became of a candidate."""
        image = rendering.image if rendering.ok else None
        program = candidate.program.encode()
        painted = Painted(
            candidate.id,
            candidate.subject,
            candidate.prompt,
            candidate.source,
            candidate.note,
            _sha256(program),
            seed_of(candidate.id),
            path,
            "" if image is None else _sha256(image.tobytes()),
            "" if image is not None else f"{rendering.kind}: {rendering.message}",
            "" if image is None else leading_hue(image),
            candidate.canvas,
        )
        self._write(self.program_of(painted), program)
        if image is not None:
            write_picture(self.picture_of(painted), image)
        with LineWriter(self.folder / RECORDS, sync=True) as records:
            records.append(asdict(painted))
        return painted

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def write_picture(path: Path, image: NDArray[np.uint8]) -> None:
    """Writes a picture as pools keep it, and as `rewards.judged.pictures` shows a judge what is compared with them."""
    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(image).save(path, quality=QUALITY, method=EFFORT)


def is_final(rendering: Rendering) -> bool:
    """Tells whether drawing once more would come to the same: not where a machine failed."""
    return rendering.status != "machine_error"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
