"""What a reward tells a painter in words: never a score, a reference or a tier."""

from __future__ import annotations

import re

from rewards.types import Reward, Sample, Score

_PLACES = (
    "gate",
    "base",
    "inner",
    "bonus",
    "penalty",
)  # of members in composites, in the order of their keys
_NUMBER = re.compile(r"(?<![\w.])-?\d+\.(\d+)(?!\w|\.\d)( ?%)?")
_TIER = re.compile(r"\b(?:love|okay|supplement)[ -]tier\b|\btier\W+(?:love|okay|supplement)\b", re.IGNORECASE)
_PRECISE = 3  # digits after the point from which on a number is a score and no figure of speech


def critique(reward: Reward, sample: Sample) -> str:
    """Returns what a reward has to say to whoever painted a sample; `""` where it says nothing.

    A reward says it in a method `critique(sample) -> str`. A composite without one passes on what its members say,
    in order and each thing once, but for those of weight 0.
    """
    return "\n".join(dict.fromkeys(text for text in _told(reward, sample) if text))


def leak(text: str, score: Score) -> str:
    """Returns what a text gives away of a score (law 46), or `""`.

    Looks for the value and the components, as numbers with three digits after the point or as precise percents,
    for ids of the references met, and for the names of tiers.
    """
    for name in score.references:
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            return f"the reference {name!r}"
    if tier := _TIER.search(text):
        return f"a tier ({tier[0]!r})"
    values = [*score.components.values(), *(() if score.value is None else (score.value,))]
    for number in _NUMBER.finditer(text):
        digits, percent = len(number[1]), bool(number[2])
        if digits + 2 * percent >= _PRECISE:
            said = float(number[0].removesuffix("%"))
            if any(abs(said - value * (100 if percent else 1)) <= 0.51 * 10**-digits for value in values):
                return f"a score ({number[0]})"
    return ""


def without_scores(text: str) -> str:
    """Returns a text in which nothing is left that `leak` could take for a score or a tier.

    For words that somebody else chose, such as a page's own: whatever the score is, they give nothing of it away.
    """

    def rounded(number: re.Match[str]) -> str:
        precise = len(number[1]) + 2 * bool(number[2]) >= _PRECISE
        return f"{number[0].partition('.')[0]}…" if precise else number[0]

    return _TIER.sub("…", _NUMBER.sub(rounded, text))


def members_of(reward: object) -> list[tuple[float, Reward]]:
    """Returns weight and reward of each member of a composite, in the order of its keys; none for any other reward."""
    weighted = getattr(reward, "members", ())
    told = [pair for pair in weighted if isinstance(pair, tuple)] if isinstance(weighted, tuple) else []
    told += [(1.0, getattr(reward, place, None)) for place in _PLACES]
    return [(weight, member) for weight, member in told if isinstance(member, Reward)]


def _told(reward: Reward, sample: Sample) -> list[str]:
    own = getattr(reward, "critique", None)
    if own is not None:
        return [str(own(sample)).strip()]
    return [text for weight, member in members_of(reward) if weight for text in _told(member, sample)]
