"""`codepaint rewards`: what there is, what a spec amounts to, and what it measures."""

import json
import re
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

import rewards
from codepaint_env.cli.main import main
from codepaint_env.cli.rewards import _histogram, _text, read_spec
from rewards import MissingPart
from rewards.card import card
from rewards.catalogue import catalogue, has_extra


def codepaint(*arguments):
    return CliRunner().invoke(main, arguments, prog_name="codepaint")


def refused(*arguments):
    done = codepaint(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    return line.removeprefix("codepaint: ")


def test_list_tells_of_each_reward_what_it_is_needs_and_costs():
    done = codepaint("rewards", "list")
    lines = done.stdout.splitlines()
    names = [line.split()[0] for line in lines[::2]]
    assert names == rewards.available()
    told = dict(zip(names, lines[1::2], strict=True))
    assert lines[2 * names.index("renders")].endswith("None where the machine failed.")
    assert told["renders"].strip() == "needs image; no judge"


def test_list_tells_of_a_reward_that_compares_with_a_pool_whose_pictures_it_judges(monkeypatch):
    def bound(name):
        return SimpleNamespace(reward=rewards.reward(canvases=frozenset({"svg", "html"}))(lambda sample: 0.5))

    monkeypatch.setattr("rewards.testing.subject.subject_of", bound)
    assert "needs image; no judge; judges html and svg only\n" in codepaint("rewards", "list").stdout


def test_list_makes_a_judged_reward_with_the_kits_own_judge_to_tell_its_cost():
    [pairwise] = [each for each in catalogue() if each.name == "pairwise"]
    assert pairwise.extras.keys() == {"judge", "text"}
    if has_extra("text"):
        assert (pairwise.cost, pairwise.problem) == (2 * 2 * 8, "")
        assert {"image", "prompt", "group"} <= set(pairwise.needs)


def test_list_tells_what_is_missing_with_the_line_that_installs_it(monkeypatch):
    def unmade(name):
        raise MissingPart("torch is not installed: pip install 'codepaint-env[models]'")

    monkeypatch.setattr("rewards.testing.subject.subject_of", unmade)
    [coverage] = [each for each in catalogue() if each.name == "coverage"]
    assert (coverage.needs, coverage.extras) == (None, {"models": False})
    told = codepaint("rewards", "list").stdout
    assert (
        "extras models (not installed); torch is not installed: pip install 'codepaint-env[models]'" in told
    )


def test_a_third_party_that_cannot_be_loaded_does_not_hide_the_others(tmp_path, monkeypatch):
    info = tmp_path / "odd_rewards-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd-rewards\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[codepaint.rewards]\nodd = no_such_module:Thing\n")
    monkeypatch.syspath_prepend(tmp_path)
    found = {each.name: each for each in catalogue()}
    assert found["odd"].problem.startswith("ModuleNotFoundError: No module named 'no_such_module'")
    assert found["renders"].problem == ""


def test_list_as_json_holds_the_same():
    told = json.loads(codepaint("rewards", "list", "--json").stdout)
    assert [each["name"] for each in told] == rewards.available()
    assert set(told[0]) == {"name", "line", "needs", "extras", "cost", "problem", "canvases"}


def test_show_tells_all_of_a_spec():
    done = codepaint("rewards", "show", "gated(0.3*renders + 0.7*coverage(low=0.2), gate=renders)")
    assert done.exit_code == 0
    told = {
        key: json.loads(text) for key, text in (line.split(maxsplit=1) for line in done.stdout.splitlines())
    }
    mix = [[0.3, {"name": "renders"}], [0.7, {"name": "coverage", "low": 0.2}]]
    assert told["spec"] == {"gate": {"name": "renders"}, "of": {"weighted": mix}}
    assert (told["range"], told["needs"], told["cost"]) == ([0.0, 1.0], ["image"], 0)
    assert re.fullmatch(r"\w{12}", told["version"])
    assert (told["traits"]["kind"], told["traits"]["scope"]) == ("composite", "sample")
    assert told["disclaims"] == {"18": "renders: a gate is a step"}


def test_show_tells_a_reward_with_ramps_as_a_whole_and_at_a_step():
    moving = "0.5*coverage + ramp(0, 0.5, steps=200)*renders"

    def shown(*words):
        lines = codepaint("rewards", "show", *words).stdout.splitlines()
        return {key: json.loads(text) for key, text in (line.split(maxsplit=1) for line in lines)}

    whole, halfway = shown(moving), shown(moving, "--step", "100")
    assert whole["spec"]["weighted"][1] == [{"ramp": [0.0, 0.5], "steps": 200}, {"name": "renders"}]
    assert (whole["range"], halfway["range"]) == ([0.0, 1.0], [0.0, 0.75])
    assert halfway["version"] == rewards.make("0.5*coverage + 0.25*renders").version
    assert halfway == shown("0.5*coverage + 0.25*renders")


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("dinno", r"No reward is called 'dinno'\. Did you mean 'dino'\?"),
        ("{", r"The reward '\{' is not JSON"),
        ("-1*coverage", r".*A weight is a finite number of at least 0"),
        ("[coverage]", r"'\[coverage\]' is not understood"),
        ("mapped(coverage, fn='log')", r"There is no curve 'log'\."),
        ("ramp(0, 1, steps=0)*coverage", r"A ramp takes a whole number of steps above 0, not 0"),
        ("bonus(coverage, renders, share=2)", r"A bonus has a share above 0 and at most 1, not 2"),
    ],
)
def test_show_refuses_what_is_no_reward(spec, told):
    assert re.match(told, refused("rewards", "show", "--", spec))


def test_a_spec_on_the_command_line_is_json_where_it_looks_like_it():
    assert read_spec(' {"name": "coverage"}') == {"name": "coverage"}
    assert read_spec("coverage(low=0.2)") == "coverage(low=0.2)"


@pytest.fixture(scope="module")
def measured():
    steps = []
    told = card("mapped(coverage, fn='log_tamed')", progress=lambda done, total: steps.append((done, total)))
    return SimpleNamespace(card=told, steps=steps)


def test_a_card_is_read_in_a_few_lines(measured):
    text = _text(measured.card)
    assert text.startswith(f"reward      mapped, version {measured.card['version']}\n")
    assert "judge       none is asked; 0 calls for a group of 8\n" in text
    assert re.search(r"\nfloors      blank +0\.000\n", text)
    assert re.search(r"\nladder      blur +\d+ of 24  \(0\.\d\d to [01]\.\d\d\)\n", text)
    assert re.search(r"ms a picture$", text)


def test_a_card_tells_the_canvases_of_a_reward_that_is_bound_to_some(measured):
    assert "canvases" not in _text(measured.card)
    assert "\ncanvases    html and svg only\n" in _text(measured.card | {"canvases": ["html", "svg"]})


def test_a_histogram_shows_every_count_above_0():
    assert _histogram([0, 1, 30, 60]) == " ▁▄█"
    assert _histogram([0, 0]) == "  "


def test_the_help_of_each_command_shows_how_it_is_used():
    group = main.commands["rewards"]
    assert isinstance(group, click.Group)
    assert set(group.commands) == {"list", "show", "card"}
    for name in group.commands:
        assert f"      codepaint rewards {name}" in codepaint("rewards", name, "--help").output
