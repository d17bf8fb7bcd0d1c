"""One trial: the page acted on against the page left alone, and what of the difference is an effect."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codepaint_env.canvases.html.events import PageEvent
from codepaint_env.canvases.html.explore.arm import Alone, OpenPage, Setting, Shown, acted_on, left_alone
from codepaint_env.canvases.html.explore.candidate import Offer
from codepaint_env.canvases.html.explore.difference import Change, differences, passing, without_waiting
from codepaint_env.canvases.html.explore.eyes import Left
from codepaint_env.canvases.html.explore.hands import Unfit
from codepaint_env.canvases.html.explore.plan import Plan
from codepaint_env.canvases.html.explore.sight import CLOSED, HOVERS, LEAVES
from codepaint_env.canvases.html.explore.snapshot import Snapshot
from codepaint_env.canvases.html.watch import PageStopped

if TYPE_CHECKING:
    from codepaint_env.canvases.html.virtual_page import VirtualPage

CLICKS = frozenset({"click", "mousedown", "mouseup", "pointerdown", "pointerup", "auxclick"})
ROUTES = frozenset({"hashchange", "popstate"})


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What came of a plan.

    Attributes:
        plan: What was done.
        changes: The effect, what says most first; empty where there was none.
        shown: The page acted on; None where the act could not be done.
        unfit: Why it could not; `""` where it could.
        stuck: What the page did that ended the trial, such as to leave or to hang; `""` mostly.
        died: True if the page came to a limit.
        passed: What it said for a while where nothing lasting changed; `""` mostly.
    """

    plan: Plan
    changes: tuple[Change, ...] = ()
    shown: Shown | None = None
    unfit: str = ""
    stuck: str = ""
    died: bool = False
    passed: str = ""

    @property
    def judged(self) -> bool:
        """True if a person could do it, so that the page must answer for what came of it."""
        return not self.unfit


class Trials:
    """Runs plans on one page; what was left alone in the same way is run once and shared.

    Args:
        open_page: Opens and loads the page anew.
        offer: What it offers.
        setting: What all trials have in common.
        spare: The page as it was looked at, on which nothing was done; closed by whoever opened it.
    """

    def __init__(
        self, open_page: OpenPage, offer: Offer, setting: Setting, spare: VirtualPage | None
    ) -> None:
        self._open_page = open_page
        self._spare = spare
        self._before: dict[tuple[object, ...], bytes] = {}
        self._offer = offer
        self._setting = replace(setting, closed=CLOSED in offer.hears)
        self._alone: dict[tuple[object, ...], Shown] = {}

    async def run(self, plan: Plan) -> Trial:
        """Tries a plan out."""
        if self._spare is not None and not plan.prefix:
            with suppress(Left, PageStopped, Unfit):
                await self._left_alone(plan, Alone())  # while the page that was looked at is still open
        try:
            shown = await self._acted_on(plan)
        except Unfit as unfit:
            return Trial(plan, unfit=str(unfit))
        except Left as left:
            return Trial(plan, stuck=str(left))
        except PageStopped as stopped:
            return Trial(plan, stuck=f"The page did not survive it: {stopped}", died=True)
        changes = await self._effect(plan, shown)
        control = None if changes else self._alone.get(self._key(plan, Alone()))
        return Trial(plan, tuple(changes), shown, passed=_passed(shown, control) if control else "")

    async def _effect(self, plan: Plan, shown: Shown) -> list[Change]:
        """Returns what the act changed, after all that is no effect was taken away."""
        try:
            return await self._changes(plan, shown)
        except (Left, PageStopped, Unfit):
            return []  # left alone, the page is gone as well: nothing shows what the act did

    async def _changes(self, plan: Plan, shown: Shown) -> list[Change]:
        plain = Alone()
        control = await self._left_alone(plan, plain)
        if _count(shown, "navigation") > _count(control, "navigation"):
            return []
        if shown.settled.scroll != control.settled.scroll:
            # What a scroll reveals is not what the act did.
            plain = Alone(scroll=shown.settled.scroll)
            control = await self._left_alone(plan, plain)
        changes = _between(shown, control)
        if plan.candidate.role == "summary":
            changes = [change for change in changes if change.certain]  # the browser itself moves all else
        if not changes:
            return []
        changes = without_waiting(self._without_focus(changes, shown, control))
        changes = self._without_route(changes, shown, control)
        restless = bool(differences(shown.prior, control.prior))
        if changes and (over := self._second_look(plan, restless=restless)) is not None:
            other = await self._left_alone(plan, replace(over, scroll=plain.scroll))
            changes = _without_noise(changes, control, other)
            if restless:
                before = differences(_unowned(shown.prior), control.prior)
                moving = {change.selector for change in before}
                changes = [change for change in changes if change.selector not in moving]
        if changes and self._offer.clocks:
            # A page may work only where its clock stands still while it computes, as no person's does.
            again = await self._acted_on(plan, ticking=True)
            still = {change.selector for change in _between(again, control)}
            changes = [change for change in changes if change.selector in still]
        return changes

    def _without_focus(self, changes: list[Change], shown: Shown, control: Shown) -> list[Change]:
        """Takes away what a style sheet shows for the element with the focus."""
        if any(change.certain for change in changes) or self._offer.hears & LEAVES:
            return changes
        kept = {
            change.selector
            for change in differences(shown.left, control.left, pressed=shown.pressed, dragged=shown.dragged)
        }
        return [change for change in changes if change.selector in kept]

    def _without_route(self, changes: list[Change], shown: Shown, control: Shown) -> list[Change]:
        """Takes away what a style sheet shows for the part of the page that its address names."""
        moved = _count(shown, "history") > _count(control, "history")
        same = shown.settled.fragment == control.settled.fragment
        if not moved or same or self._offer.hears & ROUTES:
            return changes
        return (
            changes if any(change.certain and change.kind in ("text", "pixels") for change in changes) else []
        )

    def _second_look(self, plan: Plan, *, restless: bool) -> Alone | None:
        """Returns how else the page is to be left alone, to tell what any pointer or click would do; None if nothing.

        Args:
            plan: What is tried.
            restless: True for a page that is not the same from one time to the next, before anything was done to it.
        """
        hovers, clicks = bool(self._offer.hears & HOVERS), bool(self._offer.top & CLICKS)
        if plan.act.kind in ("press", "choose") and not plan.act.selector:
            return Alone(second=True) if restless else None
        return Alone(second=True, over=hovers) if hovers or clicks or restless else None

    async def _acted_on(self, plan: Plan, *, ticking: bool = False) -> Shown:
        place = (plan.prefix, _reached(plan))
        page = await self._open_page()
        try:
            shown = await acted_on(page, plan, self._setting, before=self._before.get(place), ticking=ticking)
        finally:
            await page.close()
        if shown.before is not None:
            self._before[place] = shown.before  # what was done alike shows alike
        return shown

    def _key(self, plan: Plan, alone: Alone) -> tuple[object, ...]:
        """Returns what pages left alone have in common of which one speaks for the others."""
        over = (plan.act.selector, plan.act.to) if alone.over else ("", "")
        return plan.prefix, plan.act.shape, _reached(plan), alone, over

    async def _left_alone(self, plan: Plan, alone: Alone) -> Shown:
        key = self._key(plan, alone)
        if key not in self._alone:
            page, self._spare = (self._spare, None) if not plan.prefix else (None, self._spare)
            page = page or await self._open_page()
            try:
                self._alone[key] = await left_alone(page, plan, self._setting, alone)
            finally:
                await page.close()
        return self._alone[key]


