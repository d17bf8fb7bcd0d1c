"""verl's custom reward function by itself: what verl passes and does with the answer is as its source (0.9.1) has it."""

import asyncio
import inspect
import json
from functools import partial

import numpy as np
import pytest

from codepaint_env.trainers.verl import compute_score, rows
from rewards import SpecError
from rewards.errors import MachineError, MissingPart
from trl_contract import MIX, Easel, Ranks, Shares
from verl_contract import columns, run_single, settled

ROWS = rows([{"id": "poppy", "prompt": "a poppy"}, {"id": "iris", "prompt": "an iris"}])


def told(texts, row=ROWS[0], **options):
    options = {"reward": MIX, "renderer": Easel()} | options
    return asyncio.run(settled(compute_score, [row] * len(texts), texts, options))


def scores(texts, **options):
    return [each["reward_score"] for each in told(texts, **options)]


def test_verl_sees_a_coroutine_function_also_behind_its_kwargs():
    assert inspect.iscoroutinefunction(partial(compute_score, reward=MIX))


def test_a_better_picture_scores_higher_and_a_bad_program_lowest():
    small, large, empty, cut_off = scores(["a" * 3, "a" * 25, "", "```js\n"])
    assert large > small > empty == cut_off == 0.0


def test_every_answer_has_the_same_keys_and_plain_numbers():
    done = told(["aaaa", "", "break", "x" * 100_001], on_machine_error="floor")
    kept = columns(done)
    assert list(kept) == [
        "score",
        "valid",
        "painted",
        "painted_score",
        "part/renders",
        "part/coverage",
        "part/coverage/share",
    ]
    assert all(type(value) is float for column in kept.values() for value in column)
    assert (kept["valid"], kept["painted"]) == ([1.0, 1.0, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0])
    assert kept["score"][2] == 0.0
    assert kept["painted_score"] == [kept["score"][0], 0.0, 0.0, 0.0]


def test_a_machine_failure_raises_and_leaves_the_others_as_they_are():
    good, broken, bad = told(["aaaa", "break", ""])
    assert isinstance(broken, MachineError)
    assert "'poppy' has no score: renders: the worker died" in str(broken)
    assert (good["reward_score"], bad["reward_score"]) == (scores(["aaaa"])[0], 0.0)


def test_a_judge_that_is_down_raises_too():
    [down] = told(["judge down"], reward=Shares())
    assert isinstance(down, MachineError)


def test_the_task_and_its_group_come_from_extra_info():
    shares = Shares()
    own = {"index": 0, "task_id": "poppy", "task": "a poppy", "features": np.array(["red"], dtype=object)}
    row = ROWS[0] | {"extra_info": own}
    told(["aaa"], row, reward=shares)
    told(["aaa"], row | {"extra_info": own | {"group": "poppy@7"}}, reward=shares)
    [first], [second] = shares.seen
    assert (first.task.id, first.task.prompt, first.task.features) == ("poppy", "a poppy", ("red",))
    assert (first.group, second.group) == ("poppy", "poppy@7")


def test_without_an_id_in_extra_info_the_ground_truth_names_the_task():
    shares = Shares()
    told(["aaa"], ROWS[0] | {"extra_info": {"task": "a poppy"}}, reward=shares)
    assert shares.seen[0][0].task.id == "poppy"


def test_what_verl_adds_to_extra_info_while_a_response_is_scored_changes_nothing():
    shares = Shares()
    row = ROWS[0] | {"extra_info": dict(ROWS[0]["extra_info"])}

    async def meddled():
        scoring = asyncio.ensure_future(
            run_single(compute_score, row, "aaa", {"reward": shares, "renderer": Easel()})
        )
        await asyncio.sleep(0)
        row["extra_info"].clear()
        return await scoring

    assert asyncio.run(meddled())["reward_score"] == 0.3


def test_calls_at_the_same_time_share_one_scorer_and_different_rewards_do_not():
    easel = Easel()
    assert len(scores(["a", "aa", "aaa"], renderer=easel)) == 3
    assert scores(["aaa"], renderer=easel, reward="trl_contract:Shares") == [0.3]


def test_options_may_be_mappings_and_lists_of_another_kind():
    class Config(dict):
        pass

    spec = Config({"weighted": [[0.3, "renders"], [0.7, "coverage"]]})
    assert scores(["aaaa"], reward=spec) == scores(["aaaa"])


def test_numbers_are_kept_where_log_to_says(tmp_path):
    scores(["a"] * 200, log_to=str(tmp_path))
    [file] = tmp_path.iterdir()
    [line] = file.read_text().splitlines()
    assert {"mean/coverage", "spread/coverage", "valid_rate", "quality_given_valid"} <= json.loads(
        line
    ).keys()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"extra_info": {}}, "no 'task'; take rows .* as data.train_files"),
        ({"extra_info": None}, "None is no task; take rows .* as data.train_files"),
        ({"extra_info": {"task": 3, "task_id": "poppy"}}, "no 'task'"),
    ],
)
def test_rows_that_are_not_ours_are_refused_by_the_name_of_the_setting(row, why):
    with pytest.raises(SpecError, match=why):
        asyncio.run(compute_score("x", "aaa", "poppy", row["extra_info"], reward=MIX, renderer=Easel()))


@pytest.mark.parametrize(
    ("options", "error", "why"),
    [
        (
            {"reward": Ranks()},
            SpecError,
            r"set reward\.custom_reward_function\.reward_kwargs\.reward to a reward",
        ),
        (
            {"on_machine_error": "mask"},
            SpecError,
            "reward_kwargs.on_machine_error is 'mask'; it must be raise or floor",
        ),
        ({"reward": "covrage"}, SpecError, "Did you mean 'coverage'"),
        ({"canvas": "svgg"}, SpecError, "svg"),
        (
            {"reward": {"name": "pairwise", "judge": {"model": "m"}}},
            MissingPart,
            r"OPENAI_API_KEY.*\+ray_kwargs\.ray_init\.runtime_env\.env_vars",
        ),
    ],
)
def test_a_wrong_option_raises_in_one_sentence(options, error, why, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    [raised] = told(["aaa"], **options)
    assert isinstance(raised, error)
    with pytest.raises(error, match=why):
        raise raised


@pytest.mark.parametrize("shape", [None, ["aaa"], b"aaa", {"role": "assistant", "content": "aaa"}])
def test_a_response_that_is_no_text_is_refused(shape):
    [raised] = told([shape])
    assert isinstance(raised, SpecError)
    assert "verl gave a" in str(raised)
