"""What all sessions of a server share, and an episode in each of them; knows nothing of OpenEnv."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from codepaint_env.episodes.episode import Episode, Info, Observation
from codepaint_env.episodes.setting import Setting
from codepaint_env.render.renderer import Renderer
from codepaint_env.tasks import load_tasks
from codepaint_env.trainers.shared.guard import FATAL
from codepaint_env.trainers.shared.painter import Painter, why_no_score
from codepaint_env.trainers.shared.setting_name import setting
from rewards.errors import MachineError, SpecError
from rewards.types import Task

NO_SCORE = "No score, for a machine failed and not the program"
"""How the message of a step begins that has to be sent again."""

SPLIT = "train"

TELLING = "pass the step at which the training begins, app(step=0), and each later one by reset(step=n)"


class Studio:
    """The tasks, the renderer, the reward and the guard of a server.

    Args:
        tasks: As for `app`, and so are the others.
    """

    def __init__(
        self,
        tasks: str | Path | Sequence[str | Mapping[str, Any] | Task] | None,
        *,
        reward: Any,
        canvas: str,
        renderer: Mapping[str, Any] | Renderer | None,
        max_turns: int,
        reward_mode: str,
        images: bool,
        step_timeout_s: float,
        step: int | None = None,
    ) -> None:
        if type(max_turns) is not int or max_turns < 1:
            raise SpecError(f"app(max_turns={max_turns!r}): it must be a whole number above 0.")
        if reward_mode not in ("final", "delta"):
            raise SpecError(f"app(reward_mode={reward_mode!r}): it must be 'final' or 'delta'.")
        if not step_timeout_s > 0:
            raise SpecError(f"app(step_timeout_s={step_timeout_s!r}): it must be above 0 s.")
        with setting("app(reward=...)"):
            self.painter = Painter(reward, canvas, renderer, step=step, telling=TELLING)
            judge = self.painter.evaluator.reward
            if judge.traits.scope == "group":
                raise SpecError(
                    f"the reward {judge.name!r} compares the samples of a group, and a session sees one; take a reward "
                    "that judges each by itself."
                )
            self.painter.prepare()
        place = self.painter.evaluator.canvas
        with setting("app(tasks=...)"):
            asked = load_tasks(place.default_tasks if tasks is None else tasks, place.name)
            self.painter.evaluator.check_tasks(asked)
        self.setting = Setting(self.painter.evaluator, asked, max_turns, reward_mode, "raise")
        self.images = images
        self.step_timeout_s = step_timeout_s

    def task(self, index: int) -> Task:
        """Returns a task by its place in the set; raises `SpecError` where there is none."""
        count = len(self.setting.tasks)
        if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < count:
            raise SpecError(f"reset(index={index!r}): there are {count} tasks, counted from 0.")
        return self.setting.tasks[index]


class Sitting:
    """One session's episode; others know nothing of it."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.episode = Episode(studio.setting)
        self._rng = np.random.default_rng()

    def begin(self, seed: int | None, options: Mapping[str, Any]) -> tuple[Observation, Info]:
        """Starts over.

        Args:
            seed: Where the draw of tasks starts, as in `env.reset(seed=...)`; None goes on drawing.
            options: `task_id`, `prompt`, `group`, `step` of the training, and `split` with `index`. A `prompt` beside a
                `task_id` is compared with the task's own.

        Raises:
            SpecError: They are not understood; the sentence begins with the argument of `reset`.
        """
        self._studio.painter.check()
        if seed is not None:
            self._rng = np.random.default_rng(seed)
        return self.episode.begin(self._rng, self._chosen(dict(options)))

    async def step(self, completion: str) -> tuple[Observation, float, Info]:
        """Plays a completion.

        Raises:
            MachineError: There is no score; the episode is as it was before, and the step may be sent again.
            NotBegun: A reset is due.
            Exception: What ended the training.
        """
        attempt = self.episode.attempt(completion)
        limit = self._studio.step_timeout_s
        clock = asyncio.timeout(limit)
        try:
            async with clock:
                turn = await self._studio.painter.play(attempt)
        except TimeoutError:
            if not clock.expired():
                raise  # the reward's own, for the third time in a row
            late = MachineError(
                f"{NO_SCORE}: the step took longer than {limit:g} s. Send it again, or raise "
                "app(step_timeout_s=...) and the client's message_timeout_s."
            )
            self._studio.painter.lost(late)
            raise late from None
        except FATAL:
            raise
        except MachineError as error:
            raise MachineError(f"{NO_SCORE}: {error}. Send the step again.") from error
        if not turn.evaluated.valid:
            raise MachineError(f"{NO_SCORE}: {why_no_score(turn.evaluated)}. Send the step again.")
        return self.episode.end_turn(turn)

    def _chosen(self, options: dict[str, Any]) -> dict[str, Any]:
        split, index = options.pop("split", SPLIT), options.pop("index", None)
        if split != SPLIT:
            raise SpecError(f"reset(split={split!r}): there is {SPLIT!r} alone.")
        if index is not None:
            if "task_id" in options or "prompt" in options:
                raise SpecError(f"reset(index={index!r}): give the index, or a task_id, or a prompt.")
            return options | {"task_id": self._studio.task(index).id}
        prompt = options.get("prompt")
        if "task_id" in options and prompt is not None:
            del options["prompt"]
            wanted = options["task_id"]
            for task in self._studio.setting.tasks:
                if task.id == wanted and task.prompt != prompt:
                    raise SpecError(
                        f"reset(prompt={prompt!r:.80}): the server's task {wanted!r} asks for {task.prompt!r:.80}; "
                        "start app(tasks=...) with the set that the rows were written from."
                    )
        return options
