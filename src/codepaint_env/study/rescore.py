"""The recorded evidence of a run, scored by another reward without rendering, and what that changes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from codepaint_env import canvases
from codepaint_env.canvases.canvas import Canvas
from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.render.renderer import Renderer
from codepaint_env.runs.meta import reward_meta
from codepaint_env.runs.run import Run
from codepaint_env.runs.writer import RunWriter
from codepaint_env.study.ablation.score_table import Item
from codepaint_env.study.figures.figures import Estimate
from codepaint_env.study.figures.rank_correlation import correlations
from rewards.answers import ask
from rewards.errors import SpecError
from rewards.preflight import preflight_with_warnings
from rewards.registry import calls_for
from rewards.types import STAGES, Reward, Sample, Score, check_value

BATCH = 32  # samples asked about at once, unless a group is larger
DRAWS = 1000
MOVERS = 5

Show = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Side:
    """The scores of one reward over a run.

    Attributes:
        mean: Of the values; None where there is none.
        spread: Their standard deviation.
        valued: How many samples have a value.
        count: How many samples there are.
    """

    mean: float | None
    spread: float | None
    valued: int
    count: int

    @property
    def without(self) -> float:
        """Share of samples without a value."""
        return 1 - self.valued / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class Move:
    """One sample under both rewards.

    Attributes:
        index: In the run, from 0.
        prompt: What was asked.
        old: Value by the run's own reward.
        new: Value by the other one.
        climbed: Share of the other samples that it overtook; negative where it fell behind.
    """

    index: int
    prompt: str
    old: float
    new: float
    climbed: float


@dataclass(frozen=True, slots=True)
class Change:
    """What another reward changes in a run.

    Attributes:
        old: Scores of the run's own reward.
        new: Scores of the other one.
        correlation: Spearman's, over the samples that have both values.
        up: Samples that climbed most in rank, the largest climb first.
        down: Samples that fell most in rank.
    """

    old: Side
    new: Side
    correlation: Estimate
    up: tuple[Move, ...]
    down: tuple[Move, ...]


def check_run(run: Run, reward: Reward) -> Canvas:
    """Returns the canvas of a run, once the reward can judge its tasks.

    Raises:
        SpecError: The run holds nothing, or the reward cannot judge its canvas or tasks.
        MissingPart: The reward needs an extra that is not installed.
    """
    names = sorted({sample.task.canvas for sample in run.samples})
    if len(names) != 1:
        told = f"is of several canvases ({', '.join(names)})" if names else "holds no sample"
        raise SpecError(f"The run {str(run.folder)!r} {told}; name a run of one canvas with samples in it.")
    canvas = canvases.get(run.meta.canvas)
    evaluator = Evaluator(canvas, reward, Renderer(canvas))
    evaluator.check_tasks([sample.task for sample in run.samples])
    return canvas


def lacking(run: Run, reward: Reward) -> dict[str, int]:
    """Returns the stages that a reward reads and a run has not recorded, with the number of samples without each.

    Samples that did not paint count for nothing, nor those that a finding settles before the stage is read.
    """
    settled: frozenset[str] = getattr(reward, "settled_by", frozenset())
    needed = reward.needs & frozenset(STAGES)
    counts: Counter[str] = Counter()
    for sample in run.samples:
        rendering = sample.rendering
        if rendering.ok and not any(finding.kind in settled for finding in rendering.findings):
            counts.update(needed - rendering.evidence)
    return {stage: counts[stage] for stage in STAGES if counts[stage]}


def calls_of(run: Run, reward: Reward) -> int:
    """Returns how often judges and scorers are asked at most when a reward scores a run."""
    return sum(calls_for(reward, size) for size in Counter(sample.group for sample in run.samples).values())


def rescored(run: Run, reward: Reward, show: Show = lambda *_: None) -> list[Evaluated]:
    """Returns the samples of a run with the scores of a reward, in order, from recorded evidence alone.

    A group is asked about in one call. A sample whose machine failed stays without a value.

    Raises:
        SpecError: The reward gives what it may not.
    """
    if reward.traits.max_calls is None:
        preflight_with_warnings(reward)
    samples = run.samples
    scores: dict[int, Score] = {}
    show(0, len(samples))
    for batch in _batches(samples):
        some = [samples[place] for place in batch]
        scores |= zip(batch, _asked(reward, some), strict=True)
        show(len(scores), len(samples))
    return [Evaluated(sample, scores[place]) for place, sample in enumerate(samples)]


def write_rescored(
    folder: Path, run: Run, evaluated: Sequence[Evaluated], reward: Reward, spec: Mapping[str, Any] | None
) -> None:
    """Writes the evidence of a run with other scores as a run of its own.

    Args:
        folder: New or empty.
        run: Whose evidence it is.
        evaluated: Its samples with the other scores.
        reward: That gave them.
        spec: Its normal form; None for a live object.
    """
    meta = replace(
        run.meta,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        version=metadata.version("codepaint-env"),
        reward=reward_meta(reward, spec),
    )
    canvas = canvases.get(evaluated[0].sample.task.canvas)
    with RunWriter(folder, meta, suffix=canvas.suffix) as writer:
        for each in evaluated:
            writer.append(each)


def change_of(run: Run, evaluated: Sequence[Evaluated]) -> Change:
    """Returns what other scores change in a run."""
    old, new = _values(run.evaluated), _values(evaluated)
    items = [
        Item(str(number), "run", sample.task.id, sample.group, sample.task.prompt, "")
        for number, sample in enumerate(run.samples)
    ]
    told = correlations({"old": old, "new": new}, [("old", "new")], items, draws=DRAWS, seed=0)
    both = np.flatnonzero(np.isfinite(old) & np.isfinite(new))
    climbed = rank_shares(new[both]) - rank_shares(old[both])
    moves = [
        Move(int(place), run.samples[place].task.prompt, float(old[place]), float(new[place]), float(gain))
        for place, gain in zip(both, climbed, strict=True)
    ]
    moves.sort(key=lambda move: -move.climbed)
    return Change(
        _side(old),
        _side(new),
        told["old", "new"],
        tuple(move for move in moves[:MOVERS] if move.climbed > 0),
        tuple(move for move in moves[::-1][:MOVERS] if move.climbed < 0),
    )


def rank_shares(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Returns the share of the other values that each is above, [0, 1]; an equal one counts half."""
    if len(values) < 2:
        return np.zeros(len(values))
    ordered = np.sort(values)
    below, upto = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    shares: np.ndarray[Any, Any] = (below + (upto - below - 1) / 2) / (len(values) - 1)
    return shares


