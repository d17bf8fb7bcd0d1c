"""The run folder keeps everything, survives a kill, and gives back what was put in."""

from __future__ import annotations

import contextlib
import json
import shutil
import warnings
from dataclasses import replace
from types import SimpleNamespace

import gymnasium
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import rewards
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.evaluate import Evaluated
from codepaint_env.render.codec import CodecError
from codepaint_env.runs.run import load_run
from codepaint_env.runs.writer import RunWriter, keep_run
from rewards.errors import SpecError
from rewards.types import Finding, Interaction, Rendering, Sample, Score, Task
from sample_runs import META, evaluated, written

STEP = Interaction(1, "click", "button", "Add", "#add", (1, 2, 3, 4), "a line", "", False, "step-1-after")


def assert_same(found: Evaluated, put: Evaluated) -> None:
    before, after = put.sample, found.sample
    assert (after.task, after.completion, after.program, after.group) == (
        before.task,
        before.completion,
        before.program,
        before.group,
    )
    assert found.score == put.score
    assert (after.rendering.image is None) == (before.rendering.image is None)
    if before.rendering.image is not None:
        np.testing.assert_array_equal(after.rendering.image, before.rendering.image)
    for name in ("status", "kind", "message", "findings", "interactions", "evidence", "identity", "pictures"):
        assert getattr(after.rendering, name) == getattr(before.rendering, name)


def test_what_is_written_is_loaded_again(tmp_path):
    full = Rendering(
        "program_error",
        "runtime",
        "TypeError: no",
        image=np.full((8, 9, 3), 7, np.uint8),
        findings=(Finding("console", "log: hé"), Finding("text", "words", 0.25, (1, 2, 3, 4))),
        interactions=(STEP,),
        evidence=frozenset({"image"}),
        identity="f00",
        pictures={"viewport": b"\x89PNG one", "step-1-after": b"\x89PNG two"},
    )
    task = Task("t", "a map", reference=tmp_path / "map.png", features=("two \ud800 coasts",), letters=True)
    score = Score(0.1, {"a/b": 0.1, "c": 0.0}, "because", ("ref-1", "ref-2"), ("c",))
    put = [
        evaluated(0),
        Evaluated(Sample(task, "text", "paint()", full, "g"), score),
        evaluated(2, value=None, rendering=Rendering("machine_error", "browser", "it went away")),
        evaluated(
            3, program="", completion="no code", rendering=Rendering("program_error", "no_program", "none")
        ),
    ]
    run = load_run(written(tmp_path / "run", *put))
    assert run.meta == META
    assert len(run.evaluated) == len(run.samples) == len(run.scores) == 4
    for found, was in zip(run.evaluated, put, strict=True):
        assert_same(found, was)


def test_programs_and_pictures_lie_beside_the_records(tmp_path):
    folder = written(
        tmp_path / "run", evaluated(0), evaluated(1, rendering=Rendering("program_error", "syntax", "no"))
    )
    assert (folder / "programs/0001.js").read_bytes() == b"function setup() {}\r\n\tpaint()"
    assert sorted(path.name for path in (folder / "pictures").iterdir()) == ["0000.png"]
    first, second = map(json.loads, (folder / "records.jsonl").read_text().splitlines())
    assert (first["picture"], second["picture"]) == ("pictures/0000.png", None)
    assert (first["task"]["prompt"], second["rendering"]["kind"]) == ("a rose", "syntax")
    assert first["program"] == "programs/0000.js"


def test_programs_take_the_suffix_of_their_canvas(tmp_path):
    with RunWriter(tmp_path / "run", META, suffix=".svg") as writer:
        writer.append(evaluated(program="<svg/>"))
    assert (tmp_path / "run/programs/0000.svg").read_bytes() == b"<svg/>"
    assert load_run(tmp_path / "run").samples[0].program == "<svg/>"


def test_the_pictures_of_a_rendering_lie_in_a_folder_of_their_own(tmp_path):
    rendering = Rendering("ok", pictures={"full": b"\x89PNG one", "step-1-after": b"\x89PNG two"})
    folder = written(tmp_path / "run", evaluated(0), evaluated(1, rendering=rendering))
    assert {path.name: path.read_bytes() for path in (folder / "pictures/0001").iterdir()} == {
        "full.png": b"\x89PNG one",
        "step-1-after.png": b"\x89PNG two",
    }
    assert not (folder / "pictures/0000").exists()
    (folder / "pictures/0001/full.png").write_bytes(b"\x89PNG other")
    with pytest.raises(SpecError, match=r"pictures/0001/full\.png is not what was recorded"):
        load_run(folder)
    (folder / "pictures/0001/full.png").unlink()
    with pytest.raises(SpecError, match=r"pictures/0001/full\.png is missing"):
        load_run(folder)


