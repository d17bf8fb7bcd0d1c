"""`clip` on tiny models built from config: both libraries, both kinds, what they refuse, and the kit's laws."""

from __future__ import annotations

import importlib.util
import json
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tiny_clips
import torch
from tiny_clips import NAMES, SCALE, SIDE

import rewards
from rewards import MachineError, MissingPart, SpecError
from rewards.features import clip_networks, encoders
from rewards.features.alignment import Alignment, clip
from rewards.features.clip_encoder import Clip
from rewards.pictures import shipped
from rewards.testing import check_reward
from rewards.testing.cases.described import Painted, Picture

PICTURES = list(shipped().values())[:4]
TEXTS = ["a red poppy", "a painting of the misty lake", "Blue iris"]
LONG = "a painting of red poppies and three blue boats and a misty lake and a lemon branch"

HAS_OPEN_CLIP = importlib.util.find_spec("open_clip") is not None
needs_open_clip = pytest.mark.skipif(not HAS_OPEN_CLIP, reason="open_clip is not installed")
LIBRARIES = ["transformers", pytest.param("open_clip", marks=needs_open_clip)]
MODELS = [(library, kind) for library in ("transformers", "open_clip") for kind in ("clip", "siglip")]


@pytest.fixture(scope="session")
def folder_of(tmp_path_factory):
    """Gives the folder of a tiny model by library and kind, and the model itself."""
    made = {}

    def folder(library, kind):
        if (library, kind) not in made:
            where = tmp_path_factory.mktemp(f"{library}-{kind}")
            if library == "transformers":
                model = tiny_clips.transformers_model(kind)
                made[library, kind] = tiny_clips.write_for_transformers(where, model), model
            else:
                config = tiny_clips.open_clip_config(kind)
                model = tiny_clips.open_clip_model(config)
                made[library, kind] = tiny_clips.write_for_open_clip(where, config, model), model
        return made[library, kind]

    return folder


@pytest.fixture(params=MODELS, ids="-".join)
def tiny(request, folder_of):
    """The folder of a tiny model and the model itself, for both libraries and both kinds."""
    if request.param[0] == "open_clip" and not HAS_OPEN_CLIP:
        pytest.skip("open_clip is not installed")
    return folder_of(*request.param)


@pytest.fixture(scope="session")
def aligned(tmp_path_factory):
    """The folder of a tiny CLIP that knows the shipped paintings by name."""
    return tiny_clips.write_for_transformers(tmp_path_factory.mktemp("aligned"), tiny_clips.aligned())


def of(folder, **parameters):
    return clip(model=str(folder), device="cpu", text=parameters.pop("text", "keep"), **parameters)


def sample(image, prompt="a red poppy", task="poppy"):
    painted = Painted("ok", Picture("painting", 3)).sample(frozenset({"image", "text"}))
    rendering = replace(painted.rendering, image=image, findings=())
    return replace(painted, task=replace(painted.task, id=task, prompt=prompt), rendering=rendering)


def their_logits(model, folder, images, texts):
    """What the library itself makes of pictures, prepared as ours are, and texts: cosines on the model's own scale."""
    batch = torch.from_numpy(encoders.prepared(images, SIDE, SCALE))
    with torch.inference_mode():
        if hasattr(model, "encode_image"):
            import open_clip

            told = open_clip.get_tokenizer(f"local-dir:{folder}")(texts)
            return model.get_logits(batch, told)[0].numpy()
        words = tiny_clips.tokenizer()
        told = words(texts, padding="max_length", max_length=tiny_clips.LIMIT, return_tensors="pt")
        names = ("input_ids",) if hasattr(model, "logit_bias") else ("input_ids", "attention_mask")
        inputs = {name: told[name] for name in names}
        return model(**inputs, pixel_values=batch).logits_per_image.numpy()


# -- what the libraries give -------------------------------------------------------------------------------------


def test_cosines_are_those_of_the_library_itself(tiny):
    folder, model = tiny
    reward = of(folder)
    factor, bias = reward.encoder.logits
    logits = factor * reward.cosines(PICTURES, TEXTS) + (bias or 0.0)
    expected = their_logits(model, folder, PICTURES, TEXTS)
    assert logits == pytest.approx(expected, abs=1e-4)
    assert np.ptp(expected) > 1e-2


