"""verl and rewards that compare the samples of a group: `winrate` by whole batches, and by a manager that waits."""

from __future__ import annotations

import asyncio

import pytest

from codepaint_env.trainers.verl import GroupRewardManager, compute_score, compute_scores, rows
from rewards import SpecError
from rewards.errors import MachineError
from rewards.judged.pairs.winrate import WinRate
from rewards.testing.judges import ScriptedJudge
from trl_contract import MIX, Easel, Shares
from verl_contract import config, manager, proto, run_single, score_batch

POPPY, IRIS = rows([{"id": "poppy", "prompt": "a poppy"}, {"id": "iris", "prompt": "an iris"}])
TEXTS = ["a" * 3, "a" * 25, "a" * 12, "a" * 18]  # discs of that radius; the judge likes ink


def winrate(**options):
    return WinRate(judge=ScriptedJudge(kappa=40.0), text="keep", size_px=64, **options)


def options(**more):
    return {"reward": winrate(), "renderer": Easel(), "group_size": 4} | more


def test_whole_groups_of_a_batch_are_compared_wherever_their_responses_lie():
    batch, texts = [POPPY, IRIS] * 4, [text for text in TEXTS for _ in range(2)]
    rewards, columns = score_batch(compute_scores, batch, texts, options())
    assert rewards[::2] == rewards[1::2]
    assert sum(rewards[::2]) == pytest.approx(2.0)
    assert sorted(range(4), key=rewards[::2].__getitem__) == [0, 2, 3, 1]
    assert {"score", "valid", "painted", "part/wins", "part/games"} <= columns.keys()
    assert columns["part/games"] == [3.0] * 8


def test_a_task_that_comes_twice_in_a_row_makes_two_groups():
    weaker = ["a", "aa", "aaaa", "aaaaa"]
    rewards, _ = score_batch(compute_scores, [POPPY] * 8, [*TEXTS[1:], "a" * 30, *weaker], options())
    assert sum(rewards[:4]) == sum(rewards[4:]) == pytest.approx(2.0)


def test_a_program_that_fails_scores_0_and_a_machine_that_fails_raises_or_gets_the_floor():
    rewards, _ = score_batch(compute_scores, [POPPY] * 4, ["", *TEXTS[1:]], options())
    assert rewards[0] == 0.0
    with pytest.raises(MachineError, match=r"A response to 'poppy' has no score: the worker died$"):
        score_batch(compute_scores, [POPPY] * 4, ["break", *TEXTS[1:]], options())
    rewards, columns = score_batch(
        compute_scores, [POPPY] * 4, ["break", *TEXTS[1:]], options(on_machine_error="floor")
    )
    assert (rewards[0], columns["valid"]) == (0.0, [0.0, 1.0, 1.0, 1.0])
    assert sum(rewards) == pytest.approx(1.5)  # three played among themselves


@pytest.mark.parametrize(
    ("batch", "more", "why"),
    [
        (
            [POPPY] * 3,
            {},
            "3 responses of the group 'poppy' came instead of 4: it was split over calls.*num_workers=1",
        ),
        ([POPPY] * 4 + [IRIS] * 2, {}, "2 responses of the group 'iris'"),
        ([POPPY, IRIS] * 8, {}, "8 responses of the group 'poppy' came instead of 4"),
        (
            [POPPY] * 4,
            {"group_size": None},
            r"'winrate' compares .* reward_kwargs\.group_size is None; set it to .*rollout\.n",
        ),
        ([POPPY] * 4, {"group_size": 1}, "group_size is 1"),
        ([POPPY] * 4, {"on_machine_error": "mask"}, r"reward_kwargs\.on_machine_error is 'mask'"),
    ],
)
def test_what_is_not_whole_is_refused_by_its_name_before_anything_is_painted(batch, more, why):
    easel = Easel()
    with pytest.raises(SpecError, match=why):
        score_batch(compute_scores, batch, ["aaa"] * len(batch), options(renderer=easel) | more)
    assert easel.batches == []


def test_a_reward_that_judges_each_by_itself_needs_no_whole_groups():
    rewards, _ = score_batch(
        compute_scores, [POPPY, IRIS, POPPY], ["aaa", "a", ""], {"reward": MIX, "renderer": Easel()}
    )
    assert rewards[0] > rewards[1] > rewards[2] == 0.0


