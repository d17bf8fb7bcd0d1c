"""Temporary files lie in a folder of their process, and go with it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render import scratch
from codepaint_env.render.backend import Job
from codepaint_env.render.confine import process_table
from codepaint_env.render.renderer import Renderer
from sketches import GOOD


@pytest.fixture
def own_temporary(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(scratch, "_mine", scratch._Mine())
    return tmp_path


def test_folders_of_processes_that_are_gone_are_removed_and_those_of_the_living_stay(own_temporary):
    parent = scratch.parent()
    parent.mkdir()
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    started = process_table.started_ticks(other.pid)
    kept = [parent / f"run-{other.pid}-{started}", parent / "fonts", parent / "run-x"]
    reused, gone = parent / f"run-{other.pid}-{started + 1}", parent / "run-999999999-5"
    for folder in (*kept, reused, gone):
        (folder / "profile").mkdir(parents=True)
        (folder / "profile" / "file").touch()
    mine = scratch.folder()
    assert {path.name for path in parent.iterdir()} == {"lock", mine.name, *(path.name for path in kept)}
    other.communicate(b"\n")
    scratch.sweep()
    assert not kept[0].exists()
    assert mine.exists()
    scratch.hold()
    scratch.release()
    assert not mine.exists()


LOCKS = "import fcntl, sys; f = open(sys.argv[1], 'a'); fcntl.flock(f, fcntl.LOCK_EX); print('locked', flush=True); input()"


def test_a_folder_that_somebody_holds_stays_though_no_such_process_is_seen_here(own_temporary):
    folder = scratch.parent() / "run-999999999-5"
    folder.mkdir(parents=True)
    holder = subprocess.Popen(
        [sys.executable, "-c", LOCKS, str(folder / "lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"locked\n"
    scratch.sweep()
    assert folder.exists()
    holder.communicate(b"\n")
    scratch.sweep()
    assert not folder.exists()


TAKES = "from codepaint_env.render import scratch; p = scratch.folder(); (p / 'x').touch(); assert (p / 'x').exists(); print(p)"


@pytest.mark.full
def test_processes_that_start_at_once_leave_each_other_alone(own_temporary):
    environment = os.environ | {"TMPDIR": str(own_temporary)}
    runs = [
        subprocess.Popen([sys.executable, "-c", TAKES], stdout=subprocess.PIPE, env=environment, text=True)
        for _ in range(6)
    ]
    told = [run.communicate(timeout=60)[0].strip() for run in runs]
    assert [run.returncode for run in runs] == [0] * 6
    assert len(set(told)) == 6
    assert not any(Path(path).exists() for path in told)


def test_a_forked_child_takes_a_folder_of_its_own(own_temporary):
    mine = scratch.folder()
    child = os.fork()
    if child == 0:
        other = scratch.folder()
        os._exit(0 if other != mine and mine.exists() and other.exists() else 1)
    assert os.waitpid(child, 0)[1] == 0
    scratch.sweep()
    assert [path.name for path in scratch.parent().glob("run-*")] == [mine.name]


def test_all_temporary_files_of_pages_lie_in_the_folder_and_go_with_the_renderer(own_temporary):
    renderer = Renderer(P5Brush(), path="page", workers=1, cache=0)
    try:
        assert renderer.render([Job(GOOD, 1)])[0].ok
        names = {path.name.split("-")[0] for path in scratch.folder().iterdir()}
        assert names >= {"playwright", "playwright_chromiumdev_profile"}
        assert "TMPDIR" not in os.environ or os.environ["TMPDIR"] != str(scratch.folder())
    finally:
        renderer.close()
    assert [path.name for path in own_temporary.rglob("*")] == [scratch.parent().name, "lock"]
