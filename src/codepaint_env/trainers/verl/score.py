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

from collections.abc import Mapping
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
from rewards.errors import MachineError
from rewards.types import DEFAULT_CANVAS


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
        data_source: From the row; not read.
        solution_str: What the policy wrote.
        ground_truth: The task's id, if `extra_info` has none.
        extra_info: From the row: what was asked, and optionally `group`, which decides the draw of references. verl
            adds `min_global_steps`, the step of the weights that began the response; a reward with ramps uses it.
        reward: A reward spec; None takes the canvas's own.
        canvas: The kind of program.
        renderer: Options of the renderer as in `gym.make`, or a `Renderer`.
        on_machine_error: `raise`, or `floor`, which gives the lowest score with `valid` = 0.
        log_to: A folder in which each reward worker keeps its curves.
        reward_router_address: Added by verl if it serves a reward model; not read.
        reward_model_tokenizer: Likewise.

    Returns:
        Always the same keys: `score`, `valid` and `painted` (1 or 0), `painted_score` (0 if nothing was painted),
        and `part/NAME` for each component of the reward.

    Raises:
        MachineError: A machine failed, and `on_machine_error` is `raise`.
        SpecError: An argument or a row is wrong.
        Exception: A failure that ends the training; see `Guard`.
    """
    check_machine_error(on_machine_error)
    told = told_of(extra_info, ground_truth)  # before anything is awaited
    scorer = scorer_of(reward, canvas, renderer, log_to, whole_groups=False)
    task, group = read_told_task(told, canvas, SETTINGS)
    verdict = await scorer.ascore(solution_str, task, group, step_of(told))
    if verdict.value is None and on_machine_error == "raise":
        raise MachineError(f"A response to {task.id!r} has no score: {verdict.reason}")
    return row_of(verdict, scorer)
