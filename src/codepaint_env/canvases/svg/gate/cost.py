"""What a document would cost to draw, counted on its tree: elements, layers, masks, and what is painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from codepaint_env.canvases.svg.gate import filters, geometry, paints
from codepaint_env.canvases.svg.gate import vocabulary as words
from codepaint_env.canvases.svg.gate.bill import CLIP, ELEMENT, LAYER, SHOWN, Bill, Place, Style, inherit
from codepaint_env.canvases.svg.gate.geometry import IDENTITY, Box, Matrix, length, multiply, numbers
from codepaint_env.canvases.svg.gate.links import paint
from codepaint_env.canvases.svg.gate.refusal import Refused
from codepaint_env.canvases.svg.gate.tree import Element

MASK, BLEND = 4.0, 3.0


def count(bill: Bill, element: Element, place: Place) -> Box | None:
    """Counts an element with all in it; returns the box around it in its parent's units."""
    own = element.attributes
    if not element.known or own.get("display") == "none":
        return None
    bill.visits += 1
    if bill.visits > 2 * bill.limits.nodes:
        raise Refused(
            "work_limit", "Patterns, masks and markers are drawn too often; use them on fewer shapes."
        )
    bill.pay(ELEMENT)
    turn = geometry.transform(own["transform"]) if "transform" in own else None
    inside = replace(
        place,
        style=inherit(place.style, element),
        matrix=multiply(place.matrix, turn) if turn else place.matrix,
    )
    with bill.inside(element):
        box = _group(bill, element, inside, lambda at: _content(bill, element, at), clips=_clips(element))
    return geometry.moved(turn, box) if turn and box else box


def _group(
    bill: Bill, element: Element, place: Place, content: Callable[[Place], Box | None], *, clips: bool
) -> Box | None:
    """Counts what an element holds, on a layer of its own where it asks for one."""
    own = element.attributes
    if not clips and not _isolated(own):
        return content(place)
    inner = place
    if "filter" in own:  # its layer is upright in the element's own units, whatever the transform
        upright = _upright(place)
        if upright is None:
            return None
        inner = upright
    inner = replace(inner, window=place.window if place.whole_layers else inner.margin)
    outer, bill.peak_px = bill.peak_px, 0.0
    box = content(inner)
    within, bill.peak_px = bill.peak_px, 0.0
    weight, held, region = LAYER + CLIP * clips, 1.0, box
    if "filter" in own:
        across, down = geometry.scales(place.matrix)
        a, b, c, d, _, _ = place.matrix
        skewed = min(4.0, across * down / max(abs(a * d - b * c), 1e-9))  # long thin pictures suit no cache
        far = filters.far(own["filter"], bill.named, place.view) * max(geometry.scales(inner.matrix))
        bill.reach((0.0, 0.0, far, 0.0))
        asked = filters.bill(own["filter"], bill.named, box, place.view, geometry.scales(inner.matrix))
        bill.pay(asked.fixed)
        region, weight, held = asked.region or box, weight + asked.weight * skewed, held + asked.held
    if region is None:
        region = (0.0, 0.0, 1.0, 1.0)  # as resvg has it
    seen = geometry.grown(geometry.moved(inner.matrix, region), 2)
    layer = inner.window if place.whole_layers else geometry.shared(seen, inner.margin)
    # Wherever it lies: a box far outside is not known to the pixel.
    size = geometry.area(layer) or min(geometry.area(seen), geometry.area(inner.margin))
    blends = own.get("mix-blend-mode", "normal") != "normal"
    shown = min(size, geometry.area(place.window))  # a layer may reach beyond what it is put on
    bill.pay(size * weight + shown * (SHOWN + BLEND * blends))
    for name, cost in (("clip-path", CLIP), ("mask", MASK)):
        _cover(bill, name, own.get(name, ""), cost, replace(inner, window=layer), box or region)
    covers, bill.peak_px = bill.peak_px, outer
    bill.hold(size + max(within, size * (held - 1), covers))
    return box


