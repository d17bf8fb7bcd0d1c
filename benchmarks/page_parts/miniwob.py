"""The task pages of PyPI's `miniwob`, as an outside check that the explorer finds what is on a page and operates it.

A task that one click solves is solved if one of the actions that the explorer tries, each on a page loaded anew, is
that click. The explorer is not told what to do, and wrong answers count as actions.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from posixpath import dirname, join, normpath

import numpy as np
import platformdirs
from PIL import Image

from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.cli.progress_bar import bar, step
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from rewards.errors import MissingPart
from rewards.types import Rendering, Task

VERSION = "1.1.0"
SHA256 = "297006e84219d56ad037e843527ed773a4a82509dc43b6031ec4a3ad3e3e61d9"
STEPS = 10  # judged; up to twice as many controls are tried
SOLVED = (0, 255, 0)
MAX_CHARS = 2_000_000  # with its libraries a task page is longer than a page may be
# Solved in a plain browser by a click on the middle of one element, with the random numbers of START.
TASKS = (
    "buy-ticket", "choose-list", "click-button", "click-checkboxes", "click-color", "click-dialog",
    "click-dialog-2", "click-link", "click-shape", "click-tab", "click-tab-2-easy",
    "click-tab-2-medium", "click-test", "click-test-2", "click-test-transfer", "click-widget",
    "count-shape", "count-sides", "drag-shapes", "focus-text", "focus-text-2", "grid-coordinate",
    "identify-shape", "navigate-tree", "phone-book", "sign-agreement", "unicode-test",
)  # fmt: skip
# The episode starts by itself, has no end of time, and answers with a sheet of one colour.
START = """<script>
Math.seedrandom("1");
addEventListener("load", () => {
  core.EPISODE_MAX_TIME = 1e9;
  core.endEpisode = reward => {
    document.body.innerHTML = `<div style="position:fixed;inset:0;background:${reward >= 1 ? "#0f0" : "#f00"}"></div>`;
  };
  core.startEpisodeReal();
});
</script>"""
_STYLE = re.compile(r"<link\b[^>]*\bhref\s*=\s*[\"']([^\"']+)[\"'][^>]*>", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b[^>]*\bsrc\s*=\s*[\"']([^\"']+)[\"'][^>]*>\s*</script>", re.IGNORECASE)


def share_solved(workers: int, tasks: int | None = None) -> dict[str, object]:
    """Returns the share of tasks that one action solves, and the names of those that none solves.

    Args:
        workers: Of the renderer.
        tasks: How many of them; None for all.
    """
    names = TASKS[:tasks]
    with zipfile.ZipFile(_fetched()) as archive:
        jobs = [_job(name, page(archive, name)) for name in names]
    drawn: list[Rendering] = []
    canvas = HTML()
    canvas.max_chars = MAX_CHARS
    renderer = Renderer(canvas, workers=workers, cache=0)
    try:
        with bar("Tasks of miniwob") as show:
            for start in range(0, len(jobs), workers):
                drawn += renderer.render(jobs[start : start + workers])
                show(len(drawn), len(jobs))
    finally:
        renderer.close()
    unsolved = [name for name, each in zip(names, drawn, strict=True) if not solved(each)]
    return {
        "miniwob_version": VERSION,
        "miniwob_tasks": len(names),
        "miniwob_solved": round(1 - len(unsolved) / len(names), 3),
        "miniwob_unsolved": unsolved,
    }


def page(archive: zipfile.ZipFile, name: str) -> str:
    """Returns a task page as one file."""
    path = f"miniwob/html/miniwob/{name}.html"
    there = set(archive.namelist())

    def text(reference: str) -> str | None:
        inner = normpath(join(dirname(path), reference))
        return archive.read(inner).decode("utf-8", "replace") if inner in there else None

    def style(found: re.Match[str]) -> str:
        told = text(found[1])
        return found[0] if told is None else f"<style>{told}</style>"

    def script(found: re.Match[str]) -> str:
        told = text(found[1])
        return found[0] if told is None else "<script>" + told.replace("</script", "<\\/script") + "</script>"

    document = archive.read(path).decode("utf-8", "replace")
    document = _SCRIPT.sub(script, _STYLE.sub(style, document))
    head, body, tail = document.rpartition("</body>")
    return f"{head}{START}{body}{tail}" if body else document + START


def solved(rendering: Rendering) -> bool:
    """True if the page was all green after one of the steps."""
    return any(_corner(png) == SOLVED for name, png in rendering.pictures.items() if name.endswith("-after"))


def _corner(png: bytes) -> tuple[int, ...]:
    with Image.open(io.BytesIO(png)) as picture:
        return tuple(int(level) for level in np.asarray(picture.convert("RGB"))[-1, -1])


def _job(name: str, document: str) -> Job:
    task = Task(name, f"The task {name} of MiniWoB.", canvas="html", steps=STEPS)
    return Job(document, 0, task=task, stages=frozenset({"interactions"}))


def _fetched() -> Path:
    """Returns the package's file in the user's cache; pip fetches it where it is not there, and checks its hash."""
    folder = platformdirs.user_cache_path("codepaint") / f"benchmark-miniwob-{SHA256[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.whl"):
        return path
    with tempfile.TemporaryDirectory() as scratch, step(f"Fetching miniwob {VERSION} from PyPI"):
        wanted = Path(scratch) / "wanted.txt"
        wanted.write_text(f"miniwob=={VERSION} --hash=sha256:{SHA256}\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
        done = subprocess.run(
            [*command, "--no-deps", "--require-hashes", "--dest", scratch, "--requirement", str(wanted)],
            capture_output=True,
            text=True,
            check=False,
        )
        got = list(Path(scratch).glob("*.whl"))
        if done.returncode or len(got) != 1:
            raise MissingPart(
                f"pip could not fetch miniwob {VERSION}: {done.stderr.strip().splitlines()[-1:]}"
            )
        part = folder / "miniwob.part"
        part.write_bytes(got[0].read_bytes())
        return part.replace(folder / got[0].name)
