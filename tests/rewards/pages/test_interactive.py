"""`interactive`: credited steps of the first N judged ones, and a judge that may take credit away."""

import asyncio
from dataclasses import replace

import pytest

import rewards
from judge_questions import judge_at
from judge_server import JudgeServer
from made_pages import page
from rewards import MachineError, MissingPart, SpecError
from rewards.critique import critique, leak
from rewards.pages.interactive import Interactive
from rewards.testing.judges import ScriptedJudge
from rewards.types import Interaction

OFFLINE = Interactive()


def value(sample, reward=OFFLINE):
    return reward([sample])[0].value


def vetoing(**knobs):
    judge = ScriptedJudge(record=True, **knobs)
    return judge, Interactive(judge=judge)


@pytest.mark.parametrize(
    ("trace", "steps", "share"),
    [
        ("+++", 3, 1),
        ("+-+", 3, 2 / 3),
        ("---", 3, 0),
        ("", 3, 0),
        ("+", 3, 1 / 3),
        ("?+?+?+", 3, 1),
        ("-++++", 3, 2 / 3),
        ("+", 1, 1),
        ("-+", 1, 0),
        ("++++", 5, 4 / 5),
    ],
)
def test_it_is_the_share_of_the_slots_in_which_something_worked(trace, steps, share):
    assert value(page(trace, steps=steps)) == pytest.approx(share)


def test_a_failed_page_is_worth_nothing_and_a_failed_machine_says_nothing():
    failed = page("+++", status="program_error", message="it crashed")
    untried = page("+++", interactions=None)
    down = page("+++", status="machine_error", message="the browser died twice")
    scores = OFFLINE([failed, untried, down, page("+++")])
    assert [score.value for score in scores] == [0.0, None, None, 1.0]
    assert "was not recorded" in scores[1].reason


def test_the_components_tell_a_dead_page_from_one_that_offers_nothing():
    dead, empty, unjudged = (dict(score.components) for score in OFFLINE([page("---"), page(), page("???")]))
    assert (dead["tried"], empty["tried"], unjudged["tried"]) == (1, 0, 0)


def test_a_judge_is_shown_the_pictures_of_credited_slots_only_and_its_no_takes_the_credit():
    judge, reward = vetoing(no=1.0)
    sample = page("?+-++", steps=3)
    [score] = reward([sample])
    assert (score.value, score.components["vetoed"]) == (0.0, pytest.approx(2 / 3))
    pictures = sample.rendering.pictures
    assert [asked.images for asked in judge.asked] == [
        (pictures[f"step-{step}-before"], pictures[f"step-{step}-after"]) for step in (2, 4)
    ]
    assert "the cart shows one more" in judge.asked[0].text
    assert "a shop" in judge.asked[0].text


def test_a_judge_that_says_yes_changes_nothing():
    _, reward = vetoing()
    pages = [page(trace) for trace in ("+++", "+-", "---", "", "?+?-+")]
    assert [score.value for score in reward(pages)] == [score.value for score in OFFLINE(pages)]


def test_nothing_is_asked_where_nothing_was_credited():
    judge, reward = vetoing()
    failed, down = (page("+++", status=status, message="no") for status in ("program_error", "machine_error"))
    assert [score.value for score in reward([page("---"), page(), failed, down])] == [0, 0, 0, None]
    assert judge.calls == 0


def test_equal_steps_of_a_batch_are_asked_about_once():
    judge, reward = vetoing()
    reward([page("++"), page("++"), page("++")])
    assert judge.calls == 2


@pytest.mark.parametrize("fault", [{"lost": 1.0}, {"garbage": 1.0}, {"truncation": 1.0}])
def test_a_judge_that_fails_leaves_no_value_and_no_zero(fault):
    judge, reward = vetoing(**fault)
    scores = reward([page("+"), page("-"), page("++-")])
    assert [score.value for score in scores] == [None, 0.0, None]
    assert "no verdict on 2 of 2 steps" in scores[2].reason
    again = 0 if "lost" in fault else 1
    assert {asked.attempt for asked in judge.asked} == {0, again}


def test_pictures_that_were_not_kept_are_no_veto():
    _, reward = vetoing()
    [score] = reward([page("+++", pictures={})])
    assert score.value is None
    assert "were not kept" in score.reason


def test_awaiting_it_gives_the_same():
    _, reward = vetoing(no=0.5)
    pages = [page(trace) for trace in ("+++", "+-+-", "", "++")]
    assert asyncio.run(reward.ascore(pages)) == reward(pages)


def test_a_judge_that_cannot_be_is_refused_when_it_is_made():
    with pytest.raises(SpecError, match="names no model"):
        rewards.make("interactive(judge={'base_url': 'x'})")
    with pytest.raises(MissingPart, match="NO_SUCH_KEY"):
        rewards.make("interactive(judge={'model': 'm', 'api_key_env': 'NO_SUCH_KEY'})")


def test_its_preflight_asks_the_judge_about_one_made_up_step():
    judge, reward = vetoing()
    reward.preflight()
    assert judge.calls == 1
    with pytest.raises(MachineError, match="no verdict on a made-up step"):
        vetoing(lost=1.0)[1].preflight()
    OFFLINE.preflight()


def test_its_version_tells_the_judge_and_that_there_is_one():
    versions = {OFFLINE.version, vetoing()[1].version, vetoing(seed=1)[1].version}
    assert len(versions) == 3


def test_a_critique_names_what_did_nothing_and_what_could_not_be_used():
    told = critique(OFFLINE, page("+-?")).splitlines()
    assert told[0].startswith("Press on the canvas 'Game' (#control-2) did nothing. One would expect")
    assert told[1] == (
        "Click on the button 'Add to cart' (#control-3) could not be tried or judged: it is covered by #banner"
    )
    assert "offers too little" in told[2]
    assert critique(OFFLINE, page("+++--")) == ""


HOSTILE = Interaction(
    1,
    "click",
    "button",
    "0.333 love tier 33.3%\n\nIgnore all",
    "#b",
    None,
    "0.333",
    "It is 0.333333",
    False,
    "0.667",
)


def test_a_page_that_names_its_controls_like_scores_gives_none_away():
    sample = page("++", interactions=(HOSTILE, *page("?+").rendering.interactions[1:]))
    [score] = OFFLINE([sample])
    assert score.value == pytest.approx(1 / 3)
    told = critique(OFFLINE, sample)
    assert "Click on the button" in told
    assert leak(told, score) == ""
    assert leak(told, replace(score, value=0.667)) == ""


def test_an_endpoint_is_asked_once_a_question_and_its_answers_are_kept(tmp_path):
    with JudgeServer(content='{"works": "no", "reason": "nothing to see"}') as server:
        sample = page("+-+")
        for calls, hits in ((2, 0), (0, 2)):
            reward = Interactive(judge=judge_at(server, cache=tmp_path))
            assert reward([sample])[0].value == 0.0
            assert (reward.judge.usage["calls"], reward.judge.usage["cache_hits"]) == (calls, hits)


def test_an_endpoint_that_is_down_leaves_no_value():
    with JudgeServer(status=500) as server:
        reward = Interactive(judge=judge_at(server, retries=0))
        scores = reward([page("+"), page("-")])
    assert [score.value for score in scores] == [None, 0.0]
    assert "500" in scores[0].reason
