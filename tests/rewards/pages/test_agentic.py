"""`agentic`: three members on one scale behind a gate, which asks nobody about a page that fails it."""

import asyncio
from dataclasses import replace

import pytest

import rewards
from made_pages import page
from rewards import SpecError
from rewards.critique import critique, leak
from rewards.pages.agentic import WEIGHTS, Agentic
from rewards.testing.cases.pages import finding_of
from rewards.testing.judges import ScriptedJudge

OFFLINE = Agentic(by="audit")
FAILED = page("+++", status="program_error", kind="crash", message="it crashed")
DOWN = page("+++", status="machine_error", message="the browser died twice")


def asking(**options):
    judge = ScriptedJudge(record=True)
    return judge, Agentic(judge=judge, **options)


def test_its_members_count_on_one_scale_as_the_paper_weighs_them():
    assert WEIGHTS == {"execution": 0.1, "static": 0.8, "interactive": 0.1}
    assert OFFLINE.traits.range == (0.0, pytest.approx(1.0))
    [score] = OFFLINE([page("+-+")])
    assert dict(score.components) == {
        "execution": 1.0,
        "static": 1.0,
        "interactive": pytest.approx(2 / 3),
    }
    assert score.value == pytest.approx(0.1 + 0.8 + 0.1 * 2 / 3)


def test_no_member_counts_for_more_by_a_longer_scale():
    clean, dead = (OFFLINE([sample])[0].value for sample in (page("+++"), page("---")))
    assert clean - dead == pytest.approx(0.1)
    gate = Agentic(by="audit", threshold=None, weights={"static": 0, "interactive": 0})
    assert [score.value for score in gate([page(), page("", "lint")])] == [pytest.approx(0.1), 0.0]


@pytest.mark.parametrize(
    "sample", [page("+++", "lint"), page("", "lint"), FAILED], ids=["lint", "empty", "failed"]
)
def test_what_fails_the_gate_has_nothing_and_no_judge_is_asked(sample):
    judge, reward = asking(veto=True)
    [score] = reward([sample])
    assert (score.value, judge.calls) == (0.0, 0)
    assert set(score.components) == set(WEIGHTS)
    assert not any(score.components.values())
    assert score.skipped == ("static", "interactive")


def test_a_page_that_passes_with_nothing_else_beats_every_page_that_fails():
    _, reward = asking()
    dead, failed = reward([page("---", "contrast"), page("+++", "lint")])
    assert dead.value >= 0.1 > failed.value == 0.0


def test_without_a_gate_everything_is_asked_and_settles_nothing():
    judge, reward = asking(threshold=None)
    [score] = reward([page("+++", "lint")])
    assert judge.calls == 1
    assert reward.settled_by == frozenset()
    assert score.components["execution"] == 0
    assert score.value == pytest.approx(0.8 * score.components["static"] + 0.1)


def test_one_call_a_page_and_with_a_veto_one_more_for_each_credited_slot():
    for veto, calls in ((False, 2), (True, 2 + 3)):
        judge, reward = asking(veto=veto)
        reward([page("+++-"), page("?-"), page("+", "lint")])
        assert judge.calls == calls


def test_a_member_without_a_value_leaves_it_without_one():
    lost = Agentic(judge=ScriptedJudge(lost=1.0))
    assert [score.value for score in lost([page("+++"), page("+++", "lint"), DOWN])] == [None, 0.0, None]
    untried = page("+++", interactions=None)
    assert OFFLINE([untried])[0].value is None


@pytest.mark.parametrize("threshold", [0.5, 1.0, None])
def test_its_value_follows_from_its_components(threshold):
    reward = Agentic(by="audit", threshold=threshold, weights={"static": 0.3, "execution": 0.5})
    for score in reward([page("++"), page("", "lint"), page("+", "contrast", "overlap"), FAILED]):
        assert score.value == pytest.approx(reward.rule(score.components))


def test_strict_fails_what_throws_at_load():
    faithful, strict = (
        Agentic(by="audit", mode=mode)([page("+++", "page_error")])[0] for mode in ("faithful", "strict")
    )
    assert (faithful.value, strict.value) == (pytest.approx(1.0), 0.0)
    assert Agentic(by="audit", mode="strict").settled_by == {"lint", "page_error"}


def test_awaiting_it_gives_the_same():
    _, reward = asking(veto=True)
    pages = [page("+++"), page("-?", "lint"), FAILED, page("+", "page_error")]
    assert asyncio.run(reward.ascore(pages)) == reward(pages)


def test_it_is_refused_without_an_endpoint_and_where_it_makes_no_sense():
    with pytest.raises(SpecError, match="'agentic' has no judge"):
        rewards.make("agentic")
    with pytest.raises(SpecError, match=r"no member 'statik'\. Did you mean 'static'"):
        rewards.make({"name": "agentic", "by": "audit", "weights": {"statik": 1}})
    with pytest.raises(SpecError, match="at least 0, not -1"):
        rewards.make({"name": "agentic", "by": "audit", "weights": {"static": -1}})
    with pytest.raises(SpecError, match="veto=True asks the judge"):
        rewards.make("agentic(by='audit', veto=True)")
    with pytest.raises(SpecError, match="threshold above 0"):
        rewards.make("agentic(by='audit', threshold=0)")


def test_every_option_makes_another_version():
    made = [
        OFFLINE,
        Agentic(by="audit", mode="strict"),
        Agentic(by="audit", threshold=None),
        Agentic(by="audit", weights={"static": 0.7}),
        asking()[1],
        asking(veto=True)[1],
    ]
    assert len({reward.version for reward in made}) == len(made)


def test_a_critique_names_what_failed_in_each_member_and_behind_a_gate_the_gate_alone():
    sample = page("+-", "contrast")
    told = critique(OFFLINE, sample)
    assert "did nothing" in told
    assert "contrast of #part-0" in told
    assert leak(told, OFFLINE([sample])[0]) == ""
    assert critique(OFFLINE, page("+-", "lint", "contrast")) == "The markup has an error: lint at line 12"
    assert "contrast" in critique(Agentic(by="audit", threshold=None), page("+-", "lint", "contrast"))


def test_the_mix_in_the_grammar_says_the_same_with_its_members_names():
    spec = "gated(0.1*execution + 0.8*static(by='audit') + 0.1*interactive, gate=execution, bonus=0)"
    pages = [page("+-"), page("+++", "lint"), page("", "contrast"), FAILED, DOWN]
    assert [score.value for score in rewards.make(spec)(pages)] == [score.value for score in OFFLINE(pages)]


def test_a_page_whose_text_reads_like_a_score_gives_none_away():
    faults = [
        replace(finding_of(kind), message=f"The text '{words}' is cut off (0.000).")
        for kind, words in (("clipped", "1.000"), ("overlap", "100.0 %"), ("overflow", "the love tier"))
    ]
    for reward in (OFFLINE, rewards.make("static(by='audit')")):
        sample = page("+++", findings=tuple(faults))
        told = critique(reward, sample)
        assert "is cut off" in told
        assert leak(told, reward([sample])[0]) == ""
