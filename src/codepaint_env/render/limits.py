"""Limits how much a program may use: one dataclass per backend, with fields that are checked when it is made."""

from __future__ import annotations

import dataclasses
import math
from typing import Any, get_type_hints

from rewards.errors import SpecError


@dataclasses.dataclass(frozen=True, slots=True)
class NoLimits:
    """The limits of a backend that has none."""


def check_limits(limits: Any) -> None:
    """Raises `SpecError` unless each int field is a whole number above 0 and each float field a finite one above 0.

    A field `NAME_min_UNIT` must not exceed its `NAME_max_UNIT`. Call it in `__post_init__`.
    """
    hints = get_type_hints(type(limits))
    for field in dataclasses.fields(limits):
        value = getattr(limits, field.name)
        if hints[field.name] is int:
            if type(value) is not int or value < 1:
                raise SpecError(f"limits: {field.name} is {value!r}; it must be a whole number above 0.")
        elif type(value) not in (int, float) or not (math.isfinite(value) and value > 0):
            raise SpecError(f"limits: {field.name} is {value!r}; it must be a finite number above 0.")
    for least in (field.name for field in dataclasses.fields(limits) if "_min_" in field.name):
        most = least.replace("_min_", "_max_")
        if getattr(limits, least) > getattr(limits, most):
            raise SpecError(
                f"limits: {least} is {getattr(limits, least)} and {most} is {getattr(limits, most)}; "
                "the least must not exceed the most."
            )


def names(kind: type[Any]) -> tuple[str, ...]:
    """Returns the names of the limits of a type."""
    return tuple(field.name for field in dataclasses.fields(kind))
