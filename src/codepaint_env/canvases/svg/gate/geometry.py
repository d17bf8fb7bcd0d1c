"""Numbers, matrices, boxes and outlines, read only as exactly as counting the cost of a drawing needs."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

Box = tuple[float, float, float, float]  # left, top, right, bottom
Matrix = tuple[float, float, float, float, float, float]  # a b c d e f, as SVG writes them

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
FAR = 1e9
"""Numbers beyond it count as no numbers."""
SMALLEST = 1e-6
"""Smallest side of a picture or a view box."""

NUMBER = (
    r"[-+]?+(?>\d++\.?+\d*+|\.\d++)(?>(?:[eE][-+]?+\d++)?)"  # nothing to come back to, however long the text
)
_EACH = re.compile(NUMBER)
_LIST = re.compile(rf"[\s,]*+(?>(?:{NUMBER}[\s,]*+)*)\Z")
_LENGTH = re.compile(rf"({NUMBER})(px|pt|pc|mm|cm|in|em|rem|ex|%)?\Z", re.IGNORECASE)
_LENGTHS = re.compile(
    rf"\s*+{NUMBER}(?>(?:[a-zA-Z]++|%)?)(?>(?:[\s,]++{NUMBER}(?>(?:[a-zA-Z]++|%)?))*)\s*+\Z"
)
_CALL = re.compile(r"[\s,]*+(matrix|translate[XY]?|scale[XY]?|rotate|skew[XY])\s*\(([^()]*)\)", re.IGNORECASE)
_ARGUMENT = re.compile(rf"[\s,]*+({NUMBER})(px|deg|rad|turn|grad)?")
UNITS_PX = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}


def numbers(text: str) -> list[float] | None:
    """Returns a list of numbers; None if the text is anything else or a number is not finite."""
    if not _LIST.match(text):
        return None
    found = [float(each) for each in _EACH.findall(text)]
    return found if all(abs(each) <= FAR for each in found) else None


def number(text: str | None, default: float) -> float:
    """Returns the first number of a text."""
    found = numbers(text) if text else None
    return found[0] if found else default


def length(text: str | None, whole: float = 0.0, em: float = 16.0) -> float | None:
    """Returns a length in pixels; None if the text is none.

    Args:
        text: Such as `3`, `3px`, `3%` or `3em`.
        whole: What 100 % is.
        em: The size of the font in pixels.
    """
    match = _LENGTH.match(text.strip()) if text else None
    if match is None:
        return None
    value, unit = float(match[1]), (match[2] or "").lower()
    if abs(value) > FAR:
        return None
    if unit == "%":
        return value * whole / 100
    if unit in ("em", "rem"):
        return value * em
    return value * em / 2 if unit == "ex" else value * UNITS_PX[unit]


def is_lengths(text: str) -> bool:
    """Returns whether a text is a list of lengths, none of them absurd."""
    return bool(_LENGTHS.match(text)) and all(abs(float(each)) <= FAR for each in _EACH.findall(text))


def lengths(text: str, whole: float = 0.0, em: float = 16.0) -> list[float]:
    """Returns the lengths of a list, in pixels."""
    return [length(each, whole, em) or 0.0 for each in re.split(r"[\s,]+", text.strip()) if each]


def multiply(left: Matrix, right: Matrix) -> Matrix:
    """Returns the matrix that applies `right` first."""
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def invert(matrix: Matrix) -> Matrix | None:
    """Returns the inverse; None if there is none."""
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    if not area or not math.isfinite(area):
        return None
    return (d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area)


def transform(text: str) -> Matrix | None:
    """Returns the product of a transform list, with the units of CSS or without; None if it is malformed."""
    matrix, at = IDENTITY, 0
    while call := _CALL.match(text, at):
        at = call.end()
        step = _step(call[1].lower(), call[2])
        if step is None:
            return None
        matrix = multiply(matrix, step)
    if text[at:].strip() or not all(abs(each) <= FAR for each in matrix):
        return None
    return matrix


def _step(name: str, text: str) -> Matrix | None:
    values, at = [], 0
    while argument := _ARGUMENT.match(text, at):
        at = argument.end()
        scale = {"rad": 180 / math.pi, "turn": 360.0, "grad": 0.9}.get(argument[2] or "", 1.0)
        values.append(float(argument[1]) * scale)
    if text[at:].strip() or not values or not all(abs(value) <= FAR for value in values):
        return None
    match name, values:
        case "matrix", [a, b, c, d, e, f]:
            return (a, b, c, d, e, f)
        case "translate" | "translatex", [x]:
            return (1.0, 0.0, 0.0, 1.0, x, 0.0)
        case "translatey", [y]:
            return (1.0, 0.0, 0.0, 1.0, 0.0, y)
        case "translate", [x, y]:
            return (1.0, 0.0, 0.0, 1.0, x, y)
        case "scale", [x]:
            return (x, 0.0, 0.0, x, 0.0, 0.0)
        case "scale", [x, y]:
            return (x, 0.0, 0.0, y, 0.0, 0.0)
        case "scalex", [x]:
            return (x, 0.0, 0.0, 1.0, 0.0, 0.0)
        case "scaley", [y]:
            return (1.0, 0.0, 0.0, y, 0.0, 0.0)
        case "rotate", [angle] | [angle, _, _]:
            cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            turn: Matrix = (cos, sin, -sin, cos, 0.0, 0.0)
            return around(turn, values[1], values[2]) if len(values) == 3 else turn
        case "skewx", [angle]:
            return (1.0, 0.0, math.tan(math.radians(angle)), 1.0, 0.0, 0.0)
        case "skewy", [angle]:
            return (1.0, math.tan(math.radians(angle)), 0.0, 1.0, 0.0, 0.0)
    return None


def around(matrix: Matrix, x: float, y: float) -> Matrix:
    """Returns a matrix as it acts about another origin."""
    return multiply(multiply((1.0, 0.0, 0.0, 1.0, x, y), matrix), (1.0, 0.0, 0.0, 1.0, -x, -y))


def scales(matrix: Matrix) -> tuple[float, float]:
    """Returns by how much a matrix stretches the two axes."""
    return math.hypot(matrix[0], matrix[1]), math.hypot(matrix[2], matrix[3])


def norm(matrix: Matrix) -> float:
    """Returns a bound on how much a matrix stretches a line."""
    return math.hypot(*matrix[:4])


def moved(matrix: Matrix, box: Box) -> Box:
    """Returns the upright box around a box after a matrix."""
    a, b, c, d, e, f = matrix
    left, top, right, bottom = box
    xs = (a * left + c * top, a * right + c * top, a * left + c * bottom, a * right + c * bottom)
    ys = (b * left + d * top, b * right + d * top, b * left + d * bottom, b * right + d * bottom)
    return (min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f)


def united(one: Box | None, other: Box | None) -> Box | None:
    """Returns the box around two."""
    if one is None or other is None:
        return one or other
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))


def grown(box: Box, by: float) -> Box:
    """Returns a box with a margin on each side."""
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def shared(box: Box, window: Box) -> Box:
    """Returns what two boxes share; without width or height where that is nothing."""
    left, top = max(box[0], window[0]), max(box[1], window[1])
    return (left, top, max(left, min(box[2], window[2])), max(top, min(box[3], window[3])))


def area(box: Box) -> float:
    """Returns width times height."""
    return (box[2] - box[0]) * (box[3] - box[1])


def fitted(view: Sequence[float], width: float, height: float, aspect: str | None) -> Matrix:
    """Returns the matrix that fits a view box into a viewport, as `preserveAspectRatio` says.

    Args:
        view: The view box: left, top, width and height.
        width: Of the viewport.
        height: Of the viewport.
        aspect: Such as `xMidYMid meet`; None for the default.
    """
    across, down = width / view[2], height / view[3]
    words = (aspect or "").split()
    if "none" in words:
        return (across, 0.0, 0.0, down, -view[0] * across, -view[1] * down)
    scale = max(across, down) if "slice" in words else min(across, down)
    align = next((word for word in words if word.startswith("x")), "xMidYMid")
    shares = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    x = (width - view[2] * scale) * shares.get(align[1:4], 0.5)
    y = (height - view[3] * scale) * shares.get(align[5:8], 0.5)
    return (scale, 0.0, 0.0, scale, x - view[0] * scale, y - view[1] * scale)
