"""Findings are drawn where they are, in the colour of their kind, with the number that a list beside them has."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageColor

from codepaint_env.reports.finding_marks import COLOURS, OTHER, colour_of, mark_findings
from rewards.pages.audited import WORTH
from rewards.types import Finding

SIZE = (400, 300)
WHITE = np.full((SIZE[1], SIZE[0], 3), 255, np.uint8)


def png(levels: np.ndarray = WHITE) -> bytes:
    file = io.BytesIO()
    Image.fromarray(levels).save(file, "PNG")
    return file.getvalue()


def marked(*findings: Finding) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(mark_findings(png(), findings))).convert("RGB"))


def at(box, kind="overlap") -> Finding:
    return Finding(kind, "m", 0.5, box, "#a")


def has(picture: np.ndarray, colour: str) -> np.ndarray:
    return (picture == ImageColor.getrgb(colour)).all(axis=2)


def test_a_box_is_drawn_round_a_place_and_not_over_it():
    found = has(marked(at((100, 120, 200, 160))), colour_of("overlap"))
    assert found[118, 130:190].all()
    assert found[161, 130:190].all()
    assert found[125:155, 98].all()
    assert not found[125:155, 104:196].any()


@pytest.mark.parametrize("kind", [*WORTH, "another"])
def test_every_kind_has_a_colour_in_which_white_digits_can_be_read(kind):
    from codepaint_env.canvases.html.audit.picture import ratio

    colour = np.array(ImageColor.getrgb(colour_of(kind)), np.float64)
    assert ratio(colour, np.full(3, 255.0)) >= 4.5
    assert has(marked(at((100, 120, 200, 160), kind)), colour_of(kind)).any()
    assert colour_of("another") == OTHER
    assert COLOURS.keys() <= WORTH.keys()


@pytest.mark.parametrize("box", [None, (500, 10, 600, 20), (-50, -50, -10, -10)])
def test_what_has_no_place_on_the_picture_is_left_out(box):
    assert (marked(at(box)) == 255).all()


def test_numbers_count_what_is_left_out_as_well():
    two = marked(at(None), at((100, 120, 200, 160)))
    one = marked(at((100, 120, 200, 160)))
    assert (two != one).any()
    assert (two == marked(at((500, 10, 600, 20)), at((100, 120, 200, 160)))).all()


def test_numbers_of_the_same_place_keep_clear_of_each_other():
    labels = [
        has(marked(*[at((100, 120, 300, 200))] * count), colour_of("overlap")).sum() for count in (1, 2, 3)
    ]
    assert labels[0] < labels[1] < labels[2]


def test_a_box_at_the_edge_stays_on_the_picture_and_a_tiny_one_grows():
    picture = marked(at((0, 0, 400, 300)), at((399, 299, 400, 300), "axe"))
    assert picture.shape == (300, 400, 3)
    assert has(picture, colour_of("overlap"))[0, 50:350].all()
    assert has(picture, colour_of("axe")).sum() > 20
