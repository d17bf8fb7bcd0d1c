"""Renders and judges each batch once for all reward functions of a training, and logs what came of it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from codepaint_env import canvases
from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.shared.batch import Batch
from codepaint_env.trainers.shared.batch_metrics import metrics
from codepaint_env.trainers.shared.guard import Guard
from codepaint_env.trainers.shared.shared_evaluation import SharedEvaluations
from codepaint_env.trainers.shared.training_renderer import training_renderer
from rewards import Weighted
from rewards.mixing.members import leaf_keys, named
from rewards.mixing.schedule import stepped
from rewards.types import Reward, Score

log = logging.getLogger("codepaint")

NO_STEP = (
    "TRL's asynchronous trainer tells reward functions none, so write the numbers of one step in place of the ramps; "
    "GRPOTrainer and RLOOTrainer tell it"
)

Outcome = list[Score | None]  # None where something failed before there was a score


@dataclass(frozen=True, slots=True)
class Logs:
    """Where a trainer wants things logged; None where it offers nothing.

    Attributes:
        metric: Takes a name and a number.
        extra: Takes the name of a column and one value a sample.
    """

    metric: Callable[[str, float], None] | None = None
    extra: Callable[[str, list[Any]], None] | None = None


class Scorer:
    """What the functions of one `reward_funcs` have in common; picklable, and usable from any thread or event loop.

    What fails costs scores or ends the training, as `Guard` decides.

    Args:
        reward: Judges.
        canvas: Name of the canvas.
        renderer: Options of the renderer, or a live one.
        functions: How many ask about each batch.
        probe: Lets the reward's preflight see the first batch.
        pictures: Folder in which each picture is kept, under the hash of its pixels; None keeps none.
    """

    def __init__(
        self,
        reward: Reward,
        canvas: str,
        renderer: Mapping[str, Any] | Renderer | None,
        functions: int,
        probe: bool,
        pictures: str | Path | None,
    ) -> None:
        self._given = (reward, canvas, renderer, functions, probe, pictures)
        self.canvas = canvases.get(canvas).name
        drawing = training_renderer(canvas, renderer)
        self._evaluator = Evaluator(canvases.get(canvas), reward, drawing, probe=probe, step=0)
        judge = self._evaluator.reward
        linear = isinstance(judge, Weighted)  # whose members have functions, and so columns, of their own
        self._members = [key for key in leaf_keys(judge) if "/" in key or not linear]
        self._pictures = None if pictures is None else Path(pictures)
        self._shared: SharedEvaluations[Outcome] = SharedEvaluations(functions)
        self._guard = Guard()

    def __reduce__(self) -> tuple[Any, ...]:
        return Scorer, self._given

    def reward_at(self, step: int | None) -> Reward:
        """Returns the reward of a step of the training; raises `SpecError` if it moves and no step is told."""
        return self._at(step).reward

    def scores(self, batch: Batch, who: int, logs: Logs) -> Outcome:
        """Returns what came of a batch, one entry a sample; evaluates it if no other function has asked before."""
        evaluator = self._at(batch.step)

        def outcome() -> Outcome:
            evaluate = partial(evaluator.evaluate, *batch.whole())
            return self._logged(batch, self._guard.run(evaluate, batch.broken), logs)

        return self._shared.get(batch.key, who, outcome)

    async def ascores(self, batch: Batch, who: int, logs: Logs) -> Outcome:
        """Does what `scores` does without blocking the event loop."""
        evaluator = self._at(batch.step)

        async def outcome() -> Outcome:
            evaluate = partial(evaluator.aevaluate, *batch.whole())
            return self._logged(batch, await self._guard.arun(evaluate, batch.broken), logs)

        return await self._shared.aget(batch.key, who, outcome)

    def _at(self, step: int | None) -> Evaluator:
        if step is None:
            stepped(self._given[0], None, NO_STEP)
            return self._evaluator
        return self._evaluator.at(step)

    def _logged(self, batch: Batch, placed: Sequence[Evaluated | None], logs: Logs) -> Outcome:
        self._log(batch, placed, logs)
        return [None if each is None else each.score for each in placed]

    def _log(self, batch: Batch, placed: Sequence[Evaluated | None], logs: Logs) -> None:
        if logs.metric is not None:
            found = metrics([each for each in placed if each is not None])
            found["masked"] = sum(each is None or not each.valid for each in placed) / max(1, len(placed))
            if self._evaluator.moves:
                found |= _weights(self.reward_at(batch.step))
            for name, value in found.items():
                logs.metric(f"codepaint/{name}", value)
        if logs.extra is not None:
            # One value a sample in each batch: TRL keeps the columns of its table side by side by counting.
            logs.extra("codepaint/task", [task.id for task in batch.tasks])
            logs.extra("codepaint/status", [_status(each) for each in placed])
            for key in self._members:
                logs.extra(f"codepaint/member/{key}", [_part(each, key) for each in placed])
            if self._pictures is not None:
                logs.extra("codepaint/picture", [_kept(self._pictures, each) for each in placed])


def _weights(reward: Reward) -> dict[str, float]:
    """Returns the weight of each member of a linear mix, to be logged."""
    members = reward.members if isinstance(reward, Weighted) else ()
    keys = [member.key for member in named([each for _, each in members])]
    return {f"weight/{key}": weight for key, (weight, _) in zip(keys, members, strict=True)}


def _status(each: Evaluated | None) -> str:
    if each is None:
        return "machine_error"
    rendering = each.sample.rendering
    return f"{rendering.status} {rendering.kind}".strip() if each.valid else "machine_error"


def _part(each: Evaluated | None, key: str) -> float | None:
    """Returns what a member gave, on [0, 1] to four digits; None where it was not asked or has no value."""
    if each is None or not each.valid or key in each.score.skipped:
        return None
    return round(each.score.components[key], 4)


def _kept(folder: Path, each: Evaluated | None) -> str | None:
    """Writes a picture unless it is there, and returns its path; None where there is none."""
    image = None if each is None else each.sample.rendering.image
    if each is None or image is None:
        return None
    path = folder / f"{each.pixels_sha256[:32]}.jpg"
    if not path.exists():
        from PIL import Image

        half = path.with_suffix(f".{os.getpid()}.part")  # ranks may paint the same
        try:
            folder.mkdir(parents=True, exist_ok=True)
            Image.fromarray(image).save(half, format="JPEG", quality=90)
            half.replace(path)
        except OSError as error:
            log.warning("A picture was not kept: %s", error)
            return None
    return str(path)
