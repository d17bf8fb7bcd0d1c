"""Small studies as the tests run them: sketches of a flower, and a file that names them."""

from __future__ import annotations

from pathlib import Path

from sketches import OPEN, PETAL

STUDY = """name = "Flowers of several sizes"

[[samples]]
name = "own"
sketches = "flowers"

[rewards]
renders = "renders"
coverage = "coverage"
mix = "gated(0.5*coverage + 0.5*little_rewards:redness, gate=renders)"

[[truths]]
name = "ink"
latent = "little_rewards:ink"
"""

MODULE = '''
"""Rewards and truths of one's own."""
import os
from pathlib import Path

import rewards
from rewards.errors import MissingPart


class Weightless:
    def __call__(self, samples):
        return [0.5 for _ in samples]

    def preflight(self):
        raise MissingPart("The weights are not there.")


@rewards.reward(floor=False)
def redness(sample):
    red, green, blue = (sample.rendering.image[..., c].mean() for c in range(3))
    return max(0.0, float(red - (green + blue) / 2) / 255)


@rewards.reward(floor=False)
def mortal(sample):
    """Kills its process at the fifth picture, once; eight that ship are scored before."""
    here = Path(__file__).parent
    with (here / "asked").open("a") as file:
        file.write(".")
    if (here / "kill").exists() and (here / "asked").stat().st_size == 8 + 5:
        os._exit(9)
    return 0.5


def ink(picture):
    return 255 - picture.mean()


def nothing(picture):
    return None
'''


def little_study(folder: Path, text: str = STUDY, *, count: int = 8) -> Path:
    """Writes a study of so many sketches into a folder and returns its file."""
    (folder / "flowers").mkdir()
    for number in range(count):
        program = f"{OPEN} scale({0.5 + 0.15 * number}); rotate({number}); {PETAL} }}"
        (folder / "flowers" / f"flower-{number}.js").write_text(program)
    (folder / "little_rewards.py").write_text(MODULE)
    file = folder / "study.toml"
    file.write_text(text)
    return file
