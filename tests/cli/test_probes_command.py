"""`codepaint probes`, end to end."""

from __future__ import annotations

import json

import pytest

from codepaint_env.render.renderer import Renderer
from command_line import codepaint, refused
from headless_chromium import chromium

TWO = ("--only", "discs", "--only", "flat-icon")


@pytest.mark.full
def test_two_probes_are_rendered_scored_and_shown(tmp_path, monkeypatch):
    done = codepaint("probes", "coverage", "--out", tmp_path / "out", *TWO)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == "coverage"
    assert [line.split()[0] for line in lines[1:3]] == ["discs", "flat-icon"]
    assert "beaten by" in lines[3]
    assert "of 2 probes" in lines[3]
    report = (tmp_path / "out" / "probes.html").read_text()
    assert report.count("data:image/webp") == 4
    assert "script-src" in report
    with chromium(tmp_path) as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto((tmp_path / "out" / "probes.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator("link[rel=icon]").count() == 1
    # What lies in the folder is not painted again.
    monkeypatch.setattr(Renderer, "render", lambda *_: 1 / 0)
    again = codepaint("probes", "coverage", "renders", "--out", tmp_path / "out", "--json", *TWO)
    assert again.exit_code == 0, again.output
    told = {each["reward"]: each for each in json.loads(again.stdout)}
    assert told["renders"]["share"] == 0.5
    assert set(told["coverage"]["probes"]) == {"discs", "flat-icon"}


def test_the_list_needs_no_reward_and_says_why():
    done = codepaint("probes", "--list", "--canvas", "html")
    assert done.exit_code == 0
    assert "hover-only" in done.stdout
    assert done.stdout.splitlines()[-1] == "10 probes"
    assert len(json.loads(codepaint("probes", "--list", "--json").stdout)) == 47


def test_wrong_input_is_refused_before_anything_is_rendered(tmp_path):
    assert "Name a reward" in refused("probes")
    assert "--out FOLDER" in refused("probes", "coverage")
    out = tmp_path / "out"
    assert "Did you mean" in refused("probes", "coverage", "--out", out, "--only", "disks")
    assert "no probes for the canvas 'tikz'" in refused(
        "probes", "coverage", "--out", out, "--canvas", "tikz"
    )
    assert "can judge none of these probes" in refused(
        "probes", "interactive", "--out", out, "--canvas", "svg"
    )
    assert not out.exists()


def test_a_browser_that_is_missing_is_told_before_anything_is_rendered(tmp_path):
    said = refused("probes", "coverage", "--out", tmp_path / "out", CODEPAINT_HOME=str(tmp_path / "home"))
    assert "codepaint setup" in said
    assert said.endswith("--canvas p5brush.")
    assert not (tmp_path / "out").exists()
