"""Many episodes at once: `gym.make_vec` in its three modes, resets, masks, groups and wrappers."""

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.envs.registration import EnvSpec
from gymnasium.error import ClosedEnvironmentError, ResetNeeded
from gymnasium.vector import AsyncVectorEnv, AutoresetMode, SyncVectorEnv
from gymnasium.wrappers import vector as wrappers

from codepaint_env.episodes import episode, setting
from codepaint_env.gym.vector import PaintVectorEnv
from codepaint_env.tasks import task_id
from rewards import MachineError, Rendering, Score, SpecError, Traits, UnknownName

ID = "codepaint/P5Brush-v0"
SAME_STEP = AutoresetMode.SAME_STEP


def square(side):
    return (
        "function setup() { createCanvas(64, 64, WEBGL); background(250);"
        f" noStroke(); fill(20, 60, 120); rect(-{side / 2}, -{side / 2}, {side}, {side}); }}"
    )


SMALL, LARGE, BAD = square(16), square(40), "throw 1"
HASHES = ("program/sha256", "pixels/sha256")


@pytest.fixture(scope="module", autouse=True)
def workers():
    """Keeps the workers of the default options for the file."""
    env = gym.make(ID)
    yield
    env.close()


@pytest.fixture
def make():
    """Makes vectors that are closed after the test."""
    made = []

    def make_vec(num_envs=2, **kwargs):
        made.append(gym.make_vec(ID, num_envs=num_envs, **kwargs))
        return made[-1]

    yield make_vec
    for envs in made:
        envs.close()


class RanksGroup:
    """Scores the samples of a group by their place in it."""

    name, needs, version, traits = "ranks", frozenset({"image", "group"}), "1", Traits(scope="group")

    def __call__(self, samples, /):
        assert len({sample.group for sample in samples}) == 1
        return [Score(place / len(samples)) for place in range(len(samples))]


def judge_is_down_for_bad_programs(samples):
    return [Score(0.5 if sample.rendering.ok else None, reason="the judge is down") for sample in samples]


def asked(envs, **kwargs):
    return envs.reset(**kwargs)[1]["task_id"].tolist()


# One batch


def test_a_batch_is_rendered_and_judged_together(make):
    envs = make(3)
    observation, infos = envs.reset(seed=0)
    assert observation in envs.observation_space
    assert infos["reward/valid"].tolist() == [True] * 3
    observation, values, terminated, truncated, infos = envs.step([LARGE, BAD, SMALL])
    assert observation in envs.observation_space
    assert observation["image"].shape == (3, 512, 512, 3)
    assert values.dtype == np.float64
    assert values[0] > values[2] > values[1] == 0
    assert (terminated.tolist(), truncated.tolist()) == ([True] * 3, [False] * 3)
    assert infos["status"].tolist() == ["ok", "program_error", "ok"]
    assert infos["reward/components"]["renders"].tolist() == [1.0, 0.0, 1.0]
    assert infos["reward/skipped"].tolist() == [(), ("coverage", "coverage/share"), ()]


def test_each_episode_of_a_vector_is_the_one_that_a_single_environment_plays(make):
    envs = make(2)
    observations, infos = envs.reset(seed=11)
    stepped = envs.step([SMALL, BAD])
    for i, program in enumerate((SMALL, BAD)):
        env = gym.make(ID)
        observation, info = env.reset(seed=11 + i)
        assert (observation["prompt"], info["task_id"]) == (observations["prompt"][i], infos["task_id"][i])
        observation, reward, _, _, info = env.step(program)
        assert reward == stepped[1][i]
        assert (observation["image"] == stepped[0]["image"][i]).all()
        assert [info[key] for key in HASHES] == [stepped[4][key][i] for key in HASHES]
        env.close()


def test_the_program_with_what_came_of_it_can_be_read_after_a_step(make):
    envs = make(2).unwrapped
    envs.reset(seed=0)
    assert envs.evaluated == (None, None)
    _, values, *_ = envs.step([f"```js\n{SMALL}\n```", BAD])
    assert [result.score.value for result in envs.evaluated] == values.tolist()
    assert [result.sample.program for result in envs.evaluated] == [SMALL, BAD]


def test_a_random_agent_paints_in_every_place(make):
    envs = make(2)
    envs.reset(seed=0)
    envs.action_space.seed(0)
    assert envs.step(envs.action_space.sample())[4]["status"].tolist() == ["ok", "ok"]


