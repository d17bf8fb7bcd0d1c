"""The one policy for what fails in a training, synchronous and asynchronous."""

import asyncio
import concurrent.futures
import logging

import pytest

from codepaint_env import canvases
from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.trainers.shared.guard import Guard, TooManyInvalid
from forking import ends_well_in_a_child, held_by_another_thread
from rewards import Rendering, Sample, Score, SpecError, Task, Traits
from rewards.errors import BudgetSpent, MachineError, MissingPart
from rewards.types import DEFAULT_CANVAS

PAINTED, REFUSED = Rendering("ok"), Rendering("program_error", "no_program")


def sample(value=0.5, reason="", rendering=PAINTED):
    task = Task("poppy", "a poppy")
    return Evaluated(Sample(task, "aaa", "aaa", rendering, "poppy"), Score(value, reason=reason))


GOOD, MASKED, EMPTY = sample(), sample(None, "401: the key has expired"), sample(0.0, rendering=REFUSED)


@pytest.fixture(params=["sync", "async"])
def run(request):
    """Runs a guard by one of its two ways; the batch is what is given, or raised if it is an exception."""

    def synchronous(guard, batch, broken=None):
        def evaluate():
            if isinstance(batch, BaseException):
                raise batch
            return batch

        return guard.run(evaluate, broken or [None] * length(batch))

    def asynchronous(guard, batch, broken=None):
        async def evaluate():
            await asyncio.sleep(0)
            if isinstance(batch, BaseException):
                raise batch
            return batch

        return asyncio.run(guard.arun(evaluate, broken or [None] * length(batch)))

    return {"sync": synchronous, "async": asynchronous}[request.param]


def length(batch):
    return 2 if isinstance(batch, BaseException) else len(batch)


def errors(caplog):
    return [each for each in caplog.records if each.levelname == "ERROR"]


def test_a_batch_that_is_evaluated_comes_as_it_is(run):
    batch = [GOOD, MASKED, EMPTY]
    assert run(Guard(), batch) == batch


def test_an_evaluation_that_raises_gives_none_for_the_whole_batch_and_is_logged_once_a_row(run, caplog):
    guard = Guard()
    with caplog.at_level(logging.ERROR, logger="codepaint"):
        assert [run(guard, ZeroDivisionError("a bug of mine")) for _ in range(2)] == [[None, None]] * 2
    [record] = errors(caplog)
    assert "a bug of mine" in str(record.exc_info[1])


def test_the_third_failure_in_a_row_is_raised(run):
    guard = Guard()
    run(guard, ZeroDivisionError())
    run(guard, TypeError())
    with pytest.raises(KeyError, match="the third"):
        run(guard, KeyError("the third"))


def test_a_good_batch_begins_the_row_anew(run):
    guard = Guard()
    for batch in [ZeroDivisionError(), ZeroDivisionError(), [GOOD]] * 3:
        run(guard, batch)


@pytest.mark.parametrize(
    "error",
    [SpecError("no such task"), MissingPart("the key is refused"), BudgetSpent("max_usd"), TooManyInvalid()],
)
def test_what_no_later_batch_mends_is_raised_at_once(run, error):
    guard = Guard()
    run(guard, [GOOD])
    with pytest.raises(type(error)) as told:
        run(guard, error)
    assert told.value is error


def test_a_machine_error_is_raised_at_once_only_before_any_sample_had_a_score(run):
    guard = Guard()
    with pytest.raises(MachineError, match="no connection"):
        run(guard, MachineError("no connection"))
    run(guard, [GOOD])
    assert run(guard, MachineError("no connection")) == [None, None]


def test_failures_and_lost_batches_are_one_row(run):
    guard = Guard()
    run(guard, [GOOD])
    run(guard, [MASKED, MASKED])
    run(guard, OSError("no more processes"))
    with pytest.raises(TooManyInvalid) as told:
        run(guard, [MASKED, EMPTY, MASKED])
    assert "The last 3 batches taught nothing: 6 of their samples have no score" in str(told.value)
    assert "4 x 401: the key has expired; 2 x OSError: no more processes" in str(told.value)


@pytest.mark.parametrize("alone", [[MASKED], [EMPTY, EMPTY], [GOOD, MASKED, MASKED]])
def test_one_failure_bad_programs_alone_and_one_scored_painting_do_not_lose_a_batch(run, alone):
    guard = Guard()
    for _ in range(4):
        run(guard, alone)


