"""`winrate` at every face: whole groups are compared in TRL and `gym.make_vec`, and who splits groups refuses it.

tests/trainers/verl/test_whole_groups.py has verl, and test_real_verifiers.py the groups of verifiers.
"""

from types import SimpleNamespace

import gymnasium as gym
import pytest
from click.testing import CliRunner

import codepaint_env  # noqa: F401 (registers the environments)
from codepaint_env.cli.main import main
from codepaint_env.trainers import gepa, openrlhf
from codepaint_env.trainers.openenv.studio import Studio
from codepaint_env.trainers.sb3 import StrokeActions
from codepaint_env.trainers.trl import EnvironmentFactory, reward_funcs
from rewards import SpecError, make
from rewards.judged.pairs.winrate import WinRate
from rewards.testing.judges import ScriptedJudge
from trl_contract import Easel, made

DISCS = ["a" * 3, "a" * 25, "a" * 12, "a" * 18]  # of that radius; the judge likes ink
ID = "codepaint/P5Brush-v0"
SERVED = {"canvas": "p5brush", "max_turns": 1, "reward_mode": "final", "images": True, "step_timeout_s": 60.0}


def winrate(**options):
    return WinRate(judge=ScriptedJudge(kappa=40.0), text="keep", size_px=32, **options)


def config(**told):
    settings = {"num_generations": 4, "per_device_train_batch_size": 4, "steps_per_generation": 2}
    return SimpleNamespace(**(settings | {"eval_strategy": "no", "multi_objective_aggregation": None} | told))


def square(side):
    return (
        "function setup() { createCanvas(64, 64, WEBGL); background(250);"
        f" noStroke(); fill(20, 60, 120); rect(-{side / 2}, -{side / 2}, {side}, {side}); }}"
    )


def test_trl_compares_whole_groups_alone_and_in_a_mix():
    for spec in (winrate(), make("0*coverage + 1*winrate", winrate=winrate())):
        _, trainer = made(spec, config=config())
        *_, column = trainer.rewards(DISCS + DISCS[::-1], task_id=["poppy"] * 4 + ["iris"] * 4)
        assert column[:4] == pytest.approx(column[4:][::-1])
        assert sum(column[:4]) == pytest.approx(2.0)
        assert sorted(range(4), key=column[:4].__getitem__) == [0, 2, 3, 1]


def test_trl_refuses_groups_that_are_split_in_a_configuration_and_in_a_batch():
    with pytest.raises(SpecError, match=r"'winrate' compares .* pass config=GRPOConfig"):
        reward_funcs(winrate())
    with pytest.raises(SpecError, match=r"'winrate' compares .* which splits groups of 4"):
        reward_funcs(winrate(), config=config(per_device_train_batch_size=3))
    _, trainer = made(winrate(), config=config())
    with pytest.raises(SpecError, match="3 samples of 1 tasks came instead of one group of 4"):
        trainer.rewards(DISCS[:3])


def test_in_trl_a_machine_that_fails_takes_no_part_and_the_others_are_compared():
    _, trainer = made(winrate(), config=config())
    [column] = trainer.rewards(["break", *DISCS[1:]])
    assert column[0] is None
    assert sum(column[1:]) == pytest.approx(1.5)


def test_a_vector_of_environments_with_one_task_is_one_group():
    envs = gym.make_vec(ID, num_envs=4, reward=winrate())
    try:
        envs.reset(seed=0, options={"task_id": "flowers-blue-poppy"})
        _, rewards, *_ = envs.step([square(40), square(20), "throw 1", square(10)])
        assert rewards.tolist()[2] == 0.0
        assert rewards[0] > rewards[1] > rewards[3] > 0
        assert sum(rewards) == pytest.approx(2.0)
        envs.reset(seed=0)
        with pytest.raises(SpecError, match=r"'winrate' compares .* reset\(options=\{'task_id': …\}\)"):
            envs.step([square(40)] * 4)
    finally:
        envs.close()


def gym_score(tmp_path):
    program = tmp_path / "sketch.js"
    program.write_text(square(20))
    spec = '{"name": "winrate", "text": "keep", "judge": {"model": "m", "api_key_env": null}}'
    done = CliRunner().invoke(main, ["score", str(program), "--prompt", "a poppy", "--reward", spec])
    assert done.exit_code == 2
    raise SpecError(done.output)


REFUSED = {
    "gym.make": (lambda _: gym.make(ID, reward=winrate()), "a single environment sees one. Use gym.make_vec"),
    "gym.make_vec with one environment": (
        lambda _: gym.make_vec(ID, num_envs=1, reward=winrate()),
        "num_envs is 1; take at least 2",
    ),
    "gym.make_vec of single environments": (
        lambda _: gym.make_vec(ID, num_envs=2, vectorization_mode="sync", reward=winrate()),
        "a single environment sees one. Use gym.make_vec",
    ),
    "delta": (
        lambda _: gym.make_vec(ID, num_envs=2, reward=winrate(), max_turns=2, reward_mode="delta"),
        "reward_mode is 'delta', but the reward 'winrate'",
    ),
    "TRL's environments": (
        lambda _: EnvironmentFactory(reward=winrate(), renderer=Easel()),
        r"an environment sees one; leave it out here and pass reward_funcs\(...\)",
    ),
    "OpenRLHF and the reward server": (
        lambda _: openrlhf.reward_func(winrate(), renderer=Easel()),
        "OpenRLHF asks about one at a time: set the first argument of reward_func .* by itself.$",
    ),
    "OpenEnv": (
        lambda _: Studio(["a poppy"], reward=winrate(), renderer=Easel(), **SERVED),
        r"app\(reward=\.\.\.\): the reward 'winrate' compares .* a session sees one",
    ),
    "GEPA": (
        lambda _: gepa.Adapter("m", reward=winrate(), renderer=Easel()),
        r"GEPA paints each task of a minibatch once; give Adapter\(reward=\.\.\.\)",
    ),
    "SB3": (lambda _: StrokeActions(gym.make(ID, reward=winrate())), "a single environment sees one"),
    "codepaint score": (gym_score, "'winrate' compares the samples of a group, but this command scores one"),
    "a gate": (lambda _: make({"of": "coverage", "gate": winrate()}), "can be no gate"),
}


@pytest.mark.parametrize("face", REFUSED)
def test_who_sees_one_sample_at_a_time_refuses_it_in_one_sentence_when_made(face, tmp_path):
    refusing, says = REFUSED[face]
    with pytest.raises(SpecError, match=says) as raised:
        refusing(tmp_path)
    assert "'winrate'" in str(raised.value)