def test_observations_are_fresh_arrays_each_time(make):
    envs = make(2)
    observation, _ = envs.reset(seed=0)
    observation["image"][:] = 0
    painted = envs.step([SMALL, SMALL])[0]["image"]
    assert painted.max() == 250
    painted[:] = 0
    envs.reset(seed=0)
    assert envs.step([SMALL, SMALL])[0]["image"].max() == 250


def test_infos_hold_no_number_that_is_not_finite_and_no_clock(make):
    envs = make(2)
    infos = [envs.reset(seed=0)[1], envs.step([SMALL, BAD])[4]]
    assert infos[0].keys() == infos[1].keys()
    assert not [key for key in infos[0] if "diagnostics" in key]
    parts = [part for info in infos for part in info["reward/components"].values()]
    assert all(np.isfinite(part).all() for part in parts)


def test_timings_are_in_the_infos_only_where_they_are_asked_for(make):
    envs = make(2, diagnostics=True, autoreset_mode="SameStep")
    assert envs.reset()[1]["diagnostics/evaluate_s"].tolist() == [0.0, 0.0]
    infos = envs.step(["", ""])[4]
    assert (infos["final_info"]["diagnostics/evaluate_s"] > 0).all()


# Actions


def test_a_bare_string_is_refused_as_it_would_be_read_as_two_programs(make):
    envs = make(2)
    envs.reset()
    with pytest.raises(TypeError, match="actions is one string; give 2 of them in a list"):
        envs.step("ab")


@pytest.mark.parametrize("actions", [[SMALL], [SMALL] * 3, []])
def test_a_wrong_number_of_actions_is_refused_with_the_numbers(make, actions):
    envs = make(2)
    envs.reset()
    with pytest.raises(ValueError, match=f"{len(actions)} actions for 2 environments"):
        envs.step(actions)


def test_an_action_that_is_no_string_is_refused_and_no_episode_is_lost(make):
    envs = make(2)
    envs.reset()
    with pytest.raises(TypeError, match="An action is a string that holds a program, not NoneType"):
        envs.step([SMALL, None])
    assert envs.step(["", ""])[2].tolist() == [True, True]


def test_actions_may_come_as_a_tuple_or_an_array(make):
    envs = make(2, autoreset_mode="SameStep")
    envs.reset()
    for actions in ((SMALL, BAD), np.array([SMALL, BAD]), np.array([SMALL, BAD], dtype=object)):
        assert envs.step(actions)[4]["final_info"]["status"].tolist() == ["ok", "program_error"]


# Resets


def test_one_seed_counts_upwards_and_a_list_gives_each_its_own(make):
    envs = make(3)
    assert asked(envs, seed=5) == asked(envs, seed=[5, 6, 7])
    assert asked(envs, seed=[5, 5, 5]) == [asked(envs, seed=5)[0]] * 3


def test_an_episode_without_a_seed_of_its_own_goes_on_drawing(make):
    envs = make(2)
    envs.reset(seed=3)
    assert asked(envs, seed=[None, None]) == asked_twice(make(2), 3)


def asked_twice(envs, seed):
    envs.reset(seed=seed)
    return asked(envs)


def test_a_list_of_seeds_of_another_length_is_refused(make):
    with pytest.raises(ValueError, match="seed has 3 entries for 2 environments"):
        make(2).reset(seed=[1, 2, 3])


def test_a_prompt_of_ones_own_is_asked_for_in_every_place(make):
    observation, infos = make(2).reset(options={"prompt": "un chat 🐈"})
    assert observation["prompt"] == ("un chat 🐈",) * 2
    assert infos["task_id"].tolist() == [task_id("un chat 🐈")] * 2


def test_each_episode_may_be_given_a_task_of_its_own(make):
    ids = ["flowers-blue-poppy", "flowers-cherry-branch"]
    assert asked(make(2), options={"task_ids": ids}) == ids


@pytest.mark.parametrize(
    ("options", "error", "sentence"),
    [
        ({"task_ids": ["flowers-blue-poppy"]}, SpecError, "it must be a list of 2 ids, one an episode"),
        ({"task_ids": "ab"}, SpecError, "task_ids is 'ab'"),
        ({"task_ids": ["a", "b"], "prompt": "c"}, SpecError, "'task_ids' and also 'task_id' or 'prompt'"),
        ({"task_ids": ["a", "b"]}, UnknownName, "No task is called 'a'"),
        ({"promt": "a"}, SpecError, "reset has the option 'promt'"),
        ({"reset_mask": [True, False]}, ValueError, r"it must be a bool array of shape \(2,\)"),
        ({"reset_mask": np.ones(3, np.bool_)}, ValueError, r"it must be a bool array of shape \(2,\)"),
        ({"reset_mask": np.array([True, False])}, ResetNeeded, "Environment 1 was never begun"),
    ],
)
def test_an_option_that_cannot_be_followed_is_refused(make, options, error, sentence):
    with pytest.raises(error, match=sentence):
        make(2).reset(options=options)


