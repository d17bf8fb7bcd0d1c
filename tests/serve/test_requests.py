"""What a server answers: pictures and scores, and one sentence where a request is wrong; nothing stops it."""

from __future__ import annotations

import base64
import http.client
import io
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image

from codepaint_env.render.backend import Job
from codepaint_env.render.codec import unpack
from codepaint_env.render.renderer import Renderer
from codepaint_env.serve.service import Bounds
from codepaint_env.web import body as body_module
from codepaint_env.web import impatient_protocol
from live_processes import until
from serving import Slow, ask, job, serving
from toy_canvas import Toy

BINARY = {"Accept": "application/octet-stream"}


@pytest.fixture(scope="module")
def server():
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def local():
    renderer = Renderer(Slow(), cache=0)
    yield renderer
    renderer.close()


def test_a_picture_comes_as_json_or_as_bytes_and_is_the_same(server, local):
    [expected] = local.render([Job("rose", 1)])
    told = ask(server, "/v1/render", {"completion": "```\nrose\n```"}).json
    assert (told["status"], told["identity"]) == ("ok", expected.identity)
    image = np.asarray(Image.open(io.BytesIO(base64.b64decode(told["image"]))))
    assert np.array_equal(image, expected.image)
    answer = ask(server, "/v1/render", {"completion": "rose"}, BINARY)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert np.array_equal(unpack(answer.body).image, expected.image)


def test_a_list_is_answered_with_a_list_in_its_order(server):
    said = [{"completion": text} for text in ("rose", "", "x" * 99, "tulip")]
    told = ask(server, "/v1/render", said).json
    assert [each["kind"] for each in told] == ["", "no_program", "too_large", ""]
    assert [each["image"] is None for each in told] == [False, True, True, False]


def test_the_seed_is_that_of_the_task_unless_one_is_given(server):
    task = {"prompt": "a poppy", "id": "poppy"}
    plain, asked, given = ask(
        server,
        "/v1/render",
        [
            {"completion": "rose"},
            {"completion": "rose", "task": task},
            {"completion": "rose", "task": task, "seed": 1},
        ],
    ).json
    assert plain["identity"] == given["identity"] != asked["identity"]


def test_a_job_is_answered_with_its_timings(server):
    answer = ask(server, "/v1/draw", job())
    assert unpack(answer.body).ok
    assert answer.headers["server-timing"] == "queue;dur=250.000, draw;dur=500.000"


def test_pixels_are_stored_as_they_are_for_this_machine(server):
    assert len(ask(server, "/v1/draw", job()).body) > 256 * 256 * 3


def test_it_says_what_it_draws_and_with_what(server):
    told = ask(server, "/v1/about").json
    assert (told["canvas"], told["workers"], told["queue"], told["setup"]) == ("toy", 2, 8, None)
    assert told["paths"] == {"blocks": {"limits": {"cpu_s": 5.0}, "options": {}}}
    told = ask(server, "/v1/about?path=blocks&walls=1").json
    assert (told["setup"], told["walls"]["confined"]) == ({"blocks": "1"}, "nothing")


