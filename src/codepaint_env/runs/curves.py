"""The curves of a training: one line of JSON a step, written while it runs, and smoothed for the eye."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from rewards.errors import SpecError
from rewards.json_lines import LineWriter, read_lines

CURVES = "curves.jsonl"
WINDOW = 5  # points of the moving mean


def append_curves(path: Path, step: int, values: Mapping[str, float]) -> None:
    """Adds the numbers of a step; a half-written last line, which a killed training may leave, is cut off."""
    told = {"step": step} | {name: float(value) for name, value in values.items() if math.isfinite(value)}
    with LineWriter(path) as lines:
        lines.append(told)


def read_curves(path: Path) -> dict[int, dict[str, float]]:
    """Returns the numbers of each step, in order of steps.

    A training that was killed and resumed tells a step twice: the later line holds. What is not finite is left
    out, and a half-written last line with a warning; a file that is not there holds no step.

    Raises:
        SpecError: A whole line is not understood.
    """
    found: dict[int, dict[str, float]] = {}
    for line in read_lines(path) if path.is_file() else ():
        try:
            told = line.value
            step = int(told.pop("step"))
            found[step] = {name: float(value) for name, value in told.items() if math.isfinite(value)}
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            raise SpecError(
                f'{line.where} is not understood: {error!r}. A line is {{"step": 10, "reward": 0.41}}; '
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
