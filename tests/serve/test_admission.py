"""A gate keeps to its room, and those whom it refuses come in one by one in their order."""

from __future__ import annotations

from contextlib import ExitStack, suppress

import pytest

from codepaint_env.serve.gate import FIRST_GUESS_S, LATE_S, LONGEST_WAIT_S, Full, Gate


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def gate(clock):
    """Room for four, two of them at work, half a second each."""
    return Gate(2, 2, clock)


def refused(gate, turn=None):
    with pytest.raises(Full) as raised, gate.entered(turn=turn):
        pass
    return raised.value


def enter(gate, stack, turn=None):
    stack.enter_context(gate.entered(turn=turn))


def test_no_more_come_in_than_there_is_room_for(gate):
    with ExitStack() as stack:
        for _ in range(4):
            enter(gate, stack)
        assert gate.inside == 4
        assert "come again in" in str(refused(gate))
    assert gate.inside == 0


def test_those_refused_are_told_times_one_service_apart_and_no_time_that_is_too_long(gate):
    with ExitStack() as stack:
        for _ in range(4):
            enter(gate, stack)
        waits = [refused(gate).wait_s for _ in range(1000)]
    gap = FIRST_GUESS_S / 2  # two are worked at side by side
    assert waits[:3] == pytest.approx([gap, 2 * gap, 3 * gap])
    assert max(waits) == LONGEST_WAIT_S


def test_whoever_comes_back_goes_before_a_newcomer(gate):
    with ExitStack() as stack:
        for _ in range(3):
            enter(gate, stack)
        with ExitStack() as last:
            enter(gate, last)
            waiting = refused(gate)
        refused(gate)  # there is room, and it was promised
        enter(gate, stack, waiting.turn)
        assert gate.inside == 4


def test_whoever_comes_too_early_keeps_its_turn(gate):
    with ExitStack() as stack:
        for _ in range(4):
            enter(gate, stack)
        first = refused(gate)
        again = refused(gate, first.turn)
        assert (again.turn, again.wait_s) == (first.turn, pytest.approx(FIRST_GUESS_S / 2))


def test_those_who_stay_away_keep_nobody_out(gate, clock):
    with ExitStack() as stack:
        for _ in range(3):
            enter(gate, stack)
        with ExitStack() as last:
            enter(gate, last)
            for _ in range(3):
                refused(gate)
        refused(gate)
        clock.now += LATE_S + 2
        enter(gate, stack)


def test_half_of_the_room_is_for_anybody(gate):
    with ExitStack() as stack:
        for _ in range(4):
            enter(gate, stack)
        for _ in range(9):
            refused(gate)
    with ExitStack() as stack:
        enter(gate, stack)
        enter(gate, stack)
        refused(gate)


def test_the_time_of_a_service_is_measured_and_failures_are_not(gate, clock):
    with gate.entered():
        clock.now += 0.1
    assert gate.service_s == pytest.approx(0.1)
    with suppress(ValueError), gate.entered():
        clock.now += 50
        raise ValueError
    assert gate.service_s == pytest.approx(0.1)
