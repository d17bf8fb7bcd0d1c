"""Turns completions into programs, renderings and scores; nothing else does."""

from __future__ import annotations

import asyncio
import copy
import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from codepaint_env.canvases.completion import Extraction
from codepaint_env.first_look import FirstLook
from codepaint_env.render.backend import Job
from codepaint_env.render.identity import seed_of
from codepaint_env.render.renderer import Renderer
from rewards import loop_thread
from rewards.answers import ask, scores_of
from rewards.errors import SpecError
from rewards.mixing.ramp import checked_step
from rewards.mixing.schedule import Scheduled, stepped
from rewards.preflight import check_tasks
from rewards.types import NEEDS, STAGES, Rendering, Reward, Sample, Score, Task, check_value

if TYPE_CHECKING:
    from codepaint_env.canvases.canvas import Canvas

PAGES = frozenset({"lint", "layout", "interactions"})  # what rewards of web pages read
TOLD = "pass it, Evaluator(..., step=n), take reward.at(n), or write the numbers of one step in place of the ramps"


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """One completion with its rendering and score.

    Attributes:
        sample: Task, program and rendering.
        score: The reward's score; its value is None if a machine failed.
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
        """Hash of the program's text; `""` if there is none."""
        program = self.sample.program
        return hashlib.sha256(program.encode("utf-8", "surrogatepass")).hexdigest() if program else ""

    @property
    def pixels_sha256(self) -> str:
        """Hash of the picture's `(height, width, 3)` array; `""` if there is none."""
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
        canvas: The kind of program.
        renderer: Draws the programs.
        completions: What the policy wrote.
        seeds: Seed of each program's random numbers, [0, 2**32).
        tasks: The task of each completion, or None.
        stages: Stages to record besides the canvas's own, such as `{"text"}`.
        stop: Kinds of findings after which no more expensive stage is recorded.
    """
    work = _Extracted(canvas, completions, seeds, tasks or [None] * len(completions), stages, stop)
    return work.painted(renderer.render(work.jobs))


async def apaint(
    canvas: Canvas,
    renderer: Renderer,
    completions: Sequence[str],
    seeds: Sequence[int],
    *,
    tasks: Sequence[Task | None] | None = None,
    stages: frozenset[str] = frozenset(),
    stop: frozenset[str] = frozenset(),
) -> list[Painted]:
    """Does what `paint` does without blocking the event loop."""
    work = _Extracted(canvas, completions, seeds, tasks or [None] * len(completions), stages, stop)
    return work.painted(await renderer.arender(work.jobs))


class Evaluator:
    """Extracts, renders, judges and masks; every environment, adapter and command uses it.

    Args:
        canvas: The kind of program.
        reward: Judges the renderings.
        renderer: Draws the programs.
        probe: Checks the reward's preflight on the first batches, until one has spread, instead of on shipped pictures;
            trainers do this.
        step: Training step, for a reward with ramps; `at` returns the evaluator of another step.

    Raises:
        SpecError: The reward needs evidence that the canvas does not record, or it has ramps and no step is given.
        MissingPart: It needs evidence from an extra that is not installed.
    """

    def __init__(
        self,
        canvas: Canvas,
        reward: Reward,
        renderer: Renderer,
        *,
        probe: bool = False,
        step: int | None = None,
    ) -> None:
        self._whole, self._step = reward, step
        reward = stepped(reward, step, TOLD)
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
        self._first_look = FirstLook(probe)
        self._last: Evaluator | None = None  # of all that `at` gave

    @property
    def moves(self) -> bool:
        """True if the reward has ramps, and so changes over the training steps."""
        return isinstance(self._whole, Scheduled)

    def at(self, step: int) -> Evaluator:
        """Returns the evaluator of a training step, which shares everything but the reward with this one.

        Raises:
            SpecError: The step is not a whole number of at least 0.
        """
        if not self.moves or checked_step(step) == self._step:
            return self
        last = self._last
        if last is None or last._step != step:
            last = copy.copy(self)
            last.reward, last._step, last._last = stepped(self._whole, step), step, None
            self._last = last
        return last

    def check_tasks(self, tasks: Iterable[Task]) -> None:
        """Raises `SpecError` for tasks that the reward cannot judge, such as those that lack a needed reference."""
        asked = list(tasks)
        check_tasks(self.reward, asked)
        if "reference" not in self.reward.needs:
            return
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
            completions: What the policy wrote, one per task.
            tasks: What was asked.
            groups: Key of each sample's group; None takes the task ids.
        """
        return self.judge(self.render(completions, tasks, groups))

    def render(
        self, completions: Sequence[str], tasks: Sequence[Task], groups: Sequence[str] | None = None
    ) -> list[Sample]:
        """Renders completions, in order, with all evidence that the reward needs; does not call the reward."""
        groups = self._groups(completions, tasks, groups)
        self._first_look.before(self.reward)
        seeds = [seed_of(task.id) for task in tasks]
        painted = paint(
            self.canvas, self.renderer, completions, seeds, tasks=tasks, stages=self._stages, stop=self._stop
        )
        return _samples(tasks, completions, painted, groups)

    def judge(self, samples: Sequence[Sample]) -> list[Evaluated]:
        """Scores rendered samples, in order, in one call of the reward."""
        if samples:
            self._first_look.at(self.reward, samples)
        return self._evaluated(samples, ask(self.reward, samples) if samples else [])

    async def aevaluate(
        self, completions: Sequence[str], tasks: Sequence[Task], groups: Sequence[str] | None = None
    ) -> list[Evaluated]:
        """Does what `evaluate` does without blocking the event loop."""
        return await self.ajudge(await self.arender(completions, tasks, groups))

    async def arender(
        self, completions: Sequence[str], tasks: Sequence[Task], groups: Sequence[str] | None = None
    ) -> list[Sample]:
        """Does what `render` does without blocking the event loop."""
        return await loop_thread.beside(self._rendered(completions, tasks, groups))

    async def ajudge(self, samples: Sequence[Sample]) -> list[Evaluated]:
        """Does what `judge` does without blocking the event loop."""
        return await loop_thread.beside(self._judged(samples))

    async def _rendered(
        self, completions: Sequence[str], tasks: Sequence[Task], groups: Sequence[str] | None
    ) -> list[Sample]:
        groups = self._groups(completions, tasks, groups)
        if not self._first_look.probe:
            await asyncio.to_thread(self._first_look.before, self.reward)
        seeds = [seed_of(task.id) for task in tasks]
        painted = await apaint(
            self.canvas, self.renderer, completions, seeds, tasks=tasks, stages=self._stages, stop=self._stop
        )
        return _samples(tasks, completions, painted, groups)

    async def _judged(self, samples: Sequence[Sample]) -> list[Evaluated]:
        if not samples:
            return []
        await asyncio.to_thread(self._first_look.at, self.reward, samples)
        ascore = getattr(self.reward, "ascore", None)
        if ascore is None:
            scores = await asyncio.to_thread(ask, self.reward, samples)
        else:
            scores = scores_of(self.reward.name, await ascore(samples), len(samples))
        return self._evaluated(samples, scores)

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
