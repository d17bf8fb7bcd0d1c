"""OpenEnv's application stands under `/openenv`: started and ended with the server, and behind its token."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from codepaint_env.serve.access import Access
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
