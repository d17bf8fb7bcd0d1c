"""One episode: a task is drawn, a completion is judged, and an observation and an info come of it."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from gymnasium import spaces
from gymnasium.error import ResetNeeded
from numpy.typing import NDArray

import rewards
from codepaint_env import canvases
from codepaint_env.canvases.p5brush import MAX_CHARS, SIZE_PX
from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.render.renderer import shared_renderer
from codepaint_env.spaces import Code
from codepaint_env.tasks import checked_prompt, load_tasks, task_id
from rewards.errors import MachineError, SpecError, UnknownName
from rewards.types import Task

DEFAULT_REWARD = "gated(coverage, gate=renders)"
RENDER_MODES = ("rgb_array", "ansi")
Observation = dict[str, Any]
Info = dict[str, Any]

_OPTIONS = ("prompt", "task_id", "group")
_warned = False


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What all episodes of an environment have in common.

    Attributes:
        evaluator: Renders and scores.
        tasks: What may be asked.
        max_turns: Completions an episode takes.
        on_machine_error: `mask` gives reward 0.0 with `reward/valid` False; `raise` raises.
    """

    evaluator: Evaluator
    tasks: tuple[Task, ...]
    max_turns: int
    on_machine_error: str

    @property
    def components(self) -> tuple[str, ...]:
        """Keys of `reward/components`, the same in every info."""
        return self.evaluator.reward.traits.components

    def observation_space(self) -> spaces.Dict:
        """Returns the space of `prompt`, `image`, `feedback` and `turn`."""
        return spaces.Dict(
            {
                "prompt": Code(MAX_CHARS),
                "image": spaces.Box(0, 255, (SIZE_PX, SIZE_PX, 3), np.uint8),
                "feedback": Code(MAX_CHARS),
                "turn": spaces.Discrete(self.max_turns + 1),
            }
        )

    def action_space(self) -> Code:
        """Returns the space of completions, whose samples are programs that paint."""
        return Code(MAX_CHARS, canvas=self.evaluator.canvas.name)


def make_setting(
    *,
    canvas: str,
    reward: Any,
    tasks: str | Path | Sequence[str | Mapping[str, Any] | Task],
    max_turns: int,
    reward_mode: str,
    renderer: Mapping[str, Any] | None,
    on_machine_error: str,
) -> Setting:
    """Checks what an environment was asked to be and builds it; starts no process.

    Raises:
        SpecError: An argument is wrong; the sentence gives its value and the way out.
    """
    if isinstance(max_turns, bool) or not isinstance(max_turns, int) or max_turns < 1:
        raise SpecError(f"max_turns is {max_turns!r}; it must be a whole number above 0.")
    if max_turns > 1:
        raise SpecError(
            f"max_turns is {max_turns}; painting over several turns is not built yet, so it must be 1."
        )
    if reward_mode not in ("final", "delta"):
        raise SpecError(f"reward_mode is {reward_mode!r}; it must be 'final' or 'delta'.")
    if on_machine_error not in ("mask", "raise"):
        raise SpecError(f"on_machine_error is {on_machine_error!r}; it must be 'mask' or 'raise'.")
    if renderer is not None and not isinstance(renderer, Mapping):
        raise SpecError(
            f"renderer is {renderer!r}; it must be a mapping of options, such as {{'workers': 2}}."
        )
    place = canvases.get(canvas)
    judge = rewards.make(reward)
    try:
        pickle.dumps(judge)
    except Exception as error:  # whatever a user's object raises when pickled, the way out is the same
        raise SpecError(
            f"The reward {judge.name!r} cannot be pickled ({error}); define it at the top of a module, not "
            "inside a function, so that environments can be copied to other processes."
        ) from error
    drawing = shared_renderer(place, dict(renderer or {}))
    return Setting(Evaluator(place, judge, drawing), load_tasks(tasks, canvas), max_turns, on_machine_error)


_BLANK = np.full((SIZE_PX, SIZE_PX, 3), 255, np.uint8)
_BLANK.flags.writeable = False


