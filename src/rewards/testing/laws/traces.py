"""Laws 52 to 57: what a reward may make of the trace of a page, and of evidence that was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from rewards.testing.cases import strategies as draw
from rewards.testing.cases.described import Painted, samples_of
from rewards.testing.cases.pages import UNRECORDED
from rewards.testing.judges import ScriptedJudge
from rewards.testing.law import Broken, Subject, law
from rewards.testing.scoring import difference, scored, value
from rewards.types import Score


def _reads_traces(subject: Subject) -> bool:
    return "interactions" in subject.reward.needs


def _asks_about_traces(subject: Subject) -> bool:
    return _reads_traces(subject) and subject.asking is not None


def _one(subject: Subject, page: Painted) -> Score:
    [score] = scored(subject.reward, samples_of([page], subject.reward.needs))
    return score


def _judged(letters: str) -> str:
    return letters.replace("?", "")


@law(
    "52 offering less",
    "a share of what was offered in place of a share of the slots",
    draws=lambda subject: {"page": draw.tried(st.text("+-", min_size=1, max_size=6)), "place": draw.seeds()},
    applies=_reads_traces,
)
def offering_less(subject: Subject, page: Painted, place: int) -> bool:
    """A page that offers less never scores more: one without a step that worked, or with a slot left empty."""
    place %= len(page.trace)
    if page.trace[place] == "-" and len(page.trace) > page.steps:
        return False  # what comes after the last slot moves up: a page without that dead control is a better page
    less = page.trace[:place] + page.trace[place + 1 :]
    before, after = _one(subject, page), _one(subject, replace(page, trace=less))
    if before.value is None or after.value is None:
        return False
    if after.value > before.value + subject.tolerance:
        told = f"the trace {page.trace} scores {value(before, after)} at {page.steps} steps"
        raise Broken(f"{told}, and {value(after, before)} without step {place + 1}")
    return True


@law(
    "53 no trace",
    "a trace that was not recorded taken for an empty one: the explorer's fault becomes the page's",
    draws=lambda subject: {"pages": st.lists(draw.tried(), min_size=1, max_size=3), "lost": draw.seeds()},
    applies=_reads_traces,
)
def no_trace(subject: Subject, pages: Sequence[Painted], lost: int) -> bool:
    """An explorer's failure never lowers a score: a page that could not be tried has None, never a number."""
    lost %= len(pages)
    spoilt = [replace(page, trace=UNRECORDED) if i == lost else page for i, page in enumerate(pages)]
    scores = scored(subject.reward, samples_of(spoilt, subject.reward.needs))
    if scores[lost].value is not None:
        raise Broken(f"sample {lost}, which nobody tried, scores {value(scores[lost])}")
    whole = scored(subject.reward, samples_of(pages, subject.reward.needs))
    for index, (one, other) in enumerate(zip(whole, scores, strict=True)):
        if index != lost and (found := difference(one, other, subject.tolerance)):
            raise Broken(f"sample {index} {found} beside one that nobody tried")
    return whole[lost].value is not None


@law(
    "54 veto",
    "a judge's yes taken for credit",
    draws=lambda subject: {"page": draw.tried(), "no": st.sampled_from([0.3, 0.6, 1.0])},
    applies=_asks_about_traces,
)
def veto(subject: Subject, page: Painted, no: float) -> bool:
    """A judge of steps never raises a score: its no lowers it or not, and its yes gives no credit to any step."""
    samples = samples_of([page, replace(page, trace=page.trace.replace("+", "-"))], subject.reward.needs)
    assert subject.asking is not None
    all_yes, all_no = (scored(subject.asking(ScriptedJudge(no=share)), samples) for share in (0.0, no))
    (high, dead), (low, dead_again) = all_yes, all_no
    if high.value is None or low.value is None or dead.value is None:
        return False
    if low.value > high.value + subject.tolerance:
        raise Broken(
            f"{page.trace} scores {value(high, low)} where all stands, {value(low, high)} with vetoes"
        )
    if found := difference(dead, dead_again, subject.tolerance):
        raise Broken(f"a page on which nothing was credited {found} as the judge says yes or no")
    if dead.value > high.value + subject.tolerance:
        raise Broken(
            f"{page.trace} scores {value(high, dead)}, and {value(dead, high)} with nothing credited"
        )
    return "+" in _judged(page.trace)[: page.steps]


@law(
    "55 slots",
    "a step that nobody could judge counted as one that failed",
    draws=lambda subject: {"page": draw.tried(), "place": draw.seeds(), "count": st.integers(1, 3)},
    applies=_reads_traces,
)
def slots(subject: Subject, page: Painted, place: int, count: int) -> bool:
    """A step that was not judged takes no slot: the score is the same with and without it."""
    place %= len(page.trace) + 1
    more = page.trace[:place] + "?" * count + page.trace[place:]
    # The letters choose the pictures of each step too, so those of judged steps may differ: no judge is asked here.
    plain, other = (_unruled(subject, each) for each in (page, replace(page, trace=more)))
    if found := difference(plain, other, subject.tolerance):
        raise Broken(f"{page.trace or 'an empty trace'} and {more} at {page.steps} steps: {found}")
    return bool(_judged(page.trace[place:]))


@law(
    "56 beyond the slots",
    "all that was credited counted, up to N",
    draws=lambda subject: {"page": draw.tried(), "rest": draw.traces(4)},
    applies=_reads_traces,
)
def beyond(subject: Subject, page: Painted, rest: str) -> bool:
    """What comes after the N-th judged step changes nothing: neither its order nor whether it worked."""
    letters = _judged(page.trace)
    if len(letters) < page.steps:
        return False
    one, other = replace(page, trace=letters[: page.steps]), replace(page, trace=letters[: page.steps] + rest)
    if found := difference(_unruled(subject, one), _unruled(subject, other), subject.tolerance):
        raise Broken(f"{one.trace} and {other.trace} at {page.steps} steps: {found}")
    return bool(rest)


@law(
    "57 settled",
    "a finding named in settled_by under which the value is not the lowest",
    draws=lambda subject: {
        "page": draw.tried(),
        "kind": st.sampled_from(sorted(getattr(subject.reward, "settled_by", ()))),
    },
    applies=lambda subject: bool(getattr(subject.reward, "settled_by", ())),
)
def settled(subject: Subject, page: Painted, kind: str) -> bool:
    """A finding of a kind in `settled_by` gives the lowest value, whatever dearer evidence says or lacks."""
    needs = subject.reward.needs
    [whole] = samples_of([replace(page, found=(kind,))], needs)
    [bare] = samples_of([replace(page, found=(kind,), trace=UNRECORDED)], needs - {"text", "layout"})
    lowest = subject.traits.range[0] if subject.traits.range is not None else None
    for told, sample in (("with all evidence", whole), ("with none that is dearer", bare)):
        [score] = scored(subject.reward, [sample])
        if score.value is None or (lowest is not None and score.value > lowest + subject.tolerance):
            raise Broken(
                f"a finding of the kind {kind!r} is to settle it, and it scores {value(score)} {told}"
            )
    return True


def _unruled(subject: Subject, page: Painted) -> Score:
    """Scores a page with a judge, if any, that lets all stand."""
    reward = subject.reward if subject.asking is None else subject.asking(ScriptedJudge())
    [score] = scored(reward, samples_of([page], reward.needs))
    return score
