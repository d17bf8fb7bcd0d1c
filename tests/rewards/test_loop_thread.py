"""The loop of a process: who asks from it changes no thread, and nothing that waits for it can stop it."""

from __future__ import annotations

import asyncio
import threading

import pytest

from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.evaluate import Evaluator
from codepaint_env.render.renderer import Renderer
from codepaint_env.tasks import load_tasks
from rewards import Score, Traits, loop_thread
from rewards.loop_thread import arun, beside, run

CROWD = 80  # more than a loop has threads of its own


class Patient:
    """Waits in a thread for what the loop does in a thread, several at once."""

    name, version, needs, traits = "patient", "1", frozenset({"image"}), Traits(floor=False)

    arrived: threading.Barrier | None = None

    def __call__(self, samples):
        if self.arrived is not None:
            self.arrived.wait(20)
        return [Score(run(asyncio.to_thread(lambda: 0.5))) for _ in samples]


async def thread() -> str:
    return threading.current_thread().name


def test_work_for_the_loop_stays_there_wherever_it_is_asked_for():
    async def asked_there():
        return await arun(thread())

    assert run(asked_there()) == asyncio.run(asked_there()) == run(thread()) == "codepaint-loop"


def test_the_loop_does_not_wait_for_itself():
    async def waits():
        run(thread())

    with pytest.raises(RuntimeError, match="await arun"):
        run(waits())


def test_what_may_wait_for_the_loop_runs_beside_it():
    async def asked_there():
        return await beside(thread())

    assert run(asked_there()) == "codepaint-beside"
    assert asyncio.run(asked_there()) == "MainThread"


def test_rewards_that_wait_for_the_loop_in_every_thread_do_not_stop_it():
    """A judge that is asked in a plain call waits in a thread for the loop, which needs threads itself."""
    canvas = SVG()
    renderer = Renderer(canvas)
    evaluator = Evaluator(canvas, patient := Patient(), renderer, probe=False)
    evaluator.evaluate([], [])  # it has had its first look
    patient.arrived = threading.Barrier(4)
    [task] = load_tasks(["a red circle"], "svg")
    program = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4" fill="red"/></svg>'

    async def crowd():
        return await asyncio.gather(*(evaluator.aevaluate([program], [task]) for _ in range(CROWD)))

    try:
        found = asyncio.run_coroutine_threadsafe(crowd(), loop_thread.loop()).result(60)
    finally:
        renderer.close()
    assert [each.score.value for [each] in found] == [0.5] * CROWD
