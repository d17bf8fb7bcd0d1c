"""What each reward teaches: four rewards and a control, three seeds each, judged by all the others and by a test that
nothing was trained on.

    make train-long                                            about ten hours of two cores; goes on where it stopped
    .venv-models/bin/python benchmarks/train_long.py --minutes 90      as many trainings as fit, then figures
    .venv-models/bin/python benchmarks/train_long.py --only mix --seeds 1      one training
    .venv-models/bin/python benchmarks/train_long.py --figures         figures of what is kept, nothing is trained
    .venv-models/bin/python benchmarks/train_long.py -- --steps 10     with arguments of examples/grpo_paint.py

mix        gated(0.5*subject + 0.3*taste + 0.2*coverage, gate=renders), what `make train` takes
subject    subject(file='garden') alone
taste      taste alone
colour     colour, place and coverage, which see no subject
control    the mix, whose rewards are dealt out anew inside each group, so that nothing can be learned from them

All trainings of a seed begin at one warm start and differ in the reward alone. Runs lie in codepaint's data folder,
outside the checkout (`--runs` chooses another), one training at a time (it takes 11 GB). Of each, programs before and
after and the curves are kept in docs/training/runs, from which all figures are made anew: the pictures are drawn
again, and are the same.

long.json   docs/training: what came of each reward, with intervals over prompts, and over prompts and seeds
long.svg    docs/training: the curves
matrix.svg  docs/training: what each reward's training did to all others, a row a reward
long.webp   docs/training: the same prompts, a row a reward
gallery.html   docs/training: prompts before and after one training on the mix, with programs and what judges say
"""

from __future__ import annotations

import json
import lzma
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from render_parts.lines import Panel, draw_lines
from trainer_parts.gallery import write_gallery
from trainer_parts.matrix import draw_matrix

from codepaint_env.render.browser.assets import home
from codepaint_env.runs.curves import CURVES, WINDOW, read_curves, smoothed
from codepaint_env.runs.run import load_run

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples/grpo_paint.py"
OUT = ROOT / "docs/training"
WAYS = {
    "mix": [],
    "subject": ["--reward", "subject(file='garden')"],
    "colour": ["--reward", "grpo_paint:COLOUR_AND_PLACE"],
    "taste": ["--reward", "taste"],
    "control": ["--permute"],
}
LONGER = ["--held-out", "64", "--steps", "24", "--save-every", "10", "--samples", "4"]
DRAWS = 10_000
SHOWN = 8  # prompts of the picture


def train(folder: Path, seed: int, way: str, more: Sequence[str]) -> None:
    """Trains once, or goes on with it; all ways of a seed begin at the warm start of the first."""
    words = ["--out", str(folder), "--seed", str(seed), *LONGER, *WAYS[way], *more]
    if way != "mix":
        words += ["--warm", str(folder.with_name(f"mix-{seed}") / "warm")]
    subprocess.run([sys.executable, str(EXAMPLE), *words], check=True)


def keep(folder: Path, kept: Path) -> None:
    """Keeps what a training wrote, before and after, and its curves."""
    told: dict[str, Any] = {
        when: [
            {"prompt": each.sample.task.prompt, "completion": each.sample.completion}
            for each in load_run(folder / when).evaluated
        ]
        for when in ("before", "after")
    }
    told["curves"] = read_curves(folder / "progress" / CURVES)
    told["arguments"] = json.loads((folder / "arguments.json").read_text(encoding="utf-8"))
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(lzma.compress(json.dumps(told, ensure_ascii=False).encode(), preset=9))


def read(kept: Path) -> dict[str, Any]:
    """Returns what was kept of a training."""
    told: dict[str, Any] = json.loads(lzma.decompress(kept.read_bytes()))
    return told


def interval(gains: NDArray[np.float64], *, seeds_too: bool) -> list[float]:
    """Returns the 95 % interval of the mean of `(seeds, prompts)` gains, by a bootstrap that draws prompts."""
    generator = np.random.default_rng(0)
    means = []
    for _ in range(DRAWS):
        drawn = gains[:, generator.integers(gains.shape[1], size=gains.shape[1])]
        if seeds_too:
            drawn = drawn[generator.integers(len(gains), size=len(gains))]
        means.append(drawn.mean())
    return [round(float(edge), 4) for edge in np.quantile(means, (0.025, 0.975))]


