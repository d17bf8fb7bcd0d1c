"""`taste` and `subject` by heads that have not seen the picture they score: fitted on the others of the study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from codepaint_env.pool.fitting import Said
from codepaint_env.study.ablation.evidence import Place
from codepaint_env.study.ablation.samples import Lot, Wanted
from rewards.errors import MachineError, MissingPart, SpecError
from rewards.features.embeddings import Picture
from rewards.heads.folds import groups_of
from rewards.heads.guard import bounds, fit_guard, noise_rows
from rewards.heads.headed import Headed
from rewards.heads.looks import Looks
from rewards.heads.subject import Subject
from rewards.heads.subject_fit import CrossedSubjects, Labelled, checked_labels
from rewards.heads.taste import Taste, on_ladder
from rewards.heads.taste_fit import FEWEST, Crossed, ladder, targets
from rewards.painted.blank import image_of, is_constant, without_looking
from rewards.preflight import check_tasks
from rewards.types import Sample, Score, Task, version_of

CODE = 1  # rises when the same pictures would get other values
BATCH = 32  # pictures in memory at once
FEW = 2  # pictures of a subject: one to fit on while the other is tried
HEADS = ("taste", "subject")

Rows = NDArray[np.float64]
Show = Callable[[int, int], None]


class Seen:
    """The pictures of a study on which heads can be fitted, and those heads.

    Args:
        lots: All samples of the study.
        places: With their evidence; None before anything is painted: heads can then be checked, but not asked.
        shipped: By name, instead of those that ship.
    """

    def __init__(
        self,
        lots: Sequence[Lot],
        places: Sequence[Place] | None = None,
        shipped: Mapping[str, Headed] | None = None,
    ) -> None:
        self.lots, self.places = lots, places
        self._shipped = dict(shipped or {})
        self._heads: dict[str, OutOfFold] = {}

    @property
    def are_shipped(self) -> bool:
        """True if some of the pictures are those that shipped heads were fitted on."""
        return any(each.source.startswith("study:") for lot in self.lots for each in lot.wanted)

    def head(self, name: str) -> OutOfFold:
        """Returns the reward of a name, the same object whenever it is asked for.

        Raises:
            MissingPart: The extra `models` is not installed.
            SpecError: Too few pictures of the study are rated, or of a subject.
        """
        if name not in self._heads:
            shipped = self._shipped.get(name) or (Taste() if name == "taste" else Subject())
            self._heads[name] = (OutOfFoldTaste if name == "taste" else OutOfFoldSubject)(shipped, self)
        return self._heads[name]

    def wanted(self, chosen: Callable[[Lot, Wanted], bool]) -> list[Wanted]:
        """Returns some of the pictures that are asked for."""
        return [each for lot in self.lots for each in lot.wanted if chosen(lot, each)]

    @property
    def ratings(self) -> Said:
        """What each rater gave, by item."""
        told: Said = {}
        for lot in self.lots:
            for rater, its in lot.ratings.items():
                told.setdefault(rater, {}).update(its)
        return told


class OutOfFold:
    """A reward with a head, in the place of which stand heads that were fitted without the picture and its like.

    Pictures of the study that the head could not be fitted on are scored by the shipped head.

    Args:
        shipped: The reward as it ships.
        seen: The pictures of the study.
    """

    how = ""  # said after how many pictures the heads were fitted on

    def __init__(self, shipped: Headed, seen: Seen) -> None:
        self._shipped, self._seen = shipped, seen
        self.name, self.needs, self.traits = shipped.name, shipped.needs, shipped.traits
        self._wanted = {each.item: each for each in self.fitted_on()}
        self.check()

    def fitted_on(self) -> list[Wanted]:
        """Returns the pictures that heads are fitted on, if they are painted."""
        raise NotImplementedError

    def check(self) -> None:
        """Raises what can be known before anything is painted."""

    def refused(self, sample: Sample) -> Score | None:
        """Returns the score of a picture that neither kind of head can judge; None for one that some can."""
        return None

    def crossed(self, rows: Rows, shown: Sequence[Wanted], looks: Looks, show: Show) -> Rows:
        """Returns what heads say of pictures that they have not seen, `(n,)`, and what guards leave, as `(2, n)`."""
        raise NotImplementedError

    @property
    def note(self) -> str:
        """Says what was done, for readers."""
        count = len(self._wanted)
        return (
            f"{self.name} is scored out of fold: by heads fitted on {count} pictures of the study, {self.how}"
        )

    @cached_property
    def version(self) -> str:
        """Hash of the shipped head, of the pictures and of what is known of them."""
        told = [
            [each.item.id, each.recorded.record.pixels_sha256]
            for each in self._seen.places or ()
            if each.recorded is not None and each.item.id in self._wanted
        ]
        known = [
            sorted((rater, sorted(its.items())) for rater, its in self._seen.ratings.items()),
            [[each.item, each.task.subject, each.source] for each in self._wanted.values()],
        ]
        return version_of("OutOfFold", [CODE, self.name, self._shipped.version, told, known])

    def check_tasks(self, tasks: Iterable[Task]) -> None:
        """Raises `SpecError` for tasks that neither the study's heads nor the shipped one can judge."""
        own = {(each.task.id, each.task.prompt) for each in self._wanted.values()}
        check_tasks(self._shipped, [task for task in tasks if (task.id, task.prompt) not in own])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        scores = [without_looking(sample, self.traits.components) for sample in samples]
        for place, sample in enumerate(samples):
            if scores[place] is None:
                key = Picture.of_pixels(image_of(sample)).key
                scores[place] = self.refused(sample) or self._values.get(key) or self._shipped([sample])[0]
        return [score for score in scores if score is not None]

    def is_fitted_on(self, items: Iterable[str]) -> bool:
        """Tells whether heads are fitted on any of some items, so that their scores wait for that."""
        return any(item in self._wanted for item in items)

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Raises what the encoder lacks."""
        self._shipped.preflight(samples)

    def fit(self, show: Show = lambda *_: None) -> None:
        """Fits the heads, unless that is done.

        Raises:
            MachineError: The encoder failed.
            SpecError: Too few of the pictures are painted.
        """
        if "_values" not in self.__dict__:
            self.__dict__["_values"] = self._fitted(show)

    @cached_property
    def _values(self) -> dict[str, Score]:
        return self._fitted(lambda *_: None)

    def _fitted(self, show: Show) -> dict[str, Score]:
        if self._seen.places is None:
            raise SpecError("Heads are fitted once their pictures are painted.")
        places = [each for each in self._seen.places if each.item.id in self._wanted and each.item.picture]
        looks = self._shipped.looks
        keys: list[str] = []
        rows: list[Rows] = []
        shown: list[Wanted] = []
        for start in range(0, len(places), BATCH):
            pictures = []
            for each in places[start : start + BATCH]:
                image = None if each.recorded is None else each.recorded.load().rendering.image
                if image is not None and not is_constant(image):
                    pictures.append(Picture.of_pixels(image))
                    shown.append(each.wanted)
            told = looks.at(pictures)
            for picture in pictures:
                row = told[picture.key]
                if isinstance(row, MachineError):
                    raise row
                keys.append(picture.key)
                rows.append(row)
            show(min(start + BATCH, len(places)), len(places))
        values, left = self.crossed(np.stack(rows), shown, looks, show)
        component = self.traits.components[0]
        return {
            key: Score(float(value * share), {component: float(share)}, reason="out of fold")
            for key, value, share in zip(keys, values, left, strict=True)
        }


class OutOfFoldTaste(OutOfFold):
    """`taste` by heads that were fitted on other studies."""

    @property
    def how(self) -> str:  # type: ignore[override]
        """Says by what the folds are."""
        by, _ = groups_of([each.source for each in self._wanted.values()])
        return f"none of them of the same {by} as the picture."

    def fitted_on(self) -> list[Wanted]:
        """Returns what somebody rated."""
        return self._seen.wanted(lambda lot, each: any(each.item in its for its in lot.ratings.values()))

    def check(self) -> None:
        """Raises `SpecError` where too few are rated."""
        if len(self._wanted) < FEWEST:
            raise SpecError(
                f"{len(self._wanted)} pictures of the study are rated; a taste out of fold needs at least {FEWEST}. "
                "Take samples with more ratings, or leave 'out_of_fold' out."
            )

    def crossed(self, rows: Rows, shown: Sequence[Wanted], looks: Looks, show: Show) -> Rows:
        """Returns the places on the scale of unseen pictures, and what guards leave of them."""
        number = {each.item: place for place, each in enumerate(shown)}
        ratings = {
            rater: {number[item]: float(rating) for item, rating in its.items() if item in number}
            for rater, its in self._seen.ratings.items()
        }
        goal, _ = targets(ratings, len(rows))
        _, groups = groups_of([each.source or each.item for each in shown])
        apart = Crossed(rows, goal, groups, None, show)
        near, far = bounds(apart.strange, fit_guard(rows).strangeness(noise_rows(looks)))
        steps = ladder(apart.unseen)
        values = np.array([on_ladder(float(raw), steps) for raw in apart.unseen])
        return np.stack([values, ((far - apart.strange) / (far - near)).clip(0, 1)])


class OutOfFoldSubject(OutOfFold):
    """`subject` by heads that were fitted on other compositions."""

    how = "none of them of the same composition as the picture; no label for pictures that show nothing."

    def fitted_on(self) -> list[Wanted]:
        """Returns what a pool says the subject of, if two pictures at least show it."""
        told = self._seen.wanted(lambda lot, each: bool(each.task.subject and each.source))
        sizes = Counter(each.task.subject for each in told)
        self._rare = {(each.task.id, each.task.subject) for each in told if sizes[each.task.subject] < FEW}
        return [each for each in told if sizes[each.task.subject] >= FEW]

    def refused(self, sample: Sample) -> Score | None:
        """Returns a score without a value for the only picture of its subject: the shipped head may have seen it."""
        if (sample.task.id, sample.task.subject) not in self._rare:
            return None
        return Score(None, reason=f"No other picture of the study shows {sample.task.subject!r}.")

    def check(self) -> None:
        """Raises `SpecError` where there are too few subjects, or too few pictures of one."""
        if find_spec("sklearn") is None:
            raise MissingPart(
                "scikit-learn, which fits the heads, is not installed: pip install 'codepaint-env[models]'"
            )
        checked_labels([each.task.subject for each in self._wanted.values()], FEW)

    def crossed(self, rows: Rows, shown: Sequence[Wanted], looks: Looks, show: Show) -> Rows:
        """Returns the share of the own subject of unseen pictures, and what guards leave of them."""
        labels = [each.task.subject for each in shown]
        apart = CrossedSubjects(Labelled(rows, labels, [each.source for each in shown]), show, fewest=FEW)
        return np.stack([apart.shares[np.arange(len(rows)), apart.column], apart.left])
