"""Versions change with what decides a score, and with nothing else: a release alone throws no paid verdict away."""

from __future__ import annotations

from importlib import metadata

from judge_questions import judge_at, questions
from judge_server import JudgeServer
from rewards import make, types
from rewards.judged.client.openai_judge import OpenAIJudge
from rewards.judged.pairs.pairwise import Pairwise
from rewards.judged.pairs.symmetric import SymmetricJudge
from rewards.judged.rubric import load_rubric
from rewards.testing.judges import ScriptedJudge
from rewards.types import version_of

SPECS = (
    "renders",
    "coverage",
    "gated(0.5*coverage + 0.5*mapped(coverage, fn='log_tamed'), gate=renders)",
    "bonus(coverage, coverage(low=0.2))",
)


def versions() -> list[str]:
    judge = OpenAIJudge(model="m", api_key_env=None, cache=False)
    rubric = load_rubric("pairwise")
    return [
        *(make(spec).version for spec in SPECS),
        rubric.version,
        judge.version,
        SymmetricJudge(judge, rubric, mode="hard").version,
        Pairwise(judge=ScriptedJudge(), text="keep").version,
    ]


def another_release(monkeypatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: "99.0")
    for each in vars(types).values():
        getattr(each, "cache_clear", int)()


def test_another_release_changes_no_version(monkeypatch):
    before = versions()
    another_release(monkeypatch)
    assert versions() == before
    assert len(set(before)) == len(before)


def test_another_release_asks_for_no_verdict_anew(monkeypatch, tmp_path):
    with JudgeServer() as server:
        assert None not in judge_at(server, cache=tmp_path).ask(questions(10))
        another_release(monkeypatch)
        assert None not in judge_at(server, cache=tmp_path).ask(questions(10))
        assert server.calls == 10


def test_a_version_is_the_same_on_every_machine():
    assert version_of("Renders", [1, 0.5, "a", None]) == "80e0d5c8dc88"
