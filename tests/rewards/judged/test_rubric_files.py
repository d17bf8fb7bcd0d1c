"""Rubrics of one's own are read as their files are now, from where they are now."""

import pickle

import pytest

from rewards import SpecError
from rewards.judged.pairs.pairwise import Pairwise
from rewards.judged.rubric import load_rubric
from rewards.testing.subject import subject_of

TEXT = '+++\nrelease = 1\ntitle = "t"\nanswer = "winner"\n+++\nYou judge.\n---\nWhich shows {{prompt}} {how}?'


def test_a_rubric_that_is_edited_is_seen_in_the_same_process(tmp_path):
    path = tmp_path / "mine.md"
    path.write_text(TEXT.format(how="well"))
    before = load_rubric(str(path))
    assert load_rubric(str(path)) == before
    path.write_text(TEXT.format(how="best"))
    after = load_rubric(str(path))
    assert after.text == "Which shows {prompt} best?"
    assert after.version != before.version
    path.unlink()
    with pytest.raises(SpecError, match="There is no rubric"):
        load_rubric(str(path))


def test_a_relative_path_is_that_of_the_folder_in_which_it_is_asked_for(tmp_path, monkeypatch):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.md").write_text(TEXT.format(how=name))
        monkeypatch.chdir(tmp_path / name)
        assert load_rubric("mine.md").text.endswith(f"{name}?")


def test_a_pickled_reward_keeps_its_rubric_where_another_process_has_another_folder(tmp_path, monkeypatch):
    (tmp_path / "mine.md").write_text(TEXT.format(how="well"))
    monkeypatch.chdir(tmp_path)
    judge = subject_of("pairwise").reward.judge
    told = pickle.dumps(Pairwise(rubric="mine.md", judge=judge, text="keep"))
    monkeypatch.chdir("/")
    assert pickle.loads(told).rubric.text == "Which shows {prompt} well?"
