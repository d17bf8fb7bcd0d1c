"""What a render by a Ray actor costs beside one by a local fleet.

    python benchmarks/ray_cluster.py                     a few minutes
    python benchmarks/ray_cluster.py --quick             under a minute
    python benchmarks/ray_cluster.py --json out.json
    python benchmarks/ray_cluster.py --address auto      on a cluster that runs, in place of one of this machine

Both places draw the same programs with as many workers and without a cache, which is asserted, and take turns in random
order. The pictures are compared: they must be the same. One at a time, a render's cost is its seconds by Ray less its
seconds here in the same round. In batches, all workers draw.

overhead_ms          what a render by Ray takes more, one at a time: the median, by canvas
overhead_share       the same as a share of the local render
way_ms               of it the way there and back; the rest is packing, and what the machine does besides
renders_per_s        in batches, by canvas and place: the median
rate_ratio           Ray's renders a second as a multiple of the local fleet's, by canvas: the median over rounds
identical            True if all pictures and identities were the same
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from codepaint_env import canvases
from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.progress_bar import bar
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from rewards.types import Rendering

PROGRAMS = Path(__file__).parent / "programs/medium"
PLACES = ("local", "ray")
SEEDS = 3  # of each program in a batch: few jobs leave workers idle at its end
PAUSE_S = 0.1  # in which a place gets ready for the next program, so that the other does not pay for it


@dataclass(frozen=True, slots=True)
class Turn:
    """One round of one canvas.

    Attributes:
        single_s: Seconds of each program drawn alone, by place.
        batch_s: Seconds of all of them at once, by place.
        way_s: Of each program drawn alone by Ray, what the way there and back took.
    """

    single_s: dict[str, list[float]]
    batch_s: dict[str, float]
    way_s: list[float]


def programs(canvas: str) -> list[str]:
    """Returns the programs of a canvas that are drawn."""
    if canvas == "svg":
        return [path.read_text(encoding="utf-8") for path in sorted(SVG().drawings.glob("*.svg"))]
    return [path.read_text(encoding="utf-8") for path in sorted(PROGRAMS.glob("*.js"))]


def told(renderings: Sequence[Rendering]) -> list[tuple[str, bytes]]:
    """Returns identities and pixels; fails where a picture is missing."""
    assert all(each.ok for each in renderings), [each.message for each in renderings if not each.ok]
    return [(each.identity, each.image.tobytes()) for each in renderings if each.image is not None]


def measure(canvas: str, renderers: dict[str, Renderer], rounds: int, order: random.Random) -> list[Turn]:
    """Draws in rounds, of which the first is not counted; fails if a picture differs."""
    texts = programs(canvas)
    turns = []
    with bar(f"Drawing {canvas}") as show:
        for number in range(rounds + 1):
            show(number, rounds + 1)
            jobs = [Job(text, SEEDS * number) for text in texts]
            single: dict[str, list[float]] = {place: [] for place in PLACES}
            way_s = []
            for job in jobs:
                drawn = {}
                for place in order.sample(PLACES, 2):
                    time.sleep(PAUSE_S)
                    started = time.perf_counter()
                    [rendering] = renderers[place].render([job])
                    single[place].append(time.perf_counter() - started)
                    drawn[place] = told([rendering])
                assert drawn["ray"] == drawn["local"], "a picture differs"
                way_s.append(renderers["ray"].timings[rendering.identity]["ray"])
            jobs = [Job(text, SEEDS * number + seed) for seed in range(SEEDS) for text in texts]
            batch = {}
            for place in order.sample(PLACES, 2):
                time.sleep(PAUSE_S)
                started = time.perf_counter()
                drawn[place] = told(renderers[place].render(jobs))
                batch[place] = time.perf_counter() - started
            assert drawn["ray"] == drawn["local"], "a picture differs"
            if number:
                turns.append(Turn(single, batch, way_s))
    for renderer in renderers.values():
        assert renderer.counters()["cache_hits"] == 0, "renderings came from a cache"
    return turns


def headline(turns: Sequence[Turn], programs: int) -> dict[str, Any]:
    """Returns the figures of a canvas that are quoted."""
    pairs = [pair for turn in turns for pair in zip(*(turn.single_s[place] for place in PLACES), strict=True)]
    return {
        "local_ms": 1000 * median(local for local, _ in pairs),
        "overhead_ms": 1000 * median(far - local for local, far in pairs),
        "overhead_share": median((far - local) / local for local, far in pairs),
        "way_ms": 1000 * median(seconds for turn in turns for seconds in turn.way_s),
        "renders_per_s": {
            place: programs / median(turn.batch_s[place] for turn in turns) for place in PLACES
        },
        "rate_ratio": median(turn.batch_s["local"] / turn.batch_s["ray"] for turn in turns),
    }


@click.command(help=__doc__.replace("\n\n    ", "\n\n\b\n    ") if __doc__ else None)
@click.option("--quick", is_flag=True, help="Two rounds: checks that it works.")
@click.option("--rounds", type=click.IntRange(1), help="How often everything is drawn; default: 15.")
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True, help="Of each place.")
@click.option("--address", default="local", show_default=True, help="Of a Ray cluster; local starts one.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Where the figures go.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the random order.")
@tidy
def main(quick: bool, rounds: int | None, workers: int, address: str, target: Path | None, seed: int) -> None:
    """Measures and prints."""
    import ray

    rounds, order, load = rounds or (2 if quick else 15), random.Random(seed), os.getloadavg()[0]
    if load > 1:
        click.echo(f"The load average is {load:.1f}: others work here, figures wander.", err=True)
    found = {}
    for canvas in ("svg", "p5brush"):
        place = canvases.get(canvas)
        options = {"address": address}
        renderers = {
            "local": Renderer(place, backend="local", workers=workers, cache=0),
            "ray": Renderer(place, backend="ray", workers=workers, cache=0, options=options),
        }
        try:
            for renderer in renderers.values():
                renderer.describe()
            turns = measure(canvas, renderers, rounds, order)
        finally:
            for renderer in renderers.values():
                renderer.close()
        found[canvas] = headline(turns, SEEDS * len(programs(canvas)))
    table = Table(title=f"A render by Ray beside a local one, {workers} workers", title_justify="left")
    for name in ("canvas", "local ms", "more by Ray, ms", "share", "local/s", "Ray/s", "ratio"):
        table.add_column(name, justify="left" if name == "canvas" else "right")
    for canvas, each in found.items():
        rates = each["renders_per_s"]
        table.add_row(
            canvas,
            f"{each['local_ms']:.0f}",
            f"{each['overhead_ms']:.1f}",
            f"{each['overhead_share']:.1%}",
            *(f"{rates[name]:.1f}" for name in PLACES),
            f"{each['rate_ratio']:.2f}",
        )
    Console(width=None if Console().is_terminal else 110).print(table)
    if target is not None:
        figures = {
            "cores": os.cpu_count(),
            "load_average": [load, os.getloadavg()[0]],
            "ray": ray.__version__,
            "plan": {"rounds": rounds, "workers": workers, "address": address, "seed": seed},
            **{
                name: {canvas: each[name] for canvas, each in found.items()}
                for name in next(iter(found.values()))
            },
            "identical": True,
        }
        target.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
