"""Paints the picture at the head of the README: a sketch, a drawing and a web page, by programs that ship.

    python examples/triptych.py --out docs/triptych.webp

It needs a checkout and, for the pages, the browser: `pip install 'codepaint-env[browser]'`, then `codepaint setup`.
"""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from codepaint_env import canvases
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from codepaint_env.tasks import load_tasks

ROOT = Path(__file__).resolve().parents[1]
CANVASES = ROOT / "src/codepaint_env/canvases"
FONT = CANVASES / "svg/fonts/DejaVuSans-Oblique.ttf"
SETS = [
    ("koi-024", "riders-pelican-bicycle", "3d-solar-system"),
    ("hibiscus-003", "riders-fox-scooter", "web-bakery-shop"),
    ("songbird-025", "riders-octopus-tricycle", "ui-kanban-board"),
    ("poppy-030", "objects-hot-air-balloon", "game-memory-match"),
    ("wisteria-019", "riders-penguin-scooter", "viz-electricity-mix"),
]
TASKS = {"riders": "svg", "objects": "svg", "pages": "html"}
HIGH, GAP, WORDS = 288, 16, 52  # pixels: of a picture, between two, and of the two lines below
WIDTHS = (HIGH, HIGH, HIGH * 16 // 9)
SHOWN_MS = 2600


def programs() -> list[list[tuple[str, str, str]]]:
    """Returns canvas, prompt and program of each picture, set by set."""
    lines = (ROOT / "reference_pool/manifest.jsonl").read_text(encoding="utf-8").splitlines()
    pool = {entry["id"]: entry for entry in map(json.loads, lines)}
    tasks = {task.id: task for name, canvas in TASKS.items() for task in load_tasks(name, canvas)}
    found = []
    for painting, drawing, page in SETS:
        entry = pool[painting]
        sketch = (ROOT / "reference_pool" / entry["program"]).read_text(encoding="utf-8")
        svg = (CANVASES / f"svg/drawings/{drawing}.svg").read_text(encoding="utf-8")
        html = (CANVASES / f"html/pages/{page}.html").read_text(encoding="utf-8")
        found.append(
            [
                ("p5brush", entry["prompt"], sketch),
                ("svg", tasks[drawing].prompt, svg),
                ("html", tasks[page].prompt, html),
            ]
        )
    return found


def painted(canvas: str, made: list[str]) -> list[Image.Image]:
    """Returns the pictures of programs of one canvas; pages at the size of their window."""
    renderer = Renderer(canvases.get(canvas))
    renderings = renderer.render([Job(program, seed=1) for program in made])
    renderer.close()
    pictures = []
    for rendering in renderings:
        assert rendering.image is not None, rendering.message
        window = rendering.pictures.get("viewport")
        pictures.append(Image.open(io.BytesIO(window)) if window else Image.fromarray(rendering.image))
    return [picture.convert("RGB") for picture in pictures]


def wrapped(prompt: str, width: int, font: ImageFont.FreeTypeFont) -> str:
    """Breaks a prompt into two lines of a width, the second cut with an ellipsis where it is longer."""
    lines, words = [""], prompt.split()
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(f"{longer} …") <= width:
            lines[-1] = longer
        elif len(lines) == 2:
            lines[-1] += " …"
            break
        else:
            lines.append(word)
    return "\n".join(lines)


def frame(pictures: list[Image.Image], prompts: list[str], font: ImageFont.FreeTypeFont) -> Image.Image:
    """Puts three pictures beside each other, with their prompts below."""
    sheet = Image.new("RGB", (sum(WIDTHS) + 4 * GAP, HIGH + WORDS + 2 * GAP), "#f5efe4")
    pen, left = ImageDraw.Draw(sheet), GAP
    for picture, prompt, width in zip(pictures, prompts, WIDTHS, strict=True):
        pen.rectangle((left - 1, GAP - 1, left + width, GAP + HIGH), outline="#d9cfbf")
        sheet.paste(picture.resize((width, HIGH), Image.Resampling.LANCZOS), (left, GAP))
        words = wrapped(prompt, width, font)
        pen.multiline_text((left, GAP + HIGH + 10), words, font=font, fill="#2d2823", spacing=5)
        left += width + GAP
    return sheet


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--out", type=Path, default=Path("triptych.webp"))
    chosen = options.parse_args()
    sets = programs()
    columns = [
        painted(column[0][0], [program for _, _, program in column]) for column in zip(*sets, strict=True)
    ]
    font = ImageFont.truetype(str(FONT), 14)
    frames = [
        frame(list(pictures), [prompt for _, prompt, _ in row], font)
        for row, pictures in zip(sets, zip(*columns, strict=True), strict=True)
    ]
    frames[0].save(
        chosen.out, save_all=True, append_images=frames[1:], duration=SHOWN_MS, loop=0, quality=78, method=6
    )
    print(f"wrote {chosen.out} ({chosen.out.stat().st_size / 1000:.0f} kB, {len(frames)} pictures)")


if __name__ == "__main__":
    main()
