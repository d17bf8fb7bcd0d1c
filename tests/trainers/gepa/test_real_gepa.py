"""GEPA's own `optimize` evolves a system prompt by what the engine really paints; runs where gepa is installed."""

from __future__ import annotations

import json
import subprocess
import sys

import gepa
import pytest
from gepa.image import Image

from chat_endpoint import completion, endpoint
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.gepa import COMPONENT, Adapter, rows
from judge_server import JudgeServer
from live_processes import VICTIMS
from markdown_pages import Page
from places import BENCHMARKS, ROOT
from rewards.errors import MachineError, MissingPart

sys.path.insert(0, str(BENCHMARKS))

from trainer_parts.completions import CASES, SPEC
from trainer_parts.faces import gym_make

TASKS = rows(["a poppy", "an iris", "a rose", "a tulip"])
LARGE = "Paint larger."


def sketch(messages):
    """Writes a disc, which is larger where the system prompt says so."""
    size = 150 if LARGE in messages[0]["content"] else 50
    place = 10 * len(messages[-1]["content"])
    return f"function setup() {{ createCanvas(200, 200, WEBGL); background(252); noStroke(); fill(30, 60, 120); circle({place - 90}, 0, {size}); }}"


def advise(prompt):
    """Reflects: says that larger is better where the feedback says so."""
    assert "paint larger" in prompt
    assert "## Feedback" in prompt
    return f"```\nPaint.\n{LARGE}\n```"


class Quiet:
    def __init__(self):
        self.lines = []

    def log(self, message):
        self.lines.append(str(message))


@pytest.fixture(scope="module")
def renderer():
    renderer = Renderer(P5Brush(), workers=1, disk_cache=False)
    yield renderer
    renderer.close()


def optimise(adapter, **options):
    told = {
        "seed_candidate": {COMPONENT: "Paint."},
        "trainset": TASKS,
        "valset": TASKS[:2],
        "adapter": adapter,
        "reflection_lm": advise,
        "reflection_minibatch_size": 2,
        "max_metric_calls": 8,
        "raise_on_exception": False,
        "stop_callbacks": [adapter.ended],
        "logger": Quiet(),
    }
    return gepa.optimize(**told | options)


def test_the_adapter_imports_nothing_of_the_trainer_when_it_is_loaded():
    code = "import codepaint_env.trainers.gepa, sys; sys.exit('gepa' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_it_finds_the_advice_that_the_critique_hints_at(renderer, tmp_path):
    adapter = Adapter(sketch, reward="coverage", renderer=renderer)
    result = optimise(adapter, run_dir=str(tmp_path))
    assert result.best_candidate == {COMPONENT: f"Paint.\n{LARGE}"}
    before, after = result.val_aggregate_scores
    assert after > before + 0.2
    assert result.val_aggregate_subscores[1]["painted"] == 1.0
    assert list(tmp_path.glob("*"))
    # What is there is gone on with.
    again = optimise(adapter, run_dir=str(tmp_path))
    assert again.candidates == result.candidates


def test_each_completion_of_the_fixture_has_the_score_that_gym_make_gives(renderer):
    plain = gym_make(CASES, {"disk_cache": False})
    for case, expected in zip(CASES, plain, strict=True):
        adapter = Adapter(lambda messages, case=case: case.text, reward=SPEC, renderer=renderer)
        row = rows([case.task])[0] | {"group": case.group}
        if case.kind == "machine":
            with pytest.raises(MachineError, match="the judge is down"):
                adapter.evaluate([row], {COMPONENT: ""})
        else:
            assert adapter.evaluate([row], {COMPONENT: ""}).scores == pytest.approx([expected], abs=1e-9)


class Failing:
    """A renderer that fails at some batches, counted from 1."""

    def __init__(self, renderer, breaks):
        self.renderer, self.breaks, self.count = renderer, breaks, 0

    def render(self, jobs):
        self.count += 1
        if self.count in self.breaks:
            raise MachineError("the machine is gone")
        return self.renderer.render(jobs)


def test_an_iteration_in_which_a_machine_failed_is_skipped_and_changes_nothing_else(renderer):
    whole = optimise(Adapter(sketch, reward="coverage", renderer=renderer))
    failing = Failing(renderer, {2})  # the first batch is the validation of the first prompt
    quiet = Quiet()
    result = optimise(Adapter(sketch, reward="coverage", renderer=failing), logger=quiet)
    assert any("the machine is gone" in line for line in quiet.lines)
    assert result.candidates == whole.candidates
    assert result.val_aggregate_scores == whole.val_aggregate_scores
    assert result.total_metric_calls == whole.total_metric_calls


