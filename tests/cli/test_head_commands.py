"""`codepaint taste` and `codepaint subject`: from ratings to a file that is a reward."""

from __future__ import annotations

import json

import pytest

import rewards
from codepaint_env.pool.candidates import Candidate, CandidateFolder
from codepaint_env.pool.ratings import RATINGS, Preference, Ratings
from command_line import codepaint, refused
from little_paintings import little_paintings, sample_of
from rewards import Rendering

PAINTINGS = little_paintings(48)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Candidates that ada has rated and compared by the strength of their colour."""
    folder = CandidateFolder(tmp_path_factory.mktemp("candidates"))
    ratings = Ratings(folder.folder / RATINGS)
    for number, each in enumerate(PAINTINGS):
        candidate = Candidate(
            f"little-{number}", each.subject, f"a {each.subject}", each.source, f"// {number}"
        )
        folder.keep(candidate, Rendering("ok", image=each.image), "engine")
        ratings.rate("ada", candidate.id, 1 + int(5 * min(each.strength, 0.99)))
        ratings.rate("bo", candidate.id, 3)
    for number in range(0, 46):
        one, other = PAINTINGS[number], PAINTINGS[number + 1]
        choice = "left" if one.strength > other.strength else "right"
        ratings.prefer("ada", Preference(f"little-{number}", f"little-{number + 1}", choice))
    return folder.folder


@pytest.fixture
def folder(made, tmp_path):
    """A copy of them in which a test may write."""
    copy = tmp_path / "candidates"
    copy.mkdir()
    for path in made.iterdir():
        (copy / path.name).symlink_to(path) if path.is_dir() else (copy / path.name).write_bytes(
            path.read_bytes()
        )
    return copy


def fit(*arguments, what="taste"):
    done = codepaint(what, "fit", *arguments, "--encoder", "none")
    assert done.exit_code == 0, done.output
    return done.stdout


def test_two_commands_after_rating_a_picture_is_scored_by_it(folder, tmp_path):
    file = tmp_path / "ada.npz"
    said = fit(folder, "--out", file, "--rater", "ada")
    assert "Rated by: ada (48)." in said
    assert "folds by study" in said
    assert f"taste(file='{file}')" in said
    by_strength = sorted(PAINTINGS, key=lambda each: each.strength)
    reward = rewards.make(f"taste(file='{file}')")
    weakest, strongest = reward([sample_of(by_strength[place].image) for place in (0, -1)])
    assert strongest.value > weakest.value + 0.3


def test_show_tells_who_rated_and_how_well_it_does(folder, tmp_path):
    file = tmp_path / "ada.npz"
    fit(folder, "--out", file)
    shown = codepaint("taste", "show", file)
    assert shown.exit_code == 0
    assert "Rated by: ada (48), bo (48)." in shown.stdout
    assert "Spearman" in shown.stdout
    told = json.loads(codepaint("taste", "show", file, "--json").stdout)
    assert told["raters"] == {"ada": 48, "bo": 48}
    assert len(told["unseen"]["spearman"]) == 3


@pytest.mark.full
def test_what_was_looked_at_is_kept_and_damage_to_it_is_mended(folder, tmp_path):
    first, again, mended = (tmp_path / name for name in ("1.npz", "2.npz", "3.npz"))
    fit(folder, "--out", first)
    kept = folder / "looks-none.npz"
    before = kept.stat().st_mtime_ns
    fit(folder, "--out", again)
    assert kept.stat().st_mtime_ns == before
    kept.write_bytes(b"half of a fi")
    fit(folder, "--out", mended)
    assert first.read_bytes() == again.read_bytes() == mended.read_bytes()


@pytest.mark.full
def test_preferences_are_fitted_too(folder, tmp_path):
    said = fit(folder, "--out", tmp_path / "ada.npz", "--preferences")
    assert "Pairs ordered as rated" in said


def test_subjects_are_fitted_and_shown(folder, tmp_path):
    words = tmp_path / "aliases.json"
    words.write_text('{"blot": ["stain"]}')
    file = tmp_path / "shapes.npz"
    said = fit(folder, "--out", file, "--aliases", words, what="subject")
    assert "Subjects named right" in said
    assert "folds by composition" in codepaint("subject", "show", file).stdout
    assert json.loads(codepaint("subject", "show", file, "--json").stdout)["aliases"] == {"blot": ["stain"]}


@pytest.mark.parametrize(
    ("what", "more", "words"),
    [
        ("taste", ["--rater", "eve"], "No rater is called 'eve'; there are 'ada', 'bo'"),
        ("taste", ["--rater", "bo"], "All ratings are equal"),
        ("taste", ["--model", "x"], "--model goes with --encoder dino"),
        ("taste", ["--out", "nowhere/x.npz"], "There is no folder 'nowhere' for the head"),
        ("subject", ["--aliases", "nowhere.json"], "cannot be read as JSON"),
    ],
)
def test_bad_input_is_one_sentence(folder, tmp_path, what, more, words):
    said = refused(what, "fit", folder, "--encoder", "none", "--out", tmp_path / "x.npz", *more)
    assert words in said


def test_ratings_of_other_programs_are_refused(folder, tmp_path):
    (folder / RATINGS).unlink()
    assert "Nobody has rated" in refused(
        "taste", "fit", folder, "--encoder", "none", "--out", tmp_path / "x.npz"
    )
    line = {"id": "little-0", "program_sha256": "0" * 64, "ratings": {"ada": 4}}
    given = tmp_path / "ratings.jsonl"
    given.write_text(json.dumps(line) + "\n")
    said = refused(
        "taste", "fit", folder, "--encoder", "none", "--out", tmp_path / "x.npz", "--ratings", given
    )
    assert "rates a program called 'little-0', but not the one in" in said


def test_a_file_that_is_no_head_is_one_sentence(tmp_path):
    path = tmp_path / "x.npz"
    assert "There is no head" in refused("taste", "show", path, code=2)
    path.write_bytes(b"no")
    assert "is no head, or is damaged" in refused("taste", "show", path)
