"""The TRL adapter by itself: what TRL passes to reward functions is faked as its source (1.16) has it."""

import asyncio
import logging
import pickle
import sys
import threading
from types import SimpleNamespace

import numpy as np
import pytest

import rewards
from codepaint_env.episodes.turns import feedback
from codepaint_env.tasks import task_id
from codepaint_env.trainers.trl import (
    TooManyInvalid,
    dataset,
    reward_funcs,
)
from rewards import Rendering, Score, SpecError
from rewards.errors import BudgetSpent, MachineError, MissingPart
from rewards.preflight import NoSpread
from trl_contract import MIX, Easel, Ranks, Shares, Trainer, made


class Raises(Shares):
    """Raises what it is given, as often as it is asked."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def __call__(self, samples, /):
        raise self.error


def config(**options):
    told = {
        "num_generations": 4,
        "num_generations_eval": None,
        "per_device_train_batch_size": 4,
        "per_device_eval_batch_size": 4,
        "steps_per_generation": 1,
        "eval_strategy": "no",
        "multi_objective_aggregation": "sum_then_normalize",
    }
    return SimpleNamespace(**told | options)


def test_each_member_of_a_linear_mix_is_a_function_with_its_own_name():
    assert [function.__name__ for function in reward_funcs(MIX)] == ["renders", "coverage"]
    twice = reward_funcs("0.5*coverage + 0.5*coverage(low=0.2)")
    assert [function.__name__ for function in twice] == ["coverage", "coverage_2"]


def test_contributions_sum_to_the_mix():
    easel, trainer = made()
    columns = trainer.rewards(["a" * 5, "a" * 25, "", "aa"])
    mix = rewards.make(MIX)
    task = rewards.Task("poppy", "a poppy")
    samples = [
        rewards.Sample(task, text, text, easel.painted(text), "poppy@0") if text else None
        for text in ["a" * 5, "a" * 25, "", "aa"]
    ]
    expected = [mix([sample])[0].value if sample else 0.0 for sample in samples]
    assert [sum(row) for row in zip(*columns, strict=True)] == expected
    assert len(set(expected)) == 4


def test_without_weights_members_come_as_they_are_and_the_list_tells_the_weights():
    _, plain = made(weighted=False)
    _, weighted = made()
    assert plain.functions.weights == [0.3, 0.7]
    assert weighted.functions.weights == [1.0, 1.0]
    raw, contributions = plain.rewards(["a" * 9]), weighted.rewards(["a" * 9])
    assert [0.3 * raw[0][0], 0.7 * raw[1][0]] == [contributions[0][0], contributions[1][0]]


@pytest.mark.parametrize("spec", ["coverage", "gated(0.5*coverage + 0.5*renders, gate=renders)"])
def test_any_other_mix_is_one_function(spec):
    _, trainer = made(spec)
    [column] = trainer.rewards(["a" * 9, ""])
    assert len(column) == 2
    assert column[0] > column[1] == 0.0


def test_a_batch_is_rendered_and_judged_once_whichever_function_is_asked_first():
    easel, trainer = made("0.5*renders + 0.5*trl_contract:Shares")
    told = trainer.keywords(["aaa", "bb"])
    second, first = (function(**told) for function in reversed(trainer.functions))
    assert (first, second) == ([0.5, 0.5], [0.15, 0.1])
    assert easel.batches == [["aaa", "bb"]]


def test_the_same_texts_in_a_later_batch_are_a_batch_of_their_own():
    shares = Shares()
    _, trainer = made(shares)
    trainer.rewards(["aaa"])
    trainer.rewards(["aaa"])
    assert len(shares.seen) == 2
    assert len(trainer.table["codepaint/status"]) == 2


def test_awaited_functions_share_one_flight():
    easel, trainer = made("0.5*renders + 0.5*trl_contract:Shares", asynchronous=True)
    columns = asyncio.run(trainer.arewards(["aaa", "break"]))
    assert columns == [[0.5, None], [0.15, None]]
    assert easel.batches == [["aaa", "break"]]


def test_functions_asked_from_several_threads_share_one_flight():
    easel, trainer = made()
    told = trainer.keywords(["aaa"])
    threads = [threading.Thread(target=function, kwargs=told) for function in trainer.functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert easel.batches == [["aaa"]]


def test_a_function_that_is_cancelled_leaves_the_answer_to_the_others():
    _, trainer = made(asynchronous=True)

    async def one_leaves():
        told = trainer.keywords(["aaa"])
        first, second = (asyncio.create_task(function(**told)) for function in trainer.functions)
        await asyncio.sleep(0)
        second.cancel()
        return await first

    assert asyncio.run(one_leaves()) == [0.3]


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_machine_failure_is_none_in_every_function(asynchronous):
    _, trainer = made(asynchronous=asynchronous)
    texts = ["aaa", "break", "", "bbbb"]
    columns = asyncio.run(trainer.arewards(texts)) if asynchronous else trainer.rewards(texts)
    assert [[value is None for value in column] for column in columns] == [[False, True, False, False]] * 2


def test_a_judge_that_failed_is_none_in_every_function():
    _, trainer = made("0.5*renders + 0.5*trl_contract:Shares")
    assert trainer.rewards(["aaa", "judge down"]) == [[0.5, None], [0.15, None]]


@pytest.mark.parametrize("bad", ["", "   ", "\ud800", "x" * 100_001, "```js\n"])
def test_an_empty_or_cut_off_completion_is_a_bad_program(bad):
    _, trainer = made()
    columns = trainer.rewards(["aaaa", bad])
    assert [column[1] for column in columns] == [0.0, 0.0]


def test_a_fence_that_the_token_limit_cut_off_is_painted():
    easel, trainer = made()
    trainer.rewards(["Here:\n```js\naaaa"])
    assert easel.batches == [["aaaa"]]


def test_conversations_and_plain_texts_say_the_same():
    easel, trainer = made()
    prompt = [{"role": "system", "content": "You paint."}, {"role": "user", "content": "a poppy"}]
    blocks = [
        {"type": "thinking", "text": "so"},
        {"type": "text", "text": "aa"},
        {"type": "text", "text": "a"},
    ]
    again = [{"role": "assistant", "content": "a"}, {"role": "tool", "content": "ok"}]
    spoken = [
        [{"role": "assistant", "content": "aaa"}],
        [*again, {"role": "assistant", "content": blocks}],
        [{"role": "assistant", "content": None, "tool_calls": []}],
    ]
    plain = trainer.rewards(["aaa", "aaa", ""])
    assert trainer.rewards(spoken, prompts=[prompt] * 3) == plain
    assert easel.batches == [["aaa", "aaa"]] * 2


def test_the_task_is_that_of_its_columns_and_the_prompt_what_the_user_said(tmp_path):
    shares = Shares()
    _, trainer = made(shares)
    prompt = [{"role": "system", "content": "You paint."}, {"role": "user", "content": "a poppy"}]
    reference = str(tmp_path / "poppy.png")
    trainer.rewards(["aaa"], prompts=[prompt], task_id=["poppy"], reference=[reference])
    trainer.rewards(["aaa"], prompts=[prompt], lesson=["first"])
    [named], [unnamed] = shares.seen
    assert (named.task.id, named.task.prompt, str(named.task.reference)) == ("poppy", "a poppy", reference)
    assert (unnamed.task.id, unnamed.task.reference) == (task_id("a poppy"), None)


def test_a_group_is_a_task_at_a_step():
    shares = Shares()
    _, trainer = made(shares)
    trainer.state.global_step = 7
    trainer.rewards(["aaa", "bb"], task_id=["poppy", "iris"])
    told = trainer.keywords(["aaa"])
    del told["trainer_state"]  # as TRL's asynchronous trainer does
    trainer.functions[0](**told)
    assert [[sample.group for sample in seen] for seen in shares.seen] == [["poppy@7", "iris@7"], ["poppy"]]


def test_a_group_split_over_ranks_has_one_name_on_all_of_them():
    ranks = [Shares(), Shares()]
    for shares, text in zip(ranks, ["aaa", "bb"], strict=True):
        _, trainer = made(shares)
        trainer.rewards([text, text])
    groups = {sample.group for shares in ranks for sample in shares.seen[0]}
    assert groups == {"poppy@0"}


def test_a_reward_that_compares_a_group_needs_to_see_the_config():
    with pytest.raises(SpecError, match=r"'ranks' compares .* pass config=GRPOConfig"):
        reward_funcs(Ranks())


def test_a_config_that_splits_groups_is_refused():
    with pytest.raises(SpecError, match=r"6 samples .* 3 x steps_per_generation 2.* groups of 4"):
        reward_funcs(Ranks(), config=config(per_device_train_batch_size=3, steps_per_generation=2))
    with pytest.raises(SpecError, match="evaluation"):
        reward_funcs(Ranks(), config=config(eval_strategy="steps", per_device_eval_batch_size=2))
    assert reward_funcs(Ranks(), config=config(per_device_train_batch_size=2, steps_per_generation=2))


def test_whole_groups_are_compared_and_half_a_group_is_refused():
    ranks = Ranks()
    _, trainer = made(ranks, config=config(num_generations=2))
    trainer.rewards(["a", "b", "c", "d"], task_id=["poppy", "poppy", "poppy", "poppy"])
    assert [sample.group for sample in ranks.seen[0]] == ["poppy@0#0", "poppy@0#0", "poppy@0#1", "poppy@0#1"]
    with pytest.raises(SpecError, match="2 samples of 2 tasks came instead of one group of 2"):
        trainer.rewards(["a", "b"], task_id=["poppy", "iris"])


def test_weights_that_normalising_first_would_lose_are_refused():
    first = config(multi_objective_aggregation="normalize_then_sum")
    with pytest.raises(SpecError, match="weighted=False"):
        reward_funcs(MIX, config=first)
    assert reward_funcs(MIX, config=first, weighted=False).weights == [0.3, 0.7]


def test_functions_come_through_a_pickle_together_and_still_share():
    easel, trainer = made()
    trainer.rewards(["aaa"])
    copies = pickle.loads(pickle.dumps({"reward_funcs": trainer.functions}))["reward_funcs"]
    assert ([function.__name__ for function in copies], copies.weights) == (
        ["renders", "coverage"],
        [1.0, 1.0],
    )
    copied = copies[0]._part.scorer._evaluator.renderer
    assert Trainer(copies).rewards(["bbbb"]) == Trainer(trainer.functions).rewards(["bbbb"])
    assert copied.batches == easel.batches == [["aaa"], ["bbbb"]]


def test_a_log_gets_components_their_spread_and_valid_rate_apart_from_quality():
    _, trainer = made("0.5*renders + 0.5*trl_contract:Shares")
    trainer.rewards(["a" * 2, "a" * 4, "", "break"])
    told = {name.removeprefix("codepaint/"): value for name, [value] in trainer.metrics.items()}
    assert told["masked"] == 0.25
    assert told["valid_rate"] == pytest.approx(2 / 3)
    assert told["quality_given_valid"] == pytest.approx((0.6 + 0.7) / 2)
    assert told["reward"] == pytest.approx((0.6 + 0.7 + 0.0) / 3)
    assert (told["mean/shares"], told["mean/shares/letters"]) == pytest.approx((0.2, 2.0))
    assert told["spread/shares"] == pytest.approx(np.std([0.2, 0.4, 0.0], ddof=1))
    assert told["no_spread"] == 0.0


def test_components_that_were_not_asked_are_in_no_mean():
    _, trainer = made("gated(coverage, gate=renders)")
    trainer.rewards(["a" * 9, ""])
    alone = trainer.metrics["codepaint/mean/coverage"]
    _, trainer = made("gated(coverage, gate=renders)")
    trainer.rewards(["a" * 9])
    assert trainer.metrics["codepaint/mean/coverage"] == alone


def test_the_members_of_a_gated_mix_are_logged_and_each_has_a_column_though_there_is_one_function():
    spec = (
        "gated(penalised(0.5*coverage + 0.5*trl_contract:Shares, penalty=coverage, weight=0.2), gate=renders)"
    )
    _, trainer = made(spec)
    [column] = trainer.rewards(["a" * 9, "a" * 3, "", "break"])
    told = {name.removeprefix("codepaint/"): value for name, [value] in trainer.metrics.items()}
    shares = "penalised/weighted/shares"
    assert told[f"mean/{shares}"] == pytest.approx((0.9 + 0.3) / 2)
    assert told["mean/renders"] == pytest.approx(2 / 3)
    assert told[f"spread/{shares}"] == pytest.approx(np.std([0.9, 0.3], ddof=1))
    members = {name.removeprefix("codepaint/member/"): values for name, values in trainer.table.items()}
    assert members[shares] == [0.9, 0.3, None, None]
    assert members["renders"] == [1.0, 1.0, 0.0, None]
    assert column[2:] == [0.0, None]
    painted = [members[f"penalised/{key}"] for key in ("weighted/coverage", "weighted/shares", "coverage")]
    for paid, covered, shared, punished in zip(column[:2], *(values[:2] for values in painted), strict=True):
        mixed = 0.5 * covered + 0.5 * shared
        assert paid == pytest.approx(0.05 + 0.95 * max(0.0, mixed - 0.2 * punished), abs=1e-4)


def test_members_that_have_a_function_have_no_second_column_but_their_own_members_have():
    _, trainer = made("0.5*coverage + 0.5*gated(coverage, gate=renders)")
    trainer.rewards(["a" * 9, "break"])
    names = {name for name in trainer.table if "/member/" in name}
    assert names == {"codepaint/member/gated/renders", "codepaint/member/gated/coverage"}
    trainer.rewards(["break"])
    assert {len(values) for values in trainer.table.values()} == {3}


def test_the_table_has_one_value_a_sample_in_every_batch_and_the_paths_of_pictures(tmp_path):
    _, trainer = made(Shares(), pictures=tmp_path)
    trainer.rewards(["aaa", "", "break"])
    assert trainer.table["codepaint/status"] == ["ok", "program_error no_program", "machine_error"]
    first, *others = trainer.table["codepaint/picture"]
    assert [str(path) for path in tmp_path.iterdir()] == [first]
    assert others == [None, None]
    trainer.functions[0]._part.scorer._evaluator.reward.score = None  # raises from now on
    trainer.rewards(["bbb"])
    assert {len(values) for values in trainer.table.values()} == {4}


def test_a_trainer_that_offers_no_logs_gets_its_numbers_all_the_same():
    functions = reward_funcs("renders", renderer=Easel(), probe=False)
    assert functions[0](["a poppy"], ["aaa"]) == [1.0]


def test_over_half_invalid_of_the_last_200_ends_the_training_with_the_three_commonest_reasons():
    _, trainer = made(Shares())
    trainer.rewards(["aaa"] * 50 + ["judge down"] * 60 + ["break"] * 40)
    with pytest.raises(TooManyInvalid) as told:
        trainer.rewards(["judge down"])
    assert "101 of the last 200" in str(told.value)
    assert "61 x 401: the key has expired; 40 x the worker died" in str(told.value)


def test_the_third_batch_in_a_row_of_which_no_painting_has_a_score_ends_the_training(caplog):
    _, trainer = made(Shares())
    trainer.rewards(["aaa"] * 4)
    with caplog.at_level(logging.ERROR, logger="codepaint"):
        for _ in range(2):  # the empty program has its 0 without a judge, and teaches nothing alone
            assert trainer.rewards(["judge down", "judge down", "break", ""]) == [[None, None, None, 0.0]]
    [record] = [each for each in caplog.records if each.levelname == "ERROR"]
    assert "2 x 401: the key has expired; 1 x the worker died" in record.getMessage()
    with pytest.raises(
        TooManyInvalid, match="The last 3 batches taught nothing: 9 of their samples have no score"
    ):
        trainer.rewards(["judge down", "judge down", "break", ""])


@pytest.mark.parametrize("between", [["aaa", "judge down", "judge down"], ["judge down"], [""]])
def test_a_painting_with_a_score_a_single_failure_and_bad_programs_alone_begin_the_row_anew(between):
    _, trainer = made(Shares())
    for texts in [["break"] * 2, ["break"] * 2, between] * 3:
        trainer.rewards(texts)


def test_a_judge_that_cannot_be_asked_at_all_ends_the_training_before_it_has_begun():
    error = MachineError("no connection")
    _, trainer = made(Raises(error))
    with pytest.raises(MachineError, match="no connection"):
        trainer.rewards(["aaa", "bb"])
    reward = Shares()
    _, trainer = made(reward)
    trainer.rewards(["aaa"])
    reward.score = Raises(error)
    assert trainer.rewards(["aaa", "bb"]) == [[None, None]]


def test_failures_that_good_scores_have_pushed_out_are_forgotten():
    _, trainer = made(Shares())
    for _ in range(4):
        trainer.rewards(["break"] * 99 + ["aaa"] * 101)


def test_a_reward_that_raises_gives_none_twice_with_one_traceback_and_ends_the_training_at_the_third(caplog):
    easel, trainer = made(Raises(ZeroDivisionError("a bug of mine")))
    with caplog.at_level(logging.ERROR, logger="codepaint"):
        assert trainer.rewards(["aaa", "bb"]) == [[None, None]]
        assert trainer.rewards(["aaa", "bb"]) == [[None, None]]
    [record] = [each for each in caplog.records if each.levelname == "ERROR"]
    assert "a bug of mine" in str(record.exc_info[1])
    with pytest.raises(ZeroDivisionError, match="a bug of mine"):
        trainer.rewards(["aaa", "bb"])
    assert len(easel.batches) == 3


def test_an_error_counts_once_a_batch_however_many_functions_ask():
    _, trainer = made()
    trainer.functions[0]._part.scorer._evaluator.renderer.painted = None  # raises from now on
    assert trainer.rewards(["aaa"]) == [[None], [None]]
    assert trainer.rewards(["aaa"]) == [[None], [None]]
    with pytest.raises(TypeError):
        trainer.rewards(["aaa"])


def test_a_good_batch_between_two_bad_ones_begins_the_row_anew():
    reward = Shares()
    _, trainer = made(reward)
    for text in ["bad", "bad", "good", "bad", "bad", "good"]:
        reward.score = None if text == "bad" else lambda sample: Score(0.5)
        trainer.rewards([text])


@pytest.mark.parametrize("error", [BudgetSpent("max_usd is reached"), SpecError("no such task")])
def test_what_no_later_batch_mends_ends_the_training_at_once(error):
    _, trainer = made(Raises(error))
    with pytest.raises(type(error), match=str(error)):
        trainer.rewards(["aaa"])


def test_what_ends_the_training_is_raised_by_every_awaited_function():
    _, trainer = made(f"0.5*renders + 0.5*{__name__}:spent", asynchronous=True)

    async def asked():
        told = trainer.keywords(["aaa"])
        async with asyncio.timeout(10):
            return await asyncio.gather(*(f(**told) for f in trainer.functions), return_exceptions=True)

    assert [type(error) for error in asyncio.run(asked())] == [BudgetSpent, BudgetSpent]


def spent():
    """A reward whose money is spent."""
    return Raises(BudgetSpent("max_usd is reached"))


@pytest.mark.parametrize("asynchronous", [False, True])
def test_batches_that_tell_nothing_apart_are_refused_once_they_are_enough_to_tell(asynchronous, caplog):
    _, trainer = made(probe=True, asynchronous=asynchronous)
    texts = ["aaa"] * 24

    def asked():
        return asyncio.run(trainer.arewards(texts)) if asynchronous else trainer.rewards(texts)

    asked()
    asked()
    assert caplog.text.count("The next batches decide whether this ends the training: ") == 1
    with pytest.raises(NoSpread, match="tells hardly anything apart: 24 probes"):
        asked()


def test_a_small_first_batch_in_which_all_failed_ends_no_training():
    _, trainer = made(probe=True)
    for _ in range(10):
        trainer.rewards(["break it", "", "", ""][1:])
    trainer.rewards(["a", "a" * 6, "a" * 12, "a" * 20])
    for _ in range(40):
        trainer.rewards(["aaa"] * 4)


def test_feedback_holds_what_was_noticed_and_no_score():
    finding = rewards.Finding("console", "x is not defined")
    told = feedback(Rendering("program_error", "runtime", "boom", findings=(finding,)))
    assert told == "program_error runtime: boom\nx is not defined"


def test_a_dataset_without_its_package_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(MissingPart, match=r"pip install 'codepaint-env\[trl\]'"):
        dataset("flowers")
