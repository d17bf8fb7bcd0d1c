"""A taste that is fitted to ratings or preferences of small paintings, by their thumbnails alone."""

from __future__ import annotations

import pickle
from functools import cache

import numpy as np
import pytest

import rewards
from little_paintings import THUMBNAILS, little_paintings, rows_of, sample_of
from rewards.errors import MissingPart, SpecError
from rewards.heads.head import load_head
from rewards.heads.preference_fit import Compared, fit_preferences
from rewards.heads.taste import TAIL, Taste, on_ladder
from rewards.heads.taste_fit import Rated, fit_ratings
from rewards.testing import check_reward

PAINTINGS = little_paintings()
ROWS = rows_of(PAINTINGS)
SOURCES = [each.source for each in PAINTINGS]
STRENGTHS = np.array([each.strength for each in PAINTINGS])
LIKES_STRONG = dict(enumerate(np.digitize(STRENGTHS, [0.3, 0.5, 0.7, 0.85]) + 1))
TOLD = {"canvases": ["p5brush"], "pool": "little"}


def fit(ratings=None, rows=ROWS, sources=SOURCES):
    return fit_ratings(Rated(rows, sources, ratings or {"ada": LIKES_STRONG}), THUMBNAILS, TOLD)


@cache
def mine():
    """The head of a rater who likes strong colours; fitted once."""
    return fit()


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("head") / "ada.npz"
    mine().save(path)
    return path


@pytest.fixture(scope="module")
def taste(file):
    return Taste(file=file)


def value(reward, image):
    [score] = reward([sample_of(image)])
    return score.value


def test_it_ranks_unseen_studies_as_the_rater_would(file):
    told = load_head(file, "taste").told
    assert told["folds"] == "study"
    assert told["raters"] == {"ada": len(PAINTINGS)}
    middle, low, high = told["unseen"]["spearman"]
    assert 0.7 < low <= middle <= high
    assert told["unseen"]["pairs"][0] > 0.85


def test_what_was_liked_scores_higher_and_all_lies_between_0_and_1(taste):
    values = [value(taste, each.image) for each in PAINTINGS]
    assert min(values) >= 0
    assert max(values) <= 1
    assert np.corrcoef(values, STRENGTHS)[0, 1] > 0.8


@pytest.mark.full
def test_a_rater_who_likes_the_opposite_gets_the_opposite(taste):
    other = fit({"bo": {place: 6 - rating for place, rating in LIKES_STRONG.items()}})
    ours = mine()
    assert np.allclose(other.raw(ROWS), -ours.raw(ROWS), atol=1e-6)


def test_only_the_order_of_a_raters_marks_counts():
    stretched = {place: {1: 10, 2: 11, 3: 12, 4: 80, 5: 99}[rating] for place, rating in LIKES_STRONG.items()}
    assert np.allclose(fit({"ada": stretched}).raw(ROWS), mine().raw(ROWS))


def test_a_picture_unlike_all_that_was_rated_falls_to_the_floor(taste):
    rng = np.random.default_rng(0)
    noise = rng.integers(0, 256, (64, 64, 3), dtype=np.uint8)
    stripes = np.zeros((64, 64, 3), np.uint8)
    stripes[:, ::8, 1] = 255
    inverted = 255 - PAINTINGS[3].image
    assert [value(taste, image) for image in (noise, stripes, inverted)] == [0.0, 0.0, 0.0]
    [score] = taste([sample_of(noise)])
    assert score.components == {"taste_guard": 0.0}
    assert "unlike" in score.reason


def test_the_guard_leaves_nineteen_of_twenty_unseen_paintings_alone(file):
    head = load_head(file, "taste")
    assert np.mean(head.guard.left(ROWS) == 0) <= 0.05


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (200, 40, 60)])
def test_a_flat_sheet_and_a_broken_program_score_0_and_a_broken_machine_nothing(taste, colour):
    flat = np.full((64, 64, 3), colour, np.uint8)
    scores = taste(
        [sample_of(flat), sample_of(None, status="program_error"), sample_of(None, status="machine_error")]
    )
    assert [score.value for score in scores] == [0.0, 0.0, None]


