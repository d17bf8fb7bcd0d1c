"""OpenEnv's application inside the server: what it is in the middle of is counted, so that the end waits for it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.applications import Starlette
from starlette.types import Message, Receive, Scope, Send

_ASKS = ("http.request", "websocket.receive")


class Sessions:
    """Counts requests and messages of websockets that are being answered.

    Whoever listens for the next message has answered the last.

    Attributes:
        busy: So many are being answered.

    Args:
        application: Answers.
    """

    def __init__(self, application: Starlette) -> None:
        self.busy = 0
        self._application = application

    def lifespan(self) -> AbstractAsyncContextManager[Any]:
        """Starts the application, and ends it with the block: starlette starts none that stands under another."""
        return self._application.router.lifespan_context(self._application)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers."""
        is_busy = False

        def note(now: bool) -> None:
            nonlocal is_busy
            self.busy += now - is_busy
            is_busy = now

        async def heard() -> Message:
            if scope["type"] == "websocket":
                note(False)
            message = await receive()
            note(is_busy or message["type"] in _ASKS)
            return message

        try:
            await self._application(scope, heard, send)
        finally:
            note(False)
