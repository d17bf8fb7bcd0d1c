"""Rollouts that paint by a tool: what the policy is shown, what is scored, and what a failed machine leaves."""

import pickle

import pytest

from codepaint_env.trainers.trl import (
    EnvironmentFactory,
    PaintEnvironment,
)
from rewards import SpecError
from rewards.errors import MachineError
from trl_contract import MIX, Easel, Ranks, Shares, made


def test_a_rollout_paints_by_a_tool_and_its_last_program_is_scored():
    environment = EnvironmentFactory(reward=Shares(), renderer=Easel(), max_turns=2)()
    environment.reset(prompt=[{"role": "user", "content": "a poppy"}], task_id="poppy")
    picture, text = environment.paint("aaa")
    assert picture["type"] == "image"
    assert picture["image"].size == (64, 64)
    assert text == {"type": "text", "text": "ok\n1 turn left."}
    environment.paint("```js\naaaaaa\n```")
    assert environment.paint("a") == "All 2 turns are used. The last painting counts."
    assert environment.get_reward() == 0.6
    environment.reset(prompt="a poppy")
    assert environment.get_reward() == 0.0, "nothing was painted"


def test_a_policy_that_reads_text_only_is_told_what_went_wrong():
    environment = EnvironmentFactory(renderer=Easel(), images=False)()
    environment.reset(prompt="a poppy")
    assert environment.paint("").startswith("program_error no_program: ")
    assert environment.paint(7).startswith("program_error no_program: ")


def test_only_an_environment_with_a_reward_has_get_reward():
    assert not hasattr(EnvironmentFactory(renderer=Easel())(), "get_reward")
    tools = [name for name, member in vars(PaintEnvironment).items() if callable(member) and name[0] != "_"]
    assert tools == ["reset", "paint"]


@pytest.mark.parametrize("bad", ["break", "explode"])
def test_a_tool_that_raises_marks_its_rollout_and_every_function_returns_none_for_it(bad):
    factory = EnvironmentFactory(renderer=Easel())
    environments = [factory(), factory()]
    for environment in environments:
        environment.reset(prompt="a poppy", task_id="poppy")
    environments[0].paint("aaa")
    with pytest.raises((MachineError, OSError)):
        environments[1].paint(bad)
    environments[1].paint("aaa")  # the policy goes on after the error text
    _, trainer = made()
    columns = trainer.rewards(["said"] * 2, task_id=["poppy"] * 2, environments=environments)
    assert columns[0] == [0.3, None]
    assert columns[1][0] > 0
    assert columns[1][1] is None
    environments[1].reset(prompt="a poppy", task_id="poppy")
    assert environments[1].broken is None


def test_a_rollout_whose_machine_failed_has_no_reward_of_its_own():
    environment = EnvironmentFactory(reward=Shares(), renderer=Easel())()
    environment.reset(prompt="a poppy")
    with pytest.raises(MachineError):
        environment.paint("break")
    assert environment.get_reward() is None


def test_an_environment_comes_through_a_pickle_by_its_factory():
    factory = pickle.loads(pickle.dumps(EnvironmentFactory(reward=MIX, max_turns=5)))
    assert (factory.reward, factory.max_turns) == (MIX, 5)


def test_what_an_environment_cannot_do_is_refused_when_it_is_made():
    with pytest.raises(SpecError, match="max_turns is 0"):
        EnvironmentFactory(max_turns=0)
    with pytest.raises(SpecError, match="pass reward_funcs"):
        EnvironmentFactory(reward=Ranks())
