"""`http` against a real scorer on loopback that knows the right answer and fails on demand."""

from __future__ import annotations

import asyncio
import base64
import copy
import io
import json
import logging
import math
import multiprocessing
import pickle
import threading
import time

import numpy as np
import pytest
from PIL import Image

import rewards
from red_sheets import http_at, sheet, sheets, values
from rewards.errors import MachineError, MissingPart, SpecError
from rewards.judged.client import failures
from rewards.preflight import NoSpread, preflight
from rewards.scorers.http import Http
from rewards.scorers.pictures import MOST_PX
from score_server import ScoreServer

SECRET = "tk-correct-horse-battery"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """What failed is tried again soon."""
    monkeypatch.setattr(failures, "BACKOFF_S", 0.02)


def told(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


# -- what is asked, and what comes of it -----------------------------------------------------------------------


def test_each_sample_has_the_number_that_the_scorer_gives_its_picture(server):
    scores = http_at(server, batch=3)(sheets(10))
    assert values(scores) == pytest.approx([(2 * red + 2) / 255 for red in range(10)], abs=0.01)
    assert values(scores) == sorted(values(scores))
    assert server.calls == 4


def test_the_request_holds_the_picture_and_the_prompt_and_nothing_else(server):
    http_at(server)([sheet(200)])
    [sent] = [json.loads(body) for body in server.requests]
    [item] = sent["items"]
    assert sent.keys() == {"version", "items"}
    assert (sent["version"], item["prompt"]) == (1, "a poppy")
    assert item.keys() == {"image", "prompt"}
    with Image.open(io.BytesIO(base64.b64decode(item["image"]))) as picture:
        assert (picture.format, picture.size, picture.mode, picture.info) == ("PNG", (12, 12), "RGB", {})


def test_what_else_it_is_told_is_asked_for_by_name(server):
    http_at(server, sends=["prompt", "program", "completion", "canvas", "image"])([sheet(200)])
    [item] = server.items
    assert item["program"] == "red(200)"
    assert item["completion"] == "```js\nred(200)\n```"
    assert item["canvas"] == "p5brush"
    assert http_at(server, sends=["image", "program"]).needs == {"image", "source"}


def test_failed_programs_and_constant_pictures_score_0_and_broken_machines_none_without_a_call(server):
    samples = [sheet(9, status="program_error"), sheet(9, status="machine_error"), sheet(200)]
    blank = samples[2].rendering.image * 0 + 255
    samples.append(
        rewards.Sample(samples[0].task, "", "", rewards.Rendering("ok", image=blank.astype(np.uint8)), "g")
    )
    low, none, high, solid = http_at(server)(samples)
    assert (low.value, none.value, solid.value) == (0.0, None, 0.0)
    assert high.value > 0.7
    assert len(server.items) == 1


def test_the_range_of_the_scorer_becomes_0_to_1_and_nothing_is_clipped(server):
    server.edit = lambda reply, items: {"scores": [-3.0, 0.0, 3.0, 3.1, -3.00001]}
    low, middle, high, above, below = http_at(server, range=[-3, 3])(sheets(5))
    assert (low.value, middle.value, high.value) == (0.0, 0.5, 1.0)
    assert (above.value, below.value) == (None, None)
    assert above.reason == "the scorer gave 3.1, outside of its range -3 to 3"


def test_the_rounding_of_a_float_is_inside_of_the_range(server):
    server.edit = lambda reply, items: {"scores": [1.0000001, -1e-9]}
    assert values(http_at(server)(sheets(2))) == [1.0, 0.0]


def test_components_come_along_and_a_missing_one_costs_its_own_sample(server):
    server.edit = lambda reply, items: (
        reply
        | {
            "components": [{"form": 0.2, "hue": 3, "more": "x"}, {"form": 0.2}, None],
            "reasons": ["well drawn", None, ""],
        }
    )
    first, second, third = http_at(server, components=["form", "hue"])(sheets(3))
    assert (dict(first.components), first.reason) == ({"form": 0.2, "hue": 3.0}, "well drawn")
    assert (second.value, third.value) == (None, None)
    assert second.reason == "the scorer gave the component 'hue' as None"
    [failed] = http_at(server, components=["form", "hue"])([sheet(1, status="program_error")])
    assert failed.components == {"form": 0.0, "hue": 0.0}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (math.nan, "the scorer gave nan, which is no finite number"),
        (-math.inf, "the scorer gave -inf, which is no finite number"),
        ("0.7", "the scorer gave '0.7', which is no finite number"),
        (True, "the scorer gave True, which is no finite number"),
        (None, "the scorer gave no score"),
        (7, "the scorer gave 7, outside of its range 0 to 1"),
    ],
)
def test_a_number_that_is_none_costs_its_own_sample_and_is_not_kept(server, tmp_path, bad, reason):
    clean = values(http_at(server)(sheets(3)))
    server.edit = lambda reply, items: {"scores": [reply["scores"][0], bad, *reply["scores"][2:]]}
    scores = http_at(server, cache=tmp_path)(sheets(3))
    assert values(scores) == [clean[0], None, clean[2]]
    assert scores[1].reason == reason
    server.edit = None
    assert values(http_at(server, cache=tmp_path)(sheets(3))) == clean


