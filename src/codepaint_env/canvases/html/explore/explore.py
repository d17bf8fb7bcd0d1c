"""The explorer: tries what a page offers, the most important first, until enough was judged."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from codepaint_env.canvases.html.explore.arm import OpenPage, Setting
from codepaint_env.canvases.html.explore.candidate import Candidate, Offer, offer_of, words_of
from codepaint_env.canvases.html.explore.hands import Hands
from codepaint_env.canvases.html.explore.plan import Plan
from codepaint_env.canvases.html.explore.planning import (
    KEYED,
    PAGE,
    afterwards,
    click_of,
    plain_field,
    plans_for,
    related,
    starter,
)
from codepaint_env.canvases.html.explore.ranking import AWAY, ranked
from codepaint_env.canvases.html.explore.sight import learn
from codepaint_env.canvases.html.explore.trace import interaction
from codepaint_env.canvases.html.explore.trial import Trial, Trials
from rewards.types import STEPS, Finding, Interaction

VERSION = 1  # rises when the same page could get another trace
MOST_PLANS = 3  # trials of one candidate
PAINTED = frozenset({"canvas", "img", "video", "object", "embed", "iframe"})


@dataclass(frozen=True, slots=True)
class Asked:
    """How a page is tried out.

    Attributes:
        steps: Judged steps that count, at least 1; up to twice as many candidates are tried.
        interactions: What a user would expect to do on the page, a sentence each.
        timings: Seconds by phase, added to; for diagnostics.
    """

    steps: int = STEPS
    interactions: tuple[str, ...] = ()
    timings: dict[str, float] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Exploration:
    """What came of it.

    Attributes:
        interactions: The trace, in the order in which it was tried.
        pictures: PNG files by name: `step-1-before`, `step-1-after` and so on.
        findings: What was noticed besides.
    """

    interactions: tuple[Interaction, ...]
    pictures: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()


async def explore(open_page: OpenPage, asked: Asked) -> Exploration:
    """Tries a page out.

    Args:
        open_page: Opens and loads the page, in a target of its own and at the start of its own time.
        asked: How.

    Raises:
        MachineError: The browser failed.
    """
    started = time.perf_counter()
    offer, setting = await _survey(open_page)
    asked.timings["survey"] = time.perf_counter() - started
    visit = _Visit(open_page, offer, setting, asked)
    started = time.perf_counter()
    await visit.try_all()
    asked.timings["trials"] = time.perf_counter() - started
    return Exploration(tuple(visit.trace), dict(visit.pictures))


async def _survey(open_page: OpenPage, before: Sequence[Plan] = ()) -> tuple[Offer, Setting]:
    """Looks at what a page offers."""
    page = await open_page()
    try:
        hands = Hands(page)
        hears = await learn(page, hands.eyes)
        offer = offer_of(await hands.eyes.candidates(), hears)
        places = await hands.inert_places()
        shown = await hands.eyes.observe([], False)
        pictures = any(each[9] for each in shown["elements"])
        return offer, Setting(places[0][0] if places else (1, 1), pictures)
    finally:
        await page.close()


class _Visit:
    """One page being tried out."""

    def __init__(self, open_page: OpenPage, offer: Offer, setting: Setting, asked: Asked) -> None:
        self._asked = asked
        self._offer = offer
        self._trials = Trials(open_page, offer, setting)
        self._credited: list[Plan] = []
        self._tries = 0
        self._judged = 0
        self.trace: list[Interaction] = []
        self.pictures: dict[str, bytes] = {}

    @property
    def done(self) -> bool:
        """True when enough was judged, or tried."""
        return self._judged >= self._asked.steps or self._tries >= 2 * self._asked.steps

    async def try_all(self) -> None:
        """Tries candidates in order."""
        queue = _queue(self._offer, self._asked.interactions)
        opener = _opener(self._offer)
        for candidate in queue:
            if self.done:
                return
            plans = plans_for(candidate, self._offer)[:MOST_PLANS]
            if not plans:
                continue
            if candidate.covered and opener is not None:
                first = click_of(opener)
                plans = [replace(plan, prefix=(first, *plan.prefix)) for plan in plans]
            await self._try(candidate, plans)

    async def _try(self, candidate: Candidate, plans: list[Plan]) -> None:
        self._tries += 1
        best: Trial | None = None
        for plan in plans:
            trial = await self._trials.run(plan)
            if best is None or trial.changes or (trial.judged and not best.judged):
                best = trial
            if trial.changes:
                break
        assert best is not None
        if not best.changes:
            chained = self._chained(candidate, plans)
            if chained is not None:
                trial = await self._trials.run(chained)
                if trial.changes or (trial.judged and not best.judged):
                    best = trial
        judged, note = best.judged, ""
        if judged and not best.changes:
            if afterwards(candidate):
                judged, note = False, "It shows nothing by itself: there was nothing to undo."
            elif plain_field(candidate, self._offer):
                judged, note = False, "It only holds a value for a button beside it."
        self._record(best, judged=judged, note=note)

    def _chained(self, candidate: Candidate, plans: Sequence[Plan]) -> Plan | None:
        """Returns a trial after another step that may be needed first; None where there is none."""
        plan = plans[-1]
        if plan.act.kind not in ("click", "tick", "choose", "slide", "type", "press"):
            return None
        before = related(self._credited, plan)
        if before is not None:
            acts = (*before.prefix, before.act)
            if len(acts) <= 2 or not plan.prefix:
                return replace(
                    plan, prefix=(*acts, *plan.prefix), action=f"{before.action}, then {plan.action}"
                )
        start = starter(self._offer, candidate)
        if start is not None and not plan.prefix:
            return replace(plan, prefix=(click_of(start),), action=f"start, then {plan.action}")
        return None

    def _record(self, trial: Trial, *, judged: bool, note: str) -> None:
        step = len(self.trace) + 1
        self.trace.append(interaction(step, trial, judged=judged, note=note))
        self._judged += judged
        if trial.changes and judged:
            self._credited.append(trial.plan)
        if trial.shown is not None:
            if trial.shown.before is not None:
                self.pictures[f"step-{step}-before"] = trial.shown.before
            if trial.shown.settled.picture is not None:
                self.pictures[f"step-{step}-after"] = trial.shown.settled.picture


def _queue(offer: Offer, wanted: Sequence[str]) -> list[Candidate]:
    """Returns what is tried, in order; the page itself where it hears keys and has no canvas."""
    if offer.top & KEYED and not offer.canvas:
        offer = replace(offer, candidates=(*offer.candidates, PAGE))
    found = ranked(offer, wanted)
    return [each for each in found if each.tag != "canvas" or each.listeners or offer.top & KEYED]


def _opener(offer: Offer) -> Candidate | None:
    """Returns the button that takes away what covers the page, where much of it is covered; None where nothing does."""
    inside = [each for each in offer.candidates if each.inside]
    covered = [each for each in inside if each.covered]
    if len(covered) * 3 < len(inside) or not covered:
        return None
    free = [
        each
        for each in inside
        if not each.covered and each.role in ("button", "generic", "link") and not each.anchors
    ]
    close = [each for each in free if set(words_of(each.name)) & AWAY or each.name in ("x", "×", "✕", "✖")]
    over = [each for each in free if each.region == "dialog" or each.selector.startswith(covered[0].cover)]
    return next(iter([*close, *over]), None)
