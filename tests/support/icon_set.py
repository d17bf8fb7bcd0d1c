"""An icon set that tests fetch from npm, once a machine: pictures that nobody of this project drew, and what spoils them.

Twemoji's icons are licensed CC-BY 4.0; none of them lies in this repository.
"""

from __future__ import annotations

import re
import tarfile
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

import platformdirs
import pytest
from PIL import Image

from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.evaluate import Evaluator, paint
from codepaint_env.render.browser.npm import check_integrity, download, find_node
from codepaint_env.render.renderer import Renderer
from rewards import Task
from rewards.errors import MissingPart

SPEC = "@twemoji/svg@15.0.0"
INTEGRITY = "sha512-ZSPef2B6nBaYnfgdTbAy4jgW95o7pi2xPGwGCU+WMTxo7J6B1lMPTWwSq/wTuiMq+N0khQ90CcvYp1wFoQpo/w=="
ICONS = {
    **{"apple": "1f34e", "banana": "1f34c", "cat": "1f431", "whale": "1f433", "car": "1f697", "star": "2b50"},
    **{"sunflower": "1f33b", "house": "1f3e0", "rocket": "1f680", "cherries": "1f352", "unicorn": "1f984"},
    **{
        "tree": "1f332",
        "ball": "26bd",
        "cake": "1f382",
        "key": "1f511",
        "octopus": "1f419",
        "snail": "1f40c",
    },
}


@cache
def icons() -> dict[str, str]:
    """Returns the documents by name; skips the test where npm or its registry cannot be reached."""
    archive = Path(platformdirs.user_cache_dir("codepaint")) / f"tests-{INTEGRITY[7:15]}.tgz"
    if not archive.is_file():
        npm = find_node("npm")
        if npm is None:
            pytest.skip("there is no npm to fetch an icon set with")
        archive.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=archive.parent) as scratch:
            try:
                fetched = download(npm, SPEC, Path(scratch))
            except MissingPart as error:
                pytest.skip(f"no icon set: {error}")
            check_integrity(fetched, SPEC, INTEGRITY)
            fetched.replace(archive)
    with tarfile.open(archive) as tar:
        members = {name: tar.extractfile(f"package/{code}.svg") for name, code in ICONS.items()}
        return {name: member.read().decode() for name, member in members.items() if member is not None}


def recoloured(document: str) -> str:
    """Red becomes blue, green red, and blue green."""

    def turned_round(found: re.Match[str]) -> str:
        digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
        return f"#{digits[2:]}{digits[:2]}"

    return re.sub(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b", turned_round, document)


def scratched(document: str) -> str:
    """A white scratch goes across the middle."""
    return document.replace("</svg>", '<path d="M10 24 26 12" stroke="#fff" stroke-width="3"/></svg>')


def turned(document: str) -> str:
    """The icon leans to the right a little."""
    return re.sub(
        r"(<svg[^>]*>)(.*)</svg>", r'\1<g transform="rotate(8 18 18)">\2</g></svg>', document, flags=re.S
    )


class Likeness(NamedTuple):
    """What one icon's drawings score against its own picture; `others` are the other icons."""

    name: str
    itself: float
    recoloured: float
    scratched: float
    turned: float
    others: float

    @property
    def kept(self) -> bool:
        """True if the icon itself is the best, and each spoiled one better than any other icon."""
        return self.itself == 1.0 > max(self[2:5]) and min(self[2:5]) > self.others


def likenesses(reward, folder: Path) -> list[Likeness]:
    """Draws each icon as the reference of a task of its own, and scores what is spoiled and what is another icon.

    Args:
        reward: Compares with the task's reference.
        folder: Where the references are kept.
    """
    documents = icons()
    canvas = SVG()
    renderer = Renderer(canvas, workers=2)
    try:
        drawn = paint(canvas, renderer, list(documents.values()), [1] * len(documents))
        tasks = []
        for name, (_, rendering) in zip(documents, drawn, strict=True):
            Image.fromarray(rendering.image).save(folder / f"{name}.png")
            tasks.append(Task(f"icon-{name}", f"an icon of a {name}", "svg", folder / f"{name}.png"))
        evaluator = Evaluator(canvas, reward, renderer)
        rows = []
        for task, (name, own) in zip(tasks, documents.items(), strict=True):
            others = [document for other, document in documents.items() if other != name]
            answers = [own, recoloured(own), scratched(own), turned(own), *others]
            values = [each.score.value for each in evaluator.evaluate(answers, [task] * len(answers))]
            rows.append(Likeness(name, *values[:4], max(values[4:])))
        return rows
    finally:
        renderer.close()


def table(rows: list[Likeness]) -> str:
    """Writes likenesses under each other; a star stands before a row that is not as it should be."""
    head = f"  {'icon':<12}" + "".join(f"{name:>12}" for name in Likeness._fields[1:])
    lines = [
        f"{' ' if row.kept else '*'} {row.name:<12}" + "".join(f"{v:12.3f}" for v in row[1:]) for row in rows
    ]
    return "\n".join(["", head, *lines])
