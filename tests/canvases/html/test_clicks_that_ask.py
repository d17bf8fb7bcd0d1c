"""A click that asks for something elsewhere, or would leave, is refused, and time goes on after it."""

from __future__ import annotations

import asyncio

import pytest

from codepaint_env.canvases.html.browser import browser
from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.canvases.html.virtual_page import VirtualPage

PAGE = """<!doctype html><title>x</title><button id="b">b</button><p id="o"></p><script>
  const say = (text) => { o.textContent += text; };
  b.onclick = () => { WAY; setTimeout(() => say("later"), 300); };
</script>"""
# What is done, and what the page shows a second later.
WAYS = {
    'fetch("/api").catch(() => say("refused "))': "refused later",
    'navigator.sendBeacon("/b")': "later",
    'const i = new Image(); i.onerror = () => say("refused "); i.src = "/i.png"': "refused later",
    'import("/m.js").catch(() => say("refused "))': "refused later",
    'location.href = "about.html"': "later",
    "location.reload()": "later",
    'const a = document.createElement("a"); a.href = "/shop"; document.body.append(a); a.click()': "later",
    'const f = document.createElement("form"); document.body.append(f); f.requestSubmit()': "later",
}


async def shown() -> dict[str, str]:
    """Returns what the page shows a second after a click, by way."""
    found = {}
    async with browser() as pipe:
        for way in WAYS:
            page = VirtualPage(pipe, HtmlLimits())
            await page.open(PAGE.replace("WAY", way), 1)
            for kind in ("mousePressed", "mouseReleased"):
                at = {"type": kind, "x": 20, "y": 20, "button": "left", "clickCount": 1}
                await page.act("Input.dispatchMouseEvent", at)
            await page.advance(1_000)
            found[way] = str(await page.run("() => document.getElementById('o').textContent"))
            await page.close()
    return found


@pytest.mark.full
def test_time_goes_on_after_a_click_that_asks_or_leaves(parts):
    assert asyncio.run(shown()) == WAYS
