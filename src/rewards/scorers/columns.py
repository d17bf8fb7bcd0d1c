"""What a function may ask for by the names of its parameters, and how it is called with it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rewards.errors import SpecError
from rewards.lookup import guess
from rewards.types import Sample

Style = Literal["batch", "sample"]

COLUMNS: Mapping[str, tuple[str, Callable[[Sample], Any]]] = {
    "image": ("image", lambda sample: sample.rendering.image),
    "prompt": ("prompt", lambda sample: sample.task.prompt),
    "completion": ("source", lambda sample: sample.completion),
    "program": ("source", lambda sample: sample.program),
    "canvas": ("canvas", lambda sample: sample.task.canvas),
    "task_id": ("task_id", lambda sample: sample.task.id),
    "group": ("group", lambda sample: sample.group),
    "reference": ("reference", lambda sample: sample.task.reference and str(sample.task.reference.resolve())),
    "features": ("prompt", lambda sample: list(sample.task.features)),
    "letters": ("prompt", lambda sample: sample.task.letters),
    "interactions": ("prompt", lambda sample: list(sample.task.interactions)),
    "subject": ("prompt", lambda sample: sample.task.subject),
}
"""The need and the value of each column, by its name; a batch also has TRL's `prompts` and `completions`."""

IN_A_BATCH = {"prompts": "prompt", "completions": "completion"}
OF_A_TRAINER = ("completion_ids", "trainer_state", "environments")
LOGS = ("log_metric", "log_extra")
OPEN = ("image", "program", "canvas", "task_id", "group")
"""What a function with `**columns` is given besides what it names; not what some tasks lack."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns a function takes, and how.

    Attributes:
        style: `batch` is called once with lists, as TRL does; `sample` once for each sample.
        names: Of the columns, as the function names them.
        logs: Which of TRL's `log_metric` and `log_extra` it takes.
        sees: True if it names `image`; one with `**columns` alone may be given None for a picture.
    """

    style: Style
    names: tuple[str, ...]
    logs: tuple[str, ...]
    sees: bool

    @classmethod
    def of(cls, function: Callable[..., object], label: str) -> Columns:
        """Reads a function's signature.

        Raises:
            SpecError: It takes what no sample has, or neither completions nor a picture.
        """
        try:
            taken = list(inspect.signature(function).parameters.values())
        except (TypeError, ValueError):
            raise SpecError(
                f"'function': {label} tells nothing of its parameters; wrap it in a function."
            ) from None
        named = {p.name for p in taken if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)}
        style: Style = "batch" if named & IN_A_BATCH.keys() else "sample"
        known = [*COLUMNS, *(IN_A_BATCH if style == "batch" else ()), *(LOGS if style == "batch" else ())]
        for p in taken:
            free = p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) or p.default is not p.empty
            if p.kind is not p.POSITIONAL_ONLY and (free or p.name in known):
                continue
            raise SpecError(f"'function': {label} takes {p.name!r}, {_lacking(p, known)}")
        if style == "sample" and "image" not in named:
            told = ", ".join(sorted(named)) or "nothing by name"
            raise SpecError(
                f"'function': {label} takes {told}; it must take `completions` or `prompts`, as functions of TRL do, "
                "or `image`."
            )
        open_ended = any(p.kind is p.VAR_KEYWORD for p in taken)
        columns = [name for name in known if name in named or (open_ended and name in OPEN)]
        if open_ended and style == "batch":
            columns += [name for name in (*IN_A_BATCH, *LOGS) if name not in columns]
        passed, logs = ([n for n in columns if (n in LOGS) is logged] for logged in (False, True))
        return cls(style, tuple(passed), tuple(logs), "image" in named)

    @property
    def needs(self) -> frozenset[str]:
        """The evidence that the columns rest on."""
        return frozenset(COLUMNS[IN_A_BATCH.get(name, name)][0] for name in self.names)

    def filled(self, samples: Sequence[Sample], *, messages: bool, pil: bool) -> dict[str, list[Any]]:
        """Returns the columns of samples, each in their order.

        Args:
            samples: Any number.
            messages: Prompts and completions are conversations, as TRL has them for `prompt` columns of messages.
            pil: Pictures are `PIL.Image.Image`; else `(height, width, 3)` uint8 arrays, copies that may be written to.
        """
        found = {}
        for name in self.names:
            column = IN_A_BATCH.get(name, name)
            values = [COLUMNS[column][1](sample) for sample in samples]
            if column == "image":
                values = [_picture(image, pil) for image in values]
            elif messages and name in IN_A_BATCH:
                role = "user" if column == "prompt" else "assistant"
                values = [[{"role": role, "content": text}] for text in values]
            found[name] = values
        return found


def nothing_logged(*_: object) -> None:
    """Stands for TRL's `log_metric` and `log_extra`: nothing is logged."""


def _lacking(parameter: inspect.Parameter, known: Sequence[str]) -> str:
    name = parameter.name
    if parameter.kind is parameter.POSITIONAL_ONLY:
        return "which cannot be passed by name; leave the `/` out of its parameters."
    if name in OF_A_TRAINER:
        return "which only a trainer knows; give it a default, such as None."
    told = ", ".join(known)
    return f"which no sample has; give it a default, or take what there is: {told}.{guess(name, known)}"


def _picture(image: Any, pil: bool) -> Any:
    if image is None:
        return None
    if not pil:
        return image.copy()  # others read the same array
    from PIL import Image

    return Image.fromarray(image)
