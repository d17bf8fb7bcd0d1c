"""Laws 62 and 63: what a reward that asks a scorer behind an address must make of any reply, and how often it asks."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from rewards.judged.client import failures
from rewards.judged.client.failures import Trouble
from rewards.painted.blank import is_constant
from rewards.scorers.transport import LostCall
from rewards.scorers.wire import Item
from rewards.testing.cases.described import Painted, Picture, samples_of
from rewards.testing.law import Broken, Subject, law
from rewards.testing.laws.judged import different
from rewards.testing.scoring import scored
from rewards.testing.scripted_scorer import ScriptedScorer, Spoil
from rewards.types import Sample


def _rewritten(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    return lambda reply: json.dumps(change(json.loads(reply))).encode()


def _lose(reply: bytes) -> bytes:
    raise LostCall(Trouble("503: busy", passing=True, status=503))


def _hang_up(reply: bytes) -> bytes:
    raise OSError("the connection was lost")


WHOLE: Mapping[str, Callable[[bytes], bytes]] = {
    "busy": _lose,
    "lost": _hang_up,
    "too few": _rewritten(lambda told: {"scores": told["scores"][:-1]}),
    "too many": _rewritten(lambda told: {"scores": [*told["scores"], 0.5]}),
    "another key": _rewritten(lambda told: {"score": told["scores"]}),
    "a list": _rewritten(lambda told: told["scores"]),
    "no JSON": lambda reply: b"<html>busy</html>",
    "cut": lambda reply: reply[: len(reply) // 2],
    "empty": lambda reply: b"",
    "deep": lambda reply: b"[" * 100_000,
}
"""What spoils a whole reply: nobody can say which number belongs to which sample."""

VALUES: Mapping[str, object] = {
    "not a number": math.nan,
    "infinite": math.inf,
    "null": None,
    "in words": "0.7",
    "true": True,
    "a list": [0.7],
    "above the range": 1e6,
    "below the range": -1e6,
    "huge": 10**400,
}
"""What is no score, and belongs to one sample."""


def _asks(subject: Subject) -> bool:
    return subject.scoring is not None and subject.traits.kind == "pointwise"


@law(
    "62 any reply",
    "a short reply zipped to its batch, a number that is not checked, or a lost call that counts as a score",
    draws=lambda subject: {
        "pictures": different(5),
        "fault": st.sampled_from([*WHOLE, *VALUES, "refused"]),
        "place": st.integers(0, 4),
        "lasting": st.booleans(),
    },
    applies=_asks,
)
def any_reply(subject: Subject, pictures: Sequence[Picture], fault: str, place: int, lasting: bool) -> bool:
    """What a reply does not say is None for the samples it is about, and the others keep their values."""
    assert subject.scoring is not None
    samples = _painted(subject, pictures)
    healthy = ScriptedScorer()
    clean = _values(subject.scoring(healthy, None), samples)
    sent = list(dict.fromkeys(healthy.items))
    if not sent:
        return False
    target = sent[place % len(sent)]
    scorer = ScriptedScorer(_spoil(fault, target, lasting))
    reward = subject.scoring(scorer, None)
    with _without_pauses():
        told = _values(reward, samples)
    hit = _hit(subject, samples, fault, target, lasting)
    for i, (value, want, lost) in enumerate(zip(told, clean, hit, strict=True)):
        if value != (None if lost else want):
            when = "always" if lasting else "at first"
            about = "about" if lost else "not about"
            raise Broken(
                f"a reply that was {fault!r} {when} and {about} sample {i} gave it {value}, alone it has {want}"
            )
    scorer.spoil = None
    with _without_pauses():
        again = _values(reward, samples)
    if again != clean:
        raise Broken(f"after the fault has gone the values are {again}, not {clean}")
    return len(sent) > 1


def _spoil(fault: str, target: Item, lasting: bool) -> Spoil:
    def spoil(reply: bytes, items: list[Item], number: int) -> bytes:
        if not lasting and number > 1:
            return reply
        if fault in WHOLE:
            return WHOLE[fault](reply)
        if target not in items:
            return reply
        if fault == "refused":
            raise LostCall(Trouble("400: it cannot be read", passing=False, status=400))
        told = json.loads(reply)
        told["scores"][items.index(target)] = VALUES[fault]
        return json.dumps(told).encode()

    return spoil


def _hit(subject: Subject, samples: Sequence[Sample], fault: str, target: Item, lasting: bool) -> list[bool]:
    """Tells which samples a fault costs their value: what is tried again is whole then."""
    retried = not lasting and (fault in WHOLE or fault == "refused")
    hit = []
    for sample in samples:
        scorer = ScriptedScorer()
        assert subject.scoring is not None
        scored(subject.scoring(scorer, None), [sample])
        about = bool(scorer.items) if fault in WHOLE else target in scorer.items
        hit.append(about and not retried)
    return hit


@law(
    "63 asked once",
    "a failure that is kept, a field that is missing from the cache's key, or a call for what decides itself",
    fixed=lambda subject: [{"seeds": seeds} for seeds in ((3, 4, 3), (7, 8, 9, 7))],
    applies=_asks,
)
def asked_once(subject: Subject, seeds: Sequence[int]) -> bool:
    """Equal items are sent once, what failed never, and a second run sends nothing but what had no score."""
    assert subject.scoring is not None
    batch = [Painted("ok", Picture("painting", seed, 16, 16)) for seed in seeds]
    free = [Painted("program_error"), Painted("machine_error"), Painted("ok", Picture("white", 0, 16, 16))]
    samples = samples_of([*batch, *free], subject.reward.needs)
    with tempfile.TemporaryDirectory() as name, _without_pauses():
        folder = Path(name)
        dead = ScriptedScorer(lambda reply, items, number: _lose(reply))
        scored(subject.scoring(dead, folder), samples)
        first, second = ScriptedScorer(), ScriptedScorer()
        values = _values(subject.scoring(first, folder), samples)
        if len(first.items) != len(set(first.items)) or len(first.items) > len(set(seeds)):
            raise Broken(f"{len(first.items)} items were sent for {len(set(seeds))} different pictures")
        alone = _values(subject.scoring(ScriptedScorer(), None), samples)
        if values != alone:
            raise Broken(f"after a run in which every call was lost the values are {values}, not {alone}")
        again = _values(subject.scoring(second, folder), samples)
        if second.items or again != values:
            raise Broken(f"a second run sent {len(second.items)} items again, and has {again}, not {values}")
        if "prompt" not in subject.reward.needs:
            return bool(first.items)
        other = [_renamed(sample) for sample in samples]
        third = ScriptedScorer()
        scored(subject.scoring(third, folder), other)
        if first.items and not third.items:
            raise Broken("the same pictures with another prompt were answered from what was kept")
    return bool(first.items)


def _renamed(sample: Sample) -> Sample:
    return replace(sample, task=replace(sample.task, prompt=f"{sample.task.prompt} At night."))


def _painted(subject: Subject, pictures: Sequence[Picture]) -> list[Sample]:
    told = [picture for picture in pictures if not is_constant(picture.pixels())]
    return samples_of(
        [Painted("ok", picture, number) for number, picture in enumerate(told)], subject.reward.needs
    )


def _values(reward: Any, samples: Sequence[Sample]) -> list[float | None]:
    return [score.value for score in scored(reward, samples)]


@contextmanager
def _without_pauses() -> Iterator[None]:
    """Lets what failed be tried again at once."""
    before, failures.BACKOFF_S = failures.BACKOFF_S, 0.0
    try:
        yield
    finally:
        failures.BACKOFF_S = before
