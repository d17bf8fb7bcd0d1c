"""Work on behalf of a request, for as long as somebody waits for it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import Request

from codepaint_env.render.remote.wire import DEADLINE
from codepaint_env.serve.answers import Refusal

T = TypeVar("T")

GONE = 499  # as others call it; nobody reads the answer


def deadline_of(request: Request, most_s: float) -> float:
    """Returns the seconds that a request may take: those of the server, or fewer if the client asks for fewer.

    Raises:
        Refusal: The header is no number above 0.
    """
    wish = request.headers.get(DEADLINE)
    if wish is None:
        return most_s
    try:
        seconds = float(wish)
    except ValueError:
        seconds = math.nan
    if not seconds > 0:
        raise Refusal(422, f"The header {DEADLINE} is {wish[:40]!r}; it must be seconds, above 0.")
    return min(most_s, seconds)


async def attended(request: Request, work: Coroutine[Any, Any, T], within_s: float) -> T:
    """Does some work, and gives it up when its time is over or whoever asked is gone.

    The body of the request must have been read.

    Raises:
        Refusal: The time is over, or nobody waits.
    """
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, gone}, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        if gone.done():
            raise Refusal(GONE, "Whoever asked is gone.")
        raise Refusal(504, f"The answer took longer than {within_s:g} s, which was all the time there was.")
    finally:
        for each in (task, gone):
            each.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
