"""The report of a run: one HTML file that holds everything it shows and opens without a server."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from codepaint_env.evaluate import Evaluated
from codepaint_env.reports.episode_card import outcome
from codepaint_env.reports.html_file import write_html
from codepaint_env.reports.run_summary import Span, reward_of, size_of, span_of, what_ran
from codepaint_env.runs.records import PICTURES, PROGRAMS
from codepaint_env.runs.run import RECORDS, load_run

REPORT = "report.html"
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of the histogram: how many scores lie between two edges, by whether the program painted."""

    low: str
    high: str
    painted: int
    failed: int


def write_report(run_folder: Path | str) -> Path:
    """Writes `report.html` into a run folder and returns its path.

    Programs and prompts are untrusted: all text is escaped, and the report's own policy forbids every script
    and style but its own two, and every connection.

    Raises:
        SpecError: The folder holds no run, or a file is not the one that was recorded.
    """
    run = load_run(run_folder)
    values = [score.value for score in run.scores if score.value is not None]
    span = span_of(run.meta, values)
    return write_html(
        run.folder / REPORT,
        "run_report",
        {
            "title": run.meta.name,
            "meta": run.meta,
            "reward": reward_of(run.meta),
            "evaluated": run.evaluated,
            "best": _best(run.evaluated),
            "figures": _figures(run.evaluated),
            "bins": histogram(run.evaluated, span),
            "unscored": len(run.evaluated) - len(values),
            "outcomes": _outcomes(run.evaluated),
            "setup": what_ran(run),
            "span": span,
            "size": size_of(run.evaluated),
            "files": {"pictures": PICTURES, "programs": PROGRAMS, "records": RECORDS},
        },
    )


def histogram(evaluated: Sequence[Evaluated], span: Span) -> list[Bin]:
    """Counts the scores in each tenth of the range; what has no score is left out."""
    counts = np.zeros((BINS, 2), int)
    for each in evaluated:
        if each.score.value is not None:
            place = min(BINS - 1, math.floor(span.share(each.score.value) * BINS))
            counts[place, 0 if each.sample.rendering.ok else 1] += 1
    edges = [f"{edge:.3g}" for edge in np.linspace(span.lowest, span.highest, BINS + 1)]
    return [Bin(edges[i], edges[i + 1], *pair) for i, pair in enumerate(counts.tolist())]


def _best(evaluated: Sequence[Evaluated]) -> tuple[int, Evaluated] | None:
    """Returns index and sample of the picture with the highest score; None where none has a score."""
    scored = [(i, each) for i, each in enumerate(evaluated) if each.valid and each.sample.rendering.ok]
    return max(scored, key=lambda pair: pair[1].score.value or 0.0, default=None)


def _figures(evaluated: Sequence[Evaluated]) -> list[tuple[str, str]]:
    valid = [each.score.value for each in evaluated if each.score.value is not None]
    painted = [each for each in evaluated if each.sample.rendering.ok]
    good = [each.score.value for each in painted if each.score.value is not None]
    return [
        (str(len(evaluated)), "episodes"),
        (_percent(len(valid), len(evaluated)), "have a score"),
        (_percent(len(painted), len(evaluated)), "programs that painted"),
        (_mean(valid), "mean score"),
        (_mean(good), "mean score of programs that painted"),
    ]


def _outcomes(evaluated: Sequence[Evaluated]) -> list[tuple[str, str, int]]:
    """Returns each outcome with its status and how often it came, `ok` first, then the commonest."""
    counts = Counter((outcome(each), each.sample.rendering.status) for each in evaluated)
    ranked = sorted(counts.items(), key=lambda each: (each[0][0] != "ok", -each[1], each[0]))
    return [(name, status, count) for (name, status), count in ranked]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}\u202f%" if whole else "–"


def _mean(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.2f}" if values else "–"
