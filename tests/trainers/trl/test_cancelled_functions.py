"""Asynchronous reward functions of which one is cancelled leave the batch to the others."""

import asyncio

import numpy as np

from codepaint_env.trainers.trl import reward_funcs
from rewards import Rendering


class SlowEasel:
    """Paints a dark disc whose radius is the program's length, and takes its time; counts its batches."""

    def __init__(self):
        self.batches = 0

    async def arender(self, jobs):
        self.batches += 1
        await asyncio.sleep(0.05)
        y, x = np.mgrid[-32:32, -32:32]
        discs = [np.where(x**2 + y**2 < len(job.program) ** 2, 20, 250).astype(np.uint8) for job in jobs]
        return [Rendering("ok", image=np.repeat(disc[..., None], 3, axis=2)) for disc in discs]


def asked(functions):
    told = {"prompts": ["a poppy"], "completions": ["aaa"]}
    return [asyncio.create_task(function(**told)) for function in functions]


async def painting(easel):
    while not easel.batches:
        await asyncio.sleep(0.001)


def functions(easel):
    return reward_funcs(
        "0.3*renders + 0.3*coverage + 0.4*renders", asynchronous=True, renderer=easel, probe=False
    )


def test_the_function_that_evaluates_is_cancelled_and_those_that_wait_get_the_result():
    easel = SlowEasel()

    async def the_first_leaves():
        first, *others = asked(functions(easel))
        await painting(easel)
        first.cancel()
        return await asyncio.gather(*others, first, return_exceptions=True)

    second, third, first = asyncio.run(the_first_leaves())
    assert (second[0] > 0, third) == (True, [0.4])
    assert isinstance(first, asyncio.CancelledError)
    assert easel.batches == 2, "one was cancelled, and one of the others began anew for both"


def test_a_function_that_asks_after_the_evaluation_was_cancelled_gets_a_result():
    easel = SlowEasel()

    async def all_leave_but_the_last():
        *early, late = functions(easel)
        tasks = asked(early)
        await painting(easel)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return await late(prompts=["a poppy"], completions=["aaa"])

    assert asyncio.run(all_leave_but_the_last()) == [0.4]


def test_cancelling_is_no_failure_of_the_reward():
    easel = SlowEasel()
    made = functions(easel)

    async def every_function_is_cancelled():
        easel.batches = 0
        tasks = asked(made)
        await painting(easel)
        for task in tasks:
            task.cancel()
        return await asyncio.gather(*tasks, return_exceptions=True)

    for _ in range(3):
        assert [type(left) for left in asyncio.run(every_function_is_cancelled())] == [
            asyncio.CancelledError
        ] * 3
    assert asyncio.run(made[2](prompts=["a poppy"], completions=["aaa"])) == [0.4]
