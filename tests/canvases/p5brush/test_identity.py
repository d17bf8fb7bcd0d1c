"""One program has one hash: in mini-racer's V8, Node's and Chromium's, on one worker and on two, idle and under load."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from places import BENCHMARKS, SUPPORT

IDENTITY = BENCHMARKS / "identity.py"


@pytest.mark.full
def test_six_programs_have_one_hash_each_in_three_v8s(tmp_path):
    path = tmp_path / "identity.json"
    command = [sys.executable, str(IDENTITY), "--quick", "--json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert path.is_file(), done.stderr
    told = json.loads(path.read_text(encoding="utf-8"))
    assert {row["where"]: row["differ"] for row in told["rows"] if row["differ"]} == {}
    assert [row["where"].split()[0].strip(",") for row in told["rows"]] == [
        "mini-racer",
        "Node",
        "Chromium",
        "2",
    ]
    assert (told["programs"], told["renders"], told["identical"]) == (6, 24, True)
    assert done.returncode == 0


TELLTALE = """
import hashlib, json, sys
sys.path.insert(0, {folder!r})
from sketches import TWELVE
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
renderer = Renderer(P5Brush(), path={path!r}, cache=0)
names = sorted(list(TWELVE)[::{step}], reverse={backwards})
pictures = renderer.render([Job(TWELVE[name], 7) for name in names])
print(json.dumps({{n: hashlib.sha256(p.image.tobytes()).hexdigest() for n, p in zip(names, pictures)}}))
renderer.close()
"""


def draw_in_another_process(path: str, *, backwards: bool, hash_seed: str) -> dict[str, str]:
    step = 1 if path == "engine" else 3
    script = TELLTALE.format(folder=str(SUPPORT), path=path, step=step, backwards=backwards)
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.full
@pytest.mark.parametrize("path", ["engine", "page"])
def test_sketches_give_the_same_bytes_in_two_processes_idle_and_under_load(path):
    idle = draw_in_another_process(path, backwards=False, hash_seed="1")
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        busy = draw_in_another_process(path, backwards=True, hash_seed="2")
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()
    assert len(set(idle.values())) == len(idle) >= 4
    assert busy == idle
