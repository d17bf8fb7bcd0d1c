"""Inquiries: many side by side, equal questions once, unreadable answers once more, and round after round."""

from __future__ import annotations

import asyncio
import json

import pytest

from rewards.judged.inquiry import aconduct, conduct, why_lost
from rewards.judged.judge import Question
from rewards.judged.reply import Reply


def question(text, attempt=0):
    return Question((), "", text, "r", {}, attempt=attempt, readable=lambda reply: reply.text != "mumble")


class Echo:
    """Answers with the text of the question, or as told; keeps each batch."""

    version = "echo"

    def __init__(self, **told):
        self.told, self.batches = told, []

    def ask(self, questions):
        self.batches.append([(each.text, each.attempt) for each in questions])
        return [self.reply(each) for each in questions]

    def reply(self, asked):
        said = self.told.get(asked.text, asked.text)
        said = said[asked.attempt] if isinstance(said, list) else said
        return None if said is None else Reply(said)


class AsyncEcho(Echo):
    async def aask(self, questions):
        await asyncio.sleep(0)
        return self.ask(questions)


def twice(*texts):
    """Asks for some texts, and then for all that came in one."""
    replies = yield [question(text) for text in texts]
    told = "".join("-" if reply is None else reply.text for reply in replies)
    [last] = yield [question(told)]
    return last and last.text.upper()


def silent():
    return "nothing asked"
    yield


def conducted(judge, inquiries):
    return conduct(judge, inquiries) if type(judge) is Echo else asyncio.run(aconduct(judge, inquiries))


@pytest.mark.parametrize("kind", [Echo, AsyncEcho])
def test_many_are_asked_in_one_batch_a_round_and_equal_questions_once(kind):
    judge = kind()
    told = conducted(judge, [twice("a", "b"), silent(), twice("b"), twice("a", "b")])
    assert told == ["AB", "nothing asked", "B", "AB"]
    assert judge.batches == [[("a", 0), ("b", 0)], [("ab", 0), ("b", 0)]]


@pytest.mark.parametrize("kind", [Echo, AsyncEcho])
def test_what_cannot_be_read_is_asked_for_once_more_and_a_lost_call_is_not(kind):
    judge = kind(a=["mumble", "x"], b=None, c=["mumble", "mumble"])
    assert conducted(judge, [twice("a"), twice("b"), twice("c")]) == ["X", "-", "MUMBLE"]
    assert judge.batches[:2] == [[("a", 0), ("b", 0), ("c", 0)], [("a", 1), ("c", 1)]]


def test_asks_of_one_question_are_told_apart_by_their_attempt():
    def asks():
        replies = yield [question("a", 0), question("a", 2)]
        return [reply.text for reply in replies]

    judge = Echo(a=["mumble", "x", "y"])
    assert conduct(judge, [asks()]) == [["x", "y"]]
    assert judge.batches == [[("a", 0), ("a", 2)], [("a", 1)]]


def test_nobody_is_asked_where_nothing_is_to_be_known():
    judge = Echo()
    assert conduct(judge, []) == []
    assert conduct(judge, [silent()]) == ["nothing asked"]
    assert judge.batches == []


def test_a_judge_that_raises_ends_all_and_one_that_tells_its_trouble_is_quoted():
    class Refusing(Echo):
        trouble = "401: no"

        def ask(self, questions):
            raise RuntimeError(json.dumps([each.text for each in questions]))

    with pytest.raises(RuntimeError, match='"a"'):
        conduct(Refusing(), [twice("a")])
    assert why_lost(Refusing()) == "a call of the judge failed (401: no)"
