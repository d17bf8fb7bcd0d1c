"""verifiers 0.4 runs its own evaluation of codepaint's environment package, with a model on loopback."""

import asyncio
import base64
import io
import json
import os
import subprocess
import sys

import pytest

pytest.importorskip("verifiers.v1")

import verifiers.v1 as vf
from PIL import Image
from verifiers.v1.cli.eval.runner import run_eval
from verifiers.v1.configs.cli.eval import EvalConfig

from codepaint_env import canvases
from codepaint_env.evaluate import Evaluator
from codepaint_env.tasks import load_tasks
from codepaint_env.trainers.shared.rows import rows
from codepaint_env.trainers.verifiers import summary, taskset
from judge_process import JudgeProcess
from live_processes import VICTIMS, kill_in_the_middle
from markdown_pages import Page
from places import BENCHMARKS, ROOT
from rewards import SpecError, make
from rewards.errors import MissingPart
from scripted_model import scripted_model
from trl_contract import Easel, Shares

sys.path.insert(0, str(BENCHMARKS))

from trainer_parts.completions import CASES, SPEC
from trainer_parts.completions import TASKS as FLOWERS
from trainer_parts.faces import gym_make

PACKAGE = ROOT / "examples/verifiers_codepaint"
MIX = "0.3*renders + 0.7*coverage"
TASKS = ["a red disc", "a blue disc"]


@pytest.fixture(autouse=True)
def package(monkeypatch):
    """The environment package as it is when it is installed, and the key of the model on loopback."""
    monkeypatch.syspath_prepend(str(PACKAGE))
    monkeypatch.setenv("SCRIPTED_KEY", "none")


def disc(radius):
    return (
        '```svg\n<svg viewBox="0 0 100 100" xmlns="http://www.w3.org/2000/svg">'
        f'<circle cx="50" cy="50" r="{radius}" fill="#a03"/></svg>\n```'
    )


def square(side, grey=20):
    return (
        f"```js\nfunction setup() {{ createCanvas(64, 64, WEBGL); background(250); noStroke(); fill({grey}, 60, 120);"
        f" rect(-{side / 2}, -{side / 2}, {side}, {side}); }}\n```"
    )


def turn_of(messages):
    return sum(message["role"] == "assistant" for message in messages)


def config(url, folder, *, rollouts=1, run="run", resume=False, at_once=None, **env):
    settings = {"id": "codepaint-v1", "tasks": TASKS, "task": {"canvas": "svg", "reward": MIX}}
    settings |= env.pop("taskset", {})
    return EvalConfig.model_validate(
        {
            "env": {"taskset": settings, **env},
            "model": "painter",
            "client": {"base_url": url, "api_key_var": "SCRIPTED_KEY"},
            "num_rollouts": rollouts,
            "max_concurrent": at_once,
            "output_dir": folder,
            "run": {"name": run, "dir": run},
            "push": False,
            "rich": None,
            "resume": resume,
        }
    )


def evaluated(reply, folder, **options):
    """Runs an evaluation; returns its episodes and what the model was asked."""
    with scripted_model(reply) as (url, asked):
        return asyncio.run(run_eval(config(url, folder, **options))), asked


def traces(episodes):
    return [trace for episode in episodes for trace in episode.traces]


def plain(completions, tasks=TASKS, canvas="svg", reward=MIX):
    """Returns the scores that the one loop gives."""
    place = canvases.get(canvas)
    from codepaint_env.trainers.shared.training_renderer import training_renderer

    evaluator = Evaluator(place, make(reward), training_renderer(canvas, None))
    asked = load_tasks(tasks, canvas)
    return [each.score.value for each in evaluator.evaluate(completions, asked)]


def test_loading_the_adapter_loads_no_trainer():
    code = "import sys, codepaint_env.trainers.verifiers as v; v.summary; print('verifiers' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_one_turn_scores_what_the_one_loop_scores(tmp_path):
    radius = {"a red disc": 20, "a blue disc": 5}
    episodes, asked = evaluated(lambda messages: disc(radius[messages[-1]["content"]]), tmp_path)
    assert [trace.rewards["painting"].score for trace in traces(episodes)] == plain([disc(20), disc(5)])
    assert [trace.metrics["valid"] for trace in traces(episodes)] == [1.0, 1.0]
    assert asked[0][0] == {"role": "system", "content": canvases.get("svg").system_prompt}
    assert asked[0][1]["role"] == "user"
    assert len(asked) == 2


