"""Several turns an episode: what is rewarded, what is shown between, and how episodes end."""

import json
import math
import os
import subprocess
import sys
import warnings

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.envs.registration import EnvSpec
from gymnasium.error import ResetNeeded
from gymnasium.utils.env_checker import check_env
from gymnasium.vector import AutoresetMode

import rewards
from codepaint_env.episodes import episode, setting
from codepaint_env.episodes.turns import UNCHANGED
from rewards import MachineError, Rendering, Score, SpecError, Traits

ID = "codepaint/P5Brush-v0"
MODES = ("final", "delta")
NONE_ASKED = ("renders", "coverage", "coverage/share")


def sketch(*squares, tail=""):
    """A sheet of 64 x 64 with squares of (left, top, side); `tail` runs last."""
    rects = "".join(f" rect({left}, {top}, {side}, {side});" for left, top, side in squares)
    return (
        "function setup() { createCanvas(64, 64, WEBGL); background(250); noStroke();"
        f" fill(20, 60, 120);{rects} {tail}}}"
    )


SMALL, LARGE = sketch((-8, -8, 16)), sketch((-20, -20, 40))
SPECK = (20, 20, 4)  # 16 of 4,096 cells: 0.39 % of the sheet
SMALL_AND_SPECK = sketch((-8, -8, 16), SPECK)
SMALL_AND_TWO = sketch((-8, -8, 16), SPECK, (-28, -28, 4))
SMALL_THEN_THROWS = sketch((-8, -8, 16), tail="throw new Error('late'); ")
THROWS, FALLS_SILENT = "throw new Error('oops')", "// the judge falls silent"


@pytest.fixture(scope="module", autouse=True)
def workers():
    """Keeps the workers of the default options for the file."""
    env = gym.make(ID)
    yield
    env.close()


@pytest.fixture
def make():
    """Makes environments of three turns that are closed after the test."""
    made = []

    def make_env(max_turns=3, **kwargs):
        made.append(gym.make(ID, max_turns=max_turns, **kwargs))
        return made[-1]

    yield make_env
    for env in made:
        env.close()


@pytest.fixture
def make_vec():
    """Makes vectors of episodes of three turns that are closed after the test."""
    made = []

    def make(num_envs=2, max_turns=3, **kwargs):
        made.append(gym.make_vec(ID, num_envs=num_envs, max_turns=max_turns, **kwargs))
        return made[-1]

    yield make
    for envs in made:
        envs.close()


asked = []
STAND_IN = {"16": "a stand-in, which counts how often it is asked"}


class Size:
    """How much of the sheet is dark; notes what it was asked, and falls silent where a program says so."""

    name, needs, version = "size", frozenset({"image"}), "1"
    traits = Traits(components=("dark",), disclaims=STAND_IN)

    def __call__(self, samples, /):
        asked.extend(sample.program for sample in samples)
        return [self.score(sample) for sample in samples]

    def score(self, sample):
        if sample.rendering.status == "machine_error" or FALLS_SILENT in sample.program:
            return Score(None, reason="the judge is silent")
        if not sample.rendering.ok:
            return Score(0.0, {"dark": 0.0})
        value = float((sample.rendering.image[..., 0] < 100).mean())
        return Score(value, {"dark": value}, reason=f"dark on {value}", references=("ref-07",))


class Critic(Size):
    """Tells the painter something, too."""

    def critique(self, sample):
        return "The square could be larger.\n"


class Tattler(Size):
    """Tells the painter what it should not."""

    def critique(self, sample):
        return f"This one earns {self.score(sample).value:.4f}."


class RanksGroup(Size):
    traits = Traits(scope="group", disclaims=STAND_IN)

    def __call__(self, samples, /):
        asked.append(len(samples))
        return [Score(place / len(samples)) for place in range(len(samples))]


calls_of_moody = []


def moody(samples):
    """A judge whose verdict falls from call to call, whatever it is shown."""
    calls_of_moody.append(len(samples))
    return [Score(1 / (1 + len(calls_of_moody))) for _ in samples]


moody.traits = Traits(disclaims=STAND_IN)


