"""Samples of noisy red sheets, for rewards that ask the scorer on loopback, and such a reward."""

from __future__ import annotations

import numpy as np

from rewards import Rendering, Sample, Task
from rewards.scorers.http import Http


def sheet(red: int, *, prompt: str = "a poppy", status: str = "ok", group: str = "g") -> Sample:
    """A sheet of a certain red, 0 to 250, with a little noise."""
    noise = np.random.default_rng(red).integers(0, 5, (12, 12, 3))
    image = (noise + np.array([red, 90, 60])).astype(np.uint8)
    rendering = Rendering(status, "", "" if status == "ok" else "it broke", image if status == "ok" else None)
    return Sample(Task(f"task-{red}", prompt), f"```js\nred({red})\n```", f"red({red})", rendering, group)


def sheets(count: int) -> list[Sample]:
    return [sheet(2 * red) for red in range(count)]


def http_at(server, **options) -> Http:
    return Http(**{"url": server.url, "cache": False, "text": "keep"} | options)


def values(scores) -> list[float | None]:
    return [score.value for score in scores]
