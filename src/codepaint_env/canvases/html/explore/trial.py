"""One trial: the page acted on against the page left alone, and what of the difference is an effect."""

from __future__ import annotations

from dataclasses import dataclass, replace

from codepaint_env.canvases.html.events import PageEvent
from codepaint_env.canvases.html.explore.arm import Alone, OpenPage, Setting, Shown, acted_on, left_alone
from codepaint_env.canvases.html.explore.candidate import Offer
from codepaint_env.canvases.html.explore.difference import Change, differences, without_waiting
from codepaint_env.canvases.html.explore.hands import Unfit
from codepaint_env.canvases.html.explore.plan import Plan
from codepaint_env.canvases.html.explore.sight import CLOSED, HOVERS, LEAVES
from codepaint_env.canvases.html.explore.snapshot import Snapshot

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
        stuck: What the page did that ended the trial, such as to hang; `""` mostly.
    """

    plan: Plan
    changes: tuple[Change, ...] = ()
    shown: Shown | None = None
    unfit: str = ""
    stuck: str = ""

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
    """

    def __init__(self, open_page: OpenPage, offer: Offer, setting: Setting) -> None:
        self._open_page = open_page
        self._offer = offer
        self._setting = replace(setting, closed=CLOSED in offer.hears)
        self._alone: dict[tuple[object, ...], Shown] = {}

    async def run(self, plan: Plan) -> Trial:
        """Tries a plan out."""
        try:
            shown = await self._acted_on(plan)
        except Unfit as unfit:
            return Trial(plan, unfit=str(unfit))
        changes = await self._effect(plan, shown)
        return Trial(plan, tuple(changes), shown)

    async def _effect(self, plan: Plan, shown: Shown) -> list[Change]:
        """Returns what the act changed, after all that is no effect was taken away."""
        if any(event.kind == "navigation" for event in shown.events):
            return []
        plain = Alone()
        control = await self._left_alone(plan, plain)
        if shown.settled.scroll != control.settled.scroll:
            # What a scroll reveals is not what the act did.
            plain = Alone(scroll=shown.settled.scroll)
            control = await self._left_alone(plan, plain)
        changes = _between(plan, shown, control, frozenset())
        if not changes:
            return []
        changes = without_waiting(self._without_focus(changes, plan, shown, control))
        changes = self._without_route(changes, shown)
        if changes and (over := self._second_look(plan)) is not None:
            other = await self._left_alone(plan, replace(over, scroll=plain.scroll))
            changes = _without_noise(changes, control, other)
        return changes

    def _without_focus(self, changes: list[Change], plan: Plan, shown: Shown, control: Shown) -> list[Change]:
        """Takes away what a style sheet shows for the element with the focus."""
        if any(change.certain for change in changes) or self._offer.hears & LEAVES:
            return changes
        pressed = shown.aim.point if shown.aim else None
        kept = {change.selector for change in differences(shown.left, control.left, pressed=pressed)}
        return [change for change in changes if change.selector in kept]

    def _without_route(self, changes: list[Change], shown: Shown) -> list[Change]:
        """Takes away what a style sheet shows for the part of the page that its address names."""
        moved = any(event.kind == "history" for event in shown.events)
        if not moved or self._offer.hears & ROUTES:
            return changes
        return (
            changes if any(change.certain and change.kind in ("text", "pixels") for change in changes) else []
        )

    def _second_look(self, plan: Plan) -> Alone | None:
        """Returns how else the page is to be left alone to tell what any pointer or click would do; None if nothing."""
        hovers, clicks = bool(self._offer.hears & HOVERS), bool(self._offer.top & CLICKS)
        if plan.act.kind in ("press", "choose") and not plan.act.selector:
            return None
        return Alone(second=True, over=hovers) if hovers or clicks else None

    async def _acted_on(self, plan: Plan) -> Shown:
        page = await self._open_page()
        try:
            return await acted_on(page, plan, self._setting)
        finally:
            await page.close()

    async def _left_alone(self, plan: Plan, alone: Alone) -> Shown:
        reached = "" if plan.candidate.inside and not plan.prefix else plan.act.target or plan.act.selector
        over = plan.act.selector if alone.over else ""
        key = (plan.prefix, plan.act.shape, reached, alone, over)
        if key not in self._alone:
            page = await self._open_page()
            try:
                self._alone[key] = await left_alone(page, plan, self._setting, alone)
            finally:
                await page.close()
        return self._alone[key]


def _between(plan: Plan, shown: Shown, control: Shown, noise: frozenset[str]) -> list[Change]:
    pressed = shown.aim.point if shown.aim else None
    changes = differences(shown.settled, control.settled, pressed=pressed, noise=noise)
    if not changes and shown.early is not None and control.early is not None:
        changes = differences(shown.early, control.early, pressed=pressed, noise=noise)
    return changes


def _without_noise(changes: list[Change], control: Shown, other: Shown) -> list[Change]:
    """Takes away what follows the pointer, and what any click does to what it meets."""
    noisy = differences(_unowned(other.settled), _unowned(control.settled))
    noise = {change.selector for change in noisy}
    tinted = any(place in noise for place in (*control.inert, *other.inert))
    kinds = {change.kind for change in noisy if change.selector in (*control.inert, *other.inert)}
    sprinkled = {change.kind for change in noisy if change.kind in ("appeared", "vanished")}
    kept = [change for change in changes if change.selector not in noise]
    if tinted:
        kept = [change for change in kept if not (change.own and change.kind in kinds | {"looks"})]
    if sprinkled:
        kept = [
            change for change in kept if not (change.kind in sprinkled and not change.before + change.after)
        ]
    return kept


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
