"""Answers are kept on disk: asked once, never for another question, and safe against damage and forgery."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from judge_questions import PICTURES, RUBRIC, judge_at, pairs, questions, symmetric
from judge_server import JudgeServer
from rewards.judged.judge import Question
from rewards.judged.pairs.symmetric import Pair, SymmetricJudge
from rewards.judged.rubric import load_rubric


def test_cache_off_cold_and_warm_agree_and_warm_makes_no_call(server, tmp_path):
    off = symmetric(judge_at(server)).compare(pairs(30))
    cold = symmetric(judge_at(server, cache=tmp_path)).compare(pairs(30))
    calls = server.calls
    judge = judge_at(server, cache=tmp_path)
    warm = symmetric(judge).compare(pairs(30))
    assert [c.p for c in off] == [c.p for c in cold] == [c.p for c in warm]
    assert server.calls == calls
    assert (judge.usage["calls"], judge.usage["cache_hits"]) == (0, 60)


@pytest.mark.parametrize(
    "change",
    [{"model": "other"}, {"name": "other"}, {"prompt": "a rose"}, {"rubric": "scores"}, {"mode": "hard"}],
)
def test_another_question_or_judge_is_asked_anew(server, tmp_path, change):
    first = Pair(PICTURES[3], PICTURES[4], "a poppy")
    symmetric(judge_at(server, cache=tmp_path)).compare([first])
    assert server.calls == 2
    judge = judge_at(server, cache=tmp_path, **{k: v for k, v in change.items() if k in ("model", "name")})
    rubric = load_rubric(change.get("rubric", "pairwise"))
    mode = "hard" if "rubric" in change else change.get("mode", "soft")
    [question] = [
        SymmetricJudge(judge, rubric, mode=mode).question(first.a, first.b, change.get("prompt", "a poppy"))
    ]
    judge.ask([question])
    assert server.calls == 3


def test_a_changed_address_is_answered_from_the_cache_with_one_warning(server, tmp_path, caplog):
    judge_at(server, cache=tmp_path).ask(questions(2))
    with JudgeServer() as moved:
        for _ in range(2):
            judge_at(moved, cache=tmp_path).ask(questions(2))
        assert moved.calls == 0
    assert sum("another base_url" in record.getMessage() for record in caplog.records) == 1


def test_a_kept_answer_that_can_no_longer_be_read_is_asked_again(server, tmp_path):
    judge = judge_at(server, cache=tmp_path)
    [question] = questions(1)
    judge.ask([question])
    strict = Question(
        **{f: getattr(question, f) for f in question.__slots__} | {"readable": lambda reply: False}
    )
    judge.ask([strict])
    assert server.calls == 2


def test_a_damaged_database_is_set_aside_with_one_warning(server, tmp_path, caplog):
    judge_at(server, cache=tmp_path).ask(questions(3))
    for path in tmp_path.glob("cache.db*"):
        path.write_bytes(b"not a database, whatever else it is " * 300)
    judge = judge_at(server, cache=tmp_path)
    assert None not in judge.ask(questions(3))
    assert server.calls == 6
    assert sum("damaged" in record.getMessage() for record in caplog.records) == 1
    assert (tmp_path / "damaged-1.db").exists()
    judge_at(server, cache=tmp_path).ask(questions(3))
    assert server.calls == 6


def test_a_folder_that_cannot_be_made_is_done_without(server, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    judge = judge_at(server, cache=tmp_path / "file" / "folder")
    assert None not in judge.ask(questions(3))
    assert sum("are not kept" in record.getMessage() for record in caplog.records) == 1


def test_a_forged_database_is_not_unpickled(server, tmp_path):
    judge = judge_at(server, cache=tmp_path)
    [question] = questions(1)
    judge.ask([question])
    marker = tmp_path / "owned"
    with sqlite3.connect(tmp_path / "cache.db") as database:
        bomb = b"cposix\nsystem\n(S'touch %s'\ntR." % str(marker).encode()
        database.execute("UPDATE Cache SET mode = 4, value = ?", (bomb,))
    assert None not in judge_at(server, cache=tmp_path).ask([question])
    assert not marker.exists()
    assert server.calls == 2


def test_the_cache_lies_where_the_environment_says(tmp_path, monkeypatch):
    from rewards.judged.client.verdict_cache import verdict_folder

    monkeypatch.setenv("CODEPAINT_CACHE", "off")
    assert verdict_folder(True) is None
    monkeypatch.delenv("CODEPAINT_CACHE")
    monkeypatch.setenv("CODEPAINT_HOME", str(tmp_path))
    assert verdict_folder(True) == tmp_path / "verdicts"
    assert verdict_folder(False) is None
    assert verdict_folder("here") == Path("here").absolute()


RUN = """
import sys
from judge_questions import questions
from rewards.judged.client.openai_judge import OpenAIJudge
judge = OpenAIJudge(model="m", base_url=sys.argv[1], api_key_env=None, cache=sys.argv[2], concurrency=4)
for question in questions(30):
    judge.ask([question])
    print("answered", flush=True)
"""


def test_a_run_that_was_killed_half_way_goes_on_where_it_was(tmp_path):
    with JudgeServer(delay_s=0.01) as server:
        running = subprocess.Popen(
            [sys.executable, "-c", RUN, server.url, str(tmp_path)],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert running.stdout is not None
        for _ in range(10):
            assert running.stdout.readline() == b"answered\n"
        running.kill()
        running.wait()
        running.stdout.close()
        before = server.calls
        judge = judge_at(server, cache=tmp_path)
        scored = [RUBRIC.read(reply, soft=True) for reply in judge.ask(questions(30))]
        assert judge.usage["cache_hits"] >= 10
        assert server.calls - before <= 20
        assert scored == [RUBRIC.read(reply, soft=True) for reply in judge_at(server).ask(questions(30))]
