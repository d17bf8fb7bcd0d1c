"""`codepaint page` draws a page, tries it out and writes a report; what is no page is refused in one line."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from PIL import Image

from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.canvases.svg.canvas import SVG
from command_line import codepaint, refused
from headless_chromium import chromium
from html_elements import Page

BROKEN = HTML().drawings / "broken"
WORKS = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Counter</title></head>
<body><main><h1>Counter</h1><p id="count">0</p>
<button type="button" id="more">One more</button>
<button type="button" id="dead">Nothing</button></main>
<script>
let n = 0;
document.getElementById("more").addEventListener("click", () => { n += 1; document.getElementById("count").textContent = n; });
</script></body></html>
"""


@pytest.fixture
def counter(tmp_path):
    path = tmp_path / "counter.html"
    path.write_text(WORKS)
    return path


@pytest.fixture(scope="module")
def explored(tmp_path_factory):
    """What the command says of a page with one control that works, and the folder of its report."""
    folder = tmp_path_factory.mktemp("explored")
    (folder / "counter.html").write_text(WORKS)
    done = codepaint("page", folder / "counter.html", "--explore", "--steps", "2")
    assert done.exit_code == 0, done.output
    return done.stdout, folder / "counter-report"


def test_the_table_tells_score_and_steps(explored):
    stdout, folder = explored
    assert re.search(r"^page +counter\.html: ok$", stdout, re.M)
    assert re.search(r"^markup +nothing found$", stdout, re.M)
    assert re.search(r"^score +0\.53  gated\(interactive, gate=execution\)$", stdout, re.M)
    assert re.search(r"^steps +1 of 2 credited, \d tried$", stdout, re.M)
    assert "credited   click button “One more”" in stdout
    assert "no effect  click button “Nothing”" in stdout
    assert stdout.splitlines()[-1] == f"report      {folder / 'report.html'}"


def test_the_report_lies_in_a_folder_beside_the_page_with_its_pictures(explored):
    _, folder = explored
    page = Page((folder / "report.html").read_text(encoding="utf-8"))
    assert page.texts["h1"] == ["counter.html"]
    assert {"1 of 2", "0.53"} <= set(page.texts["dd"])
    told = json.loads((folder / "record.json").read_text())
    steps = [step["step"] for step in told["interactions"]]
    names = {path.stem for path in (folder / "pictures").iterdir()}
    assert {"viewport", "full"} | {f"step-{n}-{when}" for n in steps for when in ("before", "after")} == names
    with Image.open(folder / "pictures/viewport.png") as picture:
        assert picture.size == (1280, 720)
    assert (folder / "page.html").read_text().strip() == WORKS.strip()


def test_a_browser_loads_the_report_with_every_picture(explored, tmp_path):
    _, folder = explored
    with chromium(tmp_path) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((folder / "report.html").as_uri())
        widths = page.evaluate("[...document.querySelectorAll('.shot img')].map((each) => each.naturalWidth)")
        assert widths
        assert all(widths)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_without_explore_nothing_is_tried(counter, tmp_path):
    done = codepaint("page", counter, "-o", tmp_path / "look")
    assert done.exit_code == 0, done.output
    assert "steps" not in done.stdout
    assert "score" not in done.stdout
    assert re.search(r"^layout  +(nothing found|\d)", done.stdout, re.M)
    assert json.loads((tmp_path / "look/record.json").read_text())["interactions"] is None


def test_a_page_that_fails_has_a_report_and_exit_code_2(tmp_path):
    path = shutil.copy(BROKEN / "blank.html", tmp_path / "blank.html")
    done = codepaint("page", path)
    assert done.exit_code == 2
    assert re.search(r"codepaint: .*blank\.html: blank: ", done.stderr)
    assert (tmp_path / "blank-report/report.html").is_file()


def test_prose_holds_no_page(tmp_path):
    path = shutil.copy(BROKEN / "only-promises.html", tmp_path / "answer.md")
    done = codepaint("page", path, "--explore")
    assert done.exit_code == 2
    assert re.search(r"codepaint: .*answer\.md: no_program: ", done.stderr)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--steps", "0"], "Invalid value for '--steps'"),
        (
            ["--task", "web-bakery"],
            r"No task of the set 'pages' is called 'web-bakery'\. Did you mean 'web-bakery-shop'\?",
        ),
        (
            ["--task", "web-bakery-shop", "--prompt", "a shop"],
            "There are both --task and --prompt; give one of them",
        ),
        (["--prompt", " "], "--prompt has the prompt ' '"),
    ],
)
def test_what_makes_no_sense_is_refused(counter, options, told):
    assert re.match(told, refused("page", counter, *options))


def test_what_is_no_page_is_refused(tmp_path):
    assert refused("page", tmp_path / "gone.html") == f"There is no file '{tmp_path}/gone.html'."
    assert refused("page", tmp_path) == f"'{tmp_path}' is a folder; name a file with one program."
    Image.new("RGB", (4, 4)).save(tmp_path / "shop.png")
    assert re.match(r".*shop\.png is not UTF-8 text", refused("page", tmp_path / "shop.png"))
    fox = shutil.copy(SVG().drawings / "riders-fox-scooter.svg", tmp_path / "fox.svg")
    assert re.match(
        r".*fox\.svg is a program of the canvas 'svg', not a web page; draw it with `codepaint render",
        refused("page", fox),
    )


def test_a_folder_with_something_else_is_left_alone(counter, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/novel.txt").write_text("Chapter one")
    assert "is not empty and holds no report of a page" in refused("page", counter, "-o", tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["novel.txt"]


@pytest.mark.full
def test_the_demo_of_pages_tries_them_out_and_shows_their_traces(tmp_path):
    done = codepaint("demo", "--canvas", "html", "--episodes", "2", "-o", tmp_path / "run")
    assert done.exit_code == 0, done.output
    assert "episodes    2, 2 painted (100%)\nmean score  1.0000" in done.stdout
    page = Page((tmp_path / "run/report.html").read_text(encoding="utf-8"))
    assert page.texts["summary"].count("Tried out: 3 of 3 steps credited") == 2
    assert len(page.all("button", **{"class": "shot"})) >= 12
