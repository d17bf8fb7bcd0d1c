"""The picture of a study's figures for a README."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np

from codepaint_env.study.ablation.score_table import Column, Item, ScoreTable, Truth
from codepaint_env.study.figures.probe_scores import ClimbScores, ProbeTable
from codepaint_env.study.figures.study_figures import figures_of
from codepaint_env.study.public_table import public_table

COUNT = 12
TEXT = "{http://www.w3.org/2000/svg}text"


def figures(**more):
    right = np.linspace(0, 1, COUNT)
    items = tuple(Item(f"p{n}", "mine", f"kin{n % 4}", "g", "a rose", "") for n in range(COUNT))
    pairs = np.array([(i, j) for i in range(COUNT) for j in range(i)], np.intp)
    told = {"<right>": right, "wrong": -right, "void": np.full(COUNT, np.nan)}
    columns = {
        label: Column(label, label, "1", None, values, np.zeros((0, COUNT)), {"seconds_cold": 0.0234})
        for label, values in told.items()
    }
    truths = (Truth("ratings", pairs, np.zeros(COUNT, np.intp), "Mine."),)
    return figures_of(ScoreTable(items, columns, truths), draws=20, **more)


def words(svg):
    return [each.text for each in ElementTree.fromstring(svg).iter(TEXT)]


def test_rewards_stand_by_accuracy_with_what_was_measured():
    probes = ProbeTable(("one", "two"), {"wrong": np.array([1.0, 0.0])}, {"wrong": np.array([0.0, 1.0])})
    climbs = {"wrong": ClimbScores((0, 16), np.array([[0.0, 1.0]] * 2), np.array([[0.5, 0.25]] * 2))}
    told = words(public_table(figures(probes=probes, climbs=climbs)))
    assert [each for each in told if each in ("<right>", "wrong", "void")] == ["<right>", "wrong", "void"]
    assert told.index("1.00") < told.index("0.00") < told.index("0.50")
    assert told.count("−0.25") == 1
    assert told.count("20") == 3


def test_what_was_not_measured_is_a_dash():
    told = words(public_table(figures()))
    assert told.count("–") == 3 + 3 + 1  # probes, climbs, and the accuracy of a reward without values


def test_the_same_figures_make_the_same_text():
    assert public_table(figures()) == public_table(figures())
