"""`examples/score_server.py` around tiny models of three kinds, asked by the reward `http`."""

from __future__ import annotations

import base64
import importlib.util
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import tiny_clips
import torch
import transformers
from PIL import Image

from places import ROOT
from rewards.pictures import shipped
from rewards.preflight import preflight, shipped_samples
from rewards.scorers.http import Http

_spec = importlib.util.spec_from_file_location("score_server", ROOT / "examples/score_server.py")
assert _spec is not None
example = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(example)

TOWER = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2}
SMALL = {"image_size": 32, "patch_size": 8}


@cache
def learned() -> object:
    return tiny_clips.aligned()


def clip(folder: Path) -> Path:
    return tiny_clips.write_for_transformers(folder, learned())


def siglip(folder: Path) -> Path:
    return tiny_clips.write_for_transformers(folder, tiny_clips.transformers_model("siglip"))


def vilt(folder: Path) -> Path:
    torch.manual_seed(0)
    config = transformers.ViltConfig(
        vocab_size=200, max_position_embeddings=16, max_image_length=-1, **TOWER, **SMALL
    )
    transformers.ViltForImageAndTextRetrieval(config).save_pretrained(folder)
    pictures = transformers.ViltImageProcessor(size={"shortest_edge": 32}, size_divisor=8)
    transformers.ViltProcessor(pictures, tiny_clips.tokenizer()).save_pretrained(folder)
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = example.server(example.load(str(folder)), 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("kind", [clip, siglip, vilt])
def test_each_picture_has_the_number_of_the_model(kind, tmp_path):
    score = example.load(str(kind(tmp_path / "model")))
    samples = shipped_samples(4)
    with served(tmp_path / "model") as url:
        reward = Http(url=url, cache=False, text="keep", batch=3)
        values = [each.value for each in reward(samples)]
    images = [Image.fromarray(sample.rendering.image) for sample in samples]
    prompt = samples[0].task.prompt
    assert values == pytest.approx([score([image], [prompt])[0] for image in images], abs=1e-5)
    assert len(set(values)) == 4


def test_a_model_that_learned_the_paintings_names_knows_them_behind_an_address(tmp_path):
    shown = shipped_samples(24)
    with served(clip(tmp_path / "model")) as url:
        reward = Http(url=url, cache=False, text="keep", scorer="tiny")
        preflight(reward)
        own, others = (
            [
                replace(one, task=replace(one.task, prompt=f"a painting of {name.replace('-', ' ')}"))
                for one, name in zip(shown, names, strict=True)
            ]
            for names in (list(shipped()), [*list(shipped())[1:], next(iter(shipped()))])
        )
        right, wrong = ([each.value for each in reward(batch)] for batch in (own, others))
    assert sum(r > w for r, w in zip(right, wrong, strict=True)) >= 22


def test_requests_at_once_and_a_picture_that_is_none_cost_nobody_else_anything(tmp_path):
    samples = shipped_samples(8)
    with served(clip(tmp_path / "model")) as url:
        reward = Http(url=url, cache=False, text="keep", batch=1, concurrency=8)
        bad = json.dumps({"items": [{"image": base64.b64encode(b"no png").decode(), "prompt": "x"}]}).encode()
        with pytest.raises(urllib.error.HTTPError, match="500"):
            urllib.request.urlopen(url, bad, timeout=20)
        at_once = [each.value for each in reward(samples)]
        alone = [Http(url=url, cache=False, text="keep")([sample])[0].value for sample in samples]
    assert at_once == pytest.approx(alone, abs=1e-6)
    assert None not in at_once
