"""Rollouts and sessions that share what draws and judges: each alone, and what fails in one costs the others nothing."""

import asyncio
import copy
import logging

import pytest

from codepaint_env import canvases
from codepaint_env.episodes.turns import Attempt, aplay, play
from codepaint_env.evaluate import Evaluator
from codepaint_env.trainers.shared.guard import TooManyInvalid
from codepaint_env.trainers.shared.painter import Painter, first_attempt
from codepaint_env.trainers.shared.setting_name import setting
from rewards import SpecError, Task, Traits, make
from rewards.errors import MachineError, MissingPart, UnknownName
from trl_contract import MIX, Easel, Shares

POPPY = Task("poppy", "a poppy")


class Spoilt(Shares):
    """A reward with a fault for some completions."""

    name, traits = "spoilt", Traits(disclaims=Shares.traits.disclaims)

    def score(self, sample):
        if "raise" in sample.completion:
            raise ZeroDivisionError("of the user's own reward")
        if "no key" in sample.completion:
            raise MissingPart("The key is refused (401).")
        return super().score(sample)


def painter(reward=MIX):
    return Painter(reward, "p5brush", Easel())


def play_alone(shared, completion):
    return asyncio.run(shared.play(first_attempt(completion, POPPY, "poppy")))


@pytest.mark.parametrize("judged", ["always", "changed", "never"])
def test_a_turn_that_is_awaited_is_the_turn_that_blocks(judged):
    evaluator = Evaluator(canvases.get("p5brush"), make(MIX), Easel())
    texts = ["aaaa", "", "break", "aaaa"]
    attempts = [Attempt(text, POPPY, "poppy", None, judged, criticised=True) for text in texts]

    def told(turns):
        return [
            (turn.evaluated.score, turn.evaluated.judged, turn.unchanged, turn.critique) for turn in turns
        ]

    assert told(asyncio.run(aplay(evaluator, attempts))) == told(play(evaluator, attempts))


def test_each_sample_alone_has_the_score_that_it_has_in_a_batch():
    evaluator = Evaluator(canvases.get("p5brush"), make(MIX), Easel())
    texts = ["aaaa", "aaaaaaaaaa", ""]
    whole = [each.score.value for each in evaluator.evaluate(texts, [POPPY] * 3)]
    shared = painter()
    assert [play_alone(shared, text).evaluated.score.value for text in texts] == whole
    scored = asyncio.run(shared.score(texts, [POPPY] * 3, ["poppy"] * 3))
    assert [each.score.value for each in scored] == whole


def test_a_machine_that_fails_gives_a_turn_without_a_score_and_is_counted():
    shared = painter()
    for text in ("aaaa", "break", ""):
        turn = play_alone(shared, text)
        assert turn.evaluated.valid == (text != "break")
    found = shared.recent.metrics()
    assert found["masked"] == pytest.approx(1 / 3)
    assert found["valid_rate"] == 0.5
    assert found["quality_given_valid"] == 2 * found["reward"] > 0


def test_a_reward_that_raises_costs_its_sample_and_the_third_in_a_row_is_raised_as_it_is(caplog):
    caplog.set_level(logging.CRITICAL)
    shared = painter(Spoilt())
    play_alone(shared, "aaa")
    for _ in range(2):
        with pytest.raises(
            MachineError, match="The reward raised ZeroDivisionError: of the user's own reward"
        ):
            play_alone(shared, "raise")
    play_alone(shared, "aaa")
    for _ in range(2):
        with pytest.raises(MachineError):
            play_alone(shared, "raise")
    with pytest.raises(ZeroDivisionError):
        play_alone(shared, "raise")
    assert shared.recent.metrics()["masked"] == pytest.approx(5 / 7)


def test_what_ends_a_training_ends_it_for_every_rollout_and_nothing_more_is_drawn():
    reward = Spoilt()
    shared = painter(reward)
    play_alone(shared, "aaa")
    with pytest.raises(MissingPart, match="401"):
        play_alone(shared, "no key")
    drawn = len(reward.seen)
    for demand in (shared.check, lambda: play_alone(shared, "aaa")):
        with pytest.raises(MissingPart, match="401"):
            demand()
    assert len(reward.seen) == drawn


def test_samples_that_nobody_waits_for_any_more_end_a_training_too():
    shared = painter()
    for _ in range(100):
        shared.lost(MachineError("it took too long"))
    with pytest.raises(TooManyInvalid, match="it took too long"):
        shared.lost(MachineError("it took too long"))
    with pytest.raises(TooManyInvalid):
        shared.check()


def test_turns_that_are_not_judged_are_in_no_mean():
    shared = painter()
    asyncio.run(shared.play(Attempt("aaaa", POPPY, "poppy", None, "never", criticised=True)))
    assert shared.recent.metrics()["valid_rate"] == 0.0
    play_alone(shared, "aaaa")
    assert shared.recent.metrics()["valid_rate"] == 1.0


def test_a_copy_of_a_task_keeps_the_painter_of_all():
    shared = painter()
    assert copy.deepcopy({"painter": shared})["painter"] is shared


def test_an_error_names_the_setting_and_stays_what_it_is():
    for kind in (SpecError, UnknownName, MissingPart):
        with (
            pytest.raises(kind, match=r"^--env\.taskset\.tasks: There is none\.$"),
            setting("--env.taskset.tasks"),
        ):
            raise kind("There is none.")
