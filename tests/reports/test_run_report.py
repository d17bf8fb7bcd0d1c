"""The report shows a run, holds everything it shows, and lets no untrusted text become markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace

import numpy as np
import pytest
from jinja2 import UndefinedError

from codepaint_env.reports.html_file import make_html
from codepaint_env.reports.run_report import write_report
from codepaint_env.runs.writer import RunWriter
from headless_chromium import chromium
from html_elements import EVIL, GONE, SYNTAX, Page
from rewards.types import Finding, Rendering, Score
from sample_runs import META, evaluated, written

BOXED = Rendering(
    "ok", image=np.zeros((6, 8, 3), np.uint8), findings=(Finding("text", "letters", 1.0, (1, 2, 3, 4)),)
)


def page_of(folder, *samples) -> Page:
    return Page(write_report(written(folder, *samples)).read_text(encoding="utf-8"))


def test_each_episode_shows_prompt_program_picture_outcome_and_score(tmp_path):
    page = page_of(tmp_path / "run", evaluated(0, value=0.75, prompt="a red tulip", program="paint(1)"))
    [card] = page.all("li", **{"class": "card"})
    assert (card["data-outcome"], card["data-score"]) == ("ok", "0.75")
    assert page.texts["code"][0] == "paint(1)"
    assert "a red tulip" in page.texts["p"]
    assert page.all("img", alt="a red tulip")[-1]["src"].startswith("data:image/webp;base64,")
    assert {"0.75", "0.33", "1.00"} <= {text.strip() for text in page.texts["span"]}


def test_failures_are_shown_with_their_reason_and_without_a_picture(tmp_path):
    page = page_of(
        tmp_path / "run", evaluated(0, value=0.0, rendering=SYNTAX), evaluated(1, value=None, rendering=GONE)
    )
    assert [card["data-outcome"] for card in page.all("li", **{"class": "card"})] == [
        "syntax",
        "machine: browser",
    ]
    assert [card["data-score"] for card in page.all("li", **{"class": "card"})] == ["0.0", ""]
    assert {SYNTAX.message, GONE.message, "no picture"} <= {text.strip() for text in page.texts["p"]}
    assert "none: a machine failed" in page.texts["span"]
    assert page.all("img", alt="a rose") == []


def test_the_summary_keeps_validity_apart_from_quality(tmp_path):
    samples = [
        evaluated(0, value=0.9),
        evaluated(1, value=0.7),
        evaluated(2, value=0.0, rendering=SYNTAX),
        evaluated(3, value=None, rendering=GONE),
    ]
    page = page_of(tmp_path / "run", *samples)
    figures = dict(zip(page.texts["dt"][:5], page.texts["dd"][:5], strict=True))
    assert [value.replace("\u202f", "") for value in figures.values()] == ["4", "75%", "50%", "0.53", "0.80"]


def test_the_histogram_counts_each_score_once(tmp_path):
    samples = [evaluated(i, value=value) for i, value in enumerate((0.0, 0.05, 0.1, 0.99, 1.0, None))]
    page = page_of(tmp_path / "run", *samples)
    assert page.texts["desc"] == ["0 to 0.1: 2; 0.1 to 0.2: 1; 0.9 to 1: 2"]
    assert "Histogram of 5 scores" in page.texts["title"]
    assert "1 without a score" in page.texts["span"]


def test_any_canvas_is_shown_as_it_was_recorded(tmp_path):
    """The report names environment and canvas, shows any language, and takes each program from where its record says."""
    each = evaluated(program="<svg>\n<circle r='4'/>\n</svg>", rendering=BOXED)
    each = replace(each, sample=replace(each.sample, task=replace(each.sample.task, canvas="svg")))
    folder = tmp_path / "run"
    meta = replace(META, env="codepaint/SVG-v0", canvas="svg", renderer={"path": "resvg"})
    with RunWriter(folder, meta, suffix=".svg") as writer:
        writer.append(each)
    [program] = (folder / "programs").iterdir()
    program.rename(folder / "programs/0000.svg")
    record = json.loads((folder / "records.jsonl").read_text()) | {"program": "programs/0000.svg"}
    (folder / "records.jsonl").write_text(json.dumps(record) + "\n")
    html = write_report(folder).read_text(encoding="utf-8")
    page = Page(html)
    setup = dict(zip(page.texts["dt"][5:], page.texts["dd"][5:], strict=False))
    assert (setup["environment"], setup["canvas"], setup["renderer path"]) == (
        "codepaint/SVG-v0",
        "svg",
        "resvg",
    )
    assert each.sample.program in page.texts["code"]
    assert "letters (x 1 to 3, y 2 to 4 px)" in html
    assert not re.search(
        "p5|brush|javascript", re.sub("<style>.*?</style>|<script>.*?</script>", "", html, flags=re.S)
    )


def test_what_a_template_asks_for_must_be_given():
    with pytest.raises(UndefinedError, match="title"):
        make_html("rate", "img-src 'self'", {})


def test_nothing_in_a_program_or_prompt_becomes_markup(tmp_path):
    rendering = replace(SYNTAX, kind=EVIL, message=EVIL, findings=(Finding(EVIL, EVIL),))
    put = evaluated(0, value=0.0, rendering=rendering, program=EVIL, prompt=EVIL, completion=EVIL)
    score = Score(0.0, {EVIL: 0.0, "skipped": 0.0}, EVIL, (EVIL,), ("skipped",))
    task = replace(put.sample.task, canvas=EVIL)
    put = replace(put, sample=replace(put.sample, task=task, group=EVIL), score=score)
    meta = replace(META, name=EVIL, policy=EVIL, tasks=EVIL, env=EVIL, renderer={EVIL: EVIL})
    with RunWriter(tmp_path / "run", meta, suffix=".js") as writer:
        writer.append(put)
        writer.append(evaluated(1, prompt=EVIL))
    page = Page(write_report(tmp_path / "run").read_text(encoding="utf-8"))
    assert len(page.all("script")) == 1
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert all(image["src"].startswith("data:") for image in page.all("img") if "id" not in image)
    assert EVIL in page.texts["code"]
    assert page.texts["title"][0] == EVIL


def test_the_page_asks_for_nothing_from_outside(tmp_path):
    html = write_report(written(tmp_path / "run", evaluated())).read_text(encoding="utf-8")
    page = Page(html)
    for _, attributes in page.elements:
        for name in ("src", "href", "srcset", "action", "style"):
            assert attributes.get(name, "data:").startswith("data:")
    assert not re.search(r"url\(|@import|https?://", html)


def test_the_policy_allows_exactly_the_page_s_own_style_and_script(tmp_path):
    html = write_report(written(tmp_path / "run", evaluated())).read_text(encoding="utf-8")
    policy = Page(html).all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
    for tag in ("style", "script"):
        text = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_lone_surrogates_and_nul_do_not_stop_the_report(tmp_path):
    page = page_of(tmp_path / "run", evaluated(program="a\ud800b\0c", prompt="half \udc00"))
    assert "a?b\ufffdc" in page.texts["code"]


def test_endless_text_is_cut(tmp_path):
    folder = written(tmp_path / "run", evaluated(program="", completion="x" * 3_000_000, rendering=SYNTAX))
    assert write_report(folder).stat().st_size < 200_000


def test_a_run_of_machine_failures_and_an_empty_run_have_a_report(tmp_path):
    assert "–" in page_of(tmp_path / "failed", evaluated(0, value=None, rendering=GONE)).texts["dd"]
    assert page_of(tmp_path / "empty").all("li", **{"class": "card"}) == []


def test_sixty_pictures_stay_below_25_megabytes(tmp_path):
    rng = np.random.default_rng(0)
    soft = (
        rng.integers(0, 256, (128, 128, 3), dtype=np.uint8).repeat(4, 0).repeat(4, 1)
    )  # far worse than paint
    with RunWriter(tmp_path / "run", META, suffix=".js") as writer:
        for index in range(6):
            writer.append(evaluated(index, rendering=Rendering("ok", image=soft)))
    assert write_report(tmp_path / "run").stat().st_size < 2_500_000


def test_the_report_works_in_a_browser(tmp_path, parts):
    """Filters, sorting and the viewer run under the page's own policy, opened from a file."""
    samples = [evaluated(0, value=0.2), evaluated(1, value=0.0, rendering=SYNTAX), evaluated(2, value=0.9)]
    path = write_report(written(tmp_path / "run", *samples))
    with chromium(tmp_path) as browser:
        page = browser.new_page(viewport={"width": 390, "height": 800})
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        numbers = ".card:not([hidden]) .number"
        page.select_option("#sort", "best")
        assert page.locator(numbers).all_inner_texts() == ["No. 3", "No. 1", "No. 2"]
        page.click("#controls button[data-outcome=ok]")
        assert page.locator(numbers).all_inner_texts() == ["No. 3", "No. 1"]
        page.locator("button.sheet").first.press("Enter")
        page.keyboard.press("ArrowRight")
        assert page.locator("#viewer-line").inner_text() == "No. 1 · ok · score 0.20"
        page.keyboard.press("Escape")
        assert not page.locator("#viewer").is_visible()
    assert complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_pictures_keep_their_shape_and_fit(tmp_path, width):
    """Wide and tall pictures are not stretched, a missing one has the room of the first, and nothing runs over."""
    pictures = [np.zeros(size, np.uint8) for size in ((500, 800, 3), (600, 300, 3))]
    shown = [evaluated(i, rendering=Rendering("ok", image=each)) for i, each in enumerate(pictures)]
    path = write_report(written(tmp_path / "run", *shown, evaluated(2, value=0.0, rendering=SYNTAX)))
    with chromium(tmp_path) as browser:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(path.as_uri())
        boxes = [each.bounding_box() for each in page.locator("#cards img, #cards .nothing").all()]
        assert [box["width"] / box["height"] for box in boxes] == pytest.approx([1.6, 0.5, 1.6], rel=0.01)
        page.locator("button.sheet").last.click()
        viewer = page.locator("#viewer-image").bounding_box()
        assert viewer["width"] / viewer["height"] == pytest.approx(0.5, rel=0.01)
        assert viewer["height"] <= 900
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("spec", "shown"),
    [
        (
            {"weighted": [[0.3, {"name": "dino"}], [0.7, {"name": "pairwise", "k": 4}]]},
            "0.3*dino + 0.7*pairwise(k=4)",
        ),
        ({"gate": {"name": "renders"}, "of": {"name": "coverage"}}, "gated(coverage, gate=renders)"),
        (None, "gated"),
    ],
)
def test_the_reward_is_shown_as_a_person_would_write_it(tmp_path, spec, shown):
    with RunWriter(
        tmp_path / "run", replace(META, reward=dict(META.reward) | {"spec": spec}), suffix=".js"
    ) as writer:
        writer.append(evaluated())
    assert shown in Page(write_report(tmp_path / "run").read_text(encoding="utf-8")).texts["b"]
