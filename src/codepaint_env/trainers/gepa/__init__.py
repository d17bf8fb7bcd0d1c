"""GEPA: evolves what a canvas tells its painters, the system prompt, by what a reward says of their paintings."""

from codepaint_env.trainers.gepa.adapter import COMPONENT, Adapter, rows
from codepaint_env.trainers.shared.guard import TooManyInvalid

__all__ = ["COMPONENT", "Adapter", "TooManyInvalid", "rows"]
