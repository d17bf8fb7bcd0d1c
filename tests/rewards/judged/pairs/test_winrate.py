"""`winrate` by the protocol: whole groups, equal games, the floor, abstention, and nothing shown but pictures."""

from __future__ import annotations

import asyncio
import logging
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from rewards import Finding, Rendering, Sample, Task, make
from rewards import preflight as checks
from rewards.errors import MachineError, SpecError
from rewards.judged import answer_mode
from rewards.judged.pairs.winrate import WinRate, calls_a_group
from rewards.preflight import NoSpread, check_spread, shipped_samples
from rewards.testing.judges import Fault, FixedJudge, ScriptedJudge, always_first, always_tie, digest

SIDE = 24


@pytest.fixture(autouse=True)
def _undecided(monkeypatch):
    monkeypatch.setattr(answer_mode, "_decided", {})
    monkeypatch.setattr(checks, "_passed", set())


def painted(ink, seed=0):
    """Returns a picture with so much ink, [0, 1]: the darker, the better it is to a scripted judge."""
    noise = np.random.default_rng(seed).integers(0, 6, (SIDE, SIDE, 3))
    return (noise + round(240 * (1 - ink))).astype(np.uint8)


def sample(ink, group="g", task="t", prompt="a poppy", **rendering):
    image = None if ink is None else painted(ink)
    told = {"status": "ok", "image": image, "evidence": frozenset({"image", "text"})} | rendering
    return Sample(Task(task, prompt), "completion", "program", Rendering(**told), group)


FAILED = {"status": "program_error", "message": "It threw."}
CRASHED = {"status": "machine_error", "message": "The browser died."}
INKS = (0.9, 0.1, 0.5, 0.3, 0.7, 0.2, 0.8, 0.4)


def reward(judge=None, **parameters):
    return WinRate(**{"judge": judge or ScriptedJudge(kappa=4.0), "size_px": SIDE, **parameters})


def values(scores):
    return [score.value for score in scores]


def told(scores):
    return [(score.value, dict(score.components), score.reason) for score in scores]


def wins(scores):
    return [score.components["wins"] for score in scores]


@pytest.mark.parametrize("mode", ["soft", "hard"])
def test_all_pairs_rank_a_group_by_what_the_judge_sees_and_average_one_half(mode):
    judge = ScriptedJudge(kappa=4.0, record=True)
    scores = reward(judge, mode=mode)([sample(ink) for ink in INKS])
    assert np.argsort(values(scores)).tolist() == np.argsort(INKS).tolist()
    assert sum(values(scores)) == pytest.approx(4.0, abs=1e-9)
    assert judge.calls == calls_a_group(None, 8, 1) == 56
    if mode == "hard":
        assert sorted(values(scores)) == [n / 7 for n in range(8)]


@pytest.mark.parametrize(
    ("games", "met", "calls"), [(2, 2, 16), (3, 3, 24), (4, 4, 32), (7, 7, 56), (9, 7, 56)]
)
def test_a_capped_tournament_costs_two_calls_a_game_and_all_have_as_many(games, met, calls):
    judge = ScriptedJudge(kappa=4.0, record=True)
    made = reward(judge, games=games)
    scores = made([sample(ink) for ink in INKS])
    assert judge.calls == calls == made.traits.max_calls(8, 1)
    shown = [digest(image) for question in judge.asked for image in question.images]
    assert {shown.count(each) for each in shown} == {2 * met}
    assert {score.components["games"] for score in scores} == {met}
    assert sum(wins(scores)) == pytest.approx(4.0, abs=1e-9)


def test_where_games_and_pictures_are_odd_each_has_one_game_fewer():
    judge = ScriptedJudge(kappa=4.0)
    scores = reward(judge, games=3)([sample(ink) for ink in INKS[:7]])
    assert {score.components["games"] for score in scores} == {2}
    assert judge.calls == 14


def test_places_on_the_ring_change_with_seed_task_and_group_and_with_nothing_else():
    def met(made, batch, **change):
        judge = ScriptedJudge(record=True)
        reward(judge, games=2, **made)([replace(one, **change) for one in batch])
        return {frozenset(map(digest, question.images)) for question in judge.asked}

    batch = [sample(ink) for ink in INKS]
    due = met({}, batch)
    assert met({}, batch[::-1]) == met({}, batch, completion="c", program="p") == due
    assert met({"seed": 1}, batch) != due
    assert met({}, batch, group="h") != due
    assert met({}, batch, task=Task("u", "a poppy")) != due


