"""Answers of the server, and the refusals among them: one sentence each."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import logging
import math
from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from codepaint_env.render.codec import pack, to_json
from codepaint_env.render.remote.wire import BINARY, TIMINGS, TURN, WAIT_MS, write_timings
from codepaint_env.render.schema import record_rendering
from codepaint_env.web.address import LOOPBACK
from rewards.types import Rendering

log = logging.getLogger("codepaint")

JSON = "application/json"


class Refusal(Exception):
    """A request that is answered with an error.

    Attributes:
        status: Of HTTP.
        sentence: What is wrong, and the way out.
        headers: Go with the answer.
    """

    def __init__(self, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.headers = status, sentence, dict(headers or {})

    def response(self) -> Response:
        """Returns the answer."""
        log.log(logging.DEBUG if self.status == 429 else logging.INFO, "%d: %s", self.status, self.sentence)
        return told({"error": self.sentence}, self.status, self.headers)


def busy(sentence: str, wait_s: float, turn: int) -> Refusal:
    """Returns the refusal of whoever is to come again when its turn has come."""
    return Refusal(
        429,
        sentence,
        {
            "Retry-After": str(max(1, math.ceil(wait_s))),
            WAIT_MS: str(max(1, round(1000 * wait_s))),
            TURN: str(turn),
        },
    )


def not_now(sentence: str) -> Refusal:
    """Returns the refusal of a server that ends, or has not begun."""
    return Refusal(503, sentence, {"Retry-After": "1"})


def told(what: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Returns an answer in ASCII JSON; NaN stays NaN, which Python's reader takes."""
    return Response(json.dumps(what).encode("ascii"), status, headers, JSON)


def written(record: msgspec.Struct) -> Response:
    """Returns a record as an answer."""
    return Response(to_json(record), 200, None, JSON)


async def packed(rendering: Rendering, timings: Mapping[str, float], request: Request) -> Response:
    """Returns a rendering as bytes: its pixels as they are for this machine, compressed for any other."""
    headers = {TIMINGS: write_timings(timings)} if timings else {}
    if request.client is not None and request.client.host in LOOPBACK:
        content = pack(rendering, level=0)  # takes less than to hand it to a thread
    else:
        content = await asyncio.to_thread(pack, rendering)
    return Response(content, 200, headers, BINARY)


def as_json(rendering: Rendering) -> dict[str, Any]:
    """Returns a rendering without pixels, and with `image` and `pictures` as PNG in base64."""
    found: dict[str, Any] = json.loads(to_json(record_rendering(rendering)))
    found["image"] = None if rendering.image is None else _base64(_png(rendering))
    found["pictures"] = {name: _base64(picture) for name, picture in rendering.pictures.items()}
    return found


def _png(rendering: Rendering) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    assert rendering.image is not None
    Image.fromarray(rendering.image).save(file, format="PNG", compress_level=1)
    return file.getvalue()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
