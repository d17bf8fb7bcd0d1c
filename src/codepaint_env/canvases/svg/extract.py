"""The document in a completion: the last `<svg>` of the last fenced block that holds one, else of all the text."""

from __future__ import annotations

import re

from codepaint_env.canvases.completion import Extraction, blocks, without_thought
from rewards.types import Finding

_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_TAG = re.compile(r"<(?P<end>/)?(?>(?:[A-Za-z_][\w.-]*+:)?)svg(?=[\s/>])[^<>]*+>")
_START = re.compile(r"<(?>(?:[A-Za-z_][\w.-]*+:)?)svg(?=[\s/>])")
_SURROGATE = re.compile("[\ud800-\udfff]")


def extract(completion: str, max_chars: int) -> Extraction:
    """Finds the document; what stands before and after it, such as an XML prolog, is left out.

    A fence that is never closed, or a document without its end, yields the finding `truncated`. A leading `<think>`
    block is passed over.
    """
    if len(completion) > max_chars:
        return Extraction("", refusal=("too_large", f"{len(completion)} characters; {max_chars} are read."))
    text = without_thought(completion)
    fenced = [block for block in blocks(text) if _START.search(block.body)]
    body, closed = (fenced[-1].body, fenced[-1].closed) if fenced else (text, True)
    program, ended = _document(body)
    if not program:
        return Extraction("", refusal=("no_program", "The completion holds no SVG document."))
    if _SURROGATE.search(program):
        return Extraction("", refusal=("no_program", "The code holds lone surrogates and is not valid text."))
    findings = []
    if not ended:
        findings.append(Finding("truncated", "The document breaks off before </svg>."))
    elif not closed:
        findings.append(Finding("truncated", "The last code block is not closed."))
    return Extraction(program, tuple(findings))


def _document(text: str) -> tuple[str, bool]:
    """Returns the last `<svg>` that stands in no other, and whether it has its end; `""` where there is none."""
    shown = _HIDDEN.sub(lambda match: " " * len(match[0]), text)
    span: tuple[int, int] | None = None
    depth = begin = 0
    for tag in _TAG.finditer(shown):
        empty = tag[0].endswith("/>")
        if depth == 0 and not tag["end"]:
            begin = tag.start()
        depth += 0 if empty else -1 if tag["end"] else 1
        depth = max(0, depth)
        if depth == 0:
            span = (begin, tag.end())
    if depth:
        return text[begin:].rstrip(), False
    if span is None:
        start = _START.search(shown)
        return (text[start.start() :].rstrip(), False) if start else ("", False)
    return text[span[0] : span[1]], True
