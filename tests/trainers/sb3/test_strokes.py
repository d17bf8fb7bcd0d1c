"""Strokes: what each number means on the sheet, and the sketch that they make."""

import math
from itertools import pairwise

import numpy as np
import pytest

from codepaint_env.trainers.sb3 import PARAMETERS, Stroke, sketch

SIDE = 200


def corners(**numbers):
    return np.array(Stroke(**numbers).outline(SIDE))


def test_the_middle_of_a_stroke_lies_where_x_and_y_say():
    for x, y in ((-1, -1), (0, 0), (1, 0.5)):
        assert corners(x=x, y=y).mean(axis=0) == pytest.approx([x * SIDE / 2, y * SIDE / 2], abs=0.1)


def test_length_and_width_are_shares_of_the_sheet():
    for number, long, wide in ((-1, 0.1, 0.06), (1, 1.0, 0.6)):
        left, top, right, bottom = *corners(length=number).min(axis=0), *corners(length=number).max(axis=0)
        assert right - left == pytest.approx(long * SIDE)
        spread = np.ptp(corners(width=number)[:, 1])
        assert spread == pytest.approx(wide * SIDE, abs=0.2)
        assert top < bottom


def test_an_angle_above_nought_falls_to_the_right_and_both_ends_stand_upright():
    start, *_, end = corners(angle=0.5, width=-1)[:5]
    assert math.degrees(math.atan2(end[1] - start[1], end[0] - start[0])) == pytest.approx(45, abs=0.5)
    for upright in (-1, 1):
        assert (
            np.ptp(corners(angle=upright, width=-1)[:, 0])
            < np.ptp(corners(angle=upright, width=-1)[:, 1]) / 5
        )


def test_bend_moves_the_middle_off_the_line_between_the_ends():
    for bend in (-1, 1):
        points = corners(bend=bend, width=-1)
        middle, end = (points[2] + points[7]) / 2, (points[0] + points[9]) / 2
        assert middle[1] - end[1] == pytest.approx(bend * 0.55 * SIDE / 2, abs=0.2)


def test_no_colour_is_white_so_that_every_stroke_shows():
    assert Stroke(red=1, green=1, blue=1).colour == "#d7d7d7"
    assert Stroke(red=-1, green=-1, blue=-1).colour == "#141414"


def test_the_sketch_of_more_strokes_begins_as_that_of_fewer():
    strokes = [Stroke(x=0.1 * index) for index in range(4)]
    told = [sketch(strokes[:count], 128).partition("\n}\n\nfunction draw")[0] for count in range(5)]
    assert all(more.startswith(fewer) for fewer, more in pairwise(told))
    assert [text.count("wash(") - 1 for text in told] == [0, 1, 2, 3, 4]
    assert "createCanvas(128, 128, WEBGL)" in told[0]


def test_the_numbers_of_an_action_are_those_of_the_table_in_their_order():
    assert PARAMETERS == ("x", "y", "length", "angle", "bend", "width", "red", "green", "blue", "opacity")