def test_groups_are_judged_apart_and_so_are_two_prompts_of_one_group():
    one, other = [sample(ink) for ink in INKS[:4]], [sample(ink, "h") for ink in INKS[4:]]
    made = reward()
    alone = told(made(one)) + told(made(other))
    mixed = [each for pair in zip(one, other, strict=True) for each in pair]
    scores = told(made(mixed))
    assert scores[::2] + scores[1::2] == alone
    twice = made(one + [sample(ink, prompt="two poppies") for ink in INKS[:4]])
    assert told(twice[:4]) == alone[:4]


def test_what_painted_nothing_scores_0_loses_to_all_that_painted_and_is_not_asked_about():
    judge = ScriptedJudge(kappa=4.0)
    flat = np.full((SIDE, SIDE, 3), 9, np.uint8)
    batch = [sample(0.9), sample(0.2), sample(None, **FAILED), sample(0.5, image=flat), sample(0.5, **FAILED)]
    scores = reward(judge, games=2)(batch)
    strong, weak, *failed = scores
    assert values(failed) == [0.0] * 3
    assert wins(failed) == [0.25] * 3  # they tie with two of the four others
    assert [score.components["ties"] for score in failed] == [0.5] * 3
    assert judge.calls == 2
    assert strong.value > weak.value > 0.75 - 1e-9  # three of four are beaten without a call
    assert sum(wins(scores)) == pytest.approx(2.5)
    assert failed[0].reason == "It threw."
    assert strong.reason == "1 of 1 games won, 0 tied; 3 of the group painted nothing"


def test_a_group_that_painted_nothing_scores_0():
    judge = ScriptedJudge()
    scores = reward(judge)([sample(None, **FAILED)] * 3)
    assert (values(scores), wins(scores), judge.calls) == ([0.0] * 3, [0.5] * 3, 0)


def test_a_machine_error_takes_no_part_and_the_others_play_among_themselves():
    judge = ScriptedJudge(kappa=4.0)
    batch = [sample(ink) for ink in INKS[:5]]
    due = told(reward(judge, games=2)(batch))
    batch.insert(2, sample(0.4, **CRASHED))
    scores = reward(judge, games=2)(batch)
    assert (scores[2].value, scores[2].reason) == (None, "The browser died.")
    assert told(scores[:2] + scores[3:]) == due


def test_equal_pictures_tie_without_a_call_and_share_one_value():
    judge = ScriptedJudge(kappa=4.0, record=True)
    assert values(reward(judge)([sample(0.5)] * 3)) == [0.5] * 3
    assert judge.calls == 0
    batch = [sample(ink) for ink in (0.9, 0.5, 0.5, 0.2, 0.7)]
    for games in (None, 2):
        scores = reward(judge, games=games)(batch)
        assert told(scores)[1] == told(scores)[2]
        assert sum(wins(scores)) == pytest.approx(2.5)


def test_alone_in_its_group_a_picture_has_one_half():
    judge = ScriptedJudge()
    one, failed = reward(judge)([sample(0.5, "g"), sample(None, "h", **FAILED)])
    assert (one.value, failed.value, wins([one, failed]), judge.calls) == (0.5, 0.0, [0.5, 0.5], 0)
    assert one.reason == "nobody to meet"


def test_a_lost_game_takes_the_value_of_its_two_pictures_alone(caplog):
    batch = [sample(ink) for ink in INKS]
    judge = ScriptedJudge(kappa=4.0, record=True)
    clean = told(reward(judge, games=2)(batch))
    fault = Fault(frozenset(map(digest, judge.asked[0].images)), kind="lost")
    with caplog.at_level(logging.INFO):
        broken = told(reward(ScriptedJudge(kappa=4.0, faults=(fault,)), games=2)(batch))
    lost = [n for n, each in enumerate(broken) if each[0] is None]
    assert len(lost) == 2
    assert [broken[n] for n in range(8) if n not in lost] == [clean[n] for n in range(8) if n not in lost]
    assert broken[lost[0]] == (None, {}, "no verdict in 1 of 2 games: a call of the judge failed")
    assert "winrate: 2 of 8 samples of group 'g' have no score" in caplog.text


