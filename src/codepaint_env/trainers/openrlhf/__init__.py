"""OpenRLHF: a `reward_func` for `--reward.remote_url`, as a file or behind an address, and rows."""

from codepaint_env.trainers.openrlhf.data import rows
from codepaint_env.trainers.openrlhf.reward import RewardFunction, reward_func
from codepaint_env.trainers.openrlhf.server import RewardServer

__all__ = ["RewardFunction", "RewardServer", "reward_func", "rows"]
