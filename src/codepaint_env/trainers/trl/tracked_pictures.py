"""Pictures of a training in the tracker to which the trainer reports: trackio or W&B."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Sequence

from codepaint_env.evaluate import Evaluated

log = logging.getLogger("codepaint")

TRACKERS = ("trackio", "wandb")
"""Modules of `report_to` that take pictures. Both have `Image` and `log`, and begin a run by the trainer's callback."""


def track_pictures(report_to: Sequence[str], step: int, painted: Sequence[Evaluated]) -> None:
    """Logs the pictures themselves, with prompt and score below each, as `codepaint/1 a red tulip`.

    A tracker that fails is logged and ends no training.

    Args:
        report_to: Of the training's arguments; what is no tracker of pictures is passed over.
        step: Of the training.
        painted: What the model painted; who painted nothing is left out.
    """
    for name in TRACKERS:
        if name not in report_to:
            continue
        try:
            tracker = importlib.import_module(name)
            told = {
                f"codepaint/{number} {each.sample.task.prompt}": tracker.Image(
                    each.sample.rendering.image, caption=_caption(each)
                )
                for number, each in enumerate(painted, 1)
                if each.sample.rendering.image is not None
            }
            if told:
                tracker.log({**told, "train/global_step": step})
        except Exception:  # whatever a tracker lacks, the training goes on
            log.exception("The pictures of step %d were not logged to %s.", step, name)


def _caption(each: Evaluated) -> str:
    value = each.score.value
    return f"{each.sample.task.prompt}: {'no score' if value is None else f'{value:.3f}'}"
