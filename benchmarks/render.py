"""How fast are sketches drawn, compared with launching a browser for each?

    python benchmarks/render.py                 about ten minutes; writes docs/benchmark_render.svg
    python benchmarks/render.py --quick         under a minute
    python benchmarks/render.py --json out.json --only engine,puppeteer
    python benchmarks/render.py --against HEAD~1 --sets light,studies

Eighteen programs lie in benchmarks/programs: 4 light, 4 medium and 4 heavy ones ("mixed") and six flowers ("six").
Every way draws all of them in every round, block by block, in random order. Ratios are taken within a round, and the
median of the rounds is told. Nothing comes from a cache: that is asserted.

puppeteer   real Puppeteer launches a browser a render: the way of the original work, and the 1 of every ratio
playwright  the same with Playwright
warm        one browser, a new page a render
page-N      this package's page path with N workers
engine-N    this package's engine with N workers

The first three draw stock p5 and p5.brush in the same pinned Chromium, with the same fast WebGL flags as the page
path (Chromium's software fallback flags are up to ten times slower), without its sandbox, and end with a screenshot
of the canvas (0.05 to 0.1 s of each render). Starting node, warm browsers and workers is not counted.

Figures are told with workers, cores and the load before. What lies in docs/ is written only where that was 0.5 or less.
`--against` measures something else: the engine of another commit and this one, program by program by turns.
"""

from __future__ import annotations

import json
import os
import random
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from render_parts.chart import draw_chart
from render_parts.conditions import Conditions, check_quiet, describe_machine, wait_until_quiet
from render_parts.cpu import ProcessTree
from render_parts.figures import SETS, Figures, Turn, family, summarise, workers_of
from render_parts.opening import open_ways
from render_parts.tables import draw_tables
from render_parts.versus.command import compare_commits
from render_parts.versus.program_sets import SETS as PROGRAM_SETS
from render_parts.ways import Program, Way, WayFailed
from rich.console import Console

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.progress_bar import bar
from codepaint_env.render.browser.chromium import find_chromium
from rewards.errors import SpecError

