"""verl: the function that `reward.custom_reward_function` names.

```yaml
reward:
  custom_reward_function:
    path: pkg://codepaint_env.trainers.verl
    name: compute_score
    reward_kwargs:
      reward: 0.3*renders + 0.7*coverage
```
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from codepaint_env.trainers.shared.conversation import read_told_task
from codepaint_env.trainers.shared.sample_scorer import SampleScorer, Verdict
from codepaint_env.trainers.shared.settings import Settings
from rewards.errors import MachineError, SpecError
from rewards.forks import ForkSafeLock
from rewards.types import DEFAULT_CANVAS

SETTINGS = Settings(
    trainer="verl",
    reward="reward.custom_reward_function.reward_kwargs.reward",
    rows="data.train_files (`codepaint tasks export --for verl`)",
    keys="under verl each reward worker reads it, so set +ray_kwargs.ray_init.runtime_env.env_vars.NAME",
    step="verl 0.9 tells it as extra_info['min_global_steps'] where its own agent loop writes the responses, and it is "
    "missing here; write the numbers of one step in place of the ramps",
)
ON_MACHINE_ERROR = ("raise", "floor")

_scorers: dict[str, SampleScorer] = {}  # of this process, by what it was asked to be
_lock = ForkSafeLock()


async def compute_score(
    data_source: str,
    solution_str: str,
    ground_truth: Any,
    extra_info: Mapping[str, Any] | None = None,
    *,
    reward: Any = None,
    canvas: str = DEFAULT_CANVAS,
    renderer: Any = None,
    on_machine_error: str = "raise",
    log_to: str | None = None,
    reward_router_address: str | None = None,
    reward_model_tokenizer: Any = None,
) -> dict[str, float]:
    """Scores one response.

    Args:
        data_source: The row's; not read.
        solution_str: What the policy wrote.
        ground_truth: The task's id, where `extra_info` says none.
        extra_info: The row's: what was asked, and optionally `group`, by which references are drawn. verl adds
            `min_global_steps`, the step of the weights that began to write, which a reward with ramps is told.
        reward: A reward spec; None takes the canvas's own.
        canvas: The kind of program.
        renderer: Options of the renderer as in `gym.make`, or a live one.
        on_machine_error: `raise`, or `floor`, which gives the lowest score with `valid` = 0.
        log_to: A folder in which each reward worker keeps its curves.
        reward_router_address: What verl adds where a reward model is served; not read.
        reward_model_tokenizer: As that.

    Returns:
        Always the same keys: `score`, `valid` and `painted` (1 or 0), `painted_score` (0 where nothing was painted),
        and `part/NAME` for each component of the reward.

    Raises:
        MachineError: A machine failed, and `on_machine_error` is `raise`.
        SpecError: An argument or a row is wrong.
        Exception: What ends the training; see `Guard`.
    """
    if on_machine_error not in ON_MACHINE_ERROR:
        raise SpecError(
            f"reward_kwargs.on_machine_error is {on_machine_error!r}; it must be {' or '.join(ON_MACHINE_ERROR)}."
        )
    told = _told(
        extra_info, ground_truth
    )  # before anything is awaited: verl hands the same mapping to a whole group
    scorer = _scorer(reward, canvas, renderer, log_to)
    task, group = read_told_task(told, canvas, SETTINGS)
    verdict = await scorer.ascore(solution_str, task, group, _step(told))
    if verdict.value is None and on_machine_error == "raise":
        raise MachineError(f"A response to {task.id!r} has no score: {verdict.reason}")
    return _row(verdict, scorer)


def _row(verdict: Verdict, scorer: SampleScorer) -> dict[str, float]:
    valid = verdict.value is not None
    score = verdict.value if verdict.value is not None else (scorer.range or (0.0, 1.0))[0]
    return {
        "score": float(score),
        "valid": float(valid),
        "painted": float(verdict.painted),
        "painted_score": float(score) if valid and verdict.painted else 0.0,
        **{f"part/{name}": value for name, value in verdict.components.items()},
    }


def _told(extra_info: Any, ground_truth: Any) -> Any:
    if not isinstance(extra_info, Mapping):
        return extra_info
    told = dict(extra_info)
    if not told.get("task_id") and isinstance(ground_truth, str):
        told["task_id"] = ground_truth
    return told


def _step(told: Any) -> int | None:
    """Returns the step of the training: that of the weights with which the response was begun, alike in a group."""
    step = told.get("min_global_steps") if isinstance(told, Mapping) else None
    return None if step is None else int(step)


def _scorer(reward: Any, canvas: str, renderer: Any, log_to: str | None) -> SampleScorer:
    """Returns the scorer of these options, which all calls in a process share."""
    from codepaint_env import canvases

    asked = (
        canvases.get(canvas).default_reward if reward is None else _plain(reward),
        canvas,
        _plain(renderer),
    )
    key = json.dumps(
        [*asked, log_to], default=lambda live: f"{type(live).__name__} {id(live)}", sort_keys=True
    )
    with _lock:
        if key not in _scorers:
            _scorers[key] = SampleScorer(
                asked[0], canvas=canvas, renderer=asked[2], settings=SETTINGS, log_to=log_to, tells_step=True
            )
        return _scorers[key]


def _plain(value: Any) -> Any:
    """Returns OmegaConf's mappings and lists as Python's own."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value