@pytest.mark.parametrize("count", [2, 4, 0])
def test_too_few_or_too_many_numbers_are_nobodys(server, count):
    server.edit = lambda reply, items: {"scores": [0.5] * count if len(items) > 1 else []}
    scores = http_at(server, retries=1)(sheets(3))
    assert values(scores) == [None] * 3
    assert "it has 0 scores for 1 items" in scores[0].reason
    assert server.calls == 2 + 3 * 2  # each was asked about alone


def test_a_picture_that_the_scorer_cannot_bear_costs_only_itself(server):
    clean = values(http_at(server)(sheets(5)))
    with ScoreServer() as picky:
        bad = server.items[2]["image"]
        respond = picky._told

        def refuse(head, body, trouble, number):
            return (500, {"detail": "boom"}) if bad.encode() in body else respond(head, body, trouble, number)

        picky._told = refuse
        scores = http_at(picky, retries=0)(sheets(5))
    assert values(scores) == [*clean[:2], None, *clean[3:]]
    assert "500" in scores[2].reason


def test_equal_pictures_are_sent_once(server):
    scores = http_at(server)([sheet(8), sheet(200), sheet(8), sheet(8, prompt="a rose")])
    assert len(server.items) == 3
    assert scores[0].value == scores[2].value


def test_half_characters_reach_the_scorer_as_a_mark(server):
    [score] = http_at(server)([sheet(8, prompt="a \ud800 poppy \ud83c\udf3a")])
    assert score.value is not None
    assert server.items[0]["prompt"] == "a \ufffd poppy \U0001f33a"


def test_huge_pictures_are_made_smaller_and_go_in_requests_of_a_few(server):
    noise = np.random.default_rng(1).integers(0, 256, (1200, 900, 3), dtype=np.uint8)
    samples = []
    for turn in range(4):
        rendering = rewards.Rendering("ok", image=np.roll(noise, turn, axis=0))
        samples.append(rewards.Sample(rewards.Task("t", "p"), "", "", rendering, "g"))
    assert None not in values(http_at(server, batch=4)(samples))
    assert server.calls == 2  # 2.4 MB each, and 8 MiB are the most
    for item in server.items:
        with Image.open(io.BytesIO(base64.b64decode(item["image"]))) as picture:
            assert max(picture.size) == MOST_PX


# -- trouble ---------------------------------------------------------------------------------------------------


def test_scores_are_the_same_with_30_percent_of_faults_and_a_second_run_asks_nothing(server, tmp_path):
    clean = values(http_at(server, batch=1)(sheets(100)))
    with ScoreServer(faults=0.3) as faulty:
        reward = http_at(faulty, batch=1, concurrency=32, retries=20, timeout_s=2, cache=tmp_path)
        assert values(reward(sheets(100))) == clean
        assert None not in clean
        assert set(faulty.met) == set(faulty.troubles)
        assert 0.2 < sum(faulty.met.values()) / faulty.calls < 0.4
        assert reward.usage["failures"] == 0
        assert reward.usage["retries"] == faulty.calls - 100
    # Nobody is there any more: all was kept.
    again = http_at(faulty, batch=8, cache=tmp_path)
    assert values(again(sheets(100))) == clean
    assert (again.usage["calls"], again.usage["cache_hits"]) == (0, 100)


def test_scores_are_the_same_with_faults_where_requests_hold_many(server):
    clean = values(http_at(server)(sheets(64)))
    with ScoreServer(faults=0.3, seed=3) as faulty:
        assert values(http_at(faulty, retries=9, timeout_s=0.5)(sheets(64))) == clean
        assert sum(faulty.met.values()) > 0


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_passing_trouble_is_tried_again_and_then_gives_none(server, status):
    server.status = status
    reward = http_at(server, retries=2)
    [score] = reward([sheet(8)])
    assert score.value is None
    assert f"{status}: " in score.reason
    assert server.calls == reward.usage["calls"] == 3
    assert (reward.usage["retries"], reward.usage["failures"]) == (2, 1)


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 405, 418])
def test_what_no_retry_mends_is_asked_once_and_never_raises(server, status, caplog):
    server.status = status
    assert values(http_at(server, batch=1, concurrency=1)(sheets(4))) == [None] * 4
    assert server.calls <= 4
    assert len(told(caplog)) == 1
    assert f"{status}: " in told(caplog)[0]


