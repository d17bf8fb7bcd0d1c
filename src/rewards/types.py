"""The types that rewards work with: tasks, renderings, samples, scores and traits."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from rewards.contents import contents

Status = Literal["ok", "program_error", "machine_error"]
Scope = Literal["sample", "group"]

STAGES = ("source", "lint", "image", "text", "layout", "interactions")
"""The stages in which evidence is recorded, cheapest first."""

NEEDS = frozenset(STAGES) | {"prompt", "task_id", "group", "reference", "canvas"}
"""What a reward may ask for in `needs`; `status` is always readable."""

DEFAULT_CANVAS = "p5brush"
"""The canvas of tasks and environments that name none."""

STEPS = 3
"""Judged steps of a page's interaction trace that count, where a task says nothing else."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a policy is asked to paint.

    Attributes:
        id: Stable name; the render seed and the draw of references derive from it.
        prompt: What the policy reads.
        canvas: The kind of program that paints, such as `svg`.
        reference: A picture of the wanted result; None for none.
        features: Short statements by which a person would recognise the picture, such as `two handles`.
        letters: True if the picture may hold letters.
        interactions: What a user would expect to be able to do on the page, one sentence each.
        steps: Judged steps of a page's interaction trace that count, at least 1.
        subject: What the picture should show, as the head of `subject` names it; `""` leaves it to the prompt.
    """

    id: str
    prompt: str
    canvas: str = DEFAULT_CANVAS
    reference: Path | None = None
    features: tuple[str, ...] = ()
    letters: bool = False
    interactions: tuple[str, ...] = ()
    steps: int = STEPS
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed about a program or its picture that is not an error.

    Attributes:
        kind: Such as `truncated`, `rescaled`, `embedded` or `text`.
        message: One sentence for people.
        value: Its amount; 1.0 if there is nothing to measure.
        box: Left, top, right, bottom in pixels of the picture.
        selector: A CSS selector that finds the element of a page; `""` if there is none.
    """

    kind: str
    message: str
    value: float = 1.0
    box: tuple[int, int, int, int] | None = None
    selector: str = ""


@dataclass(frozen=True, slots=True)
class Interaction:
    """One step in a page that was tried out: the action, its element and its effect.

    Attributes:
        step: Number of the step in the trace, from 1.
        action: Such as `click`, `type`, `press` or `drag`.
        role: Role of the element, such as `button`.
        name: Accessible name of the element, as a person would call it.
        selector: A CSS selector that finds the element.
        box: Left, top, right, bottom of the element in pixels of the viewport; None if it has no place.
        expectation: What a user would expect the action to do.
        effect: What changed, in words; `""` if nothing changed.
        credited: True if the effect meets the expectation, False if not, None if that was not judged.
        evidence: What shows the effect: one sentence, or a name in `Rendering.pictures`.
    """

    step: int
    action: str
    role: str
    name: str
    selector: str
    box: tuple[int, int, int, int] | None
    expectation: str
    effect: str
    credited: bool | None
    evidence: str


