"""`StrokeActions`: arrays in, pictures out, and a machine that fails is never a bad stroke."""

import warnings

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from PIL import Image

from codepaint_env.trainers.sb3 import PARAMETERS, StrokeActions, TooManyInvalid
from codepaint_env.trainers.sb3.failures import lost_steps
from rewards import SpecError
from stroke_easel import Polygons, nearness, paint_targets, painting

MIDDLE = np.zeros(10, np.float32)


@pytest.fixture
def tasks(tmp_path):
    return paint_targets(tmp_path)


@pytest.fixture
def make(tasks, monkeypatch):
    def made(breaks=(), options=None, **arguments):
        easel = Polygons(breaks)
        return StrokeActions(painting(tasks, monkeypatch, easel, **options or {}), **arguments), easel

    return made


def stroke(env, **numbers):
    return np.array([numbers.get(name, 0.0) for name in env.parameters], np.float32)


def test_the_observation_is_the_target_beside_the_sheet(make, tasks):
    env, _ = make(size_px=64)
    seen, _ = env.reset(options={"task_id": "disc-1"})
    assert env.observation_space.contains(seen)
    assert (seen[..., :3] == np.asarray(Image.open(tasks[1]["reference"]))).all()
    assert (seen[..., 3:] == 255).all()
    after, *_ = env.step(stroke(env, red=-1))
    assert (after[..., :3] == seen[..., :3]).all()
    assert (after[32, 32, 3:] == (20, 118, 118)).all()
    assert (after[0, 0, 3:] == 255).all()


def test_the_step_of_a_training_reaches_the_environment_through_the_wrapper(make):
    moving = "0.5*renders + ramp(0, 0.5, steps=10)*stroke_easel:nearness"
    env, _ = make(options={"reward": moving, "max_turns": 1, "step": 0})
    env.reset(options={"task_id": "disc-0"})
    assert env.step(stroke(env))[1] == pytest.approx(0.5)
    env.get_wrapper_attr("set_step")(10)  # as Stable-Baselines3's env_method and gymnasium's call do
    env.reset(options={"task_id": "disc-0"})
    assert env.step(stroke(env))[1] > 0.51


def test_a_step_earns_what_its_stroke_gained_and_an_episode_what_the_last_sheet_is_worth(make):
    env, _ = make()
    env.reset(options={"task_id": "disc-0"})
    turns = [env.step(stroke(env, x=-0.4 + 0.1 * k, y=-0.2, red=-1, green=-0.7)) for k in range(3)]
    assert [turn[2:4] for turn in turns] == [(False, False), (False, False), (True, False)]
    plain = gym.make("codepaint/P5Brush-v0", tasks=list(env.unwrapped.tasks), reward=nearness)
    plain.reset(options={"task_id": "disc-0"})
    worth = plain.step(env.program)[1]
    assert sum(turn[1] for turn in turns) == pytest.approx(worth, abs=1e-9)
    assert abs(turns[0][1]) > 0.01


def test_each_step_paints_all_strokes_so_far_on_a_sheet_of_the_size_that_was_asked_for(make):
    env, easel = make(canvas_px=96)
    env.reset()
    for k in range(3):
        env.step(stroke(env, x=0.3 * k))
    assert [program.count("  wash(") for program in easel.programs] == [1, 2, 3]
    assert all("createCanvas(96, 96, WEBGL)" in program for program in easel.programs)
    assert easel.programs[-1] == env.program.strip()


def test_numbers_that_are_fixed_are_no_part_of_the_action(make):
    env, easel = make(fixed={"opacity": 1.0, "bend": 0})
    assert env.parameters == tuple(name for name in PARAMETERS if name not in ("opacity", "bend"))
    assert env.action_space.shape == (8,)
    env.reset()
    env.step(np.zeros(8, np.float32))
    assert '", 255, [' in easel.programs[0]


def test_what_lies_outside_of_the_box_is_clipped(make):
    env, easel = make()
    for numbers in (np.full(10, 7.0), np.ones(10)):
        env.reset()
        env.step(numbers)
    assert easel.programs[0] == easel.programs[1]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_failed_machine_ends_the_episode_without_a_reward_and_leaves_the_sheet(make):
    env, _ = make(breaks=[2])
    env.reset()
    before, *_ = env.step(MIDDLE)
    seen, reward, terminated, truncated, info = env.step(stroke(env, x=1, red=-1))
    assert (reward, terminated, truncated) == (0.0, True, False)
    assert (info["reward/valid"], info["status"]) == (False, "machine_error")
    assert info["error/message"] == "the worker died"
    assert (seen == before).all()
    env.reset()
    assert env.step(MIDDLE)[4]["reward/valid"]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_machine_that_keeps_failing_ends_the_training(make):
    env, _ = make(breaks=range(2, 1000))
    env.reset()
    env.step(MIDDLE)
    for _ in range(100):
        env.reset()
        env.step(MIDDLE)
    env.reset()
    with pytest.raises(TooManyInvalid, match=r"101 of the last 200 samples have no score"):
        env.step(MIDDLE)