def test_a_refused_token_in_the_middle_of_a_run_gives_none_after_what_is_under_way(server):
    reward = http_at(server, batch=1, concurrency=2)
    assert None not in values(reward(sheets(2)))
    server.status, sent = 401, server.calls
    assert values(reward(sheets(60)[2:])) == [None] * 58
    assert server.calls - sent <= 4
    server.status = 0
    assert None not in values(reward(sheets(60)))


def test_a_dead_address_is_not_hammered_and_one_request_finds_out_that_it_is_back():
    with ScoreServer() as server:
        port = int(server.url.split(":")[2].split("/")[0])
        reward = http_at(server, batch=1, concurrency=4, retries=1)
        assert None not in values(reward(sheets(4)))
    assert values(reward(sheets(100)[4:])) == [None] * 96
    asked = reward.usage["calls"]
    assert asked <= 4 + 2 * (16 + 4)
    assert values(reward(sheets(100)[4:50])) == [None] * 46
    assert reward.usage["calls"] == asked + 2  # one request and its retry
    with ScoreServer(port=port) as again:
        assert None not in values(reward(sheets(40)))
        assert again.calls == 40


def test_a_scorer_that_hangs_ends_a_batch_after_its_patience_and_says_how_to_change_that(caplog):
    with ScoreServer(faults=1.0, troubles=("hang",)) as server:
        started = time.perf_counter()
        scores = http_at(server, batch=1, timeout_s=0.2, concurrency=4)(sheets(100))
        assert time.perf_counter() - started < 10
        assert values(scores) == [None] * 100
        assert "silent for 0.3 s" in scores[0].reason
        assert any("patience_s=SECONDS" in line for line in told(caplog))


def test_a_batch_ends_at_its_deadline_and_keeps_what_was_answered(caplog):
    with ScoreServer(delay_s=0.1) as server:
        scores = http_at(server, batch=1, concurrency=2, batch_s=0.6)(sheets(60))
        assert 0 < sum(score.value is not None for score in scores) <= 14
        assert "batch_s=SECONDS" in told(caplog)[0]


def test_a_reply_without_an_end_is_given_up(server, monkeypatch):
    monkeypatch.setattr("rewards.scorers.http_transport.MOST_BYTES", 1000)
    server.edit = lambda reply, items: reply | {"reasons": ["x" * 2000]}
    [score] = http_at(server)([sheet(8)])
    assert (score.value, server.calls) == (None, 1)
    assert "its reply is longer than" in score.reason


def test_no_more_requests_are_under_way_than_allowed():
    with ScoreServer(delay_s=0.02) as server:
        http_at(server, batch=1, concurrency=3)(sheets(24))
        assert server.most_at_once == server.connections == 3


# -- the disk, copies, threads, loops --------------------------------------------------------------------------


def test_a_run_that_is_cut_short_goes_on_where_it_was(server, tmp_path):
    server.fail_after = 5
    reward = http_at(server, batch=2, concurrency=1, retries=0, cache=tmp_path)
    done = [value is not None for value in values(reward(sheets(40)))]
    assert done == [True] * 10 + [False] * 30
    server.fail_after = None
    again = http_at(server, batch=2, cache=tmp_path)
    assert None not in values(again(sheets(40)))
    assert (again.usage["calls"], again.usage["cache_hits"]) == (15, 10)


def score_for_ever(url, folder, ready):
    reward = Http(url=url, cache=folder, text="keep", batch=1, concurrency=1)
    ready.set()
    reward(sheets(100))


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path):
    with ScoreServer(delay_s=0.02) as server:
        context = multiprocessing.get_context("spawn")
        ready = context.Event()
        run = context.Process(target=score_for_ever, args=(server.url, tmp_path, ready))
        run.start()
        while server.calls < 12:
            time.sleep(0.01)
        run.kill()
        run.join()
        sent = server.calls
        reward = http_at(server, cache=tmp_path, batch=1)
        assert None not in values(reward(sheets(100)))
        assert reward.usage["cache_hits"] >= sent - 2
        assert server.calls <= 102


