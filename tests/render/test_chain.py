"""The renderer over backends that are made up: the chain, single flight, stops, limits, and closing in the middle."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pytest

from codepaint_env.render.backend import BackendFactory, Job
from codepaint_env.render.limits import NoLimits, check_limits
from codepaint_env.render.renderer import Renderer
from rewards.errors import MachineError, SpecError
from rewards.types import Finding, Rendering, Task

SHEET = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)


@dataclass(frozen=True, slots=True)
class Sides:
    side_min_px: int = 4
    side_max_px: int = 8
    effort_s: float = 1.0

    def __post_init__(self) -> None:
        check_limits(self)


class Fake:
    """A backend that draws what `draws` says, and counts."""

    def __init__(self, name, draws, knows=True):
        self.name, self.draws, self.knows, self.jobs, self.closed = name, draws, knows, [], 0

    async def identity(self):
        if not self.knows:
            raise MachineError("nobody answers")
        return {"fake": self.name}

    async def describe(self):
        return {"walls": "none"}

    async def draw(self, job):
        self.jobs.append(job)
        return await self.draws(job)

    async def aclose(self):
        self.closed += 1

    def counters(self):
        return {"started": 1}


class Painted:
    """A canvas of made-up backends."""

    name, max_chars = "painted", 100
    stages, on_request = frozenset({"source", "image"}), frozenset({"text", "layout"})

    def __init__(self, *fakes, limits=NoLimits):
        self.fakes, self.kind = fakes, limits

    def task_options(self, task):
        return {"letters": task is not None and task.letters}

    def recorders(self, stages):
        return dict.fromkeys(stages, "1")

    def backends(self):
        def factory(fake):
            return BackendFactory(
                lambda workers, limits, options: fake, self.kind, {"tone": ("warm", "cold")}
            )

        return {fake.name: factory(fake) for fake in self.fakes}


async def paints(job):
    return Rendering("ok", image=SHEET.copy(), evidence=frozenset({"source", "image"}) | job.stages)


async def unsupported(job):
    return Rendering("program_error", "unsupported", "not here", evidence=frozenset({"source", "image"}))


async def fails(job):
    raise MachineError("it fell over")


def drawn(renderer, *jobs):
    try:
        return renderer.render(list(jobs))
    finally:
        renderer.close()


def test_auto_goes_on_where_a_program_is_not_supported_and_nowhere_else():
    first, second = Fake("first", unsupported), Fake("second", paints)
    [found] = drawn(Renderer(Painted(first, second), path="auto", cache=0), Job("x", 1))
    assert (found.status, len(first.jobs), len(second.jobs)) == ("ok", 1, 1)
    broken, second = Fake("broken", fails), Fake("second", paints)
    [found] = drawn(Renderer(Painted(broken, second), path="auto", cache=0), Job("x", 1))
    assert (found.status, found.kind, found.message) == ("machine_error", "broken", "it fell over")
    assert second.jobs == []


def test_without_a_path_the_first_backend_draws_alone():
    first, second = Fake("first", unsupported), Fake("second", paints)
    renderer = Renderer(Painted(first, second), cache=0)
    [found] = drawn(renderer, Job("x", 1))
    assert (renderer.path, found.kind, second.jobs) == ("first", "unsupported", [])


def test_what_is_asked_for_at_once_is_drawn_once_and_what_is_kept_not_again():
    fake = Fake("fake", paints)
    renderer = Renderer(Painted(fake), disk_cache=False)
    try:
        renderer.render([Job("x", 1)] * 3 + [Job("x", 2)])
        renderer.render([Job("x", 1)])
    finally:
        renderer.close()
    assert sorted(job.seed for job in fake.jobs) == [1, 2]


def test_of_a_task_only_what_decides_the_evidence_tells_pictures_apart():
    fake = Fake("fake", paints)
    tasks = [None, Task("a", "one"), Task("b", "two"), Task("c", "three", letters=True)]
    drawn(Renderer(Painted(fake), disk_cache=False), *(Job("x", 1, task) for task in tasks))
    assert len(fake.jobs) == 2


def test_a_machine_failure_is_not_kept():
    fake = Fake("fake", fails)
    renderer = Renderer(Painted(fake), disk_cache=False)
    try:
        renderer.render([Job("x", 1)])
        renderer.render([Job("x", 1)])
    finally:
        renderer.close()
    assert len(fake.jobs) == 2


def test_where_nobody_knows_what_draws_it_is_drawn_all_the_same_and_nothing_is_kept():
    fake = Fake("fake", paints, knows=False)
    renderer = Renderer(Painted(fake), disk_cache=False)
    try:
        assert [renderer.render([Job("x", 1)])[0].ok for _ in range(2)] == [True, True]
        with pytest.raises(MachineError, match="nobody answers"):
            renderer.identity()
    finally:
        renderer.close()
    assert len(fake.jobs) == 2


def test_a_rendering_that_a_finding_stopped_is_kept_and_is_another_than_the_whole_one():
    async def stops(job):
        whole = "late" not in job.stop
        found = frozenset({"source", "image"}) | (job.stages if whole else frozenset())
        return Rendering("ok", image=SHEET.copy(), findings=(Finding("late", "It is late."),), evidence=found)

    fake = Fake("fake", stops)
    job = Job("x", 1, stages=frozenset({"layout"}), stop=frozenset({"late"}))
    renderer = Renderer(Painted(fake), disk_cache=False)
    try:
        stopped = [renderer.render([job])[0] for _ in range(2)]
        [whole] = renderer.render([Job("x", 1, stages=frozenset({"layout"}))])
    finally:
        renderer.close()
    assert [each.evidence for each in stopped] == [frozenset({"source", "image"})] * 2
    assert "layout" in whole.evidence
    assert stopped[0].identity != whole.identity
    assert len(fake.jobs) == 2


def test_a_rendering_that_lacks_a_stage_that_nothing_stopped_is_drawn_again():
    async def forgets(job):
        return Rendering("ok", image=SHEET.copy(), evidence=frozenset({"source", "image"}))

    fake = Fake("fake", forgets)
    renderer = Renderer(Painted(fake), disk_cache=False)
    try:
        for _ in range(2):
            renderer.render([Job("x", 1, stages=frozenset({"layout"}))])
    finally:
        renderer.close()
    assert len(fake.jobs) == 2


def test_closing_while_something_is_drawn_is_a_machine_error_and_hangs_nobody():
    begun = threading.Event()

    async def for_ever(job):
        begun.set()
        await asyncio.Event().wait()

    fake = Fake("fake", for_ever)
    renderer = Renderer(Painted(fake), cache=0)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(renderer.render, [Job("x", 1), Job("y", 1)])
        assert begun.wait(10)
        renderer.close()
        found = waiting.result(10)
    assert [(each.status, each.kind) for each in found] == [("machine_error", "closed")] * 2
    assert fake.closed == 1


def test_what_draws_is_told_by_name_where_several_may():
    one, two = Fake("one", paints), Fake("two", paints)
    renderer = Renderer(Painted(one, two), path="auto", cache=0)
    try:
        assert renderer.identity() == {"path": "auto", "one.fake": "one", "two.fake": "two"}
        assert renderer.describe()["two.walls"] == "none"
        assert renderer.counters()["started"] == 2
    finally:
        renderer.close()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"side_max_px": 600.5}, r"side_max_px is 600\.5; it must be a whole number above 0"),
        ({"side_max_px": True}, r"side_max_px is True; it must be a whole number"),
        ({"side_min_px": 0}, r"side_min_px is 0; it must be a whole number above 0"),
        ({"side_min_px": 9}, r"side_min_px is 9 and side_max_px is 8; the least must not exceed the most"),
        ({"effort_s": float("inf")}, r"effort_s is inf; it must be a finite number above 0"),
        ({"effort_s": "1"}, r"effort_s is '1'; it must be a finite number above 0"),
        ({"tone": "red"}, r"tone is 'red'; there is 'warm', 'cold'"),
        ({"effort": 1}, r"there is no option 'effort'\. Did you mean 'effort_s'\?"),
        ({"url": "http://127.0.0.1:8000"}, r"url is an option of backend='remote'; give both, or neither"),
        ({"cores_each": 2}, r"cores_each is an option of backend='ray'; give both, or neither"),
        (
            {"zzz": 1},
            r"there is no option 'zzz'\. There are path, workers, backend, cache, disk_cache, tone, side_min_px",
        ),
    ],
)
def test_limits_and_options_are_checked_when_the_renderer_is_made(options, sentence):
    with pytest.raises(SpecError, match=sentence):
        Renderer(Painted(Fake("fake", paints), limits=Sides), options=options)


def test_a_limit_of_a_backend_that_does_not_draw_is_refused():
    from codepaint_env.canvases.p5brush.canvas import P5Brush

    with pytest.raises(SpecError, match="page_cpu_s belongs to the path 'page', and path is 'engine'"):
        Renderer(P5Brush(), options={"page_cpu_s": 3})
    assert Renderer(P5Brush(), path="auto", options={"page_cpu_s": 3}).limits["page"].page_cpu_s == 3
