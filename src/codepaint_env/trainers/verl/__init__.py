"""verl: `compute_score` as its custom reward function, `compute_scores` for whole groups with a manager, and rows."""

from codepaint_env.trainers.verl.batch_score import compute_scores
from codepaint_env.trainers.verl.data import rows
from codepaint_env.trainers.verl.group_manager import GroupRewardManager
from codepaint_env.trainers.verl.score import compute_score

__all__ = ["GroupRewardManager", "compute_score", "compute_scores", "rows"]
