"""What is said to be known of the shipped paintings holds together."""

from __future__ import annotations

import pytest

from codepaint_env.study.judge_check.caption_check import phi
from codepaint_env.study.judge_check.checklist_check import chosen
from codepaint_env.study.judge_check.known_paintings import known_paintings
from codepaint_env.study.judge_check.paintings import STRONG, WEAK, graded, tiers
from rewards.pictures import shipped
from rewards.pool import Pool

KNOWN = known_paintings()


@pytest.mark.parametrize("name", KNOWN)
def test_a_painting_and_its_partner_share_no_statement(name):
    own, partner = KNOWN[name], KNOWN[KNOWN[name].partner]
    assert own.id in shipped()
    assert partner.partner == own.id
    assert len(own.statements) == 4
    assert not set(own.statements) & set(partner.statements)
    words, others = ({each.lower() for each in (one.subject, *one.aliases)} for one in (own, partner))
    assert not words & others


def test_couples_stay_together_however_few_are_asked_about():
    for count in (2, 5, 16, 100):
        names = {each.id for each in chosen(count)}
        assert {KNOWN[name].partner for name in names} == names
        assert len(names) == min(count // 2 * 2, 16)


def test_a_few_graded_paintings_are_of_both_tiers():
    assert {each.tier for each in graded(4)} == {"love", "okay"}
    assert {each.id for each in graded(24)} == set(shipped())
    many = graded(60)
    assert len({each.id for each in many}) == 60
    assert {each.tier for each in many[24:]} == {"love", "okay"}
    assert {each.prompt for each in many} <= {entry.prompt for entry in Pool.load().entries}


def test_weak_paintings_stand_beside_strong_ones():
    assert {tiers()[name] for name in STRONG} == {"love"}
    assert "love" not in {tiers()[name] for name in WEAK}


def test_phi_is_a_correlation():
    assert phi([(True, True), (False, False)]) == 1.0
    assert phi([(True, False), (False, True)]) == -1.0
    assert phi([(True, True), (True, False)]) == 0.0
    assert phi([(True, True), (True, True), (True, False), (False, False)]) == pytest.approx(3**-0.5)
