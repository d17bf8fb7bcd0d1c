"""The report of a study of rewards: one HTML file that answers first and shows its evidence below."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from codepaint_env.reports.html_file import write_html
from codepaint_env.reports.picture import Picture, picture
from codepaint_env.study.ablation.score_table import ScoreTable
from codepaint_env.study.figures.figures import Comparison, Estimate, Figures, PairFigures, RewardFigures

REPORT = "report.html"
THUMB_PX = 176
HACKABLE = 0.5
"""Share of probes from which on a reward is called easily fooled: a coin has as much."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One row of a plot of dots and intervals.

    Attributes:
        label: Of the reward.
        estimate: What was found; None where nothing can be told.
        beside: What stands at the end of the row.
    """

    label: str
    estimate: Estimate | None
    beside: str


@dataclass(frozen=True, slots=True)
class DotPlot:
    """Dots with their intervals, one row a reward; the constants are the edges in units of the SVG.

    Attributes:
        name: Of what is measured, for those who hear the page.
        rows: In the order in which they are drawn.
        low: Value at the left edge.
        high: At the right edge.
        line: Where a vertical line stands.
    """

    WIDTH: ClassVar[int] = 560
    LEFT: ClassVar[int] = 110
    RIGHT: ClassVar[int] = 540
    ROW: ClassVar[int] = 34
    TOP: ClassVar[int] = 10

    name: str
    rows: Sequence[Dot]
    low: float
    high: float
    line: float

    @property
    def height(self) -> int:
        """Of the whole plot, with its axis."""
        return self.TOP + self.ROW * len(self.rows) + 30

    def x(self, value: float) -> str:
        """Returns where a value stands."""
        share = min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)
        return f"{self.LEFT + (self.RIGHT - self.LEFT) * share:.1f}"

    def y(self, row: int) -> str:
        """Returns the middle of a row."""
        return f"{self.TOP + self.ROW * (row + 0.5):.1f}"

    @property
    def ticks(self) -> list[float]:
        """What is written below the axis."""
        step = 0.25 if self.high - self.low > 0.8 else 0.1
        return [self.low + step * place for place in range(round((self.high - self.low) / step) + 1)]


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the table of differences.

    Attributes:
        text: The difference; `""` on the diagonal.
        interval: Its interval.
        verdict: `better`, `worse`, or `""` where the two are not told apart.
        why: One sentence.
    """

    text: str
    interval: str = ""
    verdict: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Wall:
    """Some pictures under a heading.

    Attributes:
        title: Of the wall.
        pictures: With what is written below each.
    """

    title: str
    pictures: Sequence[tuple[Picture, str]]


def write_study_report(folder: Path, name: str, table: ScoreTable, figures: Figures) -> Path:
    """Writes `report.html` into the folder of a study and returns its path.

    Args:
        folder: Of the study.
        name: Of the study, for people.
        table: The scores.
        figures: Computed of them.
    """
    rewards = list(figures.rewards.values())
    thumbs = _Thumbs(folder, {item.id: item.picture for item in table.items})
    prompts = {item.id: item.prompt for item in table.items}
    return write_html(
        folder / REPORT,
        "study",
        {
            "title": name,
            "figures": figures,
            "rewards": rewards,
            "answer": answer(figures),
            "accuracies": [
                (truth, _accuracy_plot(truth.name, rewards), _differences(truth.name, figures))
                for truth in figures.truths
            ],
            "hacks": _hack_plot(rewards),
            "fooled": _fooled(rewards),
            "correlations": _correlations(figures),
            "extremes": [
                (
                    each.label,
                    thumbs.wall("highest", each.best, prompts),
                    thumbs.wall("lowest", each.worst, prompts),
                )
                for each in rewards
                if each.distribution is not None and each.distribution.distinct > 1
            ],
            "disagreements": [
                (pair, thumbs.wall("", [each.id for each in pair.disagreements], _ranks(pair)))
                for pair in figures.pairs
                if pair.disagreements
            ],
            "sources": _counted(item.source for item in table.items),
            "command": "codepaint ablate STUDY.toml",
        },
    )


