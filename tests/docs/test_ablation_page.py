"""`docs/ablation.md` shows a study's file that is read as it stands, and the figures that the benchmark wrote."""

from __future__ import annotations

import json
import re

from codepaint_env.study.ablation.study_file import read_study_file
from codepaint_env.study.ablation.study_tables import Budget, Known, Measured, Probes, Samples
from markdown_pages import Page
from places import ROOT

PAGE = Page("docs/ablation.md")
FIGURES = json.loads((ROOT / "docs/ablation_selftest.json").read_text(encoding="utf-8"))


def test_the_file_of_the_page_is_read_as_it_stands_and_shows_every_key(tmp_path):
    [shown] = PAGE.blocks("toml")
    (tmp_path / "study.toml").write_text(shown)
    study = read_study_file(tmp_path / "study.toml")
    assert [each.source for each in study.samples] == ["pool", "run", "sketches", "policy"]
    keys = set(re.findall(r"\b([a-z_]+) =", shown)) | set(re.findall(r"`([a-z_]+)`", shown))
    keys |= {"preferences", "canvas"} & set(re.findall(r"\w+", shown))
    shapes = (Samples, Measured, Known, Probes, Budget)
    left = {field for shape in shapes for field in shape.__struct_fields__} - keys
    assert left == {
        "group",
        "of",
        "only",
        "tokens_in",
        "tokens_out",
    }  # which `codepaint ablate` tells when mistyped


def test_the_kept_figures_are_of_the_study_whose_file_is_shown():
    kept = json.loads((ROOT / "docs/studies/offline.json").read_text(encoding="utf-8"))
    study = read_study_file(ROOT / "docs/studies/offline.toml")
    assert {label: each.spec for label, each in study.rewards.items()} == {
        label: each["spec"] for label, each in kept["rewards"].items()
    }


def test_the_page_tells_what_the_simulated_studies_came_to():
    told = " ".join(PAGE.text.split())
    for name, found in zip(
        ("told apart in {} of 100", "{} told apart", "{} told apart"),
        FIGURES["studies"].values(),
        strict=True,
    ):
        apart = found["equal"]["a_wins"] + found["equal"]["b_wins"]
        assert name.format(apart) in told
    better = [found["better"]["a_wins"] for found in FIGURES["studies"].values()]
    assert f"found in {better[0]} of 100" in told
    assert f"{better[1]} found" in told
    assert f"{better[2]} found" in told


def test_the_page_tells_the_figures_of_the_kept_study():
    rewards = json.loads((ROOT / "docs/studies/offline.json").read_text(encoding="utf-8"))["rewards"]
    [table] = PAGE.tables("Rewards that run offline")

    def told(figure):
        return f"{figure['value']:.2f} ({figure['low']:.2f} to {figure['high']:.2f})"

    rows = [
        [
            label,
            *(told(each["truths"][name]["accuracy"]) for name in ("ratings", "ratings within a study")),
            told(each["hackability"]["beaten"]),
            str(each["hackability"]["probes"]),
        ]
        for label, each in rewards.items()
    ]
    rows.sort(key=lambda row: row[1], reverse=True)
    assert [list(row) for row in table[1:]] == rows


def test_the_page_tells_the_figures_of_the_kept_climbs():
    kept = json.loads((ROOT / "docs/studies/climb.json").read_text(encoding="utf-8"))
    [table] = PAGE.tables("What a search makes of them")

    def told(change):
        return "{:+.2f} ({:+.2f} to {:+.2f})".format(*change)

    rows = [
        [
            each["label"],
            f"{each['own'][0]:.2f} to {each['own'][-1]:.2f}",
            told(each["golds"][each["unseen"]]["change"]),
            f"{each['rated']['start']:.1f} to {each['rated']['end']:.1f}",
            told(each["rated"]["change"]),
        ]
        for each in kept["rewards"]
    ]
    assert [list(row) for row in table[1:]] == rows
    assert kept["verdict"].removesuffix(".") in PAGE.text
