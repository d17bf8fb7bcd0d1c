"""Where the time of one heavy painting goes, before and after, against the least that each phase can take."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from xml.sax.saxutils import escape

from py_mini_racer import MiniRacer
from raster import by_command, profile

from render_parts.geometry_cpu import measure
from render_parts.raster_streams import record_streams
from render_parts.streams import record
from render_parts.versus.rounds import Pair

PHASES = ("start", "record", "geometry", "raster", "the rest")
SEED = 11
# A pixel that is mixed takes at least a look at what is remembered; sixteen that are covered are one register.
MIXED_NS, COVERED_NS = 1.0, 1 / 16
BYTE_NS = 0.1  # to copy a byte: the picture from the worker's memory into its answer, and out of it again
_COLOURS = ("#8a8378", "#c8a24a", "#6d94ad", "#c4523c", "#d8d0c2")
_LEFT, _WIDE, _BAR, _ROW, _TOP = 150, 560, 26, 46, 74


def heaviest(pairs: Sequence[Pair]) -> Pair:
    """Returns the pair of the program that took longest before, the median of its rounds."""

    def before_s(name: str) -> float:
        return median(pair.before.wall_s for pair in pairs if pair.batch.name == name)

    name = max({pair.batch.name for pair in pairs}, key=before_s)
    mine = sorted((pair for pair in pairs if pair.batch.name == name), key=lambda pair: pair.after.wall_s)
    return mine[len(mine) // 2]


def phases_of(wall_s: float, phases: Mapping[str, float]) -> dict[str, float]:
    """Returns milliseconds by phase; what no phase holds is the rest."""
    told = {phase: 1000 * phases.get(phase, 0.0) for phase in PHASES[:-1]}
    return told | {PHASES[-1]: max(0.0, 1000 * wall_s - sum(told.values()))}


def least_of(text: str) -> dict[str, float]:
    """Returns the least milliseconds that each phase of a program can take.

    start: an isolate without scripts. geometry: a nanosecond for each random number behind what is drawn, and for each
    number written. raster: see `MIXED_NS`. the rest: the bytes of the picture, copied twice. record: no bound is known,
    for it is the program's own code.
    """

    async def geometry() -> float:
        recorded = await record(text, SEED)
        assert recorded is not None, "the program runs beside p5.brush"
        return measure([recorded], 1).least_s

    geometry_s = asyncio.run(geometry())
    with tempfile.TemporaryDirectory() as scratch:
        record_streams({"heavy/one": text}, Path(scratch))
        told = profile(Path(scratch), ["heavy/one"], 1)
        width, height = memoryview((Path(scratch) / "heavy/one.stream").read_bytes()[:8]).cast("i")
    units = {name: each.units for name, each in by_command(list(told.values())).items()}
    mixed = units.pop("blend", 0.0)
    raster_ns = MIXED_NS * mixed + COVERED_NS * sum(units.values())
    started = time.process_time()
    for _ in range(10):
        MiniRacer().close()
    start_s = (time.process_time() - started) / 10
    values = (1000 * start_s, 0.0, 1000 * geometry_s, raster_ns / 1e6, 7 * width * height * BYTE_NS / 1e6)
    return dict(zip(PHASES, values, strict=True))


def draw_waterfall(title: str, rows: Mapping[str, Mapping[str, float]], footer: str) -> str:
    """Returns an SVG with one bar a row, of one part a phase.

    Args:
        title: What was painted.
        rows: Milliseconds by phase, by the row's name.
        footer: How it was measured.
    """
    width, height = _LEFT + _WIDE + 110, _TOP + _ROW * len(rows) + 74
    scale = _WIDE / max(sum(row.values()) for row in rows.values())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="system-ui, -apple-system, Segoe UI, sans-serif" font-size="14" role="img" '
        f'aria-label="{escape(title)}">',
        f'<rect width="{width}" height="{height}" rx="8" fill="#fbf8f1"/>',
        f'<text x="20" y="34" font-size="17" fill="#3b352e">{escape(title)}</text>',
    ]
    for index, (name, row) in enumerate(rows.items()):
        y, x = _TOP + _ROW * index, float(_LEFT)
        parts.append(
            f'<text x="{_LEFT - 12}" y="{y + 18}" text-anchor="end" fill="#3b352e">{escape(name)}</text>'
        )
        for phase, colour in zip(PHASES, _COLOURS, strict=True):
            long = row[phase] * scale
            tip = f"<title>{escape(name)}: {phase} {row[phase]:.1f} ms</title>"
            parts.append(
                f'<rect x="{x:.1f}" y="{y}" width="{long:.1f}" height="{_BAR}" fill="{colour}">{tip}</rect>'
            )
            if long > 52:
                shown = f'x="{x + long / 2:.1f}" y="{y + 18}" text-anchor="middle" fill="#fff"'
                parts.append(f"<text {shown}>{row[phase]:.0f}</text>")
            x += long
        parts.append(f'<text x="{x + 8:.1f}" y="{y + 18}" fill="#3b352e">{sum(row.values()):.0f} ms</text>')
    x, y = float(_LEFT), _TOP + _ROW * len(rows) + 12
    for phase, colour in zip(PHASES, _COLOURS, strict=True):
        parts.append(f'<rect x="{x:.0f}" y="{y}" width="14" height="14" rx="3" fill="{colour}"/>')
        parts.append(f'<text x="{x + 20:.0f}" y="{y + 12}" fill="#3b352e">{phase}</text>')
        x += 110
    parts += [
        f'<text x="20" y="{height - 14}" font-size="12" fill="#7a7266">{escape(footer)}</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
