"""Every attribute made sure of: what reaches the drawing was read here, and reads the same there."""

from __future__ import annotations

import re

from codepaint_env.canvases.svg.gate import vocabulary as words
from codepaint_env.canvases.svg.gate.geometry import (
    IDENTITY,
    SMALLEST,
    Matrix,
    around,
    is_lengths,
    length,
    numbers,
    transform,
)
from codepaint_env.canvases.svg.gate.links import Links, paint
from codepaint_env.canvases.svg.gate.outline import path, points
from codepaint_env.canvases.svg.gate.tree import Element

VALUE_CHARS = 1_000
"""Longest value that is kept; four times as long for a list of numbers, without end for the data of a path."""

_WORD = re.compile(r"[a-z-]+\Z")
_ASPECT = re.compile(r"(?:none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max))(?:\s+(?:meet|slice))?\Z")
_OFFSET = re.compile(r"[-+]?+(?>\d++\.?+\d*+|\.\d++)(?>(?:[eE][-+]?+\d++)?)%?\Z")
_FUNCTION = re.compile(r"\s*+(url\([^()]*\)|[a-z-]+\((?:[^()]|\([^()]*\))*\))\s*+", re.IGNORECASE)
_EFFECTS = ("transform", "opacity", "clip-path", "mask", "filter", *sorted(words.STYLE_ONLY))
_FONT_SIZES = {
    "xx-small": 9,
    "x-small": 10,
    "small": 13,
    "medium": 16,
    "large": 18,
    "x-large": 24,
    "xx-large": 32,
}
_PLACES = {"left": "0%", "top": "0%", "center": "50%", "right": "100%", "bottom": "100%"}


def clean(root: Element, links: Links, view: tuple[float, float]) -> None:
    """Leaves each element the attributes that SVG knows, each with a value that was understood.

    Args:
        root: The tree, after the cascade.
        links: Where data in place of a reference is noted down.
        view: Width and height of the root's view box, for percentages.
    """
    seen: set[str] = set()
    sizes: dict[int, float] = {}
    for element in list(root.walk()):
        if not element.known:
            continue
        given = element.attributes
        element.attributes = {}
        parent = element.parent.attributes if element.parent else {}
        for name, value in given.items():
            value = value.strip()
            if value == "inherit" and name in words.PROPERTIES:
                value = parent.get(name, "") if name in words.OWN else ""
            if not value or value in ("initial", "unset", "revert") or links.foreign(value):
                continue
            kept = _value(element.tag, name, value)
            if kept is not None:
                element.attributes[name] = kept
        _size_letters(element, sizes)
        _link(element, given, links)
        _turn(element, given.get("transform-origin", ""), view)
        if element.attributes.get("id") in seen:
            del element.attributes["id"]  # the first of two holds the name
        seen.add(element.attributes.get("id", ""))
        if element.tag in ("symbol", "mask", "marker", "pattern"):
            element.attributes.pop("transform", None)  # resvg takes no notice of it
        elif element.tag == "svg" and element.parent is not None:
            _wrap(element, element.parent)


def _size_letters(element: Element, sizes: dict[int, float]) -> None:
    """Writes sizes of letters in pixels, so that percentages of percentages are seen for what they come to."""
    above = sizes[id(element.parent)] if element.parent and id(element.parent) in sizes else 16.0
    told = element.attributes.get("font-size")
    size = length(told, above, above) if told else above
    if size is None or size < 0:
        size = above
        element.attributes.pop("font-size")
    elif told:
        element.attributes["font-size"] = str(size)
    sizes[id(element)] = size


def _wrap(element: Element, parent: Element) -> None:
    """Puts an inner `<svg>` into a group that has its effects, for resvg would apply them twice."""
    moved = {name: element.attributes.pop(name) for name in _EFFECTS if name in element.attributes}
    if moved:
        group = Element("g", moved, parent, [element])
        parent.children[parent.children.index(element)] = group
        element.parent = group


def _link(element: Element, given: dict[str, str], links: Links) -> None:
    if element.tag in words.FOLLOWED and "href" in given:
        target = links.link(element.tag, given["href"])
        if target:
            element.attributes["href"] = "#" + target


def _turn(element: Element, origin: str, view: tuple[float, float]) -> None:
    """Writes transforms as matrices, each about its origin."""
    for name in words.TRANSFORMS & element.attributes.keys():
        matrix = transform(element.attributes.pop(name)) or IDENTITY
        if name == "transform" and origin:
            places = [_PLACES.get(word, word) for word in origin.split()[:2]]
            x = length(places[0], view[0]) or 0.0
            y = length(places[1] if len(places) > 1 else "50%", view[1]) or 0.0
            matrix = around(matrix, x, y)
        if matrix != IDENTITY:
            element.attributes[name] = written(matrix)
    element.attributes.pop("transform-origin", None)


def written(matrix: Matrix) -> str:
    """Returns a matrix as an attribute."""
    return f"matrix({' '.join(str(each).removesuffix('.0') for each in matrix)})"


def _value(tag: str, name: str, value: str) -> str | None:
    """Returns the value of an attribute as it is drawn; None to leave it out."""
    if name == "d" and tag == "path":
        return path(value)[1] or None
    if name == "points":
        return points(value)[1] or None
    if name == "viewBox":
        box = numbers(value)
        return value if box and len(box) == 4 and min(box[2:]) >= SMALLEST else None
    if name in words.NUMBERS and len(value) <= 4 * VALUE_CHARS:
        return value if numbers(value) else None
    if name in words.LENGTH_LISTS and len(value) <= (20 if tag in words.LETTERS else 1) * VALUE_CHARS:
        many = tag in words.LETTERS or name == "stroke-dasharray"
        read = value == "none" or (is_lengths(value) if many else length(value) is not None)
        return value if read else None
    if len(value) > VALUE_CHARS or not value.isprintable():
        return None
    if name in words.LENGTHS:
        if name == "font-size" and value in _FONT_SIZES:
            return str(_FONT_SIZES[value])
        return value if value == "normal" or length(value) is not None else None
    if name in words.TRANSFORMS or name == "transform-origin" or name == "id":
        return value
    if name == "preserveAspectRatio":
        return value if _ASPECT.match(value) else None
    if name == "offset" and tag == "stop":
        return value if _OFFSET.match(value) else None
    if name == "filter":
        return _filter(value)
    if name in words.LINKS:
        target = paint(value)
        if target is None:
            return None if "url" in value.lower() or "\\" in value else value
        return f"url(#{target[0]}) {target[1]}".strip()
    if name in words.STYLE_ONLY:
        return value if _WORD.match(value) else None
    if name == "xml:space":
        return value if value in ("preserve", "default") else None
    return value if (name in words.PROPERTIES or name in words.WORDS) and "\\" not in value else None


def _filter(value: str) -> str | None:
    functions, at = [], 0
    while match := _FUNCTION.match(value, at):
        at = match.end()
        target = paint(match[1])
        if target is None and match[1].lower().startswith("url"):
            return None
        functions.append(f"url(#{target[0]})" if target else match[1].lower())
    if value == "none":
        return value
    return " ".join(functions) if functions and at == len(value) else None
