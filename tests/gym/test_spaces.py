"""The `Code` space, and the functions of gymnasium that it teaches to carry strings."""

import copy
import json
import pickle

import gymnasium as gym
import numpy as np
import pytest
from gymnasium import spaces
from gymnasium.vector import AsyncVectorEnv, AutoresetMode, SyncVectorEnv
from gymnasium.vector.utils import (
    batch_differing_spaces,
    batch_space,
    concatenate,
    create_empty_array,
    iterate,
)
from gymnasium.wrappers.utils import create_zero_array
from hypothesis import given
from hypothesis import strategies as st

from codepaint_env.gym.spaces import Code
from rewards import SpecError

TEXTS = ["", "sólo él", "画一朵花", "🌸" * 12, "line\nline\r\n\ttab\u2028\x00end", "'quoted' \"{}\" \\ %s"]


class Echo(gym.Env):
    """Observes what was last done, twice over."""

    def __init__(self):
        self.action_space = Code(64)
        pair = spaces.Tuple([Code(64), spaces.Discrete(100)])
        self.observation_space = spaces.Dict({"text": Code(64), "pair": pair})

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        return self.said("début 🌱"), {}

    def step(self, action):
        return self.said(action), float(len(action)), False, False, {"said": action}

    def said(self, text):
        return {"text": text, "pair": (text[::-1], np.int64(len(text)))}


def test_a_code_space_holds_any_string_that_is_valid_unicode_and_short_enough():
    space = Code(64)
    assert all(text in space for text in TEXTS)
    assert "x" * 64 in space
    assert "x" * 65 not in space


@pytest.mark.parametrize("stranger", ["\ud800", "ok \udfff ok", b"bytes", 3, None, ["list"]])
def test_a_code_space_holds_no_lone_surrogates_and_nothing_but_strings(stranger):
    assert stranger not in Code(64)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Z", "C"]), max_size=40))
def test_membership_is_the_same_as_having_a_utf8_form(text):
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        assert text not in Code(40)
    else:
        assert text in Code(40)


def test_samples_for_a_canvas_are_programs_and_samples_without_one_are_words():
    program, word = Code(canvas="p5brush", seed=1).sample(), Code(seed=1).sample()
    assert "createCanvas(512, 512, WEBGL)" in program
    assert word.isalpha()
    assert program in Code()


def test_the_same_seed_samples_the_same_programs_and_another_seed_others():
    first, again, other = (Code(canvas="p5brush", seed=seed) for seed in (4, 4, 5))
    assert [first.sample() for _ in range(3)] == [again.sample() for _ in range(3)]
    assert first.sample() != other.sample()


def test_samples_are_no_longer_than_the_space_allows():
    assert all(Code(5, seed=seed).sample() in Code(5) for seed in range(20))


def test_samples_take_neither_mask_nor_probability():
    with pytest.raises(SpecError, match="neither mask nor probability"):
        Code().sample(mask=np.ones(3))


@pytest.mark.parametrize("length", [0, -1, 1.5, True, "9", None])
def test_a_length_that_is_no_whole_number_above_0_is_refused_with_its_value(length):
    with pytest.raises(SpecError, match="whole number above 0") as refusal:
        Code(length)
    assert repr(length) in str(refusal.value)


def test_spaces_are_equal_when_they_hold_the_same_and_sample_alike():
    assert Code(10) == Code(10, seed=3)
    assert Code(10) != Code(11)
    assert Code(10) != Code(10, canvas="p5brush")
    assert Code(10) != spaces.Discrete(10)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda space: pickle.loads(pickle.dumps(space))])
def test_a_copy_is_equal_small_and_goes_on_with_the_same_samples(copied):
    space = Code(canvas="p5brush", seed=8)
    space.sample()
    twin = copied(space)
    assert twin == space
    assert twin.sample() == space.sample()
    assert len(pickle.dumps(space)) < 2_000


def test_the_repr_tells_how_to_make_the_space_again():
    for space in (Code(10), Code(10, canvas="p5brush")):
        assert eval(repr(space)) == space


def test_strings_survive_json():
    space = Code(64)
    assert space.from_jsonable(json.loads(json.dumps(space.to_jsonable(TEXTS)))) == TEXTS


def test_a_batch_of_strings_is_a_tuple_and_comes_apart_again():
    space = Code(64)
    batch = concatenate(space, TEXTS, create_empty_array(space, n=len(TEXTS)))
    assert batch in batch_space(space, len(TEXTS))
    assert list(iterate(batch_space(space, len(TEXTS)), batch)) == TEXTS


