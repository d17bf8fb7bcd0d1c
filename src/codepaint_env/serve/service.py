"""What the server does for each request; `application` says at which address."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from msgspec import structs
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from codepaint_env.evaluate import apaint
from codepaint_env.render.codec import from_json
from codepaint_env.render.remote.wire import ABOUT, BINARY, DRAW, TURN, DrawRequest
from codepaint_env.render.renderer import Renderer
from codepaint_env.serve.answers import Refusal, as_json, not_now, packed, told, written
from codepaint_env.serve.attendance import GONE, attended, deadline_of
from codepaint_env.serve.gate import Gate
from codepaint_env.serve.metrics import Metrics
from codepaint_env.serve.painting import Painting
from codepaint_env.serve.requests import ScoreRequest, read_columns, read_renders
from codepaint_env.serve.scoring import AT_ONCE, LINE, Scoring
from codepaint_env.serve.sessions import Sessions
from codepaint_env.web.body import TooLarge, read_body
from rewards.errors import CodepaintError, MachineError
from rewards.types import Rendering

T = TypeVar("T")

RENDER, SCORE, GET_REWARD = "/v1/render", "/v1/score", "/get_reward"
ROUTES = (RENDER, DRAW, ABOUT, SCORE, GET_REWARD, "/healthz", "/readyz", "/metrics")

_ENDING = "The server is ending; ask another one, or come again."
_POLL_S = 0.02


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a request may take.

    Attributes:
        queue: Programs that may wait besides those that are being drawn; None takes four for each worker.
        deadline_s: Seconds until an answer.
        body_mb: Megabytes of a request.
        grace_s: Seconds in which the end waits for what is being answered.
    """

    queue: int | None = None
    deadline_s: float = 300.0
    body_mb: float = 16.0
    grace_s: float = 30.0


