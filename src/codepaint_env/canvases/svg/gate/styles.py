"""The cascade: style sheets and style attributes become attributes, so that what is counted is what is drawn.

No style sheet reaches the drawing. The selectors that resvg knows are known here too, and specificity, order and
`!important` act as they do there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from codepaint_env.canvases.svg.gate import vocabulary as words
from codepaint_env.canvases.svg.gate.links import Links
from codepaint_env.canvases.svg.gate.refusal import Refused
from codepaint_env.canvases.svg.gate.tree import Element
from codepaint_env.canvases.svg.limits import SvgLimits

_COMMENT = re.compile(r"""("[^"\n]*"|'[^'\n]*')|/\*.*?(?:\*/|\Z)|<!--|-->""", re.DOTALL)
_STRING = re.compile(r"""\"(?:[^"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'""")
_PIECE = re.compile(r"""\"[^"\n]*\"|'[^'\n]*'|\([^()"'{}]*\)|[{};]|[^{};"'()]+|["'()]""")
_IMPORTANT = re.compile(r"!\s*important\s*\Z", re.IGNORECASE)
_NAME = r"-?[A-Za-z_\u0080-\U0010ffff][\w\u0080-\U0010ffff-]*"
_SIMPLE = re.compile(
    rf"\.(?P<class>{_NAME})|\#(?P<id>[\w\u0080-\U0010ffff-]+)|(?P<tag>{_NAME}|\*)|:(?P<pseudo>first-child)(?![\w(-])"
    rf"""|\[\s*(?P<name>{_NAME})\s*(?:(?P<how>[~|^$*]?=)\s*(?P<value>"[^"]*"|'[^']*'|[^\s\]"']+)\s*)?\]"""
)
_COMBINATOR = re.compile(r"\s*([>+])\s*|\s+")
_FONT = re.compile(
    r"""(?P<before>(?:[\w-]+\s+)*?)(?P<size>[\d.]+\w*%?|[a-z-]+)(?:\s*/\s*\S+)?\s+(?P<family>[^/]+)\Z"""
)
_COLOURS = frozenset({"fill", "stroke", "color", "stop-color", "flood-color", "lighting-color"})
_COLOUR = re.compile(r"(?:#[\da-f]{3,8}|(?:rgb|hsl)a?\([^()]*\)|url\(.*|[a-z-]+)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Compound:
    """What one element has to be: the parts of a selector that stand without a space."""

    tag: str
    ids: tuple[str, ...]
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str, str], ...]
    first: bool


@dataclass(frozen=True, slots=True)
class Declaration:
    """One property with its value."""

    name: str
    value: str
    important: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """Declarations for what one selector matches.

    Attributes:
        parts: Compounds from the left, each with the combinator before it: `""`, `" "`, `">"` or `"+"`.
        weight: Specificity, then the place in the document.
        declarations: In the order in which they were written.
    """

    parts: tuple[tuple[str, Compound], ...]
    weight: tuple[int, int, int, int]
    declarations: tuple[Declaration, ...]


def cascade(root: Element, links: Links, limits: SvgLimits) -> None:
    """Writes what style sheets and style attributes say into the attributes of all elements.

    Raises:
        Refused: A style refers to something outside the document, hides letters behind escapes, or is too much work.
    """
    elements = list(root.walk())
    sheets = [element for element in elements if element.tag == "style"]
    rules: list[Rule] = []
    for sheet in sheets:
        if sheet.attributes.get("type", "text/css").strip() in ("text/css", ""):
            rules += _rules(sheet.text(), links, len(rules))
    index: dict[str, list[Rule]] = defaultdict(list)
    for rule in sorted(rules, key=lambda rule: rule.weight):
        last = rule.parts[-1][1]
        index["#" + last.ids[0] if last.ids else "." + last.classes[0] if last.classes else last.tag].append(
            rule
        )
    match = _Matcher(elements, limits.style_checks)
    told: list[tuple[Element, list[Declaration]]] = []
    for element in elements:
        if not element.known:
            continue
        found = [rule for rule in _candidates(element, index) if match(element, rule.parts)]
        found.sort(key=lambda rule: rule.weight)
        declared = [each for rule in found for each in rule.declarations]
        style = element.attributes.get("style", "")
        if style:
            declared += _declarations(_plain(style, links), links)
        told.append((element, declared))
    for element, declared in told:  # after all selectors have looked
        _apply(element, declared)


def _candidates(element: Element, index: dict[str, list[Rule]]) -> Iterator[Rule]:
    keys = [f".{name}" for name in dict.fromkeys(element.attributes.get("class", "").split())]
    for key in ("#" + element.attributes.get("id", ""), *keys, element.tag, "*"):
        yield from index.get(key, ())


def _apply(element: Element, declared: list[Declaration]) -> None:
    attributes = element.attributes
    for name in words.STYLE_ONLY:
        attributes.pop(name, None)  # as an attribute it means nothing
    important: set[str] = set()
    for each in declared:
        if each.name in important:
            continue
        if each.name in _COLOURS and each.name in attributes and not _COLOUR.match(each.value):
            continue  # CSS drops what it cannot read
        attributes[each.name] = each.value
        if each.important:
            important.add(each.name)


def _plain(text: str, links: Links) -> str:
    """Returns a style without comments, after it was searched for references."""
    text = _COMMENT.sub(lambda match: match[1] or " ", text)
    if "\\" in _STRING.sub("", text):
        raise Refused("escaped_style", "A style holds a backslash escape; write the letter itself.")
    if "@import" in text.lower():
        raise Refused("off_document", "A style sheet is imported; write it into <style>.")
    links.style(text)
    return text


