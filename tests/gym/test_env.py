"""`codepaint/P5Brush-v0` as a single environment: infos, outcomes, options and machines that fail."""

import json
import math
import multiprocessing
import pickle
import subprocess
import sys
import threading
import warnings

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.envs.registration import EnvSpec
from gymnasium.error import ClosedEnvironmentError, ResetNeeded
from gymnasium.utils.env_checker import check_env

import codepaint_env
import rewards
from codepaint_env.episodes import episode, setting
from codepaint_env.tasks import task_id
from rewards import MachineError, Rendering, Score, SpecError, Task, Traits, UnknownName

ID = "codepaint/P5Brush-v0"
SQUARE = (
    "function setup() { createCanvas(64, 64, WEBGL); background(250);"
    " noStroke(); fill(20, 60, 120); rect(-16, -16, 32, 32); }"
)
FLAT = "function setup() { createCanvas(64, 64, WEBGL); background(250); }"
THROWS = "```js\nthrow new Error('oops')\n```"
KEYS = {
    "task_id": str,
    "turn": int,
    "status": str,
    "reward/valid": bool,
    "reward/components": dict,
    "reward/skipped": tuple,
    "error/kind": str,
    "error/message": str,
    "program/sha256": str,
    "pixels/sha256": str,
    "picture/unchanged": bool,
    "references": tuple,
    "render/interactions": tuple,
}


@pytest.fixture(scope="module")
def env():
    """One environment for the file, so that its processes start once."""
    env = gym.make(ID)
    yield env
    env.close()


@pytest.fixture
def make():
    """Makes environments that are closed after the test."""
    made = []

    def make_env(**kwargs):
        made.append(gym.make(ID, **kwargs))
        return made[-1]

    yield make_env
    for env in made:
        env.close()


class BrokenRenderer:
    """A renderer whose machine is down."""

    def render(self, jobs):
        return [Rendering("machine_error", "browser", "the browser died") for _ in jobs]

    def hold(self):
        pass

    def release(self):
        pass


@pytest.fixture
def broken(make, monkeypatch):
    """Makes environments on a machine that is down, in a process that has not yet been warned."""
    monkeypatch.setattr(episode, "_warned", False)
    monkeypatch.setattr(setting, "shared_renderer", lambda canvas, options: BrokenRenderer())
    return make


def half(samples):
    return [Score(0.5) for _ in samples]


def judge_is_down(samples):
    return [Score(None, reason="the judge is down") for _ in samples]


groups_noted = []


def notes_groups(samples):
    groups_noted.extend(sample.group for sample in samples)
    return half(samples)


def buggy(samples):
    raise ZeroDivisionError("a bug in a reward")


@rewards.reward(needs={"image"}, range=(0, 1))
def blueness(sample):
    """Mean of blue, from 0 to 1."""
    return float(sample.rendering.image[..., 2].mean() / 255)


class Parts:
    """Has components of its own, one of which it does not always ask."""

    name, needs, version = "parts", frozenset({"image"}), "1"
    traits = Traits(components=("shape", "colour"))

    def __call__(self, samples, /):
        return [Score(0.25, components={"shape": 0.25}, references=("peony", "rose")) for _ in samples]


class NeedsLayout(Parts):
    needs = frozenset({"image", "layout"})


class ComparesGroup(Parts):
    traits = Traits(scope="group")


def check_info(info, components):
    """Asserts that an info has every key, each of its constant type, and no number that is not finite."""
    assert {key: type(value) for key, value in info.items()} == KEYS
    assert list(info["reward/components"]) == components
    assert all(type(part) is float and math.isfinite(part) for part in info["reward/components"].values())
    assert set(info["reward/skipped"]) <= set(components)
    assert all(type(name) is str for name in info["references"])


def test_the_checker_of_gymnasium_is_content_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        env = gym.make(ID, render_mode="rgb_array")
        check_env(env.unwrapped)
        env.close()


def test_an_environment_can_be_made_without_importing_the_package_first():
    code = f"import gymnasium; print(gymnasium.make('codepaint_env:{ID}').reset(seed=0)[1]['task_id'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("flowers-")