def play(env, *programs):
    """Plays one episode and returns, for each turn, observation, reward, end and info."""
    env.reset(seed=0)
    turns = []
    for program in programs:
        observation, reward, terminated, truncated, info = env.step(program)
        assert (type(reward), truncated, observation in env.observation_space) == (float, False, True)
        turns.append((observation, reward, terminated, info))
    return turns


def rewarded(turns):
    return [reward for _, reward, _, _ in turns]


def dark(side):
    return side * side / 4096


# The two modes


def test_the_first_turns_of_final_earn_nothing_and_the_last_what_its_picture_is_worth(make):
    turns = play(make(reward=Size()), SMALL, THROWS, LARGE)
    assert rewarded(turns) == [0.0, 0.0, dark(40)]
    assert [over for _, _, over, _ in turns] == [False, False, True]
    assert [info["reward/valid"] for *_, info in turns] == [True] * 3
    assert [info["turn"] for *_, info in turns] == [1, 2, 3]
    assert [int(observation["turn"]) for observation, *_ in turns] == [1, 2, 3]


def test_final_asks_the_reward_about_the_last_picture_only(make):
    asked.clear()
    turns = play(make(reward=Size()), SMALL, LARGE, SMALL)
    assert asked == [SMALL]
    assert [info["reward/skipped"] for *_, info in turns] == [("dark",), ("dark",), ()]
    assert [info["reward/components"]["dark"] for *_, info in turns] == [0.0, 0.0, dark(16)]
    assert [info["references"] for *_, info in turns] == [(), (), ("ref-07",)]


def test_final_pays_for_the_last_picture_even_if_it_did_not_change(make):
    turns = play(make(2, reward=Size()), LARGE, LARGE)
    assert rewarded(turns) == [0.0, dark(40)]
    assert turns[-1][3]["picture/unchanged"] is True


def test_a_last_program_that_fails_earns_the_floor_whatever_was_painted_before(make):
    turns = play(make(2), LARGE, THROWS)
    assert rewarded(turns) == [0.0, 0.0]
    assert (turns[-1][2], turns[-1][3]["status"], turns[-1][3]["reward/valid"]) == (
        True,
        "program_error",
        True,
    )


def test_one_turn_is_worth_the_same_in_both_modes(make):
    [final, delta] = [rewarded(play(make(1, reward_mode=mode), LARGE)) for mode in MODES]
    assert final == delta
    assert final[0] > 0.5


def test_delta_pays_each_turn_for_what_its_picture_gained(make):
    turns = play(make(reward=Size(), reward_mode="delta"), SMALL, LARGE, SMALL)
    assert rewarded(turns) == [dark(16), dark(40) - dark(16), dark(16) - dark(40)]
    assert [over for _, _, over, _ in turns] == [False, False, True]
    assert [info["reward/components"]["dark"] for *_, info in turns] == [dark(16), dark(40), dark(16)]


def test_a_picture_that_does_not_visibly_change_earns_nothing_in_delta_and_is_not_judged(make):
    asked.clear()
    turns = play(
        make(4, reward=Size(), reward_mode="delta"), SMALL, SMALL, f"{SMALL} // again", SMALL_AND_SPECK
    )
    assert rewarded(turns) == [dark(16), 0.0, 0.0, 0.0]
    assert asked == [SMALL]
    assert [info["picture/unchanged"] for *_, info in turns] == [False, True, True, True]
    assert [info["reward/skipped"] for *_, info in turns] == [(), ("dark",), ("dark",), ("dark",)]


def test_small_changes_add_up_until_they_are_seen_and_none_is_lost(make):
    turns = play(make(reward=Size(), reward_mode="delta"), SMALL, SMALL_AND_SPECK, SMALL_AND_TWO)
    assert [info["picture/unchanged"] for *_, info in turns] == [False, True, False]
    assert rewarded(turns)[1] == 0.0
    assert sum(rewarded(turns)) == pytest.approx(dark(16) + 2 * dark(4))


def test_an_edit_that_nobody_sees_cannot_reroll_a_moody_judge(make):
    calls_of_moody.clear()
    turns = play(
        make(5, reward=moody, reward_mode="delta"), SMALL, *[f"{SMALL} // {i}" for i in range(3)], LARGE
    )
    assert len(calls_of_moody) == 2
    assert rewarded(turns) == [1 / 2, 0.0, 0.0, 0.0, 1 / 3 - 1 / 2]


