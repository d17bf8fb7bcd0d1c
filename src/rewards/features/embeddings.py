"""Features of pictures and texts, kept in memory by what they are of and by the version of the encoder."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from rewards import pictures
from rewards.errors import MachineError, MissingPart, SpecError
from rewards.features.encoders import Encoder, TextEncoder
from rewards.forks import ForkSafeLock
from rewards.painted.blank import is_constant

Mode = Literal["pooled", "patch"]
Embedding = NDArray[np.float32]

KEPT_BYTES = 256 * 2**20  # of features; 50,000 pooled ones of EfficientNet-Lite0, or 1,000 of its patches
BATCH = 32  # pictures, or texts, that an encoder is given at once

_In = TypeVar("_In")


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture that is looked at only if its features are not at hand.

    Attributes:
        key: Differs wherever the pixels differ.
        read: Gives the pixels, `(height, width, 3)` uint8 sRGB.
    """

    key: str
    read: Callable[[], NDArray[np.uint8]]

    @classmethod
    def of_pixels(cls, image: NDArray[np.uint8]) -> Picture:
        """Makes one of an array."""
        whole = np.ascontiguousarray(image)
        return cls(f"{image.shape} {hashlib.sha256(whole.data).hexdigest()}", lambda: whole)

    @classmethod
    def of_file(cls, path: Path) -> Picture:
        """Makes one of a file.

        Raises:
            MachineError: It cannot be read.
        """
        try:
            with path.open("rb") as file:
                return cls(hashlib.file_digest(file, "sha256").hexdigest(), partial(read_picture, path))
        except OSError as error:
            raise MachineError(_unreadable(path, error)) from error


