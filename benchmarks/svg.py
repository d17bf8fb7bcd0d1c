"""How fast SVG documents are drawn, what a worker holds after ten thousand, and that hostile ones change nothing.

    python benchmarks/svg.py                 about five minutes on two quiet cores
    python benchmarks/svg.py --quick         under a minute
    python benchmarks/svg.py --json docs/svg.json

Speed: 100 icons of OpenMoji, 100 of Noto (both fetched from npm) and the drawings that ship, in rounds of random order,
warm, with one worker and with two, the cache off. Memory: one worker, replaced by no count, draws 10,000 different
documents. Hostility: each document of `tests/canvases/svg/hostile` beside a sibling, ten times on an idle machine and
ten times beside four busy loops.

renders_per_s            median over rounds, by set and number of workers
worker_mb                resident megabytes of the worker after each tenth of the documents
hostile_trials           documents times passes
hostile_faults           trials that did not end as expected, changed their sibling or were heard on loopback
hostile_identical        True if every document ended alike, with the same picture, in all passes
"""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import random
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median

import click
import psutil
from encoder_parts.icons import read_icons
from rich.console import Console
from rich.table import Table

from codepaint_env.canvases.svg import backend
from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.progress_bar import bar
from codepaint_env.render.backend import Job
from codepaint_env.render.confine.process_table import resident_mb
from codepaint_env.render.renderer import Renderer

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/support"))

from svg_arena import expected, svg_arena

MOST_MB = 300
LEAST_PER_S = 60


def drawings() -> list[str]:
    """Returns the drawings that ship."""
    return [path.read_text(encoding="utf-8") for path in sorted(SVG().drawings.glob("*.svg"))]


def speed(sets: dict[str, list[str]], rounds: int) -> dict[str, dict[str, float]]:
    """Returns renders a second by set, for one worker and two; the sets and workers take turns."""
    seconds: dict[tuple[str, int], list[float]] = {}
    renderers = {workers: Renderer(SVG(), workers=workers, cache=0) for workers in (1, 2)}
    turns = [(name, workers) for name in sets for workers in renderers]
    try:
        for workers, renderer in renderers.items():
            renderer.render([Job(text, 0) for text in sets["drawings"] * workers])  # every worker is warm
        for number in range(rounds):
            for name, workers in random.Random(number).sample(turns, len(turns)):
                jobs = [Job(text, number) for text in sets[name]]
                started = time.perf_counter()
                drawn = renderers[workers].render(jobs)
                seconds.setdefault((name, workers), []).append(time.perf_counter() - started)
                assert all(each.ok for each in drawn), [each.message for each in drawn if not each.ok]
    finally:
        for renderer in renderers.values():
            renderer.close()
    return {
        name: {str(workers): len(sets[name]) / median(seconds[name, workers]) for workers in renderers}
        for name in sets
    }


def memory(texts: list[str], count: int) -> list[float]:
    """Returns the megabytes of one worker after each tenth of so many different documents."""
    kept, backend.RENDERS = backend.RENDERS, 10 * count
    try:
        with closing(Renderer(SVG(), workers=1, cache=0)) as renderer:
            found = []
            for tenth in range(10):
                numbers = range(tenth * count // 10, (tenth + 1) * count // 10)
                renderer.render([Job(f"{texts[n % len(texts)]}<!-- {n} -->", 0) for n in numbers])
                found.append(max(resident_mb(worker.pid) for worker in _workers()))
            return found
    finally:
        backend.RENDERS = kept


def _workers() -> list[psutil.Process]:
    running = psutil.Process().children(recursive=True)
    return [each for each in running if any("svg.drawer" in word for word in each.cmdline())]


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """Keeps the cores busy."""
    processes = [multiprocessing.Process(target=_spin, daemon=True) for _ in range(loops)]
    for process in processes:
        process.start()
    try:
        yield
    finally:
        for process in processes:
            process.terminate()


def _spin() -> None:
    while True:
        pass


def hostility(passes: int) -> dict[str, object]:
    """Returns how many trials there were, what was wrong with which, and whether all ended alike."""
    wanted, seen, faults, trials = expected(), {}, [], 0
    with svg_arena() as arena, bar("Drawing hostile documents") as progress:
        for number in range(2 * passes):
            progress(number, 2 * passes)
            with busy(0 if number < passes else 4):
                for name in random.Random(number).sample(sorted(wanted), len(wanted)):
                    ended, wrong = arena.meet(name, wanted[name])
                    trials += 1
                    seen.setdefault(name, set()).add(ended)
                    faults += [f"{name} {each}" for each in wrong]
    return {
        "hostile_trials": trials,
        "hostile_documents": len(wanted),
        "hostile_faults": faults,
        "hostile_identical": all(len(each) == 1 for each in seen.values()),
    }


@click.command()
@click.option("--quick", is_flag=True, help="Fewer rounds, documents and passes.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Where the figures go.")
@tidy
def main(quick: bool, target: Path | None) -> None:
    """Times the drawing of SVG documents."""
    _, icons = read_icons(100)
    sets = {"openmoji": icons["openmoji"], "noto": icons["noto"], "drawings": drawings()}
    rates = speed(sets, 3 if quick else 15)
    grown = memory(sets["openmoji"] + sets["drawings"], 500 if quick else 10_000)
    hostile = hostility(1 if quick else 10)
    table = Table("documents", "1 worker", "2 workers", title="renders a second, warm")
    for name, each in rates.items():
        table.add_row(f"{len(sets[name])} {name}", *(f"{rate:.0f}" for rate in each.values()))
    Console().print(table)
    click.echo(
        f"a worker holds {grown[0]:.0f} MB after the first tenth and {grown[-1]:.0f} MB after the last"
    )
    click.echo(
        f"{hostile['hostile_trials']} hostile trials, {len(hostile['hostile_faults'])} not as expected"
    )
    figures = {
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "documents": {name: len(each) for name, each in sets.items()},
        "renders_per_s": rates,
        "worker_mb": grown,
        "memory_documents": 500 if quick else 10_000,
        **hostile,
    }
    if target is not None:
        target.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    if hostile["hostile_faults"] or not hostile["hostile_identical"] or max(grown) > MOST_MB:
        sys.exit("not as promised")


if __name__ == "__main__":
    main()
