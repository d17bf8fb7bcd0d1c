"""The bar chart of docs/: how many times as fast as Puppeteer each way is."""

from __future__ import annotations

from xml.sax.saxutils import escape

from render_parts.figures import Figures, family

LABELS = {
    "puppeteer": "Puppeteer, a browser a render",
    "puppeteer-2": "Puppeteer, two at once",
    "playwright": "Playwright, a browser a render",
    "warm": "warm browser, a page a render",
    "page": "page path",
    "engine": "engine",
}
_COLOURS = {"page": "#6d94ad", "engine": "#c4523c"}
_OTHER = "#b3aa9c"
_LEFT, _PANEL, _BAR, _ROW, _TOP = 250, 215, 130, 26, 92


def label(way: str) -> str:
    """Returns a way's name for people."""
    if way in LABELS:
        return LABELS[way]
    kin, _, workers = way.partition("-")
    return f"{LABELS[kin]}, {workers} worker{'' if workers == '1' else 's'}"


def draw_chart(figures: Figures, titles: dict[str, str], footer: str) -> str:
    """Returns an SVG with one panel a set of programs.

    Args:
        figures: What was measured.
        titles: Set to the title of its panel, in order.
        footer: One line on how it was measured.
    """
    width = _LEFT + _PANEL * len(titles) + 10
    height = _TOP + _ROW * len(figures.ways) + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="system-ui, -apple-system, Segoe UI, sans-serif" font-size="13" '
        f'role="img" aria-label="Renders a second, as multiples of Puppeteer">',
        f'<rect width="{width}" height="{height}" rx="8" fill="#fbf8f1"/>',
        _text(20, 32, "Renders a second, as multiples of Puppeteer launching a browser a render", size=16),
    ]
    for row, way in enumerate(figures.ways):
        parts.append(_text(_LEFT - 12, _TOP + _ROW * row + 14, label(way), anchor="end"))
    for column, (name, title) in enumerate(titles.items()):
        parts += _panel(figures, name, title, _LEFT + _PANEL * column)
    parts += [_text(20, height - 16, footer, size=11, colour="#7a7266"), "</svg>"]
    return "\n".join(parts) + "\n"


def _panel(figures: Figures, name: str, title: str, x: int) -> list[str]:
    ratios = {way: figures.ratio(way, name) for way in figures.ways}
    top = max((ratio for ratio in ratios.values() if ratio), default=1.0)
    parts = [_text(x, _TOP - 18, title, weight=600)]
    for row, (way, ratio) in enumerate(ratios.items()):
        y = _TOP + _ROW * row
        if ratio is None:
            parts.append(_text(x, y + 14, "not measured", colour="#7a7266"))
            continue
        long = max(1.0, _BAR * ratio / top)
        fill = _COLOURS.get(family(way), _OTHER)
        parts.append(f'<rect x="{x}" y="{y}" width="{long:.1f}" height="18" rx="2" fill="{fill}"/>')
        seconds = figures.seconds(way, name)
        tip = f"{label(way)}: {1 / seconds:.2f} renders a second" if seconds else label(way)
        parts[-1] = parts[-1].replace("/>", f"><title>{escape(tip)}</title></rect>")
        parts.append(_text(x + long + 6, y + 14, f"{ratio:.1f} ×"))
    return parts


def _text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 13,
    weight: int = 400,
    anchor: str = "start",
    colour: str = "#3b352e",
) -> str:
    style = f'font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'
