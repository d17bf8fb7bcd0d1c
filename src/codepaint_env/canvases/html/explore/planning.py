"""From a candidate to the trials that could show what it does, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from codepaint_env.canvases.html.explore.candidate import TICKED, Candidate, Offer, words_of
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
HOLD_MS = 256
POINTED = frozenset({"click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart"})
KEYED = frozenset({"keydown", "keyup", "keypress"})
MOST_FIELDS = 12
PAGE = Candidate("body", tag="body", role="application", name="the page", box=(0, 0, 0, 0))


def plans_for(candidate: Candidate, offer: Offer) -> list[Plan]:
    """Returns the trials of a candidate that need no other step first; empty where a person could not use it.

    Args:
        candidate: What is tried.
        offer: All that the page offers.
    """
    if candidate.role in ("file", "color") or candidate.readonly or plain_field(candidate, offer):
        return []
    if candidate.role == "application" or (candidate.tag == "canvas"):
        return _canvas(candidate, offer)
    if candidate.type == "range":
        return [_plan(candidate, _slide(candidate), "move", "Moving {it} should change what it stands for.")]
    if candidate.role == "slider":
        press = Act("press", candidate.selector, keys=("ArrowRight",) * 3, name=candidate.name)
        return [
            _plan(candidate, press, "press", "Moving {it} by its keys should change what it stands for."),
            _plan(candidate, _drag(candidate), "drag", "Dragging {it} should change what it stands for."),
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
    if candidate.drags and candidate.role not in ("button", "link"):
        plans = [
            _plan(
                candidate,
                _drag(candidate),
                "drag",
                "Dragging {it} should move it or change what the page shows.",
            )
        ]
        return plans + ([_clicked(candidate)] if candidate.hears(("click",)) else [])
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
    return [*filled, clicked] if candidate.submits or first in TAKES or not first else [clicked, *filled]


def _clicked(candidate: Candidate) -> Plan:
    if candidate.role in TICKED:
        act = Act("tick", candidate.selector, candidate.target, name=candidate.name)
        return _plan(candidate, act, "click", "Choosing {it} should change what the page shows.")
    act = Act("click", candidate.selector, candidate.target, name=candidate.name)
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
    return tuple(acts)


def _writing(candidate: Candidate, offer: Offer) -> list[Plan]:
    text = text_for(candidate, offer.items)
    act = Act("type", candidate.selector, text=text, name=candidate.name)
    plans = [_plan(candidate, act, "type", f"Typing “{text}” into {{it}} should change what the page shows.")]
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
        rows = [named[:1], named[1:4], ARROWS] if named else [ARROWS, OTHER_KEYS, LETTERS]
        if candidate.role == "application" and not named:
            rows = [ARROWS]  # most pages that hear keys hear but Escape
        for keys in filter(None, rows):
            act = Act("press", "", keys=keys, hold_ms=HOLD_MS, name=candidate.name)
            expectation = (
                "Its keys should move something in {it}."
                if candidate.tag == "canvas"
                else "Keys should change what the page shows."
            )
            plan = _plan(candidate, act, "press", expectation)
            if start is not None:
                plans.append(
                    replace(
                        plan,
                        prefix=(Act("click", start.selector, start.target, name=start.name),),
                        action="start, then press",
                    )
                )
            else:
                plans.append(plan)
    if candidate.hears(POINTED):
        click = Act("click", candidate.selector, name=candidate.name)
        if not candidate.hears(("click",)) or candidate.hears(("mousemove", "pointermove", "touchmove")):
            plans.append(
                _plan(candidate, _drag(candidate), "drag", "Dragging over {it} should change what it shows.")
            )
        plans.append(_plan(candidate, click, "click", "A click on {it} should change what it shows."))
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


def _drag(candidate: Candidate) -> Act:
    return Act("drag", candidate.selector, to=candidate.drop, name=candidate.name)


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


def afterwards(candidate: Candidate) -> bool:
    """True for what shows nothing by itself: Undo, Reset, Pause."""
    return bool(set(words_of(candidate.name)[:2]) & AFTERWARDS)


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