def test_delta_charges_a_program_that_fails_after_one_that_painted_and_pays_for_mending_it(make):
    env = make(reward=Size(), reward_mode="delta")
    turns = play(env, SMALL, SMALL_THEN_THROWS, SMALL)
    images = [observation["image"] for observation, *_ in turns]
    assert (images[0] == images[1]).all()
    assert (images[1] == images[2]).all()
    assert rewarded(turns) == [dark(16), -dark(16), dark(16)]
    assert [info["picture/unchanged"] for *_, info in turns] == [False] * 3


def test_a_program_that_goes_on_failing_changed_nothing(make):
    turns = play(make(reward=Size(), reward_mode="delta"), THROWS, THROWS, "throw 2")
    assert rewarded(turns) == [0.0] * 3
    assert [info["picture/unchanged"] for *_, info in turns] == [False, True, True]


# What a policy sees


@pytest.mark.parametrize("mode", MODES)
def test_each_turn_shows_its_picture_and_what_the_console_said(make, mode):
    env = make(reward_mode=mode)
    speaks = sketch((-20, -20, 40), tail="console.warn('mind the edge'); ")
    turns = play(env, THROWS, speaks, SMALL)
    feedback = [observation["feedback"] for observation, *_ in turns]
    assert feedback[0] == "program_error runtime: Error: oops (line 1)"
    assert feedback[1].startswith("ok\n")
    assert "mind the edge" in feedback[1]
    assert turns[0][0]["image"].min() == 255
    assert turns[1][0]["image"][256, 256].tolist() == [20, 60, 120]
    assert {observation["prompt"] for observation, *_ in turns} == {turns[0][0]["prompt"]}


def test_an_unchanged_picture_is_told_in_the_feedback_and_a_changed_one_is_not(make):
    turns = play(make(), SMALL, SMALL, LARGE)
    assert [UNCHANGED in observation["feedback"] for observation, *_ in turns] == [False, True, False]


def test_the_pictures_of_an_episode_are_arrays_of_their_own(make):
    turns = play(make(), SMALL, SMALL, SMALL)
    turns[0][0]["image"][:] = 0
    assert turns[1][0]["image"].max() == 250
    assert turns[2][0]["image"].max() == 250


def test_a_reward_may_tell_the_painter_something_on_every_turn(make):
    turns = play(make(2, reward=Critic()), SMALL, SMALL)
    fitted = "The canvas was 64 x 64 and is shown at 512 x 512."
    assert turns[0][0]["feedback"] == f"ok\n{fitted}\nThe square could be larger."
    assert turns[1][0]["feedback"] == f"ok\n{fitted}\n{UNCHANGED}\nThe square could be larger."


def test_a_critique_is_of_a_picture_so_a_failed_program_has_none(make):
    assert "larger" not in play(make(2, reward=Critic()), SMALL_THEN_THROWS)[0][0]["feedback"]


def test_where_nobody_paints_again_nothing_is_criticised(make):
    assert "larger" not in play(make(1, reward=Critic()), SMALL)[0][0]["feedback"]


def test_the_default_reward_tells_what_to_do_better(make):
    feedback = [observation["feedback"] for observation, *_ in play(make(), sketch((0, 0, 8)), LARGE)]
    assert (
        feedback[0].splitlines()[-1]
        == "Most of the sheet is bare, or of one colour: paint larger, or paint more."
    )
    assert "bare" not in feedback[1]


@pytest.mark.parametrize("mode", MODES)
def test_nothing_of_the_score_is_in_what_a_policy_sees(make, mode):
    for observation, _, _, info in play(make(reward=Critic(), reward_mode=mode), SMALL, LARGE, SMALL):
        told = observation["feedback"] + observation["prompt"]
        value = info["reward/components"]["dark"]
        secrets = [repr(value), f"{value:.3f}", f"{value:.2%}", "dark", "ref-07"] if value else ["ref-07"]
        assert not [secret for secret in secrets if secret in told]


