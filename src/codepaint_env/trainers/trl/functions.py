"""TRL: reward functions that share one evaluation, datasets, and painting over several turns.

```python
from trl import GRPOConfig, GRPOTrainer
from codepaint_env.trainers.trl import dataset, reward_funcs

GRPOTrainer(
    model="Qwen/Qwen2.5-0.5B-Instruct",
    reward_funcs=reward_funcs("0.3*renders + 0.7*coverage"),
    train_dataset=dataset("flowers"),
    args=GRPOConfig(output_dir="runs/flowers"),
).train()
```
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.shared.rows import rows
from codepaint_env.trainers.shared.scorer import Logs, Outcome, Scorer
from codepaint_env.trainers.trl.batches import read_batch
from rewards import Weighted, make
from rewards.errors import MissingPart, SpecError
from rewards.mixing.members import named
from rewards.mixing.schedule import Scheduled, stepped
from rewards.types import DEFAULT_CANVAS, Reward, Score, Task

if TYPE_CHECKING:
    from datasets import Dataset


def reward_funcs(
    spec: Any,
    *,
    canvas: str = DEFAULT_CANVAS,
    renderer: Mapping[str, Any] | Renderer | None = None,
    weighted: bool = True,
    asynchronous: bool = False,
    config: Any = None,
    pictures: str | Path | None = None,
    probe: bool = True,
) -> RewardFunctions:
    """Returns the list of functions for a trainer's `reward_funcs`, each logged under its own name.

    A linear mix gives one function per member. By default each returns its weighted contribution, so they sum to the
    mix under TRL's own weights of 1. Any other reward gives one function. Together they render and judge a batch once.

    A reward with ramps takes its numbers at the trainer's `global_step`; with `weighted`, so do the contributions.

    If a machine failed, the sample is None in all functions, and TRL leaves it out. A bad, empty or cut-off program has
    a low score.

    Args:
        spec: A reward spec or a reward object.
        canvas: The kind of program.
        renderer: Options of the renderer as in `gym.make`, or a `Renderer`.
        weighted: False gives each member unweighted, on [0, 1]; pass `.weights` of the list to
            `GRPOConfig(reward_weights=...)`. `multi_objective_aggregation="normalize_then_sum"` needs this.
        asynchronous: Gives coroutine functions, which TRL awaits side by side.
        config: The `GRPOConfig`. Rewards that compare the samples of a group need it, to check that no group is split.
        pictures: Folder for the pictures; TRL's table of completions shows their paths.
        probe: Checks the reward's preflight on the policy's first batches, and ends the training if three of them, with
            at least 64 samples in all, have no spread. False checks it on shipped pictures instead, and warns.

    Raises:
        SpecError: The spec is not understood, or does not go with `config`.
        MissingPart: An extra or a key is missing.
    """
    reward = make(spec)
    first = stepped(reward, 0)
    linear = isinstance(first, Weighted)
    members = first.members if isinstance(first, Weighted) else ((1.0, first),)
    keys = [member.key for member in named([each for _, each in members])] if linear else [reward.name]
    whole = _whole_group(reward, config)
    if not weighted:
        _refuse_moving_weights(reward)
    if weighted and len(keys) > 1 and _normalises_first(config):
        raise SpecError(
            "multi_objective_aggregation='normalize_then_sum' scales each function to the same spread, so weights "
            "inside the functions are lost; call reward_funcs(..., weighted=False) and give its .weights to "
            "GRPOConfig(reward_weights=...)."
        )
    scorer = Scorer(reward, canvas, renderer, len(keys), probe, pictures)
    kind = AsyncRewardFunction if asynchronous else RewardFunction
    functions = [
        kind(Part(scorer, who, key if linear else None, weighted and linear, whole), _name(key))
        for who, key in enumerate(keys)
    ]
    return RewardFunctions(functions, [1.0 if weighted else weight for weight, _ in members])


def dataset(
    source: str | Path | Sequence[str | Mapping[str, Any] | Task] = "flowers",
    *,
    canvas: str = DEFAULT_CANVAS,
    system_prompt: str | None = None,
) -> Dataset:
    """Returns a task set as a `Dataset` of `prompt` (messages), `task_id` and the other fields that its tasks have.

    Args:
        source: A shipped set, a file, or a list, as for `codepaint tasks list`.
        canvas: The kind of program that the tasks ask for.
        system_prompt: The policy's system prompt; None takes the canvas's own, `""` leaves it out.

    Raises:
        MissingPart: The package `datasets` is not installed.
    """
    try:
        from datasets import Dataset
    except ImportError:
        raise MissingPart("A dataset needs more: pip install 'codepaint-env[trl]'") from None
    return Dataset.from_list(rows(source, "trl", canvas=canvas, system_prompt=system_prompt))


class RewardFunctions(list[Any]):
    """The functions in order; a list, because TRL takes nothing else for several functions.

    Attributes:
        weights: For `GRPOConfig(reward_weights=...)`; all 1 if the functions are already weighted.
    """

    def __init__(
        self, functions: Sequence[RewardFunction | AsyncRewardFunction], weights: list[float]
    ) -> None:
        super().__init__(functions)
        self.weights = weights

    def __reduce__(self) -> tuple[Any, ...]:
        return RewardFunctions, (list(self), self.weights)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Which part of the shared evaluation a function returns.

    Attributes:
        scorer: Evaluates.
        who: Number of the function.
        key: Of the member among the components; None for the value.
        weighted: Multiplies it by the weight of the member at the step of the training.
        whole: Samples a group that must come together; None where a group may be split.
    """

    scorer: Scorer
    who: int
    key: str | None
    weighted: bool
    whole: int | None

    def of(self, outcome: Outcome, step: int | None) -> list[float | None]:
        """Returns one number a sample, None where it has no score.

        Args:
            outcome: What came of a batch.
            step: Of the training, at which it was scored.
        """
        reward = self.scorer.reward_at(step)
        weight = reward.members[self.who][0] if self.weighted and isinstance(reward, Weighted) else 1.0
        return [
            None if score is None or score.value is None else weight * self._number(score)
            for score in outcome
        ]

    def _number(self, score: Score) -> float:
        return cast(float, score.value) if self.key is None else score.components[self.key]


