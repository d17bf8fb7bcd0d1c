"""`codepaint judge-check --reward …` against a server on loopback, behind which a judge knows the paintings."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from codepaint_env.cli.main import main
from codepaint_env.study.judge_check import examine
from judge_server import JudgeServer
from knowing_judge import KnowingJudge
from rewards.judged.client import failures as trouble
from sample_runs import evaluated, written


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    monkeypatch.setattr(trouble, "BACKOFF_S", 0.01)
    monkeypatch.setattr(examine, "MOST_CASES", 0)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def check(server: JudgeServer, *options: str):
    given = ["--model", "m", "--base-url", server.url, "--pairs", "4", "--pictures", "4", *options]
    return CliRunner().invoke(main, ["judge-check", *given])


def test_all_rewards_are_checked_in_one_go(tmp_path):
    with JudgeServer(judge=KnowingJudge()) as server:
        result = check(
            server, "--reward", "all", "--price", "1", "10", "--json", str(tmp_path / "health.json")
        )
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert [line for line in lines if line in ("pairwise and winrate", "score", "checklist", "caption")] == [
        "pairwise and winrate",
        "score",
        "checklist",
        "caption",
    ]
    assert lines[-4:] == [
        "pairwise: fit to judge, in mode='soft'.",
        "score: fit to judge, in mode='soft'.",
        "checklist: fit to judge, in mode='soft'.",
        "caption: fit to judge.",
    ]
    told = json.loads((tmp_path / "health.json").read_text())
    assert list(told["rewards"]) == ["pairwise", "score", "checklist", "caption"]
    assert told["pairs"] == told["rewards"]["pairwise"]["pairs"] == 4
    assert told["usage"]["calls"] == server.calls
    assert (
        sum(each["usage"]["calls"] for each in told["rewards"].values()) == server.calls - 1
    )  # the preflight
    cost = told["rewards"]["score"]["cost"]
    assert (cost["samples"], cost["calls"], cost["tokens_in"]) == (1000, 1000, 1e6)
    assert cost["usd"] == pytest.approx(1.10)  # 1,000 tokens in and 10 out for each of 1,000 calls


def test_a_yes_sayer_behind_an_endpoint_is_unfit_for_the_checklist_and_fit_for_the_score():
    with JudgeServer(judge=KnowingJudge(yes=True)) as server:
        result = check(server, "--reward", "score", "--reward", "checklist")
    assert result.exit_code == 1
    assert result.output.splitlines()[-2:] == [
        "score: fit to judge, in mode='soft'.",
        "checklist: unfit to judge: yes-bias.",
    ]


def test_without_log_probabilities_the_words_are_read():
    with JudgeServer(judge=KnowingJudge(logprobs=False), logprobs=False) as server:
        result = check(server, "--reward", "checklist")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1] == "Fit to judge, in mode='hard'."


def test_winrate_asks_what_pairwise_asks(monkeypatch):
    monkeypatch.setattr(examine, "MOST_CASES", 1)
    with JudgeServer(judge=KnowingJudge()) as server:
        result = check(server, "--reward", "winrate", "--reward", "pairwise")
    assert result.exit_code == 0, result.output
    assert server.calls == 1 + 2 * 4 + 2 * 8 + 10 + 3  # the preflight, pairs, twins, some again, a line
    assert "`winrate` in groups of 8 takes 7,000, or 4,000 with games=4" in result.output


def test_an_endpoint_that_is_down_cannot_be_asked():
    with JudgeServer(fail_after=1) as server:
        result = check(server, "--reward", "score")
    assert result.exit_code == 2
    assert "answered none of 4 questions" in result.output


def test_samples_of_a_run_tell_whether_there_is_anything_to_learn(tmp_path):
    run, figures = written(tmp_path / "run", *map(evaluated, range(3))), tmp_path / "health.json"
    with JudgeServer(judge=KnowingJudge()) as server:
        result = check(server, "--reward", "score", "--samples", str(run), "--json", str(figures))
    assert result.exit_code == 0, result.output
    [line] = [line for line in result.output.splitlines() if "your own samples" in line]
    assert line.startswith("✓ your own samples      100%")
    told = json.loads(figures.read_text())
    assert told["rewards"]["score"]["own_samples"]["above_floor"] == 1.0
    assert told["usage"]["calls"] == server.calls


def test_help_names_every_reward_and_what_is_measured():
    told = " ".join(CliRunner().invoke(main, ["judge-check", "--help"]).output.split())
    for word in (
        "winrate",
        "score do its digits",
        "checklist yes to what is there",
        "--reward all",
        "--pictures",
    ):
        assert word in told
