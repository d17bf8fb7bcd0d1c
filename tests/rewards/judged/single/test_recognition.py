"""What a blind description says in bounds, and what whole words of it settle about a subject."""

from __future__ import annotations

import json

import pytest

from rewards.judged.reply import Reply
from rewards.judged.single.description import MOST_OTHERS, PHRASE, SENTENCE, Description, read_description
from rewards.judged.single.recognition import LABELS, named_by_words, read_label
from rewards.subject_words import spellings, whole_words


def said(subject="a rose", others=(), sentence="A rose.", **more):
    return json.dumps({"subject": subject, "others": list(others), "sentence": sentence} | more)


def label(wanted, subject, *others, aliases=()):
    return named_by_words(Description(subject, others, ""), whole_words(spellings(wanted, aliases)))


@pytest.mark.parametrize(
    "subject",
    [
        "rose",
        "a rose",
        "two red Roses",
        "The rose.",
        "a tea-rose",
        "roses in a vase",
        "a rose with a cat",
        "dog roses",
    ],
)
def test_a_main_thing_that_ends_with_the_subject_is_full_recognition(subject):
    assert label("rose", subject, aliases=["dog rose"]) == "full"


@pytest.mark.parametrize(
    "subject",
    [
        "prose",
        "a page of prose",
        "a primrose",
        "rosette",
        "roseate wall",
        "a flower",
        "",
        "a vase",
    ],
)
def test_the_subject_is_not_found_inside_other_words(subject):
    assert label("rose", subject, "a catalogue", "a rosary") is None
    assert label("cat", "a catalogue", "a concatenation", "scats") is None


@pytest.mark.parametrize(
    "subject",
    [
        "a vase of roses",
        "a rose garden",
        "no rose",
        "not a rose",
        "perhaps a rose",
        "a rose or a poppy",
        "a cat and a rose",
        "a cat, a dog, a rose",
        "something like a rose",
        "a rose?",
        "the word rose",
        'a sign that says "rose"',
        "a heap of roses",
    ],
)
def test_what_merely_mentions_the_subject_is_for_the_second_question(subject):
    assert label("rose", subject) is None
    assert label("rose", subject, "a rose") is None


def test_a_thing_that_is_named_beside_another_main_thing_is_partial_recognition():
    assert label("rose", "a table", "a cat", "a red rose") == "partly"
    assert label("rose", "a table", "a vase of roses") is None
    assert label("rose", "a table", "perhaps a rose") is None
    assert label("rose", "nothing", "a rose") == "partly"


@pytest.mark.parametrize("subject", ["nothing", "Nothing.", "none", "", "nothing recognisable"])
def test_nothing_is_no_recognition_without_a_question(subject):
    assert label("rose", subject) == "no"


def test_aliases_and_plurals_count_as_the_subject():
    irises = ["iris", "flag iris"]
    for named in ("an iris", "purple irises", "a flag iris", "bearded irises", "a bearded iris"):
        assert label("bearded irises", named, aliases=irises) == "full"
    assert label("bearded irises", "the iris of an eye", aliases=irises) == "full"  # words alone cannot tell
    assert label("bearded irises", "a lily", aliases=irises) is None


def test_a_description_is_read_in_bounds():
    many = [f"thing {number}" for number in range(20)]
    seen = read_description(Reply(said(" a  red\nrose ", ["", "a cat", *many, "a cat"])))
    assert seen == Description("a red rose", ("a cat", "thing 0", "thing 1", "thing 2", "thing 3"), "A rose.")
    assert len(seen.others) == MOST_OTHERS
    long = read_description(Reply(said("very " * 40 + "red rose", ["x" * 500], "word " * 400)))
    assert len(long.subject) <= PHRASE
    assert len(long.others[0]) <= PHRASE
    assert len(long.sentence) <= SENTENCE
    assert long.subject.endswith("very …")


def test_a_phrase_that_was_cut_settles_nothing():
    words = "very " * 13 + "red rose bush by the wall of the garden"
    seen = read_description(Reply(said(words)))
    assert seen.subject.endswith("rose …")
    assert named_by_words(seen, whole_words(spellings("rose"))) is None


def test_lone_surrogates_in_a_description_can_be_sent_on():
    seen = read_description(Reply('{"subject": "\\ud83d", "others": ["\\udc00"], "sentence": "\\ud83d"}'))
    assert (seen.subject, seen.others, seen.sentence) == ("?", ("?",), "?")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A rose.",
        "[]",
        said() + said(),
        said(more="x"),
        said(subject=None),
        said(subject=["a rose"]),
        said(others=[1]),
        said(others=[["a rose"]]),
        said(sentence=7),
        '{"subject": "a rose", "others": "a cat", "sentence": "x"}',
        '{"subject": "a rose", "sentence": "x"}',
        '{"subject": "a", "subject": "a rose", "others": [], "sentence": "x"}',
    ],
)
def test_what_is_no_description_cannot_be_read(text):
    assert read_description(Reply(text)) is None


def test_an_answer_that_was_cut_off_cannot_be_read():
    assert read_description(Reply(said(), truncated=True)) is None
    assert read_label(Reply('{"shows": "full", "reason": ""}', truncated=True)) is None


def test_thoughts_and_a_fence_round_an_answer_are_passed_over():
    assert read_description(Reply(f"<think>a cat?</think>\n```json\n{said()}\n```")).subject == "a rose"


@pytest.mark.parametrize("name", LABELS)
def test_a_label_is_read(name):
    assert read_label(Reply(json.dumps({"shows": name, "reason": "so"}))) == name
    assert read_label(Reply(json.dumps({"reason": "so", "shows": name}))) == name


@pytest.mark.parametrize(
    "told",
    [
        {"shows": "Full", "reason": ""},
        {"shows": "full, partly or no", "reason": ""},
        {"shows": ["full"], "reason": ""},
        {"shows": None, "reason": ""},
        {"shows": "full"},
        {"shows": "full", "reason": 1},
        {"shows": "full", "reason": "", "but": "no"},
        ["full"],
    ],
)
def test_any_other_label_cannot_be_read(told):
    assert read_label(Reply(json.dumps(told))) is None
