"""Faults in the middle of a training cost no finished step, and nothing is trained on nothing."""

from __future__ import annotations

import concurrent.futures
import json
import math
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("trl")

from safetensors.torch import load_file
from sketch_policy import sketch_tokenizer, trainer_of
from train_sketches import STEPS

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.browser import assets
from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.trl import TooManyInvalid, last_whole_checkpoint, reward_funcs
from judge_process import JudgeProcess
from judge_server import JudgeServer
from live_processes import VICTIMS, living, offspring, until
from places import SUPPORT
from rewards.errors import MachineError, MissingPart
from rewards.judged.client.openai_judge import OpenAIJudge
from rewards.judged.pairs.pairwise import Pairwise

SAVED = {"save_strategy": "steps", "save_steps": 1}


@pytest.fixture(scope="module")
def tokenizer():
    return sketch_tokenizer()


@pytest.fixture(scope="module")
def renderer():
    renderer = Renderer(P5Brush(), disk_cache=False)
    yield renderer
    renderer.close()


class Recorded:
    """A reward function that notes what it returned at each step, and does a deed before it is asked at a step."""

    def __init__(self, function):
        self.function, self.__name__ = function, function.__name__
        self.deeds, self.steps = {}, {}

    def __call__(self, **told):
        step = told["trainer_state"].global_step
        self.deeds.pop(step, lambda: None)()
        self.steps[step] = self.function(**told)
        return self.steps[step]


def saved(folder):
    """Returns the steps of which there is a checkpoint."""
    return sorted(int(path.name.removeprefix("checkpoint-")) for path in Path(folder).glob("checkpoint-*"))


def weights(folder, step):
    return load_file(Path(folder) / f"checkpoint-{step}" / "model.safetensors")


def same(a, b):
    return a.keys() == b.keys() and all(a[name].equal(b[name]) for name in a)


# What draws is killed


class Killing:
    """A renderer whose process is killed in the middle of its second batch; `others` belong to other renderers."""

    def __init__(self, renderer, victim, others):
        self.renderer, self.victim, self.others = renderer, victim, others
        self.batches, self.killed = 0, 0

    def render(self, jobs):
        self.batches += 1
        if self.batches != 2:
            return self.renderer.render(jobs)
        drawing = next(process for process in VICTIMS[self.victim]() if process not in self.others)
        drawing.suspend()  # so that it is surely in the middle of something
        with concurrent.futures.ThreadPoolExecutor(1) as threads:
            batch = threads.submit(self.renderer.render, jobs)
            time.sleep(0.5)
            assert not batch.done()
            drawing.kill()
            self.killed += 1
            return batch.result(120)


@pytest.mark.parametrize("victim", ["engine worker", "page browser"])
def test_a_worker_or_browser_that_is_killed_changes_no_reward_of_any_step(tokenizer, tmp_path, victim):
    if victim == "page browser" and not assets.folder().is_dir():
        pytest.skip("Chromium is not set up (codepaint setup)")

    def trained(renderer, folder):
        [function] = reward_funcs("coverage", renderer=renderer)
        noted = Recorded(function)
        one_task = {"per_device_train_batch_size": 4}
        trainer = trainer_of([noted], tokenizer, folder, max_steps=3, **one_task, **SAVED)
        trainer.train()
        assert [line["codepaint/masked"] for line in trainer.state.log_history if "reward" in line] == [0] * 3
        return noted.steps

    others = VICTIMS[victim]()
    renderer = Renderer(P5Brush(), path=victim.split()[0], workers=1, cache=0)
    try:
        calm = trained(renderer, tmp_path / "calm")
        killing = Killing(renderer, victim, others)
        assert trained(killing, tmp_path / "killed") == calm
    finally:
        renderer.close()
    assert killing.killed == 1
    assert list(calm) == [0, 1, 2]
    assert same(weights(tmp_path / "calm", 3), weights(tmp_path / "killed", 3))


# The judge's server is killed


