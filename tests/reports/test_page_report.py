"""The report of a page: steps and findings on its pictures, verdicts and reasons, and nothing from outside."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from codepaint_env.reports.page_report import Visit, group_findings, write_page_report
from codepaint_env.reports.page_trace import Mark, credited, spread, steps_of
from codepaint_env.reports.run_report import write_report
from headless_chromium import chromium
from html_elements import EVIL, SYNTAX, Page
from made_up_pages import ADD, FINDINGS, LINK, SEND, sheet, tried_page
from rewards import SpecError
from rewards.types import Rendering, Score, Task
from sample_runs import evaluated, written

TASK = Task("web-shop", "a shop", "html", steps=2)


def visit(rendering: Rendering, **changes: object) -> Visit:
    made = Visit("shop.html", TASK, "<!doctype html><p>x", rendering, "interactive", Score(0.5))
    return replace(made, **changes)


def page_of(folder, rendering, **changes) -> Page:
    return Page(write_page_report(folder / "look", visit(rendering, **changes)).read_text(encoding="utf-8"))


def test_each_step_tells_verdict_reason_and_its_pictures_side_by_side(tmp_path):
    page = page_of(tmp_path, tried_page())
    assert [text for text in page.texts["h3"] if text.startswith("click")] == [
        "click button “Add”",
        "click button “Send”",
        "click link a",
    ]
    verdicts = [
        a["class"] for name, a in page.elements if name == "span" and a.get("class", "").startswith("chip")
    ]
    assert verdicts == ["chip credited", "chip uncredited", "chip unjudged"]
    assert {ADD.effect, "Nothing changed.", LINK.effect, ADD.expectation} <= set(page.texts["dd"])
    alts = [image["alt"] for image in page.all("img") if image.get("alt")]
    assert alts == [f"The page {when} step {step}" for step in (1, 2) for when in ("before", "after")]


def test_the_first_judged_steps_count_and_no_others():
    steps = steps_of(tried_page(), 1, 1280)
    assert [step.counts for step in steps] == [True, False, False]
    assert credited(steps) == 1
    late = tried_page(interactions=(LINK, replace(SEND, step=2), replace(ADD, step=3)))
    assert [step.counts for step in steps_of(late, 2, 1280)] == [False, True, True]
    assert credited(steps_of(late, 1, 1280)) == 0


def test_only_steps_whose_control_the_page_shows_at_once_are_numbered_on_its_picture(tmp_path):
    assert [step.in_sight for step in steps_of(tried_page(), 3, 1280)] == [True, False, False]
    html = write_page_report(tmp_path / "look", visit(tried_page())).read_text(encoding="utf-8")
    marks = re.findall(r'<a href="#step-(\d)" class="mark (\w+)"', html)
    assert marks == [("1", "credited")]
    assert "looked different when the step began: 2, 3." in html


def test_a_control_that_an_earlier_act_changed_stands_where_it_stood():
    home = sheet(240, spot=(30, 35))
    chained = tried_page(
        interactions=(replace(ADD, box=(200, 100, 260, 130)),),
        pictures={"viewport": home, "step-1-before": sheet(240, spot=(30, 35), dot=(210, 110))},
    )
    scrolled = tried_page(
        interactions=(replace(ADD, box=(200, 100, 260, 130)),),
        pictures={"viewport": home, "step-1-before": sheet(240, spot=(210, 105))},
    )
    assert [steps_of(each, 3, 1280)[0].in_sight for each in (chained, scrolled)] == [True, False]


def test_findings_are_grouped_and_those_with_a_place_numbered_from_above(tmp_path):
    groups = {group.title: group.found for group in group_findings(tried_page())}
    assert {title: [row.told.kind for row in found] for title, found in groups.items()} == {
        "Markup": ["lint"],
        "At load": ["console"],
        "Layout": ["overlap", "contrast"],
        "Other": ["truncated"],
    }
    assert [row.number for row in groups["Layout"]] == [1, 2]
    page = page_of(tmp_path, tried_page())
    assert [a["href"] for a in page.all("a") if a["href"].startswith("#finding")] == [
        "#finding-1",
        "#finding-2",
    ]
    assert page.all("svg", viewbox="0 0 320 400") != []  # on the picture of the whole page


def test_no_number_hides_another_or_leaves_its_picture():
    boxes = [(0, 0, 90, 20), (0, 4, 50, 9), (2, 0, 9, 9), (300, 170, 320, 180), (5_000, 9_000, 6_000, 9_100)]
    marks = [Mark(number, box, "credited", "x", "x") for number, box in enumerate(boxes, 1)]
    assert [mark.at for mark in spread(marks, (320, 180))] == [
        (20, 20),
        (76, 20),
        (132, 20),
        (300, 160),
        (300, 160),  # there is no room beside it
    ]


def test_a_page_without_a_trace_and_without_an_audit_says_so(tmp_path):
    bare = Rendering("ok", pictures={"viewport": sheet(200)}, evidence=frozenset({"image"}))
    page = page_of(tmp_path, bare, score=None, reward="")
    assert page.texts["p"].count("This was not checked.") == 2  # neither at the markup nor at the layout
    assert "No error and no request." in page.texts["p"]
    assert page.texts["h2"] == ["What was found"]


def test_a_page_on_which_nothing_could_be_tried_earns_nothing(tmp_path):
    page = page_of(tmp_path, tried_page(interactions=()))
    assert "0 of 2" in page.texts["dd"]
    assert any("Nothing was found that a person could use" in text for text in page.texts["p"])


def test_a_page_that_failed_is_told_with_its_reason(tmp_path):
    html = write_page_report(tmp_path / "look", visit(SYNTAX)).read_text(encoding="utf-8")
    assert SYNTAX.message in html


def test_the_folder_holds_pictures_document_and_record(tmp_path):
    rendering = tried_page()
    write_page_report(tmp_path / "look", visit(rendering))
    folder = tmp_path / "look"
    kept = {path.stem: path.read_bytes() for path in (folder / "pictures").iterdir()}
    assert kept == dict(rendering.pictures)
    assert (folder / "page.html").read_text() == "<!doctype html><p>x"
    told = json.loads((folder / "record.json").read_text())
    assert [step["credited"] for step in told["interactions"]] == [True, False, None]


def test_a_report_replaces_the_one_before_and_nothing_else(tmp_path):
    write_page_report(tmp_path / "look", visit(tried_page()))
    write_page_report(tmp_path / "look", visit(tried_page(interactions=(), pictures={"viewport": sheet(9)})))
    assert [path.name for path in (tmp_path / "look/pictures").iterdir()] == ["viewport.png"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/novel.txt").write_text("Chapter one")
    with pytest.raises(SpecError, match="is not empty and holds no report of a page"):
        write_page_report(tmp_path / "mine", visit(tried_page()))
    with pytest.raises(SpecError, match="is a file; name a folder"):
        write_page_report(tmp_path / "mine/novel.txt", visit(tried_page()))


def test_nothing_in_a_trace_or_finding_becomes_markup(tmp_path):
    step = replace(ADD, name=EVIL, role=EVIL, action=EVIL, selector=EVIL, expectation=EVIL, effect=EVIL)
    found = tuple(replace(each, message=EVIL, selector=EVIL, kind=EVIL) for each in FINDINGS)
    page = page_of(
        tmp_path,
        tried_page(interactions=(step,), findings=found),
        name=EVIL,
        task=replace(TASK, prompt=EVIL),
        reward=EVIL,
    )
    assert len(page.all("script")) == 1
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert all(image["src"].startswith("data:") for image in page.all("img") if "id" not in image)
    assert EVIL in page.texts["code"]


def test_pictures_that_are_none_are_left_out(tmp_path):
    page = page_of(tmp_path, tried_page(pictures={"viewport": b"no picture", "step-1-before": b""}))
    assert [image for image in page.all("img") if image.get("src")] == []


def test_the_report_of_a_run_shows_pages_with_their_traces(tmp_path):
    each = evaluated(rendering=tried_page(), value=0.5)
    each = replace(each, sample=replace(each.sample, task=TASK))
    page = Page(write_report(written(tmp_path / "run", each)).read_text(encoding="utf-8"))
    assert "Tried out: 1 of 2 steps credited" in page.texts["summary"]
    faces = page.all("img", alt="a shop")
    assert {(face["width"], face["height"]) for face in faces} == {("320", "180")}  # the page, not its square
    assert len([image for image in page.all("img") if "step 1" in image.get("alt", "")]) == 2


def test_a_painting_has_no_trace_in_the_report_of_its_run(tmp_path):
    page = Page(write_report(written(tmp_path / "run", evaluated())).read_text(encoding="utf-8"))
    assert not any("Tried out" in text for text in page.texts["summary"])


def test_the_report_works_in_a_browser_of_any_width(tmp_path, parts):
    path = write_page_report(tmp_path / "look", visit(tried_page()))
    with chromium(tmp_path) as browser:
        page = browser.new_page(viewport={"width": 390, "height": 900})
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert (
            page.evaluate("[...document.querySelectorAll('.shot img')].map((i) => i.naturalWidth)")
            == [320] * 4
        )
        page.locator("button.shot").first.click()
        assert page.locator("#viewer-line").inner_text() == "The page before step 1"
        page.keyboard.press("ArrowRight")
        assert page.locator("#viewer-line").inner_text() == "The page after step 1"
        page.keyboard.press("Escape")
        assert not page.locator("#viewer").is_visible()
        page.locator("a.mark.credited").click()
        assert page.url.endswith("#step-1")
    assert complaints == []
