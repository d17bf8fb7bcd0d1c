"""Hypothesis strategies for pictures, samples and batches; simple ones come first, so that cases shrink."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rewards.testing.cases.described import KINDS, Painted, Picture
from rewards.testing.cases.pages import CREDITED
from rewards.types import Status

SIDES = (8, 12, 16, 24, 40, 64)
"""Sides of pictures in pixels: small, as a check paints thousands; 64 for rewards that average over cells."""

ODD_SIZES = ((1, 1), (1, 8), (8, 1), (2, 2048), (5, 7), (300, 260))
"""Heights and widths on which rewards trip; the last is above 256 both ways."""

STATUSES: tuple[Status, ...] = ("ok", "ok", "ok", "program_error", "machine_error")
"""Three to one to one."""

CONSTANT = ("solid", "white", "black", "dithered")
NOISE = ("noise", "gauss")

PAGE = Picture("painting", 3, 12, 16)
"""The viewport of every page that is tried out: laws of traces are not about pictures."""


def seeds() -> SearchStrategy[int]:
    """Draws the seed of a picture or of a shuffle."""
    return st.integers(0, 99)


def pictures(kinds: Sequence[str] = KINDS, sides: Sequence[int] = SIDES) -> SearchStrategy[Picture]:
    """Draws square pictures; they shrink to smaller ones, then to simpler kinds, then to smaller seeds."""
    return _pictures([(side, side) for side in sides], kinds)


def odd_pictures(kinds: Sequence[str] = KINDS) -> SearchStrategy[Picture]:
    """Draws pictures of `ODD_SIZES`."""
    return _pictures(ODD_SIZES, kinds)


def painted(
    pictures: SearchStrategy[Picture] | None = None, statuses: Sequence[Status] = STATUSES
) -> SearchStrategy[Painted]:
    """Draws samples of two groups; a third of those that failed left no picture."""
    who = [(status, words, group) for status in statuses for words in range(3) for group in range(2)]
    return st.builds(_sample, st.sampled_from(who), _any_picture() if pictures is None else pictures)


def batches(
    least: int = 0, most: int = 6, *, of: SearchStrategy[Painted] | None = None
) -> SearchStrategy[list[Painted]]:
    """Draws batches; now and then a sample stands in one twice."""
    return st.builds(
        _repeated, st.lists(painted() if of is None else of, min_size=least, max_size=most), st.integers(0, 3)
    )


def company() -> SearchStrategy[list[Painted]]:
    """Draws batches with hostile neighbours: nearly always a dark and a bright picture and a machine error."""
    return st.builds(
        _with_neighbours, batches(1, 3), st.integers(0, 255), st.sampled_from(SIDES), st.integers(0, 1)
    )


def traces(most: int = 8) -> SearchStrategy[str]:
    """Draws the letters of traces; see `rewards.testing.cases.pages.trace_of`."""
    return st.text(alphabet="".join(CREDITED), max_size=most)


def tried(letters: SearchStrategy[str] | None = None) -> SearchStrategy[Painted]:
    """Draws pages that were tried out, of which 1 to 5 steps count."""
    return st.builds(
        lambda trace, steps, words: Painted("ok", PAGE, words=words, trace=trace, steps=steps),
        traces() if letters is None else letters,
        st.integers(1, 5),
        st.integers(0, 3),
    )


def _any_picture() -> SearchStrategy[Picture]:
    return pictures()


def _pictures(sizes: Sequence[tuple[int, int]], kinds: Sequence[str]) -> SearchStrategy[Picture]:
    return st.builds(
        lambda size, kind, seed: Picture(kind, seed, *size),
        st.sampled_from(sizes),
        st.sampled_from(kinds),
        seeds(),
    )


def _sample(who: tuple[Status, int, int], picture: Picture) -> Painted:
    status, words, group = who
    return Painted(status, None if status != "ok" and words == 0 else picture, group, words)


def _repeated(batch: list[Painted], choice: int) -> list[Painted]:
    return batch[:-1] + batch[:1] if choice == 3 and len(batch) > 1 else batch


def _with_neighbours(batch: list[Painted], subset: int, side: int, group: int) -> list[Painted]:
    neighbours = [
        Painted("ok", Picture("dark", 0, side, side), group),
        Painted("ok", Picture("bright", 0, side, side), group),
        Painted("machine_error", None, group),
    ]
    chosen = [one for bit, one in enumerate(neighbours) if subset >> bit & 1] if subset < 7 else neighbours
    return batch[:1] + chosen + batch[1:]
