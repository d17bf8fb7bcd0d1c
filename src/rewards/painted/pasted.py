"""Pictures that a program brings along as data instead of painting them, found in its text."""

from __future__ import annotations

import re

from rewards.types import Finding

BASE64_CHARS = 2_000
NUMBERS = 3_000

_PIECE_CHARS = 40  # of base64 in one line of a string that stands on several
_PIECE_NUMBERS = 100  # of one literal of several
_URL = re.compile(
    r"""data:image/(?:svg[^\s,"'`]{0,100}+,|[\w.+-]++[^\s,"'`]{0,100}+,[\w+/%=-]{200,}+)""", re.IGNORECASE
)
_JOINT = r"""(?:["'`][\s+,]*+["'`]|\\\n\s*+)"""
_PIECE = rf"[A-Za-z0-9+/_-]{{{_PIECE_CHARS},}}+"
_BASE64 = re.compile(rf"{_PIECE}(?>(?:{_JOINT}{_PIECE})*)(?>(?:{_JOINT}[A-Za-z0-9+/_-]++)?)")
_NUMBER = (
    r"(?:(?<![\w.])[-+]?(?:0[xX][\da-fA-F]++|(?:\d++\.?+\d*+|\.\d++)(?>(?:[eE][-+]?\d++)?))"
    r"""|["'`]\#[\da-fA-F]{3,8}+["'`])"""
)
_NUMBERS = re.compile(rf"{_NUMBER}(?>(?:[\s,\[\]]++{_NUMBER})+)")
_EACH = re.compile(_NUMBER)
_JOINTS = re.compile(_JOINT)


def embedded(program: str) -> tuple[Finding, ...]:
    """Returns the finding `embedded` if a program holds what looks like a ready-made picture.

    Looked for are a `data:` URL of an SVG, or of a bitmap with at least 200 characters (the tip of a brush has
    fewer); a run of at least 2,000 characters of base64 or hexadecimal, where pieces of one string that
    stand on several lines count together; and numeric literals, nested or not, of at least 3,000 numbers or
    quoted hex colours in all, where literals under 100 do not count. The 151 honest programs that were looked
    at have no such run over 53 characters and no literal over 30 numbers.

    The text alone is looked at, not what becomes of it. A picture that is packed in another way (one call a
    pixel, one character of punctuation a pixel, a string that is put together from short ones) is not found.
    """
    found = []
    if _URL.search(program):
        found.append("a data: URL of an image")
    longest = max(map(_length, _BASE64.findall(program)), default=0)
    if longest >= BASE64_CHARS:
        found.append(f"a base64 run of {longest} characters")
    counts = (len(_EACH.findall(run[0])) for run in _NUMBERS.finditer(program))
    numbers = sum(count for count in counts if count >= _PIECE_NUMBERS)
    if numbers >= NUMBERS:
        found.append(f"literals of {numbers} numbers")
    return (Finding("embedded", f"The program holds {' and '.join(found)}."),) if found else ()


def _length(run: str) -> int:
    """Returns the characters of a run without its quotes; 0 for a rule of dashes or strokes."""
    text = _JOINTS.sub("", run)
    return len(text) if 2 * sum(map(str.isalnum, text)) > len(text) else 0
