"""The paintings that ship: fixed data for probes, for the centre of features, and for the laws that need real ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MissingPart

FOLDER = Path(__file__).parent


def shipped() -> dict[str, NDArray[np.uint8]]:
    """Returns the 24 paintings by id, sorted; each `(512, 512, 3)` uint8 sRGB, read-only."""
    return _read(tuple(files()))


def twins() -> dict[str, NDArray[np.uint8]]:
    """Returns what some of the same programs painted with another seed, by the id of the painting."""
    return _read(tuple(sorted(FOLDER.glob("*.twin.webp"))))


def files() -> list[Path]:
    """Returns the files of the paintings, sorted by id."""
    found = sorted(path for path in FOLDER.glob("*.webp") if not path.name.endswith(".twin.webp"))
    if not found:
        raise MissingPart(f"The pictures that ship are missing from {FOLDER}. Install codepaint-env anew.")
    return found


@cache
def _read(paths: tuple[Path, ...]) -> dict[str, NDArray[np.uint8]]:
    from PIL import Image

    pictures = {}
    for path in paths:
        with Image.open(path) as picture:
            pixels = np.array(picture.convert("RGB"))
        pixels.setflags(write=False)
        pictures[path.name.split(".")[0]] = pixels
    return pictures
