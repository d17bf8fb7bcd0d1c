"""The colours of a painting: its leading hue, its palette, and how like another one it looks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from rewards.measuring.oklab import oklab

HUES = (
    *("rose", "red", "orange", "yellow", "lime", "green"),
    *("teal", "cyan", "azure", "blue", "violet", "magenta"),
)
"""Names of the bins: 30 degrees of hue in OKLCh each, the first around 0."""
GREY = "grey"
PALE = 0.03  # chroma up to which paper, ink and grey washes go
COLOURLESS = 0.002  # mean of what lies above, up to which a painting has no leading hue


def leading_hue(image: NDArray[np.uint8]) -> str:
    """Returns the hue that most of the colour of a painting has: one of `HUES`, or `grey`.

    Each pixel of the painting at 128 x 128 votes for its bin, with what its chroma in OKLCh exceeds 0.03. So paper and
    ink do not count, and a petal counts more than a pale wash of its size.
    """
    small = Image.fromarray(image).resize((128, 128), Image.Resampling.BOX)
    _, a, b = np.moveaxis(oklab(np.asarray(small)), -1, 0)
    votes = (np.hypot(a, b) - PALE).clip(0)
    if votes.mean() < COLOURLESS:
        return GREY
    bins = np.floor((np.degrees(np.arctan2(b, a)) + 15) / 30).astype(int) % len(HUES)
    return HUES[int(np.bincount(bins.ravel(), votes.ravel(), len(HUES)).argmax())]


def palette(image: NDArray[np.uint8], count: int = 5) -> tuple[str, ...]:
    """Returns the main colours of a painting as hex strings, the commonest first, by maximum coverage."""
    small = (
        Image.fromarray(image)
        .resize((64, 64), Image.Resampling.BOX)
        .quantize(count, Image.Quantize.MAXCOVERAGE, kmeans=2)
    )
    levels = small.getpalette() or []
    counts = np.bincount(np.asarray(small).ravel())
    order = [int(n) for n in np.argsort(-counts, kind="stable") if counts[n]]
    return tuple(dict.fromkeys("#{:02x}{:02x}{:02x}".format(*levels[3 * n : 3 * n + 3]) for n in order))


def thumbnail(image: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Returns what is compared to tell near-duplicates, a vector of length 1, `(768,)`.

    OKLab of the painting at 16 x 16 less its median, which is the paper's: so pale paintings are not alike because
    both are pale.
    """
    small = Image.fromarray(image).resize((16, 16), Image.Resampling.BOX)
    cells = oklab(np.asarray(small)).reshape(-1, 3)
    differences = (cells - np.median(cells, axis=0)).ravel()
    return np.asarray(differences / max(float(np.linalg.norm(differences)), 1e-9))


def distance(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Returns how far two thumbnails lie apart: 1 less their cosine, 0 for the same picture."""
    return 1 - float(first @ second)
