"""Tasks as rows: the columns that each trainer reads."""

import json

import pytest
from click.testing import CliRunner

from codepaint_env.cli.main import main
from codepaint_env.trainers.shared.rows import rows


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
    done = CliRunner().invoke(main, ["tasks", "export", "objects", "--for", trainer, "-o", str(target)])
    assert (done.exit_code, done.output) == (0, f"wrote {target} (12 rows)\n")
    told = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [list(row) for row in told] == [keys] * 12
    system, user = told[0][keys[keys.index("prompt")] if "prompt" in keys else "input"]
    assert system["role"] == "system"
    assert system["content"].startswith("You are a watercolour painter")
    assert user == {"role": "user", "content": rows([user["content"]], "trl")[0]["prompt"][1]["content"]}


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
