"""Laws 25 to 30, 50, 51 and 65: what a reward that asks a judge to compare must make of the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rewards.painted.blank import is_constant
from rewards.testing.cases.described import Painted, Picture, samples_of, with_picture
from rewards.testing.cases.strategies import pictures, seeds
from rewards.testing.judges import FixedJudge, ScriptedJudge, digest
from rewards.testing.judges.duels import asking, can_duel, compares, duel, group_of, units
from rewards.testing.law import Broken, Subject, law
from rewards.testing.scoring import scored, shuffled

BIASES = (0.0, 0.7, 50.0, -50.0)
CLEAR = 0.1  # of quality: at a kappa of 40, log-odds of 4

_paintings = pictures(kinds=("painting", "gradient", "saturated"), sides=(8, 12, 16))


def different(most: int) -> SearchStrategy[list[Picture]]:
    """Draws two to so many pictures of one size that differ."""
    drawn = st.lists(_paintings, min_size=2, max_size=most, unique_by=lambda one: (one.kind, one.seed))
    return drawn.map(
        lambda found: [replace(one, height=found[0].height, width=found[0].width) for one in found]
    )


@law(
    "25 antisymmetry",
    "one order only, or the second order not turned back",
    draws=lambda subject: {"two": different(2), "bias": st.sampled_from(BIASES), "soft": st.booleans()},
    applies=can_duel,
)
def antisymmetry(subject: Subject, two: Sequence[Picture], bias: float, soft: bool) -> bool:
    """v(a, b) + v(b, a) = 1, however much the judge likes what it is shown first."""
    one, other = two
    if not _none_constant(two):
        return False
    judge = ScriptedJudge(beta=bias)
    forth, back = duel(subject, judge, one, other, soft=soft), duel(subject, judge, other, one, soft=soft)
    if forth is None or back is None or abs(forth + back - 1) > 1e-9:
        raise Broken(f"v(a, b) = {forth} and v(b, a) = {back} where the judge has a bias of {bias}")
    return True


@law(
    "26 self",
    "a tie that counts as a win, or equal pictures that are asked about",
    draws=lambda subject: {"one": _paintings, "bias": st.sampled_from(BIASES), "soft": st.booleans()},
    applies=can_duel,
)
def itself(subject: Subject, one: Picture, bias: float, soft: bool) -> bool:
    """v(a, a) = 1/2, and no call is made for it."""
    if is_constant(one.pixels()):
        return False
    judge = ScriptedJudge(beta=bias)
    value = duel(subject, judge, one, one, soft=soft)
    if value is None or abs(value - 0.5) > 1e-12:
        raise Broken(f"v(a, a) = {value} where the judge has a bias of {bias}")
    if judge.calls:
        raise Broken(f"{judge.calls} calls were made to compare a picture with itself")
    return True


@law(
    "27 blind judge",
    "one order only, or a tie that counts as a win or a loss",
    draws=lambda subject: {
        "pictures": different(5),
        "says": st.sampled_from(["1", "2", "tie"]),
        "soft": st.booleans(),
    },
    applies=compares,
)
def blind_judge(subject: Subject, pictures: Sequence[Picture], says: Any, soft: bool) -> bool:
    """A judge that always says the same gives 1/2 to all, so no group has a spread."""
    painted = [picture for picture in pictures if not is_constant(picture.pixels())]
    if len(painted) < 2:
        return False
    values = units(asking(subject, FixedJudge(says), soft), group_of(painted, subject))
    if any(value is None or abs(value - 0.5) > 1e-9 for value in values):
        raise Broken(f"a judge that always says {says!r} gives {values}")
    return True


@law(
    "28 draw",
    "references drawn for each sample or call, or by a generator that goes on",
    draws=lambda subject: {
        "batch": st.lists(
            st.builds(
                lambda picture, group, words: Painted("ok", picture, group, words),
                _paintings,
                st.integers(0, 2),
                st.integers(0, 3),
            ),
            min_size=1,
            max_size=6,
        ),
        "shuffle": seeds(),
        "alone": st.integers(0, 5),
    },
    applies=lambda subject: (
        subject.traits.kind in ("pairwise", "similarity") and "group" in subject.reward.needs
    ),
)
def draw(subject: Subject, batch: Sequence[Painted], shuffle: int, alone: int) -> bool:
    """All of a group meet the same references, whatever else is in the batch and in whatever order."""
    samples = samples_of(batch, subject.reward.needs)
    met = [score.references for score in scored(subject.reward, samples)]
    by_group: dict[int, tuple[str, ...]] = {}
    for painted, references in zip(batch, met, strict=True):
        known = by_group.setdefault(painted.group, references)
        if references != known:
            raise Broken(f"in one group a sample meets {list(references)} and another {list(known)}")
    order = shuffled(len(samples), shuffle)
    for i, score in zip(order, scored(subject.fresh(), [samples[i] for i in order]), strict=True):
        if score.references != met[i]:
            raise Broken(f"sample {i} meets {list(met[i])}, and {list(score.references)} in another order")
    i = alone % len(samples)
    [score] = scored(subject.fresh(), [samples[i]])
    if score.references != met[i]:
        raise Broken(f"sample {i} meets {list(met[i])}, and {list(score.references)} when it comes alone")
    return any(met) and len(by_group) < len(batch)


@law(
    "29 sum",
    "unequal numbers of games, or rates that are rounded",
    draws=lambda subject: {
        "pictures": st.lists(_paintings, min_size=1, max_size=16),
        "failed": st.integers(0, 3),
        "games": st.integers(2, 15),
        "kappa": st.sampled_from([3.0, 20.0]),
    },
    applies=lambda subject: subject.traits.kind == "winrate" and compares(subject),
)
def total(subject: Subject, pictures: Sequence[Picture], failed: int, games: int, kappa: float) -> bool:
    """The component `wins` of a complete group sums to G / 2, and each picture has as many games."""
    judge = ScriptedJudge(kappa=kappa, record=True)
    size = len(pictures) + failed
    even = games + games * size % 2  # an odd number of games needs an even group
    parameters: dict[str, Any] = (
        {"games": even} if hasattr(subject.reward, "games") and subject.make is not None else {}
    )
    reward = asking(subject, judge, **parameters)
    batch = [Painted("ok", picture) for picture in pictures] + [Painted("program_error")] * failed
    wins = [score.components.get("wins") for score in scored(reward, samples_of(batch, reward.needs))]
    if any(win is None for win in wins):
        raise Broken(f"the component 'wins' is missing: {wins}")
    summed = sum(win or 0.0 for win in wins)
    if abs(summed - size / 2) > 1e-9:
        raise Broken(f"the wins of {size} sum to {summed:.9g}, not {size / 2:g}")
    seen = [digest(image) for question in judge.asked for image in question.images]
    counts = {seen.count(image) for image in seen}
    if len(set(pictures)) == len(pictures) and not failed and _none_constant(pictures) and len(counts) > 1:
        raise Broken(f"of {size} pictures some were shown {min(counts)} times and others {max(counts)} times")
    return size > 2 and len(judge.asked) > 0


@law(
    "65 places",
    "places on a ring by the order of the batch, or equal pictures of which one has the stronger neighbours",
    draws=lambda subject: {
        "pictures": st.lists(_paintings, min_size=4, max_size=8),
        "twice": st.booleans(),
        "games": st.integers(2, 4),
        "shuffle": seeds(),
    },
    applies=lambda subject: subject.traits.kind == "winrate" and compares(subject),
)
def places(subject: Subject, pictures: Sequence[Picture], twice: bool, games: int, shuffle: int) -> bool:
    """With few games a picture, the order of a group changes neither the games nor the values."""
    capped: dict[str, Any] = {"games": games} if hasattr(subject.reward, "games") and subject.make else {}
    group = group_of([*pictures, *pictures[: int(twice)]], subject)
    order = shuffled(len(group), shuffle)
    told, met = [], []
    for samples in (group, [group[i] for i in order]):
        judge = ScriptedJudge(kappa=6.0, record=True)
        told.append(units(asking(subject, judge, **capped), samples))
        met.append({tuple(map(digest, question.images)) for question in judge.asked})
    if met[0] != met[1]:
        raise Broken(
            f"{len(met[0] ^ met[1])} of {len(met[0])} pairs do not meet when the group comes as {order}"
        )
    for place, i in enumerate(order):
        one, other = told[0][i], told[1][place]
        if one is None or other is None or abs(one - other) > 1e-9:
            raise Broken(f"sample {i} has {one}, and {other} when the group comes as {order}")
    return order != sorted(order) and games < len(group) - 1 and bool(met[0])


@law(
    "30 right way",
    "the second order not turned back, or a cache that does not tell the orders apart",
    draws=lambda subject: {"pictures": different(4), "darker": st.integers(4, 120), "soft": st.booleans()},
    applies=compares,
)
def right_way(subject: Subject, pictures: Sequence[Picture], darker: int, soft: bool) -> bool:
    """A picture of higher latent quality has no lower value, and a clear winner has over 1/2."""
    judge = ScriptedJudge(kappa=40.0)
    group = group_of(pictures, subject)
    first = pictures[0].pixels()
    raised = np.where(first > darker, first - np.uint8(darker), 0).astype(np.uint8)
    gain = (float(first.mean()) - float(raised.mean())) / 255
    if is_constant(first) or is_constant(raised) or gain < 3 / 255:
        return False
    better = with_picture(group[0], raised)
    capped = getattr(subject.reward, "games", None) is not None  # the two would meet different others
    values = units(asking(subject, judge, soft), [*group[: 1 if capped else None], better])
    low, high = values[0], values[-1]
    if low is None or high is None or high < low - 1e-9:
        raise Broken(f"a quality higher by {gain:.3f} has {high}, the lower one {low}")
    if can_duel(subject):
        clear = sorted(pictures, key=lambda picture: float(picture.pixels().mean()))
        best, worst = clear[0], clear[-1]
        gap = (float(worst.pixels().mean()) - float(best.pixels().mean())) / 255
        if gap >= CLEAR and _none_constant([best, worst]):
            value = duel(subject, judge, best, worst, soft=soft)
            if value is None or value <= 0.5:
                raise Broken(f"a quality higher by {gap:.3f} wins with {value}, no more than 1/2")
    return True


def _has_chances(subject: Subject) -> bool:
    return compares(subject) and subject.make is not None and hasattr(subject.reward, "mode")


@law(
    "50 bias",
    "one order only, in turn or by chance, or chances averaged in place of log-odds",
    draws=lambda subject: {"pictures": different(4), "bias": st.sampled_from([0.7, -0.7, 1.5])},
    applies=_has_chances,
)
def unbiased(subject: Subject, pictures: Sequence[Picture], bias: float) -> bool:
    """In soft mode, a liking of the judge for what it is shown first changes no value."""
    group = group_of(pictures, subject)
    without, biased = (units(asking(subject, ScriptedJudge(kappa=4.0, beta=b)), group) for b in (0.0, bias))
    for index, (one, other) in enumerate(zip(without, biased, strict=True)):
        if one is None or other is None or abs(one - other) > 1e-6:
            raise Broken(f"sample {index} has {one}, and {other} where the judge has a bias of {bias}")
    return _none_constant(pictures)


@law(
    "51 tie band",
    "a chance next to one half that counts as a win",
    draws=lambda subject: {"pictures": different(4)},
    applies=_has_chances,
)
def tie_band(subject: Subject, pictures: Sequence[Picture]) -> bool:
    """In soft mode, a nearly indifferent judge gives exactly 1/2 to all."""
    painted = [picture for picture in pictures if not is_constant(picture.pixels())]
    values = units(asking(subject, ScriptedJudge(kappa=0.05)), group_of(painted, subject))
    if any(value is None or value != 0.5 for value in values):
        raise Broken(f"a judge with log-odds under 0.05 gives {values}")
    return len(painted) > 1


def _none_constant(pictures: Sequence[Picture]) -> bool:
    return not any(is_constant(picture.pixels()) for picture in pictures)
