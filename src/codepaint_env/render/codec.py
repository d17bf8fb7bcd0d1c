"""Records as bytes and back; what is read may be damaged or forged, and runs no code."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from codepaint_env.render.drawn import Drawn
from codepaint_env.render.schema import (
    PICTURE_NAME,
    DrawnRecord,
    PackedRecord,
    Shape,
    record_rendering,
    restore_drawn,
    restore_rendering,
)
from rewards.errors import CodepaintError
from rewards.types import Rendering

MAX_SIDE_PX = 4096

T = TypeVar("T")

_PLACE = re.compile(r" - at (?:`key` in )?`\$\.?(?P<field>.*)`\Z", re.DOTALL)
_NAME = re.compile(PICTURE_NAME)
_MOST_WORDS = 300  # of an error: forged names may be long


class CodecError(CodepaintError, ValueError):
    """Bytes that are no record of the kind that was asked for, or a record that cannot be written."""


def to_json(record: msgspec.Struct) -> bytes:
    """Returns a record as ASCII JSON, in which lone surrogates survive.

    Raises:
        CodecError: A number is not finite, or a value is of a type that JSON lacks.
    """
    try:
        return json.dumps(record, default=msgspec.structs.asdict, allow_nan=False).encode("ascii")
    except TypeError as error:
        raise CodecError(f"{type(record).__name__} cannot be written: {error}.") from None
    except ValueError as error:
        told = json.loads(json.dumps(record, default=msgspec.structs.asdict))
        convert(told, type(record))  # says which field it is
        raise CodecError(f"{type(record).__name__} cannot be written: {error}.") from None


def from_json(data: bytes | bytearray, kind: type[T]) -> T:
    """Returns the record, such as a `RenderingRecord`, that some JSON holds.

    Raises:
        CodecError: It is not JSON, or a field is missing, unknown or of another type; the sentence names it.
    """
    return convert(parse(data), kind)


def parse(data: bytes | bytearray) -> Any:
    """Returns what some JSON holds; NaN and infinity are none.

    Raises:
        CodecError: It is not JSON.
    """
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except RecursionError:
        raise CodecError("This is not a record: it is nested too deeply.") from None
    except CodecError:
        raise
    except ValueError as error:
        raise CodecError(f"This is not JSON: {_short(error)}.") from None


def convert(told: object, kind: type[T]) -> T:
    """Returns parsed JSON as a record.

    Raises:
        CodecError: A field is missing, unknown or of another type; the sentence names it.
    """
    try:
        return msgspec.convert(told, kind, strict=True)
    except (msgspec.MsgspecError, ValueError, TypeError, OverflowError, RecursionError) as error:
        words = str(error)
        place = _PLACE.search(words)
        field = place["field"] if place is not None and place["field"] else kind.__name__
        raise CodecError(f"{_short(field)}: {_short(_PLACE.sub('', words))}.") from None


def pack(rendering: Rendering, *, level: int = 1) -> bytes:
    """Returns a checksum, the length of the head, the head as JSON, the pixels and the pictures.

    Args:
        rendering: Of any status but `machine_error`.
        level: Of the compression. 1 takes 10 ms for a painting and makes 40 % of it; 0 leaves the pixels as they are,
            for a reader on the same machine.

    Raises:
        CodecError: A number is not finite, or a picture's name cannot be that of a file.
    """
    image, pictures = rendering.image, rendering.pictures
    check_names(pictures)
    pixels = memoryview(b"") if image is None else np.ascontiguousarray(image).reshape(-1).data
    if level and image is not None:
        pixels = memoryview(zlib.compress(pixels, level))
    head = to_json(
        PackedRecord(
            record_rendering(rendering),
            None if image is None else (image.shape[0], image.shape[1], image.shape[2]),
            len(pixels),
            {name: len(picture) for name, picture in pictures.items()},
            raw=not level,
        )
    )
    parts: list[bytes | memoryview] = [len(head).to_bytes(4, "big"), head, pixels, *pictures.values()]
    checksum = 0
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    return b"".join([checksum.to_bytes(4, "big"), *parts])


def unpack(data: bytes | bytearray) -> Rendering:
    """Returns the rendering that was packed; nobody can write into its picture.

    Raises:
        CodecError: The bytes are not what was packed.
    """
    view = memoryview(data).toreadonly()
    if len(data) < 8 or zlib.crc32(view[4:]) != int.from_bytes(view[:4], "big"):
        raise CodecError("The checksum differs.")
    end = 8 + int.from_bytes(view[4:8], "big")
    record = from_json(bytes(view[8:end]), PackedRecord)
    if record.rendering.status == "machine_error":
        raise CodecError("rendering.status: a machine failure is never packed.")
    rest = view[end:]
    if record.pixels + sum(record.pictures.values()) != len(rest):
        raise CodecError(f"pictures: {len(rest)} bytes follow the head, which tells of another number.")
    unfolded = _as_they_are if record.raw else _inflated
    image, start = unfolded(record.shape, rest[: record.pixels]), record.pixels
    pictures = {}
    for name, size in record.pictures.items():
        pictures[name] = bytes(rest[start : start + size])
        start += size
    return restore_rendering(record.rendering, image, pictures)


def check_names(names: Iterable[str]) -> None:
    """Raises `CodecError` for a picture's name that cannot be that of a file."""
    for name in names:
        if not _NAME.match(name):
            raise CodecError(
                f"pictures: {name!r} is no name of a picture; take up to 64 small letters, digits and hyphens."
            )


