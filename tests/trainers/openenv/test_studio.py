"""Sittings of one studio: each has its own episode, and a step without a score may be sent again."""

import asyncio
import itertools

import numpy as np
import pytest

from codepaint_env.episodes.episode import NotBegun
from codepaint_env.trainers import openenv
from codepaint_env.trainers.openenv.studio import NO_SCORE, Sitting, Studio
from rewards import Rendering, SpecError, UnknownName
from rewards.errors import MachineError, MissingPart
from trl_contract import MIX, Easel, Ranks, Shares

TASKS = [{"id": "poppy", "prompt": "a poppy"}, {"id": "iris", "prompt": "an iris"}]


class Flaky(Easel):
    """Breaks the first time at each program that says `flaky`, and waits for ever at one that says `hang`."""

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


def studio(**options):
    told = {"reward": MIX, "canvas": "p5brush", "renderer": Flaky(), "max_turns": 1, "reward_mode": "final"}
    told |= {"images": True, "step_timeout_s": 60.0}
    return Studio(options.pop("tasks", TASKS), **(told | options))


def step(sitting, completion):
    return asyncio.run(sitting.step(completion))


def test_sittings_side_by_side_do_what_each_would_do_alone():
    texts = {"poppy": ["aa", "aaaa", "aaaaaa"], "iris": ["aaaaaaaa", "", "aaa"]}

    def begun(shared, name):
        sitting = Sitting(shared)
        sitting.begin(None, {"task_id": name})
        return sitting

    def told(answer):
        seen, reward, info = answer
        return seen["prompt"], seen["feedback"], seen["image"].tobytes(), reward, info

    alone = {}
    for name, its in texts.items():
        sitting = begun(studio(max_turns=3, reward_mode="delta"), name)
        alone[name] = [told(step(sitting, text)) for text in its]
    shared = studio(max_turns=3, reward_mode="delta")
    both = {name: begun(shared, name) for name in texts}
    found = {name: [] for name in texts}
    for name, turn in itertools.product(texts, range(3)):
        found[name].append(told(step(both[name], texts[name][turn])))
    assert found == alone


def test_a_step_without_a_score_leaves_the_episode_and_the_same_step_then_counts():
    sitting, calm = Sitting(studio(max_turns=2)), Sitting(studio(max_turns=2))
    for each in (sitting, calm):
        each.begin(None, {"task_id": "poppy"})
    with pytest.raises(MachineError, match=f"^{NO_SCORE}: the worker died. Send the step again.$"):
        step(sitting, "flaky")
    assert (sitting.episode.turn, sitting.episode.over, sitting.episode.last) == (0, False, None)
    calm._studio.painter.evaluator.renderer.met.add("flaky")
    for text in ("flaky", "aaaaaa"):
        assert step(sitting, text)[1:] == step(calm, text)[1:]
    assert sitting.episode.over


def test_a_step_that_takes_too_long_is_given_up_without_a_score():
    sitting = Sitting(studio(step_timeout_s=0.05))
    sitting.begin(None, {"task_id": "poppy"})
    with pytest.raises(
        MachineError, match=r"took longer than 0\.05 s\. Send it again, or raise app\(step_timeout_s"
    ):
        step(sitting, "hang")
    assert sitting._studio.painter.recent.metrics()["masked"] == 1, "it is counted as lost"
    assert step(sitting, "aaaa")[1] > 0


def test_a_seed_draws_the_tasks_that_the_gymnasium_environment_draws():
    tasks = [f"flower {number}" for number in range(50)]
    sitting = Sitting(studio(tasks=tasks))
    rng = np.random.default_rng(7)
    drawn = [sitting.begin(7, {})[0]["prompt"], sitting.begin(None, {})[0]["prompt"]]
    assert drawn == [tasks[int(rng.integers(50))] for _ in range(2)]


