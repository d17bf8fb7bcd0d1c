"""`auto` becomes `soft` or `hard` once a process, for all rewards that ask one judge by one rubric."""

from __future__ import annotations

import logging

import pytest

from rewards.errors import MachineError, SpecError
from rewards.judged import answer_mode as module
from rewards.judged.answer_mode import AnswerMode


@pytest.fixture(autouse=True)
def _undecided(monkeypatch):
    monkeypatch.setattr(module, "_decided", {})


class Judge:
    version = "judge"

    def __init__(self, *comes):
        self.comes, self.asked = list(comes), 0

    def preflight(self, *, logprobs):
        self.asked += 1
        told = self.comes.pop(0)
        if isinstance(told, Exception):
            raise told
        return logprobs and told


def mode(judge, wanted="auto", *, rubric="r@1", can_be_soft=True, reward="score"):
    return AnswerMode(wanted, judge=judge, rubric=rubric, can_be_soft=can_be_soft, reward=reward)


def test_whoever_asks_first_decides_for_all_rewards_with_the_same_judge_and_rubric(caplog):
    judge = Judge(True, False, False)
    with caplog.at_level(logging.INFO):
        assert mode(judge).resolved(asking=True) == "soft"
    assert mode(judge, reward="winrate").resolved(asking=True) == "soft"
    assert judge.asked == 1
    assert mode(judge, rubric="r@2").resolved(asking=True) == "hard"
    assert caplog.messages == ["score: mode 'auto' is 'soft' for the judge judge"]


def test_where_nothing_is_asked_nothing_is_decided():
    made = mode(Judge())
    assert (made.resolved(asking=False), made.decided) == ("hard", None)


def test_a_judge_that_is_down_leaves_it_undecided():
    made = mode(Judge(MachineError("down"), True))
    with pytest.raises(MachineError):
        made.resolved(asking=True)
    assert made.decided is None
    assert made.resolved(asking=True) == made.decided == "soft"


@pytest.mark.parametrize(("can_be_soft", "comes", "became"), [(True, True, "soft"), (True, False, "hard")])
def test_preflight_decides_before_the_first_score(can_be_soft, comes, became):
    made = mode(Judge(comes), can_be_soft=can_be_soft)
    made.preflight()
    assert made.decided == became


def test_a_rubric_without_a_place_for_log_probabilities_is_hard_and_asks_for_none():
    made = mode(Judge(True), can_be_soft=False)
    assert made.resolved(asking=True) == "hard"


def test_soft_is_refused_by_preflight_where_no_log_probabilities_come():
    with pytest.raises(SpecError, match="no log-probabilities, which mode='soft' reads"):
        mode(Judge(False), "soft").preflight()


def test_a_mode_that_there_is_not_is_refused():
    with pytest.raises(SpecError, match="mode is 'warm'; it is 'auto', 'soft' or 'hard'"):
        mode(Judge(), "warm")