def test_the_fixture_of_24_completions_scores_as_gym_make_does():
    from codepaint_env.trainers.verifiers.paint_tasks import PaintData, PaintTask

    made = taskset(list(FLOWERS), reward=SPEC, renderer={"disk_cache": False})
    asked = {task.data.id: task for task in made}
    said = iter(CASES)

    async def played(url):
        client = {"type": "eval", "base_url": url, "api_key_var": "SCRIPTED_KEY"}
        told = {
            "model": "m",
            "client": client,
            "runtime": {"type": "subprocess"},
            "harness": {"id": "codepaint-v1"},
        }
        async with vf.make_agent(vf.AgentConfig.model_validate(told)) as agent:
            tasks = [asked[case.task.id].with_data(group=case.group) for case in CASES]
            assert isinstance(tasks[0], PaintTask)
            assert isinstance(tasks[0].data, PaintData)
            return [await agent.run(task) for task in tasks]

    with scripted_model(lambda messages: next(said).text) as (url, _):
        played_traces = asyncio.run(played(url))
    expected = gym_make(CASES, {"disk_cache": False})
    for case, trace, score in zip(CASES, played_traces, expected, strict=True):
        if case.kind == "machine":
            assert (trace.ok, trace.rewards) == (False, {"painting": None})
        else:
            assert trace.ok, (case.name, trace.errors)
            assert trace.reward == pytest.approx(score, abs=1e-9), case.name


def test_each_turn_shows_the_picture_the_errors_and_the_critique_and_the_last_painting_counts(tmp_path):
    said = ["no program at all", disc(2), disc(30)]
    episodes, asked = evaluated(lambda messages: said[turn_of(messages)], tmp_path, turns=3)
    assert [trace.rewards["painting"].score for trace in traces(episodes)] == plain([disc(30)] * 2)
    last = max(asked, key=len)
    assert [message["role"] for message in last] == ["system", *["user", "assistant"] * 2, "user"]
    assert last[3]["content"].startswith("program_error no_program: ")
    assert "2 turns left" in last[3]["content"]
    picture, words = last[5]["content"]
    data = picture["image_url"]["url"].removeprefix("data:image/png;base64,")
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (512, 512)
    assert words["text"].startswith("ok")
    assert make(MIX).members[1][1].critique is not None
    assert "paint" in words["text"].lower(), "what coverage criticises of a small disc"
    assert "1 turn left" in words["text"]
    assert not any(str(value)[:6] in str(last) for value in traces(episodes)[0].metrics.values() if value % 1)


def test_a_model_that_reads_text_only_is_sent_words(tmp_path):
    _, asked = evaluated(lambda messages: disc(30), tmp_path, turns=2, images=False)
    assert all(isinstance(message["content"], str) for messages in asked for message in messages)


def test_a_taskset_made_in_python_is_played_by_verifiers_own_agent(monkeypatch):
    easel = Easel()
    made = taskset(["a poppy", "an iris"], reward=Shares(), renderer=easel, system_prompt="Paint.")

    async def played(url):
        from codepaint_v1 import ChatHarness

        client = {"type": "eval", "base_url": url, "api_key_var": "SCRIPTED_KEY"}
        told = {
            "model": "m",
            "client": client,
            "runtime": {"type": "subprocess"},
            "harness": {"id": "codepaint-v1"},
        }
        async with vf.make_agent(vf.AgentConfig.model_validate(told)) as agent:
            assert isinstance(agent.harness, ChatHarness)
            return [await agent.run(task) for task in made]

    with scripted_model(lambda messages: "aaaa" if "poppy" in messages[-1]["content"] else "break") as (
        url,
        asked,
    ):
        poppy, iris = asyncio.run(played(url))
    assert asked[0] == [{"role": "system", "content": "Paint."}, {"role": "user", "content": "a poppy"}]
    assert (poppy.ok, poppy.reward, poppy.metrics["part/letters"]) == (True, 0.4, 4.0)
    assert (iris.ok, iris.rewards) == (False, {"painting": None})
    assert "the worker died" in iris.last_error.message
    assert len(easel.batches) == 2


