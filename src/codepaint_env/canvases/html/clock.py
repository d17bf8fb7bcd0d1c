"""Virtual time: timers, frames and animations of a page on one clock, which only we move."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from codepaint_env.render.browser.pipe import Session
from codepaint_env.render.confine.process_table import Rest

EPOCH_S = 1_767_225_600.0  # 2026-01-01 00:00 UTC, when every page is opened
FRAME_MS = 16.0
_TASKS = 1_000  # that may run at one instant before time goes on without them
_ROUNDS = 100  # of three tasks that may run as time stops, before a frame is drawn without the rest
_NEXT_MS = 0.001
_STEP_MS, _STEPS = 1.0, 200  # in which a request that was made while time stood still is answered
_LEAVING_STEPS = 60
_CUT_MS = 0.0001  # what is given is cut to whole microseconds
_GRAIN_US = 100  # to which Chromium rounds what a page reads, up or down by a secret of the process


class Clock:
    """The time of one page's process.

    Args:
        session: Of the page.
        rest: Tells whether the main thread of the page's process has nothing to do; None where that cannot be seen.

    Nothing moves unless `frame` is called: then timers that are due run, in order, and one frame is drawn.

    Attributes:
        now_ms: Milliseconds since the page's address was asked for.
        takes_input: True once a page is loaded, and does something while time stands still.
    """

    def __init__(self, session: Session, rest: Callable[[], Rest | None]) -> None:
        self.now_ms = 0.0
        self._session = session
        self._rest = rest
        self._base_ms = 0.0
        self._drawn_ms = 0.0
        self._spent: asyncio.Future[None] | None = None
        # Requests that were made while time stood still, as by input, with the steps that are left to each: Chromium
        # tells a page what became of them only while time passes, and would let none pass until it has.
        self._unanswered: dict[str, int] = {}
        self.takes_input = False
        session.on("Emulation.virtualTimeBudgetExpired", self._on_spent)
        session.on("Network.requestWillBeSent", self._on_request)
        session.on("Page.frameRequestedNavigation", self._on_navigation)
        session.on("Network.loadingFailed", self._on_answer)
        session.on("Network.loadingFinished", self._on_answer)

    async def start(self) -> None:
        """Stops the time, at the same instant in every process; call it before the page has a document."""
        policy = {"policy": "pause", "initialVirtualTime": EPOCH_S}
        answer = await self._session.send("Emulation.setVirtualTimePolicy", policy)
        base_us = round(float(answer["virtualTimeTicksBase"]) * 1_000)
        # On a full grain nothing is rounded: a page reads 16, never 16.1.
        odd_us = -base_us % _GRAIN_US
        if odd_us:
            await self._spend(odd_us / 1_000 + _CUT_MS)
        self._base_ms = (base_us + odd_us) / 1_000

    async def frame(self, ms: float = FRAME_MS, *, picture: bool = False) -> dict[str, Any]:
        """Lets time pass and draws a frame at its end.

        Args:
            ms: How much, above 0.
            picture: True adds `screenshotData`, a PNG in base64, to what is returned.
        """
        await self._pass(ms)
        await self._finish()
        self.now_ms += ms
        self._drawn_ms = 0.0
        return await self._draw({"screenshot": {"format": "png"}} if picture else {})

    async def again(self) -> dict[str, Any]:
        """Draws one more frame without letting timers run: a frame must be later than the last, if only by this."""
        self._drawn_ms += _NEXT_MS
        return await self._draw({})

    async def _draw(self, asked: dict[str, Any]) -> dict[str, Any]:
        frame = {
            "frameTimeTicks": self._base_ms + self.now_ms + self._drawn_ms + _CUT_MS,
            "interval": FRAME_MS,
        }
        return await self._session.send("HeadlessExperimental.beginFrame", frame | asked)

    async def advance(self, ms: float, frame_ms: float = FRAME_MS) -> None:
        """Lets time pass in frames."""
        end_ms = self.now_ms + ms
        while self.now_ms < end_ms - 1e-6:
            await self.frame(min(frame_ms, end_ms - self.now_ms))

    def timestamp_s(self) -> float:
        """Returns the time of an input event that comes now, as the protocol wants it: on the machine's clock.

        Chromium takes it back to the clock that the page's time is part of, with the difference that the two have here.
        """
        difference_ms = (time.clock_gettime_ns(time.CLOCK_MONOTONIC) - time.time_ns()) / 1e6
        return (self._base_ms + self.now_ms - difference_ms) / 1e3

    @property
    def waiting(self) -> bool:
        """True while the page is to let time pass."""
        return self._spent is not None and not self._spent.done()

    def end(self, error: Exception) -> None:
        """Ends the waiting: the page is gone."""
        if self._spent is not None and not self._spent.done():
            self._spent.set_exception(error)

    def _on_spent(self, _: object) -> None:
        if self._spent is not None and not self._spent.done():
            self._spent.set_result(None)

    async def _pass(self, ms: float) -> None:
        left_ms = ms
        while self._unanswered and left_ms > _STEP_MS:
            await self._spend(_STEP_MS, "advance")
            left_ms -= _STEP_MS
            self._unanswered = {name: left - 1 for name, left in self._unanswered.items() if left > 1}
        if self._unanswered:
            await self._spend(left_ms, "advance")
        else:
            await self._spend(left_ms)

    async def _finish(self) -> None:
        """Waits until all that is due at this instant has run.

        Chromium stops the time before it runs the tasks that are due just then, and does not wait for them to draw a
        frame. They run between the answers to our questions, three for one. The page is at rest once its main thread
        sleeps, and slept only once since the question before: a task that waits for another process sleeps more often.
        """
        was = self._rest()
        quiet = was is not None and was.asleep
        for _ in range(_ROUNDS):
            await self._session.send("Runtime.getIsolateId")
            now = self._rest()
            if was is None or now is None:
                return
            rested = now.asleep and now.sleeps - was.sleeps <= 1
            if rested and quiet:
                return
            was, quiet = now, rested

    def _on_request(self, told: dict[str, Any]) -> None:
        if self.takes_input and not self.waiting:
            self._unanswered[str(told["requestId"])] = _STEPS

    def _on_navigation(self, told: dict[str, Any]) -> None:
        if self.takes_input:  # when a page knows that it stays is not told
            self._unanswered[str(told["frameId"])] = _LEAVING_STEPS

    def _on_answer(self, told: dict[str, Any]) -> None:
        self._unanswered.pop(str(told["requestId"]), None)

    async def _spend(self, ms: float, policy: str = "pauseIfNetworkFetchesPending") -> None:
        self._spent = asyncio.get_running_loop().create_future()
        self._spent.add_done_callback(lambda done: done.cancelled() or done.exception())
        asked = {
            "policy": policy,
            "budget": ms,
            "maxVirtualTimeTaskStarvationCount": _TASKS,
        }
        await self._session.send("Emulation.setVirtualTimePolicy", asked)
        await self._spent
