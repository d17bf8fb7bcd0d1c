"""Gymnasium's wrappers around a single environment."""

import gymnasium as gym
import numpy as np
import pytest

import codepaint_env  # noqa: F401  (registers the environment)

ID = "codepaint/P5Brush-v0"
SQUARE = (
    "function setup() { createCanvas(64, 64, WEBGL); background(250);"
    " noStroke(); fill(20, 60, 120); rect(-16, -16, 32, 32); }"
)


@pytest.fixture(scope="module")
def env():
    """One environment for the file, so that its processes start once."""
    env = gym.make(ID)
    yield env
    env.close()


def test_episode_statistics_count_the_reward(env):
    counted = gym.wrappers.RecordEpisodeStatistics(env)
    counted.reset()
    _, reward, _, _, info = counted.step(SQUARE)
    assert info["episode"]["r"] == pytest.approx(reward)


def test_a_time_limit_of_one_ends_and_cuts_the_episode_together(env):
    limited = gym.wrappers.TimeLimit(env, 1)
    limited.reset()
    assert limited.step("")[2:4] == (True, True)


def test_observations_can_be_stacked(env):
    stacked = gym.wrappers.FrameStackObservation(env, 2)
    observation, _ = stacked.reset(seed=0)
    assert observation in stacked.observation_space
    observation = stacked.step(SQUARE)[0]
    assert observation in stacked.observation_space
    assert observation["image"].shape == (2, 512, 512, 3)
    assert observation["turn"].tolist() == [0, 1]
    assert observation["prompt"][0] == observation["prompt"][1]


def test_observations_can_be_stacked_with_nothing_before(env):
    observation, _ = gym.wrappers.FrameStackObservation(env, 2, padding_type="zero").reset(seed=0)
    assert observation["prompt"][0] == ""
    assert observation["prompt"][1]


def test_flattening_everything_is_refused_with_the_way_out(env):
    with pytest.raises(TypeError, match=r"no flat form.*FilterObservation\(env, \['image'\]\)"):
        gym.wrappers.FlattenObservation(env)


def test_flattening_the_picture_alone_works(env):
    flat = gym.wrappers.FlattenObservation(gym.wrappers.FilterObservation(env, ["image"]))
    observation, _ = flat.reset()
    assert observation.shape == (512 * 512 * 3,)
    assert flat.step(SQUARE)[0] in flat.observation_space


def test_pictures_can_be_made_smaller_by_a_wrapper(env):
    picture = gym.spaces.Box(0, 255, (64, 64, 3), np.uint8)
    small = gym.wrappers.TransformObservation(
        gym.wrappers.FilterObservation(env, ["image"]),
        lambda observation: {"image": observation["image"][::8, ::8]},
        gym.spaces.Dict({"image": picture}),
    )
    assert small.reset()[0] in small.observation_space
    assert small.step(SQUARE)[0]["image"].shape == (64, 64, 3)
