"""Reads a worker's answers from its pipe, each straight into the memory where it stays."""

from __future__ import annotations

import asyncio
import os


class PipeReader:
    """The reading end of a pipe, on the running event loop.

    A `StreamReader` copies a picture three times and takes four times as long: its transport reads pieces, it puts them
    together, and takes what was asked for out of that.

    Attributes:
        sink: The writing end, for whoever writes; to be closed here once that runs.
    """

    def __init__(self) -> None:
        self._source, self.sink = os.pipe()
        os.set_blocking(self._source, False)

    async def readexactly(self, count: int) -> memoryview:
        """Returns so many bytes, to which nothing else leads.

        Raises:
            EOFError: The pipe ended before.
        """
        room = memoryview(bytearray(count))
        done = 0
        while done < count:
            try:
                read = os.readv(self._source, [room[done:]])
            except BlockingIOError:
                await self._wait()
                continue
            if not read:
                raise EOFError(f"{done} of {count} bytes")
            done += read
        return room

    def close(self) -> None:
        """Closes the reading end."""
        if self._source >= 0:
            os.close(self._source)
            self._source = -1

    def close_sink(self) -> None:
        """Closes the writing end here, so that the pipe ends with those who write."""
        if self.sink >= 0:
            os.close(self.sink)
            self.sink = -1

    async def _wait(self) -> None:
        loop = asyncio.get_running_loop()
        there: asyncio.Future[None] = loop.create_future()
        source = self._source

        def tell() -> None:
            if not there.done():
                there.set_result(None)

        loop.add_reader(source, tell)
        try:
            await there
        finally:
            loop.remove_reader(source)
