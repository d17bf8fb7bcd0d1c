"""A picture has visibly changed if half a percent of its pixels moved by more than eight levels."""

import numpy as np

from rewards.painted.change import moved_share, visibly_changed


def test_a_pixel_has_moved_if_any_channel_moved_by_more_than_eight_levels():
    before = np.full((10, 10, 3), 100, np.uint8)
    after = before.copy()
    after[0, 0, 2], after[0, 1, 0], after[0, 2] = 109, 91, 108
    assert moved_share(before, after) == moved_share(after, before) == 0.02


def test_black_and_white_are_far_apart_although_bytes_wrap():
    black, white = np.zeros((4, 4, 3), np.uint8), np.full((4, 4, 3), 255, np.uint8)
    assert moved_share(black, white) == moved_share(white, black) == 1.0


def test_half_a_percent_is_a_visible_change_and_less_is_none():
    before = np.zeros((20, 20, 3), np.uint8)
    after = before.copy()
    after[0, 0] = 255
    assert not visibly_changed(before, after)
    after[0, 1] = 255
    assert visibly_changed(before, after)


def test_pictures_of_different_sizes_have_moved_altogether():
    assert visibly_changed(np.zeros((4, 4, 3), np.uint8), np.zeros((4, 5, 3), np.uint8))