@pytest.mark.parametrize("change", [{"scorer": "b"}, {"revision": "2"}, {"sends": ["image"]}])
def test_another_scorer_revision_or_request_is_asked_anew_and_is_another_version(server, tmp_path, change):
    first = http_at(server, cache=tmp_path)
    first(sheets(3))
    second = http_at(server, cache=tmp_path, **change)
    assert second.version != first.version
    second(sheets(3))
    assert len(server.items) == 6


def test_another_address_is_the_same_scorer_and_is_told(server, tmp_path, caplog):
    first = http_at(server, cache=tmp_path)
    first(sheets(3))
    with ScoreServer() as other:
        second = http_at(other, cache=tmp_path)
        assert second.version == first.version
        second(sheets(3))
        assert other.calls == 0
    assert ["had another url before" in line for line in told(caplog)] == [True]


def test_another_range_reads_what_was_kept_anew(server, tmp_path):
    [wide] = http_at(server, cache=tmp_path)([sheet(100)])
    [narrow] = http_at(server, cache=tmp_path, range=(0, 0.5))([sheet(100)])
    assert narrow.value == pytest.approx(2 * wide.value)
    assert server.calls == 1


def test_the_token_is_sent_and_stands_nowhere(server, tmp_path, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("SCORER_TOKEN", SECRET)
    server.key = SECRET
    reward = http_at(server, token_env="SCORER_TOKEN", cache=tmp_path)
    assert None not in values(reward(sheets(2)))
    server.status, server.message = 500, f"no: {SECRET}"
    [score] = http_at(server, token_env="SCORER_TOKEN", retries=0)([sheet(99)])
    assert "no: …" in score.reason
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    held = [pickle.dumps(reward), repr(vars(reward.client)).encode(), reward.version.encode(), written]
    assert not any(SECRET.encode() in each for each in held)
    assert SECRET not in caplog.text + score.reason
    monkeypatch.delenv("SCORER_TOKEN")
    with pytest.raises(MissingPart, match="the environment variable SCORER_TOKEN, which is not set"):
        http_at(server, token_env="SCORER_TOKEN")


def test_copies_ask_by_connections_of_their_own_and_score_alike(server):
    reward = http_at(server)
    here = values(reward(sheets(5)))
    assert values(pickle.loads(pickle.dumps(reward))(sheets(5))) == here
    deep = copy.deepcopy(reward)
    assert values(deep(sheets(5))) == here
    assert (
        deep.usage["calls"] == reward.usage["calls"] == 2
    )  # one count for both, as environments copy a reward


def test_threads_and_event_loops_share_one_reward(server):
    reward = http_at(server, batch=2, concurrency=4)
    alone = values(reward(sheets(20)))
    heard = {}
    threads = [
        threading.Thread(target=lambda n=n: heard.__setitem__(n, values(reward(sheets(20)))))
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(heard[n] == alone for n in range(4))
    assert server.most_at_once <= 4

    async def notebook():
        both = await asyncio.gather(reward.ascore(sheets(20)), reward.ascore(sheets(20)))
        return [reward(sheets(20)), *both]

    for _ in range(2):
        assert [values(scores) for scores in asyncio.run(notebook())] == [alone] * 3


def test_a_forked_child_asks_by_a_connection_of_its_own(server):
    reward = http_at(server)
    here = values(reward(sheets(3)))
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=lambda: queue.put(values(reward(sheets(3)))))
    child.start()
    assert queue.get(timeout=20) == here
    child.join()
    assert values(reward(sheets(3))) == here


# -- before a run ----------------------------------------------------------------------------------------------


def test_preflight_of_a_healthy_scorer_is_quiet_and_asks_little(server):
    preflight(http_at(server))
    assert len(server.items) == 2 + 4  # a probe, and pictures that ship
    server.edit = lambda reply, items: {"scores": [0.5] * len(items)}
    with pytest.raises(NoSpread):
        preflight(http_at(server, revision="flat"), sheets(8))


def test_an_address_that_passed_is_not_asked_again_in_a_second_run(server, tmp_path):
    http_at(server, cache=tmp_path).preflight()
    sent = server.calls
    http_at(server, cache=tmp_path).preflight()
    assert server.calls == sent > 0
    with ScoreServer(status=404) as other, pytest.raises(SpecError):
        http_at(other, cache=tmp_path).preflight()
    with pytest.raises(SpecError, match=r"outside of its range 0 to 0\.1"):
        http_at(server, cache=tmp_path, range=(0, 0.1)).preflight()


@pytest.mark.parametrize(
    ("scores", "error", "sentence"),
    [
        (
            [math.nan, 0.5],
            SpecError,
            "Asked about a test picture, the scorer gave nan, which is no finite number.",
        ),
        (
            [0.5, 7.3],
            SpecError,
            r"gave 7.3, outside of its range 0 to 1. Declare .* range=\(LOWEST, HIGHEST\)",
        ),
        ([0.5], MachineError, "its reply cannot be read: it has 1 scores for 2 items"),
        ([0.5] * 3, MachineError, "its reply cannot be read: it has 3 scores for 2 items"),
        ([None, 0.5], MachineError, "Asked about a test picture, the scorer gave no score. See its log."),
    ],
)
def test_preflight_says_in_one_sentence_what_is_wrong_with_a_scorer(server, scores, error, sentence):
    server.edit = lambda reply, items: {"scores": scores}
    with pytest.raises(error, match=sentence):
        http_at(server, retries=0).preflight()


@pytest.mark.parametrize(
    ("status", "error", "way_out"),
    [
        (401, MissingPart, "It asks for a token"),
        (404, SpecError, "Correct the url"),
        (400, SpecError, "docs/scorers.md"),
    ],
)
def test_preflight_raises_what_a_refusal_means(server, status, error, way_out):
    server.status = status
    with pytest.raises(error, match=way_out):
        http_at(server).preflight()


def test_preflight_of_an_address_where_nobody_is_names_it():
    with ScoreServer() as server:
        pass
    with pytest.raises(
        MachineError, match=rf"The scorer 'default' at {server.url} gave no answer .no connection"
    ):
        http_at(server).preflight()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"url": None}, "has no scorer to ask"),
        ({"url": "localhost:8000"}, "url is 'localhost:8000'"),
        ({"url": "http://me:pw@host/"}, "token_env='NAME'"),
        ({"url": "http://host:port/"}, "url is"),
        ({"scorer": ""}, "scorer is ''"),
        ({"batch": 0}, "batch is 0; it must be a whole number from 1"),
        ({"timeout_s": 0}, "timeout_s is 0"),
        ({"retries": 1.5}, "retries is 1.5"),
        ({"range": (1, 1)}, r"range=\(1, 1\)"),
        ({"range": "ab"}, "range='ab'"),
        ({"sends": ["task_id"]}, "it may hold image, prompt, program, completion, canvas"),
        ({"sends": []}, "tells the scorer nothing"),
        ({"components": ["a", "a"]}, "give different names"),
        ({"text": "hide"}, "text='hide'"),
        ({"cache": 3}, "'http': cache is 3"),
        ({"transport": object()}, "async def post"),
    ],
)
def test_what_cannot_be_is_one_sentence_when_it_is_made(wrong, sentence):
    with pytest.raises(SpecError, match=sentence) as raised:
        Http(**{"url": "http://localhost:8000/score"} | wrong)
    assert "\n" not in str(raised.value)


