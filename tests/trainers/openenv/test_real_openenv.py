"""OpenEnv's own client plays sessions of our application, served by uvicorn on loopback."""

import asyncio
import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager

import pytest

pytest.importorskip("openenv.core")

import psutil
import uvicorn
from openenv.core import GenericEnvClient

from codepaint_env import canvases
from codepaint_env.evaluate import Evaluator
from codepaint_env.tasks import load_tasks
from codepaint_env.trainers.openenv import PaintAction, PaintClient, PaintState, app, picture_of
from codepaint_env.trainers.shared.rows import rows
from codepaint_env.trainers.shared.training_renderer import training_renderer
from judge_process import JudgeProcess
from live_processes import VICTIMS, kill_in_the_middle, until
from markdown_pages import Page
from places import BENCHMARKS
from rewards import Rendering, SpecError, make
from rewards.errors import MachineError
from rewards.judged.client.openai_judge import OpenAIJudge
from rewards.judged.pairs.pairwise import Pairwise
from trl_contract import Easel, Shares

sys.path.insert(0, str(BENCHMARKS))

from trainer_parts.completions import CASES, SPEC
from trainer_parts.completions import TASKS as FLOWERS
from trainer_parts.faces import gym_make

MIX = "0.3*renders + 0.7*coverage"
TASKS = [{"id": "red", "prompt": "a red disc"}, {"id": "blue", "prompt": "a blue disc"}]


def disc(radius):
    return (
        '```svg\n<svg viewBox="0 0 100 100" xmlns="http://www.w3.org/2000/svg">'
        f'<circle cx="50" cy="50" r="{radius}" fill="#a03"/></svg>\n```'
    )


def square(side):
    return (
        "```js\nfunction setup() { createCanvas(64, 64, WEBGL); background(250); noStroke(); fill(20, 60, 120);"
        f" rect(-{side / 2}, -{side / 2}, {side}, {side}); }}\n```"
    )


@contextmanager
def served(tasks=TASKS, **options):
    """Serves an application; gives its address."""
    application = app(tasks, **({"reward": MIX, "canvas": "svg"} | options))
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started, "the server did not start")
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def get(url, path):
    with urllib.request.urlopen(url + path) as answer:
        return json.loads(answer.read())


def paint(text):
    return PaintAction(completion=text)


def episode(url, texts, **reset):
    """Plays an episode; returns its results, the reset's first."""
    with PaintClient(url).sync() as client:
        return [client.reset(**reset), *(client.step(paint(text)) for text in texts)]


def plain(completions, tasks, canvas="svg", reward=MIX):
    evaluator = Evaluator(canvases.get(canvas), make(reward), training_renderer(canvas, None))
    return [each.score.value for each in evaluator.evaluate(completions, load_tasks(tasks, canvas))]


def test_loading_the_adapter_loads_no_trainer():
    code = "import sys, codepaint_env.trainers.openenv as o; o.app; print({'openenv', 'fastapi'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_one_turn_scores_what_the_one_loop_scores():
    texts = {"red": disc(20), "blue": disc(4)}
    with served() as url:
        ends = [episode(url, [text], task_id=name)[-1] for name, text in texts.items()]
        assert [end.reward for end in ends] == plain([*texts.values()], TASKS)
        assert [end.done for end in ends] == [True, True]
        assert ends[0].metadata["components"].keys() == {"renders", "coverage", "coverage/share"}
        assert get(url, "/codepaint/metrics")["valid_rate"] == 1


def test_the_fixture_of_24_completions_scores_as_gym_make_does():
    async def play(url, case):
        async with PaintClient(url) as client:
            await client.reset(task_id=case.task.id, group=case.group)
            try:
                return (await client.step(paint(case.text))).reward
            except MachineError as error:
                return error

    async def together(url):
        return await asyncio.gather(*(play(url, case) for case in CASES))

    with served(list(FLOWERS), reward=SPEC, canvas="p5brush", renderer={"disk_cache": False}) as url:
        found = asyncio.run(together(url))
    expected = gym_make(CASES, {"disk_cache": False})
    for case, value, score in zip(CASES, found, expected, strict=True):
        if case.kind == "machine":
            assert isinstance(value, MachineError)
        else:
            assert value == pytest.approx(score, abs=1e-9), case.name


