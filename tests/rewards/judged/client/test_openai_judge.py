"""The judge behind an endpoint, against a real server on loopback that knows the right answer and fails on demand."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from judge_questions import PICTURES, RUBRIC, judge_at, pairs, questions, symmetric
from judge_server import JudgeServer, png
from rewards.errors import BudgetSpent, CodepaintError, MachineError, MissingPart, SpecError
from rewards.judged.client.openai_judge import OpenAIJudge
from rewards.judged.pairs.symmetric import Pair

SECRET = "sk-correct-horse-battery"


def test_answers_come_in_the_order_of_the_questions(server):
    replies = judge_at(server).ask(questions(40))
    chances = [RUBRIC.read(reply, soft=True) for reply in replies]
    assert len(set(chances)) > 10
    alone = judge_at(server)
    assert chances == [RUBRIC.read(alone.ask([question])[0], soft=True) for question in questions(40)]


def test_a_symmetric_judge_recovers_the_latent_without_the_servers_bias(server):
    [verdict] = symmetric(judge_at(server)).compare([Pair(png(0.6), png(0.5), "a poppy")])
    assert verdict.p == pytest.approx(1 / (1 + 2.718281828 ** (-8 * 0.1 * 252 / 255)), abs=0.01)
    assert verdict.bias == pytest.approx(server.beta, abs=1e-6)


def test_the_request_is_what_the_protocol_asks_for(server):
    [question] = questions(1)
    judge_at(server).ask([question])
    sent = json.loads(server.requests[0])
    schema = sent["response_format"]["json_schema"]
    assert (sent["model"], sent["temperature"], sent["logprobs"]) == ("m", 0, True)
    assert (schema["strict"], schema["schema"]) == (True, question.schema)
    assert sent["top_logprobs"] >= 5
    system, user = sent["messages"]
    assert system == {"role": "system", "content": RUBRIC.system}
    kinds = [part["type"] for part in user["content"]]
    assert kinds == ["text", "text", "image_url", "text", "image_url"]
    assert user["content"][0]["text"] == question.text
    assert [part["text"] for part in user["content"][1::2]] == ["Picture 1:", "Picture 2:"]


def test_log_probabilities_are_asked_for_only_where_they_are_wanted(server):
    [reply] = judge_at(server).ask(questions(1, "hard"))
    assert reply.tokens is None
    assert "logprobs" not in json.loads(server.requests[0])


def test_scores_are_the_same_with_30_percent_of_faults_and_none_is_lost(server, tmp_path):
    clean = symmetric(judge_at(server)).compare(pairs(100))
    with JudgeServer(faults=0.3) as faulty:
        judge = judge_at(faulty, retries=9, timeout_s=1.0, cache=tmp_path)
        scored = symmetric(judge).compare(pairs(100))
        assert [(c.value, c.p, c.bias) for c in scored] == [(c.value, c.p, c.bias) for c in clean]
        assert None not in [c.value for c in scored]
        assert set(faulty.met) == set(faulty.troubles)
        assert 0.25 < sum(faulty.met.values()) / faulty.calls < 0.35
        spoilt = faulty.met["truncated"] + faulty.met["garbage"]
        assert 0 < judge.usage["unreadable"] <= spoilt
        assert judge.usage["retries"] >= sum(faulty.met.values()) - spoilt > 0
        assert judge.usage["failures"] == 0
    # No failure was kept: what is on disk serves the whole run without a server.
    again = judge_at(faulty, cache=tmp_path)
    assert [c.value for c in symmetric(again).compare(pairs(100))] == [c.value for c in clean]
    assert again.usage["unreadable"] == 0


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_passing_trouble_is_tried_again_and_then_gives_none(server, status):
    server.status = status
    judge = judge_at(server, retries=2)
    assert judge.ask(questions(1)) == [None]
    assert server.calls == judge.usage["calls"] == 3
    assert (judge.usage["retries"], judge.usage["failures"]) == (2, 1)


@pytest.mark.parametrize("status", [400, 403, 404])
def test_what_no_retry_mends_is_asked_once_and_its_reason_logged_once(server, status, caplog):
    server.status = status
    judge = judge_at(server)
    assert judge.ask(questions(3)) == [None] * 3
    assert server.calls == 3
    told = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert len(told) == 1
    assert f"{status}: " in told[0]


@pytest.mark.parametrize(("status", "way_out"), [(401, "Correct the key in MY_KEY"), (402, "Add credit")])
def test_a_key_that_is_refused_in_the_middle_of_a_run_ends_it(server, monkeypatch, status, way_out):
    monkeypatch.setenv("MY_KEY", "k")
    judge = judge_at(server, api_key_env="MY_KEY", name="lab")
    assert None not in judge.ask(questions(2))
    server.status = status
    with pytest.raises(MissingPart, match=f"of the endpoint 'lab' gave no answer .{status}: .* {way_out}"):
        judge.ask(questions(5))
    with pytest.raises(MissingPart, match=way_out):
        asyncio.run(judge.aask(questions(5)))
    assert judge.trouble.startswith(f"{status}: ")


def test_a_spent_quota_is_not_waited_for(server):
    server.status, server.code = 429, "insufficient_quota"
    with pytest.raises(MissingPart, match=r"429: told to fail.*Add credit"):
        judge_at(server).ask(questions(1))
    assert server.calls == 1


def test_the_pause_that_an_endpoint_asks_for_is_kept(server):
    server.status, server.retry_after = 429, "0.4"
    started = time.perf_counter()
    judge_at(server, retries=1).ask(questions(1))
    assert time.perf_counter() - started >= 0.4


def test_an_endpoint_that_hangs_costs_no_more_than_the_time_limit():
    with JudgeServer(faults=1.0, troubles=("hang",)) as server:
        started = time.perf_counter()
        assert judge_at(server, timeout_s=0.2, retries=1).ask(questions(5)) == [None] * 5
        assert time.perf_counter() - started < 20


def test_nobody_at_the_address_gives_none(server):
    judge = judge_at(server, base_url="http://127.0.0.1:9/v1", retries=1)
    assert judge.ask(questions(1)) == [None]


def test_a_reply_that_was_cut_off_says_so():
    with JudgeServer(faults=1.0, troubles=("truncated",)) as server:
        [reply] = judge_at(server).ask(questions(1))
        assert reply.truncated
        assert RUBRIC.read(reply, soft=False) is None


def test_a_refusal_is_unreadable_and_not_kept(server, tmp_path):
    server.refusal = "I cannot judge people's pictures."
    judge = judge_at(server, cache=tmp_path)
    [verdict] = symmetric(judge, "hard").compare(pairs(1))
    assert verdict.value is None
    assert judge.usage["unreadable"] == server.calls == 4  # both orders, once more each
    server.refusal = None
    assert symmetric(judge, "hard").compare(pairs(1))[0].value is not None


def test_no_more_calls_are_under_way_than_allowed():
    with JudgeServer(delay_s=0.02) as server:
        judge_at(server, concurrency=4).ask(questions(40))
        assert server.most_at_once == 4
        assert server.connections == 4  # they are used again


def test_threads_share_the_bound_and_the_calls_under_way():
    with JudgeServer(delay_s=0.05) as server:
        judge = judge_at(server, concurrency=8)
        heard: dict[int, list] = {}
        threads = [
            threading.Thread(target=lambda n=n: heard.__setitem__(n, judge.ask(questions(20))))
            for n in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert server.calls == 20
        assert server.most_at_once <= 8
        assert heard[0] == heard[1] == heard[2] == heard[3]


def test_the_same_question_twice_is_one_call(server):
    [question] = questions(1)
    replies = judge_at(server).ask([question] * 5)
    assert server.calls == 1
    assert len(set(map(id, replies))) == 1


def test_it_works_inside_a_running_event_loop(server):
    judge = judge_at(server)

    async def notebook() -> list[object]:
        return [judge.ask(questions(2)), await judge.aask(questions(2)), await judge.aask(questions(2))]

    first, second, third = asyncio.run(notebook())
    assert first == second == third
    assert None not in first
    assert asyncio.run(judge.aask(questions(2))) == first  # another loop


def test_an_asker_that_is_cancelled_leaves_the_others_their_answers():
    with JudgeServer(delay_s=0.3) as server:
        judge = judge_at(server)

        async def two() -> list[object]:
            leaves = asyncio.create_task(judge.aask(questions(3)))
            stays = asyncio.create_task(judge.aask(questions(3)))
            while server.calls < 3:
                await asyncio.sleep(0.01)
            leaves.cancel()
            return await stays

        assert None not in asyncio.run(two())
        assert server.calls == 3


def test_calls_that_nobody_waits_for_are_not_made():
    with JudgeServer(delay_s=0.3) as server:
        judge = judge_at(server, concurrency=2)

        async def leave() -> None:
            task = asyncio.create_task(judge.aask(questions(20)))
            while server.calls < 2:
                await asyncio.sleep(0.01)
            task.cancel()

        asyncio.run(leave())
        time.sleep(0.5)
        assert server.calls == 2


def test_max_calls_ends_the_run_and_what_was_answered_is_kept(server, tmp_path):
    judge = judge_at(server, max_calls=15, cache=tmp_path)
    with pytest.raises(BudgetSpent, match="max_calls is 15"):
        judge.ask(questions(40))
    assert server.calls == 15
    again = judge_at(server, cache=tmp_path)
    again.ask(questions(40))
    assert again.usage["cache_hits"] == 15
    assert server.calls == 40


def test_max_usd_ends_the_run(server, tmp_path):
    # 1,000 tokens in and 10 out a call: 0.001 + 0.0001 USD.
    judge = judge_at(server, max_usd=0.011, prices={"m": [1.0, 10.0]}, concurrency=1, cache=tmp_path)
    with pytest.raises(BudgetSpent, match=r"max_usd is 0\.011"):
        judge.ask(questions(40))
    assert server.calls == 10
    assert judge.usage["usd"] == pytest.approx(0.011)


def test_calls_under_way_reserve_their_money():
    with JudgeServer(delay_s=0.01) as server:
        judge = judge_at(server, max_usd=0.0205, prices={"m": [1.0, 0.0]}, concurrency=8)
        with pytest.raises(BudgetSpent):
            judge.ask(questions(100))
        assert server.calls == 20


def test_without_a_price_a_limit_on_money_is_refused(server):
    with pytest.raises(SpecError, match=r"no price of 'm' is told; add prices=\{'m'"):
        judge_at(server, max_usd=1.0)
    with pytest.raises(SpecError, match="no price of 'm'"):
        judge_at(server, max_usd=1.0, prices={"other": [1, 1]})
    with pytest.raises(SpecError, match=r"the price of 'm' is \[1\]"):
        judge_at(server, prices={"m": [1]})


def test_where_no_price_is_told_no_money_is_made_up(server):
    judge = judge_at(server)
    judge.ask(questions(1))
    assert judge.usage["usd"] is None
    assert (judge.usage["tokens_in"], judge.usage["tokens_out"]) == (1000, 10)


def test_usage_is_logged_and_is_a_snapshot(server, caplog):
    caplog.set_level(logging.INFO, "codepaint")
    judge = judge_at(server)
    before = judge.usage
    judge.ask(questions(2))
    assert before["calls"] == 0
    assert any('"calls": 2' in record.getMessage() for record in caplog.records)


def test_no_name_or_id_is_in_a_request(server):
    mark = "q7Zx93kLmW2vTb8R"
    folder_of_the_policy = Path(f"/tmp/{mark}.png")
    judge = judge_at(server, name=mark)  # the endpoint's name is ours alone
    symmetric(judge).compare([Pair(PICTURES[1], PICTURES[2], "a poppy")])
    assert folder_of_the_policy.stem == mark
    assert server.calls == 2
    assert not any(mark.encode() in told for told in (*server.requests, *server.headers))


def test_a_missing_key_is_told_when_the_judge_is_made(monkeypatch):
    monkeypatch.delenv("MY_KEY", raising=False)
    with pytest.raises(
        MissingPart, match=r"variable MY_KEY, which is not set; judge=\{'api_key_env': NAME\}"
    ):
        OpenAIJudge(model="m", api_key_env="MY_KEY")


def test_a_missing_package_is_told_when_the_judge_is_made(monkeypatch):
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(MissingPart, match=r"pip install 'codepaint-env\[judge\]'"):
        OpenAIJudge(model="m", api_key_env=None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"model": ""},
        {"name": ""},
        {"base_url": "localhost:8000"},
        {"concurrency": 0},
        {"timeout_s": 0},
        {"retries": -1},
        {"max_calls": 0},
        {"max_usd": -1},
        {"cache": 3},
        {"api_key_env": ""},
    ],
)
def test_a_parameter_that_cannot_be_is_told(wrong):
    with pytest.raises(SpecError, match=f"judge: {next(iter(wrong))} is "):
        OpenAIJudge(**{"model": "m", "api_key_env": None} | wrong)


def test_the_secret_is_sent_and_nowhere_else(tmp_path, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG, "codepaint")
    monkeypatch.setenv("MY_KEY", SECRET)
    with JudgeServer(key=SECRET) as server:
        judge = judge_at(server, api_key_env="MY_KEY", cache=tmp_path)
        assert None not in judge.ask(questions(3))
        server.status, server.message = 401, f"Incorrect API key provided: {SECRET}"
        with pytest.raises(MissingPart, match="Incorrect API key provided: …") as refused:
            judge.ask(questions(4))
        with pytest.raises(MissingPart, match="Incorrect API key provided: …") as raised:
            judge_at(server, api_key_env="MY_KEY").preflight(logprobs=False)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for told in (
        caplog.text,
        repr(judge),
        str(judge.usage),
        str(refused.value),
        str(raised.value),
        judge.trouble,
        pickle.dumps(judge).decode("latin-1"),
    ):
        assert SECRET not in told
    assert SECRET.encode() not in kept
    assert server.url.encode() not in kept  # the address neither
    assert kept


def test_without_a_key_variable_no_other_key_is_sent(server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    judge_at(server).ask(questions(1))
    assert SECRET.encode() not in server.headers[0]


def test_a_pickled_judge_asks_again_and_is_the_same(server, tmp_path):
    judge = judge_at(server, cache=tmp_path)
    answers = judge.ask(questions(2))
    twin = pickle.loads(pickle.dumps(judge))
    assert len(pickle.dumps(judge)) < 2000
    assert (twin.version, twin.usage["calls"]) == (judge.version, 0)
    assert twin.ask(questions(2)) == answers


def test_a_deep_copy_spends_from_the_same_budget(server):
    judge = judge_at(server, max_calls=3)
    copied = copy.deepcopy(judge)
    copied.ask(questions(2))
    assert judge.usage["calls"] == 2
    with pytest.raises(BudgetSpent):
        judge.ask(questions(4)[2:])


def _in_a_child(judge: OpenAIJudge, told) -> None:
    told.put([RUBRIC.read(reply, soft=True) for reply in judge.ask(questions(5))])


@pytest.mark.parametrize("how", ["fork", "spawn"])
def test_it_works_in_a_child_process(server, tmp_path, how):
    judge = judge_at(server, cache=tmp_path)
    here = [RUBRIC.read(reply, soft=True) for reply in judge.ask(questions(3))]
    context = multiprocessing.get_context(how)
    told = context.Queue()
    child = context.Process(target=_in_a_child, args=(judge, told))
    child.start()
    there = told.get(timeout=30)
    child.join(30)
    assert child.exitcode == 0
    assert there[:3] == here
    assert server.calls == 5  # three came from the cache that both share
    assert None not in judge.ask(questions(7))  # the parent's connections are as they were


def test_preflight_tells_whether_log_probabilities_come(server):
    assert judge_at(server).preflight(logprobs=True) is True
    assert judge_at(server).preflight(logprobs=False) is False
    server.logprobs = False
    assert judge_at(server).preflight(logprobs=True) is False


@pytest.mark.parametrize(
    ("refuses", "comes", "form"),
    [
        (("json_schema",), True, "json_object"),
        (("json_schema", "json_object"), True, None),
        (("logprobs",), False, "json_schema"),
        (("logprobs", "json_schema"), False, "json_object"),
    ],
)
def test_preflight_settles_the_form_once_for_the_run(server, refuses, comes, form):
    server.refuses = refuses
    judge = judge_at(server)
    assert judge.preflight(logprobs=True) is comes
    calls = server.calls
    for asked in (judge, pickle.loads(pickle.dumps(judge))):
        assert None not in asked.ask(questions(2, "soft" if comes else "hard"))
    assert server.calls == calls + 4
    assert json.loads(server.requests[-1]).get("response_format", {}).get("type") == form


def test_preflight_of_a_known_endpoint_costs_nothing(server, tmp_path):
    server.refuses = ("json_schema",)
    assert judge_at(server, cache=tmp_path).preflight(logprobs=True)
    calls = server.calls
    again = judge_at(server, cache=tmp_path)
    assert again.preflight(logprobs=True)
    assert server.calls == calls
    again.ask(questions(1))
    assert json.loads(server.requests[-1])["response_format"]["type"] == "json_object"
    with JudgeServer() as moved:  # nothing is known of this address
        assert judge_at(moved, cache=tmp_path).preflight(logprobs=True)
        assert moved.calls == 1


@pytest.mark.parametrize(
    ("status", "error", "told"),
    [
        (400, SpecError, "a model that sees pictures"),
        (401, MissingPart, "Correct the key in"),
        (403, MissingPart, "use this model"),
        (404, SpecError, "ends with /v1"),
        (500, MachineError, "See that the endpoint runs"),
        (429, MachineError, "concurrency"),
    ],
)
def test_preflight_raises_what_is_wrong_with_the_way_out(server, monkeypatch, status, error, told):
    server.status = status
    monkeypatch.setenv("MY_KEY", SECRET)
    with pytest.raises(error, match=told):
        judge_at(server, api_key_env="MY_KEY").preflight(logprobs=True)


def test_preflight_raises_where_nobody_answers():
    with pytest.raises(CodepaintError, match="no connection"):
        OpenAIJudge(model="m", base_url="http://127.0.0.1:9/v1", api_key_env=None, cache=False).preflight(
            logprobs=False
        )


def test_a_limit_on_money_needs_an_endpoint_that_tells_tokens(server):
    server.usage = False
    with pytest.raises(SpecError, match="tells no tokens"):
        judge_at(server, max_usd=1, prices={"m": [1, 1]}).preflight(logprobs=False)


def test_older_openai_packages_send_the_same_request(server):
    judge = judge_at(server)
    judge.ask(questions(1))
    judge._calls._takes_bytes = False
    judge.ask(questions(1))
    assert json.loads(server.requests[0]) == json.loads(server.requests[1])


def test_nothing_of_openai_is_imported_before_the_first_question():
    code = (
        "import os, sys; os.environ['K'] = 'k'; from rewards.judged.client.openai_judge import OpenAIJudge;"
        "OpenAIJudge(model='m', api_key_env='K', cache=False); print('openai' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=True
    )
    assert done.stdout == "False\n"