@pytest.fixture
def server():
    server = JudgeProcess()
    yield server
    server.kill()


def judged(url, renderer, **options):
    """Returns the function of a pairwise reward, and its judge."""
    told = {"model": "m", "name": "lab", "base_url": url, "api_key_env": None, "cache": False, "retries": 0}
    judge = OpenAIJudge(**told | options)
    reward = Pairwise(k=1, text="keep", mode="soft", judge=judge)
    [function] = reward_funcs(reward, renderer=renderer, probe=False)
    return Recorded(function), judge


def test_a_judge_that_dies_ends_the_run_and_the_run_goes_on_when_it_is_back(
    tokenizer, renderer, server, tmp_path
):
    def trainer(noted):
        return trainer_of([noted], tokenizer, tmp_path, max_steps=6, **SAVED)

    noted, judge = judged(server.url, renderer)
    noted.deeds[2] = lambda: server.kill_when_asked(judge)
    first = trainer(noted)
    with pytest.raises(
        TooManyInvalid, match=r"The last 3 batches taught nothing: .*a call of the judge failed"
    ):
        first.train()
    assert list(noted.steps) == [0, 1, 2, 3]  # of the third lost batch TRL heard nothing
    assert None not in noted.steps[0] + noted.steps[1]
    for dead in (2, 3):
        assert None in noted.steps[dead]
        assert {value for value in noted.steps[dead] if value is not None} <= {0.0}  # they painted nothing
    assert saved(tmp_path) == [1, 2, 3, 4]
    lines = [line for line in first.state.log_history if "loss" in line]
    assert not any(math.isnan(value) for line in lines for value in line.values() if value is not None)
    assert [line["codepaint/mean_abs_advantage"] == 0 for line in lines] == [False, False, True, True]

    noted, _ = judged(server.url, renderer)
    with pytest.raises(MachineError, match="no connection"):  # at once: nothing is trained, nothing saved
        trainer(noted).train(resume_from_checkpoint=True)
    assert (noted.steps, saved(tmp_path)) == ({}, [1, 2, 3, 4])

    server.start()
    noted, _ = judged(server.url, renderer)
    second = trainer(noted)
    second.train(resume_from_checkpoint=True)
    assert list(noted.steps) == [4, 5]
    assert None not in noted.steps[4] + noted.steps[5]
    assert [line["step"] for line in second.state.log_history if "loss" in line] == [1, 2, 3, 4, 5, 6]


def test_a_judge_that_dies_for_a_moment_costs_nothing(tokenizer, renderer, server, tmp_path):
    def trained(noted, folder):
        trainer_of([noted], tokenizer, folder, max_steps=3, **SAVED).train()
        return noted.steps

    calm, _ = judged(server.url, renderer)
    noted, judge = judged(server.url, renderer, retries=6)
    noted.deeds[1] = lambda: server.kill_when_asked(judge, then=server.start)
    assert trained(noted, tmp_path / "killed") == trained(calm, tmp_path / "calm")
    assert judge.usage["retries"] > 0
    assert same(weights(tmp_path / "calm", 3), weights(tmp_path / "killed", 3))


# The judge's key expires


def test_an_expired_key_ends_the_run_before_a_step_is_trained_on_nothing(
    tokenizer, renderer, tmp_path, monkeypatch
):
    monkeypatch.setenv("LAB_KEY", "secret")

    def trainer(noted):
        return trainer_of([noted], tokenizer, tmp_path, max_steps=5, **SAVED)

    with JudgeServer(key="secret") as server:
        noted, _ = judged(server.url, renderer, api_key_env="LAB_KEY")
        noted.deeds[2] = lambda: setattr(server, "key", "another")
        first = trainer(noted)
        with pytest.raises(
            MissingPart, match=r"endpoint 'lab' gave no answer \(401: .* Correct the key in LAB_KEY"
        ):
            first.train()
        assert (list(noted.steps), first.state.global_step, saved(tmp_path)) == ([0, 1], 2, [1, 2])

        monkeypatch.setenv("LAB_KEY", "another")
        noted, _ = judged(server.url, renderer, api_key_env="LAB_KEY")
        trainer(noted).train(resume_from_checkpoint=True)
        assert list(noted.steps) == [2, 3, 4]


