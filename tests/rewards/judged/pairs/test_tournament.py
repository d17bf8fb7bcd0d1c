"""Who meets whom on a ring, and what each has won."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from rewards.groups import grpo
from rewards.judged.pairs.symmetric import Comparison
from rewards.judged.pairs.tournament import games_each, pairs_of, ring_rank, standings

# p(a, b) of a group of four, worked by hand.
WORKED = {(0, 1): 0.688, (0, 2): 0.5, (0, 3): 0.95, (1, 2): 0.35, (1, 3): 0.8, (2, 3): 0.9}


def played(size, games, value=lambda i, j: 0.5):
    pairs = pairs_of(size, games)
    return pairs, standings(range(size), pairs, [Comparison(value(i, j), bias=0.0) for i, j in pairs])


def test_the_worked_example_comes_out_to_its_digits():
    _, told = played(4, None, lambda i, j: WORKED[i, j])
    rates = [each.rate for each in told]
    assert [round(rate, 3) for rate in rates] == [0.713, 0.487, 0.683, 0.117]
    assert sum(rates) == pytest.approx(2.0, abs=1e-12)
    advantages, _ = grpo(rates, ["g"] * 4)
    assert np.round(advantages, 3).tolist() == [0.775, -0.046, 0.668, -1.396]


@pytest.mark.parametrize("size", range(1, 17))
def test_each_has_as_many_games_whatever_the_size_and_no_pair_meets_twice(size):
    for games in (None, *range(2, 17)):
        pairs, told = played(size, games, lambda i, j: 0.8 if i * 7 % 5 < j else 0.3)
        counts = Counter(place for pair in pairs for place in pair)
        each = games_each(size, games)
        assert set(counts.values()) == ({each} if size > 1 else set())
        assert len({frozenset(pair) for pair in pairs}) == len(pairs)
        assert all(len(set(pair)) == 2 for pair in pairs)
        assert sum(one.rate for one in told) == pytest.approx(size / 2, abs=1e-9)
        wanted = size - 1 if games is None else min(games, size - 1)
        assert each == wanted - (wanted % 2 and size % 2)


def test_neighbours_meet_and_an_odd_number_of_games_adds_the_opposite_one():
    assert set(pairs_of(6, 2)) == {(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0)}
    assert set(pairs_of(6, 3)) - set(pairs_of(6, 2)) == {(0, 3), (1, 4), (2, 5)}
    assert pairs_of(7, 3) == pairs_of(7, 2)
    assert len(pairs_of(6, 5)) == len(pairs_of(6, 50)) == len(pairs_of(6, None)) == 15


def test_a_lost_game_costs_its_two_and_no_other():
    pairs = pairs_of(6, 2)
    verdicts = [Comparison(None, reason="lost") if pair == (2, 3) else Comparison(0.75) for pair in pairs]
    told = standings(range(6), pairs, verdicts)
    assert [each.rate for each in told] == [0.5, 0.5, None, None, 0.5, 0.5]
    assert told[2].reason == "no verdict in 1 of 2 games: lost"


def test_pictures_that_are_alike_share_their_games():
    pairs = pairs_of(4, 2)  # 0-1, 1-2, 2-3, 3-0
    told = standings(["x", "y", "x", "z"], pairs, [Comparison(v) for v in (1.0, 0.5, 1.0, 0.0)])
    assert [each.rate for each in told] == [0.875, 0.25, 0.875, 0.0]
    lost = standings(["x", "y", "x", "z"], pairs, [Comparison(v) for v in (1.0, 0.5, 1.0, None)])
    assert [each.rate for each in lost] == [None, 0.25, None, None]


def test_a_place_on_the_ring_depends_on_the_key_and_the_picture():
    ranks = {ring_rank(key, sha) for key in (b"a", b"b") for sha in ("1", "2")}
    assert len(ranks) == 4
    assert ring_rank(b"a", "1") in ranks
