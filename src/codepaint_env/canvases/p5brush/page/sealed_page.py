"""One program in one sealed page: prepare it, run the program, stop it at its limits, read the picture."""

from __future__ import annotations

import asyncio
import base64
import logging
import secrets
import time
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from codepaint_env.canvases.p5brush.limits import PageLimits
from codepaint_env.canvases.p5brush.page.document import MESSAGE_CHARS, ORIGIN, describe, serve
from codepaint_env.canvases.p5brush.page.recipe import Recipe
from codepaint_env.canvases.p5brush.prelude import PRELUDE
from codepaint_env.render.browser.process import BrowserProcess, Usage
from codepaint_env.render.drawn import Drawn
from codepaint_env.render.paper import on_white
from rewards.errors import MachineError

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, CDPSession

log = logging.getLogger("codepaint")
T = TypeVar("T")

VIEWPORT_PX = 512
POLL_S = 0.02
IDLE_S = 0.01  # the clock tick in which Linux counts CPU time
SILENCE_S = 30.0
MUTE = 20  # times as many rounds are left to a page that is idle and does not answer
CONSOLE_LINES = 20
OURS = ("sketch.js", "prelude.js")  # an error that comes from another script comes from a library


class _Stopped(Exception):
    """Carries the name of the limit that ended a program, and a sentence on it where the name is not enough."""

    def __init__(self, limit: str, message: str = "") -> None:
        super().__init__(limit)
        self.message = message