class Breaks:
    """A reward whose machine fails for small discs."""

    name, version = "breaks", "1"
    needs, traits = Shares.needs, Shares.traits

    def preflight(self, samples=None):
        pass

    def __call__(self, samples, /):
        from rewards import Score

        return [
            Score(None, reason="the judge is down")
            if 'r="3"' in sample.completion
            else Score(0.5, {"letters": 1.0})
            for sample in samples
        ]


def breaks():
    return Breaks()


class InGroups:
    """A reward that says how many of its group each sample came with."""

    name, version, needs = "in_groups", "1", frozenset({"image"})

    def __init__(self):
        from rewards import Traits

        self.traits = Traits(scope="group", disclaims=Shares.traits.disclaims)

    def preflight(self, samples=None):
        pass

    def __call__(self, samples, /):
        from rewards import Score

        groups = [sample.group for sample in samples]
        return [
            Score(None, reason="the judge is down")
            if 'r="3"' in sample.completion
            else Score(groups.count(sample.group) / 10)
            for sample in samples
        ]


def in_groups():
    return InGroups()


class Slow(InGroups):
    """A reward whose endpoint does not answer."""

    def __init__(self, scope="sample"):
        from rewards import Traits

        self.traits = Traits(scope=scope, disclaims=Shares.traits.disclaims)

    async def ascore(self, samples):
        await asyncio.sleep(3600)


def slow():
    return Slow()


def slow_in_groups():
    return Slow("group")


def test_a_deadline_of_verifiers_is_no_score_of_0(tmp_path):
    """Verifiers itself calls a trace whose scoring took too long finished, and its reward is then 0."""
    alone = {"taskset": {"task": {"canvas": "svg", "reward": f"{__name__}:slow"}}}
    alone |= {"agent": {"timeout": {"scoring": 5}}}
    together = {"taskset": {"task": {"canvas": "svg", "reward": f"{__name__}:slow_in_groups"}}}
    together |= {"group": 2, "timeout": {"finalize": 5}}
    for name, options in (("alone", alone), ("together", together)):
        episodes, _ = evaluated(lambda messages: disc(30), tmp_path, run=name, **options)
        assert [episode.ok for episode in episodes] == [False, False]
        for trace in traces(episodes):
            assert not trace.ok
            assert trace.rewards.get("painting") is None
            assert "took longer than --env." in trace.last_error.message


def test_a_broken_machine_leaves_its_trace_out_and_a_resumed_run_does_it_again(tmp_path):
    radius = {"a red disc": 3, "a blue disc": 30}
    reward = {"task": {"canvas": "svg", "reward": f"{__name__}:breaks"}}
    episodes, _ = evaluated(lambda messages: disc(radius[messages[-1]["content"]]), tmp_path, taskset=reward)
    red, blue = traces(episodes)
    assert (red.ok, red.rewards, red.last_error.type) == (False, {"painting": None}, "TaskError")
    assert "the judge is down" in red.last_error.message
    assert (blue.ok, blue.reward) == (True, 0.5)
    assert summary(tmp_path / "run")["masked"] == 0.5
    again, asked = evaluated(lambda messages: disc(30), tmp_path, taskset=reward, resume=True)
    assert [messages[-1]["content"] for messages in asked] == ["a red disc"], "what was finished is kept"
    assert sorted(trace.reward for trace in traces(again)) == [0.5, 0.5]
    assert summary(again)["masked"] == 0


def test_a_picture_that_a_machine_fails_to_draw_ends_the_rollout_without_a_score():
    pytest.importorskip("codepaint_v1")
    from codepaint_env.trainers.verifiers.paint_environment import PaintEnv

    easel = Easel()
    made = taskset(["a poppy"], reward=Shares(), renderer=easel)

    async def played(url):
        told = config(url, "unused", turns=2, taskset={"task": {}}).env
        env = PaintEnv(told)
        env.taskset = made
        client = vf.EvalClientConfig(base_url=url, api_key_var="SCRIPTED_KEY")
        ctx = vf.ModelContext(client=client, model="m", sampling=vf.SamplingConfig())
        async with env.serving():
            [task] = made
            return await env.run_episode(task, ctx)

    with scripted_model(lambda messages: "break") as (url, asked):
        episode = asyncio.run(played(url))
    assert not episode.ok
    assert "the worker died" in episode.last_error.message
    assert [(trace.ok, trace.rewards) for trace in episode.traces] == [(False, {})]
    assert len(asked) == 1