def test_a_picture_whose_name_leads_elsewhere_is_not_written(tmp_path):
    rendering = Rendering("ok", pictures={"../../evil": b"\x89PNG"})
    with (
        RunWriter(tmp_path / "run", META, suffix=".js") as writer,
        pytest.raises(CodecError, match="no name"),
    ):
        writer.append(evaluated(rendering=rendering))
    assert not list(tmp_path.rglob("evil*"))


def test_a_run_that_is_kept_names_environment_and_suffix_of_its_canvas(tmp_path):
    canvas = SimpleNamespace(name="svg", env_id="codepaint/SVG-v0", suffix=".svg")
    evaluator = SimpleNamespace(
        canvas=canvas,
        reward=rewards.make("coverage"),
        renderer=SimpleNamespace(identity=lambda: {"path": "x"}),
    )
    keep_run(tmp_path / "run", [evaluated()], evaluator, name="n", policy="p", seed=0)
    assert load_run(tmp_path / "run").meta.env == "codepaint/SVG-v0"
    assert (tmp_path / "run/programs/0000.svg").is_file()
    assert (P5Brush.env_id, P5Brush.suffix) == ("codepaint/P5Brush-v0", ".js")
    assert P5Brush.env_id in gymnasium.registry


def test_every_sample_is_on_disk_before_the_next(tmp_path):
    with RunWriter(tmp_path / "run", META, suffix=".js") as writer:
        for index in range(3):
            writer.append(evaluated(index))
            assert len(load_run(tmp_path / "run").evaluated) == index + 1


def test_lone_surrogates_survive(tmp_path):
    put = evaluated(program="a \ud800 b", completion="\udfff ``` \ud800", prompt="half \ud83d of one")
    assert_same(load_run(written(tmp_path / "run", put)).evaluated[0], put)


def test_a_half_written_last_record_is_dropped_with_a_warning(tmp_path):
    folder = written(tmp_path / "run", evaluated(0), evaluated(1))
    records = (folder / "records.jsonl").read_bytes()
    (folder / "records.jsonl").write_bytes(records[:-20])
    with pytest.warns(RuntimeWarning, match="half-written"):
        run = load_run(folder)
    assert [sample.task.id for sample in run.samples] == ["task-0"]


def test_a_resumed_run_goes_on_after_the_last_whole_record(tmp_path):
    folder = written(tmp_path / "run", evaluated(0), evaluated(1))
    whole = (folder / "records.jsonl").read_bytes()
    (folder / "records.jsonl").write_bytes(whole[:-20])
    later = replace(META, name="later", created="2027-01-01T00:00:00+00:00")
    with pytest.warns(RuntimeWarning, match="half-written"):
        writer = RunWriter(folder, later, suffix=".js", resume=True)
    with writer:
        assert writer.written == ["task-0"]
        writer.append(evaluated(1))
        writer.append(evaluated(2))
    assert (folder / "records.jsonl").read_bytes().startswith(whole)
    run = load_run(folder)
    assert run.meta.name == "evening"
    assert [sample.task.id for sample in run.samples] == ["task-0", "task-1", "task-2"]


def test_resuming_where_there_is_nothing_begins(tmp_path):
    with RunWriter(tmp_path / "new", META, suffix=".js", resume=True) as writer:
        assert writer.written == []


def test_a_folder_that_holds_something_is_refused(tmp_path):
    folder = written(tmp_path / "run", evaluated())
    with pytest.raises(SpecError, match="is not empty; resume it, or choose another"):
        RunWriter(folder, META, suffix=".js")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("dear")
    for resume in (False, True):
        with pytest.raises(SpecError, match="no run to resume, or choose another"):
            RunWriter(tmp_path / "other", META, suffix=".js", resume=resume)
    with pytest.raises(SpecError, match="is a file"):
        RunWriter(tmp_path / "other" / "letter.txt", META, suffix=".js")


def test_another_run_is_not_resumed(tmp_path):
    folder = written(tmp_path / "run", evaluated())
    with pytest.raises(SpecError, match="has the policy 'pool', not 'openai:x'"):
        RunWriter(folder, replace(META, policy="openai:x"), suffix=".js", resume=True)
    with pytest.raises(SpecError, match="has the renderer"):
        RunWriter(folder, replace(META, renderer={"browser": "154.0"}), suffix=".js", resume=True)


