"""A local page on which people rate paintings: bound to loopback, opened by a token."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import combinations
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from codepaint_env.pool.gallery import Work
from codepaint_env.pool.ratings import Preference, Ratings, agreement
from codepaint_env.reports.html_file import make_html
from rewards.errors import SpecError

LARGEST = 10_000  # bytes of a request's body
_TYPES = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


class RateServer(ThreadingHTTPServer):
    """Serves the page at `url`; whoever has not opened that address gets nothing.

    Args:
        works: What is rated, by id. No file but theirs is served.
        ratings: Where the ratings go.
        rater: The name that the page begins with.
        port: Of 127.0.0.1; 0 takes a free one.
    """

    daemon_threads = True

    def __init__(self, works: Mapping[str, Work], ratings: Ratings, rater: str = "", port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.works, self.ratings, self.rater = works, ratings, rater
        self.token = secrets.token_urlsafe(24)
        self.address = f"127.0.0.1:{self.server_address[1]}"
        self.cookie = f"codepaint-{self.server_address[1]}"

    @property
    def url(self) -> str:
        """The address to open."""
        return f"http://{self.address}/?token={self.token}"

    def chosen(self, query: Mapping[str, str]) -> list[str]:
        """Returns the ids of the works of a study and a hue, or all, in an order that a rater's name shuffles."""
        study, hue = query.get("study", ""), query.get("hue", "")
        ids = [work.id for work in self.works.values() if study in ("", work.study) and hue in ("", work.hue)]
        return sorted(ids, key=lambda id: hashlib.sha256(f"{query.get('rater', '')} {id}".encode()).digest())

    def state(self, query: Mapping[str, str]) -> dict[str, Any]:
        """Returns what the page shows beside the pictures."""
        names = self.ratings.raters()
        said = {name: self.ratings.of(name) for name in names}
        pairs = ((a, b, agreement(said[a], said[b])) for a, b in combinations(names, 2))
        return {
            "works": [
                {"id": id, "subject": self.works[id].subject, "prompt": self.works[id].prompt}
                for id in self.chosen(query)
            ],
            "ratings": said.get(query.get("rater", ""), {}),
            "rater": self.rater,
            "raters": names,
            "agreements": [{"raters": [a, b], **asdict(told)} for a, b, told in pairs if told is not None],
            "preferences": len(self.ratings.preferences(query.get("rater", ""))),
            "studies": sorted({work.study for work in self.works.values()} - {""}),
            "hues": sorted({work.hue for work in self.works.values()} - {""}),
        }

    def pair(self, query: Mapping[str, str]) -> dict[str, Any]:
        """Returns the next two works to choose from; how many were compared before decides which."""
        ids, rater = self.chosen(query), query.get("rater", "")
        if len(ids) < 2:
            raise SpecError("There are fewer than two paintings of this study and colour; choose others.")
        count = len(self.ratings.preferences(rater))
        left, right = random.Random(f"{rater} {count}").sample(ids, 2)
        told = {"left": left, "right": right, "count": count}
        return told | {"prompts": [self.works[left].prompt, self.works[right].prompt]}

    def take(self, what: str, said: Mapping[str, Any]) -> dict[str, Any]:
        """Writes down a rating or a preference, or takes the last one back."""
        rater = str(said.get("rater", ""))
        if what == "rate":
            self.ratings.rate(rater, self._known(said.get("id")), said.get("rating"))  # type: ignore[arg-type]
            return {}
        if what == "prefer":
            left, right = (self._known(said.get(side)) for side in ("left", "right"))
            self.ratings.prefer(rater, Preference(left, right, said.get("choice")))  # type: ignore[arg-type]
            return {}
        return {"id": self.ratings.undo(rater, what="preferences" if said.get("pairs") else "ratings")}

    def _known(self, id: object) -> str:
        if id not in self.works:
            raise SpecError(f"There is no painting {id!r} here.")
        return str(id)


class _Handler(BaseHTTPRequestHandler):
    server: RateServer

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/" and self._is_token(query.get("token", "")):
            cookie = f"{self.server.cookie}={self.server.token}; HttpOnly; SameSite=Strict; Path=/"
            self._answer(HTTPStatus.SEE_OTHER, b"", "text/plain", {"Set-Cookie": cookie, "Location": "/"})
        elif not self._is_known():
            self._refuse(
                HTTPStatus.FORBIDDEN, "Open the address that the command printed; it ends in a token."
            )
        elif asked.path == "/":
            html = make_html("rate", "img-src 'self'; connect-src 'self'", {"title": "Rate paintings"})
            self._answer(HTTPStatus.OK, html.encode(), "text/html; charset=utf-8")
        elif asked.path.startswith("/picture/"):
            self._picture(unquote(asked.path.removeprefix("/picture/")))
        elif asked.path in ("/state", "/pair"):
            self._try(self.server.state if asked.path == "/state" else self.server.pair, query)
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def do_POST(self) -> None:
        what = self.path.removeprefix("/")
        origin = self.headers.get("Origin", f"http://{self.server.address}")
        length = self.headers.get("Content-Length", "")
        if not self._is_known() or origin != f"http://{self.server.address}":
            self._refuse(
                HTTPStatus.FORBIDDEN, "Open the address that the command printed; it ends in a token."
            )
        elif what not in ("rate", "prefer", "undo"):
            self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")
        elif not length.isdecimal() or int(length) > LARGEST:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body is larger than {LARGEST} bytes.")
        else:
            try:
                said = json.loads(self.rfile.read(int(length)))
            except ValueError:
                said = None
            if isinstance(said, dict):
                self._try(lambda each: self.server.take(what, each), said)
            else:
                self._refuse(HTTPStatus.BAD_REQUEST, "The body is no JSON object.")

    def _is_token(self, text: str) -> bool:
        return hmac.compare_digest(text.encode(), self.server.token.encode())

    def _is_known(self) -> bool:
        """Tells whether the page asks: by its cookie, and under the address that it was opened at."""
        try:
            cookie = SimpleCookie(self.headers.get("Cookie", "")).get(self.server.cookie)
        except CookieError:
            return False
        here = self.headers.get("Host") == self.server.address
        return here and cookie is not None and self._is_token(cookie.value)

    def _picture(self, id: str) -> None:
        work = self.server.works.get(id)
        if work is None:
            self._refuse(HTTPStatus.NOT_FOUND, f"There is no painting {id!r} here.")
            return
        try:
            content = work.picture.read_bytes()
        except OSError as error:
            self._refuse(HTTPStatus.NOT_FOUND, f"{work.picture.name}: {error.strerror}.")
            return
        self._answer(HTTPStatus.OK, content, _TYPES.get(work.picture.suffix, "application/octet-stream"))

    def _try(self, answer: Callable[[Mapping[str, Any]], dict[str, Any]], asked: Mapping[str, Any]) -> None:
        try:
            told = answer(asked)
        except SpecError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))
        else:
            self._answer(HTTPStatus.OK, json.dumps(told).encode(), "application/json")

    def _refuse(self, status: HTTPStatus, text: str) -> None:
        self._answer(status, text.encode(), "text/plain; charset=utf-8")

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
