"""Fits the head of `subject` to labelled pictures, and tells how well it does on compositions that it has not seen."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MissingPart, SpecError
from rewards.heads.folds import Places
from rewards.heads.guard import bounds, fit_guard
from rewards.heads.head import Head
from rewards.heads.looks import Looks
from rewards.heads.ridge import Parts, parts_of
from rewards.heads.subject import NONE, softmax
from rewards.measuring.ranks import bootstrap

Rows = NDArray[np.float64]
Show = Callable[[int, int], None]

FOLDS = 4
FEWEST = 4  # pictures of a label
SHARE = 0.25  # of the variance that the thumbnail has beside the feature
STRENGTHS = (0.3, 3.0, 30.0)  # scikit-learn's C
BINS = 10  # of calibration


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """What there is to fit on.

    Attributes:
        rows: What the head sees of each picture, `(n, d)`.
        labels: What each shows; `NONE` for nothing.
        sources: Study and composition of each, such as `study:iris/a single stem`.
    """

    rows: Rows
    labels: Sequence[str]
    sources: Sequence[str]


def fit_subjects(
    labelled: Labelled, looks: Looks, told: Mapping[str, Any], show: Show = lambda *_: None
) -> Head:
    """Fits multinomial logistic regression to the labels.

    Every label's compositions are dealt to four folds, so that a picture is tried by a head that knows its subject, but
    not this composition of it. The strength is chosen on them by the log loss; the temperature is fitted on the three
    other folds for the figures, and on all for the file.

    Args:
        labelled: Pictures and labels.
        looks: What made the rows.
        told: What else the file is to say.
        show: Is told how many of how many fits are done.

    Raises:
        MissingPart: scikit-learn is not installed.
        SpecError: There are too few labels, or too few pictures of one.
    """
    apart = CrossedSubjects(labelled, show)
    labels, column, strength = apart.labels, apart.column, apart.strength
    parts = parts_of(labelled.rows)
    weights, bias = logistic(parts, labelled.rows, column, len(labels), strength)
    heat = temperature(apart.raw, column)
    guard = fit_guard(labelled.rows)
    guard = guard.bounded(*bounds(apart.strange))  # noise is among what the label `none` was fitted on
    show(apart.total, apart.total)
    return Head(
        "subject",
        looks.recipe,
        looks.version,
        weights / heat,
        bias / heat,
        np.zeros(0),
        guard,
        labels,
        {
            **told,
            "fitted": len(column),
            "folds": "composition",
            "strength": strength,
            "temperature": round(heat, 4),
            "unseen": figures(apart.shares, apart.left, column, labelled.sources, labels),
        },
    )


class CrossedSubjects:
    """What heads say of compositions that they have not seen.

    Args:
        labelled: Pictures and labels.
        show: Is told how many of how many fits are done.
        fewest: Pictures that a label needs.

    Attributes:
        labels: In the order of the columns.
        column: The right one of each picture, `(n,)`.
        strength: With the least log loss.
        raw: Numbers of each label at that strength, `(n, k)`.
        strange: The strangeness, `(n,)`.
        shares: Of the labels, `(n, k)`; the temperature is that of the three other folds.
        left: What a guard leaves, `(n,)`; its bounds are those of the strangeness here.
        total: Fits that are shown; the last is the whole head's.

    Raises:
        MissingPart: scikit-learn is not installed.
        SpecError: There are too few labels, or too few pictures of one.
    """

    def __init__(self, labelled: Labelled, show: Show = lambda *_: None, *, fewest: int = FEWEST) -> None:
        self.labels = checked_labels(labelled.labels, fewest)
        self.column = np.array([self.labels.index(label) for label in labelled.labels])
        dealt, count = composition_folds(labelled), len(self.labels)
        self.total = len(STRENGTHS) * FOLDS + 1
        raw = {strength: np.zeros((len(self.column), count)) for strength in STRENGTHS}
        self.strange = np.zeros(len(self.column))
        for fold in range(FOLDS):
            fit_on, try_on = np.flatnonzero(dealt != fold), np.flatnonzero(dealt == fold)
            parts = parts_of(labelled.rows[fit_on])
            for number, strength in enumerate(STRENGTHS):
                show(fold * len(STRENGTHS) + number, self.total)
                weights, bias = logistic(parts, labelled.rows[fit_on], self.column[fit_on], count, strength)
                raw[strength][try_on] = labelled.rows[try_on] @ weights + bias
            self.strange[try_on] = fit_guard(labelled.rows[fit_on]).strangeness(labelled.rows[try_on])
        show(self.total - 1, self.total)
        loss = {
            strength: log_loss(each / temperature(each, self.column), self.column)
            for strength, each in raw.items()
        }
        self.strength = min(loss, key=lambda each: loss[each])
        self.raw = raw[self.strength]
        calibrated = np.zeros_like(self.raw)
        for fold in range(FOLDS):
            others, own = dealt != fold, dealt == fold
            calibrated[own] = self.raw[own] / temperature(self.raw[others], self.column[others])
        self.shares = softmax(calibrated)
        near, far = bounds(self.strange)
        self.left = ((far - self.strange) / (far - near)).clip(0, 1)


def composition_folds(labelled: Labelled) -> NDArray[np.intp]:
    """Returns the fold of each picture: a label's compositions are dealt one by one, by a hash of their names."""
    own: dict[str, set[str]] = defaultdict(set)
    for label, source in zip(labelled.labels, labelled.sources, strict=True):
        own[label].add(source)
    fold = {}
    for label, sources in own.items():
        ranked = sorted(sources, key=lambda each: hashlib.sha256(f"{label} {each}".encode()).digest())
        for place, source in enumerate(ranked):
            fold[label, source] = place % FOLDS
    return np.array([fold[pair] for pair in zip(labelled.labels, labelled.sources, strict=True)])


