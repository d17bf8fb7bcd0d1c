"""`codepaint check-reward`: what it ends with, writes and replays."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from codepaint_env.cli.main import main
from rewards.testing.mutants.toys import Quarters

BAD = "rewards.testing.mutants.plain:Mutant6"
GOOD = "rewards.testing.mutants.toys:Quarters"


class Unmakeable(Quarters):
    def __init__(self):
        raise TypeError("no luck")


def command(*arguments):
    return CliRunner().invoke(main, ["check-reward", *map(str, arguments)])


def test_the_command_ends_with_0_where_the_laws_hold_and_writes_what_it_found(tmp_path):
    ran = command(GOOD, "--law", "02", "--law", "05", "--examples", 40, "--json", tmp_path / "found.json")
    assert ran.exit_code == 0, ran.output
    assert "2 passed" in ran.output
    found = json.loads((tmp_path / "found.json").read_text())
    assert [law["id"] for law in found["laws"]] == ["02", "05"]
    assert found["laws"][0]["examples"] == 40


def test_the_command_ends_with_1_where_a_law_is_broken_and_replays_the_case(tmp_path):
    ran = command(BAD, "--law", "05", "--save", tmp_path)
    assert ran.exit_code == 1
    [folder] = tmp_path.iterdir()
    assert f"--case {folder}" in ran.output
    assert command(BAD, "--case", folder).exit_code == 1
    assert command(GOOD, "--case", folder).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["rewards.testing.mutants.toys:Quartrs"], "has no 'Quartrs'"),
        ([f"{__name__}:Unmakeable"], "TypeError: no luck"),
        (["dinno"], "No reward is called 'dinno'"),
        ([], "Name one REWARD"),
        ([GOOD, "--case", "no-such-folder"], "There is no"),
        ([GOOD, "--law", "99"], "no law '99'"),
        (["{'name'"], "not JSON"),
    ],
)
def test_the_command_ends_with_2_where_there_is_nothing_to_check(arguments, told):
    ran = command(*arguments)
    assert ran.exit_code == 2, ran.output
    assert told in ran.output


def test_the_command_lists_the_laws_with_a_sentence_each():
    ran = command("--laws")
    assert ran.exit_code == 0, ran.output
    assert "05  batch-independence" in ran.output
    assert "A sample scores the same alone as in any batch" in ran.output
    assert "44  groups" in ran.output


def test_without_the_extra_the_command_says_how_to_install_it():
    code = (
        "import sys; sys.modules['hypothesis'] = None; from codepaint_env.cli.main import main;"
        "sys.argv = ['codepaint', 'check-reward', 'coverage']; main()"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "pip install 'codepaint-env[testing]'" in ran.stderr
