"""The report of a study: every figure, at any width, with nothing from outside."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from codepaint_env.study.ablation.score_table import Column, Item, ScoreTable, Truth
from codepaint_env.study.figures.probe_scores import ClimbScores, ProbeTable
from codepaint_env.study.figures.study_figures import figures_of
from codepaint_env.study.study_report import answer, signed, write_study_report
from headless_chromium import chromium
from html_elements import EVIL

COUNT = 24


def column(label, values, spec="coverage"):
    return Column(label, spec, "1", (0.0, 1.0), np.asarray(values, float), np.zeros((0, COUNT)))


@pytest.fixture
def study(tmp_path):
    rng = np.random.default_rng(0)
    right = np.linspace(0, 1, COUNT)
    for number in range(COUNT):
        shade = np.full((32, 32, 3), 10 * number, np.uint8)
        Image.fromarray(shade).save(tmp_path / f"{number}.png")
    items = tuple(
        Item(
            f"p{number:02d}", "mine", f"kin{number % 6}", f"g{number // 8}", f"a rose {EVIL}", f"{number}.png"
        )
        for number in range(COUNT)
    )
    pairs = np.array([(i, j) for i in range(COUNT) for j in range(COUNT) if i > j + 4], np.intp)
    columns = {
        "right": column("right", right, EVIL),
        "chance": column("chance", rng.random(COUNT)),
        "same": column("same", np.ones(COUNT)),
        "void": column("void", np.full(COUNT, np.nan)),
    }
    table = ScoreTable(items, columns, (Truth("ratings", pairs, np.zeros(COUNT, np.intp), f"Mine. {EVIL}"),))
    lures = {"right": np.zeros(6), "chance": np.ones(6), "same": np.ones(6), "void": np.full(6, np.nan)}
    twins = {name: np.full(6, 0.5) for name in lures} | {"same": np.ones(6)}
    probes = ProbeTable(tuple(f"probe-{n}" for n in range(6)), lures, twins)
    own, gold = np.array([[0.1, 0.9], [0.2, 0.8]]), np.array([[0.6, 0.2], [0.5, 0.1]])
    figures = figures_of(
        table,
        probes=probes,
        climbs={"chance": ClimbScores((0, 16), own, gold)},
        laws={"right": True},
        draws=200,
    )
    return tmp_path, table, figures


def test_the_answer_comes_first_and_names_who_wins_and_who_is_fooled(study):
    _, _, figures = study
    said = " ".join(answer(figures))
    assert "right is better than chance and same on ratings." in said
    assert re.search(r"\d pairs of rewards are not told apart", said)
    assert "At least half of the probes fool chance (100 %) and same (50 %)." in said


def test_the_page_holds_the_figures_and_runs_nothing_of_what_it_shows(study, parts):
    folder, table, figures = study
    page = write_study_report(folder, f"Mine {EVIL}", table, figures)
    text = page.read_text()
    assert EVIL not in text
    assert not re.search(
        r"\b(nan|NaN|None)\b", re.sub(r"data:image/\S+|<style>.*?</style>", "", text, flags=re.S)
    )
    accuracy = figures.rewards["chance"].truths["ratings"].accuracy
    assert f'{accuracy.value:.2f} <span class="soft">{accuracy.low:.2f} to {accuracy.high:.2f}' in text
    [pair] = [each for each in figures.pairs if (each.one, each.other) == ("right", "chance")]
    assert signed(pair.truths["ratings"].difference.value) in text
    assert text.count("<details") == sum(bool(each.disagreements) for each in figures.pairs)
    for heading in (
        "Accuracy on ratings",
        "Is one better",
        "Can it be fooled?",
        "What a search makes",
        "Rank corr",
    ):
        assert heading in text
    with chromium(folder) as browser:
        shown, said = browser.new_page(viewport={"width": 390, "height": 800}), []
        shown.on("console", lambda message: said.append(message.text))
        shown.goto(page.as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth") == 390
        assert shown.evaluate("[...document.images].every((image) => image.loading == 'lazy' || image.width)")
        assert said == []


@pytest.mark.parametrize("kept", [("right",), ("void",), ("same", "void")])
def test_a_study_with_little_to_tell_has_a_page(study, kept):
    folder, table, _ = study
    columns = {label: table.columns[label] for label in kept}
    for some in (replace(table, columns=columns), replace(table, columns=columns, truths=())):
        page = write_study_report(folder, "Little", some, figures_of(some, draws=20))
        text = page.read_text()
        assert "No probe was scored" in text
        assert "No climb was given" in text
