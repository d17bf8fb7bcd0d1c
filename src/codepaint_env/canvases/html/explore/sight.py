"""What the debugger lets us see of a page and its own scripts cannot hide: listeners, and closed shadow roots."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from codepaint_env.canvases.html.explore import scripts
from codepaint_env.canvases.html.explore.eyes import Eyes, Inner
from codepaint_env.render.browser.pipe import ProtocolError

if TYPE_CHECKING:
    from codepaint_env.canvases.html.virtual_page import VirtualPage

GROUP = "codepaint"
CLOSED = "closed"  # what takes a debugger to see into
MOST_LISTENING = 600  # elements whose listeners are looked at
HOVERS = frozenset(
    {
        "mousemove", "mouseover", "mouseenter", "mouseout", "mouseleave",
        "pointermove", "pointerover", "pointerenter", "pointerout", "pointerleave",
    }
)  # fmt: skip
LEAVES = frozenset({"blur", "focusout"})


async def learn(page: VirtualPage, eyes: Eyes) -> frozenset[str]:
    """Tells our world which elements listen to what, and what a script of the page alone could open.

    Returns:
        The kinds of events that anything on the page listens to; with `CLOSED` among them where it has closed shadow
        roots or frames.
    """
    send = page.session.send
    eyes.inner.clear()
    roots, frames, names = _hidden((await send("DOM.getDocument", {"depth": -1, "pierce": True}))["root"])
    heard: dict[int, set[str]] = {}
    for expression in ("document", "window"):
        evaluated = await send("Runtime.evaluate", {"expression": expression, "objectGroup": GROUP})
        await _listen(page, str(evaluated["result"]["objectId"]), heard)
    for _, document in frames:
        answer = await send("DOM.resolveNode", {"backendNodeId": document, "objectGroup": GROUP})
        await _listen(page, str(answer["object"]["objectId"]), heard)
    nodes = [node for node in sorted(heard) if node][:MOST_LISTENING]
    context = await eyes.context()
    asked = [*roots, *(each for pair in frames for each in pair), *nodes]
    found = await asyncio.gather(*(_resolved(page, node, context) for node in asked))
    inner = found[len(roots) : len(roots) + 2 * len(frames)]
    for number, (frame, named) in enumerate(zip(inner[::2], names, strict=True)):
        if frame and not inner[2 * number + 1] and named in page.frames:
            eyes.inner.append(Inner(await _selector(page, frame, context), page.frames[named]))
    framed = [each for pair in zip(inner[::2], inner[1::2], strict=True) if all(pair) for each in pair]
    closed = [each for each in found[: len(roots)] if each]
    listening = found[len(roots) + 2 * len(frames) :]
    pairs = [(sorted(heard[node]), each) for node, each in zip(nodes, listening, strict=True) if each]
    kinds = [each for each, _ in pairs] + [sorted(heard.get(0, ()))]
    objects = [{"objectId": each} for each in (*closed, *framed, *(each for _, each in pairs))]
    told = [{"value": kinds}, {"value": len(closed)}, {"value": len(framed)}, *objects, {"value": None}]
    given = {"functionDeclaration": scripts.sight(), "executionContextId": context, "arguments": told}
    await send("Runtime.callFunctionOn", given)
    await send("Runtime.releaseObjectGroup", {"objectGroup": GROUP})
    kept = frozenset(kind for each in heard.values() for kind in each)
    return kept | {CLOSED} if roots or frames else kept


async def _listen(page: VirtualPage, target: str, heard: dict[int, set[str]]) -> None:
    """Adds what listens within an object; what belongs to no element is kept under 0."""
    asked = {"objectId": target, "depth": -1, "pierce": True}
    for each in (await page.session.send("DOMDebugger.getEventListeners", asked))["listeners"]:
        heard.setdefault(int(each.get("backendNodeId", 0)), set()).add(str(each["type"]))


async def _resolved(page: VirtualPage, node: int, context: int) -> str:
    """Returns our world's object for a node; `""` where there is none."""
    asked = {"backendNodeId": node, "executionContextId": context, "objectGroup": GROUP}
    try:
        answer = await page.session.send("DOM.resolveNode", asked)
    except ProtocolError:
        return ""
    return str(answer["object"].get("objectId", ""))


async def _selector(page: VirtualPage, element: str, context: int) -> str:
    asked = {
        "functionDeclaration": scripts.aim("own"),
        "executionContextId": context,
        "arguments": [{"objectId": element}],
        "returnByValue": True,
    }
    return str((await page.session.send("Runtime.callFunctionOn", asked))["result"]["value"])


def _hidden(node: dict[str, Any]) -> tuple[list[int], list[tuple[int, int]], list[str]]:
    """Returns the closed shadow roots under a node, the frames with their documents, and the ids of the frames."""
    roots: list[int] = []
    frames: list[tuple[int, int]] = []
    names: list[str] = []
    waiting = [node]
    while waiting:
        each = waiting.pop(0)
        own = each.get("shadowRoots", [])
        roots += [int(root["backendNodeId"]) for root in own if root.get("shadowRootType") == "closed"]
        if "contentDocument" in each:
            frames.append((int(each["backendNodeId"]), int(each["contentDocument"]["backendNodeId"])))
            names.append(str(each.get("frameId", each["contentDocument"].get("frameId", ""))))
            waiting.append(each["contentDocument"])
        waiting += [*own, *each.get("children", ())]
    return roots, frames, names
