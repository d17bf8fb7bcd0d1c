"""What a check found, law by law, and how it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from rewards.testing.cases.described import Painted, Picture, described
from rewards.testing.law import Case, Law

State = Literal["passed", "failed", "disclaimed", "not claimed", "weak"]

ENOUGH = 20
"""A law whose precondition was met less often is weak, not passed; of fewer examples, or fixed cases, all must."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """The result of one law.

    Attributes:
        law: The law.
        state: `weak` if it held but its precondition was met too rarely to say so.
        examples: Number of cases that were tried.
        met: Number of cases that met the precondition.
        reason: Why it failed, was disclaimed or is not claimed.
        case: The smallest case found that breaks it; None if there is none.
        saved: Folder of that case; None if it was not kept.
    """

    law: Law
    state: State
    examples: int = 0
    met: int = 0
    reason: str = ""
    case: Case | None = None
    saved: Path | None = None

    def told(self, label: str, claimed: str) -> str:
        """Returns the result as text: one line, or more if the law is broken."""
        head = f"{self.law.id} {self.law.name}"
        match self.state:
            case "passed":
                return f"ok   {head:<27}{self._counted()}"
            case "weak":
                return f"weak {head:<27}{self._counted()}: too few to say that it holds"
            case "disclaimed" | "not claimed":
                why = f": {self.reason}" if self.reason else ""
                return f"--   {head:<27}{self.state}{why}"
        lines = [f"FAIL {head:<27}{label}    {claimed}", f"  {self.reason}"]
        if self.case is not None and (parts := described(self.case)):
            lines.append(f"  shrunk to {_parts(parts)}")
        if self.saved is not None:
            files = " ".join(sorted(path.name for path in self.saved.glob("*.png")))
            lines += [
                f"  saved   {self.saved}/{files}{' ' if files else ''}case.json",
                f"  replay  codepaint check-reward {_quoted(label)} --case {self.saved}",
            ]
        return "\n".join([*lines, f"  usual cause: {self.law.cause}"])

    def _counted(self) -> str:
        if self.law.draws is None:
            return f"{self.examples} fixed {'case' if self.examples == 1 else 'cases'}"
        return f"{self.examples} examples, {self.met} met the precondition"


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """The results of one reward's check; `print` it.

    Attributes:
        label: Name of the reward, for people.
        outcomes: Results by id of the law.
        claims: What claims each law, by id of the law.
    """

    label: str
    outcomes: tuple[Outcome, ...]
    claims: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """True if no law failed."""
        return not self.failed

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The outcomes of the laws that do not hold."""
        return tuple(outcome for outcome in self.outcomes if outcome.state == "failed")

    def __getitem__(self, id: str) -> Outcome:
        """Returns the outcome of one law."""
        for outcome in self.outcomes:
            if outcome.law.id == id:
                return outcome
        raise KeyError(f"Law {id} was not checked; {', '.join(o.law.id for o in self.outcomes)} were.")

    def raise_if_failed(self) -> None:
        """Raises an `AssertionError` that names all laws that failed."""
        if self.failed:
            raise AssertionError("\n" + "\n".join(self._told(outcome) for outcome in self.failed))

    def __str__(self) -> str:
        counts: dict[str, int] = {}
        for outcome in self.outcomes:
            counts[outcome.state] = counts.get(outcome.state, 0) + 1
        summary = ", ".join(f"{count} {state}" for state, count in counts.items())
        lines = [self._told(outcome) for outcome in self.outcomes if not _silent(outcome)]
        if silent := [outcome.law for outcome in self.outcomes if _silent(outcome)]:
            lines.append(f"--   not claimed: {', '.join(f'{law.id} {law.name}' for law in silent)}")
        return "\n".join([*lines, f"{self.label}: {summary or 'no law was asked for'}"])

    def as_json(self) -> dict[str, Any]:
        """Returns the results as JSON-able values."""
        return {
            "reward": self.label,
            "ok": self.ok,
            "laws": [
                {
                    "id": outcome.law.id,
                    "name": outcome.law.name,
                    "state": outcome.state,
                    "examples": outcome.examples,
                    "met": outcome.met,
                    "reason": outcome.reason,
                    "saved": None if outcome.saved is None else str(outcome.saved),
                }
                for outcome in self.outcomes
            ],
        }

    def _told(self, outcome: Outcome) -> str:
        return outcome.told(self.label, self.claims.get(outcome.law.id, ""))


def _silent(outcome: Outcome) -> bool:
    return outcome.state == "not claimed" and not outcome.examples


def _parts(parts: list[Picture | Painted]) -> str:
    names = "; ".join(str(part) for part in parts)
    samples = sum(isinstance(part, Painted) for part in parts)
    if samples < len(parts):
        return names
    return f"{samples} {'sample' if samples == 1 else 'samples'}: {names}"


def _quoted(label: str) -> str:
    return f"'{label}'" if any(letter in label for letter in ' *(){}[]"') else label
