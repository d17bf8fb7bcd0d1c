"""What a person could try on a page, as it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from codepaint_env.canvases.html.explore.snapshot import Box

PRESSES = frozenset({"click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend"})
WRITTEN = frozenset({"textbox", "searchbox", "spinbutton", "combobox"})
GRABBED = frozenset({"pointerdown", "mousedown", "touchstart"})
TICKED = frozenset({"checkbox", "radio", "switch"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A control, or what looks or listens like one.

    Attributes:
        selector: Finds it; ` >>> ` leads into a shadow root or a frame.
        target: Of the label by which it is used, where it is not seen itself; `""` mostly.
        tag: Its element.
        type: Of an `input` or `button`.
        role: By ARIA, its own or its element's.
        name: Its accessible name.
        box: Left, top, right, bottom in pixels of the viewport, before anything scrolled.
        enabled: False where it is disabled, or no pointer meets it.
        inside: True if all of it is in the viewport before anything scrolled.
        covered: True if it is inside and something else lies over it.
        cover: Selector of what lies over it.
        listeners: Kinds of events that it listens to itself.
        points: True if the pointer turns into a hand over it.
        drags: True if it can be dragged, or looks as if.
        edits: True if its text can be edited in place.
        readonly: True for a field that takes no text.
        href: Of a link.
        options: Label of each choice, and whether it is chosen.
        selected: True for the tab or page that is shown already.
        checked: True for a box that is ticked.
        value: What a field holds.
        placeholder: What it shows while empty.
        limits: Of a field: least, most, step, longest text.
        required: True if a form cannot be sent without it.
        pattern: That its text must follow.
        hint: Its other names: name, id, autocomplete.
        form: Selector of its form.
        method: `get`, `post` or `dialog`.
        action: Where its form leads.
        handled: True if something listens to its form being sent.
        chain: Elements around it and its classes: equal for controls of a kind.
        parent: Selector of its parent.
        alike: Siblings like it, itself among them.
        region: Landmark that it is in, such as `nav` or `main`.
        expanded: Its `aria-expanded`.
        haspopup: Its `aria-haspopup`.
        popover: True if it opens a popover or commands an element by markup alone.
        fields: Selectors of the fields that a button goes with.
        parts: Selectors of things within it that it may listen for.
        drops: Selectors of where it may be dragged, the likeliest first; `""` is a little to the right and down.
        handed: Kinds of events that elements around it listen to, up to the body.
    """

    selector: str
    tag: str = "button"
    role: str = "button"
    name: str = ""
    box: Box = (0, 0, 100, 30)
    target: str = ""
    type: str = ""
    enabled: bool = True
    inside: bool = True
    covered: bool = False
    cover: str = ""
    listeners: tuple[str, ...] = ()
    points: bool = False
    drags: bool = False
    edits: bool = False
    readonly: bool = False
    href: str = ""
    options: tuple[tuple[str, bool], ...] = ()
    selected: bool = False
    checked: bool = False
    value: str = ""
    placeholder: str = ""
    limits: tuple[str, ...] = ("", "", "", "-1")
    required: bool = False
    pattern: str = ""
    hint: str = ""
    form: str = ""
    method: str = ""
    action: str = ""
    handled: bool = False
    chain: str = ""
    parent: str = ""
    alike: int = 1
    region: str = ""
    expanded: str = ""
    haspopup: str = ""
    popover: bool = False
    fields: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    handed: tuple[str, ...] = ()

    @property
    def area(self) -> int:
        """Pixels that it takes."""
        left, top, right, bottom = self.box
        return max(0, right - left) * max(0, bottom - top)

    @property
    def writes(self) -> bool:
        """True for a field that takes text."""
        return (
            self.role in WRITTEN
            or self.edits
            or self.type in ("date", "time", "month", "week", "datetime-local")
        ) and (self.tag in ("input", "textarea") or self.edits)

    @property
    def submits(self) -> bool:
        """True for the button that sends a form."""
        return bool(self.form) and self.tag in ("button", "input") and self.type in ("submit", "image")

    @property
    def anchors(self) -> bool:
        """True for a link that leads somewhere, on this page or off it."""
        return self.tag == "a" and self.href not in ("", "#") and not self.href.startswith("javascript:")

    @property
    def seeks(self) -> bool:
        """True for a field that is typed into to choose from a list."""
        return self.role == "combobox" and self.writes

    def hears(self, kinds: Sequence[str] | frozenset[str]) -> bool:
        """Tells whether it listens to one of these kinds of events itself."""
        return any(kind in kinds for kind in self.listeners)


