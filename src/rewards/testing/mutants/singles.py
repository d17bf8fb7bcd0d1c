"""Mutants 95 to 99: small edits of correct rewards that ask about one picture at a time, as rows of a table."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rewards.judged.digits import HIGHEST, said_digits
from rewards.judged.labels import said_yes
from rewards.judged.reply import Reply
from rewards.testing.law import edit
from rewards.testing.mutants.single_toys import CRITERIA, STATEMENTS, Listed, Marked


def _those_that_came(self: Marked, values: Sequence[float | None]) -> float | None:
    whole = [value for value in values if value is not None]
    return sum(whole) / len(whole) if whole else None


def _middle(self: Marked, reply: Reply) -> float | None:
    told = said_digits(reply, CRITERIA, ("reason",))
    return 0.5 if told is None else min(told.values()) / HIGHEST


def _clipped(self: Marked, reply: Reply) -> float | None:
    try:
        told = json.loads(reply.text)
        return min(min(max(int(told[name]), 0), HIGHEST) for name in CRITERIA) / HIGHEST
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _silence_is_no(self: Listed, reply: Reply) -> float | None:
    try:
        told = json.loads(reply.text)
        return float(sum(told.get(name) == "yes" for name in STATEMENTS) / len(STATEMENTS))
    except (ValueError, AttributeError, RecursionError):
        return None


def _share_of_no(self: Listed, reply: Reply) -> float | None:
    told = said_yes(reply, STATEMENTS)
    return None if told is None else 1 - sum(told.values()) / len(told)


# fmt: off
edit(Marked, "95", "the mean of the asks that were answered", "67", joined=_those_that_came)
edit(Marked, "96", "an answer that cannot be read counts as the middle", "35 67", read=_middle)
edit(Marked, "97", "a mark out of scale is clipped to it", "35", read=_clipped)
edit(Listed, "98", "what was not answered counts as no", "35", read=_silence_is_no)
edit(Listed, "99", "the share of no", "68", read=_share_of_no)
# fmt: on
