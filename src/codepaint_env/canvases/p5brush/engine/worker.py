"""A worker process: takes programs from its standard input and answers with pictures. It can reach nothing else.

Messages are a length (4 bytes, little endian), that many bytes of JSON and, in an answer, the pixels.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import resource
import struct
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from codepaint_env.render.confine import walls

NEXT_S = 0.002  # the next program of a batch comes sooner than this
LENGTH = struct.Struct("<I")
_PIPE_BYTES = 2**20  # a picture of 512 x 512: it is written at once, whenever it is read


def memory_mb() -> float:
    """Returns the resident megabytes of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def read_message(source: BinaryIO) -> Any | None:
    """Returns the next message's JSON, or None at the end of the stream."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return json.loads(source.read(LENGTH.unpack(head)[0]))


async def serve(source: BinaryIO, sink: BinaryIO, confined: list[str]) -> None:
    """Draws until the input ends."""
    from codepaint_env.canvases.p5brush.engine import parts
    from codepaint_env.canvases.p5brush.engine.isolates import SPARES, Bounds, Engine

    engine = Engine(memory_mb)
    v8 = engine.warm_up()
    if walls.shut():
        confined.append("system calls filtered")
    answer(sink, {"ready": True, "v8": v8, "confined": confined, "parts": parts.fingerprint()})
    following = asyncio.ensure_future(asyncio.to_thread(read_message, source))
    while (asked := await following) is not None:
        bounds = Bounds(**asked["bounds"])
        drawn = await engine.draw(asked["program"], asked["seed"], asked["frames"], bounds)
        pixels = b"" if drawn.rgba is None else drawn.rgba.tobytes()
        drawn.rgba = None
        told = {**asdict(drawn), "pixels": len(pixels), "memory_mb": memory_mb(), "stuck": engine.stuck}
        answer(sink, told, pixels)
        if engine.stuck:
            os._exit(0)  # waiting for its threads would take for ever
        following = asyncio.ensure_future(asyncio.to_thread(read_message, source))
        while engine.spares < SPARES:
            # Whoever already waits for this worker is served first, as long as there is an isolate for it.
            if engine.spares and (await asyncio.wait({following}, timeout=NEXT_S))[0]:
                break
            engine.prepare()


def answer(sink: BinaryIO, told: dict[str, object], pixels: bytes = b"") -> None:
    """Writes one message."""
    text = json.dumps(told).encode()
    sink.write(LENGTH.pack(len(text)) + text)
    sink.write(pixels)
    sink.flush()


def main() -> None:
    """Confines this process and serves."""
    confined = walls.confine()
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    with contextlib.suppress(OSError):  # a user may own only so much of this memory
        fcntl.fcntl(sink, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    os.dup2(2, 1)  # whatever else prints must not be taken for an answer
    asyncio.run(serve(source, sink, confined))


if __name__ == "__main__":
    main()
