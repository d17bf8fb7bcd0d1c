"""Programs drawn by a Ray cluster of two nodes: the same bytes and scores as here, also where a node is killed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import psutil
import pytest

import rewards
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.evaluate import Evaluator
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from codepaint_env.serve.painting import Painting
from codepaint_env.serve.server import PaintServer
from codepaint_env.web.background import background
from forking import ends_well_in_a_child
from live_processes import living, until
from places import BENCHMARKS
from rewards.errors import SpecError
from rewards.types import Rendering
from toy_canvas import Toy
from training_steps import in_its_second_step, local_steps, trainer

sys.path.insert(0, str(BENCHMARKS))

from trainer_parts.completions import CASES, SPEC
from trainer_parts.faces import verl_function

ray = pytest.importorskip("ray", reason="the extra 'ray' is not installed")

pytestmark = pytest.mark.full

STORE_BYTES = 100 * 2**20
WORKER = "codepaint_env.render.confine.worker"
DRAWINGS = [path.read_text(encoding="utf-8") for path in sorted(SVG().drawings.glob("*.svg"))]
# A killed node is found out in seconds; a busy machine is not one that is dead.
HEALTH = {"health_check_period_ms": 1000, "health_check_failure_threshold": 10}


def add_node(cluster: Any) -> Any:
    return cluster.add_node(num_cpus=1, object_store_memory=STORE_BYTES)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head without cores, which the tests join, and two nodes of one core each."""
    from ray.cluster_utils import Cluster

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    head = {
        "num_cpus": 0,
        "include_dashboard": False,
        "object_store_memory": STORE_BYTES,
        "_system_config": HEALTH,
    }
    made = Cluster(initialize_head=True, head_node_args=head)
    try:
        for _ in range(2):
            add_node(made)
        yield made
    finally:
        ray.shutdown()
        made.shutdown()


@pytest.fixture
def options(cluster) -> dict[str, Any]:
    """Options of a renderer with an actor on each node."""
    return {"backend": "ray", "address": cluster.address, "cores_each": 1, "workers": 2, "cache": 0}


@pytest.fixture
def make(options) -> Iterator[Any]:
    """Makes renderers that are closed with the test."""
    made: list[Renderer] = []

    def make(canvas: Any, **changed: Any) -> Renderer:
        given = options | changed
        own = {name: given.pop(name) for name in ("backend", "workers", "cache", "path") if name in given}
        made.append(Renderer(canvas, options=given, **own))
        return made[-1]

    yield make
    for renderer in made:
        renderer.close()


def told(renderings: Sequence[Rendering]) -> list[tuple[Any, ...]]:
    """Returns all that a verdict may depend on, and the hash of the pixels."""
    return [
        (
            each.identity,
            each.status,
            each.kind,
            each.message,
            each.findings,
            each.evidence,
            None if each.image is None else hashlib.sha256(each.image.tobytes()).hexdigest(),
        )
        for each in renderings
    ]


def here(canvas: Any, jobs: Sequence[Job]) -> list[tuple[Any, ...]]:
    """Draws with a local fleet."""
    local = Renderer(canvas, backend="local", workers=1, cache=0)
    drawn = told(local.render(jobs))
    local.close()
    return drawn


def actors(up: int, renderer: Renderer) -> bool:
    """Tells whether so many actors of a renderer may be given jobs."""
    name = renderer.chain[0]
    crew = renderer._process.backend(name)._crew  # type: ignore[union-attr, attr-defined]
    return sum(member.up for member in crew._members) == up


def test_the_24_completions_have_the_scores_and_the_pixels_of_a_local_fleet(make):
    def evaluated(renderer: Renderer) -> list[tuple[Any, ...]]:
        found = Evaluator(P5Brush(), rewards.make(SPEC), renderer).evaluate(
            [case.text for case in CASES], [case.task for case in CASES], [case.group for case in CASES]
        )
        return [(each.score, each.pixels_sha256, each.sample.rendering.identity) for each in found]

    local = Renderer(P5Brush(), backend="local", workers=2, cache=0)
    expected = evaluated(local)
    local.close()
    assert len(expected) == 24
    assert [score.value is None for score, *_ in expected] == [case.kind == "machine" for case in CASES]
    assert evaluated(make(P5Brush())) == expected


