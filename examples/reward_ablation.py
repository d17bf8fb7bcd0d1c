"""Which of three rewards should you train on? A study of custom rewards, from its file to an answer.

    pip install 'codepaint-env[study]'
    python examples/reward_ablation.py --out runs/ablation     about two minutes on two cores

It writes a study file, paints 60 of the pool's rated paintings, and scores them with three rewards. It also scores
twelve probes: pictures made to fool a reward, each with an honest one. It prints which reward orders the paintings as
they were rated, and which is fooled. `report.html` in the folder shows all, with pictures. A second call paints
nothing. `codepaint ablate STUDY.toml` does the same from the command line.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

import rewards
from codepaint_env.study.ablate import plan_study, run_study
from codepaint_env.study.figures.figures import Estimate, Figures
from rewards import Sample

STUDY = """name = "Three rewards on rated paintings"

[[samples]]
name = "rated"
pool = "shipped"
count = {count}

[rewards]
coverage = "coverage"
colourful = "reward_ablation:colourful"
quiet = "gated(0.5*coverage + 0.5*reward_ablation:quiet, gate=renders)"

[[truths]]
name = "ratings"
ratings = "rated"

[probes]
only = [{probes}]
"""

PROBES = (
    *("discs", "flat-wash", "noise", "frame", "gradient", "checkerboard"),
    *("saturated-lighthouse", "another-hue", "negative", "washed-out", "upside-down", "shuffled-patches"),
)


@rewards.reward(floor=False)
def colourful(sample: Sample) -> float:
    """The mean saturation: what a beginner would take for beauty, and what any policy finds at once."""
    return _saturation(sample)


@rewards.reward(floor=False)
def quiet(sample: Sample) -> float:
    """1 where the mean saturation is 0.25, falling to 0 at 0 and at 0.5: washes with some paper left."""
    return max(0.0, 1 - abs(_saturation(sample) - 0.25) / 0.25)


def _saturation(sample: Sample) -> float:
    image = sample.rendering.image
    assert image is not None  # the gate sees to it: of a reward of one sample, only pictures are asked about
    levels = image.astype(np.float64)
    most, least = levels.max(axis=2), levels.min(axis=2)
    return float(((most - least) / np.maximum(most, 1)).mean())


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """Prints how far each part of the study is, on one line."""

    def show(done: int, total: int) -> None:
        if total:
            end = "\n" if done >= total else ""
            print(f"\r{title}: {done} of {total}", end=end, file=sys.stderr, flush=True)

    yield show


def answer(figures: Figures) -> None:
    """Prints what a reader wants to know."""
    print(f"\n{'reward':<12}{'accuracy on ratings':<26}probes that fool it")
    for label, each in figures.rewards.items():
        agreement, fooled = each.truths["ratings"], each.hackability
        share = told(fooled.beaten) if fooled is not None else "not tried"
        print(f"{label:<12}{told(agreement.accuracy):<26}{share}")
    print()
    for pair in figures.pairs:
        compared = pair.truths["ratings"]
        verdict = f"{compared.better} is better" if compared.better else "not told apart"
        print(f"{pair.one} and {pair.other}: {verdict}. {compared.why}")


def told(estimate: Estimate) -> str:
    """Returns a figure with its interval by draws of pictures."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "unknown"
    return f"{estimate.value:.2f} ({estimate.low:.2f} to {estimate.high:.2f})"


def main() -> None:
    """Runs the study."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("runs/ablation"), help="folder for all of it")
    parser.add_argument("--count", type=int, default=60, help="paintings to take")
    parser.add_argument("--probes", type=int, default=len(PROBES), help=f"probes to take, 1 to {len(PROBES)}")
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parent))  # where reward_ablation:colourful is found
    asked.out.mkdir(parents=True, exist_ok=True)
    file = asked.out / "study.toml"
    probes = ", ".join(f'"{name}"' for name in PROBES[: asked.probes])
    file.write_text(STUDY.format(count=asked.count, probes=probes), encoding="utf-8")
    plan = plan_study(file, asked.out / "study")
    print(f"{plan.bill.pictures} pictures, {plan.bill.to_paint} of them to paint; no judge is asked.")
    done = run_study(plan, progress)
    answer(done.figures)
    print(f"\nWith all pictures: {done.report}")


if __name__ == "__main__":
    main()
