"""`codepaint climb`, on sketches of 64 pixels and rewards of pixels."""

import json
import shutil

import pytest
from click.testing import CliRunner

from codepaint_env.cli.main import main
from codepaint_env.study.climb.contender import contenders_of, encoders_of, unseen
from rewards import normal_form
from rewards.types import Task

SKETCH = """// subject: fruit
// prompt: one berry
function setup() {
  createCanvas(64, 64, WEBGL);
  background("#fbf6ec");
  brush.noStroke();
  brush.fill("#a33a58", 200);
  brush.circle(0, 0, 6);
}
"""


def run(*arguments):
    return CliRunner().invoke(main, ["climb", *map(str, arguments)])


@pytest.fixture(scope="module")
def starts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("starts")
    (folder / "berry.js").write_text(SKETCH)
    return folder


@pytest.fixture(scope="module")
def finished(starts, tmp_path_factory):
    out = tmp_path_factory.mktemp("climbs") / "out"
    result = run("coverage", "--gold", "renders", "--starts", starts, "--evaluations", 16, "--out", out)
    assert result.exit_code == 0, result.output
    return out, result.output


def told(folder):
    return json.loads((folder / "climb.json").read_text())


def test_the_own_value_rises_and_the_gold_is_recorded_beside_it(finished):
    found = told(finished[0])
    [curve] = found["curves"]
    first, last = curve["points"]
    assert (first["evaluations"], last["evaluations"]) == (0, 16)
    assert last["own"] > first["own"] + 0.1
    assert first["golds"] == last["golds"] == {"gold-renders": 1.0}
    [reward] = found["rewards"]
    assert reward["climbs"]
    assert reward["golds"]["gold-renders"] == {
        "means": [1, 1],
        "change": [0, 0, 0],
        "end_less_best": [0, 0, 0],
    }
    assert found["verdict"].startswith(
        "1 reward rises by at least 0.1 of the range; 1 of them loses no gold: coverage"
    )


def test_table_page_programs_and_pictures_are_written(finished):
    out, printed = finished
    assert "coverage      " in printed
    page = (out / "climb.html").read_text()
    assert page.count("data:image/webp") == 2
    assert "<script></script>" in page
    for stem in ("berry-coverage-000", "berry-coverage-016"):
        assert (out / "programs" / f"{stem}.js").is_file()
        assert (out / "pictures" / f"{stem}.webp").is_file()


@pytest.mark.filterwarnings("ignore:The last line of")
def test_a_climb_that_was_killed_goes_on_to_the_same_programs(finished, starts, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(finished[0], out)
    lines = (out / "evaluations.jsonl").read_text().splitlines(keepends=True)
    (out / "evaluations.jsonl").write_text(
        "".join(lines[:12]) + lines[12][:30]
    )  # inside the second generation
    (out / "climb.json").unlink()
    result = run("coverage", "--gold", "renders", "--starts", starts, "--evaluations", 16, "--out", out)
    assert result.exit_code == 0, result.output
    assert told(out) == told(finished[0])
    numbers = [json.loads(line)["number"] for line in (out / "evaluations.jsonl").read_text().splitlines()]
    assert numbers[:12] == list(range(12))
    assert set(numbers[12:]) == set(range(9, 17))


def test_a_finished_climb_is_not_painted_again_and_takes_another_gold(finished, starts, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(finished[0], out)
    before = (out / "evaluations.jsonl").read_bytes()
    result = run("coverage", "--gold", "coverage", "--starts", starts, "--evaluations", 16, "--out", out)
    assert result.exit_code == 0, result.output
    assert (out / "evaluations.jsonl").read_bytes() == before
    last = told(out)["curves"][0]["points"][-1]
    assert last["golds"]["gold-coverage"] == pytest.approx(last["own"], abs=1e-5)


def test_ratings_by_eye_of_the_shuffled_sheet_stand_beside_the_gold(finished, starts, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(finished[0], out)
    [sheet] = [json.loads(line) for line in (out / "sheets/sheets.jsonl").read_text().splitlines()]
    ratings = [4 if id.endswith("016") else 2 for id in sheet["ids"]]
    said = {"sheet": sheet["name"], "sha256": sheet["sha256"], "ratings": ratings}
    (out / "ratings.jsonl").write_text(json.dumps(said) + "\n")
    result = run("coverage", "--gold", "renders", "--starts", starts, "--evaluations", 16, "--out", out)
    assert result.exit_code == 0, result.output
    assert told(out)["rewards"][0]["rated"] == {"start": 2, "end": 4, "change": [2, 2, 2]}
    assert "2.0 to 4.0" in result.output
    (out / "ratings.jsonl").write_text(json.dumps(said | {"sha256": "of other pictures"}) + "\n")
    with pytest.warns(UserWarning, match="rates other sheets than these"):
        run("coverage", "--gold", "renders", "--starts", starts, "--evaluations", 16, "--out", out)
    assert told(out)["rewards"][0]["rated"] is None


def test_a_folder_of_another_climb_is_refused(finished, starts, tmp_path):
    result = run("coverage", "--starts", starts, "--seed", 1, "--evaluations", 16, "--out", finished[0])
    assert result.exit_code == 2
    assert "holds another climb: its seed is 0, not 1" in result.output
    other = tmp_path / "other"
    other.mkdir()
    (other / "notes.txt").write_text("mine")
    result = run("coverage", "--starts", starts, "--out", other)
    assert "holds something else than a climb" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("coverage", "--starts", "9"), "--starts is 9; 5 starts ship"),
        (("coverage", "--starts", "nowhere"), "There is no .js file in nowhere"),
        (("coverage", "--gold", "coverge"), "coverge"),
        (("coverge",), "Did you mean 'coverage'?"),
    ],
)
def test_a_mistake_is_told_before_anything_is_painted(arguments, message, tmp_path):
    result = run(*arguments, "--out", tmp_path / "out")
    assert result.exit_code != 0
    assert message in result.output
    assert not (tmp_path / "out").exists()


def test_the_gold_of_a_reward_is_the_first_that_looks_with_another_encoder():
    task = Task("one", "a rose")
    pixels, other = contenders_of(["coverage", "renders"], [task])
    assert unseen(pixels, [other]) is other
    assert unseen(pixels, []) is None
    form = normal_form("gated(0.5*subject + 0.3*taste + 0.2*coverage, gate=renders)")
    assert encoders_of(form) == {"perceptual"}
    assert encoders_of(normal_form("0.5*coverage + 0.5*dino")) == {"dino"}
    assert encoders_of(normal_form("coverage")) == frozenset()
