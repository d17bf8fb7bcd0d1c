"""Texts and controls that lie on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from codepaint_env.canvases.html.audit.damage import Damage, quoted
from codepaint_env.canvases.html.audit.snapshot import Box, Element, Layout, area, common
from codepaint_env.canvases.html.audit.texts import Text

MOST_ITEMS = 2_000
MOST_FOUND = 20_000  # pairs, from which on no further item is looked at
MOST_PAIRS = 2_000  # that are looked at closely
SHARED = 0.25  # of the smaller, from which on two texts collide
DEEP = 0.25  # of a text's height, that a control reaches into it: less is a touch
PARTLY = 0.85  # share of a text that a control covers: more is a label inside of it
CORE = 0.15  # of a line's height, left out above and below: letters seldom reach it
LETTERS = 2  # of texts that are single letters of a word
WORTH = 3.0  # a collision spoils more than the area of both

_CONTROLS = frozenset({"button", "input", "select", "textarea"})


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    element: int
    whole: Box
    box: Box
    weight: float
    text: str
    fixed: bool


def overlaps(layout: Layout, texts: Sequence[Text]) -> list[Damage]:
    """Returns pairs of texts or controls that collide; what stands in a control belongs to it, and lies not on it.

    What keeps its place while the page scrolls lies over the rest by design, so that it collides only with its like.
    """
    items = [_of_text(text) for text in texts] + _controls(layout)
    items = sorted(items, key=lambda item: (-area(item.box), item.element, item.box))[:MOST_ITEMS]
    whole = sum(text.weight for text in texts) or 1.0
    damages: dict[tuple[int, int], Damage] = {}
    for one, other in _pairs(items):
        key = min(one.element, other.element), max(one.element, other.element)
        if key[0] == key[1] or one.fixed != other.fixed or not _collide(one, other):
            continue
        if key[0] in layout.ancestors(key[1]) and not (one.text and other.text):
            continue
        value = min(WORTH * (one.weight + other.weight) / whole, 1.0)
        if key not in damages or damages[key].value < value:
            first, second = sorted((one, other), key=lambda item: (area(item.box), item.element))
            message = f"{_named(layout, first)} and {_named(layout, second)} overlap; give each its own room"
            damages[key] = Damage("overlap", message, value, common(one.whole, other.whole), first.element)
    return [*damages.values()]


def _of_text(text: Text) -> _Item:
    left, top, right, bottom = text.box
    core = CORE * (bottom - top)
    box = (left, top + core, right, bottom - core)
    return _Item(text.run.element, text.box, box, text.weight, text.run.text, text.fixed)


def _controls(layout: Layout) -> list[_Item]:
    return [
        _Item(
            element.place,
            element.box,
            element.box,
            min(area(element.box), 10_000.0),
            "",
            _is_fixed(layout, element),
        )
        for element in layout.elements
        if element.tag in _CONTROLS and element.is_shown() and element.box is not None
    ]


def _is_fixed(layout: Layout, element: Element) -> bool:
    chain = (element.place, *layout.ancestors(element.place))
    return any(layout.elements[at].style.get("position") in ("fixed", "sticky") for at in chain)


def _pairs(items: Sequence[_Item]) -> list[tuple[_Item, _Item]]:
    """Returns pairs of items whose boxes share an area, the largest shared areas first."""
    if len(items) < 2:
        return []
    boxes = np.array([item.box for item in items])
    found: list[tuple[float, int, int]] = []
    for k in range(len(items) - 1):
        if len(found) > MOST_FOUND:
            break
        rest = boxes[k + 1 :]
        wide = np.minimum(rest[:, 2], boxes[k, 2]) - np.maximum(rest[:, 0], boxes[k, 0])
        high = np.minimum(rest[:, 3], boxes[k, 3]) - np.maximum(rest[:, 1], boxes[k, 1])
        for j in np.flatnonzero((wide > 1) & (high > 1)):
            found.append((-float(wide[j] * high[j]), k, k + 1 + int(j)))
    return [(items[k], items[j]) for _, k, j in sorted(found)[:MOST_PAIRS]]


def _collide(one: _Item, other: _Item) -> bool:
    shared = area(common(one.box, other.box))
    smaller = min(area(one.box), area(other.box)) or 1.0
    if one.text and other.text:
        if max(len(one.text), len(other.text)) <= LETTERS:  # set one by one, turned or kerned
            return False
        return shared >= SHARED * smaller
    if not one.text and not other.text:
        return SHARED * smaller <= shared < 0.95 * smaller  # a button inside of a field belongs there
    text = one if one.text else other
    left, top, right, bottom = common(one.whole, other.whole)
    deep = (bottom - top) / ((text.whole[3] - text.whole[1]) or 1.0)
    return deep >= DEEP and (right - left) * (bottom - top) <= PARTLY * area(text.whole)


def _named(layout: Layout, item: _Item) -> str:
    if item.text:
        return f"the text {quoted(item.text)}"
    return f"a control ({layout.elements[item.element].tag})"
