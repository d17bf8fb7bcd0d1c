"""SVG documents in confined workers: hostile ones cost nobody anything, and pictures are the same everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.render.backend import Job
from codepaint_env.render.confine import process_table
from codepaint_env.render.renderer import Renderer
from live_processes import offspring
from rewards.errors import SpecError
from rewards.types import Task
from svg_arena import SIBLING, digest, expected, svg_arena

LETTERS = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="9" height="9"/><text y="40" font-size="30">Aa</text></svg>'


@pytest.fixture(scope="module")
def arena():
    with svg_arena() as found:
        yield found


@pytest.fixture(scope="module")
def renderer():
    renderer = Renderer(SVG(), workers=2, cache=0)
    yield renderer
    renderer.close()


@pytest.mark.parametrize("name", expected())
def test_a_hostile_document_ends_as_expected_and_its_sibling_is_not_moved(arena, name):
    _, faults = arena.meet(name, expected()[name])
    assert faults == []


@pytest.mark.full
def test_the_shipped_drawings_have_the_same_bytes_in_every_process(renderer):
    jobs = [Job(path.read_text(encoding="utf-8"), 1) for path in sorted(SVG().drawings.glob("*.svg"))]
    here = [digest(rendering) for rendering in renderer.render(jobs)]
    assert here == [digest(rendering) for rendering in renderer.render(jobs[::-1])][::-1]
    code = (
        "from codepaint_env.canvases.svg.canvas import SVG\n"
        "from codepaint_env.render.backend import Job\n"
        "from codepaint_env.render.renderer import Renderer\n"
        "from svg_arena import digest\n"
        "renderer = Renderer(SVG(), workers=1, cache=0)\n"
        "jobs = [Job(path.read_text(encoding='utf-8'), 1) for path in sorted(SVG().drawings.glob('*.svg'))]\n"
        "print(*map(digest, renderer.render(jobs)))\n"
        "renderer.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == here, done.stderr


def test_letters_are_drawn_where_the_task_allows_them_and_told_apart_by_the_cache(tmp_path):
    renderer = Renderer(SVG(), workers=1, disk_cache=str(tmp_path))
    allowed = Task("sign", "a sign", "svg", letters=True)
    try:
        plain, lettered, again = renderer.render([Job(LETTERS, 1), Job(LETTERS, 1, allowed), Job(LETTERS, 1)])
    finally:
        renderer.close()
    assert [finding.kind for finding in plain.findings] == ["text"]
    assert digest(plain) == digest(again) != digest(lettered)
    assert plain.identity == again.identity != lettered.identity
    assert (lettered.image < 128).sum() > (plain.image < 128).sum()


@pytest.mark.full
def test_a_worker_that_is_killed_while_it_draws_costs_a_retry_only(renderer):
    [first] = renderer.render([Job(SIBLING, 1)])
    before = renderer.counters()["retried"]
    workers = [
        process
        for process in offspring(os.getpid())
        if "codepaint_env.canvases.svg.drawer:SvgDrawer" in process.cmdline() and process.name() != "bwrap"
    ]
    assert workers
    for process in workers:
        process.suspend()  # so that what it is given is still undone when it is killed
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(renderer.render, [Job(f"{SIBLING}<!-- {n} -->", 1) for n in range(300)])
        time.sleep(1)
        for process in workers:
            process.kill()
        drawn = waiting.result(60)
    assert {digest(rendering) for rendering in drawn} == {digest(first)}
    assert renderer.counters()["retried"] > before


@pytest.mark.full
def test_a_worker_stays_small(renderer):
    drawings = [path.read_text(encoding="utf-8") for path in sorted(SVG().drawings.glob("*.svg"))]
    renderer.render([Job(text, seed) for seed in range(6) for text in drawings])
    workers = [
        each
        for each in offspring(os.getpid())
        if "codepaint_env.canvases.svg.drawer:SvgDrawer" in each.cmdline()
    ]
    assert workers
    assert max(process_table.resident_mb(each.pid) for each in workers) < 300


def test_what_takes_too_much_cpu_is_ended_from_outside():
    renderer = Renderer(SVG(), workers=1, cache=0, options={"cpu_s": 0.05, "work": 10**12, "nodes": 10**6})
    circles = '<circle cx="50" cy="50" r="49" fill="#c03344" fill-opacity=".01"/>' * 2_000
    try:
        rendering, sibling = renderer.render(
            [Job(f'<svg viewBox="0 0 100 100">{circles}</svg>', 1), Job(SIBLING, 1)]
        )
    finally:
        renderer.close()
    assert (rendering.status, rendering.kind) == ("program_error", "work_limit")
    assert rendering.message == "The program used more than 0.05 CPU seconds."
    assert sibling.ok


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"calls": 5}, "there is no option 'calls'"),
        ({"nodes": 1.5}, "nodes is 1.5; it must be a whole number above 0"),
        ({"cpu_s": float("nan")}, "cpu_s is nan; it must be a finite number above 0"),
        ({"depth": 101}, "depth is 101; more than 100"),
    ],
)
def test_limits_are_checked_when_the_renderer_is_made(options, sentence):
    with pytest.raises(SpecError, match=sentence):
        Renderer(SVG(), options=options)
