"""What a log is told of the last samples, for trainers that ask about one at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from codepaint_env.evaluate import Evaluated
from codepaint_env.trainers.shared.batch_metrics import metrics
from rewards.forks import ForkSafeLock

KEPT = 200  # samples


class RecentSamples:
    """The last 200 samples of a process, without their pictures; usable from any thread.

    Args:
        components: Keys of the reward's components.
    """

    def __init__(self, components: Sequence[str]) -> None:
        names = ("reward", "valid_rate", "quality_given_valid", "masked", "no_spread", "spread", "small")
        told = (
            *names,
            "mean_abs_advantage",
            *(f"{of}/{name}" for of in ("mean", "spread") for name in components),
        )
        self._keys = tuple(dict.fromkeys(told))
        self._kept: deque[Evaluated | None] = deque(maxlen=KEPT)
        self._count = 0
        self._lock = ForkSafeLock()

    def add(self, evaluated: Evaluated | None) -> int:
        """Takes a sample, None for one that failed before there was a score; returns how many it has been given."""
        with self._lock:
            self._kept.append(None if evaluated is None else _light(evaluated))
            self._count += 1
            return self._count

    def metrics(self) -> dict[str, float]:
        """Returns what `batch_metrics.metrics` tells of them, always with the same keys: 0.0 where nothing is known."""
        with self._lock:
            kept = list(self._kept)
        found = metrics([each for each in kept if each is not None])
        found["masked"] = sum(each is None or not each.valid for each in kept) / max(1, len(kept))
        return {key: found.get(key, 0.0) for key in self._keys}


def _light(evaluated: Evaluated) -> Evaluated:
    sample = evaluated.sample
    rendering = replace(sample.rendering, image=None, findings=(), interactions=None, pictures={})
    return replace(evaluated, sample=replace(sample, completion="", program="", rendering=rendering))