def test_a_siglip_scores_the_probability_that_it_gives_itself(tiny):
    folder, model = tiny
    if getattr(model, "logit_bias", None) is None:
        pytest.skip("a CLIP")
    told = of(folder, templates="{prompt}")([sample(image, TEXTS[0]) for image in PICTURES])
    expected = torch.sigmoid(torch.from_numpy(their_logits(model, folder, PICTURES, TEXTS[:1])[:, 0]))
    assert [score.value for score in told] == pytest.approx(expected.tolist(), abs=1e-5)


def test_negatives_give_the_softmax_of_the_library(tiny):
    folder, model = tiny
    reward = of(folder, templates="{prompt}", negatives=TEXTS[1:])
    told = reward([sample(image, TEXTS[0]) for image in PICTURES])
    logits = torch.from_numpy(their_logits(model, folder, PICTURES, TEXTS))
    assert [score.value for score in told] == pytest.approx(logits.softmax(dim=1)[:, 0].tolist(), abs=1e-5)


@needs_open_clip
def test_both_libraries_make_the_same_features_of_the_same_weights_and_the_same_tokens(tmp_path):
    config = tiny_clips.open_clip_config("clip")
    model = tiny_clips.open_clip_model(config)
    by_open_clip = Clip(str(tiny_clips.write_for_open_clip(tmp_path / "one", config, model)), device="cpu")
    words = tiny_clips.bpe_words(tmp_path / "words")
    other = tiny_clips.write_for_transformers(tmp_path / "other", tiny_clips.as_transformers(model), words)
    by_transformers = Clip(str(other), device="cpu")
    texts = [*TEXTS, LONG, "A heron's nest, 3 eggs & 1 cuckoo!", ""]
    one, two = by_open_clip.encode(PICTURES).pooled, by_transformers.encode(PICTURES).pooled
    assert one == pytest.approx(two, abs=1e-5)
    assert [by_open_clip.tokens(text) for text in texts] == [by_transformers.tokens(text) for text in texts]
    assert by_open_clip.encode_texts(texts) == pytest.approx(by_transformers.encode_texts(texts), abs=1e-5)
    assert np.abs(one).max() > 0.1


@needs_open_clip
def test_open_clip_reads_by_the_tokenizer_that_lies_in_the_folder(tmp_path):
    words = tiny_clips.tokenizer()
    config = tiny_clips.open_clip_config("clip", vocab_size=len(words), hf_tokenizer_name="someone/else")
    folder = tiny_clips.write_for_open_clip(tmp_path, config, tiny_clips.open_clip_model(config))
    words.save_pretrained(folder)
    encoder = Clip(str(folder), device="cpu")
    assert (encoder.tokens("a red lemon branch"), encoder.limit) == (6, tiny_clips.LIMIT)
    assert encoder.tokens(LONG) == len(LONG.split()) + 2
    assert encoder.encode_texts([LONG, "a"]).shape == (2, tiny_clips.SPACE)


def test_half_precision_lies_near_single_precision(tiny):
    folder, _ = tiny
    single = Clip(str(folder), device="cpu")
    module, towers = clip_networks.load_clip(Path(folder))
    with torch.inference_mode():
        module.eval().half()
        images = torch.from_numpy(encoders.prepared(PICTURES, towers.side, towers.scale)).half()
        seen = towers.image(images).float().numpy()
        read = towers.text(towers.tokenized(TEXTS)).float().numpy()
    for half, whole in ((seen, single.encode(PICTURES).pooled), (read, single.encode_texts(TEXTS))):
        cosines = (half * whole).sum(1) / np.linalg.norm(half, axis=1) / np.linalg.norm(whole, axis=1)
        assert (cosines > 1 - 2e-3).all()


@pytest.mark.skipif(
    not torch.cuda.is_available(), reason="there is no GPU: half precision is not tested on one"
)
def test_half_precision_on_a_gpu_gives_nearly_the_same_cosines(tiny):
    folder, _ = tiny
    on_gpu = Alignment(Clip(str(folder), device="cuda"), text="keep").cosines(PICTURES, TEXTS)
    assert on_gpu == pytest.approx(of(folder).cosines(PICTURES, TEXTS), abs=5e-3)


