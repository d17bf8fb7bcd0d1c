"""TRL: reward functions that share one evaluation, datasets, and painting over several turns."""

from codepaint_env.trainers.shared.checkpoints import last_whole_checkpoint
from codepaint_env.trainers.shared.guard import TooManyInvalid
from codepaint_env.trainers.trl.functions import RewardFunctions, dataset, reward_funcs
from codepaint_env.trainers.trl.paint_environment import EnvironmentFactory, PaintEnvironment
from codepaint_env.trainers.trl.progression import progression_callback
from codepaint_env.trainers.trl.sampling import sample_completions

__all__ = [
    "EnvironmentFactory",
    "PaintEnvironment",
    "RewardFunctions",
    "TooManyInvalid",
    "dataset",
    "last_whole_checkpoint",
    "progression_callback",
    "reward_funcs",
    "sample_completions",
]
