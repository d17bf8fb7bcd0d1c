"""What a log is told of a batch."""

from __future__ import annotations

from collections.abc import Sequence

from codepaint_env.evaluate import Evaluated
from rewards.groups import diagnostics


def metrics(evaluated: Sequence[Evaluated]) -> dict[str, float]:
    """Returns what is worth logging of a batch.

    Returns:
        - `reward`: mean over the samples that have a score;
        - `valid_rate`: share of these whose program painted, and `quality_given_valid`: their mean reward, so that
          failing less and painting better can be told apart;
        - `mean/NAME` of each component over the samples about which it was asked;
        - what `rewards.groups.diagnostics` tells: `masked` (share without a score), `no_spread`, `spread` and
          `spread/NAME` (mean standard deviation in a group), `small`, `mean_abs_advantage`.

        Without a sample that a mean could be taken of, its key is left out.
    """
    scores = [each.score for each in evaluated]
    names = list(dict.fromkeys(name for score in scores for name in score.components))
    parts = {
        name: [None if name in score.skipped else score.components.get(name) for score in scores]
        for name in names
    }
    scored = [each for each in evaluated if each.valid]
    means: dict[str, list[float | None]] = {
        "reward": [each.score.value for each in scored],
        "valid_rate": [float(each.sample.rendering.ok) for each in scored],
        "quality_given_valid": [each.score.value for each in scored if each.sample.rendering.ok],
    }
    means |= {f"mean/{name}": values for name, values in parts.items()}
    spreads = diagnostics([score.value for score in scores], [each.sample.group for each in evaluated], parts)
    found = {name: _mean(values) for name, values in means.items()}
    return {name: value for name, value in found.items() if value is not None} | spreads


def _mean(values: Sequence[float | None]) -> float | None:
    finite = [value for value in values if value is not None]
    return sum(finite) / len(finite) if finite else None
