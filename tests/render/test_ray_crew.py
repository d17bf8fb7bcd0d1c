"""Who gets which job, what becomes of those of a lost actor, and that all actors draw alike; Ray itself is not asked."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Coroutine
from dataclasses import replace
from importlib import metadata
from typing import Any

import numpy as np
import pytest

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render import ray_cluster
from codepaint_env.render.backend import Job
from codepaint_env.render.codec import pack
from codepaint_env.render.limits import NoLimits
from codepaint_env.render.ray_cluster import crew as crews
from codepaint_env.render.ray_cluster.backend import RayBackend
from codepaint_env.render.ray_cluster.cluster import Lost
from codepaint_env.render.ray_cluster.crew import Crew
from codepaint_env.render.ray_cluster.employer import split
from codepaint_env.render.ray_cluster.messages import Failed, Introduced, Painted, Way
from codepaint_env.render.renderer import Renderer
from rewards.errors import MachineError, MissingPart, SpecError
from rewards.types import Rendering
from toy_canvas import Toy

WAY = Way("blocks", NoLimits(), {})
OURS = metadata.version("codepaint-env")
PICTURE = pack(Rendering("ok", image=np.full((8, 8, 3), 7, np.uint8), evidence=frozenset({"image"})))


class Actor:
    """An actor that tells what it draws and how many jobs it has at once; `dies` of them kill it."""

    def __init__(self, cores: int, node: str = "one") -> None:
        self.cores, self.told = cores, Introduced(node, OURS, {"blocks": "1"}, {"confined": "all"})
        self.jobs: list[str] = []
        self.under_way = self.most = self.dies = self.ended = 0
        self.lost, self.failure = False, Failed("")
        self.gate = asyncio.Event()
        self.gate.set()

    async def introduce(self, way: Way) -> Introduced | Failed:
        if self.lost:
            raise Lost("it is restarting", gone=False)
        return self.failure if self.failure.words else self.told

    async def draw(self, way: Way, job: Job) -> Painted | Failed:
        self.jobs.append(job.program)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await asyncio.sleep(0)
            await self.gate.wait()
        finally:
            self.under_way -= 1
        if self.dies or self.lost:
            self.dies = max(0, self.dies - 1)
            raise Lost("its node died", gone=False)
        return Painted(PICTURE, {"draw": 0.1}, 0.1, {"started": 1})

    async def end(self, *, warm: bool) -> None:
        self.ended += 1


class Hall:
    """An employer of actors that exist already."""

    def __init__(self, *actors: Actor) -> None:
        self.actors, self.left, self.failure = list(actors), 0, ""
        self._next = iter(actors)

    def sizes(self) -> list[int]:
        if self.failure:
            raise MachineError(self.failure)
        return [actor.cores for actor in self.actors]

    def hire(self, cores: int) -> Actor:
        return next(self._next)

    def leave(self) -> None:
        self.left += 1


def crew_of(*actors: Actor) -> Crew:
    made = Crew(Hall(*actors))
    made.add(WAY)
    return made


async def draw_all(crew: Crew, count: int) -> list[Painted | Failed]:
    drawn = await asyncio.gather(*(crew.draw(WAY, Job(f"{number}", 1)) for number in range(count)))
    return [told for told, _ in drawn]


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.001)


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 20))


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has every wait of minutes be one of milliseconds."""
    for name, seconds in {"LOST_S": 0.3, "AGAIN_S": 0.05, "BACK_S": 0.01, "PLACED_S": 0.1}.items():
        monkeypatch.setattr(crews, name, seconds)


def test_all_actors_fill_alike_and_none_has_more_than_two_jobs_a_core():
    async def work() -> None:
        small, large = Actor(1), Actor(3)
        for actor in (small, large):
            actor.gate.clear()
        crew = crew_of(small, large)
        drawing = asyncio.create_task(draw_all(crew, 40))
        await until(lambda: small.under_way + large.under_way == 8)
        await asyncio.sleep(0.05)
        assert (small.under_way, large.under_way) == (2, 6)
        for actor in (small, large):
            actor.gate.set()
        assert len(await drawing) == 40
        assert (small.most, large.most) == (2, 6)

    run(work())


def test_a_few_jobs_go_to_idle_actors_first():
    async def work() -> None:
        actors = [Actor(2) for _ in range(3)]
        crew = crew_of(*actors)
        await crew.introduced(WAY)
        await until(lambda: all(member.up for member in crew._members))
        for actor in actors:
            actor.gate.clear()
        drawing = asyncio.create_task(draw_all(crew, 3))
        await until(lambda: all(actor.under_way == 1 for actor in actors))
        for actor in actors:
            actor.gate.set()
        await drawing

    run(work())


