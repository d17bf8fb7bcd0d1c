"""Laws 01 to 05 and 10: what any list of scores must be, whatever is scored."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from rewards.testing.cases import strategies as draw
from rewards.testing.cases.described import Painted, samples_of, with_picture
from rewards.testing.judges import ScriptedJudge
from rewards.testing.judges.faulty import FailingEncoder
from rewards.testing.law import Broken, Subject, law
from rewards.testing.scoring import difference, scored, shuffled, value, whole
from rewards.types import Sample, Score

BROKEN_EVIDENCE = ("", "no picture", "empty program", "lone surrogate", "huge message", "one pixel")
SURROGATE = "\ud800"  # half of a character: it cannot be encoded


@law(
    "01 shape",
    "failed samples left out, results kept by id, or components that come and go",
    draws=lambda subject: {"batch": draw.batches()},
)
def shape(subject: Subject, batch: Sequence[Painted]) -> bool:
    """A list of as many scores as samples, with the same component keys wherever there is a value."""
    scores = scored(subject.reward, samples_of(batch, subject.reward.needs))
    keys = [(index, set(score.components)) for index, score in enumerate(scores) if score.value is not None]
    for index, found in keys[1:]:
        if found != keys[0][1]:
            raise Broken(
                f"sample {keys[0][0]} has the components {sorted(keys[0][1])} and sample {index} has {sorted(found)}"
            )
    return True


@law(
    "02 range",
    "a range other than the one that is declared, a division by zero, or a reply that was not checked",
    draws=lambda subject: {"batch": draw.batches(1, of=draw.painted(draw.pictures() | draw.odd_pictures()))},
)
def in_range(subject: Subject, batch: Sequence[Painted]) -> bool:
    """Values are None or finite and in the range; components are finite."""
    met = False
    for index, score in enumerate(scored(subject.reward, samples_of(batch, subject.reward.needs))):
        _check_range(subject, index, score)
        met = met or score.value is not None
    return met


def _check_range(subject: Subject, index: int, score: Score) -> None:
    for name, part in score.components.items():
        if not math.isfinite(part):
            raise Broken(f"the component {name!r} of sample {index} is {part}")
    if score.value is None:
        return
    if not math.isfinite(score.value):
        raise Broken(f"sample {index} scores {score.value}")
    if subject.traits.range is not None:
        lowest, highest = subject.traits.range
        if not lowest - 1e-9 <= score.value <= highest + 1e-9:
            raise Broken(f"sample {index} scores {value(score)}, the range is [{lowest:g}, {highest:g}]")


@law(
    "03 none",
    "a machine's fault scored as if it were the program's, or the other way round",
    draws=lambda subject: {
        "batch": draw.batches(1),
        "fault": st.sampled_from(
            ["", *["judge"] * (subject.asking is not None), *["encoder"] * (subject.encoding is not None)]
        ),
    },
)
def none(subject: Subject, batch: Sequence[Painted], fault: str) -> bool:
    """A value is None if and only if the machine, or a needed call of a judge or an encoder, failed."""
    samples = samples_of(batch, subject.reward.needs)
    scores = scored(subject.reward, samples)
    for index, (sample, score) in enumerate(zip(samples, scores, strict=True)):
        if (score.value is None) != (sample.rendering.status == "machine_error"):
            raise Broken(f"sample {index}, a {sample.rendering.status}, scores {value(score)}")
    if fault and subject.traits.scope == "sample":
        _check_fault(subject, samples, scores, fault)
    return any(sample.rendering.status == "machine_error" for sample in samples)


def _check_fault(subject: Subject, samples: Sequence[Sample], healthy: Sequence[Score], fault: str) -> None:
    """Lets each call fail: samples that need one have no value then, the others what they had."""
    broken = ScriptedJudge(lost=1.0) if fault == "judge" else FailingEncoder()
    made = subject.asking if fault == "judge" else subject.encoding
    assert made is not None
    reward = made(broken)
    for index, sample in enumerate(samples):
        before = broken.calls
        [score] = scored(reward, [sample])
        asked = broken.calls > before
        if asked and score.value is not None:
            raise Broken(f"sample {index} scores {value(score)} though each call of its {fault} failed")
        if not asked and (told := difference(score, healthy[index], subject.tolerance)):
            raise Broken(f"sample {index} needs no {fault}, yet it {told} with and without one that fails")


@law(
    "04 permutation",
    "results sorted or kept by id, or a score that depends on the place in the batch",
    draws=lambda subject: {"batch": draw.batches(2), "shuffle": draw.seeds()},
)
def permutation(subject: Subject, batch: Sequence[Painted], shuffle: int) -> bool:
    """Scores follow their samples when a batch is shuffled."""
    samples = samples_of(batch, subject.reward.needs)
    order = shuffled(len(samples), shuffle)
    straight = scored(subject.reward, samples)
    turned = scored(subject.reward, [samples[index] for index in order])
    for place, index in enumerate(order):
        if told := difference(straight[index], turned[place], subject.tolerance):
            raise Broken(f"sample {index} {told} at place {place} of the shuffled batch {order}")
    return order != sorted(order)


@law(
    "05 batch-independence",
    "a scale, mean or maximum taken over the batch",
    draws=lambda subject: {"batch": draw.company()},
    trait="scope",
)
def batch_independence(subject: Subject, batch: Sequence[Painted]) -> bool:
    """A sample scores the same alone as in any batch; with scope `group`, a group the same as among others."""
    samples = samples_of(batch, subject.reward.needs)
    together = scored(subject.reward, samples)
    by_group: dict[str, list[int]] = {}
    for index, sample in enumerate(samples):
        key = sample.group if subject.traits.scope == "group" else str(index)
        by_group.setdefault(key, []).append(index)
    for members in by_group.values():
        alone = scored(subject.reward, [samples[index] for index in members])
        for index, score in zip(members, alone, strict=True):
            if told := difference(score, together[index], subject.tolerance):
                raise Broken(_beside(subject, samples, index, members, told))
    return len(by_group) > 1


def _beside(
    subject: Subject, samples: Sequence[Sample], index: int, members: Sequence[int], told: str
) -> str:
    """Names the one neighbour that makes the difference, where one alone does."""
    if subject.traits.scope == "sample":
        [alone] = scored(subject.reward, [samples[index]])
        for other in (place for place in range(len(samples)) if place != index):
            pair = sorted([index, other])
            score = scored(subject.reward, [samples[place] for place in pair])[pair.index(index)]
            if found := difference(alone, score, subject.tolerance):
                return f"sample {index} {found.replace(' and ', ' alone and ')} beside sample {other}"
    who = "alone" if len(members) == 1 else "with its group alone"
    return f"sample {index} {told.replace(' and ', f' {who} and ')} in the batch of {len(samples)}"


@law(
    "10 no-raise",
    "evidence that is missing or odd is not handled",
    draws=lambda subject: {
        "batch": draw.batches(1, 3, of=draw.painted(draw.pictures() | draw.odd_pictures())),
        "broken": st.sampled_from(BROKEN_EVIDENCE),
    },
)
def no_raise(subject: Subject, batch: Sequence[Painted], broken: str) -> bool:
    """No sample raises, however broken its evidence; only construction and preflight do."""
    samples = [_with_broken(sample, broken) for sample in samples_of(batch, subject.reward.needs)]
    try:
        scores = subject.reward(samples)
    except Exception as error:  # noqa: BLE001 (any exception breaks this law)
        what = f"{broken}: " if broken else ""
        raise Broken(f"{what}it raised {type(error).__name__}: {str(error)[:200]}") from None
    whole(scores, samples)
    return True


def _with_broken(sample: Sample, broken: str) -> Sample:
    rendering, task = sample.rendering, sample.task
    match broken:
        case "no picture":
            return with_picture(sample, None)
        case "one pixel":
            return with_picture(sample, np.full((1, 1, 3), 90, np.uint8))
        case "empty program":
            return replace(sample, program="", completion="", task=replace(task, prompt=""))
        case "lone surrogate":
            odd = replace(task, id=f"{task.id}{SURROGATE}", prompt=f"Paint {SURROGATE}.")
            told = replace(rendering, message=SURROGATE if rendering.message else "")
            return replace(sample, task=odd, program=SURROGATE, completion=SURROGATE, rendering=told)
        case "huge message":
            return replace(sample, rendering=replace(rendering, message="x is not defined; " * 60_000))
    return sample