HERE = Path(__file__).parent
BLOCKS = ("light", "medium", "heavy", "heavy_six")
QUICK = {"reeds", "koi", "hatched_town", "3_cherry_branch"}
CHART = HERE.parent / "docs/benchmark_render.svg"
COPIES = {
    "engine": 4
}  # a batch of an engine is over too soon to be timed, and its last jobs leave workers idle
WAYS = (
    "puppeteer",
    "puppeteer-2",
    "playwright",
    "warm",
    "page-1",
    "page-2",
    "engine-1",
    "engine-2",
    "engine-3",
    "engine-4",
)
SLOW = {"puppeteer-2", "page-2", "engine-3"}  # what --quick leaves out


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured.

    Attributes:
        ways: Their names.
        programs: By block.
        rounds: How often every way draws every block.
        seed: Of the order.
    """

    ways: list[str]
    programs: dict[str, list[Program]]
    rounds: int
    seed: int


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--quick", is_flag=True, help="One round on four of the programs: checks that it works.")
@click.option("--rounds", type=click.IntRange(1), help="How often everything is drawn; default: 3.")
@click.option("--only", help="Ways or families to measure, such as engine,puppeteer or page-1.")
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Where all figures go.")
@click.option(
    "--plot",
    type=click.Path(path_type=Path),
    help="Where the bar chart (SVG) goes; default: docs/benchmark_render.svg, and none with --quick or --only.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the random order.")
@click.option(
    "--wait", default=0, show_default=True, help="Seconds to wait at most for a load of 0.5 or less."
)
@click.option("--against", metavar="COMMIT", help="Compare the engine with that of another commit, by turns.")
@click.option(
    "--sets",
    default=",".join(PROGRAM_SETS[:-1]),
    show_default=True,
    help=f"What --against draws, of {', '.join(PROGRAM_SETS)}.",
)
@click.option("--workers", default=1, show_default=True, help="Of --against.")
@click.option(
    "--waterfall",
    type=click.Path(path_type=Path),
    help="Where --against draws (SVG) what the heaviest program's phases take, and could take at least.",
)
@tidy
def main(
    quick: bool,
    rounds: int | None,
    only: str | None,
    json_path: Path | None,
    plot: Path | None,
    seed: int,
    wait: int,
    against: str | None,
    sets: str,
    workers: int,
    waterfall: Path | None,
) -> None:
    """Measure how fast sketches are drawn, compared with launching a browser for each.

    \b
    All of it, about ten minutes:  python benchmarks/render.py
    Under a minute:                python benchmarks/render.py --quick
    Two ways, figures to a file:   python benchmarks/render.py --only engine,puppeteer --json render.json
    This commit and another:       python benchmarks/render.py --against HEAD~1 --sets light,studies

    Ways: puppeteer (a browser a render, the 1 of every ratio), puppeteer-2 (two at once), playwright (the same with
    Playwright), warm (one browser, a page a render), page-N and engine-N (this package with N workers).
    """  # noqa: D301 (click reads \b)
    for target in (json_path, plot, waterfall):
        if target is not None and not target.absolute().parent.is_dir():
            raise SpecError(f"There is no folder {str(target.parent)!r}; make it first.")
    plan = Plan(_chosen(only, quick), load_programs(quick), rounds or (1 if quick else 3), seed)
    target = plot or (None if quick or only or against else CHART)
    conditions = wait_until_quiet(wait)
    check_quiet(conditions, [json_path, target, waterfall])
    if not conditions.is_quiet:
        click.echo(f"{conditions}: others work here, figures wander.", err=True)
    if against is not None:
        compare_commits(
            against,
            sets.split(","),
            workers,
            rounds or (1 if quick else 5),
            seed,
            conditions,
            json_path,
            waterfall,
        )
        return
    started = time.monotonic()
    figures, missing, failed = measure(plan)
    report = _report(plan, figures, missing | failed, time.monotonic() - started, conditions)
    console = Console(width=None if Console().is_terminal else 110)
    for table in draw_tables(figures, conditions):
        console.print(table)
    for name, value in figures.headline().items():
        told = f"{value:.3g}" if isinstance(value, float) else value or "–"
        click.echo(f"{name:<24}{told:<10}{conditions.state(figures.workers_behind(name))}")
    for name, reason in (missing | failed).items():
        click.echo(f"{name}: not measured: {reason}", err=True)
    if json_path is not None:
        json_path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if target is not None:
        target.write_text(draw_chart(figures, _panels(plan), _footer(plan, conditions)), encoding="utf-8")
        click.echo(f"chart: {os.path.relpath(target)}")
    if failed:
        raise SystemExit(1)


def load_programs(quick: bool) -> dict[str, list[Program]]:
    """Returns the programs by block."""
    return {
        block: [
            Program(block, path.stem, path, path.read_text(encoding="utf-8"))
            for path in sorted((HERE / "programs" / block).glob("*.js"))
            if not quick or path.stem in QUICK
        ]
        for block in BLOCKS
    }


def measure(plan: Plan) -> tuple[Figures, dict[str, str], dict[str, str]]:
    """Draws everything; returns the figures, what is not there, and what broke, each with its reason."""
    tree = ProcessTree(frozenset({find_chromium().path.name}))
    turns: list[Turn] = []
    failed: dict[str, str] = {}
    order = random.Random(plan.seed)
    with ExitStack() as stack:
        ways, missing = open_ways(plan.ways, plan.programs, stack, tree)
        units = [(way, block) for way in ways for block in BLOCKS]
        progress = stack.enter_context(bar("Drawing"))
        for number in range(plan.rounds):
            order.shuffle(units)
            for done, (way, block) in enumerate(units):
                progress(number * len(units) + done, plan.rounds * len(units))
                if way.name in failed:
                    continue
                programs = plan.programs[block] * COPIES.get(family(way.name), 1)
                order.shuffle(programs)
                try:
                    turns.append(_take_turn(number, way, block, programs, tree))
                except WayFailed as error:
                    failed[way.name] = str(error)
        progress(plan.rounds * len(units), plan.rounds * len(units))
    kept = [turn for turn in turns if turn.way not in failed]
    return Figures(kept, {block: len(found) for block, found in plan.programs.items()}), missing, failed


def _take_turn(number: int, way: Way, block: str, programs: list[Program], tree: ProcessTree) -> Turn:
    before = tree.cpu_s()
    wall_s, paintings = way.draw(programs)
    after = tree.cpu_s()
    cpu_s = None if before is None or after is None else after - before
    return Turn(number, way.name, block, wall_s, cpu_s, tuple(summarise(painting) for painting in paintings))


def _chosen(only: str | None, quick: bool) -> list[str]:
    if only is None:
        return [way for way in WAYS if not (quick and way in SLOW)]
    wishes = [wish.strip() for wish in only.split(",") if wish.strip()]
    unknown = [wish for wish in wishes if wish not in {*WAYS, *map(family, WAYS)}]
    if unknown or not wishes:
        raise SpecError(f"--only is {only!r}; there are {', '.join(WAYS)} and their families.")
    return [way for way in WAYS if way in wishes or (family(way) in wishes and not (quick and way in SLOW))]


def _report(
    plan: Plan, figures: Figures, missing: dict[str, str], took_s: float, conditions: Conditions
) -> dict[str, Any]:
    """Returns everything for a file: headline figures first, single turns last."""
    ways = {
        way: {
            name: {
                "seconds_per_render": figures.seconds(way, name),
                "cpu_s_per_render": figures.cpu(way, name),
                "ratio_puppeteer": figures.ratio(way, name),
                "median_s": float(np.median(single)) if (single := figures.single(way, name)) else None,
                "p95_s": float(np.percentile(single, 95)) if single else None,
                "phases": figures.phases(way, name),
            }
            for name in SETS
        }
        | {"identical_fraction": figures.identical(family(way)), "workers": workers_of(way)}
        for way in figures.ways
    }
    return {
        **figures.headline(),
        "cores": conditions.cores,
        "load_before": round(conditions.load, 2),
        "cache_hits": 0,
        "machine": describe_machine(),
        "plan": {
            "ways": plan.ways,
            "programs": {
                block: [program.name for program in found] for block, found in plan.programs.items()
            },
            "copies": COPIES,
            "rounds": plan.rounds,
            "seed": plan.seed,
        },
        "not_measured": missing,
        "took_s": round(took_s, 1),
        "ways": ways,
        "turns": [asdict(turn) for turn in figures.turns],
    }


def _panels(plan: Plan) -> dict[str, str]:
    sizes = {name: sum(len(plan.programs[block]) for block in blocks) for name, blocks in SETS.items()}
    return {
        name: f"{sizes[name]} {words}"
        for name, words in {"light": "light programs", "mixed": "mixed programs", "six": "flowers"}.items()
    }


def _footer(plan: Plan, conditions: Conditions) -> str:
    rounds = f"median of {plan.rounds} rounds" if plan.rounds > 1 else "one round"
    return f"{conditions}, no GPU, caches off, {rounds}, random order. python benchmarks/render.py"


if __name__ == "__main__":
    main()
