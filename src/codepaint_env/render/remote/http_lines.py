"""HTTP/1.1 to one address over connections that are kept open, read in large pieces.

A picture has 0.8 MB. General clients read it in pieces of 64 KB through several layers, which takes twice as much of
the core on which somebody trains.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

PIECE_BYTES = 1 << 20
HEAD_BYTES = 65_536
MOST_BYTES = 128 << 20
"""Of the body of an answer."""

IDLE_S = 30.0
"""A connection that was not used for so long is not used again: servers close theirs later."""


class NoAnswer(Exception):
    """The connection broke, or what came is no HTTP."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    Attributes:
        status: Of HTTP.
        headers: By name in small letters.
        body: All of it.
        ends: True if the connection ends with it.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    ends: bool


@dataclass(slots=True, eq=False)
class _Line:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    used_at: float = 0.0

    def close(self) -> None:
        _open.discard(self)
        self.writer.close()

    @property
    def is_fresh(self) -> bool:
        idle_s = time.monotonic() - self.used_at
        return idle_s < IDLE_S and not self.reader.at_eof() and not self.writer.is_closing()


_open: set[_Line] = set()
"""All connections of this process. A forked child keeps them too: one that was collected there would make the parent's
loop deaf to it, for both share what waits for events."""


class HttpLines:
    """Connections to one address; lives on one event loop, and each request has one of its own.

    Args:
        address: `http` or `https`, host, port and a path that stands before all others.
        headers: Go with every request.
    """

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        parts = urlsplit(address)
        self._tls = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port or (443 if self._tls else 80)
        self._path = parts.path
        self._headers = {"Host": parts.netloc, "Accept-Encoding": "identity", **headers}
        self._free: deque[_Line] = deque()

    async def send(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Reply:
        """Sends a request and returns the answer; a caller that gives up closes the connection.

        Raises:
            NoAnswer: There is none.
            OSError: The address cannot be reached.
        """
        head = {**self._headers, **(headers or {}), "Content-Length": str(len(body))}
        told = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        request = f"{method} {self._path}{path} HTTP/1.1\r\n{told}\r\n".encode("latin-1") + body
        line = await self._line()
        try:
            line.writer.write(request)
            await line.writer.drain()
            reply = await _reply(line.reader)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError) as error:
            line.close()
            told = "it hung up" if isinstance(error, asyncio.IncompleteReadError) else "it speaks no HTTP"
            raise NoAnswer(told) from None
        except BaseException:
            line.close()
            raise
        if reply.ends:
            line.close()
        else:
            line.used_at = time.monotonic()
            self._free.append(line)
        return reply

    def close(self) -> None:
        """Hangs up."""
        while self._free:
            self._free.pop().close()

    async def _line(self) -> _Line:
        """Returns the connection that was used last, or a new one."""
        while self._free:
            line = self._free.pop()
            if line.is_fresh:
                return line
            line.close()
        tls = True if self._tls else None
        line = _Line(*await asyncio.open_connection(self._host, self._port, limit=PIECE_BYTES, ssl=tls))
        _open.add(line)
        return line


async def _reply(reader: asyncio.StreamReader) -> Reply:
    """Reads an answer; raises `ValueError` for what is none."""
    head = await reader.readuntil(b"\r\n\r\n")
    if len(head) > HEAD_BYTES:
        raise ValueError
    first, *lines = head[:-4].decode("latin-1").split("\r\n")
    protocol, status, *_ = first.split(" ")
    if protocol not in ("HTTP/1.0", "HTTP/1.1") or not (
        status.isascii() and status.isdecimal() and len(status) == 3
    ):
        raise ValueError
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    ends = protocol == "HTTP/1.0" or headers.get("connection", "").lower() == "close"
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = await _chunks(reader)
    elif "content-length" in headers:
        body = await reader.readexactly(_size(headers["content-length"], 10))
    else:
        ends, body = True, await _rest(reader)
    return Reply(int(status), headers, body, ends)


async def _rest(reader: asyncio.StreamReader) -> bytes:
    parts: list[bytes] = []
    left = MOST_BYTES
    while part := await reader.read(PIECE_BYTES):
        left -= len(part)
        if left < 0:
            raise ValueError
        parts.append(part)
    return b"".join(parts)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts: list[bytes] = []
    left = MOST_BYTES
    while size := _size((await reader.readuntil(b"\r\n")).decode("latin-1").partition(";")[0].strip(), 16):
        left -= size
        if left < 0:
            raise ValueError
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    while await reader.readuntil(b"\r\n") != b"\r\n":
        pass
    return b"".join(parts)


def _size(told: str, base: int) -> int:
    if not (told.isascii() and told.isalnum()) or len(told) > 12:
        raise ValueError
    size = int(told, base)
    if size > MOST_BYTES:
        raise ValueError
    return size
