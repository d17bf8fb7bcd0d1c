"""What the server's reward says: of completions and their tasks, and to OpenRLHF in its own form."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from codepaint_env.canvases.canvas import Canvas
from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.render.backend import spec_of
from codepaint_env.render.renderer import Renderer
from codepaint_env.serve.requests import ScoreRequest
from codepaint_env.trainers.openrlhf.reward import RewardFunction, reward_func
from rewards import make
from rewards.errors import SpecError
from rewards.mixing.schedule import stepped

AT_ONCE = 64
"""Requests that are scored side by side: judges answer slowly, and programs wait for a worker anyway."""

LINE = 1_000
"""Requests that may wait besides. A trainer asks about all samples of a rollout at once, and OpenRLHF gives up when it
was refused five times: whoever scores waits, and does not come again."""

_TELLING = (
    "start it with --step N for the numbers of one step, or score where the training runs and let the server only "
    "draw"
)


class Scoring:
    """One reward, fixed when the server starts.

    Args:
        spec: A reward spec or a live reward.
        canvas: What kind of programs are painted.
        renderer: Draws them.
        on_machine_error: What OpenRLHF is told where a machine failed; see `reward_func`.
        log_to: A folder for curves; None keeps none.
        references: The folder of the reference pictures that OpenRLHF's labels may name; None lets them name none.

    Raises:
        SpecError: The spec is not understood, or does not go with the canvas.
        MissingPart: An extra or a key is missing.
    """

    def __init__(
        self,
        spec: Any,
        canvas: Canvas,
        renderer: Renderer,
        *,
        on_machine_error: str = "raise",
        log_to: Path | None = None,
        references: Path | None = None,
    ) -> None:
        self._references = None if references is None else references.resolve()
        reward = make(spec)
        stepped(reward, None, _TELLING)
        self._evaluator = Evaluator(canvas, reward, renderer)
        self.name = reward.name
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._function: RewardFunction | None = None
        self._why_not = ""
        try:
            self._function = reward_func(
                reward,
                canvas=spec_of(canvas),
                renderer=renderer,
                on_machine_error=on_machine_error,
                log_to=log_to,
            )
        except SpecError as error:
            if reward.traits.scope != "group":
                raise
            self._why_not = str(error)  # /v1/score takes whole groups

    def prepare(self) -> None:
        """Raises what the reward lacks, such as the key of an endpoint, before anybody asks."""
        self._evaluator.evaluate([], [])

    async def scores(self, asked: ScoreRequest) -> list[dict[str, Any]]:
        """Returns what the reward says of each completion; the value is None where a machine failed."""
        name = self._evaluator.canvas.name
        tasks = [each.task(name) for each in asked.tasks]
        counts = {len(each) for each in (asked.completions, tasks, asked.groups or tasks)}
        if len(counts) > 1:
            raise SpecError("completions, tasks and groups differ in length; give one task a completion.")
        async with self._turns:
            found = await self._evaluator.aevaluate(asked.completions, tasks, asked.groups)
        return [_told(each) for each in found]

    async def rewards(self, columns: Sequence[list[Any]]) -> dict[str, Any]:
        """Returns what OpenRLHF is told of queries, prompts and labels."""
        if self._function is None:
            raise SpecError(self._why_not)
        queries, prompts, labels = columns
        for label in labels:
            self._check_reference(label)
        async with self._turns:
            return await self._function.arewards(queries, prompts, labels)

    def _check_reference(self, label: object) -> None:
        """Raises `SpecError` for a label that names a file which is no business of whoever asks."""
        try:
            told = json.loads(label) if isinstance(label, str) else label
        except (ValueError, RecursionError):
            return  # the reward function says what is wrong with it
        named = told.get("reference") if isinstance(told, dict) else None
        if not isinstance(named, str):
            return
        if self._references is None or not Path(named).resolve().is_relative_to(self._references):
            raise SpecError(
                f"A label names the picture {named!r}; start the server with --references FOLDER, a folder that "
                "holds it."
            )


def _told(each: Evaluated) -> dict[str, Any]:
    score, rendering = each.score, each.sample.rendering
    components: Mapping[str, float] = score.components
    return {
        "value": score.value,
        "components": dict(components),
        "reason": score.reason,
        "references": list(score.references),
        "skipped": list(score.skipped),
        "status": rendering.status,
        "kind": rendering.kind,
        "message": rendering.message,
        "identity": rendering.identity,
        "pixels_sha256": each.pixels_sha256,
    }