def test_a_mask_begins_only_the_episodes_it_names(make):
    envs = make(2, autoreset_mode="Disabled", tasks=["a", "b", "c", "d"])
    envs.reset(seed=0)
    before = envs.step([SMALL, SMALL])[0]
    options = {"prompt": "mine", "reset_mask": np.array([False, True])}
    observation, infos = envs.reset(options=options)
    assert observation["prompt"] == (before["prompt"][0], "mine")
    assert observation["turn"].tolist() == [1, 0]
    assert (observation["image"][0] == before["image"][0]).all()
    assert observation["image"][1].min() == 255
    assert infos["_task_id"].tolist() == [False, True]
    with pytest.raises(ResetNeeded):
        envs.step([SMALL, SMALL])


# Autoreset


def test_next_step_spends_the_step_after_the_end_on_a_reset(make):
    envs = make(2)
    assert envs.metadata["autoreset_mode"] is AutoresetMode.NEXT_STEP
    envs.reset(seed=0)
    envs.step([SMALL, SMALL])
    observation, values, terminated, _, infos = envs.step(["ignored", None])
    assert (values.tolist(), terminated.tolist()) == ([0.0, 0.0], [False, False])
    assert (observation["turn"].tolist(), infos["status"].tolist()) == ([0, 0], ["", ""])
    assert envs.step([SMALL, SMALL])[2].tolist() == [True, True]


def test_same_step_begins_anew_at_once_and_keeps_the_end_in_the_info(make):
    envs = make(2, autoreset_mode="SameStep")
    first, _ = envs.reset(seed=0)
    observation, values, terminated, _, infos = envs.step([SMALL, BAD])
    assert terminated.tolist() == [True, True]
    assert values[0] > values[1]
    assert observation["turn"].tolist() == [0, 0]
    assert infos["status"].tolist() == ["", ""]
    assert infos["final_info"]["status"].tolist() == ["ok", "program_error"]
    assert infos["final_info"]["reward/valid"].tolist() == [True, True]
    assert [final["prompt"] for final in infos["final_obs"]] == list(first["prompt"])
    assert infos["final_obs"][0]["image"][256, 256].tolist() == [20, 60, 120]


def test_disabled_asks_for_a_reset(make):
    envs = make(2, autoreset_mode="Disabled")
    envs.reset()
    envs.step(["", ""])
    with pytest.raises(ResetNeeded, match=r"call reset\(\) before step\(\)"):
        envs.step(["", ""])


@pytest.mark.parametrize("mode", ["NextStep", "SameStep", "Disabled"])
def test_a_step_before_the_first_reset_asks_for_one(make, mode):
    with pytest.raises(ResetNeeded, match=r"call reset\(\) before step\(\)"):
        make(2, autoreset_mode=mode).step(["", ""])


# Arguments, rendering, closing


@pytest.mark.parametrize(
    ("kwargs", "sentence"),
    [
        ({"autoreset_mode": "samestep"}, "autoreset_mode is 'samestep'; it must be one of NextStep, Same"),
        ({"num_envs": 0}, "num_envs is 0; it must be a whole number above 0"),
        ({"max_turns": 0}, "max_turns is 0; it must be a whole number above 0"),
        ({"tasks": "flower"}, "Did you mean 'flowers'?"),
        ({"render_mode": "human"}, "render_mode is 'human'; it must be one of rgb_array, ansi, or None"),
    ],
)
def test_a_wrong_argument_is_refused_when_the_vector_is_made(kwargs, sentence):
    with pytest.raises(SpecError) as refusal:
        gym.make_vec(ID, **kwargs)
    assert sentence in str(refusal.value)


def test_the_mode_may_be_gymnasium_s_enum_as_well(make):
    assert make(2, autoreset_mode=SAME_STEP).metadata["autoreset_mode"] is SAME_STEP


def test_a_spec_survives_json_and_makes_the_same_vector_again(make):
    envs = make(2, autoreset_mode="SameStep", tasks=["a poppy"], renderer={"workers": 1})
    again = gym.make_vec(EnvSpec.from_json(envs.spec.to_json()))
    assert isinstance(again, PaintVectorEnv)
    assert (again.num_envs, again.metadata["autoreset_mode"]) == (2, SAME_STEP)
    assert again.reset()[0]["prompt"] == ("a poppy", "a poppy")
    again.close()


