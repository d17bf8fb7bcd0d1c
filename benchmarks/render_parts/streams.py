"""The stream of commands that a recorded program becomes, through C and through p5.brush alone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from py_mini_racer import JSEvalException, JSOOMException

from codepaint_env.canvases.p5brush.engine.budget import Bounds, Budget
from codepaint_env.canvases.p5brush.engine.isolate import Isolate
from codepaint_env.canvases.p5brush.engine.isolates import Clock, Engine, painter_options
from codepaint_env.render.drawn import Drawn

BOUNDS = Bounds(20.0, 200.0, 1024, 200_000, 12 * 10**9, 10_000, 64, 1024)
CALLS = 200_000
HELD_MB = 1024  # of objects; p5.brush and C hold different ones, so that where they run out is not compared


class _Recorder(Engine):
    """Runs programs up to where their calls would be drawn."""

    left: tuple[str, str] | None = None

    async def _play(self, left: tuple[str, str], result: Drawn, budget: Budget, clock: Clock) -> None:
        self.left = left


async def record(program: str, seed: int) -> tuple[str, str] | None:
    """Returns a program's calls and p5.brush's first random numbers; None where it runs beside p5.brush."""
    recorder = _Recorder()
    await recorder.attempt("record", program, seed, 1, Budget(BOUNDS), Clock())
    return recorder.left


@dataclass(frozen=True, slots=True)
class Ends:
    """How the two ways ended.

    Attributes:
        agree: Whether they ended the same way, with the same stream and work; True where one of them ran out of memory.
        kind: `drawn`, `refused` for its work, `error`, or `full` where one of them ran out of memory.
        spent: Units of work, of p5.brush alone.
        by_c: How many fills and strokes went by C.
        plain: How many did not.
    """

    agree: bool
    kind: str
    spent: float
    by_c: int
    plain: int


class Players:
    """Two drawing isolates: one as it is, one where p5.brush does everything."""

    def __init__(self) -> None:
        self._isolates: dict[bool, Isolate] = {}
        self._parts = (0, 0)  # fills and strokes of the last list by C, and by p5.brush

    def play(self, calls: str, numbers: str, work: float) -> Ends:
        """Plays a list of calls both ways."""
        plain, compiled = (self._play_one(is_plain, calls, numbers, work) for is_plain in (True, False))
        if "full" in (plain[0], compiled[0]):
            return Ends(True, "full", plain[1], *self._parts)
        return Ends(plain == compiled, plain[0], plain[1], *self._parts)

    def _play_one(self, is_plain: bool, calls: str, numbers: str, work: float) -> tuple[str, float, str]:
        if is_plain not in self._isolates:
            options = painter_options() | {"plain": is_plain, "keeps": True}
            self._isolates[is_plain] = Isolate("painter", options)
        isolate = self._isolates[is_plain]
        before = _parts(isolate)
        isolate.hold_at_most(HELD_MB)
        try:
            told = json.loads(
                isolate.call("play", calls, numbers, json.dumps({"calls": CALLS, "work": work}))
            )
        except JSOOMException:
            self._parts = (0, 0)
            self._isolates.pop(is_plain).close()
            return "full", 0.0, ""
        except JSEvalException as error:
            spent = float(isolate.call("spent"))
            self._parts = _less(_parts(isolate), before)
            self._isolates.pop(is_plain).close()  # as the engine does
            return ("refused" if "overwork" in str(error) else "error"), spent, ""
        self._parts = _less(_parts(isolate), before)
        stream = bytes(memoryview(isolate.call("streamed")))
        return "drawn", float(told["spent"]), hashlib.sha256(stream).hexdigest()

    def close(self) -> None:
        """Frees the isolates."""
        for isolate in self._isolates.values():
            isolate.close()
        self._isolates.clear()


def _parts(isolate: Isolate) -> tuple[int, int]:
    """Returns how many fills and strokes went by C, and how many by p5.brush, since the isolate was started."""
    shares = json.loads(isolate.call("shares")).values()
    return sum(by_c for _, by_c in shares), sum(plain for plain, _ in shares)


def _less(now: tuple[int, int], then: tuple[int, int]) -> tuple[int, int]:
    return now[0] - then[0], now[1] - then[1]
