"""The gate: reads an untrusted SVG document, refuses or cleans it, and writes a document of its own.

What is drawn is the text that is written here, from a tree that holds only elements, attributes and values that were
understood. Style sheets have become attributes, references lead to elements of the document, and depth, elements,
letters, painted pixels and layers have been counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from codepaint_env.canvases.svg.gate import cost, nesting
from codepaint_env.canvases.svg.gate.bill import Bill, Place
from codepaint_env.canvases.svg.gate.clean import clean
from codepaint_env.canvases.svg.gate.frame import frame, put
from codepaint_env.canvases.svg.gate.links import Links
from codepaint_env.canvases.svg.gate.refusal import Refused
from codepaint_env.canvases.svg.gate.serialise import serialise
from codepaint_env.canvases.svg.gate.styles import cascade
from codepaint_env.canvases.svg.gate.tree import Element, parse
from codepaint_env.canvases.svg.limits import SvgLimits
from rewards.types import Finding

_QUOTED = 80  # letters of text that a finding repeats


@dataclass(frozen=True, slots=True)
class Gated:
    """What the gate makes of a document.

    Attributes:
        svg: The document to draw; `""` where it is refused.
        size_px: Width and height of its picture; the longer one is 512.
        findings: What was noticed: `mended`, `embedded` and `text`.
        refusal: Kind and message of a program error; None if it can be drawn.
        work: Weighed pixels that were counted, for diagnostics.
    """

    svg: str
    size_px: tuple[int, int] = (0, 0)
    findings: tuple[Finding, ...] = ()
    refusal: tuple[str, str] | None = None
    work: int = 0


def gate(document: str, limits: SvgLimits, *, letters: bool) -> Gated:
    """Reads a document and writes what may be drawn of it.

    Args:
        document: The program; never drawn as it stands.
        limits: What it may ask for.
        letters: Whether text is drawn. It is a finding in any case.
    """
    try:
        return _pass(document, limits, letters)
    except Refused as refused:
        return Gated("", refusal=(refused.kind, refused.message))
    except ArithmeticError:
        return Gated(
            "", refusal=("out_of_range", "Its numbers are too large or too small to be counted with.")
        )


def _pass(document: str, limits: SvgLimits, letters: bool) -> Gated:
    parsed = parse(document, limits)
    root = parsed.root
    links = Links()
    for element in root.walk():
        _check(element, links)
    cascade(root, links, limits)
    found = frame(root)
    text = [element for element in root.walk() if element.known and element.tag == "text"]
    written = [" ".join(element.text().split()) for element in text]
    if not letters:
        for element in text:
            element.known = False
    clean(root, links, found.extent)
    put(root, found)
    named = nesting.ids(root)
    searched = nesting.count(root, named, limits)
    bill = Bill(root, named, limits, cost.count)
    bill.pay(len(document) + searched)
    canvas = (0.0, 0.0, float(found.size_px[0]), float(found.size_px[1]))
    width, height = found.size_px
    margin = (-2.0 * width, -2.0 * height, 3.0 * width, 3.0 * height)  # as far as resvg makes layers
    bill.hold(width * height)
    cost.count(bill, root, Place({}, found.matrix, canvas, margin, found.extent))
    findings = [Finding("mended", sentence) for sentence in parsed.mended]
    if links.embedded:
        findings.append(
            Finding("embedded", f"Data stands in place of a reference in {' and '.join(links.embedded)}.")
        )
    findings += _findings(written)
    return Gated(serialise(root), found.size_px, tuple(findings), work=int(bill.work))


def _check(element: Element, links: Links) -> None:
    """Looks at every reference of an element, whether it is drawn or not."""
    for name, value in element.attributes.items():
        if name in ("href", "xlink:href", "src"):
            links.link(element.tag, value)
        elif name != "style" and "(" in value and name not in ("d", "transform"):
            links.style(value)


def _findings(written: list[str]) -> list[Finding]:
    said = " ".join(filter(None, written))
    if not said:
        return []
    short = said if len(said) <= _QUOTED else said[: _QUOTED - 3] + "..."
    return [Finding("text", f"Letters, written as {short!r}.")]
