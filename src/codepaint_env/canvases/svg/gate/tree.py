"""The tree of a document: expat reads the text, and only what SVG knows is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from codepaint_env.canvases.svg.gate import vocabulary as words
from codepaint_env.canvases.svg.gate.refusal import Refused
from codepaint_env.canvases.svg.limits import SvgLimits

_HANDLER = re.compile(r"on[a-z]+", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True, eq=False)
class Element:
    """One element with the attributes that have no foreign namespace.

    Attributes:
        tag: Local name, such as `circle`.
        attributes: By local name; `href` from either namespace, `xml:space` with its prefix.
        children: Elements and, in text and style elements, strings.
        parent: None at the root.
        known: False for an element that is not drawn and only stands here to be checked.
    """

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)
    known: bool = True

    def elements(self) -> Iterator[Element]:
        """Yields the children that are elements."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator[Element]:
        """Yields this element and all inside it, in the order of the document."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def text(self) -> str:
        """Returns all letters inside."""
        parts = (child for element in self.walk() for child in element.children if isinstance(child, str))
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read.

    Attributes:
        root: The `<svg>` element.
        mended: What was forgiven, one sentence each.
    """

    root: Element
    mended: tuple[str, ...]


def parse(document: str, limits: SvgLimits) -> Parsed:
    """Reads a document; no entity is expanded and nothing outside it is read.

    Raises:
        Refused: It is no XML, no SVG, too large or too deep, or holds what is never drawn.
    """
    if len(document) > limits.chars:
        raise Refused("too_large", f"{len(document)} characters; {limits.chars} are read.")
    if _SURROGATE.search(document):
        raise Refused("no_program", "The document holds lone surrogates and is not valid text.")
    text = document.removeprefix("\ufeff").lstrip()
    if not text:
        raise Refused("no_program", "The document is empty.")
    builder = _Builder(limits)
    parser = expat.ParserCreate("utf-8")  # the text is decoded, whatever its declaration says
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.EntityDeclHandler = builder.entity
    parser.ProcessingInstructionHandler = builder.instruction
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        skipped = document[: len(document) - len(text)].count("\n")
        reason = expat.errors.messages[error.code]
        raise Refused(
            "syntax", f"Line {error.lineno + skipped}, column {error.offset + 1}: {reason}."
        ) from None
    assert builder.root is not None  # expat takes no document without an element
    return Parsed(builder.root, tuple(dict.fromkeys(builder.mended)))


class _Builder:
    """Puts the tree together while expat reads."""

    def __init__(self, limits: SvgLimits) -> None:
        self.limits = limits
        self.root: Element | None = None
        self.mended: list[str] = []
        self.count = 0
        self.open: list[Element] = []
        self.scopes: list[dict[str, str]] = [{"xml": words.XML}]

    def doctype(self, name: str, system: str | None, public: str | None, subset: int) -> None:
        if subset:
            raise Refused(
                "entities", "The document declares entities or other types of its own; leave them out."
            )

    def entity(self, *_: object) -> None:
        raise Refused("entities", "The document declares entities; write what they stand for.")

    def instruction(self, target: str, data: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise Refused("off_document", "A style sheet is taken from elsewhere; write it into <style>.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > self.limits.nodes:
            raise Refused("work_limit", f"More than {self.limits.nodes} elements; fewer are drawn.")
        if len(self.open) >= self.limits.depth:
            raise Refused("too_deep", f"Elements are nested more than {self.limits.depth} deep.")
        scope = self.scopes[-1]
        declared = {key: value for key, value in attributes.items() if key.startswith("xmlns")}
        if declared:
            scope = scope | {key.partition(":")[2]: value.strip() for key, value in declared.items()}
        self.scopes.append(scope)
        namespace, tag = self._resolve(name, scope)
        if self.root is None:
            if tag != "svg" or namespace not in (words.SVG, ""):
                raise Refused("syntax", f"The root is <{name[:40]}>; it must be <svg>.")
            if not namespace:
                self.mended.append(f'The root lacks xmlns="{words.SVG}"; it is assumed.')
        ours = namespace in (words.SVG, words.XHTML, "")
        if ours:
            self._forbid(tag, attributes)
        parent = self.open[-1] if self.open else None
        known = (
            ours and namespace != words.XHTML and tag in words.ELEMENTS and (parent is None or parent.known)
        )
        kept = self._attributes(attributes, scope) if ours else {}
        element = Element(tag, kept, parent, known=known)
        if parent is None:
            self.root = element
        elif ours:
            parent.children.append(element)
        self.open.append(element)

    def end(self, name: str) -> None:
        self.open.pop()
        self.scopes.pop()

    def data(self, data: str) -> None:
        element = self.open[-1]
        if element.known and (element.tag in words.LETTERS or element.tag in ("style", "a")):
            element.children.append(data)

    def _resolve(self, name: str, scope: dict[str, str]) -> tuple[str, str]:
        """Returns namespace and local name; `""` for what stands under no namespace."""
        prefix, colon, local = name.rpartition(":")
        if not colon:
            return scope.get("", ""), name
        if prefix not in scope and prefix in ("svg", "xlink"):
            self.mended.append(f"The prefix {prefix}: is not declared; its usual meaning is assumed.")
            return {"svg": words.SVG, "xlink": words.XLINK}[prefix], local
        return scope.get(prefix, f"undeclared {prefix}"), local

    def _attributes(self, attributes: dict[str, str], scope: dict[str, str]) -> dict[str, str]:
        kept = {key: value for key, value in attributes.items() if ":" not in key and key != "xmlns"}
        for key, value in attributes.items():
            if ":" in key and not key.startswith("xmlns:"):
                namespace, local = self._resolve(key, scope)
                if namespace == words.XLINK and local == "href":
                    # Both may stand there and only one counts; the gate looks at both.
                    kept["xlink:href" if "href" in kept else "href"] = value
                elif namespace == words.XML and local == "space":
                    kept["xml:space"] = value
        return kept

    def _forbid(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.lower() == "script":
            raise Refused("script", "The document holds a <script>; pictures are drawn without scripts.")
        if tag.lower() == "foreignobject":
            raise Refused("foreign_object", "The document holds a <foreignObject>; only SVG is drawn.")
        for key in attributes:
            if _HANDLER.fullmatch(key):
                raise Refused("event_handler", f"<{tag}> has the event handler {key[:40]}; leave it out.")
