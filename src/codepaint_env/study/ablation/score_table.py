"""What a study measured: each picture, what each reward says of it, and what is known to be true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Item:
    """One picture of a study.

    Attributes:
        id: Unique in the study.
        source: Name of the samples that it came with.
        kin: What is alike has the same word, such as the study that painted it.
        group: Samples of one group are compared with each other, as in a training.
        prompt: What was asked.
        picture: Path of the picture within the study's folder; `""` where nothing was painted.
    """

    id: str
    source: str
    kin: str
    group: str
    prompt: str
    picture: str


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """Which of two pictures is the better one, as far as that is known.

    Attributes:
        name: Under which it is told.
        pairs: `(m, 2)` places of the better and the worse picture among the items.
        strata: `(n,)` of whole numbers; draws of pictures with replacement are made within each of them.
        said: One sentence: where the truth comes from.
    """

    name: str
    pairs: NDArray[np.intp]
    strata: NDArray[np.intp]
    said: str


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """What one reward says of the pictures of a study.

    Attributes:
        label: Its name in the study.
        spec: As it was written in the study's file.
        version: Of the reward.
        range: Lowest and highest value; None where it claims only that values are finite.
        values: `(n,)`; NaN where it gave none.
        draws: `(d, n)`: the same with other draws of references or other seeds; `(0, n)` where nothing is drawn.
        cost: Seconds a picture, judge calls and money, cold and warm: `seconds_cold`, `seconds_warm`, `calls_cold`,
            `calls_warm`, `money_cold`, `money_warm`. A key that was not measured is missing.
        note: One sentence for readers, such as that a head was scored on pictures that it had not seen.
    """

    label: str
    spec: str
    version: str
    range: tuple[float, float] | None
    values: Numbers
    draws: Numbers
    cost: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """The scores of all pictures by all rewards.

    Attributes:
        items: The pictures.
        columns: What each reward says of them, by label.
        truths: What is known of them.
    """

    items: tuple[Item, ...]
    columns: Mapping[str, Column]
    truths: tuple[Truth, ...] = ()