def test_a_model_that_cannot_be_reached_is_not_scored(tmp_path):
    episodes = asyncio.run(run_eval(config("http://127.0.0.1:9/v1", tmp_path)))
    assert [trace.ok for trace in traces(episodes)] == [False, False]
    assert not any(trace.rewards for trace in traces(episodes))


def test_a_group_reward_judges_the_rollouts_of_an_episode_together(tmp_path):
    reward = {"task": {"canvas": "svg", "reward": f"{__name__}:in_groups"}}
    episodes, asked = evaluated(lambda messages: disc(30), tmp_path, taskset=reward, group=4)
    assert [[trace.reward for trace in episode.traces] for episode in episodes] == [[0.4] * 4] * 2
    assert len(asked) == 8
    assert {trace.info["codepaint"]["group"] for trace in episodes[0].traces} == {episodes[0].id}


def test_one_broken_machine_in_a_group_leaves_the_others_compared(tmp_path):
    reward = {"task": {"canvas": "svg", "reward": f"{__name__}:in_groups"}, "tasks": TASKS[:1]}
    radii = iter([30, 30, 3, 30])
    [episode], _ = evaluated(lambda messages: disc(next(radii)), tmp_path, taskset=reward, group=4)
    assert sorted((trace.ok, trace.reward) for trace in episode.traces) == [(False, 0), *[(True, 0.4)] * 3]
    assert not episode.ok


def test_a_group_reward_whose_groups_are_split_names_the_setting(tmp_path):
    reward = {"task": {"canvas": "svg", "reward": f"{__name__}:in_groups"}}
    episodes, _ = evaluated(lambda messages: disc(30), tmp_path, taskset=reward)
    for trace in traces(episodes):
        assert (
            "--env.group: the reward 'in_groups' compares the samples of a group" in trace.last_error.message
        )


def judged(url, **options):
    """Returns the spec of a pairwise reward."""
    judge = {"model": "m", "name": "lab", "base_url": url, "api_key_env": None, "cache": False} | options
    return {"name": "pairwise", "k": 1, "text": "keep", "mode": "soft", "judge": judge}


def test_an_endpoint_without_its_key_ends_the_run_before_a_model_is_asked(tmp_path, monkeypatch):
    monkeypatch.delenv("LAB_KEY", raising=False)
    reward = judged("http://127.0.0.1:9/v1", api_key_env="LAB_KEY")
    with scripted_model(lambda messages: disc(30)) as (url, asked):
        made = config(url, tmp_path, taskset={"task": {"canvas": "p5brush", "reward": reward}})
        with pytest.raises(MissingPart, match=r"^--env\.taskset\.task(\.reward)?: .*LAB_KEY"):
            asyncio.run(run_eval(made))
        assert asked == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"tasks": "flowres"}, r"^--env\.taskset\.tasks: .*Did you mean 'flowers'"),
        ({"tasks": [{"promt": "a poppy"}]}, r"^--env\.taskset\.tasks: tasks\[0\] has the key 'promt'"),
        ({"tasks": [""]}, r"^--env\.taskset\.tasks: tasks\[0\] has the prompt ''"),
        ({"task": {"canvas": "oil"}}, r"^--env\.taskset\.task: .*oil"),
        ({"task": {"reward": "dinno"}}, r"^--env\.taskset\.task: No reward is called 'dinno'"),
        ({"task": {"reward": "interactive"}}, r"^--env\.taskset\.task: "),
        (
            {"task": {"reward": "ramp(0.1, 1, steps=9)*coverage"}},
            r"^--env\.taskset\.task: .*verifiers tells rewards none",
        ),
    ],
)
def test_a_setting_that_is_not_understood_is_one_sentence_that_names_it(settings, told, tmp_path):
    with pytest.raises(SpecError, match=told):
        asyncio.run(run_eval(config("http://127.0.0.1:9/v1", tmp_path, taskset=settings)))


