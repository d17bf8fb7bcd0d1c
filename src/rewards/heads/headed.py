"""What rewards with a fitted head share: the file, the looks, and who need not be looked at."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MachineError, MissingPart, SpecError
from rewards.features.embeddings import Picture
from rewards.features.encoders import Encoder
from rewards.heads.head import Head, load_head
from rewards.heads.looks import Looks
from rewards.lookup import guess
from rewards.painted.blank import image_of, without_looking
from rewards.types import Sample, Score, Traits

SHIPPED = Path(__file__).parent / "fitted"

Row = NDArray[np.float64]


def found(kind: str, file: str | Path) -> Path:
    """Returns where a head lies: `garden` is `fitted/subject-garden.npz`, anything else a path.

    Raises:
        MissingPart: It is a bare word that is neither a head that ships nor a file.
    """
    path = Path(file).expanduser().absolute()
    if not isinstance(file, str) or not file.isidentifier():
        return path
    shipped = SHIPPED / f"{kind}-{file}.npz"
    if shipped.is_file():
        return shipped
    if path.is_file():
        return path
    known = sorted(each.stem.partition("-")[2] for each in SHIPPED.glob(f"{kind}-*.npz"))
    told = f"There is {', '.join(map(repr, known))}; or give" if known else "Give"
    raise MissingPart(
        f"No head of {kind!r} is called {file!r}.{guess(file, known)} {told} the path of a file."
    )


class Headed(ABC):
    """A reward whose value is made of a head's numbers for a picture.

    Args:
        name: Under which it is made and logged; the head must be of this kind.
        file: Of the head: a path, or `"garden"` for the one of that vocabulary, which ships; None takes the usual one.
        device: On which the encoder computes, as torch names it; None takes a GPU if there is one.
        traits: What is claimed; the canvases are those of the pictures that were fitted.

    Raises:
        MissingPart: There is no such file, or the encoder is not installed.
        SpecError: The file is damaged, of another kind, or fitted on features that this encoder does not give.
    """

    needs = frozenset({"image"})

    def __init__(self, name: str, file: str | Path | None, device: str | None, traits: Traits) -> None:
        self.name = name
        self.file = None if file is None else found(name, file)
        self.version = self.head.version
        self.traits = replace(traits, canvases=frozenset(self.head.told["canvases"]))
        # Raises what is missing now, not in the middle of a training.
        self.encoder: Encoder | None = self.head.looked(device).encoder

    @cached_property
    def head(self) -> Head:
        """The head, as its file holds it."""
        return load_head(SHIPPED / f"{self.name}.npz" if self.file is None else self.file, self.name)

    @property
    def looks(self) -> Looks:
        """What looks at pictures: the encoder, None where a thumbnail is all that is looked at."""
        return Looks(self.head.recipe, self.encoder)

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        scores = [
            without_looking(sample, self.traits.components) or self.refused(sample) for sample in samples
        ]
        shown = [
            Picture.of_pixels(image_of(sample))
            for sample, score in zip(samples, scores, strict=True)
            if score is None
        ]
        rows = self.looks.at(shown)
        seen = iter(shown)
        return [
            self._looked_at(sample, rows[next(seen).key]) if score is None else score
            for sample, score in zip(samples, scores, strict=True)
        ]

    def refused(self, sample: Sample) -> Score | None:
        """Returns the score of a painted sample that this reward cannot judge; None for one that it can."""
        return None

    @abstractmethod
    def scored(self, sample: Sample, row: Row) -> Score:
        """Returns the score of a painted sample from its row, `(1, d)`."""

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Raises what is misconfigured: weights that are missing, values without spread.

        Raises:
            MachineError: The encoder fails.
            MissingPart: Its weights are not there.
            SpecError: `NoSpread`: the probe's values do not differ.
        """
        from rewards.pictures import shipped
        from rewards.preflight import check_spread

        if self.encoder is not None:
            self.encoder.encode(list(shipped().values())[:1])  # raises what is missing as it is
        check_spread(self, samples)

    def _looked_at(self, sample: Sample, row: Row | MachineError) -> Score:
        if isinstance(row, MachineError):
            return Score(None, reason=str(row))
        return self.scored(sample, row[np.newaxis])

    def __getstate__(self) -> dict[str, Any]:
        # The head is read anew where it is needed.
        return {name: each for name, each in self.__dict__.items() if name != "head"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        if self.head.version != self.version:
            raise SpecError(
                f"The head {self.file or self.name} is not the one that this reward was made with: its file has "
                "changed."
            )
