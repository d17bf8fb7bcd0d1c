"""`docs/judge-check.md` explains every sign and lists every figure of the report."""

from __future__ import annotations

import re

import pytest

from codepaint_env.study.judge_check.examine import KINDS, Extent, examine, planned
from codepaint_env.study.judge_check.own_samples import NAME
from knowing_judge import KnowingJudge
from markdown_pages import Page, column

PAGE = Page("docs/judge-check.md")


@pytest.fixture(scope="module")
def report():
    return examine(KnowingJudge(), KINDS, extent=Extent(pairs=4, pictures=4, cases=1))


def test_the_page_explains_every_sign(report):
    [table] = PAGE.tables("What each sign says")
    given = {sign.name for health in report.found.values() for sign in health.signs()}
    assert set(column(table, "what to do")) == given | {NAME}


def test_the_page_lists_every_figure(report):
    [table] = PAGE.tables("The figures")
    listed = {name: set(re.findall(r"`(\w+)`", told)) for name, told in column(table, "figures").items()}
    for kind, figures in report.figures()["rewards"].items():
        assert set(figures) == listed["all"] | listed[kind]


def test_the_page_tells_how_many_questions_a_reward_takes():
    [table] = PAGE.tables("`codepaint judge-check`: is a model fit to judge?")
    calls = {name: int(told.split(",")[0]) for name, told in column(table, "calls, by default").items()}
    told = list(calls.values())
    assert told[:4] == [planned([kind], Extent()) - (32 if kind == "caption" else 0) for kind in KINDS]
    assert told[4] == pytest.approx(planned(KINDS, Extent()), rel=0.05)
