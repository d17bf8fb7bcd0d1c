"""The explorer: tries what a page offers, the most important first, until enough was judged."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from codepaint_env.canvases.html.explore.arm import OpenPage, Setting, carried_out
from codepaint_env.canvases.html.explore.candidate import GRABBED, Candidate, Offer, offer_of, words_of
from codepaint_env.canvases.html.explore.eyes import Left
from codepaint_env.canvases.html.explore.hands import Hands, Unfit
from codepaint_env.canvases.html.explore.pace import BY_FRAMES, Pace
from codepaint_env.canvases.html.explore.plan import Act, Plan
from codepaint_env.canvases.html.explore.planner import Planner
from codepaint_env.canvases.html.explore.planning import (
    KEYED,
    PAGE,
    afterwards,
    click_of,
    plans_for,
    related,
    starter,
)
from codepaint_env.canvases.html.explore.ranking import AWAY, ranked
from codepaint_env.canvases.html.explore.sight import learn
from codepaint_env.canvases.html.explore.trace import interaction
from codepaint_env.canvases.html.explore.trial import Trial, Trials
from codepaint_env.canvases.html.watch import PageStopped
from rewards.types import STEPS, Finding, Interaction

if TYPE_CHECKING:
    from codepaint_env.canvases.html.virtual_page import VirtualPage

MOST_PLANS = 3  # trials of one candidate
MOST_OPENED = 2  # steps that worked, after which is looked for more to try
MOST_SAID = 60  # letters of a message that are told
MOST_HOVERED = 2  # places that the pointer comes over, after which the same is done
MOST_DEATHS = (
    2  # steps that the page does not survive, each at the cost of all its CPU seconds; then no more is tried
)


@dataclass(frozen=True, slots=True)
class Asked:
    """How a page is tried out.

    Attributes:
        steps: Judged steps that count, at least 1; up to twice as many candidates are tried.
        interactions: What a user would expect to do on the page, a sentence each.
        planner: A model that chooses what is tried; None takes the most important by rule.
        pace: How finely time passes; pages are to be opened at the same.
        timings: Seconds by phase, added to; for diagnostics.
    """

    steps: int = STEPS
    interactions: tuple[str, ...] = ()
    planner: Planner | None = None
    pace: Pace = BY_FRAMES
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
    page = await open_page()
    try:
        offer, setting = await _survey(page, Hands(page, asked.pace))
        asked.timings["survey"] = time.perf_counter() - started
        planned = None
        if asked.planner is not None:
            asking = time.perf_counter()
            picture, most = await page.screenshot(), 2 * asked.steps
            planned = await asked.planner.plan(picture, offer, asked.interactions, most)
            await page.close()  # a frame was drawn that no other page of this document draws
            asked.timings["plan"] = time.perf_counter() - asking
        visit = _Visit(open_page, offer, setting, asked, page if planned is None else None)
        started = time.perf_counter()
        await visit.try_all(planned)
        asked.timings["trials"] = time.perf_counter() - started
    except Left:
        return Exploration((), {})  # it went away before anything was done to it
    finally:
        await page.close()
    return Exploration(tuple(visit.trace), dict(visit.pictures))


async def _survey(page: VirtualPage, hands: Hands) -> tuple[Offer, Setting]:
    """Looks at what a page offers now."""
    hears = await learn(page, hands.eyes)
    offer = offer_of(await hands.eyes.candidates(), hears)
    places = await hands.inert_places()
    shown = await hands.eyes.observe([], False)
    pictures = any(each[9] for each in shown["elements"])
    return offer, Setting(places[0][0] if places else (1, 1), hands.pace, pictures)


class _Visit:
    """One page being tried out."""

    def __init__(
        self, open_page: OpenPage, offer: Offer, setting: Setting, asked: Asked, spare: VirtualPage | None
    ) -> None:
        self._asked = asked
        self._offer = offer
        self._open_page = open_page
        self._trials = Trials(open_page, offer, setting, spare)
        self._credited: list[Plan] = []
        self._alike: set[tuple[str, ...]] = set()
        self._tries = 0
        self._judged = 0
        self._deaths = 0
        self.trace: list[Interaction] = []
        self.pictures: dict[str, bytes] = {}

    @property
    def done(self) -> bool:
        """True when enough was judged or tried, or the page keeps dying."""
        enough = self._judged >= self._asked.steps or self._tries >= 2 * self._asked.steps
        return enough or self._deaths >= MOST_DEATHS

    async def try_all(self, planned: Sequence[Sequence[Plan]] | None) -> None:
        """Tries what was planned, or what the page offers and then what it offers after what worked."""
        if planned is not None:
            await self._try_in_order(planned)
            return
        await self._try_in_order(self._planned())
        for plan in [*self._credited[:MOST_OPENED], *map(_hover, self._offer.hovered[:MOST_HOVERED])]:
            if not self.done:
                await self._try_in_order(await self._revealed(plan))

    def _planned(self) -> list[list[Plan]]:
        """Returns the trials of each candidate, in the order in which they are tried; forms sent empty come last."""
        planned: list[list[Plan]] = []
        empty: list[list[Plan]] = []
        opener = _opener(self._offer)
        for candidate in _queue(self._offer, self._asked.interactions):
            plans = plans_for(candidate, self._offer)[:MOST_PLANS]
            if candidate.covered and opener is not None:
                plans = [replace(plan, prefix=(click_of(opener), *plan.prefix)) for plan in plans]
            if candidate.submits and len(plans) > 1:
                plans, empty = plans[:1], [*empty, plans[1:]]
            if plans:
                planned.append(plans)
        return planned + empty

    async def _revealed(self, before: Plan) -> list[list[Plan]]:
        """Returns the trials of what can be tried only after a step that worked."""
        page = await self._open_page()
        try:
            offer, _ = await _survey(page, await carried_out(page, before, self._asked.pace))
        except (Unfit, Left, PageStopped):
            return []
        finally:
            await page.close()
        usable = {each.selector for each in self._offer.candidates if each.enabled}
        fresh = [each for each in offer.candidates if each.selector not in usable and not each.covered]
        planned = []
        for candidate in ranked(replace(offer, candidates=tuple(fresh)), self._asked.interactions):
            for plan in plans_for(candidate, offer)[:1]:
                acts = (*before.prefix, before.act, *plan.prefix)
                planned.append([replace(plan, prefix=acts, action=f"{before.action}, then {plan.action}")])
        return planned

    async def _try_in_order(self, planned: Sequence[Sequence[Plan]]) -> None:
        for plans in planned:
            if self.done:
                return
            if _alike(plans[0]) not in self._alike:
                await self._try(plans)

    async def _try(self, plans: Sequence[Plan]) -> None:
        """Tries one candidate, in one way after the other until one shows something."""
        self._tries += 1
        candidate = plans[0].candidate
        chained = (plan for plan in [self._chained(candidate, plans)] if plan is not None)
        best: Trial | None = None
        for plan in (*plans, *chained):
            trial = await self._trials.run(plan)
            if best is None or trial.changes or (trial.judged and not best.judged):
                best = trial
            if trial.changes or trial.stuck:
                break
        assert best is not None
        judged, note = best.judged, ""
        if judged and not best.changes and not best.stuck:
            if word := afterwards(candidate):
                judged, note = False, f"There was nothing to {word} yet, so it is not held against the page."
            elif best.passed:
                said = best.passed[:MOST_SAID]
                judged, note = (
                    False,
                    f"It said “{said}” and took it back: whether more came of it cannot be seen.",
                )
            elif candidate is PAGE and not self._offer.keys:
                judged, note = False, "It names no keys, and those that were tried mean nothing to it."
        self._deaths += best.died
        if best.changes and judged:
            self._alike.add(_alike(plans[0]))
        self._record(best, judged=judged, note=note)

    def _chained(self, candidate: Candidate, plans: Sequence[Plan]) -> Plan | None:
        """Returns a trial after another step that may be needed first; None where there is none."""
        plan = plans[-1]
        if plan.act.kind not in ("click", "tick", "choose", "slide", "type", "press") or candidate is PAGE:
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


def _alike(plan: Plan) -> tuple[str, ...]:
    """Returns what trials have in common of which one that worked speaks for the others: three equal `Add to cart`."""
    candidate = plan.candidate
    place = (candidate.form, candidate.region) if candidate.name else (candidate.selector,)
    return (plan.action, candidate.role, candidate.name.casefold(), *place)


def _queue(offer: Offer, wanted: Sequence[str]) -> list[Candidate]:
    """Returns what is tried, in order; the page itself where it hears keys and has no canvas."""
    if offer.top & KEYED and not offer.canvas:
        offer = replace(offer, candidates=(*offer.candidates, PAGE))
    found = ranked(offer, wanted)
    return [each for each in found if each.tag != "canvas" or each.listeners or offer.top & (KEYED | GRABBED)]


def _hover(selector: str) -> Plan:
    """Returns what opens a menu when the pointer comes over it: no trial by itself."""
    return Plan(PAGE, Act("hover", selector), "", "hover")


def _opener(offer: Offer) -> Candidate | None:
    """Returns the button that takes away what covers the page, where much of it is covered; None where nothing does."""
    inside = [each for each in offer.candidates if each.inside]
    covered = [each for each in inside if each.covered]
    if not covered:
        return None
    free = [
        each
        for each in inside
        if not each.covered and each.role in ("button", "generic", "link") and not each.anchors
    ]
    close = [each for each in free if set(words_of(each.name)) & AWAY or each.name in ("x", "×", "✕", "✖")]
    much = len(covered) * 3 >= len(inside)
    over = [
        each for each in free if each.region == "dialog" or each.selector.startswith(covered[0].cover or "?")
    ]
    return next(iter([*close, *(over if much else [])]), None)
