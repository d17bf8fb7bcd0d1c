"""Draws the curves of a training on one axis as SVG, with a legend that switches them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from codepaint_env.runs.curves import WINDOW, smoothed

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 40, 712, 12, 384  # of the axes
PARTS = 6  # looks of components in progression.css; more of them begin again

Curves = Mapping[int, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Stop:
    """A checkpoint, at which the slider stops.

    Attributes:
        step: Of the training.
        score: Mean score of the fixed prompts; None where none has a score.
        told: What a person is told of it, in a few words.
    """

    step: int
    score: float | None
    told: str


@dataclass(frozen=True, slots=True)
class Series:
    """One curve.

    Attributes:
        look: Class of its colour and dashes.
        label: In the legend.
        meaning: One sentence.
        points: Step and value, in order of steps.
        line: The values as the strong line has them.
        share: Where on the axis a value stands, before it is clipped to [0, 1].
    """

    look: str
    label: str
    meaning: str
    points: tuple[tuple[int, float], ...]
    line: tuple[float, ...]
    share: Callable[[float], float]


def draw_curves(curves: Curves, stops: Sequence[Stop], span: tuple[float, float]) -> str:
    """Returns chart and legend.

    Args:
        curves: The numbers of each step that was logged; may be empty.
        stops: The checkpoints, in order; at least one.
        span: Lowest and highest reward, which stand at 0 and 1 on the axis.
    """
    series = _series(curves, stops, span)
    furthest = max(1, stops[-1].step, *curves)

    def x(step: int) -> float:
        return LEFT + (RIGHT - LEFT) * step / furthest

    def y(share: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * min(1.0, max(0.0, share))

    parts = [_grid(furthest, x, y)]
    for index, stop in enumerate(stops):
        now = " now" if index == len(stops) - 1 else ""
        at = f'x1="{x(stop.step):.1f}" x2="{x(stop.step):.1f}"'
        parts.append(
            f'<line class="stop{now}" data-stop="{index}" data-step="{stop.step}" data-told="{escape(stop.told)}" '
            f'{at} y1="{TOP}" y2="{BOTTOM}"/>'
        )
    for index, each in reversed(list(enumerate(series))):  # the first lie on top
        raw = " ".join(f"M{x(step):.1f} {y(each.share(value)):.1f}h0" for step, value in each.points)
        line = "L".join(
            f"{x(step):.1f} {y(each.share(value)):.1f}"
            for (step, _), value in zip(each.points, each.line, strict=True)
        )
        parts.append(
            f'<g class="series {each.look}" data-series="{index}">'
            f'<path class="raw" d="{raw}"/><path class="line" d="M{line}"/></g>'
        )
    told = "; ".join(f"{each.label} from {each.line[0]:.2f} to {each.line[-1]:.2f}" for each in series)
    legend = "".join(_legend(index, each, stops) for index, each in enumerate(series))
    return (
        f'<div class="plot"><svg id="curves" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-labelledby="curves-name curves-told">'
        f'<title id="curves-name">Curves over {furthest} training steps</title>'
        f'<desc id="curves-told">{escape(told)}</desc>{"".join(parts)}</svg>\n'
        f'<ul class="legend" id="legend">{legend}</ul></div>\n'
        f'<p class="note">{_note(curves, span)}</p>'
    )


def _series(curves: Curves, stops: Sequence[Stop], span: tuple[float, float]) -> list[Series]:
    """Returns the curves there are, those of the fixed prompts first."""
    lowest, highest = span

    def of_reward(value: float) -> float:
        return (value - lowest) / (highest - lowest)

    def as_is(value: float) -> float:
        return value

    found = []
    scored = tuple((stop.step, stop.score) for stop in stops if stop.score is not None)
    if scored:
        told = "Mean score of the fixed prompts at each checkpoint, not smoothed"
        line = tuple(score for _, score in scored)
        found.append(Series("of-prompts", "these prompts", told, scored, line, of_reward))
    names = dict.fromkeys(name for values in curves.values() for name in values if name.startswith("mean/"))
    asked = [
        ("reward", "of-reward", "reward", "Mean reward of the training's samples", of_reward),
        ("valid_rate", "of-valid", "valid rate", "Share of programs that painted", as_is),
        (
            "quality_given_valid",
            "of-quality",
            "quality given valid",
            "Mean reward of those that painted",
            of_reward,
        ),
        *(
            (name, f"of-part{index % PARTS}", name.removeprefix("mean/"), "Mean of this component", as_is)
            for index, name in enumerate(names)
        ),
        (
            "spread",
            "of-spread",
            "spread in a group",
            "Mean standard deviation of the reward in a group, which is what a group-relative trainer learns from",
            lambda value: value / (highest - lowest),
        ),
    ]
    for name, look, label, meaning, share in asked:
        points = tuple((step, values[name]) for step, values in curves.items() if name in values)
        if points:
            line = tuple(smoothed([value for _, value in points]))
            found.append(Series(look, label, meaning, points, line, share))
    return found


def _grid(furthest: int, x: Callable[[int], float], y: Callable[[float], float]) -> str:
    parts = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        kind = "axis" if share == 0 else "grid"
        parts.append(
            f'<line class="{kind}" x1="{LEFT}" x2="{RIGHT}" y1="{y(share):.1f}" y2="{y(share):.1f}"/>'
        )
        parts.append(f'<text class="y" x="{LEFT - 10}" y="{y(share) + 4:.1f}">{share:g}</text>')
    every = next(n * 10**power for power in range(12) for n in (1, 2, 5) if furthest / (n * 10**power) <= 10)
    for index, step in enumerate(range(0, furthest + 1, every)):
        kind = "x odd" if index % 2 else "x"
        parts.append(f'<text class="{kind}" x="{x(step):.1f}" y="{BOTTOM + 26}">{step}</text>')
    return "".join(parts)


def _legend(index: int, series: Series, stops: Sequence[Stop]) -> str:
    """Returns a button that shows or hides a curve, with its value at each checkpoint."""
    values = dict(zip((step for step, _ in series.points), series.line, strict=True))
    at = [values[_nearest(stop.step, values)] for stop in stops]
    return (
        f'<li><button type="button" class="{series.look}" data-series="{index}" aria-pressed="true" disabled '
        f'title="{escape(series.meaning)}" data-at="{" ".join(f"{value:.2f}" for value in at)}">'
        '<svg viewBox="0 0 30 8" aria-hidden="true"><path class="line" d="M1 4H29"/></svg>'
        f'{escape(series.label)} <span class="value">{at[-1]:.2f}</span></button></li>'
    )


def _nearest(step: int, steps: Iterable[int]) -> int:
    return min(steps, key=lambda each: abs(each - step))


def _note(curves: Curves, span: tuple[float, float]) -> str:
    told = ["Across: training steps; upright lines are checkpoints."]
    if curves:
        told.append(f"Light dots: what was logged; lines: centred moving mean of {WINDOW}.")
    else:
        told.append("Nothing was logged of the training itself.")
    if span != (0.0, 1.0):
        told.append(f"Rewards from {span[0]:.3g} to {span[1]:.3g} are drawn from 0 to 1.")
    return " ".join(told)
