"""The report of a run: one HTML file that holds everything it shows and opens without a server."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import numpy as np

from codepaint_env.evaluate import Evaluated
from codepaint_env.reports.episode_card import card, meter, outcome, picture
from codepaint_env.reports.html_file import write_page
from codepaint_env.reports.run_summary import reward_of, span, what_ran
from codepaint_env.runs.run import RECORDS, Run, load_run

REPORT = "report.html"
BINS = 10


def write_report(run_folder: Path | str) -> Path:
    """Writes `report.html` into a run folder and returns its path.

    Programs and prompts are untrusted: all text is escaped, and the page's own policy forbids every script
    and style but its own two, and every connection.

    Raises:
        SpecError: The folder holds no run, or a file is not the one that was recorded.
    """
    run = load_run(run_folder)
    lowest, highest = span(run.meta, [score.value for score in run.scores if score.value is not None])
    outcomes = Counter(map(outcome, run.evaluated))
    ranked = sorted(outcomes, key=lambda name: (name != "ok", -outcomes[name], name))
    status = {outcome(each): each.sample.rendering.status for each in run.evaluated}
    return write_page(
        run.folder / REPORT,
        "page",
        title=escape(run.meta.name),
        lead=_lead(run),
        frontispiece=_frontispiece(run.evaluated),
        figures="\n".join(_figures(run.evaluated)),
        histogram=histogram(run.evaluated, lowest, highest),
        outcomes="\n".join(
            f"<li><span>{escape(name)}</span>"
            f"{meter(outcomes[name] / len(run.evaluated), status[name])}<span>{outcomes[name]}</span></li>"
            for name in ranked
        ),
        setup=what_ran(run.meta),
        filters="\n".join(_filters(ranked, outcomes)),
        cards="\n".join(card(i, each, lowest, highest) for i, each in enumerate(run.evaluated)),
        footer=(
            "Pictures are shown as lossy WebP; the folder of this report holds them as they were judged, in "
            f"<code>pictures/</code>, with the programs in <code>programs/</code> and one line a sample in "
            f"<code>{RECORDS}</code>."
        ),
    )


def histogram(evaluated: Iterable[Evaluated], lowest: float, highest: float) -> str:
    """Draws how often each tenth of the range was scored, as SVG; what painted below, what failed above."""
    counts = np.zeros((2, BINS), int)
    unscored = 0
    for each in evaluated:
        value = each.score.value
        if value is None:
            unscored += 1
        else:
            share = (value - lowest) / (highest - lowest)
            counts[0 if each.sample.rendering.ok else 1, min(BINS - 1, max(0, math.floor(share * BINS)))] += 1
    edges = [f"{edge:.3g}" for edge in np.linspace(lowest, highest, BINS + 1)]
    most = max(1, int(counts.sum(axis=0).max()))
    parts = []
    for i, (good, bad) in enumerate(counts.T.tolist()):
        x, tall, failed = 6 + 41 * i, 150 * good / most, 150 * bad / most
        parts.append(f'<text x="{x - 2}" y="194">{edges[i]}</text>')
        if good or bad:
            parts.append(
                f"<g><title>{edges[i]} to {edges[i + 1]}: {good} painted, {bad} failed</title>"
                f'<rect class="good" x="{x}" y="{175 - tall:.1f}" width="37" height="{tall:.1f}"/>'
                f'<rect class="bad" x="{x}" y="{175 - tall - failed:.1f}" width="37" height="{failed:.1f}"/>'
                f'<text class="count" x="{x + 18.5}" y="{169 - tall - failed:.1f}">{good + bad}</text></g>'
            )
    told = "; ".join(
        f"{edges[i]} to {edges[i + 1]}: {n}" for i, n in enumerate(counts.sum(axis=0).tolist()) if n
    )
    left_out = f'<span class="none">{unscored} without a score</span>' if unscored else ""
    return (
        '<svg viewBox="-8 0 436 200" role="img" aria-labelledby="histogram-title histogram-told">'
        f'<title id="histogram-title">Histogram of {counts.sum()} scores</title>'
        f'<desc id="histogram-told">{told or "There is no score."}</desc>'
        f'{"".join(parts)}<text x="414" y="194">{edges[-1]}</text>'
        '<line class="axis" x1="2" y1="175.5" x2="418" y2="175.5"/></svg>'
        f'<p class="key"><span>painted</span><span class="bad">failed</span>{left_out}</p>'
    )


def _lead(run: Run) -> str:
    meta, count = run.meta, len(run.evaluated)
    browser = meta.renderer.get("browser")
    place = f", drawn in <b>Chromium {escape(str(browser))}</b>" if browser else ""
    return (
        f"{count} {'episode' if count == 1 else 'episodes'} of <b>{escape(meta.env)}</b>: the policy "
        f"<b>{escape(meta.policy)}</b> painted the prompts of <b>{escape(meta.tasks)}</b>, judged by "
        f"<b>{escape(reward_of(meta))}</b>{place}."
    )


def _frontispiece(evaluated: Sequence[Evaluated]) -> str:
    """Hangs the picture with the highest score beside the title; nothing where none has a score."""
    scored = [(i, each) for i, each in enumerate(evaluated) if each.valid and each.sample.rendering.ok]
    if not scored:
        return ""
    index, best = max(scored, key=lambda pair: pair[1].score.value or 0.0)
    return (
        f'<figure class="frontispiece"><div class="sheet">{picture(best.sample)}</div>'
        f"<figcaption>No. {index + 1}, the highest score: {best.score.value:.2f}</figcaption></figure>"
    )


def _figures(evaluated: Sequence[Evaluated]) -> list[str]:
    valid = [each.score.value for each in evaluated if each.score.value is not None]
    painted = [each for each in evaluated if each.sample.rendering.ok]
    good = [each.score.value for each in painted if each.score.value is not None]
    shown = (
        (str(len(evaluated)), "episodes"),
        (_percent(len(valid), len(evaluated)), "valid: have a score"),
        (_percent(len(painted), len(evaluated)), "ok: the program painted"),
        (_mean(valid), "mean score of all valid"),
        (_mean(good), "mean score of those that painted"),
    )
    return [f"<div><dt>{label}</dt><dd>{figure}</dd></div>" for figure, label in shown]


def _filters(ranked: Sequence[str], outcomes: Counter[str]) -> list[str]:
    choices = [("", "all", outcomes.total())]
    choices += [(name, name, outcomes[name]) for name in ranked]
    return [
        f'<button type="button" data-outcome="{escape(name)}" aria-pressed="{"false" if name else "true"}">'
        f"{escape(label)} <span>{count}</span></button>"
        for name, label, count in choices
    ]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}&#8239;%" if whole else "–"


def _mean(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.2f}" if values else "–"