def test_answers_that_cannot_be_read_are_asked_for_once_more_and_never_count():
    judge = ScriptedJudge(garbage=1.0)
    scores = reward(judge, mode="hard")([sample(ink) for ink in INKS[:3]])
    assert (values(scores), judge.calls) == ([None] * 3, 12)
    assert "could not be read, twice" in scores[0].reason


@pytest.mark.parametrize("judge", [always_first(), FixedJudge("2"), always_tie()])
def test_a_judge_that_sees_nothing_gives_every_sample_one_half(judge):
    assert values(reward(judge)([sample(ink) for ink in INKS])) == [0.5] * 8


@pytest.mark.parametrize("beta", [0.7, -2.0])
def test_a_constant_bias_cancels_and_is_told(beta):
    batch = [sample(ink) for ink in INKS]
    fair, biased = (reward(ScriptedJudge(kappa=3.0, beta=b), tie_band=0.0)(batch) for b in (0.0, beta))
    assert values(biased) == pytest.approx(values(fair))
    assert [score.components["bias"] for score in biased] == pytest.approx([beta] * 8)


def test_a_judge_that_is_down_at_the_first_score_leaves_the_mode_undecided_and_costs_what_it_is_asked_about():
    class Down(ScriptedJudge):
        def preflight(self, *, logprobs):
            raise MachineError("No answer comes.")

    made = reward(Down(kappa=4.0))
    batch = [sample(0.3), sample(0.6), sample(None, **FAILED), sample(0.5, "h"), sample(0.5, "h")]
    assert values(made(batch)) == [None, None, 0.0, 0.5, 0.5]
    assert values(asyncio.run(made.ascore(batch))) == [None, None, 0.0, 0.5, 0.5]
    assert made.decided is None


def test_threads_awaiting_and_a_copy_change_nothing():
    made = reward(ScriptedJudge(kappa=6.0, beta=1.0), games=3)
    batch = [sample(ink, group) for group in ("g", "h") for ink in INKS[:5]]
    batch.insert(3, sample(0.4, **CRASHED))
    due = told(made(batch))
    assert told(asyncio.run(made.ascore(batch))) == due
    packed = pickle.dumps(made)
    assert len(packed) < 4_000
    copy = pickle.loads(packed)
    assert (copy.version, copy.decided, told(copy(batch))) == (made.version, "soft", due)
    assert copy.traits.max_calls(8, 1) == 24
    with ThreadPoolExecutor(4) as threads:
        assert [told(each) for each in threads.map(made, [batch] * 4)] == [due] * 4
    assert made([]) == []


