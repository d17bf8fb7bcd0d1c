"""The one loop: completions become programs, renderings and scores, here and nowhere else."""

from __future__ import annotations

import asyncio
import hashlib
import math
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codepaint_env.canvases.p5brush import Extraction
from codepaint_env.render.renderer import Job, Renderer, seed_of
from rewards.errors import SpecError
from rewards.types import NEEDS, STAGES, Rendering, Reward, Sample, Score, Task

if TYPE_CHECKING:
    from codepaint_env.canvases.p5brush import P5Brush

_RECORDED = {"p5brush": frozenset({"source", "image"})}


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """One completion with all that came of it.

    Attributes:
        sample: Task, program and rendering.
        score: What the reward says; its value is None where a machine failed.
    """

    sample: Sample
    score: Score

    @property
    def valid(self) -> bool:
        """True if the score may enter training."""
        return self.score.value is not None

    @property
    def program_sha256(self) -> str:
        """Hash of the program's text; `""` where there is none."""
        program = self.sample.program
        return hashlib.sha256(program.encode("utf-8", "surrogatepass")).hexdigest() if program else ""

    @property
    def pixels_sha256(self) -> str:
        """Hash of the picture's `(height, width, 3)` array; `""` where there is none."""
        image = self.sample.rendering.image
        return hashlib.sha256(image.tobytes()).hexdigest() if image is not None else ""


class Evaluator:
    """Extracts, renders, judges and masks; every environment, adapter and command is a face of it.

    Args:
        canvas: What kind of programs are painted.
        reward: Judges the renderings.
        renderer: Draws the programs.

    Raises:
        SpecError: The reward needs evidence that the canvas does not record.
    """

    def __init__(self, canvas: P5Brush, reward: Reward, renderer: Renderer) -> None:
        recorded = _RECORDED[canvas.name]
        missing = sorted((reward.needs & frozenset(STAGES)) - recorded)
        unknown = sorted(reward.needs - NEEDS)
        if unknown:
            raise SpecError(
                f"{reward.name} needs {unknown[0]!r}; a reward may need {', '.join(sorted(NEEDS))}."
            )
        if missing:
            raise SpecError(
                f"{reward.name} needs {', '.join(missing)}; the canvas {canvas.name} records "
                f"{', '.join(sorted(recorded))}."
            )
        self.canvas = canvas
        self.reward = reward
        self.renderer = renderer
        self._preflight_lock = threading.Lock()
        self._preflight_pid = 0

    def evaluate(
        self, completions: Sequence[str], tasks: Sequence[Task], groups: Sequence[str] | None = None
    ) -> list[Evaluated]:
        """Renders and scores completions, in order.

        Args:
            completions: What the policy wrote, one a task.
            tasks: What was asked.
            groups: Which samples are compared with each other; None takes the task ids.
        """
        self._preflight()
        work = self._extract(completions, tasks, groups)
        renderings = self.renderer.render(_jobs(work))
        samples = _samples(work, renderings)
        return self._evaluated(samples, self.reward(samples) if samples else [])

    async def aevaluate(
        self, completions: Sequence[str], tasks: Sequence[Task], groups: Sequence[str] | None = None
    ) -> list[Evaluated]:
        """Does what `evaluate` does without blocking the event loop."""
        await asyncio.to_thread(self._preflight)
        work = self._extract(completions, tasks, groups)
        renderings = await self.renderer.arender(_jobs(work))
        samples = _samples(work, renderings)
        ascore = getattr(self.reward, "ascore", None)
        if not samples:
            return []
        scores = await (ascore(samples) if ascore is not None else asyncio.to_thread(self.reward, samples))
        return self._evaluated(samples, scores)

    def _preflight(self) -> None:
        """Lets the reward raise what is misconfigured, once a process, before its first score."""
        with self._preflight_lock:
            if self._preflight_pid != os.getpid():
                preflight = getattr(self.reward, "preflight", None)
                if preflight is not None:
                    preflight()
                self._preflight_pid = os.getpid()

    def _extract(
        self, completions: Sequence[str], tasks: Sequence[Task], groups: Sequence[str] | None
    ) -> list[_Work]:
        if isinstance(completions, str):
            raise TypeError("completions is one string; give a list of strings.")
        groups = [task.id for task in tasks] if groups is None else groups
        if not len(completions) == len(tasks) == len(groups):
            raise ValueError(
                f"{len(completions)} completions, {len(tasks)} tasks and {len(groups)} groups differ."
            )
        return [
            _Work(task, completion, self.canvas.extract(completion), group)
            for completion, task, group in zip(completions, tasks, groups, strict=True)
        ]

    def _evaluated(self, samples: list[Sample], scores: Sequence[Score]) -> list[Evaluated]:
        name = self.reward.name
        if len(scores) != len(samples):
            raise ValueError(f"The reward {name} gave {len(scores)} scores for {len(samples)} samples.")
        for score in scores:
            if score.value is not None and not math.isfinite(score.value):
                raise ValueError(f"The reward {name} gave {score.value}; a score is finite, or None.")
            for part, value in score.components.items():
                if not math.isfinite(value):
                    raise ValueError(
                        f"The reward {name} gave the component {part} = {value}; it must be finite."
                    )
        return [Evaluated(sample, score) for sample, score in zip(samples, scores, strict=True)]


@dataclass(frozen=True, slots=True)
class _Work:
    task: Task
    completion: str
    found: Extraction
    group: str


def _jobs(work: Sequence[_Work]) -> list[Job]:
    return [Job(item.found.program, seed_of(item.task.id)) for item in work if item.found.refusal is None]


def _samples(work: Sequence[_Work], renderings: Sequence[Rendering]) -> list[Sample]:
    drawn = iter(renderings)
    samples = []
    for item in work:
        if item.found.refusal is None:
            rendering = next(drawn)
        else:
            rendering = Rendering("program_error", *item.found.refusal, evidence=frozenset({"source"}))
        if item.found.findings:
            rendering = replace(rendering, findings=item.found.findings + rendering.findings)
        samples.append(Sample(item.task, item.completion, item.found.program, rendering, item.group))
    return samples