def figures(judged: dict[str, dict[int, Any]]) -> dict[str, Any]:
    """Returns what came of each way, from what the judges said of each of its trainings."""
    told = {}
    for way, seeds in judged.items():
        parts: dict[str, Any] = {"seeds": list(seeds)}
        for name in next(iter(seeds.values()))["before"]["prompts"]:
            before, after = (
                np.array([each[when]["prompts"][name] for each in seeds.values()], float)
                for when in ("before", "after")
            )
            gains = after - before
            parts[name] = {
                "before": round(float(before.mean()), 4),
                "after": round(float(after.mean()), 4),
                "gain": round(float(gains.mean()), 4),
                "prompts_95": interval(gains, seeds_too=False),
                "prompts_and_seeds_95": interval(gains, seeds_too=True),
                "each_seed": [round(float(each), 4) for each in gains.mean(axis=1)],
            }
        for name in ("diversity", "diversity_of_a_prompt"):
            ends = [[each[when][name] for each in seeds.values()] for when in ("before", "after")]
            parts[name] = dict(zip(("before", "after"), ends, strict=True))
        told[way] = parts
    return told


def judge(kept: dict[str, dict[int, Path]]) -> tuple[dict[str, dict[int, Any]], dict[Any, list[Any]]]:
    """Draws what was kept again, and returns what all judges say of it, and the pictures by way, seed and time."""
    from trainer_parts.judging import Judges, diversity

    from codepaint_env import canvases
    from codepaint_env.evaluate import Evaluator
    from codepaint_env.render.renderer import Renderer
    from codepaint_env.tasks import load_tasks

    sys.path.insert(0, str(EXAMPLE.parent))
    import grpo_paint
    from garden_studies import subject_of

    specs = {"mix": grpo_paint.REWARD, "colour": grpo_paint.COLOUR_AND_PLACE}
    specs |= {way: WAYS[way][1] for way in ("subject", "taste")}
    judges, said, pictures = Judges(specs), {}, {}
    canvas = canvases.get(grpo_paint.CANVAS)
    renderer = Renderer(canvas)
    evaluator = Evaluator(canvas, judges.rewards["colour"], renderer, probe=False)
    try:
        for way, seeds in kept.items():
            said[way] = {}
            for seed, path in seeds.items():
                click.echo(f"Judging {way}-{seed}", err=True)
                told, said[way][seed] = read(path), {}
                for when in ("before", "after"):
                    words = [each["completion"] for each in told[when]]
                    asked = [each["prompt"] for each in told[when]]
                    tasks = [load_tasks([prompt], "p5brush")[0] for prompt in asked]
                    painted = evaluator.evaluate(words, tasks)
                    verdicts, count = judges.verdicts(painted), len(dict.fromkeys(asked))
                    first, known = verdicts[:count], []
                    for place, prompt in enumerate(asked[:count]):
                        if subject_of(prompt) in grpo_paint.TAUGHT:
                            known.append(place)
                    parts = {
                        "named": [float(each.right) for each in first],
                        "renders": [float(each.ok) for each in first],
                        "discs": [float(each.disc) for each in first],
                        **{name: each[:count] for name, each in judges.values(painted).items()},
                    }
                    groups = [
                        [verdicts[place] for place, each in enumerate(asked) if each == prompt]
                        for prompt in dict.fromkeys(asked[count:])
                    ]
                    inner = [found for group in groups if (found := diversity(group)) is not None]
                    said[way][seed][when] = {
                        "prompts": parts,
                        "diversity": diversity(first),
                        "diversity_of_a_prompt": float(np.mean(inner)) if inner else None,
                        "known": known,
                        "seen": [each.seen for each in first],
                        "painted": painted[:count],
                    }
                    pictures[way, seed, when] = [
                        (prompt, each.sample.rendering.image)
                        for prompt, each in zip(asked[:count], painted[:count], strict=True)
                    ]
    finally:
        renderer.close()
    return said, pictures


