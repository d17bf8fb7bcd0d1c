"""The demo plays real episodes, keeps the evidence, and can be taken up again."""

from __future__ import annotations

import json

import gymnasium as gym
import pytest

from chat_endpoint import completion, endpoint
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.demo import Stopped, plan_tasks, run_demo
from codepaint_env.policies.choice import make_policy
from codepaint_env.render.confine import walls
from codepaint_env.runs.run import load_run
from rewards.errors import MachineError, SpecError
from rewards.types import Task
from sketches import GOOD

PROMPTS = ["a rose", "an iris", "a poppy", "a lily", "a daisy"]
SKETCHES = {
    "1": GOOD,
    "2": "function setup() { throw new Error('no paint') }",
    "3": GOOD.replace("c03344", "2255aa"),
}


@pytest.fixture
def sketches(tmp_path):
    folder = tmp_path / "sketches"
    folder.mkdir()
    for name, program in SKETCHES.items():
        (folder / f"{name}.js").write_text(program)
    return folder


class Stops:
    """A policy that fails from some episode on, as an endpoint may."""

    def __init__(self, policy, episode: int) -> None:
        self.name, self._policy, self._episode = policy.name, policy, episode

    def __call__(self, task: Task, system_prompt: str, episode: int, /) -> str:
        if episode >= self._episode:
            raise MachineError("the endpoint went away")
        return self._policy(task, system_prompt, episode)


def test_a_demo_ends_in_a_report_with_every_episode(sketches, tmp_path):
    told = []
    report = run_demo(
        policy=str(sketches),
        tasks=PROMPTS,
        episodes=5,
        out=tmp_path / "run",
        progress=lambda *x: told.append(x),
    )
    assert report == tmp_path / "run" / "report.html"
    assert all(prompt in report.read_text(encoding="utf-8") for prompt in PROMPTS)
    run = load_run(tmp_path / "run")
    assert [sample.task.prompt for sample in run.samples] == PROMPTS
    assert [sample.rendering.kind for sample in run.samples] == ["", "runtime", "", "", "runtime"]
    assert [score.value > 0 for score in run.scores] == [True, False, True, True, False]
    assert (run.meta.policy, run.meta.tasks) == (str(sketches), "5 tasks given in a list")
    assert run.meta.reward["spec"] == {"gate": {"name": "renders"}, "of": {"name": "coverage"}}
    assert (run.meta.renderer["path"], "browser" in run.meta.renderer) == ("engine", False)
    assert told == [(0, 5), (4, 5), (5, 5)]


def test_a_demo_paints_on_the_path_that_is_asked_for(sketches, tmp_path, parts):
    setting = {"policy": str(sketches), "tasks": PROMPTS[:1], "episodes": 1}
    run_demo(**setting, out=tmp_path / "page", renderer={"path": "page"})
    run = load_run(tmp_path / "page")
    assert run.meta.renderer["browser"]
    assert run.samples[0].rendering.ok


def test_a_demo_that_stopped_is_taken_up_and_ends_as_if_it_had_not(sketches, tmp_path):
    policy = make_policy(str(sketches), P5Brush())
    setting = {"tasks": PROMPTS, "episodes": 6, "out": tmp_path / "run"}
    with pytest.raises(MachineError, match="went away"):
        run_demo(policy=Stops(policy, 4), **setting)
    assert len(load_run(tmp_path / "run").evaluated) == 4
    with pytest.raises(SpecError, match="not empty; resume it"):
        run_demo(policy=policy, **setting)
    run_demo(policy=policy, **setting, resume=True)
    run_demo(policy=policy, tasks=PROMPTS, episodes=6, out=tmp_path / "whole")
    first, second = ((tmp_path / name / "records.jsonl").read_text() for name in ("run", "whole"))
    assert first == second


def test_a_demo_that_failed_before_its_first_picture_is_taken_up_behind_other_walls(
    sketches, tmp_path, monkeypatch
):
    policy, options = make_policy(str(sketches), P5Brush()), {"tasks": PROMPTS, "episodes": 2}
    with pytest.raises(MachineError, match="went away"):
        run_demo(policy=Stops(policy, 0), out=tmp_path / "run", **options)
    monkeypatch.setattr(walls, "bubblewrap", lambda *_: ((), "it was taken away"))  # decides no pixel
    run_demo(policy=policy, out=tmp_path / "run", resume=True, **options)
    assert len(load_run(tmp_path / "run").samples) == 2