class Service:
    """Draws and scores; lives on one event loop.

    Args:
        painting: Draws.
        scoring: Scores; None where the server only draws.
        bounds: Of each request.
        sessions: Of OpenEnv; the end waits for them, too.
    """

    def __init__(
        self, painting: Painting, scoring: Scoring | None, bounds: Bounds, sessions: Sessions | None = None
    ) -> None:
        self._painting, self._scoring, self._bounds = painting, scoring, bounds
        self._sessions = sessions
        self._queue = 4 * painting.workers if bounds.queue is None else bounds.queue
        self._drawn = Gate(painting.workers, self._queue)
        self._scored = Gate(AT_ONCE, LINE)
        self._body_bytes = int(bounds.body_mb * 1_000_000)
        self._ending = False
        self._why_not_ready = "The server is starting."
        self._starting = asyncio.Lock()
        self.metrics = Metrics(ROUTES, self._standing, painting.counters)

    async def draw(self, request: Request) -> Response:
        """Draws a job of a remote renderer."""
        asked = from_json(await self._body(request), DrawRequest)
        renderer = self._painting.renderer(asked.path)
        job = asked.job()
        [rendering] = await self._within(request, self._drawn, lambda: renderer.arender([job]))
        self._check(rendering)
        return await self._packed(renderer, rendering, request)

    async def render(self, request: Request) -> Response:
        """Draws programs or completions, one or a list."""
        asked, many = read_renders(await self._body(request))
        binary = BINARY in request.headers.get("accept", "")
        if many and binary:
            raise Refusal(406, f"{BINARY} holds one picture; ask for one at a time, or for JSON.")
        if len(asked) > self._drawn.room:
            raise Refusal(
                422, f"There are {len(asked)} programs; this server takes {self._drawn.room} at once."
            )
        canvas = self._painting.canvas

        async def one(place: int) -> tuple[Renderer, Rendering]:
            each = asked[place]
            task = None if each.task is None else each.task.task(canvas.name)
            renderer = self._painting.renderer(each.path or self._painting.first_path)
            seed = each.seed_for(task)
            [painted] = await apaint(
                canvas, renderer, [each.completion], [seed], tasks=[task], stages=frozenset(each.stages)
            )
            return renderer, painted.rendering

        async def every() -> list[tuple[Renderer, Rendering]]:
            return await asyncio.gather(*map(one, range(len(asked))))

        found = await self._within(request, self._drawn, every, len(asked))
        for _, rendering in found:
            self._check(rendering)
        if binary:
            return await self._packed(*found[0], request)
        answers = await asyncio.to_thread(lambda: [as_json(rendering) for _, rendering in found])
        return told(answers if many else answers[0])

    async def about(self, request: Request) -> Response:
        """Says what this server draws and, with `path`, with what."""
        record = self._painting.about(self._queue, None if self._scoring is None else self._scoring.name)
        path = request.query_params.get("path")
        if path is not None:
            renderer = self._painting.renderer(path)
            setup = await renderer.aidentity()
            walls = await renderer.adescribe() if "walls" in request.query_params else None
            del setup["path"]
            record = structs.replace(record, setup=setup, walls=walls)
        return written(record)

    async def score(self, request: Request) -> Response:
        """Scores completions of some tasks."""
        scoring = self._judge()
        asked = from_json(await self._body(request), ScoreRequest)
        scores = await self._within(request, self._scored, lambda: scoring.scores(asked))
        return told({"scores": scores})

    async def get_reward(self, request: Request) -> Response:
        """Scores what OpenRLHF posts to `--reward.remote_url`; to GET it says that it is there."""
        if request.method == "GET":
            return told({"status": "ok"})
        scoring = self._judge()
        columns = read_columns(await self._body(request))
        return told(await self._within(request, self._scored, lambda: scoring.rewards(columns)))

    async def healthz(self, request: Request) -> Response:
        """Says that the process answers."""
        return told({"status": "ok"})

    async def readyz(self, request: Request) -> Response:
        """Says whether programs would be drawn."""
        if not self._ending and self._why_not_ready and not self._starting.locked():
            await self.start()
        why = _ENDING if self._ending else self._why_not_ready
        if why:
            raise not_now(why)
        return told({"status": "ready"})

    async def metrics_text(self, request: Request) -> Response:
        """Tells Prometheus what was counted."""
        return await asyncio.to_thread(self.metrics.response)

    async def start(self) -> None:
        """Starts what draws; `readyz` says what is missing."""
        async with self._starting:
            renderer = self._painting.renderer(self._painting.first_path)
            try:
                await renderer.adescribe()
            except CodepaintError as error:
                self._why_not_ready = str(error)
            else:
                self._why_not_ready = ""

    async def drain(self) -> None:
        """Takes no more work, and waits until what runs is done or the time for it is over."""
        self._ending = True
        until = time.monotonic() + self._bounds.grace_s
        while self._is_busy() and time.monotonic() < until:
            await asyncio.sleep(_POLL_S)

    def _is_busy(self) -> bool:
        sessions = 0 if self._sessions is None else self._sessions.busy
        return self._drawn.inside + self._scored.inside + sessions > 0

    async def _body(self, request: Request) -> bytes:
        if self._ending:
            raise not_now(_ENDING)
        try:
            return await read_body(request, self._body_bytes)
        except TooLarge:
            most = f"{self._bounds.body_mb:g} MB"
            sentence = (
                f"The request is longer than {most}; send less, or start the server with more --max-body."
            )
            raise Refusal(413, sentence, {"Connection": "close"}) from None
        except TimeoutError:
            raise Refusal(408, "The request did not arrive in time.", {"Connection": "close"}) from None
        except ClientDisconnect:
            raise Refusal(GONE, "Whoever asked is gone.") from None

    async def _within(
        self, request: Request, gate: Gate, work: Callable[[], Coroutine[Any, Any, T]], count: int = 1
    ) -> T:
        """Does some work behind a gate, as long as there is time and somebody waits for it."""
        seconds = deadline_of(request, self._bounds.deadline_s)
        turn = request.headers.get(TURN, "")
        with gate.entered(count, int(turn) if turn.isdecimal() and len(turn) < 16 else None):
            return await attended(request, work(), seconds)

    def _judge(self) -> Scoring:
        if self._scoring is None:
            raise Refusal(404, "This server only draws; start it with --reward to let it score.")
        return self._scoring

    def _check(self, rendering: Rendering) -> None:
        self.metrics.count(rendering.status)
        if rendering.status == "machine_error":
            raise MachineError(rendering.message or rendering.kind)

    async def _packed(self, renderer: Renderer, rendering: Rendering, request: Request) -> Response:
        timings = dict(renderer.timings.get(rendering.identity, {}))
        return await packed(rendering, timings, request)

    def _standing(self) -> dict[str, float]:
        return {
            "workers": self._painting.workers,
            "room": self._drawn.room,
            "drawing_or_waiting": self._drawn.inside,
            "scoring_or_waiting": self._scored.inside,
            "service_seconds": self._drawn.service_s,
            "ending": float(self._ending),
        }
