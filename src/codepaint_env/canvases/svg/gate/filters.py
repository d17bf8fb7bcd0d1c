"""What a filter costs: the pixels of its region, weighed by its primitives."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from codepaint_env.canvases.svg.gate import vocabulary as words
from codepaint_env.canvases.svg.gate.geometry import Box, length, number, numbers, united
from codepaint_env.canvases.svg.gate.tree import Element

_URL = re.compile(r"url\(#([^)]*)\)")
_LENGTH = re.compile(r"(?<![\w#.])[-+]?+(?:\d++\.?+\d*+|\.\d++)(?>(?:e[-+]?+\d++)?)[a-z%]*+")
_FAR = frozenset({"x", "y", "width", "height", "dx", "dy", "stdDeviation", "radius", "scale"})
_BOX_BLUR_PX = 2.0  # a narrower blur takes another way that is four times as dear

# Pixels of a flat fill that one pixel of a primitive costs; measured with resvg 0.48.
APPLIED = 6.0
_BLUR, _NARROW_BLUR = 9.0, 38.0
_FLAT = {
    "feBlend": 9.0,
    "feColorMatrix": 6.0,
    "feComponentTransfer": 9.0,
    "feComposite": 9.0,
    "feDiffuseLighting": 10.0,
    "feDisplacementMap": 10.0,
    "feDropShadow": 8.0,
    "feFlood": 1.0,
    "feOffset": 6.0,
    "feSpecularLighting": 10.0,
    "feTile": 8.0,
}


def chain(element: Element, named: Mapping[str, Element]) -> Iterator[Element]:
    """Yields an element and those that it takes attributes and children from by `href`."""
    link: Element | None = element
    while link is not None:
        yield link
        link = named.get(link.attributes.get("href", "#")[1:])


def attribute(element: Element, name: str, named: Mapping[str, Element]) -> str | None:
    """Returns an attribute of an element or of the first in its chain that has it."""
    return next((each.attributes[name] for each in chain(element, named) if name in each.attributes), None)


def with_children(element: Element, named: Mapping[str, Element]) -> Element | None:
    """Returns the first element of a chain that has children."""
    return next((each for each in chain(element, named) if any(True for _ in each.elements())), None)


def placed(
    server: Element,
    named: Mapping[str, Element],
    units: str,
    defaults: tuple[str, str, str, str],
    box: Box,
    view: tuple[float, float],
) -> Box | None:
    """Returns the rectangle that x, y, width and height of a server say, for what has this bounding box."""
    share = units == "objectBoundingBox"
    wholes = (1.0, 1.0, 1.0, 1.0) if share else (view[0], view[1], view[0], view[1])
    names = ("x", "y", "width", "height")
    told = [attribute(server, name, named) or default for name, default in zip(names, defaults, strict=True)]
    x, y, width, height = (length(text, whole) or 0.0 for text, whole in zip(told, wholes, strict=True))
    if width <= 0 or height <= 0:
        return None
    if share:
        across, down = box[2] - box[0], box[3] - box[1]
        x, y, width, height = box[0] + x * across, box[1] + y * down, width * across, height * down
    return (x, y, x + width, y + height)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a filter asks for.

    Attributes:
        region: In the element's own units; None where nothing is filtered.
        weight: Cost of a pixel of it.
        held: How many pictures of it exist at once.
        fixed: Cost that does not depend on the region.
    """

    region: Box | None
    weight: float
    held: int
    fixed: float


def far(value: str, named: Mapping[str, Element], view: tuple[float, float]) -> float:
    """Returns the largest number of units that a filter moves, blurs or reaches by itself."""
    reached = [abs(length(each) or 0.0) for each in _LENGTH.findall(_URL.sub("", value))]
    for name in _URL.findall(value):
        server = named.get(name)
        holder = with_children(server, named) if server is not None else None
        for element in [*([server] if server is not None else []), *(holder.elements() if holder else ())]:
            for told in _FAR & element.attributes.keys():
                text = element.attributes[told]
                reached += map(abs, numbers(text) or [length(text, max(view)) or 0.0])
    return max(reached, default=0.0)


