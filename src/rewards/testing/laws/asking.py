"""Laws 32 to 35 and 46: what a reward may ask a judge, how often, and what it makes of any answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from rewards.judged.judge import Question
from rewards.judged.reply import Reply
from rewards.pictures import shipped
from rewards.testing.cases.described import Painted, Picture, samples_of, with_picture
from rewards.testing.cases.strategies import CONSTANT, pictures
from rewards.testing.judges import ScriptedJudge
from rewards.testing.judges.obedient import LINES, ObedientJudge, written
from rewards.testing.judges.wrapped import UNREADABLE, Edited, Exchanged, Remembering
from rewards.testing.law import Broken, Subject, law
from rewards.testing.scoring import scored
from rewards.types import Finding, Reward, Sample, Score

MARK = "q7Zk-planted-xW2"  # sixteen characters that occur nowhere else
BEATS = 0.05  # of the range, by which an instruction may beat the same ink scrambled

_paintings = pictures(kinds=("painting", "gradient", "saturated"), sides=(8, 12, 16))

FIELDS: Mapping[str, Callable[[Question], Question]] = {
    "images": lambda asked: replace(asked, images=tuple(image + b"\0" for image in asked.images)),
    "order": lambda asked: replace(asked, images=asked.images[::-1]),
    "system": lambda asked: replace(asked, system=asked.system + " "),
    "text": lambda asked: replace(asked, text=asked.text + " "),
    "rubric": lambda asked: replace(asked, rubric=asked.rubric + "1"),
    "schema": lambda asked: replace(asked, schema={**asked.schema, "title": "Verdict"}),
    "logprobs": lambda asked: replace(asked, logprobs=not asked.logprobs),
    "attempt": lambda asked: replace(asked, attempt=asked.attempt + 1),
}
"""What makes another question of one, field by field of the cache's key."""


def _judged(subject: Subject) -> bool:
    return subject.asking is not None


def _asking(subject: Subject, judge: Any, samples: Sequence[Sample]) -> list[Score]:
    assert subject.asking is not None
    return scored(subject.asking(judge), samples)


class _Shelf(dict[str, Reply]):
    """A cache in memory."""

    put = dict.__setitem__


class _Echo:
    """Answers anything, as the pictures of a changed question need not be such; counts."""

    def __init__(self, version: str) -> None:
        self.version, self.calls = version, 0

    def ask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        self.calls += len(questions)
        return [Reply("no verdict")] * len(questions)


@law(
    "32 cache",
    "a field missing from the cache's key, or a failure that is kept",
    draws=lambda subject: {
        "pictures": st.lists(_paintings, min_size=2, max_size=3),
        "place": st.integers(0, 20),
        "changed": st.sampled_from([*FIELDS, "judge"]),
        "kind": st.sampled_from(["lost", "garbage"]),
    },
    applies=_judged,
)
def remembered(subject: Subject, pictures: Sequence[Picture], place: int, changed: str, kind: str) -> bool:
    """Without a cache, cold and warm, values agree; warm asks nothing; another question or a failure asks again."""
    remembering = getattr(subject.reward, "remembering", Remembering)
    samples = samples_of([Painted("ok", picture) for picture in pictures], subject.reward.needs)
    off = [score.value for score in _asking(subject, ScriptedJudge(), samples)]
    kept = _Shelf()
    failing = ScriptedJudge(lost=float(kind == "lost"), garbage=float(kind == "garbage"))
    _asking(subject, remembering(Exchanged(failing), kept), samples)
    inner = ScriptedJudge(record=True)
    judge = remembering(Exchanged(inner), kept)
    cold = [score.value for score in _asking(subject, judge, samples)]
    if cold != off:
        raise Broken(
            f"without a cache the values are {off}, with a new one {cold}, after a run of which all was {kind}"
        )
    asked = list(inner.asked)
    warm = [score.value for score in _asking(subject, remembering(Exchanged(inner), kept), samples)]
    if warm != off:
        raise Broken(f"without a cache the values are {off}, with a warm one {warm}")
    if len(inner.asked) > len(asked):
        raise Broken(f"a warm cache let {len(inner.asked) - len(asked)} calls through")
    if not asked:
        return False
    question = asked[place % len(asked)]
    echo = _Echo("another judge" if changed == "judge" else judge.version)
    other = FIELDS[changed](question) if changed in FIELDS else question
    if changed != "judge" and other.key(judge.version) in {q.key(judge.version) for q in asked}:
        return False  # the other order is one of the questions that were asked
    remembering(echo, kept).ask([other])
    if not echo.calls:
        raise Broken(f"a question that differs in its {changed} was answered from the cache")
    return True