def test_the_jobs_of_a_lost_actor_are_drawn_by_others_and_it_comes_back():
    async def work() -> None:
        mortal, other = Actor(1), Actor(1)
        crew = crew_of(mortal, other)
        await draw_all(crew, 4)
        mortal.gate.clear()
        drawing = asyncio.create_task(draw_all(crew, 20))
        await until(lambda: mortal.under_way == 2)
        mortal.lost = True
        mortal.gate.set()
        assert all(isinstance(told, Painted) for told in await drawing)
        before = len(mortal.jobs)
        counters = crew.counters("blocks")
        assert (counters["lost"], counters["retried"], counters["started"]) == (1, 2, 2)
        mortal.lost = False
        await until(lambda: all(member.up for member in crew._members))
        await draw_all(crew, 8)
        assert len(mortal.jobs) > before
        assert crew.counters("blocks")["started"] == 3  # what it counted before it was lost stays

    run(work())


def test_jobs_wait_while_every_actor_is_lost():
    async def work() -> None:
        actors = [Actor(1), Actor(1)]
        crew = crew_of(*actors)
        await draw_all(crew, 2)
        for actor in actors:
            actor.lost = True
        drawing = asyncio.create_task(draw_all(crew, 6))
        await asyncio.sleep(0.1)
        assert not drawing.done()
        actors[1].lost = False
        assert all(isinstance(told, Painted) for told in await drawing)

    run(work())


def test_where_no_actor_comes_a_job_is_a_machine_error_until_one_does():
    async def work() -> None:
        only = Actor(1)
        only.lost = True
        crew = crew_of(only)
        with pytest.raises(MachineError, match=r"No actor of Ray has run for .* on 1 cores.*ray status"):
            await crew.draw(WAY, Job("a", 1))
        with pytest.raises(MachineError, match="No actor"):
            await crew.introduced(WAY)
        only.lost = False
        await until(lambda: crew._members[0].up)
        assert len(await draw_all(crew, 3)) == 3

    run(work())


def test_a_job_that_loses_five_actors_is_a_machine_error():
    async def work() -> None:
        actor = Actor(1)
        actor.dies = crews.TRIES
        crew = crew_of(actor)
        with pytest.raises(
            MachineError, match=r"5 actors of Ray were lost while they drew this.*its node died"
        ):
            await crew.draw(WAY, Job("a", 1))
        assert len(await draw_all(crew, 3)) == 3

    run(work())


def test_actors_that_draw_otherwise_are_an_error_that_names_the_part_and_the_nodes():
    async def work() -> None:
        one, two = Actor(1, "one"), Actor(1, "two")
        two.told = replace(two.told, identity={"blocks": "2"})
        crew = crew_of(one, two)
        with contextlib.suppress(MachineError):
            await crew.introduced(WAY)
        await until(lambda: crew._broken is not None)
        told = r"blocks is '1' on one and '2' on two\. Install the same"
        with pytest.raises(MachineError, match=told):
            await crew.introduced(WAY)
        with pytest.raises(MachineError, match=told):
            await crew.draw(WAY, Job("a", 1))

    run(work())


def test_another_version_of_codepaint_on_a_node_is_an_error():
    async def work() -> None:
        old = Actor(1, "old")
        old.told = replace(old.told, version="0.0.1")
        with pytest.raises(MachineError, match=f"codepaint is 0.0.1 on old and {OURS} here"):
            await crew_of(old).introduced(WAY)

    run(work())


@pytest.mark.parametrize(("missing", "kind"), [(True, MissingPart), (False, MachineError)])
def test_what_keeps_all_actors_from_starting_is_told_at_once(missing, kind):
    async def work() -> None:
        actors = [Actor(1, "one"), Actor(1, "two")]
        for actor in actors:
            actor.failure = Failed("there is no browser", missing=missing)
        crew = crew_of(*actors)
        with pytest.raises(kind, match="there is no browser"):
            await crew.introduced(WAY)
        actors[0].failure = Failed("")
        await until(lambda: crew._members[0].up)
        assert (await crew.introduced(WAY)).identity == {"blocks": "1"}

    run(work())


def test_an_actor_that_cannot_start_is_left_out():
    async def work() -> None:
        good, bad = Actor(1), Actor(1)
        bad.failure = Failed("there is no browser", missing=True)
        crew = crew_of(good, bad)
        assert len(await draw_all(crew, 12)) == 12
        assert (len(good.jobs), len(bad.jobs)) == (12, 0)
        assert await crew.strength() == "1 of 2 actors, 1 cores, nodes: one"

    run(work())


def test_a_cluster_that_cannot_be_joined_is_tried_again():
    async def work() -> None:
        hall = Hall(Actor(1))
        hall.failure = "there is no cluster"
        crew = Crew(hall)
        crew.add(WAY)
        for _ in range(2):
            with pytest.raises(MachineError, match="there is no cluster"):
                await crew.draw(WAY, Job("a", 1))
        hall.failure = ""
        assert len(await draw_all(crew, 3)) == 3

    run(work())


def test_who_is_cancelled_gives_its_room_back():
    async def work() -> None:
        actor = Actor(1)
        actor.gate.clear()
        crew = crew_of(actor)
        drawing = asyncio.create_task(draw_all(crew, 9))
        await until(lambda: actor.under_way == 2)
        drawing.cancel()
        await asyncio.wait({drawing})
        actor.gate.set()
        assert len(await draw_all(crew, 9)) == 9

    run(work())


