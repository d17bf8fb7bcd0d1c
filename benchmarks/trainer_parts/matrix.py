"""The figure of the ablation by training: a row a reward that was trained on, a column a judge, a cell the change."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

COLUMNS = {  # of `long.json` -> heading, and whether its unit is points of a share
    "named": ("subject named", True),
    "subject": ("subject", False),
    "taste": ("taste", False),
    "colour": ("colour, place", False),
    "mix": ("mix", False),
    "renders": ("paints", True),
    "diversity": ("diversity", False),
    "diversity_of_a_prompt": ("within a prompt", False),
}
ROWS = {
    "mix": "mix",
    "subject": "subject",
    "taste": "taste",
    "colour": "colour, place",
    "control": "control (shuffled)",
}
LEFT, TOP, WIDE, HIGH, GAP = 176, 92, 92, 58, 4
FULL = 0.3  # change at which a cell has its full colour
GOOD, BAD = (33, 110, 78), (160, 52, 72)


def change(parts: dict[str, Any], name: str) -> tuple[float, list[float] | None]:
    """Returns the mean change of a column, and its 95 % interval where there is one."""
    if "gain" in parts[name]:
        return parts[name]["gain"], parts[name]["prompts_and_seeds_95"]
    pairs = [
        (before, after)
        for before, after in zip(parts[name]["before"], parts[name]["after"], strict=True)
        if before is not None and after is not None
    ]
    return sum(after - before for before, after in pairs) / len(pairs), None


def draw_matrix(told: dict[str, Any]) -> str:
    """Returns the SVG.

    Args:
        told: By way, what `figures` of `train_long.py` returns.
    """
    rows = [way for way in ROWS if way in told]
    width = LEFT + len(COLUMNS) * (WIDE + GAP)
    height = TOP + len(rows) * (HIGH + GAP) + 84
    title = "What the training on each reward changed in what every judge says"
    head = "change in what each judge says, before to after"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="system-ui, sans-serif" font-size="15">',
        f"<title>{title}</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        _text(0, 20, "trained on", "#24292f"),
        _text(LEFT, 20, head, "#24292f"),
    ]
    for column, (heading, _) in enumerate(COLUMNS.values()):
        x = LEFT + column * (WIDE + GAP) + WIDE / 2
        for line, word in enumerate(_lines(heading)):
            parts.append(_text(x, TOP - 34 + 19 * line, word, "#57606a", middle=True))
    for row, way in enumerate(rows):
        y, seeds = TOP + row * (HIGH + GAP), len(told[way]["seeds"])
        parts.append(_text(0, y + 26, ROWS[way], "#24292f"))
        parts.append(_text(0, y + 45, f"{seeds} seed{'s' if seeds > 1 else ''}", "#57606a", 13))
        for column, (name, (_, points)) in enumerate(COLUMNS.items()):
            place = (LEFT + column * (WIDE + GAP), y)
            parts += _cell(place, *change(told[way], name), points=points, own=name == way)
    foot = TOP + len(rows) * (HIGH + GAP) + 22
    for line, words in enumerate(
        (
            "Small: 95 % over prompts and seeds. Framed: the reward that was trained on.",
            "Subject named, paints: points of 100. The first is a test on which nothing was trained.",
            "Diversity: 1 minus the cosine of that test's features, between prompts and within one.",
        )
    ):
        parts.append(
            f'<text x="0" y="{foot + 20 * line}" font-size="13" fill="#57606a">{escape(words)}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _cell(
    place: tuple[int, int], gain: float, edges: list[float] | None, *, points: bool, own: bool
) -> list[str]:
    (x, y), shade = place, min(1.0, abs(gain) / FULL)
    red, green, blue = (round(255 + (ink - 255) * shade) for ink in (GOOD if gain > 0 else BAD))
    frame = ' stroke="#24292f" stroke-width="2"' if own else ""
    ink = "#fff" if shade > 0.55 else "#24292f"
    fill = f'fill="rgb({red},{green},{blue})"'
    parts = [
        f'<rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="3" {fill}{frame}/>',
        _text(x + WIDE / 2, y + (26 if edges else 35), _number(gain, points), ink, middle=True),
    ]
    if edges:
        words = f"{_number(edges[0], points)} to {_number(edges[1], points)}"
        parts.append(_text(x + WIDE / 2, y + 45, words, ink, 11.5, middle=True))
    return parts


def _text(x: float, y: float, words: str, ink: str, size: float = 15, *, middle: bool = False) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{ink}"{anchor}>{escape(words)}</text>'


def _number(value: float, points: bool) -> str:
    words = f"{100 * value:+.0f}" if points else f"{value:+.2f}"
    return words.replace("-", "−")


def _lines(heading: str) -> list[str]:
    if len(heading) < 12:
        return ["", heading]
    first, _, rest = heading.partition(" ")
    return [first, rest]
