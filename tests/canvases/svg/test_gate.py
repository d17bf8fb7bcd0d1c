"""The gate: what it refuses, what it leaves out, what it counts, and that an honest picture passes unchanged."""

from __future__ import annotations

import io
import math
import time
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import resvg_py
from PIL import Image

from codepaint_env.canvases.svg.draw import draw
from codepaint_env.canvases.svg.gate.gate import gate
from codepaint_env.canvases.svg.limits import SvgLimits
from rewards.errors import SpecError

LIMITS = SvgLimits()
HONEST = {
    "gradients": """<defs><linearGradient id="a" x2="0" y2="1"><stop offset="0" stop-color="#fc0"/><stop offset="100%"
        stop-color="#c03344" stop-opacity=".5"/></linearGradient><radialGradient id="b" href="#a" cx="30%" fx=".2"/></defs>
        <rect width="512" height="512" fill="url(#a)"/><circle cx="256" cy="256" r="40%" fill="url(#b)" stroke="#123"/>""",
    "clip paths": """<clipPath id="c"><circle cx="200" cy="200" r="150"/><path d="M300 300h200v200h-200z" clip-rule="evenodd"/>
        </clipPath><g clip-path="url(#c)"><rect width="512" height="512" fill="teal"/><path d="M0 0L512 512" stroke="#fff"
        stroke-width="9" stroke-dasharray="20 10 5"/></g>""",
    "symbols": """<symbol id="s" viewBox="0 0 10 10"><path d="M0 0h10v10z" fill="currentColor"/></symbol>
        <g color="#357"><use href="#s" width="200" height="200"/><use href="#s" x="250" y="100" width="99" height="200"
        transform="rotate(20 300 200)" opacity=".7"/></g>""",
    "patterns": """<pattern id="p" width="40" height="40" patternUnits="userSpaceOnUse" patternTransform="rotate(30)">
        <circle cx="20" cy="20" r="9" fill="#c33"/></pattern><pattern id="q" href="#p" x="5"/>
        <ellipse cx="256" cy="200" rx="200" ry="100" fill="url(#p)" stroke="url(#q)" stroke-width="60"/>""",
    "masks": """<mask id="m" maskContentUnits="objectBoundingBox"><circle cx=".5" cy=".5" r=".5" fill="#fff"/>
        <rect width=".5" height=".5" fill="#888"/></mask><rect x="50" y="90" width="400" height="300" mask="url(#m)"/>""",
    "shadows": """<filter id="f" x="-20%" y="-20%" width="150%" height="150%"><feGaussianBlur in="SourceAlpha" stdDeviation="6"/>
        <feOffset dx="5" dy="9" result="o"/><feFlood flood-color="#124" flood-opacity=".6"/><feComposite in2="o" operator="in"/>
        <feMerge><feMergeNode/><feMergeNode in="SourceGraphic"/></feMerge></filter>
        <path filter="url(#f)" d="M256 60c90 0 150 90 90 180S130 400 120 280 170 60 256 60z" fill="#e8a"/>""",
    "style sheets": """<style>/* two */ .a, rect.b { fill: #269; stroke: "x"; } g > .a { stroke: #fc0 !important; stroke-width: 6px }
        #one { fill-opacity: .5 } circle[r="60"] + circle { fill: rgb(200, 40, 60) } @media print { * { fill: none } }
        path:hover { fill: red } * { stroke-linejoin: round }</style><g><circle class="a" id="one" cx="150" cy="150" r="60"
        stroke="red"/><circle class="a z" cx="300" cy="150" r="60" style="stroke-width:12;mix-blend-mode:multiply"/></g>
        <rect class="b" x="100" y="300" width="300" height="100" rx="20"/>""",
    "markers": """<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="6" markerHeight="6" orient="auto-start-reverse">
        <path d="M0 0L10 5 0 10z" fill="context-stroke"/></marker><path d="M50 400Q200 50 300 300T480 90" fill="none"
        stroke="#284" stroke-width="6" marker-start="url(#m)" marker-mid="url(#m)" marker-end="url(#m)"/>""",
    "arcs": """<path d="M10 250a120 60 30 1 0 200-40A90,90,0,01,380 200l.5.5-30.25-9.75z" fill="none" stroke="#000" stroke-width="8"/>
        <polygon points="300,300 400,300,350 420" transform="translate(10) scale(1.1,0.9) skewX(5)"/>""",
}  # fmt: skip


def framed(body: str, extra: str = 'viewBox="0 0 512 512"') -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" {extra}>{body}</svg>'


def refusal(body: str, limits: SvgLimits = LIMITS) -> str:
    gated = gate(framed(body), limits, letters=True)
    return gated.refusal[0] if gated.refusal else ""


def kinds(document: str, *, letters: bool = False) -> list[str]:
    return [finding.kind for finding in gate(document, LIMITS, letters=letters).findings]


