"""The Gymnasium face of the evaluator: a prompt, a program and its picture on each turn, a reward."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import gymnasium as gym
import numpy as np
from gymnasium.error import ClosedEnvironmentError, ResetNeeded
from numpy.typing import NDArray

from codepaint_env.episodes.episode import RENDER_MODES, Episode, Info, NotBegun, Observation, fresh
from codepaint_env.episodes.setting import make_setting
from codepaint_env.episodes.turns import Attempt, play
from codepaint_env.evaluate import Evaluated
from codepaint_env.gym.keywords import refuse_unknown_keywords
from codepaint_env.gym.spaces import action_space, observation_space
from rewards.errors import SpecError
from rewards.mixing.ramp import checked_step
from rewards.types import DEFAULT_CANVAS, Task


class PaintEnv(gym.Env[Observation, str]):
    """Asks for a picture, runs the program that the policy writes, and rewards what it paints.

    Args:
        canvas: The kind of program, such as `svg`; the id of the environment already sets it.
        reward: A reward spec (a name, a mapping, an expression, `module:factory`) or a reward object; None takes the
            canvas's own.
        tasks: The name of a prompt set, the path of a file, or a list of prompts; None takes the canvas's own.
        max_turns: Completions in an episode; each is answered with its picture and feedback.
        reward_mode: `final` rewards the last picture, `delta` each turn by how much better its picture is.
        renderer: Options of the renderer: `path`, `workers`, `cache`, `disk_cache`, and limits and options of the
            canvas's backends.
        on_machine_error: `mask` (reward 0.0, `reward/valid` False) or `raise`.
        diagnostics: Adds times and counters (`diagnostics/…`) to the info, which is then not repeatable.
        render_mode: `rgb_array`, `ansi` or None.
        step: Training step, for a reward with ramps; `set_step` and `reset` set later ones.
        autoreset_mode: Refused; it belongs to vector environments.
    """

    metadata = {"render_modes": list(RENDER_MODES), "render_fps": 1}  # noqa: RUF012 (gymnasium's own form)

    @refuse_unknown_keywords
    def __init__(
        self,
        *,
        canvas: str = DEFAULT_CANVAS,
        reward: Any = None,
        tasks: str | Path | Sequence[str | Mapping[str, Any] | Task] | None = None,
        max_turns: int = 1,
        reward_mode: str = "final",
        renderer: Mapping[str, Any] | None = None,
        on_machine_error: str = "mask",
        diagnostics: bool = False,
        render_mode: str | None = None,
        step: int | None = None,
        autoreset_mode: object = None,
    ) -> None:
        if autoreset_mode is not None:
            raise SpecError(
                f"autoreset_mode is {autoreset_mode!r}, but a single environment does not reset itself. With "
                "vectorization_mode 'sync' or 'async' give "
                "vector_kwargs={'autoreset_mode': gymnasium.vector.AutoresetMode.SAME_STEP}."
            )
        if render_mode is not None and render_mode not in RENDER_MODES:
            raise SpecError(
                f"render_mode is {render_mode!r}; it must be one of {', '.join(RENDER_MODES)}, or None."
            )
        self.render_mode = render_mode
        self._setting = make_setting(
            canvas=canvas,
            reward=reward,
            tasks=tasks,
            max_turns=max_turns,
            reward_mode=reward_mode,
            renderer=renderer,
            on_machine_error=on_machine_error,
            step=step,
        )
        judge = self._setting.evaluator.reward
        if judge.traits.scope == "group":
            raise SpecError(
                f"The reward {judge.name!r} compares the samples of a group, and a single environment sees "
                "one. Use gym.make_vec with environments that share a task."
            )
        self.observation_space = observation_space(self._setting)
        self.action_space = action_space(self._setting)
        self._diagnostics = diagnostics
        self._episode = Episode(self._setting)
        self._closed = False
        self._setting.evaluator.renderer.hold()

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks that an episode may ask."""
        return self._setting.tasks

    @property
    def canvas(self) -> str:
        """Name of the canvas."""
        return self._setting.evaluator.canvas.name

    @property
    def evaluated(self) -> Evaluated | None:
        """Sample and score of the last completion in this episode; None before the first."""
        return None if self._episode.last is None else self._episode.last.evaluated

    @property
    def system_prompt(self) -> str:
        """What a policy should read about the canvas before its first prompt."""
        return self._setting.evaluator.canvas.system_prompt

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, Info]:
        """Begins an episode.

        Args:
            seed: Seed of the draw of tasks.
            options: `prompt` (a text of your own) or `task_id` (one of the set); `group`; and `step`, as in `set_step`.
        """
        self._check_open()
        super().reset(seed=seed)
        observation, info = self._episode.begin(self.np_random, options)
        return fresh(observation), self._with_diagnostics(info, 0.0)

    def set_step(self, step: int) -> None:
        """Sets the training step, for a reward with ramps.

        Episodes that begin from now on get the reward of this step. The current episode keeps the reward of its own.
        """
        self._episode.next_step = checked_step(step)

    def step(self, action: str) -> tuple[Observation, float, bool, bool, Info]:
        """Runs the program in a completion; a bad program gets a low reward and never raises."""
        self._check_open()
        attempt = attempt_of(self._episode, action)
        started = time.perf_counter()
        [turn] = play(self._setting.evaluator, [attempt])
        observation, reward, info = self._episode.end_turn(turn)
        return (
            fresh(observation),
            reward,
            self._episode.over,
            False,
            self._with_diagnostics(info, time.perf_counter() - started),
        )

    def render(self) -> NDArray[np.uint8] | str | None:
        """Returns the picture, or the episode in words; a white sheet after a reset."""
        self._check_open()
        if self.render_mode is None:
            gym.logger.warn(
                "render() gives nothing without a render_mode; make the environment with 'rgb_array'."
            )
            return None
        if self._episode.task is None:
            raise gym.error.ResetNeeded("There is nothing to render yet; call reset() first.")
        return self._episode.text() if self.render_mode == "ansi" else self._episode.image()

    def close(self) -> None:
        """Releases the renderer, which ends with the last environment that uses it."""
        if not self._closed:
            self._closed = True
            self._setting.evaluator.renderer.release()

    def _check_open(self) -> None:
        if self._closed:
            raise ClosedEnvironmentError("This environment was closed; make a new one.")

    def _with_diagnostics(self, info: Info, seconds: float) -> Info:
        return info | self._episode.diagnostics(seconds) if self._diagnostics else info


def attempt_of(episode: Episode, action: object) -> Attempt:
    """Returns what there is to play; raises gymnasium's own error where a reset is due."""
    try:
        return episode.attempt(action)
    except NotBegun as error:
        raise ResetNeeded(str(error)) from None
