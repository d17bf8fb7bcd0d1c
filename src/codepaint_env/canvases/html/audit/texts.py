"""The texts of a page that a person can see, as they stand in the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from codepaint_env.canvases.html.audit.picture import FullPicture, ground, ratio, stands_out
from codepaint_env.canvases.html.audit.snapshot import Box, Element, Layout, Run, area, colour, common

MOST_RUNS = 2_000  # the largest are looked at
MOST_COVERS = 300  # the largest opaque boxes that may hide a text
COVERED = 0.8  # share of a text under such a box from which on it is hidden
OPAQUE = 0.95
VEIL = 0.2  # how opaque a sheet over a page is at least
SHEET_PX = 400_000.0  # and how large, in square pixels
CUT = 0.12  # share of a text that is lost at an edge, from which on it is cut
GONE = 0.9  # share from which on it is hidden altogether, as in a closed menu

_ENDLESS: Box = (-1e9, -1e9, 1e9, 1e9)
_CLIPS = ("hidden", "clip")
_OF_SVG = frozenset({"text", "tspan", "textpath"})
_REPLACED = frozenset({"img", "canvas", "video", "iframe", "svg", "object", "embed"})


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A run of text that can be seen.

    Attributes:
        run: As it was laid out.
        element: In which it stands.
        box: The part of it that is left by what clips it.
        lost: Share of it that an edge cuts off, [0, 1].
        cutter: Index of the element at whose edge it is cut; -1 for none.
        contrast: Between its colour and what it stands on, 1 to 21.
        weight: Its area in square pixels; a page's texts are weighed by it.
        fixed: True if it keeps its place while the page scrolls.
        veiled: True if a half transparent sheet lies over it, as behind a dialog.
    """

    run: Run
    element: Element
    box: Box
    lost: float
    cutter: int
    contrast: float
    weight: float
    fixed: bool
    veiled: bool


def visible_texts(layout: Layout, picture: FullPicture) -> list[Text]:
    """Returns the texts that can be seen, in the order of the document.

    Left out is whatever nobody sees: hidden, transparent, cut off whole, beyond the picture, under an opaque box, or of
    the colour of what it stands on. It earns a page nothing, and is no damage either.
    """
    largest = sorted(range(len(layout.runs)), key=lambda k: (-area(layout.runs[k].box), k))[:MOST_RUNS]
    runs = [layout.runs[k] for k in sorted(largest)]
    covers = _Covers(layout)
    clips: dict[int, _Clip] = {}
    found = []
    for run in runs:
        element = layout.elements[run.element]
        if element.style.get("visibility") != "visible" or element.opacity <= 0.05 or area(run.box) <= 0:
            continue
        clip = clips.setdefault(run.element, clips.get(run.element) or _clip(layout, run.element))
        seen = common(common(run.box, clip.seen), picture.edges)
        lost = 1 - area(common(run.box, clip.kept)) / area(run.box)
        if area(seen) <= 0 or lost > GONE or covers.hide(run, seen):
            continue
        crop = picture.crop(seen)
        if not stands_out(crop):
            continue
        weight = area(seen)
        contrast = _contrast(element, crop)
        cutter = clip.cutter if lost > CUT else -1
        found.append(Text(run, element, seen, lost, cutter, contrast, weight, clip.fixed, False))
    return _with_veils(layout, found)


def _with_veils(layout: Layout, texts: Sequence[Text]) -> list[Text]:
    """Marks texts over which a half transparent sheet lies that has texts on it: a dialog in front of a page."""
    veils = _Covers(layout, sheets=True)
    orders = [text.element.order for text in texts]
    return [
        replace(text, veiled=True) if veils.hide(text.run, text.box, most=max(orders, default=0)) else text
        for text in texts
    ]


def _contrast(element: Element, crop: np.ndarray) -> float:
    """Returns the contrast of a text's own colour with the ground that is seen round it, 1 to 21.

    Letters that a gradient or a picture fills have no colour of their own: what differs most is taken for it.
    """
    behind = ground(crop)
    told = element.style.get("fill" if element.tag in _OF_SVG else "color", "")
    red, green, blue, alpha = colour(told) if told.startswith("rgb") else (0.0, 0.0, 0.0, 0.0)
    alpha *= element.opacity
    if alpha < 0.1:
        pixels = crop.reshape(-1, 3).astype(np.float64)
        apart = np.abs(pixels - behind).sum(axis=1)
        return ratio(pixels[int(apart.argmax())], behind)
    own = np.array([red, green, blue]) * alpha + behind * (1 - alpha)
    return ratio(own, behind)