def test_over_half_of_the_last_200_without_a_score_ends_the_training(run):
    guard = Guard()
    run(guard, [GOOD] * 200)
    run(guard, [GOOD] * 20 + [MASKED] * 100)
    with pytest.raises(
        TooManyInvalid, match=r"101 of the last 200 samples .* 101 x 401: the key has expired"
    ):
        run(guard, [GOOD, MASKED])


def test_samples_of_failed_evaluations_and_broken_ones_count_among_the_last_200(run):
    guard = Guard()
    run(guard, [GOOD] * 99)
    run(guard, OSError("no more processes"), [None] * 50)
    run(guard, [GOOD] * 2, [None, *[MachineError("the worker died")] * 50, None])
    with pytest.raises(TooManyInvalid) as told:
        run(guard, [MASKED])
    assert "101 of the last 200" in str(told.value)
    assert "50 x OSError: no more processes; 50 x the worker died; 1 x 401" in str(told.value)


def test_broken_samples_have_no_score_in_their_places_and_the_others_are_evaluated(run):
    assert run(Guard(), [GOOD, EMPTY], [None, OSError("no more processes"), None]) == [GOOD, None, EMPTY]


def test_nothing_is_evaluated_where_all_samples_are_broken(run):
    broken = [MachineError("the worker died")] * 2
    guard = Guard()
    assert [run(guard, AssertionError("was evaluated"), broken) for _ in range(2)] == [[None, None]] * 2
    with pytest.raises(TooManyInvalid, match="6 x the worker died"):
        run(guard, AssertionError("was evaluated"), broken)


def test_a_sample_that_broke_by_what_no_later_batch_mends_ends_the_training_at_once(run):
    with pytest.raises(MissingPart, match="no browser"):
        run(Guard(), [GOOD], [None, MissingPart("no browser is set up")])


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit, asyncio.CancelledError])
def test_an_interruption_of_the_caller_is_no_failure(run, interruption, caplog):
    guard = Guard()
    with caplog.at_level(logging.ERROR, logger="codepaint"):
        for _ in range(4):
            with pytest.raises(interruption):
                run(guard, interruption())
    assert not errors(caplog)
    assert run(guard, ZeroDivisionError()) == [None, None], "the row begins here"
    assert len(errors(caplog)) == 1


def test_a_task_that_is_cancelled_is_no_failure():
    guard = Guard()

    async def cancelled():
        task = asyncio.create_task(guard.arun(lambda: asyncio.sleep(60), [None]))
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return task.cancelled()

    assert [asyncio.run(cancelled()) for _ in range(4)] == [True] * 4
    assert guard.run(lambda: 1 / 0, [None]) == [None]


def test_threads_are_counted_together():
    guard = Guard()
    guard.run(lambda: [GOOD] * 100, [None] * 100)
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: guard.run(lambda: [GOOD, MASKED], [None, None]), range(150)))
        with pytest.raises(TooManyInvalid, match="101 of the last 200"):
            list(threads.map(lambda _: guard.run(lambda: [MASKED], [None]), range(2)))


def test_a_forked_child_goes_on_with_the_row_of_its_parent_whoever_holds_the_lock():
    guard = Guard()
    guard.run(lambda: 1 / 0, [None])
    guard.run(lambda: 1 / 0, [None])

    def fails_once_more():
        with pytest.raises(ZeroDivisionError):
            guard.run(lambda: 1 / 0, [None])
        return True

    with held_by_another_thread(guard._lock):
        assert ends_well_in_a_child(fails_once_more)


class Half:
    """A reward that says 0.5 and counts its preflights."""

    name, needs, version, traits = "half", frozenset(), "1", Traits()
    preflights = 0

    def preflight(self, samples=None):
        self.preflights += 1

    def __call__(self, samples, /):
        return [Score(0.5) for _ in samples]


def test_a_forked_child_has_a_preflight_of_its_own_while_that_of_the_parent_is_under_way():
    evaluator = Evaluator(canvases.get(DEFAULT_CANVAS), Half(), None)

    def judged():
        [evaluated] = evaluator.judge([GOOD.sample])
        return (evaluated.score.value, evaluator.reward.preflights) == (0.5, 1)

    with held_by_another_thread(evaluator._first_look._lock):
        assert ends_well_in_a_child(judged)
    assert judged()
