"""What a page takes for chance, and for the state of its machine, is the same on every machine."""

from __future__ import annotations

import asyncio
import re

from codepaint_env.canvases.html.browser import browser
from codepaint_env.canvases.html.virtual_page import VirtualPage

PAGE = """<!doctype html><p id="told"></p><iframe srcdoc="<p>"></iframe><script>
  const { crypto } = self, tried = (work) => { try { work(); return "taken"; } catch (error) { return error.name; } };
  onload = () => {
    told.textContent = JSON.stringify([
      crypto.getRandomValues(new Uint32Array(4)).join(), frames[0].crypto.randomUUID(), crypto.randomUUID(), Math.random(),
      tried(() => crypto.getRandomValues(new Float64Array(1))), tried(() => crypto.getRandomValues(new Uint8Array(65537))),
      tried(() => Crypto.prototype.randomUUID.call({})), /\\[native code\\]/.test(Function.prototype.toString.call(crypto.getRandomValues)),
      navigator.onLine, navigator.connection.downlink, Object.getOwnPropertyNames(window).includes("state"),
    ]);
  };
</script>"""


async def told(*seeds: int) -> list[list[object]]:
    """Opens the page once a seed, each in a browser of its own, and returns what it tells."""
    found = []
    for seed in seeds:
        async with browser() as pipe:
            page = VirtualPage(pipe)
            await page.open(PAGE, seed)
            found.append(await page.run("() => JSON.parse(document.getElementById('told').textContent)"))
            await page.close()
    return found


def test_chance_of_both_kinds_follows_from_the_seed_and_looks_like_the_machines_own(parts):
    one, again, other = asyncio.run(told(5, 5, 6))
    assert one == again
    assert all(one[k] != other[k] for k in range(4))
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one[2])
    assert one[1] != one[2]
    assert one[4:8] == ["TypeMismatchError", "QuotaExceededError", "TypeError", True]
    assert one[8:] == [True, 10, False]
