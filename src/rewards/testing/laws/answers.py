"""Laws 67 and 68: what a reward that asks about one picture at a time makes of answers, and of lost ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from rewards.painted.blank import is_constant
from rewards.testing.cases.described import Painted, Picture, samples_of, with_picture
from rewards.testing.cases.strategies import pictures
from rewards.testing.judges import Fault, ScriptedJudge
from rewards.testing.judges.scripted import asked_as
from rewards.testing.judges.wrapped import Exchanged
from rewards.testing.law import Broken, Subject, law
from rewards.testing.scoring import scored

_paintings = pictures(kinds=("painting", "gradient", "saturated"), sides=(8, 12, 16))


def asks_about_each(subject: Subject) -> bool:
    """Tells whether a reward asks a judge about pictures one at a time."""
    return (
        subject.asking is not None
        and subject.traits.kind == "pointwise"
        and bool({"image", "interactions"} & subject.reward.needs)
    )


@law(
    "67 lost answers",
    "a lost or unreadable answer that counts as none, as the middle or as no; or a kept failure",
    draws=lambda subject: {
        "pictures": st.lists(_paintings, min_size=2, max_size=4),
        "place": st.integers(0, 20),
        "kind": st.sampled_from(["lost", "garbage", "truncated"]),
        "attempt": st.sampled_from([None, None, 0]),
    },
    applies=asks_about_each,
)
def lost_answers(
    subject: Subject, pictures: Sequence[Picture], place: int, kind: Any, attempt: int | None
) -> bool:
    """A lost answer leaves only the samples it was about without a value; a healthy run gives it back."""
    assert subject.asking is not None
    samples = samples_of([Painted("ok", picture) for picture in pictures], subject.reward.needs)
    healthy = ScriptedJudge(record=True)
    clean = [score.value for score in scored(subject.asking(healthy), samples)]
    if not healthy.asked:
        return False
    question = asked_as(healthy.asked[place % len(healthy.asked)])
    # An answer that cannot be read is asked for once more, a lost call is not: the client has tried again already.
    fatal = attempt is None or kind == "lost"
    concerned = [fatal and question in _asked(subject, sample) for sample in samples]
    held = Exchanged(ScriptedJudge(faults=(Fault(question=question, attempt=attempt, kind=kind),)))
    reward = subject.asking(held)
    for index, (score, want, hit) in enumerate(zip(scored(reward, samples), clean, concerned, strict=True)):
        if score.value != (None if hit else want):
            why = f"an answer about it was {kind}" if hit else "it lost nothing"
            raise Broken(f"sample {index} has {score.value}, not {None if hit else want}; {why}")
    held.judge = ScriptedJudge()
    again = [score.value for score in scored(reward, samples)]
    if again != clean:
        raise Broken(f"after the fault has gone the values are {again}, not {clean}")
    return fatal and any(value is not None for value in clean)


def _asked(subject: Subject, sample: Any) -> set[str]:
    assert subject.asking is not None
    judge = ScriptedJudge(record=True)
    scored(subject.asking(judge), [sample])
    return {asked_as(question) for question in judge.asked}


@law(
    "68 right way alone",
    "labels or numbers read the wrong way round",
    draws=lambda subject: {"picture": _paintings, "darker": st.integers(4, 120)},
    applies=lambda subject: asks_about_each(subject) and "image" in subject.reward.needs,
)
def right_way_alone(subject: Subject, picture: Picture, darker: int) -> bool:
    """A picture that the judge finds better has no lower value."""
    assert subject.asking is not None
    [sample] = samples_of([Painted("ok", picture)], subject.reward.needs)
    first = picture.pixels()
    raised = np.where(first > darker, first - np.uint8(darker), 0).astype(np.uint8)
    if is_constant(first) or is_constant(raised) or float(first.mean()) - float(raised.mean()) < 3:
        return False
    reward = subject.asking(ScriptedJudge())
    low, high = (score.value for score in scored(reward, [sample, with_picture(sample, raised)]))
    if low is None or high is None or high < low - 1e-9:
        raise Broken(f"{picture} has {low}, and {high} where the judge finds it better")
    return True
