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
from rewards.testing.law import Broken, Case, Law, Unchecked
from rewards.testing.report import ENOUGH, Outcome

SHRINKS = 400
SHRINKS_COSTLY = 40
MORE = 3  # times as many cases are drawn where the precondition was met too rarely
RAISED = "it raised"


class CaseFailed(Exception):
    """A case broke the law; the one kind of failure that Hypothesis sees, so that it shrinks towards one."""


def run(law: Law, subject: Any, *, examples: int, seed: int = 0, shrink: bool = True) -> Outcome:
    """Checks a law; the same arguments give the same outcome.

    Cases shrink as Hypothesis shrinks what a law draws, so that the smallest is one of those the law is about.

    Args:
        law: To check.
        subject: What its `check`, `draws` and `fixed` take.
        examples: How many cases are drawn; three times as many where too few met the precondition.
        seed: Of the draws.
        shrink: Look for a smaller case once one is found.
    """
    budget = 0 if not shrink else SHRINKS_COSTLY if getattr(subject, "costly", False) else SHRINKS
    trial = _Trial(law, subject, budget)
    if law.draws is None:
        for case in law.fixed(subject) if law.fixed is not None else [{}]:
            if trial.breaks(case):
                break
        return trial.outcome(least=trial.tried)
    _draw(trial, law.draws(subject), examples, seed, shrink)
    enough = min(ENOUGH, examples)
    if trial.failure is None and 0 < trial.met < enough:
        trial = _Trial(law, subject, budget)
        _draw(trial, law.draws(subject), MORE * examples, seed, shrink)
    return trial.outcome(least=enough)


def replay(law: Law, subject: Any, case: Case) -> Outcome:
    """Checks a law on one case."""
    trial = _Trial(law, subject, 0)
    trial.breaks(case)
    return trial.outcome(least=1)


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
    unchecked: str = ""
    failure: tuple[Case, str] | None = None
    _broken: dict[str, str] = field(default_factory=dict)

    def breaks(self, case: Case) -> bool:
        if self.failure is None:
            self.tried += 1
            return self._remember(case, self._checked(case))
        if (known := self._broken.get(_key(case))) is not None or self.budget <= 0:
            # Hypothesis tries the smallest case once more at the end; a case that broke the law stays broken.
            return self._remember(case, known)
        self.budget -= 1
        reason = self._checked(case)
        if reason is not None and _raised(reason) != _raised(self.failure[1]):
            return False  # another fault than the one that is shrunk
        return self._remember(case, reason)

    def outcome(self, *, least: int) -> Outcome:
        if self.failure is not None:
            case, reason = self.failure
            return Outcome(self.law, "failed", self.tried, self.met, reason, case)
        if self.unchecked:
            return Outcome(self.law, "not claimed", self.tried, self.met, self.unchecked)
        return Outcome(self.law, "weak" if self.met < least else "passed", self.tried, self.met)

    def _remember(self, case: Case, reason: str | None) -> bool:
        if reason is None:
            return False
        self._broken[_key(case)] = reason
        self.failure = (case, reason)
        return True

    def _checked(self, case: Case) -> str | None:
        """Returns why a case breaks the law; None where it does not."""
        try:
            met = self.law.check(self.subject, **case)
        except Broken as broken:
            return str(broken)
        except Unchecked as why:
            self.unchecked = str(why)
            return None
        except Exception as error:  # noqa: BLE001 (whatever the reward raises is what is wrong with it)
            return f"{RAISED} {type(error).__name__}: {str(error)[:200]}"
        self.met += met and self.failure is None
        return None


def _raised(reason: str) -> bool:
    return reason.startswith(RAISED)


def _key(case: Case) -> str:
    return json.dumps(to_json(case), sort_keys=True)
