"""The probability of a subject: which one a task names, and a head that is fitted to small paintings."""

from __future__ import annotations

import json
import pickle

import numpy as np
import pytest

import rewards
from little_paintings import SHAPES, THUMBNAILS, little_paintings, rows_of, sample_of
from rewards import Task
from rewards.errors import MissingPart, SpecError
from rewards.heads.head import load_head
from rewards.heads.headed import found
from rewards.heads.named import Subjects
from rewards.heads.subject import NONE, Subject
from rewards.heads.subject_fit import FOLDS, Labelled, composition_folds, fit_subjects
from rewards.preflight import check_tasks
from rewards.subject_words import forms
from rewards.testing import check_reward, laws_for

PAINTINGS = little_paintings(120)
TOLD = {
    "canvases": ["p5brush"],
    "pool": "little",
    "aliases": {"bar": ["beam", "poppy"], "blot": ["tulip"], "frame": ["heron", "lake"]},
}
GARDEN = Subjects(
    ("bearded irises", "lake", "koi", "berry branch", "tree", "mountains", "lotus", "poppies"),
    {"bearded irises": ["iris"], "mountains": ["mountain lake"], "lotus": ["water lily"]},
)


def washes(count=40):
    made = []
    for number in range(count):
        rng = np.random.default_rng([9, number])
        colour, other = rng.integers(40, 250, (2, 3))
        sheet = np.full((64, 64, 3), colour, np.uint8)
        sheet[: int(rng.integers(0, 64))] = other
        made.append(sheet)
    return made


def labelled(paintings=PAINTINGS):
    empty = [
        type(paintings[0])(image, f"study:wash/{number % 4}", NONE, 0.0)
        for number, image in enumerate(washes())
    ]
    every = [*paintings, *empty]
    return Labelled(rows_of(every), [each.subject for each in every], [each.source for each in every])


@pytest.fixture(scope="module")
def fitted():
    return fit_subjects(labelled(), THUMBNAILS, TOLD)


@pytest.fixture(scope="module")
def file(fitted, tmp_path_factory):
    path = tmp_path_factory.mktemp("head") / "shapes.npz"
    fitted.save(path)
    return path


@pytest.fixture(scope="module")
def reward(file):
    return Subject(file=file)


def values(reward, images, prompt):
    return [score.value for score in reward([sample_of(image, prompt) for image in images])]


@pytest.mark.parametrize(
    ("prompt", "label"),
    [
        ("a bearded iris in watercolour", "bearded irises"),
        ("Three IRISES at dusk", "bearded irises"),
        ("a mountain lake", "mountains"),
        ("the lake", "lake"),
        ("two lakes", "lake"),
        ("a poppy", "poppies"),
        ("berry branches, ink", "berry branch"),
        ("water lilies on black water", "lotus"),
        ("koi", "koi"),
        ("a tree and another tree", "tree"),
    ],
)
def test_the_subject_is_the_one_that_the_prompt_names(prompt, label):
    assert GARDEN.of(Task("t", prompt)) == label


def test_what_the_task_says_itself_comes_before_its_prompt():
    assert GARDEN.of(Task("t", "a lake with a tree", subject="Lake")) == "lake"
    assert GARDEN.of(Task("t", "something blue", subject="iris")) == "bearded irises"


@pytest.mark.parametrize(
    ("task", "words"),
    [
        (
            Task("t", "a portrait"),
            "names no subject that the head of 'subject' knows.* of: bearded irises, lake",
        ),
        (Task("t", "a treehouse on a lakeside"), "names no subject"),
        (Task("t", "a tree by a lake"), "names 2 subjects, 'tree' and 'lake'; give it the one to look for"),
        (
            Task("t", "x", subject="pines"),
            "has the subject 'pines', which .* does not know.* It knows: bearded irises",
        ),
        (Task("t", "x", subject="lotis"), "Did you mean 'lotus'"),
    ],
)
def test_none_two_and_unknown_ones_are_refused_where_tasks_and_reward_meet(task, words):
    with pytest.raises(SpecError, match=words):
        GARDEN.of(task)


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("poppy", {"poppy", "poppies"}),
        ("poppies", {"poppies", "poppy", "poppieses"}),
        ("bearded irises", {"bearded iris", "bearded irises", "bearded iriseses"}),
        ("lotus", {"lotus", "lotuses"}),
        ("fern", {"fern", "ferns"}),
        ("berry branch", {"berry branch", "berry branches"}),
    ],
)
def test_a_word_is_known_in_singular_and_plural(words, made):
    assert made <= set(forms(words))


def test_no_composition_is_fitted_and_tried_by_the_same_head():
    whole = labelled()
    dealt = composition_folds(whole)
    assert set(dealt) == set(range(FOLDS))
    homes = {}
    for label, source, fold in zip(whole.labels, whole.sources, dealt, strict=True):
        assert homes.setdefault((label, source), fold) == fold


