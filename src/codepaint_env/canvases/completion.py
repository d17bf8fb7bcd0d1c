"""What stands in a completion: a thought that is passed over, and fenced blocks of code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from codepaint_env.render.refusal import refuse
from rewards.types import Finding

FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<mark>`{3,}|~{3,})(?P<told>[^\n`]*)$", re.MULTILINE)

_THOUGHT = re.compile(r"\A\s*<think>.*?(</think>|\Z)", re.DOTALL)
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in a completion.

    Attributes:
        program: The code to run; `""` where there is none.
        findings: What was noticed while looking for it.
        refusal: Kind and message of a program error that needs no run; None if the program can be run.
    """

    program: str
    findings: tuple[Finding, ...] = ()
    refusal: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block.

    Attributes:
        language: What stands behind the opening fence, such as `js`.
        body: Its lines.
        closed: False if the text ends before the block does.
    """

    language: str
    body: str
    closed: bool


def without_thought(completion: str) -> str:
    """Returns a completion without a byte order mark and without a leading `<think>` block."""
    return _THOUGHT.sub("", completion.removeprefix(_BOM))


def blocks(text: str, anew: Callable[[str], bool] = bool) -> list[Block]:
    """Returns the fenced blocks of a text, in order; only the last can be unclosed.

    A fence with a language inside an open block begins that block anew: a model started again, or put its code into a
    block of prose.

    Args:
        text: What is searched.
        anew: Whether a language begins a block anew; where it does not, the fence belongs to the open block.
    """
    found: list[Block] = []
    start, mark, language, indent = None, "", "", 0
    for fence in FENCE.finditer(text):
        here, told = fence["mark"], fence["told"].strip()
        fits = start is not None and here[0] == mark[0] and len(here) >= len(mark)
        if start is None or (fits and told and anew(told)):
            start, mark, language = fence.end() + 1, here, told
            indent = len(fence["indent"])
        elif fits and not told and len(fence["indent"]) <= indent + 3:
            found.append(Block(language, text[start : fence.start()], closed=True))
            start = None
    if start is not None:
        found.append(Block(language, text[start:], closed=False))
    return found


def last_block(completion: str, max_chars: int) -> Extraction:
    """Finds a program: the last fenced block, or all of a completion that has none.

    A fence that is never closed, the commonest damage under a token limit, yields its body and the finding
    `truncated`; where nothing stands behind it, the block before counts. A leading `<think>` block is passed over.
    """
    if len(completion) > max_chars:
        return Extraction("", refusal=("too_large", f"{len(completion)} characters; {max_chars} are read."))
    text = without_thought(completion)
    fenced = blocks(text) or [Block("", text, closed=True)]
    broke_off = not fenced[-1].closed and not fenced[-1].body.strip() and len(fenced) > 1
    body = fenced[-2 if broke_off else -1].body
    findings = () if fenced[-1].closed else (Finding("truncated", "The last code block is not closed."),)
    program = body.strip("\n").rstrip().removeprefix(_BOM)
    return Extraction(program, findings, refuse(program, max_chars))
