"""The application of a server: its addresses, and what becomes of errors."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from codepaint_env.render.codec import CodecError
from codepaint_env.render.remote.wire import ABOUT, DRAW
from codepaint_env.serve.access import Access
from codepaint_env.serve.answers import Refusal, busy
from codepaint_env.serve.gate import Full
from codepaint_env.serve.service import GET_REWARD, RENDER, SCORE, Service
from codepaint_env.serve.sessions import Sessions
from rewards.errors import CodepaintError, MachineError, MissingPart, SpecError

log = logging.getLogger("codepaint")

OPENENV = "/openenv"

Endpoint = Callable[[Request], Awaitable[Response]]


def application(service: Service, token: str, sessions: Sessions | None = None) -> ASGIApp:
    """Returns the application.

    Args:
        service: Answers.
        token: Is asked for; `""` for none.
        sessions: OpenEnv's own application, which stands under `/openenv`.
    """

    @asynccontextmanager
    async def lifespan(made: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if sessions is not None:
                await stack.enter_async_context(sessions.lifespan())
            starting = asyncio.create_task(service.start())
            yield
            starting.cancel()
            with suppress(asyncio.CancelledError):
                await starting

    routes: list[Route | Mount] = [
        Route(path, _answered(endpoint), methods=methods)
        for path, endpoint, methods in (
            (RENDER, service.render, ["POST"]),
            (DRAW, service.draw, ["POST"]),
            (ABOUT, service.about, ["GET"]),
            (SCORE, service.score, ["POST"]),
            (GET_REWARD, service.get_reward, ["GET", "POST"]),
            ("/healthz", service.healthz, ["GET"]),
            ("/readyz", service.readyz, ["GET"]),
            ("/metrics", service.metrics_text, ["GET"]),
        )
    ]
    if sessions is not None:
        routes.append(Mount(OPENENV, sessions))
    made = Starlette(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: _refused})
    return service.metrics.around(Access(made, token))


def _answered(endpoint: Endpoint) -> Endpoint:
    """Returns an endpoint that answers whatever happens, with one sentence where it is an error."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Exception as error:  # noqa: BLE001 (whatever a reward of the user's raises, the server goes on)
            return _refusal(error).response()

    return answer


def _refusal(error: Exception) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, Full):
        return busy(str(error), error.wait_s, error.turn)
    if isinstance(error, SpecError | CodecError):
        return Refusal(422, str(error))
    if isinstance(error, MissingPart):
        return Refusal(501, str(error))
    if isinstance(error, CodepaintError):
        status = 503 if isinstance(error, MachineError) else 500
        log.warning("Answered %d: %s", status, error)
        return Refusal(status, str(error))
    log.error("A request was not answered.", exc_info=error)
    return Refusal(500, f"{type(error).__name__}: {error}")


async def _refused(request: Request, error: Exception) -> Response:
    """Answers what no route takes."""
    assert isinstance(error, HTTPException)
    sentences = {
        404: f"There is nothing at {request.scope['path']!r}.",
        405: f"{request.method} is not for this address.",
    }
    return Refusal(
        error.status_code, sentences.get(error.status_code, error.detail), error.headers
    ).response()