def test_each_turn_shows_the_picture_the_errors_and_the_critique():
    with served(max_turns=3) as url:
        begun, first, second, third = episode(url, ["no program", disc(2), disc(30)], task_id="red")
    assert begun.observation.system_prompt == canvases.get("svg").system_prompt
    assert (begun.observation.prompt, begun.reward, begun.done) == ("a red disc", None, False)
    assert first.observation.feedback.startswith("program_error no_program: ")
    assert picture_of(first.observation) is None
    assert picture_of(second.observation).shape == (512, 512, 3)
    assert "paint" in second.observation.feedback, "what coverage criticises of a small disc"
    assert [each.observation.turns_left for each in (begun, first, second, third)] == [3, 2, 1, 0]
    assert [each.reward for each in (first, second)] == [0.0, 0.0]
    assert third.reward == plain([disc(30)], TASKS[:1])[0]
    assert third.done
    for each in (begun, first, second):
        assert each.observation.metadata == {}, "no part of a score before the end"


def test_gains_add_up_to_the_last_score_where_each_turn_is_rewarded():
    with served(max_turns=3, reward_mode="delta") as url:
        results = episode(url, [disc(2), disc(6), disc(30)], task_id="red")[1:]
    assert sum(each.reward for each in results) == pytest.approx(plain([disc(30)], TASKS[:1])[0], abs=1e-12)
    assert results[0].reward < results[-1].reward + results[1].reward


def test_sessions_side_by_side_see_nothing_of_each_other():
    async def play(url, name, radii):
        async with PaintClient(url) as client:
            await client.reset(task_id=name)
            told = []
            for radius in radii:
                result = await client.step(paint(disc(radius)))
                state = await client.state()
                told.append((result.reward, result.observation.image, state.task_id, state.step_count))
                await asyncio.sleep(0)
            return told

    plays = [("red" if number % 2 else "blue", [3 + number, 20, 5 + number]) for number in range(12)]

    async def together(url):
        return await asyncio.gather(*(play(url, *each) for each in plays))

    async def in_turn(url):
        return [await play(url, *each) for each in plays]

    with served(max_turns=3) as url:
        assert asyncio.run(together(url)) == asyncio.run(in_turn(url))


class Flaky(Easel):
    """Breaks the first time at a program that says `flaky`, always at one that says `break`, and waits at `hang`."""

    def __init__(self):
        super().__init__()
        self.met = set()

    async def arender(self, jobs):
        if any("hang" in job.program for job in jobs):
            await asyncio.sleep(3600)
        return await super().arender(jobs)

    def painted(self, program):
        if "flaky" in program and program not in self.met:
            self.met.add(program)
            return Rendering("machine_error", "engine", "the worker died")
        return super().painted(program)


EASEL = {"reward": Shares(), "canvas": "p5brush", "renderer": Flaky()}


def test_a_broken_machine_is_an_exception_in_every_client_and_never_a_number():
    with served(**EASEL) as url:
        with PaintClient(url).sync() as client:
            client.reset(task_id="red")
            with pytest.raises(MachineError, match=r"No score, for a machine failed .*: the worker died"):
                client.step(paint("flaky"))
            assert client.state().step_count == 0
            assert client.step(paint("flaky")).reward == 0.5, "the same step, sent again"
        with GenericEnvClient(url).sync() as client:
            client.reset(task_id="red")
            with pytest.raises(RuntimeError, match="No score, for a machine failed"):
                client.step({"completion": "break"})
        assert get(url, "/codepaint/metrics")["masked"] == pytest.approx(2 / 3)


