"""What HTMLHint says of a document, what a document cannot make it say, and how far it is listened to."""

from __future__ import annotations

import json
import re
import time

import numpy as np
import pytest

from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.canvases.html.lint import htmlhint
from codepaint_env.canvases.html.lint.htmlhint import MOST_ERRORS, MOST_WARNINGS, lint
from codepaint_env.canvases.html.lint.markup import without_code
from codepaint_env.canvases.html.sample import sample
from codepaint_env.canvases.html.virtual_page import VirtualPage
from rewards import loop_thread

DEFAULTS = {  # of HTMLHint 1.9.2
    *("attr-lowercase", "attr-no-duplication", "attr-value-double-quotes", "doctype-first", "id-unique"),
    *("spec-char-escape", "src-not-empty", "tag-pair", "tagname-lowercase", "title-require"),
}


def page(body, head=""):
    return f'<!DOCTYPE html>\n<html lang="en"><head><title>A</title>{head}</head>\n<body>{body}</body></html>'


@pytest.fixture(scope="module")
def linted(pipe):
    """Lints documents in one blank page, and returns kinds and messages."""
    tool = VirtualPage(pipe)
    loop_thread.run(tool.open("", 0, settle_ms=0))
    yield lambda document: [(each.kind, each.message) for each in loop_thread.run(lint(tool, document))]
    loop_thread.run(tool.close())


def kinds(findings):
    return {kind for kind, _ in findings}


def test_a_good_page_has_no_findings(linted):
    assert linted(page('<p class="a">a &lt; b</p><svg viewBox="0 0 1 1"><linearGradient/></svg>')) == []


@pytest.mark.parametrize("seed", range(6))
def test_samples_have_no_findings(linted, seed):
    assert linted(sample(np.random.default_rng(seed))) == []


def test_the_example_of_the_system_prompt_and_the_canary_have_no_findings(linted):
    found = HTML().extract(HTML().system_prompt)
    assert found.refusal is None
    assert "Tea timer" in found.program
    assert linted(found.program) == []
    assert linted((htmlhint.files("codepaint_env.canvases.html") / "canary.html").read_text()) == []


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("garbage", r"Doctype must be declared .* \(doctype-first, line 1, column 1\)\."),
        (page("<div></p></div>"), r"no start tag: \[ </p> \] \(tag-pair, line 3, column 12\)\."),
        (page("<b>"), r"missing: \[ </b> \]"),
        (page('<i id="a"></i><i id="a"></i>'), r"The id value \[ a \] must be unique \(id-unique, line 3"),
        (page('<i title="a" title="b"></i>'), r"Duplicate of attribute name \[ title \]"),
        (page('<img src="" alt="">'), r"The attribute \[ src \] of the tag \[ img \] must have a value"),
        (page("a < b"), r"\[ < \] \(spec-char-escape, line 3, column 9\)\."),
        ("<!doctype html><html><head></head></html>", r"<title> must be present"),
        (page("", "<script>let a = 1;"), r"missing: \[ </script>"),
    ],
)
def test_an_error_is_told_with_rule_line_and_column(linted, document, told):
    findings = linted(document)
    assert kinds(findings) == {"lint"}
    assert any(re.search(told, message) for _, message in findings)


@pytest.mark.parametrize(
    "body",
    [
        "<DIV></DIV>",
        '<i onClick="a()"></i><i Title="a"></i>',
        "<i title='a'></i>",
        "<i title=a></i>",
        "a > b",
    ],
)
def test_style_is_a_warning(linted, body):
    assert kinds(linted(page(body))) == {"lint_warning"}


def test_broken_scripts_are_left_to_the_browser(linted):
    assert linted(page("", "<script>let x = ; if (a<b && c>d) {}</script><style>p{}}</style>")) == []


@pytest.mark.parametrize(
    "order",
    [
        "<!-- htmlhint-disable -->",
        "<!--HTMLHint tag-pair:false,doctype-first:false-->",
        "<!-- htmlhint tag-pair:[ -->",
        "<!--\ufeffhtmlhint-disable-next-line tag-pair-->",
        "<!--\n\thtmlhint-disable tag-pair -->",
    ],
)
def test_a_document_gives_the_linter_no_orders(linted, order):
    assert [kind for kind, _ in linted(order + page("</b>"))] == ["lint"]


@pytest.mark.parametrize("name", ["constructor", "toString", "__proto__", "hasOwnProperty"])
def test_no_tag_hides_the_rest_of_the_document(linted, name):
    told = linted(f"<!doctype html><{name}><p></b>")
    assert any("[ </b> ]" in message for _, message in told)


def test_all_default_rules_are_there_each_with_a_reason():
    rules = json.loads((htmlhint.files(htmlhint.__package__) / "rules.json").read_text())
    assert set(rules) == DEFAULTS
    assert {rule["level"] for rule in rules.values()} == {"error", "warning"}
    assert all(rule["reason"].endswith(".") for rule in rules.values())


def test_only_the_first_errors_and_warnings_are_told(linted):
    assert len(linted(page("</b>" * 1000))) == MOST_ERRORS
    assert len(linted(page("<i title=a></i>" * 1000))) == MOST_WARNINGS


@pytest.mark.parametrize(
    "document",
    [
        "<a " * 30_000,
        "<!--" * 30_000,
        '<a x=">" ' * 30_000,
        page("<x " + "a= " * 60 + '"'),
        page(">" * 100_000),
        page("<b>" * 30_000 + "</i>" * 30_000),
        page("<b>" * 60_000),
        "<script " * 30_000,
    ],
)
def test_what_would_keep_the_linter_busy_without_end_is_an_error_of_the_document(linted, document):
    begin = time.monotonic()
    assert "lint" in kinds(linted(document))
    assert time.monotonic() - begin < 20  # without a count these take minutes to aeons


def test_code_that_looks_like_markup_keeps_nobody_busy(linted):
    loop = "for (let i = 0; i<n && ok; i++) { k => k; " + "a = b; " * 60 + "f('x') }"
    assert linted(page("", f"<script>{loop}</script>")) == []


@pytest.mark.parametrize(
    ("document", "left"),
    [
        ("<p><script>a<b</script><p>", "<p><script>a b</script><p>"),
        ("<STYLE a='b'>a<b</Style ><p>", "<STYLE a='b'>a b</Style ><p>"),
        ("<!-- <script> --><p></p></script>", "<!-- <script> --><p></p></script>"),
        ("<script>a<b</style><c", "<script>a b /style  c"),
        ("<script>'<!--'</script><p>", "<script>' !--'</script><p>"),
        ("<script src", "<script src"),
        ("<scripts><p>", "<scripts><p>"),
    ],
)
def test_code_is_left_without_tags_and_markup_as_it_is(document, left):
    assert without_code(document) == left


def test_the_fingerprint_names_the_linter():
    assert len(htmlhint.fingerprint()) == 16
