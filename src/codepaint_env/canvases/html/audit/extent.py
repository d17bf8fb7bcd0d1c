"""Whether a page fits its width, and how much of it is there: sideways overflow, emptiness, blank areas."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from codepaint_env.canvases.html.audit.damage import Damage
from codepaint_env.canvases.html.audit.picture import CELL_PX, FullPicture
from codepaint_env.canvases.html.audit.snapshot import Box, Element, Layout, area, common
from codepaint_env.canvases.html.audit.texts import Text, is_picture

SLACK_PX = 2.0  # of the width, for rounding
ENOUGH = 0.04  # of a viewport's area, that contents take on a page that is not empty
BY_PICTURES = 0.3  # share of that, that pictures alone can fill: a page says something, too
BAND = 0.5  # of a viewport's height, from which on a blank band is damage
BAND_FULL = 1.5  # and at which it is complete
LEAN = 0.4  # of the width, by which one margin may be wider than the other
LEAN_FULL = 0.8

_FIELDS = frozenset({"input", "select", "textarea", "button", "progress", "meter"})


def overflow(layout: Layout, picture: FullPicture, viewport: tuple[int, int]) -> list[Damage]:
    """Returns what makes a page wider than its window, or lies beyond its right edge for good."""
    width, _ = viewport
    beyond = layout.width - width
    outside = [
        element
        for element in layout.elements
        if element.box is not None
        and element.is_shown()
        and element.tag not in ("html", "body")
        and element.box[2] > width + SLACK_PX
        and element.box[0] < element.box[2]
    ]
    if beyond <= SLACK_PX or not outside:
        return []
    worst = max(outside, key=lambda element: (_reach(layout, element), -element.place))
    assert worst.box is not None
    message = (
        f"The page is {layout.width:.0f} px wide in a window of {width} px, so that one must scroll sideways; "
        "use widths in per cent, max-width or wrapping rows"
    )
    box = common(worst.box, (0.0, 0.0, float(max(picture.width, width)), float(picture.height)))
    return [Damage("overflow", message, min(0.2 + beyond / width, 1.0), box, worst.place)]


def emptiness(
    layout: Layout, texts: Sequence[Text], picture: FullPicture, viewport: tuple[int, int]
) -> list[Damage]:
    """Returns how far the contents of a page fall short of filling a twenty-fifth of a window.

    Contents are texts that can be seen, controls, and pictures where something is drawn: stripes, gradients and noise
    behind them are not. White space round contents is no damage; a window without contents is.
    """
    said = np.zeros_like(picture.busy)
    shown = np.zeros_like(picture.busy)
    for text in texts:
        said[picture.cells(text.box)] = True
    for element in layout.elements:
        if (
            element.box is None
            or not (is_picture(element) or element.tag in _FIELDS)
            or not element.is_shown()
        ):
            continue
        (said if element.tag in _FIELDS else shown)[picture.cells(element.box)] = True
    of_window = viewport[0] * viewport[1] / CELL_PX**2
    by_words = float((said & picture.busy).sum()) / of_window / ENOUGH
    by_pictures = float((shown & _grown(picture.busy) & ~said).sum()) / of_window / ENOUGH
    there = min(by_words + min(by_pictures, BY_PICTURES), 1.0)
    if there >= 1:
        return []
    if by_words + by_pictures >= 1:
        message = "There is next to no text and no control on the page; say what it is and what one can do"
    else:
        message = "There is hardly anything on the page; fill it with what was asked for"
    edges = common(picture.edges, (0.0, 0.0, float(viewport[0]), float(viewport[1])))
    return [Damage("white_space", message, 1 - there, edges, _root(layout))]


def blank_areas(
    layout: Layout, texts: Sequence[Text], picture: FullPicture, viewport: tuple[int, int]
) -> list[Damage]:
    """Returns bands right across the page on which nothing is, and a margin on one side that is far too wide."""
    busy = picture.busy
    if not busy.size or not busy.any():
        return []
    damages = []
    for first, last in _bands(np.asarray(busy.any(axis=1))):
        height = (last - first) * CELL_PX
        value = _between(height / viewport[1], BAND, BAND_FULL)
        if value:
            message = f"A band of {height} px is blank right across the page; close the gap or fill it"
            box = (0.0, float(first * CELL_PX), float(picture.width), float(last * CELL_PX))
            damages.append(Damage("blank_area", message, value, common(box, picture.edges), _root(layout)))
    boxes = [text.box for text in texts] + [
        element.box
        for element in layout.elements
        if element.box is not None and element.is_shown() and (is_picture(element) or element.tag in _FIELDS)
    ]
    boxes = [common(box, picture.edges) for box in boxes]
    boxes = [box for box in boxes if area(box) > 0]
    if boxes:
        damages += _lean(layout, boxes, picture)
    return damages


def _lean(layout: Layout, boxes: Sequence[Box], picture: FullPicture) -> list[Damage]:
    left = min(box[0] for box in boxes)
    right = picture.width - max(box[2] for box in boxes)
    value = _between(abs(left - right) / picture.width, LEAN, LEAN_FULL)
    if not value:
        return []
    side = "right" if right > left else "left"
    message = (
        f"All that is on the page keeps to one side and leaves the {side} blank; centre it or use the width"
    )
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    box = (
        (picture.width - right, top, float(picture.width), bottom)
        if right > left
        else (0.0, top, left, bottom)
    )
    return [Damage("blank_area", message, value, box, _root(layout))]


def _bands(rows: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Returns the runs of rows without anything, as first and one past the last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[True], rows, [True]]).astype(np.int8)))
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _grown(cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Returns cells with those beside and above them: a flat area of a drawing belongs to its outline."""
    wide = np.pad(cells, 1)
    return np.asarray(wide[1:-1, 1:-1] | wide[:-2, 1:-1] | wide[2:, 1:-1] | wide[1:-1, :-2] | wide[1:-1, 2:])


def _between(value: float, none: float, full: float) -> float:
    return min(max((value - none) / (full - none), 0.0), 1.0)


def _reach(layout: Layout, element: Element) -> float:
    assert element.box is not None
    return round(element.box[2])


def _root(layout: Layout) -> int:
    """Returns the index of the body, or of the root where there is none."""
    return next((element.place for element in layout.elements if element.tag == "body"), 0)
