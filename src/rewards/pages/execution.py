"""`execution`: whether a page runs at all, and whether its markup is clean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rewards.errors import SpecError
from rewards.pages.page_words import quoted
from rewards.painted.blank import is_constant
from rewards.types import Finding, Rendering, Sample, Score, Traits, version_of

Mode = Literal["faithful", "strict"]

CANVASES = frozenset({"html"})
CODE = 1  # rises when the same evidence would make another value
FAILING: dict[Mode, frozenset[str]] = {
    "faithful": frozenset({"lint"}),
    "strict": frozenset({"lint", "page_error"}),
}
"""Kinds of findings under which a page fails, by mode."""
TOLD = 5  # findings that a critique names


class Execution:
    """1 if a page runs and its markup has no lint error, else -1; None where the machine failed.

    Faithful: -1 if the program failed (no document, a limit, a crash, a blank page) or the linter found any error.
    Strict: also -1 for an uncaught error while the page loaded, and for a page of one colour throughout.

    Source: the execution agent of AesCoder (Code Aesthetics with Agentic Reward Feedback, s_exec).

    Args:
        mode: `faithful` as in the paper, or `strict`.

    Attributes:
        settled_by: Kinds of findings that make it -1, whatever else is recorded.

    Raises:
        SpecError: There is no such mode.
    """

    name = "execution"

    def __init__(self, *, mode: Mode = "faithful") -> None:
        if mode not in FAILING:
            raise SpecError(f"execution: mode is {mode!r}; it is 'faithful' or 'strict'.")
        self.mode = mode
        self.settled_by = FAILING[mode]
        self.needs = frozenset({"lint", "image"} if mode == "strict" else {"lint"})
        self.traits = Traits(
            range=(-1.0, 1.0),
            floor=mode == "strict",  # a faithful linter has nothing against an empty page
            noise_floor=1.0,
            disclaims={"16": "two values by design", "18": "a gate is a step"},
            canvases=CANVASES,
        )

    @property
    def version(self) -> str:
        """Changes with the mode."""
        return version_of("Execution", [CODE, self.mode])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        return [self._score(sample.rendering) for sample in samples]

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Raises nothing: there is nothing to configure, and a gate may give every sample the same value."""

    def critique(self, sample: Sample, /) -> str:
        """Names the findings that make the page fail: rule and line of each, or the error at load."""
        found = self._failing(sample.rendering)
        told = [f"{_WORDS[one.kind]}: {quoted(one.message)}" for one in found[:TOLD]]
        if len(found) > TOLD:
            told.append(f"There are {len(found) - TOLD} more of these.")
        if not found and self._is_empty(sample.rendering):
            told.append("There is nothing on the page.")
        return "\n".join(told)

    def _score(self, rendering: Rendering) -> Score:
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        if not rendering.ok:
            return Score(-1.0, reason=rendering.message or "the program failed")
        if "lint" not in rendering.evidence:
            return Score(None, reason="nobody looked at the markup: the stage 'lint' was not recorded")
        if found := self._failing(rendering):
            return Score(-1.0, reason=found[0].message)
        if self._is_empty(rendering):
            return Score(-1.0, reason="there is nothing on the page")
        return Score(1.0)

    def _is_empty(self, rendering: Rendering) -> bool:
        """Tells whether a page shows nothing, where that counts."""
        return self.mode == "strict" and (rendering.image is None or is_constant(rendering.image))

    def _failing(self, rendering: Rendering) -> list[Finding]:
        return [finding for finding in rendering.findings if finding.kind in self.settled_by]


_WORDS = {"lint": "The markup has an error", "page_error": "A script failed while the page loaded"}
