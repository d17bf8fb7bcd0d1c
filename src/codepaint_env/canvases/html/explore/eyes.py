"""Our own look into a page: functions that run beside its scripts, in a world of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codepaint_env.canvases.html.explore import scripts
from codepaint_env.render.browser.pipe import ProtocolError

if TYPE_CHECKING:
    from codepaint_env.canvases.html.virtual_page import VirtualPage

INTO = " >>> "  # leads into a shadow root or a frame


class Left(Exception):
    """The page cannot be looked at any more: its document is gone, or is made so that it cannot be."""


@dataclass(frozen=True, slots=True)
class Inner:
    """A frame of another origin, which only a world of its own sees into.

    Attributes:
        selector: Of its element in the page.
        context: Id of our world in it.
    """

    selector: str
    context: int


class Eyes:
    """Calls functions in isolated worlds of a page.

    Args:
        page: The page, loaded.

    Attributes:
        inner: Frames of other origins, as far as `sight` found any.
    """

    def __init__(self, page: VirtualPage) -> None:
        self.inner: list[Inner] = []
        self._page = page
        self._context = 0

    async def context(self) -> int:
        """Returns the id of our world in the page itself, made when it is first asked for."""
        if not self._context:
            frame = next(iter(self._page.frames), "")
            if not frame:
                raise Left("The page was left.")
            world = {"frameId": frame, "worldName": "explore"}
            answer = await self._page.session.send("Page.createIsolatedWorld", world)
            self._context = int(answer["executionContextId"])
        return self._context

    async def run(self, function: str, *args: object, context: int = 0) -> Any:
        """Calls a function that returns at once, and returns its JSON.

        Args:
            function: Its source.
            args: JSON-able.
            context: Of the world; 0 for the page itself.

        Raises:
            Left: The document is gone.
        """
        asked = {
            "functionDeclaration": function,
            "executionContextId": context or await self.context(),
            "arguments": [{"value": each} for each in args],
            "returnByValue": True,
        }
        try:
            answer = await self._page.session.send("Runtime.callFunctionOn", asked)
        except ProtocolError as error:
            if "context" in str(error):
                raise Left("The page was left.") from error
            raise
        if "exceptionDetails" in answer:
            why = str(answer["exceptionDetails"].get("exception", {}).get("description"))
            raise Left(f"The page cannot be looked at: {why.partition(chr(10))[0]}")
        return answer["result"].get("value")

    async def candidates(self) -> dict[str, Any]:
        """Returns what `candidates.js` tells of the page and of its frames."""
        told: dict[str, Any] = await self.run(scripts.candidates())
        for inner in self.inner:
            x, y = await self.origin(inner)
            its = await self.run(scripts.candidates(), context=inner.context)
            for each in its["candidates"]:
                for name in ("selector", "target", "form", "parent", "cover"):
                    each[name] = f"{inner.selector}{INTO}{each[name]}" if each.get(name) else ""
                for name in ("fields", "drops", "parts"):
                    each[name] = [f"{inner.selector}{INTO}{own}" if own else "" for own in each[name]]
                left, top, right, bottom = each["box"]
                each["box"] = [left + x, top + y, right + x, bottom + y]
            told["candidates"] += its["candidates"]
        return told

    async def observe(self, chosen: list[str], spread: bool) -> dict[str, Any]:
        """Returns what `observe.js` tells of the page and of its frames.

        Args:
            chosen: Selectors of the elements that were acted on.
            spread: Whether the fields of their forms belong to them.
        """
        told: dict[str, Any] = await self.run(scripts.observe(), chosen, spread)
        for inner in self.inner:
            x, y = await self.origin(inner)
            into = inner.selector + INTO
            own = [each.removeprefix(into) for each in chosen if each.startswith(into)]
            its = await self.run(scripts.observe(), own, spread, context=inner.context)
            for (
                selector,
                tag,
                left,
                top,
                width,
                height,
                text,
                looks,
                state,
                pixels,
                shown,
                role,
                acted,
            ) in its["elements"]:
                seen = [shown[0] + x, shown[1] + y, shown[2] + x, shown[3] + y]
                place = (left + x, top + y, width, height)
                told["elements"].append(
                    [into + selector, tag, *place, text, looks, state, pixels, seen, role, acted]
                )
        return told

    async def reach(self, selector: str) -> None:
        """Scrolls an element into view, if it is not."""
        inner = self._inner_of(selector)
        await self.run(scripts.aim("reach"), inner.selector if inner else selector)
        if inner:
            await self.run(
                scripts.aim("reach"), selector.removeprefix(inner.selector + INTO), context=inner.context
            )

    async def aim(self, selector: str, target: str, part: list[float] | None) -> Mapping[str, Any]:
        """Returns what `aim.js` tells of where an element can be pressed."""
        inner = self._inner_of(selector)
        if inner is None:
            told: dict[str, Any] = await self.run(scripts.aim("aim"), selector, target, part)
            return told
        into = inner.selector + INTO
        local = selector.removeprefix(into), target.removeprefix(into)
        its: dict[str, Any] = await self.run(scripts.aim("aim"), *local, part, context=inner.context)
        if "problem" in its:
            return its
        x, y = await self.origin(inner)
        its["point"] = [its["point"][0] + x, its["point"][1] + y]
        its["box"] = [each + (y if number % 2 else x) for number, each in enumerate(its["box"])]
        if not await self.run(scripts.aim("meets"), inner.selector, *its["point"]):
            return {"problem": "covered"}
        return its

    async def focus(self, selector: str) -> None:
        """Gives an element the focus."""
        inner = self._inner_of(selector)
        into = inner.selector + INTO if inner else ""
        await self.run(
            scripts.aim("focus"), selector.removeprefix(into), context=inner.context if inner else 0
        )

    async def pick(self, selector: str, value: str) -> None:
        """Gives a field a value, and tells its listeners as a picker of the browser does."""
        inner = self._inner_of(selector)
        into = inner.selector + INTO if inner else ""
        where = inner.context if inner else 0
        await self.run(scripts.aim("pick"), selector.removeprefix(into), value, context=where)

    async def origin(self, inner: Inner) -> tuple[int, int]:
        """Returns where a frame's own left and top lie in the viewport of the page."""
        x, y = await self.run(scripts.aim("originOf"), inner.selector)
        return x, y

    def _inner_of(self, selector: str) -> Inner | None:
        return next((each for each in self.inner if selector.startswith(each.selector + INTO)), None)
