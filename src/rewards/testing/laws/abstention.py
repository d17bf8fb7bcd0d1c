"""Law 31: a comparison that is lost takes the value from its samples and from no other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from rewards.judged.judge import Question
from rewards.painted.blank import is_constant
from rewards.testing.cases.described import Picture
from rewards.testing.judges import Fault, ScriptedJudge, digest
from rewards.testing.judges.duels import asking, compares, group_of, units
from rewards.testing.judges.wrapped import Exchanged
from rewards.testing.law import Broken, Subject, law
from rewards.testing.laws.judged import different
from rewards.types import Sample


@law(
    "31 abstention",
    "a lost or unreadable verdict that counts as 1/2, one order in place of two, or a kept failure",
    draws=lambda subject: {
        "pictures": different(4),
        "place": st.integers(0, 60),
        "by": st.sampled_from(["pair", "order"]),
        "kind": st.sampled_from(["lost", "garbage", "truncated"]),
        "attempt": st.sampled_from([None, None, 0, 1]),
        "soft": st.booleans(),
    },
    applies=compares,
)
def abstention(
    subject: Subject,
    pictures: Sequence[Picture],
    place: int,
    by: str,
    kind: Any,
    attempt: int | None,
    soft: bool,
) -> bool:
    """A lost comparison leaves only its own samples without a value; a healthy run gives it back."""
    samples = group_of([picture for picture in pictures if not is_constant(picture.pixels())], subject)
    healthy = ScriptedJudge(record=True)
    clean = units(asking(subject, healthy, soft), samples)
    if not healthy.asked:
        return False
    lost = healthy.asked[place % len(healthy.asked)]
    shown = [digest(image) for image in lost.images]
    fault = Fault(frozenset(shown), shown[0] if by == "order" else None, attempt, kind=kind)
    # Garbage is asked about once more, a lost call is not: the client has tried again already.
    fatal = attempt is None or (kind == "lost" and attempt == 0)
    concerned = _concerned(subject, samples, lost, soft) if fatal else [False] * len(samples)
    held = Exchanged(ScriptedJudge(faults=(fault,)))
    reward = asking(subject, held, soft)
    for i, (value, want, hit) in enumerate(zip(units(reward, samples), clean, concerned, strict=True)):
        if value != (None if hit else want):
            why = (
                f"its comparison was {kind} at {'every attempt' if attempt is None else f'attempt {attempt}'}"
            )
            raise Broken(
                f"sample {i} has {value}, not {None if hit else want}; {why if hit else 'it lost nothing'}"
            )
    held.judge = ScriptedJudge()
    again = units(reward, samples)
    if again != clean:
        raise Broken(f"after the fault has gone the values are {again}, not {clean}")
    return fatal


def _concerned(subject: Subject, samples: Sequence[Sample], lost: Question, soft: bool) -> list[bool]:
    """Tells which samples need the verdict on a pair."""
    pair = {digest(image) for image in lost.images}

    def meet(chosen: Sequence[Sample]) -> bool:
        judge = ScriptedJudge(record=True)
        units(asking(subject, judge, soft), chosen)
        return any({digest(image) for image in q.images} == pair for q in judge.asked)

    if subject.traits.scope == "sample":
        return [meet([sample]) for sample in samples]
    # What is sent may have been resized and compressed, so each two are asked about as a group of their own.
    met = {i for two in combinations(range(len(samples)), 2) if meet([samples[i] for i in two]) for i in two}
    return [i in met for i in range(len(samples))]
