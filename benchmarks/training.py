"""How many CPU cores keep rendering and rewards out of a training's way.

    .venv-models/bin/python benchmarks/training.py                  what is installed, about two minutes
    .venv-models/bin/python benchmarks/training.py --quick          few samples, under a minute
    .venv-models/bin/python benchmarks/training.py --json FILE

Every figure is CPU seconds of this process and of all that it starts, so that other work on the machine changes it
little. A GPU step of 60 s with 64 samples leaves rendering or a reward 12 s, a fifth: a part that takes c CPU seconds a
sample needs 64 c / 12 cores. Rendering is given for five kinds of programs, each new: studies that the warm start of
examples/grpo_paint.py reads, those of benchmarks/programs/light and medium, the six large paintings of heavy_six, and
every third study of the reference pool, which are the largest.
`perceptual` runs on the CPU here; pairwise asks a judge elsewhere, so that what counts is the client's own work.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import click
import numpy as np
from judge import serving
from render_parts.cpu import ProcessTree
from rich.console import Console
from rich.table import Table

import rewards
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.cli.progress_bar import step
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from rewards.pictures import shipped
from rewards.pool import pool_folder
from rewards.types import Rendering, Reward, Sample, Task

ROOT = Path(__file__).resolve().parents[1]
SAMPLES, STEP_S, SHARE = 64, 60.0, 0.2
WARM = "studies of the warm start"


def sketches() -> dict[str, list[str]]:
    """Returns programs by kind."""
    sys.path.insert(0, str(ROOT / "examples"))
    from garden_studies import BODIES, studies

    found = {WARM: [study.program(1) for study in studies(tuple(BODIES), 0)[:60]]}
    for kind in ("light", "medium", "heavy_six"):
        paths = sorted((ROOT / "benchmarks/programs" / kind).glob("*.js"))
        found[kind] = [path.read_text(encoding="utf-8") for path in paths]
    studies = sorted((pool_folder() / "studies").glob("*.js"))[::3]
    return found | {"studies of the pool": [path.read_text(encoding="utf-8") for path in studies]}


def judged(count: int) -> list[Sample]:
    """Returns samples to score: the paintings that ship, each time moved by a few pixels, so that none is known."""
    task, paintings = Task("a", "a teal fish at the left"), list(shipped().values())
    generator = np.random.default_rng()
    moved = (
        np.roll(paintings[i % len(paintings)], generator.integers(1, 512, 2), axis=(0, 1))
        for i in range(count)
    )
    evidence = frozenset({"image", "text"})
    return [
        Sample(task, "", f"// {i}", Rendering("ok", image=each, evidence=evidence), "a")
        for i, each in enumerate(moved)
    ]


def measure(tree: ProcessTree, work: Callable[[], int]) -> float:
    """Returns CPU seconds a sample of work that says how many samples it did."""
    before = tree.cpu_s()
    count = work()
    after = tree.cpu_s()
    assert before is not None
    assert after is not None
    return (after - before) / count


def render(renderer: Renderer, programs: Sequence[str], rounds: int) -> int:
    """Renders programs so often, each time with another seed, and returns how many pictures there were."""
    jobs = [Job(program, seed) for seed in range(rounds) for program in programs]
    drawn = renderer.render(jobs)
    assert all(each.ok for each in drawn), [each.message for each in drawn if not each.ok]
    return len(jobs)


def score(reward: Reward, samples: Sequence[Sample]) -> int:
    """Scores samples and returns how many scores there were."""
    assert all(each.value is not None for each in reward(samples))
    return len(samples)


@click.command(help=__doc__.replace("\n\n    ", "\n\n\b\n    ") if __doc__ else None)
@click.option("--quick", is_flag=True, help="Fewer samples.")
@click.option("--json", "to_json", type=click.Path(path_type=Path), help="Write the figures to a file.")
def main(quick: bool, to_json: Path | None) -> None:
    """Measures and prints."""
    tree = ProcessTree(frozenset())
    if tree.cpu_s() is None:
        raise click.ClickException("CPU seconds of other processes can be had on Linux only.")
    found: dict[str, float] = {}
    for kind, programs in sketches().items():
        prelude = "garden" if kind == WARM else None
        renderer = Renderer(P5Brush(prelude=prelude), workers=1, cache=0)
        try:
            rounds = 1 if quick or kind != "light" else 4
            with step(f"Rendering {kind}"):
                render(renderer, programs[:2], 1)
                found[f"render, {kind}"] = measure(
                    tree, lambda r=renderer, p=programs, n=rounds: render(r, p, n)
                )
        finally:
            renderer.close()
    count = 24 if quick else 192
    live: dict[str, Reward] = {name: rewards.make(name) for name in ("renders", "coverage")}
    if find_spec("trl"):
        sys.path.insert(0, str(ROOT / "examples"))
        import grpo_paint

        live |= {"palette (of the example)": grpo_paint.palette, "layout (of the example)": grpo_paint.layout}
    if find_spec("timm"):
        live["perceptual, on the CPU"] = rewards.make("perceptual", references="pool", k=4)
    for name, reward in live.items():
        with step(f"Scoring by {name}"):
            score(reward, judged(8))
            samples = judged(count)
            found[name] = measure(tree, lambda r=reward, s=samples: score(r, s))
    with serving() as address, tempfile.TemporaryDirectory() as folder, step("Scoring by pairwise"):
        judge = {
            "model": "loopback",
            "base_url": address,
            "api_key_env": None,
            "concurrency": 32,
            "cache": folder,
        }
        pairwise = rewards.make("pairwise", k=4, judge=judge)
        score(pairwise, judged(8))
        samples = judged(24)
        before = time.process_time()  # the judge's own process does not count
        score(pairwise, samples)
        found["pairwise, k=4, the client"] = (time.process_time() - before) / len(samples)
    table = Table(
        "", "CPU s a sample", "samples a second a core", f"cores for {SAMPLES} in {STEP_S * SHARE:g} s"
    )
    told = {}
    for name, cpu_s in found.items():
        cores = SAMPLES * cpu_s / (STEP_S * SHARE)
        told[name] = {
            "cpu_s": round(cpu_s, 5),
            "per_core_s": round(1 / max(cpu_s, 1e-6), 1),
            "cores": round(cores, 3),
        }
        table.add_row(name, f"{cpu_s:.4f}", f"{1 / max(cpu_s, 1e-6):,.1f}", f"{cores:.2f}")
    Console().print(table)
    if to_json is not None:
        to_json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
