"""In which order a person would try what a page offers: what matters most first, one of a kind before the next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from codepaint_env.canvases.html.explore.candidate import TICKED, Candidate, Offer, words_of

ROLES = {
    "button": 80,
    "canvas": 70,
    "searchbox": 78,
    "combobox": 72,
    "tab": 72,
    "slider": 68,
    "textbox": 66,
    "spinbutton": 64,
    "switch": 60,
    "checkbox": 58,
    "radio": 58,
    "menuitem": 62,
    "option": 60,
    "treeitem": 58,
    "gridcell": 56,
    "color": 50,
    "application": 42,
    "link": 45,
    "file": 5,
    "summary": 8,
    "video": 4,
    "audio": 4,
}
OTHER = 62  # what only listens, or has a hand over it
MAIN = frozenset(
    words_of(
        "add adopt apply archive ask book build buy calculate cast check checkout choose compare compute "
        "convert create deal deploy donate draw filter find fire generate get go guess join launch log "
        "mark new next open order pay pick place play post predict publish register remove reserve "
        "reveal roll run save search send shoot show shuffle sign solve sort spin start submit subscribe "
        "toggle translate upload view vote zoom "
    )
)
AFTERWARDS = frozenset(words_of("cancel clear erase pause redo reset resume restart stop undo "))
AWAY = frozenset(words_of("close dismiss accept agree decline okay ok got skip reject allow "))
SETTINGS = frozenset(words_of("theme dark light mode language menu hamburger mute sound fullscreen "))
STATES = re.compile(r"\b(tooltip|hint|info)\b")
KINDS = frozenset({"tab", "option", "menuitem", "menuitemradio", "radio", "treeitem", "gridcell", "link"})
AGAIN = 70  # what each further one of a kind is behind the first
TAIL = 30  # behind which comes what a person would hardly try


def kind_of(candidate: Candidate) -> tuple[str, ...]:
    """Returns what controls of one kind have in common: three equal `Add to cart` are one kind, three tabs too."""
    words = words_of(candidate.name)
    verb = words[0] if words else ""
    if candidate.role in KINDS or candidate.region == "nav":
        return (candidate.chain, candidate.role)
    if candidate.alike >= 3 and (len(candidate.name) <= 2 or verb not in MAIN | AFTERWARDS | SETTINGS):
        return (candidate.chain, candidate.role)
    return (
        candidate.chain.partition(".")[0],
        candidate.role,
        verb if verb in MAIN else candidate.name.lower(),
    )


def weight_of(candidate: Candidate, wanted: Sequence[str] = (), *, keyed: bool = False) -> float:
    """Returns how soon a person would try a control; more is sooner.

    Args:
        candidate: The control.
        wanted: What a user is expected to do on the page, a sentence each.
        keyed: True if the page names keys to press.
    """
    words = set(words_of(candidate.name))
    weight = float(ROLES.get(candidate.role, OTHER))
    if candidate.role == "application" and keyed:
        weight = 88
    if candidate.drags and candidate.role not in ("button", "slider"):
        weight = 66
    first = next(iter(words_of(candidate.name)), "")
    if candidate.role in ("button", "generic", "link"):
        weight += 10 if first in MAIN else 5 if words & MAIN else 0
    if candidate.submits:
        weight += 8
    if words & AFTERWARDS:
        weight -= 45
    elif first in AWAY or candidate.name in ("x", "×", "✕", "✖"):
        weight -= 35
    elif words & SETTINGS and candidate.role != "tab":
        weight -= 22
    if candidate.anchors:
        weight = 3 if not candidate.href.startswith("#") else 6
        if candidate.hears(("click", "pointerdown", "mousedown")):
            weight += 30
    elif candidate.tag == "a":
        weight += 5
    if candidate.role in TICKED and not candidate.listeners and candidate.role != "switch":
        weight -= 12
    if candidate.selected or (candidate.role == "radio" and candidate.checked):
        weight -= 60
    if candidate.role in ("textbox", "searchbox") and not candidate.edits:
        weight += 6 if candidate.hears(("input", "keyup", "keydown", "change")) else -14
    if candidate.edits:
        weight -= 20
    if STATES.search(candidate.chain) or candidate.name in ("?", "i", "ⓘ"):
        weight -= 50
    left, top, right, bottom = candidate.box
    weight += 6 if candidate.inside else 0
    weight += min(6.0, (right - left) * (bottom - top) / 2_000)
    weight += {"main": 3, "form": 4, "dialog": 6, "footer": -12, "header": -5, "nav": -8, "aside": -2}.get(
        candidate.region, 0
    )
    return weight + 18 * _wanted(candidate, wanted)


def _wanted(candidate: Candidate, sentences: Sequence[str]) -> float:
    """Returns how far the best of some sentences speaks of a control, [0, 1]."""
    words = {_stem(word) for word in words_of(f"{candidate.name} {candidate.placeholder}") if len(word) > 2}
    if not words:
        return 0.0
    return max(
        (len(words & {_stem(each) for each in words_of(sentence)}) / len(words) for sentence in sentences),
        default=0.0,
    )


def _stem(word: str) -> str:
    return re.sub(r"(ing|ed|es|s)$", "", word) if len(word) > 4 else word


def ranked(offer: Offer, wanted: Sequence[str] = ()) -> list[Candidate]:
    """Returns the candidates in the order in which they are to be tried, disabled and covered ones among them."""
    keyed = bool(offer.keys)
    order = {each.selector: number for number, each in enumerate(offer.candidates)}
    plain = sorted(
        offer.candidates, key=lambda each: (-weight_of(each, wanted, keyed=keyed), order[each.selector])
    )
    seen: dict[tuple[str, ...], int] = {}
    weights: dict[str, float] = {}
    for each in plain:
        kind = kind_of(each)
        weights[each.selector] = weight_of(each, wanted, keyed=keyed) - AGAIN * seen.get(kind, 0)
        seen[kind] = seen.get(kind, 0) + 1
    return sorted(plain, key=lambda each: (-weights[each.selector], order[each.selector]))