# -- bits, batches, processes ------------------------------------------------------------------------------------


def test_pictures_and_texts_have_the_same_bits_alone_and_in_any_batch(tiny):
    encoder = Clip(str(tiny[0]), device="cpu")
    seen, read = encoder.encode(PICTURES).pooled, encoder.encode_texts(TEXTS)
    for number, image in enumerate(PICTURES):
        assert np.array_equal(encoder.encode([image]).pooled[0], seen[number])
    for number, text in enumerate(TEXTS):
        assert np.array_equal(encoder.encode_texts([text])[0], read[number])
    assert seen.dtype == read.dtype == np.float32


def test_a_pickle_holds_no_weights_and_a_spawned_process_agrees(folder_of):
    reward = of(folder_of("transformers", "siglip")[0], text="blur")
    expected = reward.cosines(PICTURES[:1], TEXTS)
    packed = pickle.dumps(reward)
    assert len(packed) < 2000
    code = """
import pickle, sys
from rewards.pictures import shipped
reward = pickle.loads(sys.stdin.buffer.read())
print(reward.version, reward.cosines(list(shipped().values())[:1], sys.argv[1:]).tobytes().hex())
"""
    done = subprocess.run([sys.executable, "-c", code, *TEXTS], input=packed, capture_output=True, check=True)
    version, cosines = done.stdout.decode().split()
    assert version == reward.version
    assert np.array_equal(np.frombuffer(bytes.fromhex(cosines)).reshape(1, -1), expected)


def test_half_of_a_character_and_no_prompt_at_all_are_read(tiny):
    reward = of(tiny[0])
    odd, plain, nothing = reward(
        [sample(PICTURES[0], prompt) for prompt in ("a \ud800 poppy", "a ? poppy", "")]
    )
    assert odd.value == plain.value
    assert nothing.value is not None


def test_a_folders_version_follows_its_weights_and_words_and_not_where_it_lies(folder_of, tmp_path):
    folder, _ = folder_of("transformers", "clip")
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert Clip(str(tmp_path)).version == Clip(str(folder)).version
    (tmp_path / "merges.txt").write_text("a b\n")
    assert Clip(str(tmp_path)).version != Clip(str(folder)).version
    assert Clip("openai/clip").version != Clip("openai/clip", revision="abc").version


# -- what is told ------------------------------------------------------------------------------------------------


def test_a_prompt_beyond_the_limit_is_scored_and_told_by_task_count_and_limit(tiny):
    reward = of(tiny[0])
    tokens = reward.encoder.tokens(f"a painting of {LONG}")
    [score] = reward([sample(PICTURES[0], LONG, "long-one")])
    assert score.value is not None
    assert score.reason == f"the prompt has {tokens} tokens and is cut at the 16 that the model reads"
    with pytest.raises(SpecError, match=rf"'long-one' has {tokens} tokens and is cut at the 16"):
        reward.preflight([sample(image, LONG, "long-one") for image in PICTURES])


