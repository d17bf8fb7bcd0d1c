"""Samples of a policy's own run are scored before money is spent on a training."""

from __future__ import annotations

import pytest

from codepaint_env.study.judge_check.own_samples import own_samples
from knowing_judge import KnowingJudge
from sample_runs import evaluated

SAMPLES = [evaluated(index).sample for index in range(3)]


def test_samples_at_the_floor_are_noted_with_what_helps():
    found = own_samples("score", KnowingJudge(digit=0), "soft", SAMPLES)
    assert (found.sign.state, found.sign.value) == ("note", "0%")
    assert "about 100% would have no such sample" in found.sign.text
    assert "0.3*coverage + 0.7*score" in found.sign.text
    assert found.figures() == {
        "samples": 3,
        "valued": 3,
        "above_floor": 0.0,
        "empty_groups": 1.0,
        "mean": 0.0,
    }


def test_samples_above_the_floor_are_good():
    found = own_samples("score", KnowingJudge(digit=5), "hard", SAMPLES)
    assert (found.sign.state, found.sign.value) == ("good", "100%")
    assert found.figures()["mean"] == pytest.approx(5 / 9)


def test_tasks_without_statements_are_told_and_not_asked():
    found = own_samples("checklist", KnowingJudge(), "hard", SAMPLES)
    assert (found.sign.state, found.sign.value) == ("note", "not asked")
    assert "has nothing to ask about the task 'task-0'" in found.sign.text


def test_a_judge_that_gives_none_a_value_is_unfit():
    found = own_samples("score", KnowingJudge(words=True), "hard", SAMPLES)
    assert (found.sign.state, found.figures()["valued"]) == ("unfit", 0)


def test_at_most_32_samples_are_asked_about_spread_over_the_run():
    many = [evaluated(index % 5).sample for index in range(80)]
    assert own_samples("score", KnowingJudge(digit=5), "hard", many).asked == 32


@pytest.mark.parametrize("kind", [pytest.param("pairwise", marks=pytest.mark.full), "caption"])
def test_every_reward_is_asked(kind):
    found = own_samples(kind, KnowingJudge(), "hard", SAMPLES)
    assert found.figures()["valued"] == 3, found.sign
