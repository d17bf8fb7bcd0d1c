"""Every knob of the scripted judge is found again in its answers, within its 95 % interval; the others stay at zero."""

import sys

import numpy as np
import pytest

from codepaint_env.study.figures.judge_answers import ask_pairs, traits_of
from codepaint_env.study.figures.judge_knobs import knobs_of
from judge_server import JudgeServer
from places import BENCHMARKS
from rewards.judged.client.openai_judge import OpenAIJudge
from rewards.judged.rubric import load_rubric
from rewards.testing.judges import ScriptedJudge

sys.path.insert(0, str(BENCHMARKS))

from ablation_parts.knobs import KAPPA, KNOBS, found_knobs, holds, recovered
from ablation_parts.sheets import inked_sheets

RUBRIC = load_rubric("pairwise")


def test_each_knob_is_found_within_its_interval_and_told_from_zero_while_the_others_stay():
    found = list(recovered())
    assert [each.knob for each in found] == [knob for knob, _, _ in KNOBS]
    for each in found:
        assert each.held, each
        assert each.estimate.low > 0, each
        assert each.off == (), each


def test_log_probabilities_are_noticed_and_tell_the_same_found_knobs():
    told = found_knobs(soft=True, beta=0.8)
    assert told.logprobs
    assert holds(told.kappa, KAPPA)
    assert holds(told.beta, 0.8)


def test_a_judge_without_log_probabilities_is_read_by_its_words():
    told = found_knobs(soft=True, logprobs=False)
    assert (told.logprobs, told.garbage.value) == (False, 0.0)
    assert holds(told.kappa, KAPPA)


def test_circles_among_triples_come_at_the_rate_that_the_ring_makes():
    # With a share c of the pairs on the ring, c / 2 - c^2 / 4 of the triples are circles: a quarter at c = 1.
    for share in (0.5, 1.0):
        told = found_knobs(cyclic=share, kappa=30.0, drawn=False, asks=1)
        assert holds(told.triples, share / 2 - share**2 / 4), (share, told.triples)


def test_a_judge_that_never_varies_tells_no_log_odds():
    told = found_knobs(kappa=20.0, drawn=False)
    assert (told.kappa.value, told.beta.value, told.tie_width.value) == (None, None, None)
    assert told.triples.value == 0


@pytest.mark.parametrize("told", [{"lost": 1.0}, {"garbage": 1.0}, {"kappa": 0.0, "drawn": False}])
def test_a_judge_that_says_nothing_has_no_knobs_and_no_crash(told):
    found = found_knobs(asks=1, **told)
    assert found.kappa.value is None
    assert found.lost.value == told.get("lost", 0.0)


def test_two_pictures_are_too_few_to_tell_anything_and_crash_nothing():
    few = inked_sheets(2)
    told = knobs_of(ask_pairs(ScriptedJudge(), few, RUBRIC, soft=False), traits_of(few))
    assert (told.calls, told.triples.value) == (2, None)
    assert knobs_of(ask_pairs(ScriptedJudge(), [], RUBRIC, soft=False), traits_of([])).calls == 0


def test_qualities_that_are_known_take_the_place_of_ink():
    assert traits_of(inked_sheets(2), [3.0, 5.0])[:, 0].tolist() == [3.0, 5.0]


@pytest.mark.parametrize(
    "trouble",
    ["429", pytest.param("500", marks=pytest.mark.full), pytest.param("hang", marks=pytest.mark.full)],
)
def test_failures_on_the_wire_are_found_within_their_interval(trouble):
    sheets = inked_sheets(10)
    wait_s = 3.0 if trouble == "hang" else 60.0  # so long that a busy machine is not taken for a fault
    with JudgeServer(judge=ScriptedJudge(), faults=0.1, troubles=(trouble,), keep=False) as server:
        judge = OpenAIJudge(
            model="m", base_url=server.url, api_key_env=None, cache=False, timeout_s=wait_s, patience_s=120
        )
        answers = ask_pairs(judge, sheets, RUBRIC, soft=False)
        told = knobs_of(answers, traits_of(sheets), usage=judge.usage)
        met, calls = sum(server.met.values()), server.calls
    assert told.wire.value == pytest.approx(met / calls)
    assert holds(told.wire, 0.1)
    assert np.isfinite(answers.chances).all()
