"""Stable-Baselines3's own PPO acts by strokes; runs where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import warnings
from functools import partial

import gymnasium as gym
import numpy as np
import pytest
import torch
from stable_baselines3 import PPO, SAC
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.env_checker import check_env
from stable_baselines3.common.logger import Logger
from stable_baselines3.common.vec_env import DummyVecEnv, SubprocVecEnv, VecNormalize

from codepaint_env.trainers.sb3 import StrokeActions, leave_out_failures, tell_steps
from live_processes import VICTIMS
from markdown_pages import Page
from places import ROOT
from stroke_easel import Polygons, paint_targets, painting

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")


@pytest.fixture
def tasks(tmp_path):
    return paint_targets(tmp_path)


@pytest.fixture
def easel_env(tasks, monkeypatch):
    def made(breaks=(), **options):
        return StrokeActions(painting(tasks, monkeypatch, Polygons(breaks), **options), size_px=36)

    return made


def real_env(tasks):
    env = gym.make(
        "codepaint/P5Brush-v0",
        tasks=tasks,
        reward="stroke_easel:nearness",
        max_turns=2,
        reward_mode="delta",
        renderer={"workers": 1, "cache": 0},
    )
    return StrokeActions(env, size_px=36, canvas_px=64)


class Playing(gym.Wrapper):
    """Tells the step of the training at which the episode began that is played."""

    def playing(self):
        return self.unwrapped._episode.step


def moving_env(tasks):
    env = gym.make(
        "codepaint/P5Brush-v0",
        tasks=tasks,
        reward="0.5*renders + ramp(0.1, 0.5, steps=32)*stroke_easel:nearness",
        max_turns=2,
        reward_mode="delta",
        step=0,
        renderer={"workers": 1, "cache": 0},
    )
    return Playing(StrokeActions(env, size_px=36, canvas_px=64))


class Kept(BaseCallback):
    """Keeps what was logged, the rewards, and the buffer of each rollout."""

    def __init__(self, deed=None, at=-1):
        super().__init__()
        self.logs, self.rewards, self.buffers, self.infos = [], [], [], []
        self.deed, self.at = deed, at

    def _on_step(self):
        if self.n_calls == self.at:
            self.deed()
        self.rewards.append(self.locals["rewards"].copy())
        self.infos += self.locals["infos"]
        return True

    def _on_rollout_end(self):
        self.logs.append(dict(self.logger.name_to_value))
        buffer = self.model.rollout_buffer
        self.buffers.append(
            {name: getattr(buffer, name).copy() for name in ("advantages", "returns", "values")}
        )


def learn(envs, steps=16, callbacks=(), **options):
    told = {"n_steps": 8, "batch_size": 8, "n_epochs": 1, "seed": 0, "device": "cpu"} | options
    kept = Kept()
    model = PPO("CnnPolicy", envs, **told)
    model.set_logger(Logger(None, []))
    model.learn(steps, callback=[*callbacks, kept])
    return model, kept


def test_the_adapter_imports_nothing_of_the_trainer_when_it_is_loaded():
    code = "import codepaint_env.trainers.sb3, sys; sys.exit('stable_baselines3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_stable_baselines3_finds_nothing_wrong_with_it(easel_env):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_env(easel_env())


@pytest.mark.parametrize("kind", [DummyVecEnv, SubprocVecEnv])
def test_ppo_trains_on_strokes_that_the_engine_paints(tasks, kind):
    envs = kind([partial(real_env, tasks)] * 2)
    model, kept = learn(envs, callbacks=[leave_out_failures()])
    envs.close()
    assert model.num_timesteps == 16
    assert envs.observation_space.shape in ((36, 36, 6), (6, 36, 36))
    [log] = kept.logs
    assert set(log) >= {"codepaint/masked", "codepaint/valid_rate", "codepaint/gain", "codepaint/reward"}
    assert (log["codepaint/masked"], log["codepaint/valid_rate"]) == (0, 1)
    rewards = np.concatenate(kept.rewards)
    assert log["codepaint/gain"] == pytest.approx(rewards.mean(), abs=1e-6)
    assert log["codepaint/reward"] == pytest.approx(2 * rewards.mean(), abs=1e-6)  # two strokes an episode


def test_nothing_is_learned_from_an_episode_that_a_failed_machine_ended(easel_env):
    def run(*callbacks):
        return learn(DummyVecEnv([lambda: easel_env(breaks=[5])]), steps=8, callbacks=callbacks)[1]

    plain, left_out = run(), run(leave_out_failures())
    # Strokes 4 and 5, counted from 1, are the second episode, which stroke 5 ends.
    lost = [False, False, False, True, True, False, False, False]
    assert left_out.infos[4]["reward/valid"] is False
    assert left_out.infos[4]["TimeLimit.truncated"] is False
    before, after = plain.buffers[0], left_out.buffers[0]
    assert (after["advantages"][lost] == 0).all()
    assert (after["returns"][lost] == after["values"][lost]).all()
    assert (before["advantages"][lost] != 0).all()
    kept = np.logical_not(lost)
    assert (after["advantages"][kept] == before["advantages"][kept]).all()
    assert left_out.logs[0]["codepaint/masked"] == 1 / 8


@pytest.mark.parametrize("kind", [DummyVecEnv, SubprocVecEnv])
def test_a_reward_that_moves_is_told_the_count_of_steps_before_each_rollout(tasks, kind):
    envs = kind([partial(moving_env, tasks)] * 2)
    learn(envs, steps=32, callbacks=[tell_steps()])
    for _ in range(2):  # strokes; the second begins the next episode
        envs.step(np.stack([envs.action_space.sample()] * 2))
    assert envs.env_method("playing") == [16, 16]
    envs.close()


def test_a_rollout_of_failures_alone_moves_no_weight(easel_env):
    def moved(callback):
        envs = DummyVecEnv([lambda: easel_env(breaks=range(1, 100))])
        # Plain descent: Adam makes steps of any gradient, of that by rounding too.
        plain = {"optimizer_class": torch.optim.SGD}
        model = PPO("CnnPolicy", envs, n_steps=8, batch_size=8, seed=0, device="cpu", policy_kwargs=plain)
        before = [each.clone() for each in model.policy.parameters()]
        model.set_logger(Logger(None, []))
        model.learn(8, callback=callback)
        pairs = zip(before, model.policy.parameters(), strict=True)
        return max(float((old - new).detach().abs().max()) for old, new in pairs)

    assert moved(leave_out_failures()) < 0.01 * moved(None)


def test_a_worker_that_is_killed_meanwhile_changes_no_reward(tasks):
    def run(**deed):
        envs = DummyVecEnv([partial(real_env, tasks)])
        kept = Kept(**deed)
        model = PPO("CnnPolicy", envs, n_steps=8, batch_size=8, n_epochs=1, seed=0, device="cpu")
        model.set_logger(Logger(None, []))
        model.learn(16, callback=kept)
        envs.close()
        return np.concatenate(kept.rewards), kept

    killed = []

    def kill():
        for process in VICTIMS["engine worker"]():
            process.kill()
            killed.append(process)

    whole, _ = run()
    cut, kept = run(deed=kill, at=6)
    assert killed
    assert all(info["reward/valid"] for info in kept.infos)
    assert (whole == cut).all()


def test_what_normalises_rewards_counts_the_nought_of_a_failed_machine(easel_env):
    envs = VecNormalize(DummyVecEnv([lambda: easel_env(breaks=[2])]), norm_obs=False)
    envs.reset()
    for _ in range(3):
        envs.step(np.zeros((1, 10), np.float32))
    assert envs.ret_rms.count == pytest.approx(3, abs=0.01)


def test_an_algorithm_without_a_rollout_buffer_logs_all_the_same(easel_env):
    model = SAC("CnnPolicy", DummyVecEnv([easel_env]), buffer_size=50, learning_starts=4, device="cpu")
    model.set_logger(Logger(None, []))
    model.learn(6, callback=leave_out_failures())
    assert "codepaint/gain" in model.logger.name_to_value or model.num_timesteps == 6


def test_it_plays_in_processes_as_cleanrl_plays(tasks):
    envs = gym.vector.AsyncVectorEnv(
        [partial(real_env, tasks)] * 2, autoreset_mode=gym.vector.AutoresetMode.SAME_STEP
    )
    seen, _ = envs.reset(seed=1)
    assert (seen.shape, seen.dtype) == ((2, 36, 36, 6), np.uint8)
    for _ in range(2):
        _, gained, terminated, _, infos = envs.step(np.zeros((2, 10), np.float32))
    envs.close()
    assert terminated.all()
    assert infos["final_info"]["reward/valid"].all()
    assert np.isfinite(gained).all()


def test_the_lines_of_the_page_run(tmp_path, tasks):
    [script, vector, _] = Page("docs/sb3.md").blocks("python")
    for told, short in (("50_000", "32"), ("n_steps=128", "n_steps=8"), ("max_turns=8", "max_turns=2")):
        assert told in script
        script = script.replace(told, short)
    vector = "".join(f"    {line}\n" for line in vector.splitlines())
    (tmp_path / "strokes.py").write_text(f"{script}\n{vector}    print(rewards.shape)\n    envs.close()\n")
    (tmp_path / "targets").mkdir()
    for task in tasks:
        shutil.copy(task["reference"], tmp_path / "targets")
    done = subprocess.run(
        [sys.executable, "strokes.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("(4,)\n")
    assert (tmp_path / "strokes.zip").is_file()


def test_the_example_trains_goes_on_and_reports(tmp_path):
    def run(*arguments):
        command = [sys.executable, str(ROOT / "examples/ppo_strokes.py"), "--out", str(tmp_path / "run")]
        done = subprocess.run([*command, *map(str, arguments)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    few = ("--minutes", 0.01, "--processes", 1, "--targets", 6)
    run(*few)
    first = (tmp_path / "run/seen/curve.jsonl").read_text()
    run(*few)
    run(*few, "--permuted")
    run("--report", tmp_path)
    points = [json.loads(line) for line in (tmp_path / "run/seen/curve.jsonl").read_text().splitlines()]
    assert (tmp_path / "run/seen/curve.jsonl").read_text().startswith(first)
    assert [point["steps"] for point in points] == sorted(point["steps"] for point in points)
    assert all(len(point["likeness"]) == 6 for point in points)
    told = json.loads((tmp_path / "strokes.json").read_text())
    assert {"rise", "above the permuted"} <= set(told)
    assert (tmp_path / "strokes.svg").is_file()
    assert (tmp_path / "strokes.webp").is_file()
