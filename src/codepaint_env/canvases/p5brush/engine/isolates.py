"""The engine's two isolates: a fresh one for each untrusted program, and a warm one that draws."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from py_mini_racer import JSEvalException, JSOOMException, JSParseException

from codepaint_env.canvases.p5brush.engine import parts
from codepaint_env.canvases.p5brush.engine.budget import Bounds, Budget, Stopped
from codepaint_env.canvases.p5brush.engine.isolate import Isolate
from codepaint_env.canvases.p5brush.prelude import PRELUDE
from codepaint_env.render.drawn import Drawn
from codepaint_env.render.paper import on_white

log = logging.getLogger("codepaint")

SPARES = 2  # programs of a batch that meet an isolate which is ready
MESSAGE_CHARS = 300
# Covered pixels, mixed pixels and vertices, as the rasteriser itself counts them: a stream that was forged ends by it.
WORK = 8_000_000_000.0
CHARACTERS = 64_000_000  # of all recorded calls: 300 for each
FLOATS = 48_000_000
READS = 200_000_000  # pixels that a program reads back: 760 times a sheet of 512 x 512
LIMITS = frozenset({"work_limit", "memory_limit"})  # that the program's isolate counts itself
ROOM_MB = 96  # of a rasteriser; one that has grown more is replaced after its picture
BROKEN = "The program broke the interpreter that it ran in."
TOO_DEEP = "The program's calls nest deeper than the stack goes."


@dataclass(slots=True)
class Clock:
    """Seconds of wall time by phase."""

    phases: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Adds the time spent inside to a phase."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.phases[name] = self.phases.get(name, 0.0) + time.perf_counter() - start


class Engine:
    """Draws one program after another; lives on one event loop.

    Attributes:
        work: What the last picture took, as the rasteriser counts it.
        stuck: True once an isolate could not be stopped: this process is of no more use.
    """

    def __init__(self) -> None:
        self.work = 0.0
        self.stuck = False
        self._loading = False
        self._painter: Isolate | None = None
        self._options: dict[str, object] = {}
        self._spares: list[Isolate] = []

    def warm_up(self) -> str:
        """Starts the drawing isolate ahead of the first program; returns V8's version."""
        return self._warm_painter().context.v8_version

    @property
    def spares(self) -> int:
        """How many isolates wait for a program, up to `SPARES`."""
        return len(self._spares)

    def prepare(self) -> None:
        """Starts a next program's isolate while nobody waits for it, with the keywords of the last one's."""
        self._spares.append(Isolate("record", self._options))

    async def draw(self, program: str, seed: int, frames: int, bounds: Bounds, prelude: str = "") -> Drawn:
        """Runs a program to its end or its limit; `prelude` is a script that is run before it."""
        clock, budget = Clock(), Budget(bounds)
        result = await self.attempt("record", program, seed, frames, budget, clock, prelude)
        if result is None:
            result = await self.attempt("inline", program, seed, frames, budget, clock, prelude)
        assert result is not None
        result.timings = clock.phases
        return result

    async def attempt(
        self,
        mode: str,
        program: str,
        seed: int,
        frames: int,
        budget: Budget,
        clock: Clock,
        prelude: str = "",
    ) -> Drawn | None:
        """Runs a program in one of two modes.

        Args:
            mode: `record` keeps the library away from the program; `inline` has it beside the program.
            program: The code.
            seed: Where random numbers start.
            frames: How often `draw` runs.
            budget: What it may still use.
            clock: Takes the times.
            prelude: A script that is run before it.

        Returns:
            What came of it; None where the program needs the library beside it.
        """
        bounds = budget.bounds
        options: dict[str, object] = {
            "mode": mode,
            "seed": seed if mode == "inline" else 0,
            "limits": {
                "calls": bounds.calls,
                "timers": bounds.timers,
                "min": bounds.canvas_min_px,
                "max": bounds.canvas_max_px,
                "frames": frames,
                "floats": FLOATS,
                "bytes": bounds.memory_mb * 2**20,
                "characters": CHARACTERS,
                "raster_work": WORK,
                "reads": READS,
                **({"work": budget.work} if mode == "inline" else {}),
            },
            "source": parts.library() if mode == "inline" else "",
        }
        self._loading = False
        with clock.phase("start"):
            isolate = self._recording(options, seed) if mode == "record" else Isolate(mode, options)
        result: Drawn | None
        try:
            isolate.hold_at_most(bounds.memory_mb)
            try:
                with clock.phase("record"):
                    meter = np.frombuffer(isolate.call("meter"), np.float64)
                    work = self._run(isolate, program, mode, bounds, prelude)
                    result, left = await budget.own(work, lambda: float(meter[0]))
                if isolate.is_full(bounds.memory_mb):  # in what ran after a call: nobody was told
                    raise Stopped("memory_limit", budget.full)
                if isolate.depth.is_used_up() and (result is None or result.outcome == "done"):
                    raise Stopped("error", TOO_DEEP)
            except Stopped as stopped:
                return Drawn(PRELUDE if self._loading else stopped.limit, str(stopped))
            if result is None or left is None:
                return result
            try:
                if mode == "record":
                    await self._play(left, result, budget, clock)
                else:
                    await self._stream(left, result, budget, clock)
            except JSEvalException as error:
                log.debug("the drawing isolate refused: %s", error)
                budget.work -= self._painter.call("spent") if self._painter and mode == "record" else 0
                self._drop_painter()
                if "overwork" in str(error):
                    return Drawn("work_limit", _overwork(error), console=result.console)
                if mode == "record":
                    return None  # the library refused a call: who called it has to be told
                return Drawn("error", BROKEN, console=result.console)
            except Stopped as stopped:
                self._drop_painter()
                return Drawn(stopped.limit, str(stopped), console=result.console)
            return result
        finally:
            # V8 lets go of a loop in a call, but not of one in the microtasks after it.
            if await isolate.answers():
                isolate.close()
            else:
                self.stuck = True

    def _recording(self, options: dict[str, object], seed: int) -> Isolate:
        """Returns an isolate in which no program has run: the one that was prepared, or a new one."""
        if options != self._options:
            while self._spares:
                self._spares.pop().close()
            self._options = options
        isolate = self._spares.pop() if self._spares else Isolate("record", options)
        isolate.call("reseed", seed)
        return isolate

    async def _run(
        self, isolate: Isolate, program: str, mode: str, bounds: Bounds, prelude: str
    ) -> tuple[Drawn | None, tuple[Any, Any] | None]:
        """Evaluates the program and lets it run until its picture is finished.

        Returns:
            What came of it, None where it needs the library beside it; and what it left to be drawn, None where it
            asked for more than it may have.
        """
        if prelude:
            self._loading = True
            try:
                await isolate.context.eval_cancelable(prelude)
            except JSOOMException:
                raise
            except (JSParseException, JSEvalException) as error:
                return Drawn(PRELUDE, _of_prelude(error)), None
            self._loading = False
        try:
            await isolate.context.eval_cancelable(f"{program}\n//# sourceURL=sketch.js")
        except JSOOMException:
            raise
        except JSParseException as error:
            outcome, thrown = "syntax", _first_line(error)
        except JSEvalException as error:
            outcome, thrown = "", _first_line(error)
        else:
            outcome, thrown = "", ""
            await isolate.asking("start")
            while not outcome:
                outcome = await isolate.asking("step")
        ended, message, console, random = json.loads(await isolate.asking("told"))
        message = message.encode("utf-8", "replace").decode()  # it may hold half of a surrogate pair
        if "inline" in (ended, outcome):
            return None, None
        if ended in LIMITS:
            return Drawn(ended, message, console=console), None
        if outcome == "syntax":
            result = Drawn(outcome, thrown)
        else:
            known = outcome or ended
            result = Drawn(known or "error", message if known else thrown, console=console)
        return result, await self._left(isolate, mode, bounds, random)

    async def _left(self, isolate: Isolate, mode: str, bounds: Bounds, random: str) -> tuple[Any, Any]:
        """Returns calls and random numbers as JSON, or the size of the canvas and the floats; trusts neither."""
        try:
            if mode == "record":
                calls = await isolate.asking("calls")
                if isinstance(calls, str):
                    return calls, random
            else:
                size = json.loads(await isolate.asking("size"))
                floats = bytes(memoryview(await isolate.asking("stream")))
                sides = range(bounds.canvas_max_px + 1)
                if len(floats) % 4 == 0 and len(size) == 2 and all(side in sides for side in size):
                    return size, floats
        except JSOOMException:
            raise
        except (JSEvalException, TypeError, ValueError) as error:
            log.debug("the program broke its isolate: %s", error)
            ended = await isolate.asking("ended")
            if ended in LIMITS:
                raise Stopped(ended, str(await isolate.asking("message"))) from None
        raise Stopped("error", BROKEN)

    async def _play(self, left: tuple[str, str], result: Drawn, budget: Budget, clock: Clock) -> None:
        painter = self._standard_painter(budget.bounds)
        with clock.phase("geometry"):
            most = json.dumps({"calls": budget.bounds.calls, "work": budget.work})
            told = json.loads(await budget.drawing(painter.waiting("play", *left, most)))
        raster_s = told["raster_ms"] / 1000
        clock.phases["raster"] = raster_s
        clock.phases["geometry"] = max(0.0, clock.phases["geometry"] - raster_s)
        self._take(painter, told, result)

    async def _stream(
        self, left: tuple[list[int], bytes], result: Drawn, budget: Budget, clock: Clock
    ) -> None:
        size, floats = left
        if not size[0]:
            return
        painter = self._standard_painter(budget.bounds)
        with clock.phase("raster"):
            painter.call("size", *size)
            painter.call("inbox", len(floats) // 4)[:] = floats
            told = json.loads(await budget.drawing(painter.waiting("stream", len(floats) // 4)))
        self._take(painter, told, result)

    def _take(self, painter: Isolate, told: dict[str, Any], result: Drawn) -> None:
        self.work = told["spent"] or told["work"]
        result.size = (told["width"], told["height"])
        if told["width"]:
            pixels = np.frombuffer(bytes(painter.call("pixels")), np.uint8)
            result.rgb = on_white(pixels.reshape(told["height"], told["width"], 4))
        if told["memory"] > ROOM_MB * 2**20:  # WebAssembly gives none of it back
            self._drop_painter()

    def _warm_painter(self) -> Isolate:
        if self._painter is None:
            self._painter = Isolate("painter", painter_options())
        return self._painter

    def _standard_painter(self, bounds: Bounds) -> Isolate:
        """Returns the drawing isolate as it is for every program, whatever it drew before."""
        painter = self._warm_painter()
        painter.forget()
        painter.hold_at_most(bounds.memory_mb)
        return painter

    def _drop_painter(self) -> None:
        if self._painter is not None:
            self._painter.close()
            self._painter = None


def painter_options() -> dict[str, object]:
    """Returns the keywords that the drawing isolate is started with."""
    return {"source": parts.library(), "limits": {"floats": FLOATS, "work": WORK}}


def _first_line(error: Exception) -> str:
    """Returns what V8 said in one line, with the line of the program."""
    text = str(error)
    found = re.match(r"(sketch\.js|<anonymous>|prelude\.js):(\d+): (.*)", text)
    if found is None:
        return text.partition("\n")[0][:MESSAGE_CHARS]
    line = found[2]
    if found[1] == "prelude.js":  # the program called what threw
        called = re.search(r"sketch\.js:(\d+)", text)
        line = called[1] if called else ""
    said = found[3].removeprefix("Uncaught ")
    if not re.match(r"[A-Za-z_$][\w$]*(?::|$)", said):
        said = f"threw {said}"
    return (f"{said} (line {line})" if line else said)[:MESSAGE_CHARS]


def _of_prelude(error: Exception) -> str:
    """Returns what V8 said of the prelude, with its own line where V8 tells one."""
    text = str(error)
    first = re.sub(r"^\S*:\d+: ", "", text.partition("\n")[0]).removeprefix("Uncaught ")
    found = re.search(r"prelude\.js:(\d+)", text)
    return f"{first} (line {found[1]})"[:MESSAGE_CHARS] if found else first[:MESSAGE_CHARS]


def _overwork(error: Exception) -> str:
    found = re.search(r"overwork: ([^\n]*)", str(error))
    return found[1] if found else ""
