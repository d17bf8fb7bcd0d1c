"""The document in a completion: the last fenced block of HTML that is a whole page, else what stands in the open."""

from __future__ import annotations

import re

from codepaint_env.canvases.completion import Block, Extraction, blocks, without_thought
from codepaint_env.render.refusal import refuse
from rewards.types import Finding

_WHOLE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_END = re.compile(r"</html\s*>", re.IGNORECASE)
_LANGUAGES = frozenset({"html", "htm", "html5", "xhtml"})
_NOTHING = "The completion holds no HTML document: neither a ```html block nor <!doctype html> or <html>."


def extract(completion: str, max_chars: int) -> Extraction:
    """Finds the document; a leading `<think>` block is passed over.

    Looked for in this order: the last `html` block with a doctype or `<html`, the last block of another language that
    has one, the last `html` block, and the text from the first doctype or `<html` to the last `</html>`. A fence that
    is never closed, or a document in the open without its end, yields the finding `truncated`.
    """
    if len(completion) > max_chars:
        return Extraction("", refusal=("too_large", f"{len(completion)} characters; {max_chars} are read."))
    text = without_thought(completion)
    block = _chosen(blocks(text, anew=_is_html))
    program, missing = (block.body, "") if block else _in_the_open(text)
    if block and not block.closed:
        missing = "The code block of the document is not closed."
    program = program.strip().removeprefix("\ufeff")
    if not program:
        return Extraction("", refusal=("no_program", _NOTHING))
    findings = (Finding("truncated", missing),) if missing else ()
    return Extraction(program, findings, refuse(program, max_chars))


def _chosen(fenced: list[Block]) -> Block | None:
    html = [block for block in fenced if _is_html(block.language) and block.body.strip()]
    whole = [block for block in fenced if _WHOLE.search(block.body)]
    both = [block for block in html if _WHOLE.search(block.body)]
    return next((found[-1] for found in (both, whole, html) if found), None)


def _in_the_open(text: str) -> tuple[str, str]:
    """Returns the document in a text without fences, and what it lacks; `""` twice where there is none."""
    start = _WHOLE.search(text)
    if start is None:
        return "", ""
    ends = [end.end() for end in _END.finditer(text, start.end())]
    if ends:
        return text[start.start() : ends[-1]], ""
    return text[start.start() :], "The document breaks off before </html>."


def _is_html(language: str) -> bool:
    return any(word in _LANGUAGES for word in language.lower().split()[:1])
