"""What a policy is: it writes the program for a task."""

from __future__ import annotations

from typing import Protocol

from rewards.types import Task

FORMS = "'pool', 'drawings', 'samples', a folder of programs, or 'openai:MODEL'"


class Policy(Protocol):
    """Writes a completion for a task; called from several threads at once, so it remembers nothing."""

    @property
    def name(self) -> str:
        """What a run records of it, enough to make it again."""
        ...

    def __call__(self, task: Task, system_prompt: str, episode: int, /) -> str:
        """Returns a completion.

        Args:
            task: What is asked.
            system_prompt: What is told about the canvas.
            episode: Number of the episode in its run, from 0: what varies between equal tasks.

        Raises:
            MachineError: There is none, and the policy is not to blame.
        """
        ...
