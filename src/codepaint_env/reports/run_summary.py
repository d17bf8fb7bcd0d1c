"""What all reports say of a run: its setup as a list, the reward as a person writes it, its range, a picture's size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from codepaint_env.evaluate import Evaluated
from codepaint_env.reports.picture import face
from codepaint_env.runs.meta import RunMeta
from codepaint_env.runs.run import Run
from rewards.spec import expression


class Span(NamedTuple):
    """Lowest and highest value to draw, which stand at 0 and 1; never the same twice."""

    lowest: float
    highest: float

    def share(self, value: float) -> float:
        """Returns where a value stands, clipped to [0, 1]."""
        return clip((value - self.lowest) / (self.highest - self.lowest))


def span_of(meta: RunMeta, values: Sequence[float]) -> Span:
    """Returns the range of the reward; that of the values where the reward is unbounded."""
    bounds = meta.reward["range"]
    if bounds is None:
        bounds = min(values, default=0.0), max(values, default=0.0)
    lowest, highest = map(float, bounds)
    return Span(lowest, highest if highest > lowest else lowest + 1.0)


def clip(share: float) -> float:
    """Returns the nearest number in [0, 1]; 0 for NaN."""
    return min(1.0, max(0.0, share))


def size_of(evaluated: Iterable[Evaluated]) -> tuple[int, int]:
    """Returns width and height of the first picture, for places that have none; a square where nothing was painted."""
    faces = (face(each.sample.rendering) for each in evaluated)
    return next(((first.width, first.height) for first in faces if first is not None), (1, 1))


def reward_of(meta: RunMeta) -> str:
    """Writes the reward of a run as a person would; a live one, which has no spec, by its name."""
    spec = meta.reward["spec"]
    return str(meta.reward["name"]) if spec is None else expression(spec) or str(meta.reward["name"])


def what_ran(run: Run) -> list[tuple[str, str]]:
    """Returns all that is known of a run as terms and descriptions."""
    meta, reward = run.meta, run.meta.reward
    bounds = "unbounded" if reward["range"] is None else "{:g} to {:g}".format(*reward["range"])
    return [
        ("environment", meta.env),
        ("canvas", meta.canvas),
        ("policy", meta.policy),
        ("prompts", meta.tasks),
        ("reward", reward_of(meta)),
        ("reward version", f"{reward['version']}, range {bounds}"),
        *((f"renderer {key}", _in_words(value)) for key, value in meta.renderer.items()),
        ("codepaint", meta.version),
        ("seed", str(meta.seed)),
        ("started", meta.created),
    ]


def _in_words(value: str | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
