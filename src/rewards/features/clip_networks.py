"""Models that see and read, with their weights from a folder: CLIP and SigLIP, by open_clip and by transformers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rewards.errors import MachineError, MissingPart, SpecError
from rewards.features.networks import WEIGHTS, pretrained

OPEN_CLIP_CONFIG = "open_clip_config.json"
OPEN_CLIP_WEIGHTS = ("open_clip_model.safetensors", "open_clip_pytorch_model.safetensors")
WEIGHTS_AND_WORDS = (*WEIGHTS, "*.txt", "*.model")  # vocabularies, too

UNLIKE = ("a red boat", "a big fish")  # as many words and letters: what knows no words reads them alike

Inputs = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Towers:
    """A network that sees and reads.

    Attributes:
        image: Makes features `(n, d)` of pictures `(n, 3, side, side)`, torch tensors.
        text: Makes features `(n, d)` of what `tokenized` gives.
        tokenized: Makes torch tensors of texts, cut at the limit.
        count: Counts the tokens of a text, start and end among them.
        limit: How many tokens are read.
        side: Of the pictures, in pixels.
        scale: Mean and deviation of the channels, as it was trained.
        logits: The factor of cosines, and what is added; None for models that were trained without.
    """

    image: Callable[[Any], Any]
    text: Callable[[Inputs], Any]
    tokenized: Callable[[Sequence[str]], Inputs]
    count: Callable[[str], int]
    limit: int
    side: int
    scale: tuple[tuple[float, ...], tuple[float, ...]]
    logits: tuple[float, float | None]


def load_clip(folder: Path) -> tuple[Any, Towers]:
    """Loads a CLIP or SigLIP from a folder: open_clip's if it holds an `open_clip_config.json`, else transformers'.

    Returns:
        The module and its towers.

    Raises:
        MachineError: The files cannot be read or lack tensors, which would stay random.
        MissingPart: A file or a package is missing.
        SpecError: It is no model of pictures and texts.
    """
    from safetensors import SafetensorError

    raised = (OSError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, SafetensorError)
    by_open_clip = (folder / OPEN_CLIP_CONFIG).is_file()
    try:
        module, towers = (_open_clip if by_open_clip else _transformers)(folder)
        _try(towers)
    except (MissingPart, SpecError):
        raise
    except ImportError as error:
        raise MissingPart(
            f"What lies in {folder} needs a package that is missing: {_first(error)}"
        ) from error
    except raised as error:  # two libraries agree on no class
        raise MachineError(f"What lies in {folder} could not be loaded: {_first(error)}") from error
    return module, towers


def _open_clip(folder: Path) -> tuple[Any, Towers]:
    import open_clip
    from safetensors import safe_open

    weights = next((folder / name for name in OPEN_CLIP_WEIGHTS if (folder / name).is_file()), None)
    if weights is None:
        raise MissingPart(
            f"{folder} has an {OPEN_CLIP_CONFIG} and no {OPEN_CLIP_WEIGHTS[0]}; only safetensors files are read."
        )
    name = f"local-dir:{folder}"
    module = open_clip.create_model(name, require_pretrained=True)
    with safe_open(weights, "pt") as tensors:
        names = set(tensors.keys())
    if module.logit_bias is not None and "logit_bias" not in names:  # open_clip would take 0
        raise ValueError(f"1 tensor of a {type(module).__name__} is missing, 'logit_bias'")
    tokenizer = open_clip.get_tokenizer(name)
    if hasattr(tokenizer, "reduction_fn"):
        tokenizer.reduction_fn = None  # it would thin long texts by chance
    theirs = getattr(tokenizer, "tokenizer", None)  # of transformers, else open_clip's own

    def count(text: str) -> int:
        if theirs is None:
            return len(tokenizer.encode(text)) + 2
        return len(theirs(tokenizer.clean_fn(text), verbose=False)["input_ids"])

    picture = open_clip.get_model_preprocess_cfg(module)
    return module, Towers(
        image=module.encode_image,
        text=lambda inputs: module.encode_text(inputs["text"]),
        tokenized=lambda texts: {"text": tokenizer(list(texts))},
        count=count,
        limit=tokenizer.context_length,
        side=_side(picture["size"], folder),
        scale=(tuple(picture["mean"]), tuple(picture["std"])),
        logits=_logits(module),
    )


def _transformers(folder: Path) -> tuple[Any, Towers]:
    from transformers import AutoImageProcessor, AutoTokenizer

    if not any(folder.glob("*.safetensors")):
        raise MissingPart(f"{folder} holds no safetensors file; only such weights are read.")
    module = pretrained(folder)
    if not all(hasattr(module, name) for name in ("get_image_features", "get_text_features", "logit_scale")):
        raise SpecError(
            f"The {type(module).__name__} in {folder} cannot compare pictures with texts; name a CLIP or SigLIP."
        )
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    picture = AutoImageProcessor.from_pretrained(folder, local_files_only=True)
    limit = min(module.config.text_config.max_position_embeddings, tokenizer.model_max_length)
    factor, bias = _logits(module)
    # A SigLIP was trained on texts that are padded to the limit, without a mask.
    names = ("input_ids",) if bias is not None else ("input_ids", "attention_mask")

    def tokenized(texts: Sequence[str]) -> Inputs:
        told = tokenizer(
            list(texts), padding="max_length", truncation=True, max_length=limit, return_tensors="pt"
        )
        return {name: told[name] for name in names if name in told}

    return module, Towers(
        image=lambda batch: _features(module.get_image_features(pixel_values=batch)),
        text=lambda inputs: _features(module.get_text_features(**inputs)),
        tokenized=tokenized,
        count=lambda text: len(tokenizer(text, verbose=False)["input_ids"]),
        limit=limit,
        side=_side(module.config.vision_config.image_size, folder),
        scale=(tuple(picture.image_mean), tuple(picture.image_std)),
        logits=(factor, bias),
    )


def _features(told: Any) -> Any:
    """Returns the features of a model's output, which releases of transformers before 5 gave as they are."""
    return getattr(told, "pooler_output", told)


def _logits(module: Any) -> tuple[float, float | None]:
    bias = getattr(module, "logit_bias", None)
    return math.exp(module.logit_scale.item()), None if bias is None else bias.item()


def _side(size: Any, folder: Path) -> int:
    sides = {size} if isinstance(size, int) else set(size)
    if len(sides) != 1:
        raise SpecError(f"The model in {folder} sees {sorted(sides)} pixels; name one that sees squares.")
    return int(sides.pop())


def _try(towers: Towers) -> None:
    """Raises what keeps a network from seeing or reading, before anything is scored."""
    import torch

    blank = torch.zeros(1, 3, towers.side, towers.side)
    inputs = towers.tokenized(UNLIKE)
    if all(torch.equal(one, other) for one, other in inputs.values()):
        raise ValueError(f"its tokenizer cannot tell {UNLIKE[0]!r} from {UNLIKE[1]!r}; are its files there?")
    with torch.no_grad():
        seen, read = towers.image(blank), towers.text(inputs)
    if seen.ndim != 2 or seen.shape[-1:] != read.shape[-1:]:
        raise ValueError(f"it makes {tuple(seen.shape)} of a picture and {tuple(read.shape)} of two texts")


def _first(error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return words if len(words) <= 200 else f"{words[:200]}…"
