"""The table of all cards."""

from __future__ import annotations

from collections.abc import Sequence

from codepaint_env.study.cards.gather import Gathered
from codepaint_env.study.cards.page import estimate, table
from codepaint_env.study.cards.remarks import remarks_on

NONE = "–"


def index(cards: Sequence[Gathered]) -> str:
    """Returns the page that lists cards, in order."""
    head = (
        "reward",
        "range",
        "calls for 8",
        "accuracy",
        "probes that beat it",
        "climb: change of an unseen gold",
    )
    rows = [
        (
            f"[`{each.name}`]({each.name}.md){_mark(each)}",
            _range(each),
            str(each.facts["calls"]) if each.facts else NONE,
            _accuracy(each),
            _beaten(each),
            _climbed(each),
        )
        for each in cards
    ]
    lines = [
        "# Cards of the rewards that ship",
        "",
        "A card tells how far a reward can be trusted, and on what it was not measured. "
        "`python benchmarks/cards.py` makes all of them anew.",
        "",
        *table(head, rows),
        "",
        "Accuracy is the share of rated pairs whose better picture has the higher value; a coin has 0.5. A probe "
        "beats a reward if its lure scores above the honest picture; the column has the share, and 0 is best. The last "
        "column tells what a search for a high reward did to a gold, a reward that it did not see; below 0 it did "
        "harm. Intervals are 95 %. "
        f"{NONE}: not measured.",
        "",
        "\\* Measured with a scripted stand-in for its model: the figures show the shape of the reward, not its taste.",
    ]
    return "\n".join(lines) + "\n"


def _mark(each: Gathered) -> str:
    return " \\*" if remarks_on(each.name).unreal and not each.problem else ""


def _range(each: Gathered) -> str:
    if not each.facts or each.facts["range"] is None:
        return NONE
    return "{:g} to {:g}".format(*each.facts["range"])


def _accuracy(each: Gathered) -> str:
    if each.study is None or not each.study.truths:
        return NONE
    return estimate(next(iter(each.study.truths.values())).accuracy)


def _beaten(each: Gathered) -> str:
    if each.probes is None or each.probes["share"] is None:
        if each.study is not None and each.study.hackability is not None:
            return estimate(each.study.hackability.beaten)
        return NONE
    return "{:.2f} ({:.2f} to {:.2f})".format(each.probes["share"], *each.probes["interval"])


def _climbed(each: Gathered) -> str:
    if each.climb is None or each.climb["unseen"] is None:
        return NONE
    if not each.climb["climbs"]:
        return "it hardly rises"
    return "{:+.2f} ({:+.2f} to {:+.2f})".format(*each.climb["golds"][each.climb["unseen"]]["change"])
