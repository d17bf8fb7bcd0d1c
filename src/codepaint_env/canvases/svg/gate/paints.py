"""What it costs to paint a shape or letters: pixels, edges, dashes, pattern tiles and markers.

All constants are pixels of a flat translucent fill (16 ns); measured with resvg 0.48.
"""

from __future__ import annotations

import math
import re

from codepaint_env.canvases.svg.gate import filters, geometry
from codepaint_env.canvases.svg.gate import vocabulary as words
from codepaint_env.canvases.svg.gate.bill import CLIP, ELEMENT, LAYER, SHOWN, Bill, Place, Style, inherit
from codepaint_env.canvases.svg.gate.geometry import Box, Matrix, length, lengths, multiply, number, numbers
from codepaint_env.canvases.svg.gate.links import paint
from codepaint_env.canvases.svg.gate.outline import Outline
from codepaint_env.canvases.svg.gate.refusal import Refused
from codepaint_env.canvases.svg.gate.tree import Element

OPAQUE = 0.15
LETTER = 20_000.0
LINEAR, RADIAL, PATTERN, STOP = 3.0, 5.0, 5.0, 0.06
EDGE = 16.0  # for each pixel that an edge runs up or down
PIECE, STROKED_PIECE, DASH = 30.0, 150.0, 40.0
_LONGEST_MITER = 100.0
CROSSING = 0.02  # for each pair of pieces of one path
_SOLID = re.compile(
    r"#(?:[\da-f]{3}|[\da-f]{6})\Z|rgb\([^,/]*,[^,/]*,[^,/]*\)\Z|(?!transparent|currentcolor)[a-z]+\Z",
    re.IGNORECASE,
)
_EVERYWHERE = (-geometry.FAR, -geometry.FAR, geometry.FAR, geometry.FAR)


def shape(bill: Bill, element: Element, place: Place) -> Box | None:
    """Counts fill, stroke and markers; returns the box around them."""
    style = place.style
    em = length(style.get("font-size"), 16.0) or 16.0
    shape = bill.outline(element, place.view, em)
    if shape is None:
        return None
    box = shape.box
    bill.reach(box)
    bill.reach(geometry.moved(place.matrix, box))
    scale = geometry.norm(place.matrix)
    shown = geometry.shared(geometry.grown(geometry.moved(place.matrix, box), 1), place.window)
    seen, rows = geometry.area(shown), shown[3] - shown[1]
    fill = _resolved(style.get("fill", "black"), style)
    if fill != "none":
        bill.pay(shape.pieces * (PIECE + CROSSING * shape.pieces))
        bill.pay(EDGE * min(shape.length * scale, shape.pieces * rows) if seen else 0.0)
        bill.pay(seen * _paint(bill, fill, style.get("fill-opacity"), box, place))
    stroke = _resolved(style.get("stroke", "none"), style)
    if stroke != "none":
        box = _stroke(bill, element, shape, stroke, place)
    if element.tag in ("path", "line", "polyline", "polygon"):
        box = _markers(bill, shape, box, place)
    return box


def _stroke(bill: Bill, element: Element, shape: Outline, stroke: str, place: Place) -> Box:
    style = place.style
    diagonal = math.hypot(*place.view) / math.sqrt(2)
    width = length(style.get("stroke-width"), diagonal, length(style.get("font-size"), 16.0) or 16.0)
    width = 1.0 if width is None else width
    if width <= 0:
        return shape.box
    scale = geometry.norm(place.matrix)
    wide = width * scale
    if style.get("vector-effect") == "non-scaling-stroke":
        wide, width = max(wide, width), max(width, width / scale if scale else width)
    pointed = style.get("stroke-linejoin") not in ("round", "bevel")
    miter = number(style.get("stroke-miterlimit"), 4.0) if pointed else 1.5
    box = geometry.grown(shape.box, width / 2 * max(min(miter, _LONGEST_MITER), 1.5))
    bill.reach(geometry.grown(shape.box, width))
    bill.reach(geometry.moved(place.matrix, geometry.grown(shape.box, width)))
    shown = geometry.shared(geometry.grown(geometry.moved(place.matrix, box), 1), place.window)
    seen, rows = geometry.area(shown), shown[3] - shown[1]
    run = shape.length * scale
    bill.pay(shape.pieces * (STROKED_PIECE + CROSSING * shape.pieces))
    bill.pay(EDGE * min(2 * run + 3 * shape.pieces * wide, 6.0 * shape.pieces * rows) if seen else 0.0)
    dashes = style.get("stroke-dasharray", "none")
    if dashes != "none":
        lone = [max(0.0, each) for each in lengths(dashes, diagonal)]
        period = sum(lone)
        if period > 0:
            many = min(1e6, len(lone) * (shape.length / period + 1))
            bill.pay(many * (DASH + EDGE * min(2 * wide + 2, 2 * rows)))
    covered = min(seen, (run + 2 * wide * (shape.corners + 1)) * (wide + 2))
    bill.pay(covered * _paint(bill, stroke, style.get("stroke-opacity"), shape.box, place))
    return box


