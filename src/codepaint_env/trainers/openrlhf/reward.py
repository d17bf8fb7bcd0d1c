"""OpenRLHF: the function that a file named by `--reward.remote_url` holds.

```python
import codepaint_env.trainers.openrlhf as openrlhf

reward_func = openrlhf.reward_func("0.3*renders + 0.7*coverage")
```
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.openrlhf.completions import completion_of
from codepaint_env.trainers.shared.conversation import read_told_task
from codepaint_env.trainers.shared.sample_scorer import SampleScorer, Verdict
from codepaint_env.trainers.shared.settings import Settings, no_step
from rewards.errors import MachineError, SpecError
from rewards.types import DEFAULT_CANVAS, Task

SETTINGS = Settings(
    trainer="OpenRLHF",
    reward="the first argument of reward_func in the file that --reward.remote_url names",
    rows="--data.prompt_dataset with --data.label_key label (`codepaint tasks export --for openrlhf`)",
    keys="the process that scores reads it, so pass it with `ray job submit --runtime-env-json`, or to the server that "
    "--reward.remote_url names",
    step=no_step("OpenRLHF"),
)
ON_MACHINE_ERROR = ("raise", "filter", "floor")
AT_ONCE = 32  # queries of one call that are scored side by side


def reward_func(
    spec: Any,
    *,
    canvas: str = DEFAULT_CANVAS,
    renderer: Mapping[str, Any] | Renderer | None = None,
    on_machine_error: str = "raise",
    log_to: str | Path | None = None,
) -> RewardFunction:
    """Returns the function that OpenRLHF calls as `reward_func(queries, prompts, labels)`.

    Args:
        spec: A reward spec or a reward object.
        canvas: The kind of program.
        renderer: Options of the renderer as in `gym.make`, or a `Renderer`.
        on_machine_error: `raise`; `filter`, so that `--algo.dynamic_filtering_enable` leaves the group out; or
            `floor`, which gives the lowest score with `valid` = 0.
        log_to: A folder for the curves of each process; None keeps none.

    Raises:
        SpecError: The spec is not understood, or the reward compares the samples of a group.
        MissingPart: An extra or a key is missing.
    """
    if on_machine_error not in ON_MACHINE_ERROR:
        raise SpecError(
            f"on_machine_error is {on_machine_error!r}; it must be {', '.join(ON_MACHINE_ERROR)}."
        )
    scorer = SampleScorer(spec, canvas=canvas, renderer=renderer, settings=SETTINGS, log_to=log_to)
    return RewardFunction(scorer, on_machine_error)


class RewardFunction:
    """Scores queries; usable from any thread."""

    def __init__(self, scorer: SampleScorer, on_machine_error: str) -> None:
        self._scorer = scorer
        self._on_machine_error = on_machine_error

    def __call__(
        self, queries: Sequence[str], prompts: Sequence[str], labels: Sequence[str]
    ) -> dict[str, Any]:
        """Scores the completions of some queries.

        Args:
            queries: Prompts with what the policy wrote after them, special tokens and all.
            prompts: The same without what the policy wrote.
            labels: What `rows` wrote of each task.

        Returns:
            `rewards`, `scores` and `extra_logs`, the latter always with the same keys. Each is a number where one query
            came, as OpenRLHF asks, and a list where there were more.

        Raises:
            MachineError: A machine failed, and `on_machine_error` is `raise`.
            SpecError: A label or a query is wrong.
            Exception: What ends the training; see `Guard`.
        """
        asked = _aligned(queries, prompts, labels)
        if len(asked) == 1:
            return _packed([self._scored(*asked[0])])
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return _packed(list(pool.map(lambda each: self._scored(*each), asked)))

    async def arewards(
        self, queries: Sequence[str], prompts: Sequence[str], labels: Sequence[str]
    ) -> dict[str, Any]:
        """Scores the completions of some queries without blocking the event loop."""
        asked = _aligned(queries, prompts, labels)
        return _packed(await asyncio.gather(*(self._ascored(*each) for each in asked)))

    def _scored(self, query: str, prompt: str, label: str) -> dict[str, float]:
        task, group = self._task(label)
        return self._row(task, self._scorer.score(completion_of(query, prompt), task, group))

    async def _ascored(self, query: str, prompt: str, label: str) -> dict[str, float]:
        task, group = self._task(label)
        return self._row(task, await self._scorer.ascore(completion_of(query, prompt), task, group))

    def _task(self, label: str) -> tuple[Task, str]:
        return read_told_task(_told(label), self._scorer.canvas, SETTINGS)

    def _row(self, task: Task, verdict: Verdict) -> dict[str, float]:
        valid = verdict.value is not None
        if not valid and self._on_machine_error == "raise":
            raise MachineError(f"A completion of {task.id!r} has no score: {verdict.reason}")
        lowest = (self._scorer.range or (0.0, 1.0))[0]
        reward = float(lowest if verdict.value is None else verdict.value)
        left_out = not valid and self._on_machine_error == "filter"
        recent = self._scorer.metrics()
        return {
            "reward": math.nan if left_out else reward,
            "score": math.nan if left_out else reward,
            "codepaint/valid": float(valid),
            "codepaint/painted": float(verdict.painted),
            **{f"codepaint/{name}": value for name, value in recent.items()},
        }


def _aligned(
    queries: Sequence[str], prompts: Sequence[str], labels: Sequence[str]
) -> list[tuple[str, str, str]]:
    if not len(queries) == len(prompts) == len(labels):
        raise SpecError(
            f"There are {len(queries)} queries, {len(prompts)} prompts and {len(labels)} labels; --data.label_key "
            "label gives each prompt its label."
        )
    return list(zip(queries, prompts, labels, strict=True))


def _packed(rows: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    """Returns rows as OpenRLHF reads them: numbers where one query came, lists where there were more."""
    columns = {name: [each[name] for each in rows] for name in (rows[0] if rows else ())}
    packed = {name: values[0] if len(values) == 1 else values for name, values in columns.items()}
    return {
        "rewards": packed.pop("reward", []),
        "scores": packed.pop("score", []),
        "extra_logs": packed,
    }


def _told(label: Any) -> Any:
    try:
        return json.loads(label)
    except (TypeError, ValueError, RecursionError):
        return label  # which is then refused
