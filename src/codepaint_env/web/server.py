"""A server in this process: uvicorn around an application, ended by a signal or from any thread."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator

import uvicorn
from starlette.types import ASGIApp

from codepaint_env.web.impatient_protocol import ImpatientProtocol
from rewards import loop_thread

MOST_CONNECTIONS = 2_000
KEEP_ALIVE_S = 75
HEAD_BYTES = 32_768


async def _at_once() -> None:
    """Lets go of nothing before the end."""


class WebServer:
    """Serves an application on a socket, on the event loop on which renderers live, too: what they draw for a request
    changes no thread.

    Args:
        application: Answers.
        listener: A socket that listens.
        drain: What is awaited between the wish to end and the end; meanwhile requests are still answered.
        log_level: Of uvicorn's own log.
    """

    def __init__(
        self,
        application: ASGIApp,
        listener: socket.socket,
        *,
        drain: Callable[[], Awaitable[None]] = _at_once,
        log_level: str = "error",
    ) -> None:
        self._listener, self._drain = listener, drain
        self._server = _Server(
            uvicorn.Config(
                application,
                http=ImpatientProtocol,
                lifespan="on",
                log_config=None,
                log_level=log_level,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                limit_concurrency=MOST_CONNECTIONS,
                timeout_keep_alive=KEEP_ALIVE_S,
                timeout_graceful_shutdown=1,
                h11_max_incomplete_event_size=HEAD_BYTES,
            )
        )
        self._ended = threading.Event()
        self._ending = asyncio.Event()
        self._loop = loop_thread.loop()

    def run(self) -> None:
        """Serves until `stop` is called or, in the main thread, SIGINT or SIGTERM arrives; blocks.

        What is being answered is finished, as long as `drain` waits for it. A second signal ends at once.
        """
        try:
            with self._ended_by_signals():
                loop_thread.run(self._run())
        finally:
            self._listener.close()
            self._ended.set()

    def stop(self) -> None:
        """Begins to end, from any thread; returns at once."""
        self._loop.call_soon_threadsafe(self._ending.set)

    def wait(self) -> None:
        """Waits until it has ended."""
        self._ended.wait()

    async def _run(self) -> None:
        drained = asyncio.create_task(self._drained())
        try:
            await self._server.serve(sockets=[self._listener])
        finally:
            drained.cancel()

    @contextlib.contextmanager
    def _ended_by_signals(self) -> Iterator[None]:
        """Ends with the signals that ask for it, where this thread is the one that hears them."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def end(number: int, frame: object) -> None:
            self._loop.call_soon_threadsafe(self._interrupt)

        before = {each: signal.signal(each, end) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def _interrupt(self) -> None:
        if self._ending.is_set():
            self._server.end(force=True)
        self._ending.set()

    async def _drained(self) -> None:
        await self._ending.wait()
        try:
            await self._drain()
        finally:
            self._server.end()


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs it, and ends without polling for it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._wished = asyncio.Event()

    def end(self, *, force: bool = False) -> None:
        """Ends; with `force` whatever is being answered."""
        self.should_exit = True
        self.force_exit = self.force_exit or force
        self._wished.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none: uvicorn would raise them again at the end, and so end this process."""
        yield

    async def main_loop(self) -> None:
        """Waits for the end, and sees to the date in the answers each second."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wished.wait(), 1.0)
