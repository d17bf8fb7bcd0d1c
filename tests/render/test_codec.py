"""Records cross every border whole; bytes that were damaged or forged are refused by one exception."""

from __future__ import annotations

import copy
import json
import math
import pickle
import tracemalloc
import zlib
from dataclasses import asdict, fields, replace
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codepaint_env.render.codec import (
    CodecError,
    from_json,
    join_drawn,
    pack,
    to_json,
    unpack,
)
from codepaint_env.render.drawn import Drawn
from codepaint_env.render.schema import (
    DrawnRecord,
    FindingRecord,
    InteractionRecord,
    RenderingRecord,
    record_drawn,
    record_rendering,
    restore_rendering,
)
from rewards.types import Finding, Interaction, Rendering


def drawn_head(drawn: Drawn) -> bytes:
    return to_json(record_drawn(drawn))


def read_drawn(head: bytes, pixels: bytes, most_px: int) -> Drawn:
    return join_drawn(from_json(head, DrawnRecord), pixels, most_px)


WHOLE = st.integers(-(10**20), 10**20)
TEXTS = st.text(st.characters(), max_size=12) | st.sampled_from(
    ["\ud800", "\udfff\ud800", "a\u2028b\x85c\n", "\x00", "NaN", "ﬀ🌷" * 2_000]
)
BOXES = st.none() | st.tuples(WHOLE, WHOLE, WHOLE, WHOLE)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
NAMES = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)

FINDINGS = st.builds(Finding, TEXTS, TEXTS, NUMBERS, BOXES)
STEPS = st.builds(
    Interaction,
    step=st.integers(1, 99),
    action=TEXTS,
    role=TEXTS,
    name=TEXTS,
    selector=TEXTS,
    box=BOXES,
    expectation=TEXTS,
    effect=TEXTS,
    credited=st.none() | st.booleans(),
    evidence=TEXTS,
)
IMAGES = st.none() | st.builds(
    lambda height, width, seed: np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8),
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(0, 99),
)
RENDERINGS = st.builds(
    Rendering,
    status=st.sampled_from(["ok", "program_error"]),
    kind=TEXTS,
    message=TEXTS,
    image=IMAGES,
    findings=st.lists(FINDINGS, max_size=3).map(tuple),
    interactions=st.none() | st.lists(STEPS, max_size=3).map(tuple),
    evidence=st.frozensets(TEXTS, max_size=3),
    identity=TEXTS,
    pictures=st.dictionaries(NAMES, st.binary(max_size=40), max_size=3),
)
STEP = Interaction(
    step=1,
    action="click",
    role="button",
    name="Add",
    selector="#add",
    box=(1, 2, 3, 4),
    expectation="A line is added.",
    effect="",
    credited=None,
    evidence="step-1-after",
)
FULL = Rendering(
    "ok",
    message="fine",
    image=np.arange(108, dtype=np.uint8).reshape(6, 6, 3),
    findings=(Finding("console", "log: 1"), Finding("text", "words", 0.25, (1, 2, 3, 4))),
    interactions=(STEP,),
    evidence=frozenset({"source", "image", "interactions"}),
    identity="f00",
    pictures={"viewport": b"\x89PNG one", "step-1-after": b"\x89PNG two"},
)
DRAWN = Drawn(
    "done",
    rgb=np.arange(18, dtype=np.uint8).reshape(2, 3, 3),
    size=(3, 2),
    console=["log: \ud800"],
    timings={"queue": 0.5},
)


def assert_same(found: Rendering, put: Rendering) -> None:
    for field in fields(Rendering):
        if field.name != "image":
            assert getattr(found, field.name) == getattr(put, field.name), field.name
    assert (found.image is None) == (put.image is None)
    if put.image is not None:
        np.testing.assert_array_equal(found.image, put.image)


def assert_same_drawn(found: Drawn, put: Drawn) -> None:
    assert asdict(replace(found, rgb=None)) == asdict(replace(put, rgb=None))
    assert (found.rgb is None) == (put.rgb is None)
    if put.rgb is not None:
        np.testing.assert_array_equal(found.rgb, put.rgb)


# There and back


@pytest.mark.full
@settings(max_examples=150, deadline=None)
@given(RENDERINGS)
def test_every_rendering_that_is_packed_comes_back(rendering):
    for level in (0, 1):
        assert_same(unpack(pack(rendering, level=level)), rendering)


