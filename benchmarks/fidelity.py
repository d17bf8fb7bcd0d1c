"""How closely the engine's pictures follow those of real p5 pages in Chromium.

    python benchmarks/fidelity.py                          programs of the tests: every call, surfaces, some others
    python benchmarks/fidelity.py --page docs/fidelity.html    with the pictures side by side
    python benchmarks/fidelity.py --quick                  eight programs, under a minute
    python benchmarks/fidelity.py --all                    every program that both can draw

Both paths draw the same program with the same seed. Counted are painted pixels: those that are not the paper's
colour on the page. A pixel agrees when its worst channel is within 2 of 255.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich.console import Console
from rich.table import Table

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.cli.progress_bar import bar
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from codepaint_env.reports.html_file import write_html
from rewards.types import Rendering

ROOT = Path(__file__).resolve().parents[1]
SEED = 7
LEVELS = 2
BATCH = 4
SHOWN_PX = 300

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two pictures of one program agree.

    Attributes:
        program: The file's name.
        painted: Share of painted pixels within `LEVELS`, [0, 1].
        everywhere: Share of all pixels within `LEVELS`, [0, 1].
        mean: Mean difference of the worst channel over all pixels, in levels of 255.
        most: The largest difference, in levels.
    """

    program: str
    painted: float
    everywhere: float
    mean: float
    most: int


def compare(name: str, page: Picture, engine: Picture) -> Agreement:
    """Compares two `(height, width, 3)` uint8 pictures; the page's tells what is paper."""
    difference = np.abs(page.astype(np.int16) - engine).max(axis=-1)
    colours, counts = np.unique(page.reshape(-1, 3), axis=0, return_counts=True)
    painted = (page != colours[counts.argmax()]).any(axis=-1)
    if not painted.any():
        painted[:] = True
    near = difference <= LEVELS
    return Agreement(
        name, float(near[painted].mean()), float(near.mean()), float(difference.mean()), int(difference.max())
    )


def chosen(quick: bool, everything: bool) -> list[Path]:
    """Returns the programs that are compared unless others are named."""
    programs = ROOT / "tests/canvases/p5brush/programs"
    calls = sorted((programs / "calls").glob("*.js"))
    surfaces = sorted((programs / "surfaces").glob("*.js"))
    outside = sorted((programs / "outside").glob("*.js"))
    if everything:
        patterns = (
            "benchmarks/programs/**/*.js",
            "reference_pool/programs/[0-9]*.js",
            "reference_pool/studies/*.js",
        )
        found = [
            *calls,
            *surfaces,
            *outside,
            *(path for pattern in patterns for path in sorted(ROOT.glob(pattern))),
        ]
    else:
        found = [
            *calls,
            *surfaces,
            *outside[::4],
            *sorted((ROOT / "benchmarks/programs/heavy_six").glob("*.js")),
        ]
    drawable = [path for path in found if not is_marked(path)]
    return drawable[:: max(1, len(drawable) // 8)] if quick else drawable


def is_marked(path: Path) -> bool:
    """True for a program that says in its first line that it is faulty or needs a whole page."""
    return path.read_text(encoding="utf-8").startswith(("// fault:", "// page:"))


def draw(paths: Sequence[Path], way: str) -> list[Rendering]:
    """Draws programs, several at once, without the cache."""
    renderer = Renderer(P5Brush(), path=way, cache=0)
    jobs = [Job(path.read_text(encoding="utf-8"), SEED) for path in paths]
    try:
        found: list[Rendering] = []
        with bar(f"Drawing by {way}") as show:
            for start in range(0, len(jobs), BATCH):
                show(start, len(jobs))
                found += renderer.render(jobs[start : start + BATCH])
        return found
    finally:
        renderer.close()


def table(found: Sequence[Agreement]) -> Table:
    """Lays the figures out for people, the worst first."""
    shown = Table("program", "painted within 2", "all within 2", "mean", "most", title="Engine against page")
    for each in sorted(found, key=lambda each: each.painted):
        shown.add_row(
            each.program, f"{each.painted:.2%}", f"{each.everywhere:.2%}", f"{each.mean:.3f}", str(each.most)
        )
    return shown


def write_page(path: Path, rows: Sequence[tuple[Agreement, Picture, Picture]], failed: Sequence[str]) -> None:
    """Writes a page with both pictures and their difference, 16 times as strong, side by side, the worst first."""
    shown = []
    for told, page, engine in sorted(rows, key=lambda row: row[0].painted):
        difference = np.abs(page.astype(np.int16) - engine).max(axis=-1)
        strong = np.repeat(np.clip(difference * 16, 0, 255).astype(np.uint8)[..., None], 3, axis=-1)
        shown.append(
            {"told": told, "page": _data(page), "engine": _data(engine), "difference": _data(255 - strong)}
        )
    found = [row[0] for row in rows]
    values = {
        "title": "Engine and page",
        "rows": shown,
        "failed": failed,
        "levels": LEVELS,
        "side": SHOWN_PX,
        "mean": float(np.mean([each.painted for each in found])),
        "least": min(each.painted for each in found),
        "above": sum(each.painted > 0.99 for each in found),
        "difference": max(each.mean for each in found),
        "command": f"python benchmarks/fidelity.py --page {path}",
    }
    write_html(path, "fidelity", values)


def _data(picture: Picture) -> str:
    kept = io.BytesIO()
    Image.fromarray(picture).resize((SHOWN_PX, SHOWN_PX), Image.Resampling.BOX).save(kept, "WEBP", quality=80)
    return "data:image/webp;base64," + base64.b64encode(kept.getvalue()).decode()


@click.command(help=__doc__.replace("\n\n    ", "\n\n\b\n    ") if __doc__ else None)
@click.argument("programs", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--quick", is_flag=True, help="Compare eight programs only.")
@click.option("--all", "everything", is_flag=True, help="Compare all that there are, the pool's too.")
@click.option("--json", "to_json", type=click.Path(path_type=Path), help="Write the figures to a file.")
@click.option("--page", "to_page", type=click.Path(path_type=Path), help="Write the pictures side by side.")
def main(
    programs: tuple[Path, ...], quick: bool, everything: bool, to_json: Path | None, to_page: Path | None
) -> None:
    """Draws, compares and prints."""
    paths = list(programs) or chosen(quick, everything)
    by_page, by_engine = draw(paths, "page"), draw(paths, "engine")
    rows, failed = [], []
    for path, page, engine in zip(paths, by_page, by_engine, strict=True):
        if page.image is None or engine.image is None or page.kind != engine.kind:
            failed.append(
                f"{path.name}: page {page.status} {page.kind} {page.message}; "
                f"engine {engine.status} {engine.kind} {engine.message}"
            )
        else:
            rows.append((compare(path.name, page.image, engine.image), page.image, engine.image))
    found = [row[0] for row in rows]
    console = Console()
    console.print(table(found))
    for line in failed:
        console.print(f"[red]not compared[/red] {line}")
    shares = [each.painted for each in found]
    figures = {
        "programs": len(found),
        "not_compared": len(failed),
        "painted_least": min(shares),
        "painted_mean": float(np.mean(shares)),
        "mean_difference_most": max(each.mean for each in found),
    }
    console.print("  ".join(f"{name} {value:.4g}" for name, value in figures.items()))
    if to_json is not None:
        told = {**figures, "by_program": [asdict(each) for each in found], "failed": failed}
        to_json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    if to_page is not None:
        write_page(to_page, rows, failed)
        console.print(f"wrote {to_page}")


if __name__ == "__main__":
    main()
