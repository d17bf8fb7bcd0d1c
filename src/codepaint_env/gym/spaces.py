"""The `Code` space: strings of any characters, which gymnasium's `Text` cannot hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import numpy as np
from gymnasium import Space, spaces
from gymnasium.spaces.utils import flatdim, flatten, flatten_space, is_space_dtype_shape_equiv, unflatten
from gymnasium.vector.utils import batch_differing_spaces, batch_space, concatenate, create_empty_array
from gymnasium.vector.utils.shared_memory import (
    create_shared_memory,
    read_from_shared_memory,
    write_to_shared_memory,
)
from gymnasium.vector.utils.space_utils import _batch_space_custom
from gymnasium.wrappers.utils import create_zero_array
from numpy.typing import NDArray

from codepaint_env.episodes.setting import Setting
from codepaint_env.episodes.turns import FEEDBACK_CHARS
from codepaint_env.render.backend import spec_of
from codepaint_env.tasks import PROMPT_CHARS
from rewards.errors import SpecError

_LENGTH_BYTES = 4
_CHAR_BYTES = 4  # of the longest character in UTF-8


class Code(Space[str]):
    """Strings of at most `max_length` characters that are valid Unicode.

    A string is a member if it is short enough and encodes as UTF-8 (lone surrogates do not). With a canvas, samples are
    small programs that paint; without one, short words.

    Args:
        max_length: Longest string, in characters.
        canvas: The canvas that samples are written for; None for plain text.
        seed: Seed of the samples.
    """

    def __init__(
        self,
        max_length: int = 100_000,
        *,
        canvas: str | None = None,
        seed: int | np.random.Generator | None = None,
    ) -> None:
        if isinstance(max_length, bool) or not isinstance(max_length, int) or max_length < 1:
            raise SpecError(f"Code: max_length is {max_length!r}; it must be a whole number above 0.")
        self.max_length = max_length
        self.canvas = canvas
        super().__init__(dtype=str, seed=seed)

    @property
    def is_np_flattenable(self) -> bool:
        """False: strings of any length have no flat form."""
        return False

    def sample(self, mask: Any | None = None, probability: Any | None = None) -> str:
        """Draws a small program of the canvas, or a few words."""
        if mask is not None or probability is not None:
            raise SpecError("Code: samples take neither mask nor probability.")
        if self.canvas is not None:
            from codepaint_env import canvases

            return canvases.get(self.canvas).sample(self.np_random)[: self.max_length]
        letters = self.np_random.integers(97, 123, int(self.np_random.integers(1, 33)), dtype=np.uint8)
        return letters.tobytes().decode("ascii")[: self.max_length]

    def contains(self, x: Any) -> bool:
        """Tells whether a string is short enough and valid Unicode."""
        if not isinstance(x, str) or len(x) > self.max_length:
            return False
        try:
            x.encode("utf-8")
        except UnicodeEncodeError:
            return False
        return True

    def to_jsonable(self, sample_n: Any) -> list[str]:
        """Returns the strings themselves."""
        return list(sample_n)

    def from_jsonable(self, sample_n: Any) -> list[str]:
        """Returns the strings themselves."""
        return [str(text) for text in sample_n]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Code) and (self.max_length, self.canvas) == (other.max_length, other.canvas)

    def __repr__(self) -> str:
        return (
            f"Code({self.max_length})"
            if self.canvas is None
            else f"Code({self.max_length}, canvas={self.canvas!r})"
        )


@batch_space.register(Code)
def _batch(space: Code, n: int = 1) -> spaces.Tuple[Any]:
    return _batch_space_custom(space, n)  # type: ignore[arg-type]


@batch_differing_spaces.register(Code)
def _batch_differing(differing: Any) -> spaces.Tuple[Any]:  # type: ignore[misc]
    return spaces.Tuple(list(differing))


@concatenate.register(Code)
def _concatenate(space: Code, items: Any, out: Any) -> tuple[str, ...]:
    return tuple(items)


@create_empty_array.register(Code)
def _empty(space: Code, n: int = 1, fn: Any = np.zeros) -> tuple[str, ...]:
    return ("",) * n


@create_zero_array.register(Code)
def _zero(space: Code) -> str:  # type: ignore[misc]
    return ""


@is_space_dtype_shape_equiv.register(Code)
def _equivalent(first: Code, second: Any) -> bool:
    # Environments of one vector may share memory, in which each has as many bytes as its space is long.
    return isinstance(second, Code) and first.max_length == second.max_length


@create_shared_memory.register(Code)
def _create_shared(space: Code, n: int = 1, ctx: Any = None) -> Any:
    return ctx.Array("B", n * (_LENGTH_BYTES + _CHAR_BYTES * space.max_length))


@write_to_shared_memory.register(Code)
def _write_shared(space: Code, index: int, value: str, shared_memory: Any) -> None:
    data = value.encode("utf-8")
    size = _LENGTH_BYTES + _CHAR_BYTES * space.max_length
    row = np.frombuffer(shared_memory.get_obj(), dtype=np.uint8)[index * size : (index + 1) * size]
    row[:_LENGTH_BYTES] = np.frombuffer(len(data).to_bytes(_LENGTH_BYTES, "little"), dtype=np.uint8)
    row[_LENGTH_BYTES : _LENGTH_BYTES + len(data)] = np.frombuffer(data, dtype=np.uint8)


@read_from_shared_memory.register(Code)
def _read_shared(space: Code, shared_memory: Any, n: int = 1) -> _SharedStrings:
    return _SharedStrings(np.frombuffer(shared_memory.get_obj(), dtype=np.uint8).reshape(n, -1))


class _SharedStrings:
    """What the processes of an `AsyncVectorEnv` last wrote, one string an environment.

    Gymnasium reads shared memory once, when the vector is made, and from then on trusts that it has a view:
    so this is one, and a deep copy of it, which is what `step` and `reset` hand out, is a plain tuple.
    """

    def __init__(self, rows: NDArray[np.uint8]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> str:
        row = self._rows[index]
        size = int.from_bytes(row[:_LENGTH_BYTES].tobytes(), "little")
        return str(row[_LENGTH_BYTES : _LENGTH_BYTES + size].tobytes(), "utf-8")

    def __iter__(self) -> Iterator[str]:
        return (self[index] for index in range(len(self)))

    def __deepcopy__(self, memo: object) -> tuple[str, ...]:
        return tuple(self)


def _refuse(space: Code, *_: Any) -> NoReturn:
    raise TypeError(
        f"{space} holds strings of any length, which have no flat form. Keep only the picture first: "
        "gymnasium.wrappers.FilterObservation(env, ['image'])."
    )


for _function in (flatdim, flatten, unflatten, flatten_space):
    _function.register(Code, _refuse)


def observation_space(setting: Setting) -> spaces.Dict:
    """Returns the space of `prompt`, `image`, `feedback` and `turn`."""
    width, height = setting.evaluator.canvas.size_px
    return spaces.Dict(
        {
            "prompt": Code(PROMPT_CHARS),
            "image": spaces.Box(0, 255, (height, width, 3), np.uint8),
            "feedback": Code(FEEDBACK_CHARS),
            "turn": spaces.Discrete(setting.max_turns + 1),
        }
    )


def action_space(setting: Setting) -> Code:
    """Returns the space of completions, whose samples are programs that paint."""
    canvas = setting.evaluator.canvas
    return Code(canvas.max_chars, canvas=spec_of(canvas))