@settings(max_examples=50, deadline=None)
@given(RENDERINGS)
def test_every_rendering_survives_as_text_apart_from_its_pictures(rendering):
    text = to_json(record_rendering(rendering))
    assert text.isascii()
    assert b"\n" not in text
    found = restore_rendering(from_json(text, RenderingRecord), rendering.image, rendering.pictures)
    assert_same(found, rendering)


@settings(max_examples=50, deadline=None)
@given(RENDERINGS)
def test_every_rendering_crosses_to_another_process_and_can_be_copied(rendering):
    for found in (pickle.loads(pickle.dumps(rendering)), copy.deepcopy(rendering)):
        assert_same(found, rendering)
        assert isinstance(found.pictures, MappingProxyType)


@settings(max_examples=80, deadline=None)
@given(
    outcome=TEXTS.filter(bool),
    words=st.lists(TEXTS, min_size=2, max_size=5),
    sides=st.none() | st.tuples(st.integers(1, 9), st.integers(1, 9)),
    timings=st.dictionaries(TEXTS, NUMBERS, max_size=3),
    in_library=st.booleans(),
)
def test_everything_that_was_drawn_comes_back(outcome, words, sides, timings, in_library):
    rgb = None if sides is None else np.full((sides[1], sides[0], 3), 7, np.uint8)
    put = Drawn(outcome, words[0], rgb, words[1], sides or (0, 0), words[2:], in_library, timings)
    pixels = b"" if rgb is None else rgb.tobytes()
    assert_same_drawn(read_drawn(drawn_head(put), pixels, 9), put)


def test_the_records_have_the_fields_of_what_they_record():
    assert FindingRecord.__struct_fields__ == tuple(each.name for each in fields(Finding))
    assert InteractionRecord.__struct_fields__ == tuple(each.name for each in fields(Interaction))
    assert {*RenderingRecord.__struct_fields__, "image", "pictures"} == {
        each.name for each in fields(Rendering)
    }
    assert {*DrawnRecord.__struct_fields__, "rgb"} == {"shape", *(each.name for each in fields(Drawn))}


def test_the_pictures_of_a_rendering_cannot_be_changed():
    given = {"full": b"one"}
    rendering = Rendering("ok", pictures=given)
    given["full"] = b"two"
    assert rendering.pictures == {"full": b"one"}
    with pytest.raises(TypeError):
        rendering.pictures["full"] = b"three"


def test_a_machine_failure_is_a_record_but_never_packed():
    failed = Rendering("machine_error", "crash", "it went away")
    record = record_rendering(failed)
    assert from_json(to_json(record), RenderingRecord) == record
    with pytest.raises(CodecError, match=r"rendering\.status: a machine failure"):
        unpack(pack(failed))


# What cannot be written


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_refused_with_its_field(value):
    rendering = replace(FULL, findings=(*FULL.findings, Finding("text", "words", value)))
    with pytest.raises(CodecError, match=r"^findings\[2\]\.value: "):
        to_json(record_rendering(rendering))
    with pytest.raises(CodecError, match=r"^rendering\.findings\[2\]\.value: "):
        pack(rendering)


def test_what_json_lacks_is_refused():
    with pytest.raises(CodecError, match="RenderingRecord cannot be written"):
        to_json(record_rendering(replace(FULL, kind=b"bytes")))


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A", "a.png", "-a", "a" * 65, "a\n", "\ud800"])
def test_a_name_that_no_file_should_have_is_refused(name):
    with pytest.raises(CodecError, match="is no name of a picture"):
        pack(replace(FULL, pictures={name: b"png"}))


# What is read


def sealed(head: bytes, rest: bytes) -> bytes:
    """Bytes with a right checksum."""
    body = len(head).to_bytes(4, "big") + head + rest
    return zlib.crc32(body).to_bytes(4, "big") + body


def parts_of(data: bytes) -> tuple[dict, bytes]:
    end = 8 + int.from_bytes(data[4:8], "big")
    return json.loads(data[8:end]), data[end:]