def test_a_step_that_hangs_is_given_up_and_its_session_goes_on():
    with (
        served(**EASEL, step_timeout_s=0.2) as url,
        PaintClient(url).sync() as client,
    ):
        client.reset(task_id="red")
        with pytest.raises(MachineError, match=r"took longer than 0\.2 s"):
            client.step(paint("hang"))
        assert client.step(paint("aaaa")).reward == 0.4


def test_a_session_that_says_nothing_is_ended_and_its_place_is_free():
    with (
        served(**EASEL, max_sessions=1, step_timeout_s=0.9, session_timeout_s=1.0) as url,
        PaintClient(url).sync() as silent,
    ):
        silent.reset(task_id="red")
        with pytest.raises(RuntimeError, match="CAPACITY"), PaintClient(url).sync() as other:
            other.reset(task_id="blue")
        time.sleep(7)  # OpenEnv looks every 5 s at most
        [_, end] = episode(url, ["aaaa"], task_id="blue")
        assert end.reward == 0.4
        with pytest.raises(RuntimeError, match=r"This session was ended, .*app\(session_timeout_s"):
            silent.step(paint("aaaa"))


@pytest.mark.parametrize(
    ("reset", "told"),
    [
        ({"task_id": "rose"}, "No task is called 'rose'"),
        ({"index": 9}, r"reset\(index=9\): there are 2 tasks"),
        ({"taks": "red"}, "reset has the option 'taks'"),
        ({"step": -1}, "The step of a training is -1"),
        ({"task_id": "red", "prompt": "a rose"}, r"start app\(tasks=\.\.\.\)"),
    ],
)
def test_a_bad_reset_is_one_sentence_and_the_session_goes_on(reset, told):
    with served() as url, PaintClient(url).sync() as client:
        with pytest.raises(RuntimeError, match=told):
            client.reset(**reset)
        assert client.reset(task_id="red").observation.prompt == "a red disc"


def test_a_step_of_the_training_reaches_a_reward_that_moves_over_the_wire():
    moving = "0.5*renders + ramp(0, 0.5, steps=10)*trl_contract:Shares"
    with served(reward=moving, canvas="p5brush", renderer=Easel(), step=0) as url:
        for told, due in (({}, 0.5), ({"step": 10}, 0.7), ({"step": 4}, 0.58)):
            assert episode(url, ["aaaa"], **told)[-1].reward == pytest.approx(due)


def test_an_action_of_the_wrong_shape_is_refused_by_its_field():
    with served() as url, GenericEnvClient(url).sync() as client:
        client.reset(task_id="red")
        for bad in ({"completion": 7}, {"text": "x"}, {}):
            with pytest.raises(RuntimeError, match="VALIDATION_ERROR"):
                client.step(bad)
        assert client.step({"completion": ""}).reward == 0.0, "nothing was painted"


def test_rows_are_what_reset_takes():
    with served("riders") as url:
        told = [json.loads(json.dumps(row)) for row in rows("riders", "openenv", canvas="svg")][:3]
        with PaintClient(url).sync() as client:
            seen = [client.reset(**row).observation.prompt for row in told]
        assert seen == [row["prompt"] for row in told]
        assert get(url, "/list_environments") == ["codepaint"]
        assert get(url, "/codepaint/splits") == [{"name": "train", "type": "train"}]


def test_the_schema_tells_one_required_field_which_other_tools_fill_with_a_reply():
    with served() as url:
        told = get(url, "/schema")
    assert told["action"]["required"] == ["completion"]
    assert set(PaintState.model_fields) <= set(told["state"]["properties"])


def test_a_session_that_could_end_in_the_middle_of_a_step_is_refused():
    with pytest.raises(
        SpecError, match=r"app\(session_timeout_s=10\): it must be longer than step_timeout_s, 300 s"
    ):
        app(TASKS, canvas="svg", reward=MIX, session_timeout_s=10)
    with pytest.raises(SpecError, match=r"app\(max_sessions=0\)"):
        app(TASKS, canvas="svg", reward=MIX, max_sessions=0)


