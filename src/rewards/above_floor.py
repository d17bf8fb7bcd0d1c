"""Which share of samples a reward gives more than its floor, and what that means for learning."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from rewards.types import Reward

ABOVE = 0.01  # of the range over the floor, from which on a sample counts as better than nothing
GROUP = 8  # samples, for what a share means
RARE = 0.05  # of groups: what is more often empty is warned of

_log = logging.getLogger("codepaint")


@dataclass(frozen=True, slots=True)
class AboveFloor:
    """How many samples a reward gives more than its floor.

    Attributes:
        samples: That have a value.
        above: Of these, those with more than the floor.
    """

    samples: int
    above: int

    @property
    def share(self) -> float:
        """Of the samples, [0, 1]."""
        return self.above / self.samples

    @property
    def empty_groups(self) -> float:
        """Share of groups of 8 that would have no such sample: no spread, so that they teach nothing."""
        return (1 - self.share) ** GROUP

    @property
    def is_sparse(self) -> bool:
        """True if so many groups would be empty that a training should not begin like this."""
        return self.empty_groups > RARE


def above_floor(reward: Reward, values: Sequence[float]) -> AboveFloor:
    """Counts the samples that a reward gives more than a hundredth of its range over its lowest value.

    Args:
        reward: Gave the values.
        values: At least one, all finite.
    """
    lowest, highest = reward.traits.range or (min(values), max(values))
    least = lowest + ABOVE * (highest - lowest)
    return AboveFloor(len(values), sum(value > least for value in values))


def tell_share(reward: Reward, values: Sequence[float]) -> None:
    """Logs which share of a policy's own samples a judge gives more than the floor, and what that means.

    A group of which no sample does has no spread, so that it teaches nothing and is paid for all the same.

    Args:
        reward: Asked the judge.
        values: What its samples got, all finite.
    """
    found = above_floor(reward, values)
    _log.log(
        logging.WARNING if found.is_sparse else logging.INFO,
        "%r gives %d of the policy's own %d samples (%.0f %%) more than its floor. Of groups of %d, about %.0f %% "
        "would have no such sample: these teach nothing.%s",
        reward.name,
        found.above,
        found.samples,
        100 * found.share,
        GROUP,
        100 * found.empty_groups,
        f" {dense_way_out(reward)}" if found.is_sparse else "",
    )


def dense_way_out(reward: Reward) -> str:
    """Says what helps where a reward is rarely above its floor."""
    return (
        f"Mix it with a dense reward, such as '0.3*coverage + 0.7*{reward.name}', or begin with easier tasks."
    )
