"""TRL tells the step of the training, and each batch is scored, and its members logged, with the numbers of that step."""

import asyncio
import pickle

import pytest

import rewards
from codepaint_env.trainers.trl import EnvironmentFactory, reward_funcs
from rewards import SpecError
from trl_contract import Easel, Trainer, made

MOVING = "0.5*renders + ramp(0, 0.5, steps=10)*trl_contract:Shares"


@pytest.mark.parametrize("asynchronous", [False, True])
@pytest.mark.parametrize("step", [0, 4, 10, 400])
def test_each_member_is_logged_with_the_weight_of_the_step(asynchronous, step):
    _, trainer = made(MOVING, asynchronous=asynchronous)
    trainer.state.global_step = step
    texts = ["aaaa", "", "break"]
    columns = asyncio.run(trainer.arewards(texts)) if asynchronous else trainer.rewards(texts)
    weight = 0.05 * min(step, 10)
    assert columns == [[0.5, 0.0, None], [pytest.approx(weight * 0.4), 0.0, None]]
    assert trainer.metrics["codepaint/weight/shares"] == [pytest.approx(weight)]
    assert trainer.metrics["codepaint/weight/renders"] == [0.5]


def test_contributions_sum_to_the_reward_of_the_step_and_follow_it_from_batch_to_batch():
    _, trainer = made(MOVING)
    for step in (0, 3, 8, 2):
        trainer.state.global_step = step
        columns = trainer.rewards(["a" * 7, "a" * 3])
        plain = Trainer(reward_funcs(rewards.make(MOVING).at(step), renderer=Easel(), probe=False), step)
        assert columns == plain.rewards(["a" * 7, "a" * 3])


def test_a_batch_is_scored_once_and_the_same_text_at_another_step_anew():
    easel, trainer = made(MOVING)
    told = trainer.keywords(["aaaa"])
    trainer.functions[0](**told)
    trainer.state.global_step = 5
    assert trainer.functions[1](**trainer.keywords(["aaaa"])) == [pytest.approx(0.25 * 0.4)]
    assert easel.batches == [["aaaa"], ["aaaa"]]


@pytest.mark.parametrize("step", [0, 9, 10])
def test_a_threshold_that_moves_closes_the_gate_at_its_step(step):
    spec = "gated(renders, gate=trl_contract:Shares, threshold=ramp(0.1, 0.9, steps=10))"
    _, trainer = made(spec)
    trainer.state.global_step = step
    [[value]] = trainer.rewards(["a" * 8])
    assert value == (1.0 if 0.1 + 0.08 * step <= 0.8 else 0.0)
    assert "codepaint/weight/renders" not in trainer.metrics
    assert len(trainer.table["codepaint/member/shares"]) == 1


def test_a_trainer_that_tells_no_step_is_refused_with_the_way_out():
    _, trainer = made(MOVING)
    told = trainer.keywords(["aaaa"])
    del told["trainer_state"]
    for function in trainer.functions:
        with pytest.raises(SpecError, match="TRL's asynchronous trainer tells reward functions none"):
            function(**told)
    assert made("trl_contract:Shares")[1].functions[0](**told) == [0.4]


def test_weights_that_move_are_not_left_to_trl():
    with pytest.raises(
        SpecError, match=r"moves?, by ramp\(0, 0.5, steps=10\); call reward_funcs\(..., weighted=True\)"
    ):
        made(MOVING, weighted=False)
    inner = "0.5*renders + 0.5*gated(trl_contract:Shares, gate=renders, threshold=ramp(0.1, 1, steps=9))"
    _, trainer = made(inner, weighted=False)
    assert trainer.functions.weights == [0.5, 0.5]


def test_an_environment_that_scores_its_own_rollouts_is_told_no_step():
    with pytest.raises(SpecError, match=r"leave it out here and pass reward_funcs\(...\)"):
        EnvironmentFactory(reward=MOVING, renderer=Easel())
    EnvironmentFactory(reward=rewards.make(MOVING).at(3), renderer=Easel())


def test_functions_of_a_reward_that_moves_pickle():
    functions = pickle.loads(pickle.dumps(reward_funcs(MOVING, renderer={"workers": 1}, probe=False)))
    assert [function.__name__ for function in functions] == ["renders", "shares"]


def test_the_first_batches_are_looked_at_with_the_reward_of_their_step():
    _, trainer = made(MOVING, probe=True)
    assert trainer.rewards(["aaaa", "aa"])[0] == [0.5, 0.5]
