"""The page of a climb: figures, curves and pictures, at any width, with nothing from outside."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PIL import Image

from codepaint_env.reports.climb_page import write_climb_page
from headless_chromium import chromium
from html_elements import EVIL
from rewards import SpecError

INTERVAL = [-0.2, -0.3, -0.1]


def point(evaluations, own, gold, picture):
    return {"evaluations": evaluations, "own": own, "golds": {"gold-mix": gold}, "picture": picture}


def reward(label, unseen):
    gold = {"means": [0.5, 0.3], "change": INTERVAL, "end_less_best": INTERVAL}
    return {
        "label": label,
        "text": f"{label}(low=0.2) {EVIL}",
        "range": [0, 1],
        "unseen": unseen,
        "points": [0, 16],
        "own": [0.2, 0.9],
        "climbs": True,
        "golds": {"gold-mix": gold},
        "rated": {"start": 3.0, "end": 2.0, "change": INTERVAL} if unseen else None,
    }


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pictures").mkdir()
    Image.fromarray(np.full((64, 64, 3), 180, np.uint8)).save(tmp_path / "pictures/one.webp")
    told = {
        "verdict": f"Every reward loses gold. {EVIL}",
        "evaluations": 16,
        "starts": [{"name": "rose", "prompt": f"a rose {EVIL}", "subject": "rose"}],
        "golds": [{"label": "gold-mix", "text": "0.5*taste + 0.5*subject"}],
        "rewards": [reward("coverage", "gold-mix"), reward("taste", None)],
        "curves": [
            {"reward": label, "start": "rose", "points": [point(0, 0.2, 0.5, "pictures/one.webp"), last]}
            for label, last in (
                ("coverage", point(16, 0.9, 0.3, "pictures/one.webp")),
                ("taste", point(16, 0.9, 0.3, "")),
            )
        ],
    }
    (tmp_path / "climb.json").write_text(json.dumps(told))
    return tmp_path


def test_the_page_is_readable_at_any_width_and_runs_nothing_of_what_it_shows(folder, parts):
    path = write_climb_page(folder)
    with chromium(folder) as browser:
        page = browser.new_page(viewport={"width": 390, "height": 900})
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert page.evaluate("[...document.images].map((i) => i.naturalWidth)") == [320] * 3
        assert page.get_by_text("no picture").count() == 1
        rows = page.locator("tbody tr").all_inner_texts()
        assert complaints == []
    assert rows[0].split("\t")[:3] == ["coverage", "0.20 to 0.90", "0.50 to 0.30"]
    assert "−0.20 −0.30 to −0.10" in rows[0]
    assert rows[0].endswith("3.0 to 2.0")
    assert "no gold with another encoder" in rows[1]


def test_a_folder_without_a_climb_is_refused(tmp_path):
    with pytest.raises(SpecError, match="`codepaint climb` writes it"):
        write_climb_page(tmp_path)