def test_a_changed_picture_is_named(tmp_path):
    folder = written(tmp_path / "run", evaluated(0), evaluated(1))
    Image.new("RGB", (32, 24), "red").save(folder / "pictures/0001.png")
    with pytest.raises(SpecError, match=r"pictures/0001\.png is not what was recorded"):
        load_run(folder)
    (folder / "pictures/0001.png").write_bytes(b"no picture")
    with pytest.raises(SpecError, match=r"pictures/0001\.png is not what was recorded"):
        load_run(folder)


def test_a_changed_or_missing_program_is_named(tmp_path):
    folder = written(tmp_path / "run", evaluated())
    for content in (b"evil()", b"\xff\xfe"):
        (folder / "programs/0000.js").write_bytes(content)
        with pytest.raises(SpecError, match=r"programs/0000\.js is not what was recorded"):
            load_run(folder)
    (folder / "programs/0000.js").unlink()
    with pytest.raises(SpecError, match=r"programs/0000\.js is missing"):
        load_run(folder)


def test_a_record_cannot_name_a_file_outside_its_folder(tmp_path):
    folder = written(tmp_path / "run", evaluated())
    (tmp_path / "secret").write_text("secret")
    record = json.loads((folder / "records.jsonl").read_text())
    (folder / "records.jsonl").write_text(json.dumps(record | {"program": "../secret"}) + "\n")
    with pytest.raises(SpecError, match=r"'\.\./secret', which lies outside"):
        load_run(folder)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{}", "line 2"),
        ("not json", "line 2"),
        (
            '{"index": 1, "task": {"id": "x"}}',
            "line 2 is not understood: task: Object missing required field",
        ),
    ],
)
def test_a_broken_record_in_the_middle_is_an_error_that_names_it(tmp_path, line, reason):
    folder = written(tmp_path / "run", evaluated(0))
    with (folder / "records.jsonl").open("a") as file:
        file.write(line + "\n")
    with pytest.raises(SpecError, match=reason):
        load_run(folder)


def test_a_status_that_does_not_exist_is_refused(tmp_path):
    folder = written(tmp_path / "run", evaluated())
    record = json.loads((folder / "records.jsonl").read_text())
    record["rendering"]["status"] = '"><script>'
    (folder / "records.jsonl").write_text(json.dumps(record) + "\n")
    with pytest.raises(SpecError, match=r"line 1 is not understood: rendering\.status: Invalid enum value"):
        load_run(folder)


def test_a_record_in_the_place_of_another_is_refused(tmp_path):
    folder = written(tmp_path / "run", evaluated(0), evaluated(1))
    first, second = (folder / "records.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "records.jsonl").write_bytes(second + first)
    with pytest.raises(SpecError, match="line 1 is not record 0: its index is 1"):
        load_run(folder)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_run_in_which_anything_was_changed_is_refused_or_understood(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("forged") / "run"
    rendering = Rendering(
        "ok", image=np.zeros((2, 2, 3), np.uint8), interactions=(STEP,), pictures={"a": b"x"}
    )
    written(folder, evaluated(0, rendering=rendering))
    path = data.draw(st.sampled_from(sorted(path for path in folder.rglob("*") if path.is_file())))
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    path.write_bytes(content)
    with warnings.catch_warnings(action="ignore"), contextlib.suppress(SpecError):
        assert len(load_run(folder).evaluated) <= 1
    shutil.rmtree(folder)


def test_what_is_no_run_says_so(tmp_path):
    with pytest.raises(SpecError, match=r"no run in .*: run\.json is missing"):
        load_run(tmp_path)
    folder = written(tmp_path / "run", evaluated())
    meta = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps(meta | {"format": 1}))
    with pytest.raises(
        SpecError,
        match=r"has the format 1; this release reads 3\. Paint the run anew, or read it with .*0\.1\.0",
    ):
        load_run(folder)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "This is not JSON"),
        ("[]", "it names no format"),
        ('{"format": 3}', "Object missing required field `name`"),
        ("NaN", "it holds NaN, which is no number"),
        ("more", "it has the key 'more', which no run has"),
        ("seed", "seed: Expected `int`, got `str`"),
    ],
)
def test_a_head_that_is_not_understood_says_why(tmp_path, text, why):
    folder = written(tmp_path / "run", evaluated())
    meta = json.loads((folder / "run.json").read_text())
    told = json.dumps(meta | {text: "x"}) if text.isalpha() and text != "NaN" else text
    (folder / "run.json").write_text(told)
    with pytest.raises(SpecError, match=rf"run\.json is not understood: .*{why}"):
        load_run(folder)


def test_a_run_can_be_moved(tmp_path):
    folder = written(tmp_path / "run", evaluated())
    shutil.move(folder, tmp_path / "elsewhere")
    assert len(load_run(tmp_path / "elsewhere").evaluated) == 1
