"""Functions that ask about the same batch share its evaluation, whatever becomes of the one that evaluates."""

import asyncio
import threading
import time
import weakref

import pytest

from codepaint_env.trainers.shared.shared_evaluation import KEPT, SharedEvaluations
from forking import ends_well_in_a_child, held_by_another_thread


class Counted:
    """Returns how often it was called, and remembers what it returned."""

    def __init__(self):
        self.calls = 0

    def __call__(self):
        self.calls += 1
        return self.calls


def test_every_function_gets_what_the_first_found_out():
    shared, evaluate = SharedEvaluations(3), Counted()
    assert [shared.get("k", who, evaluate) for who in (2, 0, 1)] == [1, 1, 1]


def test_who_asks_twice_asks_about_another_batch():
    shared, evaluate = SharedEvaluations(2), Counted()
    assert [shared.get("k", who, evaluate) for who in (0, 0, 1)] == [1, 2, 2]
    assert [shared.get("k", who, evaluate) for who in (1, 0)] == [3, 3]


def test_batches_are_told_apart_by_their_keys():
    shared, evaluate = SharedEvaluations(2), Counted()
    assert [shared.get(key, who, evaluate) for who in (0, 1) for key in "ab"] == [1, 2, 1, 2]


class Result:
    pass


def test_what_all_have_asked_about_is_let_go():
    shared = SharedEvaluations(2)
    kept = weakref.ref(shared.get("k", 0, Result))
    assert kept() is not None
    shared.get("k", 1, Result)
    assert kept() is None


def test_of_what_not_all_ask_about_the_oldest_is_let_go():
    shared = SharedEvaluations(2)
    kept = weakref.ref(shared.get("0", 0, Result))
    for key in range(1, KEPT):
        shared.get(str(key), 0, Result)
    assert kept() is not None
    shared.get(str(KEPT), 0, Result)
    assert kept() is None


def test_what_the_evaluation_raises_is_raised_by_all():
    shared = SharedEvaluations(2)
    for who in (0, 1):
        with pytest.raises(ZeroDivisionError):
            shared.get("k", who, lambda: 1 / 0)


class Slow:
    """An evaluation that waits to be let go; counts how often it was begun."""

    def __init__(self):
        self.begun, self.go = 0, threading.Event()

    async def __call__(self):
        self.begun += 1
        mine = self.begun
        while not self.go.is_set():
            await asyncio.sleep(0.001)
        return mine


def test_if_the_one_that_evaluates_is_cancelled_one_of_those_that_wait_begins_anew():
    shared, slow = SharedEvaluations(4), Slow()

    async def two_leave():
        tasks = [asyncio.create_task(shared.aget("k", who, slow)) for who in range(4)]
        for leaving in tasks[:2]:
            await asyncio.sleep(0.01)
            leaving.cancel()
        await asyncio.sleep(0.01)
        slow.go.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    first, second, third, fourth = asyncio.run(two_leave())
    assert [type(first), type(second)] == [asyncio.CancelledError] * 2
    assert (third, fourth, slow.begun) == (3, 3, 3)


def test_one_that_is_cancelled_while_it_waits_takes_nothing_from_the_others():
    shared, slow = SharedEvaluations(2), Slow()

    async def the_second_leaves():
        first, second = (asyncio.create_task(shared.aget("k", who, slow)) for who in range(2))
        await asyncio.sleep(0.01)
        second.cancel()
        await asyncio.sleep(0.01)
        slow.go.set()
        return await first

    assert (asyncio.run(the_second_leaves()), slow.begun) == (1, 1)


def test_a_loop_that_ends_in_the_middle_leaves_the_batch_to_a_thread_with_a_loop_of_its_own():
    shared, slow, told = SharedEvaluations(2), Slow(), []

    async def given_up():
        asyncio.create_task(shared.aget("k", 0, slow))  # noqa: RUF006 (its loop ends before it does)
        while not slow.begun:
            await asyncio.sleep(0.001)
        waiting.start()
        await asyncio.sleep(0.05)

    waiting = threading.Thread(target=lambda: told.append(asyncio.run(shared.aget("k", 1, slow))))
    asyncio.run(given_up())
    slow.go.set()
    waiting.join(10)
    assert told == [2]


def test_ctrl_c_in_the_one_that_evaluates_reaches_those_that_wait():
    shared, told, begun = SharedEvaluations(2), [], threading.Event()

    def interrupted():
        begun.set()
        time.sleep(0.05)
        raise KeyboardInterrupt

    def wait():
        begun.wait(10)
        try:
            shared.get("k", 1, Result)
        except KeyboardInterrupt:
            told.append("stopped")

    waiting = threading.Thread(target=wait)
    waiting.start()
    with pytest.raises(KeyboardInterrupt):
        shared.get("k", 0, interrupted)
    waiting.join(10)
    assert told == ["stopped"]


def test_a_forked_child_evaluates_for_itself_what_the_parent_is_in_the_middle_of():
    shared, go = SharedEvaluations(2), threading.Event()
    parent = threading.Thread(target=lambda: shared.get("k", 0, lambda: go.wait(30)))
    parent.start()
    while shared._batches["k"].future is None:
        time.sleep(0.001)
    try:
        with held_by_another_thread(shared._lock):
            assert ends_well_in_a_child(lambda: shared.get("k", 1, lambda: "in the child") == "in the child")
    finally:
        go.set()
        parent.join()
    assert shared.get("k", 1, Result) is True