def test_a_machine_that_stays_broken_ends_it_and_what_was_found_is_kept(renderer):
    failing = Failing(renderer, set(range(5, 1000)))
    adapter = Adapter(sketch, reward="coverage", renderer=failing)
    result = optimise(adapter, max_metric_calls=1000, skip_perfect_score=False)
    assert adapter.ended()
    assert failing.count == 7  # three in a row
    assert result.best_candidate == {COMPONENT: f"Paint.\n{LARGE}"}


class Killing:
    """A renderer whose worker is killed before its third batch."""

    def __init__(self, renderer):
        self.renderer, self.count, self.killed = renderer, 0, 0

    def render(self, jobs):
        self.count += 1
        if self.count == 3:
            for process in VICTIMS["engine worker"]():
                process.kill()
                self.killed += 1
        return self.renderer.render(jobs)


def test_a_worker_that_is_killed_meanwhile_changes_no_score(renderer):
    whole = optimise(Adapter(sketch, reward="coverage", renderer=renderer))
    fresh = Renderer(P5Brush(), workers=1, cache=0)
    killing = Killing(fresh)
    result = optimise(Adapter(sketch, reward="coverage", renderer=killing))
    fresh.close()
    assert killing.killed
    assert (result.candidates, result.val_subscores) == (whole.candidates, whole.val_subscores)


def test_a_judge_that_goes_away_meanwhile_loses_no_finished_step_and_changes_no_score(renderer, account):
    def run(judge, server, calls):
        account(server.url)
        reward = {
            "name": "pairwise",
            "judge": {"model": "m", "base_url": server.url, "retries": 0},
            "k": 1,
            "text": "keep",
        }
        adapter = Adapter(sketch, reward=reward, renderer=renderer)
        return adapter, optimise(
            adapter, max_metric_calls=calls, reflection_lm=lambda prompt: f"```\nPaint.\n{LARGE}\n```"
        )

    with JudgeServer() as server:
        _, whole = run("whole", server, 8)
        enough = server.calls
    with JudgeServer(fail_after=enough) as server:
        adapter, result = run("cut", server, 1000)
    assert adapter.ended()
    assert result.candidates[: len(whole.candidates)] == whole.candidates
    assert result.val_subscores[: len(whole.candidates)] == whole.val_subscores


def test_pictures_reach_a_reflecting_model_that_can_see(renderer):
    seen = []

    def look(messages):
        seen.append(messages)
        return f"```\nPaint.\n{LARGE}\n```"

    optimise(Adapter(sketch, reward="coverage", renderer=renderer, images=True), reflection_lm=look)
    [message] = seen[0]
    kinds = [part["type"] for part in message["content"]]
    assert kinds == ["text", "image_url", "image_url"]
    assert message["content"][1]["image_url"]["url"].startswith("data:image/png;base64,")
    assert Image  # the form that gepa shows


def test_a_model_without_a_key_is_told_which_to_set(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(MissingPart, match="needs a key in OPENAI_API_KEY"):
        Adapter("my-model")


def test_the_lines_of_the_page_run(tmp_path, monkeypatch, account):
    monkeypatch.chdir(tmp_path)
    disc = sketch([{"content": "Paint."}, {"content": "a poppy"}])
    optimize, results = gepa.optimize, []

    def shortened(**told):
        told |= {"valset": told["valset"][:1], "max_metric_calls": 4}
        results.append(optimize(**told))
        return results[-1]

    monkeypatch.setattr(gepa, "optimize", shortened)
    with endpoint((200, completion(f"```js\n{disc}\n```"))) as (url, asked):
        account(url)
        Page("docs/gepa.md").run_python()
    assert {request["model"] for request in asked} == {"gpt-4.1", "gpt-4.1-mini"}
    assert results[0].total_metric_calls >= 4
    assert list((tmp_path / "runs/gepa").iterdir())


def test_the_example_finds_the_advice_that_helps(tmp_path):
    command = [sys.executable, str(ROOT / "examples/gepa_prompt.py"), "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "result.json").read_text())
    assert {"large", "strong"} <= set(told["found"])
    assert told["held out"]["best"] > told["held out"]["first"] + 0.2
    assert told["better"] >= 14
