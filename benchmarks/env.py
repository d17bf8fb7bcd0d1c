"""What the environment costs beside the drawing, and how a batch scales.

    python benchmarks/env.py                 about three minutes
    python benchmarks/env.py --quick         under a minute
    python benchmarks/env.py --json out.json

Every step paints one of benchmarks/programs/medium for a task that was never asked before, so nothing comes from a
cache: that is asserted. Ways take turns in random order.

A step is judging (the reward), drawing (what the worker process says it spent on the program: its isolate, recording,
geometry, raster) and overhead: all the rest, such as finding the program, hashing, pipes, threads, laying the picture
on paper and keeping it. The pause between two steps stands for the policy: in it the next isolates are started and, in
the cached way, the picture is written. In the second part steps follow without a pause, so that isolates are paid for.

step_overhead          overhead of a step as a share of its drawing, without a cache: the median
step_overhead_cached   the same with the cache as users have it, in memory and on disk
vec_4_ratio            episodes a second of 4 environments on 2 workers, as a multiple of one environment's
reset_ms               one reset
"""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import click
import gymnasium as gym
from rich.console import Console
from rich.table import Table

import codepaint_env  # noqa: F401 (registers the environments)
import rewards
from codepaint_env import canvases
from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.progress_bar import bar
from codepaint_env.render.renderer import Renderer
from codepaint_env.render.shared_renderer import shared_renderer
from rewards.types import Reward, Sample, Score

ID = "codepaint/P5Brush-v0"
PROGRAMS = Path(__file__).parent / "programs/medium"
WAYS = ("plain", "cached")
BATCH = 4
BATCHES = 3  # in a round
PAUSE_S = 0.05


class Timed:
    """A reward that remembers how long its last call took."""

    def __init__(self, judge: Reward) -> None:
        self.name, self.needs, self.traits, self.version = (
            judge.name,
            judge.needs,
            judge.traits,
            judge.version,
        )
        self.seconds = 0.0
        self._judge = judge

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        started = time.perf_counter()
        scores = list(self._judge(samples))
        self.seconds = time.perf_counter() - started
        return scores


@dataclass(frozen=True, slots=True)
class Step:
    """Seconds of one step.

    Attributes:
        way: `plain` or `cached`.
        program: What was painted.
        step: All of it.
        judging: The reward.
        phases: What the worker process spent on the program.
    """

    way: str
    program: str
    step: float
    judging: float
    phases: Mapping[str, float]

    @property
    def drawing(self) -> float:
        """Seconds that the worker process spent on the program."""
        return sum(seconds for phase, seconds in self.phases.items() if phase != "queue")

    @property
    def overhead(self) -> float:
        """Seconds that are neither drawing nor judging."""
        return self.step - self.drawing - self.judging


class Single:
    """One environment with one worker, whose steps are taken apart.

    Args:
        way: Its name.
        options: Of its renderer.
    """

    def __init__(self, way: str, options: Mapping[str, object]) -> None:
        self.way = way
        self._judge = Timed(rewards.make(canvases.get("p5brush").default_reward))
        self._env = gym.make(ID, reward=self._judge, renderer=options)
        self._renderer = shared_renderer(canvases.get("p5brush"), dict(options))

    def reset(self, prompt: str) -> float:
        """Begins an episode; returns its seconds."""
        started = time.perf_counter()
        self._env.reset(options={"prompt": prompt})
        return time.perf_counter() - started

    def step(self, name: str, program: str) -> Step:
        """Paints a program."""
        started = time.perf_counter()
        info = self._env.step(f"```js\n{program}\n```")[4]
        seconds = time.perf_counter() - started
        assert info["status"] == "ok", f"{name}: {info['error/message']}"
        phases = self._renderer.timings[next(reversed(self._renderer.timings))]
        return Step(self.way, name, seconds, self._judge.seconds, phases)

    def close(self) -> None:
        """Ends it."""
        assert_drawn(self._renderer)
        self._env.close()


def assert_drawn(renderer: Renderer) -> None:
    """Fails if anything came from a cache."""
    hits = renderer.counters()["cache_hits"]
    assert hits == 0, f"{hits} renderings came from a cache"


def measure_steps(
    programs: Mapping[str, str], rounds: int, order: random.Random
) -> tuple[list[Step], list[float]]:
    """Returns steps of both ways, and the seconds of resets; the first round is not counted."""
    steps: list[Step] = []
    resets: list[float] = []
    with tempfile.TemporaryDirectory(prefix="codepaint-benchmark-") as folder, bar("Steps") as show:
        ways = [
            Single("plain", {"workers": 1, "cache": 0}),
            Single("cached", {"workers": 1, "disk_cache": folder}),
        ]
        turns = [(way, name) for way in ways for name in programs]
        for number in range(rounds + 1):
            show(number, rounds + 1)
            order.shuffle(turns)
            for way, name in turns:
                reset_s = way.reset(f"{name}, study {number}")
                time.sleep(PAUSE_S)
                step = way.step(name, programs[name])
                if number:
                    resets.append(reset_s)
                    steps.append(step)
        for way in ways:
            way.close()
    return steps, resets