def _cover(bill: Bill, name: str, value: str, cost: float, place: Place, box: Box) -> None:
    """Counts a clip path or mask, and those on it, over a whole layer."""
    target = paint(value) if value else None
    server = bill.named.get(target[0]) if target else None
    if server is None or server.tag != {"clip-path": "clipPath", "mask": "mask"}[name]:
        return
    size = geometry.area(place.window)
    bill.pay(ELEMENT + size * cost)
    matrix = place.matrix
    if turn := geometry.transform(server.attributes.get("transform", "")):
        matrix = multiply(matrix, turn)
    units = server.attributes.get("clipPathUnits" if name == "clip-path" else "maskContentUnits")
    if units == "objectBoundingBox":
        matrix = multiply(matrix, (box[2] - box[0], 0, 0, box[3] - box[1], box[0], box[1]))
    inner = replace(place, style=bill.inherited[id(server)], matrix=matrix, whole_layers=name == "clip-path")
    outer, bill.peak_px = bill.peak_px, 0.0
    with bill.inside(server):
        for child in server.elements():
            count(bill, child, inner)
        _cover(bill, name, server.attributes.get(name, ""), cost, place, box)
    inside, bill.peak_px = bill.peak_px, outer
    bill.hold(inside + 1.5 * size)


def _content(bill: Bill, element: Element, place: Place) -> Box | None:
    """Counts what is drawn of an element itself; returns the box around it in its own units."""
    tag = element.tag
    if tag in words.SHAPES:
        return paints.shape(bill, element, place)
    if tag == "text":
        return paints.text(bill, element, place)
    if tag == "use":
        return _use(bill, element, place)
    if tag == "svg" and element.parent is not None:
        return _viewport(bill, element, element, place)
    if tag not in ("svg", "g", "a", "switch"):
        return None
    return _children(bill, element, place)


def _children(bill: Bill, element: Element, place: Place) -> Box | None:
    box: Box | None = None
    for child in element.elements():
        box = geometry.united(box, count(bill, child, place))
    return box


def _use(bill: Bill, element: Element, place: Place) -> Box | None:
    target = bill.named.get(element.attributes.get("href", "#")[1:])
    if target is None:
        return None
    own = element.attributes
    x, y = length(own.get("x"), place.view[0]) or 0.0, length(own.get("y"), place.view[1]) or 0.0
    style = place.style
    context = {"context-fill": style.get("fill", "black"), "context-stroke": style.get("stroke", "none")}
    shifted: Matrix = (1, 0, 0, 1, x, y)
    moved = replace(place, matrix=multiply(place.matrix, shifted), style={**style, **context})
    if target.tag in ("symbol", "svg"):
        bill.pay(ELEMENT)
        inside = replace(moved, style=inherit(moved.style, target))
        with bill.inside(target):
            box = _group(bill, target, inside, lambda at: _viewport(bill, target, element, at), clips=True)
    else:
        box = count(bill, target, moved)
    return geometry.moved(shifted, box) if box else None


def _viewport(bill: Bill, element: Element, sized: Element, place: Place) -> Box | None:
    """Counts the children of a symbol or an inner `<svg>`, fitted to the size that another element has."""
    view = numbers(element.attributes.get("viewBox", ""))
    told = [sized.attributes.get(name) or element.attributes.get(name) for name in ("width", "height")]
    width = length(told[0], place.view[0])
    height = length(told[1], place.view[1])
    width, height = place.view[0] if width is None else width, place.view[1] if height is None else height
    matrix = IDENTITY
    if view and width > 0 and height > 0:
        matrix = geometry.fitted(view, width, height, element.attributes.get("preserveAspectRatio"))
    if element is sized:
        x, y = (
            length(element.attributes.get("x"), place.view[0]),
            length(element.attributes.get("y"), place.view[1]),
        )
        matrix = multiply((1, 0, 0, 1, x or 0.0, y or 0.0), matrix)
    size = (view[2], view[3]) if view else (width, height)
    content = _children(bill, element, replace(place, matrix=multiply(place.matrix, matrix), view=size))
    return geometry.moved(matrix, content) if content else None


def _clips(element: Element) -> bool:
    """Returns whether an element is cut off at a viewport of its own."""
    return element.tag == "svg" and element.parent is not None


def _upright(place: Place) -> Place | None:
    """Returns a place without turn and skew; None where nothing is drawn."""
    across, down = geometry.scales(place.matrix)
    if not across or not down:
        return None
    a, b, c, d, _, _ = place.matrix
    back = geometry.invert((a / across, b / across, c / down, d / down, 0.0, 0.0))
    if back is None:
        return None
    margin = geometry.moved(back, place.margin)
    return replace(place, matrix=multiply(back, place.matrix), margin=margin)


def _isolated(own: Style) -> bool:
    return (
        own.get("opacity", "1") not in ("1", "1.0")
        or "filter" in own
        or own.get("clip-path", "none") != "none"
        or own.get("mask", "none") != "none"
        or own.get("mix-blend-mode", "normal") != "normal"
        or own.get("isolation") == "isolate"
    )
