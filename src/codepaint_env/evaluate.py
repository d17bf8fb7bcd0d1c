"""The one loop: completions become programs, renderings and scores, here and nowhere else."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import math
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from codepaint_env.canvases.completion import Extraction
from codepaint_env.render.backend import Job
from codepaint_env.render.identity import seed_of
from codepaint_env.render.renderer import Renderer
from rewards.answers import ask, scores_of
from rewards.errors import SpecError
from rewards.forks import ForkSafeLock
from rewards.preflight import NoSpread, preflight, preflight_with_warnings
from rewards.types import NEEDS, STAGES, Rendering, Reward, Sample, Score, Task, check_value

if TYPE_CHECKING:
    from codepaint_env.canvases.canvas import Canvas

log = logging.getLogger("codepaint")

PAGES = frozenset({"lint", "layout", "interactions"})  # what rewards of web pages read
FLAT_BATCHES = 3  # without spread, from the first on, before a training is refused
FLAT_SAMPLES = 64  # in them, so that a young policy that paints one time in ten is not refused by chance


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """One completion with all that came of it.

    Attributes:
        sample: Task, program and rendering.
        score: What the reward says; its value is None where a machine failed.
        judged: False if the reward was not asked, see `unjudged`.
    """

    sample: Sample
    score: Score
    judged: bool = True

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
        return hashlib.sha256(np.ascontiguousarray(image).data).hexdigest() if image is not None else ""


def unjudged(sample: Sample) -> Evaluated:
    """Returns a sample of which no reward was asked: 0.0 without components, None where the machine failed."""
    rendering = sample.rendering
    failed = rendering.status == "machine_error"
    return Evaluated(sample, Score(None, reason=rendering.message) if failed else Score(0.0), judged=False)


class Painted(NamedTuple):
    """A completion's program and what was recorded when it ran."""

    program: str
    rendering: Rendering


def paint(
    canvas: Canvas,
    renderer: Renderer,
    completions: Sequence[str],
    seeds: Sequence[int],
    *,
    tasks: Sequence[Task | None] | None = None,
    stages: frozenset[str] = frozenset(),
    stop: frozenset[str] = frozenset(),
) -> list[Painted]:
    """Extracts and renders completions, in order, without judging them.

    Args:
        canvas: What kind of programs are painted.
        renderer: Draws them.
        completions: What the policy wrote.
        seeds: Where each program's random numbers start, [0, 2**32).
        tasks: What was asked for each; None where nobody asked.
        stages: What to record besides the canvas's own stages, such as `{"text"}`.
        stop: Kinds of findings after which no dearer stage is recorded.
    """
    work = _Extracted(canvas, completions, seeds, tasks or [None] * len(completions), stages, stop)
    return work.painted(renderer.render(work.jobs))