def _rules(text: str, links: Links, before: int) -> list[Rule]:
    """Returns the rules of a style sheet; at-rules are passed over with their blocks."""
    found: list[Rule] = []
    prelude, body, depth = "", "", 0
    for piece in _PIECE.findall(_plain(text, links)):
        if piece == "{":
            depth += 1
            body += piece if depth > 1 else ""
        elif piece == "}":
            depth = max(0, depth - 1)
            if depth:
                body += piece
                continue
            if prelude and not prelude.lstrip().startswith("@"):
                declarations = tuple(_declarations(body, links))
                for selector in prelude.split(","):
                    rule = _selector(selector.strip())
                    if rule is not None:
                        parts, (ids, classes, tags) = rule
                        order = before + len(found)
                        found.append(Rule(parts, (ids, classes, tags, order), declarations))
            prelude, body = "", ""
        elif depth:
            body += piece
        elif piece == ";":
            prelude = ""
        else:
            prelude += piece
    return found


def _declarations(text: str, links: Links) -> list[Declaration]:
    found: list[Declaration] = []
    current = ""
    for piece in [*_PIECE.findall(text), ";"]:
        if piece not in (";", "{", "}"):
            current += piece
            continue
        name, colon, value = current.partition(":")
        current = ""
        if colon and piece == ";":
            found += _read(name.strip().lower(), value.strip(), links)
    return found


def _read(name: str, value: str, links: Links) -> Iterator[Declaration]:
    important = bool(_IMPORTANT.search(value))
    value = _IMPORTANT.sub("", value).strip()
    if not value or links.foreign(value):
        return
    if name == "marker":
        for side in ("start", "mid", "end"):
            yield Declaration(f"marker-{side}", value, important)
    elif name == "font" and len(value) < 200 and (font := _FONT.match(value)):
        before = font["before"].split()
        weight = [word for word in before if word in ("bold", "bolder", "lighter") or word.isdigit()]
        style = [word for word in before if word in ("italic", "oblique")]
        yield Declaration("font-weight", weight[0] if weight else "normal", important)
        yield Declaration("font-style", style[0] if style else "normal", important)
        yield Declaration("font-size", font["size"], important)
        yield Declaration("font-family", font["family"].strip(), important)
    elif name in words.PROPERTIES or name in words.STYLE_ONLY:
        yield Declaration(name, value, important)


def _selector(text: str) -> tuple[tuple[tuple[str, Compound], ...], tuple[int, int, int]] | None:
    """Returns the parts of a selector with its specificity; None if it can match nothing here."""
    parts: list[tuple[str, Compound]] = []
    weight = [0, 0, 0]
    combinator, at = "", 0
    while at < len(text):
        tag, ids, classes, attributes, first = "*", [], [], [], False
        begin = at
        while simple := _SIMPLE.match(text, at):
            if simple["tag"] and at != begin:
                return None
            at = simple.end()
            if simple["tag"]:
                tag = simple["tag"]
                weight[2] += tag != "*"
            elif simple["id"]:
                ids.append(simple["id"])
                weight[0] += 1
            else:
                weight[1] += 1
                if simple["class"]:
                    classes.append(simple["class"])
                elif simple["name"]:
                    attributes.append(
                        (simple["name"], simple["how"] or "", (simple["value"] or "").strip("\"'"))
                    )
                else:
                    first = True
        if at == begin:
            return None
        parts.append((combinator, Compound(tag, tuple(ids), tuple(classes), tuple(attributes), first)))
        if at == len(text):
            return tuple(parts), (weight[0], weight[1], weight[2])
        link = _COMBINATOR.match(text, at)
        if link is None:
            return None
        combinator, at = link[1] or " ", link.end()
    return None


class _Matcher:
    """Says whether a selector matches, and counts the comparisons."""

    def __init__(self, elements: list[Element], checks: int) -> None:
        self.checks = self.left = checks
        self.before: dict[int, Element] = {}
        self.first: set[int] = set()
        for parent in elements:
            last: Element | None = None
            for child in parent.elements():
                if last is None:
                    self.first.add(id(child))
                else:
                    self.before[id(child)] = last
                last = child

    def __call__(self, element: Element, parts: tuple[tuple[str, Compound], ...]) -> bool:
        """Returns whether the last of these parts is this element."""
        self.left -= 1
        if self.left < 0:
            raise Refused(
                "work_limit", f"The styles take more than {self.checks} comparisons; use simpler selectors."
            )
        combinator, compound = parts[-1]
        if not self._is(element, compound):
            return False
        if len(parts) == 1:
            return True
        if combinator == "+":
            before = self.before.get(id(element))
            return before is not None and self(before, parts[:-1])
        parent = element.parent
        while parent is not None:
            if self(parent, parts[:-1]):
                return True
            parent = None if combinator == ">" else parent.parent
        return False

    def _is(self, element: Element, compound: Compound) -> bool:
        if compound.tag not in ("*", element.tag):
            return False
        attributes = element.attributes
        if any(attributes.get("id") != name for name in compound.ids):
            return False
        if compound.classes and not set(compound.classes) <= set(attributes.get("class", "").split()):
            return False
        if compound.first and id(element) not in self.first and element.parent is not None:
            return False
        return all(_has(attributes, *each) for each in compound.attributes)


def _has(attributes: dict[str, str], name: str, how: str, wanted: str) -> bool:
    value = attributes.get(name)
    if value is None:
        return False
    match how:
        case "=":
            return value == wanted
        case "~=":
            return wanted in value.split()
        case "|=":
            return value == wanted or value.startswith(wanted + "-")
        case "^=":
            return value.startswith(wanted)
        case "$=":
            return value.endswith(wanted)
        case "*=":
            return wanted in value
    return True
