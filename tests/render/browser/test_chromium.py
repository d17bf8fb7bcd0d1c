"""Which browser is taken, and what is said of one that cannot be used."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.backend import Job
from codepaint_env.render.browser import assets, chromium
from codepaint_env.render.browser.chromium import Chromium, find_chromium
from codepaint_env.render.renderer import Renderer
from rewards.errors import MissingPart
from sketches import GOOD


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A machine that the pinned Chromium does not run on, without any other."""
    monkeypatch.setattr(assets, "is_supported", lambda: False)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.delenv("CODEPAINT_CHROMIUM", raising=False)


def test_the_pinned_chromium_is_taken_unless_another_is_chosen(monkeypatch):
    monkeypatch.delenv("CODEPAINT_CHROMIUM", raising=False)
    assert find_chromium() == Chromium(assets.find().chrome, pinned=True)
    monkeypatch.setenv("CODEPAINT_CHROMIUM", sys.executable)
    assert find_chromium() == Chromium(Path(sys.executable), pinned=False)


def test_elsewhere_playwrights_chromium_comes_before_the_systems(elsewhere, tmp_path, monkeypatch):
    with pytest.raises(
        MissingPart, match=r"No usable browser was found.*Install Chromium, or set CODEPAINT_CHROMIUM"
    ):
        find_chromium()
    monkeypatch.setattr(
        chromium.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "chromium" else None
    )
    assert find_chromium() == Chromium(Path("/usr/bin/chromium"), pinned=False)
    own = tmp_path / "chromium-1200" / "chrome-linux" / "chrome"
    own.parent.mkdir(parents=True)
    own.write_text("")
    assert find_chromium() == Chromium(own, pinned=False)


@pytest.mark.parametrize("executable", [False, None])
def test_a_chosen_browser_that_cannot_be_executed_is_a_missing_part(tmp_path, monkeypatch, executable):
    path = tmp_path / "chrome"
    if executable is not None:
        path.write_text("#!/bin/sh\n")
    monkeypatch.setenv("CODEPAINT_CHROMIUM", str(path))
    renderer = Renderer(P5Brush(), path="page", workers=1)
    with pytest.raises(
        MissingPart, match=r"CODEPAINT_CHROMIUM is '.*chrome', which cannot be executed; correct"
    ):
        renderer.render([Job(GOOD, 1)])
    renderer.close()


def test_a_chosen_browser_that_ends_at_once_is_a_machine_error_and_warned_of_once(
    tmp_path, monkeypatch, caplog
):
    path = tmp_path / "chrome"
    path.write_text("#!/bin/sh\nexit 3\n")
    path.chmod(0o755)
    monkeypatch.setenv("CODEPAINT_CHROMIUM", str(path))
    renderer = Renderer(P5Brush(), path="page", workers=2)
    with caplog.at_level(logging.WARNING, logger="codepaint"):
        renderings = renderer.render([Job(GOOD, 1), Job(GOOD, 2)])
    renderer.close()
    assert [each.status for each in renderings] == ["machine_error"] * 2
    assert all("Chromium did not start" in each.message for each in renderings)
    unpinned = [record.message for record in caplog.records if "unpinned" in record.message]
    assert unpinned == [f"{path} is unpinned: pictures may differ."]