def test_a_row_without_a_prompt_in_words_names_the_setting():
    from codepaint_env.trainers.verifiers.paint_tasks import PaintData, PaintTask

    for prompt in (None, [vf.UserMessage(content="a poppy")]):
        with pytest.raises(SpecError, match=r"--env\.taskset\.tasks: the row None has the prompt"):
            PaintTask(PaintData(prompt=prompt)).asked  # noqa: B018


def test_rows_are_read_back_as_the_tasks_they_were_made_of(tmp_path):
    picture = tmp_path / "poppy.png"
    Image.new("RGB", (8, 8)).save(picture)
    own = [
        {"id": "pictured", "prompt": "a poppy", "reference": str(picture)},
        {"prompt": "a sign", "features": ["the word OPEN"], "letters": True},
        {"prompt": "a shop", "interactions": ["The cart counts."], "steps": 5},
    ]
    from codepaint_env.trainers.verifiers.paint_tasks import PaintData, PaintTask

    for source in (own, "flowers", "objects"):
        told = [json.loads(json.dumps(row)) for row in rows(source, "verifiers")]
        assert tuple(PaintTask(PaintData(**row)).asked for row in told) == load_tasks(source, "p5brush")
        assert [task.data.id for task in taskset(source)] == [row["id"] for row in told]


def test_a_task_that_a_server_of_prime_rl_builds_from_the_wire_is_judged_by_the_same_painter(tmp_path):
    env = vf.load_environment(config("http://127.0.0.1:9/v1", tmp_path).env)
    for task in env.taskset:
        wire = json.loads(json.dumps(task.data.model_dump(mode="json")))
        rebuilt = type(task)(type(task).data_type().model_validate(wire), env.config.taskset.task)
        assert rebuilt.asked == task.asked
        assert rebuilt.painter is task.painter is env.taskset.painter


def rewards_of(folder, reply, *, run, **options):
    """Returns what each task and rollout scored, and that no trace was left out."""
    episodes, _ = evaluated(reply, folder, run=run, **options)
    assert all(trace.ok for trace in traces(episodes)), [
        trace.errors for trace in traces(episodes) if not trace.ok
    ]
    return sorted((trace.task.data.prompt, trace.reward) for trace in traces(episodes))


def test_workers_that_are_killed_in_the_middle_of_a_run_change_no_score(tmp_path):
    sizes = {f"disc {number}": 5 + 4 * number for number in range(8)}
    settings = {"tasks": list(sizes)}
    settings["task"] = {"canvas": "svg", "reward": MIX, "renderer": {"workers": 1, "cache": 0}}
    others, asked, killed = VICTIMS["engine worker"](), [], []

    def reply(messages):
        return disc(sizes[messages[1]["content"]] - turn_of(messages))

    def killing(messages):
        asked.append(1)
        if len(asked) in (5, 12, 19, 26):
            killed.append(kill_in_the_middle("engine worker", others))
        return reply(messages)

    options = {"taskset": settings, "rollouts": 2, "turns": 2, "at_once": 2}
    calm = rewards_of(tmp_path, reply, run="calm", **options)
    assert rewards_of(tmp_path, killing, run="killed", **options) == calm
    assert len(calm) == 16
    assert len(set(killed)) == 4


def test_a_judge_that_dies_for_a_moment_costs_nothing_and_one_that_stays_dead_no_finished_rollout(tmp_path):
    sides = {f"square {number}": 10 + 4 * number for number in range(6)}
    server = JudgeProcess()

    def options(**judge):
        task = {"canvas": "p5brush", "reward": judged(server.url, **judge), "renderer": {"cache": 0}}
        return {"taskset": {"tasks": list(sides), "task": task}, "at_once": 1}

    def reply(messages):
        return square(sides[messages[1]["content"]])

    def at(number, deed):
        """Does a deed when the model is asked so often."""
        asked = []

        def replied(messages):
            asked.append(1)
            if len(asked) == number:
                deed()
            return reply(messages)

        return replied

    def back_soon():
        judge = vf.load_environment(
            config("", tmp_path, **options(retries=6)).env
        ).taskset.painter.evaluator.reward.judge
        server.kill_when_asked(judge, then=server.start)
        judges.append(judge)

    judges = []
    try:
        calm = rewards_of(tmp_path, reply, run="calm", **options())
        assert len({score for _, score in calm}) > 1
        assert rewards_of(tmp_path, at(2, back_soon), run="moment", **options(retries=6)) == calm
        assert judges[0].usage["retries"] > 0

        dead = options(retries=0)
        episodes, _ = evaluated(at(4, server.kill), tmp_path, run="dead", **dead)
        whole = [trace for trace in traces(episodes) if trace.ok]
        assert len(whole) == 3
        for trace in traces(episodes):
            assert trace.ok or trace.rewards == {"painting": None}, "never 0"
        assert {(trace.task.data.prompt, trace.reward) for trace in whole} <= set(calm)
        server.start()
        again, asked = evaluated(reply, tmp_path, run="dead", resume=True, **dead)
        assert len(asked) == len(sides) - len(whole)
        assert sorted((trace.task.data.prompt, trace.reward) for trace in traces(again)) == calm
    finally:
        server.kill()


