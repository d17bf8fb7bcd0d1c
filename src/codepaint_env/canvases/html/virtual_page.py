"""One page of a sealed Chromium on virtual time: open it, let time pass, look at it, ask it, act in it."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import time
from collections.abc import Mapping
from typing import Any

from codepaint_env.canvases.html.clock import FRAME_MS, Clock
from codepaint_env.canvases.html.disguise import disguise, prelude
from codepaint_env.canvases.html.events import EventKind, PageEvent
from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.canvases.html.seal import CLOSED_IN, ORIGIN, Seal
from codepaint_env.canvases.html.watch import Watch
from codepaint_env.render.browser.pipe import Pipe, ProtocolError, Session
from codepaint_env.render.confine import process_table
from rewards.errors import MachineError

WIDTH_PX, HEIGHT_PX = 1280, 720
FULL_HEIGHT_PX = 4320  # of the picture of a whole page
SETTLED_MS = 2_000.0
WORLD = "codepaint"
MOST_EVENTS = 500
INPUT_FRAMES = 40
START_S = 30.0
START_POLL_S = 0.01
RUN_FRAMES = 2_000
ANSWER_S = 1.0
FIRST_TRIES = 200
_WITH_FRAMES = frozenset(
    {"mouseMoved", "mouseWheel", "touchMove", "dragOver"}
)  # handed over at the next frame


class ScriptError(Exception):
    """A function of ours threw in a page."""


class VirtualPage:
    """A page in a target and a process of its own; lives on one event loop.

    Time stands still unless `advance`, `act` or `screenshot` is awaited.

    Attributes:
        session: The protocol of the page. What needs a frame before it is answered, as input does, goes through `act`.
        events: What the page did, appended as it happens.
        frames: Ids of the page's frames, the main one first, with the context of our isolated world in each.

    Whatever is awaited raises `PageStopped` once the page came to a limit or crashed, and `MachineError` once the
    browser failed.

    Args:
        pipe: To a browser of `codepaint_env.canvases.html.browser`.
        limits: What the page may use; None takes the usual.
    """

    def __init__(self, pipe: Pipe, limits: HtmlLimits | None = None) -> None:
        self.session: Session
        self.events: list[PageEvent] = []
        self.frames: dict[str, int] = {}
        self._pipe = pipe
        self._limits = limits or HtmlLimits()
        self._watch: Watch
        self._dialogs = self._happened = 0
        self._context = self._target = self._frame = ""
        self._clock: Clock
        self._seal: Seal
        self._loaded = False

    @property
    def now_ms(self) -> float:
        """Virtual milliseconds since the page was opened."""
        return self._clock.now_ms

    @property
    def left(self) -> bool:
        """True if another document stands where the page's was."""
        return self._seal.left

    async def prepare(self) -> None:
        """Makes the target and seals it, before the document is known."""
        send = self._pipe.root.send
        self._context = (await send("Target.createBrowserContext"))["browserContextId"]
        await send("Browser.setDownloadBehavior", {"behavior": "deny", "browserContextId": self._context})
        # A page that is looked at may always write to the clipboard; it may not read what another one wrote.
        granted = {"permissions": ["clipboardSanitizedWrite"], "browserContextId": self._context}
        await send("Browser.grantPermissions", granted)
        asked = {
            "url": "about:blank",
            "browserContextId": self._context,
            "enableBeginFrameControl": True,
            "width": WIDTH_PX,
            "height": HEIGHT_PX,
        }
        async with self._pipe.making:
            before = await self._processes()
            self._target = (await send("Target.createTarget", asked))["targetId"]
            pids = await self._started_since(before)
        self.session = session = await self._pipe.attach(self._target)
        self._clock = Clock(session, lambda: process_table.rest_of(pids[0]))
        self._seal = Seal(session, self._record)
        self._watch = Watch(self._pipe, self._target, self._limits, self._is_waited_for, self._end)
        self._watch.start(*pids)
        session.on("Runtime.executionContextCreated", self._on_context)
        session.on("Runtime.executionContextDestroyed", self._on_context_gone)
        session.on("Page.lifecycleEvent", self._on_lifecycle)
        await asyncio.gather(
            *(
                session.post(method, params)
                for method, params in (
                    ("Page.enable", {}),
                    ("Runtime.enable", {}),
                    ("HeadlessExperimental.enable", {}),
                    ("Page.setLifecycleEventsEnabled", {"enabled": True}),
                    # A mouse that the browser thinks of would come in when this machine finds the time.
                    ("Input.setIgnoreInputEvents", {"ignore": True}),
                    *CLOSED_IN,
                    *disguise(self._pipe.version, WIDTH_PX, HEIGHT_PX),
                )
            )
        )
        self._frame = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        self._seal.of_frame(self._frame)
        await self._clock.start()

    async def open(
        self, document: str, seed: int, *, settle_ms: float = SETTLED_MS, frame_ms: float = FRAME_MS
    ) -> None:
        """Loads a document and lets time pass until it is settled.

        Args:
            document: HTML.
            seed: Where the page's random numbers start.
            settle_ms: Virtual milliseconds after its load event.
            frame_ms: From one frame to the next in them.
        """
        if not self._target:
            await self.prepare()
        self.renew()
        self._seal.serve(document)
        await self.session.send("Page.addScriptToEvaluateOnNewDocument", {"source": prelude(seed)})
        # With a script of ours, however small, each new document has our world from its start.
        await self.session.send("Page.addScriptToEvaluateOnNewDocument", {"source": "0", "worldName": WORLD})
        self.frames.clear()
        await self.session.send("Page.navigate", {"url": ORIGIN})
        await self._first_frame()
        while not self._loaded:
            if self.now_ms > self._limits.load_ms:
                await self._check_stopped()
                break
            await self._clock.frame()
        await self.advance(settle_ms, frame_ms=frame_ms)
        await self.session.send("Input.setIgnoreInputEvents", {"ignore": False})
        self._clock.takes_input = True

    async def advance(self, ms: float, *, frame_ms: float = FRAME_MS) -> None:
        """Lets virtual time pass, in frames of 16 ms, or coarser ones where nobody needs to see a movement."""
        await self._clock.advance(ms, frame_ms)

    async def act(self, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """Sends a command that a page answers in a frame, such as `Input.dispatchMouseEvent`; takes a frame or more."""
        if method.startswith("Input.dispatch"):
            params = {**params, "timestamp": self._clock.timestamp_s()}
        asked = self.session.post(method, params)
        await self._turn()
        if params.get("type") not in _WITH_FRAMES:
            await asyncio.wait({asked}, timeout=ANSWER_S)
            await self._turn()  # so that what it asked for is known before time goes on
        for _ in range(INPUT_FRAMES):
            await self._clock.frame()
            await asyncio.wait({asked}, timeout=ANSWER_S)  # its answer and the frame's come by two ways
            if asked.done():
                break
        return await asked

    async def run(self, function: str, *args: object, frame: str = "") -> Any:
        """Calls a JavaScript function in our isolated world and returns its result; awaits a promise, in frames.

        Args:
            function: Its source.
            args: JSON-able.
            frame: Id of a frame; `""` for the main one.

        Raises:
            ScriptError: It threw.
        """
        asked = self.session.post(
            "Runtime.callFunctionOn",
            {
                "functionDeclaration": function,
                "executionContextId": self.frames[frame or self._frame],
                "arguments": [{"value": each} for each in args],
                "returnByValue": True,
                "awaitPromise": True,
            },
        )
        await self._turn()
        for _ in range(RUN_FRAMES):
            if asked.done():
                break
            await self._clock.frame()
        else:
            self._watch.stop("never_finished", "The page lets our own code wait for ever.")
        answer = await asked
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise ScriptError(str(details.get("exception", {}).get("description", details.get("text"))))
        return answer["result"].get("value")

    async def screenshot(self, *, full: bool = False) -> bytes:
        """Returns a PNG of the viewport; takes a frame.

        Args:
            full: True takes the whole page, down to `FULL_HEIGHT_PX`. It is the last look at a page, whose scripts
                run no more: how many frames this takes, and that its window grows, would be seen by them.
        """
        if full:
            return await self._whole()
        shot = (await self._clock.frame(picture=True))["screenshotData"]
        return base64.b64decode(shot)

    def renew(self) -> None:
        """Counts from now on what the page uses: for a page of our own that serves many documents."""
        self._watch.renew()

    async def close(self) -> None:
        """Closes the page and its process; closed already, it stays so."""
        context, self._context = self._context, ""
        if context:
            with contextlib.suppress(ProtocolError):
                await self._pipe.root.send("Target.disposeBrowserContext", {"browserContextId": context})
        if self._target:
            self._watch.close()
            self.session.end(ProtocolError("the page was closed"))

    async def _first_frame(self) -> None:
        """Draws the first frame, again and again until it was drawn: what draws may not be ready before."""
        drawn = await self._clock.frame()
        for _ in range(FIRST_TRIES):
            if drawn["hasDamage"]:
                return
            await asyncio.sleep(ANSWER_S / FIRST_TRIES)
            drawn = await self._clock.again()

    async def _check_stopped(self) -> None:
        """Ends a page whose document still loads; one that stopped its own loading stands as it is."""
        asked = {"expression": "document.readyState"}
        answer = await self.session.send("Runtime.evaluate", asked | {"contextId": self.frames[self._frame]})
        if answer["result"].get("value") != "complete":
            seconds = self._limits.load_ms / 1_000
            self._watch.stop("never_finished", f"The document was not loaded after {seconds:g} s.")

    async def _turn(self) -> None:
        """Waits until the page has done what it was asked for before, or has become another document by it."""
        with contextlib.suppress(ProtocolError):
            await self.session.send("Runtime.evaluate", {"expression": "0"})

    async def _whole(self) -> bytes:
        send = self.session.send
        await send("Emulation.setScriptExecutionDisabled", {"value": True})
        await send("Animation.enable")
        await send("Animation.setPlaybackRate", {"playbackRate": 0})
        size = (await send("Page.getLayoutMetrics"))["cssContentSize"]
        height = int(min(max(size["height"], HEIGHT_PX), FULL_HEIGHT_PX))
        clip = {"x": 0, "y": 0, "width": WIDTH_PX, "height": height, "scale": 1}
        asked = self.session.post(
            "Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True, "clip": clip}
        )
        while not asked.done():
            # The last frame may never be answered: the picture was there before it.
            frame = asyncio.ensure_future(self._clock.again())
            frame.add_done_callback(lambda done: done.cancelled() or done.exception())
            await asyncio.wait({asked, frame}, return_when=asyncio.FIRST_COMPLETED)
        return base64.b64decode((await asked)["data"])

    async def _processes(self) -> set[tuple[int, str]]:
        told = await self._pipe.root.send("SystemInfo.getProcessInfo")
        return {(int(each["id"]), str(each["type"])) for each in told["processInfo"]}

    async def _started_since(self, before: set[tuple[int, str]]) -> tuple[int, int, int]:
        """Returns the ids of the page's process, of that which draws (it may start later) and of the browser's own."""
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            after = await self._processes()
            pages = [pid for pid, kind in after - before if kind == "renderer" and pid]
            graphics = [pid for pid, kind in after if kind == "GPU" and pid]
            if pages and graphics:
                return max(pages), graphics[0], next(pid for pid, kind in after if kind == "browser")
            await asyncio.sleep(START_POLL_S)
        raise MachineError(f"no process for a page was started within {START_S:g} s")

    def _is_waited_for(self) -> bool:
        return self._clock.waiting or self._pipe.is_asked(self.session)

    def _end(self, error: Exception) -> None:
        self.session.end(error)
        self._clock.end(error)

    def _record(self, kind: EventKind, text: str, detail: str, line: int) -> None:
        self._happened += 1
        self._dialogs += kind == "dialog"
        if len(self.events) < MOST_EVENTS:
            self.events.append(PageEvent(kind, text, self._clock.now_ms, detail, line))
        if self._dialogs > self._limits.dialogs:
            self._watch.stop("work_limit", f"The page opened more than {self._limits.dialogs} dialogs.")
        if self._happened > self._limits.events:
            told = f"The page made more than {self._limits.events:,} errors, requests and dialogs."
            self._watch.stop("work_limit", told)

    def _on_lifecycle(self, told: dict[str, Any]) -> None:
        if told["name"] == "load" and told["frameId"] == self._frame:
            self._loaded = True

    def _on_context(self, told: dict[str, Any]) -> None:
        context = told["context"]
        if context["name"] == WORLD:
            self.frames[context["auxData"]["frameId"]] = context["id"]
        if len(self.frames) > self._limits.frames + 1:  # the page itself is one of them
            self._watch.stop("work_limit", f"The page has more than {self._limits.frames} frames.")

    def _on_context_gone(self, told: dict[str, Any]) -> None:
        gone = told["executionContextId"]
        self.frames = {frame: each for frame, each in self.frames.items() if each != gone}
