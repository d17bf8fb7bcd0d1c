"""Which candidates a pool keeps, and in which tier: a rank cut with room for many studies and all colours."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from codepaint_env.pool.colours import GREY, HUES, distance

SIZES = {"love": 117, "okay": 266, "supplement": 198}
"""How many of each the original pool had."""
LEAST = {"love": 4.0, "okay": 3.0, "supplement": 2.0}
"""Mean rating below which a painting is not taken, however few there are."""
SHARE = 0.08  # of a tier that one study may give
ALIKE = 0.1  # distance of thumbnails below which two paintings are near-duplicates


@dataclass(frozen=True, slots=True, eq=False)
class Rated:
    """A painting with its rating, to be taken or left.

    Attributes:
        id: Its name.
        source: Who or what wrote the program; of one source only one painting is loved.
        study: The study, of which a tier takes a share; empty where it is of none.
        hue: Its leading colour.
        rating: Mean of its ratings, 1 to 5.
        look: Its thumbnail, as `colours.thumbnail` makes it.
    """

    id: str
    source: str
    study: str
    hue: str
    rating: float
    look: NDArray[np.float64]


@dataclass(slots=True)
class Selection:
    """What was taken and what was left.

    Attributes:
        tiers: Tier by id of what was taken.
        left: Why the others were left, by id.
    """

    tiers: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)


def select(
    candidates: Iterable[Rated],
    there: Sequence[tuple[Rated, str]] = (),
    *,
    sizes: Mapping[str, int] = SIZES,
    share: float = SHARE,
    alike: float = ALIKE,
) -> Selection:
    """Takes the best into `love`, the next into `okay`, and then what thin colours lack into `supplement`.

    Candidates are ranked by rating, equal ones by a hash of their id. From the top down each is taken into `love`
    (4 and better), then from what is left into `okay` (3 and better), unless it is a near-duplicate of one taken
    before, its study has its share of the tier already, or, in `love`, a painting of the same study and composition
    is there. `supplement` takes, as long as it has room, the best-ranked painting (2 and better) of the colour of
    which the pool has fewest. Where a tier gets fewer than its size, the share is taken of what it got.

    Args:
        candidates: What to choose from.
        there: What the pool has already, each with its tier; they count.
        sizes: Of the tiers, with what is there.
        share: Of a tier that one study may give.
        alike: Distance of thumbnails below which a painting is a near-duplicate.
    """
    ranked = sorted(candidates, key=lambda each: (-each.rating, hashlib.sha256(each.id.encode()).digest()))
    sizes = dict(sizes)
    while True:
        found = _Choice(there, sizes, share, alike)
        for tier in ("love", "okay"):
            for each in ranked:
                found.take(each, tier)
        _fill_colours(found, ranked)
        short = {tier: size for tier, size in found.sizes().items() if size < sizes[tier]}
        if not any(found.is_crowded(tier, size) for tier, size in short.items()):
            return Selection(found.tiers, {id: why for id, why in found.why.items() if id not in found.tiers})
        sizes |= short


def _fill_colours(found: _Choice, ranked: Sequence[Rated]) -> None:
    waiting = {hue: [each for each in ranked if each.hue == hue] for hue in (*HUES, GREY)}
    while any(waiting.values()):
        counts = found.hues()
        thin = min((hue for hue, left in waiting.items() if left), key=lambda hue: counts[hue])
        found.take(waiting[thin].pop(0), "supplement")


class _Choice:
    """A selection while it is made."""

    def __init__(
        self, there: Sequence[tuple[Rated, str]], sizes: Mapping[str, int], share: float, alike: float
    ) -> None:
        self._sizes, self._share, self._alike = sizes, share, alike
        self._taken = list(there)
        self.tiers: dict[str, str] = {}
        self.why: dict[str, str] = {}

    def take(self, each: Rated, tier: str) -> None:
        """Takes a painting into a tier unless something speaks against it, which is remembered."""
        if each.id not in self.tiers:
            against = self._against(each, tier)
            if against:
                self.why[each.id] = against
            else:
                self._taken.append((each, tier))
                self.tiers[each.id] = tier

    def sizes(self) -> Counter[str]:
        """Returns how many each tier has."""
        return Counter(dict.fromkeys(self._sizes, 0) | Counter(tier for _, tier in self._taken))

    def hues(self) -> Counter[str]:
        """Returns how many of each colour were taken."""
        return Counter(each.hue for each, _ in self._taken)

    def is_crowded(self, tier: str, size: int) -> bool:
        """Tells whether a study has more than its share of a tier of this size."""
        studies = Counter(each.study for each, other in self._taken if other == tier and each.study)
        return any(count > max(1, int(self._share * size)) for count in studies.values())

    def _against(self, each: Rated, tier: str) -> str:
        inside = [other for other, its in self._taken if its == tier]
        if each.rating < LEAST[tier]:
            return f"rated {each.rating:g}"
        if len(inside) >= self._sizes[tier]:
            return f"{tier} is full"
        share = max(1, int(self._share * self._sizes[tier]))
        if each.study and sum(other.study == each.study for other in inside) >= share:
            return f"{tier} has {share} of the study {each.study}"
        if tier == "love" and each.study and any(other.source == each.source for other in inside):
            return "love has one of its study and composition"
        for other, _ in self._taken:
            if distance(each.look, other.look) < self._alike:
                return f"near-duplicate of {other.id}"
        return ""