def pixels(svg: str) -> np.ndarray:
    png = resvg_py.svg_to_bytes(svg_string=svg, dpi=96, skip_system_fonts=True)
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_document_draws_the_same_pixels_after_the_gate(name):
    document = framed(HONEST[name])
    gated = gate(document, LIMITS, letters=False)
    assert gated.refusal is None
    assert gated.findings == ()
    np.testing.assert_array_equal(pixels(gated.svg), pixels(document))
    assert len(np.unique(pixels(document).reshape(-1, 4), axis=0)) > 1


@pytest.mark.parametrize("name", HONEST)
def test_what_the_gate_writes_passes_the_gate_unchanged(name):
    once = gate(framed(HONEST[name]), LIMITS, letters=False).svg
    assert gate(once, LIMITS, letters=False).svg == once


def test_the_text_of_a_document_does_not_reach_the_drawing():
    body = "<!-- a --><?pi b?><style>.c{fill:red}</style><title>d</title><rect class='c' data-e='f' width='9' height='9'/>"
    root = ElementTree.fromstring(gate(framed(body), LIMITS, letters=False).svg)
    assert [element.tag.partition("}")[2] for element in root.iter()] == ["svg", "rect"]
    assert root[0].attrib == {"width": "9", "height": "9", "fill": "red"}


def test_a_syntax_error_names_its_line():
    gated = gate("\n<svg xmlns='http://www.w3.org/2000/svg'>\n<g>\n</svg>", LIMITS, letters=False)
    assert gated.refusal == ("syntax", "Line 4, column 3: mismatched tag.")


@pytest.mark.parametrize("document", ["", "  \n", "\ufeff", "<svg>\ud800</svg>"])
def test_an_empty_or_broken_text_holds_no_program(document):
    assert gate(document, LIMITS, letters=False).refusal[0] == "no_program"


def test_too_many_characters_are_not_read():
    assert gate("x" * (LIMITS.chars + 1), LIMITS, letters=False).refusal[0] == "too_large"


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('viewBox="0 0 24 24"', (512, 512)),
        ('width="200" height="100"', (512, 256)),
        ('width="50%" height="50%" viewBox="0 0 30 60"', (256, 512)),
        ('width="2cm" height="20mm"', (512, 512)),
        ('width="3in"', (512, 512)),
        ('height="12pt" viewBox="0 0 20 10"', (512, 256)),
        ('width="10em" height="80px"', (512, 256)),
        ("", (512, 512)),
        ('width="wide" height="NaN"', (512, 512)),
        ('width="1e9" height="1"', (512, 1)),
    ],
)
def test_every_size_is_fitted_to_512(root, size):
    gated = gate(f'<svg xmlns="http://www.w3.org/2000/svg" {root}/>', LIMITS, letters=False)
    assert (gated.refusal, gated.size_px) == (None, size)


def test_a_document_that_is_not_square_lies_in_the_middle_of_a_white_sheet():
    document = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="100%" height="100%" fill="red"/></svg>'
    drawn = draw(document, LIMITS, letters=False, fonts=Path())
    assert (drawn.outcome, drawn.size, drawn.findings) == ("done", (512, 512), [])
    assert drawn.rgb.shape == (512, 512, 3)
    assert (drawn.rgb[128:384] == (255, 0, 0)).all()
    assert (drawn.rgb[:128] == 255).all()
    assert (drawn.rgb[384:] == 255).all()


def test_the_same_document_gives_the_same_bytes():
    first, second = (
        draw(framed(HONEST["shadows"]), LIMITS, letters=False, fonts=Path()).rgb for _ in range(2)
    )
    np.testing.assert_array_equal(first, second)


def test_letters_are_a_finding_whether_they_are_drawn_or_not():
    document = framed("<text x='9' y='99'>choose <tspan>me</tspan></text>")
    without, drawn = (gate(document, LIMITS, letters=letters) for letters in (False, True))
    assert without.findings == drawn.findings
    assert [(finding.kind, finding.message) for finding in drawn.findings] == [
        ("text", "Letters, written as 'choose me'.")
    ]
    assert "choose" in drawn.svg
    assert "choose" not in without.svg


def test_an_empty_text_is_no_finding():
    assert kinds(framed("<text> \n</text><title>a title</title>")) == []


def test_data_in_place_of_a_reference_is_found_and_left_out():
    gated = gate(
        framed("<image href='data:image/png;base64,AAAA'/><rect fill='url(data:x)'/>"), LIMITS, letters=False
    )
    assert [finding.kind for finding in gated.findings] == ["embedded"]
    assert "data:" not in gated.svg


def test_a_forgotten_namespace_is_mended():
    gated = gate("<svg viewBox='0 0 9 9'><use xlink:href='#a'/><g id='a'/></svg>", LIMITS, letters=False)
    assert [finding.kind for finding in gated.findings] == ["mended", "mended"]
    assert gated.svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')


