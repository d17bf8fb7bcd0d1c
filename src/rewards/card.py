"""The card of a reward: what it makes of the pictures that ship, of nothing, of noise and of damage, measured."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.errors import SpecError
from rewards.preflight import IN_A_PICTURE, SHIPPED_TASK, reads_pictures
from rewards.registry import calls_for, judged_canvases
from rewards.types import Rendering, Reward, Sample, Task

Pixels = NDArray[np.uint8]

GROUP_SIZE = 8
BINS = 10
BESIDE = 3  # paintings in the group of an empty picture, where a reward compares those of a group
MARGIN = 0.05  # of the range, by which a re-rendering should beat a shortcut


def card(
    spec: str | Mapping[str, Any],
    *,
    live: bool = False,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> dict[str, Any]:
    """Measures a reward on the 24 pictures that ship and on what is made of them.

    A reward that needs a reference meets the first of the pictures, and in the ladder the undamaged picture. One that
    compares the samples of a group sees all pictures as one group, then each beside its damaged copies, and each empty
    one beside three paintings. A judged one is made with the kit's scripted judge, which likes ink, so that its figures
    tell of the protocol and not of taste.

    A reward that knows certain subjects only, such as `subject`, is asked about the pictures whose name names one.

    Args:
        spec: As `rewards.make` takes it.
        live: Ask the reward's own judge; `live_calls` tells how often.
        progress: Is told how many of how many pictures are done.

    Returns:
        JSON-able: `name`, `version`, `range`, `needs`, `cost` (judge calls for a group of 8), `canvases` (whose
        pictures it judges; None for any), `judge` (`none`, `scripted` or `own`), `values` by picture, `least`,
        `median`, `most`, `spread`, `histogram`, `floors` (on [0, 1] of the range), `ladder` and `shortcuts` (each
        `kept`, `of` and the 95 % `interval`, Wilson 1927), `seconds_a_picture`.
    """
    from rewards import pictures
    from rewards.measuring import damages, intervals
    from rewards.testing.subject import subject_of

    subject = subject_of(spec, live=live)
    reward = subject.reward
    if not reads_pictures(reward):
        raise SpecError(
            f"{reward.name!r} needs {', '.join(sorted(reward.needs - IN_A_PICTURE)) or 'no picture'}; a card shows "
            f"what a reward makes of pictures alone.{_way_out(reward)}"
        )
    shown, files = pictures.shipped(), pictures.files()
    if tasks := _named_tasks(reward, list(shown)):
        files = [file for file, id in zip(files, list(shown), strict=True) if id in tasks]
        shown = {id: shown[id] for id in tasks}
    first, *_ = asked = list(tasks.values()) or [SHIPPED_TASK] * len(shown)
    judged = subject.asking is not None or subject.scoring is not None
    total = len(shown) * (2 + 2 * len(damages.DAMAGES))
    low, high = reward.traits.range or (0.0, 1.0)

    _values(
        reward, [_noise(32)], files[0], [first]
    )  # what is loaded at the first call is no cost of a picture
    start = time.perf_counter()
    values = _values(reward, list(shown.values()), files[0], asked)
    seconds = (time.perf_counter() - start) / len(shown)
    progress(len(shown), total)

    beside = list(shown.values())[:BESIDE] if reward.traits.scope == "group" else []
    floors = {
        name: _values(reward, [image, *beside], files[0], [first] * (1 + len(beside)))[0]
        for name, image in _empty().items()
    }
    kept = dict.fromkeys(damages.DAMAGES, 0)
    for number, (image, file, task) in enumerate(zip(shown.values(), files, asked, strict=True), 1):
        damaged = [
            damage(image, strength)
            for damage in damages.DAMAGES.values()
            for strength in (damages.MILD, damages.STRONG)
        ]
        clean, *rungs = _values(reward, [image, *damaged], file, [task] * (1 + len(damaged)))
        for name, mild, strong in zip(kept, rungs[::2], rungs[1::2], strict=True):
            kept[name] += clean > mild > strong
        if number % 6 == 0:
            progress(number * (1 + len(damaged)) + len(shown), total)

    return {
        **_described(spec, reward),
        "pictures": len(shown),
        "judge": "own" if live and reward.traits.max_calls else "scripted" if judged else "none",
        "values": dict(zip(shown, values, strict=True)),
        "least": min(values),
        "median": float(np.median(values)),
        "most": max(values),
        "spread": max(values) - min(values),
        "histogram": np.histogram(values, bins=BINS, range=(low, high))[0].tolist(),
        "floors": {name: (value - low) / (high - low) for name, value in floors.items()},
        "ladder": {name: _share(held, len(shown), intervals.interval) for name, held in kept.items()},
        "shortcuts": _shortcuts(reward, high - low),
        "seconds_a_picture": seconds,
    }


def _way_out(reward: Reward) -> str:
    """Returns how a reward of web pages is looked at; `""` for any other."""
    if not reward.needs & {"lint", "layout", "interactions"}:
        return ""
    return (
        " For a web page, `codepaint score PAGE.html --reward SPEC` tells what it scores, and docs/page-rewards.md "
        "tells what the cheapest page is that each of these rewards loves."
    )


def live_calls(spec: str | Mapping[str, Any]) -> int:
    """Returns how often a card asks a live judge at most."""
    from rewards.measuring.damages import DAMAGES
    from rewards.testing.subject import subject_of

    reward = subject_of(spec).reward
    beside = BESIDE if reward.traits.scope == "group" else 0
    groups = [1, 24, *[1 + beside] * len(_empty()), *[1 + 2 * len(DAMAGES)] * 24]
    return sum(calls_for(reward, size) for size in groups)


def _described(spec: str | Mapping[str, Any], reward: Reward) -> dict[str, Any]:
    return {
        "name": reward.name,
        "version": reward.version,
        "range": None if reward.traits.range is None else list(reward.traits.range),
        "needs": sorted(reward.needs),
        "cost": calls_for(reward, GROUP_SIZE),
        "canvases": judged_canvases(reward),
    }


def shipped_values(reward: Reward) -> list[float]:
    """Returns what a reward gives the pictures that ship, as one group; for a reward that reads pictures alone."""
    from rewards import pictures

    shown = list(pictures.shipped().values())
    return _values(reward, shown, pictures.files()[0], [SHIPPED_TASK] * len(shown))


def _named_tasks(reward: Reward, ids: Sequence[str]) -> dict[str, Task]:
    """Returns a task for each picture whose id names a subject that the reward knows; none if it takes any task."""
    check = getattr(reward, "check_tasks", None)

    def taken(task: Task) -> bool:
        try:
            check([task])  # type: ignore[misc]
        except SpecError:
            return False
        return True

    if check is None or taken(SHIPPED_TASK):
        return {}
    tasks = {id: replace(SHIPPED_TASK, prompt=f"a painting of {id.replace('-', ' ')}") for id in ids}
    return {id: task for id, task in tasks.items() if taken(task)}


def _values(reward: Reward, images: Sequence[Pixels], reference: Any, tasks: Sequence[Task]) -> list[float]:
    """Returns what a reward gives pictures of one group.

    Raises:
        SpecError: It gave one no value.
    """
    evidence = frozenset({"image", "text"})
    samples = [
        Sample(
            replace(task, id="card", reference=reference),
            "",
            "",
            Rendering("ok", image=image, evidence=evidence),
            "card",
        )
        for image, task in zip(images, tasks, strict=True)
    ]
    values = []
    for score in reward(samples):
        if score.value is None:
            raise SpecError(
                f"{reward.name!r} gave a picture no value: {score.reason or 'no reason was told'}."
            )
        values.append(score.value)
    return values


def _empty() -> dict[str, Pixels]:
    rng = np.random.default_rng(0)
    solid = np.full((512, 512, 3), (160, 60, 70), np.uint8)
    gaussian = rng.normal(200, 40, (512, 512, 3)).clip(0, 255).astype(np.uint8)
    return {
        "blank": np.full((512, 512, 3), 255, np.uint8),
        "solid": solid,
        "uniform noise": _noise(512),
        "gaussian noise": gaussian,
    }


def _noise(side_px: int) -> Pixels:
    return np.random.default_rng(1).integers(0, 256, (side_px, side_px, 3), dtype=np.uint8)


def _shortcuts(reward: Reward, span: float) -> dict[str, Any]:
    """Tells how often a re-rendering of a reference beats what only looks like it; of similarities."""
    from rewards import pictures
    from rewards.measuring import intervals
    from rewards.measuring.damages import shortcuts

    compare = getattr(reward, "compare", None)
    if compare is None:
        return {}
    held: dict[str, list[bool]] = {}
    for id, twin in pictures.twins().items():
        reference = pictures.shipped()[id]
        false = shortcuts(reference)
        honest, *others = compare([twin, *false.values()], [reference])
        for kind, value in zip(false, others, strict=True):
            held.setdefault(kind, []).append(bool(value <= honest - MARGIN * span))
    return {kind: _share(sum(each), len(each), intervals.interval) for kind, each in held.items()}


def _share(kept: int, of: int, interval: Callable[[int, int], tuple[float, float]]) -> dict[str, Any]:
    return {"kept": kept, "of": of, "interval": [round(end, 4) for end in interval(kept, of)]}
