"""What verl's functions have in common: one scorer for each set of options, rows as they are told, rows of numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from codepaint_env.trainers.shared.sample_scorer import SampleScorer, Verdict
from codepaint_env.trainers.shared.settings import Settings
from rewards.errors import SpecError
from rewards.forks import ForkSafeLock

SETTINGS = Settings(
    trainer="verl",
    reward="reward.custom_reward_function.reward_kwargs.reward",
    rows="data.train_files (`codepaint tasks export --for verl`)",
    keys="under verl each reward worker reads it, so set +ray_kwargs.ray_init.runtime_env.env_vars.NAME",
    step="verl 0.9 tells it as extra_info['min_global_steps'] where its own agent loop writes the responses, and it is "
    "missing here; write the numbers of one step in place of the ramps",
    groups=", or name compute_scores with the GroupRewardManager, which waits for whole groups (docs/verl.md)",
)
ON_MACHINE_ERROR = ("raise", "floor")

_scorers: dict[str, SampleScorer] = {}  # of this process, by what it was asked to be
_lock = ForkSafeLock()


def scorer_of(
    reward: Any, canvas: str, renderer: Any, log_to: str | None, *, whole_groups: bool
) -> SampleScorer:
    """Returns the scorer of these options, which all calls in a process share."""
    from codepaint_env import canvases

    asked = (
        canvases.get(canvas).default_reward if reward is None else _plain(reward),
        canvas,
        _plain(renderer),
    )
    key = json.dumps(
        [*asked, log_to, whole_groups],
        default=lambda live: f"{type(live).__name__} {id(live)}",
        sort_keys=True,
    )
    with _lock:
        if key not in _scorers:
            _scorers[key] = SampleScorer(
                asked[0],
                canvas=canvas,
                renderer=asked[2],
                settings=SETTINGS,
                log_to=log_to,
                tells_step=True,
                whole_groups=whole_groups,
            )
        return _scorers[key]


def check_machine_error(on_machine_error: str) -> None:
    """Raises `SpecError` if it is none of the answers to a machine's failure."""
    if on_machine_error not in ON_MACHINE_ERROR:
        raise SpecError(
            f"reward_kwargs.on_machine_error is {on_machine_error!r}; it must be {' or '.join(ON_MACHINE_ERROR)}."
        )


def told_of(extra_info: Any, ground_truth: Any) -> Any:
    """Returns a copy of what a row says of its task: verl hands one mapping to a whole group, and writes into it."""
    if not isinstance(extra_info, Mapping):
        return extra_info
    told = dict(extra_info)
    if not told.get("task_id") and isinstance(ground_truth, str):
        told["task_id"] = ground_truth
    return told


def step_of(told: Any) -> int | None:
    """Returns the step of the training: that of the weights with which the response was begun."""
    step = told.get("min_global_steps") if isinstance(told, Mapping) else None
    return None if step is None else int(step)


def row_of(verdict: Verdict, scorer: SampleScorer) -> dict[str, float]:
    """Returns a verdict as verl takes it, always with the same keys."""
    valid = verdict.value is not None
    score = verdict.value if verdict.value is not None else (scorer.range or (0.0, 1.0))[0]
    return {
        "score": float(score),
        "valid": float(valid),
        "painted": float(verdict.painted),
        "painted_score": float(score) if valid and verdict.painted else 0.0,
        **{f"part/{name}": value for name, value in verdict.components.items()},
    }


def _plain(value: Any) -> Any:
    """Returns OmegaConf's mappings and lists as Python's own."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value