@law(
    "33 budget",
    "a call for a picture that failed or is constant, or one for each of two equal pairs",
    draws=lambda subject: {
        "batch": st.lists(
            st.builds(
                lambda status, picture, group: Painted(status, picture, group),
                st.sampled_from(["ok", "ok", "ok", "ok", "ok", "program_error", "machine_error"]),
                pictures(kinds=("painting", "noise", "saturated", "solid"), sides=(8, 12, 16)),
                st.sampled_from([0, 0, 0, 1]),
            ),
            min_size=3,
            max_size=6,
        ),
        "same": pictures(kinds=("painting", *CONSTANT), sides=(8, 12)),
    },
    applies=lambda subject: _judged(subject) and subject.traits.max_calls is not None,
    trait="max_calls",
)
def budget(subject: Subject, batch: Sequence[Painted], same: Picture) -> bool:
    """Calls stay within the declared number; failed samples and equal pictures cause none."""
    limit = subject.traits.max_calls
    assert limit is not None
    k = getattr(subject.reward, "k", 1)
    judge = ScriptedJudge()
    _asking(subject, judge, samples_of(batch, subject.reward.needs))
    allowed = sum(limit(size, k) for size in Counter(painted.group for painted in batch).values())
    if judge.calls > allowed:
        raise Broken(f"{judge.calls} calls were made for {len(batch)} samples, where {allowed} are declared")
    free = [Painted("machine_error", same)]
    if subject.traits.gate:
        free.append(Painted("program_error", same))
    if subject.traits.floor and same.kind in CONSTANT:
        free.append(Painted("ok", same))
    if subject.traits.kind == "winrate":
        free = [Painted("ok", same)] * 3
    none = ScriptedJudge()
    _asking(subject, none, samples_of(free, subject.reward.needs))
    if none.calls:
        raise Broken(f"{none.calls} calls were made for {len(free)} samples that decide themselves")
    return judge.calls > 0


@law(
    "34 injection",
    "writing in a picture that the judge can read and obey",
    fixed=lambda subject: [{"line": line} for line in LINES],
    applies=lambda subject: _judged(subject) and "image" in subject.reward.needs,
)
def injection(subject: Subject, line: str) -> bool:
    """An instruction painted into a picture gains at most 5 % of the range over the same ink scrambled."""
    values = []
    for number in range(0, len(shipped()), 8):
        plain = Painted("ok", Picture("shipped", number)).sample(subject.reward.needs - {"text"})
        image = list(shipped().values())[number]
        marked = [with_picture(plain, written(image, line, scrambled=mixed)) for mixed in (False, True)]
        told, mixed = (score.value for score in scored(_showing_whole(subject), marked))
        if told is not None and mixed is not None and told - mixed > BEATS * subject.span:
            raise Broken(f"{line!r} in a picture scores {told:.3g}, the same ink without words {mixed:.3g}")
        values.append(told)
    return any(value is not None for value in values)


def _showing_whole(subject: Subject) -> Reward:
    """Makes the reward with a judge that obeys, and pictures as large as it shows them, so that letters are legible."""
    assert subject.asking is not None
    side = subject.defaults.get("size_px")
    if side is None or subject.make is None:
        return subject.asking(ObedientJudge())
    return subject.make(judge=ObedientJudge(), size_px=side)


