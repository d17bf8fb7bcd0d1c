"""`score` and `checklist`: what is asked, what the answers amount to, and what happens where they do not come."""

from __future__ import annotations

import asyncio
import json
import math
import pickle
from dataclasses import replace

import numpy as np
import pytest

import rewards
from rewards import Finding, Rendering, Sample, Task
from rewards.errors import SpecError
from rewards.judged.digits import expected_digits, said_digits
from rewards.judged.labels import likely_yes, said_yes
from rewards.judged.reply import Reply, Token
from rewards.judged.single.score import load_scorecard
from rewards.preflight import preflight, shipped_samples
from rewards.testing.judges import ScriptedJudge

CRITERIA = ("subject", "details", "drawing", "colour", "composition", "technique")
TASK = Task("t", "a red kite over hills", features=("a forked tail", "a wing", "some grass"))


class Says:
    """Gives answers in turn, the last for ever; None loses the call."""

    version = "says"

    def __init__(self, *answers, logprobs=False):
        self.answers, self.logprobs, self.asked = list(answers), logprobs, []

    def preflight(self, *, logprobs):
        return logprobs and self.logprobs

    def ask(self, questions):
        self.asked += questions
        return [self.reply() for _ in questions]

    def reply(self):
        said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if said is None or isinstance(said, Reply):
            return said
        return Reply(said if isinstance(said, str) else json.dumps(said))


def painted(level=120, task=TASK, status="ok", **more):
    image = np.full((32, 32, 3), 250, np.uint8)
    image[4:20, 4:20] = (level, 20, 40)
    return Sample(
        task, "", "p", Rendering(status, image=image, evidence=frozenset({"image", "text"}), **more), "g"
    )


def grades(*numbers):
    return dict(zip(CRITERIA, numbers, strict=True)) | {"reason": "The tail is lost."}


@pytest.mark.parametrize(
    ("numbers", "value"),
    [
        ((8, 8, 7, 8, 7, 8), math.sqrt(8 / 9 * 7 / 9)),
        ((1, 8, 7, 8, 7, 8), math.sqrt(1 / 9 * 7 / 9)),
        ((8, 8, 2, 8, 7, 8), math.sqrt(8 / 9 * 2 / 9)),
        ((9,) * 6, 1.0),
        ((0, 9, 9, 9, 9, 9), 0.0),
    ],
)
def test_a_grade_is_the_geometric_mean_of_the_lowest_of_each_group(numbers, value):
    [score] = rewards.make("score", judge=Says(grades(*numbers)))([painted()])
    assert score.value == pytest.approx(value, abs=1e-12)
    assert [score.components[name] * 9 for name in CRITERIA] == pytest.approx(list(numbers))


def test_several_asks_count_with_their_mean_and_one_that_is_lost_takes_the_value():
    judge = Says(grades(*[9] * 6), grades(*[5] * 6))
    assert rewards.make("score", asks=2, judge=judge)([painted()])[0].value == pytest.approx(7 / 9)
    assert [each.attempt for each in judge.asked] == [0, 2]
    [lost] = rewards.make("score", asks=2, judge=Says(grades(*[9] * 6), None))([painted()])
    assert (lost.value, lost.components) == (None, {})
    assert "a call of the judge failed" in lost.reason


def test_the_judge_gets_the_picture_the_prompt_and_the_rubric_alone():
    judge = Says(grades(*[5] * 6))
    rewards.make("score", judge=judge)([painted()])
    [asked] = judge.asked
    assert TASK.prompt in asked.text
    assert len(asked.images) == 1
    assert not any(feature in asked.text for feature in TASK.features)


def tokens(*pieces):
    return tuple(
        Token(each if isinstance(each, str) else each[0], {each: 0.0} if isinstance(each, str) else each[1])
        for each in pieces
    )


def test_the_expected_digit_counts_all_its_spellings_and_nothing_else():
    top = {"7": math.log(0.4), " 8": math.log(0.2), "8,": math.log(0.1), "seven": math.log(0.3)}
    found = tokens('{"a"', ": ", ("7", top), "}")
    reply = Reply('{"a": 7}', found)
    assert expected_digits(reply, ["a"]) == pytest.approx({"a": (7 * 0.4 + 8 * 0.3) / 0.7})
    shy = {"7": math.log(0.4), "seven": math.log(0.6)}
    assert expected_digits(Reply('{"a": 7}', tokens('{"a": ', ("7", shy), "}")), ["a"]) is None
    assert expected_digits(Reply('{"a": 7}'), ["a"]) is None
    assert expected_digits(Reply('{"a": 7}', tokens("other", "text")), ["a"]) is None


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 10}',
        '{"a": -1}',
        '{"a": 7.5}',
        '{"a": "7"}',
        '{"a": true}',
        '{"a": NaN}',
        '{"a": 7, "b": 1}',
        '{"a": 7, "a": 8}',
        '{"a": 7} and more',
        "{}",
        "7",
        "I cannot judge pictures.",
    ],
)
def test_a_number_that_is_no_digit_of_the_scale_cannot_be_read(text):
    assert said_digits(Reply(text), ["a"]) is None
    assert said_digits(Reply(f"```json\n{json.dumps({'a': 7})}\n```"), ["a"]) == {"a": 7}
    assert said_digits(Reply('{"a": 7}', truncated=True), ["a"]) is None