@dataclass(slots=True)
class Episode:
    """What one environment is in the middle of."""

    setting: Setting
    task: Task | None = None
    group: str = ""
    turn: int = 0
    over: bool = True
    last: Evaluated | None = field(default=None, repr=False)

    def begin(self, rng: np.random.Generator, options: Mapping[str, Any] | None) -> tuple[Observation, Info]:
        """Starts over with a task: the one that the options name, or one drawn from the set."""
        options = options or {}
        unknown = sorted(set(options) - set(_OPTIONS))
        if unknown:
            raise SpecError(f"reset has the option {unknown[0]!r}; there are {', '.join(_OPTIONS)}.")
        self.task = self._choose(rng, options)
        self.group = str(options.get("group", self.task.id))
        self.turn, self.over, self.last = 0, False, None
        return self.observation(), self.info()

    def require(self, action: object) -> str:
        """Returns the action if this episode can take it; raises `ResetNeeded` or `TypeError` otherwise."""
        if self.task is None or self.over:
            raise ResetNeeded("The episode is over or was never begun; call reset() before step().")
        if not isinstance(action, str):
            raise TypeError(f"An action is a string that holds a program, not {type(action).__name__}.")
        return action

    def end_turn(self, evaluated: Evaluated) -> tuple[Observation, float, Info]:
        """Takes what came of the completion; returns observation, reward and info."""
        self.turn += 1
        self.last = evaluated
        self.over = True
        if not evaluated.valid:
            _machine_failed(evaluated, raises=self.setting.on_machine_error == "raise")
        value = evaluated.score.value
        return self.observation(), 0.0 if value is None else float(value), self.info()

    def observation(self) -> Observation:
        """Returns what the policy sees; its picture is shared and only to be read. See `fresh`."""
        assert self.task is not None
        return {
            "prompt": self.task.prompt,
            "image": self._sheet(),
            "feedback": self._feedback(),
            "turn": np.int64(self.turn),
        }

    def image(self) -> NDArray[np.uint8]:
        """Returns a copy of the picture as it is now, `(512, 512, 3)` uint8; white if nothing was painted."""
        return self._sheet().copy()

    def _sheet(self) -> NDArray[np.uint8]:
        image = self.last.sample.rendering.image if self.last is not None else None
        return _BLANK if image is None else image

    def diagnostics(self, seconds: float) -> Info:
        """Returns what depends on time and luck: for whoever looks after a run, never for a policy.

        Args:
            seconds: What rendering and judging took.
        """
        identity = self.last.sample.rendering.identity if self.last is not None else ""
        found: Info = {"diagnostics/evaluate_s": seconds}
        for name, value in self.setting.evaluator.renderer.diagnostics(identity).items():
            found[f"diagnostics/{name}"] = value
        return found

    def info(self) -> Info:
        """Returns every key with a constant type, and nothing that depends on time."""
        assert self.task is not None
        keys = self.setting.components
        info: Info = {
            "task_id": self.task.id,
            "turn": self.turn,
            "status": "",
            "reward/valid": True,
            "reward/components": dict.fromkeys(keys, 0.0),
            "reward/skipped": (),
            "error/kind": "",
            "error/message": "",
            "program/sha256": "",
            "pixels/sha256": "",
            "references": (),
        }
        if self.last is not None:
            rendering, score = self.last.sample.rendering, self.last.score
            given = {key: float(score.components.get(key, 0.0)) for key in keys}
            skipped = tuple(key for key in keys if key not in score.components or key in score.skipped)
            info |= {
                "status": rendering.status,
                "reward/valid": self.last.valid,
                "reward/components": given,
                "reward/skipped": skipped,
                "error/kind": rendering.kind,
                "error/message": rendering.message or ("" if self.last.valid else score.reason),
                "program/sha256": self.last.program_sha256,
                "pixels/sha256": self.last.pixels_sha256,
                "references": score.references,
            }
        return info

    def text(self) -> str:
        """Returns the episode in words, for `render_mode="ansi"`."""
        assert self.task is not None
        lines = [f"task      {self.task.id}", f"prompt    {self.task.prompt}", f"turn      {self.turn}"]
        if self.last is not None:
            rendering, value = self.last.sample.rendering, self.last.score.value
            problem = f" ({rendering.kind}: {rendering.message})" if rendering.kind else ""
            lines += [f"status    {rendering.status}{problem}"]
            lines += [f"reward    {'none: a machine failed' if value is None else f'{value:.3f}'}"]
            lines += [f"          {key} {part:.3f}" for key, part in self.last.score.components.items()]
        return "\n".join(lines) + "\n"

    def _choose(self, rng: np.random.Generator, options: Mapping[str, Any]) -> Task:
        if "prompt" in options and "task_id" in options:
            raise SpecError("reset has both 'prompt' and 'task_id'; give one of them.")
        if "prompt" in options:
            prompt = checked_prompt(options["prompt"], "reset")
            return Task(task_id(prompt), prompt, self.setting.evaluator.canvas.name)
        if "task_id" in options:
            wanted = options["task_id"]
            for task in self.setting.tasks:
                if task.id == wanted:
                    return task
            raise UnknownName(
                f"No task is called {wanted!r}; there are {len(self.setting.tasks)}, see `tasks`."
            )
        return self.setting.tasks[int(rng.integers(len(self.setting.tasks)))]

    def _feedback(self) -> str:
        """Tells the policy what happened, without the score."""
        if self.last is None:
            return ""
        rendering = self.last.sample.rendering
        lines = [
            f"{rendering.status} {rendering.kind}".strip()
            + (f": {rendering.message}" if rendering.message else "")
        ]
        lines += [finding.message for finding in rendering.findings]
        return "\n".join(lines)[:MAX_CHARS].encode("utf-8", "replace").decode("utf-8")


def fresh(observation: Observation) -> Observation:
    """Returns an observation with a picture of its own, as whoever asks an environment expects."""
    return observation | {"image": observation["image"].copy()}


def _machine_failed(evaluated: Evaluated, *, raises: bool) -> None:
    global _warned
    rendering = evaluated.sample.rendering
    reason = rendering.message if rendering.status == "machine_error" else evaluated.score.reason
    if raises:
        raise MachineError(f"No score for the task {evaluated.sample.task.id!r}: {reason}")
    if not _warned:
        _warned = True
        warnings.warn(
            f"A machine failed, not the program ({reason}). Its reward is 0.0 with info['reward/valid'] "
            "False: mask such steps. This is said once a process.",
            RuntimeWarning,
            stacklevel=4,
        )
