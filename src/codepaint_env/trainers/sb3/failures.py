"""Leaves the strokes of a failed machine out of what Stable-Baselines3 learns from, and logs what is painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MissingPart

if TYPE_CHECKING:
    from stable_baselines3.common.callbacks import BaseCallback


def leave_out_failures() -> BaseCallback:
    """Returns a callback for `model.learn(callback=...)` of algorithms with a rollout buffer, such as PPO and A2C.

    If a machine failed in an episode, then after the rollout every step of that episode gets the advantage 0, and the
    critic's value as its return, so nothing is learned from it. Other algorithms, such as SAC, keep steps one by one in
    a buffer from which no callback can take them; there it only logs.

    It logs `codepaint/reward`, `codepaint/valid_rate`, `codepaint/masked` and `codepaint/gain`, see `docs/sb3.md`.

    Raises:
        MissingPart: Stable-Baselines3 is not installed.
    """
    try:
        from stable_baselines3.common.callbacks import BaseCallback
    except ImportError:
        raise MissingPart("This callback needs more: pip install 'codepaint-env[sb3]'") from None

    class LeaveOutFailures(BaseCallback):  # type: ignore[misc]  # it may not be installed
        """Counts what each step says, and mends the buffer when a rollout is full."""

        def _on_training_start(self) -> None:
            self._paintings = np.zeros(self.training_env.num_envs)

        def _on_rollout_start(self) -> None:
            self._steps: list[tuple[Sequence[Mapping[str, Any]], NDArray[np.float64]]] = []
            self._whole: list[float] = []

        def _on_step(self) -> bool:
            infos, rewards, dones = (self.locals[name] for name in ("infos", "rewards", "dones"))
            self._steps.append((infos, np.array(rewards, dtype=np.float64)))
            self._paintings += rewards
            for index, done in enumerate(dones):
                if done:
                    if infos[index]["reward/valid"]:
                        self._whole.append(float(self._paintings[index]))
                    self._paintings[index] = 0.0
            return True

        def _on_rollout_end(self) -> None:
            valid = np.array([[info["reward/valid"] for info in infos] for infos, _ in self._steps])
            painted = np.array([[info["status"] == "ok" for info in infos] for infos, _ in self._steps])
            gains = np.array([rewards for _, rewards in self._steps])
            self.logger.record("codepaint/masked", float(1 - valid.mean()))
            if valid.any():
                self.logger.record("codepaint/valid_rate", float(painted[valid].mean()))
                self.logger.record("codepaint/gain", float(gains[valid].mean()))
            if self._whole:
                self.logger.record("codepaint/reward", float(np.mean(self._whole)))
            buffer = getattr(self.model, "rollout_buffer", None)
            if buffer is not None:
                lost = lost_steps(valid, buffer.episode_starts > 0)
                buffer.advantages[lost] = 0.0
                buffer.returns[lost] = buffer.values[lost]

    return LeaveOutFailures()


def lost_steps(valid: NDArray[np.bool_], starts: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Returns which steps belong to an episode that a failed machine ended.

    Args:
        valid: `(steps, environments)`, False where a machine failed.
        starts: The same shape, True at the first step of an episode.
    """
    lost = ~valid
    for step in range(len(lost) - 2, -1, -1):
        lost[step] |= lost[step + 1] & ~starts[step + 1]
    return lost
