"""Labels in a judge's answer, such as yes and no: as it says them, or how likely under its log-probabilities."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from rewards.judged.reply import LEAST_MASS, Reply, Token, parsed

YES, NO = "yes", "no"


def said_yes(reply: Reply, names: Sequence[str]) -> dict[str, float] | None:
    """Returns 1.0 for each name with `yes` and 0.0 for `no`, or None if the answer cannot be read. Never raises.

    An answer that was cut off, with text round the object, with a missing, doubled or further key or another label
    cannot be read: all are answered, or none.
    """
    told = None if reply.truncated else parsed(reply.text)[1]
    if told is None or set(told) != set(names):
        return None
    if not all(isinstance(said, str) and said in (YES, NO) for said in told.values()):
        return None
    return {name: float(told[name] == YES) for name in names}


def likely_yes(reply: Reply, names: Sequence[str]) -> dict[str, float] | None:
    """Returns P(yes) for each name, [0, 1], or None if the answer cannot be read.

    P(yes) = p(yes) / (p(yes) + p(no)) at the token in which the label begins, all spellings summed. Where both hold
    less than half of the token's probability, the answer cannot be read; nor where it could not be by its words.
    """
    if said_yes(reply, names) is None or reply.tokens is None:
        return None
    begin = parsed(reply.text)[0]
    found: dict[str, float] = {}
    for name in names:
        at = re.compile(rf'"{re.escape(name)}"\s*:\s*"').search(reply.text, begin)
        top = None if at is None else top_at(reply.text, at.end(), reply.tokens)
        chance = None if top is None else _chance(top)
        if chance is None:
            return None
        found[name] = chance
    return found


def top_at(text: str, place: int, tokens: Sequence[Token]) -> Mapping[str, float] | None:
    """Returns the log-probabilities of the likeliest tokens at a place of a text; None if the tokens are not its."""
    start = 0
    for token in tokens:
        if not text.startswith(token.text, start):
            return None
        start += len(token.text)
        if start > place:
            return token.top
    return None


def mass_of(top: Mapping[str, float], labels: Sequence[str]) -> dict[str, float] | None:
    """Returns the probability of each label, all its spellings summed; None where they hold less than half in all."""
    mass = dict.fromkeys(labels, 0.0)
    for spelling, chance in top.items():
        label = spelling.strip(" \t\n\"':,{}").lower()
        if label in mass and math.isfinite(chance):
            mass[label] += math.exp(min(chance, 0.0))
    return mass if math.fsum(mass.values()) >= LEAST_MASS else None


def _chance(top: Mapping[str, float]) -> float | None:
    mass = mass_of(top, (YES, NO))
    return None if mass is None else mass[YES] / math.fsum(mass.values())
