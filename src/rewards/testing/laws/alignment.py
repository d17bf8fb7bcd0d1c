"""Laws 59 and 60: what a reward that holds pictures against their prompts must make of the words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rewards.errors import CodepaintError
from rewards.pictures import shipped
from rewards.preflight import preflight
from rewards.testing.cases.described import Painted, Picture
from rewards.testing.law import Broken, Subject, law
from rewards.testing.scoring import scored
from rewards.types import Sample

SHIFTS = (1, 5, 11)  # how far on in the list of paintings the other prompts are taken
ERRORS = 2.0  # standard errors over paintings, that the gain must exceed
FILLER = 20_000  # words, more than any model of pictures reads
ENDS = ("a field of red poppies", "three blue boats in a harbour")


def _alignment(subject: Subject) -> bool:
    return subject.traits.kind == "alignment"


@law(
    "59 mislabel",
    "the prompt is not read, or pictures far from it score high",
    fixed=lambda subject: [{"shifts": SHIFTS}],
    applies=_alignment,
    trait="kind",
)
def mislabel(subject: Subject, shifts: Sequence[int]) -> bool:
    """Over the paintings that ship, another painting's name as the prompt earns less than its own, beyond chance."""
    names = [name.replace("-", " ") for name in shipped()]
    own = _values(subject, names)
    others = np.mean([_values(subject, names[shift:] + names[:shift]) for shift in shifts], axis=0)
    gains = own - others
    gain, error = float(gains.mean()), float(gains.std(ddof=1)) / math.sqrt(len(gains))
    if gain <= max(ERRORS * error, subject.tolerance):
        raise Broken(
            f"{len(names)} paintings earn {gain:.2g} more on average by their own names than by others', with a "
            f"standard error of {error:.2g}: no more than chance gives"
        )
    return True


@law(
    "60 long prompt",
    "a prompt that is cut without a word, or that has no value",
    fixed=lambda subject: [{"picture": Picture("shipped", number, 512, 512)} for number in (0, 12)],
    applies=_alignment,
    trait="kind",
)
def long_prompt(subject: Subject, picture: Picture) -> bool:
    """A prompt of which the end is not read has a value all the same, and preflight names its task."""
    first, second = (_sample(subject, picture, "very " * FILLER + end) for end in ENDS)
    one, other = (score.value for score in scored(subject.reward, [first, second]))
    if one is None or other is None:
        raise Broken(f"a prompt of {FILLER} words has no value, though no machine failed")
    if abs(one - other) > subject.tolerance:
        return True  # it was read to its end
    try:
        preflight(subject.fresh(), [first, second])
    except CodepaintError as error:
        if first.task.id in str(error) or second.task.id in str(error):
            return True
        raise Broken(f"preflight names no task whose prompt is too long: {error}") from None
    raise Broken(f"preflight said nothing of a prompt of {FILLER} words, of which the end is not read")


def _values(subject: Subject, prompts: Sequence[str]) -> NDArray[np.float64]:
    """Returns what the paintings that ship score by some prompts, one each."""
    pictures = [Picture("shipped", number, 512, 512) for number in range(len(prompts))]
    samples = [_sample(subject, *each) for each in zip(pictures, prompts, strict=True)]
    values = [score.value for score in scored(subject.reward, samples)]
    told = [value for value in values if value is not None]
    if len(told) < len(values):
        raise Broken(f"{len(values) - len(told)} of {len(values)} paintings have no value")
    return np.array(told, dtype=np.float64)


def _sample(subject: Subject, picture: Picture, prompt: str) -> Sample:
    sample = Painted("ok", picture).sample(subject.reward.needs)
    name = f"kit-{prompt[-30:].replace(' ', '-')}"
    return replace(sample, task=replace(sample.task, id=name, prompt=prompt), group=name)
