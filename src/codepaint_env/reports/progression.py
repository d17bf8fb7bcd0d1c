"""The progression of a training: one HTML file with the same prompts painted at every checkpoint, and the curves."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from codepaint_env.evaluate import Evaluated
from codepaint_env.reports.curve_chart import Stop, make_chart
from codepaint_env.reports.html_file import write_html
from codepaint_env.reports.progression_wall import SPARK, hang, middle_gain, over_all_gains
from codepaint_env.reports.run_summary import reward_of, size_of, span_of, what_ran
from codepaint_env.runs.curves import CURVES, read_curves
from codepaint_env.runs.meta import META
from codepaint_env.runs.run import Run, load_run
from rewards.errors import SpecError

PROGRESSION = "progression.html"
FIGURES = "figures.json"
ROW = 6  # prompts above the figures
THUMB_PX = 256  # the longer side of the pictures between the first and the last checkpoint

_STEP = re.compile(r"step-(\d+)")


def step_folder(folder: Path, step: int) -> Path:
    """Returns where the run of a checkpoint lies."""
    return folder / f"step-{step:06d}"


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """What the model painted after so many steps.

    Attributes:
        step: Of the training.
        run: The fixed prompts, in order; a run that was cut off has only the first of them.
    """

    step: int
    run: Run

    @property
    def scores(self) -> list[float]:
        """The scores there are."""
        return [score.value for score in self.run.scores if score.value is not None]

    @property
    def mean(self) -> float | None:
        """Mean of the scores there are; None where there is none."""
        return _mean(self.scores)

    @property
    def painted(self) -> int:
        """How many programs painted."""
        return sum(each.sample.rendering.ok for each in self.run.evaluated)

    @property
    def quality(self) -> float | None:
        """Mean score of the programs that painted; None where there is none."""
        painted = [each.score.value for each in self.run.evaluated if each.sample.rendering.ok]
        return _mean([value for value in painted if value is not None])


def write_progression(folder: Path | str) -> Path:
    """Writes `progression.html` into the folder of a training and returns its path.

    The folder holds `step-000000/`, `step-000010/` and so on: runs of the same prompts in the same order. If the
    training was logged, it also holds `curves.jsonl`. The page shows six prompts from the largest loss to the largest
    gain, then figures, curves and all prompts. If the folder has `figures.json`, a list of
    `{"label": "diversity", "before": 0.62, "after": 0.22}`, the page shows these too, and by how much each one fell.
    Prompts and programs are untrusted: all text is escaped, and the page's policy forbids every script, style and
    connection but its own.

    Raises:
        SpecError: There is no checkpoint, one has other prompts than the first, or a file is not understood.
    """
    folder = Path(folder)
    checkpoints = _load(folder)
    works = hang([each.run for each in checkpoints])
    curves = read_curves(folder / CURVES)
    last = checkpoints[-1].run
    values = [value for each in checkpoints for value in each.scores]
    values += [logged["reward"] for logged in curves.values() if "reward" in logged]
    span = span_of(last.meta, values)
    gain = middle_gain(works)
    return write_html(
        folder / PROGRESSION,
        "progression",
        {
            "title": last.meta.name,
            "reward": reward_of(last.meta),
            "checkpoints": checkpoints,
            "works": works,
            "told": _figures(folder / FIGURES),
            "row": [
                (prompt, _small(first), _small(last)) for prompt, first, last in over_all_gains(works, ROW)
            ],
            "gain": gain and (gain[0] and _small(gain[0]), gain[1]),
            "chart": make_chart(curves, [_stop(each, len(works)) for each in checkpoints], span),
            "setup": what_ran(last),
            "span": span,
            "size": size_of(each for checkpoint in checkpoints for each in checkpoint.run.evaluated),
            "spark": SPARK,
        },
    )


def _figures(path: Path) -> list[dict[str, Any]]:
    """Returns figures before and after, with the share by which each fell; none where there is no file."""
    if not path.is_file():
        return []
    told = []
    try:
        for each in json.loads(path.read_text(encoding="utf-8")):
            before, after = float(each["before"]), float(each["after"])
            if not (math.isfinite(before) and math.isfinite(after)):
                raise ValueError("a figure is not finite")
            fell = (before - after) / before if before > 0 and after < before else 0.0
            told.append({"label": str(each["label"]), "before": before, "after": after, "fell": fell})
    except (KeyError, TypeError, ValueError) as error:
        raise SpecError(
            f'{path} is not understood ({error}); it holds a list of {{"label": "…", "before": 0.5, "after": 0.6}}.'
        ) from error
    return told


def _load(folder: Path) -> list[Checkpoint]:
    """Loads the checkpoints in order; between the first and the last, pictures are made small at once."""
    found = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        if (name := _STEP.fullmatch(path.name)) and (path / META).is_file():
            found[int(name[1])] = path
    if not found:
        raise SpecError(
            f"There is no checkpoint in {folder}: no folder such as step-000000 with a run in it. Give the folder "
            "of a training; codepaint_env.trainers.trl.progression_callback writes one while it trains."
        )
    ends = (min(found), max(found))
    checkpoints = []
    for step in sorted(found):
        run = load_run(found[step])
        if step not in ends:
            run = replace(run, evaluated=tuple(map(_small, run.evaluated)))
        checkpoints.append(Checkpoint(step, run))
    return checkpoints


def _small(evaluated: Evaluated) -> Evaluated:
    from PIL import Image

    sample = evaluated.sample
    if sample.rendering.image is None:
        return evaluated
    thumbnail = Image.fromarray(np.ascontiguousarray(sample.rendering.image))
    thumbnail.thumbnail((THUMB_PX, THUMB_PX), Image.Resampling.LANCZOS)
    rendering = replace(sample.rendering, image=np.asarray(thumbnail))
    return replace(evaluated, sample=replace(sample, rendering=rendering))


def _stop(checkpoint: Checkpoint, prompts: int) -> Stop:
    mean = "–" if checkpoint.mean is None else f"{checkpoint.mean:.2f}"
    return Stop(
        checkpoint.step, checkpoint.mean, f"mean score {mean}, {checkpoint.painted} of {prompts} painted"
    )


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