def test_the_default_is_deterministic_and_takes_no_step_limit(env):
    assert env.spec.nondeterministic is False
    assert env.spec.max_episode_steps is None


def test_an_episode_is_one_prompt_one_program_one_picture(env):
    observation, _ = env.reset(seed=0)
    assert observation in env.observation_space
    assert observation["image"].min() == 255
    assert (observation["turn"], observation["feedback"]) == (0, "")
    painted, reward, terminated, truncated, info = env.step(SQUARE)
    assert painted in env.observation_space
    assert painted["prompt"] == observation["prompt"]
    assert painted["turn"] == 1
    assert painted["image"].shape == (512, 512, 3)
    assert painted["image"][256, 256].tolist() == [20, 60, 120]
    assert type(reward) is float
    assert (0 < reward <= 1, terminated, truncated, info["status"]) == (True, True, False, "ok")


def test_a_random_agent_paints(env):
    env.reset(seed=0)
    env.action_space.seed(0)
    _, reward, _, _, info = env.step(env.action_space.sample())
    assert (info["status"], info["error/kind"]) == ("ok", "")
    assert reward > 0.2


def test_the_info_has_the_same_keys_and_types_at_every_outcome(env):
    components = ["renders", "coverage", "coverage/share"]
    for program in (SQUARE, FLAT, THROWS, "", "x" * 100_001, "\ud800", "```js\nunclosed ("):
        _, info = env.reset()
        check_info(info, components)
        _, reward, terminated, truncated, info = env.step(program)
        check_info(info, components)
        assert (math.isfinite(reward), terminated, truncated) == (True, True, False)


def test_after_a_reset_nothing_has_been_said_yet(env):
    _, info = env.reset(seed=0)
    assert info == {
        "task_id": info["task_id"],
        "turn": 0,
        "status": "",
        "reward/valid": True,
        "reward/components": {"renders": 0.0, "coverage": 0.0, "coverage/share": 0.0},
        "reward/skipped": (),
        "error/kind": "",
        "error/message": "",
        "program/sha256": "",
        "pixels/sha256": "",
        "picture/unchanged": False,
        "references": (),
        "render/interactions": (),
    }


def test_a_program_that_throws_is_data_not_an_exception(env):
    env.reset(seed=0)
    observation, reward, terminated, truncated, info = env.step(THROWS)
    assert (reward, terminated, truncated) == (0.0, True, False)
    assert (info["status"], info["error/kind"], info["reward/valid"]) == ("program_error", "runtime", True)
    assert info["error/message"] == "Error: oops (line 1)"
    assert observation["feedback"] == "program_error runtime: Error: oops (line 1)"


def test_a_component_behind_a_closed_gate_is_zero_and_listed_as_skipped(env):
    env.reset()
    info = env.step(FLAT)[4]
    assert info["error/kind"] == "blank"
    assert info["reward/components"] == {"renders": 0.0, "coverage": 0.0, "coverage/share": 0.0}
    assert info["reward/skipped"] == ("coverage", "coverage/share")


def test_a_picture_that_was_asked_everything_skips_nothing(env):
    env.reset()
    info = env.step(SQUARE)[4]
    assert info["reward/components"]["renders"] == 1.0
    assert info["reward/skipped"] == ()


@pytest.mark.parametrize(
    ("action", "kind"),
    [("", "no_program"), (" \n", "no_program"), ("\ud800", "no_program"), ("é" * 100_001, "too_large")],
)
def test_a_string_outside_the_action_space_is_a_program_error(env, action, kind):
    observation, _ = env.reset()
    observation, reward, terminated, _, info = env.step(action)
    assert (reward, terminated, info["status"], info["error/kind"]) == (0.0, True, "program_error", kind)
    assert observation in env.observation_space


@pytest.mark.parametrize("action", [3, None, b"bytes", ["a list"], np.zeros(3)])
def test_an_action_that_is_no_string_is_a_type_error_and_the_episode_goes_on(env, action):
    env.reset()
    with pytest.raises(TypeError, match=f"string that holds a program, not {type(action).__name__}"):
        env.step(action)
    assert env.step("")[2]


