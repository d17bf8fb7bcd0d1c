"""Tells environments how far Stable-Baselines3 has trained, for rewards that move over a training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rewards.errors import MissingPart

if TYPE_CHECKING:
    from stable_baselines3.common.callbacks import BaseCallback


def tell_steps() -> BaseCallback:
    """Returns a callback for `model.learn(callback=...)` that sets the step of each environment before each rollout.

    The step is the trainer's own count of environment steps, `num_timesteps`, so count the steps of a ramp in these. If
    a rollout begins in the middle of an episode, that episode keeps its step to the end.

    Raises:
        MissingPart: Stable-Baselines3 is not installed.
    """
    try:
        from stable_baselines3.common.callbacks import BaseCallback
    except ImportError:
        raise MissingPart("This callback needs more: pip install 'codepaint-env[sb3]'") from None

    class TellSteps(BaseCallback):  # type: ignore[misc]  # it may not be installed
        """Calls `set_step` of every environment."""

        def _on_rollout_start(self) -> None:
            self.training_env.env_method("set_step", int(self.num_timesteps))

        def _on_step(self) -> bool:
            return True

    return TellSteps()
