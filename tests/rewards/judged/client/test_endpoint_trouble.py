"""The judge's client under real trouble: what is still sent, how long it takes, and what the user reads."""

from __future__ import annotations

import logging
import threading
import time

import pytest

from judge_questions import judge_at, pairs, questions, symmetric
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
    assert [endpoint.batch_limit_s(count) for count in (1, 32, 33, 2048)] == [480, 480, 540, 71 * 60]
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
            judge_at(server, timeout_s=60, patience_s=1.5, concurrency=WAVE).ask(questions(60))
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
