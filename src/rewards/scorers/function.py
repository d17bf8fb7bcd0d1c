"""`function`: a reward function that you have already, such as one of TRL's, as a reward."""

from __future__ import annotations

import asyncio
import inspect
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import FunctionType, MethodType
from typing import Any, ClassVar, Literal, SupportsFloat

from rewards import loop_thread
from rewards.contents import contents
from rewards.errors import CodepaintError, MachineError, SpecError
from rewards.lookup import imported, qualname
from rewards.painted.blank import is_constant
from rewards.scorers.columns import Columns, nothing_logged
from rewards.types import Reward, Sample, Score, Traits, check_value, version_of

CODE = 1  # rises when the same answers would make another value


class Function:
    """A function of TRL's form `f(prompts, completions, **columns)`, or `f(image, prompt)`, as a reward.

    A function with a parameter `prompts` or `completions` is called once per batch, with lists, by keyword; one with a
    parameter `image` is called once per sample. It gets the arguments that it names, of
    `rewards.scorers.columns.COLUMNS`; with `**columns` also `image`, `program`, `canvas`, `task_id` and `group`. It may
    be a coroutine function. It may return None for a sample, which then has no value.

    It is called for programs that painted. Other programs and constant pictures score the lowest value: see `gate` and
    `floor`. Machine failures have no value.

    The whole batch raises, as with `@rewards.reward`, if the function has a bug: it raises, it returns too few or too
    many values, or a value is no number, not finite or out of range. If a machine failed, let the function raise
    `rewards.MachineError`: the samples of that call then have no value.

    Args:
        of: The function, or its place: `module:name`.
        range: Lowest and highest value of the function.
        floor: Constant pictures score the lowest value, and the function is not called.
        gate: Programs that failed score the lowest value, and the function is not called. With False it is called for
            them too, unless it has a parameter `image`.
        messages: Passes prompts and completions as conversations, `[{"role": ..., "content": ...}]`; False as texts.
        pictures: `array` is `(height, width, 3)` uint8 sRGB; `pil` is a `PIL.Image.Image`.

    Raises:
        SpecError: There is no such function, it has a parameter that no sample has, or an argument is not understood.
    """

    example: ClassVar[Mapping[str, Any]] = {"of": "rewards.scorers.colourful:colourful"}

    def __init__(
        self,
        *,
        of: str | Callable[..., Any],
        range: Sequence[float] = (0.0, 1.0),
        floor: bool = True,
        gate: bool = True,
        messages: bool = False,
        pictures: Literal["array", "pil"] = "array",
    ) -> None:
        self._given = {
            "of": of,
            "range": _ends(range),
            "floor": floor,
            "gate": gate,
            "messages": messages,
            "pictures": pictures,
        }
        self.function, self.label = _found(of)
        self.columns = Columns.of(self.function, self.label)
        if pictures not in ("array", "pil"):
            raise SpecError(f"'function' got pictures={pictures!r}; it is 'array' or 'pil'.")
        self.messages, self.pil = messages, pictures == "pil"
        self.name = str(getattr(self.function, "__name__", type(self.function).__qualname__))
        self.needs = frozenset(self.columns.needs | ({"image"} if floor else set()))
        self.lowest, highest = _ends(range)
        self.traits = Traits(
            range=(self.lowest, highest),
            floor=floor,
            gate=gate,
            noise_floor=1.0,
            disclaims={"18": "nothing is known of a function"},
        )
        told = [self.lowest, highest, floor, gate, messages, pictures]
        self.version = version_of("Function", [CODE, _told(self.function), *told])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order.

        Raises:
            RuntimeError: The function raised.
            TypeError: It returned what is no number.
            ValueError: It returned too few or too many values, or one that is not finite or out of range.
        """
        scores = [self._settled(sample) for sample in samples]
        asked = [sample for sample, score in zip(samples, scores, strict=True) if score is None]
        answers = iter(self._answers(asked) if asked else ())
        return [next(answers) if score is None else score for score in scores]

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Scores samples in order without blocking the event loop: the function runs in a thread."""
        return await asyncio.to_thread(self, samples)

    def _settled(self, sample: Sample) -> Score | None:
        """Returns the score of a sample that the function is not asked about; None for one that it is."""
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        failed = self.traits.gate and not rendering.ok
        unpainted = rendering.image is None and self.columns.sees
        blank = rendering.ok and self.traits.floor and is_constant(rendering.image)
        if failed or unpainted or blank:
            return Score(self.lowest, reason=rendering.message or "nothing was painted")
        return None

    def _answers(self, samples: Sequence[Sample]) -> list[Score]:
        """Returns what the function says of samples, in order."""
        try:
            values = self._called(self.columns.filled(samples, messages=self.messages, pil=self.pil))
        except MachineError as error:
            return [Score(None, reason=str(error))] * len(samples)
        except CodepaintError:
            raise
        except Exception as error:
            raise RuntimeError(
                f"The function {self.label} raised {type(error).__name__}: {error}; it was asked about {len(samples)} "
                "samples. Mend it, or let it return None for a sample that it has no score for."
            ) from error
        if not isinstance(values, Iterable) or isinstance(values, str | bytes | Mapping):
            raise TypeError(
                f"The function {self.label} returned {values!r:.60}; return a list with one value a sample."
            )
        told = list(values)
        if len(told) != len(samples):
            raise ValueError(
                f"The function {self.label} returned {len(told)} values for {len(samples)} samples."
            )
        return [self._score(value) for value in told]

    def _called(self, told: Mapping[str, Sequence[Any]]) -> object:
        """Calls the function once with all columns, or once with each sample's; waits for what is to be awaited."""
        if self.columns.style == "batch":
            found = self.function(**told, **dict.fromkeys(self.columns.logs, nothing_logged))
            return loop_thread.run(_awaited([found]))[0] if inspect.isawaitable(found) else found
        each = [dict(zip(told, values, strict=True)) for values in zip(*told.values(), strict=True)]
        values = [self.function(**one) for one in each]
        return loop_thread.run(_awaited(values)) if any(map(inspect.isawaitable, values)) else values

    def _score(self, value: object) -> Score:
        if value is None:
            return Score(None, reason=f"{self.label} has no score for it")
        if isinstance(value, str | bytes) or not isinstance(value, SupportsFloat):
            raise TypeError(f"The function {self.label} returned {value!r:.60}; return a number, or None.")
        number = float(value)
        check_value(self.label, number, self.traits.range)
        return Score(number)

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (self._given,)  # what was named is imported anew