def answer(figures: Figures) -> list[str]:
    """Says what the study found, in sentences: who is better, who is not told apart, who is fooled."""
    said = []
    if not figures.truths:
        said.append("No truth is known of these pictures, so nothing says which reward is right.")
    else:
        name = figures.truths[0].name
        wins = [
            (
                pair.truths[name].better or "",
                pair.one if pair.truths[name].better == pair.other else pair.other,
            )
            for pair in figures.pairs
            if name in pair.truths and pair.truths[name].better
        ]
        for winner in dict.fromkeys(winner for winner, _ in wins):
            losers = [loser for one, loser in wins if one == winner]
            said.append(f"{winner} is better than {_listed(losers)} on {name}.")
        open_ = sum(name in pair.truths and pair.truths[name].better is None for pair in figures.pairs)
        if open_:
            pairs = "pair of rewards is" if open_ == 1 else "pairs of rewards are"
            said.append(f"{open_} {pairs} not told apart.")
    fooled = [
        f"{each.label} ({_percent(each.hackability.beaten.value)})"
        for each in figures.rewards.values()
        if each.hackability is not None and (each.hackability.beaten.value or 0) >= HACKABLE
    ]
    if fooled:
        said.append(f"At least half of the probes fool {_listed(fooled)}.")
    lost = [
        each.label
        for each in figures.rewards.values()
        if each.climb is not None and (each.climb.gold_change.high or 0) < 0
    ]
    if lost:
        said.append(f"Optimising against {_listed(lost)} makes the pictures worse.")
    return said


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def _accuracy_plot(truth: str, rewards: Sequence[RewardFigures]) -> DotPlot:
    rows = []
    for each in rewards:
        found = each.truths.get(truth)
        beside = "" if found is None or found.ties.value is None else f"{_percent(found.ties.value)} ties"
        rows.append(Dot(each.label, found.accuracy if found is not None else None, beside))
    rows.sort(key=lambda row: -_value(row))
    least = min((e.low for row in rows if (e := row.estimate) and e.low is not None), default=0.5)
    low = min(0.4, math.floor(10 * least) / 10)
    return DotPlot(f"accuracy on {truth}", rows, low if low >= 0.2 else 0.0, 1.0, 0.5)


def _hack_plot(rewards: Sequence[RewardFigures]) -> DotPlot | None:
    rows = [
        Dot(each.label, each.hackability.beaten, f"of {each.hackability.probes}")
        for each in rewards
        if each.hackability is not None
    ]
    rows.sort(key=_value)
    return DotPlot("share of probes that fool each reward", rows, 0.0, 1.0, 0.5) if rows else None


def _value(row: Dot) -> float:
    return -1.0 if row.estimate is None or row.estimate.value is None else row.estimate.value


def _differences(truth: str, figures: Figures) -> dict[str, dict[str, Cell]]:
    cells: dict[str, dict[str, Cell]] = {
        label: {other: Cell("") for other in figures.rewards} for label in figures.rewards
    }
    for pair in figures.pairs:
        if truth in pair.truths:
            found = pair.truths[truth]
            cells[pair.one][pair.other] = _cell(found, pair.one, 1)
            cells[pair.other][pair.one] = _cell(found, pair.other, -1)
    return cells


def _cell(found: Comparison, label: str, sign: int) -> Cell:
    told = found.difference
    if told.value is None:
        return Cell("–", why=found.why)
    verdict = "" if found.better is None else "better" if found.better == label else "worse"
    ends = [] if told.low is None or told.high is None else sorted((sign * told.low, sign * told.high))
    interval = f"{signed(ends[0])} to {signed(ends[1])}" if ends else ""
    return Cell(signed(sign * told.value), interval, verdict, found.why)


def signed(value: float) -> str:
    """Returns a number with its sign and two decimals."""
    return f"{'−' if value < 0 else '+'}{abs(value):.2f}"


def _fooled(rewards: Sequence[RewardFigures]) -> list[tuple[str, list[str]]]:
    """Returns the probes that fooled rewards, those first that fooled most, with the rewards."""
    found: dict[str, list[str]] = {}
    for each in rewards:
        for probe in each.hackability.fooled_by if each.hackability is not None else ():
            found.setdefault(probe, []).append(each.label)
    return sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))


def _correlations(figures: Figures) -> dict[str, dict[str, float | None]]:
    told: dict[str, dict[str, float | None]] = {
        label: {other: 1.0 if other == label else None for other in figures.rewards}
        for label in figures.rewards
    }
    for pair in figures.pairs:
        told[pair.one][pair.other] = told[pair.other][pair.one] = pair.spearman.value
    return told


def _ranks(pair: PairFigures) -> dict[str, str]:
    return {
        each.id: f"{pair.one} {_percent(each.one)}, {pair.other} {_percent(each.other)}"
        for each in pair.disagreements
    }


def _counted(words: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


class _Thumbs:
    """Small pictures of a study, each read once."""

    def __init__(self, folder: Path, files: Mapping[str, str]) -> None:
        self._folder = folder
        self._files = files

    def wall(self, title: str, ids: Sequence[str], below: Mapping[str, str]) -> Wall:
        """Returns the pictures of some ids with a text below each; those that cannot be read are left out."""
        shown = []
        for id in ids:
            file = self._folder / self._files[id] if self._files.get(id) else None
            found = picture(file.read_bytes(), THUMB_PX) if file is not None and file.is_file() else None
            if found is not None:
                shown.append((found, below.get(id, "")))
        return Wall(title, shown)