def test_compositions_that_it_has_not_seen_are_named_right(fitted):
    head = fitted
    assert head.labels == (*sorted(SHAPES), NONE)
    top, low, high = head.told["unseen"]["top1"]
    assert 0.8 < low <= top <= high
    assert head.told["unseen"]["calibration_error"] < 0.15
    assert head.told["unseen"]["tenth"].keys() == set(head.labels)


def test_the_subject_asked_for_scores_above_another_one(reward):
    for shape in SHAPES:
        own = [each.image for each in PAINTINGS if each.subject == shape]
        right = np.array(values(reward, own, f"a {shape}"))
        others = [np.array(values(reward, own, f"a {other}")) for other in SHAPES if other != shape]
        assert (right > np.maximum(*others)).mean() > 0.95
        assert np.median(right) > 0.8


def test_the_probabilities_of_all_subjects_are_at_most_1_together(reward):
    totals = sum(
        np.array(values(reward, [each.image for each in PAINTINGS], f"a {shape}")) for shape in SHAPES
    )
    assert totals.max() <= 1


def test_washes_that_it_was_told_show_nothing_earn_next_to_nothing(reward):
    for shape in SHAPES:
        own = values(reward, [each.image for each in PAINTINGS if each.subject == shape], f"a {shape}")
        assert np.quantile(values(reward, washes(), f"a {shape}"), 0.95) < np.quantile(own, 0.1)


def test_flat_sheets_and_broken_programs_score_0_and_a_broken_machine_nothing(reward):
    flat = np.full((64, 64, 3), 200, np.uint8)
    scores = reward(
        [sample_of(flat), sample_of(None, status="program_error"), sample_of(None, status="machine_error")]
    )
    assert [score.value for score in scores] == [0.0, 0.0, None]


def test_a_task_that_it_cannot_judge_has_no_value_and_costs_its_siblings_nothing(reward):
    image = PAINTINGS[0].image
    whole, other = reward([sample_of(image, "a blot"), sample_of(image, "a portrait")])
    assert other.value is None
    assert "names no subject" in other.reason
    assert whole.value == values(reward, [image], "a blot")[0]


def test_tasks_are_checked_through_every_mix(file):
    spec = f"gated(0.5*subject(file='{file}') + 0.5*coverage, gate=renders)"
    check_tasks(rewards.make(spec), [Task("t", "a blot")])
    with pytest.raises(SpecError, match="names no subject"):
        check_tasks(rewards.make(spec), [Task("t", "a portrait")])
    check_tasks(rewards.make(f"0*subject(file='{file}') + coverage"), [Task("t", "a portrait")])


def test_a_painter_is_told_what_it_looks_like_and_no_figure(reward):
    bar = next(each.image for each in PAINTINGS if each.subject == "bar")
    assert reward.critique(sample_of(bar, "a bar")) == ""
    assert (
        reward.critique(sample_of(bar, "a blot"))
        == "It looks more like bar than blot: draw what tells the two apart."
    )
    assert (
        reward.critique(sample_of(washes()[0], "a blot"))
        == "Nothing can be recognised: draw what makes out blot."
    )
    assert reward.critique(sample_of(None, "a blot", status="program_error")) == ""


def test_it_survives_a_pickle_and_its_file_says_what_it_is(file, reward):
    again = pickle.loads(pickle.dumps(reward))
    assert len(pickle.dumps(reward)) < 2000
    assert values(again, [PAINTINGS[5].image], "a blot") == values(reward, [PAINTINGS[5].image], "a blot")
    told = load_head(file, "subject").told
    assert json.loads(json.dumps(dict(told)))["fitted"] == 160


def test_it_keeps_the_laws(file):
    spec = {"name": "subject", "file": str(file)}
    # 16 and 48 want spread on the paintings that ship, of which this head has never seen the like.
    laws = [law[:2] for law in laws_for(spec) if law[:2] not in ("16", "48")]
    failed = check_reward(spec, laws=laws).failed
    assert [f"{each.law.id}: {each.reason}" for each in failed] == []


@pytest.mark.parametrize(
    ("paintings", "words"),
    [
        ([each for each in PAINTINGS if each.subject == "blot"], "1 subjects are labelled"),
        (
            [*PAINTINGS[:60], *[each for each in PAINTINGS[60:] if each.subject == "bar"]][:4],
            "subject takes 4 at least",
        ),
    ],
)
def test_too_few_labels_are_one_sentence(paintings, words):
    with pytest.raises(SpecError, match=words):
        fit_subjects(labelled(paintings), THUMBNAILS, TOLD)


def test_a_head_that_ships_is_named_by_a_word_and_a_wrong_word_is_told_which_there_are(tmp_path, monkeypatch):
    assert found("subject", "garden").is_file()
    with pytest.raises(MissingPart, match=r"'gardn'.*'garden'.*path of a file"):
        found("subject", "gardn")
    with pytest.raises(MissingPart, match=r"No head of 'taste' is called 'garden'. Give the path"):
        found("taste", "garden")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").write_bytes(b"")
    assert found("subject", "mine") == tmp_path / "mine"
