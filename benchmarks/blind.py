"""Before and after a training, looked at blind: which subject is this, and how good is it?

    .venv-models/bin/python benchmarks/blind.py sheets --seed 0 --seed 1    shuffled sheets, without names or order
    .venv-models/bin/python benchmarks/blind.py enter 1 "tulip 3, none 1, ..."    what was seen on sheet 1, row by row
    .venv-models/bin/python benchmarks/blind.py figures                     what came of it, with intervals

Of each seed the first 32 held-out prompts of taught subjects are taken, as `make train-long` kept them for `mix`. Who
looks names the subject (one of the twenty, or none) and rates by the rubric of the pool, 1 to 5. A program that painted
nothing is not shown: it is none, and 1. The order of the sheets follows from the programs alone.

blind.jsonl   docs/training: one line a program: its number, what was seen, the rating
blind.json    docs/training: before and after, gains, 95 % over prompts
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from train_long import EXAMPLE, OUT, interval, read

KEPT, FIGURES = OUT / "blind.jsonl", OUT / "blind.json"
SHEETS = OUT.parents[1] / "runs/blind"
PROMPTS, COLUMNS, ROWS, SIDE, HEAD = 32, 8, 4, 190, 18
NOTHING: dict[str, Any] = {"seen": "none", "rating": 1}


@dataclass(frozen=True, slots=True)
class Shown:
    """One program.

    Attributes:
        number: A hash of prompt and completion, by which its rating is kept.
        subject: What was asked.
    """

    number: str
    seed: int
    when: str
    subject: str
    prompt: str
    completion: str


def programs() -> list[Shown]:
    """Returns what is looked at, by seed, time and prompt."""
    sys.path.insert(0, str(EXAMPLE.parent))
    from garden_studies import TAUGHT, subject_of

    found = []
    for path in sorted((OUT / "runs").glob("mix-*.json.xz")):
        seed, told = int(path.name.split(".")[0].split("-")[1]), read(path)
        for when in ("before", "after"):
            first = {each["prompt"]: each["completion"] for each in reversed(told[when])}
            asked = list(dict.fromkeys(each["prompt"] for each in told[when]))
            for prompt in [each for each in asked if subject_of(each) in TAUGHT][:PROMPTS]:
                words = json.dumps([prompt, first[prompt], seed, when]).encode()
                number = hashlib.sha256(words).hexdigest()[:16]
                found.append(Shown(number, seed, when, subject_of(prompt), prompt, first[prompt]))
    return found


def paint(shown: list[Shown]) -> list[NDArray[np.uint8] | None]:
    """Returns the picture of each, or None."""
    import grpo_paint

    import rewards
    from codepaint_env import canvases
    from codepaint_env.evaluate import Evaluator
    from codepaint_env.render.renderer import Renderer
    from codepaint_env.tasks import load_tasks

    canvas = canvases.get(grpo_paint.CANVAS)
    renderer = Renderer(canvas)
    try:
        evaluator = Evaluator(canvas, rewards.make("renders"), renderer, probe=False)
        tasks = [load_tasks([each.prompt], "p5brush")[0] for each in shown]
        painted = evaluator.evaluate([each.completion for each in shown], tasks)
    finally:
        renderer.close()
    return [
        each.sample.rendering.image if each.sample.rendering and each.sample.rendering.ok else None
        for each in painted
    ]


@click.group()
def main() -> None:
    """Before and after a training, looked at blind."""


@main.command()
@click.option(
    "--seed", "seeds", type=int, multiple=True, required=True, help="Seeds whose programs are shown."
)
def sheets(seeds: tuple[int, ...]) -> None:
    """Draws shuffled sheets of what is not rated yet."""
    done = {json.loads(line)["number"] for line in KEPT.read_text().splitlines()} if KEPT.is_file() else set()
    shown = [each for each in programs() if each.seed in seeds and each.number not in done]
    shown.sort(key=lambda each: each.number)
    seen = [(each, image) for each, image in zip(shown, paint(shown), strict=True) if image is not None]
    SHEETS.mkdir(parents=True, exist_ok=True)
    font = ImageFont.load_default(13)
    for place in range(0, len(seen), COLUMNS * ROWS):
        page = seen[place : place + COLUMNS * ROWS]
        sheet = Image.new("RGB", (COLUMNS * SIDE, ROWS * (SIDE + HEAD)), "white")
        draw = ImageDraw.Draw(sheet)
        for at, (_, image) in enumerate(page):
            x, y = at % COLUMNS * SIDE, at // COLUMNS * (SIDE + HEAD)
            draw.text((x + 4, y + 2), str(at + 1), fill="#24292f", font=font)
            small = Image.fromarray(image).resize((SIDE - 6, SIDE - 6), Image.Resampling.LANCZOS)
            sheet.paste(small, (x, y + HEAD))
        number = place // (COLUMNS * ROWS) + 1
        sheet.save(SHEETS / f"{number}.png")
        order = [each.number for each, _ in page]
        (SHEETS / f"{number}.json").write_text(json.dumps(order), encoding="utf-8")
    click.echo(
        f"{len(seen)} paintings on sheets in {SHEETS}; {len(shown) - len(seen)} programs painted nothing"
    )


@main.command()
@click.argument("sheet", type=int)
@click.argument("answers")
def enter(sheet: int, answers: str) -> None:
    """Keeps what was seen on a sheet: `tulip 3, none 1`, one answer a painting."""
    sys.path.insert(0, str(EXAMPLE.parent))
    from garden_studies import BODIES

    order = json.loads((SHEETS / f"{sheet}.json").read_text(encoding="utf-8"))
    said = [each.strip().rsplit(" ", 1) for each in answers.split(",")]
    if len(said) != len(order):
        raise click.ClickException(
            f"Sheet {sheet} has {len(order)} paintings, and {len(said)} answers were given."
        )
    lines = []
    for number, (seen, rating) in zip(order, said, strict=True):
        if seen not in {*BODIES, "none"} or rating not in {"1", "2", "3", "4", "5"}:
            raise click.ClickException(
                f"{seen!r} {rating!r} is no subject of the studies with a rating of 1 to 5."
            )
        lines.append(json.dumps({"number": number, "seen": seen, "rating": int(rating)}) + "\n")
    with KEPT.open("a", encoding="utf-8") as file:
        file.writelines(lines)


@main.command()
def figures() -> None:
    """Says how often the subject was seen, and the ratings, before and after."""
    said = {each["number"]: each for each in map(json.loads, KEPT.read_text(encoding="utf-8").splitlines())}
    shown = programs()
    rated = sorted({each.seed for each in shown if each.number in said})
    parts: dict[str, Any] = {"seeds": rated, "prompts": PROMPTS}
    by: dict[str, dict[str, NDArray[np.float64]]] = {"named": {}, "rating": {}}
    for when in ("before", "after"):
        rows = [[each for each in shown if (each.seed, each.when) == (seed, when)] for seed in rated]
        told = [[(each, said.get(each.number, NOTHING)) for each in row] for row in rows]
        by["named"][when] = np.array(
            [[answer["seen"] == each.subject for each, answer in row] for row in told], float
        )
        by["rating"][when] = np.array([[answer["rating"] for _, answer in row] for row in told], float)
    for name, ends in by.items():
        gains = ends["after"] - ends["before"]
        parts[name] = {
            "before": round(float(ends["before"].mean()), 4),
            "after": round(float(ends["after"].mean()), 4),
            "gain": round(float(gains.mean()), 4),
            "prompts_95": interval(gains, seeds_too=False),
            "each_seed": [round(float(each), 4) for each in gains.mean(axis=1)],
        }
        click.echo(f"{name}: {parts[name]}")
    FIGURES.write_text(json.dumps(parts, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