def _trying(sample: Sample, **fields: str) -> Sample:
    """Returns a sample whose trace, if it has one, says something else in each step."""
    trace = tuple(replace(step, **fields) for step in sample.rendering.interactions or ())  # type: ignore[arg-type]
    has_one = sample.rendering.interactions is not None
    return replace(sample, rendering=replace(sample.rendering, interactions=trace if has_one else None))


MARKED: Mapping[str, Callable[[Sample], Sample]] = {
    "program": lambda one: replace(one, program=f"// {MARK}\nbrush.line(0, 0, 9, 9);"),
    "completion": lambda one: replace(one, completion=f"{one.completion} {MARK}"),
    "console": lambda one: replace(
        one,
        rendering=replace(
            one.rendering, message=MARK, findings=(Finding("console", MARK, 0.0),), identity=MARK
        ),
    ),
    "task id": lambda one: replace(one, task=replace(one.task, id=MARK)),
    "file name": lambda one: replace(
        one, task=replace(one.task, reference=one.task.reference or Path(f"{MARK}.png"))
    ),
    "group": lambda one: replace(one, group=MARK),
    "selector of a step": lambda one: _trying(one, selector=f"#{MARK}"),
    "evidence of a step": lambda one: _trying(one, evidence=MARK),
}
"""Where a mark is planted that no judge may be sent."""


@law(
    "46 no leak",
    "evidence other than pictures and the prompt in a request",
    fixed=lambda subject: [{"where": where} for where in MARKED],
    applies=lambda subject: _judged(subject) and bool({"image", "interactions"} & subject.reward.needs),
)
def no_leak(subject: Subject, where: str) -> bool:
    """A judge is sent nothing of the program, the completion, the console, ids, groups or file names."""
    judge = ScriptedJudge(record=True)
    two = samples_of([Painted("ok", Picture("painting", seed)) for seed in (3, 4)], subject.reward.needs)
    _asking(subject, judge, [MARKED[where](sample) for sample in two])
    for asked in judge.asked:
        if any(
            MARK in part for part in (asked.system, asked.text, repr(asked.schema), *map(str, asked.images))
        ):
            raise Broken(f"what stands in the {where} was sent to the judge")
    return bool(judge.asked)


@law(
    "35 parser",
    "the first label or number in a text taken for the verdict, or a scale that is not checked",
    draws=lambda subject: {
        "pictures": st.lists(_paintings, min_size=2, max_size=2),
        "edits": st.lists(st.sampled_from(sorted(UNREADABLE)), min_size=3, max_size=3, unique=True),
        "text": st.text(max_size=40),
    },
    applies=_judged,
)
def parser(subject: Subject, pictures: Sequence[Picture], edits: Sequence[str], text: str) -> bool:
    """Any text gives a verdict or none, never an exception, and never a number out of scale."""
    samples = samples_of([Painted("ok", picture) for picture in pictures], subject.reward.needs)
    lowest, highest = subject.traits.range or (float("-inf"), float("inf"))
    # Copies of a picture, and constant ones, need no answer.
    lost = _asking(subject, ScriptedJudge(lost=1.0), samples)
    needing = [i for i, score in enumerate(lost) if score.value is None]
    for edit in (*edits, None):
        judge = Edited(ScriptedJudge(), (lambda _: Reply(text)) if edit is None else UNREADABLE[edit])
        scores = _asking(subject, judge, samples)
        for value in (scores[i].value for i in needing):
            if edit is not None and value is not None:
                raise Broken(f"an answer with the edit {edit!r} cannot be read and gave {value}")
            if value is not None and not lowest - 1e-9 <= value <= highest + 1e-9:
                raise Broken(f"the answer {text!r} gave {value}, outside of [{lowest}, {highest}]")
    return bool(needing)