def test_an_identity_is_that_of_a_local_fleet_and_each_node_has_an_actor(make):
    renderer = make(SVG())
    local = Renderer(SVG(), backend="local", workers=1)
    assert renderer.identity() == local.identity()
    assert "system calls filtered" in renderer.describe()["confined"]
    assert renderer.describe()["ray"].startswith("2 of 2 actors, 2 cores")
    assert len({each["NodeID"] for each in ray.nodes() if each["Alive"]}) == 3
    spread = {each["node_id"] for each in living_actors()}
    assert len(spread) == 2


def living_actors() -> list[dict[str, Any]]:
    """Returns Ray's own table of the actors that run."""
    table = ray._private.state.actors()
    return [
        {"pid": each["Pid"], "node_id": each["Address"]["NodeID"]}
        for each in table.values()
        if each["State"] == "ALIVE"
    ]


def test_a_node_that_is_killed_in_mid_batch_loses_nothing_and_a_new_one_takes_its_place(make, cluster):
    renderer = make(SVG())
    jobs = [Job(program, seed) for seed in range(4) for program in DRAWINGS]
    expected = here(SVG(), jobs)
    renderer.describe()
    drawn: list[Rendering] = []
    drawing = threading.Thread(target=lambda: drawn.extend(renderer.render(jobs)))
    drawing.start()
    until(lambda: len(renderer.timings) > len(jobs) // 8, "nothing is drawn")
    cluster.remove_node(next(iter(cluster.worker_nodes)), allow_graceful=False)
    assert drawing.is_alive(), "the batch was over before the node was killed"
    drawing.join(300)
    assert told(drawn) == expected
    assert renderer.counters()["lost"] >= 1
    add_node(cluster)
    until(lambda: actors(2, renderer), "the actor does not come back")
    assert told(renderer.render(jobs[:8])) == expected[:8]


def test_a_node_killed_in_a_step_of_a_training_changes_no_score_of_any_step(options, cluster):
    shared = {name: value for name, value in options.items() if name != "cache"}
    there, renderer = trainer(**shared)
    renderer.describe()
    with in_its_second_step(there, lambda: len(renderer.timings)) as training:
        cluster.remove_node(next(iter(cluster.worker_nodes)), allow_graceful=False)
        assert training.result(300) == local_steps()
    renderer.release()
    add_node(cluster)


def test_an_actor_that_is_killed_loses_nothing_and_comes_back(make):
    renderer = make(SVG())
    jobs = [Job(program, seed) for seed in range(2) for program in DRAWINGS]
    expected = here(SVG(), jobs)
    renderer.describe()
    drawn: list[Rendering] = []
    drawing = threading.Thread(target=lambda: drawn.extend(renderer.render(jobs)))
    drawing.start()
    until(lambda: len(renderer.timings) > 4, "nothing is drawn")
    os.kill(living_actors()[0]["pid"], signal.SIGKILL)
    drawing.join(300)
    assert told(drawn) == expected
    until(lambda: actors(2, renderer), "the actor does not come back")


def test_a_closed_renderer_ends_its_actors_and_their_workers_but_not_the_cluster(make, cluster):
    renderer = make(SVG())
    assert renderer.render([Job(DRAWINGS[0], 1)])[0].ok
    started = [psutil.Process(each["pid"]) for each in living_actors()]
    workers = [
        child for each in started for child in each.children(recursive=True) if WORKER in cmdline(child)
    ]
    assert workers
    renderer.close()
    until(lambda: not living(started + workers), "processes are left")
    assert ray.is_initialized()
    assert renderer.render([Job(DRAWINGS[0], 1)])[0].ok


def cmdline(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def test_where_ray_is_joined_already_its_cluster_is_taken(make, cluster):
    if not ray.is_initialized():  # by a test before this one
        ray.init(address=cluster.address)
    renderer = make(SVG(), address="192.0.2.1:6379")
    assert renderer.render([Job(DRAWINGS[0], 1)])[0].ok


def test_both_ways_of_p5brush_draw_on_the_same_cores(make):
    program = CASES[1].text
    renderer = make(P5Brush(), path="auto")
    assert {"engine.ray", "page.ray"} <= set(renderer.describe())
    assert renderer.render([Job(program, 1)])[0].ok
    assert len(living_actors()) == 2


def test_a_server_draws_on_the_cluster(options):
    given = {name: options[name] for name in ("backend", "address", "cores_each")}
    jobs = [Job(program, 1) for program in DRAWINGS[:4]]
    server = PaintServer(Painting(SVG(), workers=2, cache=0, options=given))
    with background(server):
        remote = Renderer(SVG(), backend="remote", cache=0, options={"url": server.url})
        assert told(remote.render(jobs)) == here(SVG(), jobs)
        assert len(living_actors()) == 2
        remote.close()


def test_a_server_on_a_cluster_is_told_how_much_it_may_draw_at_once():
    with pytest.raises(SpecError, match="--workers N"):
        Painting(SVG(), options={"backend": "ray"})


def test_a_forked_child_is_told_that_ray_does_not_survive_a_fork(options, make):
    renderer = make(SVG())
    assert renderer.render([Job(DRAWINGS[0], 1)])[0].ok

    def draw_in_child() -> bool:
        rendering = renderer.render([Job(DRAWINGS[0], 1)])[0]
        return rendering.status == "machine_error" and "does not survive a fork" in rendering.message

    assert ends_well_in_a_child(draw_in_child)
    assert renderer.render([Job(DRAWINGS[0], 2)])[0].ok


def test_a_canvas_that_the_nodes_do_not_have_is_a_machine_error_that_names_it(make):
    rendering = make(Toy()).render([Job("rose", 1)])[0]
    assert rendering.status == "machine_error"
    assert "No module named 'toy_canvas'" in rendering.message


def test_verl_scores_the_24_completions_through_the_cluster_as_here(options):
    shared = {name: value for name, value in options.items() if name != "cache"} | {"disk_cache": False}
    assert verl_function(CASES, shared) == verl_function(CASES, {"disk_cache": False, "backend": "local"})
    release(shared)


def release(options: dict[str, Any]) -> None:
    """Lets go of the renderer that a training holds until its process ends."""
    from codepaint_env import canvases
    from codepaint_env.render.shared_renderer import shared_renderer

    shared_renderer(canvases.get("p5brush"), options).release()


def test_an_actor_of_a_trainer_may_ask_for_actors_of_its_own(cluster, options):
    # verl's reward workers are asynchronous actors of Ray.
    class RewardWorker:
        async def score(self, program: str, options: dict[str, Any]) -> dict[str, Any]:
            from codepaint_env.trainers import verl

            rows = verl.rows(["a robin"], canvas="svg")
            asked = {"canvas": "svg", "reward": "renders", "renderer": options}
            return await verl.compute_score(
                "x", program, rows[0]["reward_model"]["ground_truth"], rows[0]["extra_info"], **asked
            )

    if not ray.is_initialized():
        ray.init(address=cluster.address)
    worker = ray.remote(num_cpus=0)(RewardWorker).remote()
    assert ray.get(worker.score.remote(DRAWINGS[0], options), timeout=120)["score"] == 1.0
    ray.kill(worker)
    until(lambda: not living_actors(), "actors live on without their owner")


def test_a_cluster_that_is_not_there_is_a_machine_error_with_the_way_out(cluster, options):
    asks = (
        "from codepaint_env.canvases.svg.canvas import SVG; from codepaint_env.render.renderer import Renderer; "
        "from codepaint_env.render.backend import Job; "
        "print(Renderer(SVG(), backend='ray', cache=0, options={'address': '127.0.0.1:1'}).render([Job('<svg/>', 1)])[0].message)"
    )
    assert "Start a cluster with `ray start --head`" in printed(asks)


def test_a_cluster_of_our_own_ends_with_its_last_renderer():
    asks = (
        "from codepaint_env.canvases.svg.canvas import SVG; from codepaint_env.render.renderer import Renderer; "
        "from codepaint_env.render.backend import Job; import ray; "
        "r = Renderer(SVG(), backend='ray', workers=1, cache=0, options={'address': 'local'}); "
        "print(r.render([Job(SVG().sample(__import__('numpy').random.default_rng(1)), 1)])[0].status); "
        "r.close(); print(ray.is_initialized())"
    )
    assert printed(asks).split() == ["ok", "False"]


def printed(program: str) -> str:
    """Returns what a Python of its own prints, which has joined no cluster."""
    environment = {name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=180, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
