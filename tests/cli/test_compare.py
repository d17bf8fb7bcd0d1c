"""`codepaint compare`: two runs side by side."""

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest

from codepaint_env.runs.run import load_run
from codepaint_env.runs.writer import RunWriter
from codepaint_env.study.compare import compare
from command_line import codepaint, refused
from headless_chromium import chromium
from html_elements import EVIL, GONE, SYNTAX, Page
from sample_runs import META, evaluated, written

OTHER = dict(META.reward) | {"spec": {"name": "coverage"}, "version": "def"}


@pytest.fixture
def runs(tmp_path):
    """Two runs by one reward: the second paints each prompt better by 0.1, and differs in its policy."""
    first = [evaluated(i, value=0.1 * i, prompt=f"rose {i}") for i in range(6)]
    second = [evaluated(i, value=0.1 * i + 0.1, prompt=f"rose {i}") for i in (5, 4, 3, 2, 1, 7)]
    folder = tmp_path / "after"
    with RunWriter(folder, replace(META, policy="tuned"), suffix=".js") as writer:
        for each in [*second, evaluated(8, value=None, rendering=GONE)]:
            writer.append(each)
    return written(tmp_path / "before", *first, evaluated(8, value=0.0, rendering=SYNTAX)), folder


def test_the_same_prompts_meet_and_the_difference_has_an_interval(runs, tmp_path):
    done = codepaint("compare", *runs, "--out", tmp_path / "page.html")
    assert done.exit_code == 0, done.output
    assert "changed     policy: pool → tuned" in done.stdout
    assert "changed     seed" not in done.stdout
    assert "6 in both, 1 and 1 in one only" in done.stdout
    assert "difference +0.100 (+0.100 to +0.100)" in done.stdout
    html = (tmp_path / "page.html").read_text()
    assert html.count("data:image/webp") == 10  # five prompts gained, none lost
    assert "B scores higher." in html
    assert "http" not in html.replace("http-equiv", "")


def test_the_page_fits_a_phone(runs, tmp_path):
    assert codepaint("compare", *runs, "--out", tmp_path / "page.html").exit_code == 0
    with chromium(tmp_path) as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto((tmp_path / "page.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator("link[rel=icon]").count() == 1


def test_equal_prompts_are_drawn_together(tmp_path):
    """Of four samples of one prompt there is one draw, so that no interval is told."""
    four = [evaluated(0, value=0.1 * i) for i in range(4)]
    five = [evaluated(0, value=0.1 * i + 0.05) for i in range(5)]
    told = compare(*(load_run(written(tmp_path / name, *some)) for name, some in (("a", four), ("b", five))))
    assert [each.nth for each in told.matched] == [1, 2, 3, 4]
    assert told.difference == pytest.approx(0.05)
    assert told.interval is None
    assert told.only == ({}, {"a rose": 1})


def test_tasks_of_other_names_meet_by_their_prompt(tmp_path):
    one, other = evaluated(0), evaluated(1)
    told = compare(load_run(written(tmp_path / "a", one)), load_run(written(tmp_path / "b", other)))
    assert len(told.matched) == 1


def test_values_of_different_rewards_do_not_compare(runs, tmp_path):
    folder = tmp_path / "judged"
    with RunWriter(folder, replace(META, reward=OTHER), suffix=".js") as writer:
        for each in load_run(runs[0]).evaluated:
            writer.append(replace(each, score=replace(each.score, value=1 - (each.score.value or 0))))
    done = codepaint("compare", runs[0], folder, "--out", tmp_path / "page.html")
    assert "values      do not compare" in done.stdout
    assert "Spearman    -1.00" in done.stdout
    assert "difference" not in done.stdout
    told = next(line.strip() for line in done.stdout.splitlines() if "codepaint rescore" in line)
    html = (tmp_path / "page.html").read_text()
    assert "above 100 %" in html
    # The way out works as it is printed, but for where its folder comes to lie.
    again = codepaint(*shlex.split(told)[1:-1], tmp_path / "rescored")
    assert again.exit_code == 0, again.output
    assert load_run(tmp_path / "rescored").meta.reward["spec"] == OTHER["spec"]


def test_nothing_in_a_prompt_becomes_markup(tmp_path):
    evil = [evaluated(0, value=0.1 * i, prompt=EVIL) for i in (1, 2)]
    one, other = (written(tmp_path / name, each) for name, each in zip("ab", evil, strict=True))
    assert codepaint("compare", one, other, "--out", tmp_path / "page.html").exit_code == 0
    page = Page((tmp_path / "page.html").read_text())
    assert len(page.all("script")) == 1
    assert EVIL in page.texts["p"]


def test_wrong_input_is_told_with_the_way_out(runs, tmp_path):
    assert "There is no run in" in refused(
        "compare", runs[0], tmp_path / "nowhere", "--out", tmp_path / "x.html"
    )
    assert "is a folder" in refused("compare", *runs, "--out", tmp_path)
    other = written(tmp_path / "other", evaluated(99, prompt="a fish"))
    assert "no prompt in common" in refused("compare", runs[0], other, "--out", tmp_path / "x.html")
