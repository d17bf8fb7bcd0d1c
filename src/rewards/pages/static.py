"""`static`: how a page looks as it stands, by a judge that sees its pictures or by what an auditor measured."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from rewards.errors import SpecError
from rewards.judged.judge import Judge
from rewards.judged.judge_option import judge_of
from rewards.judged.sheet import load_sheet
from rewards.pages.audited import AuditedPage
from rewards.pages.graded import RUBRIC, GradedPage


def static(
    *,
    by: Literal["judge", "audit"] = "judge",
    judge: Mapping[str, Any] | Judge | None = None,
    rubric: Path | str | None = None,
) -> GradedPage | AuditedPage:
    """How a web page looks before anyone uses it, graded by a judge or, offline, by measured damage.

    Args:
        by: `judge` asks a vision model; see `GradedPage`. `audit` asks no model; see `AuditedPage`: it finds damage but
            cannot judge beauty.
        judge: Options of `rewards.judged.client.openai_judge.OpenAIJudge`, such as `{"model": ..., "base_url": ...}`,
            or a `Judge` object; `by="judge"` needs it, `by="audit"` refuses it.
        rubric: Path of your own score sheet with the parts alignment, aesthetics and structure; None takes ours.

    Raises:
        SpecError: A parameter cannot be understood, or there is no judge to ask.
        MissingPart: The extra `judge` or a key is missing.
    """
    if by == "judge":
        return GradedPage(
            judge_of("static", _asked(judge)), load_sheet(RUBRIC if rubric is None else Path(rubric))
        )
    if by != "audit":
        raise SpecError(f"'static' got by={by!r}; it is 'judge' or 'audit'.")
    if judge is not None or rubric is not None:
        given = "judge" if judge is not None else "rubric"
        raise SpecError(
            f"static(by='audit') asks nobody and takes no {given!r}; leave it out, or take by='judge'."
        )
    return AuditedPage()


def _asked(judge: Mapping[str, Any] | Judge | None) -> Mapping[str, Any] | Judge:
    if judge is None:
        raise SpecError(
            "'static' has no judge; name one: judge={'model': ..., 'base_url': ...} asks any OpenAI-compatible "
            "endpoint, or take by='audit', which measures damage offline."
        )
    return judge
