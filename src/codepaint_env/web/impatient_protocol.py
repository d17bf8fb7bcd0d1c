"""HTTP/1.1 that does not wait for ever: uvicorn's own waits without end for the head of a request."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S = 20.0
"""A connection whose next request has no whole head after so long is closed."""


class ImpatientProtocol(H11Protocol):
    """Closes connections that are silent, or send the head of a request byte by byte."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins to wait for a head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Reads on; waits from the first byte of a head until its last."""
        super().data_received(data)
        whole = self.cycle is not None and not self.cycle.response_complete
        if whole:
            self._stop_waiting()
        elif self._waiting is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(HEAD_S, self._close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _close(self) -> None:
        self._waiting = None
        if self.transport is not None and (self.cycle is None or self.cycle.response_complete):
            self.transport.close()
