"""`docs/caption.md` lists every argument, holds both questions as they are asked, and prices that follow from them."""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import replace

import pytest

from markdown_pages import Page, column
from rewards.judged.single.caption import caption
from rewards.preflight import shipped_samples
from rewards.testing.judges.naming import NamingJudge

PAGE = Page("docs/caption.md")
PRICES = ((0.1, 0.4), (0.4, 1.6), (2.0, 8.0))
PICTURE = 300  # tokens


class Bush(NamingJudge):
    """Says what stands in the page's example."""

    def _reply(self, question):
        reply = super()._reply(question)
        told = json.loads(reply.text)
        if "sentence" in told:
            told["sentence"] = "A bush stands in grass before a fence."
        return replace(reply, text=json.dumps(told))


def asked(wanted):
    """Returns what is asked about a picture of a bush where something is wanted, and the answers."""
    judge = Bush("a bush", ("grass", "a fence"))
    [sample] = shipped_samples(1)
    [score] = caption(judge=judge, text="keep")([replace(sample, task=replace(sample.task, subject=wanted))])
    assert score.value is not None
    return judge.asked, [judge._reply(question) for question in judge.asked]


def test_the_page_lists_every_argument_with_its_default():
    [table] = PAGE.tables("Arguments")
    told = {name: default.strip("`") for name, default in column(table, "default").items()}
    assert told == {p.name: repr(p.default) for p in inspect.signature(caption).parameters.values()}
    assert all(column(table, name)[argument] for name in ("unit", "meaning") for argument in told)


@pytest.mark.parametrize(("place", "name"), list(enumerate(["the blind question", "the second question"])))
def test_the_page_shows_each_question_as_it_is_asked(place, name):
    question = asked("poppy")[0][place]
    [shown] = re.findall(rf"<!-- {name} -->\n```\n(.*?)\n```\n", PAGE.text, re.DOTALL)
    assert shown == f"{question.system}\n---\n{question.text}"


@pytest.mark.parametrize(("place", "wanted"), list(enumerate(["bush", "poppy"])))
def test_the_price_table_follows_from_what_is_asked(place, wanted):
    [table] = PAGE.tables("What it costs")
    questions, replies = asked(wanted)
    texts = [question.system + question.text + json.dumps(question.schema) for question in questions]
    prompt = sum(map(len, texts)) / 4 + PICTURE * sum(len(question.images) for question in questions)
    said = sum(len(reply.text) for reply in replies) / 4
    usd = [f"{(prompt * a + said * b) / 1000:.2f}" for a, b in PRICES]
    tokens = [f"{1000 * each / 1e6:.2f} M" for each in (prompt, said)]
    assert table[1 + place][1:] == [f"{1000 * len(questions):,}", *tokens, *usd]
