"""Scores one completion at a time, or whole groups of them, for trainers that ask so."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from codepaint_env import canvases
from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.render.renderer import Renderer
from codepaint_env.runs.curves import append_curves
from codepaint_env.trainers.shared.guard import Guard
from codepaint_env.trainers.shared.recent_samples import KEPT, RecentSamples
from codepaint_env.trainers.shared.settings import Settings
from codepaint_env.trainers.shared.training_renderer import training_renderer
from rewards import make
from rewards.errors import MissingPart, SpecError
from rewards.mixing.schedule import stepped
from rewards.types import Reward, Score, Task

log = logging.getLogger("codepaint")

T = TypeVar("T")

RAISED = "the reward raised, as is logged"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one completion.

    Attributes:
        value: The score; None where a machine failed.
        painted: True if the program painted.
        components: Parts of the score, always the same keys; 0.0 for those that are not known.
        reason: Why it has no score, or what the reward says; `""` where nobody says anything.
    """

    value: float | None
    painted: bool
    components: Mapping[str, float]
    reason: str


class SampleScorer:
    """Renders and judges completions; usable from any thread or event loop.

    What fails costs the sample's score or ends the training, as `Guard` decides. Each 200 samples a line of `metrics`
    is logged, and added to a file of this process in `log_to`.

    Args:
        spec: A reward spec or a live reward.
        canvas: Name of the canvas.
        renderer: Options of the renderer, or a live one.
        settings: What the trainer calls things, for messages.
        log_to: A folder for `curves-PID.jsonl`; None writes none.
        tells_step: The trainer tells the step of the training with each sample, so that a reward may move over it.
        whole_groups: Groups come whole, by `scores`, so that the reward may compare their samples.

    Raises:
        SpecError: The spec is not understood, or the reward compares the samples of a group and groups do not come
            whole, or it moves over a training and the trainer tells no step.
        MissingPart: An extra or a key is missing.
    """

    def __init__(
        self,
        spec: Any,
        *,
        canvas: str,
        renderer: Mapping[str, Any] | Renderer | None,
        settings: Settings,
        log_to: str | Path | None = None,
        tells_step: bool = False,
        whole_groups: bool = False,
    ) -> None:
        self.canvas = canvases.get(canvas).name
        self.settings = settings
        reward = self._explained(lambda: make(spec))
        if reward.traits.scope == "group" and not whole_groups:
            raise SpecError(
                f"The reward {reward.name!r} compares the samples of a group, and {settings.trainer} asks about one at "
                f"a time: set {settings.reward} to a reward that judges each by itself{settings.groups}."
            )
        step = 0 if tells_step else None
        stepped(reward, step, settings.step)
        drawing = training_renderer(canvas, renderer)
        self._evaluator = self._explained(lambda: Evaluator(canvases.get(canvas), reward, drawing, step=step))
        self._reward = reward
        self._components = reward.traits.components
        self._recent = RecentSamples(self._components)
        self._guard = Guard()
        self._log_to = None if log_to is None else Path(log_to)

    @property
    def range(self) -> tuple[float, float] | None:
        """Lowest and highest score; None where the reward claims none."""
        return self._evaluator.reward.traits.range

    def score(self, completion: str, task: Task, group: str, step: int | None = None) -> Verdict:
        """Scores one completion.

        Args:
            completion: What the policy wrote.
            task: What was asked.
            group: Samples of one group meet the same references.
            step: Of the training; None where none is told.

        Raises:
            SpecError: The reward moves over a training and no step is told.
            Exception: What ends the training; see `Guard`.
        """
        [verdict] = self.scores([completion], [task], [group], step)
        return verdict

    def scores(
        self,
        completions: Sequence[str],
        tasks: Sequence[Task],
        groups: Sequence[str],
        step: int | None = None,
    ) -> list[Verdict]:
        """Scores completions together, in order; raises as `score` does."""
        for completion in completions:
            self._check(completion)
        evaluate = partial(self._at(step).evaluate, list(completions), list(tasks), list(groups))
        found = self._explained(lambda: self._guard.run(evaluate, [None] * len(completions)))
        return [self._verdict(evaluated) for evaluated in found]

    async def ascore(self, completion: str, task: Task, group: str, step: int | None = None) -> Verdict:
        """Does what `score` does without blocking the event loop."""
        self._check(completion)
        evaluate = partial(self._at(step).aevaluate, [completion], [task], [group])
        try:
            [evaluated] = await self._guard.arun(evaluate, [None])
        except MissingPart as error:
            raise self._with_key(error) from error
        return self._verdict(evaluated)

    @property
    def reward(self) -> Reward:
        """What judges; the first step's, of a reward that moves."""
        return self._evaluator.reward

    def metrics(self) -> dict[str, float]:
        """Returns what is worth logging of this process's last 200 samples, always with the same keys."""
        return self._recent.metrics()

    def _at(self, step: int | None) -> Evaluator:
        if step is None:
            stepped(self._reward, None, self.settings.step)
            return self._evaluator
        return self._evaluator.at(step)

    def _check(self, completion: str) -> None:
        if not isinstance(completion, str):
            raise SpecError(
                f"{self.settings.trainer} gave a {type(completion).__name__} for a completion, {completion!r:.80}; it "
                "must be the text that the policy wrote."
            )

    def _explained(self, step: Callable[[], T]) -> T:
        try:
            return step()
        except MissingPart as error:
            raise self._with_key(error) from error

    def _with_key(self, error: MissingPart) -> MissingPart:
        """Returns the error with what the trainer calls the place of a key."""
        told = str(error)
        if "environment variable" not in told or self.settings.keys in told:
            return error
        return MissingPart(f"{told.rstrip('.')}; {self.settings.keys}.")

    def _verdict(self, evaluated: Evaluated | None) -> Verdict:
        count = self._recent.add(evaluated)
        if count % KEPT == 0:
            self._log(count)
        score = Score(None, reason=RAISED) if evaluated is None else evaluated.score
        rendering = None if evaluated is None else evaluated.sample.rendering
        parts = {name: float(score.components.get(name, 0.0)) for name in self._components}
        reason = score.reason or (rendering.message if rendering else "")
        return Verdict(score.value, rendering is not None and rendering.ok, parts, reason)

    def _log(self, count: int) -> None:
        found = self.metrics()
        log.info("%d samples: %s", count, ", ".join(f"{name} {value:.4g}" for name, value in found.items()))
        if self._log_to is not None:
            try:
                self._log_to.mkdir(parents=True, exist_ok=True)
                append_curves(self._log_to / f"curves-{os.getpid()}.jsonl", count, found)
            except OSError as error:
                log.warning("The numbers of %d samples were not kept: %s", count, error)
