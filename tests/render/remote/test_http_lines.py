"""HTTP as the client of a server reads it: whole answers of every form, and no more than may come."""

from __future__ import annotations

import asyncio

import pytest

from codepaint_env.render.remote import http_lines
from codepaint_env.render.remote.http_lines import HttpLines, NoAnswer


def exchanged(*answers, times=1):
    """Sends requests to what answers each connection with some bytes; returns the replies, and how often it was
    connected to."""
    connected = []

    async def answer(reader, writer):
        connected.append(writer)
        for _ in range(times):
            head = await reader.readuntil(b"\r\n\r\n")
            size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(size)
            writer.write(answers[min(len(connected), len(answers)) - 1])
        writer.close()

    async def play():
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            lines = HttpLines(f"http://127.0.0.1:{port}/under", {"X": "1"})
            try:
                return [await lines.send("POST", "/v1/draw", body=b"abc") for _ in range(times)]
            finally:
                lines.close()

    return asyncio.run(asyncio.wait_for(play(), 20)), len(connected)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;a=b\r\nllo\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nhello",
        b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200\r\ncontent-length:5\r\nConnection: close\r\n\r\nhello",
    ],
)
def test_a_whole_answer_of_any_form_is_read(answer):
    [[reply], _] = exchanged(answer)
    assert (reply.status, reply.body) == (200, b"hello")


def test_a_connection_is_kept_for_the_next_request():
    replies, connections = exchanged(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", times=3)
    assert [reply.body for reply in replies] == [b"a"] * 3
    assert connections == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffff\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 ok\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"x" * 2_000_000,
    ],
)
def test_what_is_cut_short_too_long_or_no_http_is_no_answer(answer):
    with pytest.raises(NoAnswer):
        exchanged(answer)


def test_a_body_without_an_end_is_not_read_on(monkeypatch):
    monkeypatch.setattr(http_lines, "MOST_BYTES", 1_000)
    with pytest.raises(NoAnswer):
        exchanged(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5_000)