def test_a_string_of_numpy_is_a_string(env):
    env.reset()
    assert env.step(np.array([SQUARE])[0])[4]["status"] == "ok"


def test_hashes_name_the_program_and_the_pixels(env):
    env.reset(seed=0)
    first = env.step(SQUARE)[4]
    env.reset(seed=0)
    second = env.step(f"Look:\n```js\n{SQUARE}\n```")[4]
    assert len(first["pixels/sha256"]) == len(first["program/sha256"]) == 64
    assert first == second


def test_observations_are_fresh_arrays_each_time(env):
    observation, _ = env.reset(seed=0)
    observation["image"][:] = 0
    painted = env.step(SQUARE)[0]
    assert painted["image"].flags.writeable
    painted["image"][:] = 0
    env.reset(seed=0)
    assert env.step(SQUARE)[0]["image"].max() == 250


def test_components_of_a_reward_are_always_there_and_those_not_given_are_skipped(make):
    env = make(reward=Parts())
    check_info(env.reset()[1], ["shape", "colour"])
    info = env.step("")[4]
    check_info(info, ["shape", "colour"])
    assert info["reward/components"] == {"shape": 0.25, "colour": 0.0}
    assert info["reward/skipped"] == ("colour",)
    assert info["references"] == ("peony", "rose")


def test_timings_are_in_the_info_only_where_they_are_asked_for(make, env):
    timed = make(diagnostics=True)
    assert timed.reset()[1]["diagnostics/evaluate_s"] == 0.0
    info = timed.step(f"{SQUARE} // timed")[4]
    times = {key: info.pop(key) for key in list(info) if key.startswith("diagnostics/")}
    assert times["diagnostics/evaluate_s"] > times["diagnostics/record_s"] > 0
    check_info(info, ["renders", "coverage", "coverage/share"])
    assert not [key for key in env.reset()[1] if key.startswith("diagnostics/")]


# Seeds and options


def test_the_same_seed_asks_for_the_same_things_in_the_same_order(env):
    def asked(seed):
        first = env.reset(seed=seed)[1]["task_id"]
        return [first, *(env.reset()[1]["task_id"] for _ in range(5))]

    assert asked(7) == asked(7)
    assert asked(7) != asked(8)


def test_every_task_of_a_set_is_asked_for_sooner_or_later(make):
    env = make(tasks=["a", "b", "c"])
    env.reset(seed=0)
    assert {env.reset()[0]["prompt"] for _ in range(40)} == {"a", "b", "c"}


def test_a_prompt_of_ones_own_is_asked_for_under_the_id_of_its_text(env):
    observation, info = env.reset(options={"prompt": "un chat bleu 🐈"})
    assert observation["prompt"] == "un chat bleu 🐈"
    assert info["task_id"] == task_id("un chat bleu 🐈")


def test_a_task_of_the_set_can_be_asked_for_by_its_id(env):
    observation, _ = env.reset(options={"task_id": "flowers-blue-poppy"})
    assert observation["prompt"].startswith("a Himalayan blue poppy")


def test_an_option_is_for_one_episode_only(make):
    env = make(tasks=["a"])
    env.reset(options={"prompt": "b"})
    assert env.reset()[0]["prompt"] == "a"


@pytest.mark.parametrize(
    ("options", "error", "sentence"),
    [
        ({"prompts": "a"}, SpecError, "reset has the option 'prompts'; there are prompt, task_id, group"),
        ({"prompt": ""}, SpecError, "reset has the prompt ''; it must be Unicode text"),
        ({"prompt": None}, SpecError, "reset has the prompt None"),
        ({"prompt": "\ud800"}, SpecError, "reset has the prompt"),
        ({"prompt": "a", "task_id": "b"}, SpecError, "both 'prompt' and 'task_id'; give one of them"),
        ({"group": ["a"]}, SpecError, r"reset has the group \['a'\]; give a text or a whole number"),
        ({"task_id": "flowers-plastic"}, UnknownName, "No task is called 'flowers-plastic'; there are 6"),
    ],
)
def test_an_option_that_cannot_be_followed_is_refused_with_its_value(env, options, error, sentence):
    with pytest.raises(error, match=sentence):
        env.reset(options=options)