def read_picture(path: Path) -> NDArray[np.uint8]:
    """Reads a picture file, `(height, width, 3)` uint8 sRGB; what is transparent shows white paper.

    Raises:
        MachineError: It cannot be read, or shows a single colour, which no painting can resemble.
    """
    from PIL import Image

    try:
        with Image.open(path) as picture:
            paper = Image.new("RGBA", picture.size, "white")
            pixels = np.asarray(Image.alpha_composite(paper, picture.convert("RGBA")).convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise MachineError(_unreadable(path, error)) from error
    if is_constant(pixels):
        raise MachineError(f"The reference picture {path.name} shows a single colour; name another.")
    return pixels


def _unreadable(path: Path, error: Exception) -> str:
    reason = getattr(error, "strerror", None) or type(error).__name__
    return f"The reference picture {path} cannot be read ({reason}); check the path in the task."


def embeddings(
    encoder: Encoder, mode: Mode, pictures: Sequence[Picture]
) -> dict[str, Embedding | MachineError]:
    """Returns the features of each picture by its key, or what kept the encoder from them.

    A batch that fails is tried in halves, so that one picture spoils no other. Failures are not kept.

    Returns:
        `(d,)` where `mode` is `pooled`, `(p, d)` where it is `patch`.
    """
    version = f"{encoder.version} {mode}"
    wanted = {picture.key: picture for picture in pictures}
    told: dict[str, Embedding | MachineError] = dict(_kept.find(version, wanted))
    images: dict[str, NDArray[np.uint8]] = {}
    for key, picture in wanted.items():
        if key not in told:
            try:
                images[key] = picture.read()
            except MachineError as error:
                told[key] = error
        if len(images) == BATCH:
            told |= _encoded(encoder, mode, images)
            images = {}
    told |= _encoded(encoder, mode, images)
    _kept.keep(version, {key: each for key, each in told.items() if isinstance(each, np.ndarray)})
    return told


def text_embeddings(encoder: TextEncoder, texts: Sequence[str]) -> dict[str, Embedding | MachineError]:
    """Returns the features of each text, `(d,)`, by the text itself, or what kept the encoder from them."""
    version = f"{encoder.version} text"
    told: dict[str, Embedding | MachineError] = dict(_kept.find(version, list(texts)))
    new = [text for text in dict.fromkeys(texts) if text not in told]
    for start in range(0, len(new), BATCH):
        part = {text: text for text in new[start : start + BATCH]}
        told |= _in_halves(encoder, part, encoder.encode_texts)
    _kept.keep(version, {text: each for text in new if isinstance(each := told[text], np.ndarray)})
    return told


def found(features: Mapping[str, Embedding | MachineError], key: str) -> Embedding:
    """Returns the features of a picture by its key, or of a text, or raises what kept the encoder from them."""
    told = features[key]
    if isinstance(told, MachineError):
        raise told
    return told


def centre(encoder: Encoder, mode: Mode) -> NDArray[np.float64]:
    """Returns the mean feature of the 24 paintings that ship, over patches too, `(d,)`.

    Raises:
        MachineError: The encoder failed.
    """
    key = f"{encoder.version} {mode}"
    if key not in _centres:
        shipped = [Picture.of_pixels(each) for each in pictures.shipped().values()]
        told = embeddings(encoder, mode, shipped)
        features = np.stack([found(told, picture.key) for picture in shipped])
        _centres[key] = features.mean(axis=tuple(range(features.ndim - 1)), dtype=np.float64)
    return _centres[key]


@cache
def centre_hash() -> str:
    """Returns a hash of the pictures whose mean feature is the centre."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in pictures.files())).hexdigest()


def _encoded(
    encoder: Encoder, mode: Mode, images: dict[str, NDArray[np.uint8]]
) -> dict[str, Embedding | MachineError]:
    def work(shown: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
        features = encoder.encode(shown)
        told = features.pooled if mode == "pooled" else features.patches
        if told is None:
            raise SpecError(f"{type(encoder).__name__} has no patches; take mode='pooled'.")
        return told

    return _in_halves(encoder, images, work)


def _in_halves(
    encoder: Encoder, items: Mapping[str, _In], work: Callable[[list[_In]], NDArray[np.float32]]
) -> dict[str, Embedding | MachineError]:
    """Encodes all items at once and, where that fails, each half of them, down to single ones."""
    if not items:
        return {}
    try:
        told = work(list(items.values()))
    except (RuntimeError, MemoryError, OSError, MachineError, MissingPart, SpecError) as error:
        if len(items) == 1 or isinstance(error, MissingPart | SpecError):
            failed = error if isinstance(error, MachineError) else MachineError(_failed(encoder, error))
            return dict.fromkeys(items, failed)
        half = len(items) // 2
        keys = list(items)
        parts = ({key: items[key] for key in part} for part in (keys[:half], keys[half:]))
        return {key: each for part in parts for key, each in _in_halves(encoder, part, work).items()}
    return {
        key: each
        if np.isfinite(each).all()
        else MachineError(_failed(encoder, "features that are not finite"))
        for key, each in zip(items, np.asarray(told, dtype=np.float32), strict=True)
    }


def _failed(encoder: Encoder, why: object) -> str:
    return f"The encoder {type(encoder).__name__} failed: {' '.join(str(why).split()) or type(why).__name__}"


class _Kept:
    """The features used last, as many as fit."""

    def __init__(self) -> None:
        self._lock = ForkSafeLock()
        self._held: OrderedDict[tuple[str, str], Embedding] = OrderedDict()
        self._bytes = 0

    def find(self, version: str, keys: Sequence[str] | dict[str, Picture]) -> dict[str, Embedding]:
        with self._lock:
            found = {key: self._held[version, key] for key in keys if (version, key) in self._held}
            for key in found:
                self._held.move_to_end((version, key))
        return found

    def keep(self, version: str, told: dict[str, Embedding]) -> None:
        with self._lock:
            for key, each in told.items():
                if (version, key) not in self._held:
                    # A row of a batch would hold the whole batch in memory.
                    self._held[version, key] = each.copy()
                    self._bytes += each.nbytes
            while self._bytes > KEPT_BYTES:
                self._bytes -= self._held.popitem(last=False)[1].nbytes


_kept = _Kept()
_centres: dict[str, NDArray[np.float64]] = {}
