"""axe-core in an isolated world of the page: contrast, and the rules that matter for a visitor."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from codepaint_env.canvases.html.audit.damage import Damage, quoted
from codepaint_env.canvases.html.audit.legibility import contrast_value
from codepaint_env.canvases.html.audit.snapshot import Box, Layout, area, common
from codepaint_env.canvases.html.audit.texts import Text

# axe's time grows with the square of some of these; a page beyond one of them is measured by its picture alone.
MOST_ELEMENTS = 1_500
MOST_DEEP = 80  # elements within each other
MOST_CROWDED = 150_000  # pairs of elements whose middles share a square of `SQUARE_PX`
SQUARE_PX = 200
MOST_NODES = 50  # of a rule that are told
CONTRAST = "color-contrast"
FAILED = 0.1  # of the page, that counts as spoilt where axe could not look


def too_much(layout: Layout) -> str:
    """Returns in words why axe-core is not run on a page; `""` if it is."""
    count = len(layout.elements)
    if count > MOST_ELEMENTS:
        return f"it has {count:,} elements; up to {MOST_ELEMENTS:,} are checked"
    depths: list[int] = []
    squares: Counter[tuple[float, float]] = Counter()
    for element in layout.elements:
        depths.append(1 + depths[element.parent] if element.parent >= 0 else 1)
        if element.box is not None:
            left, top, right, bottom = element.box
            squares[(left + right) // (2 * SQUARE_PX), (top + bottom) // (2 * SQUARE_PX)] += 1
    if max(depths, default=0) > MOST_DEEP:
        return f"its elements are nested {max(depths)} deep; up to {MOST_DEEP} are checked"
    if sum(held**2 for held in squares.values()) > MOST_CROWDED:
        return "too many elements lie on each other"
    return ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of axe-core.

    Attributes:
        share: What one place that breaks it spoils of the page, [0, 1].
        reason: Why it is checked.
    """

    share: float
    reason: str


@cache
def rules() -> Mapping[str, Rule]:
    """Returns the rules that are run, by id."""
    told = tomllib.loads((files(__package__) / "axe_rules.toml").read_text(encoding="utf-8"))
    return {name: Rule(float(rule["share"]), str(rule["reason"])) for name, rule in told.items()}


@cache
def script(axe: Path) -> str:
    """Returns the function that runs axe-core once and leaves nothing behind.

    Args:
        axe: The file of axe-core.
    """
    library = axe.read_text(encoding="utf-8")
    runner = (files(__package__) / "axe_run.js").read_text(encoding="utf-8")
    return (
        "async function (rules, most) {\n"
        "const waits = (work, ms) => { if (!(ms > 1000)) Promise.resolve().then(() => work()); return 0; };\n"
        "const held = { exports: {} };\n"
        "(function (module, exports, define, setTimeout, clearTimeout) {\n"
        f"{library}\n"
        "}).call(window, held, held.exports, undefined, waits, () => {});\n"
        "const axe = held.exports.run ? held.exports : window.axe;\n"
        "delete window.axe;\n"
        f"{runner}\n}}"
    )


def damages(told: Mapping[str, Any], texts: Sequence[Text], edges: Box) -> list[Damage]:
    """Returns what axe found, as damage.

    Args:
        told: What `script` returned.
        texts: That can be seen: contrast is weighed by those that it is about, and what nobody sees has none.
        edges: Of the picture: what lies outside of it has no box.
    """
    if told.get("error"):
        message = f"The page could not be checked for accessibility ({told['error']})"
        return [Damage("axe", message, FAILED, None)]
    whole = sum(text.weight for text in texts) or 1.0
    found = []
    for broken in told["violations"]:
        for node in broken["nodes"]:
            box = _box(node["box"], edges)
            if broken["rule"] != CONTRAST:
                share = rules()[broken["rule"]].share
                message = f"{broken['help']} ({broken['rule']})"
                found.append(Damage("axe", message, share, box, selector=node["selector"]))
            elif box is not None:
                weight = sum(text.weight for text in texts if _middle_in(text.box, box)) / whole
                message = (
                    f"The text {quoted(node['text'])} has a contrast of {node['ratio']:.1f}; "
                    f"it needs {node['asked']:g}"
                )
                value = contrast_value(node["ratio"], node["asked"]) * weight
                found.append(Damage("contrast", message, value, box, selector=node["selector"]))
    return found


def _box(told: Sequence[float] | None, edges: Box) -> Box | None:
    if told is None:
        return None
    box = common((told[0], told[1], told[2], told[3]), edges)
    return box if area(box) > 0 else None


def _middle_in(box: Box, other: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]
