"""Whether the corpus of pages tells the truth: each control is operated in a plain browser, and looked at.

Nothing of this package's explorer takes part: Playwright acts as a person would, in real time.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from page_corpus import Control, Page

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

ADDRESS = "http://corpus.test/"
PATIENCE = (4, 16, 64)  # times as long, if need be
# Two frames: what was pressed has reached the page then, however long the machine takes to draw one.
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def lies(browser: Browser, page: Page) -> list[str]:
    """Returns a sentence for each control of a page that is not as the corpus says."""
    return [told for control in page.controls if (told := _lie(browser, page, control))]


def _lie(browser: Browser, page: Page, control: Control) -> str:
    live = page.variant == "working" and control.working != "dead"
    if page.variant == "dead":
        live = control.dead == "live"
    changed = _changes(browser, page, control, control.within)
    for longer in PATIENCE:  # on a busy machine a live control takes longer; a dead one is dead at once
        if changed or not live:
            break
        changed = _changes(browser, page, control, longer * control.within)
    if changed == live:
        return ""
    return f"{page}: {control.act} {'changes' if changed else 'does not change'} {control.shows}"


def _changes(browser: Browser, page: Page, control: Control, within_ms: int) -> bool:
    """Opens a page, operates a control, and tells whether what it should change is another."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    try:
        context.route(
            "**/*", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=page.document)
        )
        tab = context.new_page()
        tab.set_default_timeout(3000)
        tab.goto(ADDRESS)
        _wait(tab, 0)
        for act in control.first:
            _act(tab, act)
            _wait(tab, within_ms)
        before = _look(tab, control.shows)
        _act(tab, control.act)
        _wait(tab, within_ms)
        return bool(_look(tab, control.shows) != before)
    finally:
        context.close()


def _wait(tab: Tab, ms: int) -> None:
    from playwright.sync_api import Error

    with contextlib.suppress(Error):  # what was pressed may lead to another page
        tab.evaluate(FRAMES)
    tab.wait_for_timeout(ms)


def _look(tab: Tab, shows: str) -> Any:
    if shows.startswith("pixels:"):
        return tab.locator(shows.removeprefix("pixels:")).screenshot()
    return tab.evaluate(shows)


def _act(tab: Tab, act: tuple[Any, ...]) -> None:
    """Does one act; what lies under something else is pressed all the same, as a person would who does not know.

    What is not on the page, as in a dialog that never opened, is not operated.
    """
    word, target, *rest = act
    if word not in ("press", "hold") and not _is_there(tab, target):
        return
    if word == "press":
        tab.keyboard.press(target)
    elif word == "hold":
        tab.keyboard.down(target)
        tab.wait_for_timeout(rest[0])
        tab.keyboard.up(target)
    elif word == "fill":
        tab.locator(target).first.fill(rest[0], force=True)
    elif word == "type":
        _press_at(tab, target)
        tab.keyboard.type(rest[0])
    elif word == "set":
        tab.locator(target).first.fill(rest[0], force=True)
    elif word == "choose":
        tab.locator(target).first.select_option(rest[0], force=True)
    elif word == "drag":
        _drag(tab, target, *rest)
    else:
        x, y = _middle(tab, target)
        if word in ("at", "hover") and rest:
            x, y = x + rest[0], y + rest[1]
        tab.mouse.move(x, y)
        if word == "wheel":
            tab.mouse.wheel(0, rest[0])
        elif word in ("click", "at"):
            tab.mouse.down()
            tab.mouse.up()
        elif word == "right":
            tab.mouse.click(x, y, button="right")
        elif word == "double":
            tab.mouse.dblclick(x, y)


def _is_there(tab: Tab, selector: str) -> bool:
    from playwright.sync_api import TimeoutError as NotYet

    first = tab.locator(selector).first
    with contextlib.suppress(NotYet):
        first.wait_for(state="attached", timeout=500)
    return first.count() > 0  # asked without a deadline: a busy machine may need longer to answer at all


def _press_at(tab: Tab, selector: str) -> None:
    x, y = _middle(tab, selector)
    tab.mouse.click(x, y)


def _drag(tab: Tab, source: str, *to: Any) -> None:
    x, y = _middle(tab, source)
    x2, y2 = _middle(tab, to[0]) if isinstance(to[0], str) else (x + to[0], y + to[1])
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move((x + x2) / 2, (y + y2) / 2, steps=4)
    tab.mouse.move(x2, y2, steps=4)
    tab.mouse.up()


def _middle(tab: Tab, selector: str) -> tuple[float, float]:
    """Returns the middle of an element, or where it would be if it could be seen."""
    first = tab.locator(selector).first
    first.evaluate("element => element.scrollIntoView({ block: 'nearest', behavior: 'instant' })")
    box = first.bounding_box() or {"x": 1, "y": 1, "width": 0, "height": 0}
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
