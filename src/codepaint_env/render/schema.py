"""How renderings are written down wherever they cross a border: typed records, and what they are made from."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import astuple
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from codepaint_env.render.drawn import Drawn
from rewards.types import Finding, Interaction, Rendering, Status

PICTURE_NAME = r"\A[a-z0-9][a-z0-9-]{0,63}\Z"
"""Names of pictures become names of files."""

Finite = Annotated[float, Meta(ge=-sys.float_info.max, le=sys.float_info.max)]
Size = Annotated[int, Meta(ge=0)]
PictureName = Annotated[str, Meta(pattern=PICTURE_NAME)]
Word = Annotated[str, Meta(min_length=1)]
Box = tuple[int, int, int, int]
Shape = tuple[int, int, int]


class FindingRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `Finding`, field by field."""

    kind: str
    message: str
    value: Finite
    box: Box | None
    selector: str


class InteractionRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An `Interaction`, field by field."""

    step: int
    action: str
    role: str
    name: str
    selector: str
    box: Box | None
    expectation: str
    effect: str
    credited: bool | None
    evidence: str


class RenderingRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `Rendering` without its pixels and pictures, which go beside it."""

    status: Status
    kind: str
    message: str
    findings: tuple[FindingRecord, ...]
    interactions: tuple[InteractionRecord, ...] | None
    evidence: tuple[str, ...]
    identity: str


class PackedRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The head of a packed rendering.

    Attributes:
        rendering: All but pixels and pictures.
        shape: Height, width and 3; None where nothing was painted.
        pixels: Bytes of the pixels, which follow the head.
        pictures: Bytes of each picture; they follow the pixels in this order.
        raw: The pixels are not compressed.
    """

    rendering: RenderingRecord
    shape: Shape | None
    pixels: Size
    pictures: dict[PictureName, Size]
    raw: bool = False


class DrawnRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `Drawn` without its pixels, which go beside it.

    Attributes:
        shape: Height, width and 4; None where no pixels could be read. The other fields are those of `Drawn`.
    """

    outcome: Word
    message: str
    missing: str
    size: tuple[int, int]
    console: tuple[str, ...]
    in_library: bool
    timings: dict[str, Finite]
    findings: tuple[FindingRecord, ...]
    shape: Shape | None


class ReadyRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a worker says of itself once it is ready.

    Attributes:
        made_of: What it is made of, by name.
        confined: What it has given up.
    """

    made_of: dict[str, str]
    confined: tuple[str, ...]


class AnswerRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A worker's answer; the pixels follow it.

    Attributes:
        drawn: What came of the run.
        pixels: Their bytes.
        memory_mb: Resident megabytes of the worker.
        stuck: True if it is of no more use.
    """

    drawn: DrawnRecord
    pixels: Size
    memory_mb: Finite
    stuck: bool


def record_rendering(rendering: Rendering) -> RenderingRecord:
    """Returns the record of a rendering."""
    trace = rendering.interactions
    return RenderingRecord(
        status=rendering.status,
        kind=rendering.kind,
        message=rendering.message,
        findings=tuple(FindingRecord(*astuple(each)) for each in rendering.findings),
        interactions=None if trace is None else tuple(InteractionRecord(*astuple(each)) for each in trace),
        evidence=tuple(sorted(rendering.evidence)),
        identity=rendering.identity,
    )


def restore_rendering(
    record: RenderingRecord, image: NDArray[np.uint8] | None, pictures: Mapping[str, bytes]
) -> Rendering:
    """Returns the rendering of a record with its pixels and pictures."""
    trace = record.interactions
    return Rendering(
        status=record.status,
        kind=record.kind,
        message=record.message,
        image=image,
        findings=tuple(Finding(*msgspec.structs.astuple(each)) for each in record.findings),
        interactions=(
            None if trace is None else tuple(Interaction(*msgspec.structs.astuple(each)) for each in trace)
        ),
        evidence=frozenset(record.evidence),
        identity=record.identity,
        pictures=pictures,
    )


def record_drawn(drawn: Drawn) -> DrawnRecord:
    """Returns the record of what came of a run."""
    return DrawnRecord(
        outcome=drawn.outcome,
        message=drawn.message,
        missing=drawn.missing,
        size=drawn.size,
        console=tuple(drawn.console),
        in_library=drawn.in_library,
        timings=drawn.timings,
        findings=tuple(FindingRecord(*astuple(each)) for each in drawn.findings),
        shape=None if drawn.rgb is None else (drawn.rgb.shape[0], drawn.rgb.shape[1], drawn.rgb.shape[2]),
    )


def restore_drawn(record: DrawnRecord, rgb: NDArray[np.uint8] | None) -> Drawn:
    """Returns what came of a run, with its pixels."""
    return Drawn(
        outcome=record.outcome,
        message=record.message,
        rgb=rgb,
        missing=record.missing,
        size=record.size,
        console=list(record.console),
        in_library=record.in_library,
        timings=record.timings,
        findings=[Finding(*msgspec.structs.astuple(each)) for each in record.findings],
    )