def test_render_gives_a_picture_or_a_text_for_each(make):
    envs = make(2, render_mode="rgb_array")
    envs.reset()
    observation = envs.step([SMALL, LARGE])[0]
    assert (np.stack(envs.render()) == observation["image"]).all()
    words = make(2, render_mode="ansi")
    words.reset()
    assert [text.startswith("task") for text in words.render()] == [True, True]
    silent = make(2)
    silent.reset()
    assert silent.render() is None


def test_a_closed_vector_says_so_and_may_be_closed_again(make):
    envs = make(2, render_mode="ansi")
    envs.reset()
    envs.close()
    envs.close()
    for use in (envs.reset, envs.render, lambda: envs.step(["", ""])):
        with pytest.raises(ClosedEnvironmentError, match="was closed; make a new one"):
            use()


# Groups


def test_a_reward_of_groups_sees_the_whole_group_where_the_episodes_share_a_task(make):
    envs = make(3, reward=RanksGroup())
    envs.reset(seed=0, options={"task_id": "flowers-blue-poppy"})
    assert envs.step([SMALL, BAD, LARGE])[1].tolist() == [0.0, 1 / 3, 2 / 3]


def test_a_reward_of_groups_may_be_told_the_group_by_name(make):
    envs = make(2, reward=RanksGroup())
    envs.reset(seed=0, options={"group": "step-1"})
    assert envs.step(["", ""])[1].tolist() == [0.0, 0.5]


def test_a_reward_of_groups_refuses_episodes_of_different_tasks_with_the_way_out(make):
    envs = make(2, reward=RanksGroup())
    envs.reset(options={"task_ids": ["flowers-blue-poppy", "flowers-cherry-branch"]})
    with pytest.raises(SpecError, match=r"'ranks' compares .* one group, but these are of 2.*{'task_id': …}"):
        envs.step(["", ""])


# Machine failures


def test_a_failure_in_one_place_masks_that_place_only(make, monkeypatch):
    monkeypatch.setattr(episode, "_warned", False)
    envs = make(3, reward=judge_is_down_for_bad_programs)
    envs.reset()
    with pytest.warns(RuntimeWarning, match="the judge is down") as warned:
        _, values, terminated, _, infos = envs.step([SMALL, BAD, BAD])
    assert len(warned) == 1
    assert (values.tolist(), terminated.tolist()) == ([0.5, 0.0, 0.0], [True] * 3)
    assert infos["reward/valid"].tolist() == [True, False, False]


def test_a_failure_under_same_step_is_marked_in_the_final_info(make, monkeypatch):
    monkeypatch.setattr(episode, "_warned", True)
    envs = make(2, reward=judge_is_down_for_bad_programs, autoreset_mode="SameStep")
    envs.reset()
    infos = envs.step([SMALL, BAD])[4]
    assert infos["final_info"]["reward/valid"].tolist() == [True, False]
    assert infos["reward/valid"].tolist() == [True, True]


@pytest.mark.parametrize(
    ("path", "fleet"),
    [("engine", "confine.fleet.Fleet"), ("page", "browser.fleet.BrowserFleet")],
)
def test_a_fleet_that_fails_masks_the_programs_it_was_to_draw(make, monkeypatch, path, fleet):
    async def fail(fleet, asked):
        raise MachineError("its process died")

    monkeypatch.setattr(f"codepaint_env.render.{fleet}.draw", fail)
    monkeypatch.setattr(episode, "_warned", True)
    envs = make(2, renderer={"path": path})
    envs.reset()
    infos = envs.step([square(7), ""])[4]
    assert infos["status"].tolist() == ["machine_error", "program_error"]
    assert infos["reward/valid"].tolist() == [False, True]


def test_a_machine_failure_raises_where_that_was_asked_for(make, monkeypatch):
    class Broken:
        def render(self, jobs):
            return [Rendering("machine_error", "browser", "the browser died") for _ in jobs]

        def hold(self):
            pass

        release = hold

    monkeypatch.setattr(setting, "shared_renderer", lambda canvas, options: Broken())
    envs = make(2, on_machine_error="raise")
    envs.reset()
    with pytest.raises(MachineError, match="the browser died"):
        envs.step(["", SMALL])
    assert envs.reset()[1]["turn"].tolist() == [0, 0]


# The other modes of gymnasium


@pytest.fixture(scope="module")
def expected():
    """What a vector of our own sees and gets for a seed and two programs."""
    envs = gym.make_vec(ID, num_envs=2, autoreset_mode="SameStep")
    seen = episode_of(envs)
    envs.close()
    return seen