def test_the_members_of_a_batch_sample_different_programs():
    samples = batch_space(Code(canvas="p5brush", seed=1), 3).sample()
    assert len(set(samples)) == 3


def test_an_observation_with_strings_comes_apart_into_the_single_ones():
    space = Echo().observation_space
    single = [Echo().said(text) for text in TEXTS]
    batch = concatenate(space, single, create_empty_array(space, n=len(TEXTS)))
    assert list(iterate(batch_space(space, len(TEXTS)), batch)) == single


def test_empty_and_zero_strings_belong_to_the_space():
    assert create_empty_array(Code(5), n=2) in batch_space(Code(5), 2)
    assert create_zero_array(Code(5)) in Code(5)


def test_spaces_of_different_lengths_batch_into_a_tuple_of_them():
    assert batch_differing_spaces([Code(5), Code(9)]) == spaces.Tuple([Code(5), Code(9)])


@pytest.mark.parametrize("use", [spaces.flatdim, spaces.flatten_space, lambda s: spaces.flatten(s, "x")])
def test_flattening_is_refused_with_the_way_out(use):
    with pytest.raises(TypeError, match=r"no flat form.*FilterObservation\(env, \['image'\]\)"):
        use(Code(5))


def run(envs):
    """Steps three environments twice and returns all that they observe."""
    seen = [envs.reset(seed=1)[0]]
    for actions in (TEXTS[:3], TEXTS[3:]):
        observation, rewards, _, _, infos = envs.step(actions)
        assert rewards.tolist() == [len(text) for text in actions]
        assert infos["said"].tolist() == actions
        assert observation in envs.observation_space
        seen.append(observation)
    envs.close()
    return [(seen[i]["text"], seen[i]["pair"][0], seen[i]["pair"][1].tolist()) for i in range(3)]


EXPECTED = [
    (tuple(texts), tuple(text[::-1] for text in texts), [len(text) for text in texts])
    for texts in (["début 🌱"] * 3, TEXTS[:3], TEXTS[3:])
]


@pytest.mark.parametrize("mode", [AutoresetMode.NEXT_STEP, AutoresetMode.SAME_STEP, AutoresetMode.DISABLED])
def test_strings_of_every_script_pass_through_a_sync_vector(mode):
    assert run(SyncVectorEnv([Echo] * 3, autoreset_mode=mode)) == EXPECTED


@pytest.mark.parametrize("shared_memory", [True, False])
def test_strings_of_every_script_pass_through_an_async_vector(shared_memory):
    assert run(AsyncVectorEnv([Echo] * 3, shared_memory=shared_memory)) == EXPECTED


@pytest.mark.full
def test_strings_pass_through_the_shared_memory_of_spawned_processes():
    assert run(AsyncVectorEnv([Echo] * 3, context="spawn")) == EXPECTED


class Short(Echo):
    def __init__(self):
        super().__init__()
        self.observation_space = spaces.Dict({**self.observation_space.spaces, "text": Code(32)})


class Painter(Echo):
    def __init__(self):
        super().__init__()
        text = Code(64, canvas="p5brush")
        self.observation_space = spaces.Dict({**self.observation_space.spaces, "text": text})


def test_environments_whose_spaces_only_sample_differently_can_share_an_async_vector():
    assert run(AsyncVectorEnv([Echo, Painter, Echo], observation_mode="different")) == EXPECTED


def test_environments_whose_lengths_differ_are_refused_as_they_would_share_memory_of_one_length():
    with pytest.raises(RuntimeError, match="do not share a common shape"):
        AsyncVectorEnv([Echo, Short], observation_mode="different")


def test_the_longest_text_of_the_longest_characters_fits_into_shared_memory():
    class Wide(Echo):
        def reset(self, *, seed=None, options=None):
            return self.said("🌸" * 64), {}

    envs = AsyncVectorEnv([Wide] * 2)
    observation, _ = envs.reset()
    envs.close()
    assert observation["text"] == ("🌸" * 64,) * 2


def test_without_copies_an_async_vector_hands_out_strings_that_follow_the_environments():
    envs = AsyncVectorEnv([Echo] * 2, copy=False)
    observation, _ = envs.reset()
    before = list(observation["text"])
    envs.step(["один", "два"])
    after = list(observation["text"])
    envs.close()
    assert (before, after) == (["début 🌱"] * 2, ["один", "два"])
