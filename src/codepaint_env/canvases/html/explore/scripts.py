"""The functions that run in a page's isolated world, put together from the files beside this one."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _file(name: str) -> str:
    return (files(__package__) / "js" / f"{name}.js").read_text(encoding="utf-8")


@cache
def sight() -> str:
    """Returns the function that keeps what only the debugger can tell."""
    return _file("sight")


@cache
def candidates() -> str:
    """Returns the function that lists what a person could try."""
    return f"() => {{ {_file('tree')}\n{_file('candidates')} }}"


@cache
def observe() -> str:
    """Returns the function of `(chosen, spread)` that describes what the page shows."""
    return f"(chosen, spread) => {{ {_file('tree')}\n{_file('observe')} }}"


@cache
def aim(name: str) -> str:
    """Returns one of the functions `reach`, `aim` and `inertPoints` of `aim.js`."""
    return f"(...given) => {{ {_file('tree')}\n{_file('aim')}\nreturn {name}(...given); }}"


@cache
def ticking() -> str:
    """Returns the expression that lets clocks go on within a task."""
    return _file("ticking")
