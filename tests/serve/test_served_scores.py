"""The trainers' fixture, 24 completions, gets the same scores and the same pixels from a server as from here."""

from __future__ import annotations

import json
import sys
from functools import partial

import pytest

from codepaint_env import canvases
from codepaint_env.evaluate import Evaluator
from codepaint_env.render.renderer import Renderer
from codepaint_env.serve.painting import Painting
from codepaint_env.serve.scoring import Scoring
from codepaint_env.serve.server import PaintServer
from codepaint_env.web.background import background
from openrlhf_contract import END, executed, over_http
from places import BENCHMARKS
from rewards import make
from serving import ask

sys.path.insert(0, str(BENCHMARKS))

from trainer_parts.completions import CASES, SPEC


def evaluated(renderer):
    """Returns what came of each completion: score, picture and identity."""
    evaluator = Evaluator(canvases.get("p5brush"), make(SPEC), renderer)
    texts, tasks, groups = ([getattr(case, name) for case in CASES] for name in ("text", "task", "group"))
    return [
        (each.score.value, each.pixels_sha256, each.sample.rendering.identity, each.sample.rendering.kind)
        for each in evaluator.evaluate(texts, tasks, groups)
    ]


@pytest.fixture(scope="module")
def here(parts):
    renderer = Renderer(canvases.get("p5brush"), cache=0)
    yield evaluated(renderer)
    renderer.close()


@pytest.fixture(scope="module")
def server(parts):
    painting = Painting(canvases.get("p5brush"), cache=64)
    scoring = Scoring(SPEC, painting.canvas, painting.renderer(painting.first_path))
    running = PaintServer(painting, scoring)
    with background(running):
        yield running


def test_a_remote_renderer_gives_the_scores_pixels_and_identities_of_a_local_one(here, server):
    there = Renderer(canvases.get("p5brush"), backend="remote", cache=0, options={"url": server.url})
    found = evaluated(there)
    there.close()
    assert found == here
    assert len({pixels for _, pixels, _, _ in found}) > 8


def test_its_own_reward_gives_the_same_scores(here, server):
    tasks = [{"id": case.task.id, "prompt": case.task.prompt} for case in CASES]
    body = {
        "completions": [case.text for case in CASES],
        "tasks": tasks,
        "groups": [case.group for case in CASES],
    }
    told = ask(server, "/v1/score", body, timeout=300).json["scores"]
    assert [(each["value"], each["pixels_sha256"], each["identity"], each["kind"]) for each in told] == here


def test_openrlhf_is_told_the_same_scores(here, server):
    labels = [
        json.dumps({"task_id": case.task.id, "task": case.task.prompt, "group": case.group}) for case in CASES
    ]
    fetch = partial(over_http(f"{server.url}/get_reward", tries=1))
    found = executed(fetch, ["Paint."] * len(CASES), labels, [case.text for case in CASES])
    for case, output, (value, *_) in zip(CASES, found, here, strict=True):
        if END not in case.text:  # which stands for the end of what a policy wrote
            assert output["reward"] == (None if value is None else pytest.approx(value, abs=1e-12)), case.name
