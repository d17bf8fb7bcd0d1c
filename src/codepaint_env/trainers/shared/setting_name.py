"""Errors that name the setting of a trainer that is to be changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rewards.errors import MissingPart, SpecError


@contextmanager
def setting(name: str) -> Iterator[None]:
    """Puts the name of a trainer's own setting before what a `SpecError` or `MissingPart` says.

    Args:
        name: As the user of that trainer writes it, such as `--env.taskset.tasks`.
    """
    try:
        yield
    except (SpecError, MissingPart) as error:
        raise type(error)(f"{name}: {error}") from error
