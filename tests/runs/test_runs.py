"""The run folder keeps everything, survives a kill, and gives back what was put in."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from codepaint_env.evaluate import Evaluated
from codepaint_env.runs.run import RunWriter, load_run
from rewards.errors import SpecError
from rewards.types import Finding, Interaction, Rendering, Sample, Score, Task
from sample_runs import META, evaluated, written


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
    for name in ("status", "kind", "message", "findings", "interactions", "evidence", "identity"):
        assert getattr(after.rendering, name) == getattr(before.rendering, name)


def test_what_is_written_is_loaded_again(tmp_path):
    full = Rendering(
        "program_error",
        "runtime",
        "TypeError: no",
        image=np.full((8, 9, 3), 7, np.uint8),
        findings=(Finding("console", "log: hé"), Finding("text", "words", 0.25, (1, 2, 3, 4))),
        interactions=(Interaction("click", "the button", True),),
        evidence=frozenset({"image"}),
        identity="f00",
    )
    task = Task("t", "a map", reference=tmp_path / "map.png")
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
    assert (first["task"]["prompt"], second["kind"]) == ("a rose", "syntax")


def test_every_sample_is_on_disk_before_the_next(tmp_path):
    with RunWriter(tmp_path / "run", META) as writer:
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
        writer = RunWriter(folder, later, resume=True)
    with writer:
        assert writer.written == ["task-0"]
        writer.append(evaluated(1))
        writer.append(evaluated(2))
    assert (folder / "records.jsonl").read_bytes().startswith(whole)
    run = load_run(folder)
    assert run.meta.name == "evening"
    assert [sample.task.id for sample in run.samples] == ["task-0", "task-1", "task-2"]


def test_resuming_where_there_is_nothing_begins(tmp_path):
    with RunWriter(tmp_path / "new", META, resume=True) as writer:
        assert writer.written == []


def test_a_folder_that_holds_something_is_refused(tmp_path):
    folder = written(tmp_path / "run", evaluated())
    with pytest.raises(SpecError, match="is not empty; resume it, or choose another"):
        RunWriter(folder, META)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("dear")
    for resume in (False, True):
        with pytest.raises(SpecError, match="no run to resume, or choose another"):
            RunWriter(tmp_path / "other", META, resume=resume)
    with pytest.raises(SpecError, match="is a file"):
        RunWriter(tmp_path / "other" / "letter.txt", META)


def test_another_run_is_not_resumed(tmp_path):
    folder = written(tmp_path / "run", evaluated())
    with pytest.raises(SpecError, match="has the policy 'pool', not 'openai:x'"):
        RunWriter(folder, replace(META, policy="openai:x"), resume=True)
    with pytest.raises(SpecError, match="has the renderer"):
        RunWriter(folder, replace(META, renderer={"browser": "154.0"}), resume=True)


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
        ('{"index": 1, "task": {"id": "x"}}', "Record 1 .* not understood"),
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
    (folder / "records.jsonl").write_text(json.dumps(record | {"status": '"><script>'}) + "\n")
    with pytest.raises(SpecError, match="there is no status"):
        load_run(folder)


def test_what_is_no_run_says_so(tmp_path):
    with pytest.raises(SpecError, match=r"no run in .*: run\.json is missing"):
        load_run(tmp_path)
    folder = written(tmp_path / "run", evaluated())
    meta = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps(meta | {"format": 99}))
    with pytest.raises(SpecError, match="has the format 99; this release reads 1"):
        load_run(folder)


def test_a_run_can_be_moved(tmp_path):
    folder = written(tmp_path / "run", evaluated())
    shutil.move(folder, tmp_path / "elsewhere")
    assert len(load_run(tmp_path / "elsewhere").evaluated) == 1
