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
from rewards.types import Reward, Score

log = logging.getLogger("codepaint")

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
        self.canvas = canvas
        drawing = training_renderer(canvas, renderer)
        self._evaluator = Evaluator(canvases.get(canvas), reward, drawing, probe=probe)
        self._pictures = None if pictures is None else Path(pictures)
        self._shared: SharedEvaluations[Outcome] = SharedEvaluations(functions)
        self._guard = Guard()

    def __reduce__(self) -> tuple[Any, ...]:
        return Scorer, self._given

    def scores(self, batch: Batch, who: int, logs: Logs) -> Outcome:
        """Returns what came of a batch, one entry a sample; evaluates it if no other function has asked before."""

        def outcome() -> Outcome:
            evaluate = partial(self._evaluator.evaluate, *batch.whole())
            return self._logged(batch, self._guard.run(evaluate, batch.broken), logs)

        return self._shared.get(batch.key, who, outcome)

    async def ascores(self, batch: Batch, who: int, logs: Logs) -> Outcome:
        """Does what `scores` does without blocking the event loop."""

        async def outcome() -> Outcome:
            evaluate = partial(self._evaluator.aevaluate, *batch.whole())
            return self._logged(batch, await self._guard.arun(evaluate, batch.broken), logs)

        return await self._shared.aget(batch.key, who, outcome)

    def _logged(self, batch: Batch, placed: Sequence[Evaluated | None], logs: Logs) -> Outcome:
        self._log(batch, placed, logs)
        return [None if each is None else each.score for each in placed]

    def _log(self, batch: Batch, placed: Sequence[Evaluated | None], logs: Logs) -> None:
        if logs.metric is not None:
            found = metrics([each for each in placed if each is not None])
            found["masked"] = sum(each is None or not each.valid for each in placed) / max(1, len(placed))
            for name, value in found.items():
                logs.metric(f"codepaint/{name}", value)
        if logs.extra is not None:
            # One value a sample in each batch: TRL keeps the columns of its table side by side by counting.
            logs.extra("codepaint/task", [task.id for task in batch.tasks])
            logs.extra("codepaint/status", [_status(each) for each in placed])
            if self._pictures is not None:
                logs.extra("codepaint/picture", [_kept(self._pictures, each) for each in placed])


def _status(each: Evaluated | None) -> str:
    if each is None:
        return "machine_error"
    rendering = each.sample.rendering
    return f"{rendering.status} {rendering.kind}".strip() if each.valid else "machine_error"


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
