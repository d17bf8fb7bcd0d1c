"""Pictures of a pool, what is known of them, and heads that have not seen the picture they score."""

from __future__ import annotations

import numpy as np
import pytest

from codepaint_env.evaluate import Evaluated
from codepaint_env.pool.candidates import Candidate, CandidateFolder
from codepaint_env.pool.ratings import RATINGS, Preference, Ratings
from codepaint_env.runs.writer import RunWriter
from codepaint_env.study.ablation.evidence import UNSCORED, painted, places_of
from codepaint_env.study.ablation.out_of_fold import Seen
from codepaint_env.study.ablation.samples import is_held_out, lots_of
from codepaint_env.study.ablation.study_file import read_study_file
from codepaint_env.study.ablation.truths import check_truths, truths_of
from little_paintings import THUMBNAILS, little_paintings, rows_of
from rewards.errors import SpecError
from rewards.heads.subject import Subject
from rewards.heads.subject_fit import Labelled, fit_subjects
from rewards.heads.taste import Taste
from rewards.heads.taste_fit import Rated, fit_ratings
from rewards.types import Rendering, Sample
from sample_runs import META

PAINTINGS = little_paintings(60)

FILE = """name = "Little paintings"
[[samples]]
name = "little"
pool = "candidates"
{more}
[rewards]
coverage = "coverage"
[[truths]]
name = "ratings"
{truth}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with candidates that two raters rated by the strength of their colour, and ada compared."""
    home = tmp_path_factory.mktemp("home")
    folder = CandidateFolder(home / "candidates")
    ratings = Ratings(folder.folder / RATINGS) if folder.folder.mkdir() is None else None
    for number, each in enumerate(PAINTINGS):
        name = f"little-{number:02d}"
        candidate = Candidate(name, each.subject, f"a {each.subject}", each.source, f"// {number}")
        folder.keep(candidate, Rendering("ok", image=each.image), "engine")
        ratings.rate("ada", name, 1 + int(5 * min(each.strength, 0.99)))
        ratings.rate("bo", name, 1 + int(5 * min(each.strength, 0.99)))
    ratings.prefer("ada", Preference("little-00", "little-01", "right"))
    ratings.prefer("bo", Preference("little-00", "little-01", "right"))
    ratings.prefer("cy", Preference("little-01", "little-00", "right"))
    ratings.prefer("ada", Preference("little-02", "little-03", "even"))
    return home


@pytest.fixture
def read(home):
    def made(more="", truth='ratings = "little"'):
        file = home / "study.toml"
        file.write_text(FILE.format(more=more, truth=truth))
        study = read_study_file(file)
        [lot] = lots_of(study)
        return study, lot

    return made


@pytest.fixture
def shown(read, tmp_path):
    """Returns a study with its lot and places, whose evidence is the little pictures."""

    def made(*arguments, **options):
        study, lot = read(*arguments, **options)
        by_id = {f"little-{number:02d}": each.image for number, each in enumerate(PAINTINGS)}
        stages = frozenset({"source", "lint", "image"})
        with RunWriter(tmp_path / "evidence" / "little", META, suffix=".js", resume=True) as writer:
            for each in lot.wanted[len(writer.written) :]:
                rendering = Rendering("ok", image=by_id[each.task.id], evidence=stages)
                sample = Sample(each.task, each.completion, each.completion, rendering, each.group)
                writer.append(Evaluated(sample, UNSCORED))
        evidence = painted(lot, tmp_path, frozenset(), None, lambda *_: None)
        return study, lot, places_of(lot, evidence, tmp_path)

    return made


def strength(place):
    return PAINTINGS[int(place.wanted.task.id[-2:])].strength


def test_a_pool_comes_with_its_studies_as_kin_in_groups_of_eight(read):
    _, lot = read()
    assert len(lot.wanted) == 60
    assert {each.kin for each in lot.wanted} == {f"s{number}" for number in range(6)}
    sizes = {each.group: 0 for each in lot.wanted}
    for each in lot.wanted:
        sizes[each.group] += 1
    assert sorted(sizes.values()) == [2] * 6 + [8] * 6


def test_a_count_is_drawn_evenly_over_the_studies_and_always_the_same(read):
    _, lot = read("count = 20")
    kin = [each.kin for each in lot.wanted]
    assert sorted(kin.count(each) for each in set(kin)) == [3, 3, 3, 3, 4, 4]
    assert [each.item for each in read("count = 20")[1].wanted] == [each.item for each in lot.wanted]
    with pytest.raises(SpecError, match=r"study.toml:4: .* holds 60 such paintings, not 61"):
        read("count = 61")


def test_the_held_out_fold_is_a_fixed_part_of_whole_studies(read):
    _, lot = read('fold = "held-out"')
    kin = {each.kin for each in lot.wanted}
    assert kin == {f"s{number}" for number in range(6) if is_held_out(f"s{number}")}
    assert 0 < len(kin) < 6
    assert sum(is_held_out(f"study {number}") for number in range(1000)) == pytest.approx(200, abs=40)


