"""One program has one score, whichever trainer asks: the fixture of `benchmarks/trainers.py` through every face."""

import sys

import pytest

from codepaint_env.trainers.shared.training_renderer import training_renderer
from markdown_pages import Page
from places import BENCHMARKS

sys.path.insert(0, str(BENCHMARKS))

from trainer_parts import faces
from trainer_parts.completions import CASES
from trainer_parts.faces import FACES
from trainers import UNCACHED, cell, disagreements


@pytest.fixture(scope="module")
def told():
    """The table of the docs: for each completion the cells of each face."""
    [header, *lines] = Page("docs/trainers.md").tables("The same scores")[0]
    return {line[0]: dict(zip(header[3:], line[3:], strict=True)) for line in lines}


def test_the_fixture_has_24_completions_of_every_kind_and_one_machine_failure():
    kinds = [case.kind for case in CASES]
    assert len({case.name for case in CASES}) == 24
    assert set(kinds) == {"good", "bad", "cut off", "hostile", "machine"}
    assert kinds.count("machine") == 1


def test_every_face_gives_the_same_scores_and_they_are_those_of_the_docs(told):
    cached = {"disk_cache": False}  # one picture a program; make test-full draws each anew
    held = training_renderer("p5brush", cached)  # else the environments end it with them
    seen = {name: face(CASES, cached) for name, face in FACES.items()}
    held.release()
    assert disagreements(CASES, seen) == []
    for number, case in enumerate(CASES):
        assert {name: cell(column[number]) for name, column in seen.items()} == {
            name: told[case.name][name] for name in FACES
        }


@pytest.mark.full
def test_every_face_gives_the_same_scores_where_each_picture_is_drawn_anew():
    seen = {name: face(CASES, UNCACHED) for name, face in FACES.items()}
    assert disagreements(CASES, seen) == []


def test_a_penalty_behind_a_gate_of_its_own_threshold_has_one_score_in_an_environment_and_in_trl(monkeypatch):
    spec = "gated(penalised(coverage, penalty=coverage(low=0.3), weight=0.3), gate=coverage, threshold=0.1, bonus=0.2)"
    monkeypatch.setattr(faces, "SPEC", spec)
    cases = [case for case in CASES if case.kind == "good"][:3] + [
        case for case in CASES if case.kind == "bad"
    ][:1]
    held = training_renderer("p5brush", {"disk_cache": False})
    seen = {name: FACES[name](cases, {"disk_cache": False}) for name in ("gym.make", "TRL")}
    held.release()
    assert disagreements(cases, seen) == []
    assert len(set(seen["TRL"])) == 4
    assert min(seen["TRL"]) == seen["TRL"][-1] == 0.0


def test_a_score_that_differs_is_found():
    seen = {"one": [0.5] * 24, "other": [0.5] * 23 + ["None"]}
    assert disagreements(CASES, seen) == ["one scores 'the machine that judges it fails' 0.5"]
    seen["other"][0] = 0.5 + 1e-8
    assert "other scores 'petals in a fence'" in disagreements(CASES, seen)[0]
    seen["other"][1] = "None"
    assert len(disagreements(CASES, seen)) == 3
