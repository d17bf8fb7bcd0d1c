"""A reward that is climbed, or a gold: its label, its range, and the encoders that it looks with."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rewards
from codepaint_env.canvases.canvas import Canvas
from codepaint_env.evaluate import Evaluator
from codepaint_env.render.renderer import Renderer
from codepaint_env.study.climb.search import Value
from rewards.errors import MachineError, SpecError
from rewards.heads.head import load_head
from rewards.preflight import check_tasks
from rewards.types import Reward, Sample, Task

_HEADS = {"taste": "perceptual", "subject": "perceptual"}  # what the heads that ship look with


@dataclass(frozen=True, slots=True)
class Contender:
    """A reward with what a climb must know of it.

    Attributes:
        label: Short name, used in files and tables.
        text: Its spec as it was given.
        reward: Itself.
        encoders: Names of the encoders with which it looks at pictures; empty for one that reads pixels alone.
    """

    label: str
    text: str
    reward: Reward
    encoders: frozenset[str]

    @property
    def span(self) -> tuple[float, float] | None:
        """The declared range; None where there is none."""
        return self.reward.traits.range

    def values(self, canvas: Canvas, renderer: Renderer, samples: Sequence[Sample]) -> list[Value]:
        """Scores samples.

        Raises:
            MachineError: One could not be scored.
        """
        scored = Evaluator(canvas, self.reward, renderer).judge(samples)
        values = []
        for each in scored:
            if each.score.value is None:
                raise MachineError(f"{self.label} has no score: {each.score.reason} Run the same again.")
            values.append(Value(each.score.value, each.sample.rendering.ok))
        return values


def contenders_of(specs: Sequence[Any], tasks: Sequence[Task], prefix: str = "") -> list[Contender]:
    """Makes rewards; two of one name are told apart by a number.

    Args:
        specs: As `rewards.make` takes them.
        tasks: What they are to judge.
        prefix: Put before each label.

    Raises:
        SpecError: One is not known, cannot judge the tasks, or compares the samples of a group.
    """
    found: list[Contender] = []
    for spec in specs:
        reward = rewards.make(spec)
        if reward.traits.scope == "group":
            raise SpecError(
                f"The reward {reward.name!r} compares the samples of a group, but a climb has one picture at a time; "
                "name a reward that judges each sample by itself."
            )
        check_tasks(reward, tasks)
        form = rewards.normal_form(spec)
        label = _label(form, prefix, {each.label for each in found})
        text = spec if isinstance(spec, str) else json.dumps(spec)
        found.append(Contender(label, text, reward, encoders_of(form)))
    return found


def unseen(reward: Contender, golds: Sequence[Contender]) -> Contender | None:
    """Returns the first gold that looks with no encoder of the reward; None if there is none."""
    return next((gold for gold in golds if not gold.encoders & reward.encoders), None)


def _label(form: Any, prefix: str, taken: set[str]) -> str:
    name = str(form["name"]) if isinstance(form, Mapping) and "name" in form else "mix"
    name = re.sub(r"[^\w-]+", "-", f"{prefix} {name}" if prefix else name)
    return next(
        each for each in (name, *(f"{name}-{number}" for number in range(2, 1000))) if each not in taken
    )


def encoders_of(form: Any) -> frozenset[str]:
    """Returns the names of the encoders in the normal form of a reward.

    Known are those of `perceptual`, `dino`, `clip`, and of the heads of `taste` and `subject`. Any other reward, such
    as one that asks a judge, is taken to look with none of them.
    """
    if isinstance(form, Mapping) and "name" in form:
        return _encoder_of(str(form["name"]), form.get("file"))
    inner = form.values() if isinstance(form, Mapping) else form if isinstance(form, list | tuple) else ()
    return frozenset[str]().union(*map(encoders_of, inner))


def _encoder_of(name: str, file: str | None) -> frozenset[str]:
    if name in _HEADS:
        return frozenset(
            {_HEADS[name] if file is None else str(load_head(Path(file), name).recipe["encoder"])}
        )
    return frozenset({name}) & {"perceptual", "dino", "clip"}
