"""What a value holds, as JSON: what versions are made of, so that values that differ have versions that differ."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Mapping, Set
from contextlib import suppress
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import partial
from pathlib import PurePath
from types import BuiltinFunctionType, CodeType, EllipsisType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from rewards.errors import SpecError


def contents(value: object, /) -> Any:
    """Returns what a value holds, JSON-able; equal ones hold the same in every process.

    JSON's own values are what they are. Arrays, sets, paths, data classes, functions (with their text, defaults and
    what they close over), `partial`, classes, and whatever has a `version` of its own are told by type and contents.

    Raises:
        SpecError: A value is of another type, or holds itself.
    """
    return _told(value, ())


def _told(value: Any, within: tuple[int, ...]) -> Any:
    if value is None or (isinstance(value, str | bool | int | float) and not isinstance(value, Enum)):
        return value
    if id(value) in within:
        raise SpecError(f"A version cannot be made of {type(value).__qualname__}, which holds itself.")
    within = (*within, id(value))

    def each(values: Any) -> list[Any]:
        return [_told(one, within) for one in values]

    match value:
        case np.generic():
            return _told(value.item(), within)
        case np.ndarray() if value.dtype != object:
            pixels = np.ascontiguousarray(value)
            return ["array", value.dtype.str, list(value.shape), hashlib.sha256(pixels.tobytes()).hexdigest()]
        case complex() | EllipsisType():
            return ["constant", repr(value)]
        case bytes() | bytearray():
            return ["bytes", hashlib.sha256(value).hexdigest()]
        case Enum():
            return [*_name(type(value)), value.name]
        case PurePath():
            return ["path", str(value)]
        case list() | tuple():
            return each(value)
        case Set():
            return ["set", *sorted(each(value), key=_sorted_by)]
        case Mapping() if all(isinstance(key, str) for key in value):
            return {key: _told(one, within) for key, one in value.items()}
        case Mapping():
            return ["mapping", *sorted(each(value.items()), key=_sorted_by)]
        case partial():
            return ["partial", *each((value.func, value.args, value.keywords))]
        case MethodType():
            return ["method", *each((value.__func__, value.__self__))]
        case FunctionType():
            # A function may call itself.
            known = [one for one in _closed_over(value) if id(one) not in within]
            return ["function", _text(value), *each((value.__defaults__, value.__kwdefaults__, known))]
        case ModuleType():
            return ["module", value.__name__]
        case BuiltinFunctionType():
            return ["builtin", value.__name__, _told(value.__self__, within)]
        case type():
            return ["class", *_name(value), _text(value)]
        case CodeType():
            return ["code", value.co_code.hex(), list(value.co_names), *each(value.co_consts)]
    version = getattr(value, "version", None)
    if isinstance(version, str):
        return [*_name(type(value)), version]
    if is_dataclass(value):
        return [*_name(type(value)), *each(getattr(value, one.name) for one in fields(value))]
    raise SpecError(
        f"A version cannot be made of {type(value).__qualname__}: nothing tells two of them apart. Give it an "
        "attribute `version` (text that changes with what it does), or pass text, numbers, lists, mappings or arrays."
    )


def _name(kind: type) -> tuple[str, str]:
    return kind.__module__, kind.__qualname__


def _sorted_by(told: Any) -> str:
    return json.dumps(told, sort_keys=True)


def _closed_over(function: FunctionType) -> list[Any]:
    """Returns what a function closes over, but for what is not there yet."""
    held = []
    for cell in function.__closure__ or ():
        with suppress(ValueError):  # an empty cell
            held.append(cell.cell_contents)
    return held


def _text(code: Any) -> Any:
    """Returns the text of a function or class; of a function without one, typed at a prompt, what it was made into."""
    try:
        return inspect.getsource(code)
    except (OSError, TypeError):
        return _told(code.__code__, ()) if isinstance(code, FunctionType) else code.__qualname__
