"""What is in a pool: figures by tier, subject, study and hue, and how like the nearest other one each painting is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np

from codepaint_env.pool.colours import GREY, HUES, thumbnail
from codepaint_env.pool.gallery import study_of
from codepaint_env.pool.keeping import RATED
from rewards.json_lines import read_lines
from rewards.pool import TIERS, PoolEntry

_INK = {"love": "#a8324a", "okay": "#d98f6a", "supplement": "#b9b2a4"}
_HUE_INK = {
    **{hue: f"oklch(0.65 0.15 {30 * place})" for place, hue in enumerate(HUES)},
    GREY: "oklch(0.65 0 0)",
}
MOST = 40  # subjects that are shown by name
_CLOSE = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of a pool.

    Attributes:
        rated: Paintings that were rated to make it, kept or not.
        tiers: Entries by tier.
        subjects: Entries of a tier, by subject and tier.
        studies: Entries by tier and study.
        hues: Entries of a tier, by leading hue and tier.
        nearest: Distance of each entry of a tier to the one most like it, in ascending order.
    """

    rated: int
    tiers: Mapping[str, int]
    subjects: Mapping[str, Mapping[str, int]]
    studies: Mapping[str, Mapping[str, int]]
    hues: Mapping[str, Mapping[str, int]]
    nearest: Sequence[float]


def stats(entries: Sequence[PoolEntry], folder: Path) -> Stats:
    """Returns the figures of a pool; decodes all of its pictures.

    Raises:
        MissingPart: A picture cannot be read.
    """
    kept = [entry for entry in entries if entry.tier is not None]
    others = 0
    if (folder / RATED).is_file():
        listed = [line.value["id"] for line in read_lines(folder / RATED, by_hand=True)]
        others = len(set(listed) - {entry.id for entry in entries})
    looks = np.stack([thumbnail(entry.read_image()) for entry in kept]) if kept else np.zeros((0, 768))
    apart = 1 - looks @ looks.T
    np.fill_diagonal(apart, np.inf)

    def by(name: str) -> dict[str, dict[str, int]]:
        found: dict[str, Counter[str]] = {}
        for entry in kept:
            found.setdefault(getattr(entry, name), Counter())[str(entry.tier)] += 1
        return {key: dict(found[key]) for key in sorted(found, key=lambda key: (-found[key].total(), key))}

    hues = by("hue")
    return Stats(
        others + sum(entry.rating is not None for entry in entries),
        {tier: sum(entry.tier == tier for entry in kept) for tier in TIERS},
        by("subject"),
        {
            tier: dict(Counter(study_of(e.generator) or "none" for e in kept if e.tier == tier).most_common())
            for tier in TIERS
        },
        {hue: hues[hue] for hue in (*HUES, GREY) if hue in hues},
        sorted(float(each) for each in apart.min(axis=1)) if len(kept) > 1 else [],
    )


def draw_stats(found: Stats) -> str:
    """Returns the figures as an SVG."""
    subjects = list(found.subjects.items())[:MOST]
    if len(found.subjects) > MOST:
        others = list(found.subjects.values())[MOST:]
        sums = {tier: sum(sizes.get(tier, 0) for sizes in others) for tier in TIERS}
        subjects.append((f"{len(others)} others", sums))
    left = [
        _title(24, 42, f"{sum(found.tiers.values())} paintings kept of {found.rated} rated", 22),
        *_legend(24, 70, found.tiers),
        _title(24, 112, f"Subjects ({len(found.subjects)})", 15),
        *_bars(24, 126, subjects, 250, {}),
    ]
    edges = list(zip((0.0, *_CLOSE), _CLOSE, strict=False))
    close = [(f"{a:g} to {b:g}", {"": sum(a <= x < b for x in found.nearest)}) for a, b in edges]
    below = 150 + 17 * len(found.hues)
    right = [
        _title(520, 112, f"Leading hue ({len(found.hues)} bins)", 15),
        *_bars(520, 126, list(found.hues.items()), 250, _HUE_INK),
        _title(520, below + 12, "Distance to the painting most like it", 15),
        *_bars(520, below + 26, close, 250, {}),
    ]
    height = max(150 + 17 * len(subjects), below + 60 + 17 * len(close))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 {height}" width="1000" height="{height}" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="#2d2823">'
        f'<rect width="1000" height="{height}" fill="#fbf8f2"/>{"".join(left + right)}</svg>\n'
    )


def _title(x: float, y: float, text: str, size: int) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="600">{escape(text)}</text>'


def _legend(x: float, y: float, tiers: Mapping[str, int]) -> list[str]:
    return [
        f'<rect x="{x + 150 * n}" y="{y - 9}" width="10" height="10" fill="{_INK[tier]}"/>'
        f'<text x="{x + 150 * n + 16}" y="{y}">{tier} {size}</text>'
        for n, (tier, size) in enumerate(tiers.items())
    ]


def _bars(
    x: float, y: float, rows: Sequence[tuple[str, Mapping[str, int]]], width: float, inks: Mapping[str, str]
) -> list[str]:
    """Returns a bar a row, one part for each tier; a dot of its ink stands before a name that has one."""
    most = max((sum(parts.values()) for _, parts in rows), default=1) or 1
    drawn = []
    for place, (name, parts) in enumerate(rows):
        top, start = y + 17 * place, x + 150.0
        if inks.get(name):
            drawn.append(f'<circle cx="{x + 5}" cy="{top + 6}" r="5" fill="{inks[name]}"/>')
        drawn.append(f'<text x="{x + (16 if inks.get(name) else 0)}" y="{top + 10}">{escape(name)}</text>')
        for tier in (*TIERS, ""):
            size = width * parts.get(tier, 0) / most
            ink = _INK.get(tier, "#7f8fa6")
            drawn.append(f'<rect x="{start:.1f}" y="{top}" width="{size:.1f}" height="12" fill="{ink}"/>')
            start += size
        drawn.append(f'<text x="{start + 5:.1f}" y="{top + 10}" fill="#6b6258">{sum(parts.values())}</text>')
    return drawn