class Evaluator:
    """Extracts, renders, judges and masks; every environment, adapter and command is a face of it.

    Args:
        canvas: What kind of programs are painted.
        reward: Judges the renderings.
        renderer: Draws the programs.
        probe: Shows the first batch to the reward's preflight in place of pictures that ship, as trainers do, and the
            next ones until one has spread.

    Raises:
        SpecError: The reward needs evidence that the canvas does not record.
        MissingPart: It needs evidence that takes an extra which is not installed.
    """

    def __init__(self, canvas: Canvas, reward: Reward, renderer: Renderer, *, probe: bool = False) -> None:
        recorded = canvas.stages | canvas.on_request
        missing = sorted((reward.needs & frozenset(STAGES)) - recorded)
        unknown = sorted(reward.needs - NEEDS)
        if unknown:
            raise SpecError(
                f"{reward.name} needs {unknown[0]!r}; a reward may need {', '.join(sorted(NEEDS))}."
            )
        judged = reward.traits.canvases
        if judged is not None and canvas.name not in judged:
            raise SpecError(_bound(reward, judged, canvas.name))
        if missing:
            raise SpecError(
                f"{reward.name} needs {', '.join(missing)}; the canvas {canvas.name} records "
                f"{', '.join(sorted(recorded))}."
            )
        self._stages = reward.needs & canvas.on_request
        self._stop: frozenset[str] = getattr(reward, "settled_by", frozenset())
        canvas.recorders(self._stages)  # raises what is missing
        self.canvas = canvas
        self.reward = reward
        self.renderer = renderer
        self._probe = probe
        self._preflight_lock = ForkSafeLock()
        self._preflight_pid = 0
        self._flat: list[int] = []  # sizes of the first batches, as long as they have no spread

    def check_tasks(self, tasks: Iterable[Task]) -> None:
        """Raises `SpecError` if the reward needs a reference picture and some task has none: it could not be scored."""
        if "reference" not in self.reward.needs:
            return
        asked = list(tasks)
        without = [task.id for task in asked if task.reference is None]
        if without:
            raise SpecError(
                f"The reward {self.reward.name!r} needs a reference picture of each task, and {len(without)} of "
                f"{len(asked)} have none, such as {without[0]!r}. Give them one (the key 'reference' in a task file), "
                "or take a reward that needs none: 'perceptual' and 'dino' with references='pool' compare with the "
                "pool."
            )

    def evaluate(
        self, completions: Sequence[str], tasks: Sequence[Task], groups: Sequence[str] | None = None
    ) -> list[Evaluated]:
        """Renders and scores completions, in order.

        Args:
            completions: What the policy wrote, one a task.
            tasks: What was asked.
            groups: Which samples are compared with each other; None takes the task ids.
        """
        return self.judge(self.render(completions, tasks, groups))

    def render(
        self, completions: Sequence[str], tasks: Sequence[Task], groups: Sequence[str] | None = None
    ) -> list[Sample]:
        """Renders completions, in order, with all evidence that the reward needs, and asks it nothing."""
        groups = self._groups(completions, tasks, groups)
        if not self._probe:
            self._preflight()
        seeds = [seed_of(task.id) for task in tasks]
        painted = paint(
            self.canvas, self.renderer, completions, seeds, tasks=tasks, stages=self._stages, stop=self._stop
        )
        return _samples(tasks, completions, painted, groups)

    def judge(self, samples: Sequence[Sample]) -> list[Evaluated]:
        """Scores samples that were rendered, in order, in one call of the reward."""
        if samples:
            self._preflight(samples if self._probe else None)
        return self._evaluated(samples, ask(self.reward, samples) if samples else [])

    async def aevaluate(
        self, completions: Sequence[str], tasks: Sequence[Task], groups: Sequence[str] | None = None
    ) -> list[Evaluated]:
        """Does what `evaluate` does without blocking the event loop."""
        groups = self._groups(completions, tasks, groups)
        if not self._probe:
            await asyncio.to_thread(self._preflight)
        seeds = [seed_of(task.id) for task in tasks]
        work = _Extracted(self.canvas, completions, seeds, tasks, self._stages, self._stop)
        painted = work.painted(await self.renderer.arender(work.jobs))
        samples = _samples(tasks, completions, painted, groups)
        ascore = getattr(self.reward, "ascore", None)
        if not samples:
            return []
        if self._probe:
            await asyncio.to_thread(self._preflight, samples)
        if ascore is None:
            scores = await asyncio.to_thread(ask, self.reward, samples)
        else:
            scores = scores_of(self.reward.name, await ascore(samples), len(samples))
        return self._evaluated(samples, scores)

    def _preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Lets the reward raise what is misconfigured, once a process, before its first score."""
        with self._preflight_lock:
            if self._preflight_pid == os.getpid():
                return
            if samples is None:
                preflight_with_warnings(self.reward)
            elif self._has_no_spread(samples):
                return
            self._preflight_pid = os.getpid()

    def _has_no_spread(self, samples: Sequence[Sample]) -> bool:
        """Shows the reward's preflight a batch of the policy's own; raises `NoSpread` once enough had none."""
        try:
            preflight(self.reward, samples)
        except NoSpread as error:
            self._flat.append(len(samples))
            if len(self._flat) >= FLAT_BATCHES and sum(self._flat) >= FLAT_SAMPLES:
                raise
            if len(self._flat) == 1:
                log.warning("The next batches decide whether this ends the training: %s", error)
            return True
        return False

    def _groups(
        self, completions: Sequence[str], tasks: Sequence[Task], groups: Sequence[str] | None
    ) -> list[str]:
        if isinstance(completions, str):
            raise TypeError("completions is one string; give a list of strings.")
        named = [task.id for task in tasks] if groups is None else list(groups)
        if not len(completions) == len(tasks) == len(named):
            raise ValueError(
                f"{len(completions)} completions, {len(tasks)} tasks and {len(named)} groups differ."
            )
        self.check_tasks(tasks)
        return named

    def _evaluated(self, samples: Sequence[Sample], scores: Sequence[Score]) -> list[Evaluated]:
        name = self.reward.name
        for score in scores:
            if score.value is not None:
                check_value(name, score.value, self.reward.traits.range)
            for part, value in score.components.items():
                if not math.isfinite(value):
                    raise ValueError(
                        f"The reward {name} gave the component {part} = {value}; it must be finite."
                    )
        return [Evaluated(sample, score) for sample, score in zip(samples, scores, strict=True)]


def _bound(reward: Reward, judged: frozenset[str], canvas: str) -> str:
    """Says why a reward cannot judge a canvas, and the way out."""
    whose = " and ".join(map(repr, sorted(judged)))
    if reward.needs & PAGES:
        return (
            f"{reward.name} judges what is recorded of a web page, so it takes the canvas {whose}, and the canvas is "
            f"{canvas!r}. Play a web page (codepaint/HTML-v0), or take a reward that looks at the picture alone."
        )
    return (
        f"{reward.name} compares with paintings of {whose}, and the canvas is {canvas!r}. Give it a pool of your own "
        "with the option 'pool' (`codepaint pool --help` tells how to make one), or take a reward that looks at the "
        "picture alone."
    )


class _Extracted:
    """Completions of which some hold a program to draw and the others are bad without a run."""

    def __init__(
        self,
        canvas: Canvas,
        completions: Sequence[str],
        seeds: Sequence[int],
        tasks: Sequence[Task | None],
        stages: frozenset[str],
        stop: frozenset[str],
    ) -> None:
        self._found = [canvas.extract(completion) for completion in completions]
        self.jobs = [
            Job(found.program, seed, task, stages, stop)
            for found, seed, task in zip(self._found, seeds, tasks, strict=True)
            if found.refusal is None
        ]

    def painted(self, renderings: Sequence[Rendering]) -> list[Painted]:
        """Puts the renderings of the jobs back in their places among the refused."""
        drawn = iter(renderings)
        return [Painted(found.program, _with_findings(found, drawn)) for found in self._found]


def _with_findings(found: Extraction, drawn: Iterator[Rendering]) -> Rendering:
    if found.refusal is not None:
        return Rendering(
            "program_error", *found.refusal, findings=found.findings, evidence=frozenset({"source"})
        )
    rendering = next(drawn)
    return replace(rendering, findings=found.findings + rendering.findings) if found.findings else rendering


def _samples(
    tasks: Sequence[Task], completions: Sequence[str], painted: Sequence[Painted], groups: Sequence[str]
) -> list[Sample]:
    return [
        Sample(task, completion, done.program, done.rendering, group)
        for task, completion, done, group in zip(tasks, completions, painted, groups, strict=True)
    ]
