"""Painting by numbers: an action is a stroke, and the observation is the target beside the sheet."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, cast

import gymnasium as gym
import numpy as np
from numpy.typing import NDArray

from codepaint_env.episodes.episode import Info, Observation
from codepaint_env.evaluate import Evaluated
from codepaint_env.gym.env import PaintEnv
from codepaint_env.trainers.sb3.strokes import PARAMETERS, Stroke, sketch
from codepaint_env.trainers.shared.guard import Guard
from rewards.errors import SpecError
from rewards.features.embeddings import read_picture
from rewards.types import Task

SHEET_PX = (64, 1024)  # sides that the canvas draws
TARGETS = 4096  # kept in memory, as small as they are observed


class StrokeActions(
    gym.Wrapper[NDArray[np.uint8], NDArray[np.float32], Observation, str], gym.utils.RecordConstructorArgs
):
    """Turns `codepaint/P5Brush-v0` into an environment whose actions are arrays, for trainers that write no text.

    An episode has as many strokes as the environment has turns. Each step writes the sketch of all strokes so far, and
    the environment paints and judges it like any other. With `reward_mode="delta"` the reward of a step is what its
    stroke gained.

    - Action: `Box(-1, 1, (n,), float32)`, the numbers of a `Stroke` in its order, without the fixed ones. Values
      outside are clipped.
    - Observation: `Box(0, 255, (size_px, size_px, 6), uint8)`: the target's red, green and blue, then the sheet's.

    If a machine failed, the step ends the episode with reward 0.0, `terminated`, and `reward/valid` False in the info;
    the observation still shows the sheet as it was. The stroke is not to blame, so leave it out of training:
    `leave_out_failures` does so in Stable-Baselines3.

    Args:
        env: Made by `gym.make("codepaint/P5Brush-v0", tasks=..., reward=..., max_turns=..., reward_mode="delta")`. Each
            task needs a reference picture, which is the target.
        size_px: Side of the observed pictures, in pixels.
        canvas_px: Side of the painted sheet, in pixels; a smaller one is painted faster.
        fixed: Numbers that are not part of the action, such as `{"bend": 0.0}`.

    Raises:
        SpecError: An argument is wrong, a task has no reference, or `env` is another environment.
    """

    def __init__(
        self,
        env: gym.Env[Observation, str],
        *,
        size_px: int = 64,
        canvas_px: int = 128,
        fixed: Mapping[str, float] | None = None,
    ) -> None:
        gym.utils.RecordConstructorArgs.__init__(self, size_px=size_px, canvas_px=canvas_px, fixed=fixed)
        super().__init__(cast(Any, env))  # gymnasium types a wrapper by what it makes of an environment
        base = env.unwrapped
        if not isinstance(base, PaintEnv) or base.canvas != "p5brush":
            raise SpecError(
                f"StrokeActions paints with p5.brush and got {env}; give it gym.make('codepaint/P5Brush-v0', ...)."
            )
        self._fixed = dict(fixed or {})
        _check(size_px, canvas_px, self._fixed)
        self._base = base
        self._inner = env
        self._targets = {task.id: task for task in base.tasks}
        without = [task.id for task in base.tasks if task.reference is None]
        if without:
            raise SpecError(
                f"{len(without)} of {len(self._targets)} tasks have no target, such as {without[0]!r}. Give each a "
                "reference picture: gym.make(..., tasks=[{'prompt': 'a leaf', 'reference': 'leaf.png'}, ...])."
            )
        self._size, self._side = size_px, canvas_px
        self._free = [name for name in PARAMETERS if name not in self._fixed]
        self.action_space = gym.spaces.Box(-1.0, 1.0, (len(self._free),), np.float32)
        self.observation_space = gym.spaces.Box(0, 255, (size_px, size_px, 6), np.uint8)
        self._guard = Guard()
        self._small: OrderedDict[str, NDArray[np.uint8]] = OrderedDict()
        self._strokes: list[Stroke] = []
        self._seen = np.full((size_px, size_px, 6), 255, np.uint8)
        self._info: Info = {}

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the action's numbers, in order."""
        return tuple(self._free)

    @property
    def program(self) -> str:
        """The sketch of all strokes so far."""
        return sketch(self._strokes, self._side)

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[NDArray[np.uint8], Info]:
        """Begins an episode with a white sheet; `options={"task_id": ...}` chooses the target."""
        _, self._info = self.env.reset(seed=seed, options=options)
        task = self._targets.get(self._info["task_id"])
        if task is None:
            raise SpecError(
                "reset has the option 'prompt', and a prompt alone has no target; take 'task_id', or leave it out."
            )
        self._strokes = []
        self._seen = np.full_like(self._seen, 255)
        self._seen[..., :3] = self._target(task)
        return self._seen.copy(), self._info

    def step(self, action: NDArray[np.float32]) -> tuple[NDArray[np.uint8], float, bool, bool, Info]:
        """Adds a stroke and paints the sheet.

        Raises:
            ValueError: The action has another shape, or holds NaN.
            TooManyInvalid: Over half of the last 200 strokes have no score.
        """
        strokes = [*self._strokes, self._stroke(action)]
        told: list[tuple[Observation, float, bool, Info]] = []
        failed: list[Exception] = []

        def evaluate() -> list[Evaluated]:
            try:
                observation, reward, over, _, info = self._inner.step(sketch(strokes, self._side))
            except Exception as error:
                failed.append(error)
                raise
            told.append((observation, float(reward), over, info))
            assert self._base.evaluated is not None
            return [self._base.evaluated]

        self._guard.run(evaluate, [None])
        if not told:  # the reward raised, which the guard bears twice
            words = {"status": "machine_error", "reward/valid": False, "error/message": str(failed[0])}
            self._info = self._info | words
            return self._seen.copy(), 0.0, True, False, self._info
        [(observation, reward, over, self._info)] = told
        if self._info["reward/valid"]:
            self._strokes = strokes
            self._seen[..., 3:] = self._reduced(observation["image"])
        return self._seen.copy(), reward, over, False, self._info

    def _stroke(self, action: NDArray[np.float32]) -> Stroke:
        numbers = np.asarray(action, dtype=np.float64)
        if numbers.shape != (len(self._free),):
            raise ValueError(
                f"An action has the shape {numbers.shape}; it holds {len(self._free)} numbers: "
                f"{', '.join(self._free)}. Pass the wrapper's action_space to the policy."
            )
        if not np.isfinite(numbers).all():
            raise ValueError(
                f"The action is {numbers.tolist()}; the policy has diverged. Lower its learning_rate, or set "
                "max_grad_norm."
            )
        given = dict(zip(self._free, numbers.clip(-1, 1).tolist(), strict=True))
        return Stroke(**self._fixed, **given)

    def _target(self, task: Task) -> NDArray[np.uint8]:
        if task.id not in self._small:
            assert task.reference is not None
            self._small[task.id] = self._reduced(read_picture(task.reference))
            while len(self._small) > TARGETS:
                self._small.popitem(last=False)
        return self._small[task.id]

    def _reduced(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        from PIL import Image

        small = Image.fromarray(image).resize((self._size, self._size), Image.Resampling.BOX)
        return np.asarray(small)


def _check(size_px: int, canvas_px: int, fixed: Mapping[str, float]) -> None:
    if type(size_px) is not int or size_px < 1:
        raise SpecError(f"size_px is {size_px!r}; it must be a whole number above 0.")
    if type(canvas_px) is not int or not SHEET_PX[0] <= canvas_px <= SHEET_PX[1]:
        raise SpecError(
            f"canvas_px is {canvas_px!r}; it must be a whole number from {SHEET_PX[0]} to {SHEET_PX[1]}."
        )
    for name, number in fixed.items():
        if name not in PARAMETERS:
            raise SpecError(f"fixed has the name {name!r}; a stroke has {', '.join(PARAMETERS)}.")
        if isinstance(number, bool) or not isinstance(number, int | float) or not -1 <= number <= 1:
            raise SpecError(f"fixed has {name} = {number!r}; it must be a number from -1 to 1.")
    if len(fixed) == len(PARAMETERS):
        raise SpecError(
            "fixed names every number of a stroke, so that nothing is left to learn; leave one out."
        )
