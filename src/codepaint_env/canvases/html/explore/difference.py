"""What differs between two arms of one trial: the page acted on, and the same page left alone on the same clock."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from codepaint_env.canvases.html.explore.snapshot import Box, Element, Snapshot

Kind = Literal["text", "appeared", "vanished", "state", "value", "pixels", "scrolled", "moved", "looks"]

ORDER: tuple[Kind, ...] = (
    "text",
    "appeared",
    "vanished",
    "state",
    "value",
    "pixels",
    "scrolled",
    "moved",
    "looks",
)
NEAR_PX = 3  # by which a box may differ
LEVELS = 24  # by which a pixel must differ to count
FEWEST_PX = 12  # that must
RIPPLE_PX = 90  # from the pointer, within which something without words counts as drawn at it
WAITING = re.compile(
    r"^\W*(loading|searching|fetching|processing|sending|submitting|saving|connecting|calculating|please wait|working|"
    r"one moment|just a moment|thinking)\b.{0,30}$",
    re.IGNORECASE,
)
FIELDS = frozenset(
    {"input", "textarea", "select", "option", "details", "summary", "video", "audio", "progress"}
)


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One thing that differs.

    Attributes:
        rank: How much it says to a person; 0 is most.
        selector: Of the element.
        kind: What differs.
        name: Of the attribute; `""` where it is none.
        before: What it is in the page left alone.
        after: What it is in the page acted on.
        own: True if it is in the element that was acted on.
        certain: True if no style sheet alone could have done it.
    """

    rank: int
    selector: str
    kind: Kind
    name: str = ""
    before: str = ""
    after: str = ""
    own: bool = False
    certain: bool = True


def differences(
    test: Snapshot,
    control: Snapshot,
    *,
    pressed: Sequence[tuple[int, int]] = (),
    dragged: bool = False,
    noise: frozenset[str] = frozenset(),
) -> list[Change]:
    """Returns what differs, what says most first; the same two snapshots always give the same list.

    The value of the element acted on, its focus ring and its place are no effect, nor is what was drawn at the pointer.

    Args:
        test: The page acted on.
        control: The same page at the same time, left alone.
        pressed: Where the pointer was pressed or let go, in pixels of the viewport.
        dragged: True if the element was dragged: that it stands elsewhere is an effect then.
        noise: Selectors of elements that follow the pointer, or change with any click.
    """
    changes = [change for change in _all(test, control, pressed, dragged) if change.selector not in noise]
    return sorted(changes)


def without_waiting(changes: list[Change]) -> list[Change]:
    """Returns what is left of an effect where the page still says that it is busy; it may say so for ever."""
    if not any(WAITING.search(change.after) for change in changes):
        return changes
    said = [
        change
        for change in changes
        if change.kind in ("text", "appeared", "value")
        and re.search(r"\w", change.after)
        and not WAITING.search(change.after)
    ]
    return changes if said else []


def passing(changes: Sequence[Change]) -> str:
    """Returns the words of a message among changes, such as `Copied!`; `""` where there is none."""
    return next(
        (
            change.after
            for change in changes
            if change.kind in ("text", "appeared")
            and re.search(r"\w", change.after)
            and not WAITING.search(change.after)
        ),
        "",
    )


def _all(
    test: Snapshot, control: Snapshot, pressed: Sequence[tuple[int, int]], dragged: bool
) -> Iterator[Change]:
    scrolled = test.scroll != control.scroll
    stood = Counter((each.tag, each.text) for key, each in control.elements.items() if _gone(key, each, test))
    for selector, element in test.elements.items():
        other = control.elements.get(selector)
        if other is None or other.tag != element.tag:
            stood[element.tag, element.text] -= 1
            if element.text and stood[element.tag, element.text] >= 0:
                yield _change("moved", selector, element, after=element.text, certain=False)
            elif not _drawn_at(element, pressed) and not _is_part(element):
                yield _change("appeared", selector, element, after=element.text, certain=False)
        else:
            yield from _between(selector, element, other, scrolled, dragged)
    for selector, other in control.elements.items():
        if selector not in test.elements and not _is_part(other):
            yield _change("vanished", selector, other, before=other.text, certain=False)
    for selector in painted_differently(test, control):
        element = test.elements[selector]
        if element.own in ("", "self", "within") and not (element.own and element.tag in FIELDS):
            yield _change("pixels", selector, element)


