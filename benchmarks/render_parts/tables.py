"""The tables that people read."""

from __future__ import annotations

import numpy as np
from rich.table import Table

from render_parts.conditions import Conditions
from render_parts.figures import SETS, Figures, family, workers_of


def draw_tables(figures: Figures, conditions: Conditions) -> list[Table]:
    """Returns speed on the mixed programs, ratios by kind of program, and seconds by phase."""
    return [_speed(figures, conditions), _ratios(figures, conditions), _phases(figures, conditions)]


def _speed(figures: Figures, conditions: Conditions) -> Table:
    table = Table(title=f"The mixed programs: {conditions}", title_justify="left")
    table.add_column("way")
    table.add_column("workers", justify="right")
    for name in ("renders/s", "s/render", "median s", "p95 s", "× Puppeteer", "CPU s", "same pixels"):
        table.add_column(name, justify="right")
    for way in figures.ways:
        seconds, single = figures.seconds(way, "mixed"), figures.single(way, "mixed")
        same = figures.identical(family(way))
        table.add_row(
            way,
            str(workers_of(way)),
            _number(1 / seconds if seconds else None),
            _number(seconds),
            _number(float(np.median(single)) if single else None),
            _number(float(np.percentile(single, 95)) if single else None),
            _number(figures.ratio(way, "mixed")),
            _number(figures.cpu(way, "mixed")),
            "–" if same is None else f"{same:.0%}",
        )
    return table


def _ratios(figures: Figures, conditions: Conditions) -> Table:
    table = Table(title=f"Times Puppeteer, by kind of program: {conditions}", title_justify="left")
    table.add_column("way")
    table.add_column("workers", justify="right")
    for name in SETS:
        table.add_column(name, justify="right")
    for way in figures.ways:
        table.add_row(way, str(workers_of(way)), *(_number(figures.ratio(way, name)) for name in SETS))
    return table


def _phases(figures: Figures, conditions: Conditions) -> Table:
    table = Table(title=f"Where a mixed render's seconds go, wall (CPU): {conditions}", title_justify="left")
    table.add_column("way")
    table.add_column("workers", justify="right")
    table.add_column("phases")
    for way in figures.ways:
        spent = figures.phases(way, "mixed")
        words = [
            f"{phase} {wall:.3f}" + ("" if cpu is None else f" ({cpu:.2f})")
            for phase, (wall, cpu) in spent.items()
        ]
        if words:
            table.add_row(way, str(workers_of(way)), ", ".join(words))
    return table


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}" if value < 1 else f"{value:.2f}"
