"""Trains with three seeds, and again with permuted rewards, and says whether the held-out paintings got better.

python benchmarks/train_seeds.py                 three seeds and three controls: two hours on two cores
python benchmarks/train_seeds.py --seeds 1       one of each
python benchmarks/train_seeds.py --jobs 2        two trainings at once, each on half of the cores
python benchmarks/train_seeds.py -- --steps 20   with arguments of examples/grpo_paint.py

A run that was killed goes on where it stopped. A control starts from the warm start of its seed; its rewards are dealt
out anew inside each group, so that nothing can be learned from them. The unit is a held-out prompt with a seed, before
and after paired. Intervals are 95 %, by a bootstrap that draws prompts, each with all its seeds; beside them those of
one that draws the seeds as well.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from render_parts.lines import Panel, draw_lines

from codepaint_env.reports.progression import PROGRESSION
from codepaint_env.runs.curves import CURVES, WINDOW, read_curves, smoothed
from codepaint_env.runs.run import load_run

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples/grpo_paint.py"
WAYS = ("trained", "control")
DRAWS = 10_000


def train(folder: Path, seed: int, way: str, threads: int, more: Sequence[str]) -> None:
    """Trains once on so many threads, unless that is done."""
    if (folder / "result.json").exists():
        return
    words = ["--out", str(folder), "--seed", str(seed), *more]
    if way == "control":
        words += ["--permute", "--warm", str(folder.with_name(f"trained-{seed}") / "warm")]
    environment = os.environ | {"OMP_NUM_THREADS": str(threads)}
    subprocess.run([sys.executable, str(EXAMPLE), *words], check=True, env=environment)


def held_out(folder: Path, when: str, part: str | None = None) -> NDArray[np.float64]:
    """Returns the score of each held-out prompt, or one of its components; `(prompts,)`."""
    scores = load_run(folder / when).scores
    return np.array([score.value if part is None else score.components[part] for score in scores], float)


def interval(gains: NDArray[np.float64], *, seeds_too: bool) -> list[float]:
    """Returns the 95 % interval of the mean of `(seeds, prompts)` gains."""
    generator = np.random.default_rng(0)
    means = []
    for _ in range(DRAWS):
        drawn = gains[:, generator.integers(gains.shape[1], size=gains.shape[1])]
        if seeds_too:
            drawn = drawn[generator.integers(len(gains), size=len(gains))]
        means.append(drawn.mean())
    return [round(float(edge), 4) for edge in np.quantile(means, (0.025, 0.975))]


def figures(folders: Sequence[Path]) -> dict[str, Any]:
    """Returns what came of the runs of one way."""
    results = [json.loads((folder / "result.json").read_text(encoding="utf-8")) for folder in folders]
    gains = np.stack([held_out(folder, "after") - held_out(folder, "before") for folder in folders])
    parts = load_run(folders[0] / "before").scores[0].components
    return {
        "gain": round(float(gains.mean()), 4),
        "interval_95_prompts": interval(gains, seeds_too=False),
        "interval_95_prompts_and_seeds": interval(gains, seeds_too=True),
        "share_better": round(float((gains > 0).mean()), 4),
        "gain_by_component": {
            part: round(
                float(
                    np.mean(
                        [(held_out(f, "after", part) - held_out(f, "before", part)).mean() for f in folders]
                    )
                ),
                4,
            )
            for part in parts
        },
        "runs": results,
    }


def curve(folder: Path, name: str, steps: Sequence[int]) -> list[float]:
    """Returns a logged figure at each step, smoothed; what was not logged is 0."""
    logged = read_curves(folder / CURVES)
    return smoothed([logged.get(step, {}).get(name, 0.0) for step in steps])


def plot(runs: dict[str, list[Path]], steps: Sequence[int]) -> str:
    """Returns the SVG of reward and valid rate over training steps."""
    names = {
        "reward": "Reward",
        "valid_rate": "Programs that paint",
        "quality_given_valid": "Reward of those",
    }
    panels = [
        Panel(
            f"{heading}, {way}",
            "",
            {
                f"seed {seed}": curve(folder / "progress", name, steps)
                for seed, folder in enumerate(runs[way])
            },
        )
        for name, heading in names.items()
        for way in WAYS
    ]
    return draw_lines(f"Training, moving mean of {WINDOW} steps", steps, "steps", panels)


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--seeds", default=3, show_default=True, help="Trainings of each kind.")
@click.option("--jobs", default=1, show_default=True, help="Trainings at once.")
@click.option("--runs", type=click.Path(path_type=Path), default=ROOT / "runs/seeds", help="Holds the runs.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=ROOT / "docs/training", help="Takes the result."
)
@click.argument("more", nargs=-1)
def main(seeds: int, jobs: int, runs: Path, out: Path, more: tuple[str, ...]) -> None:
    """Trains whatever is not trained yet, and writes figures, plot and page; MORE goes to examples/grpo_paint.py."""
    folders = {way: [runs / f"{way}-{seed}" for seed in range(seeds)] for way in WAYS}
    threads = max(1, (os.cpu_count() or 1) // jobs)
    for way in WAYS:  # a control needs the warm start of its seed
        with ThreadPoolExecutor(jobs) as pool:
            done = [
                pool.submit(train, folder, seed, way, threads, more)
                for seed, folder in enumerate(folders[way])
            ]
        for each in done:
            each.result()
    told = {way: figures(folders[way]) for way in WAYS}
    out.mkdir(parents=True, exist_ok=True)
    (out / "seeds.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    steps = list(read_curves(folders["trained"][0] / "progress" / CURVES))
    (out / "seeds.svg").write_text(plot(folders, steps), encoding="utf-8")
    shutil.copy(folders["trained"][0] / "progress" / PROGRESSION, out / PROGRESSION)
    for way, each in told.items():
        low, high = each["interval_95_prompts"]
        click.echo(f"{way:<8} gain {each['gain']:+.3f} (95 % of {low:+.3f} to {high:+.3f})")
        for part, gain in each["gain_by_component"].items():
            click.echo(f"         {part:<20} {gain:+.3f}")
    click.echo(f"Figures, plot and page are in {out}")
    if not (told["trained"]["interval_95_prompts"][0] > 0 >= told["control"]["interval_95_prompts"][0]):
        sys.exit(1)


if __name__ == "__main__":
    main()
