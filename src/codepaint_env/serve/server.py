"""The server itself: one process with one fleet for everybody who can reach it."""

from __future__ import annotations

import os
import socket

from starlette.applications import Starlette

from codepaint_env.render.remote.addresses import read_token
from codepaint_env.serve.application import application
from codepaint_env.serve.painting import Painting
from codepaint_env.serve.scoring import Scoring
from codepaint_env.serve.service import Bounds, Service
from codepaint_env.serve.sessions import Sessions
from codepaint_env.web.address import is_local, listen, reached_at
from codepaint_env.web.server import WebServer


class PaintServer:
    """Draws and scores at an address.

    The token is read from `CODEPAINT_TOKEN` and kept by nothing that is logged.

    Args:
        painting: Draws; its fleets end with the server.
        scoring: Scores; None where the server only draws.
        bounds: Of each request.
        host: Where to listen; `0.0.0.0` for all addresses of this machine.
        port: 0 takes a free one.
        openenv: OpenEnv's application, to stand under `/openenv`.

    Raises:
        SpecError: It cannot listen there, or the token is none.
    """

    def __init__(
        self,
        painting: Painting,
        scoring: Scoring | None = None,
        bounds: Bounds = Bounds(),  # noqa: B008 (frozen)
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        openenv: Starlette | None = None,
    ) -> None:
        token = read_token(os.environ)
        self._painting = painting
        listener: socket.socket = listen(host, port)
        self.port: int = listener.getsockname()[1]
        self.url = f"http://{reached_at(listener)}"
        self.is_open = not token and not is_local(listener)
        sessions = None if openenv is None else Sessions(openenv)
        service = Service(painting, scoring, bounds, sessions)
        self._server = WebServer(application(service, token, sessions), listener, drain=service.drain)

    def run(self) -> None:
        """Serves until `stop`, SIGINT or SIGTERM; then finishes what runs and ends every process. Blocks."""
        try:
            self._server.run()
        finally:
            self._painting.close()

    def stop(self) -> None:
        """Begins to end, from any thread; returns at once."""
        self._server.stop()
