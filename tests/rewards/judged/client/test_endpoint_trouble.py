"""The judge's client under real trouble: what is still sent, how long it takes, and what the user reads."""

from __future__ import annotations

import json
import logging
import threading
import time

import pytest

from judge_questions import RUBRIC, judge_at, pairs, questions, symmetric
from judge_server import JudgeServer
from rewards.errors import MachineError, MissingPart, SpecError

WAVE = 8  # calls under way at once


def told(caplog) -> list[str]:
    """What was logged for the user to read."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def port_of(server: JudgeServer) -> int:
    return int(server.url.split(":")[2].split("/")[0])


@pytest.mark.parametrize(
    ("trouble", "way_out"),
    [
        ({"status": 401}, "It asks for a key; name the variable"),
        ({"status": 402}, "Add credit"),
        ({"status": 429, "code": "insufficient_quota"}, "Add credit"),
    ],
)
def test_a_refused_key_and_spent_credit_stop_a_batch_at_what_is_under_way(trouble, way_out):
    with JudgeServer(**trouble, delay_s=0.01) as server:
        judge = judge_at(server, concurrency=WAVE)
        with pytest.raises(MissingPart, match=way_out):
            judge.ask(questions(180))
        assert server.calls <= WAVE + 10
        sent = server.calls
        with pytest.raises(MissingPart, match=way_out):
            judge.ask(questions(180))
        assert server.calls == sent + 1  # one question finds out whether it is still so


def test_a_key_that_was_corrected_is_found_out_by_one_question():
    with JudgeServer(status=401) as server:
        judge = judge_at(server)
        with pytest.raises(MissingPart):
            judge.ask(questions(40))
        server.status = 0
        assert None not in judge.ask(questions(40))


@pytest.mark.parametrize(
    ("status", "error", "way_out"),
    [(400, SpecError, "sees pictures"), (403, MissingPart, "It asks for a key"), (404, SpecError, "/v1")],
)
def test_identical_refusals_of_an_endpoint_that_never_answered_stop_a_batch(status, error, way_out):
    with JudgeServer(status=status, delay_s=0.01) as server:
        with pytest.raises(error, match=way_out):
            judge_at(server, concurrency=WAVE).ask(questions(180))
        assert server.calls <= WAVE + 10


def test_a_few_questions_that_are_refused_cost_the_others_nothing(server):
    judge = judge_at(server, concurrency=1)
    assert None not in judge.ask(questions(2))
    server.status = 400  # such as a filter of contents, which all pictures of one prompt meet
    assert judge.ask(questions(40)[2:]) == [None] * 38
    server.status = 0
    assert None not in judge.ask(questions(40))


def test_a_model_that_goes_in_the_middle_of_a_run_is_not_asked_for_by_every_question(server):
    judge = judge_at(server, concurrency=WAVE)
    assert None not in judge.ask(questions(2))
    server.status, sent = 404, server.calls
    assert judge.ask(questions(180)[2:]) == [None] * 178
    assert server.calls - sent <= WAVE + 10


def test_an_endpoint_that_hangs_ends_a_batch_after_its_patience_and_says_how_to_change_that(caplog):
    with JudgeServer(faults=1.0, troubles=("hang",)) as server:
        judge = judge_at(server, timeout_s=0.3, concurrency=WAVE)
        started = time.perf_counter()
        assert judge.ask(questions(180)) == [None] * 180
        # The patience is 1.5 times the time limit: each call is made, and once more. It would be 135 waves of 0.3 s.
        assert time.perf_counter() - started < 20
        assert server.calls <= 2 * WAVE
        assert judge.usage["failures"] == 180
        [text] = told(caplog)
        assert "silent for 0.45 s" in text
        assert "judge={'patience_s': SECONDS}" in text
        assert "patience_s" in judge.trouble
        [verdict] = symmetric(judge).compare(pairs(1))
        assert "silent for 0.45 s" in verdict.reason


def test_the_patience_is_that_of_the_user():
    with JudgeServer(faults=1.0, troubles=("hang",)) as server:
        judge = judge_at(server, timeout_s=60, patience_s=0.2, concurrency=WAVE)
        started = time.perf_counter()
        assert judge.ask(questions(100)) == [None] * 100
        assert time.perf_counter() - started < 20
        assert server.calls == WAVE


def test_a_slow_endpoint_is_not_taken_for_one_that_hangs():
    with JudgeServer(delay_s=0.1) as server:
        judge = judge_at(server, concurrency=2, patience_s=1.5)
        assert None not in judge.ask(questions(32))  # 1.6 seconds


def test_a_batch_ends_at_its_deadline_and_keeps_what_was_answered(caplog):
    with JudgeServer(delay_s=0.1) as server:
        judge = judge_at(server, concurrency=2, batch_s=1.0)
        replies = judge.ask(questions(40))
        assert 0 < 40 - replies.count(None) <= 20
        assert server.calls <= 22
        assert "judge={'batch_s': SECONDS}" in told(caplog)[0]
        assert judge.trouble.startswith("the batch took longer than 1 s")
        assert judge.usage["failures"] == replies.count(None)


def test_without_a_deadline_of_yours_a_batch_may_take_the_time_limit_for_each_wave(server):
    endpoint = judge_at(server, concurrency=32, timeout_s=60).endpoint
    assert [endpoint.batch_limit_s(count) for count in (1, 32, 33, 2048)] == [120, 120, 180, 65 * 60]
    assert judge_at(server, batch_s=9).endpoint.batch_limit_s(2048) == 9


def test_nobody_at_the_address_is_asked_by_one_wave_alone(caplog):
    with JudgeServer() as server:
        pass
    judge = judge_at(server, retries=1, concurrency=WAVE)
    started = time.perf_counter()
    assert judge.ask(questions(180)) == [None] * 180
    assert time.perf_counter() - started < 20
    assert judge.usage["calls"] <= 2 * (16 + WAVE)
    assert len(told(caplog)) <= 2
    assert "no connection" in told(caplog)[-1]
    asked = judge.usage["calls"]
    assert judge.ask(questions(180)) == [None] * 180
    assert judge.usage["calls"] == asked + 2  # one question and its retry


def test_an_endpoint_that_dies_and_comes_back_is_asked_by_one_question_first_and_then_by_all():
    with JudgeServer() as server:
        judge = judge_at(server, retries=0, concurrency=WAVE)
        assert None not in judge.ask(questions(20))
        port = port_of(server)
    assert judge.ask(questions(180)[20:]) == [None] * 160
    assert judge.ask(questions(180)[20:40]) == [None] * 20
    with JudgeServer(port=port, delay_s=0.05) as again:
        assert None not in judge.ask(questions(180)[20:60])
        assert again.calls == 40
        assert again.most_at_once == WAVE
    assert judge.usage["calls"] < 20 + 16 + WAVE + 1 + 40 + 1


def test_a_flaky_endpoint_is_not_given_up():
    with JudgeServer(faults=0.4, troubles=("500",)) as server:
        judge = judge_at(server, retries=0, concurrency=WAVE)
        replies = judge.ask(questions(180))
        assert server.calls == 180
        assert 40 < replies.count(None) < 105


def test_threads_that_share_a_judge_are_told_alike():
    with JudgeServer(status=401, delay_s=0.05) as server:
        judge = judge_at(server, concurrency=WAVE)
        raised = []

        def ask(number: int) -> None:
            with pytest.raises(MissingPart):
                judge.ask(questions(180)[number * 40 : number * 40 + 40])
            raised.append(number)

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(raised) == [0, 1, 2, 3]
        assert server.calls <= WAVE + 10


def test_preflight_of_an_endpoint_that_hangs_takes_no_longer_than_the_patience():
    with JudgeServer(faults=1.0, troubles=("hang",)) as server:
        started = time.perf_counter()
        with pytest.raises(MachineError, match=r"silent for 0\.2 s.*patience_s"):
            judge_at(server, timeout_s=60, patience_s=0.2).preflight(logprobs=True)
        assert time.perf_counter() - started < 20
        assert server.calls == 1


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
    assert sum("temperature" in text for text in told(caplog)) == 1
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


@pytest.mark.parametrize("key", ["ok", "sk-12345678"])
def test_a_short_key_is_left_out_of_a_message_only_as_a_word_of_its_own(server, monkeypatch, key):
    monkeypatch.setenv("MY_KEY", key)
    server.status, server.message = 401, f"The book is broken: {key}"
    with pytest.raises(MissingPart) as raised:
        judge_at(server, api_key_env="MY_KEY").ask(questions(1))
    assert "The book is broken: …" in str(raised.value)


def test_calls_that_hang_beside_a_refused_key_are_ended_too():
    with JudgeServer(faults=0.5, troubles=("hang",), status=401) as server:
        started = time.perf_counter()
        with pytest.raises(MissingPart):
            judge_at(server, timeout_s=60, patience_s=0.3, concurrency=WAVE).ask(questions(60))
        assert time.perf_counter() - started < 20
        assert 0 < server.met["hang"] < server.calls <= WAVE + 10


def test_an_endpoint_that_asks_to_slow_down_is_not_taken_for_one_that_is_down():
    with JudgeServer(status=429, delay_s=0.005) as server:

        def relent() -> None:
            while server.calls < 24:
                time.sleep(0.001)
            server.status = 0

        threading.Thread(target=relent).start()
        replies = judge_at(server, retries=0, concurrency=1).ask(questions(60))
        assert None in replies[:24]
        assert None not in replies[-10:]
