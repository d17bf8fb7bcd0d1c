"""`docs/canvases.md` shows a canvas that works: in this process, in a confined worker, and by its entry point."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from codepaint_env.canvases.canvas import Canvas
from codepaint_env.render.backend import Backend, Job
from codepaint_env.render.confine import worker_process
from codepaint_env.render.renderer import Renderer
from markdown_pages import Page, column
from places import SUPPORT
from toy_canvas import Blocks, Toy

PAGE = Page("docs/canvases.md")
TOY, CONFINED, WORKS = PAGE.blocks("python")
SOURCE = Path(worker_process.__file__).parents[3]


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Returns a folder that looks as if the page's package had been installed into it."""
    (tmp_path / "toy_canvas.py").write_text(TOY, encoding="utf-8")
    (tmp_path / "toy_confined.py").write_text(CONFINED, encoding="utf-8")
    [project] = PAGE.blocks("toml")
    [entry] = re.findall(r"^\[project\.entry-points\.(\"codepaint\.canvases\"\]\n.*)", project, re.M | re.S)
    told = tmp_path / "toy_canvas-0.1.dist-info"
    told.mkdir()
    (told / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: toy-canvas\nVersion: 0.1\n", encoding="utf-8"
    )
    (told / "entry_points.txt").write_text("[" + entry.replace('"', ""), encoding="utf-8")
    return tmp_path


def run(*command: str, folder: Path) -> str:
    paths = [str(folder), str(SOURCE)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=folder, env=environment, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_shows_the_toy_as_it_is_tested():
    assert (SUPPORT / "toy_canvas.py").read_text(encoding="utf-8") == TOY


def test_the_toy_has_at_most_sixty_lines():
    assert len(TOY.splitlines()) <= 60


def test_the_toy_paints_its_samples_and_tells_what_is_too_large():
    renderer = Renderer(Toy(), cache=0)
    sample = Toy().sample(np.random.default_rng(0))
    once, again, large = renderer.render([Job(sample, 1), Job(sample, 1), Job("rose and tulip", 1)])
    renderer.close()
    assert once.ok
    assert once.image is not None
    assert once.image.shape == (256, 256, 3)
    assert np.array_equal(once.image, again.image)
    assert (large.status, large.kind) == ("program_error", "too_large")


def members(protocol):
    """Returns the public members of a Protocol and of those that it extends."""
    return {name for part in protocol.__mro__ for name in vars(part) if not name.startswith("_")}


@pytest.mark.parametrize(
    ("title", "protocol"),
    [("The canvas, member by member", Canvas), ("The backend, member by member", Backend)],
)
def test_the_page_tells_of_every_member(title, protocol):
    [table] = PAGE.tables(title)
    told = {name.strip("`") for cell in column(table, table[0][1]) for name in cell.split(", ")}
    assert told == members(protocol)


def test_the_toy_has_every_member():
    assert isinstance(Toy(), Canvas)
    assert all(hasattr(Blocks(), name) for name in members(Backend))


def test_the_confined_toy_paints_the_same_picture_in_a_worker(installed, monkeypatch):
    monkeypatch.syspath_prepend(str(installed))
    sys.modules.pop("toy_confined", None)
    from toy_confined import ConfinedBlocks  # type: ignore[import-not-found]

    # Workers import what is installed; this package only looks as if it were.
    around = worker_process.walls.environment
    found = {"PYTHONPATH": os.pathsep.join([str(installed), str(SOURCE)])}
    monkeypatch.setattr(
        worker_process.walls, "environment", lambda *, wrapped: around(wrapped=wrapped) | found
    )
    factory = Toy().backends()["blocks"]
    confined = Toy()
    monkeypatch.setattr(
        confined,
        "backends",
        lambda: {"blocks": type(factory)(lambda workers, limits, options: ConfinedBlocks(1), factory.limits)},
    )
    jobs = [Job("rose\ntulip", 1), Job("rose and tulip", 1)]
    pictures = []
    for canvas in (Toy(), confined):
        renderer = Renderer(canvas, cache=0)
        fine, large = renderer.render(jobs)
        assert fine.ok, fine.message
        pictures.append(fine.image)
        assert (large.status, large.kind) == ("program_error", "too_large")
        described = renderer.describe()
        renderer.close()
    assert np.array_equal(*pictures)
    assert "ends with its parent" in described["confined"]


def test_what_the_page_says_works_works_for_an_installed_package(installed):
    assert len(run(sys.executable, "-c", WORKS, folder=installed).splitlines()) == 3


@pytest.mark.full
def test_the_commands_of_the_page_work_for_an_installed_package(installed):
    [commands] = PAGE.blocks("sh")
    codepaint = f'codepaint() {{ "{sys.executable}" -m codepaint_env.cli "$@"; }}'
    told = run("sh", "-ec", f"{codepaint}\n{commands}", folder=installed)
    assert (installed / "garden.png").is_file()
    assert (installed / "run/report.html").is_file()
    assert (installed / "objects.jsonl").is_file()
    assert "toy" in told  # of doctor
