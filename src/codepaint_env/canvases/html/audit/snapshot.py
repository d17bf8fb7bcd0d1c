"""The layout of a page as the browser itself tells it: elements, boxes, styles and runs of text.

It comes from the protocol (`DOMSnapshot`), not from a script in the page: closed shadow roots, frames and texts made by
style sheets are there, and nothing that a page does to its prototypes or names its elements can bend it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the full page."""

STYLES = (
    "display",
    "visibility",
    "opacity",
    "font-size",
    "font-family",
    "color",
    "background-color",
    "background-image",
    "overflow-x",
    "overflow-y",
    "position",
    "text-overflow",
    "fill",
)
CAPTURE = {"computedStyles": list(STYLES), "includePaintOrder": True, "includeDOMRects": True}

DEEPEST = 300  # elements within each other that are followed: scripts can nest far more
_ELEMENT = 1
_COLOUR = re.compile(r"rgba?\(([\d.]+),\s*([\d.]+),\s*([\d.]+)(?:,\s*([\d.]+))?\)")

Colour = tuple[float, float, float, float]
"""Red, green and blue from 0 to 255, and how opaque, [0, 1]."""


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """One element.

    Attributes:
        place: Its index in `Layout.elements`.
        parent: Index of the element that it stands in, through shadow roots; -1 for the root.
        tag: Lower case, such as `button`; `""` for a text made by a style sheet.
        attributes: By name.
        box: Its border box; None where it has none.
        style: Of `STYLES` by name; empty where it has no box.
        order: Of painting; what has a higher one is painted over it.
        opacity: Of itself and all that it stands in, [0, 1].
        shadowed: True inside of a shadow root or a frame, where no selector of the page reaches.
        siblings: Its place among those of its tag, from 1.
    """

    place: int
    parent: int
    tag: str
    attributes: Mapping[str, str]
    box: Box | None
    style: Mapping[str, str]
    order: int
    opacity: float
    shadowed: bool
    siblings: int

    def is_shown(self) -> bool:
        """True if it has an area and is neither hidden nor transparent."""
        return (
            self.box is not None
            and area(self.box) > 0
            and self.style.get("visibility") == "visible"
            and self.opacity > 0.05
        )


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A run of text on one line.

    Attributes:
        element: Index of the element that the text stands in.
        box: Where it stands.
        text: Its letters.
        font_px: Size of its letters.
    """

    element: int
    box: Box
    text: str
    font_px: float


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A page as it was laid out.

    Attributes:
        elements: In the order of the document.
        runs: Of text, in the order of the document.
        width: Of all that can be scrolled to, in pixels.
        height: The same.
        ids: How often each id occurs; filled in by who asks first.
    """

    elements: Sequence[Element]
    runs: Sequence[Run]
    width: float
    height: float
    ids: dict[str, int] = field(default_factory=dict, repr=False)

    def ancestors(self, place: int) -> list[int]:
        """Returns the indices of the elements that one stands in, the nearest first, at most `DEEPEST`."""
        found: list[int] = []
        place = self.elements[place].parent
        while place >= 0 and len(found) < DEEPEST:
            found.append(place)
            place = self.elements[place].parent
        return found


def parsed(told: Mapping[str, Any]) -> Layout:
    """Reads what `DOMSnapshot.captureSnapshot` answered to `CAPTURE`: the page with the frames that stand in it."""
    main = told["documents"][0]
    reader = _Reader(told["strings"], told["documents"])
    reader.read(0, -1, (main["scrollOffsetX"], main["scrollOffsetY"]))
    return Layout(reader.elements, reader.runs, main["contentWidth"], main["contentHeight"])


