"""The clauses of a spec in their normal form: a name, a member, a gate, a bonus, a penalty."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from rewards.errors import SpecError
from rewards.mixing.forms import Form
from rewards.mixing.mix import PASSED, SHARE, THRESHOLD, checked_gate, checked_share, checked_weight
from rewards.mixing.penalised import WEIGHT
from rewards.mixing.ramp import number_of, ramp_of

GATE = {"threshold": THRESHOLD, "bonus": PASSED}
"""What a gate takes besides rewards, with what it is where nothing is said."""


def leaf(spec: Mapping[Any, Any]) -> Form:
    """Returns the form of a reward with a name and parameters."""
    if not isinstance(spec["name"], str) or not all(isinstance(key, str) for key in spec):
        raise SpecError(f"{spec!r} is not understood; the name and the names of parameters are text.")
    return {key: _plain(value, key) for key, value in spec.items()}


def member(weight: object, form: Form) -> list[Any]:
    """Returns the form of a member of a weighted mix."""
    return [number_of(weight, checked_weight), form]


def gated(gate: Form, inner: Form, options: Mapping[str, Any]) -> Form:
    """Returns the form of a gated reward; `options` are `threshold` and `bonus`."""
    told = {key: options.get(key, usual) for key, usual in GATE.items()}
    level = {
        key: GATE[key] if ramp_of(value) else value for key, value in told.items()
    }  # beside one that moves
    given = {
        "threshold": number_of(told["threshold"], lambda end: checked_gate(end, level["bonus"])[0]),
        "bonus": number_of(told["bonus"], lambda end: checked_gate(level["threshold"], end)[1]),
    }
    return {"gate": gate, "of": inner, **{key: given[key] for key in GATE if given[key] != GATE[key]}}


def with_bonus(base: Form, bonus: Form, options: Mapping[str, Any]) -> Form:
    """Returns the form of a base and its bonus; `options` is `share`."""
    return {"base": base, "bonus": bonus, "share": number_of(options.get("share", SHARE), checked_share)}


def penalised(penalty: Form, inner: Form, options: Mapping[str, Any]) -> Form:
    """Returns the form of a reward less a penalty; `options` is `weight`."""
    return {
        "penalty": penalty,
        "of": inner,
        "weight": number_of(options.get("weight", WEIGHT), checked_weight),
    }


def _plain(value: object, where: str) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if isinstance(value, list | tuple):
        return [_plain(item, where) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: _plain(item, where) for key, item in value.items()}
    raise SpecError(
        f"{where}={value!r} does not fit into JSON; use text, finite numbers, lists and mappings."
    )