# The trainer is killed


def training(folder, temporary, path="engine"):
    """Starts a training in a process of its own, or goes on with it; its temporary files go where they are told."""
    folders = [SUPPORT, Path(__file__).parent, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    environment = os.environ | {"TMPDIR": str(temporary), "PYTHONPATH": os.pathsep.join(map(str, folders))}
    words = [
        sys.executable,
        Path(__file__).parent / "train_sketches.py",
        folder / "run",
        folder / "rewards.jsonl",
    ]
    return subprocess.Popen(
        [*words, path], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def finished(process):
    told = process.communicate(timeout=120)[1]
    assert process.returncode == 0, told


def rewards_of(folder):
    """Returns what each step was told, a line each time it was."""
    return [json.loads(line) for line in (folder / "rewards.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def calm(tmp_path_factory):
    """A training that nothing disturbed."""
    folder = tmp_path_factory.mktemp("calm")
    finished(training(folder, tmp_path_factory.mktemp("temporary")))
    assert [step for step, _ in rewards_of(folder)] == list(range(STEPS))
    return folder


def killed(process, folder, step):
    """Kills a training when it has saved a step, and waits until all that it had started has ended."""
    while not (folder / "run" / f"checkpoint-{step}" / "trainer_state.json").exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    started = offspring(process.pid)
    process.kill()
    process.communicate()
    assert started
    until(lambda: not living(started), f"they outlived the trainer: {living(started)}")


def test_a_trainer_that_is_killed_goes_on_after_its_last_saved_step_as_if_nothing_had_been(calm, tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    killed(training(tmp_path, temporary), tmp_path, 3)
    assert [path for path in temporary.rglob("*") if path.is_file()] == []

    kept = last_whole_checkpoint(tmp_path / "run")
    assert kept is not None
    step, before = int(kept.rsplit("-", 1)[1]), rewards_of(tmp_path)
    assert step >= 2
    finished(training(tmp_path, temporary))
    after = rewards_of(tmp_path)[len(before) :]
    assert [number for number, _ in after] == list(range(step, STEPS))
    assert before[:step] + after == rewards_of(calm)
    assert same(weights(tmp_path / "run", STEPS), weights(calm / "run", STEPS))


def test_nothing_stays_of_the_browsers_of_a_trainer_that_is_killed(tmp_path):
    if not assets.folder().is_dir():
        pytest.skip("Chromium is not set up (codepaint setup)")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    killed(training(tmp_path, temporary, "page"), tmp_path, 1)
    # Its folder is removed by the next process of this user that makes one.
    sweep = "from codepaint_env.render import scratch; scratch.sweep()"
    subprocess.run([sys.executable, "-c", sweep], env=os.environ | {"TMPDIR": str(temporary)}, check=True)
    assert [path for path in temporary.rglob("*") if path.is_file() and path.name != "lock"] == []
    assert list(temporary.glob("playwright*")) == list(temporary.glob("*/run-*")) == []


def test_a_kill_while_a_checkpoint_is_written_costs_that_step_alone(calm, tmp_path):
    for step in (1, 2, 3):
        shutil.copytree(calm / "run" / f"checkpoint-{step}", tmp_path / "run" / f"checkpoint-{step}")
    (tmp_path / "run" / "checkpoint-3" / "trainer_state.json").unlink()  # which is written last
    assert last_whole_checkpoint(tmp_path / "run") == str(tmp_path / "run" / "checkpoint-2")
    finished(training(tmp_path, tmp_path))
    assert rewards_of(tmp_path) == rewards_of(calm)[2:]
    assert same(weights(tmp_path / "run", STEPS), weights(calm / "run", STEPS))