def test_a_reward_that_moves_takes_the_first_step_of_a_group():
    moving = "0.5*renders + ramp(0, 0.5, steps=10)*renders"
    at = [
        row | {"extra_info": row["extra_info"] | {"min_global_steps": n}}
        for row, n in ((POPPY, 4), (POPPY, 6))
    ]
    later = IRIS | {"extra_info": IRIS["extra_info"] | {"min_global_steps": 99}}
    rewards, _ = score_batch(
        compute_scores, [*at, later], ["aaaa"] * 3, {"reward": moving, "renderer": Easel()}
    )
    assert rewards == pytest.approx([0.7, 0.7, 1.0])


def test_one_response_at_a_time_is_refused_with_the_way_out():
    with pytest.raises(
        SpecError, match=r"'winrate' compares .* verl asks about one at a time.*GroupRewardManager"
    ):
        asyncio.run(run_single(compute_score, POPPY, "aaa", {"reward": winrate(), "renderer": Easel()}))


def scored(responses, settings=None, patience_s=None, **more):
    """Sends responses as (row, text, uid) to a manager, all at once."""

    async def run():
        made = manager(GroupRewardManager, compute_scores, settings or config(), options(**more))
        if patience_s is not None:
            made.patience_s = patience_s
        sent = [made.run_single(proto(row, text, uid=uid)) for row, text, uid in responses]
        return await asyncio.gather(*sent, return_exceptions=True)

    return asyncio.run(run())


def test_the_manager_waits_for_each_group_and_gives_every_response_its_own_score():
    due, _ = score_batch(compute_scores, [POPPY] * 4, TEXTS, options())
    sent = [each for text in TEXTS for each in ((POPPY, text, "u1"), (IRIS, text, "u2"), (POPPY, text, "u3"))]
    told = scored(sent)
    assert [each["reward_score"] for each in told[::3]] == due
    assert [each["reward_score"] for each in told[2::3]] == due
    assert all(each["reward_extra_info"]["score"] == each["reward_score"] for each in told)


def test_in_the_manager_a_machine_that_fails_costs_its_response_alone():
    told = scored([(POPPY, text, "u") for text in ("break", *TEXTS[1:])])
    assert isinstance(told[0], MachineError)
    assert sum(each["reward_score"] for each in told[1:]) == pytest.approx(1.5)
    told = scored([(POPPY, text, "u") for text in TEXTS], reward="covrage")
    assert all(isinstance(each, SpecError) for each in told)


def test_a_group_that_never_gets_whole_has_no_scores():
    whole = [(IRIS, text, "u2") for text in TEXTS]
    told = scored([(POPPY, text, "u1") for text in TEXTS[:3]] + whole, patience_s=0.4)
    assert all(isinstance(each, MachineError) for each in told[:3])
    assert "3 of 4 responses of a group came within 0.4 s" in str(told[0])
    assert sum(each["reward_score"] for each in told[3:]) == pytest.approx(2.0)


def test_what_the_rollout_adds_reaches_the_function_and_the_shared_row_is_left_as_it_is():
    shares = Shares()
    row = POPPY | {"extra_info": dict(POPPY["extra_info"]), "tool_extra_fields": {"group": "poppy@7"}}
    told = scored([(row, "aaa", "u")] * 4, reward=shares)
    assert [each["reward_score"] for each in told] == [0.3] * 4
    assert {sample.group for sample in shares.seen[0]} == {"poppy@7"}
    assert row["extra_info"] == POPPY["extra_info"]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"reward__num_workers": 8}, r"reward\.num_workers is 8, which splits groups"),
        ({"n": 1}, r"actor_rollout_ref\.rollout\.n is 1"),
        (
            {"actor_rollout_ref__rollout__val_kwargs__n": 1},
            r"val_kwargs\.n is 1 and rollout\.n is 4; give both",
        ),
        (
            {"data__train_batch_size": 512},
            r"train_batch_size x rollout\.n is 2048, and a reward worker holds 1000",
        ),
    ],
)
def test_a_configuration_that_splits_groups_is_refused_when_the_manager_is_made(told, why):
    with pytest.raises(SpecError, match=why):
        manager(GroupRewardManager, compute_scores, config(**told), {})


def test_without_validation_its_group_size_is_nobodys_business():
    settings = config(actor_rollout_ref__rollout__val_kwargs__n=1, trainer__val_before_train=False)
    assert manager(GroupRewardManager, compute_scores, settings, {}).size == 4


def test_a_response_without_a_uid_is_refused():
    async def run():
        data = proto(POPPY, "aaa")
        del data[0].non_tensor_batch["uid"]
        await manager(GroupRewardManager, compute_scores, config(), options()).run_single(data)

    with pytest.raises(SpecError, match="verl told no 'uid' beside a response"):
        asyncio.run(run())
