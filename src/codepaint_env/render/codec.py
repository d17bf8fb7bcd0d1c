"""A rendering as bytes and back; what is read may be damaged or forged, and runs no code."""

from __future__ import annotations

import json
import zlib
from dataclasses import astuple
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from rewards.types import Finding, Interaction, Rendering

MAX_SIDE_PX = 4096

T = TypeVar("T")


def pack(rendering: Rendering) -> bytes:
    """Returns a checksum, the length of the record, the record as JSON, and the compressed picture."""
    image, trace = rendering.image, rendering.interactions
    record = {
        "status": rendering.status,
        "kind": rendering.kind,
        "message": rendering.message,
        "shape": None if image is None else image.shape,
        "findings": [astuple(finding) for finding in rendering.findings],
        "interactions": None if trace is None else [astuple(each) for each in trace],
        "evidence": sorted(rendering.evidence),
        "identity": rendering.identity,
    }
    told = json.dumps(record).encode()
    # Level 1 takes a painting to 40 % and is read in 2 ms; more would be saved slowly.
    picture = b"" if image is None else zlib.compress(image.tobytes(), 1)
    rest = len(told).to_bytes(4, "big") + told + picture
    return zlib.crc32(rest).to_bytes(4, "big") + rest


def unpack(data: bytes) -> Rendering:
    """Returns the rendering that was packed; nobody can write into its picture.

    Raises:
        ValueError: The bytes are not what was packed.
    """
    view = memoryview(data)
    if len(data) < 8 or zlib.crc32(view[4:]) != int.from_bytes(view[:4], "big"):
        raise ValueError("the checksum differs")
    end = 8 + int.from_bytes(view[4:8], "big")
    try:
        return _rendering(json.loads(bytes(view[8:end])), view[end:])
    except (KeyError, TypeError, RecursionError, zlib.error) as error:
        raise ValueError(f"not a rendering: {error!r}") from error


def _rendering(told: Any, picture: memoryview) -> Rendering:
    status, trace = told["status"], told["interactions"]
    if status not in ("ok", "program_error"):
        raise ValueError(f"the status is {status!r}")
    return Rendering(
        status=status,
        kind=_a(str, told["kind"]),
        message=_a(str, told["message"]),
        image=None if told["shape"] is None else _image(told["shape"], picture),
        findings=tuple(_finding(*each) for each in _a(list, told["findings"])),
        interactions=None if trace is None else tuple(_interaction(*each) for each in _a(list, trace)),
        evidence=frozenset(_a(str, stage) for stage in _a(list, told["evidence"])),
        identity=_a(str, told["identity"]),
    )


def _image(shape: object, picture: memoryview) -> NDArray[np.uint8]:
    height, width, channels = (_a(int, side) for side in _a(list, shape))
    if not (0 < height <= MAX_SIDE_PX and 0 < width <= MAX_SIDE_PX and channels == 3):
        raise ValueError(f"the picture is {height} x {width} x {channels}")
    size = height * width * channels
    inflate = zlib.decompressobj()
    pixels = inflate.decompress(picture, size + 1)  # never more, whatever the bytes would unfold to
    if len(pixels) != size or not inflate.eof:
        raise ValueError("the picture is cut short or too long")
    return np.frombuffer(pixels, np.uint8).reshape(height, width, channels)


def _finding(kind: object, message: object, value: object, box: object) -> Finding:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"a finding's value is {value!r}")
    return Finding(_a(str, kind), _a(str, message), value, None if box is None else _box(*_a(list, box)))


def _box(left: object, top: object, right: object, bottom: object) -> tuple[int, int, int, int]:
    return _a(int, left), _a(int, top), _a(int, right), _a(int, bottom)


def _interaction(action: object, target: object, effect: object) -> Interaction:
    return Interaction(_a(str, action), _a(str, target), _a(bool, effect))


def _a(kind: type[T], value: object) -> T:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value
