"""Many episodes at once: one batch of programs is rendered and judged together."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from gymnasium.error import ClosedEnvironmentError, ResetNeeded
from gymnasium.utils import seeding
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space, concatenate, create_empty_array
from numpy.typing import NDArray

from codepaint_env.episodes.episode import RENDER_MODES, Episode, Info, Observation, fresh
from codepaint_env.episodes.setting import make_setting
from codepaint_env.episodes.turns import Turn, play
from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.gym.env import attempt_of
from codepaint_env.gym.keywords import refuse_unknown_keywords
from codepaint_env.gym.spaces import action_space, observation_space
from rewards.errors import SpecError
from rewards.mixing.ramp import checked_step
from rewards.types import DEFAULT_CANVAS, Task

_MODES = tuple(mode.value for mode in AutoresetMode)


class PaintVectorEnv(VectorEnv[Observation, Sequence[str], NDArray[Any]]):
    """Runs `num_envs` episodes, draws their programs side by side and judges them in one call.

    Args:
        num_envs: Number of episodes.
        autoreset_mode: `NextStep`, `SameStep` or `Disabled` (as strings they keep the spec JSON-able), or Gymnasium's
            `AutoresetMode`.

    The other arguments are those of `codepaint_env.gym.env.PaintEnv`.
    """

    @refuse_unknown_keywords
    def __init__(
        self,
        num_envs: int = 1,
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
        autoreset_mode: str | AutoresetMode = AutoresetMode.NEXT_STEP.value,
    ) -> None:
        if isinstance(num_envs, bool) or not isinstance(num_envs, int) or num_envs < 1:
            raise SpecError(f"num_envs is {num_envs!r}; it must be a whole number above 0.")
        if autoreset_mode not in (*_MODES, *AutoresetMode):
            raise SpecError(f"autoreset_mode is {autoreset_mode!r}; it must be one of {', '.join(_MODES)}.")
        if render_mode is not None and render_mode not in RENDER_MODES:
            raise SpecError(
                f"render_mode is {render_mode!r}; it must be one of {', '.join(RENDER_MODES)}, or None."
            )
        self.num_envs = num_envs
        self.render_mode = render_mode
        self._mode = AutoresetMode(autoreset_mode)
        self.metadata = {"render_modes": list(RENDER_MODES), "render_fps": 1, "autoreset_mode": self._mode}
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
        if judge.traits.scope == "group" and num_envs == 1:
            raise SpecError(
                f"The reward {judge.name!r} compares the samples of a group, and num_envs is 1; take at least 2."
            )
        self.single_observation_space = observation_space(self._setting)
        self.single_action_space = action_space(self._setting)
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self._diagnostics = diagnostics
        self._episodes = [Episode(self._setting) for _ in range(num_envs)]
        self._rngs = [seeding.np_random()[0] for _ in range(num_envs)]
        self._evaluated: tuple[Evaluated | None, ...] = (None,) * num_envs
        self._setting.evaluator.renderer.hold()

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks that an episode may ask."""
        return self._setting.tasks

    @property
    def system_prompt(self) -> str:
        """What a policy should read about the canvas before its first prompt."""
        return self._setting.evaluator.canvas.system_prompt

    @property
    def evaluator(self) -> Evaluator:
        """Renders and scores all episodes."""
        return self._setting.evaluator

    @property
    def evaluated(self) -> tuple[Evaluated | None, ...]:
        """Sample and score of each environment in the last step, in order; None for those that only reset."""
        return self._evaluated

    def reset(
        self, *, seed: int | Sequence[int | None] | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, Info]:
        """Begins all episodes, or those of `options["reset_mask"]`.

        Args:
            seed: One seed, so that episode i takes `seed + i`; or one seed per episode.
            options: Those of a single environment, for all episodes; `task_ids`, one per episode; and `reset_mask`,
                `(num_envs,)` bool.
        """
        self._check_open()
        options = dict(options or {})
        mask = self._mask(options.pop("reset_mask", None))
        choices = self._choices(options)
        seeds = [seed + i for i in range(self.num_envs)] if isinstance(seed, int) else seed
        if seeds is not None and len(seeds) != self.num_envs:
            raise ValueError(f"seed has {len(seeds)} entries for {self.num_envs} environments.")
        observations: list[Observation] = []
        infos: Info = {}
        for i, episode in enumerate(self._episodes):
            start = seeds[i] if seeds is not None else None
            if not mask[i] and episode.task is None:
                raise ResetNeeded(
                    f"Environment {i} was never begun, and reset_mask leaves it out; reset it once."
                )
            if mask[i] and start is not None:
                self._rngs[i] = seeding.np_random(start)[0]
            if mask[i]:
                observation, info = episode.begin(self._rngs[i], choices[i])
                infos = self._add_info(infos, self._with_diagnostics(info, 0.0, episode), i)
            else:
                observation = episode.observation()
            observations.append(observation)
        return self._stack(observations), infos

    def set_step(self, step: int) -> None:
        """Sets the training step of all episodes, as a single environment's `set_step` does."""
        for episode in self._episodes:
            episode.next_step = checked_step(step)

    def step(
        self, actions: Sequence[str]
    ) -> tuple[Observation, NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_], Info]:
        """Runs one program per episode; under `NextStep` a finished episode resets instead."""
        self._check_open()
        if isinstance(actions, str):
            raise TypeError(f"actions is one string; give {self.num_envs} of them in a list.")
        if len(actions) != self.num_envs:
            raise ValueError(f"{len(actions)} actions for {self.num_envs} environments.")
        resets_itself = self._mode is AutoresetMode.NEXT_STEP
        resting = [resets_itself and e.over and e.task is not None for e in self._episodes]
        playing = [i for i in range(self.num_envs) if not resting[i]]
        started = time.perf_counter()
        turns = self._play(actions, playing)
        seconds = time.perf_counter() - started
        self._evaluated = tuple(turns[i].evaluated if i in turns else None for i in range(self.num_envs))

        rewards = np.zeros(self.num_envs, np.float64)
        terminated = np.zeros(self.num_envs, np.bool_)
        observations: list[Observation] = []
        infos: Info = {}
        for i, episode in enumerate(self._episodes):
            if resting[i]:
                observation, info = episode.begin(self._rngs[i], None)
            else:
                observation, rewards[i], info = episode.end_turn(turns[i])
                terminated[i] = episode.over
                if episode.over and self._mode is AutoresetMode.SAME_STEP:
                    told = self._with_diagnostics(info, seconds, episode)
                    final = {"final_obs": fresh(observation), "final_info": told}
                    infos = self._add_info(infos, final, i)
                    observation, info = episode.begin(self._rngs[i], None)
            told = self._with_diagnostics(info, 0.0 if resting[i] else seconds, episode)
            infos = self._add_info(infos, told, i)
            observations.append(observation)
        return self._stack(observations), rewards, terminated, np.zeros(self.num_envs, np.bool_), infos

    def render(self) -> tuple[Any, ...] | None:
        """Returns the pictures, or the episodes in words."""
        self._check_open()
        if self.render_mode is None:
            return None
        return tuple(e.text() if self.render_mode == "ansi" else e.image() for e in self._episodes)

    def close_extras(self, **kwargs: Any) -> None:
        """Releases the renderer, which ends with the last environment that uses it."""
        self._setting.evaluator.renderer.release()

    def _play(self, actions: Sequence[str], playing: list[int]) -> dict[int, Turn]:
        attempts = [attempt_of(self._episodes[i], actions[i]) for i in playing]
        judge = self._setting.evaluator.reward
        groups = {attempt.group for attempt in attempts if attempt.judged != "never"}
        if judge.traits.scope == "group" and len(groups) > 1:
            raise SpecError(
                f"The reward {judge.name!r} compares the samples of one group, but these are of "
                f"{len(groups)}. Give all environments the same task: reset(options={{'task_id': …}})."
            )
        steps = {attempt.step for attempt in attempts}
        if judge.traits.scope == "group" and self._setting.evaluator.moves and len(steps) > 1:
            raise SpecError(
                f"The reward {judge.name!r} compares the samples of one group, but these episodes began at "
                f"different training steps, {sorted(map(str, steps))}. Set the step only when all environments reset."
            )
        return dict(zip(playing, play(self._setting.evaluator, attempts), strict=True))

    def _choices(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        """Returns what each episode is told: the common options, and its own of `task_ids`."""
        if "task_ids" not in options:
            return [options] * self.num_envs
        ids = options.pop("task_ids")
        if "task_id" in options or "prompt" in options:
            raise SpecError("reset has 'task_ids' and also 'task_id' or 'prompt'; give one of them.")
        if isinstance(ids, str) or not isinstance(ids, Sequence) or len(ids) != self.num_envs:
            raise SpecError(f"task_ids is {ids!r}; it must be a list of {self.num_envs} ids, one an episode.")
        return [options | {"task_id": name} for name in ids]

    def _mask(self, mask: object) -> NDArray[np.bool_]:
        if mask is None:
            return np.ones(self.num_envs, np.bool_)
        if not isinstance(mask, np.ndarray) or mask.shape != (self.num_envs,) or mask.dtype != np.bool_:
            raise ValueError(f"reset_mask is {mask!r}; it must be a bool array of shape ({self.num_envs},).")
        return mask

    def _stack(self, observations: list[Observation]) -> Observation:
        empty = create_empty_array(self.single_observation_space, n=self.num_envs, fn=np.zeros)
        stacked: Observation = concatenate(self.single_observation_space, observations, empty)  # type: ignore[assignment, arg-type]
        return stacked

    def _check_open(self) -> None:
        if self.closed:
            raise ClosedEnvironmentError("This environment was closed; make a new one.")

    def _with_diagnostics(self, info: Info, seconds: float, episode: Episode) -> Info:
        return info | episode.diagnostics(seconds) if self._diagnostics else info
