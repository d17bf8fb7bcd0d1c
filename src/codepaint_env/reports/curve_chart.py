"""The curves of a training on one axis: what `curves.html` draws as SVG, with a legend that switches them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from codepaint_env.reports.run_summary import Span, clip
from codepaint_env.runs.curves import WINDOW, smoothed

PARTS = 6  # looks of components in progression.css; more of them begin again

Curves = Mapping[int, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Stop:
    """A checkpoint, at which the slider stops.

    Attributes:
        step: Of the training.
        score: Mean score of the fixed prompts; None where none has a score.
        summary: A few words for people.
    """

    step: int
    score: float | None
    summary: str


@dataclass(frozen=True, slots=True)
class Series:
    """One curve.

    Attributes:
        look: Class of its colour and dashes.
        label: In the legend.
        meaning: One sentence.
        logged: Value by step.
        line: The same of the strong line.
        share: Where on the axis a value stands, [0, 1].
    """

    look: str
    label: str
    meaning: str
    logged: Mapping[int, float]
    line: Mapping[int, float]
    share: Callable[[float], float]

    def at(self, step: int) -> float:
        """Returns the value of the strong line nearest to a step."""
        return self.line[min(self.line, key=lambda each: abs(each - step))]


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn; the constants are the edges of the axes in units of the SVG.

    Attributes:
        stops: The checkpoints, in order; at least one.
        series: The curves there are, those of the fixed prompts first.
        furthest: The last step on the axis.
        note: How to read it.
    """

    WIDTH: ClassVar[int] = 720
    HEIGHT: ClassVar[int] = 420
    LEFT: ClassVar[int] = 40
    RIGHT: ClassVar[int] = 712
    TOP: ClassVar[int] = 12
    BOTTOM: ClassVar[int] = 384

    stops: Sequence[Stop]
    series: list[Series]
    furthest: int
    note: str

    def x(self, step: int) -> str:
        """Returns where a step stands."""
        return f"{self.LEFT + (self.RIGHT - self.LEFT) * step / self.furthest:.1f}"

    def y(self, share: float) -> str:
        """Returns where a share of the axis stands, [0, 1]."""
        return f"{self.BOTTOM - (self.BOTTOM - self.TOP) * share:.1f}"

    @property
    def ticks(self) -> range:
        """The steps that are written below the axis: round numbers, at most eleven."""
        gaps = (n * 10**power for power in range(12) for n in (1, 2, 5))
        return range(0, self.furthest + 1, next(gap for gap in gaps if self.furthest / gap <= 10))


def make_chart(curves: Curves, stops: Sequence[Stop], span: Span) -> Chart:
    """Returns the chart of a training.

    Args:
        curves: The numbers of each step that was logged; may be empty.
        stops: The checkpoints, in order; at least one.
        span: Lowest and highest reward, which stand at 0 and 1 on the axis.
    """
    names = dict.fromkeys(name for values in curves.values() for name in values if name.startswith("mean/"))
    height = span.highest - span.lowest
    wanted: list[tuple[str, str, str, str, Callable[[float], float]]] = [
        ("reward", "of-reward", "reward", "Mean reward of the training's samples", span.share),
        ("valid_rate", "of-valid", "valid rate", "Share of programs that painted", clip),
        (
            "quality_given_valid",
            "of-quality",
            "quality given valid",
            "Mean reward of programs that painted",
            span.share,
        ),
        *(
            (name, f"of-part{i % PARTS}", name.removeprefix("mean/"), "Mean of this component", clip)
            for i, name in enumerate(names)
        ),
        (
            "spread",
            "of-spread",
            "spread in a group",
            "Mean standard deviation of the reward within a group",
            lambda value: clip(value / height),
        ),
    ]
    series = []
    if scored := {stop.step: stop.score for stop in stops if stop.score is not None}:
        meaning = "Mean score of the fixed prompts at each checkpoint, not smoothed"
        series.append(Series("of-prompts", "fixed prompts", meaning, scored, scored, span.share))
    for name, look, label, meaning, share in wanted:
        if logged := {step: values[name] for step, values in curves.items() if name in values}:
            line = dict(zip(logged, smoothed(list(logged.values())), strict=True))
            series.append(Series(look, label, meaning, logged, line, share))
    return Chart(stops, series, max(1, stops[-1].step, *curves), _note(curves, span))


def _note(curves: Curves, span: Span) -> str:
    parts = ["Horizontal axis: training steps. Vertical lines: checkpoints."]
    if curves:
        parts.append(f"Light dots: logged values. Lines: centred moving mean of {WINDOW}.")
    else:
        parts.append("The training logged no curves.")
    if span != (0.0, 1.0):
        parts.append(f"Rewards from {span.lowest:.3g} to {span.highest:.3g} are drawn from 0 to 1.")
    return " ".join(parts)
