"""A worker process: takes programs from its standard input and answers with pictures. It can reach nothing else.

    python -m codepaint_env.render.confine.worker MODULE:CLASS

The class is the `Drawer`. Messages are a length (4 bytes, little endian), that many bytes of JSON and, in an answer,
the pixels.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import importlib
import json
import os
import struct
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO, Protocol

import msgspec

from codepaint_env.render.codec import to_json
from codepaint_env.render.confine import syscalls, walls
from codepaint_env.render.confine.process_table import resident_mb
from codepaint_env.render.drawn import Drawn
from codepaint_env.render.schema import AnswerRecord, ReadyRecord, record_drawn

NEXT_S = 0.002  # the next program of a batch comes sooner than this
LENGTH = struct.Struct("<I")
_PIPE_BYTES = 2**20  # a picture of 512 x 512: it is written at once, whenever it is read


class Drawer(Protocol):
    """What draws in a worker process; plain attributes serve for the properties."""

    @property
    def stuck(self) -> bool:
        """True once this process is of no more use: something in it cannot be stopped."""
        ...

    @property
    def spares(self) -> int:
        """How much is ready for programs to come."""
        ...

    @property
    def most_spares(self) -> int:
        """How much of it is worth having."""
        ...

    def start(self) -> Mapping[str, str]:
        """Loads everything and returns what it is made of, such as versions; no system call is filtered yet."""
        ...

    async def draw(self, asked: Mapping[str, Any]) -> Drawn:
        """Runs one program: what the fleet was asked, as JSON brings it."""
        ...

    def prepare(self) -> None:
        """Makes one more spare, while nobody waits."""
        ...


async def serve(drawer: Drawer, source: BinaryIO, sink: BinaryIO, confined: list[str]) -> None:
    """Draws until the input ends."""
    made_of = drawer.start()
    if syscalls.shut():
        confined.append("system calls filtered")
    answer(sink, ReadyRecord(dict(made_of), tuple(confined)))
    following = asyncio.ensure_future(asyncio.to_thread(read_message, source))
    while (asked := await following) is not None:
        drawn = await drawer.draw(asked)
        pixels = b"" if drawn.rgb is None else drawn.rgb.tobytes()
        answer(sink, AnswerRecord(record_drawn(drawn), len(pixels), resident_mb(), drawer.stuck), pixels)
        if drawer.stuck:
            os._exit(0)  # waiting for its threads would take for ever
        following = asyncio.ensure_future(asyncio.to_thread(read_message, source))
        while drawer.spares < drawer.most_spares:
            # Whoever already waits for this worker is served first, as long as there is a spare for it.
            if drawer.spares and (await asyncio.wait({following}, timeout=NEXT_S))[0]:
                break
            drawer.prepare()


def read_message(source: BinaryIO) -> Any | None:
    """Returns the next message's JSON, or None at the end of the stream."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return json.loads(source.read(LENGTH.unpack(head)[0]))


def answer(sink: BinaryIO, record: msgspec.Struct, pixels: bytes = b"") -> None:
    """Writes one message."""
    text = to_json(record)
    sink.write(LENGTH.pack(len(text)) + text)
    sink.write(pixels)
    sink.flush()


def main() -> None:
    """Confines this process and serves."""
    module, _, name = sys.argv[1].partition(":")
    confined = walls.confine()
    drawer: Drawer = getattr(importlib.import_module(module), name)()
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    with contextlib.suppress(OSError):  # a user may own only so much of this memory
        fcntl.fcntl(sink, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    os.dup2(2, 1)  # whatever else prints must not be taken for an answer
    asyncio.run(serve(drawer, source, sink, confined))


if __name__ == "__main__":
    main()
