"""The members of a composite: their scales and keys, what they claim together, and how they are asked."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, count

from rewards.answers import ask, scores_of
from rewards.critique import members_of
from rewards.errors import SpecError
from rewards.mixing.schedule import Scheduled
from rewards.preflight import NoSpread, preflight, tells_apart
from rewards.types import Reward, Sample, Score, Traits, check_value

log = logging.getLogger("codepaint")


@dataclass(frozen=True, slots=True)
class Member:
    """A reward in a composite, its key among the components, and its own scale."""

    reward: Reward
    key: str
    lowest: float
    span: float

    @property
    def keys(self) -> tuple[str, ...]:
        """Its components in the composite: itself on [0, 1], then its own."""
        return (self.key, *(f"{self.key}/{part}" for part in self.reward.traits.components))

    @property
    def dear(self) -> bool:
        """True if it asks a judge."""
        return self.reward.traits.max_calls is not None

    def unit(self, value: float) -> float:
        """Returns u = (r - lo) / (hi - lo); raises `ValueError` for what is no value of this member."""
        check_value(self.reward.name, value, (self.lowest, self.lowest + self.span))
        return (value - self.lowest) / self.span

    def components(self, score: Score | None) -> dict[str, float]:
        """Returns the same keys whatever was asked; what was not is 0."""
        if score is None or score.value is None:
            return dict.fromkeys(self.keys, 0.0)
        declared = self.reward.traits.components
        for part in score.components.keys() - set(declared):
            _warn_of_undeclared(self.reward.name, part)
        parts = (score.components.get(part, 0.0) for part in declared)
        return dict(zip(self.keys, (self.unit(score.value), *parts), strict=True))

    def skipped(self, score: Score | None) -> tuple[str, ...]:
        """Returns the keys that stand for nothing that was asked."""
        if score is None or score.value is None:
            return self.keys
        return tuple(f"{self.key}/{part}" for part in score.skipped)


@cache
def _warn_of_undeclared(name: str, part: str) -> None:
    log.warning(
        "%r gives the component %r, which its traits do not declare, so that the mix leaves it out; declare it with "
        "Traits(components=(%r,)).",
        name,
        part,
        part,
    )


@dataclass(frozen=True, slots=True)
class CallSum:
    """Adds up the members' judge calls; a reward with a `k` of its own keeps it."""

    members: tuple[tuple[Callable[[int, int], int], int | None], ...]

    def __call__(self, size: int, references: int) -> int:
        """Returns the calls for a group of a size."""
        return sum(calls(size, references if k is None else k) for calls, k in self.members)


def named(rewards: Sequence[Reward]) -> list[Member]:
    """Returns the members for some rewards; a second one of a name gets `#2`, and so on."""
    members: list[Member] = []
    for reward in rewards:
        if not isinstance(reward, Reward):
            raise SpecError(f"{reward!r} is no complete reward; pass it through rewards.make first.")
        if isinstance(reward, Scheduled):
            reward.refuse("mix it by rewards.make, as a member of a spec, or mix reward.at(step)")
        scale = reward.traits.range
        if scale is None or not -math.inf < scale[0] < scale[1] < math.inf:
            raise SpecError(
                f"{reward.name!r} has the range {scale}, which cannot be brought to [0, 1]; "
                "give its traits a lowest and a highest value."
            )
        key = _free_key(reward.name, {member.key for member in members})
        members.append(Member(reward, key, lowest=scale[0], span=scale[1] - scale[0]))
    return members


def _free_key(name: str, taken: Collection[str]) -> str:
    names = chain([name], (f"{name}#{number}" for number in count(2)))
    return next(key for key in names if key not in taken)


def leaf_keys(reward: Reward) -> list[str]:
    """Returns the keys, among a composite's components, of the members that are no composites themselves."""
    keys: dict[str, list[str]] = {}
    for _, member in members_of(reward):
        key = _free_key(member.name, keys)
        keys[key] = [f"{key}/{below}" for below in leaf_keys(member)] or [key]
    return [leaf for leaves in keys.values() for leaf in leaves if leaf in reward.traits.components]


def settled_by(reward: Reward) -> frozenset[str]:
    """Returns the kinds of findings under which a reward has its lowest value, whatever else is recorded.

    After one of these no dearer evidence has to be recorded for it. A reward says so in an attribute of this name.
    """
    return frozenset(getattr(reward, "settled_by", ()))


