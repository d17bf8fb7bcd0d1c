"""verl: a `compute_score` for its custom reward function, and rows."""

from codepaint_env.trainers.verl.data import rows
from codepaint_env.trainers.verl.score import compute_score

__all__ = ["compute_score", "rows"]
