"""The errors that this project raises; each says what was wrong, the value, and the way out."""

from __future__ import annotations


class CodepaintError(Exception):
    """Anything that codepaint raises on purpose."""


class SpecError(CodepaintError, ValueError):
    """A reward spec, a task set or a parameter that cannot be understood."""


class UnknownName(SpecError):
    """A name that nothing is registered under."""


class MissingPart(CodepaintError):
    """An extra, an asset or a program that the work needs and this machine lacks."""


class MachineError(CodepaintError):
    """A renderer or a judge that failed, not the program that it was given."""


class BudgetSpent(CodepaintError):
    """A limit on calls or money that a run was given is reached; what was answered is kept."""