def joint_traits(own: Traits, members: Sequence[Member]) -> Traits:
    """Fills in those traits that every composite takes from its members alike."""
    claims = [member.reward.traits for member in members]
    calls = tuple(
        (member.reward.traits.max_calls, getattr(member.reward, "k", None))
        for member in members
        if member.reward.traits.max_calls is not None
    )
    return replace(
        own,
        scope="group" if any(claim.scope == "group" for claim in claims) else "sample",
        kind="composite",
        deterministic=all(claim.deterministic for claim in claims),
        continuous=all(claim.continuous for claim in claims),
        size_free=all(claim.size_free for claim in claims),
        symmetric=all(claim.symmetric for claim in claims),
        monotone=frozenset.intersection(*(claim.monotone for claim in claims)),
        max_calls=CallSum(calls) if calls else None,
        tolerance=max(claim.tolerance for claim in claims),
        components=tuple(key for member in members for key in member.keys),
        canvases=_joint_canvases(members),
    )


def _joint_canvases(members: Sequence[Member]) -> frozenset[str] | None:
    """Returns the canvases that every member can judge; None for any."""
    bound = {each.key: each.reward.traits.canvases for each in members}
    some = {key: canvases for key, canvases in bound.items() if canvases is not None}
    joint = frozenset.intersection(*some.values()) if some else None
    if joint is not None and not joint:
        told = " and ".join(f"{key!r} judges {', '.join(sorted(names))}" for key, names in some.items())
        raise SpecError(f"No canvas can be judged by all of a mix: {told}. Give them pools of one canvas.")
    return joint


def joint_disclaimers(rewards: Iterable[Reward]) -> dict[str, str]:
    """Returns what any of some rewards disclaims, with the name of each."""
    reasons: dict[str, dict[str, None]] = {}
    for reward in rewards:
        whose = (
            "" if reward.traits.kind == "composite" else f"{reward.name}: "
        )  # those have named their members
        for law, reason in reward.traits.disclaims.items():
            reasons.setdefault(law, {}).update(dict.fromkeys(f"{whose}{part}" for part in reason.split("; ")))
    return {law: "; ".join(told) for law, told in reasons.items()}


def joint_score(value: float | None, told: Sequence[tuple[Member, Score | None]]) -> Score:
    """Returns the score of a composite with all that its members said; None stands for one that was not asked."""
    asked = [(member, score) for member, score in told if score is not None]
    reason = "; ".join(f"{member.key}: {score.reason}" for member, score in asked if score.reason)
    if value is None:
        return Score(None, reason=reason)
    return Score(
        value,
        components={key: part for member, score in told for key, part in member.components(score).items()},
        reason=reason,
        references=tuple(dict.fromkeys(name for _, score in asked for name in score.references)),
        skipped=tuple(key for member, score in told for key in member.skipped(score)),
    )


def ask_all(members: Sequence[Member], samples: Sequence[Sample]) -> list[list[Score]]:
    """Asks members: those with a judge side by side in threads, the others meanwhile here, in order."""
    dear = sum(member.dear for member in members)
    if not dear or len(members) == 1:
        return [ask(member.reward, samples) for member in members]
    with ThreadPoolExecutor(dear, thread_name_prefix="codepaint-judged") as threads:
        told = [threads.submit(ask, member.reward, samples) if member.dear else None for member in members]
        here = [None if member.dear else ask(member.reward, samples) for member in members]
        return [
            future.result() if future else answer or [] for future, answer in zip(told, here, strict=True)
        ]


async def aask(reward: Reward, samples: Sequence[Sample]) -> list[Score]:
    """Awaits a reward, in a thread where it cannot be awaited."""
    ascore = getattr(reward, "ascore", None)
    if ascore is None:
        return await asyncio.to_thread(ask, reward, samples)
    return scores_of(reward.name, await ascore(samples), len(samples))


def chosen(samples: Sequence[Sample], asked: Sequence[bool]) -> list[Sample]:
    """Returns the samples that are asked about."""
    return [sample for sample, wanted in zip(samples, asked, strict=True) if wanted]


def placed(answers: Sequence[Score], asked: Sequence[bool]) -> list[Score | None]:
    """Returns the answers in the places of those that were asked about, and None in the others."""
    places = [index for index, wanted in enumerate(asked) if wanted]
    told = dict(zip(places, answers, strict=True))
    return [told.get(index) for index in range(len(asked))]


def preflight_all(
    members: Sequence[Member], samples: Sequence[Sample] | None, *, idle: Sequence[Member] = ()
) -> None:
    """Lets members raise what is misconfigured; `NoSpread` only where none of them tells pictures apart.

    Members that disclaim law 16 (a gate has two values) are counted on only where the samples show that they tell them
    apart, idle ones (of weight 0) never.
    """
    flat: dict[str, NoSpread] = {}
    for member in members:
        try:
            preflight(member.reward, samples)
        except NoSpread as error:
            flat[member.key] = error
    counted = [m.key for m in members if m not in idle and "16" not in m.reward.traits.disclaims]
    if counted and all(key in flat for key in counted):
        few = [m for m in members if m not in idle and m.key not in counted and not m.dear]
        if not samples or not any(tells_apart(m.reward, samples) for m in few):
            raise flat[counted[0]]
    for why in flat.values():
        log.warning("Only the other members of the mix act for now: %s", why)
