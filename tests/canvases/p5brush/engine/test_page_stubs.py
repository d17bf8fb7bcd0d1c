"""What programs ask of a page without painting: the engine answers as the page does, or says that it cannot."""

from __future__ import annotations

import pytest

from codepaint_env.render.backend import Job
from rewards.types import Rendering
from sketches import OPEN, PETAL


def run(renderer, before: str) -> Rendering:
    return renderer.render([Job(f"{OPEN} {before} {PETAL} }}", 1)])[0]


def said(rendering: Rendering) -> list[str]:
    return [each.message for each in rendering.findings if each.kind == "console"]


# What a page says to each, word for word.
ANSWERS = {
    "text sizes": (
        'textSize(33); textAlign(CENTER, CENTER); textFont("Georgia"); textStyle(BOLD); textWrap(CHAR);'
        "console.log(textSize(), JSON.stringify(textAlign()), textFont(), textStyle(), textWrap());",
        'log: 33 {"horizontal":"center","vertical":"middle"} Georgia bold CHAR',
    ),
    "text sizes end with pop": (
        "push(); textSize(33); textAlign(LEFT, TOP); textLeading(9); pop();"
        "console.log(textSize(), JSON.stringify(textAlign()), textLeading());",
        'log: 12 {"horizontal":"left","vertical":"alphabetic"} 15',
    ),
    "a font with a size": ('textFont("Arial", 30); console.log(textSize(), textLeading());', "log: 30 38.25"),
    "parameters of an address": (
        "const given = new URLSearchParams(location.search);"
        'console.log(given.get("seed"), given.has("x"), [...given].length, location.hash === "");',
        "log: null false 0 true",
    ),
    "parameters of a text": (
        'const p = new URLSearchParams("?a=1&b=2&a=3"); p.set("c", "x y"); p.append("d", "\u00fc&"); p.delete("b");'
        'console.log(p.toString(), p.getAll("a").join(), p.size, JSON.stringify([...p.entries()]));',
        'log: a=1&a=3&c=x+y&d=%C3%BC%26 1,3 4 [["a","1"],["a","3"],["c","x y"],["d","\u00fc&"]]',
    ),
    "a document's title and listeners": (
        'document.addEventListener("keydown", () => foo()); document.title = 5; console.log(document.title,'
        "document.readyState, document.hidden);",
        "log: 5 complete false",
    ),
    "measured times": (
        'performance.mark("a"); console.log(performance.getEntriesByType("navigation").length);',
        "log: 0",
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_what_writes_and_shows_nothing_is_answered_as_a_page_answers(renderer, name):
    before, line = ANSWERS[name]
    rendering = run(renderer, before)
    assert (rendering.kind, rendering.message) == ("", "")
    assert said(rendering) == [line]


PAGES = {
    'text("a", 0, 0);': "text()",
    'textWidth("a");': "textWidth()",
    "document.body;": "document.body",
    "document.body = 1;": "document",
    "location.reload();": "location.reload",
    'location = "x"; location.href = "x";': "location",
    "performance.toJSON();": "performance.toJSON",
}


@pytest.mark.parametrize("before", PAGES)
def test_what_needs_a_page_says_so(renderer, before):
    rendering = run(renderer, before)
    assert rendering.kind == "unsupported"
    assert rendering.message.startswith(PAGES[before])


@pytest.mark.parametrize("holder", ['"sketch-holder"', '"#sketch"', "{}"])
def test_a_parent_that_is_not_in_the_page_is_the_programs_error(renderer, holder):
    program = f"function setup() {{\n const c = createCanvas(200, 200, WEBGL); background(9);\n c.parent({holder}); }}"
    rendering = renderer.render([Job(program, 1)])[0]
    assert (rendering.status, rendering.kind) == ("program_error", "runtime")
    assert "appendChild" in rendering.message
    assert "(line 3)" in rendering.message
