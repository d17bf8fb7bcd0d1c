"""What the debugger lets us see of a page and its own scripts cannot hide: listeners, and closed shadow roots."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from codepaint_env.canvases.html.explore import scripts
from codepaint_env.render.browser.pipe import ProtocolError

if TYPE_CHECKING:
    from codepaint_env.canvases.html.virtual_page import VirtualPage

GROUP = "codepaint"
CLOSED = "closed"  # shadow roots that a script of the page alone can open
MOST_LISTENING = 600  # elements whose listeners are looked at
HOVERS = frozenset(
    {
        "mousemove", "mouseover", "mouseenter", "mouseout", "mouseleave",
        "pointermove", "pointerover", "pointerenter", "pointerout", "pointerleave",
    }
)  # fmt: skip
LEAVES = frozenset({"blur", "focusout"})


async def learn(page: VirtualPage) -> frozenset[str]:
    """Tells the isolated world which elements listen to what, and where the closed shadow roots are.

    Returns:
        The kinds of events that anything on the page listens to; with `closed` among them where it has closed shadow
        roots.
    """
    send = page.session.send
    roots = _shadow_roots((await send("DOM.getDocument", {"depth": -1, "pierce": True}))["root"])
    heard: dict[int, set[str]] = {}
    for expression in ("document", "window"):
        found = await send("Runtime.evaluate", {"expression": expression, "objectGroup": GROUP})
        listened = {"objectId": found["result"]["objectId"], "depth": -1, "pierce": True}
        for each in (await send("DOMDebugger.getEventListeners", listened))["listeners"]:
            heard.setdefault(int(each.get("backendNodeId", 0)), set()).add(str(each["type"]))
    nodes = [node for node in sorted(heard) if node][:MOST_LISTENING]
    context = next(iter(page.frames.values()))
    found = await asyncio.gather(*(_resolved(page, node, context) for node in (*roots, *nodes)))
    closed = [each for each in found[: len(roots)] if each]
    pairs = [(sorted(heard[node]), each) for node, each in zip(nodes, found[len(roots) :], strict=True) if each]
    kinds = [each for each, _ in pairs] + [sorted(heard.get(0, ()))]
    told = [{"value": kinds}, {"value": len(closed)}]
    told += [{"objectId": each} for each in (*closed, *(each for _, each in pairs))] + [{"value": None}]
    given = {"functionDeclaration": scripts.sight(), "executionContextId": context, "arguments": told}
    await send("Runtime.callFunctionOn", given)
    await send("Runtime.releaseObjectGroup", {"objectGroup": GROUP})
    return frozenset(kind for each in heard.values() for kind in each) | ({CLOSED} if roots else set())


async def _resolved(page: VirtualPage, node: int, context: int) -> str:
    """Returns the isolated world's object for a node; `""` where it belongs to a frame of another origin."""
    asked = {"backendNodeId": node, "executionContextId": context, "objectGroup": GROUP}
    try:
        return str((await page.session.send("DOM.resolveNode", asked))["object"].get("objectId", ""))
    except ProtocolError:
        return ""


def _shadow_roots(node: dict[str, Any]) -> list[int]:
    """Returns the backend ids of the closed shadow roots under a node, the outer before the inner."""
    own = node.get("shadowRoots", [])
    found = [int(root["backendNodeId"]) for root in own if root.get("shadowRootType") == "closed"]
    inner = [node["contentDocument"]] if "contentDocument" in node else []
    return found + [each for child in (*own, *node.get("children", ()), *inner) for each in _shadow_roots(child)]
