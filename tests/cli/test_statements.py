"""`codepaint tasks statements`: a model writes what a checklist asks, once, into a file that people mend."""

from __future__ import annotations

import json

import pytest

import rewards
from command_line import codepaint, refused
from judge_server import JudgeServer
from rewards.judged.single.statements import Statement, read_statements
from rewards.testing.judges import ScriptedJudge

SAID = json.dumps(
    {"statements": [{"text": " six petals ", "spatial": False}, {"text": "a leaf below it", "spatial": True}]}
)
READ = (Statement("six petals"), Statement("a leaf below it", spatial=True))


@pytest.fixture
def prompts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "prompts.jsonl").write_text(
        '{"id": "a", "prompt": "an iris"}\n{"id": "b", "prompt": "a rose"}\n'
    )
    return tmp_path / "prompts.jsonl"


def wrote(prompts, server, *more):
    return codepaint("tasks", "statements", prompts, "--model", "m", "--base-url", server.url, *more)


def test_each_prompt_gets_statements_which_checklist_asks_about(prompts):
    with JudgeServer(content=SAID) as server:
        done = wrote(prompts, server)
        assert done.exit_code == 0, done.output
        requests = [json.loads(body)["messages"][-1]["content"] for body in server.requests]
    assert "a leaf below it (spatial)" in done.stdout
    assert read_statements(prompts.parent / "statements.jsonl") == {"a": READ, "b": READ}
    assert [[part["type"] for part in request] for request in requests] == [["text"], ["text"]]
    reward = rewards.make("checklist", statements="statements.jsonl", judge=ScriptedJudge())
    reward.check_tasks([rewards.Task("a", "an iris")])


def test_what_people_wrote_stays_and_a_second_run_asks_about_the_rest_alone(prompts):
    line = '{"task": "a", "statements": ["mine"]}\n'
    file = prompts.parent / "statements.jsonl"
    file.write_text(line)
    with JudgeServer(content=SAID) as server:
        assert "1 tasks written now, 1 were there before" in wrote(prompts, server).stdout
        assert file.read_text().startswith(line)
        whole, calls = file.read_text(), server.calls
        assert wrote(prompts, server).exit_code == 0
        assert (file.read_text(), server.calls) == (whole, calls)


@pytest.mark.parametrize(
    "said",
    [
        '{"statements": []}',
        '{"statements": [{"text": "", "spatial": false}]}',
        '{"statements": ["a"]}',
        "Here you are: petals.",
    ],
)
def test_a_task_without_statements_is_told_and_asked_about_again(prompts, said):
    with JudgeServer(content=said) as server:
        done = wrote(prompts, server)
        assert done.exit_code == 1
        assert "none: an answer of the judge could not be read, twice" in done.stdout
        assert "2 got none, run it again" in done.stdout
        server.content = SAID
        assert wrote(prompts, server).exit_code == 0
    assert len(read_statements(prompts.parent / "statements.jsonl")) == 2


def test_a_folder_that_is_not_there_and_a_broken_file_are_one_sentence(prompts):
    arguments = ("tasks", "statements", prompts, "--model", "m", "--base-url", "http://127.0.0.1:9/v1")
    assert "There is no folder 'gone'" in refused(*arguments, "-o", "gone/s.jsonl")
    (prompts.parent / "statements.jsonl").write_text('{"task": 1}\n')
    assert "statements.jsonl, line 1" in refused(*arguments)