def test_the_group_is_the_task_unless_an_option_names_another(make):
    env = make(reward=notes_groups)
    groups_noted.clear()
    for group in ({}, {"group": None}, {"group": "step-3"}, {"group": 3}):
        env.reset(options={"prompt": "a poppy"} | group)
        env.step("")
    # The environment asks the reward once for pictures of its own, to warn where it tells none apart.
    assert groups_noted[-4:] == [task_id("a poppy"), task_id("a poppy"), "step-3", "3"]


def test_the_same_program_paints_by_the_seed_of_its_task(env):
    dice = SQUARE.replace("rect(-16", "rect(random(-30, 0)")
    hashes = []
    for task in ("flowers-blue-poppy", "flowers-cherry-branch", "flowers-blue-poppy"):
        env.reset(options={"task_id": task})
        hashes.append(env.step(dice)[4]["pixels/sha256"])
    assert hashes[0] == hashes[2] != hashes[1]


# Rendering and closing


def test_render_gives_the_picture_and_a_white_sheet_before(make):
    env = make(render_mode="rgb_array")
    env.reset(seed=0)
    sheet = env.render()
    assert (sheet.shape, sheet.dtype, sheet.min()) == ((512, 512, 3), np.uint8, 255)
    observation = env.step(SQUARE)[0]
    assert (env.render() == observation["image"]).all()
    env.render()[:] = 0
    assert env.render().max() == 250


def test_render_tells_the_episode_in_words(make):
    env = make(render_mode="ansi")
    env.reset(seed=0)
    assert env.render().startswith("task      flowers-")
    env.step(THROWS)
    assert "program_error (runtime: Error: oops (line 1))" in env.render()
    assert "reward    0.000" in env.render()


def test_render_without_a_mode_warns_and_gives_nothing(env):
    env.reset()
    with pytest.warns(UserWarning, match="render_mode"):
        assert env.unwrapped.render() is None


def test_render_before_the_first_reset_asks_for_one(make):
    with pytest.raises(ResetNeeded, match="call reset"):
        make(render_mode="rgb_array").unwrapped.render()


def test_a_step_after_the_end_or_before_the_first_reset_asks_for_a_reset(make):
    env = make().unwrapped
    with pytest.raises(ResetNeeded, match=r"call reset\(\) before step\(\)"):
        env.step("")
    env.reset()
    env.step("")
    with pytest.raises(ResetNeeded, match=r"call reset\(\) before step\(\)"):
        env.step("")


@pytest.mark.parametrize("use", [lambda e: e.reset(), lambda e: e.step(""), lambda e: e.render()])
def test_a_closed_environment_says_so_and_may_be_closed_again(make, use):
    env = make(render_mode="rgb_array").unwrapped
    env.reset()
    env.close()
    env.close()
    with pytest.raises(ClosedEnvironmentError, match="was closed; make a new one"):
        use(env)


def test_closing_one_environment_leaves_the_others_their_processes(make, env):
    other = make()
    other.reset()
    other.step(SQUARE)
    other.close()
    other.close()
    env.reset()
    assert env.step(SQUARE)[4]["status"] == "ok"


# Arguments


