"""Stages of evidence that are recorded from the picture alone, whatever drew it: where letters stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rewards.types import Finding, Rendering

STAGES = frozenset({"text"})


def versions(stages: frozenset[str]) -> Mapping[str, str]:
    """Returns the version of what records each of these stages; those that are not `STAGES` are left out.

    Raises:
        MissingPart: The extra `text` is not installed.
    """
    if "text" not in stages:
        return {}
    from rewards.painted import letters

    return {"text": letters.fingerprint()}


def record(rendering: Rendering, stages: frozenset[str]) -> Rendering:
    """Returns a rendering with further stages; looks long at the picture, so not on an event loop.

    Raises:
        MissingPart: The extra `text` is not installed.
        MachineError: The detector failed.
    """
    found: tuple[Finding, ...] = ()
    if "text" in stages and rendering.image is not None:
        from rewards.painted.letters import text_areas

        found = tuple(
            Finding("text", f"Letters, read as {area.text!r}.", area.score, area.box)
            for area in text_areas(rendering.image)
        )
    return replace(rendering, findings=rendering.findings + found, evidence=rendering.evidence | stages)