def measure_batches(
    programs: Mapping[str, str], rounds: int, order: random.Random
) -> list[tuple[float, float]]:
    """Returns episodes a second of one environment and of four, by round; the first round is not counted.

    Both paint the same programs, each once a batch and in a new order; the batches of a round follow without a pause.
    """
    tasks = [f"study {number}" for number in range(BATCH)]
    assert len(programs) == BATCH, "the same program twice in a batch could be drawn once"
    options: list[dict[str, object]] = [{"workers": 1, "cache": 0}, {"workers": 2, "cache": 0}]
    one = gym.make(ID, tasks=tasks, renderer=options[0])
    four: Any = gym.make_vec(ID, num_envs=BATCH, tasks=tasks, renderer=options[1], autoreset_mode="SameStep")
    four.reset(seed=1)

    def one_by_one(batch: Sequence[str]) -> None:
        for program in batch:
            one.reset()
            assert one.step(program)[4]["status"] == "ok"

    def together(batch: Sequence[str]) -> None:
        final = four.step(batch)[4]["final_info"]
        assert all(status == "ok" for status in final["status"])

    found: list[tuple[float, float]] = []
    with bar("Batches") as show:
        for number in range(rounds + 1):
            show(number, rounds + 1)
            spent = {one_by_one: 0.0, together: 0.0}
            batches = [order.sample(list(programs.values()), BATCH) for _ in range(BATCHES)]
            for way in order.sample(list(spent), 2):
                time.sleep(
                    PAUSE_S
                )  # the isolates that the other way is still starting are not this one's cost
                started = time.perf_counter()
                for batch in batches:
                    way(batch)
                spent[way] = time.perf_counter() - started
            if number:
                painted = BATCH * BATCHES
                found.append((painted / spent[one_by_one], painted / spent[together]))
    for each in options:
        assert_drawn(shared_renderer(canvases.get("p5brush"), each))
    one.close()
    four.close()
    return found


def headline(
    steps: Sequence[Step], resets: Sequence[float], batches: Sequence[tuple[float, float]]
) -> dict[str, float]:
    """Returns the figures that are quoted, under names that stay."""

    def share(way: str) -> float:
        return median(step.overhead / step.drawing for step in steps if step.way == way)

    return {
        "step_overhead": share("plain"),
        "step_overhead_cached": share("cached"),
        "vec_4_ratio": median(four / one for one, four in batches),
        "reset_ms": 1000 * median(resets),
    }


def tables(steps: Sequence[Step], batches: Sequence[tuple[float, float]]) -> list[Table]:
    """Lays the figures out for people."""
    parts = Table(title="One step, medians in ms", title_justify="left")
    parts.add_column("program")
    parts.add_column("cache")
    for name in ("step", "drawing", "judging", "overhead", "share"):
        parts.add_column(name, justify="right")
    programs = sorted({step.program for step in steps})
    for name in [*programs, "all"]:
        for way in WAYS:
            of = [step for step in steps if step.way == way and name in (step.program, "all")]
            seconds = [
                median(part)
                for part in zip(*((s.step, s.drawing, s.judging, s.overhead) for s in of), strict=True)
            ]
            share = median(step.overhead / step.drawing for step in of)
            told = [f"{1000 * each:.1f}" for each in seconds]
            parts.add_row(name, "off" if way == "plain" else "on", *told, f"{share:.1%}")
    speed = Table(title="Episodes a second, medians", title_justify="left")
    speed.add_column("environments")
    speed.add_column("workers", justify="right")
    speed.add_column("episodes/s", justify="right")
    for count, workers, rates in zip((1, BATCH), (1, 2), zip(*batches, strict=True), strict=True):
        speed.add_row(str(count), str(workers), f"{median(rates):.2f}")
    return [parts, speed]


@click.command(help=__doc__.replace("\n\n    ", "\n\n\b\n    ") if __doc__ else None)
@click.option("--quick", is_flag=True, help="Two rounds: checks that it works.")
@click.option("--rounds", type=click.IntRange(1), help="How often everything is painted; default: 15.")
@click.option("--json", "to_json", type=click.Path(path_type=Path), help="Where all figures go.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the random order.")
@tidy
def main(quick: bool, rounds: int | None, to_json: Path | None, seed: int) -> None:
    """Measures and prints."""
    rounds = rounds or (2 if quick else 15)
    order = random.Random(seed)
    load = os.getloadavg()[0]
    if load > 1:
        click.echo(f"The load average is {load:.1f}: others work here, figures wander.", err=True)
    programs = {path.stem: path.read_text(encoding="utf-8") for path in sorted(PROGRAMS.glob("*.js"))}
    steps, resets = measure_steps(programs, rounds, order)
    batches = measure_batches(programs, rounds, order)
    figures = headline(steps, resets, batches)
    console = Console(width=None if Console().is_terminal else 110)
    for table in tables(steps, batches):
        console.print(table)
    for name, value in figures.items():
        click.echo(f"{name:<24}{value:.3g}")
    if to_json is not None:
        told = {
            **figures,
            "plan": {"rounds": rounds, "seed": seed, "programs": list(programs), "pause_s": PAUSE_S},
            "load_average": [load, os.getloadavg()[0]],
            "steps": [asdict(step) | {"drawing": step.drawing, "overhead": step.overhead} for step in steps],
            "episodes_per_second": [{"one": one, "four": four} for one, four in batches],
        }
        to_json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
