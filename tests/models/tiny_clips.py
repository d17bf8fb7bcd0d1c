"""Tiny CLIPs and SigLIPs built from config, as folders that transformers and open_clip load."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch

from rewards.features.encoders import prepared
from rewards.pictures import shipped

Kind = Literal["clip", "siglip"]

SIDE, PATCH, WIDTH, SPACE, LIMIT = 32, 8, 32, 16, 16
SCALE = ((0.5, 0.4, 0.45), (0.25, 0.3, 0.35))  # of the channels; no library's own
NAMES = [name.replace("-", " ") for name in shipped()]
_SPECIAL = ("<pad>", "<unk>", "<start>", "<end>")


def tokenizer() -> Any:
    """A tokenizer of whole words, those of the shipped paintings' names and a few more."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    words = sorted({*" ".join(["a painting of red poppies and three blue boats", *NAMES]).split()})
    vocabulary = {word: number for number, word in enumerate([*_SPECIAL, *words])}
    whole = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    whole.normalizer = normalizers.Lowercase()
    whole.pre_tokenizer = pre_tokenizers.Whitespace()
    ends = [(token, vocabulary[token]) for token in ("<start>", "<end>")]
    whole.post_processor = processors.TemplateProcessing(single="<start> $A <end>", special_tokens=ends)
    return PreTrainedTokenizerFast(
        tokenizer_object=whole,
        pad_token="<pad>",
        unk_token="<unk>",
        bos_token="<start>",
        eos_token="<end>",
        model_max_length=LIMIT,
    )


def _towers(vocabulary: int) -> dict[str, dict[str, Any]]:
    both = {
        "hidden_size": WIDTH,
        "intermediate_size": 2 * WIDTH,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "hidden_act": "gelu",
    }
    ids = {"pad_token_id": 0, "bos_token_id": 2, "eos_token_id": 3}
    text = {**both, **ids, "vocab_size": vocabulary, "max_position_embeddings": LIMIT}
    return {"text_config": text, "vision_config": {**both, "image_size": SIDE, "patch_size": PATCH}}


def transformers_model(kind: Kind, seed: int = 0) -> Any:
    """A CLIPModel or SiglipModel with random weights."""
    import transformers

    torch.manual_seed(seed)
    towers = _towers(len(tokenizer()))
    if kind == "clip":
        return transformers.CLIPModel(transformers.CLIPConfig(**towers, projection_dim=SPACE)).eval()
    model = transformers.SiglipModel(transformers.SiglipConfig(**towers)).eval()
    model.logit_scale.data.fill_(float(np.log(10.0)))
    model.logit_bias.data.fill_(-2.0)
    return model


def write_for_transformers(folder: Path, model: Any, words: Any = None) -> Path:
    """Saves a model with a tokenizer and what says how pictures are scaled."""
    import transformers

    mean, deviation = (list(each) for each in SCALE)
    processor = transformers.CLIPImageProcessor(
        size={"shortest_edge": SIDE},
        crop_size={"height": SIDE, "width": SIDE},
        image_mean=mean,
        image_std=deviation,
    )
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    (tokenizer() if words is None else words).save_pretrained(folder)
    return folder


def aligned(steps: int = 150) -> Any:
    """A CLIPModel that learned which of the shipped paintings has which name, in a few seconds."""
    model = transformers_model("clip").train()
    images = torch.from_numpy(prepared(list(shipped().values()), SIDE, SCALE))
    texts = tokenizer()(
        [f"a painting of {name}" for name in NAMES],
        padding="max_length",
        max_length=LIMIT,
        return_tensors="pt",
    )
    inputs = {name: texts[name] for name in ("input_ids", "attention_mask")}
    learning = torch.optim.Adam(model.parameters(), lr=2e-3)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    for _ in range(steps):
        loss = model(**inputs, pixel_values=images, return_loss=True).loss
        learning.zero_grad()
        loss.backward()
        learning.step()
    torch.set_num_threads(threads)
    return model.eval()


