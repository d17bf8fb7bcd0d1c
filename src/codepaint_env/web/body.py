"""The body of a request, as long as it is allowed to be."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

SLOWEST_S = 30.0
"""A body that is not there after so long is not waited for."""


class TooLarge(Exception):
    """A body is longer than what is read."""


async def read_body(request: Request, most_bytes: int) -> bytes:
    """Returns the body of a request.

    Raises:
        TooLarge: It has more bytes, or says so.
        TimeoutError: It does not arrive.
        starlette.requests.ClientDisconnect: Whoever sends it is gone.
    """
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > most_bytes:
        raise TooLarge
    body = bytearray()
    async with asyncio.timeout(SLOWEST_S):
        async for part in request.stream():
            body += part
            if len(body) > most_bytes:
                raise TooLarge
    return bytes(body)