def logistic(parts: Parts, rows: Rows, column: Places, count: int, strength: float) -> tuple[Rows, Rows]:
    """Returns weights on whole rows, `(d, k)`, and what is added, `(k,)`, of multinomial logistic regression."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        raise MissingPart(
            "scikit-learn, which fits the head, is not installed: pip install 'codepaint-env[models]'"
        ) from None
    axes = parts.axes(SHARE if parts.feature is not None else 1.0)
    model = LogisticRegression(C=strength, max_iter=2000, tol=1e-3).fit((rows - parts.middle) @ axes, column)
    coefficients, added = np.zeros((axes.shape[1], count)), np.full(count, -50.0)
    own = model.classes_
    coefficients[:, own], added[own] = model.coef_.T, model.intercept_
    whole = axes @ coefficients
    return whole, added - parts.middle @ whole


def temperature(raw: Rows, column: Places) -> float:
    """Returns the temperature at which the log loss of raw numbers is least, of 60 from 0.2 to 20."""
    tried = np.geomspace(0.2, 20, 60)
    return float(tried[int(np.argmin([log_loss(raw / each, column) for each in tried]))])


def log_loss(raw: Rows, column: Places) -> float:
    """Returns the mean of -log of the share of what is right."""
    shares = softmax(raw)[np.arange(len(column)), column]
    return float(-np.log(shares.clip(1e-12)).mean())


def calibration_error(shares: Rows, right: NDArray[np.bool_]) -> float:
    """Returns the expected calibration error over ten equal bins (Naeini, Cooper and Hauskrecht 2015), [0, 1]."""
    bins = np.minimum((shares * BINS).astype(int), BINS - 1)
    gaps = [
        (bins == each).mean() * abs(float(shares[bins == each].mean()) - float(right[bins == each].mean()))
        for each in np.unique(bins)
    ]
    return float(sum(gaps))


def figures(
    shares: Rows, left: Rows, column: Places, sources: Sequence[str], labels: Sequence[str]
) -> dict[str, Any]:
    """Returns figures of unseen compositions.

    Returns:
        `top1` with its interval over draws of whole compositions, `calibration_error`, `floored` (the share that the
        guard sends to the floor), and by label `top1_by_label`, `tenth` and `median` (of the score of its own
        paintings).
    """
    right = shares.argmax(axis=1) == column
    real = [place for place, each in enumerate(column) if labels[each] != NONE]
    own = shares[np.arange(len(column)), column] * left
    top = bootstrap(lambda places: float(right[real][places].mean()), [sources[each] for each in real])
    told: dict[str, Any] = {
        "top1": top.told(),
        "calibration_error": round(calibration_error(shares.max(axis=1), right), 4),
        "floored": round(float((left[real] == 0).mean()), 4),
        "top1_by_label": {},
        "tenth": {},
        "median": {},
    }
    for place, label in enumerate(labels):
        mine = column == place
        tenth, median = np.quantile(own[mine], [0.1, 0.5])
        told["top1_by_label"][label] = round(float(right[mine].mean()), 3)
        told["tenth"][label], told["median"][label] = float(f"{tenth:.4g}"), float(f"{median:.4g}")
    return told


def checked_labels(told: Sequence[str], fewest: int = FEWEST) -> tuple[str, ...]:
    """Returns the labels of some pictures, sorted, `NONE` last.

    Raises:
        SpecError: There are too few, or too few pictures of one.
    """
    sizes = Counter(told)
    real = sorted(label for label in sizes if label != NONE)
    if len(real) < 2:
        raise SpecError(f"{len(real)} subjects are labelled; a head tells at least 2 apart.")
    for label in real:
        if sizes[label] < fewest:
            raise SpecError(
                f"{sizes[label]} pictures show {label!r}; a subject takes {fewest} at least: paint more, or "
                "leave it out."
            )
    return (*real, NONE) if NONE in sizes else tuple(real)
