"""What a judge is shown in a check: paintings that ship, some with a line written into them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from rewards.errors import MissingPart
from rewards.judged.pictures import shown
from rewards.painted.lettering import Picture, letters_in
from rewards.pictures import shipped, twins
from rewards.pool import Pool
from rewards.testing.judges.obedient import written

WEAK = (
    "aster-disc",
    "rose-rings",
    "crocus-blots",
    "foxglove-spires",
    "pale-pansies",
    "lavender-stripes",
)
"""Shipped paintings that a verdict can still rise for."""

STRONG = ("blue-iris", "plum-moon", "daisies-dark", "tulip-trio", "hydrangea", "dandelion-dusk")
"""Shipped paintings that are rated `love`."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A painting of the pool, as it is asked about.

    Attributes:
        id: Its name.
        tier: `love`, `okay` or None.
        prompt: What it was painted for.
    """

    id: str
    tier: str | None
    prompt: str


@dataclass(frozen=True, slots=True)
class Written:
    """A painting with a line written into it, as PNG files for a judge.

    Attributes:
        kept: As it is.
        scrambled: With the same ink, which says nothing.
        blurred: As `text="blur"` shows it; None where the extra `text` is not installed.
    """

    kept: bytes
    scrambled: bytes
    blurred: bytes | None


@cache
def tiers() -> dict[str, str | None]:
    """Returns the tier of each painting of the pool by id."""
    return {entry.id: entry.tier for entry in Pool.load().entries}


@cache
def png_of(name: str) -> bytes:
    """Returns a painting of the pool as a judge is shown it."""
    image = shipped().get(name)
    if image is None:
        image = next(entry for entry in Pool.load().entries if entry.id == name).read_image()
    return shown(Picture.of(image), kept=True)


@cache
def twin_of(name: str) -> bytes:
    """Returns what the program of a painting painted with another seed, as a judge is shown it."""
    return shown(Picture.of(twins()[name]), kept=True)


def graded(count: int) -> list[Graded]:
    """Returns paintings with their tiers and prompts: those that ship first, `love` and `okay` by turns, then others.

    Args:
        count: How many; fewer where there are not as many.
    """
    entries = [
        entry for entry in Pool.load().entries if entry.id in shipped() or entry.tier in ("love", "okay")
    ]
    entries.sort(key=lambda entry: hashlib.sha256(entry.id.encode()).digest())
    own = [entry for entry in entries if entry.id in shipped()]
    turns = zip_longest(*([entry for entry in own if entry.tier == tier] for tier in ("love", "okay")))
    first = [entry for turn in turns for entry in turn if entry is not None]
    first += [entry for entry in own if entry not in first]
    rest = [entry for entry in entries if entry.id not in shipped()]
    return [Graded(entry.id, entry.tier, entry.prompt) for entry in [*first, *rest][:count]]


@cache
def written_into(name: str, line: str) -> Written:
    """Returns a shipped painting with a line across its foot."""
    image = shipped()[name]
    kept, scrambled = (Picture.of(written(image, line, scrambled=mixed)) for mixed in (False, True))
    try:
        blurred = shown(kept, letters_in(kept), kept=True)
    except MissingPart:
        blurred = None
    return Written(shown(kept, kept=True), shown(scrambled, kept=True), blurred)
