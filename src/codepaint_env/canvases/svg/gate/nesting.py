"""Depth and number of elements after every reference: counted on the graph, never by putting copies in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codepaint_env.canvases.svg.gate import vocabulary as words
from codepaint_env.canvases.svg.gate.refusal import Refused
from codepaint_env.canvases.svg.gate.tree import Element
from codepaint_env.canvases.svg.limits import SvgLimits

_ID = re.compile(r"url\(#([^)]*)\)")
_ONCE = frozenset({"linearGradient", "radialGradient"})


@dataclass(slots=True)
class _Count:
    """What stands in an element, each reference counted as what it refers to.

    Attributes:
        nodes: Elements, this one too.
        depth: Of the deepest.
        letters: Of text.
        reach: Elements in what the elements inside refer to: resvg looks through them once for each server around.
    """

    nodes: int = 1
    depth: int = 1
    letters: int = 0
    reach: int = 0


def ids(root: Element) -> dict[str, Element]:
    """Returns the elements by id."""
    return {element.attributes["id"]: element for element in root.walk() if "id" in element.attributes}


def targets(element: Element, named: dict[str, Element]) -> Iterator[Element]:
    """Yields the elements that an element refers to."""
    names = [element.attributes["href"][1:]] if "href" in element.attributes else []
    for name in words.LINKS:
        if "url(" in element.attributes.get(name, ""):
            names += _ID.findall(element.attributes[name])
    for name in names:
        if name in named and named[name].known:
            yield named[name]


def count(root: Element, named: dict[str, Element], limits: SvgLimits) -> int:
    """Checks depth, nodes and letters after every reference.

    Returns:
        How many elements resvg looks at in search of servers that refer to themselves.

    Raises:
        Refused: There is too much of one of them, or a reference leads back to itself.
    """
    counts: dict[int, _Count] = {}
    active: set[int] = set()
    searched = 0
    waiting: list[tuple[Element, bool]] = [(root, False)]
    while waiting:
        element, done = waiting.pop()
        key = id(element)
        if not done:
            if key in counts:
                continue
            if key in active:
                name = element.attributes.get("id", element.tag)
                raise Refused("cycle", f"A reference leads back to itself by way of {name[:60]!r}.")
            active.add(key)
            waiting.append((element, True))
            below = [child for child in element.elements() if child.known]
            waiting += [(child, False) for child in [*below, *targets(element, named)]]
            continue
        if key in counts:
            continue
        active.discard(key)
        here = _Count(letters=sum(len(child) for child in element.children if isinstance(child, str)))
        if element.tag not in ("text", "tspan", "textPath", "a"):
            here.letters = 0
        followed = list(targets(element, named))
        # A gradient is made ready once, however often it is used.
        linked = [counts[id(each)] for each in followed if each.tag not in _ONCE]
        for child in element.elements():
            if child.known:
                linked.append(counts[id(child)])
                here.reach += counts[id(child)].reach
        for each in linked:
            here.nodes += each.nodes
            here.letters += each.letters
            here.depth = max(here.depth, each.depth + 1)
        here.reach += sum(counts[id(each)].nodes for each in followed)
        if element.tag in words.SERVERS:
            searched += here.reach
        counts[key] = here
    total = counts[id(root)]
    if total.depth > limits.depth:
        raise Refused(
            "too_deep", f"With what is referred to, elements are nested more than {limits.depth} deep."
        )
    if total.nodes > limits.nodes:
        raise Refused(
            "work_limit", f"With what is referred to, there are over {limits.nodes} elements; use fewer."
        )
    if total.letters > limits.letters:
        raise Refused("work_limit", f"{total.letters} letters of text; {limits.letters} are drawn.")
    return searched
