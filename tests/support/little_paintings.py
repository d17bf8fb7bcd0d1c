"""Small paintings in some studies, for heads that are fitted in a test: blots, bars and frames on paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from rewards import Rendering, Sample, Task
from rewards.features.embeddings import Picture
from rewards.heads.looks import Looks

SHAPES = ("blot", "bar", "frame")
THUMBNAILS = Looks({"encoder": "none"}, None)
SIDE = 64


@dataclass(frozen=True, eq=False)
class Little:
    """One of them.

    Attributes:
        image: `(64, 64, 3)` uint8.
        source: Study and composition.
        subject: Its shape.
        strength: How strong its colour is, [0, 1].
    """

    image: np.ndarray
    source: str
    subject: str
    strength: float


def little_paintings(count: int = 90) -> list[Little]:
    """Returns so many of them, of three subjects in six studies with four compositions each."""
    made = []
    for number in range(count):
        rng = np.random.default_rng([7, number])
        study, composition = number % 6, number // 6 % 4
        subject, strength = SHAPES[study % 3], float(rng.uniform(0.1, 1))
        sheet = Image.new("RGB", (SIDE, SIDE), (250, 246, 236))
        pencil = ImageDraw.Draw(sheet)
        ink = tuple(int(240 - strength * each) for each in ((30, 200, 160), (190, 60, 30))[study // 3])
        x, y, size = (int(each) for each in rng.integers((10, 10, 34), (16, 16, 40)))
        box = [x, y, x + size, y + size]
        if subject == "blot":
            pencil.ellipse(box, fill=ink)
        elif subject == "bar":
            pencil.rectangle([0, box[3] - 6, SIDE, box[3] + 6 + 2 * composition], fill=ink)
        else:
            pencil.rectangle([2, 2, SIDE - 3, SIDE - 3], outline=ink, width=6 + composition)
        made.append(Little(np.asarray(sheet), f"study:s{study}/c{composition}", subject, strength))
    return made


def rows_of(paintings: list[Little]) -> np.ndarray:
    """Returns what thumbnails alone say of them, `(n, 768)`."""
    pictures = [Picture.of_pixels(each.image) for each in paintings]
    seen = THUMBNAILS.at(pictures)
    return np.stack([seen[picture.key] for picture in pictures])


def sample_of(
    image: np.ndarray | None, prompt: str = "a blot", *, status: str = "ok", subject: str = ""
) -> Sample:
    """Returns a sample that painted this."""
    rendering = Rendering(status, message="" if status == "ok" else "it broke", image=image)
    return Sample(Task("task", prompt, subject=subject), "", "", rendering, "group")
