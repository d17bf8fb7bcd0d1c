"""What is checked of every reward before a run: whether it tells pictures apart at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MachineError, SpecError
from rewards.groups import diagnostics
from rewards.types import DEFAULT_CANVAS, Rendering, Reward, Sample, Task

PICTURES = 8  # of those that ship, for rewards that ask no judge
JUDGED_PICTURES = 4  # for those that do: `max_calls(4, k)` calls
FEW_WINS = 0.05  # of comparisons: below, a policy hardly ever wins against its references
IN_A_PICTURE = frozenset({"image", "text", "prompt", "task_id", "group", "reference"})

WAYS_OUT = (
    "Ways out: mix it with a dense reward, such as '0.3*coverage + 0.7*...'; compare the pictures of a group "
    "with each other; or take easier references, from a pool of your own."
)

_passed: set[str] = set()  # versions of rewards that ask a judge and told the shipped pictures apart


class NoSpread(SpecError):
    """A reward that gives all pictures of a probe the same value, so that nothing can be learned from it."""


def preflight(reward: Reward, samples: Sequence[Sample] | None = None) -> None:
    """Raises what is misconfigured, and `NoSpread`: by the reward's own `preflight`, or else by `check_spread`.

    Args:
        reward: Any; composites ask their members.
        samples: A probe of the policy's own; None for some of the pictures that ship.
    """
    own = getattr(reward, "preflight", None)
    if own is None:
        check_spread(reward, samples)
    else:
        own(samples)


def check_spread(reward: Reward, samples: Sequence[Sample] | None = None) -> None:
    """Raises if a probe batch shows that there is nothing to learn from a reward.

    That is so if most groups have no spread (samples that are all alone in their groups count as one group), or
    if a `pairwise` reward sees under 5 % wins. Without samples, 8 of the shipped pictures serve as one group; 4
    for a reward that asks a judge, which costs at most `traits.max_calls(4, k)` calls, and is done once a process for
    each version. A reward that disclaims law 16 is not probed, nor, without samples, one that reads more than
    pictures or judges another canvas than theirs.

    Raises:
        NoSpread: With what was seen, and the ways out.
        MachineError: No sample got a value.
    """
    if "16" in reward.traits.disclaims or (samples is None and not _judges_shipped(reward)):
        return
    judged = reward.traits.max_calls is not None
    if samples is None and judged and reward.version in _passed:
        return
    count = JUDGED_PICTURES if judged else PICTURES
    probe = shipped_samples(count) if samples is None else samples
    if len(probe) < 2:
        return
    scores = reward(probe)
    values = [score.value for score in scores]
    finite = [value for value in values if value is not None]
    if not finite:
        why = next((score.reason for score in scores if score.reason), "no reason was given")
        raise MachineError(f"{reward.name!r} gave none of {len(probe)} probes a value: {why}")
    keys = [sample.group for sample in probe]
    flat = diagnostics(values, keys if len(set(keys)) < len(keys) else None)["no_spread"]
    painted = sum(sample.rendering.ok for sample in probe)
    seen = (
        f"{len(probe)} probes of which {painted} painted, values {min(finite):.4g} to {max(finite):.4g}, "
        f"no spread in {flat:.0%} of their groups"
    )
    if flat > 0.5:
        raise NoSpread(f"{reward.name!r} tells hardly anything apart: {seen}. {WAYS_OUT}")
    if reward.traits.kind == "pairwise" and reward.traits.range is not None:
        lowest, highest = reward.traits.range
        wins = (sum(finite) / len(finite) - lowest) / (highest - lowest)
        if wins < FEW_WINS:
            raise NoSpread(f"{reward.name!r} sees {wins:.1%} wins: {seen}. {WAYS_OUT}")
    if samples is None and judged:
        _passed.add(reward.version)


def reads_pictures(reward: Reward) -> bool:
    """Tells whether a picture that ships is all the evidence that a reward reads."""
    return "image" in reward.needs and reward.needs <= IN_A_PICTURE


def _judges_shipped(reward: Reward) -> bool:
    """Tells whether the pictures that ship, of the default canvas, are what a reward judges."""
    judged = reward.traits.canvases
    return reads_pictures(reward) and (judged is None or DEFAULT_CANVAS in judged)


def shipped_samples(count: int) -> list[Sample]:
    """Returns some of the 24 pictures that ship as one group of one task, whose reference is the first of all."""
    from rewards.pictures import files

    paths = files()
    task = Task("preflight", "a painting in watercolour", reference=paths[0])
    images = [_image(paths[i * len(paths) // count]) for i in range(count)]
    return [
        Sample(task, "", "", Rendering("ok", image=image, evidence=frozenset({"image"})), "preflight")
        for image in images
    ]


@cache
def _image(path: Path) -> NDArray[np.uint8]:
    from PIL import Image

    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))
