"""Signs: what was found about a judge, how bad that is, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

State = Literal["good", "note", "unfit"]


@dataclass(frozen=True, slots=True)
class Sign:
    """One finding.

    Attributes:
        name: What was looked at.
        state: `good`, `note` (usable, but know it) or `unfit`.
        value: What was found, as people write it.
        text: What it means, and what to do.
    """

    name: str
    state: State
    value: str
    text: str


class Health(Protocol):
    """What was measured of a judge for one reward."""

    def signs(self) -> list[Sign]:
        """Returns what the figures mean, those that decide first."""
        ...

    def figures(self) -> Mapping[str, Any]:
        """Returns the figures, JSON-able, by stable keys; None where there is nothing to tell."""
        ...


def unfit(health: Health) -> list[str]:
    """Returns the names of the signs for which rewards may not rely on the judge."""
    return [sign.name for sign in health.signs() if sign.state == "unfit"]


def share(value: float | None) -> str:
    """Writes a share, [0, 1], as people do: 0 % and 100 % only where they are exact."""
    return "none" if value is None else f"{value:.0%}" if value in (0, 1) else f"{value:.1%}"
