"""What stands beside a sketch: the system prompt, the harness of a page, its shaders, and the canary."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def script(name: str) -> str:
    """Returns one of these files."""
    return (files(__package__) / name).read_text(encoding="utf-8")
