"""The progression of a training: one HTML file with the same prompts painted at every checkpoint, and the curves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from codepaint_env.evaluate import Evaluated
from codepaint_env.reports.curve_chart import Stop, draw_curves
from codepaint_env.reports.episode_card import picture
from codepaint_env.reports.html_file import write_page
from codepaint_env.reports.progression_wall import Work, wall
from codepaint_env.reports.run_summary import reward_of, span, what_ran
from codepaint_env.runs.curves import CURVES, read_curves
from codepaint_env.runs.run import META, Run, RunMeta, load_run
from rewards.errors import SpecError

PROGRESSION = "progression.html"
THUMB_PX = 256  # the longer side of the pictures between the first and the last checkpoint

# Drawn, for not every font has one.
ARROW = '<svg viewBox="0 0 18 12" role="img" aria-label="to"><path d="M0 6H17M12 1l5 5l-5 5"/></svg>'

_STEP = re.compile(r"step-(\d+)")


def step_folder(folder: Path, step: int) -> Path:
    """Returns where the run of a checkpoint lies."""
    return folder / f"step-{step:06d}"


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """What the model painted after so many steps.

    Attributes:
        step: Of the training.
        run: The fixed prompts, in order; a run that was cut off has but the first of them.
    """

    step: int
    run: Run

    @property
    def scored(self) -> list[float]:
        """The scores there are."""
        return [score.value for score in self.run.scores if score.value is not None]

    @property
    def mean(self) -> float | None:
        """Mean of the scores there are; None where there is none."""
        return sum(self.scored) / len(self.scored) if self.scored else None

    @property
    def painted(self) -> list[Evaluated]:
        """What has a picture by a program that did not fail."""
        return [each for each in self.run.evaluated if each.sample.rendering.ok]


def write_progression(folder: Path | str) -> Path:
    """Writes `progression.html` into the folder of a training and returns its path.

    The folder holds `step-000000/`, `step-000010/` and so on, runs of the same prompts in the same order, and, where
    the training was logged, `curves.jsonl`. Prompts and programs are untrusted: all text is escaped, and the page's
    own policy forbids all scripts and styles but its own, and every connection.

    Raises:
        SpecError: There is no checkpoint, one has other prompts than the first, or a file is not understood.
    """
    folder = Path(folder)
    checkpoints = _load(folder)
    works = _works(checkpoints)
    curves = read_curves(folder / CURVES)
    first, last = checkpoints[0], checkpoints[-1]
    values = [value for each in checkpoints for value in each.scored]
    values += [told["reward"] for told in curves.values() if "reward" in told]
    bounds = span(last.run.meta, values)
    return write_page(
        folder / PROGRESSION,
        "progression",
        title=escape(last.run.meta.name),
        lead=_lead(checkpoints, len(works)),
        frontispiece=_frontispiece(works, first.step, last.step),
        figures="\n".join(_figures(first, last, len(works))),
        last=str(len(checkpoints) - 1),
        curves=draw_curves(curves, [_stop(each, len(works)) for each in checkpoints], bounds),
        mode="wall compare" if len(checkpoints) > 1 else "wall",
        wall=wall(works, [each.step for each in checkpoints], bounds),
        setup=what_ran(last.run.meta),
        shown=_shown(first.step, last.step),
    )


def _load(folder: Path) -> list[Checkpoint]:
    """Loads the checkpoints in order; between the first and the last, pictures are made small at once."""
    found = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        if (name := _STEP.fullmatch(path.name)) and (path / META).is_file():
            found[int(name[1])] = path
    if not found:
        raise SpecError(
            f"There is no checkpoint in {folder}: no folder such as step-000000 with a run in it. Give the folder "
            "of a training; codepaint_env.trainers.trl.progress_callback writes one while it trains."
        )
    ends = (min(found), max(found))
    checkpoints = []
    for step in sorted(found):
        run = load_run(found[step])
        if step not in ends:
            run = replace(run, evaluated=tuple(map(_small, run.evaluated)))
        checkpoints.append(Checkpoint(step, run))
    return checkpoints


def _works(checkpoints: Sequence[Checkpoint]) -> list[Work]:
    """Returns each prompt with its states, one a checkpoint."""
    tasks = max(([sample.task for sample in each.run.samples] for each in checkpoints), key=len)
    asked = [(task.id, task.prompt) for task in tasks]
    first = checkpoints[0].run
    for each in checkpoints:
        found = [(sample.task.id, sample.task.prompt) for sample in each.run.samples]
        for index, (was, now) in enumerate(zip(asked, found, strict=False)):
            if was != now:
                raise SpecError(
                    f"{each.run.folder} has the prompt {now[1]!r} ({now[0]}) at place {index + 1}, where "
                    f"{first.folder} has {was[1]!r} ({was[0]}); take it away, or paint the same prompts again."
                )
    return [
        Work(
            task.prompt,
            tuple(
                each.run.evaluated[index] if index < len(each.run.evaluated) else None for each in checkpoints
            ),
        )
        for index, task in enumerate(tasks)
    ]


def _small(evaluated: Evaluated) -> Evaluated:
    sample = evaluated.sample
    if sample.rendering.image is None:
        return evaluated
    rendering = replace(sample.rendering, image=_thumbnail(sample.rendering.image))
    return replace(evaluated, sample=replace(sample, rendering=rendering))


def _thumbnail(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    from PIL import Image

    small = Image.fromarray(np.ascontiguousarray(image))
    small.thumbnail((THUMB_PX, THUMB_PX), Image.Resampling.LANCZOS)
    return np.asarray(small)


def _stop(checkpoint: Checkpoint, prompts: int) -> Stop:
    mean = checkpoint.mean
    told = f"mean score {_number(mean)}, {len(checkpoint.painted)} of {prompts} painted"
    return Stop(checkpoint.step, mean, told)


def _lead(checkpoints: Sequence[Checkpoint], prompts: int) -> str:
    first, last = checkpoints[0], checkpoints[-1]
    meta: RunMeta = last.run.meta
    asked = "One prompt" if prompts == 1 else f"The same {prompts} prompts"
    if len(checkpoints) == 1:
        told = f"{asked} as the model painted them at step {first.step}"
        went = f"Their mean score is <b>{_number(first.mean)}</b>."
    else:
        told = f"{asked}, painted again at {len(checkpoints)} checkpoints of a training"
        went = (
            f"Their mean score went from <b>{_number(first.mean)}</b> at step {first.step} to "
            f"<b>{_number(last.mean)}</b> at step {last.step}."
        )
    return f"{told} on the reward <b>{escape(reward_of(meta))}</b>. {went}"


def _figures(first: Checkpoint, last: Checkpoint, prompts: int) -> list[str]:
    """Returns what the training changed, failing less kept apart from painting better."""

    def quality(checkpoint: Checkpoint) -> str:
        values = [each.score.value for each in checkpoint.painted if each.score.value is not None]
        return _number(sum(values) / len(values) if values else None)

    def moved(before: str, after: str) -> str:
        if first.step == last.step:
            return after
        return f'<span class="before">{before}</span> {ARROW} {after}'

    shown = (
        (moved(_number(first.mean), _number(last.mean)), "mean score of these prompts"),
        (moved(str(len(first.painted)), f"{len(last.painted)}"), f"programs of {prompts} that painted"),
        (moved(quality(first), quality(last)), "mean score of those that painted"),
        (str(last.step), "training steps"),
    )
    return [f"<div><dt>{label}</dt><dd>{figure}</dd></div>" for figure, label in shown]


def _frontispiece(works: Sequence[Work], first: int, last: int) -> str:
    """Hangs the picture that gained most beside the title, and in its corner what it began as."""
    painted = [
        (each.score.value, each, work.states[0])
        for work in works
        if (each := work.states[-1]) and each.score.value is not None and each.sample.rendering.ok
    ]
    if not painted:
        return ""

    def gain(found: tuple[float, Evaluated, Evaluated | None]) -> tuple[bool, float]:
        """Puts what was painted at both ends before what was not."""
        value, _, before = found
        if first == last or before is None or before.score.value is None:
            return False, value
        return before.sample.rendering.ok, value - before.score.value

    value, after, before = max(painted, key=gain)
    inset, told = "", f"Step {last}: {value:.2f}"
    if first != last and before is not None and before.sample.rendering.image is not None:
        inset = f'<div class="sheet before">{picture(_small(before).sample)}</div>'
        told = f"What gained most. Step {first}: {_number(before.score.value)}. {told}"
    return (
        f'<figure class="frontispiece"><div class="pair"><div class="sheet">{picture(after.sample)}</div>{inset}</div>'
        f"<figcaption>{told}</figcaption></figure>"
    )


def _shown(first: int, last: int) -> str:
    if first == last:
        return ""
    return (
        f"Side by side: step {first} and step {last}. With scripts, a slider shows the checkpoints between."
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
