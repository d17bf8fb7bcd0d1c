"""The engine paints what a page paints: programs with calls of p5.brush, drawn by both and compared."""

from __future__ import annotations

import json
import subprocess
import sys

import py_mini_racer
import pytest

from codepaint_env.canvases.p5brush.engine import parts
from places import BENCHMARKS, PROGRAMS
from sketches import calls_of, with_every_call

FIDELITY = BENCHMARKS / "fidelity.py"
sys.path.insert(0, str(FIDELITY.parent))

import fidelity  # noqa: E402  (a benchmark is no package)


@pytest.fixture(scope="module", params=["a few", pytest.param("every call", marks=pytest.mark.full)])
def told(request, tmp_path_factory):
    """What the benchmark finds: its figures, and those of each program."""
    path = tmp_path_factory.mktemp("fidelity") / "fidelity.json"
    # The large paintings, the other calls and all sketches from outside are compared by make test-long.
    calls, surfaces, outside = (
        [each for each in sorted((PROGRAMS / folder).glob("*.js")) if not fidelity.is_marked(each)]
        for folder in ("calls", "surfaces", "outside")
    )
    if request.param == "every call":
        programs = [*with_every_call(calls), *surfaces[2::6], *outside[::40]]
    else:
        programs = surfaces[2::6]
    command = [sys.executable, str(FIDELITY), *map(str, programs), "--json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("told", ["every call"], indirect=True)
@pytest.mark.full
def test_the_engine_follows_the_page_closely(told):
    assert told["failed"] == []
    assert told["programs"] == len(told["by_program"]) >= 5
    far = {
        each["program"]: each for each in told["by_program"] if each["painted"] < 0.94 or each["mean"] > 0.3
    }
    assert far == {}
    assert told["painted_mean"] >= 0.97


def test_buffers_framebuffers_and_pixels_are_what_a_page_paints(told):
    named = {each["program"]: each["painted"] for each in told["by_program"]}
    shares = [named[path.name] for path in sorted(PROGRAMS.glob("surfaces/*.js")) if path.name in named]
    assert len(shares) >= 2
    assert min(shares) >= 0.99


@pytest.mark.parametrize("told", ["every call"], indirect=True)
@pytest.mark.full
def test_every_call_of_p5_brush_occurs_in_what_is_compared(told):
    # But for a form that only a page has: brush.add of an image tip.
    with py_mini_racer.mini_racer() as context:
        context.eval(parts.brush())
        calls = set(json.loads(str(context.eval("JSON.stringify(Object.keys(brush))"))))
    used: set[str] = set().union(
        *(calls_of(path) for each in told["by_program"] for path in PROGRAMS.glob(f"*/{each['program']}"))
    )
    assert len(calls) == 50
    assert calls - used == set()
