"""Two runs side by side in one HTML file: what changed, what each prompt gained or lost, with the pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from codepaint_env.evaluate import Evaluated
from codepaint_env.reports.html_file import write_html
from codepaint_env.reports.run_summary import Span
from codepaint_env.runs.run import Run

SHOWN = 6  # pairs that gained most, and as many that lost most
LISTED = 50  # prompts of one run only


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that was set in both runs.

    Attributes:
        name: Such as `policy`.
        first: Its value in the first run.
        second: Its value in the second.
    """

    name: str
    first: str
    second: str

    @property
    def changed(self) -> bool:
        """True if the runs differ in it."""
        return self.first != self.second


@dataclass(frozen=True, slots=True)
class Summary:
    """One run in figures.

    Attributes:
        count: Samples in it.
        valued: Samples with a value.
        mean: Of the values, of samples that are in both runs; None where there is none.
        painted: Share of all samples that rendered, [0, 1]; None in an empty run.
        outcomes: How often each outcome came.
    """

    count: int
    valued: int
    mean: float | None
    painted: float | None
    outcomes: dict[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """One sample that both runs have.

    Attributes:
        prompt: What was asked.
        nth: Which sample of its task it is, from 1.
        first: In the first run.
        second: In the second.
        gain: Second value less the first, or second rank less the first where values do not compare; None where one
            of the two has no value.
        ranks: Share of the matched samples of its own run that each is above; None as `gain`.
    """

    prompt: str
    nth: int
    first: Evaluated
    second: Evaluated
    gain: float | None
    ranks: tuple[float, float] | None


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two runs side by side.

    Attributes:
        runs: Both.
        settings: What was set, in both.
        summaries: Both in figures.
        comparable: True if both were scored by the same reward, so that values compare.
        way_out: How to make values comparable; `""` where they are.
        matched: Samples that both have, in the order of the first.
        difference: Mean of second less first over matched samples with both values; None where values do not compare.
        interval: Its 95 % interval by draws of prompts; None for fewer than two prompts.
        correlation: Spearman's rank correlation of matched samples; None where it has none.
        only: Prompts that only one run has, with how often each, by run.
        span: Range in which values are drawn, the same for both runs.
    """

    runs: tuple[Run, Run]
    settings: tuple[Setting, ...]
    summaries: tuple[Summary, Summary]
    comparable: bool
    way_out: str
    matched: tuple[Matched, ...]
    difference: float | None
    interval: tuple[float, float] | None
    correlation: float | None
    only: tuple[dict[str, int], dict[str, int]]
    span: Span

    @property
    def gained(self) -> list[Matched]:
        """Samples that gained, the largest gain first."""
        return sorted(
            (each for each in self.matched if (each.gain or 0) > 0), key=lambda each: -(each.gain or 0)
        )

    @property
    def lost(self) -> list[Matched]:
        """Samples that lost, the largest loss first."""
        return sorted(
            (each for each in self.matched if (each.gain or 0) < 0), key=lambda each: each.gain or 0
        )


def write_compare(path: Path, told: Comparison) -> Path:
    """Writes a comparison as one HTML file that opens without a server, and returns its path."""
    outcomes = dict.fromkeys(name for each in told.summaries for name in each.outcomes)
    return write_html(
        path,
        "compare",
        {
            "title": " and ".join(dict.fromkeys(run.folder.name for run in told.runs)),
            "told": told,
            "names": _names(told.runs),
            "outcomes": sorted(outcomes, key=lambda name: (name != "ok", name)),
            "gained": told.gained[:SHOWN],
            "lost": told.lost[:SHOWN],
            "dots": _dots(told),
            "listed": LISTED,
        },
    )


def _names(runs: tuple[Run, Run]) -> tuple[str, str]:
    first, second = (run.folder.name or run.meta.name for run in runs)
    return (first, second) if first != second else (f"{first} (first)", f"{second} (second)")


def _dots(told: Comparison) -> list[tuple[float, float, str]]:
    """Returns where each matched sample stands in the plot, both axes in [0, 1], and its title."""
    dots = []
    for each in told.matched:
        if each.ranks is None:
            continue
        values = [each.first.score.value or 0.0, each.second.score.value or 0.0]
        x, y = (told.span.share(value) for value in values) if told.comparable else each.ranks
        dots.append((x, y, f"{each.prompt[:120]}: {values[0]:.3f}, then {values[1]:.3f}"))
    return dots
