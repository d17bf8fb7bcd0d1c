"""What is checked of every reward before a run: whether it tells pictures apart at all."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rewards.above_floor import tell_share
from rewards.answers import ask
from rewards.critique import members_of
from rewards.errors import MachineError, SpecError
from rewards.groups import diagnostics
from rewards.types import DEFAULT_CANVAS, Rendering, Reward, Sample, Task

log = logging.getLogger("codepaint")

PICTURES = 8  # of those that ship, for rewards that ask no judge
JUDGED_PICTURES = 4  # for those that do: `max_calls(4, k)` calls
MOST = 0.5  # of the groups of a probe: if more have no spread, there is next to nothing to learn
FEW_WINS = 0.05  # of comparisons: below, a policy hardly ever wins against its references
SHIPPED_TASK = Task(
    "preflight",
    "a painting in watercolour",
    features=("a flower", "water or a lake", "a bird", "hills or mountains", "red is the strongest colour"),
)  # of the pictures that ship, of which each shows some of it
IN_A_PICTURE = frozenset({"image", "text", "prompt", "task_id", "group", "reference", "canvas"})

_passed: set[str] = set()  # versions of rewards that ask a judge and told the shipped pictures apart


class NoSpread(SpecError):
    """A reward that gives all pictures of a probe the same value, so that nothing can be learned from it."""


_checks: ContextVar[int] = ContextVar("codepaint_spread_checks", default=0)  # so far, in this thread or task


def preflight(reward: Reward, samples: Sequence[Sample] | None = None) -> None:
    """Raises what is misconfigured, by the reward's own `preflight`, and `NoSpread`, by `check_spread`.

    A reward's own `preflight` may take the samples or nothing. The spread is checked beside it, unless it has done that
    itself, for the reward or for parts of it.

    Args:
        reward: Any; composites ask their members.
        samples: A probe of the policy's own; None for some of the pictures that ship.
    """
    if not _own(reward, samples):
        check_spread(reward, samples)


def preflight_with_warnings(reward: Reward) -> None:
    """Does what `preflight` does without samples, but warns where the pictures that ship have no spread.

    They are not what a policy paints, and a reward may know only tasks of its own, so that this refuses none.
    """
    try:
        if _own(reward, None):
            return
    except NoSpread as error:
        log.warning("%s", error)
        return
    try:
        check_spread(reward)
    except NoSpread as error:
        log.warning("%s", error)
    except Exception as error:  # noqa: BLE001 (a judge that is down, or whatever a reward raises at a task not its own)
        log.warning(
            "%r was not tried on pictures that ship: %s: %s", reward.name, type(error).__name__, error
        )


def _own(reward: Reward, samples: Sequence[Sample] | None) -> bool:
    """Calls a reward's own preflight, if it has one; tells whether that checked the spread."""
    before = _checks.get()
    own = getattr(reward, "preflight", None)
    if own is not None:
        _call(own, samples)
    return _checks.get() > before


def _call(own: Callable[..., object], samples: Sequence[Sample] | None) -> None:
    """Calls a reward's own preflight by its signature."""
    try:
        parameters = inspect.signature(own).parameters.values()
    except (TypeError, ValueError):  # some builtins tell nothing of their parameters
        own(samples)
        return
    if any(p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD, p.VAR_POSITIONAL) for p in parameters):
        own(samples)
    elif any(p.name == "samples" or p.kind is p.VAR_KEYWORD for p in parameters):
        own(samples=samples)
    else:
        own()


