"""OpenEnv's application stands under `/openenv`: started and ended with the server, and behind its token."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from codepaint_env.serve.access import Access
from codepaint_env.serve.sessions import Sessions
from serving import ask, serving


def stand_in(told):
    @asynccontextmanager
    async def lifespan(application):
        told.append("began")
        yield
        told.append("ended")

    async def reset(request):
        return PlainTextResponse(request.url.path)

    return Starlette(routes=[Route("/reset", reset, methods=["POST"])], lifespan=lifespan)


def test_it_is_started_answers_and_is_ended(monkeypatch):
    told = []
    with serving(openenv=stand_in(told)) as server:
        assert ask(server, "/openenv/reset", {}).body == b"/openenv/reset"
        assert told == ["began"]
    assert told == ["began", "ended"]
    monkeypatch.setenv("CODEPAINT_TOKEN", "rosebud")
    with serving(openenv=stand_in(told)) as server:
        assert ask(server, "/openenv/reset", {}).status == 401


def test_the_end_waits_for_a_step_that_is_being_answered():
    began = threading.Event()

    async def step(request):
        began.set()
        await asyncio.sleep(0.5)
        return PlainTextResponse("painted")

    with ThreadPoolExecutor(1) as pool:
        with serving(openenv=Starlette(routes=[Route("/step", step, methods=["POST"])])) as server:
            answer = pool.submit(ask, server, "/openenv/step", {})
            assert began.wait(20)
        assert answer.result(20).body == b"painted"


def test_a_session_is_busy_from_a_message_until_it_listens_for_the_next():
    seen = []

    async def application(scope, receive, send):
        for _ in range(3):
            await receive()
            seen.append(sessions.busy)
        raise RuntimeError("it breaks in the middle of the third")

    async def receive():
        seen.append(-sessions.busy)
        return {"type": "websocket.receive", "text": "step"}

    async def send(message):
        raise AssertionError

    sessions = Sessions(application)
    with pytest.raises(RuntimeError):
        asyncio.run(sessions({"type": "websocket"}, receive, send))
    assert seen == [0, 1, 0, 1, 0, 1]
    assert sessions.busy == 0


def test_a_session_without_the_token_is_closed_before_it_begins():
    async def application(scope, receive, send):
        await send({"type": "websocket.accept"})

    def spoken(headers):
        said = []

        async def receive():
            return {"type": "websocket.connect"}

        async def send(message):
            said.append(message["type"])

        scope = {"type": "websocket", "path": "/openenv/ws", "headers": headers}
        asyncio.run(Access(application, "rosebud")(scope, receive, send))
        return said

    assert spoken([]) == ["websocket.close"]
    assert spoken([(b"authorization", b"Bearer rosebud")]) == ["websocket.accept"]