def changed(told: object, path: tuple, value: object) -> object:
    """A copy with another value at a path."""
    told = copy.deepcopy(told)
    place = told
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return told


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("rendering", "status"), "machine_error", "rendering.status"),
        (("rendering", "status"), "fine", "rendering.status"),
        (("rendering", "status"), "\ud800", "PackedRecord"),
        (("rendering", "kind"), 1, "rendering.kind"),
        (("rendering", "message"), None, "rendering.message"),
        (("rendering", "findings"), 3, "rendering.findings"),
        (("rendering", "findings", 1, "value"), "much", "rendering.findings[1].value"),
        (("rendering", "findings", 1, "value"), True, "rendering.findings[1].value"),
        (("rendering", "findings", 1, "value"), 10**400, "rendering.findings[1].value"),
        (("rendering", "findings", 1, "box"), [1, 2], "rendering.findings[1].box"),
        (("rendering", "findings", 1, "box"), [1, 2, 3, True], "rendering.findings[1].box[3]"),
        (("rendering", "findings", 1, "box"), [1, 2, 3, 4.5], "rendering.findings[1].box[3]"),
        (("rendering", "findings", 0, "extra"), 1, "rendering.findings[0]"),
        (("rendering", "interactions", 0, "step"), "1", "rendering.interactions[0].step"),
        (("rendering", "interactions", 0, "effect"), True, "rendering.interactions[0].effect"),
        (("rendering", "interactions", 0, "credited"), 1, "rendering.interactions[0].credited"),
        (("rendering", "evidence"), [1], "rendering.evidence[0]"),
        (("rendering", "evidence"), "image", "rendering.evidence"),
        (("rendering", "identity"), [], "rendering.identity"),
        (("shape",), [6, 6], "shape"),
        (("shape",), [6, 6, 4], "shape"),
        (("shape",), [0, 6, 3], "shape"),
        (("shape",), [100_000, 100_000, 3], "shape"),
        (("shape",), [7, 6, 3], "pixels"),
        (("shape",), [5, 6, 3], "pixels"),
        (("shape",), "6", "shape"),
        (("shape",), None, "shape"),
        (("pixels",), -1, "pixels"),
        (("pixels",), 3, "pictures"),
        (("pictures",), {"../x": 1}, "pictures"),
        (("pictures",), {"full": 10**12}, "pictures"),
        (("pictures",), [], "pictures"),
        (("more",), 1, "PackedRecord"),
    ],
    ids=str,
)
def test_a_forged_record_is_refused_with_its_field(path, value, field):
    told, rest = parts_of(pack(FULL))
    with pytest.raises(CodecError) as refused:
        unpack(sealed(json.dumps(changed(told, path, value)).encode(), rest))
    assert str(refused.value).startswith(f"{field}: ")


@pytest.mark.parametrize("level", [0, 1])
def test_a_forged_record_without_changes_is_understood(level):
    told, rest = parts_of(pack(FULL, level=level))
    assert_same(unpack(sealed(json.dumps(told).encode(), rest)), FULL)


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("shape",), [7, 6, 3], "pixels"),
        (("shape",), [5, 6, 3], "pixels"),
        (("shape",), [100_000, 100_000, 3], "shape"),
        (("shape",), None, "shape"),
        (("raw",), False, "pixels"),
        (("raw",), 1, "raw"),
    ],
    ids=str,
)
def test_a_forged_record_of_pixels_as_they_are_is_refused_with_its_field(path, value, field):
    told, rest = parts_of(pack(FULL, level=0))
    with pytest.raises(CodecError) as refused:
        unpack(sealed(json.dumps(changed(told, path, value)).encode(), rest))
    assert str(refused.value).startswith(f"{field}: ")


def test_pixels_as_they_are_cost_a_copy_and_cannot_be_written_into():
    picture = np.arange(1500 * 1500 * 3, dtype=np.uint32).astype(np.uint8).reshape(1500, 1500, 3)
    large = replace(FULL, image=picture[:, ::-1], pictures={})
    packed = pack(large, level=0)
    assert len(packed) < picture.nbytes + 4_000
    tracemalloc.start()
    try:
        found = unpack(packed)
        assert tracemalloc.get_traced_memory()[1] < 2**20  # the picture lies in the bytes that came
    finally:
        tracemalloc.stop()
    np.testing.assert_array_equal(found.image, picture[:, ::-1])
    assert not found.image.flags.writeable


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"NaN",
        b'{"rendering": Infinity}',
        b'{"a": 1e999}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"1" * 10_000,
        b'"' + b"x" * 10_000,
        b'{"\\ud800": 1}',
    ],
    ids=lambda head: repr(head[:20]),
)
def test_json_that_is_none_of_ours_is_refused(head):
    with pytest.raises(CodecError) as refused:
        unpack(sealed(head, b""))
    assert len(str(refused.value)) < 700
    with pytest.raises(CodecError):
        read_drawn(head, b"", 9)


def test_infinity_in_the_guise_of_a_number_is_refused():
    told, rest = parts_of(pack(FULL))
    head = json.dumps(changed(told, ("rendering", "findings", 1, "value"), 12345.5)).encode()
    with pytest.raises(CodecError, match=r"^rendering\.findings\[1\]\.value"):
        unpack(sealed(head.replace(b"12345.5", b"1e999"), rest))


