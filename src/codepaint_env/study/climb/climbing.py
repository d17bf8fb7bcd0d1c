"""Climbs rewards from starts: all rewards side by side, so that what two of them ask for is painted once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codepaint_env import canvases
from codepaint_env.evaluate import paint
from codepaint_env.pool.candidates import write_picture
from codepaint_env.render.identity import seed_of
from codepaint_env.render.renderer import Renderer
from codepaint_env.study.climb.contender import Contender
from codepaint_env.study.climb.evaluation_log import EvaluationLog, sha256
from codepaint_env.study.climb.search import Best, Search
from codepaint_env.study.climb.starts import Start
from rewards.errors import MachineError
from rewards.types import DEFAULT_CANVAS, Rendering, Sample

WORK = 1_500_000_000
"""What drawing one program may take, in units of about a nanosecond; a mutation that asks for more fails."""

CALLS = 20_000
"""Drawing calls that one program may make."""

PICTURES = "pictures"
PROGRAMS = "programs"
_TRIES = 3  # of a machine that fails

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Point:
    """The best program of a climb after a number of evaluations.

    Attributes:
        evaluations: That were made.
        number: Of the evaluation that found it.
        own: What the reward that is climbed says of its picture.
        golds: What each gold says of it, by label.
        program_sha256: Hash of its text.
        picture: File of its picture in the folder; `""` where it paints nothing.
    """

    evaluations: int
    number: int
    own: float
    golds: Mapping[str, float]
    program_sha256: str
    picture: str


@dataclass(frozen=True, slots=True)
class Curve:
    """One climb.

    Attributes:
        reward: Label of the reward.
        start: Name of the start.
        points: In the order of their evaluations.
    """

    reward: str
    start: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Climb:
    """Climbs rewards and lets golds judge where they lead.

    Attributes:
        folder: What is written lies there.
        rewards: Those that are climbed.
        golds: Those that judge the best programs of each climb, and steer none.
        starts: Where each climb begins.
        donors: Statements that a mutation may splice in.
        evaluations: How many each climb has besides that of the start.
        seed: Of the mutations.
        workers: Programs painted at once; None takes as many as there are cores.
    """

    folder: Path
    rewards: Sequence[Contender]
    golds: Sequence[Contender]
    starts: Sequence[Start]
    donors: Sequence[str]
    evaluations: int = 256
    seed: int = 0
    workers: int | None = None
    _canvas: Any = field(default_factory=lambda: canvases.get(DEFAULT_CANVAS))

    @property
    def setup(self) -> dict[str, Any]:
        """What decides the programs of a climb, given the values of its reward."""
        return {
            "seed": self.seed,
            "starts": {start.name: sha256(start.program)[:12] for start in self.starts},
            "prompts": {start.name: [start.task.prompt, start.task.subject] for start in self.starts},
            "donors": sha256("\n".join(self.donors))[:12],
            "work": WORK,
        }

    def run(self, progress: Progress = lambda done, total: None) -> list[Curve]:
        """Climbs from every start; what is in the folder already is not evaluated again.

        Raises:
            SpecError: The folder holds another climb.
            MachineError: Something could not be painted or scored; the same command goes on.
        """
        log = EvaluationLog(
            self.folder, self.setup, {each.label: each.reward.version for each in self.rewards}
        )
        limits = {"work": WORK, "calls": CALLS}
        renderer = Renderer(self._canvas, workers=self.workers, disk_cache=False, options=limits)
        try:
            curves: list[Curve] = []
            for place, start in enumerate(self.starts):
                curves += self._from(start, place, renderer, log, progress)
            return curves
        finally:
            renderer.close()

    def _from(
        self, start: Start, place: int, renderer: Renderer, log: EvaluationLog, progress: Progress
    ) -> list[Curve]:
        searches = {
            each.label: Search(start, self.donors, self.evaluations, self.seed) for each in self.rewards
        }
        each_start = len(self.rewards) * (self.evaluations + 1)
        while not all(search.finished for search in searches.values()):
            self._step(start, searches, renderer, log)
            done = place * each_start + sum(search.done + 1 for search in searches.values())
            progress(done, len(self.starts) * each_start)
        return self._judged(start, searches, renderer)

    def _step(
        self, start: Start, searches: Mapping[str, Search], renderer: Renderer, log: EvaluationLog
    ) -> None:
        """Evaluates one generation of each reward; programs that several ask for are painted once."""
        asked = {label: search.generation() for label, search in searches.items() if not search.finished}
        known = {label: log.find(label, start.name, programs) for label, programs in asked.items()}
        missing = {
            program for label, its in asked.items() if known[label] is None for program in its.values()
        }
        painted = self._painted(start, sorted(missing), renderer)
        for each in self.rewards:
            if each.label not in asked:
                continue
            values = known[each.label]
            if values is None:
                programs = asked[each.label]
                samples = [painted[program] for program in programs.values()]
                values = each.values(self._canvas, renderer, samples)
                log.add(each.label, start.name, programs, values)
            searches[each.label].tell(values)

    def _painted(self, start: Start, programs: Sequence[str], renderer: Renderer) -> dict[str, Sample]:
        stages = frozenset().union(*(each.reward.needs for each in (*self.rewards, *self.golds)))
        found: dict[str, Sample] = {}
        for _ in range(_TRIES):
            left = [program for program in programs if program not in found]
            if not left:
                return found
            seeds, tasks = [seed_of(start.task.id)] * len(left), [start.task] * len(left)
            drawn = paint(
                self._canvas, renderer, left, seeds, tasks=tasks, stages=stages & self._canvas.on_request
            )
            for program, each in zip(left, drawn, strict=True):
                if each.rendering.status != "machine_error":
                    found[program] = Sample(start.task, program, each.program, each.rendering, start.task.id)
                last: Rendering = each.rendering
        if len(found) < len(programs):
            raise MachineError(f"A program could not be painted: {last.message} Run the same again.")
        return found

    def _judged(self, start: Start, searches: Mapping[str, Search], renderer: Renderer) -> list[Curve]:
        """Lets the golds judge the programs that were recorded, and keeps programs and pictures."""
        best = {each.program: None for search in searches.values() for each in search.records}
        painted = self._painted(start, list(best), renderer)
        golds: dict[str, dict[str, float]] = {program: {} for program in best}
        for gold in self.golds:
            values = gold.values(self._canvas, renderer, list(painted.values()))
            for program, value in zip(painted, values, strict=True):
                golds[program][gold.label] = round(value.value, 6)
        return [
            Curve(
                label,
                start.name,
                tuple(
                    self._point(f"{start.name}-{label}", each, painted[each.program], golds[each.program])
                    for each in search.records
                ),
            )
            for label, search in searches.items()
        ]

    def _point(self, name: str, best: Best, sample: Sample, golds: Mapping[str, float]) -> Point:
        stem = f"{name}-{best.evaluations:03d}"
        program = self.folder / PROGRAMS / f"{stem}{self._canvas.suffix}"
        program.parent.mkdir(exist_ok=True)
        program.write_text(best.program, encoding="utf-8")
        picture, image = "", sample.rendering.image if sample.rendering.ok else None
        if image is not None:
            picture = f"{PICTURES}/{stem}.webp"
            write_picture(self.folder / picture, image)
        own = round(best.value.value, 6)
        return Point(best.evaluations, best.number, own, golds, sha256(best.program), picture)
