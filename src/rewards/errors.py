"""The errors that codepaint raises; each message gives the fault, the value and a way out."""

from __future__ import annotations


class CodepaintError(Exception):
    """Anything that codepaint raises on purpose."""


class SpecError(CodepaintError, ValueError):
    """A reward spec, a task set or a parameter that cannot be understood."""


class UnknownName(SpecError):
    """A name that nothing is registered under."""


class MissingPart(CodepaintError):
    """A missing extra, asset or program that the work needs."""


class MachineError(CodepaintError):
    """A failure of a renderer or a judge, not of the program that it was given."""


class BudgetSpent(CodepaintError):
    """A run has reached its limit on calls or money; answers so far are kept."""
