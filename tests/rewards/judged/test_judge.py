"""Rubrics read answers totally; `SymmetricJudge` makes one verdict of two orders."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, replace

import pytest

from rewards.errors import SpecError
from rewards.judged.judge import Question
from rewards.judged.pairs.symmetric import Pair, SymmetricJudge
from rewards.judged.reply import Reply, Token
from rewards.judged.rubric import load_rubric, rubrics

WINNER, SCORES = load_rubric("pairwise"), load_rubric("scores")


def said(label: str, chance: float | None = None) -> Reply:
    """An answer with P(first) at its label."""
    texts = ['{"winner": "', label, '", "reason": "so"}']
    top = {"1": chance, "2": 1 - chance} if chance is not None else {}
    tokens = tuple(
        Token(text, {name: math.log(p) for name, p in top.items()} if text == label else {text: 0.0})
        for text in texts
    )
    return Reply("".join(texts), tokens if chance is not None else None)


@dataclass
class Scripted:
    """Answers by the two pictures; what is missing is lost, a list is given one by one."""

    answers: dict[tuple[bytes, bytes], list[Reply | None]]
    asked: list[Question] = field(default_factory=list)
    version: str = "scripted"

    def ask(self, questions):
        self.asked += questions
        return [self.answers[question.images][question.attempt] for question in questions]


def soft(forth: float, back: float) -> tuple[Scripted, SymmetricJudge]:
    judge = Scripted({(b"a", b"b"): [said("1", forth)], (b"b", b"a"): [said("1", back)]})
    return judge, SymmetricJudge(judge, WINNER, mode="soft")


def compared(symmetric: SymmetricJudge):
    return symmetric.compare([Pair(b"a", b"b", "a poppy")])[0]


def test_the_worked_example():
    verdict = compared(soft(0.90, 0.65)[1])
    assert verdict.value == pytest.approx(0.688, abs=5e-4)
    assert verdict.bias == pytest.approx(1.41, abs=5e-3)
    close = compared(soft(0.55, 0.60)[1])
    assert (close.p, close.value) == (pytest.approx(0.474, abs=5e-4), 0.5)


@pytest.mark.parametrize("beta", [0.0, 0.7, -2.0])
def test_a_constant_bias_cancels_exactly(beta):
    def sigmoid(x: float) -> float:
        return 1 / (1 + math.exp(-x))

    assert compared(soft(sigmoid(1.5 + beta), sigmoid(-1.5 + beta))[1]).p == pytest.approx(
        sigmoid(1.5), abs=1e-12
    )


@pytest.mark.parametrize(
    ("forth", "back", "value"), [("1", "2", 1), ("2", "1", 0), ("1", "1", 0.5), ("1", "tie", 0.5)]
)
def test_hard_verdicts_need_both_orders(forth, back, value):
    judge = Scripted({(b"a", b"b"): [said(forth)], (b"b", b"a"): [said(back)]})
    assert compared(SymmetricJudge(judge, WINNER, mode="hard")).value == value


def test_both_directions_of_a_pair_sum_to_one_and_are_two_calls():
    judge, symmetric = soft(0.9, 0.35)
    one, other = symmetric.compare([Pair(b"a", b"b", "a poppy"), Pair(b"b", b"a", "a poppy")])
    assert one.value + other.value == 1.0
    assert len(judge.asked) == 2


def test_equal_pictures_tie_without_a_call():
    judge, symmetric = soft(0.9, 0.3)
    assert symmetric.compare([Pair(b"a", b"a", "a poppy")])[0].value == 0.5
    assert judge.asked == []


def test_what_cannot_be_read_is_asked_once_more_and_then_given_up():
    garbled = Reply("well")
    judge = Scripted({(b"a", b"b"): [garbled, said("1", 0.9)], (b"b", b"a"): [said("2", 0.1)]})
    assert compared(SymmetricJudge(judge, WINNER, mode="soft")).value == pytest.approx(0.9)
    assert [question.attempt for question in judge.asked] == [0, 0, 1]
    judge.answers[b"a", b"b"] = [garbled, garbled]
    assert compared(SymmetricJudge(judge, WINNER, mode="soft")).value is None


def test_one_lost_order_leaves_no_verdict():
    judge = Scripted({(b"a", b"b"): [None], (b"b", b"a"): [said("2", 0.1)]})
    assert compared(SymmetricJudge(judge, WINNER, mode="soft")).value is None
    assert len(judge.asked) == 2  # a lost call was tried again by the client, and is not asked anew


GOOD = '{"winner": "1", "reason": "so"}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "{}",
        "null",
        "[1]",
        GOOD[:-1],
        GOOD + GOOD,
        "Sure! " + GOOD,
        '{"winner": "3", "reason": "so"}',
        '{"winner": 1, "reason": "so"}',
        '{"winner": "1 and 2", "reason": "so"}',
        '{"winner": "one", "reason": "so"}',
        '{"winner": "1"}',
        '{"winner": "1", "reason": "so", "score": 3}',
        '{"winner": "1", "winner": "2", "reason": "so"}',
        '{"winner": "1", "reason": null}',
        "[" * 100_000,
        "\ud800",
    ],
)
def test_anything_else_than_a_verdict_is_unreadable(text):
    assert WINNER.read(Reply(text), soft=False) is None
    assert SCORES.read(Reply(text), soft=False) is None
    assert WINNER.read(Reply(text, (Token(text, {"1": 0.0}),)), soft=True) is None


def test_every_cut_of_a_good_answer_is_unreadable():
    assert WINNER.read(Reply(GOOD), soft=False) == 1.0
    for length in range(len(GOOD)):
        assert WINNER.read(Reply(GOOD[:length]), soft=False) is None
    assert WINNER.read(Reply(GOOD, truncated=True), soft=False) is None


def test_a_code_fence_is_passed_over():
    assert WINNER.read(Reply(f"```json\n{GOOD}\n```"), soft=False) == 1.0


def test_spellings_of_a_label_are_summed():
    reply = said("1", 0.5)
    top = {
        "1": math.log(0.3),
        " 1": math.log(0.3),
        "2": math.log(0.1),
        '"2': math.log(0.1),
        "tie": math.log(0.2),
    }
    spelled = replace(reply, tokens=(reply.tokens[0], Token("1", top), reply.tokens[2]))
    assert WINNER.read(spelled, soft=True) == pytest.approx(0.7)  # 0.6 and half of a tie's 0.2


@pytest.mark.parametrize(
    "top", [{"1": math.log(0.2), "2": math.log(0.2)}, {}, {"1": math.nan}, {"1": -math.inf}]
)
def test_labels_with_too_little_mass_are_unreadable(top):
    reply = said("1", 0.5)
    assert (
        WINNER.read(replace(reply, tokens=(reply.tokens[0], Token("1", top), reply.tokens[2])), soft=True)
        is None
    )


def test_soft_mode_without_log_probabilities_is_unreadable():
    assert WINNER.read(said("1"), soft=True) is None


def scored(first: float, second: float, **changes) -> Reply:
    told = {"first": dict.fromkeys(SCORES.criteria, first), "second": dict.fromkeys(SCORES.criteria, second)}
    told["first"] |= changes
    return Reply(json.dumps(told))


def test_scores_are_compared_by_their_means():
    assert SCORES.read(scored(7, 6), soft=False) == 1.0
    assert SCORES.read(scored(5, 6), soft=False) == 0.0
    assert SCORES.read(scored(5, 5), soft=False) == 0.5


@pytest.mark.parametrize("value", [12.5, -1, True, "7", None, math.nan, math.inf])
def test_a_score_outside_its_scale_is_unreadable_and_never_a_number(value):
    assert SCORES.read(scored(7, 6, colour=value), soft=False) is None


def test_scores_have_no_soft_mode():
    with pytest.raises(SpecError, match="no soft mode"):
        SymmetricJudge(Scripted({}), SCORES, mode="soft")


def test_each_field_that_matters_changes_the_key():
    base = SymmetricJudge(Scripted({}), WINNER, mode="soft").question(b"a", b"b", "a poppy")
    changes = {
        "images": (b"b", b"a"),
        "system": "other",
        "text": "other",
        "rubric": "other",
        "schema": {},
        "logprobs": False,
        "attempt": 1,
    }
    keys = {base.key("judge"), base.key("other judge")} | {
        replace(base, **{name: value}).key("judge") for name, value in changes.items()
    }
    assert len(keys) == 2 + len(changes)
    assert replace(base, readable=len).key("judge") == base.key("judge")


def test_all_rubrics_that_ship_load_and_ask():
    for name in rubrics():
        rubric = load_rubric(name)
        assert "a poppy {1}" in rubric.ask("a poppy {1}")
        assert rubric.title
        assert name in rubric.version


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no head", "is no rubric"),
        ("+++\nrelease = \n+++\ns\n---\n{prompt}", "is not TOML"),
        ("+++\nrelease = 1\n+++\ns\n---\n{prompt}", "needs a whole 'release'"),
        (
            '+++\nrelease = 1\ntitle = "t"\nanswer = "scores"\n+++\ns\n---\n{prompt}',
            "'scores' with 'criteria'",
        ),
        ('+++\nrelease = 1\ntitle = "t"\nanswer = "winner"\n+++\ns\n---\nWhich?', "would not know the task"),
    ],
)
def test_a_rubric_that_cannot_be_understood_says_why(tmp_path, text, told):
    (tmp_path / "mine.md").write_text(text)
    with pytest.raises(SpecError, match=told):
        load_rubric(str(tmp_path / "mine.md"))


def test_a_rubric_that_is_not_there_names_those_that_are():
    with pytest.raises(SpecError, match="there are pairwise, scores"):
        load_rubric("pairwize")


@pytest.mark.parametrize("band", [0.0, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.45])
def test_both_directions_sum_to_one_on_the_very_edge_of_the_tie_band(band):
    symmetric = SymmetricJudge(Scripted({}), WINNER, mode="soft", tie_band=band)
    for edge in (0.5 - band, 0.5 + band, math.nextafter(0.5 + band, 1), math.nextafter(0.5 + band, 0)):
        for forth, back in ((edge, 1 - edge), (1 - edge, edge), (edge, 0.5), (0.5, edge)):
            a, b = symmetric.joined(forth, back), symmetric.joined(back, forth)
            assert a.value + b.value == 1.0, (edge, forth, back)
            assert a.p + b.p == 1.0


def test_in_soft_mode_the_answer_tie_is_read_by_what_else_it_might_have_said():
    reply = said("tie", 0.5)
    for top, chance in (
        ({"tie": 0.8, "1": 0.15, "2": 0.05}, 0.55),
        ({"t": 1.0}, 0.5),
        ({'"tie': 0.6, "1": 0.4}, 0.7),
    ):
        token = Token("tie", {name: math.log(p) for name, p in top.items()})
        told = replace(reply, tokens=(reply.tokens[0], token, reply.tokens[2]))
        assert WINNER.read(told, soft=True) == pytest.approx(chance)


@pytest.mark.parametrize(
    "thought", ["", "<think>1 or 2?</think>", 'Hm: {"winner": "2", "reason": ""}</think>\n']
)
@pytest.mark.parametrize(
    "text", [GOOD, '{"reason": "so", ' + '"winner": "1"}', '{"winner": "1", "reason": "</think>"}']
)
def test_a_reason_or_a_thought_before_the_verdict_is_passed_over(thought, text):
    assert WINNER.read(Reply(thought + text), soft=False) == 1.0
    tokens = tuple(Token(letter, {letter: 0.0}) for letter in thought + text)
    assert WINNER.read(Reply(thought + text, tokens), soft=True) == 1.0
