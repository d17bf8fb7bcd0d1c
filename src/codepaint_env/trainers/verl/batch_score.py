"""verl: the function for a batch of responses, by which whole groups are scored together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from codepaint_env.trainers.shared.conversation import read_told_task
from codepaint_env.trainers.verl.shared_scorer import (
    SETTINGS,
    check_machine_error,
    row_of,
    scorer_of,
    step_of,
    told_of,
)
from rewards.errors import MachineError, SpecError
from rewards.types import DEFAULT_CANVAS


def compute_scores(
    data_sources: Sequence[str],
    solution_strs: Sequence[str],
    ground_truths: Sequence[Any],
    extra_infos: Sequence[Mapping[str, Any] | None],
    *,
    reward: Any = None,
    canvas: str = DEFAULT_CANVAS,
    renderer: Any = None,
    on_machine_error: str = "raise",
    group_size: int | None = None,
    log_to: str | None = None,
    return_failures: bool = False,
    reward_router_address: str | None = None,
    reward_model_tokenizer: Any = None,
) -> list[Any]:
    """Scores a batch of responses, in order; all of them are painted and judged together.

    Args:
        data_sources: One per response, like the next three; not read.
        solution_strs: What the policy wrote.
        ground_truths: The task's id, if `extra_infos` has none.
        extra_infos: What was asked, and optionally `group`, as for `compute_score`.
        reward: A reward spec; None takes the canvas's own.
        canvas: The kind of program.
        renderer: Options of the renderer as in `gym.make`, or a `Renderer`.
        on_machine_error: `raise` raises for the batch if one response has no score; `floor` gives the lowest score with
            `valid` = 0.
        group_size: Responses per prompt, verl's `rollout.n`. A reward that compares the samples of a group needs it, to
            check that every group is whole.
        log_to: A folder in which each reward worker keeps its curves.
        return_failures: Puts a `MachineError` into the list in place of raising; for `GroupRewardManager`.
        reward_router_address: Added by verl if it serves a reward model; not read.
        reward_model_tokenizer: Likewise.

    Returns:
        For each response what `compute_score` returns.

    Raises:
        MachineError: A machine failed, and `on_machine_error` is `raise`.
        SpecError: An argument or a row is wrong, or a group is not whole.
        Exception: A failure that ends the training; see `Guard`.
    """
    check_machine_error(on_machine_error)
    told = [told_of(info, truth) for info, truth in zip(extra_infos, ground_truths, strict=True)]
    if len(told) != len(solution_strs):
        raise SpecError(
            f"verl gave {len(solution_strs)} responses and {len(told)} rows; there must be as many."
        )
    scorer = scorer_of(reward, canvas, renderer, log_to, whole_groups=True)
    asked = [read_told_task(each, canvas, SETTINGS) for each in told]
    tasks, groups = [task for task, _ in asked], [group for _, group in asked]
    if scorer.reward.traits.scope == "group":
        groups = _whole_groups(groups, group_size, scorer.reward.name)
    # Of a group that was begun with several weights, the first count: all of it is judged by one reward.
    first: dict[str, int | None] = {}
    for group, each in zip(groups, told, strict=True):
        step, known = step_of(each), first.get(group)
        first[group] = step if known is None else known if step is None else min(step, known)
    rows: list[Any] = [None] * len(told)
    for step in dict.fromkeys(first.values()):
        places = [place for place, group in enumerate(groups) if first[group] == step]
        verdicts = scorer.scores(
            [solution_strs[place] for place in places],
            [tasks[place] for place in places],
            [groups[place] for place in places],
            step,
        )
        for place, verdict in zip(places, verdicts, strict=True):
            rows[place] = row_of(verdict, scorer)
            if verdict.value is None and on_machine_error == "raise":
                rows[place] = MachineError(
                    f"A response to {tasks[place].id!r} has no score: {verdict.reason}"
                )
    failed = [row for row in rows if isinstance(row, MachineError)]
    if failed and not return_failures:
        more = f" (and {len(failed) - 1} more of {len(rows)})" if len(failed) > 1 else ""
        raise MachineError(f"{failed[0]}{more}")
    return rows


def _whole_groups(groups: Sequence[str], size: int | None, reward: str) -> list[str]:
    """Returns the keys of groups of `size` responses each; a task that comes twice in a row makes two groups."""
    compares = f"The reward {reward!r} compares the samples of a group"
    if type(size) is not int or size < 2:
        raise SpecError(
            f"{compares}, but reward_kwargs.group_size is {size!r}; set it to the size of a group, at least 2: "
            "verl's actor_rollout_ref.rollout.n."
        )
    places: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        places.setdefault(group, []).append(place)
    keys = list(groups)
    for group, found in places.items():
        runs = [found[start : start + size] for start in range(0, len(found), size)]
        together = all(run[-1] - run[0] == size - 1 for run in runs)
        if len(found) % size or (len(runs) > 1 and not together):
            raise SpecError(
                f"{compares}, but {len(found)} responses of the group {group!r} came instead of {size}: it was split "
                "over calls. Let verl score whole batches in one worker (reward.num_workers=1), with no task twice."
            )
        for number, run in enumerate(runs):
            for place in run:
                keys[place] = f"{group}#{number}" if len(runs) > 1 else group
    return keys
