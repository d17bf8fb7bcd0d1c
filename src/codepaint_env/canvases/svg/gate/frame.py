"""The frame: how a document's own size and view box become a picture that fits 512 x 512."""

from __future__ import annotations

from dataclasses import dataclass

from codepaint_env.canvases.svg.gate.geometry import SMALLEST, Matrix, fitted, length, numbers
from codepaint_env.canvases.svg.gate.refusal import Refused
from codepaint_env.canvases.svg.gate.tree import Element

SIZE_PX = 512

_SIDES = ("width", "height")


@dataclass(frozen=True, slots=True)
class Frame:
    """Size and scale of a picture.

    Attributes:
        size_px: Width and height; the longer one is 512.
        view: The view box: left, top, width and height.
        aspect: `preserveAspectRatio`, or None.
    """

    size_px: tuple[int, int]
    view: tuple[float, float, float, float]
    aspect: str | None

    @property
    def matrix(self) -> Matrix:
        """From the document's units to pixels."""
        return fitted(self.view, *self.size_px, self.aspect)

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height of the view box."""
        return self.view[2], self.view[3]


def frame(root: Element) -> Frame:
    """Reads the size of a document; a size that is missing or in percent is that of the view box, or 512.

    Raises:
        Refused: Width, height or the view box leave nothing to draw.
    """
    told = root.attributes.get("viewBox", "")
    box = numbers(told) if told.strip() else None
    if box is not None and len(box) == 4 and min(box[2:]) < SMALLEST:
        raise Refused(
            "no_size", f"The viewBox is {told[:60]!r}; its width and height must be above {SMALLEST:f}."
        )
    if box is not None and len(box) != 4:
        box = None
    default = (box[2], box[3]) if box else (float(SIZE_PX), float(SIZE_PX))
    for name in _SIDES:
        value = length(root.attributes.get(name), default[0])
        if value is not None and value < SMALLEST:
            raise Refused(
                "no_size", f"The {name} is {root.attributes[name][:40]!r}; it must be above {SMALLEST:f}."
            )
    width, height = (
        length(root.attributes.get(name), whole) for name, whole in zip(_SIDES, default, strict=True)
    )
    # A side that is missing follows by the shape of the view box.
    width = width or (height * default[0] / default[1] if height else default[0])
    height = height or width * default[1] / default[0]
    view = (box[0], box[1], box[2], box[3]) if box else (0.0, 0.0, width, height)
    scale = SIZE_PX / max(width, height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return Frame(size, view, root.attributes.get("preserveAspectRatio") if box else "none")


def put(root: Element, found: Frame) -> None:
    """Writes a frame onto the root."""
    for name in ("x", "y", "width", "height", "viewBox", "preserveAspectRatio"):
        root.attributes.pop(name, None)
    root.attributes["width"], root.attributes["height"] = map(str, found.size_px)
    root.attributes["viewBox"] = " ".join(str(each).removesuffix(".0") for each in found.view)
    if found.aspect:
        root.attributes["preserveAspectRatio"] = found.aspect
