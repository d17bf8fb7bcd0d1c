"""Whether what is on a page lines up, and whether somebody gave it a look of its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from codepaint_env.canvases.html.audit.damage import Damage
from codepaint_env.canvases.html.audit.snapshot import Box, Layout, colour, joint
from codepaint_env.canvases.html.audit.texts import Text, by_element

LINE_PX = 1.5  # apart, up to which edges line up
MOST_ITEMS = 1_500
FEW = 5  # items, below which there is no grid to speak of
STRAY, ALL_STRAY = 0.15, 0.6  # share of items that line up with nothing: none of the damage, and all of it
DEFAULT_FONT = "Times New Roman"  # of Chromium, for what has none
CONTROL_FONT = ("Arial", "13.3333px")  # of its buttons and fields
PLAIN = 0.6  # share of the letters without any style, from which on it is damage


def misaligned(layout: Layout, texts: Sequence[Text]) -> list[Damage]:
    """Returns what lines up with nothing: no edge and no middle, neither across nor down, is shared by another item.

    Items are the texts of one element each. Those on a line of their own must share a left edge, a right edge or a
    middle; those in a row may share its top, middle or bottom instead.
    """
    items = sorted(by_element(texts).items())[:MOST_ITEMS]
    if len(items) < FEW:
        return []
    boxes = np.array([_first_line(own) for _, own in items])
    lefts, tops, rights, bottoms = boxes.T
    across = _shared(lefts) | _shared(rights) | _shared((lefts + rights) / 2)
    row = _shared(tops) | _shared(bottoms) | _shared((tops + bottoms) / 2)
    stray = np.flatnonzero(~across & ~row)
    share = len(stray) / len(items)
    value = min(max((share - STRAY) / (ALL_STRAY - STRAY), 0.0), 1.0)
    if not value:
        return []
    each = 1 - (1 - min(value, 0.999)) ** (1 / len(stray))
    message = "It lines up with nothing else on the page; start it at an edge that others start at"
    return [
        Damage("misaligned", message, each, joint([text.box for text in items[k][1]]), items[k][0])
        for k in stray
    ]


def unstyled(layout: Layout, texts: Sequence[Text]) -> list[Damage]:
    """Returns how far a page is left as the browser shows it: its own font, on no ground but the window's."""
    letters = sum(len(text.run.text) for text in texts)
    plain = [text for text in texts if _is_plain(layout, text.run.element)]
    share = sum(len(text.run.text) for text in plain) / letters if letters else 0.0
    if share <= PLAIN:
        return []
    largest = max(plain, key=lambda text: (text.weight, -text.run.element))
    message = "Most of the text has the browser's own look; choose a font, colours and a layout"
    return [Damage("unstyled", message, share, largest.box, largest.run.element)]


def _is_plain(layout: Layout, place: int) -> bool:
    style = layout.elements[place].style
    family = style.get("font-family", "").split(",")[0].strip().strip("\"'")
    if (family, style.get("font-size", "")) == CONTROL_FONT:
        return True
    if family != DEFAULT_FONT:
        return False
    for at in (place, *layout.ancestors(place)):
        behind = layout.elements[at].style
        if behind and (colour(behind["background-color"])[3] > 0 or behind["background-image"] != "none"):
            return False
    return True


def _shared(edges: np.ndarray) -> np.ndarray:
    """Tells of each number whether another one lies within `LINE_PX`."""
    order = np.argsort(edges, kind="stable")
    near = np.diff(edges[order]) <= LINE_PX
    told = np.zeros(len(edges), np.bool_)
    told[order] = np.concatenate([[False], near]) | np.concatenate([near, [False]])
    return told


def _first_line(texts: Sequence[Text]) -> Box:
    """Returns the box round the texts of an element that stand on its first line."""
    top = min(text.box[1] for text in texts)
    return joint([text.box for text in texts if text.box[1] < top + text.run.font_px / 2])