def test_the_shipped_pool_holds_what_was_rated(read):
    study, _ = read()
    study.path.write_text(study.text.replace('"candidates"', '"shipped"'))
    [lot] = lots_of(read_study_file(study.path))
    assert len(lot.wanted) == 1736
    assert {item for its in lot.ratings.values() for item in its} == {each.item for each in lot.wanted}


def test_ratings_decide_pairs_that_are_far_enough_apart(shown):
    study, lot, places = shown(truth='ratings = "little"\napart = 2')
    [truth] = truths_of(study, [lot], places, {}, study.path.parent)
    ratings = np.array([1 + int(5 * min(strength(each), 0.99)) for each in places])
    wanted = {(a, b) for a in range(60) for b in range(60) if ratings[a] - ratings[b] >= 2}
    assert set(map(tuple, truth.pairs.tolist())) == wanted
    assert (truth.strata == ratings).all()
    assert "at least 2" in truth.said


def test_pairs_can_be_kept_to_one_kin_or_to_several(shown):
    pairs = {}
    for among in ("all", "same kin", "other kin"):
        study, lot, places = shown(truth=f'ratings = "little"\namong = "{among}"')
        [truth] = truths_of(study, [lot], places, {}, study.path.parent)
        pairs[among] = set(map(tuple, truth.pairs.tolist()))
    assert pairs["all"] == pairs["same kin"] | pairs["other kin"]
    assert all(places[a].item.kin == places[b].item.kin for a, b in pairs["same kin"])
    assert all(places[a].item.kin != places[b].item.kin for a, b in pairs["other kin"])


def test_of_preferences_the_majority_counts(shown):
    study, lot, places = shown(truth='preferences = "little"')
    [truth] = truths_of(study, [lot], places, {}, study.path.parent)
    number = {each.wanted.task.id: place for place, each in enumerate(places)}
    assert truth.pairs.tolist() == [[number["little-01"], number["little-00"]]]


def test_a_truth_that_decides_nothing_is_refused(shown):
    study, lot, places = shown(truth='ratings = "little"\napart = 9')
    with pytest.raises(SpecError, match=r"study.toml:10: .* decides no pair"):
        truths_of(study, [lot], places, {}, study.path.parent)
    assert check_truths(study, [lot]) == {}


def test_a_latent_that_makes_no_number_is_refused(shown):
    study, lot, places = shown(truth='latent = "builtins:repr"')
    latents = check_truths(study, [lot])
    with pytest.raises(SpecError, match="finite number"):
        truths_of(study, [lot], places, latents, study.path.parent)


def test_a_taste_out_of_fold_has_not_seen_the_study_of_the_picture(shown, tmp_path):
    _, lot, places = shown("count = 24")
    some = PAINTINGS[:20]
    ratings = {"ada": {number: each.strength for number, each in enumerate(some)}}
    fit_ratings(
        Rated(rows_of(some), ["study:one"] * 10 + ["study:two"] * 5 + ["study:three"] * 5, ratings),
        THUMBNAILS,
        {"canvases": ["p5brush"]},
    ).save(tmp_path / "taste.npz")
    taste = Taste(file=tmp_path / "taste.npz")
    samples = [each.recorded.load() for each in places]

    def asked():
        head = Seen([lot], places, {"taste": taste}).head("taste")
        head.fit()
        return head.version, head.note, np.array([score.value for score in head(samples)])

    version, note, values = asked()
    assert "of the same study" in note
    assert len(set(values)) > 12
    # Other words on one study move no order within it: its heads have not heard them.
    own = [number for number, each in enumerate(places) if each.item.kin == "s0"]
    items = [places[number].item.id for number in own]
    for its in lot.ratings.values():
        told = [its[item] for item in items]
        its.update(zip(items, told[::-1], strict=True))
    other, _, changed = asked()
    assert other != version
    assert (np.argsort(changed[own]) == np.argsort(values[own])).all()
    assert not np.allclose(changed, values)
    assert Seen([lot], places, {"taste": taste}).head("taste").version == other


@pytest.mark.full
def test_a_subject_out_of_fold_has_not_seen_the_composition_of_the_picture(shown, tmp_path):
    _, lot, places = shown("count = 24")
    some = PAINTINGS[:24]
    labelled = Labelled(rows_of(some), [each.subject for each in some], [each.source for each in some])
    fit_subjects(labelled, THUMBNAILS, {"canvases": ["p5brush"], "aliases": {}}).save(
        tmp_path / "subject.npz"
    )
    subject = Subject(file=tmp_path / "subject.npz")
    head = Seen([lot], places, {"subject": subject}).head("subject")
    samples = [each.recorded.load() for each in places]
    head.check_tasks([sample.task for sample in samples])
    unseen = np.array([score.value for score in head(samples)])
    seen = np.array([score.value for score in subject(samples)])
    assert 0.4 < unseen.mean() < seen.mean()
    assert head([Sample(samples[0].task, "", "", Rendering("program_error"), "g")])[0].value == 0


def test_too_few_ratings_for_a_taste_are_told_before_anything_is_painted(read):
    _, lot = read("count = 12")
    with pytest.raises(SpecError, match="12 pictures of the study are rated"):
        Seen([lot], None, {"taste": object.__new__(_NoTaste)}).head("taste")


class _NoTaste:
    name, needs, traits = "taste", frozenset({"image"}), None
