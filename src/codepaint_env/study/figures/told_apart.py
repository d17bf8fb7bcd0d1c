"""The rule by which one reward beats another; "not told apart" is an answer."""

from __future__ import annotations

from codepaint_env.study.figures.figures import Comparison, Estimate

UNCHECKED = "its laws were not checked"
UNPROBED = "no probe was scored by both"


def compared(
    labels: tuple[str, str],
    pairs: int,
    difference: Estimate,
    *,
    beaten: Estimate | None = None,
    laws: tuple[bool | None, bool | None] = (None, None),
) -> Comparison:
    """Applies the rule to two rewards.

    A beats B if the 95 % intervals of their paired difference in accuracy lie above 0, by draws of pictures and by
    draws of whole kin, A is not fooled by more probes (the interval of that difference reaches 0 or below), and A
    passes the universal laws. What was not measured counts as passed, and is said. Draws of pictures alone are not
    enough: where a reward errs alike on all pictures of a study, they tell equal rewards apart far too often. Two
    intervals that do not overlap are never asked for: that would find far fewer real differences.

    Args:
        labels: Of both.
        pairs: Of which both rewards have both values.
        difference: Accuracy of the first less that of the second.
        beaten: Share of beaten probes of the first less that of the second.
        laws: Whether each passes the universal laws.
    """
    if difference.value is None or difference.low is None or difference.high is None:
        return Comparison(pairs, difference, None, "There are too few pairs for an interval.")
    told = f"{abs(difference.value):.3f} ({{:.3f}} to {{:.3f}})"
    if difference.low > 0:
        place, told = 0, told.format(difference.low, difference.high)
    elif difference.high < 0:
        place, told = 1, told.format(-difference.high, -difference.low)
    else:
        why = f"The interval of the difference, {difference.low:+.3f} to {difference.high:+.3f}, includes 0."
        return Comparison(pairs, difference, None, why)
    winner = labels[place]
    more = f"{winner} is right on {told} more of the pairs"
    if not _above(difference.kin_low, difference.kin_high, place):
        kin = f"{difference.kin_low:+.3f} to {difference.kin_high:+.3f}"
        return Comparison(
            pairs, difference, None, f"{more}, but by draws of whole kin the interval, {kin}, includes 0."
        )
    if beaten is not None and beaten.value is not None and _higher(beaten, place):
        return Comparison(
            pairs, difference, None, f"{more}, but more probes fool it ({abs(beaten.value):.2f} more)."
        )
    if laws[place] is False:
        return Comparison(pairs, difference, None, f"{more}, but it breaks a universal law.")
    doubts = [UNPROBED] if beaten is None else []
    doubts += [UNCHECKED] if laws[place] is None else []
    return Comparison(pairs, difference, winner, "; ".join([more, *doubts]) + ".")


def _higher(beaten: Estimate, place: int) -> bool:
    """Tells whether the reward at a place is fooled by more probes than the other, beyond chance."""
    return beaten.low is not None and _above(beaten.low, beaten.high, place)


def _above(low: float | None, high: float | None, place: int) -> bool:
    """Tells whether an interval lies on the side of a place; an unknown one does."""
    if low is None or high is None:
        return True
    return low > 0 if place == 0 else high < 0