def vf_eval(*words, folder, package=PACKAGE):
    """Runs verifiers' own command in a folder, with the environment package found in another."""
    done = subprocess.run(
        [os.path.join(os.path.dirname(sys.executable), "vf-eval"), *words],
        env=os.environ | {"PYTHONPATH": str(package)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.network
def test_the_environment_package_installs_and_vf_eval_finds_it_by_its_name(tmp_path):
    target = tmp_path / "site"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "-q",
        "--no-deps",
        "--target",
    ]
    subprocess.run([*pip, str(target), str(PACKAGE)], check=True)
    with scripted_model(lambda messages: disc(30)) as (url, asked):
        words = ["codepaint-v1", "--env.taskset.tasks", "riders", "--env.taskset.task.canvas", "svg"]
        words += [
            "--env.taskset.task.reward",
            MIX,
            "--env.turns",
            "2",
            "-n",
            "2",
            "-m",
            "painter",
            "--no-push",
        ]
        words += [
            "--client.base-url",
            url,
            "--client.api-key-var",
            "SCRIPTED_KEY",
            "--no-rich",
            "--run.name",
            "told",
        ]
        vf_eval(*words, folder=tmp_path, package=target)
    assert len(asked) == 4
    assert summary(tmp_path / "outputs" / "told")["valid_rate"] == 1


def test_the_blocks_of_the_page_run(tmp_path, monkeypatch, capsys):
    first, second = Page("docs/verifiers.md").blocks("python")
    [file] = Page("docs/verifiers.md").blocks("toml")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    with scripted_model(lambda messages: square(30)) as (url, asked):
        exec(first.replace("http://127.0.0.1:8000/v1", url), {})
    assert len(asked) == 2
    assert capsys.readouterr().out.count("'part/coverage': ") == 2
    evaluated(lambda messages: disc(30), "outputs", run="flowers")
    exec(second, {})
    assert "'valid_rate': 1.0" in capsys.readouterr().out
    (tmp_path / "flowers.toml").write_text(file)
    vf_eval("@", "flowers.toml", "--dry-run", "--no-push", "--run.name", "told", folder=tmp_path)
    told = json.loads((tmp_path / "outputs/told/configs/resolved/eval.json").read_text())
    assert (told["env"]["turns"], told["env"]["taskset"]["task"]["renderer"]) == (3, {"workers": 4})


def test_the_options_of_the_page_are_there(tmp_path):
    [table] = Page("docs/verifiers.md").tables("Options")
    values = {
        "--env.taskset.system-prompt": "told.md",
        "--env.images": "false",
        "--env.turns": "2",
        "--env.group": "4",
    }
    values |= {"--env.taskset.task.renderer": '{"workers": 2}', "--env.taskset.task.canvas": "svg"}
    values |= {"--env.taskset.tasks": "riders", "--env.taskset.task.reward": "coverage"}
    values |= {"--env.agent.harness.id": "codepaint-v1"}
    (tmp_path / "told.md").write_text("Paint.")
    options = [row[0].strip("`") for row in table[1:]]
    assert set(options) == set(values)
    words = [word for option in options for word in (option, values[option])]
    vf_eval("codepaint-v1", *words, "--dry-run", "--no-push", "--run.name", "told", folder=tmp_path)
    told = json.loads((tmp_path / "outputs/told/configs/resolved/eval.json").read_text())["env"]
    assert (told["images"], told["group"], told["taskset"]["task"]["canvas"]) == (False, 4, "svg")
    assert told["taskset"]["task"]["renderer"] == {"workers": 2}
