"""A renderer on either path: seeds, children, threads, loops, options, and what is drawn once."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import gc
import hashlib
import multiprocessing
import time
import weakref

import psutil
import pytest

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.backend import Job
from codepaint_env.render.identity import seed_of
from codepaint_env.render.renderer import Renderer
from codepaint_env.render.shared_renderer import shared_renderer
from rewards.errors import SpecError
from rewards.types import Rendering
from sketches import GOOD, TWELVE
from toy_canvas import Toy


def draw(renderer: Renderer, program: str, seed: int = 1) -> Rendering:
    return renderer.render([Job(program, seed)])[0]


def digest(rendering: Rendering) -> str:
    assert rendering.image is not None, rendering.message
    return hashlib.sha256(rendering.image.tobytes()).hexdigest()


@pytest.fixture(scope="module", params=["engine", "page"])
def either(request, renderer):
    """A renderer of each path."""
    if request.param == "page":
        yield renderer
        return
    engine = Renderer(P5Brush(), path="engine", cache=0)
    yield engine
    engine.close()


def test_the_seed_changes_a_picture_and_comes_from_the_task(either):
    program = TWELVE["unseeded"]
    assert digest(draw(either, program, 1)) != digest(draw(either, program, 2))
    assert seed_of("flowers-peony") == int.from_bytes(hashlib.sha256(b"flowers-peony").digest()[:4], "big")


def started_since(before: set[psutil.Process]) -> list[psutil.Process]:
    """Returns our processes but for those that were there before and what they have started meanwhile."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if process not in before and not before & set(process.parents()):
                found.append(process)
    return found


@pytest.mark.parametrize("path", ["engine", pytest.param("page", marks=pytest.mark.full)])
def test_close_leaves_no_process_and_a_closed_renderer_starts_again(path):
    renderer = Renderer(P5Brush(), path=path, workers=1, cache=0)
    before = set(psutil.Process().children(recursive=True))
    draw(renderer, GOOD)
    assert started_since(before)
    renderer.close()
    renderer.close()
    deadline = time.monotonic() + 10
    while left := started_since(before):
        assert time.monotonic() < deadline, left
    assert draw(renderer, GOOD).ok
    renderer.close()


def test_it_works_in_a_running_event_loop(either):
    async def both() -> list[Rendering]:
        return [*await either.arender([Job(GOOD, 1)]), *either.render([Job(GOOD, 1)])]

    first, second = asyncio.run(both())
    assert digest(first) == digest(second)


def test_it_works_from_several_threads(either):
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        digests = set(threads.map(lambda _: digest(draw(either, GOOD)), range(4)))
    assert len(digests) == 1


def _digest_in_child(renderer: Renderer | None, path: str, queue) -> None:
    renderer = renderer or Renderer(P5Brush(), path=path, cache=0)
    queue.put(digest(draw(renderer, GOOD)))
    renderer.close()


@pytest.mark.full
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_it_works_in_child_processes(either, method):
    wanted = digest(draw(either, GOOD))
    context = multiprocessing.get_context(method)
    queue = context.Queue()
    inherited = either if method == "fork" else None
    child = context.Process(target=_digest_in_child, args=(inherited, either.path, queue))
    child.start()
    assert queue.get(timeout=60) == wanted
    child.join(timeout=30)
    assert digest(draw(either, GOOD)) == wanted


@pytest.mark.parametrize("path", ["engine", "page"])
def test_the_same_program_in_a_batch_is_drawn_once_and_later_comes_from_the_cache(path):
    renderer = Renderer(P5Brush(), path=path, workers=1, cache=2)
    try:
        first, second = renderer.render([Job(GOOD, 1), Job(GOOD, 1)])
        assert first is second
        assert draw(renderer, GOOD) is first
        assert renderer.cache.hits_memory == 1
        assert draw(renderer, GOOD, seed=2).identity != first.identity
    finally:
        renderer.close()


def test_shared_pictures_cannot_be_painted_over(either):
    with pytest.raises(ValueError, match="read-only"):
        draw(either, GOOD).image[0, 0] = 0


@pytest.mark.parametrize("draws", [True, False])
def test_a_shared_renderer_is_forgotten_once_it_is_closed_and_nobody_holds_it(draws):
    renderer = shared_renderer(Toy(), {})
    gone = weakref.ref(renderer)
    if draws:
        draw(renderer, "rose")
        renderer.close()
    del renderer
    gc.collect()
    assert gone() is None


def test_a_shared_renderer_that_still_runs_is_found_again_by_whoever_comes_next():
    renderer = shared_renderer(Toy(), {})
    draw(renderer, "rose")
    running = weakref.ref(renderer)
    del renderer
    gc.collect()
    renderer = shared_renderer(Toy(), {})
    assert renderer is running()
    renderer.close()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"path": "gpu"}, "path is 'gpu'"),
        ({"workers": 0}, "workers is 0"),
        ({"cache": -1}, "cache is -1"),
        ({"recorder_cpu_s": 0}, "recorder_cpu_s is 0"),
        ({"calls": True}, "calls is True"),
        ({"wrokers": 2}, "no option 'wrokers'"),
    ],
)
def test_a_wrong_option_is_refused_with_its_value(options, words):
    with pytest.raises(SpecError, match=words):
        shared_renderer(P5Brush(), options)
