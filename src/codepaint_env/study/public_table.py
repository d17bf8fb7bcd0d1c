"""The figures of a study as one picture for a README: accuracy, probes, climb and cost of each reward."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from codepaint_env.study.figures.figures import Estimate, Figures, RewardFigures

WIDTH, ROW, TOP, BOTTOM = 520, 36, 66, 38
LABEL = 12
PLOTS = ((104, 204), (258, 348))  # left and right edges of the two columns with dots
CLIMB, COST = 446, 508  # right edges of the two columns of numbers

STYLE = """
text{font:15px system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;fill:#24292f;font-variant-numeric:tabular-nums}
.soft{fill:#57606a;font-size:13px}.end{text-anchor:end}.mid{text-anchor:middle}
.paper{fill:#ffffff}.line{stroke:#d0d7de}.coin{stroke:#57606a;stroke-dasharray:4 3}
.bar{stroke:#3a6ea5;stroke-width:2.5}.dot{fill:#3a6ea5}
@media (prefers-color-scheme: dark){
text{fill:#e6edf3}.soft{fill:#9198a1}.paper{fill:#0d1117}.line{stroke:#3d444d}.coin{stroke:#9198a1}
.bar{stroke:#79b0ea}.dot{fill:#79b0ea}}
"""


def public_table(figures: Figures, *, truth: str | None = None) -> str:
    """Returns a table as SVG, the same text for the same figures; legible on light and dark pages.

    Rewards stand in the order of their accuracy. A dash stands for what was not measured.

    Args:
        figures: Of a study.
        truth: Name of the truth that accuracy is of; None takes the first.
    """
    name = truth or (figures.truths[0].name if figures.truths else "")
    rows = sorted(figures.rewards.values(), key=lambda each: (-_accuracy(each, name), each.label))
    height = TOP + ROW * len(rows) + BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(_words(rows, name), quote=True)}">',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{height}" rx="8"/>',
        *_head(name, height),
    ]
    for place, each in enumerate(rows):
        y = TOP + ROW * place + ROW // 2
        agreement = each.truths.get(name)
        parts.append(f'<text x="{LABEL}" y="{y + 5}">{escape(each.label)}</text>')
        parts += _dot(None if agreement is None else agreement.accuracy, PLOTS[0], y)
        parts += _dot(None if each.hackability is None else each.hackability.beaten, PLOTS[1], y)
        parts.append(f'<text class="end" x="{CLIMB}" y="{y + 5}">{_climb(each)}</text>')
        parts.append(f'<text class="end" x="{COST}" y="{y + 5}">{_cost(each)}</text>')
    said = f"{figures.pictures} pictures. Bars: 95 % intervals. Dashed: a coin. Climb: change of a gold."
    parts.append(f'<text class="soft" x="{LABEL}" y="{height - 12}">{escape(said)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _head(name: str, height: int) -> list[str]:
    columns = (
        ("accuracy", f"on {name}"[:16] if name else "no truth", PLOTS[0]),
        ("fooled", "by probes", PLOTS[1]),
    )
    parts = []
    for title, below, (left, right) in columns:
        middle = (left + right) // 2
        parts += [
            f'<text class="mid" x="{middle}" y="26">{title}</text>',
            f'<text class="mid soft" x="{middle}" y="44">{escape(below)}</text>',
            f'<line class="coin" x1="{middle}" x2="{middle}" y1="{TOP - 8}" y2="{height - BOTTOM}"/>',
        ]
        for x in (left, right):
            parts.append(f'<line class="line" x1="{x}" x2="{x}" y1="{TOP - 8}" y2="{height - BOTTOM}"/>')
    for x, title, below in ((CLIMB, "climb", "gold"), (COST, "cost", "ms")):
        parts += [
            f'<text class="end" x="{x}" y="26">{title}</text>',
            f'<text class="end soft" x="{x}" y="44">{below}</text>',
        ]
    return parts


def _dot(estimate: Estimate | None, edges: tuple[int, int], y: int) -> list[str]:
    left, right = edges
    if estimate is None or estimate.value is None:
        return [f'<text class="mid" x="{(left + right) // 2}" y="{y + 5}">–</text>']

    def x(value: float) -> str:
        return f"{left + (right - left) * min(max(value, 0.0), 1.0):.1f}"

    told = f'<text class="soft" x="{right + 8}" y="{y + 4}">{estimate.value:.2f}</text>'
    bar = []
    if estimate.low is not None and estimate.high is not None:
        bar = [f'<line class="bar" x1="{x(estimate.low)}" x2="{x(estimate.high)}" y1="{y}" y2="{y}"/>']
    return [*bar, f'<circle class="dot" cx="{x(estimate.value)}" cy="{y}" r="5"/>', told]


def _climb(reward: RewardFigures) -> str:
    change = None if reward.climb is None else reward.climb.gold_change.value
    return "–" if change is None else f"{'−' if change < 0 else '+'}{abs(change):.2f}"


def _cost(reward: RewardFigures) -> str:
    """Returns milliseconds to one digit: more would be another figure on every machine."""
    seconds = reward.cost.get("seconds_cold")
    if seconds is None:
        return "–"
    return f"{float(f'{1000 * seconds:.0e}'):g}"


def _accuracy(reward: RewardFigures, name: str) -> float:
    agreement = reward.truths.get(name)
    return -1.0 if agreement is None or agreement.accuracy.value is None else agreement.accuracy.value


def _words(rows: Sequence[RewardFigures], name: str) -> str:
    told = ", ".join(
        f"{each.label} {_accuracy(each, name):.2f}" for each in rows if _accuracy(each, name) >= 0
    )
    return f"Accuracy on {name}: {told}" if told else "Rewards of a study"
