"""Law 66: a judge that is to say what it sees is told nothing of the task before, and what it saw counts as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from rewards.judged.judge import Question
from rewards.testing.cases.described import Painted, Picture
from rewards.testing.judges.naming import NamingJudge
from rewards.testing.law import Broken, Subject, law
from rewards.testing.scoring import scored
from rewards.types import Sample, Task

PICTURE = Picture("painting", 3, 16, 16)
INSIDE = {"rose": "a page of prose", "cat": "a catalogue", "pear": "a spear", "ant": "a plantain"}
"""Subjects, each with something else whose name holds it."""

ELSE = "a heap of gravel"
OTHER = Task("kit-other", "Paint a harbour at dusk.")


def _blind(subject: Subject) -> bool:
    asks = getattr(subject.reward, "examiner", subject.reward)
    return subject.asking is not None and bool(getattr(asks, "blind_first", False))


@law(
    "66 blind first",
    "the task in the question about the picture; a lost answer that counts; parts of words taken for words",
    draws=lambda subject: {
        "prompt": st.text(min_size=1, max_size=40) | st.sampled_from(["Paint a rose.", "a cat on a mat"]),
        "feature": st.text(min_size=1, max_size=12),
        "sought": st.sampled_from(sorted(INSIDE)),
    },
    applies=_blind,
)
def blind_first(subject: Subject, prompt: str, feature: str, sought: str) -> bool:
    """What is asked with the picture does not depend on the task; full > partial > no recognition, lost is None."""
    told = Task(
        "kit-told", prompt, features=(feature,), letters=True, interactions=(feature,), subject=sought
    )
    with_picture = [_about_the_picture(subject, task) for task in (told, OTHER)]
    if with_picture[0] != with_picture[1]:
        raise Broken(f"what is asked with the picture depends on the task, such as on the prompt {prompt!r}")
    sample = _sample(subject, told)
    full = _value(subject, NamingJudge(f"a {sought}", label=0), sample)
    partial = _value(subject, NamingJudge(ELSE, (f"a {sought}",), label=1), sample)
    nothing = _value(subject, NamingJudge(ELSE), sample)
    if full is None or partial is None or nothing is None or not full > partial > nothing:
        raise Broken(f"full recognition has {full}, partial {partial} and none {nothing}")
    inside = _value(subject, NamingJudge(INSIDE[sought]), sample)
    if inside != nothing:
        raise Broken(f"for {sought!r}, {INSIDE[sought]!r} has {inside}, and {ELSE!r} {nothing}")
    lost = _value(subject, NamingJudge(ELSE, mute=True), sample)
    if lost is not None:
        raise Broken(f"a sample of which the second question got no answer has {lost}")
    return True


def _about_the_picture(subject: Subject, task: Task) -> list[str]:
    """Returns the keys of the questions with a picture, of which the first that is asked must be one."""
    judge = NamingJudge(ELSE)
    _value(subject, judge, _sample(subject, task))
    asked: Sequence[Question] = judge.asked
    if not asked or not asked[0].images:
        raise Broken("the first question is not about the picture")
    return [question.key("") for question in asked if question.images]


def _sample(subject: Subject, task: Task) -> Sample:
    sample = Painted("ok", PICTURE).sample(subject.reward.needs)
    return replace(sample, task=task, group=task.id)


def _value(subject: Subject, judge: NamingJudge, sample: Sample) -> float | None:
    assert subject.asking is not None
    [score] = scored(subject.asking(judge), [sample])
    return score.value
