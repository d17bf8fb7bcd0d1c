"""Every reward that asks a judge, at an endpoint that fails: the same scores, nothing paid for twice."""

from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from judge_server import JudgeServer
from rewards import Rendering, Sample, Task, make
from rewards.judged.client import failures as trouble
from rewards.testing.cases.pools import small_pool

PROMPTS = ("a red poppy", "a poppy at dusk", "two poppies")


@dataclass(frozen=True)
class Spec:
    """A reward to be tried.

    Attributes:
        name: Under which it is made.
        parameters: Its own; pictures are best shown small.
        prompts: Of its groups, six samples each.
        task: Further fields of the tasks.
        lost: Share of calls to be lost, so that some samples are and others are not.
    """

    name: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    prompts: tuple[str, ...] = PROMPTS
    task: Mapping[str, Any] = field(default_factory=dict)
    lost: float = 0.1

    def make(self, server: JudgeServer, **judge: Any) -> Any:
        options = {"model": "m", "base_url": server.url, "api_key_env": None, "cache": False} | judge
        return make(self.name, judge=options, **self.parameters)

    def samples(self) -> list[Sample]:
        return [
            Sample(Task(f"t{n}", prompt, **self.task), "", "", rendering(6 * n + place), f"g{n}")
            for n, prompt in enumerate(self.prompts)
            for place in range(6)
        ]


def rendering(number: int) -> Rendering:
    """Four paintings of different redness, a program that failed and a machine that failed."""
    if number % 6 == 4:
        return Rendering("program_error", "syntax", "Unexpected token '}'")
    if number % 6 == 5:
        return Rendering("machine_error", "crashed", "the worker stopped answering")
    noise = np.random.default_rng(number).integers(0, 30, (24, 24, 3))
    image = (noise + np.array([30 + number * 11, 90, 60])).astype(np.uint8)
    return Rendering("ok", image=image, evidence=frozenset({"image", "text"}))


# Of another reward, add a line.
SPECS = [
    Spec("pairwise", {"pool": small_pool(), "text": "keep"}),
    Spec("winrate", {"size_px": 24}),
    Spec("winrate", {"size_px": 24, "games": 2, "mode": "hard"}),
    Spec("score", {"text": "keep", "asks": 2}, lost=0.3),
    Spec("checklist", {"text": "keep"}, task={"features": ("a petal", "a stem", "a leaf")}, lost=0.3),
    Spec("caption", {"text": "keep", "none": 0.1}, lost=0.2),
]

IDS = [f"{spec.name}-{n}" for n, spec in enumerate(SPECS)]
# `make test` tries one that compares, one that asks once and one that asks twice; `make test-full` all.
OFTEN = ("pairwise", "checklist", "caption")
every_spec = pytest.mark.parametrize(
    "spec",
    [pytest.param(spec, marks=[] if spec.name in OFTEN else [pytest.mark.full]) for spec in SPECS],
    ids=IDS,
)
# A process of its own for each takes seconds: `make test` kills one run, `make test-full` all.
every_run = pytest.mark.parametrize(
    "spec",
    [pytest.param(spec, marks=[pytest.mark.full] if n else []) for n, spec in enumerate(SPECS)],
    ids=IDS,
)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(trouble, "BACKOFF_S", 0.02)


def told(scores) -> list[Any]:
    return [(score.value, dict(score.components), score.reason, score.references) for score in scores]


@every_spec
def test_scores_are_those_of_a_clean_run_with_30_percent_of_faults_and_a_second_run_asks_nothing(
    spec, tmp_path
):
    samples = spec.samples()
    with JudgeServer() as server:
        clean = told(spec.make(server)(samples))
        due = server.calls
    values = [each[0] for each in clean]
    assert [value is None for value in values] == [n % 6 == 5 for n in range(len(values))]
    assert len(set(values)) > 4
    with JudgeServer(faults=0.3) as faulty:
        reward = spec.make(faulty, retries=9, timeout_s=0.5, patience_s=20, cache=tmp_path)
        assert told(reward(samples)) == clean
        assert faulty.met.total() > 0.2 * due
        assert reward.judge.usage["failures"] == 0
    # The server is gone: what is kept must do.
    again = spec.make(faulty, retries=0, cache=tmp_path)
    assert told(again(samples)) == clean
    assert told(asyncio.run(again.ascore(samples))) == clean
    assert again.judge.usage["calls"] == 0


@every_spec
def test_a_call_that_stays_lost_costs_values_and_a_healthy_run_gives_them_back(spec, tmp_path):
    samples = spec.samples()
    with JudgeServer() as server:
        clean = told(spec.make(server)(samples))
        server.faults, server.troubles, server.seed = spec.lost, ("500",), 3
        broken = told(spec.make(server, retries=0, cache=tmp_path)(samples))
        lost = [n for n, each in enumerate(broken) if each[0] is None and n % 6 != 5]
        assert 0 < len(lost) < len(samples)
        assert [broken[n] for n in range(len(broken)) if n not in lost] == [
            clean[n] for n in range(len(clean)) if n not in lost
        ]
        server.faults, before = 0.0, server.calls
        assert told(spec.make(server, cache=tmp_path)(samples)) == clean
        assert 0 < server.calls - before < before  # what was answered is not asked again


RUN = """
import pickle, sys
from rewards import make
name, parameters, samples, judge = pickle.load(sys.stdin.buffer)
make(name, judge=judge, **parameters)(samples)
"""


@every_run
def test_a_killed_run_goes_on_where_it_was(spec, tmp_path):
    samples = spec.samples()
    options = {"model": "m", "api_key_env": None, "cache": str(tmp_path), "concurrency": 2}
    with JudgeServer(delay_s=0.02) as server:
        clean = told(spec.make(server)(samples))
        due = server.calls
        half, kept = (
            due // 2,
            due // 2 - 3,
        )  # two are under way, and one was a look at what the endpoint takes
        assert kept > 1
        server.delay_s, server.calls = 0.6 / due, 0
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        running = subprocess.Popen([sys.executable, "-c", RUN], stdin=subprocess.PIPE, env=environment)
        given = (spec.name, dict(spec.parameters), samples, options | {"base_url": server.url})
        running.stdin.write(pickle.dumps(given))
        running.stdin.close()
        while server.calls < half:
            assert running.poll() is None, "the run was over before it could be killed"
            time.sleep(0.005)
        running.kill()
        running.wait()
        server.calls = 0
        again = spec.make(server, cache=tmp_path)
        assert told(again(samples)) == clean
        assert again.judge.usage["cache_hits"] >= kept
        assert server.calls <= due - kept
