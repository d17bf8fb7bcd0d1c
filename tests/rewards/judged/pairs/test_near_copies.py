"""A picture that is a reference but for what nobody sees is told as a copy."""

import numpy as np
import pytest

from rewards import Rendering, Sample, Task
from rewards.judged.pairs.references import Meetings
from rewards.pictures import shipped
from rewards.pool import Pool


@pytest.fixture(scope="module")
def meeting():
    """Meets one reference of the shipped pool with a picture made of it."""
    pool = Pool.load()
    [entry] = pool.draw(
        1, seed=0, task_id="t", group="g"
    )  # kept with losses, so that it is not what was drawn
    meetings = Meetings(pool, k=1, seed=0, size_px=512, blur=False)

    def met(change):
        image = change(entry.read_image().copy())
        [told] = meetings.of([Sample(Task("t", "a poppy"), "", "", Rendering("ok", image=image), "g")])
        return told

    return met


def dot(side):
    def dotted(image):
        image[100 : 100 + side, 100 : 100 + side] = 255 - image[100 : 100 + side, 100 : 100 + side]
        return image

    return dotted


def test_a_reference_of_which_one_pixel_or_a_dot_was_changed_is_a_copy(meeting):
    assert meeting(dot(0)).copied
    assert meeting(dot(1)).copied
    assert meeting(dot(16)).copied
    assert meeting(dot(1)).pairs[0].a != meeting(dot(1)).pairs[0].b  # the judge is still asked


def test_what_anybody_sees_to_differ_is_no_copy(meeting):
    assert not meeting(dot(120)).copied
    assert not meeting(lambda image: np.ascontiguousarray(image[:, ::-1])).copied
    assert not meeting(lambda _: next(iter(shipped().values()))).copied
