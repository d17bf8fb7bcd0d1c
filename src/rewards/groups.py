"""Group normalisers turn the values of a batch into advantages: each sample against its group.

Every normaliser takes the values of a whole batch in order and the key of each sample's group (None: all are
one group), and returns `(advantage, mask)`, `(n,)` float64 and `(n,)` bool. A sample of value None (a machine
failed) has the advantage 0 and the mask False, and changes nothing for the others. The mask must reach the
loss: an advantage of 0 still counts in averages over tokens and in the KL term.

A NaN or infinite value is a bug in the reward and raises. A sample gets exactly 0 if no other sample of its
group is finite, or if the group has no spread: a standard deviation of at most
`max(1e-8 * max|r|, min_spread)`. Without `min_spread`, only `eps` guards against illusory gaps: one value of
0.501 beside seven of 0.500 gets +1.93. Set `min_spread` to the noise of the reward. Two finite members get
+-0.707 at ddof 1, however small their gap is. That is why `diagnostics` counts small groups.

Below, m is the number of finite values in the group of r, and mean and std are taken over these.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rewards.errors import SpecError

Values = Sequence[float | None] | NDArray[np.floating]
Components = Sequence[Sequence[float | None] | None] | NDArray[np.floating]
Groups = Sequence[Hashable] | None
Advantages = tuple[NDArray[np.float64], NDArray[np.bool_]]

EPS = 1e-4  # as TRL; verl has 1e-6
FLAT = 1e-8  # of the largest value: a smaller spread is rounding
SMALL = 4  # finite members, below which advantages say little


def grpo(
    values: Values, groups: Groups = None, *, eps: float = EPS, ddof: int = 1, min_spread: float = 0.0
) -> Advantages:
    """Returns `(r - mean) / (std + eps)` within each group.

    Its size is at most `(m - 1) / sqrt(m)` at ddof 1 and `sqrt(m - 1)` at ddof 0. The mask must reach the loss.

    Source: Shao et al. 2024, DeepSeekMath, section 4.1; defaults as TRL.

    Args:
        values: Values of the batch, None if a machine failed.
        groups: Key of each sample's group; None if all are one group.
        eps: Added to the standard deviation, at least 0.
        ddof: 1 for the sample's standard deviation, as in torch; 0 for the population's.
        min_spread: Largest standard deviation that still counts as no spread, in units of the value.
    """
    _check(eps, ddof, min_spread)
    return _within(values, groups, lambda r: _whitened(r, eps, ddof, min_spread))


def dr_grpo(values: Values, groups: Groups = None, *, min_spread: float = 0.0) -> Advantages:
    """Returns `r - mean` within each group.

    Its size is at most the width of the reward's range. This scale acts as a learning rate, so keep values in
    [0, 1]. The mask must reach the loss.

    Source: Liu et al. 2025, Understanding R1-Zero-like training, section 3.

    Args:
        values: Values of the batch, None if a machine failed.
        groups: Key of each sample's group; None if all are one group.
        min_spread: Largest standard deviation (ddof 1) that still counts as no spread.
    """
    _check(EPS, 1, min_spread)
    return _within(values, groups, lambda r: _centred(r, min_spread))


def leave_one_out(values: Values, groups: Groups = None, *, min_spread: float = 0.0) -> Advantages:
    """Returns `r` minus the mean of the others of its group, which is `m / (m - 1) * (r - mean)`.

    Its size is at most the width of the reward's range. Arguments as for `dr_grpo`. The mask must reach the loss.

    Source: Ahmadian et al. 2024, Back to basics (RLOO), section 3.
    """
    _check(EPS, 1, min_spread)
    return _within(values, groups, lambda r: _centred(r, min_spread) * (len(r) / max(len(r) - 1, 1)))


def gdpo(
    components: Components,
    weights: Sequence[float] | None = None,
    groups: Groups = None,
    *,
    eps: float = EPS,
    ddof: int = 1,
    min_spread: float = 0.0,
    whiten: bool = True,
) -> Advantages:
    """Normalises each component in its group, adds them up, and normalises the sums over the batch.

    Returns `(t - mean_B) / (std_B + eps)` over the batch B, where t = sum of w_k z_k and z_k is the `grpo` of
    component k. A sample with any component None is masked. For the b finite samples of the batch, the size is
    at most `(b - 1) / sqrt(b)` at ddof 1 (`sqrt(b - 1)` at ddof 0); the bound of a group does not hold. The mask
    must reach the loss.

    It makes all spreads equal, and so inflates a component with little spread: a gate that nearly every sample
    passes outweighs the quality beside it. Keep gates inside their component.

    Source: Liu et al. 2026, GDPO, as released in TRL (`normalize_then_sum`), except for None, which is 0 there.

    Args:
        components: `(n, k)`, one row per sample; None for a component, or a whole row, if a machine failed.
        weights: One per component, at least 0; None for 1 each.
        groups: Key of each sample's group; None if all are one group.
        eps: As for `grpo`.
        ddof: As for `grpo`.
        min_spread: Largest standard deviation of a component in a group that still counts as no spread.
        whiten: Normalises over the batch. False returns t, bounded by the sum of w_k times the bound of `grpo`.
    """
    _check(eps, ddof, min_spread)
    matrix, mask = _matrix(components)
    weight = _weights(weights, matrix.shape[1])
    terms = np.zeros_like(matrix)
    for members in _members(mask, groups):
        for k in range(matrix.shape[1]):
            terms[members, k] = weight[k] * _whitened(matrix[members, k], eps, ddof, min_spread)
    sums = terms.sum(axis=1)
    if whiten:
        # Terms may cancel: what is left of them is then rounding, though it is large beside itself.
        rounding = FLAT * float(np.abs(terms).max(initial=0.0))
        sums[mask] = _whitened(sums[mask], eps, ddof, rounding)
    return sums, mask


def pareto(
    components: Components, groups: Groups = None, *, eps: float = EPS, ddof: int = 1, min_spread: float = 0.0
) -> Advantages:
    """Ranks each group by non-dominated sorting and returns the `grpo` of minus the index of the front.

    A sample dominates another if no component is lower and one is higher. Front 0 is dominated by none, front 1
    only by front 0, and so on; equal samples share a front. A sample with any component None is masked. The bound
    is that of `grpo`. The mask must reach the loss. A gap counts in full, however small it is, so round components
    to the differences that matter.

    Source: Lee et al. 2024, Parrot, section 3.3, which learns from front 0 alone; sorting: Deb et al. 2002,
    NSGA-II.

    Args:
        components: `(n, k)`, one row per sample; None for a component, or a whole row, if a machine failed.
        groups: Key of each sample's group; None if all are one group.
        eps: As for `grpo`.
        ddof: As for `grpo`.
        min_spread: A component does not count in a group in which its standard deviation is at most this.
    """
    _check(eps, ddof, min_spread)
    matrix, mask = _matrix(components)
    advantage = np.zeros(len(matrix))
    for members in _members(mask, groups):
        rows = matrix[members]
        telling = [
            k for k in range(rows.shape[1]) if _spread(rows[:, k], ddof) > _least(rows[:, k], min_spread)
        ]
        advantage[members] = _whitened(-_fronts(rows[:, telling]), eps, ddof, 0.0)
    return advantage, mask


def diagnostics(
    values: Values,
    groups: Groups = None,
    components: Mapping[str, Sequence[float | None]] | None = None,
    *,
    advantage: NDArray[np.floating] | None = None,
    min_spread: float = 0.0,
) -> dict[str, float]:
    """Returns figures of a batch for a log. The effective weight of a member is its weight times its spread.

    Args:
        values: Values of the batch, None if a machine failed.
        groups: Key of each sample's group; None if all are one group.
        components: Values of each member by its name, such as
            `{name: [score.components.get(name) for score in scores] for name in reward.traits.components}`.
        advantage: What the trainer uses; None for `grpo` with its defaults.
        min_spread: Largest standard deviation (ddof 1) that still counts as no spread.

    Returns:
        `no_spread` and `small`, the shares of groups without spread and with fewer than four finite members;
        `masked`, the share of samples without a value; `mean_abs_advantage` over the others; `spread`, the mean
        standard deviation in a group (ddof 1, groups of two or more), and `spread/NAME` of each member.
    """
    _check(EPS, 1, min_spread)
    column, mask = _column(values)
    rows = _members(mask, groups, empty=True)
    flat = [len(row) < 2 or _spread(column[row], 1) <= _least(column[row], min_spread) for row in rows]
    used = grpo(values, groups, min_spread=min_spread)[0] if advantage is None else np.asarray(advantage)
    if used.shape != mask.shape:
        raise ValueError(f"There are {len(mask)} values and advantages of shape {used.shape}; give one each.")
    told = {
        "no_spread": _mean(flat),
        "small": _mean([len(row) < SMALL for row in rows]),
        "masked": _mean(~mask),
        "mean_abs_advantage": _mean(np.abs(used[mask])),
        "spread": _mean_spread(values, groups),
    }
    return told | {f"spread/{name}": _mean_spread(part, groups) for name, part in (components or {}).items()}


def _within(
    values: Values, groups: Groups, rule: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> Advantages:
    column, mask = _column(values)
    advantage = np.zeros(len(column))
    for members in _members(mask, groups):
        advantage[members] = rule(column[members])
    return advantage, mask


def _members(mask: NDArray[np.bool_], groups: Groups, *, empty: bool = False) -> list[NDArray[np.intp]]:
    """Returns the places of the finite members of each group, first come first."""
    keys = [None] * len(mask) if groups is None else groups
    if len(keys) != len(mask):
        raise ValueError(f"There are {len(mask)} samples and {len(keys)} group keys; give one each.")
    places: dict[Hashable, list[int]] = {}
    for i, (key, finite) in enumerate(zip(keys, mask, strict=True)):
        places.setdefault(key, []).extend([i] if finite else [])
    return [np.array(group, np.intp) for group in places.values() if group or empty]


def _whitened(r: NDArray[np.float64], eps: float, ddof: int, min_spread: float) -> NDArray[np.float64]:
    return _centred(r, min_spread, ddof) / ((_spread(r, ddof) + eps) or 1.0)


def _centred(r: NDArray[np.float64], min_spread: float, ddof: int = 1) -> NDArray[np.float64]:
    return np.zeros(len(r)) if _spread(r, ddof) <= _least(r, min_spread) else r - r.mean()


def _spread(r: NDArray[np.float64], ddof: int) -> float:
    return float(r.std(ddof=ddof)) if len(r) > 1 else 0.0


def _least(r: NDArray[np.float64], min_spread: float) -> float:
    return max(FLAT * float(np.abs(r).max(initial=0.0)), min_spread)


def _fronts(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the index of each row's front, `(m,)`."""
    no_lower = np.all(rows[:, None] >= rows[None], axis=-1)
    dominates = np.logical_and(no_lower, np.any(rows[:, None] > rows[None], axis=-1))
    front, left, index = np.zeros(len(rows)), np.arange(len(rows)), 0
    while len(left):
        beaten = dominates[np.ix_(left, left)].any(axis=0)
        front[left[~beaten]] = index
        left, index = left[beaten], index + 1
    return front