def check_spread(reward: Reward, samples: Sequence[Sample] | None = None) -> None:
    """Raises if a probe batch shows that there is nothing to learn from a reward.

    That is so if most groups have no spread (samples that are all alone in their groups count as one group; of a reward
    that gave at most two values, all groups), or if a `pairwise` reward sees under 5 % wins. Without samples, 8 of the
    shipped pictures serve as one group; 4 for a reward that asks a judge, which costs at most `traits.max_calls(4, k)`
    calls, and is done once a process for each version. A reward that disclaims law 16 is not probed, nor, without
    samples, one that reads more than pictures or judges another canvas than theirs. Of a reward that asks a judge, the
    share of the samples above its floor is logged, see `tell_share`.

    Raises:
        NoSpread: With what was seen, and the way out.
        MachineError: No sample got a value.
    """
    _checks.set(_checks.get() + 1)
    judged = reward.traits.max_calls is not None
    few_values = "16" in reward.traits.disclaims
    if (few_values and not (judged and samples)) or (samples is None and not _judges_shipped(reward)):
        return
    if samples is None and judged and reward.version in _passed:
        return
    count = JUDGED_PICTURES if judged else PICTURES
    probe = shipped_samples(count) if samples is None else samples
    if len(probe) < 2:
        return
    scores = ask(reward, probe)
    values = [score.value for score in scores]
    finite = [value for value in values if value is not None]
    if not finite:
        why = next((score.reason for score in scores if score.reason), "no reason was given")
        raise MachineError(f"{reward.name!r} gave none of {len(probe)} probes a value: {why}")
    if judged and samples is not None:
        tell_share(reward, finite)
    if few_values:
        return
    flat = _flat(values, probe)
    painted = sum(sample.rendering.ok for sample in probe)
    seen = (
        f"{len(probe)} probes of which {painted} painted, values {min(finite):.4g} to {max(finite):.4g}, "
        f"no spread in {flat:.0%} of their groups"
    )
    if flat > MOST and (len(set(finite)) > 2 or flat == 1):
        raise NoSpread(f"{reward.name!r} tells hardly anything apart: {seen}. {_way_out(reward, painted)}")
    if reward.traits.kind == "pairwise" and reward.traits.range is not None:
        lowest, highest = reward.traits.range
        wins = (sum(finite) / len(finite) - lowest) / (highest - lowest)
        if wins < FEW_WINS:
            raise NoSpread(f"{reward.name!r} sees {wins:.1%} wins: {seen}. {_way_out(reward, painted)}")
    if samples is None and judged:
        _passed.add(reward.version)


def tells_apart(reward: Reward, samples: Sequence[Sample]) -> bool:
    """Tells whether a reward has spread in any group of a probe batch; asks nobody but the reward."""
    return _flat([score.value for score in ask(reward, samples)], samples) < 1


def _flat(values: Sequence[float | None], probe: Sequence[Sample]) -> float:
    """Returns the share of the groups without spread."""
    keys = [sample.group for sample in probe]
    return diagnostics(values, keys if len(set(keys)) < len(keys) else None)["no_spread"]


def _way_out(reward: Reward, painted: int) -> str:
    dense = "mix it with a dense reward, such as '0.3*coverage + 0.7*...'"
    if not painted:
        return "Way out: show the policy programs that paint, by training on examples first or in its prompt."
    if reward.traits.kind == "pairwise":
        return f"Ways out: {dense}; or take easier references, from a pool of your own."
    if reward.traits.kind == "winrate":
        return f"Ways out: {dense}; or ask a judge that tells them apart, see `codepaint judge-check`."
    if reward.traits.max_calls is not None:
        return f"Ways out: {dense}; or compare the pictures of a group with each other, as 'winrate' does."
    return (
        f"Ways out: {dense}; or, if few values are by design, disclaim law 16 in its traits, with the reason."
    )


def check_tasks(reward: Reward, tasks: Sequence[Task]) -> None:
    """Raises `SpecError` for tasks that a reward, or a member of it, cannot judge.

    A reward that judges only some tasks says so in a method `check_tasks(tasks)`, and needs `prompt`.
    """
    own = getattr(reward, "check_tasks", None)
    if own is not None:
        own(tasks)
    for weight, member in members_of(reward):
        if weight:
            check_tasks(member, tasks)


def reads_pictures(reward: Reward) -> bool:
    """Tells whether a picture that ships is all the evidence that a reward reads."""
    return "image" in reward.needs and reward.needs <= IN_A_PICTURE


def _judges_shipped(reward: Reward) -> bool:
    """Tells whether the pictures that ship, of the default canvas and of no named subject, are what a reward judges."""
    judged = reward.traits.canvases
    if not reads_pictures(reward) or (judged is not None and DEFAULT_CANVAS not in judged):
        return False
    try:
        check_tasks(reward, [SHIPPED_TASK])
    except SpecError:
        return False
    return True


def shipped_samples(count: int) -> list[Sample]:
    """Returns some of the 24 pictures that ship as one group of one task, whose reference is the first of all."""
    from rewards.pictures import files

    paths = files()
    task = replace(SHIPPED_TASK, reference=paths[0])
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
