"""Draws and judges for trainers that ask about one sample at a time: all their rollouts and sessions share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from codepaint_env import canvases
from codepaint_env.episodes.turns import Attempt, Turn, aplay
from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.shared.guard import FATAL, Guard
from codepaint_env.trainers.shared.recent_samples import RecentSamples
from codepaint_env.trainers.shared.training_renderer import training_renderer
from rewards import make
from rewards.errors import MachineError
from rewards.mixing.schedule import stepped
from rewards.types import Rendering, Sample, Task


class Painter:
    """One evaluator, one guard and one log for many rollouts; copies are itself.

    Args:
        reward: A reward spec or a live reward; None takes the canvas's own.
        canvas: Name of the canvas.
        renderer: Options of the renderer, or a live one.
        step: Of the training, for a reward that moves over it; an attempt may tell another one.
        telling: How a step is told, for the error where none is.

    Raises:
        SpecError: The spec is not understood, or does not go with the canvas, or moves and no step is told.
        MissingPart: An extra is missing.
    """

    def __init__(
        self,
        reward: Any,
        canvas: str,
        renderer: Mapping[str, Any] | Renderer | None = None,
        *,
        step: int | None = None,
        telling: str = "",
    ) -> None:
        place = canvases.get(canvas)
        judge = make(place.default_reward if reward is None else reward)
        stepped(judge, step, telling)
        self.evaluator = Evaluator(place, judge, training_renderer(canvas, renderer), step=step)
        self.recent = RecentSamples(judge.traits.components)
        self._guard = Guard()
        self._ended: Exception | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> Painter:
        return self

    def check(self) -> None:
        """Raises what ended the training, if anything has: nothing more is to be spent on it."""
        if self._ended is not None:
            raise self._ended

    def prepare(self) -> None:
        """Raises what the reward lacks, such as the key of an endpoint, before anything is painted."""
        self.evaluator.evaluate([], [])

    async def play(self, attempt: Attempt) -> Turn:
        """Draws a completion, judges it where that is wanted, and counts what failed.

        Raises:
            MachineError: Something failed before there was a turn; a turn without a score is returned as it is.
            TooManyInvalid: Over half of the last 200 samples have no score.
            Exception: What ends the training; see `Guard`.
        """
        [turn] = await self._counted([attempt])
        return turn

    async def score(
        self, completions: Sequence[str], tasks: Sequence[Task], groups: Sequence[str]
    ) -> list[Evaluated]:
        """Draws and judges completions together, for rewards that compare those of a group; raises what `play` does."""
        attempts = [
            Attempt(completion, task, group, None, "always", criticised=False)
            for completion, task, group in zip(completions, tasks, groups, strict=True)
        ]
        return [turn.evaluated for turn in await self._counted(attempts)]

    def lost(self, error: MachineError) -> None:
        """Counts a sample that nobody waits for any more; raises `TooManyInvalid` as `play` does."""
        self.recent.add(None)
        try:
            self._guard.run(list, [error])
        except FATAL as ended:
            self._ended = ended
            raise

    def _log(self, placed: Sequence[Evaluated | None]) -> None:
        for each in placed:
            if each is None or each.judged or not each.valid:
                self.recent.add(each)

    async def _counted(self, attempts: Sequence[Attempt]) -> list[Turn]:
        self.check()
        turns: list[Turn] = []
        failure: list[Exception] = []

        async def evaluate() -> list[Evaluated]:
            try:
                turns.extend(await aplay(self.evaluator, attempts))
            except Exception as error:
                failure.append(error)
                raise
            return [turn.evaluated for turn in turns]

        placed: Sequence[Evaluated | None] = [None] * len(attempts)
        try:
            placed = await self._guard.arun(evaluate, [None] * len(attempts))
        except FATAL as error:
            self._ended = error
            raise
        except Exception:
            self._log(placed)
            raise
        self._log(placed)
        if failure:
            raise MachineError(f"The reward raised {type(failure[0]).__name__}: {failure[0]}") from failure[0]
        return turns


def first_attempt(completion: str, task: Task, group: str) -> Attempt:
    """Returns what is played where a completion is all that a policy has to say."""
    return Attempt(completion, task, group, None, "always", criticised=False)


def next_before(turn: Turn, before: Sample | None) -> Sample | None:
    """Returns the sample that last changed the picture, after a turn."""
    return before if turn.unchanged else turn.evaluated.sample


def why_no_score(evaluated: Evaluated) -> str:
    """Returns what failed, for a sample without a score."""
    rendering: Rendering = evaluated.sample.rendering
    if rendering.status == "machine_error":
        return rendering.message or rendering.kind or "the renderer failed"
    return evaluated.score.reason or "no reason was given"
