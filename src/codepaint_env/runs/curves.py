"""The curves of a training: one line of JSON a step, written while it runs, and smoothed for the eye."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from rewards.errors import SpecError

CURVES = "curves.jsonl"
WINDOW = 5  # points of the moving mean


def append_curves(path: Path, step: int, values: Mapping[str, float]) -> None:
    """Adds the numbers of a step; a half-written last line, which a killed training may leave, is cut off."""
    told = {"step": step} | {name: float(value) for name, value in values.items() if math.isfinite(value)}
    with path.open("a+b") as file:
        file.seek(0)
        whole, newline, rest = file.read().rpartition(b"\n")
        if rest:
            file.truncate(len(whole) + len(newline))
        file.write(json.dumps(told).encode("ascii") + b"\n")


def read_curves(path: Path) -> dict[int, dict[str, float]]:
    """Returns the numbers of each step, in order of steps.

    A training that was killed and resumed tells a step twice: the later line holds. A half-written last line and
    what is not finite are left out; a file that is not there holds no step.

    Raises:
        SpecError: A whole line is not understood.
    """
    found: dict[int, dict[str, float]] = {}
    whole = path.read_bytes().rpartition(b"\n")[0] if path.is_file() else b""
    for number, line in enumerate(whole.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            step = int(told.pop("step"))
            found[step] = {name: float(value) for name, value in told.items() if math.isfinite(value)}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SpecError(
                f'{path}, line {number} is not understood: {error!r}. A line is {{"step": 10, "reward": 0.41}}; '
                "mend it or take it out."
            ) from None
    return dict(sorted(found.items()))


def smoothed(values: Sequence[float]) -> list[float]:
    """Returns the centred moving mean of 5; at both ends of as many as lie as far on either side."""
    half = WINDOW // 2
    means = []
    for i in range(len(values)):
        reach = min(half, i, len(values) - 1 - i)
        part = values[i - reach : i + reach + 1]
        means.append(sum(part) / len(part))
    return means