def _reached(plan: Plan) -> str:
    """Returns the element that is scrolled to before the act; `""` where nothing has to scroll."""
    return "" if plan.candidate.inside and not plan.prefix else plan.act.target or plan.act.selector


def _count(shown: Shown, kind: str) -> int:
    return sum(event.kind == kind for event in shown.events)


def _passed(shown: Shown, control: Shown) -> str:
    """Returns what was said soon after the act and taken back; `""` for what still stands, whatever it is worth."""
    pressed = shown.pressed
    stands = {change.selector for change in differences(shown.settled, control.settled, pressed=pressed)}
    early = differences(shown.early, control.early, pressed=pressed)
    return passing([change for change in early if change.selector not in stands])


def _between(shown: Shown, control: Shown) -> list[Change]:
    pressed = shown.pressed
    changes = differences(shown.settled, control.settled, pressed=pressed, dragged=shown.dragged)
    if not changes and shown.played:
        changes = differences(shown.early, control.early, pressed=pressed)
    return changes


def _without_noise(changes: list[Change], control: Shown, other: Shown) -> list[Change]:
    """Takes away what follows the pointer, and what any click does to what it meets."""
    noisy = differences(_unowned(other.settled), _unowned(control.settled))
    noise = {change.selector for change in noisy}
    tinted = any(place in noise for place in (*control.inert, *other.inert))
    kinds = {change.kind for change in noisy if change.selector in (*control.inert, *other.inert)}
    kept = [change for change in changes if change.selector not in noise]
    if tinted:
        kept = [change for change in kept if not (change.own and change.kind in kinds | {"looks"})]
    if any(_wordless(change) for change in noisy):
        kept = [change for change in kept if not _wordless(change)]
    return kept


def _wordless(change: Change) -> bool:
    """True for what comes or goes and says nothing, such as a sparkle."""
    return change.kind in ("appeared", "vanished") and not re.search(r"\w", change.before + change.after)


def _unowned(snapshot: Snapshot) -> Snapshot:
    """Returns a snapshot in which nothing counts as acted on."""
    elements = {name: replace(element, own="") for name, element in snapshot.elements.items()}
    return Snapshot(elements, snapshot.scroll, snapshot.height, snapshot.picture, snapshot.fragment)


def navigated(events: tuple[PageEvent, ...]) -> str:
    """Returns what leads away from the page among its events, in words; `""` if nothing does."""
    for event in events:
        if event.kind in ("navigation", "popup", "download", "file_chooser"):
            return {
                "navigation": "It would have left the page.",
                "popup": "It would have opened another window.",
                "download": "It would have started a download.",
                "file_chooser": "It asked for a file.",
            }[event.kind]
    return ""
