"""The cards of the rewards that ship: docs/rewards."""

import re
from pathlib import Path

import pytest

from codepaint_env.study.cards import SECTIONS, Sources, gather, page
from codepaint_env.study.cards.remarks import remarks_on
from command_line import codepaint
from rewards.errors import SpecError
from rewards.registry import available, calls_for
from rewards.testing.subject import subject_of

CARDS = Path(__file__).resolve().parents[2] / "docs/rewards"
KEPT = sorted(path.stem for path in CARDS.glob("*.md") if path.stem != "README")
OFFLINE = ("renders", "coverage", "pairwise", "score", "http")


@pytest.mark.parametrize("name", KEPT)
def test_a_card_has_every_section_and_its_pictures(name):
    text = (CARDS / f"{name}.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^## (.+)$", text, re.MULTILINE)) == SECTIONS
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", text):
        assert 0 < (CARDS / picture).stat().st_size < 25_000
    for said in remarks_on(name).not_on:
        assert said in text


def test_every_reward_that_ships_has_a_card_and_a_line_in_the_index():
    assert set(KEPT) == set(available())
    listed = re.findall(
        r"^\| \[`(\w+)`\]\((\w+)\.md\)", (CARDS / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(listed) == [(name, name) for name in KEPT]


@pytest.mark.parametrize("name", OFFLINE)
def test_range_needs_and_calls_on_a_card_are_those_of_the_code(name):
    text = (CARDS / f"{name}.md").read_text(encoding="utf-8")
    reward = subject_of(name).reward
    low, high = reward.traits.range
    assert f"| range | {low:g} to {high:g} |" in text
    assert f"| needs | {', '.join(sorted(reward.needs))} |" in text
    assert f"| calls of a judge or scorer for a group of 8 | {calls_for(reward, 8)} |" in text
    assert not re.search(r"^\| failed \|", text, re.MULTILINE)


@pytest.mark.parametrize("name", [name for name in KEPT if remarks_on(name).unreal])
def test_a_card_of_a_stand_in_says_so_first(name):
    first = (CARDS / f"{name}.md").read_text(encoding="utf-8").split("\n## ")[0]
    assert "**Not measured" in first
    assert "codepaint" in first


@pytest.mark.full
def test_a_full_card_is_written_by_one_command(tmp_path):
    made = codepaint("rewards", "card", "coverage", "--full", "--out", str(tmp_path))
    assert made.exit_code == 0, made.output
    assert " 0 failed" in (tmp_path / "coverage.md").read_text(encoding="utf-8")


@pytest.mark.full
def test_a_card_is_the_same_for_the_same_inputs(tmp_path):
    timed = re.compile(r"^\| time a picture.*$", re.MULTILINE)
    first, second = (timed.sub("", page(gather("renders", Sources(examples=1), tmp_path))) for _ in range(2))
    assert first == second


def test_options_of_a_full_card_are_refused_without_it(tmp_path):
    lone = codepaint("rewards", "card", "coverage", "--out", str(tmp_path))
    assert lone.exit_code == 2
    assert "--full" in lone.output
    homeless = codepaint("rewards", "card", "coverage", "--full")
    assert homeless.exit_code == 2
    assert "--out" in homeless.output


@pytest.mark.parametrize("source", ["study", "climb"])
def test_a_source_that_is_missing_or_wrong_is_refused_with_its_path(tmp_path, source):
    wrong = tmp_path / "wrong.json"
    for text in (None, "[]", "{"):
        if text is not None:
            wrong.write_text(text)
        with pytest.raises(SpecError, match=r"wrong\.json"):
            gather("renders", Sources(**{source: wrong}), tmp_path)


def test_probes_of_another_reward_are_refused_before_anything_is_measured(tmp_path, monkeypatch):
    monkeypatch.setattr("rewards.testing.subject.subject_of", lambda *_, **__: pytest.fail("it was measured"))
    file = tmp_path / "probes.json"
    file.write_text('[{"reward": "coverage", "probes": {}, "skipped": {}}]')
    with pytest.raises(SpecError, match="no probes of 'renders'; it has those of coverage"):
        gather("renders", Sources(probes=file, examples=1), tmp_path)
