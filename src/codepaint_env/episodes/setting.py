"""What all episodes of an environment have in common, checked when it is made."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rewards
from codepaint_env import canvases
from codepaint_env.evaluate import Evaluator
from codepaint_env.render.shared_renderer import shared_renderer
from codepaint_env.tasks import load_tasks
from rewards.errors import SpecError
from rewards.mixing.schedule import stepped
from rewards.types import Task

STEP = (
    "give the environment the step it begins with, step=0, and each later one by reset(options={'step': n}) or "
    "env.unwrapped.set_step(n); or take reward.at(n), or write the numbers of one step in place of the ramps"
)
"""How an environment is told the step of a training."""


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What all episodes of an environment have in common.

    Attributes:
        evaluator: Renders and scores.
        tasks: What may be asked.
        max_turns: Completions an episode takes.
        reward_mode: `final` rewards the last picture, `delta` each turn by how much better its picture is.
        on_machine_error: `mask` gives reward 0.0 with `reward/valid` False; `raise` raises.
    """

    evaluator: Evaluator
    tasks: tuple[Task, ...]
    max_turns: int
    reward_mode: str
    on_machine_error: str

    @property
    def components(self) -> tuple[str, ...]:
        """Keys of `reward/components`, the same in every info."""
        return self.evaluator.reward.traits.components


def make_setting(
    *,
    canvas: str,
    reward: Any,
    tasks: str | Path | Sequence[str | Mapping[str, Any] | Task] | None,
    max_turns: int,
    reward_mode: str,
    renderer: Mapping[str, Any] | None,
    on_machine_error: str,
    step: int | None = None,
) -> Setting:
    """Checks what an environment was asked to be and builds it; starts no process.

    Where `reward` or `tasks` is None, the canvas has its own. `step` is that of a training, for a reward that moves
    over it.

    Raises:
        SpecError: An argument is wrong; the sentence gives its value and the way out.
    """
    if isinstance(max_turns, bool) or not isinstance(max_turns, int) or max_turns < 1:
        raise SpecError(f"max_turns is {max_turns!r}; it must be a whole number above 0.")
    if reward_mode not in ("final", "delta"):
        raise SpecError(f"reward_mode is {reward_mode!r}; it must be 'final' or 'delta'.")
    if on_machine_error not in ("mask", "raise"):
        raise SpecError(f"on_machine_error is {on_machine_error!r}; it must be 'mask' or 'raise'.")
    if renderer is not None and not isinstance(renderer, Mapping):
        raise SpecError(
            f"renderer is {renderer!r}; it must be a mapping of options, such as {{'workers': 2}}."
        )
    place = canvases.get(canvas)
    judge = rewards.make(place.default_reward if reward is None else reward)
    stepped(judge, step, STEP)
    try:
        pickle.dumps(judge)
    except Exception as error:  # whatever a user's object raises when pickled, the way out is the same
        raise SpecError(
            f"The reward {judge.name!r} cannot be pickled ({error}); define it at the top of a module, not "
            "inside a function, so that environments can be copied to other processes."
        ) from error
    if judge.traits.scope == "group" and reward_mode == "delta" and max_turns > 1:
        raise SpecError(
            f"reward_mode is 'delta', but the reward {judge.name!r} compares the samples of a group, so the "
            "difference of its values in two turns means nothing. Take reward_mode='final'."
        )
    drawing = shared_renderer(place, dict(renderer or {}))
    evaluator, asked = (
        Evaluator(place, judge, drawing, step=step),
        load_tasks(place.default_tasks if tasks is None else tasks, place.name),
    )
    evaluator.check_tasks(asked)
    return Setting(evaluator, asked, max_turns, reward_mode, on_machine_error)