def _asked(reward: Reward, samples: Sequence[Sample]) -> list[Score]:
    told = []
    for sample, score in zip(samples, ask(reward, samples), strict=True):
        if sample.rendering.status == "machine_error":
            score = Score(None, reason=sample.rendering.message)
        for value in (score.value, *score.components.values()):
            try:
                if value is score.value and value is not None:
                    check_value(reward.name, value, reward.traits.range)
                elif value is not None and not math.isfinite(value):
                    raise ValueError(f"The reward {reward.name} gave a component {value}; it must be finite.")
            except ValueError as error:
                raise SpecError(str(error)) from None
        told.append(score)
    return told


def _batches(samples: Sequence[Sample]) -> list[list[int]]:
    groups: dict[str, list[int]] = {}
    for place, sample in enumerate(samples):
        groups.setdefault(sample.group, []).append(place)
    batches: list[list[int]] = []
    for group in groups.values():
        if batches and len(batches[-1]) + len(group) <= BATCH:
            batches[-1].extend(group)
        else:
            batches.append(list(group))
    return batches


def _values(evaluated: Sequence[Evaluated]) -> np.ndarray[Any, Any]:
    return np.array([np.nan if each.score.value is None else each.score.value for each in evaluated], float)


def _side(values: np.ndarray[Any, Any]) -> Side:
    there = values[np.isfinite(values)]
    if not len(there):
        return Side(None, None, 0, len(values))
    return Side(float(there.mean()), float(there.std()), len(there), len(values))
