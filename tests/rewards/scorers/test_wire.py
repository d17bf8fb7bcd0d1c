"""The protocol: any bytes are a reply or not, and each number stands or falls alone."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewards.scorers.wire import FIELDS, Answer, Item, Scale, Unreadable, encoded, plain, read

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None, database=None)
@given(st.binary(max_size=60) | _json.map(lambda told: json.dumps(told).encode()), st.integers(1, 4))
def test_any_bytes_are_a_reply_or_unreadable(data, count):
    with suppress(Unreadable):
        assert len(read(data, count)) == count


@settings(max_examples=80, deadline=None, database=None)
@given(_json, _json, _json)
def test_any_answer_has_a_value_in_range_or_none(score, components, reason):
    told = Scale(-1.0, 3.0, ("form",)).told(Answer(score, components, str(reason)))
    assert told.value is None or (0 <= told.value <= 1 and set(told.components) == {"form"})
    assert told.value is not None or told.reason


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (b"", "it is no JSON"),
        (b'{"scores": [0.1', "it is no JSON"),
        (b"\xff\xfe", "it is no JSON"),
        (b"[" * 200_000, "it is no JSON"),
        (b"[0.1]", "it is no reply"),
        (b'{"score": [0.1]}', "missing required field `scores`"),
        (b'{"scores": 0.1}', "it is no reply"),
        (b'{"scores": [0.1, 0.2]}', "it has 2 scores for 1 items"),
        (b'{"scores": [0.1], "components": []}', "it has 0 components for 1 items"),
        (b'{"scores": [0.1], "reasons": ["a", "b"]}', "it has 2 reasons for 1 items"),
    ],
)
def test_what_is_no_reply_is_said(reply, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read(reply, 1)


def test_a_reply_may_hold_fields_of_a_later_version():
    assert read(b'{"scores": [0.1], "model": "x"}', 1) == [Answer(0.1)]


def test_a_request_says_only_what_it_is_told():
    assert json.loads(encoded([Item(prompt="p"), Item(image=b"\x89")])) == {
        "version": 1,
        "items": [{"prompt": "p"}, {"image": "iQ=="}],
    }


def test_every_field_and_the_scorer_change_the_key():
    plain_one = Item(image=b"i", prompt="p", program="g", completion="c", canvas="v")
    keys = {plain_one.key("a"), plain_one.key("b")}
    for name in FIELDS:
        told = {each: getattr(plain_one, each) for each in FIELDS}
        keys.add(Item(**told | {name: b"x" if name == "image" else "x"}).key("a"))
        keys.add(Item(**told | {name: None}).key("a"))
    assert len(keys) == 2 + 2 * len(FIELDS)


@given(st.text(st.characters(), max_size=20))
def test_plain_text_can_be_encoded_and_leaves_whole_text_alone(text):
    plain(text).encode()
    if not any("\ud800" <= letter <= "\udfff" for letter in text):
        assert plain(text) == text
