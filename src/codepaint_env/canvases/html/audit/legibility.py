"""Whether texts can be read: low contrast, tiny letters, letters that an edge cuts off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from codepaint_env.canvases.html.audit.damage import Damage, quoted
from codepaint_env.canvases.html.audit.snapshot import Box, Layout, joint
from codepaint_env.canvases.html.audit.texts import Text, by_element

READABLE_PX = 12.0  # letters from this size on are no damage
UNREADABLE_PX = 6.0  # at this size and below the damage is complete
LARGE_PX = 24.0  # from which on WCAG asks for less contrast (1.4.3)
ENOUGH, ENOUGH_LARGE = 4.5, 3.0
LENIENCE = (
    0.85  # of what WCAG asks: below it, what was seen in the picture counts; axe measures the rest exactly
)
CUT_WORTH = 3.0  # a cut text spoils more than its own area


def contrast(layout: Layout, texts: Sequence[Text], told: Iterable[Box]) -> list[Damage]:
    """Returns texts that stand out too little from what is behind them, by the picture.

    It sees what axe-core leaves undecided: gradients, photographs, closed shadow roots and pages that are too large.

    Args:
        layout: Of the page.
        texts: That can be seen.
        told: Boxes of elements that axe-core has named already.
    """
    known = [*told]
    whole = sum(text.weight for text in texts) or 1.0
    damages = []
    for place, own in by_element([text for text in texts if not text.veiled]).items():
        worst = min(own, key=lambda text: text.contrast)
        asked = ENOUGH_LARGE if worst.run.font_px >= LARGE_PX else ENOUGH
        if worst.contrast >= LENIENCE * asked or _is_disabled(layout, place):
            continue
        if any(_inside(worst.box, box) for box in known):
            continue
        weight = sum(text.weight for text in own) / whole
        message = (
            f"The text {quoted(worst.run.text)} has a contrast of {worst.contrast:.1f} to what is behind it; "
            f"it needs {asked:g}"
        )
        value = contrast_value(worst.contrast, asked) * weight
        damages.append(Damage("contrast", message, value, joint([text.box for text in own]), place))
    return damages


def contrast_value(ratio: float, asked: float) -> float:
    """Returns how far a contrast falls short, from 0 where it is enough to 1 where there is none."""
    return min(max((asked - ratio) / (asked - 1), 0.0), 1.0)


def tiny(layout: Layout, texts: Sequence[Text]) -> list[Damage]:
    """Returns texts whose letters are smaller than `READABLE_PX`, weighed by their share of all letters."""
    letters = sum(len(text.run.text) for text in texts) or 1
    damages = []
    for place, own in by_element(texts).items():
        size = min(text.run.font_px for text in own)
        if size >= READABLE_PX:
            continue
        value = min((READABLE_PX - size) / (READABLE_PX - UNREADABLE_PX), 1.0)
        value *= sum(len(text.run.text) for text in own) / letters
        message = (
            f"The text {quoted(own[0].run.text)} is {size:g} px high; make it at least {READABLE_PX:g} px"
        )
        damages.append(Damage("tiny_text", message, value, joint([text.box for text in own]), place))
    return damages


def clipped(layout: Layout, texts: Sequence[Text]) -> list[Damage]:
    """Returns texts of which an edge cuts off a part, so that what is left cannot be read or ends in the middle."""
    whole = sum(text.weight for text in texts) or 1.0
    damages = []
    for place, own in by_element(texts).items():
        cut = [text for text in own if text.cutter >= 0]
        if not cut or _ends_with_dots(layout, place):
            continue
        worst = max(cut, key=lambda text: text.lost)
        value = min(CUT_WORTH * sum(text.weight for text in cut) / whole, 1.0)
        message = (
            f"The text {quoted(worst.run.text)} is cut off at the edge of its box; "
            "let the box grow with what it holds"
        )
        damages.append(Damage("clipped", message, value, joint([text.box for text in cut]), place))
    return damages


def _inside(box: Box, other: Box) -> bool:
    """Tells whether the middle of a box lies in another."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]


def _is_disabled(layout: Layout, place: int) -> bool:
    """Tells whether a text belongs to a control that is switched off, of which WCAG asks nothing."""
    for at in (place, *layout.ancestors(place)):
        attributes = layout.elements[at].attributes
        if "disabled" in attributes or attributes.get("aria-disabled") == "true":
            return True
    return False


def _ends_with_dots(layout: Layout, place: int) -> bool:
    """Tells whether a text was shortened on purpose, with three dots at its end."""
    return layout.elements[place].style.get("text-overflow") == "ellipsis"
