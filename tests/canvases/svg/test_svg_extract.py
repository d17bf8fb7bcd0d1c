"""The document is found in a completion."""

from __future__ import annotations

import time

import pytest

from codepaint_env.canvases.completion import Block, blocks, without_thought
from codepaint_env.canvases.svg.extract import extract

ONE = '<svg viewBox="0 0 9 9"><g/></svg>'
TWO = '<svg viewBox="0 0 5 5"><svg x="1"/><svg><g/></svg></svg>'


@pytest.mark.parametrize(
    "completion",
    [
        ONE,
        f"```svg\n{ONE}\n```",
        f"Here it is:\n\n```xml\n<?xml version='1.0'?>\n{ONE}\n```\nEnjoy!",
        f"```svg\n{TWO}\n```\nBetter:\n```svg\n{ONE}\n```",
        f"```svg\n{ONE}\n```\nRun it:\n```sh\nopen a.svg\n```",
        f"<think>```svg\n{TWO}\n```</think>\n{ONE}",
        f"```svg\n{TWO}\nno, again:\n```svg\n{ONE}\n```",
        f"{TWO}\nor rather {ONE}\nas asked",
        f"<!-- <svg> --> {ONE} <!-- <svg> -->",
        f"\ufeff~~~\n{ONE}\n~~~",
    ],
)
def test_the_last_document_is_found(completion):
    extraction = extract(completion, 10_000)
    assert (extraction.program, extraction.findings, extraction.refusal) == (ONE, (), None)


def test_a_document_inside_another_is_not_the_last():
    assert extract(TWO, 10_000).program == TWO


def test_a_prefix_of_its_own_is_known():
    document = '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/></s:svg>'
    assert extract(f"x {document} y", 10_000).program == document


@pytest.mark.parametrize(
    ("completion", "program"),
    [
        (f"```svg\n{ONE}", ONE),
        ("```svg\n<svg><g>", "<svg><g>"),
        ('```svg\n<svg viewBox="0 0', '<svg viewBox="0 0'),
        ("<svg><g>\n```", "<svg><g>\n```"),
        (f"{ONE} then <svg><g/>", "<svg><g/>"),
    ],
)
def test_what_breaks_off_is_truncated(completion, program):
    extraction = extract(completion, 10_000)
    assert (extraction.program, [finding.kind for finding in extraction.findings]) == (program, ["truncated"])


@pytest.mark.parametrize(
    "completion",
    ["", "I cannot draw.", "```js\nlet a;\n```", "<svgs/>", "<think><svg/>", "<svg>\ud800</svg>"],
)
def test_no_document_is_a_refusal(completion):
    assert extract(completion, 10_000).refusal[0] == "no_program"


def test_too_much_is_not_read():
    assert extract("x" * 101, 100).refusal[0] == "too_large"


@pytest.mark.parametrize("piece", ["<svg ", "<svg '\"", "<!--", "</svg>", "<svg>", "```svg\n", "<svg/"])
def test_no_completion_is_read_for_long(piece):
    begin = time.process_time()
    extract(piece * (100_000 // len(piece)), 100_000)
    assert time.process_time() - begin < 2


def test_blocks_have_their_language_and_whether_they_are_closed():
    text = "```js a\none\n```\n~~~\n```\n~~~\n```svg\nlost\n```xml\nlast\n"
    assert blocks(text) == [
        Block("js a", "one\n", True),
        Block("", "```\n", True),
        Block("xml", "last\n", False),
    ]
    assert blocks("none") == []
    assert without_thought("\ufeff <think>a</think>b") == "b"