@pytest.mark.parametrize("length", [0, 3, 2**31, 2**32 - 1])
def test_a_forged_length_of_the_head_is_refused_and_allocates_nothing(length):
    data = pack(FULL)
    body = length.to_bytes(4, "big") + data[8:]
    tracemalloc.start()
    try:
        with pytest.raises(CodecError):
            unpack(zlib.crc32(body).to_bytes(4, "big") + body)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_pixels_that_unfold_to_far_more_than_they_say_are_cut_off_early():
    told, _ = parts_of(pack(replace(FULL, pictures={})))
    bomb = zlib.compress(bytes(2**26))
    told["pixels"] = len(bomb)
    tracemalloc.start()
    try:
        with pytest.raises(CodecError, match="pixels: they are cut short or too long"):
            unpack(sealed(json.dumps(told).encode(), bomb))
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_bytes_that_were_changed_anywhere_are_refused_or_understood(data):
    packed = bytearray(pack(FULL))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(4, len(packed) - 1))
        packed[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    body = bytes(packed[4:])
    try:
        found = unpack(zlib.crc32(body).to_bytes(4, "big") + body)
    except CodecError:
        return
    assert isinstance(found, Rendering)


JSON = st.recursive(
    st.none() | st.booleans() | WHOLE | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


def places(told: object, path: tuple = ()) -> list[tuple]:
    """Every path into some JSON."""
    inside = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    return [each for key, value in inside for each in [(*path, key), *places(value, (*path, key))]]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_record_in_which_anything_stands_anywhere_is_refused_or_understood(data):
    told, rest = parts_of(pack(FULL))
    forged = changed(told, data.draw(st.sampled_from(places(told))), data.draw(JSON))
    try:
        found = unpack(sealed(json.dumps(forged).encode(), rest))
    except CodecError:
        return
    assert all(math.isfinite(finding.value) for finding in found.findings)


# What a worker tells


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": None}, "outcome"),
        ({"message": 1}, "message"),
        ({"missing": []}, "missing"),
        ({"size": [3]}, "size"),
        ({"size": [2, 3]}, "size"),
        ({"size": [3.0, 2]}, "size[0]"),
        ({"console": "log"}, "console"),
        ({"console": [1]}, "console[0]"),
        ({"in_library": 1}, "in_library"),
        ({"timings": {"queue": "long"}}, "timings[...]"),
        ({"timings": []}, "timings"),
        ({"shape": None}, "shape"),
        ({"shape": [2, 3, 4]}, "shape"),
        ({"shape": [20, 3, 3]}, "shape"),
        ({"shape": [2, 10, 3], "size": [10, 2]}, "shape"),
        ({"shape": [3, 3, 3], "size": [3, 3]}, "shape"),
        ({"shape": [-2, -3, 3], "size": [-3, -2]}, "shape"),
        ({"memory": 3}, "DrawnRecord"),
    ],
    ids=str,
)
def test_a_forged_answer_is_refused_with_its_field(changes, field):
    told = json.loads(drawn_head(DRAWN)) | changes
    with pytest.raises(CodecError) as refused:
        read_drawn(json.dumps(told).encode(), DRAWN.rgb.tobytes(), 9)
    assert str(refused.value).startswith(f"{field}: ")


@pytest.mark.parametrize("field", DrawnRecord.__struct_fields__)
def test_an_answer_that_lacks_a_field_is_refused_with_its_name(field):
    told = json.loads(drawn_head(DRAWN))
    del told[field]
    with pytest.raises(CodecError, match=f"`{field}`"):
        read_drawn(json.dumps(told).encode(), DRAWN.rgb.tobytes(), 9)


@pytest.mark.parametrize("pixels", [b"", bytes(23), bytes(25)])
def test_pixels_of_another_number_are_refused(pixels):
    with pytest.raises(CodecError, match=f"shape: 3 x 2 pixels are not {len(pixels)} bytes"):
        read_drawn(drawn_head(DRAWN), pixels, 9)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_an_answer_in_which_anything_stands_anywhere_is_refused_or_understood(data):
    told = json.loads(drawn_head(DRAWN))
    forged = changed(told, data.draw(st.sampled_from(places(told))), data.draw(JSON))
    try:
        found = read_drawn(json.dumps(forged).encode(), DRAWN.rgb.tobytes(), 9)
    except CodecError:
        return
    assert found.outcome