def join_drawn(record: DrawnRecord, pixels: bytes | memoryview, most_px: int) -> Drawn:
    """Returns what came of a run that another process tells of.

    Args:
        record: As `record_drawn` made it there.
        pixels: Of the picture, 3 bytes each, row by row; empty where there is none.
        most_px: Longest side that a picture may have.

    Raises:
        CodecError: The pixels are not those of which the record tells.
    """
    if record.shape is None:
        if pixels:
            raise CodecError(f"shape: it is null, but {len(pixels)} bytes of pixels are there.")
        return restore_drawn(record, None)
    height, width = _sides(record.shape, 3, most_px)
    if record.size != (width, height):
        raise CodecError(f"size: it is {_short(record.size)}, but the picture is {width} x {height}.")
    if len(pixels) != height * width * 3:
        raise CodecError(f"shape: {width} x {height} pixels are not {len(pixels)} bytes.")
    return restore_drawn(record, np.frombuffer(pixels, np.uint8).reshape(record.shape))


def _as_they_are(shape: Shape | None, pixels: memoryview) -> NDArray[np.uint8] | None:
    if shape is None:
        _check_nothing(pixels)
        return None
    height, width = _sides(shape, 3, MAX_SIDE_PX)
    if len(pixels) != height * width * 3:
        raise CodecError(f"pixels: {len(pixels)} bytes are not {width} x {height}.")
    return np.frombuffer(pixels, np.uint8).reshape(shape)


def _check_nothing(pixels: memoryview) -> None:
    if pixels:
        raise CodecError(f"shape: it is null, but {len(pixels)} bytes of pixels are there.")


def _inflated(shape: Shape | None, packed: memoryview) -> NDArray[np.uint8] | None:
    if shape is None:
        _check_nothing(packed)
        return None
    height, width = _sides(shape, 3, MAX_SIDE_PX)
    size = height * width * 3
    inflate = zlib.decompressobj()
    try:
        pixels = inflate.decompress(packed, size + 1)  # never more, whatever the bytes would unfold to
    except zlib.error as error:
        raise CodecError(f"pixels: {error}.") from None
    if len(pixels) != size or not inflate.eof or inflate.unused_data:
        raise CodecError(f"pixels: they are cut short or too long for {width} x {height}.")
    return np.frombuffer(pixels, np.uint8).reshape(shape)


def _sides(shape: Shape, channels: int, most_px: int) -> tuple[int, int]:
    height, width, found = shape
    if not (0 < height <= most_px and 0 < width <= most_px and found == channels):
        raise CodecError(f"shape: a picture is not {' x '.join(_short(side) for side in shape)}.")
    return height, width


def _refuse_constant(name: str) -> NoReturn:
    raise CodecError(f"This is not JSON: it holds {name}, which is no number.")


def _short(told: object) -> str:
    words = str(told)
    return words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS]}…"