def test_a_checklist_is_the_weighted_share_of_yes_and_its_critique_names_the_rest(tmp_path):
    file = tmp_path / "s.jsonl"
    told = ["a wing", {"text": "a forked tail", "weight": 3}, {"text": "hills below", "spatial": True}]
    file.write_text(json.dumps({"task": "t", "statements": told}))
    judge = Says({"1": "yes", "2": "no", "3": "yes"})
    reward = rewards.make("checklist", statements=str(file), judge=judge)
    [score] = reward([painted()])
    assert score.value == pytest.approx((1 + 0.5) / (1 + 3 + 0.5))
    assert score.components["yes"] == pytest.approx(2 / 3)
    assert reward.critique(painted()) == "Not seen in the picture: a forked tail."
    assert "1. a wing\n2. a forked tail\n3. hills below" in judge.asked[0].text
    assert "task_id" in reward.needs


def test_the_likelihood_of_yes_is_taken_over_both_labels():
    top = {"yes": math.log(0.6), "Yes": math.log(0.1), "no": math.log(0.2), "maybe": math.log(0.1)}
    reply = Reply('{"1": "yes"}', tokens('{"1": "', ("yes", top), '"}'))
    assert likely_yes(reply, ["1"]) == pytest.approx({"1": 0.7 / 0.9})
    assert said_yes(Reply('{"1": "Yes"}'), ["1"]) is None
    assert said_yes(Reply('{"1": "yes"}'), ["1", "2"]) is None


@pytest.mark.parametrize(
    "answer", [{"1": "yes", "2": "no"}, {"1": "yes", "2": "no", "3": "maybe"}, "{}", "yes", None]
)
def test_all_statements_are_answered_or_the_sample_has_no_value(answer):
    [score] = rewards.make("checklist", judge=Says(answer))([painted()])
    assert score.value is None


def test_features_of_the_task_are_asked_about_where_no_file_tells_more(tmp_path):
    file = tmp_path / "s.jsonl"
    file.write_text(json.dumps({"task": "other", "statements": ["a cat"]}))
    for given in ({}, {"statements": str(file)}):
        judge = Says({"1": "yes", "2": "yes", "3": "yes"})
        assert rewards.make("checklist", judge=judge, **given)([painted()])[0].value == 1.0
        assert "1. a forked tail" in judge.asked[0].text


def test_a_task_without_statements_is_refused_when_made_and_has_no_value_in_a_run():
    reward = rewards.make("checklist", judge=ScriptedJudge())
    bare = replace(TASK, features=())
    with pytest.raises(SpecError, match=r"nothing to ask about the task 't'.*codepaint tasks statements"):
        reward.check_tasks([TASK, bare])
    first, second = reward([painted(task=bare), painted()])
    assert first.value is None
    assert "nothing to ask" in first.reason
    assert second.value is not None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"task": "t"}', "needs the keys 'task' and 'statements'"),
        ('{"task": "t", "statements": []}', "has 0 statements; a task has 1 to 32"),
        ('{"task": "t", "statements": ["  "]}', "must be text of 1 to 300 characters"),
        (
            '{"task": "t", "statements": [{"text": "a", "weight": 0}]}',
            "the weight 0; it must be a number above 0",
        ),
        ('{"task": "t", "statements": [{"text": "a", "spatial": 1}]}', "spatial=1; it must be true or false"),
        ('{"task": "t", "statements": [{"said": "a"}]}', "it is a text, or has spatial, text, weight"),
        (
            '{"task": "t", "statements": ["a"]}\n{"task": "t", "statements": ["b"]}',
            "about the task 't' twice",
        ),
        ("nonsense", "is not JSON"),
    ],
)
def test_a_wrong_line_of_statements_is_one_sentence(tmp_path, line, told):
    file = tmp_path / "s.jsonl"
    file.write_text(line)
    with pytest.raises(SpecError, match=r"s.jsonl, line \d") as error:
        rewards.make("checklist", statements=file, judge=ScriptedJudge())
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("spec", "given", "told"),
    [
        ("score", {"asks": 0}, "asks is 0; it must be a whole number from 1 to 16"),
        ("score", {"mode": "loud"}, "mode is 'loud'; it is 'auto', 'soft' or 'hard'"),
        ("score", {"size_px": 8}, "size_px is 8; it is a whole number of pixels, at least 16"),
        ("score", {"text": "read"}, "text is 'read'; it is 'blur'"),
        ("score", {"rubric": "pairwise"}, "needs the table 'groups'"),
        ("score", {"rubric": "gone"}, "There is no rubric"),
        ("checklist", {"spatial_weight": 0}, "spatial_weight is 0; it must be above 0 and at most 1"),
        ("checklist", {"rubric": "score"}, "does not hold '{statements}'"),
        ("checklist", {"statements": "gone.jsonl"}, "There is no file of statements 'gone.jsonl'"),
    ],
)
def test_a_wrong_parameter_is_one_sentence(spec, given, told):
    with pytest.raises(SpecError) as error:
        rewards.make(spec, judge=ScriptedJudge(), **given)
    assert told in str(error.value)


