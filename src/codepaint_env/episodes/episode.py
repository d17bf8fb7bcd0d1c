"""One episode: a task is drawn, a completion is judged, and an observation and an info come of it."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from codepaint_env.episodes.setting import Setting
from codepaint_env.episodes.turns import UNCHANGED, Attempt, Judged, Turn, feedback
from codepaint_env.evaluate import Evaluated
from codepaint_env.tasks import checked_prompt, task_id
from rewards.errors import MachineError, SpecError, UnknownName
from rewards.mixing.ramp import checked_step
from rewards.types import Sample, Task

RENDER_MODES = ("rgb_array", "ansi")
Observation = dict[str, Any]
Info = dict[str, Any]

_OPTIONS = ("prompt", "task_id", "group", "step")
_warned = False


class NotBegun(Exception):
    """An episode that is over, or was never begun, was to take a completion."""


@dataclass(slots=True)
class Episode:
    """What one environment is in the middle of.

    Attributes:
        turn: Completions taken so far.
        over: True if the next completion needs a reset first.
        last: What came of the last completion.
        before: The sample that last changed the picture visibly.
        credit: Its score, that the turn after it is measured against in `delta`.
        reward: Of the last turn.
        next_step: Of the training, when the next episode begins; None as long as nobody told one.
        step: The one in which this episode began, with whose reward it is judged to its end.
    """

    setting: Setting
    task: Task | None = None
    group: str = ""
    turn: int = 0
    over: bool = True
    last: Turn | None = field(default=None, repr=False)
    before: Sample | None = field(default=None, repr=False)
    credit: float = 0.0
    reward: float = 0.0
    next_step: int | None = None
    step: int | None = None

    def begin(self, rng: np.random.Generator, options: Mapping[str, Any] | None) -> tuple[Observation, Info]:
        """Starts over with a task: the one that the options name, or one drawn from the set."""
        options = options or {}
        unknown = sorted(set(options) - set(_OPTIONS))
        if unknown:
            raise SpecError(f"reset has the option {unknown[0]!r}; there are {', '.join(_OPTIONS)}.")
        task = self._choose(rng, options)
        if "step" in options:
            self.next_step = checked_step(options["step"])
        self.step = self.next_step
        self.task, self.group = task, _group(options.get("group"), task)
        self.turn, self.over, self.last = 0, False, None
        self.before, self.credit, self.reward = None, 0.0, 0.0
        return self.observation(), self.info()

    @property
    def judged(self) -> Judged:
        """Whether the reward is asked on the next turn."""
        if self.setting.reward_mode == "delta":
            return "changed"
        return "always" if self.turn + 1 >= self.setting.max_turns else "never"

    def attempt(self, action: object) -> Attempt:
        """Returns what there is to play; raises `NotBegun` or `TypeError` if this cannot be taken."""
        if self.task is None or self.over:
            raise NotBegun("The episode is over or was never begun; call reset() before step().")
        if not isinstance(action, str):
            raise TypeError(f"An action is a string that holds a program, not {type(action).__name__}.")
        paints_again = self.setting.max_turns > 1
        return Attempt(
            action, self.task, self.group, self.before, self.judged, criticised=paints_again, step=self.step
        )

    def end_turn(self, turn: Turn) -> tuple[Observation, float, Info]:
        """Takes what came of the completion; returns observation, reward and info."""
        evaluated = turn.evaluated
        self.turn += 1
        self.last = turn
        self.over = self.turn >= self.setting.max_turns or not evaluated.valid
        if not evaluated.valid:
            _machine_failed(evaluated, raises=self.setting.on_machine_error == "raise")
        self.reward = self._reward(turn)
        if not turn.unchanged:
            self.before = evaluated.sample
        return self.observation(), self.reward, self.info()

    def _reward(self, turn: Turn) -> float:
        value = turn.evaluated.score.value
        if value is None or not turn.evaluated.judged:
            return 0.0
        if self.setting.reward_mode == "final":
            return float(value)
        gain = float(value) - self.credit
        self.credit = float(value)
        return gain

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
        """Returns a copy of the picture as it is now, `(height, width, 3)` uint8; white if nothing was painted."""
        return self._sheet().copy()

    def _sheet(self) -> NDArray[np.uint8]:
        image = self.last.evaluated.sample.rendering.image if self.last is not None else None
        return _blank(self.setting.evaluator.canvas.size_px) if image is None else image

    def diagnostics(self, seconds: float) -> Info:
        """Returns what depends on time and luck: for whoever looks after a run, never for a policy.

        Args:
            seconds: What rendering and judging took.
        """
        identity = self.last.evaluated.sample.rendering.identity if self.last is not None else ""
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
            "picture/unchanged": False,
            "references": (),
            "render/interactions": (),
        }
        if self.last is not None:
            evaluated = self.last.evaluated
            rendering, score = evaluated.sample.rendering, evaluated.score
            given = {key: float(score.components.get(key, 0.0)) for key in keys}
            skipped = tuple(key for key in keys if key not in score.components or key in score.skipped)
            info |= {
                "status": rendering.status,
                "reward/valid": evaluated.valid,
                "reward/components": given,
                "reward/skipped": skipped,
                "error/kind": rendering.kind,
                "error/message": rendering.message or ("" if evaluated.valid else score.reason),
                "program/sha256": evaluated.program_sha256,
                "pixels/sha256": evaluated.pixels_sha256,
                "picture/unchanged": self.last.unchanged,
                "references": score.references,
                "render/interactions": tuple(map(asdict, rendering.interactions or ())),
            }
        return info

    def text(self) -> str:
        """Returns the episode in words, for `render_mode="ansi"`."""
        assert self.task is not None
        lines = [f"task      {self.task.id}", f"prompt    {self.task.prompt}", f"turn      {self.turn}"]
        if self.last is not None:
            rendering, score = self.last.evaluated.sample.rendering, self.last.evaluated.score
            problem = f" ({rendering.kind}: {rendering.message})" if rendering.kind else ""
            lines += [f"status    {rendering.status}{problem}"]
            lines += [f"reward    {self._told_reward()}"]
            lines += [f"          {key} {part:.3f}" for key, part in score.components.items()]
        return "\n".join(lines) + "\n"

    def _told_reward(self) -> str:
        assert self.last is not None
        if not self.last.evaluated.valid:
            return "none: a machine failed"
        return f"{self.reward:.3f}" if self.last.evaluated.judged else "none on this turn"

    def _choose(self, rng: np.random.Generator, options: Mapping[str, Any]) -> Task:
        if "prompt" in options and "task_id" in options:
            raise SpecError("reset has both 'prompt' and 'task_id'; give one of them.")
        if "prompt" in options:
            prompt = checked_prompt(options["prompt"], "reset")
            asked = Task(task_id(prompt), prompt, self.setting.evaluator.canvas.name)
            self.setting.evaluator.check_tasks([asked])
            return asked
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
        unchanged = UNCHANGED if self.last.unchanged else ""
        return feedback(self.last.evaluated.sample.rendering, unchanged, self.last.critique)


def _group(wish: object, task: Task) -> str:
    """Returns the group that was asked for, by a text or a number; None takes the task's own."""
    if wish is None:
        return task.id
    if isinstance(wish, bool) or not isinstance(wish, str | int):
        raise SpecError(f"reset has the group {wish!r}; give a text or a whole number, or leave it out.")
    return str(wish)


@cache
def _blank(size_px: tuple[int, int]) -> NDArray[np.uint8]:
    sheet = np.full((size_px[1], size_px[0], 3), 255, np.uint8)
    sheet.flags.writeable = False  # it is shared
    return sheet


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
