"""How the cosine of a picture and a text becomes a value in [0, 1]: on a line, by a sigmoid, or among other texts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rewards.errors import SpecError

Scale = Literal["cosine", "sigmoid", "softmax"]
Logits = tuple[float, float | None]
"""A model's own factor of cosines, and what is added; None for a model that was trained without."""

ENDS = (-1.0, 1.0)


@dataclass(frozen=True, slots=True)
class CosineScale:
    """A scale with its parameters; see `rewards.features.alignment.Alignment` for the formulas.

    Attributes:
        scale: None is settled by the model: `sigmoid` if it has something to add, else `cosine`.
        low: The cosine that has 0, for `cosine`.
        high: The cosine that has 1.
        negatives: Texts that the prompt is held against, for `softmax`.
    """

    scale: Scale | None
    low: float
    high: float
    negatives: tuple[str, ...]

    @classmethod
    def of(cls, scale: object, low: object, high: object, negatives: object) -> CosineScale:
        """Makes one of parameters as a user wrote them.

        Raises:
            SpecError: One is not understood, or they do not go together.
        """
        ends, texts = _ends(low, high), _texts(negatives)
        match scale:
            case None if texts:
                scale = "softmax"
            case None if ends != ENDS:
                scale = "cosine"
            case None | "cosine" | "sigmoid" | "softmax":
                pass
            case _:
                raise SpecError(f"'clip' got scale={scale!r}; it is 'cosine', 'sigmoid', 'softmax' or None.")
        if (scale == "softmax") != bool(texts):
            has = "negatives" if texts else "no negatives"
            raise SpecError(
                f"'clip' got scale={scale!r} and {has}; negatives are for 'softmax', which needs some."
            )
        if ends != ENDS and scale != "cosine":
            raise SpecError(f"'clip' got scale={scale!r} with low and high, which are for scale='cosine'.")
        return cls(scale, *ends, texts)  # type: ignore[arg-type]

    @property
    def plain(self) -> bool:
        """True if the value is (1 + cosine) / 2 whatever the model is."""
        return self.scale == "cosine" and (self.low, self.high) == ENDS

    def value(self, cosine: float, others: Sequence[float], logits: Logits) -> float:
        """Returns the value of a cosine, [0, 1].

        Args:
            cosine: Of the picture and the prompt.
            others: Of the picture and each negative.
            logits: The model's own.

        Raises:
            SpecError: The scale needs what the model has not.
        """
        factor, bias = logits
        scale = self.scale or ("cosine" if bias is None else "sigmoid")
        if scale == "cosine":
            return min(max((cosine - self.low) / (self.high - self.low), 0.0), 1.0)
        if scale == "softmax":
            return 1 / math.fsum([1.0, *(_exp(factor * (other - cosine)) for other in others)])
        if bias is None:
            raise SpecError(
                "'clip' got scale='sigmoid', which needs a model with a logit_bias, such as a SigLIP; this one has "
                "none: take scale='cosine'."
            )
        return 1 / (1 + _exp(-(factor * cosine + bias)))


def _exp(exponent: float) -> float:
    return math.exp(min(exponent, 700.0))  # beyond that a float overflows; one over it is 0 all the same


def _ends(low: object, high: object) -> tuple[float, float]:
    try:
        ends = float(low), float(high)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        ends = math.nan, math.nan
    if not -1 <= ends[0] < ends[1] <= 1:
        raise SpecError(
            f"'clip' got low={low!r} and high={high!r}; give two cosines with -1 <= low < high <= 1."
        )
    return ends


def _texts(given: object) -> tuple[str, ...]:
    if isinstance(given, list | tuple) and all(isinstance(text, str) and text for text in given):
        return tuple(given)
    raise SpecError(f"'clip' got negatives={given!r}; write a list of texts.")