def test_a_critique_that_tells_the_score_is_a_bug_and_is_raised(make):
    env = make(reward=Tattler(), reward_mode="delta")
    env.reset()
    with pytest.raises(ValueError, match=r"critique of size tells the policy a score \(0.0625\)"):
        env.step(SMALL)


def test_the_episode_in_words_tells_on_which_turns_nothing_was_asked(make):
    env = make(2, render_mode="ansi")
    env.reset()
    env.step(SMALL)
    assert "turn      1" in env.render()
    assert "reward    none on this turn" in env.render()
    reward = env.step(LARGE)[1]
    assert f"reward    {reward:.3f}" in env.render()


# Infos, the checker, specs, processes


@pytest.mark.parametrize("mode", MODES)
def test_the_checker_of_gymnasium_is_content_without_a_warning(mode):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        env = gym.make(ID, max_turns=3, reward_mode=mode, render_mode="rgb_array")
        check_env(env.unwrapped)
        env.close()


@pytest.mark.parametrize("mode", MODES)
def test_infos_have_the_same_keys_and_types_on_every_turn(make, mode):
    env = make(5, reward_mode=mode)
    _, first = env.reset(seed=0)
    infos = [first, *(info for *_, info in play(env, SMALL, SMALL, THROWS, "", LARGE))]
    for info in infos:
        assert {key: type(value) for key, value in info.items()} == {k: type(v) for k, v in first.items()}
        assert list(info["reward/components"]) == list(NONE_ASKED)
        assert all(math.isfinite(part) for part in info["reward/components"].values())
    assert type(first["picture/unchanged"]) is bool
    assert [info["picture/unchanged"] for info in infos] == [False, False, True, False, True, False]


def test_a_new_episode_forgets_the_last_one(make):
    env = make(2, reward=Size(), reward_mode="delta")
    assert rewarded(play(env, LARGE)) == [dark(40)]
    turns = play(env, LARGE)
    assert rewarded(turns) == [dark(40)]
    assert turns[0][3]["picture/unchanged"] is False


def test_a_spec_survives_json(make):
    env = make(reward_mode="delta", tasks=["a poppy"])
    text = env.spec.to_json()
    assert json.loads(text)["kwargs"]["max_turns"] == 3
    again = gym.make(EnvSpec.from_json(text))
    assert again.observation_space["turn"].n == 4
    assert rewarded(play(again, SMALL, SMALL))[1] == 0.0
    assert not again.step(LARGE)[3]
    again.close()


def episode_in_json():
    env = gym.make(ID, max_turns=4, reward_mode="delta")
    turns = play(env, SMALL, f"{SMALL} // in another process", THROWS, LARGE)
    env.close()
    return json.dumps([(seen["feedback"], reward, over, info) for seen, reward, over, info in turns])


@pytest.mark.full
def test_another_process_that_hashes_differently_gives_equal_infos():
    done = subprocess.run(
        [sys.executable, "-c", "import test_turns; print(test_turns.episode_in_json())"],
        capture_output=True,
        text=True,
        check=True,
        cwd=os.path.dirname(__file__),
        env={**os.environ, "PYTHONHASHSEED": "1"},
    )
    assert done.stdout.strip() == episode_in_json()


# Machine failures


class DiesOnLarge:
    """A renderer whose machine dies of one program."""

    def render(self, jobs):
        died = Rendering("machine_error", "browser", "the browser died")
        image = np.full((512, 512, 3), 250, np.uint8)
        return [died if job.program == LARGE else Rendering("ok", image=image) for job in jobs]

    def hold(self):
        pass

    release = hold


@pytest.mark.parametrize("mode", MODES)
def test_a_machine_failure_in_mid_episode_ends_it_without_a_reward(make, monkeypatch, mode):
    monkeypatch.setattr(setting, "shared_renderer", lambda canvas, options: DiesOnLarge())
    monkeypatch.setattr(episode, "_warned", False)
    env = make(reward_mode=mode)
    with pytest.warns(RuntimeWarning, match="the browser died"):
        turns = play(env, SMALL, LARGE)
    _, reward, over, info = turns[-1]
    assert (reward, over, info["reward/valid"], info["turn"]) == (0.0, True, False, 2)
    assert (info["status"], info["error/message"]) == ("machine_error", "the browser died")
    assert (info["reward/skipped"], info["picture/unchanged"]) == (NONE_ASKED, False)
    with pytest.raises(ResetNeeded):
        env.step(SMALL)


