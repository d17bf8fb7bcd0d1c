"""What `module:name` stands for."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterable

from rewards.errors import SpecError


def imported(reference: str) -> object:
    """Returns what `module:name` or `module:outer.name` refers to.

    Raises:
        SpecError: There is no such module, or nothing of that name in it.
    """
    module_name, _, path = reference.partition(":")
    if not all(part.isidentifier() for part in module_name.split(".")):
        raise SpecError(f"{reference!r} names no module; write 'module:factory'.")
    try:
        found: object = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module_name}.".startswith(f"{error.name}."):
            raise  # the module is there, what it imports is not
        raise SpecError(f"{reference!r} names the module {error.name!r}, which is not installed.") from None
    for name in path.split("."):
        if not hasattr(found, name):
            raise SpecError(f"{module_name!r} has no {path!r}.{guess(name, dir(found))}")
        found = getattr(found, name)
    return found


def guess(name: str, known: Iterable[str]) -> str:
    """Returns ` Did you mean ...?` where a name is near to one that there is, else nothing."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" Did you mean {close[0]!r}?" if close else ""


def qualname(thing: object) -> str:
    """Returns the name of a function or class, or of a thing's class."""
    return str(getattr(thing, "__qualname__", type(thing).__qualname__))
