"""Normal forms of specs, looked through: what they are made of, and the ramps among their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rewards.mixing.ramp import Ramp, ramp_of

Form = dict[str, Any]


def parts_of(form: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yields the forms of which a form is made."""
    if "name" not in form and "live" not in form:
        yield from (part for _, part in form.get("weighted", ()))
        yield from (value for value in form.values() if _is_part(value))


def ramps_of(form: Mapping[str, Any]) -> Iterator[Ramp]:
    """Yields the ramps of a form and of all that it is made of."""
    if "name" not in form and "live" not in form:
        numbers = [*form.values(), *(weight for weight, _ in form.get("weighted", ()))]
        yield from (ramp for ramp in map(ramp_of, numbers) if ramp is not None)
        for part in parts_of(form):
            yield from ramps_of(part)


def rebuilt(
    form: Mapping[str, Any],
    leaf: Callable[[Mapping[str, Any]], Form],
    number: Callable[[Any], Any] = lambda value: value,
) -> Form:
    """Returns a form with other leaves, named or live, and with other numbers."""
    if "name" in form or "live" in form:
        return leaf(form)
    if "weighted" in form:
        return {
            "weighted": [[number(weight), rebuilt(part, leaf, number)] for weight, part in form["weighted"]]
        }
    return {
        key: rebuilt(value, leaf, number) if _is_part(value) else number(value) for key, value in form.items()
    }


def at_step(form: Mapping[str, Any], step: int) -> Form:
    """Returns a form with the numbers of a step in place of its ramps."""

    def settled(value: Any) -> Any:
        ramp = ramp_of(value)
        return value if ramp is None else ramp.at(step)

    return rebuilt(form, dict, settled)


def _is_part(value: object) -> bool:
    return isinstance(value, Mapping) and "ramp" not in value