def _markers(bill: Bill, shape: Outline, box: Box, place: Place) -> Box:
    style = place.style
    width = length(style.get("stroke-width"), math.hypot(*place.view) / math.sqrt(2))
    for name in ("marker-start", "marker-mid", "marker-end"):
        target = paint(style.get(name, ""))
        marker = bill.named.get(target[0]) if target else None
        if marker is None or marker.tag != "marker" or marker in bill.above:
            continue
        many = max(1, shape.corners) if name == "marker-mid" else 1
        own = marker.attributes
        zoom = 1.0 if own.get("markerUnits") == "userSpaceOnUse" else 1.0 if width is None else width
        across = length(own.get("markerWidth"), place.view[0]) if "markerWidth" in own else 3.0
        down = length(own.get("markerHeight"), place.view[1]) if "markerHeight" in own else 3.0
        view = numbers(own.get("viewBox", ""))
        if view and across and down:
            zoom *= max(across / view[2], down / view[3])
        scale = geometry.norm(place.matrix) * zoom
        context = {
            "context-fill": style.get("fill", "black"),
            "context-stroke": style.get("stroke", "none"),
        }
        there = {**bill.inherited[id(marker)], **context}
        anywhere = Place(there, (scale, 0, 0, scale, 0, 0), _EVERYWHERE, _EVERYWHERE, place.view)
        before, outer, bill.peak_px = bill.work, bill.peak_px, 0.0
        with bill.inside(marker):
            content: Box | None = None
            for child in marker.elements():
                content = geometry.united(content, bill.walk(bill, child, anywhere))
        within, bill.peak_px = bill.peak_px, outer
        if content is None:
            continue
        window = geometry.area(place.margin)
        layer = min(geometry.area(geometry.grown(geometry.moved(anywhere.matrix, content), 2)) * 2, window)
        bill.pay(ELEMENT + layer * (LAYER + SHOWN + CLIP))
        bill.hold(layer * 3 + within)
        bill.pay((bill.work - before) * (many - 1))
        reach = max(abs(each) for each in content) * zoom * 3
        box = geometry.united(box, geometry.grown(shape.box, reach)) or box
    return box


def text(bill: Bill, element: Element, place: Place) -> Box | None:
    """Counts letters; the box is a generous guess, for how long a line gets is known to the fonts alone."""
    letters, largest, reach = 0, 0.0, 0.0
    xs: list[float] = []
    ys: list[float] = []
    styles: list[Style] = []
    waiting: list[tuple[Element, Style]] = [(element, place.style)]
    while waiting:
        part, style = waiting.pop()
        em = length(style.get("font-size"), 16.0) or 16.0
        here = sum(len(child) for child in part.children if isinstance(child, str))
        letters += here
        largest = max(largest, em)
        gaps = abs(length(style.get("letter-spacing")) or 0.0) + abs(length(style.get("word-spacing")) or 0.0)
        reach += here * (1.5 * em + gaps) + abs(
            length(part.attributes.get("textLength"), place.view[0]) or 0.0
        )
        if here:
            styles.append(style)
            bill.pay(ELEMENT)
        told = sum(len(part.attributes.get(name, "")) for name in ("x", "y", "dx", "dy", "rotate"))
        bill.pay(20.0 * told)
        xs += lengths(part.attributes["x"], place.view[0], em) if "x" in part.attributes else []
        ys += lengths(part.attributes["y"], place.view[1], em) if "y" in part.attributes else []
        for name in ("dx", "dy"):
            reach += sum(map(abs, lengths(part.attributes.get(name, ""), place.view[0], em)))
        if part.tag == "textPath":
            along = bill.named.get(part.attributes.get("href", "#")[1:])
            found = bill.outline(along, place.view, em) if along and along.tag in words.SHAPES else None
            if found:
                xs += [found.box[0], found.box[2]]
                ys += [found.box[1], found.box[3]]
        waiting += [(child, inherit(style, child)) for child in part.elements()]
    if not letters:
        return None
    bill.reach((0.0, 0.0, largest * geometry.norm(place.matrix), 0.0))
    bill.pay(letters * LETTER)
    xs, ys = xs or [0.0], ys or [0.0]
    upright = place.style.get("writing-mode", "").startswith(("tb", "vertical"))
    rise = (
        reach if upright or len(ys) > 1 else 2 * largest + (reach if "rotate" in element.attributes else 0.0)
    )
    wide = max(
        (length(style.get("stroke-width"), math.hypot(*place.view)) or 1.0 for style in styles), default=1.0
    )
    bill.reach((0.0, 0.0, wide * geometry.norm(place.matrix), 0.0))
    edge = 2 * wide if any(style.get("stroke", "none") != "none" for style in styles) else 0.0
    box = geometry.grown((min(xs) - reach, min(ys) - rise, max(xs) + reach, max(ys) + rise), edge)
    seen = geometry.area(geometry.shared(geometry.grown(geometry.moved(place.matrix, box), 1), place.window))
    square = ((1.2 * largest + edge) * geometry.norm(place.matrix)) ** 2
    for style in styles:
        for name, default in (("fill", "black"), ("stroke", "none")):
            colour = _resolved(style.get(name, default), style)
            if colour != "none":
                covered = min(letters * min(square, seen), letters * seen)
                bill.pay(
                    covered * _paint(bill, colour, style.get(f"{name}-opacity"), box, place) / len(styles)
                )
                bill.pay(
                    letters * EDGE * min(8 * math.sqrt(square), 4 * geometry.area(place.window)) / len(styles)
                )
    return box