def _remade(given: Mapping[str, Any]) -> Function:
    return Function(**given)


async def _awaited(values: Sequence[Any]) -> list[Any]:
    async def one(value: Any) -> Any:
        return await value if inspect.isawaitable(value) else value

    return list(await asyncio.gather(*map(one, values)))


def _found(of: object) -> tuple[Callable[..., Any], str]:
    """Returns a function with its name for messages.

    Raises:
        SpecError: It is none.
    """
    if isinstance(of, str) and ":" not in of:
        raise SpecError(f"'function' got of={of!r}; write 'module:name', where your function stands.")
    found, label = (imported(of), repr(of)) if isinstance(of, str) else (of, repr(qualname(of)))
    if isinstance(found, type):
        raise SpecError(f"'function': {label} is a class; name a function, or an object that can be called.")
    if isinstance(found, Reward):
        raise SpecError(f"'function': {label} is a reward already; take it as it is, as in reward={label}.")
    if not callable(found):
        raise SpecError(f"'function': {label} is {found!r:.60}, which cannot be called; name a function.")
    return found, label


def _ends(between: Sequence[float]) -> tuple[float, float]:
    try:
        lowest, highest = (float(end) for end in between)
    except (TypeError, ValueError):
        lowest = highest = 0.0
    if not (math.isfinite(highest - lowest) and lowest < highest):
        raise SpecError(
            f"'function' got range={between!r}; give its lowest and highest value, such as [0, 10]."
        )
    return lowest, highest


def _told(function: Callable[..., Any]) -> object:
    """Returns what tells a function from another: its text, or that of its class with what it holds."""
    if isinstance(function, FunctionType | MethodType | partial):
        return contents(function)
    held = getattr(function, "__dict__", {})
    return [contents(type(function)), {name: _held(value) for name, value in held.items()}]


def _held(value: object) -> object:
    try:
        return contents(value)
    except SpecError:
        return type(value).__qualname__  # nobody can tell what is in it, such as a model's weights
