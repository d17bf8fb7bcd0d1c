"""A prelude: functions that are there before every program, with lines and an identity of their own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import gymnasium as gym
import numpy as np
import pytest
from click.testing import CliRunner

import codepaint_env
import rewards
from codepaint_env import canvases
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.p5brush.prelude import read_prelude
from codepaint_env.cli.main import main
from codepaint_env.demo import run_demo
from codepaint_env.pool.candidates import CandidateFolder, from_sketches
from codepaint_env.render.backend import Job, spec_of
from codepaint_env.render.renderer import Renderer
from codepaint_env.render.shared_renderer import shared_renderer
from codepaint_env.runs.run import load_run
from codepaint_env.study.record_again import recorded_again
from codepaint_env.study.rescore import check_run
from codepaint_env.trainers.shared.rows import rows
from places import ROOT
from rewards.errors import SpecError
from rewards.pool import load_entries

GARDEN = "p5brush(prelude='garden')"
PETAL = 'function setup() { sheet("#fbf6ec", 3); petal(0, 90, 180, 0, "#d8566e"); }'
PROGRAMS = sorted((ROOT / "tests/canvases/p5brush/programs/garden").glob("*.js"))


def drawing(canvas, **options):
    return Renderer(canvas, workers=1, cache=0, **options)


@pytest.fixture(scope="module")
def garden():
    made = drawing(canvases.get(GARDEN))
    yield made
    made.close()


@pytest.fixture
def with_prelude(tmp_path):
    """Draws a program after a prelude of its own."""
    opened = []

    def draw(prelude, program, **options):
        file = tmp_path / "own.js"
        file.write_text(prelude)
        opened.append(drawing(P5Brush(prelude=str(file)), **options))
        return opened[-1].render([Job(program, 1)])[0]

    yield draw
    for each in opened:
        each.close()


def painted(renderer, program):
    [rendering] = renderer.render([Job(program, 7)])
    assert rendering.ok, rendering.message
    return rendering.image


def test_a_program_calls_what_the_prelude_defines(garden):
    assert np.ptp(painted(garden, PETAL)) > 60


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda path: path.stem)
def test_a_subject_is_composed_in_a_dozen_lines(garden, file):
    program = file.read_text()
    assert len(program.splitlines()) <= 14
    assert np.ptp(painted(garden, program)) > 60


ODD = (
    "3, 3, 3, 3, 3",
    "0, 0, 0, 0, 0, 0",
    "1e9, -1e9, NaN, 1e9",
    "'a', {}, [], null",
    "",
    "-5, -5, -400, 7000, 'nocolour'",
)


@pytest.mark.parametrize("name", re.findall(r"^function (\w+)", read_prelude("garden").text, re.M)[1:])
def test_no_argument_of_a_function_breaks_a_sketch(garden, name):
    calls = " ".join(f"{name}({odd});" for odd in ODD)
    painted(garden, f"function setup() {{ sheet(); {calls} leaf(0, 0, 90, 20); }}")


def test_a_canvas_with_a_prelude_has_another_identity(garden):
    plain = drawing(P5Brush())
    assert set(garden.identity()) - set(plain.identity()) == {"prelude"}
    assert len(garden.identity()["prelude"]) == 64


def test_an_error_in_a_prelude_names_the_line_of_the_program_that_called_it(with_prelude):
    program = "function setup() {\n  createCanvas(99, 99, WEBGL);\n  fails();\n}"
    rendering = with_prelude("\n\n\n\nfunction fails() { throw new Error('no'); }", program)
    assert rendering.kind == "runtime"
    assert rendering.message == "Error: no (line 3)"


def test_an_error_at_the_top_level_of_a_program_names_its_line_too(garden):
    [rendering] = garden.render([Job('\npetal(0, 0, 20, 0, "#f00");', 1)])
    assert (rendering.kind, rendering.message[-8:]) == ("runtime", "(line 2)")


def test_a_syntax_error_names_the_line_of_the_program(garden):
    [rendering] = garden.render([Job("function setup() {\n  petal(;\n}", 1)])
    assert (rendering.kind, rendering.message[-8:]) == ("syntax", "(line 2)")


@pytest.mark.parametrize(
    "declared", ["function petal() {}", "var petal = 3;", "let petal = 3;", "const petal = 3;"]
)
def test_a_program_may_declare_a_name_of_the_prelude_anew(garden, declared):
    rest = 'function setup() { sheet(); leaf(0, 90, 180, 0, "#5d8a4c"); }'
    assert np.ptp(painted(garden, f"{declared} {rest}")) > 60


def test_a_program_that_needs_the_library_beside_it_has_the_prelude_too(garden):
    reading = PETAL.replace(" }", " if (get(0, 0)[0] > 300) throw 1; }")
    assert np.ptp(painted(garden, reading)) > 60


def test_each_program_starts_with_the_prelude_as_it_was_written(garden):
    first = painted(garden, PETAL)
    garden.render([Job("petal = () => {}; function setup() { sheet(); }", 7)])
    assert np.array_equal(painted(garden, PETAL), first)


@pytest.mark.full
def test_the_page_paints_with_the_prelude_what_the_engine_paints(garden):
    page = drawing(canvases.get(GARDEN), path="page")
    try:
        theirs = painted(page, PETAL).astype(float)
        [failed] = page.render(
            [Job("function setup() {\n  createCanvas(99, 99, WEBGL);\n  petal(0n, 1n);\n}", 1)]
        )
    finally:
        page.close()
    assert np.abs(theirs - painted(garden, PETAL)).mean() < 2
    assert failed.kind != "syntax"


@pytest.mark.parametrize("path", ["engine", "page"])
def test_a_prelude_that_throws_is_refused_and_no_program_is_scored(with_prelude, path):
    with pytest.raises(SpecError, match=r"own.js' cannot be evaluated: Error: broken \(line 2\)"):
        with_prelude("// one\nthrow new Error('broken');", "function setup() {}", path=path)


def test_a_prelude_that_never_ends_is_refused_and_is_no_fault_of_a_program(with_prelude):
    with pytest.raises(SpecError, match="cannot be evaluated"):
        with_prelude("for (;;) {}", "function setup() {}")


def test_a_prelude_that_does_not_parse_is_refused(with_prelude):
    with pytest.raises(SpecError, match="cannot be evaluated: SyntaxError"):
        with_prelude("function petal( {", "function setup() {}")


@pytest.mark.parametrize("name", ["dot", "tint", "brush", "print"])
def test_a_prelude_that_takes_a_name_of_p5_is_refused(with_prelude, name):
    with pytest.raises(SpecError, match=rf"{name}\(\) is a name of p5's"):
        with_prelude(f"function {name}() {{}}", "function setup() {}")


@pytest.mark.parametrize(
    ("prelude", "said"),
    [
        ("gardn", "No prelude is called 'gardn'. Did you mean 'garden'?"),
        ("./nowhere.js", "prelude is './nowhere.js', but there is no such file"),
        (3, "prelude is 3; it must be one of 'garden'"),
    ],
)
def test_a_prelude_that_is_not_there_is_refused_at_construction(prelude, said):
    with pytest.raises(SpecError) as refused:
        P5Brush(prelude=prelude)
    assert said in str(refused.value)


@pytest.mark.parametrize(("text", "said"), [(" \n", "is empty"), ("//" * 60_000, "120000 characters")])
def test_an_empty_or_endless_prelude_is_refused_at_construction(tmp_path, text, said):
    (tmp_path / "own.js").write_text(text)
    with pytest.raises(SpecError, match=said):
        P5Brush(prelude=str(tmp_path / "own.js"))


def test_a_canvas_is_named_with_its_prelude():
    canvas = canvases.get(GARDEN)
    assert (canvas.name, spec_of(canvas), spec_of(canvases.get("p5brush"))) == ("p5brush", GARDEN, "p5brush")


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("p5brush(preludes='garden')", "has no parameter 'preludes'"),
        ("svg(prelude='garden')", "has no parameter"),
    ],
)
def test_a_parameter_that_a_canvas_has_not_is_refused(spec, said):
    with pytest.raises(SpecError, match=said):
        canvases.get(spec)


def test_canvases_that_differ_in_their_prelude_share_no_renderer(tmp_path):
    file = tmp_path / "own.js"
    made = []
    for text in ("function one() {}", "function two() {}"):
        file.write_text(text)
        made.append(shared_renderer(P5Brush(prelude=str(file)), {}))
    assert made[0] is not made[1]
    assert shared_renderer(canvases.get(GARDEN), {}) is not shared_renderer(P5Brush(), {})


def test_an_environment_paints_with_the_prelude():
    env = gym.make("codepaint/P5Brush-v0", canvas=GARDEN, reward="renders", renderer={"workers": 1})
    env.reset(seed=0)
    assert env.step(PETAL)[1] == 1
    assert "petal(" in env.unwrapped.system_prompt
    assert env.action_space.canvas == GARDEN
    env.close()


def test_render_paints_with_the_prelude(tmp_path):
    (tmp_path / "petal.js").write_text(PETAL)
    done = CliRunner().invoke(main, ["render", str(tmp_path / "petal.js"), "--canvas", GARDEN, "--no-cache"])
    assert done.exit_code == 0, done.output


def test_a_run_of_another_prelude_is_not_resumed(tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "petal.js").write_text(PETAL)
    told = {"policy": str(programs), "reward": "renders", "renderer": {"workers": 1}, "out": tmp_path / "run"}
    run_demo(canvas=GARDEN, episodes=1, **told)
    with pytest.raises(SpecError, match="canvas"):
        run_demo(episodes=2, resume=True, **told)


def test_the_programs_of_a_run_are_rendered_again_with_its_prelude(tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "petal.js").write_text(PETAL)
    run_demo(
        canvas=GARDEN,
        episodes=1,
        policy=str(programs),
        reward="renders",
        renderer={"workers": 1, "cache": 0},
        out=tmp_path / "run",
    )
    run = load_run(tmp_path / "run")
    canvas = check_run(run, rewards.make("coverage"))
    assert (run.meta.canvas, spec_of(canvas)) == (GARDEN, GARDEN)
    again, _ = recorded_again(run, canvas, frozenset())
    assert again.evaluated[0].pixels_sha256 == run.evaluated[0].pixels_sha256


def test_candidates_of_a_pool_tell_the_prelude_that_they_are_painted_with(garden, tmp_path):
    folder = CandidateFolder(tmp_path)
    folder.draw(from_sketches(PROGRAMS[0].parent, GARDEN)[:1], garden, lambda *_: None)
    [painted_once] = folder.read().values()
    assert (painted_once.canvas, painted_once.problem) == (GARDEN, "")


def test_a_pool_in_a_vocabulary_is_made_kept_verified_and_loaded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("sketches").mkdir()
    for colour in ("crimson", "teal", "gold"):
        Path(f"sketches/{colour}.js").write_text(PETAL.replace("#d8566e", colour))

    def codepaint(*words):
        done = CliRunner().invoke(main, ["pool", *words])
        assert done.exit_code == 0, done.output
        return done.stdout

    codepaint("generate", "c", "--sketches", "sketches", "--canvas", GARDEN)
    codepaint("sheets", "c", "sheets")
    told = json.loads(Path("sheets/sheets.jsonl").read_text())
    said = {"sheet": told["name"], "ratings": [5] * len(told["ids"]), "record": "All are fine."}
    Path("said.jsonl").write_text(json.dumps(said))
    codepaint("rate", "c", "--rater", "ada", "--sheets", "sheets", "--said", "said.jsonl")
    codepaint("keep", "c", "mine")
    assert "are painted again to the same pixels" in codepaint("verify", "mine", "--all")
    assert {entry.canvas for entry in load_entries(tmp_path / "mine")} == {GARDEN}


def test_the_system_prompt_tells_each_function_in_a_line():
    plain, told = codepaint_env.system_prompt(), codepaint_env.system_prompt(GARDEN)
    section = told.removeprefix(plain.rstrip())
    assert "| `petal(x, y, size, angle, colour)` | One petal" in section
    assert sum(line.startswith("| `") for line in section.splitlines()) == 14
    assert len(section) < 2500


def test_rows_for_a_trainer_tell_of_the_prelude():
    [first, *_] = rows("flowers", "trl", canvas=GARDEN)
    assert "petal(" in first["prompt"][0]["content"]
