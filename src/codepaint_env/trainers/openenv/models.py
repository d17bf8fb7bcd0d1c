"""What crosses the wire between a session of OpenEnv and its client."""

from __future__ import annotations

from openenv.core.env_server.types import Action, Observation, State
from pydantic import Field


class PaintAction(Action):
    """What the policy wrote; the last fenced code block in it is the program."""

    completion: str = Field(description="What the policy wrote, in full")


class PaintObservation(Observation):
    """What the policy may see. `metadata` is for logs, and is filled when the episode is over."""

    prompt: str = Field(description="What is asked")
    system_prompt: str = Field(default="", description="What to tell the policy first; after a reset only")
    image: str = Field(
        default="", description="The picture as base64 of a PNG; empty where nothing was painted"
    )
    feedback: str = Field(default="", description="How the program went, and what the reward criticises")
    turn: int = Field(default=0, description="Completions taken so far")
    turns_left: int = Field(default=0, description="Completions that may follow")


class PaintState(State):
    """Where a session's episode is."""

    task_id: str = Field(default="", description="The task; empty before the first reset")
    prompt: str = Field(default="", description="What it asks for")
    group: str = Field(default="", description="Samples of one group meet the same references")
    over: bool = Field(default=True, description="Whether a reset is due")
