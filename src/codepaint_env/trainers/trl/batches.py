"""What TRL hands to a reward function, read into a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from codepaint_env.trainers.shared.batch import Batch
from codepaint_env.trainers.shared.conversation import TASK_COLUMNS, read_task, text_of
from codepaint_env.trainers.trl.paint_environment import PaintEnvironment
from rewards.errors import SpecError
from rewards.types import Task

_ROWS = "give GRPOTrainer(train_dataset=dataset(...)), or rows like its own."


def read_batch(
    prompts: Sequence[Any],
    completions: Sequence[Any],
    columns: Mapping[str, Any],
    *,
    canvas: str,
    whole: int | None = None,
) -> Batch:
    """Reads what TRL passes to a reward function.

    The group of a sample is its task at this step, or the task alone where no step is told, as by TRL's asynchronous
    trainer. Where the policy paints through `PaintEnvironment`, its last program is what it wrote.

    Args:
        prompts: Texts or conversations.
        completions: Texts or conversations.
        columns: The other columns of the dataset, one value a sample, and `trainer_state` and `environments`.
        canvas: Of the tasks.
        whole: Samples a group, where the reward compares those of a group; None where a group may be split.

    Raises:
        SpecError: A prompt is no task, a completion is of the wrong shape, a column has another length; or `whole` is
            given, and not every group is there from first to last.
    """
    steps = columns.get("trainer_state")
    at = "" if steps is None else f"@{steps.global_step}"
    tasks = _tasks(prompts, columns, canvas)
    texts = [_text(completion) for completion in completions]
    if len(texts) != len(tasks):
        raise SpecError(f"TRL gave {len(tasks)} prompts and {len(texts)} completions; there must be as many.")
    broken: list[Exception | None] = [None] * len(texts)
    for index, environment in enumerate(columns.get("environments") or ()):
        if isinstance(environment, PaintEnvironment):
            texts[index], broken[index] = environment.program, environment.broken
    groups = [f"{task.id}{at}" for task in tasks]
    if whole is not None:
        groups = _whole_groups(groups, whole)
    step = None if steps is None else int(steps.global_step)
    return Batch(tuple(texts), tuple(tasks), tuple(groups), tuple(broken), step)


def _whole_groups(groups: list[str], size: int) -> list[str]:
    """Returns the keys of runs of `size` samples each; a task that comes twice makes two groups."""
    runs = [groups[start : start + size] for start in range(0, len(groups), size)]
    for run in runs:
        if len(run) < size or len(set(run)) > 1:
            told = f"{len(run)} samples of {len(set(run))} tasks"
            raise SpecError(
                f"The reward compares the samples of a group, but {told} came instead of one group of {size}. "
                "Make per_device_train_batch_size * steps_per_generation a multiple of num_generations."
            )
    return [f"{key}#{number}" for number, run in enumerate(runs) for key in run]


def _text(completion: Any) -> str:
    try:
        return text_of(completion, role="assistant")
    except SpecError as error:
        raise SpecError(f"TRL gave a completion of another shape: {error}.") from None


def _tasks(prompts: Sequence[Any], columns: Mapping[str, Any], canvas: str) -> list[Task]:
    # These columns come from `dataset`; a dataset of the user's own may lack them.
    told = {name: columns[name] for name in TASK_COLUMNS if name in columns}
    for name, values in told.items():
        if isinstance(values, str) or len(values) != len(prompts):
            raise SpecError(f"The column {name!r} is {values!r:.80} beside {len(prompts)} prompts; {_ROWS}")
    try:
        return [
            read_task(prompt, {name: values[index] for name, values in told.items()}, canvas)
            for index, prompt in enumerate(prompts)
        ]
    except SpecError as error:
        raise SpecError(f"{error}; {_ROWS}") from None