@dataclass(frozen=True, slots=True, eq=False)
class Rendering:
    """What was recorded when a program ran: the evidence that rewards read.

    Attributes:
        status: `ok`, `program_error` (the program's fault) or `machine_error` (ours).
        kind: What went wrong, such as `syntax` or `blank`; `""` when ok.
        message: One sentence on it; `""` when ok.
        image: `(height, width, 3)` uint8, sRGB, row 0 at the top; None if nothing was painted.
        findings: What was noticed, in the order of recording.
        interactions: The interaction trace of a page; None if none was recorded.
        evidence: The stages that were recorded, such as `{"source", "image"}`.
        identity: Hash of program, seed, canvas options and set-up.
        pictures: PNG files by name, such as `viewport`, `full` or `step-1-before`; read-only.
    """

    status: Status
    kind: str = ""
    message: str = ""
    image: NDArray[np.uint8] | None = None
    findings: tuple[Finding, ...] = ()
    interactions: tuple[Interaction, ...] | None = None
    evidence: frozenset[str] = frozenset()
    identity: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        # Caches hand one rendering to many: a copy that nobody else can change.
        object.__setattr__(self, "pictures", MappingProxyType(dict(self.pictures)))

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        # A mappingproxy does not pickle. `__getstate__` would not do: before 3.11.4 a frozen dataclass replaces it.
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return type(self), tuple((values | {"pictures": dict(self.pictures)}).values())

    @property
    def ok(self) -> bool:
        """True if the program painted."""
        return self.status == "ok"


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One completion of a task with what it painted: the unit that a reward scores.

    Attributes:
        task: What was asked.
        completion: What the policy wrote, in full.
        program: The program that was extracted from it and run.
        rendering: What was recorded when the program ran.
        group: Key of the sample's group. Samples of one group are compared with each other and get the same references.
    """

    task: Task
    completion: str
    program: str
    rendering: Rendering
    group: str


@dataclass(frozen=True, slots=True)
class Score:
    """A reward's judgement of one sample.

    Attributes:
        value: Higher is better, within the reward's range; None if and only if a machine failed.
        components: Finite parts of the value; the same keys in every score with a value.
        reason: One sentence for logs, never shown to a policy.
        references: Ids of the reference pictures that the sample was compared with.
        skipped: Components that were not asked, because a gate failed before them; they are 0.0.
    """

    value: float | None
    components: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    reason: str = ""
    references: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        # A mappingproxy does not pickle; the receiving side gets a plain dict.
        return type(self), (self.value, dict(self.components), self.reason, self.references, self.skipped)


ROUNDING = 1e-6  # of the range, by which a value may lie outside of it


def check_value(name: str, value: float, between: tuple[float, float] | None) -> None:
    """Raises `ValueError` if a reward gave a value that is not finite, or outside of the range that it declares.

    Args:
        name: Of the reward.
        value: What it gave.
        between: The range that it declares; None where it claims only that values are finite.
    """
    if not math.isfinite(value):
        raise ValueError(f"The reward {name} gave {value}; a score is finite, or None.")
    if between is not None:
        lowest, highest = between
        slack = ROUNDING * (highest - lowest)
        if not lowest - slack <= value <= highest + slack:
            raise ValueError(
                f"The reward {name} gave {value:g}, outside of its range {lowest:g} to {highest:g}; scale the "
                "value, or declare the range in which values lie (`range=` of @reward, or of its `Traits`)."
            )


@dataclass(frozen=True, slots=True)
class Traits:
    """What a reward claims of itself; undeclared fields claim the strict default.

    Attributes:
        range: Lowest and highest value; None claims only that values are finite.
        scope: `group` if a score depends on the other samples of its group.
        kind: Which laws apply: `pointwise`, `similarity`, `alignment`, `pairwise`, `winrate`, `composite` ...
        gate: True if every program error scores the lowest value.
        floor: True if blank and solid pictures score the lowest value.
        noise_floor: Highest share of the range that pure noise may earn, [0, 1].
        deterministic: True if the same sample always has the same score.
        continuous: True if a change of one level in each pixel moves the score by at most 2 % of the range.
        size_free: True if a picture twice as large scores the same.
        symmetric: True if exchanging candidate and reference changes nothing.
        monotone: Damages that always lower the score, such as `blur`.
        max_calls: Calls of a judge or scorer for a group, as a function of `(size, references)`; None for no calls.
        tolerance: Largest difference between two equal evaluations.
        disclaims: Maps the number of a law to the reason why it is not claimed.
        components: Keys of `Score.components`; composites derive theirs.
        canvases: The only canvases whose pictures it can judge, for example because it compares with paintings of their
            kind; None for any.
    """

    range: tuple[float, float] | None = (0.0, 1.0)
    scope: Scope = "sample"
    kind: str = "pointwise"
    gate: bool = True
    floor: bool = True
    noise_floor: float = 0.3
    deterministic: bool = True
    continuous: bool = True
    size_free: bool = False
    symmetric: bool = False
    monotone: frozenset[str] = frozenset()
    max_calls: Callable[[int, int], int] | None = None
    tolerance: float = 1e-9
    disclaims: Mapping[str, str] = field(default_factory=dict)
    components: tuple[str, ...] = ()
    canvases: frozenset[str] | None = None


@runtime_checkable
class Reward(Protocol):
    """Judges samples by their recorded evidence alone; plain attributes can replace the four properties."""

    @property
    def name(self) -> str:
        """Name in specs, logs and comparisons."""
        ...

    @property
    def needs(self) -> frozenset[str]:
        """The evidence it reads: stages, `prompt`, `task_id`, `group`, `reference`, `canvas`."""
        ...

    @property
    def traits(self) -> Traits:
        """What it claims of itself."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same sample could score differently; see `version_of`."""
        ...

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order; None exactly for machine failures, never an exception for a sample."""
        ...


AnyReward = Callable[[Sequence[Sample]], list[Score]]
"""What a third party must bring: the call alone. `rewards.make` fills in the rest."""


def version_of(code: str, parameters: object = None) -> str:
    """Hashes the name of some code and its parameters to the 12 hex digits of a `version`.

    The release is not part of the hash, so a new release keeps paid verdicts. If the results of the code change, change
    a number among its parameters, such as the constants `CODE`, `PROTOCOL`, `WIRE` and `SCHEMA_VERSION`.

    Args:
        code: What computes the score, such as a class's qualified name.
        parameters: Anything that `contents` accepts: JSON, arrays, sets, paths, functions, and objects with a
            `version`.

    Raises:
        SpecError: A parameter is of a type whose values `contents` cannot tell apart.
    """
    told = json.dumps([code, contents(parameters)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]
