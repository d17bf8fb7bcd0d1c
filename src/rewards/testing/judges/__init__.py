"""Judges that need no model: scripted ones, ones that fail, and ones round another."""

from rewards.testing.judges.scripted import (
    Fault,
    FixedJudge,
    ScriptedJudge,
    always_first,
    always_second,
    always_tie,
    digest,
)

__all__ = ["Fault", "FixedJudge", "ScriptedJudge", "always_first", "always_second", "always_tie", "digest"]
