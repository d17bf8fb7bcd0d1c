"""Whether the explorer tells pages that work from pages that do not, what it takes, and what it leaves behind.

    python benchmarks/pages.py                      about an hour on two quiet cores
    python benchmarks/pages.py --quick              some pages of each kind: about a minute
    python benchmarks/pages.py --json docs/pages.json
    python benchmarks/pages.py --only corpus        or held_out, time, scaling, soak, miniwob; may be repeated

Corpus: the pairs and traps of `tests/pages`, whose truth is known, ten times: half of them idle, half beside four busy
loops, each time in another order. `--add` goes on with the runs that the file of `--json` holds, unless what draws or
explores was changed since: so ten runs can be had in several sittings. Held out: the pairs of `tests/pages/held_out`,
which nobody looked at while the explorer was made, once. Time: every page by itself on one worker, N = 3,
and where its time goes. Scaling: two workers, each held to a core, against one on one core. Soak: 500 pages on two
workers. miniwob: tasks of PyPI's package that one click solves; the explorer tries what it finds without being told
what to do.

runs, beside_loops       of the corpus, and how many of these beside busy loops
pairs_above              share of pairs whose working page scores above the dead one in every run
traps_earning            traps that earned anything in any run
dead_credited            steps on dead controls that were credited, in all runs
live_credited            share of the judged steps on live controls that were credited
held_out_pairs_above     the same of the held-out pairs, beside `held_out_dead_credited` and `held_out_live_credited`
same_trace               share of pages with one trace, one set of pictures and one score in all runs
seconds_median           of a page at N = 3, beside `seconds_p90`
seconds_by_phase         median seconds of each phase
scaling_2                pages a second of two workers for one's
soak_flat                True if memory, processes and open files did not grow
miniwob_solved           share of the tasks that one of the tried actions solves
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import cast

import click
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/support"))

from identity import busy
from page_parts.miniwob import share_solved
from page_parts.scaling import rates
from page_parts.soak import soak

from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.progress_bar import bar
from codepaint_env.render.renderer import Renderer
from page_corpus import Page, read_held_out, read_pairs, read_traps
from page_outcome import STAGES, Outcome, outcomes

PARTS = ("corpus", "held_out", "time", "scaling", "soak", "miniwob")
BUSY = 4
DIGITS = 12  # of the hash of a trace
CHUNK = 12  # pages from one sign of life to the next
QUICK_PAIRS, QUICK_TRAPS = 4, 3
KEPT_OF_HELD_OUT = (
    "pairs",
    "pairs_above",
    "pairs_not_above",
    "dead_credited",
    "live_tried",
    "live_credited",
    "live_missed",
)

Figures = dict[str, object]


def corpus(pages: Sequence[Page], runs: int, loaded: int, before: Figures) -> tuple[Figures, Table]:
    """Explores all pages so many times, the last `loaded` runs beside busy loops, and adds them to those before."""
    met: dict[str, list[Outcome]] = {str(page): [] for page in pages}
    renderer = Renderer(HTML(), workers=2, cache=0)
    identity = renderer.identity() | HTML().recorders(STAGES)
    known = before if before.get("identity") == identity else {}
    order_of_first = cast("int", known.get("runs", 0))
    try:
        with bar("Pages explored", log_every=CHUNK) as show:
            for run in range(runs):
                order = random.Random(order_of_first + run).sample(list(pages), len(pages))
                with busy(BUSY if run >= runs - loaded else 0):
                    for start in range(0, len(order), CHUNK):
                        for outcome in outcomes(renderer, order[start : start + CHUNK]):
                            met[str(outcome.page)].append(outcome)
                        show(run * len(order) + min(start + CHUNK, len(order)), runs * len(order))
    finally:
        renderer.close()
    pairs = sorted({page.name for page in pages if page.variant == "working"})
    traps = [page for page in pages if page.variant == "trap"]
    figures: Figures = {"identity": identity, "runs": runs, "beside_loops": loaded}
    figures |= {"pairs": len(pairs), "traps": len(traps)} | _counted(pairs, traps, met)
    figures = _added(known, figures) if known else figures
    return _shares(figures), _scores(pairs, traps, met)


def _counted(pairs: Sequence[str], traps: Sequence[Page], met: dict[str, list[Outcome]]) -> Figures:
    """Returns numbers that may be summed, lists that may be joined, and what traces each page had."""
    all_met = [outcome for some in met.values() for outcome in some]
    live = [step for each in all_met for step in each.live if step.credited is not None]
    above = [name for name in pairs if _above(met[f"{name}-working"], met[f"{name}-dead"])]
    return {
        "live_tried": len(live),
        "live_right": sum(bool(step.credited) for step in live),
        "no_value": sum(each.score is None for each in all_met),
        "pairs_not_above": [name for name in pairs if name not in above],
        "traps_earning": sorted({str(trap) for trap in traps for each in met[str(trap)] if each.score}),
        "dead_credited": sorted({line for each in all_met for line in each.wrong}),
        "live_missed": sorted({line for each in all_met for line in each.missed}),
        "without_value": sorted({str(each.page) for each in all_met if each.score is None}),
        "traces": {name: sorted({_digest(each) for each in some}) for name, some in met.items()},
    }


def _digest(outcome: Outcome) -> str:
    return hashlib.sha256(repr(outcome.trace).encode()).hexdigest()[:DIGITS]


def _added(before: Figures, figures: Figures) -> Figures:
    """Returns the figures of two sittings together."""
    both = dict(figures)
    for name in ("runs", "beside_loops", "live_tried", "live_right", "no_value"):
        both[name] = cast("int", before[name]) + cast("int", figures[name])
    for name in ("pairs_not_above", "traps_earning", "dead_credited", "live_missed", "without_value"):
        both[name] = sorted({*cast("list[str]", before[name]), *cast("list[str]", figures[name])})
    traces = cast("dict[str, list[str]]", before["traces"])
    both["traces"] = {
        name: sorted({*traces.get(name, ()), *some})
        for name, some in cast("dict[str, list[str]]", figures["traces"]).items()
    }
    return both


def _shares(figures: Figures) -> Figures:
    """Returns the figures with what follows from them."""
    traces = cast("dict[str, list[str]]", figures["traces"])
    differing = sorted(name for name, some in traces.items() if len(some) > 1)
    pairs, live = cast("int", figures["pairs"]), cast("int", figures["live_tried"])
    return figures | {
        "pairs_above": round(1 - len(cast("list[str]", figures["pairs_not_above"])) / pairs, 4),
        "live_credited": round(cast("int", figures["live_right"]) / max(1, live), 4),
        "same_trace": round(1 - len(differing) / len(traces), 4),
        "not_the_same": differing,
    }


def _above(working: Sequence[Outcome], dead: Sequence[Outcome]) -> bool:
    """True if a working page scored above its dead one in every run."""
    scores = [(each.score, other.score) for each, other in zip(working, dead, strict=True)]
    return all(one is not None and other is not None and one > other for one, other in scores)


def _scores(pairs: Sequence[str], traps: Sequence[Page], met: dict[str, list[Outcome]]) -> Table:
    table = Table("page", "working", "dead", "wrong", "missed", title="scores in all runs")

    def told(name: str) -> str:
        return " ".join(
            sorted({f"{each.score:.2f}" if each.score is not None else "None" for each in met[name]})
        )

    for name in pairs:
        both = met[f"{name}-working"] + met[f"{name}-dead"]
        wrong, missed = (sum(len(getattr(each, of)) for each in both) for of in ("wrong", "missed"))
        table.add_row(
            name, told(f"{name}-working"), told(f"{name}-dead"), str(wrong or ""), str(missed or "")
        )
    for trap in traps:
        table.add_row(f"trap: {trap.name}", "", told(str(trap)), "", "")
    return table


def seconds(pages: Sequence[Page]) -> Figures:
    """Returns how long pages take, each by itself, and where the time goes."""
    walls: list[float] = []
    phases: dict[str, list[float]] = {}
    renderer = Renderer(HTML(), workers=1, cache=0)
    try:
        outcomes(renderer, pages[:1])  # warm
        with bar("Pages timed") as show:
            for page in pages:
                started = time.perf_counter()
                (outcome,) = outcomes(renderer, [page])
                walls.append(time.perf_counter() - started)
                for name, spent in outcome.timings.items():
                    phases.setdefault(name, []).append(spent)
                show(len(walls), len(pages))
    finally:
        renderer.close()
    return {
        "seconds_median": round(median(walls), 2),
        "seconds_p90": round(quantiles(walls, n=10)[-1], 2),
        "seconds_by_phase": {name: round(median(spent), 3) for name, spent in sorted(phases.items())},
    }


@click.command(help=__doc__.replace("\n\n", "\n\n\b\n") if __doc__ else None)
@click.option("--quick", is_flag=True, help="Some pages of each kind, once.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Where the figures go.")
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="This part alone; may be repeated.")
@click.option("--runs", default=10, show_default=True, help="Of the corpus.")
@click.option("--busy", "loaded", type=int, help="So many of them, the last, beside busy loops; else half.")
@click.option("--add", is_flag=True, help="Add the runs of the corpus to those of the file.")
@click.option(
    "--pages", "folder", type=click.Path(path_type=Path), help="Another corpus, laid out as tests/pages."
)
@tidy
def main(
    quick: bool,
    target: Path | None,
    only: tuple[str, ...],
    runs: int,
    loaded: int | None,
    add: bool,
    folder: Path | None,
) -> None:
    """Explores the corpus; exit status 1 where a page is told wrongly."""
    pairs = read_pairs(folder / "pairs") if folder else read_pairs()
    traps = read_traps(folder / "traps") if folder else read_traps()
    if quick:
        pairs, traps, runs = pairs[:: len(pairs) // QUICK_PAIRS], traps[:: len(traps) // QUICK_TRAPS], 1
    parts, console = only or PARTS, Console()
    pages = [page for pair in pairs for page in pair]
    figures: Figures = {"cores": os.cpu_count(), "machine": platform.machine()}
    if target is not None and only and target.is_file():
        figures = json.loads(target.read_text(encoding="utf-8"))  # the other parts stay as they were
    if "corpus" in parts:
        told, table = corpus(
            [*pages, *traps], runs, runs // 2 if loaded is None else loaded, figures if add else {}
        )
        figures |= told
        console.print(table)
    if "held_out" in parts:
        held_out = read_held_out()[:: 12 if quick else 1]
        told, table = corpus([page for pair in held_out for page in pair], 1, 0, {})
        figures |= {f"held_out_{name}": told[name] for name in KEPT_OF_HELD_OUT}
        console.print(table)
    if "time" in parts:
        figures |= seconds(pages)
    if "scaling" in parts:
        working = [working for working, _ in pairs]
        figures |= rates(working[:4] if quick else working[:20], 1 if quick else 3)
    if "soak" in parts:
        figures |= soak([*pages, *traps], 20 if quick else 500)
    if "miniwob" in parts:
        figures |= share_solved(2, 2 if quick else None)
    for name, value in figures.items():
        if name not in ("soak", "traces", "identity"):
            click.echo(f"{name:<18} {value}")
    if target is not None:
        target.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    faults = (
        "dead_credited",
        "traps_earning",
        "pairs_not_above",
        "held_out_dead_credited",
        "held_out_pairs_not_above",
    )
    if any(figures.get(name) for name in faults):
        sys.exit(1)


if __name__ == "__main__":
    main()
