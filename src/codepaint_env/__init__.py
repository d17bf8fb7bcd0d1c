"""A Gymnasium environment in which a language model paints by writing code.

Importing it registers an id for every installed canvas, such as `codepaint/P5Brush-v0`, and starts nothing.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

__all__ = ["system_prompt"]


def _refuse_a_foreign_rewards_module() -> None:
    """Raises if a file of the user's, such as `rewards.py` beside a training script, hides our package."""
    loaded = sys.modules.get("rewards")
    spec = importlib.util.find_spec("rewards") if loaded is None else loaded.__spec__
    ours = Path(__file__).parent.parent / "rewards" / "__init__.py"
    if spec is None or spec.origin is None or Path(spec.origin).resolve() != ours.resolve():
        found = spec.origin or spec.submodule_search_locations if spec else None
        raise ImportError(
            f"{str(found)!r} hides codepaint's package 'rewards'; rename it or run with python -P"
        )


_refuse_a_foreign_rewards_module()

from rewards.types import DEFAULT_CANVAS  # noqa: E402 (now that it is ours)


def system_prompt(canvas: str = DEFAULT_CANVAS) -> str:
    """Returns what a policy should read about a canvas before its first prompt."""
    from codepaint_env import canvases

    return canvases.get(canvas).system_prompt


def _register_ids() -> None:
    import gymnasium

    from codepaint_env import canvases

    for name, id in canvases.env_ids().items():
        gymnasium.register(
            id=id,
            entry_point="codepaint_env.gym.env:PaintEnv",
            vector_entry_point="codepaint_env.gym.vector:PaintVectorEnv",
            kwargs={"canvas": name},
        )


if "CODEPAINT_DRAWS_ONLY" not in os.environ:  # a worker process starts in half the time
    _register_ids()