def test_a_demo_that_is_interrupted_says_where_its_pictures_are(sketches, tmp_path):
    class Interrupts(Stops):
        def __call__(self, task: Task, system_prompt: str, episode: int, /) -> str:
            raise KeyboardInterrupt

    policy = make_policy(str(sketches), P5Brush())
    with pytest.raises(Stopped) as stopped:
        run_demo(policy=Interrupts(policy, 0), tasks=PROMPTS, episodes=2, out=tmp_path / "run")
    assert (stopped.value.folder, stopped.value.done) == (tmp_path / "run", 0)


def test_a_model_behind_an_endpoint_paints(account, tmp_path):
    with endpoint((200, completion(f"Here it is.\n```js\n{GOOD}\n```"))) as (url, asked):
        account(url)
        run_demo(policy="openai:m", tasks=PROMPTS, episodes=2, out=tmp_path / "run")
    run = load_run(tmp_path / "run")
    assert [sample.rendering.status for sample in run.samples] == ["ok", "ok"]
    assert sorted(request["messages"][1]["content"] for request in asked) == ["a rose", "an iris"]
    assert "brush.fillBleed" in asked[0]["messages"][0]["content"]


def test_a_resumed_demo_asks_for_the_same_tasks(sketches, tmp_path):
    run_demo(policy=str(sketches), tasks=PROMPTS[:1], episodes=1, out=tmp_path / "run")
    with pytest.raises(SpecError, match=r"Episode 0 of .* painted the task"):
        run_demo(policy=str(sketches), tasks=PROMPTS[1:2], episodes=1, out=tmp_path / "run", resume=True)


def test_tasks_come_in_order_and_then_shuffled_by_the_seed():
    tasks = [Task(str(i), "x") for i in range(20)]
    plan = plan_tasks(tasks, 50, seed=1)
    assert plan[:20] == tasks
    assert plan[20:40] != tasks
    assert sorted(plan[20:40], key=lambda task: int(task.id)) == tasks
    assert plan == plan_tasks(tasks, 50, seed=1) != plan_tasks(tasks, 50, seed=2)


@pytest.mark.parametrize("episodes", [0, -1, True, 2.0])
def test_a_number_of_episodes_that_is_none_is_refused(tmp_path, episodes):
    with pytest.raises(SpecError, match="whole number above 0"):
        run_demo(out=tmp_path / "run", episodes=episodes)


def test_the_vector_environment_takes_a_task_for_each_episode_and_keeps_what_came_of_it():
    env = gym.make_vec("codepaint/P5Brush-v0", num_envs=2, autoreset_mode="NextStep", tasks=PROMPTS).unwrapped
    ids = [env.tasks[3].id, env.tasks[1].id]
    observation, _ = env.reset(options={"task_ids": ids})
    assert observation["prompt"] == ("a lily", "an iris")
    assert env.evaluated == (None, None)
    env.step(["", "```js\n```"])
    assert [each.sample.task.id for each in env.evaluated] == ids
    env.step(["", ""])
    assert env.evaluated == (None, None)
    env.close()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"task_ids": ["x"]}, "a list of 2 ids"),
        ({"task_ids": "ab"}, "a list of 2 ids"),
        ({"task_ids": ["x", "y"], "prompt": "z"}, "give one of them"),
        ({"task_ids": ["x", "y"]}, "No task is called 'x'"),
    ],
)
def test_wrong_task_ids_are_refused(options, reason):
    env = gym.make_vec("codepaint/P5Brush-v0", num_envs=2, tasks=PROMPTS)
    with pytest.raises(SpecError, match=reason):
        env.reset(options=options)
    env.close()


def test_the_run_is_json_that_other_programs_read(sketches, tmp_path):
    run_demo(policy=str(sketches), tasks=PROMPTS, episodes=1, out=tmp_path / "run")
    meta = json.loads((tmp_path / "run" / "run.json").read_text())
    assert {
        "format",
        "name",
        "created",
        "version",
        "env",
        "canvas",
        "tasks",
        "reward",
        "renderer",
        "policy",
        "seed",
    } == set(meta)
