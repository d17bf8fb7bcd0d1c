"""Swappable rewards that judge pictures painted by programs."""

from rewards.errors import BudgetSpent, CodepaintError, MachineError, MissingPart, SpecError, UnknownName
from rewards.mixing.mix import BaseAndBonus, Gated, Mapped, Weighted
from rewards.mixing.penalised import Penalised
from rewards.mixing.schedule import Scheduled
from rewards.registry import available, describe, make, reward
from rewards.spec import normal_form
from rewards.types import (
    NEEDS,
    STAGES,
    AnyReward,
    Finding,
    Interaction,
    Rendering,
    Reward,
    Sample,
    Score,
    Task,
    Traits,
)

__all__ = [
    "NEEDS",
    "STAGES",
    "AnyReward",
    "BaseAndBonus",
    "BudgetSpent",
    "CodepaintError",
    "Finding",
    "Gated",
    "Interaction",
    "MachineError",
    "Mapped",
    "MissingPart",
    "Penalised",
    "Rendering",
    "Reward",
    "Sample",
    "Scheduled",
    "Score",
    "SpecError",
    "Task",
    "Traits",
    "UnknownName",
    "Weighted",
    "available",
    "describe",
    "make",
    "normal_form",
    "reward",
]
