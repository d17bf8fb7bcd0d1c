"""The interaction trace of a page as a reward reads it: the slots that count, and what stands in them."""

from __future__ import annotations

from rewards.types import Interaction, Sample


def slots_of(sample: Sample) -> int:
    """Returns N, how many judged steps of a page count: its task says so, at least one."""
    return max(1, sample.task.steps)


def counted(sample: Sample) -> list[Interaction]:
    """Returns the first N judged steps in the order of the trace; those that were not judged take no slot."""
    judged = [step for step in sample.rendering.interactions or () if step.credited is not None]
    return judged[: slots_of(sample)]
