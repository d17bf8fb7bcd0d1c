"""Law 61: what a reward that looks for one of several subjects must make of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rewards.errors import SpecError
from rewards.pictures import shipped
from rewards.preflight import check_tasks
from rewards.testing.cases.described import Painted, Picture
from rewards.testing.law import Broken, Subject, law
from rewards.testing.scoring import scored
from rewards.types import Sample

MOST = 1.0  # of the range, that all subjects of one picture may have together
NAMELESS = "something that no head has a name for"


def _sought(subject: Subject) -> bool:
    return getattr(subject.reward, "subjects", None) is not None


@law(
    "61 subjects",
    "the likeliest subject is paid, whichever was asked for; or a task that names none is scored all the same",
    fixed=lambda subject: [
        {"pictures": [Picture("shipped", number, 512, 512) for number in range(len(shipped()))]}
    ],
    applies=_sought,
)
def subjects(subject: Subject, pictures: Sequence[Picture]) -> bool:
    """The scores of one picture for all subjects add up to at most the range; a task without one is refused."""
    labels = list(subject.reward.subjects.labels)  # type: ignore[attr-defined]
    for picture in pictures:
        samples = [_sample(subject, picture, label) for label in labels]
        values = [score.value for score in scored(subject.reward, samples)]
        told = [value for value in values if value is not None]
        if len(told) < len(values):
            raise Broken(f"{len(values) - len(told)} of {len(values)} subjects that it knows have no value")
        low = subject.traits.range[0] if subject.traits.range else 0.0
        total = sum(value - low for value in told) / subject.span
        if total > MOST + subject.tolerance:
            raise Broken(
                f"{picture} scores {total:.3f} of the range for {len(labels)} subjects together, above 1"
            )
    nameless = _sample(subject, pictures[0], "")
    try:
        check_tasks(subject.reward, [nameless.task])
    except SpecError as error:
        if nameless.task.id not in str(error):
            raise Broken(f"a task without a subject is refused without its name: {error}") from None
    else:
        raise Broken("check_tasks said nothing of a task that names no subject")
    [score] = scored(subject.reward, [nameless])
    if score.value is not None:
        raise Broken(f"a task that names no subject scores {score.value:.4g}")
    return True


def _sample(subject: Subject, picture: Picture, label: str) -> Sample:
    sample = Painted("ok", picture).sample(subject.reward.needs)
    task = replace(sample.task, id=f"kit-{label or 'nameless'}", prompt=NAMELESS, subject=label)
    return replace(sample, task=task, group=task.id)
