"""CPU seconds of geometry, by p5.brush alone and through C, beside those of the rasteriser, and what they are for."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from codepaint_env.canvases.p5brush.engine.isolate import Isolate
from codepaint_env.canvases.p5brush.engine.isolates import painter_options

WAYS = {"p5.brush": {"plain": True, "keeps": True}, "C": {"keeps": True}, "with pixels": {}}
MOST = json.dumps({"calls": 200_000, "work": 12e9})
SIZES = {5: 0, 6: 0, 7: 4, 2: 1, 3: 2, 4: 11, 8: 8}  # floats of commands that have a fixed number of them
# The least that a vertex, a mark and a disc of the stream take: to scramble the numbers at random behind each, at a
# nanosecond apiece, and to write it down.
LEAST_NS = {"vertices": 4 + 1, "marks": 5 + 2, "discs": 5 + 3}


@dataclass(slots=True)
class Cost:
    """What a set of programs took, in all.

    Attributes:
        cpu_s: Seconds by way; the rasteriser's are those of `with pixels` less those of `C`.
        counts: Vertices, discs and marks in the stream.
    """

    cpu_s: dict[str, float] = field(default_factory=lambda: dict.fromkeys(WAYS, 0.0))
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def least_s(self) -> float:
        """The lower bound of geometry."""
        return sum(LEAST_NS[kind] * count for kind, count in self.counts.items()) / 1e9


def measure(recorded: Sequence[tuple[str, str]], rounds: int) -> Cost:
    """Plays lists of calls each way in turn; of the rounds after the first, which warms, the least counts."""
    isolates = {way: Isolate("painter", painter_options() | options) for way, options in WAYS.items()}
    cost = Cost()
    for calls in recorded:
        stream = b""
        seconds: dict[str, list[float]] = {way: [] for way in WAYS}
        for _ in range(rounds + 1):
            for way, isolate in isolates.items():
                started = time.process_time()
                isolate.call("play", *calls, MOST)
                seconds[way].append(time.process_time() - started)
                if WAYS[way]:
                    stream = bytes(memoryview(isolate.call("streamed")))
        for way in WAYS:
            cost.cpu_s[way] += min(seconds[way][1:])
        cost.counts += _count(stream)
    for isolate in isolates.values():
        isolate.close()
    return cost


def _count(stream: bytes) -> Counter[str]:
    """Counts vertices, discs and marks."""
    floats = np.frombuffer(stream, np.float32)
    found: Counter[str] = Counter()
    at = 0
    while at < len(floats):
        command = int(floats[at])
        if command == 1:
            found["vertices"] += int(floats[at + 1])
            at += 8 + 2 * int(floats[at + 1])
        elif command == 9:
            found["marks"] += int(floats[at + 1])
            at += 2 + 4 * int(floats[at + 1])
        elif command in SIZES:
            found["discs"] += command == 4
            at += 1 + SIZES[command]
        else:  # tips, stamps and flat shapes: of no weight in these programs
            break
    return found
