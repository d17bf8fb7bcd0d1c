"""`perceptual` with references of a task's own, on icons that the svg canvas draws."""

from __future__ import annotations

import pytest

import rewards
from icon_set import likenesses, table

pytestmark = pytest.mark.network


@pytest.mark.parametrize("mode", ["pooled", "patch"])
def test_a_spoiled_icon_is_more_like_the_icon_than_any_other_one_is(mode, tmp_path):
    rows = likenesses(rewards.make("perceptual", mode=mode), tmp_path)
    assert len(rows) >= 12
    assert all(row.kept for row in rows), table(rows)
    assert min(min(row[2:5]) - row.others for row in rows) > 0.05, table(rows)
