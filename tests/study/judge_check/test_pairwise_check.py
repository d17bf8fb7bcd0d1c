"""`codepaint judge-check` tells judges of pairs that are fit from unfit ones, against real servers on loopback."""

from __future__ import annotations

import inspect
import json

import pytest
from click.testing import CliRunner

from codepaint_env.cli.judge_options import OPTIONS
from codepaint_env.cli.main import main
from codepaint_env.study.judge_check import examine
from codepaint_env.study.judge_check.agreement import agreement_of
from codepaint_env.study.judge_check.pairwise_check import choose_pairs
from judge_server import JudgeServer
from rewards.judged.client import failures as trouble
from rewards.judged.client.openai_judge import OpenAIJudge
from rewards.pictures import shipped
from rewards.pool import Pool

TIERS = {entry.id: entry.tier for entry in Pool.load().entries if entry.id in shipped()}


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    monkeypatch.setattr(trouble, "BACKOFF_S", 0.01)
    monkeypatch.setattr(examine, "MOST_CASES", 0)  # lines in pictures are the subject of tests of their own
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def check(server: JudgeServer, *options: str):
    return CliRunner().invoke(main, ["judge-check", "--model", "m", "--base-url", server.url, *options])


def line(result, name: str) -> str:
    return next(text for text in result.output.splitlines() if text[2:].startswith(name))


def test_a_judge_that_sees_differences_is_fit(tmp_path):
    with JudgeServer(beta=0.7) as server:
        result = check(server, "--pairs", "20", "--price", "1", "10", "--json", str(tmp_path / "health.json"))
    assert result.exit_code == 0, result.output
    assert "Fit to judge, in mode='soft'" in result.output
    assert "+0.70 log-odds" in line(result, "bias for a place")
    assert line(result, "order consistency").startswith("✓")
    told = json.loads((tmp_path / "health.json").read_text())
    assert (told["fit"], told["logprobs"], told["pairs"], told["unreadable"]) == (True, True, 20, 0)
    assert told["bias"] == pytest.approx(0.7, abs=1e-6)
    assert (told["repeatability"], told["drift"]) == (1.0, 0.0)
    assert told["agreement_low"] <= told["agreement"] <= told["agreement_high"]
    assert told["usage"]["usd"] == pytest.approx(0.0011 * told["usage"]["calls"])
    assert (told["tokens_in"], told["tokens_out"]) == (1000, 10)
    assert told["usage"]["calls"] == server.calls == 1 + 2 * 20 + 2 * 8 + 10


def test_a_judge_without_a_bias_leans_to_neither_place():
    with JudgeServer(beta=0.0) as server:
        result = check(server, "--pairs", "8")
    assert "0.00 log-odds" in line(result, "bias for a place")
    assert "+0.00" not in result.output
    assert "-0.00" not in result.output
    assert "It leans to neither place." in line(result, "bias for a place")


def test_no_person_rated_the_paintings_so_none_is_spoken_of():
    with JudgeServer() as server:
        result = check(server, "--pairs", "8")
    told = result.output + " ".join(CliRunner().invoke(main, ["judge-check", "--help"]).output.split())
    assert "people" not in told
    assert "agreement with the pool's ratings, which a model gave" in told
    assert "the pool's ratings, which are a model's and no person's" in line(result, "agreement")


def test_a_judge_that_chats_is_quoted(caplog):
    with JudgeServer(content="I love both of them!") as server:
        result = check(server, "--pairs", "4")
    assert "'I love both of them!'" in result.output + caplog.text


def test_a_judge_that_always_says_first_is_unfit():
    with JudgeServer(kappa=0.0, beta=50.0, logprobs=False) as server:
        result = check(server, "--pairs", "8")
    assert result.exit_code == 1
    assert "Unfit to judge: order consistency." in result.output
    assert line(result, "log-probabilities").split()[2] == "none"


def test_a_soft_judge_that_tells_nothing_apart_is_unfit():
    with JudgeServer(kappa=0.0, beta=0.5) as server:
        result = check(server, "--pairs", "8")
    assert result.exit_code == 1
    assert "ties" in result.output.splitlines()[-1]