@dataclass(frozen=True, slots=True)
class _Clip:
    """What is left to the contents of an element.

    Attributes:
        seen: The box in which they can be seen now.
        kept: The box in which they can be seen at all: what scrolls loses nothing.
        cutter: Index of the element whose edge is nearest in `kept`; -1 for none.
        fixed: True if they keep their place while the page scrolls.
    """

    seen: Box
    kept: Box
    cutter: int
    fixed: bool


def _clip(layout: Layout, place: int) -> _Clip:
    """Follows an element up. The root's own `overflow` is that of the page, which its picture shows.

    What is positioned absolutely is clipped by positioned elements alone, and what is fixed by none.
    """
    seen = kept = _ENDLESS
    cutter, fixed, position = -1, False, ""
    for at in (place, *layout.ancestors(place)):
        element = layout.elements[at]
        placed = element.style.get("position", "static")
        clips = element.box is not None and element.tag not in ("html", "body")
        if clips and position != "fixed" and (position != "absolute" or placed != "static"):
            assert element.box is not None
            flows = (element.style["overflow-x"], element.style["overflow-y"])
            frame = element.tag == "iframe"
            seen = common(seen, _within(element.box, *(frame or flow != "visible" for flow in flows)))
            narrowed = common(kept, _within(element.box, *(not frame and flow in _CLIPS for flow in flows)))
            if narrowed != kept:
                kept, cutter = narrowed, at
        fixed = fixed or placed in ("fixed", "sticky")
        if placed in ("absolute", "fixed") and position != "fixed":
            position = placed
        elif position == "absolute" and placed != "static":
            position = ""
    return _Clip(seen, kept, cutter, fixed)


def _within(box: Box, across: bool, down: bool) -> Box:
    left, top, right, bottom = box
    return (
        left if across else _ENDLESS[0],
        top if down else _ENDLESS[1],
        right if across else _ENDLESS[2],
        bottom if down else _ENDLESS[3],
    )


class _Covers:
    """The largest opaque boxes, which hide what was painted before them."""

    def __init__(self, layout: Layout, *, sheets: bool = False) -> None:
        wanted = _is_sheet if sheets else _is_opaque
        opaque = [element for element in layout.elements if element.order >= 0 and wanted(element)]
        opaque.sort(key=lambda element: (-area(element.box or (0, 0, 0, 0)), element.place))
        chosen = opaque[:MOST_COVERS]
        self._boxes = np.array([element.box for element in chosen], np.float64).reshape(-1, 4)
        self._orders = np.array([element.order for element in chosen], np.int64)
        self._layout = layout

    def hide(self, run: Run, seen: Box, most: float = np.inf) -> bool:
        """Tells whether one of them, painted no later than `most`, lies over a text."""
        above = (self._orders > self._layout.elements[run.element].order) & (self._orders < most)
        if not above.any():
            return False
        boxes = self._boxes[above]
        wide = np.minimum(boxes[:, 2], seen[2]) - np.maximum(boxes[:, 0], seen[0])
        high = np.minimum(boxes[:, 3], seen[3]) - np.maximum(boxes[:, 1], seen[1])
        shared = wide.clip(0) * high.clip(0)
        return bool(shared.max() >= COVERED * area(seen))


def _is_opaque(element: Element) -> bool:
    if not element.is_shown() or element.opacity < OPAQUE:
        return False
    if element.tag in ("img", "video", "iframe"):
        return True
    return colour(element.style["background-color"])[3] >= OPAQUE


def _is_sheet(element: Element) -> bool:
    if not element.is_shown() or element.box is None or area(element.box) < SHEET_PX:
        return False
    return VEIL <= colour(element.style["background-color"])[3] * element.opacity < OPAQUE


def is_picture(element: Element) -> bool:
    """Tells whether an element is a picture of its own: an image, a drawing, a film or a frame."""
    return element.tag in _REPLACED


def by_element(texts: Sequence[Text]) -> Mapping[int, list[Text]]:
    """Returns texts by the index of the element in which they stand, in the order of the document."""
    told: dict[int, list[Text]] = {}
    for text in texts:
        told.setdefault(text.run.element, []).append(text)
    return told
