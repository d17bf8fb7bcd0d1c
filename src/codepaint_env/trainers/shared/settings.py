"""What a trainer calls the things that its user would have to change, for messages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Names in a trainer's own language, each as it is written in its configuration.

    Attributes:
        trainer: Its name, such as `verl`.
        reward: Where the reward is given.
        rows: Where the rows of the data set are given, and what writes them.
        keys: How the key of an endpoint reaches what scores.
        step: How the step of the training reaches a reward that moves over it, or what to do where none does; `""` says
            it in general.
        groups: What else may be done about a reward that compares the samples of a group, as the end of a sentence.
    """

    trainer: str
    reward: str
    rows: str
    keys: str
    step: str = ""
    groups: str = ""


def no_step(trainer: str) -> str:
    """Returns what to do about a reward that moves over a training, under a trainer that tells rewards no step."""
    return f"{trainer} tells rewards none, so write the numbers of one step in place of the ramps"