@pytest.mark.parametrize(
    ("kwargs", "sentence"),
    [
        ({"canvas": "p5brsh"}, "No canvas is called 'p5brsh'. Did you mean 'p5brush'?"),
        ({"max_turns": 0}, "max_turns is 0; it must be a whole number above 0"),
        ({"max_turns": True}, "max_turns is True; it must be a whole number above 0"),
        ({"max_turns": 1.0}, "max_turns is 1.0; it must be a whole number above 0"),
        ({"max_turns": -2}, "max_turns is -2; it must be a whole number above 0"),
        ({"reward_mode": "sum"}, "reward_mode is 'sum'; it must be 'final' or 'delta'"),
        ({"on_machine_error": "ignore"}, "on_machine_error is 'ignore'; it must be 'mask' or 'raise'"),
        ({"tasks": "flower"}, "Did you mean 'flowers'?"),
        ({"tasks": []}, "There is no task in the list of tasks"),
        ({"reward": "coverag"}, "No reward is called 'coverag'. Did you mean 'coverage'?"),
        ({"reward": 3}, "3 is not understood"),
        (
            {"renderer": {"wrokers": 1}},
            "no option 'wrokers'. Did you mean 'workers'?",
        ),
        ({"renderer": {"workers": 0}}, "workers is 0; it must be a whole number above 0, or None"),
        ({"renderer": {"path": "engin"}}, "path is 'engin'"),
        ({"renderer": {"cache": -1}}, "cache is -1"),
        ({"renderer": {"recorder_cpu_s": 0}}, "recorder_cpu_s is 0; it must be a finite number above 0"),
        ({"renderer": "fast"}, "renderer is 'fast'; it must be a mapping of options"),
        ({"autoreset_mode": "SameStep"}, "vector_kwargs={'autoreset_mode': gymnasium.vector.Autoreset"),
        ({"reward": NeedsLayout()}, "parts needs layout; the canvas p5brush records image, source"),
        ({"reward": ComparesGroup()}, "'parts' compares the samples of a group, and a single env"),
        ({"reward": lambda samples: []}, "; define it at the top of a module, not inside a function"),
    ],
)
def test_a_wrong_argument_is_refused_when_the_environment_is_made(kwargs, sentence):
    with pytest.raises(SpecError) as refusal:
        gym.make(ID, **kwargs)
    assert sentence in str(refusal.value)


def test_a_wrong_render_mode_is_refused_with_those_there_are():
    with pytest.raises(SpecError, match="render_mode is 'human'; it must be one of rgb_array, ansi, or None"):
        codepaint_env.gym.env.PaintEnv(render_mode="human")


@pytest.mark.parametrize("make", [gym.make, gym.make_vec])
@pytest.mark.parametrize(
    ("keyword", "way_out"),
    [("rewards", "Did you mean 'reward'?"), ("taks", "Did you mean 'tasks'?"), ("zzz", "There are")],
)
def test_an_unknown_argument_is_refused_with_the_way_out(make, keyword, way_out):
    with pytest.raises(SpecError) as refusal:
        make(ID, **{keyword: "flowers"})
    assert f"An environment has no argument {keyword!r} (it is 'flowers'). {way_out}" in str(refusal.value)


@pytest.mark.parametrize(
    "spec", ["coverage", {"name": "coverage"}, "0.5*renders + 0.5*coverage", "test_env:Parts"]
)
def test_a_reward_spec_may_be_a_name_a_mapping_an_expression_or_a_place(make, spec):
    env = make(reward=spec)
    env.reset()
    assert math.isfinite(env.step("")[1])


@pytest.mark.parametrize(("live", "value"), [(half, 0.5), (Parts(), 0.25), (blueness, None)])
def test_a_live_reward_works_and_is_shared_by_copies_of_the_spec(make, live, value):
    env = make(reward=live)
    env.reset()
    reward = env.step(SQUARE)[1]
    assert reward == value if value is not None else 0.8 < reward < 0.95
    again = env.spec.make()
    assert pickle.loads(pickle.dumps(again.spec)).kwargs["reward"] is not None
    again.close()


def test_a_bug_in_a_users_reward_passes_through(make):
    env = make(reward=buggy)
    env.reset()
    with pytest.raises(ZeroDivisionError, match="a bug in a reward"):
        env.step(SQUARE)


def test_a_spec_survives_json(make, tmp_path):
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a poppy\n", encoding="utf-8")
    kwargs = {
        "reward": {"weighted": [[0.25, "renders"], [0.75, {"name": "coverage"}]]},
        "tasks": str(prompts),
        "renderer": {"geometry_cpu_s": 5, "workers": 1},
        "on_machine_error": "raise",
    }
    text = make(**kwargs).spec.to_json()
    assert json.loads(text)["kwargs"] == {"canvas": "p5brush", **kwargs}
    env = gym.make(EnvSpec.from_json(text))
    assert env.reset()[0]["prompt"] == "a poppy"
    assert env.spec.kwargs == make(**kwargs).spec.kwargs
    env.close()


