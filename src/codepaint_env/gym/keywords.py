"""Keywords that nobody has are refused with the way out: `gym.make` hands on whatever it is given."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from rewards.errors import SpecError
from rewards.lookup import guess

Init = TypeVar("Init", bound=Callable[..., None])


def refuse_unknown_keywords(init: Init) -> Init:
    """Makes an `__init__` raise `SpecError`, and not a bare `TypeError`, for a keyword that it does not have."""
    _, *known = inspect.signature(init).parameters

    @wraps(init)
    def checked(self: object, *arguments: Any, **keywords: Any) -> None:
        for name, value in keywords.items():
            if name not in known:
                way_out = guess(name, known) or f" There are {', '.join(known)}."
                raise SpecError(f"An environment has no argument {name!r} (it is {value!r}).{way_out}")
        init(self, *arguments, **keywords)

    return cast(Init, checked)
