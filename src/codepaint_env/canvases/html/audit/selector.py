"""CSS selectors that find an element again, short where the page allows it."""

from __future__ import annotations

import re

from codepaint_env.canvases.html.audit.snapshot import Element, Layout

LONGEST = 200  # characters
_PLAIN = re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII)


def selector_of(layout: Layout, place: int) -> str:
    """Returns `#id` where one element has it, else the way from the nearest such element or from the root.

    What stands in a shadow root or a frame is named by its host, the last that a selector of the page finds.
    """
    elements = layout.elements
    element = elements[place]
    while (element.shadowed or not element.tag) and element.parent >= 0:
        element = elements[element.parent]
    parts: list[str] = []
    while True:
        name = element.attributes.get("id", "")
        if _PLAIN.fullmatch(name) and _ids(layout).get(name) == 1:
            parts.append(f"#{name}")
            break
        parts.append(_step(layout, element))
        if element.parent < 0 or element.tag in ("html", "body"):
            break
        element = elements[element.parent]
    told = " > ".join(reversed(parts))
    return told if len(told) <= LONGEST else " > ".join(reversed(parts[:3]))


def _step(layout: Layout, element: Element) -> str:
    tag = element.tag if _PLAIN.fullmatch(element.tag) else "*"
    return tag if tag in ("html", "body") else f"{tag}:nth-of-type({element.siblings})"


def _ids(layout: Layout) -> dict[str, int]:
    """Counts how often each id occurs."""
    if not layout.ids:
        for element in layout.elements:
            if name := element.attributes.get("id", ""):
                layout.ids[name] = layout.ids.get(name, 0) + 1
    return layout.ids