class _Reader:
    """Reads documents one after the other; what a frame holds stands in the element of the frame."""

    def __init__(self, strings: Sequence[str], documents: Sequence[Mapping[str, Any]]) -> None:
        self._strings, self._documents = strings, documents
        self.elements: list[Element] = []
        self.runs: list[Run] = []

    def read(self, number: int, frame: int, moved: tuple[float, float]) -> None:
        """Reads a document.

        Args:
            number: Which.
            frame: Index of the element that it stands in; -1 for the page itself.
            moved: By how many pixels its boxes lie further right and down on the page.
        """
        document, strings = self._documents[number], self._strings
        nodes, boxes = document["nodes"], document["layout"]
        laid_out = {node: place for place, node in enumerate(boxes["nodeIndex"])}
        in_shadow = set(nodes["shadowRootType"]["index"])
        inner = dict(
            zip(nodes["contentDocumentIndex"]["index"], nodes["contentDocumentIndex"]["value"], strict=True)
        )
        of_node: dict[int, int] = {}  # node to the element that it is, or stands in
        counts: dict[tuple[int, str], int] = {}
        frames: list[tuple[int, int, tuple[float, float]]] = []
        for node, parent in enumerate(nodes["parentIndex"]):
            owner = of_node.get(parent, frame)
            if parent in in_shadow:
                in_shadow.add(node)
            if nodes["nodeType"][node] != _ELEMENT:
                of_node[node] = owner
                continue
            place = laid_out.get(node)
            style = {} if place is None else _style(boxes["styles"][place], strings)
            tag = strings[nodes["nodeName"][node]].lower()
            counts[parent, tag] = counts.get((parent, tag), 0) + 1
            of_node[node] = len(self.elements)
            above = self.elements[owner].opacity if owner >= 0 else 1.0
            order = -1 if place is None else boxes["paintOrders"][place]
            box = None if place is None else _box(boxes["bounds"][place], *moved)
            self.elements.append(
                Element(
                    place=len(self.elements),
                    parent=owner,
                    tag="" if tag.startswith("::") else tag,
                    attributes=_attributes(nodes["attributes"][node], strings),
                    box=box,
                    style=style,
                    order=order if frame < 0 else self.elements[frame].order,
                    opacity=above * (_number(style["opacity"], 1.0) if style else 1.0),
                    shadowed=node in in_shadow or frame >= 0,
                    siblings=counts[parent, tag],
                )
            )
            if node in inner and box is not None and place is not None:
                edge = (boxes["clientRects"][place] or [0, 0])[:2]
                frames.append((inner[node], of_node[node], (box[0] + edge[0], box[1] + edge[1])))
        self._read_runs(document, of_node, moved)
        for within, at, (left, top) in frames:
            self.read(within, at, (left, top))

    def _read_runs(
        self, document: Mapping[str, Any], of_node: Mapping[int, int], moved: tuple[float, float]
    ) -> None:
        boxes, lines = document["layout"], document["textBoxes"]
        for place, bounds, start, length in zip(
            lines["layoutIndex"], lines["bounds"], lines["start"], lines["length"], strict=True
        ):
            owner, told = of_node.get(boxes["nodeIndex"][place], -1), boxes["text"][place]
            if owner < 0 or told < 0 or not self.elements[owner].style:
                continue
            # Positions count UTF-16 units, as a script's do.
            text = self._strings[told].encode("utf-16-le", "surrogatepass")
            said = text[2 * start : 2 * (start + length)].decode("utf-16-le", "replace").strip()
            if said:
                size = _number(self.elements[owner].style["font-size"].removesuffix("px"), 0.0)
                self.runs.append(Run(owner, _box(bounds, *moved), said, size))


def colour(told: str) -> Colour:
    """Reads a computed colour; what is not of the form `rgb()` counts as opaque black."""
    found = _COLOUR.fullmatch(told)
    if found is None:
        return 0.0, 0.0, 0.0, 1.0
    red, green, blue, alpha = found.groups()
    return float(red), float(green), float(blue), 1.0 if alpha is None else float(alpha)


def area(box: Box) -> float:
    """Returns how large a box is, in square pixels."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def common(one: Box, other: Box) -> Box:
    """Returns what two boxes share; its area is 0 where they are apart."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def joint(boxes: Sequence[Box]) -> Box:
    """Returns the box round some boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _box(bounds: Sequence[float], dx: float, dy: float) -> Box:
    left, top, width, height = bounds
    return left + dx, top + dy, left + dx + width, top + dy + height


def _style(places: Sequence[int], strings: Sequence[str]) -> dict[str, str]:
    return {name: strings[place] for name, place in zip(STYLES, places, strict=False) if place >= 0}


def _attributes(places: Sequence[int], strings: Sequence[str]) -> dict[str, str]:
    told = [strings[place] if place >= 0 else "" for place in places]
    return dict(zip(told[::2], told[1::2], strict=False))


def _number(told: str, otherwise: float) -> float:
    try:
        return float(told)
    except ValueError:
        return otherwise
