"""`Clip`: any CLIP or SigLIP as an encoder of pictures and texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.features.clip_networks import OPEN_CLIP_CONFIG, WEIGHTS_AND_WORDS, Towers, load_clip
from rewards.features.encoders import (
    Features,
    at_once,
    check_model,
    computing,
    hash_of_now,
    prepared,
    require,
)
from rewards.features.networks import fetch
from rewards.types import version_of

CODE = 1  # rises when the same weights would make another feature of the same picture or text
MODEL = "openai/clip-vit-large-patch14"


@dataclass(frozen=True, slots=True)
class Clip:
    """Any CLIP or SigLIP that open_clip or transformers can load (Radford et al. 2021, Zhai et al. 2023).

    A picture is squeezed to the model's own square by Pillow's bicubic filter, so that all of it is seen (most models
    were trained on the middle of a picture, cut out), and scaled by the model's own mean and deviation. A text is read
    up to the model's limit; half of a character, which no text can hold, is read as `?`. Precision and threads are
    those of `Perceptual`. A model of which the files lack a tensor is refused: nothing is left random.

    Args:
        model: A folder, or a name in the hub. With an `open_clip_config.json` in it open_clip loads it, else
            transformers. Only safetensors files are read.
        revision: Commit, tag or branch in the hub, as for `Dino`.
        device: As torch names it; None takes a GPU if there is one.

    Raises:
        MissingPart: The extra `models` is not installed, or there is no such folder.
    """

    model: str = MODEL
    revision: str | None = None
    device: str | None = None

    def __post_init__(self) -> None:
        require("torch", "timm", "transformers")
        check_model(self.model, self._is_folder, f"config.json or {OPEN_CLIP_CONFIG}", MODEL)
        if (self._folder / OPEN_CLIP_CONFIG).is_file():
            require("open_clip")

    @property
    def version(self) -> str:
        """Hash of weights, vocabulary and preparation; of a hub model, of its name and revision."""
        weights: object = [self.model, self.revision]
        if self._is_folder:
            weights = hash_of_now(self._folder, WEIGHTS_AND_WORDS)
        return version_of("Clip", [CODE, weights])

    @property
    def logits(self) -> tuple[float, float | None]:
        """The model's own factor of cosines, e^logit_scale, and its logit_bias; None for a CLIP."""
        with computing(self, self._load) as (towers, _, _):
            return towers.logits

    @property
    def limit(self) -> int:
        """How many tokens of a text are read, start and end among them."""
        with computing(self, self._load) as (towers, _, _):
            return towers.limit

    def tokens(self, text: str, /) -> int:
        """Counts the tokens of a text, start and end among them."""
        with computing(self, self._load) as (towers, _, _):
            return towers.count(_readable(text))

    def encode(self, images: Sequence[NDArray[np.uint8]], /) -> Features:
        """Encodes pictures, in order."""
        import torch

        with computing(self, self._load) as (towers, device, dtype):
            pixels = prepared(images, towers.side, towers.scale)
            batch = torch.from_numpy(pixels).to(device, dtype)
            told = [towers.image(part) for part in batch.split(at_once(device, len(batch)))]
            return Features(torch.cat(told).float().cpu().numpy())

    def encode_texts(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Encodes texts, in order, as `(n, d)`; what lies beyond the limit is cut off."""
        import torch

        with computing(self, self._load) as (towers, device, _):
            size = at_once(device, len(texts))
            parts = [texts[start : start + size] for start in range(0, len(texts), size)]
            told = []
            for part in parts:
                inputs = towers.tokenized([_readable(text) for text in part])
                told.append(towers.text({name: each.to(device) for name, each in inputs.items()}))
            features: NDArray[np.float32] = torch.cat(told).float().cpu().numpy()
            return features

    def _load(self) -> tuple[Any, Towers]:
        folder = self._folder if self._is_folder else fetch(self.model, self.revision, WEIGHTS_AND_WORDS)
        if (folder / OPEN_CLIP_CONFIG).is_file():
            require("open_clip")
        return load_clip(folder)

    @property
    def _folder(self) -> Path:
        return Path(self.model).expanduser()

    @property
    def _is_folder(self) -> bool:
        return any((self._folder / name).is_file() for name in ("config.json", OPEN_CLIP_CONFIG))


def _readable(text: str) -> str:
    """Replaces lone surrogates, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode()
