"""Scores any function of a picture on exported pairs, without codepaint: python examples/score_pairs.py FOLDER.

It needs pyarrow, pillow and numpy. `codepaint bench export FOLDER` writes the pairs.
"""

import io
import sys

import numpy as np
from PIL import Image
from pyarrow import parquet


def saturation(picture: np.ndarray) -> float:  # put your own here: an (h, w, 3) uint8 array in, a number out
    return float((picture.max(axis=2) - picture.min(axis=2).astype(float)).mean())


folder = sys.argv[1]
pictures = parquet.read_table(f"{folder}/pictures.parquet", columns=["id", "picture"]).to_pylist()
pairs = parquet.read_table(f"{folder}/pairs.parquet").to_pydict()
place = {row["id"]: number for number, row in enumerate(pictures)}
opened = (Image.open(io.BytesIO(row["picture"]["bytes"])).convert("RGB") for row in pictures)
scores = np.array([saturation(np.asarray(picture)) for picture in opened])
better, worse = ([place[name] for name in pairs[side]] for side in ("better", "worse"))
won = (1 + np.sign(scores[better] - scores[worse])) / 2  # a tie is half a win
drawn = np.random.default_rng(0).multinomial(len(scores), np.full(len(scores), 1 / len(scores)), size=2000)
weights = drawn[:, better] * drawn[:, worse]  # of each pair in each draw of pictures
weights = weights[weights.sum(axis=1) > 0]  # a draw of few pictures may hold no pair
low, high = np.percentile(weights @ won / weights.sum(axis=1), [2.5, 97.5])
print(
    f"accuracy {won.mean():.3f} ({low:.3f} to {high:.3f}), {(won == 0.5).mean():.1%} ties, {len(won)} pairs"
)
