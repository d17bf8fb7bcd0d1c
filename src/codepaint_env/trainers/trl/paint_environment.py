"""Painting over several turns in TRL: the policy calls a tool with a program and sees the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from codepaint_env import canvases
from codepaint_env.episodes.turns import feedback
from codepaint_env.evaluate import Evaluator, paint
from codepaint_env.render.identity import seed_of
from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.shared.conversation import read_task
from codepaint_env.trainers.shared.guard import Guard
from codepaint_env.trainers.shared.training_renderer import training_renderer
from rewards import make
from rewards.errors import MachineError, SpecError
from rewards.mixing.schedule import stepped
from rewards.types import DEFAULT_CANVAS, Rendering, Task

TURNS = 3


class PaintEnvironment:
    """One rollout of TRL's `environment_factory`: every public method but `reset` and `get_reward` is a tool.

    It has no `get_reward`: the functions of `reward_funcs` score the last painting of each rollout, a batch at a time.
    `RewardedPaintEnvironment` scores its own.
    """

    def __init__(self, factory: EnvironmentFactory) -> None:
        self._factory = factory
        self._canvas = canvases.get(factory.canvas)
        self._renderer = training_renderer(factory.canvas, factory.renderer)
        self._task: Task | None = None
        self._program, self._turns = "", 0
        self._broken: Exception | None = None

    @property
    def program(self) -> str:
        """The program that was painted last; `""` before the first painting."""
        return self._program

    @property
    def broken(self) -> Exception | None:
        """The failure because of which this rollout cannot be scored; None if nothing failed."""
        return self._broken

    def reset(self, **row: Any) -> None:
        """Begins a rollout with a row of the dataset: `prompt` and the other fields of its task."""
        self._task = read_task(row.get("prompt"), row, self._canvas.name)
        self._program, self._turns, self._broken = "", 0, None

    def paint(self, program: str) -> list[dict[str, Any]] | str:
        """Runs a program that paints, and shows the picture. The last painting counts.

        Args:
            program: The whole program, from its first line to its last.

        Returns:
            The picture, and what went wrong.
        """
        if self._task is None:
            raise RuntimeError("paint() comes before reset().")
        if self._turns >= self._factory.max_turns:
            return f"All {self._factory.max_turns} turns are used. The last painting counts."
        self._turns += 1
        self._program = program if isinstance(program, str) else ""  # a policy may send a number
        try:
            seeds, tasks = [seed_of(self._task.id)], [self._task]
            [(_, rendering)] = paint(self._canvas, self._renderer, [self._program], seeds, tasks=tasks)
        except Exception as error:
            # TRL makes a text of it and goes on, so the rollout itself must say that it counts for nothing.
            self._broken = error
            raise
        if rendering.status == "machine_error":
            self._broken = MachineError(rendering.message or rendering.kind)
            raise MachineError("The easel broke, through no fault of the program.")
        return self._shown(rendering)

    def _shown(self, rendering: Rendering) -> list[dict[str, Any]] | str:
        left = self._factory.max_turns - self._turns
        text = f"{feedback(rendering)}\n{left} turn{'' if left == 1 else 's'} left."
        if not self._factory.images or rendering.image is None:
            return text
        from PIL import Image

        return [{"type": "image", "image": Image.fromarray(rendering.image)}, {"type": "text", "text": text}]


class RewardedPaintEnvironment(PaintEnvironment):
    """The same with a reward of its own, which TRL asks once a rollout and logs under this class's name."""

    # TRL looks for the method on the class, and a column that is always None would be logged as NaN: hence two.

    def get_reward(self) -> float | None:
        """Returns the score of the last painting; None if a machine failed in this rollout."""
        if self._task is None:
            raise RuntimeError("get_reward() comes before reset().")
        return self._factory.score(self._program, self._task, self._broken)


@dataclass(eq=False)
class EnvironmentFactory:
    """Makes the environments of one training, for `GRPOTrainer(environment_factory=...)`; picklable.

    Give the reward here or to `reward_funcs`, not to both, because TRL adds them up. TRL's asynchronous trainer does
    not pass environments to reward functions, so give it here for that trainer.

    Attributes:
        reward: The reward of `get_reward`; None if `reward_funcs` scores the environments.
        canvas: The kind of program.
        renderer: Options of the renderer, or a `Renderer`.
        max_turns: Paintings per rollout.
        images: Shows the picture; False for policies that read text only.
    """

    reward: Any = None
    canvas: str = DEFAULT_CANVAS
    renderer: Mapping[str, Any] | Renderer | None = None
    max_turns: int = TURNS
    images: bool = True

    def __post_init__(self) -> None:
        if type(self.max_turns) is not int or self.max_turns < 1:
            raise SpecError(f"max_turns is {self.max_turns!r}; it must be a whole number above 0.")
        self._guard = Guard()
        self._evaluator: Evaluator | None = None
        if self.reward is not None:
            judge = make(self.reward)
            stepped(
                judge,
                None,
                "an environment of TRL's is told none; leave it out here and pass reward_funcs(...)",
            )
            if judge.traits.scope == "group":
                raise SpecError(
                    f"The reward {judge.name!r} compares the samples of a group, and an environment sees one; leave "
                    "it out here and pass reward_funcs(...) to the trainer."
                )
            renderer = training_renderer(self.canvas, self.renderer)
            self._evaluator = Evaluator(canvases.get(self.canvas), judge, renderer)

    def __call__(self) -> PaintEnvironment:
        """Returns a new environment."""
        return PaintEnvironment(self) if self._evaluator is None else RewardedPaintEnvironment(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return EnvironmentFactory, (self.reward, self.canvas, self.renderer, self.max_turns, self.images)

    def score(self, program: str, task: Task, broken: Exception | None) -> float | None:
        """Scores one painting; None if it has no score.

        Args:
            program: The program that was painted last.
            task: What was asked.
            broken: What failed in the rollout; None if nothing did.

        Raises:
            TooManyInvalid: Over half of the last 200 rollouts have no score.
            Exception: The failure, if it ends the training; see `Guard`.
        """
        assert self._evaluator is not None
        [evaluated] = self._guard.run(partial(self._evaluator.evaluate, [program], [task]), [broken])
        return None if evaluated is None else evaluated.score.value
