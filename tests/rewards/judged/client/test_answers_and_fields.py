"""Models that reason, endpoints that lack a field, answers that cannot be read: what the judge's client makes of them."""

from __future__ import annotations

import json

import pytest

from judge_questions import RUBRIC, judge_at, pairs, questions, symmetric
from judge_server import JudgeServer
from rewards.errors import SpecError

WAVE = 8  # calls under way at once


@pytest.mark.full
def test_answers_that_give_the_reason_first_are_read():
    with JudgeServer(reason_first=True) as server:
        chances = [verdict.p for verdict in symmetric(judge_at(server)).compare(pairs(20))]
        hard = [verdict.value for verdict in symmetric(judge_at(server), "hard").compare(pairs(20))]
    with JudgeServer() as server:
        assert chances == [verdict.p for verdict in symmetric(judge_at(server)).compare(pairs(20))]
        assert hard == [v.value for v in symmetric(judge_at(server), "hard").compare(pairs(20))]


def test_answers_after_a_thought_are_read():
    with JudgeServer(thinks='<think>Hm. {"winner": "2"}? No.</think>\n') as server:
        assert None not in [verdict.p for verdict in symmetric(judge_at(server)).compare(pairs(20))]
        [reply] = judge_at(server).ask(questions(1))
        with JudgeServer() as plain:
            [other] = judge_at(plain).ask(questions(1))
    assert RUBRIC.read(reply, soft=True) == RUBRIC.read(other, soft=True)


@pytest.mark.parametrize("logprobs", [True, False])
def test_an_endpoint_without_schema_is_asked_in_words(logprobs):
    with JudgeServer(refuses=("json_schema", "json_object"), logprobs=logprobs) as server:
        judge = judge_at(server)
        assert judge.preflight(logprobs=True) is logprobs
        assert None not in judge.ask(questions(20, "soft" if logprobs else "hard"))
        assert server.calls <= 4 + 1 + 20


def test_an_endpoint_that_refuses_the_temperature_is_asked_without(server, caplog, tmp_path):
    server.refuses = ("temperature",)
    judge = judge_at(server, cache=tmp_path)
    assert judge.preflight(logprobs=True)
    assert server.calls == 2
    assert None not in judge.ask(questions(20))
    assert server.calls == 22
    assert "temperature" not in json.loads(server.requests[-1])
    assert sum("temperature" in record.getMessage() for record in caplog.records) == 1
    again = judge_at(server, cache=tmp_path)  # what was found out is kept with the answers
    assert again.preflight(logprobs=True)
    again.ask(questions(30)[20:])
    assert server.calls == 32
    assert again.version == judge.version


def test_without_a_preflight_the_first_wave_finds_out_that_temperature_is_refused(server):
    server.refuses = ("temperature",)
    judge = judge_at(server, concurrency=WAVE)
    assert None not in judge.ask(questions(60))
    assert server.calls <= 60 + WAVE


def test_a_temperature_of_your_own_that_is_refused_is_told(server):
    server.refuses = ("temperature",)
    with pytest.raises(SpecError, match=r"temperature is not supported here.*judge=\{'temperature': None\}"):
        judge_at(server, temperature=0.7).preflight(logprobs=True)
    assert judge_at(server, temperature=None).preflight(logprobs=True)


def test_a_limit_on_tokens_goes_by_the_name_that_the_endpoint_knows(server):
    server.refuses = ("max_tokens",)
    server.refusing = "{name} is not supported with this model, use max_completion_tokens"
    judge = judge_at(server, max_tokens=500)
    assert judge.preflight(logprobs=False) is False
    judge.ask(questions(1, "hard"))
    sent = json.loads(server.requests[-1])
    assert (sent["max_completion_tokens"], "max_tokens" in sent) == (500, False)


def test_options_of_decoding_are_sent_and_are_part_of_the_version(server):
    options = {
        "temperature": 0.3,
        "max_tokens": 700,
        "extra_body": {"reasoning_effort": "low"},
        "image_detail": "low",
    }
    judge = judge_at(server, **options)
    judge.ask(questions(1))
    sent = json.loads(server.requests[0])
    assert (sent["temperature"], sent["max_tokens"], sent["reasoning_effort"]) == (0.3, 700, "low")
    assert [p["image_url"]["detail"] for p in sent["messages"][1]["content"] if "image_url" in p] == [
        "low"
    ] * 2
    versions = {judge_at(server, **{name: value}).version for name, value in options.items()}
    assert (
        len({*versions, judge_at(server).version, judge.version, judge_at(server, temperature=None).version})
        == 7
    )


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"temperature": "hot"}, "temperature is 'hot'"),
        ({"temperature": -1}, "temperature is -1"),
        ({"max_tokens": 0}, "max_tokens is 0"),
        ({"extra_body": {"messages": []}}, "extra_body holds 'messages'"),
        ({"extra_body": {"seed": {1}}}, "extra_body"),
        ({"extra_body": 3}, "extra_body is 3"),
        ({"image_detail": ""}, "image_detail is ''"),
        ({"patience_s": 0}, "patience_s is 0"),
        ({"batch_s": -1}, "batch_s is -1"),
    ],
)
def test_an_option_that_cannot_be_is_told(server, wrong, text):
    with pytest.raises(SpecError, match=f"judge: {text}"):
        judge_at(server, **wrong)


def test_what_cannot_be_read_is_shown():
    with JudgeServer(content="I love both of them!") as server:
        [verdict] = symmetric(judge_at(server)).compare(pairs(1))
    assert verdict.reason == "an answer of the judge could not be read, twice; it said 'I love both of them!'"


def test_an_answer_that_was_cut_off_says_what_to_raise():
    with JudgeServer(faults=1.0, troubles=("truncated",)) as server:
        server._trouble = lambda body: "truncated"
        [verdict] = symmetric(judge_at(server)).compare(pairs(1))
    assert "was cut off after" in verdict.reason
    assert "max_tokens" in verdict.reason


def test_a_judge_that_answers_tie_in_soft_mode_is_read():
    with JudgeServer(refuses=("json_schema", "json_object"), tie_width=0.2, beta=0.0) as server:
        judge = judge_at(server)
        assert judge.preflight(logprobs=True)
        verdicts = symmetric(judge).compare(pairs(60))
    assert None not in [verdict.value for verdict in verdicts]
    assert 0.5 in [verdict.value for verdict in verdicts]