def test_hundreds_of_sessions_leave_no_process_thread_socket_or_memory_behind():
    process = psutil.Process()

    async def one(url, number):
        async with PaintClient(url) as client:
            await client.reset(index=number % 2)
            return (await client.step(paint(disc(10 + number % 30)))).reward

    async def many(url, count):
        return await asyncio.gather(*(one(url, number) for number in range(count)))

    def left():
        time.sleep(0.5)  # sockets close in the background
        return len(process.children(recursive=True)), threading.active_count(), process.num_fds()

    with served() as url:
        asyncio.run(many(url, 30))
        before, memory = left(), process.memory_info().rss
        for _ in range(4):
            scores = asyncio.run(many(url, 100))
            assert scores == scores[:30] * 3 + scores[:10]
        processes, threads, files = left()
        assert (processes, files) == (before[0], before[2])
        assert threads <= before[1] + 1
        assert process.memory_info().rss < memory + 100e6


def results_of(url, texts, deeds=None):
    """Plays one session after another, with a deed before some; returns the rewards."""
    rewards = []
    for number, text in enumerate(texts):
        (deeds or {}).get(number, lambda: None)()
        with PaintClient(url).sync() as client:
            client.reset(task_id="red")
            rewards.append(client.step(paint(text)).reward)
    return rewards


def test_workers_that_are_killed_in_the_middle_of_steps_change_no_score():
    texts = [disc(4 + number) for number in range(12)]
    others, killed = VICTIMS["engine worker"](), []

    def kill():
        killed.append(kill_in_the_middle("engine worker", others))

    with served(renderer={"workers": 1, "cache": 0}) as url:
        calm = results_of(url, texts)
        assert results_of(url, texts, dict.fromkeys((1, 4, 5, 9), kill)) == calm
    assert len(set(killed)) == 4
    assert len(set(calm)) > 3


def test_a_judge_that_dies_costs_no_finished_step_and_changes_no_score():
    texts = [square(10 + 4 * number) for number in range(5)]
    server = JudgeProcess()

    def options(judge):
        return {"reward": Pairwise(k=1, text="keep", mode="soft", judge=judge), "canvas": "p5brush"}

    def judge(retries):
        told = {"model": "m", "name": "lab", "base_url": server.url, "api_key_env": None, "cache": False}
        return OpenAIJudge(**told, retries=retries)

    try:
        with served(**options(judge(0))) as url:
            calm = results_of(url, texts)
        assert len(set(calm)) > 1
        patient = judge(6)
        with served(**options(patient)) as url:
            back_soon = {2: lambda: server.kill_when_asked(patient, then=server.start)}
            assert results_of(url, texts, back_soon) == calm
        assert patient.usage["retries"] > 0
        with served(**options(judge(0))) as url:
            assert results_of(url, texts[:2]) == calm[:2]
            with PaintClient(url).sync() as client:
                client.reset(task_id="red")
                server.kill()
                with pytest.raises(MachineError, match="No score, for a machine failed"):
                    client.step(paint(texts[2]))
                assert client.state().step_count == 0
                server.start()
                assert client.step(paint(texts[2])).reward == calm[2], "sent again when the judge is back"
            assert results_of(url, texts[3:]) == calm[3:]
    finally:
        server.kill()


def test_the_blocks_of_the_page_run(capsys):
    first, second = Page("docs/openenv.md").blocks("python")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    names = {}
    exec(first.replace("8000", port), names)
    server = names["server"]
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started, "the server did not start")
        exec(second.replace("8000", port), names)
    finally:
        server.should_exit = True
        thread.join()
    assert names["image"].shape == (512, 512, 3)
    assert names["result"].done
    assert capsys.readouterr().out.strip().endswith("}")
