"""A page on which people rate paintings, opened by a token; only this machine reaches it unless you say so."""

from __future__ import annotations

import errno
import hmac
import ipaddress
import json
import logging
import secrets
import socket
import sqlite3
import sys
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote

from codepaint_env.pool.rating_session import RatingSession
from codepaint_env.reports.html_file import make_html
from rewards.errors import SpecError

log = logging.getLogger("codepaint")

LARGEST = 20_000  # bytes of a request's body
SILENT_S = 60  # a connection that says nothing for so long is closed
_TYPES = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_STRANGER = "Open the address that the command printed; it ends in a token."


class RateServer(ThreadingHTTPServer):
    """Serves the page at `url`; whoever has not opened that address gets nothing.

    Args:
        session: What is rated. No file but its pictures is served.
        host: Name or address of this machine at which it listens; `0.0.0.0` for all of them.
        port: 0 takes a free one.

    Raises:
        SpecError: It cannot listen there; the sentence gives the way out.
    """

    daemon_threads = True

    def __init__(self, session: RatingSession, *, host: str = "127.0.0.1", port: int = 0) -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        try:
            super().__init__((host, port), _Handler)
        except (OSError, UnicodeError) as error:  # a name that no machine can have
            raise SpecError(_why(error, host, port)) from None
        self.session = session
        self.token = secrets.token_urlsafe(24)
        found = ipaddress.ip_address(str(self.server_address[0]))
        self.is_local = found.is_loopback
        name = _own_address() if found.is_unspecified else str(found)
        self.address = f"[{name}]:{self.server_port}" if ":" in name else f"{name}:{self.server_port}"
        self.cookie = f"codepaint-{self.server_port}"

    @property
    def url(self) -> str:
        """The address to open."""
        return f"http://{self.address}/?token={self.token}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Keeps what went wrong for the log; a browser that goes away in the middle is nothing to tell."""
        gone = isinstance(sys.exc_info()[1], ConnectionError | TimeoutError)
        log.log(logging.DEBUG if gone else logging.ERROR, "A request was not answered.", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: RateServer
    timeout = SILENT_S

    def do_GET(self) -> None:
        path, _, text = self.path.partition("?")
        query = {name: values[0] for name, values in parse_qs(text).items()}
        session = self.server.session
        if path == "/" and self._is_token(query.get("token", "")):
            cookie = f"{self.server.cookie}={self.server.token}; HttpOnly; SameSite=Strict; Path=/"
            self._answer(HTTPStatus.SEE_OTHER, b"", "text/plain", {"Set-Cookie": cookie, "Location": "/"})
        elif not self._is_known():
            self._refuse(HTTPStatus.FORBIDDEN, _STRANGER)
        elif path == "/":
            html = make_html("rate", "img-src 'self' data:; connect-src 'self'", {"title": "Rate paintings"})
            self._answer(HTTPStatus.OK, html.encode(), "text/html; charset=utf-8")
        elif path.startswith("/picture/"):
            self._picture(unquote(path.removeprefix("/picture/")))
        elif path in ("/state", "/pair"):
            self._try(lambda: self._told((session.state if path == "/state" else session.pair)(query)))
        elif path == "/export":
            self._try(lambda: self._file(*session.table(query)))
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def do_POST(self) -> None:
        what = self.path.removeprefix("/")
        own = f"http://{self.headers.get('Host', '')}"
        length = self.headers.get("Content-Length", "")
        if not self._is_known() or self.headers.get("Origin", own) != own:
            self._refuse(HTTPStatus.FORBIDDEN, _STRANGER)
        elif what not in ("rate", "prefer", "skip", "undo"):
            self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")
        elif not length.isdecimal() or len(length) > len(str(LARGEST)) or int(length) > LARGEST:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body is larger than {LARGEST} bytes.")
        else:
            try:
                said = json.loads(self.rfile.read(int(length)))
            except (ValueError, RecursionError):
                said = None
            if isinstance(said, dict):
                self._try(lambda: self._told(self.server.session.take(what, said)))
            else:
                self._refuse(HTTPStatus.BAD_REQUEST, "The body is no JSON object.")

    def _is_token(self, text: str) -> bool:
        return hmac.compare_digest(text.encode(), self.server.token.encode())

    def _is_known(self) -> bool:
        """Tells whether the page asks: by its cookie, and on this machine under the address that it was opened at."""
        try:
            cookie = SimpleCookie(self.headers.get("Cookie", "")).get(self.server.cookie)
        except CookieError:
            return False
        here = not self.server.is_local or self.headers.get("Host") == self.server.address
        return here and cookie is not None and self._is_token(cookie.value)

    def _picture(self, id: str) -> None:
        work = self.server.session.works.get(id)
        if work is None:
            self._refuse(HTTPStatus.NOT_FOUND, f"There is no painting {id!r} here.")
            return
        try:
            content = work.picture.read_bytes()
        except OSError as error:
            self._refuse(HTTPStatus.NOT_FOUND, f"{work.picture.name}: {error.strerror}.")
            return
        self._answer(HTTPStatus.OK, content, _TYPES.get(work.picture.suffix, "application/octet-stream"))

    def _try(self, answer: Callable[[], None]) -> None:
        try:
            answer()
        except SpecError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))
        except sqlite3.Error as error:  # a full disk, a file that may not be written
            name = self.server.session.ratings.file.name
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, f"Nothing was saved: {name}: {error}.")

    def _told(self, told: Mapping[str, Any]) -> None:
        self._answer(HTTPStatus.OK, json.dumps(told).encode(), "application/json")

    def _file(self, name: str, content: bytes) -> None:
        kind = "text/csv; charset=utf-8" if name.endswith(".csv") else "application/jsonl"
        self._answer(HTTPStatus.OK, content, kind, {"Content-Disposition": f'attachment; filename="{name}"'})

    def _refuse(self, status: HTTPStatus, text: str) -> None:
        self._answer(status, text.encode("utf-8", "backslashreplace"), "text/plain; charset=utf-8")

    def _answer(
        self, status: HTTPStatus, content: bytes, kind: str, more: Mapping[str, str] | None = None
    ) -> None:
        headers = {"Content-Type": kind, "Content-Length": str(len(content)), "Cache-Control": "no-store"}
        headers |= {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
        self.send_response(status)
        for name, value in (headers | dict(more or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what a rater does is kept, not told."""


def _why(error: OSError | UnicodeError, host: str, port: int) -> str:
    """Returns why nothing can listen at an address, with the way out."""
    if isinstance(error, UnicodeError | socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host!r} is no address of this machine; take 127.0.0.1, or 0.0.0.0 for all that it has."
    reasons = {
        errno.EADDRINUSE: "is taken by another program",
        errno.EACCES: "is for the system's own programs",
    }
    return (
        f"Port {port} of {host} {reasons.get(error.errno or 0, f'cannot be had ({error.strerror})')}; choose another "
        "with --port, or leave it out for a free one."
    )


def _own_address() -> str:
    """Returns the address by which others reach this machine, or its name where there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent; the system says from where it would be
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])
