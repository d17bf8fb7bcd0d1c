"""A person's hands on a page: pointer, keys, text, drag and wheel, as a browser hears them from its devices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codepaint_env.canvases.html.explore import scripts
from codepaint_env.canvases.html.explore.eyes import Eyes
from codepaint_env.canvases.html.explore.pace import Pace
from codepaint_env.canvases.html.explore.plan import Act

if TYPE_CHECKING:
    from codepaint_env.canvases.html.virtual_page import VirtualPage

Point = tuple[int, int]

BEAT_MS = 64  # between one movement of the hand and the next
DRAG_STEPS = 6
LONG_BEATS = 14  # of a long press, 896 ms
TAPS = ((0.3, 0.3), (0.7, 0.35), (0.35, 0.7), (0.75, 0.75), (0.5, 0.15))  # parts of what is tapped all over
WHEEL_MS = 4 * BEAT_MS
DRAG_BY = (130, 60)
INERT_KEY = "F9"  # which pages hardly listen to
# Name -> windowsVirtualKeyCode, text.
KEYS: Mapping[str, tuple[int, str]] = {
    "ArrowLeft": (37, ""),
    "ArrowUp": (38, ""),
    "ArrowRight": (39, ""),
    "ArrowDown": (40, ""),
    "Enter": (13, "\r"),
    "Space": (32, " "),
    "F9": (120, ""),
    "Backspace": (8, ""),
    "Escape": (27, ""),
    "Tab": (9, ""),
}
MODIFIERS = {"Alt": 1, "Control": 2, "Meta": 4}


class Unfit(Exception):
    """Says why an act cannot be done: the element is gone, hidden, disabled or covered."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Where an element can be pressed.

    Attributes:
        point: In pixels of the viewport.
        box: What of the element lies in the viewport: left, top, right, bottom.
    """

    point: Point
    box: tuple[int, int, int, int]

    def at(self, u: float, v: float) -> Point:
        """Returns the point so far along its width and height, [0, 1]."""
        left, top, right, bottom = self.box
        return round(left + u * (right - left - 1)), round(top + v * (bottom - top - 1))


class Hands:
    """Does acts to one page; an act of a kind takes the same virtual time wherever it is done.

    Args:
        page: The page, loaded.
        pace: How finely time passes.

    Attributes:
        eyes: On the same page.
        pace: As given.
    """

    def __init__(self, page: VirtualPage, pace: Pace) -> None:
        self.eyes = Eyes(page)
        self.pace = pace
        self._page = page
        self._due_ms = page.now_ms

    async def wait(self, ms: float, *, frame_ms: float = 0.0) -> None:
        """Lets time pass up to so many milliseconds after the last wait, whatever was done since."""
        self._due_ms += ms
        if (left := self._due_ms - self._page.now_ms) > 0:
            await self._page.advance(left, frame_ms=frame_ms or self.pace.hand_ms)

    async def aim(self, act: Act) -> Aim:
        """Finds where an element can be pressed.

        Raises:
            Unfit: A person could not press it.
        """
        part = [act.part, 0.5] if act.kind == "slide" else None
        told = await self.eyes.aim(act.selector, act.target, part)
        if "problem" in told:
            cover = told.get("cover", "")
            raise Unfit(f"It is covered by {cover}." if cover else f"It is {told['problem']}.")
        (x, y), (left, top, right, bottom) = told["point"], told["box"]
        return Aim((x, y), (left, top, right, bottom))

    async def reach(self, act: Act) -> None:
        """Scrolls an element into view, if it is not; takes two beats."""
        selector = act.target or act.selector
        if selector and selector != "body":
            await self.eyes.reach(selector)
        await self.wait(2 * BEAT_MS)

    async def focus(self, selector: str) -> None:
        """Gives an element the focus, as the Tab key does."""
        await self.eyes.focus(selector)

    async def blur(self) -> None:
        """Takes the focus away."""
        await self.eyes.run(scripts.aim("blur"))

    async def scroll(self, place: tuple[int, int]) -> None:
        """Scrolls the page there at once."""
        await self.eyes.run("(x, y) => scrollTo({ left: x, top: y, behavior: 'instant' })", *place)

    async def inert_places(self) -> list[tuple[Point, str]]:
        """Returns up to two points where a press does nothing by itself, and selectors of what lies there."""
        return [((x, y), selector) for x, y, selector in await self.eyes.run(scripts.aim("inertPoints"))]

    async def move(self, point: Point) -> None:
        """Moves the pointer; takes a beat."""
        await self._mouse("mouseMoved", point)
        await self.wait(BEAT_MS)

    async def click(
        self,
        point: Point,
        *,
        times: int = 1,
        button: str = "left",
        over: Point | None = None,
        pressed: bool = True,
    ) -> None:
        """Moves to a point and presses there; takes three beats.

        Args:
            point: Where.
            times: 2 for a double click.
            button: `left` or `right`.
            over: Where to move first; None goes straight there.
            pressed: False to leave out the press.
        """
        await self.move(over or point)
        if over is not None:
            await self._mouse("mouseMoved", point)
        for number in range(1, times + 1) if pressed else ():
            await self._mouse("mousePressed", point, button=button, count=number)
            await self._mouse("mouseReleased", point, button=button, count=number)
        await self.wait(2 * BEAT_MS)

    async def hold(self, point: Point, *, over: Point | None = None, pressed: bool = True) -> None:
        """Moves to a point and presses there for nearly a second; arguments as for `click`."""
        await self.move(over or point)
        if over is not None:
            await self._mouse("mouseMoved", point)
        if pressed:
            await self._mouse("mousePressed", point, count=1)
        await self.wait(LONG_BEATS * BEAT_MS)
        if pressed:
            await self._mouse("mouseReleased", point, count=1)
        await self.wait(2 * BEAT_MS)

    async def taps(self, points: Sequence[Point], *, pressed: bool = True) -> None:
        """Presses at one point after the other; takes three beats each."""
        for point in points:
            await self.click(point, pressed=pressed)

    async def choose(self, selector: str, value: str) -> None:
        """Gives a field a value as its own picker does, which opens in no page; takes two beats."""
        await self.eyes.pick(selector, value)
        await self.wait(2 * BEAT_MS)

    async def press(self, keys: Sequence[str], hold_ms: int) -> None:
        """Presses keys one after the other; each takes a beat and as long as it is held."""
        for key in keys:
            await self._act("Input.dispatchKeyEvent", _key("down", key))
            if hold_ms:
                await self.wait(hold_ms)
            await self._act("Input.dispatchKeyEvent", _key("up", key))
            await self.wait(BEAT_MS)

    async def write(self, keys: Sequence[str]) -> None:
        """Types letter by letter, at once; takes two beats."""
        for key in keys[:-1]:
            self._page.session.post("Input.dispatchKeyEvent", _key("down", key))
            self._page.session.post("Input.dispatchKeyEvent", _key("up", key))
        for way in ("down", "up"):
            await self._act("Input.dispatchKeyEvent", _key(way, keys[-1]))
        await self.wait(2 * BEAT_MS)

    async def wheel(self, point: Point) -> None:
        """Turns the wheel over a point, three notches down; takes four beats."""
        await self.move(point)
        for _ in range(3):
            notch = {"type": "mouseWheel", "x": point[0], "y": point[1], "deltaX": 0, "deltaY": 120}
            await self._act("Input.dispatchMouseEvent", notch)
            await self.wait(BEAT_MS)

    async def drag(self, start: Point, end: Point, *, pressed: bool = True) -> None:
        """Drags from one point to another, natively where the page does; takes eleven beats.

        Args:
            start: Where from.
            end: Where to.
            pressed: False to go the same way with no button down.
        """
        session = self._page.session
        await self.move(start)
        if not pressed:
            await self.wait(BEAT_MS)
            for point in _way(start, end):
                await self.move(point)
            await self.wait(3 * BEAT_MS)
            return
        dragged: list[Mapping[str, Any]] = []

        def take(event: dict[str, Any]) -> None:
            dragged.append(event["data"])

        session.on("Input.dragIntercepted", take)
        await session.send("Input.setInterceptDrags", {"enabled": True})
        await self._mouse("mousePressed", start, count=1)
        await self.wait(BEAT_MS)
        for point in _way(start, end):
            if dragged:
                await self._drag("dragOver", point, dragged[0])
            else:
                await self._mouse("mouseMoved", point, held=True)
                if dragged:
                    await self._drag("dragEnter", point, dragged[0])
            await self.wait(BEAT_MS)
        if dragged:
            for kind in ("dragEnter", "dragOver", "drop"):
                await self._drag(kind, end, dragged[0])
        await self._mouse("mouseReleased", end, count=1)
        await session.send("Input.setInterceptDrags", {"enabled": False})
        session.remove_listener("Input.dragIntercepted", take)
        await self.eyes.run(
            "() => getSelection()?.removeAllRanges()"
        )  # what it marked would show in pictures
        await self.wait(3 * BEAT_MS)

    async def _drag(self, kind: str, point: Point, data: Mapping[str, Any]) -> None:
        await self._act("Input.dispatchDragEvent", {"type": kind, "x": point[0], "y": point[1], "data": data})

    async def _mouse(
        self, kind: str, point: Point, *, button: str = "left", count: int = 0, held: bool = False
    ) -> None:
        pressed = {"left": 1, "right": 2}[button]
        await self._act(
            "Input.dispatchMouseEvent",
            {
                "type": kind,
                "x": point[0],
                "y": point[1],
                "button": button if count or held else "none",
                "buttons": pressed if kind == "mousePressed" or held else 0,
                "clickCount": count,
            },
        )

    async def _act(self, method: str, params: Mapping[str, Any]) -> None:
        await self._page.act(method, params)


def _way(start: Point, end: Point) -> list[Point]:
    """Returns the points of a drag after its start."""
    return [
        (
            start[0] + (end[0] - start[0]) * step // DRAG_STEPS,
            start[1] + (end[1] - start[1]) * step // DRAG_STEPS,
        )
        for step in range(1, DRAG_STEPS + 1)
    ]


def _key(way: str, key: str) -> dict[str, Any]:
    """Returns what the browser is told of a key that goes down or up.

    Args:
        way: `down` or `up`.
        key: A letter, or a name such as `Space`, after a modifier's name and `+` or none: `Control+k`.
    """
    held, _, bare = key.rpartition("+")
    key = bare or key
    code, text = KEYS.get(key, (0, key))
    if code == 0 and key.isascii() and key.isalnum():
        code = ord(key.upper())
    named = (
        key
        if key in KEYS
        else f"Key{key.upper()}"
        if key.isalpha()
        else f"Digit{key}"
        if key.isdigit()
        else ""
    )
    event: dict[str, Any] = {
        "type": "keyUp",
        "key": " " if key == "Space" else key,
        "code": named,
        "windowsVirtualKeyCode": code,
        "modifiers": MODIFIERS.get(held, 0),
    }
    if way == "down":
        event |= (
            {"type": "keyDown", "text": text} if text and not event["modifiers"] else {"type": "rawKeyDown"}
        )
    return event
