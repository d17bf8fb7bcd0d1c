"""Forks while another thread is at work: the child can use what it inherited."""

import gc
import threading
import weakref

import pytest

from forking import ends_well_in_a_child, held_by_another_thread
from rewards.forks import ForkSafeLock, lock_held_over_forks, run_in_children


def taken(lock):
    with lock:
        return True


def test_a_lock_that_another_thread_held_is_free_in_the_child():
    lock = ForkSafeLock()
    with held_by_another_thread(lock):
        assert ends_well_in_a_child(lambda: taken(lock))
    assert taken(lock)


def test_an_ordinary_lock_stays_locked_in_the_child():
    lock = threading.Lock()
    with held_by_another_thread(lock):
        assert not ends_well_in_a_child(lambda: taken(lock), timeout_s=1)


def test_a_lock_still_keeps_threads_apart_in_parent_and_child():
    lock = ForkSafeLock()

    def excludes():
        entered = threading.Event()
        with lock:
            other = threading.Thread(target=lambda: taken(lock) and entered.set(), daemon=True)
            other.start()
            alone = not entered.wait(0.1)
        other.join(5)
        return alone and entered.is_set()

    assert excludes()
    assert ends_well_in_a_child(excludes)


def test_a_fork_waits_for_a_lock_that_is_held_over_forks():
    lock = lock_held_over_forks()
    work = []

    def halves():
        with lock:
            work.append("first half")
            begun.set()
            ended.wait(0.3)
            work.append("second half")

    begun, ended = threading.Event(), threading.Event()
    threading.Thread(target=halves).start()
    begun.wait(5)
    assert ends_well_in_a_child(lambda: taken(lock) and work == ["first half", "second half"])
    assert taken(lock)


class Counted:
    def __init__(self):
        self.children = 0
        run_in_children(self.count)

    def count(self):
        self.children += 1


def test_functions_and_methods_run_in_the_child_alone():
    counted, told = Counted(), []
    run_in_children(lambda: told.append("born"))
    assert ends_well_in_a_child(lambda: (counted.children, told) == (1, ["born"]))
    assert (counted.children, told) == (0, [])


@pytest.mark.parametrize("make", [Counted, ForkSafeLock])
def test_a_method_does_not_keep_its_object_alive(make):
    owner = weakref.ref(make())
    gc.collect()
    assert owner() is None
    assert ends_well_in_a_child(lambda: True)
