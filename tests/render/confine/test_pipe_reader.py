"""Answers come out of a pipe whole, however they went in."""

from __future__ import annotations

import asyncio
import os
import threading

import pytest

from codepaint_env.render.confine.pipe_reader import PipeReader


async def read_all(pieces: list[bytes], counts: list[int]) -> list[bytes]:
    reader = PipeReader()

    def write() -> None:
        for piece in pieces:
            os.write(reader.sink, piece)
        reader.close_sink()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        return [bytes(await reader.readexactly(count)) for count in counts]
    finally:
        await asyncio.to_thread(writer.join)
        reader.close()


def test_what_is_larger_than_the_pipe_arrives_whole_and_in_order():
    picture = bytes(range(256)) * 4096
    head, rest = asyncio.run(read_all([b"head", picture], [4, len(picture)]))
    assert (head, rest == picture) == (b"head", True)


def test_two_messages_that_were_written_at_once_are_told_apart():
    assert asyncio.run(read_all([b"abcdef"], [2, 0, 4])) == [b"ab", b"", b"cdef"]


def test_a_pipe_that_ends_too_soon_is_an_end_and_says_how_far_it_came():
    with pytest.raises(EOFError, match="3 of 5 bytes"):
        asyncio.run(read_all([b"abc"], [5]))