@pytest.mark.parametrize("model", ["./nowhere", "/nowhere/at/all", "clip-vit", ""])
def test_a_folder_that_is_not_there_raises_when_the_reward_is_made(model):
    with pytest.raises(
        MissingPart, match=r"a folder with a config\.json or open_clip_config\.json nor a name"
    ):
        clip(model=model)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_folder_without_weights_is_told_by_preflight(library, folder_of, tmp_path):
    folder, _ = folder_of(library, "clip")
    for file in folder.glob("*.json"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    reward = of(tmp_path)
    with pytest.raises(MissingPart, match="safetensors") as told:
        reward.preflight()
    [score] = reward([sample(PICTURES[0])])
    assert score.value is None
    assert "safetensors" in score.reason
    assert str(told.value).count(". ") == 0


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_missing_tensor_is_refused_and_not_filled(library, folder_of, tmp_path):
    from safetensors.torch import load_file, save_file

    folder, _ = folder_of(library, "siglip")
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    [weights] = tmp_path.glob("*.safetensors")
    tensors = load_file(weights)
    for gone in ("logit_bias", next(name for name in tensors if "mlp" in name)):
        save_file({name: each for name, each in tensors.items() if name != gone}, weights, {"format": "pt"})
        with pytest.raises(MachineError, match=gone.replace(".", r"\.")):
            Clip(str(tmp_path), device="cpu").encode(PICTURES[:1])


def test_a_model_that_only_sees_is_refused_by_name(tmp_path):
    import transformers

    config = transformers.CLIPVisionConfig(
        hidden_size=32,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        image_size=32,
        patch_size=8,
    )
    transformers.CLIPVisionModel(config).save_pretrained(tmp_path)
    with pytest.raises(
        SpecError, match=r"The CLIPVisionModel in .* cannot compare pictures with texts; name a CLIP"
    ):
        of(tmp_path).preflight()


def test_a_folder_without_words_is_refused(tmp_path):
    model = tiny_clips.transformers_model("clip")
    folder = tiny_clips.write_for_transformers(tmp_path, model)
    for file in folder.glob("token*"):
        file.unlink()
    with pytest.raises(MachineError, match="its tokenizer cannot tell 'a red boat' from 'a big fish'"):
        of(folder).preflight()


def test_a_cut_file_is_refused(folder_of, tmp_path):
    folder, _ = folder_of("transformers", "clip")
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(
            file.read_bytes()[: 2000 if file.suffix == ".safetensors" else None]
        )
    with pytest.raises(MachineError, match="could not be loaded"):
        of(tmp_path).preflight()


def test_a_sigmoid_without_a_bias_is_told_by_preflight_and_gives_no_value(folder_of):
    folder, _ = folder_of("transformers", "clip")
    reward = of(folder, scale="sigmoid")
    with pytest.raises(SpecError, match="needs a model with a logit_bias, such as a SigLIP"):
        reward.preflight()
    [score] = reward([sample(PICTURES[0])])
    assert score.value is None


def test_without_open_clip_its_folders_say_how_to_install_it(tmp_path, monkeypatch):
    (tmp_path / "open_clip_config.json").write_text(json.dumps({}))
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "open_clip" else found(name)
    )
    with pytest.raises(
        MissingPart, match=r"open_clip is not installed: pip install 'codepaint-env\[models\]'"
    ):
        clip(model=str(tmp_path))


def test_a_hub_model_that_is_not_there_is_one_sentence_with_the_way_out():
    code = """
from rewards.features.clip_encoder import Clip
from rewards.errors import MissingPart
try:
    Clip("openai/clip-vit-large-patch14").encode_texts(["a"])
except MissingPart as error:
    print(error)
"""
    env = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": os.devnull + "/none"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(
        "The model 'openai/clip-vit-large-patch14' is not in the hub's cache and could not"
    )
    assert "Run `hf download openai/clip-vit-large-patch14`" in done.stdout


# -- laws --------------------------------------------------------------------------------------------------------


def failures(folder, **parameters):
    """Returns what the kit says of the laws that a reward broke."""
    spec = {"name": "rewards.features.alignment:clip", "model": str(folder), "device": "cpu", **parameters}
    report = check_reward(spec, examples=25)
    print(report)
    return [f"{each.law.id}: {each.reason}" for each in report.failed]


@pytest.mark.parametrize(
    "parameters",
    [{"low": -0.5, "high": 0.8}, {"negatives": ["a blank sheet of paper", "a web page"]}],
    ids=["cosine", "softmax"],
)
def test_a_model_that_learned_its_paintings_keeps_every_law_with_25_examples(aligned, parameters):
    assert failures(aligned, **parameters) == []


def test_a_model_that_learned_knows_each_painting_by_its_name(aligned):
    cosines = of(aligned).cosines(list(shipped().values()), [f"a painting of {name}" for name in NAMES])
    assert (cosines.argmax(axis=1) == np.arange(len(NAMES))).mean() > 0.9


def test_random_weights_keep_every_law_but_that_of_other_prompts(tiny):
    [broken] = failures(tiny[0], scale="cosine")
    assert broken.startswith("59")
    assert broken.endswith("no more than chance gives")


def test_clip_is_found_by_name_where_the_project_is_installed(aligned):
    if "clip" not in rewards.available():
        pytest.skip("this installation is older than the reward")
    assert rewards.make("clip", model=str(aligned)).name == "clip"
