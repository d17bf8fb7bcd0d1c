"""The vocabulary of `rewards.types`, under this package's name."""

from rewards.types import Finding, Interaction, Rendering, Reward, Sample, Score, Status, Task, Traits

__all__ = ["Finding", "Interaction", "Rendering", "Reward", "Sample", "Score", "Status", "Task", "Traits"]
