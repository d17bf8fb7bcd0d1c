"""One page of a trial, from its load to what it shows in the end: acted on, or left alone on the same clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codepaint_env.canvases.html.events import PageEvent
from codepaint_env.canvases.html.explore import scripts
from codepaint_env.canvases.html.explore.hands import (
    BEAT_MS,
    DRAG_BY,
    INERT_KEY,
    TAPS,
    WHEEL_MS,
    Aim,
    Hands,
    Point,
)
from codepaint_env.canvases.html.explore.pace import Pace
from codepaint_env.canvases.html.explore.plan import Act, Plan
from codepaint_env.canvases.html.explore.sight import learn
from codepaint_env.canvases.html.explore.snapshot import Snapshot, snapshot_of
from codepaint_env.canvases.html.virtual_page import HEIGHT_PX, WIDTH_PX

if TYPE_CHECKING:
    from codepaint_env.canvases.html.virtual_page import VirtualPage

OpenPage = Callable[[], "Awaitable[VirtualPage]"]

# All are whole frames: both arms of a trial draw the same frames, whatever pictures are taken between.
PAUSE_MS = 608  # after a first step, before the next
EARLY_MS = 400  # after which a message or the end of a game may have come that does not last
WATCH_MS = 4_000  # for which an effect may take its time
CLOSELY_MS = 1_600  # of it that pass in finer frames, in which animations run out
BLUR_MS = 304  # after the focus was taken away


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What one arm showed.

    Attributes:
        prior: Just before the act: the same in both arms, unless the page differs by chance.
        settled: After `WATCH_MS`.
        left: When the focus was taken away besides.
        early: Soon after the act; with a picture only where the keys of a game were pressed.
        aim: Where the element was pressed; None in the arm left alone, and for keys alone.
        pressed: Points at which the pointer was pressed or let go.
        dragged: True if the element was dragged.
        played: True if the keys of a game were pressed, whose end may come soon.
        before: PNG of the viewport just before the act; None in the arm left alone.
        inert: Selectors of the elements that took the press in place of the control.
        events: What happened besides since the act began.
        more: What can be tried now, where that was asked for.
    """

    prior: Snapshot
    settled: Snapshot
    left: Snapshot
    early: Snapshot
    aim: Aim | None = None
    pressed: tuple[Point, ...] = ()
    dragged: bool = False
    played: bool = False
    before: bytes | None = None
    inert: tuple[str, ...] = ()
    events: tuple[PageEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What both arms of a trial have in common besides the prefix.

    Attributes:
        parking: Where the pointer rests after the act.
        pace: How finely time passes.
        pictures: True to take a picture in the end, for what only pixels tell.
        closed: True for a page with closed shadow roots: it takes a debugger to see into them.
    """

    parking: Point
    pace: Pace
    pictures: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Alone:
    """How the page left alone is treated.

    Attributes:
        second: True to press the second inert point in place of the first.
        over: True to move over the control before, as the other arm does.
        scroll: Where to scroll to after the press, for an act that scrolls; None to leave it.
    """

    second: bool = False
    over: bool = False
    scroll: tuple[int, int] | None = None


async def acted_on(
    page: VirtualPage,
    plan: Plan,
    setting: Setting,
    *,
    before: bytes | None = None,
    ticking: bool = False,
) -> Shown:
    """Does a plan to a page that was just loaded, and tells what it shows then.

    Args:
        page: The page.
        plan: What is done.
        setting: What it has in common with the page left alone.
        before: Picture of the page before the act; None takes it.
        ticking: True to let the clocks that the page reads go on while it computes.

    Raises:
        Unfit: A person could not do it.
    """
    hands = await _prepared(page, plan, setting)
    aim = await hands.aim(plan.act) if plan.act.selector else None
    prior = await _look(page, hands, [], plan, picture=False)
    before = before or await page.screenshot()
    if ticking:
        await page.session.send("Runtime.evaluate", {"expression": scripts.ticking()})
    await hands.wait(BEAT_MS)
    happened = len(page.events)
    pressed = await _do(hands, plan.act, aim)
    early, settled, left = await _watched(page, hands, plan, setting, picture=True, chosen=_chosen(plan))
    return Shown(
        prior,
        settled,
        left,
        early,
        aim,
        pressed,
        dragged=plan.act.kind == "drag",
        played=plan.act.kind == "press" and plan.act.hold_ms > 0,
        before=before,
        events=tuple(page.events[happened:]),
    )


async def left_alone(page: VirtualPage, plan: Plan, setting: Setting, alone: Alone) -> Shown:
    """Does the prefix of a plan to a page that was just loaded, and in place of the act what means nothing.

    Raises:
        Unfit: A step of the prefix cannot be done.
    """
    hands = await _prepared(page, plan, replace(setting, closed=True))
    places = await hands.inert_places()
    over = (await hands.aim(plan.act)).point if alone.over and plan.act.selector else None
    end = await _end(hands, plan.act, over) if over and plan.act.kind == "drag" else None
    prior = await _look(page, hands, [], plan, picture=False)
    await hands.wait(BEAT_MS)
    happened = len(page.events)
    place = places[-1 if alone.second else 0] if places else None
    await _do_nothing(hands, plan.act, place[0] if place else None, over, end)
    if alone.scroll is not None:
        await hands.scroll(alone.scroll)
    early, settled, left = await _watched(page, hands, plan, setting, picture=setting.pictures, chosen=[])
    inert = (place[1],) if place else ()
    return Shown(prior, settled, left, early, inert=inert, events=tuple(page.events[happened:]))


async def carried_out(page: VirtualPage, plan: Plan | None, pace: Pace) -> Hands:
    """Carries a plan out, to see what can be done then; None does nothing.

    Raises:
        Unfit: It cannot be.
    """
    hands = Hands(page, pace)
    for act in (*plan.prefix, plan.act) if plan else ():
        await _first(hands, act)
    return hands


async def _prepared(page: VirtualPage, plan: Plan, setting: Setting) -> Hands:
    hands = Hands(page, setting.pace)
    if setting.closed and plan.prefix:
        await learn(page, hands.eyes)
    for act in plan.prefix:
        await _first(hands, act)
    if setting.closed:
        await learn(page, hands.eyes)
    await hands.reach(plan.act)
    return hands


async def _first(hands: Hands, act: Act) -> None:
    """Does a step that comes before another."""
    await hands.reach(act)
    await _do(hands, act, await hands.aim(act) if act.selector else None)
    await hands.wait(PAUSE_MS)


NAMED = {"\t": "Tab", "\b": "ArrowLeft"}  # keys that a text holds


async def _do(hands: Hands, act: Act, aim: Aim | None) -> tuple[Point, ...]:
    """Does an act; returns the points at which the pointer was pressed or let go."""
    point = aim.point if aim else (0, 0)
    pressed = [point] if aim else []
    if act.kind in ("click", "tick", "slide"):
        await hands.click(point)
    elif act.kind == "double_click":
        await hands.click(point, times=2)
    elif act.kind == "right_click":
        await hands.click(point, button="right")
    elif act.kind == "hold":
        await hands.hold(point)
    elif act.kind == "hover":
        await hands.move(point)
    elif act.kind == "wait":
        await hands.wait(act.hold_ms)
    elif act.kind == "taps" and aim is not None:
        pressed = [aim.at(*part) for part in TAPS]
        await hands.taps(pressed)
    elif act.kind == "set":
        await hands.choose(act.selector, act.text)
    elif act.kind == "type":
        await hands.click(point, times=3)
        await hands.write([NAMED.get(each, each) for each in act.text])
    elif act.kind in ("press", "choose"):
        if act.selector:
            await hands.focus(act.selector)
        await hands.press(act.keys, act.hold_ms)
    elif act.kind == "wheel":
        await hands.wheel(point)
    elif act.kind == "drag":
        pressed.append(await _end(hands, act, point))
        await hands.drag(*pressed)
    return tuple(pressed)


async def _end(hands: Hands, act: Act, start: Point) -> Point:
    """Returns where a drag ends: where it is meant to, else a little to the right and down, or left and up."""
    if act.to:
        return (await hands.aim(Act("click", act.to))).point
    x, y = start[0] + DRAG_BY[0], start[1] + DRAG_BY[1]
    return x if x < WIDTH_PX else start[0] - DRAG_BY[0], y if y < HEIGHT_PX else start[1] - DRAG_BY[1]


async def _do_nothing(
    hands: Hands, act: Act, inert: Point | None, over: Point | None, end: Point | None
) -> None:
    """Does the same where it means nothing, in the same virtual time; without a press where there is no such place."""
    spot, pressed = inert or over or (0, 0), inert is not None
    if act.kind in ("click", "tick", "slide"):
        await hands.click(spot, over=over, pressed=pressed)
    elif act.kind == "double_click":
        await hands.click(spot, times=2, over=over, pressed=pressed)
    elif act.kind == "right_click":
        await hands.click(spot, button="right", over=over, pressed=pressed)
    elif act.kind == "type":
        await hands.click(spot, times=3, over=over, pressed=pressed)
        await hands.write([INERT_KEY] * len(act.text))
    elif act.kind in ("press", "choose"):
        await hands.press((INERT_KEY,) * len(act.keys), act.hold_ms)
    elif act.kind == "hold":
        await hands.hold(spot, over=over, pressed=pressed)
    elif act.kind == "taps":
        await hands.taps([over or spot] * len(TAPS), pressed=pressed and not over)
    elif act.kind == "set":
        await hands.wait(2 * BEAT_MS)
    elif act.kind == "wheel" and inert:
        await hands.wheel(inert)
    elif act.kind == "drag":
        start = over or spot
        await hands.drag(start, end or (start[0] + 5, start[1]), pressed=pressed and not over)
    else:
        await hands.wait(WHEEL_MS)


async def _watched(
    page: VirtualPage, hands: Hands, plan: Plan, setting: Setting, *, picture: bool, chosen: list[str]
) -> tuple[Snapshot, Snapshot, Snapshot]:
    """Parks the pointer and looks: soon, when all has settled, and without the focus."""
    await hands.move(setting.parking)
    played = plan.act.kind == "press" and plan.act.hold_ms > 0
    await hands.wait(EARLY_MS, frame_ms=setting.pace.watch_ms)
    early = await _look(page, hands, chosen, plan, picture=played and setting.pictures)
    await hands.wait(CLOSELY_MS - EARLY_MS, frame_ms=setting.pace.watch_ms)
    await hands.wait(WATCH_MS - CLOSELY_MS, frame_ms=setting.pace.late_ms)
    settled = await _look(page, hands, chosen, plan, picture=picture)
    await hands.blur()
    await hands.wait(BLUR_MS)
    return early, settled, await _look(page, hands, chosen, plan, picture=False)


def _chosen(plan: Plan) -> list[str]:
    """Returns the selectors of what was acted on, as far as its values are no effect."""
    acts = (*plan.prefix, plan.act) if plan.spread else (plan.act,)
    return [act.selector for act in acts if act.selector]


async def _look(page: VirtualPage, hands: Hands, chosen: list[str], plan: Plan, *, picture: bool) -> Snapshot:
    told = await hands.eyes.observe(chosen, plan.spread)
    return snapshot_of(told, await page.screenshot() if picture else None)