def test_components_are_those_of_the_traits_and_letters_are_blurred_and_measured():
    box = Finding("text", "Letters.", 0.9, (0, 0, SIDE // 2, SIDE))
    written = painted(0.3)
    written[8:16:2, 2:10] = 0
    judges = {text: ScriptedJudge(record=True) for text in ("blur", "keep")}
    for text, judge in judges.items():
        made = reward(judge, text=text)
        scores = made([sample(0.3, image=written, findings=(box,)), sample(0.6), sample(None, **FAILED)])
        assert {tuple(score.components) for score in scores} == {made.traits.components}
        assert ("text" in made.needs) == ("text_area" in made.traits.components) == (text == "blur")
        if text == "blur":
            assert [score.components["text_area"] for score in scores] == [0.5, 0.0, 0.0]
    shown = [{image for q in judge.asked for image in q.images} for judge in judges.values()]
    assert len(shown[0] & shown[1]) == 1


def test_nothing_but_pictures_prompt_and_rubric_is_in_a_question():
    mark = "Zq7-mark-of-16-c"
    odd = [sample(ink, mark, mark, "a red \ud83d poppy", kind=mark, identity=mark) for ink in (0.3, 0.6)]
    judge = ScriptedJudge(record=True)
    reward(judge)([replace(one, completion=mark, program=mark) for one in odd])
    assert len(judge.asked) == 2
    for question in judge.asked:
        assert mark not in repr([question.system, question.text, question.schema, question.images])
        assert "a red ? poppy" in question.text


def test_the_version_changes_with_all_that_could_change_a_score():
    changes = [
        *({}, {"games": 2}, {"mode": "hard"}, {"tie_band": 0.1}, {"seed": 4}, {"text": "keep"}),
        *({"rubric": "scores"}, {"size_px": 32}, {"judge": ScriptedJudge(kappa=1.0)}),
    ]
    versions = [reward(**change).version for change in changes]
    assert len(set(versions)) == len(versions)
    made = reward()
    made([sample(0.2), sample(0.4)])
    assert made.version == versions[0]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"games": 1}, "games is 1; it is a whole number of at least 2, or None for all pairs"),
        ({"games": 2.0}, r"games is 2\.0; it is a whole number"),
        ({"games": True}, "games is True"),
        ({"mode": "warm"}, "mode is 'warm'; it is 'auto', 'soft' or 'hard'"),
        ({"tie_band": 0.5}, r"tie_band is 0\.5"),
        ({"text": "hide"}, "text is 'hide'; it is 'blur', or 'keep'"),
        ({"seed": None}, "seed is None; it is a whole number"),
        ({"size_px": 8}, "size_px is 8; it is a whole number of pixels, at least 16"),
        ({"rubric": "winrate"}, "There is no rubric 'winrate'"),
        ({"rubric": "scores", "mode": "soft"}, "which have no soft mode"),
        ({"judge": {"base_url": "x"}}, "judge names no model"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused_when_the_reward_is_made(change, says):
    with pytest.raises(SpecError, match=says):
        reward(**change)


def test_without_a_judge_it_says_how_to_name_one():
    with pytest.raises(SpecError, match=r"'winrate' has no judge; name one: judge=\{'model'"):
        make("winrate")


def test_preflight_is_quiet_and_cheap_when_all_is_well():
    for games, calls in ((None, 12), (2, 8)):
        judge = ScriptedJudge(kappa=5.0)
        made = reward(judge, games=games, text="keep")
        made.preflight()
        made.preflight()
        assert judge.calls == calls  # once a process for each version
    judge = ScriptedJudge()
    reward(judge).preflight([sample(ink) for ink in INKS[:3]])
    assert judge.calls == 6


def test_preflight_names_a_sample_that_is_alone_in_its_group():
    judge = ScriptedJudge()
    probe = [sample(0.3, "g1"), sample(0.5, "g1"), sample(0.3, "g2")]
    with pytest.raises(
        SpecError, match=r"1 of 2 groups have a single sample, such as 'g2': it would score 0\.5"
    ):
        reward(judge).preflight(probe)
    assert judge.calls == 0


def test_preflight_refuses_soft_without_log_probabilities_and_a_judge_that_tells_nothing_apart():
    with pytest.raises(SpecError, match="no log-probabilities, which mode='soft' reads"):
        reward(ScriptedJudge(logprobs=False), mode="soft").preflight()
    batch = [sample(ink) for ink in INKS[:3]]
    with pytest.raises(
        NoSpread, match=r"'winrate' tells hardly anything apart.* ask a judge that tells them"
    ):
        reward(always_first()).preflight(batch)
    with pytest.raises(MachineError, match="gave none of 3 probes a value"):
        reward(ScriptedJudge(lost=1.0)).preflight(batch)


def test_a_mix_with_it_compares_whole_groups_and_a_gate_of_it_is_refused():
    mixed = make("0.3*coverage + 0.7*winrate", winrate=reward())
    assert (mixed.traits.scope, mixed.traits.max_calls(8, 1)) == ("group", 56)
    batch = [sample(ink) for ink in INKS[:4]]
    assert np.argsort(values(mixed(batch)))[-1] == 0
    with pytest.raises(SpecError, match="'winrate' compares the samples of a group and can be no gate"):
        make({"of": "coverage", "gate": reward()})


def test_behind_a_gate_those_that_passed_play_among_themselves():
    gated = make({"of": reward(), "gate": "renders"})
    batch = [sample(0.9), sample(0.6), sample(None, **FAILED)]
    scores = gated(batch)
    alone = reward()(batch[:2])
    assert scores[2].value == 0.0
    assert [score.components["winrate"] for score in scores[:2]] == values(alone)
    assert scores[0].components["winrate/games"] == 1


def test_a_shipped_probe_of_one_group_has_spread():
    check_spread(reward(ScriptedJudge(kappa=20.0), text="keep"), shipped_samples(3))
