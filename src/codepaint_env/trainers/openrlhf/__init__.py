"""OpenRLHF: a `reward_func` for `--reward.remote_url`, as a file or behind an address, and rows."""

from codepaint_env.trainers.openrlhf.data import rows
from codepaint_env.trainers.openrlhf.reward import RewardFunction, reward_func

__all__ = ["RewardFunction", "reward_func", "rows"]