class RewardFunction:
    """One column of rewards, as TRL calls it."""

    def __init__(self, part: Part, name: str) -> None:
        self._part = part
        self.__name__ = name

    def __call__(
        self, prompts: Sequence[Any], completions: Sequence[Any], completion_ids: Any = None, **columns: Any
    ) -> list[float | None]:
        """Returns one number a completion, None where a machine failed."""
        part = self._part
        batch = read_batch(prompts, completions, columns, canvas=part.scorer.canvas, whole=part.whole)
        return part.of(part.scorer.scores(batch, part.who, _logs(columns)), batch.step)


class AsyncRewardFunction:
    """The same as a coroutine function; TRL looks whether `__call__` is one."""

    def __init__(self, part: Part, name: str) -> None:
        self._part = part
        self.__name__ = name

    async def __call__(
        self, prompts: Sequence[Any], completions: Sequence[Any], completion_ids: Any = None, **columns: Any
    ) -> list[float | None]:
        """Returns one number a completion, None where a machine failed."""
        part = self._part
        batch = read_batch(prompts, completions, columns, canvas=part.scorer.canvas, whole=part.whole)
        return part.of(await part.scorer.ascores(batch, part.who, _logs(columns)), batch.step)


def _logs(columns: Mapping[str, Any]) -> Logs:
    return Logs(columns.get("log_metric"), columns.get("log_extra"))


def _name(key: str) -> str:
    return key.replace("#", "_")  # a second member of a name is called `name#2`


def _normalises_first(config: Any) -> bool:
    return getattr(config, "multi_objective_aggregation", None) == "normalize_then_sum"


def _refuse_moving_weights(reward: Reward) -> None:
    """Raises `SpecError` if the weights that TRL would be given move over the training: it keeps them as they are."""
    if not isinstance(reward, Scheduled):
        return
    told = {
        tuple(weight for weight, _ in mix.members)
        for mix in map(reward.at, reward.bends)
        if isinstance(mix, Weighted)
    }
    if len(told) > 1:
        moving = ", ".join(map(str, reward.ramps))
        raise SpecError(
            f"TRL never changes GRPOConfig(reward_weights=...), but weights of this mix move, by {moving}; call "
            "reward_funcs(..., weighted=True), which returns contributions with the weights of each step."
        )


def _whole_group(reward: Reward, config: Any) -> int | None:
    """Returns how many samples must come together, or None where a group may be split over ranks."""
    if reward.traits.scope != "group":
        return None
    compares = f"The reward {reward.name!r} compares the samples of a group"
    if config is None:
        raise SpecError(f"{compares}; pass config=GRPOConfig(...), which shows whether groups stay whole.")
    size = int(config.num_generations)
    steps = getattr(config, "steps_per_generation", None)
    if steps is None:
        return size  # TRL's asynchronous trainer scores group by group
    batch = config.per_device_train_batch_size * steps
    if batch % size:
        raise SpecError(
            f"{compares}, but each rank gets {batch} samples (per_device_train_batch_size "
            f"{config.per_device_train_batch_size} x steps_per_generation {steps}), which splits groups of {size}: "
            "make it a multiple of num_generations."
        )
    if getattr(config, "eval_strategy", "no") != "no":
        evaluated = config.num_generations_eval or size
        if evaluated != size or config.per_device_eval_batch_size % size:
            raise SpecError(
                f"{compares}, but an evaluation has {config.per_device_eval_batch_size} samples a rank in groups of "
                f"{evaluated}: leave num_generations_eval at None and make per_device_eval_batch_size a multiple of "
                f"num_generations, {size}."
            )
    return size