class SealedPage:
    """A fresh page with the libraries loaded, waiting for its one program."""

    def __init__(
        self, browser: BrowserProcess, recipe: Recipe, limits: PageLimits, frames: int, prelude: str = ""
    ) -> None:
        self._browser = browser
        self._recipe = recipe
        self._limits = limits
        self._frames = frames
        self._prelude = prelude
        self._loading = False
        self._context: BrowserContext
        self._session: CDPSession
        self._control = ""
        self._isolated = 0
        self._frame = ""
        self._error: asyncio.Future[tuple[str, bool]] = asyncio.get_running_loop().create_future()
        self._crash: asyncio.Future[str]
        self._target = ""
        self._left = False
        self._settled = False
        self._secret = secrets.token_hex(8)
        self._reading = f"({recipe.read_pixels.strip()}\n)"
        self._console: list[str] = []

    async def prepare(self) -> None:
        """Opens the page, seals it and loads what does not depend on the seed."""
        self._context = await cast("Browser", self._browser.browser).new_context(
            viewport={"width": VIEWPORT_PX, "height": VIEWPORT_PX},
            device_scale_factor=1,
            service_workers="block",
            accept_downloads=False,
            locale="en-US",
            timezone_id="UTC",
        )
        await self._context.route("**/*", serve)
        seal = self._recipe.seal
        await self._context.add_init_script(f"if (window !== top) {seal}")
        page = await self._context.new_page()
        await page.goto(ORIGIN)
        self._session = session = await self._context.new_cdp_session(page)
        self._target = (await session.send("Target.getTargetInfo"))["targetInfo"]["targetId"]
        self._crash = self._browser.crash_of(self._target)
        session.on("Runtime.exceptionThrown", self._on_exception)
        session.on("Runtime.consoleAPICalled", self._on_console)
        session.on("Page.frameRequestedNavigation", self._on_navigation)
        session.on("Page.frameStartedNavigating", self._on_navigation)
        await session.send("Runtime.enable")
        await session.send("Page.enable")
        self._control = (await self._evaluate(seal))["objectId"]
        await self._evaluate(self._recipe.library)
        tree = await session.send("Page.getFrameTree")
        self._frame = tree["frameTree"]["frame"]["id"]
        world = await session.send(
            "Page.createIsolatedWorld", {"frameId": self._frame, "worldName": "codepaint"}
        )
        self._isolated = world["executionContextId"]
        # A program goes on after its end: the picture is taken, and errors stop counting, at the end itself.
        session.on("Runtime.bindingCalled", self._on_settled)
        await session.send("Runtime.addBinding", {"name": "settled", "executionContextName": "codepaint"})
        await self._evaluate(
            f"document.addEventListener('{self._secret}finished', () => {{ globalThis.picture = {self._reading} }},"
            f" {{ once: true }}); document.addEventListener('{self._secret}settled', () => settled(''))",
            self._isolated,
        )

    async def run(self, program: str, seed: int) -> Drawn:
        """Runs the program to its end or its limit; raises `MachineError` if the browser fails."""
        from playwright.async_api import Error

        before = await self._within(self._browser.usage())
        work = asyncio.ensure_future(self._draw(program, seed))
        try:
            await self._watch(work, before)
            result = work.result()
            # Its death shows as a lost context or, a moment earlier, as a picture of zeros.
            if not await self._within(self._browser.has_same_graphics()):
                raise MachineError("the browser's graphics process died")
        except _Stopped as stopped:
            result = Drawn(PRELUDE if self._loading else str(stopped), stopped.message)
        except Error:
            if not self._left:
                raise
            result = Drawn("error", "the program navigated away from its page")
        finally:
            _abandon(work)
        result.console = self._console
        return result

    async def close(self) -> None:
        """Closes the page; a browser that is gone already is no error."""
        from playwright.async_api import Error

        self._browser.forget(self._target)
        try:
            await asyncio.wait_for(self._context.close(), SILENCE_S)
        except (Error, TimeoutError):
            log.debug("a page could not be closed")

    async def _draw(self, program: str, seed: int) -> Drawn:
        send = self._session.send
        await self._call(self._control, "function (seed) { this.seed(seed); }", seed)
        await self._evaluate(self._recipe.addon)
        harness = (await self._evaluate(f"({self._recipe.harness})"))["objectId"]
        options = {
            "timers": self._limits.timers,
            "frames": self._frames,
            "min": self._limits.canvas_min_px,
            "max": self._limits.canvas_max_px,
            "graphics": self._limits.page_graphics_mb * 2**20,
            "secret": self._secret,
        }
        started = await send(
            "Runtime.callFunctionOn",
            {
                "objectId": harness,
                "functionDeclaration": "function (control, options) { return this(control, options); }",
                "arguments": [{"objectId": self._control}, {"value": options}],
            },
        )
        sketch = started["result"]["objectId"]
        if self._prelude:
            self._loading = True
            loaded = await send("Runtime.evaluate", {"expression": self._prelude})
            if "exceptionDetails" in loaded:
                return Drawn(PRELUDE, describe(loaded["exceptionDetails"], "prelude.js"))
            self._loading = False
        compiled = await send(
            "Runtime.compileScript", {"expression": program, "sourceURL": "sketch.js", "persistScript": True}
        )
        if "exceptionDetails" in compiled:
            return Drawn("syntax", describe(compiled["exceptionDetails"]))
        ran = await send("Runtime.runScript", {"scriptId": compiled["scriptId"], "returnByValue": False})
        if "exceptionDetails" in ran:
            return Drawn("error", describe(ran["exceptionDetails"]))
        finished = asyncio.ensure_future(
            self._call(sketch, "function () { return this.start(); }", wait=True)
        )
        try:
            await _first(finished, self._error)
        finally:
            if not finished.done():
                _abandon(finished)
        if self._error.done():
            # What is refused throws as well: its own name says more than the error.
            outcome = (await self._call(sketch, "function () { return this.outcome(); }")).get("value")
            message, in_library = self._error.result()
            kind = outcome if outcome in ("too_large", "too_small", "memory_limit") else "error"
            result = Drawn(kind, message, in_library=in_library)
        else:
            outcome = str(finished.result().get("value"))
            result = Drawn("error" if outcome == PRELUDE else outcome)  # a program may say anything of itself
        await self._read(result)
        if self._error.done() and result.outcome == "done":
            result.outcome, (result.message, result.in_library) = "error", self._error.result()
        return result

    async def _read(self, result: Drawn) -> None:
        answer = await self._session.send(
            "Runtime.evaluate",
            {
                "expression": f"globalThis.picture ?? {self._reading}",
                "contextId": self._isolated,
                "returnByValue": True,
            },
        )
        if "exceptionDetails" in answer:
            raise MachineError(f"the pixels could not be read: {describe(answer['exceptionDetails'])}")
        value: dict[str, Any] = answer["result"]["value"]
        result.missing = value.get("missing", "")
        result.size = (value.get("width", 0), value.get("height", 0))
        if not result.missing:
            flat = np.frombuffer(base64.b64decode(value["rgba"]), np.uint8)
            result.rgb = on_white(flat.reshape(value["height"], value["width"], 4)[::-1])

    async def _watch(self, work: asyncio.Future[Drawn], before: Usage) -> None:
        limits, started, worked_s, rounds, answers = self._limits, time.monotonic(), before.working_s, 0, 0
        asked: asyncio.Future[dict[str, Any]] | None = None
        while True:
            await _first(work, self._crash, timeout_s=POLL_S)
            if work.done():
                return
            if self._crash.done():
                raise _Stopped(await self._why_it_crashed())
            usage = await self._within(self._browser.usage())
            if usage.cpu_s - before.cpu_s > limits.page_cpu_s:
                raise _Stopped("work_limit", f"The program used more than {limits.page_cpu_s:g} CPU seconds.")
            if usage.graphics_s - before.graphics_s > limits.page_graphics_s:
                graphics = f"Drawing the picture took more than {limits.page_graphics_s:g} CPU seconds."
                raise _Stopped("work_limit", graphics)
            if usage.memory_mb > limits.page_memory_mb:
                raise _Stopped("memory_limit", f"The program used more than {limits.page_memory_mb} MB.")
            # Less than before is work too: a thread that did some has ended.
            idle = abs(usage.working_s - worked_s) < IDLE_S and not usage.awake
            worked_s = usage.working_s
            if idle:
                # That the page itself answers shows that it was given its turn and had nothing to do with it.
                asked = asked or self._ask()
                await self._within(self._browser.ping())
                rounds += 1
                if asked.done():
                    asked, answers = None, answers + 1
            else:
                rounds, answers = 0, 0
            if answers >= limits.idle_rounds or rounds >= MUTE * limits.idle_rounds:
                raise _Stopped("never_finished")
            elapsed = time.monotonic() - started
            if elapsed > limits.wall_s:
                worked = usage.working_s - before.working_s + usage.starved_s - before.starved_s
                if worked < elapsed / 2 and not usage.awake:  # the page had the machine and did not use it
                    raise _Stopped("never_finished")
                raise MachineError(
                    f"a page got too little of the machine: unfinished after {limits.wall_s:.0f} s"
                )

    def _ask(self) -> asyncio.Future[dict[str, Any]]:
        """Asks the page for a sign of life; one that has gone answers as well, by an error."""
        question = {"expression": "0", "contextId": self._isolated}
        answer = asyncio.ensure_future(self._session.send("Runtime.evaluate", question))
        answer.add_done_callback(lambda done: done.cancelled() or done.exception())
        return answer

    async def _why_it_crashed(self) -> str:
        """Names the limit behind a dead page process; raises `MachineError` if somebody else ended it."""
        if self._crash.result() == "killed" or not self._browser.is_alive():
            raise MachineError("the page's process was killed")
        return "crash"

    async def _within(self, waiting: Coroutine[Any, Any, T]) -> T:
        try:
            return await asyncio.wait_for(waiting, SILENCE_S)
        except TimeoutError:
            raise MachineError(f"the browser gave no answer for {SILENCE_S:.0f} s") from None

    async def _evaluate(self, expression: str, world: int | None = None) -> dict[str, Any]:
        where = {} if world is None else {"contextId": world}
        answer = await self._session.send("Runtime.evaluate", {"expression": expression, **where})
        if "exceptionDetails" in answer:
            raise MachineError(f"a library failed to load: {describe(answer['exceptionDetails'])}")
        result: dict[str, Any] = answer["result"]
        return result

    async def _call(self, target: str, function: str, *values: object, wait: bool = False) -> dict[str, Any]:
        answer = await self._session.send(
            "Runtime.callFunctionOn",
            {
                "objectId": target,
                "functionDeclaration": function,
                "arguments": [{"value": value} for value in values],
                "awaitPromise": wait,
                "returnByValue": True,
            },
        )
        if "exceptionDetails" in answer:
            self._fail(describe(answer["exceptionDetails"]))
        result: dict[str, Any] = answer["result"]
        return result

    def _fail(self, message: str, *, in_library: bool = False) -> None:
        if not self._error.done():
            self._error.set_result((message[:MESSAGE_CHARS], in_library))

    def _on_settled(self, event: dict[str, Any]) -> None:
        self._settled = True

    def _on_exception(self, event: dict[str, Any]) -> None:
        if self._settled:
            return
        details = event["exceptionDetails"]
        frames = details.get("stackTrace", {}).get("callFrames", [])
        self._fail(describe(details), in_library=bool(frames) and frames[0].get("url") not in OURS)

    def _on_console(self, event: dict[str, Any]) -> None:
        if len(self._console) < CONSOLE_LINES:
            words = [str(arg.get("value", arg.get("description", ""))) for arg in event["args"]]
            self._console.append(f"{event['type']}: {' '.join(words)}"[:MESSAGE_CHARS])

    def _on_navigation(self, event: dict[str, Any]) -> None:
        if event.get("frameId") == self._frame:
            self._left = True
            self._fail("the program navigated away from its page")


async def _first(*futures: asyncio.Future[Any], timeout_s: float | None = None) -> None:
    """Waits until one of them is done."""
    await asyncio.wait(futures, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)


def _abandon(work: asyncio.Future[Any]) -> None:
    """Lets go of work whose outcome nobody waits for; its error, if any, is nobody's."""
    work.add_done_callback(lambda done: done.cancelled() or done.exception())
    work.cancel()
