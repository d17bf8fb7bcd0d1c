"""The statements, numbers and colours of a sketch: where a mutation may cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)
    |(?P<number>0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<word>[A-Za-z_$][\w$]*)
    |(?P<mark>=>|.)""",
    re.X | re.S,
)
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_BEFORE_BLOCK = frozenset({")", "=>", "else", "do", "try", "finally"})
_BRACED = frozenset({"for", "if", "while", "function", "class", "switch", "try", "do", "async"})
_GOES_ON = frozenset({"else", "catch", "finally", "while"})
_STAYS = frozenset({"async", "break", "case", "class", "const", "continue", "default", "else", "function"})
_STAYS_TOO = frozenset({"let", "return", "throw", "var"})


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a program that is neither space nor comment.

    Attributes:
        kind: `text`, `number`, `word` or `mark`.
        text: As it is written.
        start: Its first character.
        end: After its last one.
    """

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in the body of a function or loop that may be left out, moved or written twice.

    Attributes:
        start: Its first character.
        end: After its semicolon or closing brace.
        block: Number of the body in which it stands.
    """

    start: int
    end: int
    block: int


class _Unbalanced(Exception):
    pass


def tokens_of(program: str) -> list[Token]:
    """Returns the tokens of a program; what is no JavaScript gives tokens too."""
    return [
        Token(str(found.lastgroup), found.group(), *found.span())
        for found in _TOKEN.finditer(program)
        if found.lastgroup != "skip"
    ]


def statements_of(tokens: Sequence[Token]) -> list[Statement]:
    """Returns the statements that may be changed as a whole; none where brackets do not match.

    Declarations and jumps stay where they are: other statements rest on them. So does what makes the canvas.
    """
    walk = _Walk(tokens)
    try:
        walk.group(0, "")
    except (_Unbalanced, RecursionError):
        return []
    return walk.found


class _Walk:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._blocks = 0
        self.found: list[Statement] = []

    def group(self, place: int, closing: str) -> int:
        """Walks to a closing bracket, and through the bodies on the way; returns its place."""
        while place < len(self._tokens):
            text = self._tokens[place].text
            if text == closing:
                return place
            place = self._inner(place) + 1
        if closing:
            raise _Unbalanced
        return place

    def _body(self, place: int) -> int:
        """Walks through a body, whose statements are found, to its closing brace."""
        self._blocks += 1
        block, begin = self._blocks, -1
        while place < len(self._tokens):
            text = self._tokens[place].text
            if text == "}":
                return place
            begin = place if begin < 0 else begin
            opens_body = self._opens_body(place)
            after_arrow = place > 0 and self._tokens[place - 1].text == "=>"
            place = self._inner(place)
            ended = text == ";" or (opens_body and not after_arrow and self._tokens[begin].text in _BRACED)
            if ended and self._next(place) not in _GOES_ON:
                self._keep(begin, place, block)
                begin = -1
            place += 1
        raise _Unbalanced

    def _inner(self, place: int) -> int:
        """Returns the place itself, or that of the bracket that closes what opens there."""
        text = self._tokens[place].text
        if text in (")", "]", "}"):
            raise _Unbalanced
        if text not in _CLOSING:
            return place
        return self._body(place + 1) if self._opens_body(place) else self.group(place + 1, _CLOSING[text])

    def _opens_body(self, place: int) -> bool:
        return self._tokens[place].text == "{" and place > 0 and self._tokens[place - 1].text in _BEFORE_BLOCK

    def _next(self, place: int) -> str:
        return self._tokens[place + 1].text if place + 1 < len(self._tokens) else ""

    def _keep(self, begin: int, end: int, block: int) -> None:
        held = self._tokens[begin : end + 1]
        first = held[0].text
        if first == ";" or first in _STAYS or first in _STAYS_TOO:
            return
        if any(token.text == "createCanvas" for token in held):
            return
        self.found.append(Statement(held[0].start, held[-1].end, block))
