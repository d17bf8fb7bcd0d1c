"""A page on which people rate paintings, opened by a token; only this machine reaches it unless you say so."""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from codepaint_env.pool.rating_session import RatingSession
from codepaint_env.reports.html_file import make_html
from codepaint_env.web.address import is_local, listen, reached_at
from codepaint_env.web.body import TooLarge, read_body
from codepaint_env.web.server import WebServer
from rewards.errors import SpecError

LARGEST = 20_000  # bytes of a request's body
_TYPES = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_STRANGER = "Open the address that the command printed; it ends in a token."
_KEPT_QUIET = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class RateServer:
    """Serves the page at `url`; whoever has not opened that address gets nothing.

    Args:
        session: What is rated. No file but its pictures is served.
        host: Name or address of this machine at which it listens; `0.0.0.0` for all of them.
        port: 0 takes a free one.

    Raises:
        SpecError: It cannot listen there; the sentence gives the way out.
    """

    def __init__(self, session: RatingSession, *, host: str = "127.0.0.1", port: int = 0) -> None:
        listener = listen(host, port)
        self.session = session
        self.token = secrets.token_urlsafe(24)
        self.is_local = is_local(listener)
        self.address = reached_at(listener)
        self.port: int = listener.getsockname()[1]
        self.cookie = f"codepaint-{self.port}"
        everything = Route("/{path:path}", self._answered, methods=["GET", "POST"])
        # What a rater does is kept, not told.
        self._server = WebServer(Starlette(routes=[everything]), listener, log_level="critical")

    @property
    def url(self) -> str:
        """The address to open."""
        return f"http://{self.address}/?token={self.token}"

    def run(self) -> None:
        """Serves until `stop`, Ctrl-C or SIGTERM; blocks."""
        self._server.run()

    def stop(self) -> None:
        """Begins to end, from any thread; returns at once."""
        self._server.stop()

    async def _answered(self, request: Request) -> Response:
        if request.method == "POST":
            return await self._posted(request)
        return await asyncio.to_thread(self._got, request)

    def _got(self, request: Request) -> Response:
        path, session = request.scope["path"], self.session
        query = dict(reversed(request.query_params.multi_items()))  # the first of a name counts
        if path == "/" and self._is_token(query.get("token", "")):
            cookie = f"{self.cookie}={self.token}; HttpOnly; SameSite=Strict; Path=/"
            return _answer(HTTPStatus.SEE_OTHER, b"", "text/plain", {"Set-Cookie": cookie, "Location": "/"})
        if not self._is_known(request):
            return _refuse(HTTPStatus.FORBIDDEN, _STRANGER)
        if path == "/":
            html = make_html("rate", "img-src 'self' data:; connect-src 'self'", {"title": "Rate paintings"})
            return _answer(HTTPStatus.OK, html.encode(), "text/html; charset=utf-8")
        if path.startswith("/picture/"):
            return self._picture(path.removeprefix("/picture/"))
        if path in ("/state", "/pair"):
            return self._tried(lambda: _told((session.state if path == "/state" else session.pair)(query)))
        if path == "/export":
            return self._tried(lambda: _file(*session.table(query)))
        return _refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")

    async def _posted(self, request: Request) -> Response:
        what = request.scope["path"].removeprefix("/")
        own = f"http://{request.headers.get('host', '')}"
        if not self._is_known(request) or request.headers.get("origin", own) != own:
            return _refuse(HTTPStatus.FORBIDDEN, _STRANGER)
        if what not in ("rate", "prefer", "skip", "undo"):
            return _refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")
        try:
            said = json.loads(await read_body(request, LARGEST))
        except TooLarge:
            text = f"The body is larger than {LARGEST} bytes."
            return _refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, text, {"Connection": "close"})
        except TimeoutError:
            return _refuse(HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive.", {"Connection": "close"})
        except (ValueError, RecursionError, ClientDisconnect):
            said = None
        if not isinstance(said, dict):
            return _refuse(HTTPStatus.BAD_REQUEST, "The body is no JSON object.")
        take = self.session.take
        return await asyncio.to_thread(self._tried, lambda: _told(take(what, said)))

    def _is_token(self, text: str) -> bool:
        return hmac.compare_digest(text.encode("utf-8", "surrogatepass"), self.token.encode())

    def _is_known(self, request: Request) -> bool:
        """Tells whether the page asks: by its cookie, and on this machine under the address that it was opened at."""
        here = not self.is_local or request.headers.get("host") == self.address
        return here and self._is_token(request.cookies.get(self.cookie, ""))

    def _picture(self, id: str) -> Response:
        work = self.session.works.get(id)
        if work is None:
            return _refuse(HTTPStatus.NOT_FOUND, f"There is no painting {id!r} here.")
        try:
            content = work.picture.read_bytes()
        except OSError as error:
            return _refuse(HTTPStatus.NOT_FOUND, f"{work.picture.name}: {error.strerror}.")
        return _answer(HTTPStatus.OK, content, _TYPES.get(work.picture.suffix, "application/octet-stream"))

    def _tried(self, answer: Callable[[], Response]) -> Response:
        try:
            return answer()
        except SpecError as error:
            return _refuse(HTTPStatus.BAD_REQUEST, str(error))
        except sqlite3.Error as error:  # a full disk, a file that may not be written
            name = self.session.ratings.file.name
            return _refuse(HTTPStatus.INTERNAL_SERVER_ERROR, f"Nothing was saved: {name}: {error}.")


def _told(told: Mapping[str, Any]) -> Response:
    return _answer(HTTPStatus.OK, json.dumps(told).encode(), "application/json")


def _file(name: str, content: bytes) -> Response:
    kind = "text/csv; charset=utf-8" if name.endswith(".csv") else "application/jsonl"
    return _answer(HTTPStatus.OK, content, kind, {"Content-Disposition": f'attachment; filename="{name}"'})


def _refuse(status: HTTPStatus, text: str, more: Mapping[str, str] | None = None) -> Response:
    return _answer(status, text.encode("utf-8", "backslashreplace"), "text/plain; charset=utf-8", more)


def _answer(status: HTTPStatus, content: bytes, kind: str, more: Mapping[str, str] | None = None) -> Response:
    return Response(content, status, {"Content-Type": kind, **_KEPT_QUIET, **(more or {})})