def test_a_judge_that_falls_silent_in_mid_episode_ends_it_without_a_reward(make, monkeypatch):
    monkeypatch.setattr(episode, "_warned", True)
    turns = play(make(reward=Size(), reward_mode="delta"), SMALL, LARGE + FALLS_SILENT)
    _, reward, over, info = turns[-1]
    assert (reward, over, info["reward/valid"], info["status"]) == (0.0, True, False, "ok")


def test_a_machine_failure_raises_where_that_was_asked_for_and_the_next_episode_can_begin(make):
    env = make(reward=Size(), reward_mode="delta", on_machine_error="raise")
    with pytest.raises(MachineError, match="the judge is silent"):
        play(env, SMALL, LARGE + FALLS_SILENT)
    assert rewarded(play(env, SMALL)) == [dark(16)]


# Vectors: the second episode ends on its second turn of three, as its judge falls silent

SILENT = LARGE + FALLS_SILENT


@pytest.fixture
def uneven(make_vec, monkeypatch):
    """Makes vectors of episodes that are not equally long."""
    monkeypatch.setattr(episode, "_warned", True)

    def make(**kwargs):
        envs = make_vec(reward=Size(), reward_mode="delta", **kwargs)
        envs.reset(seed=0)
        return envs

    return make


def test_an_episode_of_a_vector_is_the_one_that_a_single_environment_plays(make_vec, make):
    envs = make_vec(reward_mode="delta")
    envs.reset(seed=0)
    steps = [envs.step([SMALL, program]) for program in (THROWS, SMALL, LARGE)]
    alone = play(make(reward_mode="delta"), SMALL, SMALL, SMALL)
    assert [step[1][0] for step in steps] == rewarded(alone)
    assert [step[0]["feedback"][0] for step in steps] == [seen["feedback"] for seen, *_ in alone]
    assert [bool(step[2][0]) for step in steps] == [False, False, True]
    assert [bool(step[4]["picture/unchanged"][0]) for step in steps] == [False, True, True]
    assert steps[2][1][1] > 0


def test_next_step_resets_each_episode_on_the_step_after_its_own_end(uneven):
    envs = uneven()
    envs.step([SMALL, SMALL])
    _, values, over, _, infos = envs.step([LARGE, SILENT])
    assert (over.tolist(), infos["reward/valid"].tolist()) == ([False, True], [True, False])
    observation, values, over, _, infos = envs.step([SMALL, "ignored"])
    assert (over.tolist(), observation["turn"].tolist()) == ([True, False], [3, 0])
    assert values.tolist() == [dark(16) - dark(40), 0.0]
    assert infos["status"].tolist() == ["ok", ""]
    observation, values, over, _, _ = envs.step(["ignored", LARGE])
    assert (over.tolist(), observation["turn"].tolist()) == ([False, False], [0, 1])
    assert values.tolist() == [0.0, dark(40)]


def test_same_step_begins_anew_only_what_has_ended(uneven):
    envs = uneven(autoreset_mode="SameStep")
    infos = envs.step([SMALL, SMALL])[4]
    assert "final_info" not in infos
    observation, _, over, _, infos = envs.step([LARGE, SILENT])
    assert (over.tolist(), observation["turn"].tolist()) == ([False, True], [2, 0])
    assert infos["_final_info"].tolist() == [False, True]
    assert bool(infos["final_info"]["reward/valid"][1]) is False
    assert infos["final_obs"][1]["image"][256, 256].tolist() == [20, 60, 120]
    observation, values, over, _, infos = envs.step([SMALL, SMALL])
    assert (over.tolist(), observation["turn"].tolist()) == ([True, False], [0, 1])
    assert infos["_final_info"].tolist() == [True, False]
    assert values.tolist() == [dark(16) - dark(40), dark(16)]


