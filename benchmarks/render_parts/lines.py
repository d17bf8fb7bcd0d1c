"""Line charts, one above the other, over one axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from render_parts.chart import _text as text

_WIDTH, _LEFT, _RIGHT, _TOP = 905, 70, 130, 56
_PANEL, _PLOT = 150, 96
_COLOURS = ("#3b352e", "#6d94ad", "#c4523c", "#7d9a5b", "#b08a3e")
_GREY = "#7a7266"


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart.

    Attributes:
        heading: What it shows.
        unit: Of its values; `""` where they are counts.
        series: Values by label, as many as there are places on the axis.
    """

    heading: str
    unit: str
    series: dict[str, list[float]]


def draw_lines(title: str, places: Sequence[int], axis: str, panels: Sequence[Panel]) -> str:
    """Returns an SVG with a panel for each chart; every vertical axis starts at 0.

    Args:
        title: Of the whole.
        places: Where the values lie on the horizontal axis.
        axis: What is counted there.
        panels: The charts, from top to bottom.
    """
    height = _TOP + _PANEL * len(panels)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
        f'height="{height}" font-family="system-ui, -apple-system, Segoe UI, sans-serif" role="img" '
        f'aria-label="{escape(title)}">',
        f'<rect width="{_WIDTH}" height="{height}" rx="8" fill="#fbf8f1"/>',
        text(20, 32, title, size=16),
    ]
    for row, panel in enumerate(panels):
        parts += _draw(panel, places, axis, _TOP + _PANEL * row)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _draw(panel: Panel, places: Sequence[int], axis: str, y: int) -> list[str]:
    top = _nice(max((max(values, default=0) for values in panel.series.values()), default=0))
    right, bottom = _WIDTH - _RIGHT, y + 20 + _PLOT
    last = max(places, default=1)
    parts = [
        text(_LEFT, y + 8, f"{panel.heading}, {panel.unit}" if panel.unit else panel.heading, weight=600)
    ]
    for share in (0.0, 0.5, 1.0):
        level = bottom - share * _PLOT
        parts.append(
            f'<line x1="{_LEFT}" x2="{right}" y1="{level:.1f}" y2="{level:.1f}" stroke="#e2dccf" stroke-width="1"/>'
        )
        parts.append(text(_LEFT - 8, level + 4, f"{share * top:g}", size=11, anchor="end", colour=_GREY))
    for quarter in range(5):
        place = last * quarter / 4
        x = _LEFT + (right - _LEFT) * quarter / 4
        words = f"{place:,.0f} {axis}" if quarter == 4 else f"{place:,.0f}"
        parts.append(text(x, bottom + 15, words, size=11, anchor="middle", colour=_GREY))
    ends: list[float] = []
    for colour, (label, values) in zip(_COLOURS, panel.series.items(), strict=False):
        line = " ".join(
            f"{_LEFT + (right - _LEFT) * place / last:.1f},{bottom - value / top * _PLOT:.1f}"
            for place, value in zip(places, values, strict=True)
        )
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.6" '
            f'stroke-linejoin="round"><title>{escape(label)}</title></polyline>'
        )
        ends.append(bottom - (values[-1] if values else 0) / top * _PLOT + 4)
    if len(panel.series) > 1:
        for index, (label, level) in enumerate(zip(panel.series, _apart(ends, bottom), strict=True)):
            parts.append(text(right + 8, level, label, size=11, colour=_COLOURS[index]))
    return parts


def _apart(ends: Sequence[float], bottom: float, gap: float = 13) -> list[float]:
    """Returns where labels go so that none overlaps another or the axis: those of higher lines are moved up."""
    found, level = list(ends), bottom + gap
    for index in sorted(range(len(ends)), key=lambda index: -ends[index]):
        level = found[index] = min(ends[index], level - gap)
    return found


def _nice(value: float) -> float:
    """Returns the next round number at or above a value."""
    if value <= 0:
        return 1.0
    power = 10 ** math.floor(math.log10(value))
    return float(next(step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * power >= value))
