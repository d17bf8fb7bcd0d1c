"""What a reward is shown before its first score: pictures that ship, or a policy's first batches."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence

from rewards.forks import ForkSafeLock
from rewards.preflight import NoSpread, preflight, preflight_with_warnings
from rewards.types import Reward, Sample

log = logging.getLogger("codepaint")

FLAT_BATCHES = 3  # without spread, from the first on, before a training is refused
FLAT_SAMPLES = 64  # in them, so that a young policy that paints one time in ten is not refused by chance


class FirstLook:
    """Lets a reward raise what is misconfigured, once a process, before its first score; usable from any thread.

    Args:
        probe: Shows the reward's preflight the policy's own first batches, until one has spread, in place of pictures
            that ship.
    """

    def __init__(self, probe: bool) -> None:
        self.probe = probe
        self._lock = ForkSafeLock()
        self._pid = 0
        self._flat: list[int] = []  # sizes of the first batches, as long as they have no spread

    def before(self, reward: Reward) -> None:
        """Looks before anything is drawn, unless the policy's own batches are waited for."""
        if not self.probe:
            self._look(reward, None)

    def at(self, reward: Reward, samples: Sequence[Sample]) -> None:
        """Looks when samples are there; raises `NoSpread` once enough of the policy's own batches had none."""
        self._look(reward, samples if self.probe else None)

    def _look(self, reward: Reward, samples: Sequence[Sample] | None) -> None:
        with self._lock:
            if self._pid == os.getpid():
                return
            if samples is None:
                preflight_with_warnings(reward)
            elif self._has_no_spread(reward, samples):
                return
            self._pid = os.getpid()

    def _has_no_spread(self, reward: Reward, samples: Sequence[Sample]) -> bool:
        try:
            preflight(reward, samples)
        except NoSpread as error:
            self._flat.append(len(samples))
            if len(self._flat) >= FLAT_BATCHES and sum(self._flat) >= FLAT_SAMPLES:
                raise
            if len(self._flat) == 1:
                log.warning("The next batches decide whether this ends the training: %s", error)
            return True
        return False
