"""Reads options and limits of backends as a user gives them: by name, for each backend that has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from codepaint_env.render.backend import BackendFactory
from codepaint_env.render.limits import names
from codepaint_env.render.places import OPTIONS
from rewards.errors import SpecError
from rewards.lookup import guess


def choose(
    factories: Mapping[str, BackendFactory], chain: Sequence[str], given: Mapping[str, object]
) -> tuple[dict[str, Any], dict[str, dict[str, object]]]:
    """Returns the limits and the options of each backend that may draw, with defaults for those not given.

    Args:
        factories: All backends of a canvas.
        chain: Names of those that may draw.
        given: Limits and options by name.

    Raises:
        SpecError: No backend that may draw has an option or limit of that name, or its value is out of range or not
            available here.
        MissingPart: A value needs something that is not installed or not set.
    """
    used = {name: factories[name] for name in chain}
    for name, value in given.items():
        owners = [backend for backend, each in factories.items() if name in _known(each)]
        place = next((place for place, own in OPTIONS.items() if name in own), None)
        if not owners and place is not None:
            raise SpecError(f"renderer: {name} is an option of backend={place!r}; give both, or neither.")
        if not owners:
            raise SpecError(f"renderer: there is no option {name!r}.{_hint(name, factories)}")
        if not set(owners) & set(used):
            raise SpecError(
                f"renderer: {name} belongs to the path {owners[0]!r}, and path is {'-'.join(chain)!r}; "
                "leave it out or choose that path."
            )
        for each in used.values():
            if name in each.options and value not in each.options[name]:
                known = ", ".join(map(repr, each.options[name]))
                raise SpecError(f"renderer: {name} is {value!r}; there is {known}.")
    limits = {
        backend: each.limits(**{name: given[name] for name in names(each.limits) if name in given})
        for backend, each in used.items()
    }
    options = {
        backend: {name: given.get(name, choices[0]) for name, choices in each.options.items()}
        for backend, each in used.items()
    }
    for backend, each in used.items():
        each.check(options[backend])
    return limits, options


def _known(factory: BackendFactory) -> Iterable[str]:
    return (*factory.options, *names(factory.limits))


def _hint(name: str, factories: Mapping[str, BackendFactory]) -> str:
    known = dict.fromkeys(
        (
            "path",
            "workers",
            "backend",
            "cache",
            "disk_cache",
            *(each for one in factories.values() for each in _known(one)),
        )
    )
    return guess(name, known) or f" There are {', '.join(known)}."
