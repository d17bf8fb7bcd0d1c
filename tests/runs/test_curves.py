"""The curves of a training: read line by line, and smoothed."""

from __future__ import annotations

import json

import pytest

from codepaint_env.runs.curves import append_curves, read_curves, smoothed
from rewards.errors import SpecError


def test_of_a_step_that_was_logged_twice_the_later_line_holds_and_a_half_line_is_left_out(tmp_path):
    path = tmp_path / "curves.jsonl"
    lines = [
        {"step": 10, "reward": 0.1},
        {"step": 20, "reward": 0.2},
        {"step": 10, "reward": 0.3, "spread": float("nan")},
    ]
    path.write_text("\n".join(map(json.dumps, lines)) + '\n{"step": 30, "rew', encoding="ascii")
    with pytest.warns(RuntimeWarning, match="half-written"):
        assert read_curves(path) == {10: {"reward": 0.3}, 20: {"reward": 0.2}}
    append_curves(path, 40, {"reward": 0.4, "spread": float("inf")})
    assert read_curves(path) == {10: {"reward": 0.3}, 20: {"reward": 0.2}, 40: {"reward": 0.4}}
    assert read_curves(tmp_path / "none.jsonl") == {}


@pytest.mark.parametrize("line", ["[1]", '{"reward": 1}', '{"step": 1, "reward": "high"}', "{"])
def test_a_line_of_the_curves_that_is_not_understood_is_named(tmp_path, line):
    path = tmp_path / "curves.jsonl"
    path.write_text(f'{{"step": 1}}\n{line}\n', encoding="ascii")
    with pytest.raises(SpecError, match=r"curves\.jsonl, line 2"):
        read_curves(path)


def test_the_strong_line_is_the_centred_moving_mean_of_five():
    assert smoothed([0, 10, 20, 40, 0, 5]) == [0, 10, 14, 15, 15, 5]
    assert smoothed([]) == []