def episode_of(envs):
    observation, infos = envs.reset(seed=21)
    _, values, terminated, _, step_infos = envs.step([LARGE, BAD])
    final = step_infos["final_info"]
    return {
        "prompts": list(observation["prompt"]),
        "tasks": infos["task_id"].tolist(),
        "rewards": values.tolist(),
        "terminated": terminated.tolist(),
        "pixels": final["pixels/sha256"].tolist(),
        "kinds": final["error/kind"].tolist(),
        "coverage": final["reward/components"]["coverage"].tolist(),
        "images": [hash(image["image"].tobytes()) for image in step_infos["final_obs"]],
    }


def test_the_sync_mode_plays_the_same_episodes(make, expected):
    envs = make(2, vectorization_mode="sync", vector_kwargs={"autoreset_mode": SAME_STEP})
    assert isinstance(envs, SyncVectorEnv)
    assert episode_of(envs) == expected


@pytest.mark.parametrize("shared_memory", [True, False])
def test_the_async_mode_plays_the_same_episodes_in_processes_of_their_own(make, expected, shared_memory):
    kwargs = {"autoreset_mode": SAME_STEP, "shared_memory": shared_memory}
    envs = make(2, vectorization_mode="async", vector_kwargs=kwargs)
    assert isinstance(envs, AsyncVectorEnv)
    assert episode_of(envs) == expected


@pytest.mark.full
def test_the_async_mode_plays_the_same_episodes_in_spawned_processes(make, expected):
    kwargs = {"autoreset_mode": SAME_STEP, "context": "spawn"}
    assert episode_of(make(2, vectorization_mode="async", vector_kwargs=kwargs)) == expected


def test_the_sync_mode_takes_wrappers_of_single_environments(make):
    def only_the_picture(env):
        return gym.wrappers.FilterObservation(env, ["image"])

    envs = make(2, vectorization_mode="sync", wrappers=[only_the_picture])
    assert list(envs.reset()[0]) == ["image"]


def test_the_default_mode_leaves_wrappers_and_vector_kwargs_to_the_other_modes(make):
    for kwargs in ({"wrappers": [gym.wrappers.RecordEpisodeStatistics]}, {"vector_kwargs": {"copy": False}}):
        with pytest.raises(gym.error.Error, match=r"wrappers|vector_kwargs"):
            gym.make_vec(ID, num_envs=2, **kwargs)


# Wrappers around a vector


def test_episode_statistics_count_the_rewards(make):
    envs = wrappers.RecordEpisodeStatistics(make(2))
    envs.reset()
    _, values, _, _, infos = envs.step([SMALL, LARGE])
    assert infos["episode"]["r"] == pytest.approx(values)
    assert infos["episode"]["l"].tolist() == [1, 1]


def test_rewards_can_be_transformed_and_normalised(make):
    envs = make(2, autoreset_mode="SameStep")
    doubled = wrappers.TransformReward(envs, lambda values: 2 * values)
    doubled.reset(seed=0)
    twice = doubled.step([SMALL, LARGE])[1]
    envs.reset(seed=0)
    assert (twice == 2 * envs.step([SMALL, LARGE])[1]).all()
    normal = wrappers.NormalizeReward(envs)
    normal.reset(seed=0)
    assert np.isfinite(normal.step([SMALL, LARGE])[1]).all()


def test_observations_can_be_filtered_and_flattened(make):
    envs = wrappers.FilterObservation(make(2), ["image"])
    observation, _ = envs.reset()
    assert observation in envs.observation_space
    flat = wrappers.FlattenObservation(envs)
    assert flat.reset()[0].shape == (2, 512 * 512 * 3)
    assert flat.step([SMALL, BAD])[0] in flat.observation_space


def test_flattening_everything_is_refused_with_the_way_out(make):
    with pytest.raises(TypeError, match="no flat form"):
        wrappers.FlattenObservation(make(2)).reset()


def test_infos_can_be_had_as_a_list(make):
    envs = wrappers.DictInfoToList(make(2))
    assert [info["status"] for info in envs.reset()[1]] == ["", ""]
    infos = envs.step([SMALL, BAD])[4]
    assert [info["status"] for info in infos] == ["ok", "program_error"]
    assert [info["reward/components"]["renders"] for info in infos] == [1.0, 0.0]


def test_observation_wrappers_of_gymnasium_refuse_same_step_themselves(make):
    with pytest.raises(ValueError, match="NEXT_STEP or DISABLED"):
        wrappers.FilterObservation(make(2, autoreset_mode="SameStep"), ["image"])
