"""Trainers that tell a step get the reward of that step; the others refuse a reward that moves and say what to do."""

import asyncio

import pytest

import rewards
from codepaint_env.trainers.gepa import Adapter
from codepaint_env.trainers.openenv.studio import Sitting, Studio
from codepaint_env.trainers.openrlhf import reward_func
from codepaint_env.trainers.shared.painter import Painter
from codepaint_env.trainers.verl import compute_score, rows
from rewards import SpecError
from trl_contract import Easel
from verl_contract import settled

MOVING = "0.5*renders + ramp(0, 0.5, steps=10)*trl_contract:Shares"
TASKS = [{"id": "poppy", "prompt": "a poppy"}]


def verl(text, **extra):
    [row] = rows(TASKS)
    row = row | {"extra_info": row["extra_info"] | extra}
    [told] = asyncio.run(settled(compute_score, [row], [text], {"reward": MOVING, "renderer": Easel()}))
    return told


@pytest.mark.parametrize("step", [0, 4, 10, 99])
def test_verl_tells_the_step_of_the_weights_that_began_to_write(step):
    told = verl("aaaa", min_global_steps=step, max_global_steps=step + 1)
    assert told["reward_score"] == pytest.approx(0.5 + 0.05 * min(step, 10) * 0.4)


@pytest.mark.parametrize("extra", [{}, {"min_global_steps": None}])
def test_verl_without_a_step_is_refused(extra):
    told = verl("aaaa", **extra)
    assert isinstance(told, SpecError)
    assert "extra_info['min_global_steps']" in str(told)


@pytest.mark.parametrize(
    ("made", "trainer"),
    [
        (lambda reward: reward_func(reward, renderer=Easel()), "OpenRLHF"),
        (lambda reward: Adapter(lambda messages: "", reward=reward, renderer=Easel()), "GEPA"),
    ],
)
def test_a_trainer_that_tells_no_step_refuses_a_reward_that_moves(made, trainer):
    with pytest.raises(SpecError, match=f"{trainer} tells rewards none, so write the numbers of one step"):
        made(MOVING)
    made(rewards.make(MOVING).at(4))


def test_rollouts_that_share_a_painter_need_a_step():
    with pytest.raises(SpecError, match="was told no step: so and so"):
        Painter(MOVING, "p5brush", Easel(), telling="so and so")


def studio(**options):
    told = {"reward": MOVING, "canvas": "p5brush", "renderer": Easel(), "max_turns": 2, "images": True}
    return Studio(TASKS, **(told | {"reward_mode": "final", "step_timeout_s": 60.0} | options))


def test_a_session_of_openenv_tells_its_own_step():
    with pytest.raises(
        SpecError, match=r"app\(reward=...\): .*app\(step=0\), and each later one by reset\(step=n\)"
    ):
        studio()
    shared = studio(step=0)
    one, other = Sitting(shared), Sitting(shared)
    one.begin(None, {})
    other.begin(None, {"step": 10})
    for sitting, due in ((one, 0.5), (other, 0.7)):
        asyncio.run(sitting.step("aa"))
        assert asyncio.run(sitting.step("aaaa"))[1] == pytest.approx(due)
    other.begin(None, {})
    asyncio.run(other.step("aa"))
    assert asyncio.run(other.step("aaaa"))[1] == pytest.approx(0.7)
    with pytest.raises(SpecError, match="must be a whole number of at least 0"):
        other.begin(None, {"step": "4"})