def _gone(selector: str, element: Element, test: Snapshot) -> bool:
    """True for what no longer stands where it stood: the same words elsewhere are not new."""
    other = test.elements.get(selector)
    return other is None or other.tag != element.tag or other.text != element.text


def _between(
    selector: str, element: Element, other: Element, scrolled: bool, dragged: bool
) -> Iterator[Change]:
    own = element.own
    if own == "edited":
        return
    if element.text != other.text and not (own == "self" and element.tag in FIELDS):
        yield _change("text", selector, element, before=other.text, after=element.text)
    for name in sorted(element.state.keys() | other.state.keys()):
        was, now = other.state.get(name, ""), element.state.get(name, "")
        if was == now or (own and _is_own_value(name)):
            continue
        kind: Kind = "value" if name in ("value", "checked") else "scrolled" if name == "scroll" else "state"
        if name != "placeholder":
            yield _change(kind, selector, element, name=name, before=was, after=now)
    if element.pixels != other.pixels:
        yield _change("pixels", selector, element)
    if own in ("label", "peer") or (own and element.tag in FIELDS):
        return
    moves = not own or (dragged and own == "self")
    if moves and not scrolled and _moved(element.box, other.box):
        yield _change(
            "moved", selector, element, before=_place(other.box), after=_place(element.box), certain=False
        )
    if element.looks != other.looks:
        yield _change("looks", selector, element, certain=False)


def _change(
    kind: Kind,
    selector: str,
    element: Element,
    *,
    name: str = "",
    before: str = "",
    after: str = "",
    certain: bool = True,
) -> Change:
    own = element.own in ("self", "within")
    rank = 10 * ORDER.index(kind)
    if kind in ("appeared", "vanished") and not (before or after):
        rank += 55  # what has no words says less than an attribute
    if element.role in ("status", "alert", "dialog", "log") or "aria-live" in element.state:
        rank -= 3
    if not re.search(r"#[\w-]+$", selector):
        rank += 2
    return Change(rank + 1 if own else rank, selector, kind, name, before, after, own, certain)


def _is_own_value(name: str) -> bool:
    return name in ("value", "checked", "placeholder", "open", "scroll", "aria-activedescendant")


def _is_part(element: Element) -> bool:
    """True for what shows up in the element acted on and says nothing, such as a ripple."""
    return element.own == "edited" or (
        element.own in ("self", "within", "label", "peer") and not element.text and not element.pixels
    )


def _drawn_at(element: Element, pressed: Sequence[tuple[int, int]]) -> bool:
    """True for a wordless thing around a point that was pressed, such as a sparkle."""
    if re.search(r"\w", element.text) or element.pixels:
        return False
    left, top, right, bottom = element.shown
    x, y = (left + right) / 2, (top + bottom) / 2
    wide = max(right - left, bottom - top)
    near = any(abs(x - at[0]) <= RIPPLE_PX and abs(y - at[1]) <= RIPPLE_PX for at in pressed)
    return near and wide <= 3 * RIPPLE_PX


def _moved(box: Box, other: Box) -> bool:
    return any(abs(a - b) > NEAR_PX for a, b in zip(box, other, strict=True))


def _place(box: Box) -> str:
    return f"{box[2]} x {box[3]} at {box[0]}, {box[1]}"


def painted_differently(test: Snapshot, control: Snapshot) -> list[str]:
    """Returns the selectors of canvases and other pictures whose pixels differ, where both snapshots have a picture."""
    one, two = test.pixels, control.pixels
    if one is None or two is None or one.shape != two.shape:
        return []
    far = np.abs(one - two).max(axis=2) > LEVELS
    found = []
    for selector, element in test.elements.items():
        other = control.elements.get(selector)
        if not element.pixels or other is None or element.shown != other.shown:
            continue
        left, top, right, bottom = element.shown
        if int(far[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)].sum()) >= FEWEST_PX:
            found.append(selector)
    return found
