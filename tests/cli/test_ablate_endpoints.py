"""`codepaint ablate` with a judge and with a policy behind endpoints on loopback."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest

from chat_endpoint import completion, endpoint
from codepaint_env.study.ablation.table_files import load_table
from command_line import codepaint
from judge_server import JudgeServer
from knowing_judge import KnowingJudge
from little_studies import STUDY, little_study
from sketches import GOOD


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "little_rewards", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    return little_study(tmp_path, count=3)


def ablate(file, **environment):
    done = codepaint("ablate", file, **environment)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.full
def test_a_judge_is_asked_once_and_its_calls_are_told_and_counted(study):
    with JudgeServer(judge=KnowingJudge()) as server:
        judge = {"model": "m", "base_url": server.url, "cache": str(study.parent / "answers")}
        spec = f'"score(judge={json.dumps(judge)})"'.replace('"', "'''", 1)[:-1] + "'''"
        study.write_text(
            STUDY.replace('mix = "gated', f'judged = {{ spec = {spec}, noise = 1 }}\nmix = "gated')
            + "[budget]\ncalls = 100\nprice_per_million_in = 1.0\n"
        )
        told = ablate(study)
        calls = server.calls
        assert "up to 6 (judged 6)" in told
        assert calls == 7  # one tells whether log-probabilities come
        assert "money       about 0.0" in told
        assert ablate(study).count("none of a judge") == 1
        assert server.calls == calls
    column = load_table(study.with_suffix("")).columns["judged"]
    assert np.isfinite(column.values).all()
    assert column.draws.shape == (1, 3)
    assert column.cost["calls_cold"] >= 1
    assert column.cost["calls_warm"] == 0
    assert column.cost["money_cold"] == pytest.approx(column.cost["calls_cold"] * 0.002)


def test_a_policy_is_asked_once_for_each_completion(study):
    (study.parent / "prompts.txt").write_text("a rose\na lily\n")
    study.write_text(
        STUDY.replace('sketches = "flowers"', 'policy = "openai:m"\ntasks = "prompts.txt"\neach = 2')
    )
    with endpoint((200, completion(f"```js\n{GOOD}\n```"))) as (url, asked):
        told = ablate(study, OPENAI_BASE_URL=url)
        assert "4 of a policy" in told
        assert len(asked) == 4
        assert "of a policy" not in ablate(study, OPENAI_BASE_URL=url)
        assert len(asked) == 4
    table = load_table(study.with_suffix(""))
    assert [item.prompt for item in table.items] == ["a rose", "a rose", "a lily", "a lily"]
    assert len({item.group for item in table.items}) == 2
    assert np.isfinite(table.columns["mix"].values).all()
