"""From a candidate to the trials that could show what it does, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from codepaint_env.canvases.html.explore.candidate import GRABBED, TICKED, Candidate, Offer, words_of
from codepaint_env.canvases.html.explore.plan import Act, Plan
from codepaint_env.canvases.html.explore.ranking import AFTERWARDS, AWAY
from codepaint_env.canvases.html.explore.writing import seeks, text_for

TAKES = frozenset(
    words_of(
        "add apply ask book calculate check compute continue convert create enter find generate go guess "
        "log next ok order pay post register reserve save search send sign submit subscribe translate "
        "update vote "
    )
)
STARTS = frozenset({"start", "play", "begin", "run", "go", "launch"})
ARROWS = ("ArrowUp", "ArrowRight")
OTHER_KEYS = ("ArrowLeft", "ArrowDown", "Space")
LETTERS = ("w", "d", "Enter")
COUNTDOWN_MS = 3_600  # after which a game that counts down has begun
HOLD_MS = 256
POINTED = frozenset({"click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart"})
KEYED = frozenset({"keydown", "keyup", "keypress"})
MOST_FIELDS = 12
MOST_DRAGS = 3  # of one thing
_HOLDS = frozenset({"hold", "holding", "press"})
PAGE = Candidate("body", tag="body", role="application", name="the page", box=(0, 0, 0, 0))


def plans_for(candidate: Candidate, offer: Offer) -> list[Plan]:
    """Returns the trials of a candidate that need no other step first; empty where a person could not use it.

    Args:
        candidate: What is tried.
        offer: All that the page offers.
    """
    if candidate.role == "file" or candidate.readonly or plain_field(candidate, offer):
        return []
    if candidate.type == "color":
        return [
            _plan(
                candidate, _coloured(candidate), "choose", "Another colour should change what the page shows."
            )
        ]
    if candidate.role == "application" or (candidate.tag == "canvas"):
        return _canvas(candidate, offer)
    if candidate.type == "range":
        return [_plan(candidate, _slide(candidate), "move", "Moving {it} should change what it stands for.")]
    if candidate.role == "slider":
        press = Act("press", candidate.selector, keys=("ArrowRight",) * 3, name=candidate.name)
        return [
            _plan(candidate, press, "press", "Moving {it} by its keys should change what it stands for."),
            *_drags(candidate),
        ]
    if candidate.tag == "select":
        act = choose(candidate)
        return (
            []
            if act is None
            else [
                _plan(candidate, act, "choose", "Another choice in {it} should change what the page shows.")
            ]
        )
    if candidate.writes:
        return _writing(candidate, offer)
    if candidate.drags and (candidate.role not in ("button", "link") or not candidate.hears(("click",))):
        clicks = (
            candidate.hears(("click",)) or "click" in candidate.handed or candidate.role in ("button", "link")
        )
        return [*_drags(candidate)[: MOST_DRAGS - clicks], *([_clicked(candidate)] if clicks else [])]
    if candidate.hears(("dblclick",)) and not candidate.hears(("click", "pointerdown", "mousedown")):
        act = Act("double_click", candidate.selector, candidate.target, name=candidate.name)
        return [
            _plan(candidate, act, "double-click", "A double click on {it} should change what the page shows.")
        ]
    if candidate.hears(("contextmenu",)) and not candidate.hears(("click", "pointerdown", "mousedown")):
        act = Act("right_click", candidate.selector, candidate.target, name=candidate.name)
        return [_plan(candidate, act, "right-click", "A right click on {it} should open a menu.")]
    if candidate.hears(("wheel", "mousewheel")) and not candidate.hears(POINTED):
        act = Act("wheel", candidate.selector, name=candidate.name)
        return [_plan(candidate, act, "wheel", "Turning the wheel over {it} should change what it shows.")]
    filled, clicked = _filled(candidate, offer), _clicked(candidate)
    first = next(iter(words_of(candidate.name)), "")
    parts = [replace(clicked, act=replace(clicked.act, target=part)) for part in candidate.parts]
    if candidate.submits or first in TAKES or not first:
        return [*filled, clicked, *parts, *_otherwise(candidate)]
    return [clicked, *filled, *parts, *_otherwise(candidate)]


def _otherwise(candidate: Candidate) -> list[Plan]:
    """Returns what else could be meant by what a control listens to: a long press, a drag, the other button."""
    plans: list[Plan] = []
    if candidate.hears(GRABBED) and not candidate.hears(("click",)):
        hold = Act("hold", candidate.selector, candidate.target, name=candidate.name)
        plans.append(
            _plan(candidate, hold, "press and hold", "Holding {it} should change what the page shows.")
        )
        dragged = _drags(candidate)[:1]
        holds = candidate.role in ("button", "link") or _HOLDS & set(words_of(candidate.name))
        plans = [*plans, *dragged] if holds else [*dragged, *plans]
    if candidate.hears(("dblclick",)) or (not candidate.listeners and "dblclick" in candidate.handed):
        act = Act("double_click", candidate.selector, candidate.target, name=candidate.name)
        plans.append(
            _plan(candidate, act, "double-click", "A double click on {it} should change what the page shows.")
        )
    if candidate.hears(("contextmenu",)) or (not candidate.listeners and "contextmenu" in candidate.handed):
        act = Act("right_click", candidate.selector, candidate.target, name=candidate.name)
        plans.append(_plan(candidate, act, "right-click", "A right click on {it} should open a menu."))
    return plans


def _drags(candidate: Candidate) -> list[Plan]:
    """Returns the trials of dragging something, the likeliest place first."""
    expectation = "Dragging {it} should move it or change what the page shows."
    acts = [Act("drag", candidate.selector, to=to, name=candidate.name) for to in candidate.drops or ("",)]
    return [_plan(candidate, act, "drag", expectation) for act in acts]


def _coloured(candidate: Candidate) -> Act:
    value = "#1e90ff" if candidate.value.lower() != "#1e90ff" else "#d2691e"
    return Act("set", candidate.selector, candidate.target, text=value, name=candidate.name)


def _clicked(candidate: Candidate) -> Plan:
    if candidate.role in TICKED:
        act = Act("tick", candidate.selector, candidate.target, name=candidate.name)
        return _plan(candidate, act, "click", "Choosing {it} should change what the page shows.")
    act = Act("click", candidate.selector, candidate.target, name=candidate.name)
    left, top, right, bottom = candidate.box
    if candidate.hears(GRABBED) and not candidate.hears(("click",)) and right - left >= 4 * (bottom - top):
        act = replace(act, kind="slide", part=0.8)  # a track, whose knob may stand in its middle
    expectation = "Pressing {it} should change what the page shows."
    if candidate.role == "tab":
        expectation = "Choosing {it} should show what belongs to it."
    elif candidate.haspopup or candidate.expanded:
        expectation = "Pressing {it} should open or close what it controls."
    elif candidate.anchors:
        expectation = "Following {it} should lead somewhere."
    elif candidate.submits:
        expectation = "Pressing {it} with nothing filled in should say what is missing."
    return _plan(candidate, act, "click", expectation, spread=candidate.submits)


def _filled(candidate: Candidate, offer: Offer) -> list[Plan]:
    """Returns the trial of a button after all the fields that it goes with were filled in; none where it has none."""
    first = next(iter(words_of(candidate.name)), "")
    prefix = fills(candidate, offer)
    if not prefix or (not candidate.submits and (first in AWAY or candidate.role == "tab")):
        return []
    act = Act("click", candidate.selector, candidate.target, name=candidate.name)
    fresh = first not in AFTERWARDS
    action = "fill in and submit" if candidate.submits else "fill in and click"
    expectation = "Pressing {it} with the fields filled in should show that they were taken."
    return [_plan(candidate, act, action, expectation, prefix=prefix, spread=fresh)]


def fills(candidate: Candidate, offer: Offer) -> tuple[Act, ...]:
    """Returns the acts that fill in every field that a button goes with."""
    acts: list[Act] = []
    groups: set[str] = set()
    for selector in candidate.fields[:MOST_FIELDS]:
        field = offer.by_selector(selector)
        if field is None or not field.enabled or field.readonly or field.selector == candidate.selector:
            continue
        if field.writes:
            acts.append(Act("type", selector, text=text_for(field, offer.items), name=field.name))
        elif field.tag == "select":
            act = choose(field)
            acts += [act] if act is not None else []
        elif field.role in ("checkbox", "switch") and not field.checked:
            acts.append(Act("tick", selector, field.target, name=field.name))
        elif field.role == "radio" and not field.checked and field.hint.split()[:1] != []:
            group = field.hint.split()[0]
            if group not in groups:
                groups.add(group)
                acts.append(Act("tick", selector, field.target, name=field.name))
        elif field.type == "range" and not candidate.submits:
            acts.append(_slide(field))
        elif field.type == "color" and not candidate.submits:
            acts.append(_coloured(field))
    return tuple(acts)


def _writing(candidate: Candidate, offer: Offer) -> list[Plan]:
    text = text_for(candidate, offer.items)
    act = Act("type", candidate.selector, text=text, name=candidate.name)
    plans = [_plan(candidate, act, "type", f"Typing “{text}” into {{it}} should change what the page shows.")]
    if candidate.seeks:
        keys = Act("press", candidate.selector, keys=("ArrowDown", "Enter"), name=candidate.name)
        expectation = f"The first that is offered for “{text}” in {{it}} should be taken."
        plans.append(_plan(candidate, keys, "type and choose", expectation, prefix=(act,)))
    if candidate.tag == "input" and candidate.type not in ("date", "time", "month", "week", "color"):
        enter = Act("press", candidate.selector, keys=("Enter",), name=candidate.name)
        expectation = f"Enter after “{text}” in {{it}} should change what the page shows."
        plans.append(
            _plan(
                candidate,
                enter,
                "type and press Enter",
                expectation,
                prefix=(act,),
                spread=not seeks(candidate),
            )
        )
    return plans


def _canvas(candidate: Candidate, offer: Offer) -> list[Plan]:
    """Returns the trials of a canvas, or of a page that hears keys: after Start where there is one."""
    start = starter(offer, candidate)
    keyed = offer.top & KEYED or candidate.hears(KEYED)
    plans: list[Plan] = []
    if keyed:
        named = tuple(dict.fromkeys(offer.keys))
        rows = [named[:1], named[1:2], named[2:5] or ARROWS] if named else [ARROWS, OTHER_KEYS, LETTERS]
        if candidate.role == "application" and not named:
            rows = [ARROWS, ("Space", "Enter", "d", "s")]  # most pages that hear keys hear but Escape
        for keys in filter(None, rows):
            act = Act("press", "", keys=keys, hold_ms=HOLD_MS, name=candidate.name)
            expectation = (
                "Its keys should move something in {it}."
                if candidate.tag == "canvas"
                else "Keys should change what the page shows."
            )
            plan = _plan(candidate, act, "press", expectation)
            if start is not None:
                prefix = (Act("click", start.selector, start.target, name=start.name),)
                plan = replace(plan, prefix=prefix, action="start, then press")
            elif set(named[:1]) & {"Space", "Enter"} and keys != named[:1]:
                plan = replace(plan, prefix=(Act("press", "", keys=named[:1], hold_ms=HOLD_MS),))
            plans.append(plan)
        if start is not None:
            wait = Act("wait", hold_ms=COUNTDOWN_MS)
            plans[-1] = replace(plans[0], prefix=(*plans[0].prefix, wait), action="start, wait, then press")
    if candidate.hears(POINTED) or set(candidate.handed) & POINTED or offer.top & GRABBED:
        click = Act("click", candidate.selector, name=candidate.name)
        draws = not candidate.hears(("click",)) or candidate.hears(("mousemove", "pointermove", "touchmove"))
        drag = Act("drag", candidate.selector, name=candidate.name)
        expectation = "Dragging over {it} should change what it shows."
        plans += [_plan(candidate, drag, "drag", expectation)] if draws else []
        taps = Act("taps", candidate.selector, name=candidate.name)
        for act in (click, taps):
            plans.append(_plan(candidate, act, "click", "A click on {it} should change what it shows."))
        if start is not None:
            prefix = (Act("click", start.selector, start.target, name=start.name),)
            plans = [
                replace(plan, prefix=prefix, action=f"start, then {plan.action}") if not plan.prefix else plan
                for plan in plans
            ]
    if candidate.hears(("wheel", "mousewheel")):
        plans.append(
            _plan(
                candidate,
                Act("wheel", candidate.selector, name=candidate.name),
                "wheel",
                "Turning the wheel over {it} should change what it shows.",
            )
        )
    return plans


def starter(offer: Offer, other: Candidate | None = None) -> Candidate | None:
    """Returns the button that starts something, or None."""
    for candidate in offer.candidates:
        words = words_of(candidate.name)
        starts = words and (words[0] in STARTS or words[:2] == ["new", "game"] or words[-1:] == ["start"])
        if (
            starts
            and candidate.enabled
            and candidate is not other
            and candidate.role in ("button", "generic", "link")
            and not candidate.anchors
        ):
            return candidate
    return None


def choose(candidate: Candidate) -> Act | None:
    """Returns the act that chooses another option of a select by its keys; None where there is none."""
    chosen = next((number for number, (_, is_chosen) in enumerate(candidate.options) if is_chosen), 0)
    last = len(candidate.options) - 1
    if last < 1:
        return None
    wanted = chosen + 1 if chosen < last else chosen - 1
    keys = ("ArrowDown",) * (wanted - chosen) if wanted > chosen else ("ArrowUp",) * (chosen - wanted)
    return Act("choose", candidate.selector, keys=keys, name=candidate.name)


def _slide(candidate: Candidate) -> Act:
    least, most = _number(candidate.limits[0], 0.0), _number(candidate.limits[1], 100.0)
    now = (_number(candidate.value, (least + most) / 2) - least) / ((most - least) or 1.0)
    return Act("slide", candidate.selector, part=0.8 if now < 0.55 else 0.2, name=candidate.name)


def _number(text: str, otherwise: float) -> float:
    try:
        return float(text)
    except ValueError:
        return otherwise


def _plan(
    candidate: Candidate,
    act: Act,
    action: str,
    expectation: str,
    *,
    prefix: tuple[Act, ...] = (),
    spread: bool = False,
) -> Plan:
    name = f' "{candidate.name}"' if candidate.name else ""
    role = {"generic": "element", "application": ""}.get(candidate.role, candidate.role)
    it = f"the {role}{name}" if role else candidate.name
    return Plan(candidate, act, expectation.replace("{it}", it), action, prefix, spread)


def click_of(candidate: Candidate) -> Act:
    """Returns the act of pressing a control, as a first step of another's trial."""
    return Act("click", candidate.selector, candidate.target, name=candidate.name)


def afterwards(candidate: Candidate) -> str:
    """Returns the word for what shows nothing by itself, such as `undo`, `reset` or `pause`; `""` for all else."""
    return next((word for word in words_of(candidate.name)[:2] if word in AFTERWARDS), "")


def plain_field(candidate: Candidate, offer: Offer) -> bool:
    """True for a field that only holds a value for a button beside it: no user expects more of it by itself."""
    owned = any(candidate.selector in each.fields for each in offer.candidates)
    holds = (
        candidate.writes
        or candidate.tag == "select"
        or candidate.role in ("checkbox", "radio")
        or candidate.type == "range"
    )
    hears = candidate.hears(("input", "change", "keyup", "keydown", "click"))
    return owned and holds and not hears


def related(plans: Sequence[Plan], plan: Plan) -> Plan | None:
    """Returns the credited trial that is likeliest to have prepared something for another: in its own region first."""
    others = [each for each in plans if each.candidate.selector != plan.candidate.selector]
    return next(
        (each for each in others if each.candidate.parent == plan.candidate.parent), next(iter(others), None)
    )
