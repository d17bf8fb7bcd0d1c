"""Who meets whom in a group, and what each has won: all pairs, or a ring on which all have as many games."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations

from rewards.judged.pairs.symmetric import Comparison


@dataclass(frozen=True, slots=True)
class Standing:
    """What the games of one picture amount to.

    Attributes:
        rate: Mean of its games, a tie one half, [0, 1]; None if one of them has no verdict.
        ties: Share of its games that are ties, [0, 1].
        bias: Mean log-odds by which the judge preferred what it was shown first; 0.0 where it was not asked.
        reason: One sentence for logs.
    """

    rate: float | None
    ties: float
    bias: float
    reason: str


def ring_rank(key: bytes, pixels_sha256: str) -> bytes:
    """Returns by what a picture is placed on the ring of its group: nothing but the draw's key and its own pixels."""
    return hashlib.sha256(key + pixels_sha256.encode()).digest()


def games_each(size: int, games: int | None) -> int:
    """Returns how many games each of some pictures has, always the same number for all.

    Args:
        size: How many pictures play.
        games: How many are wanted; None for all pairs. So are size - 1 and more. An odd number of games for an odd
            number of pictures cannot be: one fewer is played.
    """
    if games is None or games >= size - 1:
        return max(size - 1, 0)
    return games - games * size % 2


def pairs_of(size: int, games: int | None) -> list[tuple[int, int]]:
    """Returns which places of a ring meet: neighbours at distances 1 to d / 2, opposites too if d is odd; or all.

    Args:
        size: How many pictures stand on the ring.
        games: As `games_each` takes it, which gives d.
    """
    each = games_each(size, games)
    if each == size - 1:
        return list(combinations(range(size), 2))
    near = [(i, (i + distance) % size) for distance in range(1, each // 2 + 1) for i in range(size)]
    return near + [(i, i + size // 2) for i in range(size // 2) if each % 2]


def standings(
    alike: Sequence[Hashable], pairs: Sequence[tuple[int, int]], verdicts: Sequence[Comparison]
) -> list[Standing]:
    """Returns what each picture has won.

    Pictures that are alike share their games: each has the mean over the games of all of them. Else the order of a
    batch would decide which of two equal pictures met the stronger ones. The rates of n pictures still sum to n / 2.

    Args:
        alike: For each picture what it is to a judge; equal pictures have equal ones.
        pairs: Who met whom, by their places in `alike`.
        verdicts: What came of each pair; `value` is how much the first of it is preferred.
    """
    games: dict[Hashable, list[tuple[float | None, Comparison]]] = {each: [] for each in alike}
    for (one, other), verdict in zip(pairs, verdicts, strict=True):
        value = verdict.value
        games[alike[one]].append((value, verdict))
        games[alike[other]].append((None if value is None else 1 - value, verdict))
    told = {each: _standing(met) for each, met in games.items()}
    return [told[each] for each in alike]


def _standing(games: Sequence[tuple[float | None, Comparison]]) -> Standing:
    if not games:
        return Standing(0.5, 0.0, 0.0, "nobody to meet")
    values = [value for value, _ in games if value is not None]
    if len(values) < len(games):
        why = "; ".join(dict.fromkeys(verdict.reason for value, verdict in games if value is None))
        return Standing(
            None, 0.0, 0.0, f"no verdict in {len(games) - len(values)} of {len(games)} games: {why}"
        )
    biases = [verdict.bias for _, verdict in games if verdict.bias is not None]
    ties, won = values.count(0.5), sum(value > 0.5 for value in values)
    return Standing(
        math.fsum(values) / len(values),
        ties / len(values),
        math.fsum(biases) / len(biases) if biases else 0.0,
        f"{won} of {len(values)} games won, {ties} tied",
    )