def test_disabled_leaves_what_has_ended_to_be_reset_by_a_mask(uneven):
    envs = uneven(autoreset_mode="Disabled")
    envs.step([SMALL, SMALL])
    envs.step([LARGE, SILENT])
    with pytest.raises(ResetNeeded):
        envs.step([SMALL, SMALL])
    envs.reset(options={"reset_mask": np.array([False, True])})
    observation, values, over, _, _ = envs.step([SMALL, SMALL])
    assert (over.tolist(), observation["turn"].tolist()) == ([True, False], [3, 1])
    assert values.tolist() == [dark(16) - dark(40), dark(16)]


def test_the_sync_mode_of_gymnasium_plays_the_same_uneven_episodes(uneven):
    def played(envs):
        steps = [
            envs.step(list(pair))
            for pair in ((SMALL, SMALL), (LARGE, SILENT), (SMALL, LARGE), (LARGE, SMALL))
        ]
        return [(values.tolist(), over.tolist(), seen["turn"].tolist()) for seen, values, over, *_ in steps]

    same_step = {"autoreset_mode": AutoresetMode.SAME_STEP}
    for ours, theirs in (({}, {}), ({"autoreset_mode": "SameStep"}, {"vector_kwargs": same_step})):
        assert played(uneven(**ours)) == played(uneven(vectorization_mode="sync", **theirs))


def test_what_came_of_a_turn_that_was_not_judged_can_be_read(make_vec):
    envs = make_vec(reward=Size()).unwrapped
    envs.reset(seed=0)
    envs.step([SMALL, THROWS])
    assert [result.judged for result in envs.evaluated] == [False, False]
    assert [result.sample.program for result in envs.evaluated] == [SMALL, THROWS]
    assert [result.sample.rendering.status for result in envs.evaluated] == ["ok", "program_error"]


# Groups and arguments


def test_a_reward_of_groups_sees_the_last_pictures_of_a_whole_group_once(make_vec):
    asked.clear()
    envs = make_vec(3, reward=RanksGroup())
    envs.reset(seed=0, options={"task_id": "flowers-blue-poppy"})
    values = [envs.step([SMALL, THROWS, LARGE])[1].tolist() for _ in range(3)]
    assert values == [[0.0] * 3, [0.0] * 3, [0.0, 1 / 3, 2 / 3]]
    assert asked == [3]


def test_a_machine_failure_leaves_the_rest_of_a_group_to_be_compared(make_vec, monkeypatch):
    monkeypatch.setattr(setting, "shared_renderer", lambda canvas, options: DiesOnLarge())
    monkeypatch.setattr(episode, "_warned", True)
    asked.clear()
    envs = make_vec(3, reward=RanksGroup(), autoreset_mode="SameStep")
    envs.reset(seed=0, options={"prompt": "a poppy"})
    envs.step([LARGE, SMALL, SMALL])
    infos = envs.step([SMALL] * 3)[4]
    assert infos["task_id"][0] != infos["task_id"][1]
    _, values, over, *_ = envs.step([SMALL] * 3)
    assert (values.tolist(), over.tolist(), asked) == ([0.0, 0.0, 0.5], [False, True, True], [2])


def test_the_gain_of_a_reward_of_groups_is_refused(make_vec):
    with pytest.raises(SpecError, match=r"'size' compares the samples of a group.*Take reward_mode='final'"):
        make_vec(reward=RanksGroup(), reward_mode="delta")


@pytest.mark.parametrize("value", [0, -1, True, False, 1.5, "3", None])
@pytest.mark.parametrize("make_one", [gym.make, gym.make_vec])
def test_a_number_of_turns_that_is_none_is_refused_with_its_value(make_one, value):
    with pytest.raises(SpecError, match=f"max_turns is {value!r}; it must be a whole number above 0"):
        make_one(ID, max_turns=value)


def test_a_mix_passes_on_what_its_members_say(make):
    mix = rewards.Weighted([(0.5, rewards.make(Critic())), (0.5, rewards.make("coverage"))])
    observation = play(make(2, reward=mix), sketch((0, 0, 8)))[0][0]
    assert observation["feedback"].splitlines()[-2:] == [
        "The square could be larger.",
        "Most of the sheet is bare, or of one colour: paint larger, or paint more.",
    ]
