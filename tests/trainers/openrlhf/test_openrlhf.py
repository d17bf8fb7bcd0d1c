"""OpenRLHF's reward function, by itself and behind an address: how it is asked is as its source (0.11.2) has it."""

import json
import math
import urllib.error
import urllib.request
from contextlib import ExitStack

import pytest

from codepaint_env.trainers.openrlhf import reward_func, rows
from codepaint_env.trainers.openrlhf.completions import completion_of
from openrlhf_contract import END, executed, is_kept, is_left_out, over_http, templated
from rewards import SpecError
from rewards.errors import MissingPart
from serving import scores_served
from trl_contract import MIX, Easel, Ranks, Shares

[ROW] = rows([{"id": "poppy", "prompt": "a poppy"}])
PROMPT = templated(ROW["input"])


def function(spec=MIX, **options):
    return reward_func(spec, **({"renderer": Easel()} | options))


def told(fetch, texts, label=ROW["label"]):
    return executed(fetch, [PROMPT] * len(texts), [label] * len(texts), texts)


@pytest.fixture
def served():
    """A function that serves a reward and returns the address for `--reward.remote_url`."""
    with ExitStack() as stack:

        def serve(spec=MIX, **options):
            server = stack.enter_context(scores_served(spec, Easel(), **options))
            return f"{server.url}/get_reward"

        yield serve


def test_one_query_is_answered_with_numbers_and_several_with_lists():
    scores = function()
    one = scores([PROMPT + "aaaa"], [PROMPT], [ROW["label"]])
    assert isinstance(one["rewards"], float)
    assert one["scores"] == one["rewards"]
    assert all(isinstance(value, float) for value in one["extra_logs"].values())
    more = scores([PROMPT + "aaaa", PROMPT], [PROMPT] * 2, [ROW["label"]] * 2)
    assert more["rewards"] == [one["rewards"], 0.0]
    assert scores([], [], []) == {"rewards": [], "scores": [], "extra_logs": {}}


def test_over_http_the_answers_are_the_same(served):
    texts = ["a" * 3, "a" * 25, "", "```js\n"]
    plain = told(function(), texts)
    remote = told(over_http(served()), texts)
    assert [each["reward"] for each in remote] == [each["reward"] for each in plain]
    assert [each["extra_logs"].keys() for each in remote] == [each["extra_logs"].keys() for each in plain]
    assert plain[1]["reward"] > plain[0]["reward"] > plain[2]["reward"] == plain[3]["reward"] == 0.0


def test_logs_have_the_same_keys_for_every_sample_and_tell_components_and_spread():
    outputs = told(function(on_machine_error="floor"), ["aaaa", "", "break"])
    keys = [set(each["extra_logs"]) for each in outputs]
    assert keys == [keys[0]] * 3
    assert {"codepaint/mean/coverage", "codepaint/spread/coverage", "codepaint/quality_given_valid"} <= keys[
        0
    ]
    assert [each["extra_logs"]["codepaint/valid"] for each in outputs] == [1.0, 1.0, 0.0]
    assert outputs[2]["reward"] == 0.0


@pytest.mark.parametrize("remote", [False, True])
def test_a_machine_failure_leaves_no_reward_and_the_others_as_they_are(remote, served):
    fetch = over_http(served()) if remote else function()
    good, broken, bad = told(fetch, ["aaaa", "break", ""])
    assert is_left_out(broken)
    assert not is_left_out(good)
    assert bad["reward"] == 0.0


@pytest.mark.parametrize("remote", [False, True])
def test_where_groups_are_filtered_a_machine_failure_drops_its_group_and_no_other(remote, served):
    way = {"on_machine_error": "filter"}
    fetch = over_http(served(**way)) if remote else function(**way)
    failed, whole, low = told(fetch, ["aaaa", "break"]), told(fetch, ["aaaa", "a"]), told(fetch, ["", ""])
    assert math.isnan(failed[1]["reward"])
    assert not is_kept(failed, -1, 2)
    assert is_kept(whole, -1, 2)
    assert is_kept(low, -1, 2)


def test_the_task_and_its_group_come_from_the_label():
    shares = Shares()
    label = json.dumps(json.loads(ROW["label"]) | {"group": "poppy@7", "features": ["red"]})
    told(function(shares), ["aaa"], label)
    [[sample]] = shares.seen
    assert (sample.task.id, sample.task.prompt, sample.task.features) == ("poppy", "a poppy", ("red",))
    assert sample.group == "poppy@7"
    assert sample.completion == "aaa"