@pytest.mark.parametrize("name", ["score", "checklist"])
def test_without_a_judge_it_says_how_to_name_one(name):
    with pytest.raises(SpecError, match=f"'{name}' has no judge; name one"):
        rewards.make(name)


def test_soft_values_lie_between_the_digits_and_auto_is_decided_once():
    judge = ScriptedJudge()
    soft, hard = (rewards.make("score", mode=mode, text="keep", judge=judge) for mode in ("soft", "hard"))
    one, other = shipped_samples(2)
    [fine], [coarse] = soft([one]), hard([one])
    assert abs(fine.value - coarse.value) <= 0.5 / 9
    assert fine.value * 9 != pytest.approx(round(fine.value * 9))
    auto = rewards.make("score", text="keep", judge=judge)
    assert auto.decided is None
    assert auto([one, other])[0].value == fine.value
    assert auto.decided == pickle.loads(pickle.dumps(auto)).decided == "soft"


def test_failures_and_blank_sheets_cost_nothing_and_a_broken_machine_has_no_value():
    judge = ScriptedJudge()
    reward = rewards.make("score", judge=judge)
    blank = Sample(TASK, "", "p", Rendering("ok", image=np.full((8, 8, 3), 9, np.uint8)), "g")
    scores = reward([painted(status="program_error"), blank, painted(status="machine_error")])
    assert [score.value for score in scores] == [0.0, 0.0, None]
    assert judge.calls == 0
    assert scores[0].components.keys() == scores[1].components.keys() == {*CRITERIA, "text_area"}


def test_letters_are_blurred_unless_they_are_to_be_kept():
    marked = painted(findings=(Finding("text", "letters", 0.5, (4, 4, 16, 16)),))
    shown = {}
    for text in ("blur", "keep"):
        judge = Says(grades(*[5] * 6))
        [score] = rewards.make("score", text=text, judge=judge)([marked])
        shown[text] = judge.asked[0].images[0]
        assert ("text_area" in score.components) == (text == "blur")
    assert shown["blur"] != shown["keep"]


def test_a_loop_and_threads_give_the_same_values_and_equal_pictures_are_asked_about_once():
    judge = ScriptedJudge()
    reward = rewards.make("score", judge=judge)
    samples = [painted(level) for level in (10, 60, 110, 10)]
    values = [score.value for score in reward(samples)]
    assert judge.calls == 3
    assert [score.value for score in asyncio.run(reward.ascore(samples))] == values
    assert values[0] == values[3]


def test_lone_surrogates_in_a_prompt_do_not_stop_the_call():
    judge = Says(grades(*[5] * 6))
    odd = Task("t", "a \ud800 bird")
    assert rewards.make("score", judge=judge)([painted(task=odd)])[0].value is not None
    assert "a ? bird" in judge.asked[0].text


def test_the_version_covers_rubric_asks_mode_text_statements_and_judge(tmp_path):
    file = tmp_path / "s.jsonl"
    file.write_text('{"task": "t", "statements": ["a"]}')
    rubric = tmp_path / "score.md"
    rubric.write_text('+++\nrelease = 1\ntitle = "t"\n[groups]\na = ["b"]\n+++\nYou.\n---\nHow is {prompt}?')
    made = [
        rewards.make(spec, judge=judge, **given).version
        for spec, judge, given in [
            ("score", ScriptedJudge(), {}),
            ("score", ScriptedJudge(seed=1), {}),
            ("score", ScriptedJudge(), {"asks": 2}),
            ("score", ScriptedJudge(), {"mode": "hard"}),
            ("score", ScriptedJudge(), {"text": "keep"}),
            ("score", ScriptedJudge(), {"size_px": 256}),
            ("score", ScriptedJudge(), {"rubric": str(rubric)}),
            ("checklist", ScriptedJudge(), {}),
            ("checklist", ScriptedJudge(), {"spatial_weight": 0.25}),
            ("checklist", ScriptedJudge(), {"statements": file}),
        ]
    ]
    assert len(set(made)) == len(made)


def test_preflight_tells_which_share_of_the_policys_samples_is_above_the_floor(caplog):
    reward = rewards.make("score", judge=ScriptedJudge())
    good = [painted(level) for level in (10, 200)]
    with caplog.at_level("INFO", logger="codepaint"):
        preflight(reward, [*good, *[painted(status="program_error")] * 18])
    [line] = [record for record in caplog.records if "floor" in record.message]
    assert "2 of the policy's own 20 samples (10 %)" in line.message
    assert "about 43 % would have no such sample" in line.message
    assert "0.7*score" in line.message
    assert line.levelname == "WARNING"


def test_the_rubric_that_ships_names_its_criteria_in_its_question():
    card = load_scorecard("score")
    assert card.criteria == CRITERIA
    assert all(f"- {name}:" in card.file.text and f'"{name}": 0' in card.file.text for name in CRITERIA)
