"""Stable-Baselines3, CleanRL and others whose actions are arrays: strokes as actions, pictures as observations."""

from codepaint_env.trainers.sb3.failures import leave_out_failures
from codepaint_env.trainers.sb3.steps import tell_steps
from codepaint_env.trainers.sb3.stroke_actions import StrokeActions
from codepaint_env.trainers.sb3.strokes import PARAMETERS, Stroke, sketch
from codepaint_env.trainers.shared.guard import TooManyInvalid

__all__ = [
    "PARAMETERS",
    "Stroke",
    "StrokeActions",
    "TooManyInvalid",
    "leave_out_failures",
    "sketch",
    "tell_steps",
]
