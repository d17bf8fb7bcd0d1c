"""The text that is drawn: written from the gate's own tree, element by element."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from codepaint_env.canvases.svg.gate import vocabulary as words
from codepaint_env.canvases.svg.gate.tree import Element


def serialise(root: Element) -> str:
    """Returns the document of a tree: elements and attributes that SVG knows, and the letters of text."""
    parts: list[str] = []
    waiting: list[Element | str] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        if not item.known or item.tag == "style":
            continue
        parts.append(_start(item))
        waiting.append(f"</{item.tag}>")
        lettered = item.tag in words.LETTERS or (item.tag == "a" and _in_text(item))
        for child in reversed(item.children):
            if isinstance(child, Element):
                waiting.append(child)
            elif lettered:
                waiting.append(escape(child))
    return "".join(parts)


def _in_text(element: Element) -> bool:
    while element.parent is not None and element.tag == "a":
        element = element.parent
    return element.tag in words.LETTERS


def _start(element: Element) -> str:
    told = element.attributes
    style = ";".join(f"{name}:{told[name]}" for name in sorted(words.STYLE_ONLY & told.keys()))
    pairs = [(name, value) for name, value in told.items() if name not in words.STYLE_ONLY]
    if style:
        pairs.append(("style", style))
    if element.parent is None:
        pairs.insert(0, ("xmlns", words.SVG))
    return f"<{element.tag}{''.join(f' {name}={quoteattr(value)}' for name, value in pairs)}>"