def test_reset_takes_a_task_by_id_by_index_or_in_words():
    sitting = Sitting(studio())
    assert sitting.begin(None, {"task_id": "iris"})[0]["prompt"] == "an iris"
    assert sitting.begin(None, {"split": "train", "index": 1})[0]["prompt"] == "an iris"
    assert sitting.begin(None, {"task_id": "iris", "prompt": "an iris"})[1]["task_id"] == "iris"
    assert sitting.begin(None, {"prompt": "a fern"})[0]["prompt"] == "a fern"
    sitting.begin(None, {"task_id": "iris", "group": "7"})
    assert sitting.episode.group == "7"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"task_id": "rose"}, "No task is called 'rose'"),
        (
            {"task_id": "iris", "prompt": "a rose"},
            r"asks for 'an iris'; start app\(tasks=\.\.\.\) with the set",
        ),
        ({"index": 2}, r"reset\(index=2\): there are 2 tasks"),
        ({"index": "1"}, r"reset\(index='1'\)"),
        ({"index": 0, "task_id": "iris"}, "give the index, or a task_id"),
        ({"split": "test"}, r"reset\(split='test'\)"),
        ({"prompt": 7}, "reset has the prompt 7"),
        ({"taks": "iris"}, "reset has the option 'taks'"),
    ],
)
def test_a_reset_that_is_not_understood_is_one_sentence_that_names_its_argument(options, told):
    with pytest.raises(SpecError, match=told):
        Sitting(studio()).begin(None, options)


@pytest.mark.parametrize(
    ("options", "kind", "told"),
    [
        ({"reward": "dinno"}, UnknownName, r"^app\(reward=\.\.\.\): No reward is called 'dinno'"),
        (
            {"reward": Ranks()},
            SpecError,
            r"^app\(reward=\.\.\.\): the reward 'ranks' compares the samples of a group",
        ),
        ({"reward": "perceptual"}, (SpecError, MissingPart), r"^app\((tasks|reward)=\.\.\.\): "),
        ({"tasks": []}, SpecError, r"^app\(tasks=\.\.\.\): There is no task"),
        ({"tasks": "flowres"}, UnknownName, r"^app\(tasks=\.\.\.\): .*Did you mean 'flowers'"),
        ({"max_turns": 0}, SpecError, r"^app\(max_turns=0\)"),
        ({"reward_mode": "sum"}, SpecError, r"^app\(reward_mode='sum'\)"),
        ({"step_timeout_s": 0}, SpecError, r"^app\(step_timeout_s=0\)"),
    ],
)
def test_what_a_server_cannot_do_is_one_sentence_that_names_the_argument(options, kind, told):
    with pytest.raises(kind, match=told):
        studio(**options)


def test_a_judge_without_its_key_is_refused_before_the_server_starts(monkeypatch):
    monkeypatch.delenv("NO_SUCH_KEY", raising=False)
    judge = "{'model': 'm', 'base_url': 'http://127.0.0.1:9/v1', 'api_key_env': 'NO_SUCH_KEY'}"
    with pytest.raises(MissingPart, match=r"^app\(reward=\.\.\.\): .*NO_SUCH_KEY"):
        studio(reward=f"pairwise(judge={judge}, text='keep')")


def test_a_step_before_a_reset_and_after_the_end_says_so():
    sitting = Sitting(studio())
    with pytest.raises(NotBegun, match="reset"):
        step(sitting, "aaaa")
    sitting.begin(None, {})
    step(sitting, "aaaa")
    with pytest.raises(NotBegun, match="reset"):
        step(sitting, "aaaa")


def test_the_sessions_of_a_server_share_one_renderer_and_one_guard():
    shared = studio(reward=Shares())
    sittings = [Sitting(shared) for _ in range(20)]
    assert len({id(each._studio.painter.evaluator.renderer) for each in sittings}) == 1
    with pytest.raises(AttributeError, match="no attribute 'PaintServer'"):
        openenv.PaintServer  # noqa: B018
