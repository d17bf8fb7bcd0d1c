"""JSON lines are appended whole, go on after a kill, and say which line is wrong."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewards.errors import SpecError
from rewards.json_lines import LineWriter, encode_line, read_lines, split_lines, write_lines

ODD = "a\u2028b\u2029c\x85d\x0be\x1cf\ud800 é"


def values(path, **how):
    return [line.value for line in read_lines(path, **how)]


def test_lines_that_are_appended_are_read_in_order(tmp_path):
    path = tmp_path / "lines.jsonl"
    for start in (0, 2):
        with LineWriter(path) as lines:
            lines.append({"n": start})
            lines.append(b'{"n": %d}' % (start + 1))
    assert values(path) == [{"n": n} for n in range(4)]
    assert read_lines(path)[2].where == f"{path}, line 3"


def test_each_line_is_in_the_file_before_the_next(tmp_path):
    path = tmp_path / "lines.jsonl"
    with LineWriter(path, sync=True) as lines:
        for n in range(3):
            lines.append({"n": n})
            assert len(read_lines(path)) == n + 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.text(st.characters()), st.text(st.characters()) | st.integers())))
def test_whatever_text_a_line_holds_it_stays_one_line(tmp_path_factory, told):
    path = tmp_path_factory.mktemp("lines") / "lines.jsonl"
    write_lines(path, told)
    assert values(path) == told
    assert path.read_bytes().isascii()
    assert not path.with_name("lines.jsonl.new").exists()


def test_only_a_line_break_ends_a_line(tmp_path):
    path = tmp_path / "lines.jsonl"
    odd = ODD.replace("\ud800", "")
    text = json.dumps({"id": odd}, ensure_ascii=False).replace("\\u000b", "").replace("\\u001c", "")
    path.write_text(f"{text}\n{text}\n", encoding="utf-8")
    assert len(text.splitlines()) > 1
    assert len(values(path)) == 2
    assert [number for number, _ in split_lines(f"\n{text}\r\n \n{text}")] == [2, 4]


@pytest.mark.parametrize("rest", [b'{"n": 2', b'{"n": 2}', b"{", b"x" * 200_000])
def test_a_half_written_last_line_is_left_out_with_a_warning_and_cut_off_by_the_next(tmp_path, rest):
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'{"n": 0}\n{"n": 1}\n' + rest)
    with pytest.warns(RuntimeWarning, match=r"lines\.jsonl is half-written: left out"):
        assert values(path) == [{"n": 0}, {"n": 1}]
    with LineWriter(path) as lines:
        lines.append({"n": 2})
    assert path.read_bytes() == b'{"n": 0}\n{"n": 1}\n{"n": 2}\n'


def test_a_file_that_holds_half_a_line_alone_is_begun_anew(tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'{"n": ')
    LineWriter(path).close()
    assert path.read_bytes() == b""
    assert values(path) == []


def test_a_file_that_was_edited_by_hand_needs_no_last_line_break(tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'\n{"n": 0}\r\n\n{"n": 1}')
    assert values(path, by_hand=True) == [{"n": 0}, {"n": 1}]


def test_a_file_that_is_whole_is_not_touched_when_it_is_opened(tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'{"n": 0}\n')
    os.utime(path, ns=(1, 1))
    LineWriter(path).close()
    assert path.stat().st_mtime_ns == 1


class FullDisk:
    """Takes half of a line and then no more."""

    def __init__(self, file):
        self.file = file
        self.room = 5

    def write(self, data):
        taken, self.room = self.room, 0
        if not taken:
            raise OSError(28, "No space left on device")
        return self.file.write(data[:taken])

    def __getattr__(self, name):
        return getattr(self.file, name)


def test_a_full_disk_leaves_whole_lines_alone(tmp_path):
    path = tmp_path / "lines.jsonl"
    with LineWriter(path) as lines:
        lines.append({"n": 0})
        file, lines._file = lines._file, FullDisk(lines._file)
        with pytest.raises(OSError, match="No space left"):
            lines.append({"n": 1})
        lines._file = file
        lines.append({"n": 2})
    assert values(path) == [{"n": 0}, {"n": 2}]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", r"is not JSON: Expecting property name .* at column 2\. Mend the line or remove it"),
        (b"1" * 9_999, "is not JSON: Exceeds the limit"),
        (b"[" * 99_999, "is not JSON: it is nested too deeply"),
        (b'"\xff"', r"is not UTF-8 text \(invalid start byte at byte 1\)"),
    ],
    ids=["cut", "long", "deep", "bytes"],
)
def test_a_whole_line_that_is_not_json_is_refused_with_file_and_number(tmp_path, line, why):
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'{"n": 0}\n\n' + line + b"\n")
    with pytest.raises(SpecError, match=rf"lines\.jsonl, line 3 {why}"):
        read_lines(path)


@pytest.mark.parametrize("value", [{"n": float("nan")}, {"n": float("inf")}, b'{"n":\n1}'])
def test_what_no_reader_would_understand_is_not_written(tmp_path, value):
    path = tmp_path / "lines.jsonl"
    with LineWriter(path) as lines, pytest.raises(ValueError, match=r"not JSON compliant|holds a line break"):
        lines.append(value)
    assert path.read_bytes() == b""


def test_a_line_is_ascii_and_keeps_lone_surrogates():
    line = encode_line({"id": ODD})
    assert line.isascii()
    assert json.loads(line)["id"] == ODD
