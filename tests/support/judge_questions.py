"""Questions about small pictures, and the judge at the server on loopback that is asked them."""

from __future__ import annotations

from judge_server import JudgeServer, png
from rewards.judged.client.openai_judge import OpenAIJudge
from rewards.judged.judge import Question
from rewards.judged.pairs.symmetric import Pair, SymmetricJudge
from rewards.judged.rubric import load_rubric

RUBRIC = load_rubric("pairwise")


PICTURES = [png(red / 20, seed=red) for red in range(20)]


def judge_at(server: JudgeServer, **options) -> OpenAIJudge:
    return OpenAIJudge(
        **{"model": "m", "base_url": server.url, "api_key_env": None, "cache": False} | options
    )


def symmetric(judge, mode="soft") -> SymmetricJudge:
    return SymmetricJudge(judge, RUBRIC, mode=mode)


def pairs(count: int) -> list[Pair]:
    indices = [(i, k) for i in range(20) for k in range(i)][:count]
    return [Pair(PICTURES[i], PICTURES[k], "a poppy") for i, k in indices]


def questions(count: int, mode="soft") -> list[Question]:
    asking = symmetric(None, mode)
    return [asking.question(pair.a, pair.b, pair.prompt) for pair in pairs(count)]