@pytest.mark.parametrize(
    ("path", "body", "status", "problem"),
    [
        ("/v1/draw", b"", 422, "This is not JSON"),
        ("/v1/draw", b"not json", 422, "This is not JSON"),
        ("/v1/draw", b"\xff\xfe", 422, "This is not JSON"),
        ("/v1/draw", b"[" * 100_000, 422, "nested too deeply"),
        ("/v1/draw", b'{"seed": NaN}', 422, "it holds NaN, which is no number"),
        ("/v1/draw", b'{"seed": ' + b"9" * 9_000 + b"}", 422, "This is not JSON"),
        ("/v1/draw", [], 422, "DrawRequest"),
        ("/v1/draw", {}, 422, "missing required field `path`"),
        ("/v1/draw", job(colour="red"), 422, "unknown field `colour`"),
        ("/v1/draw", job(program=3), 422, "program: Expected `str`, got `int`"),
        ("/v1/draw", job(seed=-1), 422, "seed: Expected `int` >= 0"),
        ("/v1/draw", job(seed=2**32), 422, "seed: Expected `int`"),
        ("/v1/draw", job(seed="1"), 422, "seed: Expected `int`, got `str`"),
        ("/v1/draw", job(seed=1e999), 422, "Infinity, which is no number"),
        ("/v1/draw", job(path="page"), 422, "There is no path 'page' here; the canvas toy has 'blocks'"),
        ("/v1/draw", job(stages=["text"]), 422, "The stage 'text' cannot be asked for"),
        ("/v1/draw", job(task={"id": "a"}), 422, "missing required field `prompt`"),
        (
            "/v1/draw",
            job(task={"id": "a", "prompt": "b", "canvas": "toy", "reference": "/etc/passwd"}),
            422,
            "unknown field `reference`",
        ),
        ("/v1/draw", job(program="die"), 503, "the worker died"),
        ("/v1/draw", job(program="fail"), 500, "RuntimeError: a mistake of ours"),
        ("/v1/render", {"completion": "rose", "spec": "dino"}, 422, "unknown field `spec`"),
        ("/v1/render", {"completion": "rose", "task": {"prompt": " "}}, 422, "the task has the prompt"),
        ("/v1/render", [{"completion": "rose"}] * 11, 422, "There are 11 programs; this server takes 10"),
        ("/v1/render", {"completion": "rose", "path": "page"}, 422, "There is no path 'page'"),
        ("/v1/score", {}, 404, "start it with --reward"),
        ("/get_reward", {}, 404, "start it with --reward"),
        ("/elsewhere", {}, 404, "There is nothing at '/elsewhere'"),
        ("/v1/about", {}, 405, "POST is not for this address"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence_and_the_server_goes_on(server, path, body, status, problem):
    answer = ask(server, path, body)
    assert (answer.status, problem in answer.error) == (status, True), answer.error
    assert ask(server, "/v1/draw", job()).status == 200


def test_a_list_as_bytes_and_a_deadline_that_is_none_are_refused(server):
    assert ask(server, "/v1/render", [{"completion": "rose"}], BINARY).status == 406
    for wish in ("soon", "0", "-1", "nan"):
        assert "it must be seconds" in ask(server, "/v1/draw", job(), {"codepaint-deadline-s": wish}).error


def test_lone_surrogates_are_a_program_error_as_they_are_here(server, local):
    [expected] = local.render([Job("\ud800", 1)])
    found = unpack(ask(server, "/v1/draw", job("\ud800")).body)
    assert (found.kind, found.identity) == (expected.kind, expected.identity)


def test_what_is_too_long_is_refused_before_it_is_read_and_while_it_is(monkeypatch):
    with serving(bounds=Bounds(body_mb=0.01)) as server:
        answer = ask(server, "/v1/draw", job("x" * 20_000))
        assert (answer.status, "longer than 0.01 MB" in answer.error) == (413, True)
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
            line.sendall(b"POST /v1/draw HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n")
            assert line.recv(100).startswith(b"HTTP/1.1 413")
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
            line.sendall(b"POST /v1/draw HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            line.sendall(b"2ee0\r\n" + b"x" * 12_000 + b"\r\n")
            assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_the_token_is_asked_for_but_for_health_and_readiness(monkeypatch):
    monkeypatch.setenv("CODEPAINT_TOKEN", "rosebud")
    with serving() as server:
        for headers in ({}, {"Authorization": "Bearer rose"}, {"Authorization": "Basic !"}):
            answer = ask(server, "/v1/draw", job(), headers)
            assert (answer.status, "asks for its token" in answer.error) == (401, True)
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert "rosebud" not in answer.error
        assert ask(server, "/metrics").status == 401
        assert ask(server, "/healthz").status == 200
        password = base64.b64encode(b"anybody:rosebud").decode()
        for header in ("Bearer rosebud", "bearer  rosebud", f"Basic {password}"):
            assert ask(server, "/v1/draw", job(), {"Authorization": header}).status == 200


def test_no_more_wait_than_the_queue_holds_and_the_others_are_told_when_to_come_again():
    with serving(bounds=Bounds(queue=2), workers=1) as server, ThreadPoolExecutor(9) as pool:
        begun = [pool.submit(ask, server, "/v1/draw", job(f"sleep 0.4\n{n}")) for n in range(3)]
        until(lambda: "waiting 3.0" in ask(server, "/metrics").body.decode(), "three are inside")
        refused = [ask(server, "/v1/draw", job(f"sleep 0.4\n{n}")) for n in range(3, 6)]
        assert {each.status for each in refused} == {429}
        assert all("no room now; come again in" in each.error for each in refused)
        waits = [int(each.headers["retry-after-ms"]) for each in refused]
        assert waits == sorted(waits)
        assert waits[0] < waits[-1]
        assert all(int(each.headers["retry-after"]) >= 1 for each in refused)
        assert [each.result().status for each in begun] == [200] * 3
        assert ask(server, "/v1/draw", job()).status == 200


def test_a_deadline_gives_up_and_frees_the_worker():
    with serving(bounds=Bounds(deadline_s=0.3), workers=1) as server:
        answer = ask(server, "/v1/draw", job("sleep 20"))
        assert (answer.status, "took longer than 0.3 s" in answer.error) == (504, True)
        assert ask(server, "/v1/draw", job()).status == 200
        early = ask(server, "/v1/draw", job("sleep 20"), {"codepaint-deadline-s": "0.05"})
        assert "took longer than 0.05 s" in early.error


def test_a_client_that_goes_away_frees_the_worker():
    canvas = Slow()
    with serving(canvas, workers=1, bounds=Bounds(queue=0)) as server:
        with pytest.raises(TimeoutError):
            ask(server, "/v1/draw", job("sleep 20"), timeout=0.3)
        assert canvas.drawn == ["sleep 20"]
        until(lambda: ask(server, "/v1/draw", job()).status == 200, "there is room again")


def test_a_head_that_is_too_long_or_none_is_refused(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 100_000)
        assert line.recv(100).startswith(b"HTTP/1.1 400")
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(b"\x00\x01 nonsense\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 400")
    assert ask(server, "/healthz").status == 200


def test_a_client_that_is_slow_is_not_waited_for(server, monkeypatch):
    monkeypatch.setattr(impatient_protocol, "HEAD_S", 0.2)
    monkeypatch.setattr(body_module, "SLOWEST_S", 0.2)
    for head in (b"", b"GET /healthz HTTP/1.1\r\nHos"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
            line.sendall(head)
            assert line.recv(100) == b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(b"POST /v1/draw HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        assert line.recv(100).startswith(b"HTTP/1.1 408")
        assert line.recv(1000) is not None
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(b"POST /v1/draw HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
    assert ask(server, "/healthz").status == 200


def test_a_request_that_takes_longer_than_a_head_may_is_not_cut_off(monkeypatch):
    monkeypatch.setattr(impatient_protocol, "HEAD_S", 0.1)
    with serving() as server:
        assert ask(server, "/v1/draw", job("sleep 0.4\nrose")).status == 200


def test_health_readiness_and_metrics_tell_how_it_stands(server):
    assert ask(server, "/healthz").json == {"status": "ok"}
    until(lambda: ask(server, "/readyz").status == 200, "it is ready")
    ask(server, "/v1/draw", job())
    told = ask(server, "/metrics").body.decode()
    assert 'codepaint_requests_total{route="/v1/draw",status="200"}' in told
    assert 'codepaint_pictures_total{status="ok"}' in told
    assert "codepaint_workers 2.0" in told
    assert "codepaint_renderer_cache_misses_total" in told
    assert 'codepaint_request_seconds_bucket{le="0.1",route="/v1/draw"}' in told


def test_a_canvas_that_does_not_start_is_not_ready_and_says_why():
    from codepaint_env.render.backend import BackendFactory
    from codepaint_env.render.limits import NoLimits
    from rewards.errors import MachineError
    from toy_canvas import Blocks

    class Down(Blocks):
        async def describe(self):
            raise MachineError("there is no paint")

    class Broken(Toy):
        def backends(self):
            return {"blocks": BackendFactory(lambda workers, limits, options: Down(), NoLimits)}

    with serving(Broken()) as server:
        until(lambda: "no paint" in ask(server, "/readyz").error, "it says why")
        answer = ask(server, "/readyz")
        assert (answer.status, answer.headers["retry-after"]) == (503, "1")
        assert ask(server, "/healthz").status == 200


def test_the_end_waits_for_what_is_drawn_and_takes_no_more():
    canvas = Slow()
    with serving(canvas, workers=1) as server, ThreadPoolExecutor(2) as pool:
        running = pool.submit(ask, server, "/v1/draw", job("sleep 0.6\nrose"))
        until(lambda: canvas.drawn, "it is being drawn")
        server.stop()
        until(lambda: ask(server, "/readyz").status == 503, "it is not ready")
        answer = ask(server, "/v1/draw", job())
        assert (answer.status, "is ending" in answer.error) == (503, True)
        assert "retry-after" in answer.headers
        assert ask(server, "/healthz").status == 200
        assert running.result().status == 200
    assert canvas.drawn == ["sleep 0.6\nrose"]


def test_the_end_does_not_wait_for_ever():
    canvas = Slow()
    with serving(canvas, Bounds(grace_s=0.1)) as server, ThreadPoolExecutor(1) as pool:
        cut_off = pool.submit(ask, server, "/v1/draw", job("sleep 60"))
        until(lambda: canvas.drawn, "it is being drawn")
        began = time.monotonic()
        server.stop()
        assert (
            isinstance(cut_off.exception(30), OSError | http.client.HTTPException)
            or cut_off.result().status > 499
        )
    assert time.monotonic() - began < 5


def test_a_rendering_is_drawn_once_however_many_ask():
    canvas = Slow()
    with serving(canvas, cache=8) as server, ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: ask(server, "/v1/draw", job("sleep 0.1\nrose")), range(6)))
        assert len({each.body for each in answers}) == 1
    assert len(canvas.drawn) == 1
