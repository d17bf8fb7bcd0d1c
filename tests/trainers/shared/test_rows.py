"""Tasks as rows: the columns that each trainer reads."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from codepaint_env.cli.main import main
from codepaint_env.cli.tasks import TRAINERS
from codepaint_env.tasks import load_tasks
from codepaint_env.trainers.shared.conversation import TASK_COLUMNS, read_task
from codepaint_env.trainers.shared.rows import COLUMNS, rows
from codepaint_env.trainers.trl.batches import read_batch
from rewards import SpecError, Task


@pytest.mark.parametrize(
    ("trainer", "keys"),
    [
        ("trl", ["prompt", "task_id"]),
        ("verl", ["data_source", "prompt", "ability", "reward_model", "extra_info"]),
        ("openrlhf", ["input", "label", "datasource"]),
    ],
)
def test_tasks_are_exported_in_the_columns_of_each_trainer(trainer, keys, tmp_path):
    target = tmp_path / "rows.jsonl"
    done = CliRunner().invoke(main, ["tasks", "export", "flowers", "--for", trainer, "-o", str(target)])
    assert (done.exit_code, done.output) == (0, f"wrote {target} (64 rows)\n")
    told = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [list(row) for row in told] == [keys] * 64
    system, user = told[0][keys[keys.index("prompt")] if "prompt" in keys else "input"]
    assert system["role"] == "system"
    assert system["content"].startswith("You are a watercolour painter")
    assert user == {"role": "user", "content": rows([user["content"]], "trl")[0]["prompt"][1]["content"]}


@pytest.mark.parametrize(("trainer", "name"), [("sb3", "id"), ("gepa", "task_id")])
def test_trainers_that_bring_their_own_system_prompt_get_the_prompt_alone(trainer, name, tmp_path):
    picture = tmp_path / "poppy.png"
    picture.touch()
    tasks = [{"id": "poppy", "prompt": "a poppy", "reference": str(picture)}]
    assert rows(tasks, trainer) == [{"prompt": "a poppy", name: "poppy", "reference": str(picture)}]


def test_rows_of_sb3_are_a_task_file_and_those_of_gepa_are_read_back(tasks, tmp_path):
    target = tmp_path / "tasks.jsonl"
    target.write_text("\n".join(map(json.dumps, written(tasks, "sb3"))))
    assert load_tasks(target, "svg") == tasks
    assert tuple(read_task(row["prompt"], row, "svg") for row in written(tasks, "gepa")) == tasks


def test_the_command_knows_every_trainer_that_there_are_columns_for():
    assert tuple(COLUMNS) == TRAINERS
    with pytest.raises(
        SpecError, match=r"No trainer is called 'verll'; there are trl.* Did you mean 'verl'\?"
    ):
        rows(["a poppy"], "verll")


def test_rows_go_to_stdout_without_a_file():
    done = CliRunner().invoke(main, ["tasks", "export", "flowers", "--for", "openrlhf"])
    assert len([json.loads(line) for line in done.output.splitlines()]) == 64


def test_a_reference_picture_goes_along_in_every_row_of_its_set(tmp_path):
    picture = tmp_path / "poppy.png"
    picture.touch()
    tasks = [{"id": "poppy", "prompt": "a poppy", "reference": str(picture)}, "an iris"]
    assert [row["reference"] for row in rows(tasks, "trl", system_prompt="")] == [str(picture), None]
    assert rows(tasks, "verl")[0]["extra_info"]["reference"] == str(picture)
    assert rows(["an iris"], "trl", system_prompt="")[0]["prompt"] == [{"role": "user", "content": "an iris"}]


def own_tasks(folder):
    """Returns tasks of which each has something else, with the features as a file gives them."""
    picture = folder / "poppy.png"
    picture.touch()
    return [
        Task("plain", "a rose", "svg"),
        Task("pictured", "a poppy", "svg", picture),
        Task("described", "a cup", "svg", None, ("one handle", "steam above it")),
        Task("lettered", "a shop sign", "svg", None, ("the word OPEN",), True),
        Task("page", "a shop", "svg", interactions=("The cart counts what is added.",), steps=5),
    ]


@pytest.fixture(params=["flowers", "objects", "pages", "riders", "own"])
def tasks(request, tmp_path):
    return load_tasks(own_tasks(tmp_path) if request.param == "own" else request.param, "svg")


def written(tasks, trainer):
    """Returns rows as they come back from a file of JSON lines."""
    return [json.loads(json.dumps(row)) for row in rows(tasks, trainer, canvas="svg")]


def test_rows_of_trl_are_read_back_as_the_tasks_they_were_made_of(tasks):
    told = written(tasks, "trl")
    columns = {name: [row[name] for row in told] for name in told[0] if name != "prompt"}
    prompts = [row["prompt"] for row in told]
    batch = read_batch(prompts, ["<svg/>"] * len(told), columns, canvas="svg")
    assert batch.tasks == tasks


def test_rows_of_verl_are_read_back_as_the_tasks_they_were_made_of(tasks):
    told = [row["extra_info"] for row in written(tasks, "verl")]
    for row in told:
        for name in {"features", "interactions"} & set(row):
            row[name] = np.array(row[name], dtype=object)  # what pandas makes of a list in parquet
    assert tuple(read_task(row["task"], row, "svg") for row in told) == tasks


def test_rows_of_openrlhf_are_read_back_as_the_tasks_they_were_made_of(tasks):
    told = [json.loads(row["label"]) for row in written(tasks, "openrlhf")]
    assert tuple(read_task(row["task"], row, row["canvas"]) for row in told) == tasks


@pytest.mark.parametrize("trainer", ["trl", "verl", "openrlhf"])
def test_a_row_says_only_what_some_task_of_its_set_has(trainer, tmp_path):
    def besides(tasks):
        beside = {
            "trl": dict,
            "verl": lambda row: row["extra_info"],
            "openrlhf": lambda row: json.loads(row["label"]),
        }
        told = [beside[trainer](row) for row in written(tasks, trainer)]
        assert len({tuple(row) for row in told}) == 1
        return {name for name in told[0] if name in set(TASK_COLUMNS) - {"task_id"}}

    plain, pictured, described, lettered, page = own_tasks(tmp_path)
    assert besides([plain]) == set()
    assert besides([plain, pictured]) == {"reference"}
    assert besides([described, plain]) == {"features"}
    assert besides([plain, lettered]) == {"features", "letters"}
    assert besides([plain, page]) == {"interactions", "steps"}


def test_tasks_that_differ_in_letters_or_features_alone_are_batches_of_their_own():
    def key(**columns):
        return read_batch(["a sign"], ["<svg/>"], columns, canvas="svg").key

    keys = [key(), key(letters=[True]), key(features=[["a word"]]), key(features=[["two words"]])]
    assert len(set(keys)) == 4
    assert key(letters=[None], features=[None]) == key()


def test_tasks_listed_as_json_lines_are_a_source_of_the_same_tasks(tmp_path):
    source, target = tmp_path / "own.jsonl", tmp_path / "listed.jsonl"
    (tmp_path / "poppy.png").touch()
    lines = [
        {"prompt": "a rose"},
        {"id": "poppy", "prompt": "a poppy", "reference": "poppy.png"},
        {"prompt": "a sign", "features": ["the word OPEN"], "letters": True},
    ]
    source.write_text("\n".join(map(json.dumps, lines)))
    done = CliRunner().invoke(main, ["tasks", "list", str(source), "--json"])
    target.write_text(done.output)
    assert load_tasks(target, "p5brush") == load_tasks(source, "p5brush")
    assert [set(json.loads(line)) for line in done.output.splitlines()] == [
        {"id", "prompt"},
        {"id", "prompt", "reference"},
        {"id", "prompt", "features", "letters"},
    ]