def test_a_closed_crew_ends_each_actor_and_leaves_once():
    async def work() -> None:
        actors = [Actor(1), Actor(2)]
        hall = Hall(*actors)
        crew = Crew(hall)
        crew.add(WAY)
        await draw_all(crew, 3)
        await crew.aclose()
        await crew.aclose()
        assert ([actor.ended for actor in actors], hall.left) == ([1, 1], 1)
        with pytest.raises(MachineError, match="were ended"):
            await crew.draw(WAY, Job("a", 1))

    run(work())


def test_a_crew_that_was_never_asked_leaves_nothing():
    async def work() -> None:
        hall = Hall(Actor(1))
        await Crew(hall).aclose()
        assert hall.left == 0

    run(work())


def test_a_second_way_is_met_by_actors_that_draw_already():
    async def work() -> None:
        actors = [Actor(1), Actor(1)]
        crew = crew_of(*actors)
        await draw_all(crew, 4)
        page = Way("page", NoLimits(), {})
        crew.add(page)
        assert (await crew.introduced(page)).identity == {"blocks": "1"}
        assert all(set(member.known) == {"blocks", "page"} for member in crew._members)

    run(work())


def test_a_backend_gives_the_picture_and_the_seconds_of_the_way_there():
    async def work() -> None:
        backend = RayBackend(crew_of(Actor(1)), WAY)
        job = Job("a", 1)
        rendering = await backend.draw(job)
        assert rendering.image is not None
        assert rendering.image.shape == (8, 8, 3)
        assert set(job.timings) == {"draw", "queue", "ray"}
        assert (await backend.describe())["confined"] == "all"

    run(work())


def test_a_failure_inside_an_actor_keeps_its_kind():
    class Broken(Actor):
        kind = "browser"

        async def draw(self, way: Way, job: Job) -> Painted | Failed:
            return Failed("it fell over", self.kind)

    async def work() -> None:
        actor = Broken(1)
        backend = RayBackend(crew_of(actor), WAY)
        rendering = await backend.draw(Job("a", 1))
        assert (rendering.status, rendering.kind) == ("machine_error", "browser")
        actor.kind = ""
        with pytest.raises(MachineError, match="it fell over"):
            await backend.draw(Job("a", 1))

    run(work())


def test_workers_are_split_into_actors_and_the_last_has_the_rest():
    assert split(8, 4) == [4, 4]
    assert split(9, 4) == [4, 4, 1]
    assert split(3, 4) == [3]


def test_names_limits_options_and_phases_are_those_of_a_local_fleet(monkeypatch):
    monkeypatch.setattr(ray_cluster, "find_spec", lambda _: True)
    local = P5Brush().backends()
    ours, rest = ray_cluster.ways_to_draw(P5Brush(), {"address": "auto", "cores_each": 2, "cpu_s": 3})
    assert rest == {"cpu_s": 3}
    assert list(ours) == list(local)
    for name, factory in local.items():
        kept = (factory.limits, factory.options, factory.phases)
        assert (ours[name].limits, ours[name].options, ours[name].phases) == kept


def test_the_ways_of_a_renderer_share_one_crew_and_its_next_life_has_another(monkeypatch):
    monkeypatch.setattr(ray_cluster, "find_spec", lambda _: True)
    factories, _ = ray_cluster.ways_to_draw(P5Brush(), {})

    def make(name: str) -> Crew:
        return factories[name].make(0, factories[name].limits(), {})._crew  # type: ignore[attr-defined]

    first = make("engine")
    assert make("page") is first
    again = make("engine")
    assert again is not first
    asyncio.run(again.aclose())
    closed_then = make("page")
    assert closed_then is not again
    monkeypatch.setattr(os, "getpid", lambda: -1)  # as after a fork
    assert make("engine") is not closed_then


def test_options_of_the_cluster_are_checked_when_a_renderer_is_made(monkeypatch):
    monkeypatch.setattr(ray_cluster, "find_spec", lambda _: True)
    with pytest.raises(SpecError, match="cores_each is 0; it must be a whole number above 0"):
        Renderer(Toy(), backend="ray", options={"cores_each": 0})
    with pytest.raises(SpecError, match="address is 6379; it must be that of a Ray cluster"):
        Renderer(Toy(), backend="ray", options={"address": 6379})
    with pytest.raises(SpecError, match="there is no option 'adress'"):
        Renderer(Toy(), backend="ray", options={"adress": "auto"})


def test_a_canvas_that_cannot_be_sent_is_an_error_when_a_renderer_is_made(monkeypatch):
    monkeypatch.setattr(ray_cluster, "find_spec", lambda _: True)

    class Live(Toy):
        pass

    with pytest.raises(SpecError, match="the canvas 'toy' cannot be sent to its actors"):
        Renderer(Live(), backend="ray")


def test_without_ray_the_extra_is_named(monkeypatch):
    monkeypatch.setattr(ray_cluster, "find_spec", lambda _: None)
    with pytest.raises(MissingPart, match=r"pip install 'codepaint-env\[ray\]', here and on every node"):
        Renderer(Toy(), backend="ray")