@pytest.mark.parametrize(
    ("query", "prompt", "completion"),
    [
        ("Paint.aaa", "Paint.", "aaa"),
        (f"Paint.aaa{END}", "Paint.", "aaa"),
        ("Paint.aaa</s></s>\n", "Paint.", "aaa"),
        ("Paint.aaa<|eot_id|><|end_of_text|>", "Paint.", "aaa"),
        ("Paint.aaa<｜end▁of▁sentence｜>", "Paint.", "aaa"),
        ("Paint.<svg><s>a</s></svg>", "Paint.", "<svg><s>a</s></svg>"),
        ("Paint.<html></html>", "Paint.", "<html></html>"),
        (f"Paint.a{END}b", "Paint.", f"a{END}b"),
        ("<s> [INST]  Paint. [/INST]aaa</s>", "<s>[INST] Paint.  [/INST]", "aaa"),
        ("Paint.", "Paint.", ""),
    ],
)
def test_the_completion_is_what_stands_behind_the_prompt(query, prompt, completion):
    assert completion_of(query, prompt) == completion


@pytest.mark.parametrize("query", ["int.aaa", "aaa", "", "Pain"])
def test_a_prompt_that_was_cut_off_is_refused_by_the_name_of_the_setting(query):
    with pytest.raises(SpecError, match=r"raise --data\.max_len"):
        completion_of(query, "Paint.")


def test_texts_that_are_messages_are_refused_by_the_name_of_the_setting():
    with pytest.raises(SpecError, match=r"--data\.apply_chat_template"):
        completion_of("Paint.", ROW["input"])


@pytest.mark.parametrize("label", ["", "poppy", None, "3", "[]", '{"index": 3}'])
def test_a_label_that_is_no_task_is_refused_by_the_name_of_the_setting(label):
    with pytest.raises(SpecError, match=r"--data\.label_key label"):
        function()([PROMPT], [PROMPT], [label])


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(SpecError, match="1 queries, 1 prompts and 0 labels"):
        function()([PROMPT], [PROMPT], [])


def test_a_reward_that_compares_a_group_is_refused():
    with pytest.raises(
        SpecError, match="OpenRLHF asks about one at a time: set the first argument of reward_func"
    ):
        function(Ranks())


def test_a_judge_without_a_key_is_refused_when_the_file_is_loaded(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(MissingPart, match=r"OPENAI_API_KEY.*ray job submit --runtime-env-json"):
        function({"name": "pairwise", "judge": {"model": "m"}})


def test_another_word_for_a_machine_failure_is_refused():
    with pytest.raises(SpecError, match="on_machine_error is 'mask'; it must be raise, filter, floor"):
        function(on_machine_error="mask")


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        (b"not json", 422, "This is not JSON"),
        (b"[]", 422, "the lists query, prompts, labels"),
        (b'{"query": ["a"], "prompts": "a", "labels": []}', 422, "the lists query, prompts, labels"),
        (json.dumps({"query": [PROMPT], "prompts": [PROMPT], "labels": ["x"]}).encode(), 422, "is no task"),
        (
            json.dumps({"query": [PROMPT + "break"], "prompts": [PROMPT], "labels": [ROW["label"]]}).encode(),
            503,
            "the worker died",
        ),
    ],
)
def test_the_server_says_what_is_wrong_with_a_request(body, status, why, served):
    asked = urllib.request.Request(served(), body)
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(asked, timeout=30)
    assert raised.value.code == status
    assert why in json.load(raised.value)["error"]


def test_a_reward_that_raises_ends_no_server(served):
    url = served("0.5*renders + 0.5*trl_contract:Shares")
    first, second = told(over_http(url, tries=1), ["explode"]), told(over_http(url), ["aaa"])
    assert is_left_out(first[0])
    assert second[0]["reward"] == pytest.approx(0.65)
    with urllib.request.urlopen(url, timeout=30) as answer:
        assert json.load(answer) == {"status": "ok"}


def test_what_else_openrlhf_sends_is_passed_over(served):
    body = {"query": [PROMPT], "prompts": [PROMPT], "labels": [ROW["label"]], "images": [None]}
    with urllib.request.urlopen(served(), json.dumps(body).encode(), timeout=30) as answer:
        assert json.load(answer)["rewards"] == 0.0
