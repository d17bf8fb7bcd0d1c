"""Studies: what their parameters say, and the paintings that come of them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from codepaint_env.pool.studies import read_study
from codepaint_env.render.backend import Job
from rewards.errors import SpecError
from rewards.pool import pool_folder

STUDY = """// Camellias.
// subject: camellia
// prompt: a {palette} camellia in watercolour, {composition}
const palette = "crimson"; // one of: crimson, blush, ivory, coral
const composition = "seen close"; // one of: seen close, on a branch
const layers = 3; // 1 to 5
const bleed = 0.20; // 0.05 to 0.60
const seed = 5; // seed

function setup() {
  const inner = 3; // layers of the heart
}
"""


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "camellia.js"
    path.write_text(STUDY, encoding="utf-8")
    return read_study(path)


def test_a_painting_is_the_study_with_other_values(study):
    painting = study.paint(7)
    assert painting == study.paint(7)
    assert (painting.id, painting.subject) == ("camellia-007", "camellia")
    assert painting.prompt == "a {palette} camellia in watercolour, {composition}".format(**painting.values)
    changed = [
        (old, new)
        for old, new in zip(STUDY.splitlines(), painting.program.splitlines(), strict=True)
        if old != new
    ]
    assert {re.match(r"const (\w+)", old)[1] for old, _ in changed} <= set(painting.values)
    assert f"const layers = {painting.values['layers']}; // 1 to 5" in painting.program


def test_values_lie_in_their_ranges_and_all_of_them_occur(study):
    values = [study.paint(number).values for number in range(300)]
    assert Counter(each["palette"] for each in values).keys() == {"crimson", "blush", "ivory", "coral"}
    assert {each["layers"] for each in values} == {1, 2, 3, 4, 5}
    bleeds = [each["bleed"] for each in values]
    assert min(bleeds) == 0.05
    assert max(bleeds) == 0.6
    assert all(round(bleed, 2) == bleed for bleed in bleeds)
    assert all(type(each["seed"]) is int and 1 <= each["seed"] <= 1_000_000 for each in values)
    assert len({each["seed"] for each in values}) == 300


def test_few_paintings_already_differ_in_every_way(study):
    pairs = Counter(
        (each["palette"], each["composition"]) for each in (study.paint(n).values for n in range(24))
    )
    assert len(pairs) == 8  # 4 and 2 have a common divisor, which a simple remainder would trip over
    assert set(pairs.values()) == {3}


SHIPPED = sorted((pool_folder() / "studies").glob("*.js"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_study_that_ships_has_what_all_have_and_asks_in_english(path):
    shipped = read_study(path)
    names = {parameter.name for parameter in shipped.parameters}
    assert names >= {"palette", "composition", "layers", "bleed", "wetness", "seed"}
    assert len(next(each for each in shipped.parameters if each.name == "composition").choices) >= 3
    assert "{" not in shipped.paint(1).prompt


@pytest.mark.full
# test_sketch_api.py runs them all without p5.brush, and codepaint pool verify --all paints what the pool has of them.
def test_studies_that_ship_paint(renderer):
    jobs = [Job(read_study(path).paint(1).program, 1) for path in SHIPPED[::8]]
    assert [rendering.message for rendering in renderer.render(jobs) if not rendering.ok] == []


SECOND = sorted((Path(__file__).parents[1] / "models" / "second_studies").glob("*.js"))


def test_second_studies_give_eight_paintings_each_of_what_the_pool_paints_too():
    seconds = [read_study(path) for path in SECOND]
    assert len({second.paint(0).subject for second in seconds}) == len(seconds) >= 12
    assert {second.paint(0).subject for second in seconds} <= {
        read_study(path).paint(0).subject for path in SHIPPED
    }
    for second in seconds:
        paintings = [second.paint(number) for number in range(8)]
        assert len({(each.values["palette"], each.values["composition"]) for each in paintings}) == 8
        assert len({each.program for each in paintings}) == 8
        assert {each.subject for each in paintings} == {paintings[0].subject}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (STUDY.replace("// subject: camellia\n", ""), "lacks a line // subject: …"),
        (re.sub(r"const .*\n", "", STUDY), "const NAME = VALUE"),
        (STUDY.replace("{palette}", "{colour}"), "'colour', which is no parameter"),
        (STUDY.replace("1 to 5", "5 to 1"), "layers of the study camellia goes from 5 to 1"),
    ],
)
def test_a_study_that_cannot_be_read_says_why(tmp_path, wrong, said):
    path = tmp_path / "camellia.js"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(SpecError, match=re.escape(said)):
        read_study(path)
