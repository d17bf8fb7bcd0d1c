"""Law 48: `preflight` is quiet when all is well, and raises one defect at a time with the way out."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from rewards.errors import CodepaintError
from rewards.judged.client.failures import Trouble
from rewards.pictures import shipped
from rewards.preflight import preflight as checked
from rewards.scorers.transport import LostCall
from rewards.scorers.wire import Item
from rewards.testing.cases.described import Painted, Picture
from rewards.testing.judges import ScriptedJudge, faulty
from rewards.testing.law import Broken, Subject, law
from rewards.testing.scripted_scorer import ScriptedScorer, Spoil
from rewards.types import Sample

PROBES = 8


def _unreachable(reply: bytes, items: list[Item], number: int) -> bytes:
    raise LostCall(Trouble("nobody is there", passing=True, wait_s=0.0))


SPOILT: dict[str, Spoil] = {
    "a scorer that cannot be reached": _unreachable,
    "a scorer that answers NaN": lambda reply, items, number: json.dumps(
        {"scores": [float("nan")] * len(items)}
    ).encode(),
    "a scorer that leaves its range": lambda reply, items, number: json.dumps(
        {"scores": [1e9] * len(items)}
    ).encode(),
}


def _cases(subject: Subject) -> Iterator[dict[str, str]]:
    yield {"defect": ""}
    for defect in _defects(subject):
        yield {"defect": defect}


@law(
    "48 preflight",
    "preflight checks nothing, or no longer calls a member's preflight",
    fixed=_cases,
    applies=lambda subject: callable(getattr(subject.reward, "preflight", None)),
)
def preflight(subject: Subject, defect: str) -> bool:
    """A missing key, model, pool or log-probabilities, or a probe batch without spread, raises; else it is quiet."""
    if not defect:
        _check_quiet(subject)
        return True
    try:
        _defects(subject)[defect]()
    except CodepaintError as error:
        if len(str(error)) < 20:
            raise Broken(f"{defect}: preflight raised {str(error)!r}, which names no way out") from None
        return True
    raise Broken(f"{defect}: preflight raised nothing")


def _check_quiet(subject: Subject) -> None:
    for samples in (None, _paintings(subject)):
        try:
            checked(subject.fresh(), samples)
        except CodepaintError as error:
            raise Broken(f"nothing is wrong, yet preflight raised {type(error).__name__}: {error}") from None


def _defects(subject: Subject) -> dict[str, Callable[[], object]]:
    """Returns what puts one thing out of order each and calls `preflight`."""

    def ready(reward: Any) -> None:
        own = reward.preflight
        own(None) if inspect.signature(own).parameters else own()

    found: dict[str, Callable[[], object]] = {}
    if "16" not in subject.traits.disclaims:
        found["no spread"] = lambda: checked(subject.fresh(), _blanks(subject))
    asking, encoding, make, scoring = subject.asking, subject.encoding, subject.make, subject.scoring
    if asking is not None:
        found["a judge without a key"] = lambda: ready(asking(faulty.UnreadyJudge()))
        found["a judge that loses every call"] = lambda: ready(asking(ScriptedJudge(lost=1.0)))
    if scoring is not None:
        for name, spoil in SPOILT.items():
            found[name] = partial(ready, scoring(ScriptedScorer(spoil), None))
    if encoding is not None:
        found["an encoder without weights"] = lambda: ready(encoding(faulty.MissingEncoder()))
    if make is not None:
        taken = getattr(subject.reward, "__dict__", {})
        if asking is not None and "mode" in subject.defaults:
            found["soft mode without log-probabilities"] = lambda: ready(
                make(mode="soft", judge=ScriptedJudge(logprobs=False))
            )
        if asking is not None:
            keyless = {"model": "kit", "api_key_env": "CODEPAINT_KIT_HAS_NO_SUCH_KEY"}
            found["a key variable that is not set"] = lambda: ready(make(judge=keyless))
        if "pool" in taken:
            found["a pool that is not there"] = lambda: ready(make(pool=Path("no-such-pool")))
    return found


def _paintings(subject: Subject) -> list[Sample]:
    count = len(shipped())
    numbers = [place * count // PROBES for place in range(PROBES)]
    return [
        _sample(subject, Picture("shipped", number, 512, 512), words) for words, number in enumerate(numbers)
    ]


def _blanks(subject: Subject) -> list[Sample]:
    return [_sample(subject, Picture("white", 0, 16, 16)) for _ in range(PROBES)]


def _sample(subject: Subject, picture: Picture, words: int = 0) -> Sample:
    return Painted("ok", picture, words=words).sample(subject.reward.needs)
