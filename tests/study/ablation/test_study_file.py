"""The file of a study: what it says, and with which line a mistake is told."""

from __future__ import annotations

import sys

import pytest

from codepaint_env.study.ablate import plan_study
from codepaint_env.study.ablation.study_file import read_study_file
from codepaint_env.study.ablation.toml_lines import line_at, lines_of
from little_studies import STUDY, little_study
from rewards.errors import CodepaintError

JUDGE = 'judge={"model": "m", "base_url": "http://localhost:1/v1"}'


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes the small study, changed, and returns its file."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "little_rewards", raising=False)
    little_study(tmp_path, count=2)

    def changed(old="", new=""):
        assert old in STUDY
        file = tmp_path / "study.toml"
        file.write_text(STUDY.replace(old, new) if old else STUDY + new)
        return file

    return changed


def mistake(file):
    """Returns what a study is refused with; nothing of it may be painted."""
    with pytest.raises(CodepaintError) as caught:
        plan_study(file)
    assert not file.with_suffix("").exists()
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('name = "own"', 'name = "own', 4, "no TOML"),
        ('name = "own"', 'name = "own"\nname = "other"', 5, "no TOML"),
        ('name = "own"', "", 3, "'name' is missing"),
        ('name = "own"', "name = 3", 4, "expected text"),
        ('sketches = "flowers"', 'sketch = "flowers"', 5, "Did you mean 'sketches'?"),
        ('sketches = "flowers"', 'sketches = "flower"', 5, "There is no folder"),
        ('sketches = "flowers"', 'sketches = "flowers"\npool = "shipped"', 6, "takes one of pool, run"),
        ('sketches = "flowers"', "", 3, "this one has none of them"),
        ('sketches = "flowers"', 'sketches = "flowers"\nfold = "held-out"', 6, "says nothing of samples"),
        ('sketches = "flowers"', 'sketches = "flowers"\nfold = "mine"', 6, "it is 'held-out'"),
        ('sketches = "flowers"', 'sketches = "flowers"\ncanvas = "oil"', 5, "oil"),
        ('sketches = "flowers"', 'run = "flowers"', 5, "no record"),
        ('sketches = "flowers"', 'pool = "flowers"', 5, "neither candidates"),
        ('sketches = "flowers"', 'policy = "openai:m"', 5, "OPENAI_API_KEY"),
        ('sketches = "flowers"', 'policy = "painter"', 5, "No policy is called 'painter'"),
        ('coverage = "coverage"', 'coverage = "covrage"', 9, "Did you mean 'coverage'?"),
        ('coverage = "coverage"', 'coverage = "coverage(low=2)"', 9, "low=2"),
        ('coverage = "coverage"', 'coverage = "0.5*"', 9, "0.5*"),
        ('coverage = "coverage"', "coverage = 3", 9, "'coverage'"),
        ('coverage = "coverage"', 'coverage = { spec = "coverage", nose = 3 }', 9, "Did you mean 'noise'?"),
        (
            'coverage = "coverage"',
            'coverage = { spec = "coverage", out_of_fold = true }',
            9,
            "neither 'taste'",
        ),
        ('coverage = "coverage"', '"a/b" = "coverage"', 9, "'a/b'"),
        ('coverage = "coverage"', "coverage = \"static(by='audit')\"", 9, "html"),
        ('coverage = "coverage"', 'coverage = "little_rewards:Weightless"', 9, "weights are not there"),
        ('coverage = "coverage"', 'coverage = "taste"', 9, "codepaint-env[models]"),
        ('coverage = "coverage"', 'coverage = "ramp(0.5, 1, steps=9)*coverage + 0.1*renders"', 9, "ramps"),
        ('coverage = "coverage"', f"coverage = '''pairwise({JUDGE})'''", 9, "judge"),
        ('coverage = "coverage"', 'coverage = ["coverage"]', 9, "a text, or a table with 'spec'"),
        ('coverage = "coverage"', 'coverage = { spec = "coverage", noise = -1 }', 9, ">= 0"),
        ("[[samples]]", "[samples]", 3, "write [[samples]]"),
        ("[rewards]", "[reward]", 7, "Did you mean 'rewards'?"),
        ('latent = "little_rewards:ink"', 'latent = "little_rewards:inc"', 14, "Did you mean 'ink'?"),
        ('latent = "little_rewards:ink"', 'latent = "nowhere:ink"', 14, "not installed"),
        ('latent = "little_rewards:ink"', 'latent = "ink"', 14, "module:function"),
        ('latent = "little_rewards:ink"', 'ratings = "owm"', 14, "Did you mean 'own'?"),
        ('latent = "little_rewards:ink"', 'ratings = "own"', 14, "Nobody rated"),
        ('latent = "little_rewards:ink"', 'preferences = "own"', 14, "Nobody compared"),
        ("", '[[truths]]\nname = "ink"\nlatent = "little_rewards:ink"\n', 16, "Two truths"),
        ("", '[[samples]]\nname = "own"\nsketches = "flowers"\n', 16, "Two samples"),
        ("", "[budget]\nmony = 3\n", 16, "Did you mean 'money'?"),
    ],
)
def test_a_mistake_is_refused_with_its_line_before_anything_is_painted(
    write, monkeypatch, old, new, line, said
):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    told = mistake(write(old, new))
    assert told.startswith(f"study.toml:{line}: "), told
    assert said in told


def test_a_judged_reward_without_a_key_is_refused(write, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    told = mistake(
        write('coverage = "coverage"', 'coverage = { spec = { name = "pairwise", judge = { model = "m" } } }')
    )
    assert told.startswith("study.toml:9: ")
    assert "OPENAI_API_KEY" in told


@pytest.mark.parametrize(
    ("budget", "line", "said"),
    [
        ("calls = 7", 16, "needs up to 8"),
        ("calls = 8\nmoney = 1.0", 17, "no price is told"),
        ("money = 0.01\nprice_per_million_in = 1000.0", 16, "needs about 16.00 for 8 calls"),
    ],
)
def test_a_study_that_goes_over_its_budget_is_refused(write, monkeypatch, budget, line, said):
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    judged = 'coverage = { spec = { name = "pairwise", k = 2, judge = { model = "m" } } }'
    file = write('coverage = "coverage"', judged)
    file.write_text(file.read_text() + f"[budget]\n{budget}\n")
    told = mistake(file)
    assert told.startswith(f"study.toml:{line}: ")
    assert said in told


def test_a_folder_that_holds_something_else_is_left_alone(write):
    file = write()
    with pytest.raises(CodepaintError, match="holds no study"):
        plan_study(file, file.parent / "flowers")


def test_a_study_is_read_with_its_defaults(write):
    study = read_study_file(write())
    assert study.rewards["coverage"].spec == "coverage"
    assert [each.source for each in study.samples] == ["sketches"]
    assert study.truths[0].among == "all"


def test_lines_are_found_behind_texts_and_lists_of_several_lines():
    text = 'a = """\nb = 1\n[c]\n"""\n[d]\ne = [\n  "f = 3", # ]\n  2,\n]\n"g h" = 1\n[[k]]\n[[k]]\nl.m = 2\n'
    lines = lines_of(text)
    assert lines["a",] == 1
    assert ("b",) not in lines
    assert lines["d", "e"] == 6
    assert lines["d", "g h"] == 10
    assert lines["k", 1, "l", "m"] == 13
    assert line_at(lines, ("k", 1, "nothing")) == 12