def test_the_tasks_and_the_system_prompt_can_be_read(make):
    env = make(tasks=["a poppy"]).unwrapped
    assert env.tasks == (Task(task_id("a poppy"), "a poppy"),)
    assert env.system_prompt == codepaint_env.system_prompt() == codepaint_env.system_prompt("p5brush")
    assert "createCanvas(512, 512, WEBGL)" in env.system_prompt


def test_making_and_resetting_starts_no_thread_and_no_process(make):
    threads, children = threading.active_count(), multiprocessing.active_children()
    make(renderer={"cache": 5}).reset()
    assert (threading.active_count(), multiprocessing.active_children()) == (threads, children)


# Machine failures


def test_a_broken_machine_ends_the_episode_with_a_reward_that_is_marked_as_none(broken):
    env = broken()
    env.reset(seed=0)
    with pytest.warns(RuntimeWarning, match=r"machine failed, not the program \(the browser died\)"):
        observation, reward, terminated, truncated, info = env.step(SQUARE)
    check_info(info, ["renders", "coverage", "coverage/share"])
    assert observation in env.observation_space
    assert (reward, terminated, truncated, info["reward/valid"]) == (0.0, True, False, False)
    assert (info["status"], info["error/kind"], info["error/message"]) == (
        "machine_error",
        "browser",
        "the browser died",
    )
    assert info["reward/skipped"] == ("renders", "coverage", "coverage/share")


def test_the_warning_of_a_broken_machine_is_given_once_a_process(broken):
    env = broken()
    env.reset()
    with pytest.warns(RuntimeWarning, match="once a process"):
        env.step(SQUARE)
    env.reset()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert env.step(SQUARE)[4]["reward/valid"] is False


def test_a_bad_program_on_a_broken_machine_is_still_a_bad_program(broken):
    env = broken()
    env.reset()
    info = env.step("")[4]
    assert (info["status"], info["reward/valid"]) == ("program_error", True)


def test_a_broken_machine_raises_where_that_was_asked_for_and_the_next_episode_can_begin(broken):
    env = broken(on_machine_error="raise", tasks=[{"prompt": "a", "id": "mine"}])
    env.reset()
    with pytest.raises(MachineError, match="No score for the task 'mine': the browser died"):
        env.step(SQUARE)
    env.reset()
    assert env.step("")[4]["status"] == "program_error"


def test_a_judge_that_fails_leaves_the_status_to_the_render(make, monkeypatch):
    monkeypatch.setattr(episode, "_warned", False)
    env = make(reward=judge_is_down)
    env.reset()
    with pytest.warns(RuntimeWarning, match="the judge is down"):
        _, reward, terminated, _, info = env.step(SQUARE)
    assert (reward, terminated, info["reward/valid"]) == (0.0, True, False)
    assert (info["status"], info["error/kind"], info["error/message"]) == ("ok", "", "the judge is down")
    assert info["pixels/sha256"]


@pytest.fixture(params=[("engine", "a drawing process did not start"), ("page", "Chromium did not start")])
def dead(request, tmp_path, monkeypatch):
    """A path whose processes exit at once here, and what is said of them."""
    script = tmp_path / "exits"
    script.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    monkeypatch.setenv("CODEPAINT_CHROMIUM", str(script))
    monkeypatch.setattr(episode, "_warned", False)
    return request.param


def test_processes_that_exit_at_once_are_a_machine_error(dead, make):
    path, words = dead
    env = make(renderer={"path": path, "workers": 1, "cache": 3})
    env.reset()
    with pytest.warns(RuntimeWarning, match=words) as warned:
        _, reward, terminated, truncated, info = env.step(SQUARE)
    assert len([w for w in warned if w.category is RuntimeWarning]) == 1
    assert (reward, terminated, truncated) == (0.0, True, False)
    assert (info["status"], info["reward/valid"]) == ("machine_error", False)


@pytest.mark.full
def test_processes_that_exit_at_once_raise_where_that_was_asked_for(dead, make):
    path, words = dead
    env = make(renderer={"path": path, "workers": 1, "cache": 3}, on_machine_error="raise")
    env.reset()
    with pytest.raises(MachineError, match=words):
        env.step(SQUARE)