class Moody:
    """A reward that raises when it is asked about the second and the third stroke; before the first it is tried on pictures that ship."""

    name, needs, traits, version = "moody", nearness.needs, nearness.traits, "1"

    def __init__(self):
        self.asked = 0

    def preflight(self, samples=None):
        pass

    def __call__(self, samples, /):
        self.asked += 1
        if self.asked in (3, 4):
            raise OSError("the disk is full")
        return nearness(samples)


def test_a_reward_that_raises_costs_the_stroke_and_not_the_training(make):
    env, _ = make(options={"reward": Moody()})
    env.reset()
    env.step(MIDDLE)
    _, reward, terminated, _, info = env.step(stroke(env, x=0.8))
    assert (reward, terminated, info["reward/valid"], info["error/message"]) == (
        0.0,
        True,
        False,
        "the disk is full",
    )
    assert env.program.count("  wash(") == 1
    env.reset()
    assert not env.step(MIDDLE)[4]["reward/valid"]
    env.reset()
    assert env.step(MIDDLE)[4]["reward/valid"]


def test_gymnasium_finds_nothing_wrong_with_it(make):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", "(?s).*is different from the unwrapped version")  # it is a wrapper
        check_env(make()[0], skip_render_check=True)


def test_it_plays_in_a_vector_as_cleanrl_plays(make):
    envs = gym.wrappers.vector.RecordEpisodeStatistics(
        gym.vector.SyncVectorEnv([lambda: make()[0]] * 2, autoreset_mode=gym.vector.AutoresetMode.SAME_STEP)
    )
    seen, _ = envs.reset(seed=1)
    assert seen.shape == (2, 64, 64, 6)
    for _ in range(3):
        _, _, terminated, truncated, infos = envs.step(envs.action_space.sample())
    assert terminated.tolist() == [True, True]
    assert not truncated.any()
    assert infos["final_info"]["reward/valid"].tolist() == [True, True]
    assert infos["episode"]["l"].tolist() == [3, 3]


def test_the_steps_of_an_episode_that_a_failed_machine_ended_are_lost_and_no_others():
    starts = np.array([[1, 1], [0, 0], [1, 0], [0, 1], [1, 0]], dtype=bool)
    valid = np.ones((5, 2), dtype=bool)
    valid[3, 0] = valid[2, 1] = False
    assert lost_steps(valid, starts).tolist() == [
        [False, True],
        [False, True],
        [True, True],
        [True, False],
        [False, False],
    ]


WRONG = {
    "size_px": ({"size_px": 0}, r"size_px is 0; it must be a whole number above 0"),
    "canvas_px": ({"canvas_px": 32}, r"canvas_px is 32; it must be a whole number from 64 to 1024"),
    "name": ({"fixed": {"hue": 0.0}}, r"fixed has the name 'hue'; a stroke has x, y, length"),
    "number": ({"fixed": {"bend": 3}}, r"fixed has bend = 3; it must be a number from -1 to 1"),
    "all": ({"fixed": dict.fromkeys(PARAMETERS, 0.0)}, r"fixed names every number of a stroke"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_argument_is_refused_with_its_value_and_the_way_out(make, case):
    arguments, told = WRONG[case]
    with pytest.raises(SpecError, match=told):
        make(**arguments)


def test_a_task_without_a_picture_is_no_target(monkeypatch, make):
    plain = painting(["a rose"], monkeypatch, Polygons(), reward="renders")
    with pytest.raises(
        SpecError, match=r"1 of 1 tasks have no target, such as 'p-\w+'\. Give each a reference"
    ):
        StrokeActions(plain)
    env, _ = make(options={"reward": "renders"})
    with pytest.raises(SpecError, match="a prompt alone has no target; take 'task_id'"):
        env.reset(options={"prompt": "a tulip"})


def test_an_environment_that_paints_with_something_else_is_refused():
    with pytest.raises(SpecError, match=r"StrokeActions paints with p5.brush and got .*SVG"):
        StrokeActions(gym.make("codepaint/SVG-v0"))


def test_an_action_that_is_no_stroke_raises_what_to_change(make):
    env, _ = make()
    env.reset()
    with pytest.raises(ValueError, match=r"shape \(3,\); it holds 10 numbers: x, y, length.*action_space"):
        env.step(np.zeros(3))
    with pytest.raises(ValueError, match=r"the policy has diverged\. Lower its learning_rate"):
        env.step(np.full(10, np.nan))
