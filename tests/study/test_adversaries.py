"""What a study asks beside its pictures: probes, climbs, laws."""

from __future__ import annotations

import json

import numpy as np
import pytest

import rewards
from codepaint_env.study.ablate import plan_study
from codepaint_env.study.ablation.study_file import read_study_file
from codepaint_env.study.adversaries import check_laws, probes_for, read_climbs, score_probes
from little_studies import STUDY, little_study
from rewards.errors import SpecError


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))

    def written(above="", below=""):
        file = tmp_path / "study.toml"
        if not file.exists():
            little_study(tmp_path)
        file.write_text(STUDY.replace("\n\n[[samples]]", f"\n{above}\n[[samples]]", 1) + below)
        return file

    return written


def quiet(done, total):
    pass


def climb_file(folder, version, *, points=((0.2, 0.5), (0.9, 0.1))):
    folder.mkdir()
    curve = [
        {"own": own, "golds": {"gold": gold}, "evaluations": at}
        for at, (own, gold) in zip((0, 16), points, strict=True)
    ]
    told = {
        "rewards": [{"label": "ink", "version": version, "unseen": "gold", "points": [0, 16]}],
        "curves": [{"reward": "ink", "start": name, "points": curve} for name in ("one", "two")],
    }
    (folder / "climb.json").write_text(json.dumps(told))


def test_probes_are_scored_by_the_rewards_as_they_ship_and_kept(write, tmp_path):
    study = read_study_file(write(below='[probes]\nonly = ["flat-wash", "noise"]\n'))
    asked = probes_for(study, ["p5brush"])
    assert [each.name for each in asked] == ["flat-wash", "noise"]
    told = []
    found = score_probes(study, asked, tmp_path / "out", lambda done, total: told.append((done, total)))
    assert found.names == ("flat-wash", "noise")
    assert set(found.lures) == {"renders", "coverage", "mix"}
    np.testing.assert_array_equal(found.lures["renders"], [1, 1])
    assert (found.lures["coverage"] < found.twins["coverage"]).all()
    assert told[-1] == (5, 5)
    kept = tmp_path / "out/probes/coverage.json"
    kept.write_text(
        kept.read_text().replace('"lure": [', '"lure": [0.125, ')
    )  # what is kept is not asked again
    with pytest.raises(ValueError, match="zip"):
        score_probes(study, asked, tmp_path / "out", quiet)


def test_a_study_that_asks_for_no_probes_has_none(write):
    assert probes_for(read_study_file(write()), ["p5brush"]) == []
    assert probes_for(read_study_file(write(below="[probes]\nuse = false\n")), ["p5brush"]) == []


@pytest.mark.parametrize(
    ("above", "below", "line", "said"),
    [
        ("", '[probes]\nonly = ["flatwash"]\n', 16, "Did you mean 'flat-wash'?"),
        ("", '[probes]\nonly = ["ripples"]\n', 16, "No probe of p5brush is called 'ripples'"),
        ('climb = "nowhere"', "", 2, "codepaint climb SPEC"),
        ("laws = -1", "", 2, ">= 0"),
    ],
)
def test_a_mistake_in_them_is_told_with_its_line(write, above, below, line, said):
    with pytest.raises(SpecError) as told:
        plan_study(write(above, below))
    assert str(told.value).startswith(f"study.toml:{line}: ")
    assert said in str(told.value)


def test_a_climb_counts_for_the_reward_of_its_version_under_the_gold_that_it_did_not_see(write, tmp_path):
    climb_file(tmp_path / "climb", rewards.make("coverage").version)
    found = read_climbs(read_study_file(write('climb = "climb"')))
    assert set(found) == {"coverage"}
    assert found["coverage"].evaluations == (0, 16)
    np.testing.assert_array_equal(found["coverage"].own, [[0.2, 0.9]] * 2)
    np.testing.assert_array_equal(found["coverage"].gold, [[0.5, 0.1]] * 2)


def test_a_climb_of_other_rewards_is_refused(write, tmp_path):
    climb_file(tmp_path / "climb", "000000000000")
    with pytest.raises(SpecError, match="climbed none of the rewards"):
        read_climbs(read_study_file(write('climb = "climb"')))


@pytest.mark.full
def test_the_laws_of_each_reward_are_tried_once(write, tmp_path):
    study = read_study_file(write("laws = 2"))
    only = {"coverage": study.rewards["coverage"]}
    object.__setattr__(study, "rewards", only)
    assert check_laws(study, tmp_path / "out", quiet) == {"coverage": True}
    file = tmp_path / "out/laws/coverage.json"
    file.write_text(file.read_text().replace("[]", '["05"]'))
    assert check_laws(study, tmp_path / "out", quiet) == {"coverage": False}
    object.__setattr__(study, "laws", 0)
    assert check_laws(study, tmp_path / "out", quiet) == {}
