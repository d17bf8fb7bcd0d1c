"""Environments are told the step of a training, and judge each episode with the reward of the step at which it began."""

from dataclasses import replace

import gymnasium as gym
import numpy as np
import pytest

import rewards
from codepaint_env.episodes import setting
from rewards import Score, SpecError, Traits
from trl_contract import Easel, Shares

ID = "codepaint/P5Brush-v0"
MOVING = "0.5*renders + ramp(0, 0.5, steps=10)*trl_contract:Shares"


class Sheets(Easel):
    """Paints at once, at the size of the canvas, and is held by environments."""

    def painted(self, program):
        small = super().painted(program)
        return replace(small, image=small.image.repeat(8, axis=0).repeat(8, axis=1))

    def hold(self):
        pass

    release = hold


class Ranks(Shares):
    """Compares the samples of a group."""

    name = "ranks"
    traits = Traits(scope="group", components=("letters",), disclaims=Shares.traits.disclaims)
    needs = frozenset({"image", "group"})

    def __call__(self, samples, /):
        return [Score(len(samples) / 10, {"letters": 0.0}) for _ in samples]


@pytest.fixture
def easel(monkeypatch):
    easel = Sheets()
    monkeypatch.setattr(setting, "shared_renderer", lambda canvas, options: easel)
    return easel


@pytest.fixture
def make(easel):
    return lambda **options: gym.make(ID, **({"reward": MOVING} | options))


def test_an_environment_with_a_reward_that_moves_wants_the_first_step(make):
    with pytest.raises(SpecError, match=r"step=0, and each later one by reset\(options=\{'step': n\}\)"):
        make()
    with pytest.raises(SpecError, match="must be a whole number of at least 0"):
        make(step=-1)
    with pytest.raises(SpecError, match="was told no step"):
        gym.make_vec(ID, num_envs=2, reward=MOVING)


def test_an_episode_is_judged_with_the_reward_of_the_step_it_began_at(make):
    env = make(step=0)
    env.reset()
    assert env.step("aaaa")[1] == pytest.approx(0.5)
    env.reset(options={"step": 5})
    assert env.step("aaaa")[1] == pytest.approx(0.5 + 0.25 * 0.4)
    env.reset()  # the last step that was told stays
    assert env.step("aaaa")[1] == pytest.approx(0.5 + 0.25 * 0.4)
    env.unwrapped.set_step(10)
    env.reset()
    _, reward, _, _, info = env.step("aaaa")
    assert reward == pytest.approx(0.5 + 0.5 * 0.4)
    assert info["reward/components"]["shares"] == pytest.approx(0.4)


def test_the_score_is_that_of_a_plain_environment_with_the_numbers_of_the_step(make):
    moving, plain = make(step=3), make(reward=rewards.make(MOVING).at(3))
    for env in (moving, plain):
        env.reset(seed=0)
    assert moving.step("a" * 7)[1:] == plain.step("a" * 7)[1:]


def test_a_step_that_is_told_in_the_middle_waits_for_the_next_episode(make):
    env = make(step=0, max_turns=2, reward_mode="delta")
    env.reset()
    first = env.step("aaaa")[1]
    env.unwrapped.set_step(10)
    assert first + env.step("a" * 8)[1] == pytest.approx(0.5)
    env.reset()
    assert env.step("aaaa")[1] + env.step("a" * 8)[1] == pytest.approx(0.5 + 0.5 * 0.8)


@pytest.mark.parametrize("step", [-1, 2.0, "4", True])
def test_a_step_that_is_none_is_refused(make, step):
    env = make(step=0)
    with pytest.raises(SpecError, match="must be a whole number of at least 0"):
        env.reset(options={"step": step})
    with pytest.raises(SpecError, match="must be a whole number of at least 0"):
        env.unwrapped.set_step(step)


def test_a_reward_that_does_not_move_takes_steps_and_ignores_them(make):
    env = make(reward="trl_contract:Shares")
    env.reset(options={"step": 7})
    assert env.step("aaaa")[1] == pytest.approx(0.4)


def test_episodes_of_a_vector_are_drawn_together_whatever_their_steps(easel):
    envs = gym.make_vec(ID, num_envs=3, reward=MOVING, step=0, autoreset_mode="SameStep")
    envs.reset()
    envs.unwrapped.set_step(10)
    envs.reset(options={"reset_mask": np.array([False, True, False])})
    _, told, _, _, _ = envs.step(["aaaa"] * 3)
    assert list(told) == pytest.approx([0.5, 0.7, 0.5])
    assert easel.batches == [["aaaa"] * 3]
    _, told, _, _, _ = envs.step(["aaaa"] * 3)  # all began anew by themselves, at the step that was told
    assert list(told) == pytest.approx([0.7] * 3)
    envs.close()


def test_wrapped_vectors_are_told_the_step_by_gymnasiums_own_call(easel):
    envs = gym.make_vec(ID, num_envs=2, vectorization_mode="sync", reward=MOVING, step=0)
    envs.call("set_step", 10)
    envs.reset()
    assert list(envs.step(["aaaa"] * 2)[1]) == pytest.approx([0.7, 0.7])
    envs.close()


def test_samples_of_one_group_are_compared_at_one_step(easel):
    reward = rewards.make("ramp(0.5, 1, steps=10)*a", a=Ranks())
    envs = gym.make_vec(ID, num_envs=2, reward=reward, step=0, autoreset_mode="Disabled")
    envs.reset(options={"task_id": "flowers-blue-poppy"})
    assert list(envs.step(["aaaa"] * 2)[1]) == pytest.approx([0.1, 0.1])
    mask = np.array([False, True])
    envs.reset(options={"task_id": "flowers-blue-poppy"})
    envs.reset(options={"task_id": "flowers-blue-poppy", "step": 4, "reset_mask": mask})
    with pytest.raises(SpecError, match="Set the step only when all environments reset"):
        envs.step(["aaaa"] * 2)
    envs.close()


def test_an_environment_with_a_reward_that_moves_is_made_again_from_its_spec(make):
    env = make(step=4)
    again = gym.make(gym.envs.registration.EnvSpec.from_json(env.spec.to_json()))
    for each in (env, again):
        each.reset(seed=1)
    assert env.step("aaaa")[1] == again.step("aaaa")[1] == pytest.approx(0.5 + 0.2 * 0.4)
