"""Numbers of one digit in a judge's answer: as it says them, or expected under its log-probabilities."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from rewards.judged.labels import mass_of, top_at
from rewards.judged.reply import Reply, parsed

HIGHEST = 9
"""The largest number that is one token in every common vocabulary."""

DIGITS = tuple(map(str, range(HIGHEST + 1)))


def said_digits(reply: Reply, names: Sequence[str], also: Sequence[str] = ()) -> dict[str, int] | None:
    """Returns the number under each name, 0 to 9, or None if the answer cannot be read. Never raises.

    Unreadable are: an answer that was cut off, text round the object (other than one code fence or thoughts), a
    missing, doubled or further key, and whatever is no whole number of the scale. It is never clipped: a judge that
    gives 12 of 9 has taken another scale.

    Args:
        reply: What came back.
        names: Of the numbers, all of which must be there.
        also: Keys whose values are text.
    """
    told = None if reply.truncated else parsed(reply.text)[1]
    if told is None or set(told) != {*names, *also} or not all(isinstance(told[key], str) for key in also):
        return None
    numbers = {name: told[name] for name in names}
    whole = all(type(number) is int and 0 <= number <= HIGHEST for number in numbers.values())
    return numbers if whole else None


def expected_digits(reply: Reply, names: Sequence[str], also: Sequence[str] = ()) -> dict[str, float] | None:
    """Returns the expected number under each name, sum of k p_k over the digits k, or None if it cannot be read.

    p is the distribution of the token in which the digit stands, all spellings of a digit summed, taken over the ten
    digits alone. Where these hold less than half of the token's probability, the answer cannot be read; nor where it
    could not be by its words.

    Source: the expectation over rating tokens of G-Eval (Liu et al. 2023, arXiv 2303.16634, equation 1).
    """
    if said_digits(reply, names, also) is None or reply.tokens is None:
        return None
    begin = parsed(reply.text)[0]
    found: dict[str, float] = {}
    for name in names:
        at = re.compile(rf'"{re.escape(name)}"\s*:\s*').search(reply.text, begin)
        top = None if at is None else top_at(reply.text, at.end(), reply.tokens)
        number = None if top is None else _expectation(top)
        if number is None:
            return None
        found[name] = number
    return found


def _expectation(top: Mapping[str, float]) -> float | None:
    mass = mass_of(top, DIGITS)
    if mass is None:
        return None
    return math.fsum(int(digit) * share for digit, share in mass.items()) / math.fsum(mass.values())
