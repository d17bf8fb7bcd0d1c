"""What a drawing has cost so far, and where an element of it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from codepaint_env.canvases.svg.gate import vocabulary as words
from codepaint_env.canvases.svg.gate.geometry import Box, Matrix
from codepaint_env.canvases.svg.gate.outline import Outline
from codepaint_env.canvases.svg.gate.outline import outline as read
from codepaint_env.canvases.svg.gate.refusal import Refused
from codepaint_env.canvases.svg.gate.tree import Element
from codepaint_env.canvases.svg.limits import SvgLimits

Style = Mapping[str, str]
Walk = Callable[["Bill", Element, "Place"], Box | None]

FARTHEST_PX = 1_000_000
"""How far a shape may reach from the corner of the picture; resvg 0.48 fails at a thousand times as much."""

# In pixels of a flat translucent fill (16 ns), as all that is counted here; measured with resvg 0.48.
ELEMENT = 500.0
LAYER, SHOWN, CLIP = (
    0.5,
    2.7,
    2.0,
)  # for a pixel of a layer, one of them that is put on what is below, and a clip path


@dataclass(frozen=True, slots=True)
class Place:
    """Where and how an element is drawn.

    Attributes:
        style: Inherited properties.
        matrix: From its parent's units to pixels of what it is drawn on.
        window: Those pixels.
        margin: How far a layer may reach, in the same pixels.
        view: Width and height of the view box, for percentages.
        whole_layers: True in a clip path, where a layer is as large as the window.
    """

    style: Style
    matrix: Matrix
    window: Box
    margin: Box
    view: tuple[float, float]
    whole_layers: bool = False


class Bill:
    """Adds up what a drawing costs and stops at the limit.

    Args:
        root: The tree, cleaned.
        named: Elements by id.
        limits: What may be asked for.
        walk: Counts one element with all in it.
    """

    def __init__(self, root: Element, named: Mapping[str, Element], limits: SvgLimits, walk: Walk) -> None:
        self.walk = walk
        self.named = named
        self.limits = limits
        self.work = 0.0
        self.peak_px = 0.0
        self.visits = 0
        self.above: list[Element] = []  # elements and servers that are being counted
        self.shapes: dict[int, Outline | None] = {}
        self.stops: dict[int, int] = {}
        self.inherited: dict[int, Style] = {}
        for element in root.walk():
            over = self.inherited[id(element.parent)] if element.parent else {}
            self.inherited[id(element)] = inherit(over, element)

    def pay(self, work: float) -> None:
        """Adds work."""
        self.work += work
        if not self.work <= self.limits.work:
            raise Refused(
                "work_limit",
                "Drawing takes too much work; use fewer or smaller shapes, layers, filters, masks and patterns.",
            )

    def hold(self, pixels: float) -> None:
        """Notes that so many pixels exist at once."""
        self.peak_px = max(self.peak_px, pixels)
        if not self.peak_px <= self.limits.layer_px:
            raise Refused(
                "memory_limit",
                "Layers, masks and pattern tiles need too much memory; use fewer inside each other.",
            )

    def reach(self, box: Box) -> None:
        """Refuses what lies so far out, in pixels or in its own units, that the drawing code loses its numbers."""
        if not all(abs(each) <= FARTHEST_PX for each in box):  # nor is NaN
            raise Refused(
                "out_of_range",
                f"Something reaches over {FARTHEST_PX:,} pixels or units away; stay near the picture.",
            )

    @contextmanager
    def inside(self, element: Element) -> Iterator[None]:
        """Keeps track of what is being counted; resvg goes as deep, on a stack that ends."""
        self.above.append(element)
        if len(self.above) > 2 * self.limits.depth:
            raise Refused(
                "too_deep", f"With what is referred to, elements are nested over {self.limits.depth} deep."
            )
        yield
        self.above.pop()

    def outline(self, element: Element, view: tuple[float, float], em: float) -> Outline | None:
        """Returns the outline of a shape."""
        if element.tag not in ("path", "polyline", "polygon"):
            return read(element.tag, element.attributes, view, em)
        if id(element) not in self.shapes:  # read once, however often it is used
            self.shapes[id(element)] = read(element.tag, element.attributes, view, em)
        return self.shapes[id(element)]


def inherit(above: Style, element: Element) -> Style:
    """Returns the properties that hold in an element and its children."""
    own = element.attributes
    told = {name: value for name, value in own.items() if name in words.PROPERTIES and name not in words.OWN}
    return {**above, **told} if told else above