def test_the_ends_of_the_scale_leave_something_to_gain():
    ladder = np.linspace(-1, 1, 11)
    values = [on_ladder(raw, ladder) for raw in (-2, -1.05, -1, 0, 1, 1.05, 2)]
    assert values == sorted(values)
    assert len(set(values)) == len(values)
    assert values[2] == pytest.approx(TAIL)
    assert values[3] == pytest.approx(0.5)
    assert 0 < values[0] < 1e-3


def test_it_is_made_by_name_and_survives_a_pickle(file):
    reward = rewards.make(f"taste(file='{file}')")
    again = pickle.loads(pickle.dumps(reward))
    assert len(pickle.dumps(reward)) < 2000
    assert again.version == reward.version
    assert value(again, PAINTINGS[0].image) == value(reward, PAINTINGS[0].image)
    assert reward.traits.canvases == {"p5brush"}


def test_a_pickle_whose_file_was_fitted_anew_is_refused(tmp_path):
    path = tmp_path / "ada.npz"
    mine().save(path)
    kept = pickle.dumps(Taste(file=path))
    fit({"bo": {place: 6 - rating for place, rating in LIKES_STRONG.items()}}).save(path)
    with pytest.raises(SpecError, match="its file has changed"):
        pickle.loads(kept)


def test_the_same_ratings_give_the_same_file(file):
    assert fit().to_bytes() == file.read_bytes()
    assert len(file.read_bytes()) < 2**20


def test_it_keeps_the_laws(file):
    failed = check_reward({"name": "taste", "file": str(file)}).failed
    assert [f"{each.law.id}: {each.reason}" for each in failed] == []


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        ({"ada": dict.fromkeys(range(19), 3)}, "19 pictures are rated; a taste needs at least 20"),
        ({"ada": dict.fromkeys(range(40), 3)}, "All ratings are equal"),
        ({}, "0 pictures are rated"),
    ],
)
def test_too_little_to_fit_is_one_sentence(ratings, words):
    with pytest.raises(SpecError, match=words):
        fit_ratings(Rated(ROWS, SOURCES, ratings), THUMBNAILS, TOLD)


def test_a_file_that_is_none_is_one_sentence_when_the_reward_is_made(tmp_path, file):
    with pytest.raises(MissingPart, match="There is no head"):
        Taste(file=tmp_path / "none.npz")
    whole = file.read_bytes()
    for name, content in (("cut", whole[:2000]), ("text", b"hello"), ("empty", b""), ("turned", whole[::-1])):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(SpecError, match="is no head, or is damaged"):
            Taste(file=path)


def test_a_head_of_other_features_or_for_another_reward_is_refused(tmp_path):
    from dataclasses import replace

    path = tmp_path / "head.npz"
    replace(mine(), looks="0123456789ab").save(path)
    with pytest.raises(SpecError, match="fitted on features of version 0123456789ab"):
        Taste(file=path)
    replace(mine(), kind="subject").save(path)
    with pytest.raises(SpecError, match="a head for 'subject', not for 'taste'"):
        Taste(file=path)
    replace(mine(), recipe={"encoder": "clip"}).save(path)
    with pytest.raises(SpecError, match="is not known; there are perceptual, dino, none"):
        Taste(file=path)


def compared(won):
    rng = np.random.default_rng(3)
    left, right = (rng.integers(0, len(PAINTINGS), 400) for _ in range(2))
    return Compared(ROWS, SOURCES, left, right, won(left, right), {"ada": 400})


@pytest.mark.full
def test_preferences_say_the_same_as_ratings_would():
    head = fit_preferences(
        compared(
            lambda a, b: np.where(abs(STRENGTHS[a] - STRENGTHS[b]) < 0.05, 0.5, STRENGTHS[a] > STRENGTHS[b])
        ),
        THUMBNAILS,
        TOLD,
    )
    _, low, _ = head.told["unseen"]["pairs"]
    assert head.told["unseen"]["pairs_tried"] > 50
    assert low > 0.75
    assert np.corrcoef(head.raw(ROWS)[:, 0], STRENGTHS)[0, 1] > 0.8


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: compared(lambda a, b: np.full(len(a), 0.5)), "No pair has a preferred painting"),
        (
            lambda: Compared(ROWS, SOURCES, np.arange(5), np.arange(5, 10), np.ones(5), {"ada": 5}),
            "5 pairs were compared",
        ),
    ],
)
def test_preferences_that_say_nothing_are_one_sentence(made, words):
    with pytest.raises(SpecError, match=words):
        fit_preferences(made(), THUMBNAILS, TOLD)
