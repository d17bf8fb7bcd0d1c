"""The outline of a shape: its box, length and pieces, and how much of a path's data can be read."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from codepaint_env.canvases.svg.gate.geometry import FAR, NUMBER, Box, length, numbers

_PART = re.compile(r"([MLHVCSQTAZ])([^MLHVCSQTAZ]*)", re.IGNORECASE)
_PREFIX = re.compile(rf"[\s,]*+(?>(?:{NUMBER}[\s,]*+)*)")
_EACH = re.compile(NUMBER)
_ARC = re.compile(r"[\s,]*+".join(["", *[f"({NUMBER})"] * 3, "([01])", "([01])", *[f"({NUMBER})"] * 2]))
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_PIECES = {"M": 1, "L": 1, "H": 1, "V": 1, "C": 3, "S": 3, "Q": 2, "T": 2}


@dataclass(frozen=True, slots=True)
class Outline:
    """What the cost of a shape depends on.

    Attributes:
        box: Around all control points.
        length: Of the polygon of control points, which is at least that of the curve.
        pieces: Parts that run only up or only down.
        corners: Where markers may stand.
    """

    box: Box
    length: float
    pieces: int
    corners: int


def outline(tag: str, attributes: Mapping[str, str], view: tuple[float, float], em: float) -> Outline | None:
    """Returns the outline of a shape; None where nothing of it is drawn."""
    if tag == "path":
        return path(attributes.get("d", ""))[0]
    if tag in ("polyline", "polygon"):
        return _polygon(attributes.get("points", ""), closed=tag == "polygon")
    diagonal = math.hypot(*view) / math.sqrt(2)

    def get(name: str, default: float = 0.0) -> float:
        whole = diagonal
        if name in ("x", "cx", "width", "rx", "x1", "x2"):
            whole = view[0]
        elif name in ("y", "cy", "height", "ry", "y1", "y2"):
            whole = view[1]
        value = length(attributes.get(name), whole, em)
        return default if value is None else value

    if tag == "rect":
        x, y, width, height = get("x"), get("y"), get("width"), get("height")
        if width <= 0 or height <= 0:
            return None
        round_corners = "rx" in attributes or "ry" in attributes
        return Outline((x, y, x + width, y + height), 2 * (width + height), 12 if round_corners else 4, 8)
    if tag in ("circle", "ellipse"):
        rx, ry = (get("r"), get("r")) if tag == "circle" else (get("rx", -1.0), get("ry", -1.0))
        rx, ry = (ry if rx < 0 else rx), (rx if ry < 0 else ry)  # the one that is missing is as the other
        if min(rx, ry) <= 0:
            return None
        x, y = get("cx"), get("cy")
        return Outline((x - rx, y - ry, x + rx, y + ry), 4 * (rx + ry), 8, 5)
    one, other = (get("x1"), get("y1")), (get("x2"), get("y2"))
    box = (min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
    return Outline(box, math.dist(one, other), 1, 2)


def points(text: str) -> tuple[list[float], str]:
    """Returns the coordinates of a list of points, and the part of the text that holds them."""
    match = _PREFIX.match(text)
    assert match is not None  # it takes nothing, too
    read = match[0]
    values = numbers(read)
    return (values, read) if values is not None else ([], "")


def _polygon(text: str, *, closed: bool) -> Outline | None:
    values, _ = points(text)
    pairs = list(zip(values[::2], values[1::2], strict=False))
    if len(pairs) < 2:
        return None
    if closed:
        pairs.append(pairs[0])
    run = sum(math.dist(one, other) for one, other in pairwise(pairs))
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    return Outline((min(xs), min(ys), max(xs), max(ys)), run, len(pairs), len(pairs))


def path(data: str) -> tuple[Outline | None, str]:
    """Returns the outline of a path, and its data up to the first error: as far as it is drawn."""
    pen = _Pen()
    end = 0
    at = len(data) - len(data.lstrip())
    while part := _PART.match(data, at):
        at = part.end()
        letter, takes = part[1], _TAKES[part[1].upper()]
        if not pen.started and letter not in "Mm":
            break
        values, read = _arcs(part[2]) if takes == 7 else _values(part[2], takes)
        if (takes and not values) or not pen.draw(letter, values):
            break
        end = part.start(2) + read
        if part[2][read:].strip(" \t\r\n\f,"):
            break
    if not end:
        return None, ""
    return Outline((pen.left, pen.top, pen.right, pen.bottom), pen.run, pen.pieces, pen.corners), data[:end]


def _values(text: str, takes: int) -> tuple[list[float], int]:
    """Returns as many whole groups of numbers as a text begins with, and where they end."""
    if not takes:
        return [], 0
    match = _PREFIX.match(text)
    assert match is not None  # it takes nothing, too
    found = list(_EACH.finditer(match[0]))
    found = found[: len(found) // takes * takes]
    return [float(each[0]) for each in found], found[-1].end() if found else 0


def _arcs(text: str) -> tuple[list[float], int]:
    """Does the same for arcs, whose flags may stand without a space."""
    values: list[float] = []
    at = 0
    while arc := _ARC.match(text, at):
        values += [float(each) for each in arc.groups()]
        at = arc.end()
    return values, at


class _Pen:
    """Follows the commands of a path."""

    def __init__(self) -> None:
        self.x = self.y = self.start_x = self.start_y = 0.0
        self.left = self.top = math.inf
        self.right = self.bottom = -math.inf
        self.run = 0.0
        self.pieces = self.corners = 0
        self.started = False
        self.control: tuple[float, float] | None = None

    def draw(self, command: str, values: list[float]) -> bool:
        """Follows one command; returns False if a number is absurd."""
        if any(abs(value) > FAR for value in values):
            return False
        letter = command.upper()
        relative = command != letter
        takes = _TAKES[letter]
        if not takes:
            self._to(self.start_x, self.start_y)
            self.pieces += 1
            return True
        for at in range(0, len(values), takes):
            step = values[at : at + takes]
            if letter == "A":
                self._arc(step, relative)
            else:
                self._step(letter, step, relative)
            letter = "L" if letter == "M" else letter
        return max(-self.left, -self.top, self.right, self.bottom) <= FAR

    def _step(self, letter: str, values: list[float], relative: bool) -> None:
        x, y = (self.x, self.y) if relative else (0.0, 0.0)
        self.pieces += _PIECES[letter]
        self.corners += 1
        if letter == "H":
            self._to(values[0] + x, self.y)
            return
        if letter == "V":
            self._to(self.x, values[0] + y)
            return
        pairs = [(values[at] + x, values[at + 1] + y) for at in range(0, len(values), 2)]
        if letter == "M":
            self.started = True
            (self.x, self.y) = (self.start_x, self.start_y) = pairs[0]
            self._touch(self.x, self.y)
            return
        if letter in "ST":  # the first control point mirrors the last
            mirrored = self.control or (self.x, self.y)
            pairs.insert(0, (2 * self.x - mirrored[0], 2 * self.y - mirrored[1]))
        for pair in pairs:
            self._to(*pair)
        if letter in "CSQT":
            self.control = pairs[-2]

    def _arc(self, values: list[float], relative: bool) -> None:
        rx, ry = abs(values[0]), abs(values[1])
        x, y = values[5] + (self.x if relative else 0.0), values[6] + (self.y if relative else 0.0)
        self.pieces += 8
        self.corners += 1
        if not rx or not ry or (x, y) == (self.x, self.y):
            self._to(x, y)
            return
        if (values[2] and rx != ry) or min(rx, ry) < 1e-6 * max(rx, ry):  # tilted or flat: a circle around it
            rx = ry = 2 * max(rx, ry)
        flat = rx / ry  # as a circle, in a space where y is stretched
        across, down = x - self.x, (y - self.y) * flat
        chord = math.hypot(across, down)
        radius = max(rx, chord / 2)  # an arc that is too small for its ends is enlarged
        rise = math.sqrt(radius**2 - chord**2 / 4) * (1.0 if values[3] != values[4] else -1.0)
        middle_x = (self.x + x) / 2 - rise * down / chord
        middle_y = (self.y + y) / 2 + rise * across / chord / flat
        self.run += 2 * math.pi * max(radius, radius / flat)
        self.x, self.y, self.control = x, y, None
        for px, py in (
            (middle_x - radius, middle_y - radius / flat),
            (middle_x + radius, middle_y + radius / flat),
        ):
            self._touch(px, py)
        self._touch(x, y)

    def _to(self, x: float, y: float) -> None:
        self.run += abs(x - self.x) + abs(y - self.y)
        self.x, self.y = x, y
        self._touch(x, y)
        self.control = None

    def _touch(self, x: float, y: float) -> None:
        self.left, self.right = min(self.left, x), max(self.right, x)
        self.top, self.bottom = min(self.top, y), max(self.bottom, y)