def _paint(bill: Bill, value: str, opacity: str | None, box: Box, place: Place) -> float:
    """Returns what a pixel of a paint costs, and counts the tile of a pattern."""
    target = paint(value)
    if target is None:
        return OPAQUE if opacity in (None, "1") and _SOLID.match(value) else 1.0
    server = bill.named.get(target[0])
    if server is None or server.tag not in ("linearGradient", "radialGradient", "pattern"):
        return 1.0
    if server.tag == "pattern":
        _tile(bill, server, box, place)
        return PATTERN
    if id(server) not in bill.stops:
        holder = filters.with_children(server, bill.named)
        bill.stops[id(server)] = sum(1 for _ in holder.elements()) if holder else 0
    return (LINEAR if server.tag == "linearGradient" else RADIAL) + STOP * bill.stops[id(server)]


def _tile(bill: Bill, server: Element, box: Box, place: Place) -> None:
    """Counts one tile, which resvg draws anew for each shape, and draws whole however large it is."""
    units = filters.attribute(server, "patternUnits", bill.named) or "objectBoundingBox"
    tile = filters.placed(server, bill.named, units, ("0", "0", "0", "0"), box, place.view)
    holder = filters.with_children(server, bill.named)
    if tile is None or holder is None:
        return
    if server in bill.above:
        raise Refused(
            "cycle", f"The pattern {server.attributes.get('id', '')[:60]!r} is painted with itbill."
        )
    turn = geometry.transform(filters.attribute(server, "patternTransform", bill.named) or "")
    across, down = geometry.scales(multiply(place.matrix, turn) if turn else place.matrix)
    width, height = (tile[2] - tile[0]) * across, (tile[3] - tile[1]) * down
    window = (0.0, 0.0, max(1.0, width), max(1.0, height))
    size = geometry.area(window)
    bill.hold(size)
    bill.pay(ELEMENT + size)
    matrix: Matrix = multiply((across, 0, 0, down, 0, 0), (1, 0, 0, 1, -tile[0], -tile[1]))
    view = numbers(filters.attribute(server, "viewBox", bill.named) or "")
    if view:
        aspect = filters.attribute(server, "preserveAspectRatio", bill.named)
        matrix = multiply(
            (across, 0, 0, down, 0, 0),
            geometry.fitted(view, tile[2] - tile[0], tile[3] - tile[1], aspect),
        )
    elif filters.attribute(server, "patternContentUnits", bill.named) == "objectBoundingBox":
        matrix = multiply(matrix, (box[2] - box[0], 0, 0, box[3] - box[1], 0, 0))
    inner = Place(bill.inherited[id(holder)], matrix, window, place.margin, place.view)
    outer, bill.peak_px = bill.peak_px, 0.0
    with bill.inside(server):
        for child in holder.elements():
            bill.walk(bill, child, inner)
    within, bill.peak_px = bill.peak_px, outer
    bill.hold(within + size)


def _resolved(value: str, style: Style) -> str:
    return style.get(value, "none") if value in ("context-fill", "context-stroke") else value
