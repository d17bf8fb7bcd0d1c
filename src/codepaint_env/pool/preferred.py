"""How often a reward prefers the painting that a rater preferred."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codepaint_env import canvases
from codepaint_env.evaluate import Evaluator
from codepaint_env.pool.gallery import Work
from codepaint_env.pool.ratings import Preference
from codepaint_env.render.backend import spec_of
from codepaint_env.render.shared_renderer import shared_renderer
from codepaint_env.tasks import task_id
from rewards import make
from rewards.errors import MachineError
from rewards.types import Task

BATCH = 16


@dataclass(frozen=True, slots=True)
class Preferred:
    """How far a reward agrees with a rater.

    Attributes:
        pairs: Pairs of which the rater preferred one and both got a score.
        share: Of them those where the reward is higher for the same one; equal scores count half.
        low: Lower end of Wilson's 95 % interval (Journal of the American Statistical Association 22, 1927).
        high: Upper end.
    """

    pairs: int
    share: float
    low: float
    high: float


def preferred(
    spec: Any,
    works: Mapping[str, Work],
    compared: Mapping[str, Sequence[Preference]],
    show: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Preferred]:
    """Scores all paintings that were compared and returns the agreement with each rater.

    A painting is scored for its own prompt, alone in its group.

    Raises:
        MachineError: Not one pair got two scores.
    """
    pairs = {
        name: [each for each in said if each.choice != "even" and {each.left, each.right} <= works.keys()]
        for name, said in compared.items()
    }
    ids = sorted({id for said in pairs.values() for each in said for id in (each.left, each.right)})
    reward = make(spec)
    evaluators = {
        spec_of(canvas): Evaluator(canvas, reward, shared_renderer(canvas, {}))
        for canvas in map(canvases.get, sorted({works[id].canvas for id in ids}))
    }
    scores: dict[str, float | None] = {}
    reason = "nobody preferred one of two paintings."
    show(0, len(ids))
    for name, evaluator in evaluators.items():
        own = [works[id] for id in ids if works[id].canvas == name]
        for start in range(0, len(own), BATCH):
            batch = own[start : start + BATCH]
            programs = [work.program.read_text(encoding="utf-8") for work in batch]
            tasks = [Task(task_id(work.prompt), work.prompt, name) for work in batch]
            alone = [work.id for work in batch]
            for work, told in zip(batch, evaluator.evaluate(programs, tasks, alone), strict=True):
                scores[work.id] = told.score.value
                reason = told.score.reason or reason
            show(len(scores), len(ids))
    found = {name: _agreement(said, scores) for name, said in pairs.items()}
    if not any(each.pairs for each in found.values()):
        raise MachineError(f"No pair got two scores: {reason}")
    return found


def _agreement(pairs: Sequence[Preference], scores: Mapping[str, float | None]) -> Preferred:
    points = []
    for each in pairs:
        left, right = scores[each.left], scores[each.right]
        if left is not None and right is not None:
            better, other = (left, right) if each.choice == "left" else (right, left)
            points.append(0.5 if better == other else float(better > other))
    n, z = len(points), 1.96
    if not n:
        return Preferred(0, 0.0, 0.0, 1.0)
    share = sum(points) / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Preferred(n, share, middle - half, middle + half)
