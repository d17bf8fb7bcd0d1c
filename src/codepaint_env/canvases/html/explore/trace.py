"""The trace of what was tried, in words that are the same whenever the same page is tried."""

from __future__ import annotations

from collections.abc import Sequence

from codepaint_env.canvases.html.explore.difference import Change
from codepaint_env.canvases.html.explore.trial import Trial, navigated
from rewards.types import Interaction

MOST = 90  # letters of a text that are told


def interaction(step: int, trial: Trial, *, judged: bool, note: str = "") -> Interaction:
    """Returns the trace of one step.

    Args:
        step: Its number, from 1.
        trial: What came of it.
        judged: False where nothing can be said of the control.
        note: Why not, in place of the effect; `""` takes the trial's own reason.
    """
    candidate = trial.plan.candidate
    role = "element" if candidate.role == "generic" else candidate.role
    credited = bool(trial.changes) if judged else None
    box = trial.shown.aim.box if trial.shown and trial.shown.aim else candidate.box
    effect = effect_of(trial) if judged else note or trial.unfit
    evidence = f"step-{step}-after" if trial.shown is not None else "It was not done."
    return Interaction(
        step=step,
        action=trial.plan.action,
        role=role,
        name=candidate.name,
        selector=candidate.selector,
        box=box if any(box) else None,
        expectation=trial.plan.expectation,
        effect=effect,
        credited=credited,
        evidence=evidence,
    )


def effect_of(trial: Trial) -> str:
    """Returns in words what an act changed; `""` where it changed nothing and nothing else happened."""
    if trial.changes:
        first, more = told(trial.changes[0]), len(trial.changes) - 1
        return f"{first} {more} more {'thing' if more == 1 else 'things'} changed." if more else first
    if trial.stuck:
        return trial.stuck
    events = trial.shown.events if trial.shown else ()
    said = [navigated(events)]
    dialogs = sum(event.kind == "dialog" for event in events)
    said.append("It showed a dialog and nothing else." if dialogs == 1 else "")
    said.append(f"It showed {dialogs} dialogs and nothing else." if dialogs > 1 else "")
    errors = [event.text for event in events if event.kind == "error"]
    said.append(f"An error was thrown: {_short(errors[0])}" if errors else "")
    return " ".join(each for each in said if each)


def told(change: Change) -> str:
    """Returns one change as a sentence."""
    it, before, after = f'"{change.selector}"', _short(change.before), _short(change.after)
    match change.kind:
        case "text":
            return f'The text of {it} changed from "{before}" to "{after}".'
        case "appeared":
            return f'{it} appeared, with the text "{after}".' if after else f"{it} appeared."
        case "vanished":
            return f'{it} vanished, with the text "{before}".' if before else f"{it} vanished."
        case "state" | "value":
            return f'The {change.name} of {it} changed from "{before}" to "{after}".'
        case "pixels":
            return f"The picture on {it} changed."
        case "scrolled":
            return f"{it} scrolled from {before or '0,0'} to {after or '0,0'}."
        case "moved" if not before:
            return f'"{after}" stands in another place: {it}.'
        case "moved":
            return f"{it} changed its place or size, from {before} to {after}."
        case "looks":
            return f"The colours or style of {it} changed."


def _short(text: str) -> str:
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"


def credited_changes(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Returns changes as they count, those that say most first."""
    return tuple(sorted(changes))