def open_clip_config(kind: Kind, **text: Any) -> dict[str, Any]:
    """What an `open_clip_config.json` holds; `text` are further fields of the text's side."""
    words = {
        "context_length": LIMIT,
        "vocab_size": 49408,
        "width": WIDTH,
        "heads": 2,
        "layers": 2,
        "mlp_ratio": 2.0,
    }
    vision = {
        "image_size": SIDE,
        "patch_size": PATCH,
        "width": WIDTH,
        "head_width": 16,
        "layers": 2,
        "mlp_ratio": 2.0,
    }
    model: dict[str, Any] = {"embed_dim": SPACE, "vision_cfg": vision, "text_cfg": words | text}
    if kind == "siglip":
        words |= {"pool_type": "last", "no_causal_mask": True}
        model |= {"init_logit_bias": -2.0, "custom_text": True, "text_cfg": words | text}
    return {"model_cfg": model, "preprocess_cfg": dict(zip(("mean", "std"), SCALE, strict=True))}


def open_clip_model(config: dict[str, Any], seed: int = 0) -> Any:
    """An open_clip model with random weights."""
    import open_clip

    torch.manual_seed(seed)
    fields = {key: value for key, value in config["model_cfg"].items() if key != "custom_text"}
    kind = open_clip.CustomTextCLIP if "custom_text" in config["model_cfg"] else open_clip.CLIP
    return kind(**fields).eval()


def write_for_open_clip(folder: Path, config: dict[str, Any], model: Any) -> Path:
    """Saves a model as open_clip's hub folders are."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "open_clip_config.json").write_text(json.dumps(config), encoding="utf-8")
    tensors = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    save_file(tensors, folder / "open_clip_model.safetensors")
    return folder


def bpe_words(folder: Path) -> Any:
    """The tokenizer of CLIP for transformers, made of the vocabulary that open_clip carries."""
    from open_clip.tokenizer import SimpleTokenizer
    from transformers import CLIPTokenizerFast

    theirs = SimpleTokenizer()
    names = {"<start_of_text>": "<|startoftext|>", "<end_of_text>": "<|endoftext|>"}
    vocabulary = {names.get(word, word): number for word, number in theirs.encoder.items()}
    merges = ["#version: 0.2", *(" ".join(pair) for pair in theirs.bpe_ranks)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    (folder / "merges.txt").write_text("\n".join(merges) + "\n", encoding="utf-8")
    return CLIPTokenizerFast.from_pretrained(folder, model_max_length=LIMIT)


def as_transformers(model: Any) -> Any:
    """The same network as an open_clip CLIP with the words of CLIP, in transformers' parts."""
    import transformers

    towers = _towers(49408)
    towers["text_config"] |= {"pad_token_id": 49407, "bos_token_id": 49406, "eos_token_id": 49407}
    made = transformers.CLIPModel(transformers.CLIPConfig(**towers, projection_dim=SPACE)).eval()
    theirs = model.state_dict()
    told = {
        "logit_scale": theirs["logit_scale"],
        "text_projection.weight": theirs["text_projection"].T,
        "visual_projection.weight": theirs["visual.proj"].T,
        "text_model.embeddings.token_embedding.weight": theirs["token_embedding.weight"],
        "text_model.embeddings.position_embedding.weight": theirs["positional_embedding"],
        "vision_model.embeddings.class_embedding": theirs["visual.class_embedding"],
        "vision_model.embeddings.position_embedding.weight": theirs["visual.positional_embedding"],
        "vision_model.embeddings.patch_embedding.weight": theirs["visual.conv1.weight"],
    }
    norms = {
        "text_model.final_layer_norm": "ln_final",
        "vision_model.pre_layrnorm": "visual.ln_pre",
        "vision_model.post_layernorm": "visual.ln_post",
    }
    parts = {"layer_norm1": "ln_1", "layer_norm2": "ln_2", "mlp.fc1": "mlp.c_fc", "mlp.fc2": "mlp.c_proj"}
    for ours, side in (("text_model", ""), ("vision_model", "visual.")):
        for layer in range(2):
            here, there = f"{ours}.encoder.layers.{layer}", f"{side}transformer.resblocks.{layer}"
            norms |= {f"{here}.{one}": f"{there}.{other}" for one, other in parts.items()}
            norms[f"{here}.self_attn.out_proj"] = f"{there}.attn.out_proj"
            for kind in ("weight", "bias"):
                thirds = theirs[f"{there}.attn.in_proj_{kind}"].chunk(3)
                for part, tensor in zip("qkv", thirds, strict=True):
                    told[f"{here}.self_attn.{part}_proj.{kind}"] = tensor
    for ours, other in norms.items():
        told |= {f"{ours}.{kind}": theirs[f"{other}.{kind}"] for kind in ("weight", "bias")}
    missing, unexpected = made.load_state_dict(told, strict=False)
    assert unexpected == []
    assert all("position_ids" in name for name in missing), missing
    return made