def test_it_is_made_from_a_spec_and_mixes_with_others(server):
    spec = f"gated(0.5*coverage + 0.5*http(url='{server.url}', text='keep', cache=False), gate=renders)"
    score, failed = rewards.make(spec)([sheet(200), sheet(1, status="program_error")])
    assert score.value > failed.value == 0.0
    assert rewards.make(rewards.describe(spec)["spec"]).version == rewards.make(spec).version


def test_letters_are_blurred_before_the_scorer_looks(server):
    box = rewards.Finding("text", "letters", 0.1, (2, 2, 10, 10))
    sample = sheet(200)
    striped = sample.rendering.image.copy()
    striped[::2] = 255
    rendering = rewards.Rendering("ok", image=striped, findings=(box,), evidence=frozenset({"image", "text"}))
    lettered = rewards.Sample(sample.task, "", "", rendering, "g")
    for text in ("keep", "blur"):
        http_at(server, text=text)([lettered])
    kept, blurred = (item["image"] for item in server.items)
    assert kept != blurred


def test_a_scorer_in_this_process_is_asked_without_an_address():
    class Here:
        version = "1"

        async def post(self, body):
            return json.dumps({"scores": [0.25] * len(json.loads(body)["items"])}).encode()

    class Down(Here):
        async def post(self, body):
            raise MachineError("the GPU is full")

    assert values(Http(transport=Here(), text="keep")(sheets(3))) == [0.25] * 3
    scores = Http(transport=Down(), text="keep", retries=1)(sheets(3))
    assert values(scores) == [None] * 3
    assert scores[0].reason == "the scorer gave no answer: the GPU is full"
