"""Every public command serves the svg canvas: by the ending of a file's name, by --canvas, and in its complaints."""

from __future__ import annotations

import json
import re
import shutil

import numpy as np
import pytest
from PIL import Image

from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.runs.run import load_run
from command_line import codepaint, refused
from html_elements import Page

FOX = SVG().drawings / "riders-fox-scooter.svg"


@pytest.fixture
def drawing(tmp_path):
    return shutil.copy(FOX, tmp_path / "fox.svg")


def test_render_tells_a_document_by_its_ending(drawing, tmp_path):
    done = codepaint("render", drawing)
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path / 'fox.png'}\n")
    with Image.open(tmp_path / "fox.png") as picture:
        assert (picture.size, picture.mode) == ((512, 512), "RGB")
        assert np.ptp(np.asarray(picture)) > 100
    assert (
        codepaint("render", shutil.copy(FOX, tmp_path / "FOX.SVG"), "-o", tmp_path / "a.png").exit_code == 0
    )
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "fox.png").read_bytes()


def test_render_takes_a_completion_as_a_document_where_the_canvas_is_named(drawing, tmp_path):
    answer = tmp_path / "answer.md"
    answer.write_text(f"A fox:\n```svg\n{FOX.read_text()}\n```\n")
    assert re.match(r".*answer\.md: syntax: ", refused("render", answer))
    assert codepaint("render", answer, "--canvas", "svg").exit_code == 0
    assert codepaint("render", drawing).exit_code == 0
    assert (tmp_path / "answer.png").read_bytes() == (tmp_path / "fox.png").read_bytes()


def test_render_tells_what_a_document_is_refused_for(tmp_path):
    path = tmp_path / "script.svg"
    shutil.copy(SVG().drawings / "broken" / "script.svg", path)
    assert re.match(r".*script\.svg: script: The document holds a <script>", refused("render", path))
    assert not path.with_suffix(".png").exists()


def test_score_judges_a_document_by_the_reward_of_its_canvas(drawing):
    done = codepaint("score", drawing, "--prompt", "a fox on a kick scooter", "--json")
    told = json.loads(done.stdout)
    assert (told["status"], told["reward"]) == (
        "ok",
        {"gate": {"name": "renders"}, "of": {"name": "coverage"}},
    )
    assert 0.5 < told["value"] <= 1
    assert re.match(
        r"status      program_error \(syntax", codepaint("score", drawing, "--canvas", "p5brush").stdout
    )


@pytest.mark.parametrize("command", ["render", "score"])
@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--path", "engine"], "renderer: path is 'engine'; for the canvas svg there is 'resvg', 'auto'."),
        (["--canvas", "sgv"], "No canvas is called 'sgv'. Did you mean 'svg'?"),
    ],
)
def test_what_the_canvas_does_not_have_is_refused(drawing, command, options, told):
    assert refused(command, drawing, *options) == told


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--canvas", "svg", "--path", "page"], "for the canvas svg there is 'resvg', 'auto'."),
        (["--canvas", "svgg"], "No canvas is called 'svgg'. Did you mean 'svg'?"),
        (
            ["--canvas", "svg", "--policy", "pool"],
            "The pool has no painting of this canvas; take the policy 'drawings'",
        ),
    ],
)
def test_a_demo_that_cannot_be_leaves_no_folder(tmp_path, options, told):
    assert told in refused("demo", "-o", tmp_path / "run", *options)
    assert not (tmp_path / "run").exists()


def test_a_demo_shows_the_drawings_and_its_report_names_the_canvas_and_shows_their_source(tmp_path):
    done = codepaint("demo", "--canvas", "svg", "--episodes", 6, "-o", tmp_path / "run")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0] == "episodes    6, 5 painted (83%)"
    run = load_run(tmp_path / "run")
    assert (run.meta.env, run.meta.policy) == ("codepaint/SVG-v0", "drawings")
    drawings = [SVG().drawings / f"{sample.task.id}.svg" for sample in run.samples]
    own = [path.read_text().strip() for path in drawings]
    programs = [sample.program for sample in run.samples]
    assert [*programs[:4], programs[5]] == [*own[:4], own[5]]
    assert programs[4] != own[4]  # every fifth is broken on purpose
    assert run.samples[0].task.features
    page = Page((tmp_path / "run" / "report.html").read_text(encoding="utf-8"))
    setup = dict(zip(page.texts["dt"], page.texts["dd"], strict=False))
    assert (setup["environment"], setup["canvas"], setup["renderer path"]) == (
        "codepaint/SVG-v0",
        "svg",
        "resvg",
    )
    assert page.texts["code"][0] == run.samples[0].program
    assert page.texts["code"][0].startswith("<svg ")


def test_tasks_of_the_canvas_are_listed_and_exported(tmp_path):
    done = codepaint("tasks", "list", "riders", "--canvas", "svg", "--json")
    first = json.loads(done.stdout.splitlines()[0])
    assert first["id"] == "riders-pelican-bicycle"
    assert len(first["features"]) >= 5
    target = tmp_path / "riders.jsonl"
    done = codepaint("tasks", "export", "riders", "--canvas", "svg", "--for", "verl", "-o", target)
    assert done.exit_code == 0, done.output
    row = json.loads(target.read_text().splitlines()[0])
    assert row["data_source"] == "codepaint/svg"
    assert row["extra_info"]["features"] == first["features"]
    assert "svg" in row["prompt"][0]["content"]
