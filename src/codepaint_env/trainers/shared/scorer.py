"""Renders and judges each batch once for all reward functions of a training, and logs what came of it."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.shared.flights import Flights
from codepaint_env.trainers.shared.guard import FATAL, Watch, is_lost, metrics, reason_of
from codepaint_env.trainers.shared.studio import studio
from codepaint_env.trainers.trl.batches import Batch
from rewards.types import Reward, Score, Task

log = logging.getLogger("codepaint")

Outcome = list[Score | None]  # None where a machine failed before there was anything to score


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

    A machine that fails leaves a sample without a score. A reward that raises leaves the batch without. Three batches
    in a row from which nothing can be learned end the training; see `Watch`.

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
        place, drawing = studio(canvas, renderer)
        self._evaluator = Evaluator(place, reward, drawing, probe=probe)
        self._pictures = None if pictures is None else Path(pictures)
        self._flights: Flights[Outcome] = Flights(functions)
        self._watch = Watch()

    def __reduce__(self) -> tuple[Any, ...]:
        return Scorer, self._given

    def scores(self, batch: Batch, who: int, logs: Logs) -> Outcome:
        """Returns what came of a batch, one entry a sample; evaluates it if no other function has asked before."""
        future, first = self._flights.join(batch.key, who)
        if first:
            with _settled(future):
                completions, tasks, groups = _whole(batch)
                try:
                    evaluated = self._evaluator.evaluate(completions, tasks, groups)
                except FATAL:
                    raise
                except Exception as error:  # noqa: BLE001 (a reward of the user's may raise anything)
                    future.set_result(self._failed(batch, error, logs))
                else:
                    future.set_result(self._told(batch, evaluated, logs))
        return future.result()

    async def ascores(self, batch: Batch, who: int, logs: Logs) -> Outcome:
        """Does what `scores` does without blocking the event loop."""
        future, first = self._flights.join(batch.key, who)
        if first:
            with _settled(future):
                completions, tasks, groups = _whole(batch)
                try:
                    evaluated = await self._evaluator.aevaluate(completions, tasks, groups)
                except FATAL:
                    raise
                except Exception as error:  # noqa: BLE001 (a reward of the user's may raise anything)
                    future.set_result(self._failed(batch, error, logs))
                else:
                    future.set_result(self._told(batch, evaluated, logs))
        # Shielded: a function that is cancelled must not take the answer from the others.
        return await asyncio.shield(asyncio.wrap_future(future))

    def _told(self, batch: Batch, evaluated: Sequence[Evaluated], logs: Logs) -> Outcome:
        answers = iter(evaluated)
        placed = [None if reason is not None else next(answers) for reason in batch.broken]
        self._log(batch, placed, logs)
        self._watch.scored(
            [
                reason if each is None else reason_of(each)
                for reason, each in zip(batch.broken, placed, strict=True)
            ],
            lost=is_lost(placed),
        )
        return [None if each is None else each.score for each in placed]

    def _failed(self, batch: Batch, error: Exception, logs: Logs) -> Outcome:
        count = len(batch.completions)
        self._log(batch, [None] * count, logs)
        self._watch.failed(error, count)
        return [None] * count

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


def _whole(batch: Batch) -> tuple[list[str], list[Task], list[str]]:
    """Returns completions, tasks and groups of the samples that can be scored."""
    there = [index for index, reason in enumerate(batch.broken) if reason is None]
    return (
        [batch.completions[i] for i in there],
        [batch.tasks[i] for i in there],
        [batch.groups[i] for i in there],
    )


@contextmanager
def _settled(future: Future[Outcome]) -> Iterator[None]:
    try:
        yield
    except asyncio.CancelledError:
        future.cancel()
        raise
    except BaseException as error:  # all who wait hear it
        future.set_exception(error)
        raise


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
