"""Runs one law over one subject: draws cases, counts, and shrinks the first that breaks it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure, Unsatisfiable

from rewards.testing.cases.described import to_json
from rewards.testing.law import Broken, Case, Law
from rewards.testing.report import ENOUGH, Outcome
from rewards.testing.shrinking import shrunk

SHRINKS = 400
SHRINKS_COSTLY = 40
MORE = 3  # times as many cases are drawn where the precondition was met too rarely
RAISED = "it raised"


class CaseFailed(Exception):
    """A case broke the law; the one kind of failure that Hypothesis sees, so that it shrinks towards one."""


def run(law: Law, subject: Any, *, examples: int, seed: int = 0, shrink: bool = True) -> Outcome:
    """Checks a law; the same arguments give the same outcome.

    Args:
        law: To check.
        subject: What its `check`, `draws` and `fixed` take.
        examples: How many cases are drawn; three times as many where too few met the precondition.
        seed: Of the draws.
        shrink: Look for a smaller case once one is found.
    """
    trial = _tried(law, subject, examples, seed, shrink)
    if law.draws is not None and trial.failure is None and 0 < trial.met < ENOUGH:
        trial = _tried(law, subject, MORE * examples, seed, shrink)
    if law.measured:
        told = trial.told if trial.failure is None else trial.failure[1]
        return Outcome(law, "measured", trial.tried, trial.met, told)
    if trial.failure is not None:
        case, reason = trial.smallest() if law.draws is not None and shrink else trial.failure
        return Outcome(law, "failed", trial.tried, trial.met, reason, case)
    least = trial.tried if law.draws is None else ENOUGH
    return Outcome(law, "weak" if trial.met < least else "passed", trial.tried, trial.met)


def _tried(law: Law, subject: Any, examples: int, seed: int, shrink: bool) -> _Trial:
    budget = 0 if not shrink else SHRINKS_COSTLY if getattr(subject, "costly", False) else SHRINKS
    trial = _Trial(law, subject, budget)
    if law.draws is None:
        for case in law.fixed(subject) if law.fixed is not None else [{}]:
            if trial.breaks(case):
                break
    else:
        _draw(trial, law.draws(subject), law.examples or examples, seed, shrink)
    return trial


def replay(law: Law, subject: Any, case: Case) -> Outcome:
    """Checks a law on one case."""
    trial = _Trial(law, subject, 0)
    trial.breaks(case)
    if trial.failure is not None:
        return Outcome(law, "failed", 1, trial.met, trial.failure[1], case)
    return Outcome(law, "passed" if trial.met else "weak", 1, trial.met)


def _draw(trial: _Trial, parts: Any, examples: int, seed: int, shrink: bool) -> None:
    @hypothesis.seed(seed)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=False,
        report_multiple_bugs=False,
        print_blob=False,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
    )
    @given(st.fixed_dictionaries(dict(parts)))
    def holds(case: Case) -> None:
        if trial.breaks(case):
            raise CaseFailed

    try:
        holds()
    except (CaseFailed, FlakyFailure):
        pass  # the trial remembers the case; a flaky reward broke the law all the same
    except Unsatisfiable:
        pass  # nothing could be drawn: no example, so the outcome is weak


@dataclass
class _Trial:
    """The cases that were tried, until the budget for shrinking is spent."""

    law: Law
    subject: Any
    budget: int
    tried: int = 0
    met: int = 0
    told: str = ""
    failure: tuple[Case, str] | None = None
    _broken: dict[str, str] = field(default_factory=dict)

    def breaks(self, case: Case) -> bool:
        key = json.dumps(to_json(case), sort_keys=True)
        if self.failure is None:
            self.tried += 1
        elif key in self._broken or self.budget <= 0:
            # Hypothesis tries the smallest case once more at the end; a case that broke the law stays broken.
            self._remember(case, key, self._broken.get(key))
            return key in self._broken
        else:
            self.budget -= 1
        met, reason = self._checked(case)
        self.met += met and self.failure is None
        self._remember(case, key, reason)
        return reason is not None

    def smallest(self) -> tuple[Case, str]:
        """Shrinks the case at hand on, to one that fails in the same manner, with what is left of the budget."""
        assert self.failure is not None
        case, reason = self.failure
        self.budget = max(self.budget, SHRINKS_COSTLY)
        raised = reason.startswith(RAISED)

        def breaks(other: Case) -> bool:
            self.budget -= 1
            if self.budget < 0:
                return False
            _, found = self._checked(other)
            return found is not None and found.startswith(RAISED) == raised

        case = shrunk(case, breaks)
        return case, self._checked(case)[1] or reason

    def _remember(self, case: Case, key: str, reason: str | None) -> None:
        if reason is not None:
            self._broken[key] = reason
            self.failure = (case, reason)

    def _checked(self, case: Case) -> tuple[bool, str | None]:
        try:
            met = self.law.check(self.subject, **case)
        except Broken as broken:
            return True, str(broken)
        except Exception as error:  # noqa: BLE001 (whatever the reward raises is what is wrong with it)
            return True, f"{RAISED} {type(error).__name__}: {str(error)[:200]}"
        if isinstance(met, str):
            self.told = met
        return bool(met), None