def _column(values: Values) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    matrix, mask = _matrix([[value] for value in values])
    return matrix[:, 0] if len(matrix) else np.zeros(0), mask


def _matrix(components: Components) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Returns the values, 0 in rows that lack one, and which rows are whole."""
    widths = {len(row) for row in components if row is not None}
    if len(widths) > 1:
        raise ValueError(f"The rows of components have {sorted(widths)} entries; give each sample the same.")
    matrix = np.zeros((len(components), widths.pop() if widths else 0))
    mask = np.zeros(len(components), np.bool_)
    for i, row in enumerate(components):
        if row is None:
            continue
        for value in row:
            if value is not None and not math.isfinite(value):
                raise ValueError(
                    f"Sample {i} has the value {value}: a bug in its reward, which may give a finite number, or None "
                    "where a machine failed."
                )
        if all(value is not None for value in row):
            matrix[i], mask[i] = row, True
    return matrix, mask


def _weights(weights: Sequence[float] | None, count: int) -> NDArray[np.float64]:
    told = np.ones(count) if weights is None else np.asarray(weights, np.float64)
    if not (np.isfinite(told).all() and (told >= 0).all()) or (count and told.shape != (count,)):
        raise SpecError(f"The weights are {weights!r}; give {count} finite numbers of at least 0.")
    return told


def _mean_spread(values: Values, groups: Groups) -> float:
    column, mask = _column(values)
    return _mean([_spread(column[row], 1) for row in _members(mask, groups) if len(row) > 1])


def _mean(values: Sequence[float] | NDArray[np.bool_] | NDArray[np.floating]) -> float:
    return float(np.mean(values)) if len(values) else 0.0


def _check(eps: float, ddof: int, min_spread: float) -> None:
    if not 0 <= eps < math.inf or not 0 <= min_spread < math.inf:
        raise SpecError(f"eps={eps!r} and min_spread={min_spread!r} must be finite and at least 0.")
    if ddof not in (0, 1):
        raise SpecError(f"ddof is {ddof!r}; take 1 (as torch) or 0.")