@pytest.mark.parametrize(
    ("style", "wins"),
    [
        ("rect { fill: red }", "red"),
        (".a { fill: red } rect { fill: blue }", "red"),
        ("rect { fill: red } rect { fill: blue }", "blue"),
        ("rect { fill: red !important } #b { fill: blue }", "red"),
        ("g rect { fill: red } svg > rect { fill: blue }", "red"),
        ("rect:hover { fill: red }", "green"),
        ("rect { fill: red; fill: }", "red"),
        ("<!-- rect { fill: red } -->", "red"),
        ("@media screen { rect { fill: red } }", "green"),
        ("a, .a:first-child, b { fill: red }", "red"),
        ('[class~="a"][id^="b"] { fill: red }', "red"),
    ],
)
def test_a_style_sheet_becomes_attributes(style, wins):
    body = (
        f"<style><![CDATA[{style}]]></style><g><rect class='a' id='b' fill='green' width='9' height='9'/></g>"
    )
    root = ElementTree.fromstring(gate(framed(body), LIMITS, letters=False).svg)
    assert next(root.iter("{http://www.w3.org/2000/svg}rect")).get("fill") == wins


def test_depth_and_elements_are_counted_after_every_reference():
    limits = SvgLimits(nodes=50, depth=10)
    assert refusal("<g id='a'>" + "<rect/>" * 8 + "</g>" + "<use href='#a'/>" * 3, limits) == ""
    assert refusal("<g id='a'>" + "<rect/>" * 8 + "</g>" + "<use href='#a'/>" * 5, limits) == "work_limit"
    assert refusal("<g>" * 9 + "</g>" * 9, limits) == ""
    assert refusal("<g>" * 10 + "</g>" * 10, limits) == "too_deep"
    assert (
        refusal(
            "<g id='a'><g><g><g/></g></g></g><g><g><g><g><g><g><use href='#a'/></g></g></g></g></g></g>",
            limits,
        )
        == "too_deep"
    )


def test_a_dear_property_costs_the_same_by_attribute_style_and_style_sheet():
    server = "<filter id='f'><feMorphology radius='3'/></filter>"
    works = [
        gate(framed(server + body), LIMITS, letters=False).work
        for body in (
            "<rect width='99' height='99' filter='url(#f)'/>",
            "<rect width='99' height='99' style='filter: url(\"#f\")'/>",
            "<style>svg > rect{filter:url( #f )}</style><rect width='99' height='99'/>",
        )
    ]
    assert max(works) - min(works) < 1_000  # its characters, and <style> itself


@pytest.mark.parametrize("scale", [0.01, 1, 100])
def test_the_count_sees_pixels_not_units(scale):
    body = f"<g transform='scale({1 / scale})'><circle cx='{256 * scale}' cy='{256 * scale}' r='{200 * scale}' fill='#0008'/></g>"
    assert gate(framed(body), LIMITS, letters=False).work == pytest.approx(200_000, rel=0.1)


def test_what_lies_outside_the_picture_costs_next_to_nothing():
    assert (
        gate(framed("<rect x='9999' width='9999' height='9999' fill='#0008'/>"), LIMITS, letters=False).work
        < 30_000
    )


@pytest.mark.parametrize(
    "body",
    [
        "<path d='M" + "1" * 150_000 + "x'/>",
        "<path d='" + "M1 1 " * 30_000 + "x'/>",
        "<g transform='" + "scale(1)" * 20_000 + "x'/>",
        "<rect style='" + "fill:" * 30_000 + "'/>",
        "<rect style='" + "url(" * 30_000 + "'/>",
        "<style>" + "\"('" * 40_000 + "</style>",
        "<style>" + "{" * 100_000 + "</style>",
        "<style>" + "a>" * 60_000 + "b{fill:red}</style>",
        "<text>" + "&lt;" * 40_000 + "</text>",
        "<rect stroke-dasharray='" + "1," * 80_000 + "x'/>",
        "<rect class='" + "a " * 80_000 + "'/><style>" + ".a" * 9_000 + "{fill:red}</style>",
        "<rect style='font: " + "a " * 80_000 + "'/>",
        "<rect filter='" + "blur(1px) " * 15_000 + "'/>",
    ],
    ids=lambda body: body[:14],
)
def test_no_text_is_read_for_long(body):
    begin = time.process_time()
    gate(framed(body), LIMITS, letters=True)
    assert time.process_time() - begin < 4


@pytest.mark.parametrize(
    "name", ["chars", "depth", "nodes", "style_checks", "letters", "work", "layer_px", "memory_mb"]
)
@pytest.mark.parametrize("value", [0, -1, 600.5, True, math.nan, "9", None])
def test_a_count_is_a_whole_number_above_nought(name, value):
    with pytest.raises(SpecError, match=f"{name} is"):
        SvgLimits(**{name: value})


@pytest.mark.parametrize("value", [0, -1.0, math.nan, math.inf, True, "9"])
def test_seconds_are_finite_and_above_nought(value):
    with pytest.raises(SpecError, match="cpu_s is"):
        SvgLimits(cpu_s=value)


def test_no_depth_is_allowed_that_could_crash_the_drawing():
    with pytest.raises(SpecError, match="crash"):
        SvgLimits(depth=101)
