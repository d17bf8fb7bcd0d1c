"""GEPA: evolves the system prompt that a canvas gives to its painters, by a reward's scores and critiques."""

from codepaint_env.trainers.gepa.adapter import COMPONENT, Adapter, rows
from codepaint_env.trainers.shared.guard import TooManyInvalid

__all__ = ["COMPONENT", "Adapter", "TooManyInvalid", "rows"]