def bill(
    value: str,
    named: Mapping[str, Element],
    box: Box | None,
    view: tuple[float, float],
    stretch: tuple[float, float],
) -> Asked:
    """Counts what the property `filter` asks for.

    Args:
        value: Of the property, after cleaning.
        named: Elements by id.
        box: Around what is filtered, in its own units; None if that is empty.
        view: Width and height of the view box.
        stretch: Pixels a unit, across and down.
    """
    region: Box | None = None
    weight, held, fixed = 0.0, 1, 0.0
    for name in _URL.findall(value):
        server = named.get(name)
        if server is None or server.tag != "filter":
            continue
        units = attribute(server, "filterUnits", named) or "objectBoundingBox"
        if box is None and units == "objectBoundingBox":
            continue
        around = box or (0.0, 0.0, 0.0, 0.0)
        place = placed(server, named, units, ("-10%", "-10%", "120%", "120%"), around, view)
        holder = with_children(server, named)
        if place is None or holder is None:
            continue
        region = united(region, place)
        inner = stretch
        if attribute(server, "primitiveUnits", named) == "objectBoundingBox":
            inner = (stretch[0] * (around[2] - around[0]), stretch[1] * (around[3] - around[1]))
        weight += APPLIED
        for primitive in holder.elements():
            if primitive.tag in words.PRIMITIVES:
                weight += _weight(primitive, inner)
                held += 1
                fixed += 300 + 5 * sum(map(len, primitive.attributes.values()))
    for function in re.findall(r"[a-z-]+\([^()]*(?:\([^()]*\)[^()]*)*\)", _URL.sub("", value)):
        if box is None:
            continue
        across, down = box[2] - box[0], box[3] - box[1]
        region = united(
            region, (box[0] - across / 2, box[1] - down / 2, box[2] + across / 2, box[3] + down / 2)
        )
        weight += APPLIED + _function(function, stretch)
        held += 1
    return Asked(region, weight, held, fixed)


def _blur(across: float, down: float) -> float:
    return _BLUR if max(across, down) > _BOX_BLUR_PX else _NARROW_BLUR


def _function(text: str, stretch: tuple[float, float]) -> float:
    if not text.startswith(("blur", "drop-shadow")):
        return _FLAT["feComponentTransfer"]
    found = [length(each) or 0.0 for each in _LENGTH.findall(text)] or [0.0]
    return _FLAT["feDropShadow"] + _NARROW_BLUR if min(found) * min(stretch) <= _BOX_BLUR_PX else 2 * _BLUR


def _weight(primitive: Element, stretch: tuple[float, float]) -> float:
    told = primitive.attributes
    match primitive.tag:
        case "feGaussianBlur" | "feDropShadow":
            default = [2.0] if primitive.tag == "feDropShadow" else [0.0]
            spread = numbers(told.get("stdDeviation", "")) or default
            blur = _blur(spread[0] * stretch[0], spread[-1] * stretch[1])
            return blur + (_FLAT["feDropShadow"] if primitive.tag == "feDropShadow" else 0.0)
        case "feMorphology":
            radii = numbers(told.get("radius", "")) or [0.0]
            across, down = (2 * math.ceil(max(0.0, radius)) for radius in _scaled(radii, stretch))
            return 8 + 0.25 * max(1, across) * max(1, down)
        case "feConvolveMatrix":
            return 8 + 0.4 * max(9, len(numbers(told.get("kernelMatrix", "")) or []))
        case "feTurbulence":
            return 12 + 5 * max(1.0, number(told.get("numOctaves"), 1.0))
        case "feMerge":
            return 4 + 5.0 * sum(1 for _ in primitive.elements())
    return _FLAT.get(primitive.tag, 10.0)


def _scaled(radii: list[float], stretch: tuple[float, float]) -> tuple[float, float]:
    return min(radii[0] * stretch[0], 5_000.0), min(radii[-1] * stretch[1], 5_000.0)
