"""What `vf-eval codepaint-v1` and prime-rl look for: one taskset, its environment and its harness."""

from codepaint_env.trainers.verifiers.chat_harness import ChatHarness
from codepaint_env.trainers.verifiers.paint_environment import PaintEnv
from codepaint_env.trainers.verifiers.paint_tasks import PaintTaskset

__all__ = ["ChatHarness", "PaintEnv", "PaintTaskset"]