def draw_rows(pictures: dict[Any, list[Any]], ways: Sequence[str], seed: int, to: Path) -> None:
    """Draws the same prompts, a row a reward, the first row before any training."""
    side, gap, left, top = 168, 6, 84, 40
    rows = [("warm start", (ways[0], seed, "before")), *((way, (way, seed, "after")) for way in ways)]
    sheet = Image.new("RGB", (left + SHOWN * (side + gap), top + len(rows) * (side + gap)), "white")
    draw, font, small = ImageDraw.Draw(sheet), ImageFont.load_default(14), ImageFont.load_default(11)
    for row, (name, key) in enumerate(rows):
        y = top + row * (side + gap)
        draw.text((0, y + side // 2), name, fill="#24292f", font=font, anchor="lm")
        for column, (prompt, image) in enumerate(pictures[key][:SHOWN]):
            x = left + column * (side + gap)
            if not row:
                place = " at the " if " at the " in prompt else " in the "
                head = prompt.partition(place)[0]
                draw.text((x, 4), head, fill="#24292f", font=small)
                draw.text((x, 20), (prompt[len(head) :]).strip(), fill="#57606a", font=small)
            if image is None:
                draw.rectangle((x, y, x + side, y + side), outline="#d0d7de")
                draw.text(
                    (x + side // 2, y + side // 2), "no picture", fill="#57606a", font=small, anchor="mm"
                )
            else:
                sheet.paste(Image.fromarray(image).resize((side, side), Image.Resampling.LANCZOS), (x, y))
    sheet.save(to, quality=82, method=6)


def plot(kept: dict[str, dict[int, Path]]) -> str:
    """Returns the SVG of reward and painting programs over the steps, a panel a way, a line a seed."""
    panels = []
    steps: list[int] = []
    for name, heading in (("reward", "reward"), ("valid_rate", "programs that paint")):
        for way, seeds in kept.items():
            lines = {}
            for seed, path in seeds.items():
                logged = {int(step): values for step, values in read(path)["curves"].items()}
                steps = sorted(logged)
                lines[f"seed {seed}"] = smoothed([logged[step].get(name, 0.0) for step in steps])
            panels.append(Panel(f"{way}: {heading}", "", lines))
    return draw_lines(f"Training, moving mean of {WINDOW} steps", steps, "steps", panels)


@click.command(
    context_settings={"ignore_unknown_options": True},
    help=__doc__.replace("\n\n", "\n\n\b\n") if __doc__ else None,
)
@click.option("--seeds", default=3, show_default=True, help="Trainings of each way.")
@click.option("--only", type=click.Choice(list(WAYS)), multiple=True, help="Train these ways only.")
@click.option("--minutes", type=float, help="Begin no training after so many.")
@click.option("--figures", "only_figures", is_flag=True, help="Train nothing.")
@click.option("--runs", type=click.Path(path_type=Path), help="Folder of the runs.")
@click.argument("more", nargs=-1)
def main(
    seeds: int,
    only: tuple[str, ...],
    minutes: float | None,
    only_figures: bool,
    runs: Path | None,
    more: tuple[str, ...],
) -> None:
    """Trains whatever is not kept yet, a seed at a time, and writes figures, curves and picture."""
    begun, kept, runs = time.monotonic(), OUT / "runs", runs or home() / "train-long"
    for seed in range(seeds):
        for way in only or WAYS:
            late = minutes is not None and time.monotonic() - begun > 60 * minutes
            if only_figures or late or (kept / f"{way}-{seed}.json.xz").is_file():
                continue
            train(runs / f"{way}-{seed}", seed, way, more)
            keep(runs / f"{way}-{seed}", kept / f"{way}-{seed}.json.xz")
    found = {
        way: {seed: path for seed in range(seeds) if (path := kept / f"{way}-{seed}.json.xz").is_file()}
        for way in WAYS
    }
    found = {way: each for way, each in found.items() if each}
    if not found:
        raise click.ClickException("Nothing is trained yet; leave --figures out.")
    said, pictures = judge(found)
    told = figures(said)
    (OUT / "long.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    (OUT / "long.svg").write_text(plot(found), encoding="utf-8")
    (OUT / "matrix.svg").write_text(draw_matrix(told), encoding="utf-8")
    shared = min(seed for seed in next(iter(found.values())))
    draw_rows(pictures, [way for way in found if shared in found[way]], shared, OUT / "long.webp")
    if "mix" in found:
        gains = dict(zip(told["mix"]["seeds"], told["mix"]["named"]["each_seed"], strict=True))
        middle = sorted(gains, key=lambda seed: gains[seed])[len(gains) // 2]
        write_gallery(read(found["mix"][middle]), said["mix"][middle], OUT / "gallery.html")
    for way, parts in told.items():
        named = parts["named"]
        low, high = named["prompts_and_seeds_95"]
        click.echo(
            f"{way:<8} {len(parts['seeds'])} seeds: named rightly {named['before']:.2f} to {named['after']:.2f}, "
            f"{named['gain']:+.2f} ({low:+.2f} to {high:+.2f}); discs {parts['discs']['after']:.2f}"
        )
    click.echo(f"Figures, curves and picture are in {OUT}")


if __name__ == "__main__":
    main()
