"""What a head sees of a picture: the feature of an encoder, and beside it a thumbnail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MachineError, SpecError
from rewards.features.embeddings import Picture, embeddings
from rewards.features.encoders import Dino, Encoder, Perceptual
from rewards.measuring.oklab import oklab
from rewards.types import version_of

CODE = 1  # rises when the same picture would look otherwise
SIDE = 16  # of the thumbnail, in pixels
THUMBNAIL = 3 * SIDE * SIDE

Row = NDArray[np.float64]

ENCODERS = ("perceptual", "dino", "none")


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks at pictures.

    Attributes:
        recipe: How the encoder is made, JSON-able: `{"encoder": "perceptual"}`, `{"encoder": "dino", "model": …}` with
            the further arguments of `Dino`, or `{"encoder": "none"}` for the thumbnail alone.
        encoder: That encoder; None for the thumbnail alone.
    """

    recipe: Mapping[str, Any]
    encoder: Encoder | None

    @property
    def version(self) -> str:
        """Changes whenever the same picture could have another row."""
        return version_of("Looks", [CODE, SIDE, None if self.encoder is None else self.encoder.version])

    def at(self, pictures: Sequence[Picture]) -> dict[str, Row | MachineError]:
        """Returns the row of each picture by its key, `(d,)`, or what kept the encoder from it.

        The last `THUMBNAIL` numbers are the thumbnail's.
        """
        if self.encoder is None:
            features: dict[str, Any] = {picture.key: np.zeros(0) for picture in pictures}
        else:
            features = dict(embeddings(self.encoder, "pooled", pictures))
        return {picture.key: _joined(features[picture.key], picture) for picture in pictures}


def looks_of(recipe: Mapping[str, Any], device: str | None = None) -> Looks:
    """Makes the looks of a recipe.

    Args:
        recipe: As in `Looks`.
        device: On which the encoder computes, as torch names it; None takes a GPU if there is one.

    Raises:
        MissingPart: What the encoder needs is not installed, or its files are not there.
        SpecError: There is no such encoder.
    """
    name, *more = (recipe.get("encoder"), *(key for key in recipe if key != "encoder"))
    if name == "perceptual" and not more:
        return Looks(dict(recipe), Perceptual(device))
    if name == "none" and not more:
        return Looks(dict(recipe), None)
    if name == "dino" and set(more) <= {"model", "revision", "size_px"}:
        told = {key: recipe[key] for key in more}
        return Looks(dict(recipe), Dino(**told, device=device))
    raise SpecError(f"The encoder {dict(recipe)!r} is not known; there are {', '.join(ENCODERS)}.")


def thumbnail(image: NDArray[np.uint8]) -> Row:
    """Returns a picture of 16 x 16 in OKLab, `(768,)`: what lies where, and in which colour.

    Args:
        image: `(height, width, 3)` uint8 sRGB.
    """
    from PIL import Image

    # In floats: rounding to levels would make steps of what averages out.
    channels = [Image.fromarray(np.ascontiguousarray(image[..., c], dtype=np.float32)) for c in range(3)]
    cells = np.stack(
        [np.asarray(each.resize((SIDE, SIDE), Image.Resampling.BOX)) for each in channels], axis=-1
    )
    return oklab(cells.clip(0, 255)).ravel()


def _joined(feature: NDArray[Any] | MachineError, picture: Picture) -> Row | MachineError:
    if isinstance(feature, MachineError):
        return feature
    try:
        return np.concatenate([feature.astype(np.float64), thumbnail(picture.read())])
    except MachineError as error:
        return error