def test_a_judge_that_chats_is_unfit():
    with JudgeServer(content="I love both of them!") as server:
        result = check(server, "--pairs", "4")
    assert result.exit_code == 1
    assert line(result, "unreadable answers").startswith("✗ unreadable answers    100%")


@pytest.mark.full
def test_an_endpoint_that_loses_calls_is_unfit():
    with JudgeServer(fail_after=1 + 30) as server:
        result = check(server, "--pairs", "20")  # 56 questions before any is asked again
    assert result.exit_code == 1
    assert line(result, "failed calls").startswith("✗ failed calls          46.4%")


def test_an_endpoint_that_answers_nothing_cannot_be_asked():
    with JudgeServer(fail_after=1) as server:
        result = check(server, "--pairs", "4")
    assert result.exit_code == 2
    assert "answered none of 24 questions" in result.output


def test_a_wrong_key_is_told_in_one_line(monkeypatch):
    monkeypatch.setenv("MY_KEY", "wrong")
    with JudgeServer(key="right") as server:
        result = check(server, "--api-key-env", "MY_KEY")
    assert result.exit_code == 2
    assert "Correct the key in MY_KEY" in result.output
    assert len(result.output.splitlines()) == 1


def test_on_this_machine_no_key_is_needed_and_elsewhere_one_is():
    with JudgeServer() as server:
        assert check(server, "--pairs", "4").exit_code == 0
    result = CliRunner().invoke(
        main, ["judge-check", "--model", "m", "--base-url", "https://judge.example/v1"]
    )
    assert result.exit_code == 2
    assert "OPENAI_API_KEY, which is not set" in result.output


def test_help_teaches():
    told = CliRunner().invoke(main, ["judge-check", "--help"]).output
    for word in ("--base-url http://localhost:8000/v1", "exit code is 1", "--pairs", "OPENAI_API_KEY"):
        assert word in told


def test_half_of_the_pairs_are_of_a_loved_and_a_middling_picture():
    pairs = choose_pairs(TIERS, 40)
    rated = [pair for pair in pairs if {TIERS[name] for name in pair} == {"love", "okay"}]
    assert len(set(pairs)) == 40
    assert 20 <= len(rated) < 30
    assert pairs == choose_pairs(dict(reversed(TIERS.items())), 40)
    assert len(choose_pairs({"a": "love", "b": None, "c": "okay"}, 50)) == 3


def test_agreement_counts_ties_half_and_its_interval_is_over_pictures():
    # Four pictures each: the judge is right about three of the loved ones, always, and wrong about the fourth.
    rated = [(f"l{i}", f"o{k}", float(i < 3)) for i in range(4) for k in range(4)]
    share, low, high = agreement_of(rated)
    assert share == 0.75
    assert (low, high) == (0.25, 1.0)  # over the 16 pairs it would be [0.5, 0.94]
    assert agreement_of([("a", "b", 0.5), ("c", "d", 0.5)]) == (0.5, 0.5, 0.5)
    assert agreement_of([]) == (None, None, None)


def test_options_of_the_judge_are_taken(tmp_path):
    options = ("--option", "temperature=null", "--option", 'extra_body={"reasoning_effort": "low"}')
    with JudgeServer(refuses=("temperature",)) as server:
        result = check(server, "--pairs", "4", "--option", "name=lab", *options)
        assert result.exit_code == 0, result.output
        assert json.loads(server.requests[0])["reasoning_effort"] == "low"
        assert not any(b'"temperature"' in request for request in server.requests)


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("seed=1", "has no option 'seed'; it has"),
        ("timeout_s", "NAME=VALUE"),
        ("cache=true", "no option 'cache'"),
    ],
)
def test_an_option_that_cannot_be_is_told(option, told):
    with JudgeServer() as server:
        result = check(server, "--option", option)
    assert result.exit_code == 2
    assert told in result.output


def test_every_option_of_the_judge_can_be_given():
    own = {"model", "base_url", "api_key_env", "concurrency", "prices", "max_usd", "cache"}
    assert set(OPTIONS) == set(inspect.signature(OpenAIJudge).parameters) - own