@dataclass(frozen=True, slots=True)
class Offer:
    """All that a page offers.

    Attributes:
        candidates: In document order.
        top: Kinds of events that the whole document listens to.
        items: Texts of list items, rows and cards.
        canvas: True if it has a canvas.
        hears: Kinds of events that anything on the page listens to.
        keys: That the page names, such as `j` or `ArrowLeft`.
        hovered: Selectors of what may open when the pointer comes over it.
        clocks: True if its scripts speak of clocks.
    """

    candidates: tuple[Candidate, ...]
    top: frozenset[str] = frozenset()
    items: tuple[str, ...] = ()
    canvas: bool = False
    hears: frozenset[str] = frozenset()
    keys: tuple[str, ...] = ()
    hovered: tuple[str, ...] = ()
    clocks: bool = False

    def by_selector(self, selector: str) -> Candidate | None:
        """Returns the candidate with this selector, or None."""
        return next((each for each in self.candidates if each.selector == selector), None)


_NAMES = {each.name for each in fields(Candidate)}


def offer_of(told: Mapping[str, Any], hears: frozenset[str] = frozenset()) -> Offer:
    """Reads what `candidates.js` returned."""
    candidates = []
    for each in told["candidates"]:
        kept: dict[str, Any] = {name: _frozen(value) for name, value in each.items() if name in _NAMES}
        candidates.append(Candidate(**kept))
    return Offer(
        tuple(candidates),
        frozenset(told["top"]),
        (*told["items"], *told["lists"]),
        told["holds"]["canvas"],
        hears,
        tuple(dict.fromkeys(_keys(told["keys"]))),
        tuple(told["hovered"]),
        told["clocks"],
    )


_KEYS = {
    **dict.fromkeys(("space", "spacebar", "space bar"), ("Space",)),
    **dict.fromkeys(("enter", "return", "↵", "⏎"), ("Enter",)),
    **dict.fromkeys(("escape", "esc"), ("Escape",)),
    **dict.fromkeys(("arrows", "arrow", "arrow keys"), ("ArrowUp", "ArrowRight", "ArrowLeft", "ArrowDown")),
    "wasd": ("w", "d", "a", "s"),
    "tab": ("Tab",),
    "backspace": ("Backspace",),
    "delete": ("Delete",),
    **dict.fromkeys(("left", "←"), ("ArrowLeft",)),
    **dict.fromkeys(("up", "↑"), ("ArrowUp",)),
    **dict.fromkeys(("right", "→"), ("ArrowRight",)),
    **dict.fromkeys(("down", "↓"), ("ArrowDown",)),
}
_HELD = {"ctrl": "Control", "control": "Control", "cmd": "Meta", "⌘": "Meta", "alt": "Alt", "option": "Alt"}


def _keys(named: Sequence[str]) -> Iterator[str]:
    """Yields the keys that a page names, as `hands` presses them; what is held down stands before a `+`."""
    held = ""
    for each in named:
        *before, last = re.split(r"\s*\+\s*|(?<=⌘)\s*|\s+(?=[a-z0-9]$)", each.strip().lower())
        if not before and last in _HELD:
            held = _HELD[last]
            continue
        held = next((_HELD[one] for one in before if one in _HELD), held if not before else "")
        single = last if len(last) == 1 and last.isascii() and (last.isalnum() or last in "?/") else ""
        for key in _KEYS.get(each.strip().lower()) or _KEYS.get(last) or filter(None, (single,)):
            yield f"{held}+{key}" if held else key
        held = ""


def _frozen(value: object) -> object:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def words_of(text: str) -> list[str]:
    """Returns the words of a name in lower case."""
    return re.findall(r"[^\W_]+", text.lower())
