"""Where letters stand in a picture: a text detector proposes areas, and what can be read in them counts."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import math
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MachineError, MissingPart
from rewards.forks import ForkSafeLock
from rewards.types import version_of

if TYPE_CHECKING:
    from PIL import Image

THRESHOLD = 0.8

_SIDE_PX = 512  # longer side of the picture that the detector sees, a multiple of 32
_CORE = 0.3  # likelihood from which a pixel belongs to the core of a word
_GROWTH = 1.6  # from that core to the whole word, times area over perimeter
_AREAS = 32  # the largest are read
_LINE_PX = 48  # height of the line that the reader sees
_LONGEST_PX, _SHORTEST_PX = 960, 320  # of that line
_CODE = 1  # rises when the code below finds something else

_PACKAGE = "rapidocr_onnxruntime"
_DETECTOR, _READER = "models/ch_PP-OCRv4_det_infer.onnx", "models/ch_PP-OCRv4_rec_infer.onnx"


@dataclass(frozen=True, slots=True)
class TextArea:
    """A place where letters stand: a word or a line of them, at any angle.

    Attributes:
        box: Left, top, right, bottom in pixels of the picture; right and bottom lie just outside.
        score: How surely they were read, [0, 1].
        text: What was read, often with mistakes.
    """

    box: tuple[int, int, int, int]
    score: float
    text: str


def text_areas(image: NDArray[np.uint8], *, threshold: float = THRESHOLD) -> list[TextArea]:
    """Finds letters in a picture, from top to bottom.

    A detector alone takes petals and hatching for words, as surely as it finds real ones: in 53 of 114 pictures.
    So each of its areas is read along and against its longer side, and an area counts if at least two different
    letters or digits are read with a mean confidence of `threshold`. Measured on engine renderings with 0.8:

    - of 112 honest paintings and sketches none has an area (the nearest, wind barbs on a weather map, has 0.79);
    - words written with strokes of six brushes and with polygons, 14 to 90 px high, at 0, 20 and 90 degrees, on
      plain paper, are found in 140 of 146 pictures;
    - words in a typeface laid over paintings, 14 to 56 px high, are found in 87 of 103 pictures;
    - hairline letters across the subject of a painting, often hard to see, are found in 21 of 66 pictures.

    Single letters, and words with one letter below the other, are not found. The same picture gives the same
    areas on the same machine. It takes 0.2 seconds of one core, 0.1 more for each area to be read, and 3 at most.

    Args:
        image: `(height, width, 3)` uint8 sRGB.
        threshold: Areas that are read less surely are left out, [0, 1].

    Raises:
        MissingPart: The extra `text` is not installed.
        MachineError: The detector failed.
    """
    from PIL import Image

    height, width = image.shape[:2]
    scale = _SIDE_PX / max(height, width)
    seen_px = tuple(max(32, round(side * scale / 32) * 32) for side in (width, height))
    seen = Image.fromarray(image).resize(seen_px, Image.Resampling.BILINEAR)
    detector, reader = _models()
    found = []
    for word in _words(detector.run(seen)[0, 0]):
        text, score = max((reader.read(line) for line in word.lines(seen)), key=lambda told: told[1])
        if score >= threshold:
            box = word.box(width / seen_px[0], height / seen_px[1], (width, height))
            found.append(TextArea(box, score, text))
    return sorted(found, key=lambda area: (area.box[1], area.box[0]))


def fingerprint() -> str:
    """Returns a hash of all that decides what `text_areas` finds: this code, the weights and what runs them.

    Raises:
        MissingPart: The extra `text` is not installed.
    """
    weights = [hashlib.sha256(path.read_bytes()).hexdigest() for path in _weights()]
    return version_of("text_areas", [_CODE, THRESHOLD, *weights, metadata.version("onnxruntime")])


class _Word(NamedTuple):
    """A rectangle that is turned by an angle, in pixels of the picture that was seen.

    Attributes:
        angle: In radians, clockwise, [0, pi / 2).
        centre: x and y.
        sides: Length along the angle and across it.
    """

    angle: float
    centre: tuple[float, float]
    sides: tuple[float, float]

    def box(self, across: float, down: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Returns the upright box around it in a picture of this size that is so many times as large."""
        (x, y), (u, v) = self.centre, self.sides
        c, s = math.cos(self.angle) / 2, math.sin(self.angle) / 2
        reach_x, reach_y = u * c + v * s, u * s + v * c
        left, right = (min(max(round((x + sign * reach_x) * across), 0), size[0]) for sign in (-1, 1))
        top, bottom = (min(max(round((y + sign * reach_y) * down), 0), size[1]) for sign in (-1, 1))
        return left, top, right, bottom

    def lines(self, picture: Image.Image) -> Iterator[Image.Image]:
        """Yields what is in it, upright and upside down, along its longer side; along both if they are alike."""
        from PIL import Image

        u, v = self.sides
        turns = (0, 2) if u >= 1.5 * v else (1, 3) if v >= 1.5 * u else (0, 1, 2, 3)
        for turn in turns:
            length, height = (v, u) if turn % 2 else (u, v)
            width = min(max(round(_LINE_PX * length / height), 8), _LONGEST_PX)
            angle = self.angle + turn * math.pi / 2
            c, s = math.cos(angle) * length / width, math.sin(angle) * length / width
            d, t = math.cos(angle) * height / _LINE_PX, math.sin(angle) * height / _LINE_PX
            x = self.centre[0] - (c * width - t * _LINE_PX) / 2
            y = self.centre[1] - (s * width + d * _LINE_PX) / 2
            turned = (c, -t, x, s, d, y)
            yield picture.transform(
                (width, _LINE_PX), Image.Transform.AFFINE, turned, Image.Resampling.BICUBIC
            )


def _words(likely: NDArray[np.float32]) -> list[_Word]:
    """Returns the smallest rectangles around what hangs together in a map of likelihoods, the largest first.

    The rectangles are grown as in "Real-time Scene Text Detection with Differentiable Binarization" (2020),
    section 3.5: by area over perimeter, times 1.6.
    """
    regions = sorted(_regions(likely > _CORE), key=lambda runs: (runs[2] - runs[1]).sum(), reverse=True)
    words = []
    for rows, starts, ends in regions[:_AREAS]:
        x, y = np.concatenate([starts, ends] * 2), np.concatenate([rows, rows, rows + 1, rows + 1])
        area, angle, (left, top), (u, v) = min(_around(x, y, math.radians(each)) for each in range(0, 90, 3))
        if min(u, v) < 3:  # too thin for a letter
            continue
        growth = _GROWTH * area / (u + v)  # on both sides
        along, across = left + u / 2, top + v / 2
        c, s = math.cos(angle), math.sin(angle)
        words.append(_Word(angle, (along * c - across * s, along * s + across * c), (u + growth, v + growth)))
    return words


_Rectangle = tuple[float, float, tuple[float, float], tuple[float, float]]


def _around(x: NDArray[np.intp], y: NDArray[np.intp], angle: float) -> _Rectangle:
    """Returns area, angle, first corner and sides of the rectangle around points that is turned by an angle."""
    c, s = math.cos(angle), math.sin(angle)
    u, v = x * c + y * s, y * c - x * s
    left, top = float(u.min()), float(v.min())
    sides = float(u.max()) - left, float(v.max()) - top
    return sides[0] * sides[1], angle, (left, top), sides


def _regions(
    mask: NDArray[np.bool_],
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]]:
    """Yields what hangs together in a mask, corners included: rows, starts and ends of its horizontal runs."""
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    first = np.searchsorted(rows, np.arange(len(mask) + 1))  # run of each row
    parents = list(range(len(rows)))

    def root(run: int) -> int:
        while parents[run] != run:
            parents[run] = parents[parents[run]]
            run = parents[run]
        return run

    for y in range(1, len(mask)):
        above, below = first[y - 1], first[y]
        while above < first[y] and below < first[y + 1]:
            if starts[above] <= ends[below] and starts[below] <= ends[above]:
                parents[root(below)] = root(above)
            if ends[above] < ends[below]:
                above += 1
            else:
                below += 1
    roots = np.array([root(run) for run in range(len(rows))], np.intp)
    for one in np.unique(roots):
        runs = roots == one
        yield rows[runs], starts[runs], ends[runs]


class _Model:
    """Weights that look at a picture; usable from several threads at once, and after a fork.

    Args:
        path: Of the weights.
    """

    def __init__(self, path: Path) -> None:
        onnxruntime = importlib.import_module("onnxruntime")  # of an extra, and without types
        options = onnxruntime.SessionOptions()
        # One thread: the same sums in the same order, and none that a fork would lose.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        told = self._session.get_modelmeta().custom_metadata_map.get("character", "")
        self._letters = ["", *told.splitlines(), " "]  # the first stands between letters

    def run(self, picture: Image.Image, *, least_px: int = 0) -> NDArray[np.float32]:
        """Returns what the weights say of a picture; grey is added on the right up to `least_px`."""
        levels = np.asarray(picture, np.float32)[..., ::-1] / 127.5 - 1
        levels = np.pad(levels, ((0, 0), (0, max(0, least_px - levels.shape[1])), (0, 0)))
        [name] = (each.name for each in self._session.get_inputs())
        try:
            [told] = self._session.run(
                None, {name: np.ascontiguousarray(levels.transpose(2, 0, 1)[np.newaxis])}
            )
        except Exception as error:  # whatever fails in there, the picture is not to blame
            raise MachineError(f"The text detector failed: {error}") from error
        return told  # type: ignore[no-any-return]

    def read(self, line: Image.Image) -> tuple[str, float]:
        """Returns the text of a line with its mean confidence, [0, 1]; 0.0 if it is no text."""
        likely = self.run(line, least_px=_SHORTEST_PX)[0]
        best = likely.argmax(axis=1)
        new = (best != 0) & (np.diff(best, prepend=0) != 0)
        text = "".join(self._letters[each] for each in best[new])
        if len(set(filter(str.isalnum, text))) < 2:
            return text, 0.0
        return text, float(likely.max(axis=1)[new].mean())


def _weights() -> tuple[Path, Path]:
    """Returns where the weights of detector and reader lie; imports nothing."""
    # The package that carries them would import three libraries of 200 MB.
    package = importlib.util.find_spec(_PACKAGE)
    folders = None if package is None else package.submodule_search_locations
    if not folders or importlib.util.find_spec("onnxruntime") is None:
        raise MissingPart(
            "What finds letters is not installed: pip install 'codepaint-env[text]' (with Python 3.11 or 3.12)."
        )
    detector, reader = (Path(folders[0], name) for name in (_DETECTOR, _READER))
    return detector, reader


def _models() -> tuple[_Model, _Model]:
    """Returns detector and reader, loaded once a process."""
    global _loaded
    with _lock:
        if _loaded is None:
            weights = _weights()
            try:
                _loaded = _Model(weights[0]), _Model(weights[1])
            except Exception as error:  # such as damaged weights, of which each release says something else
                raise MachineError(f"The text detector does not start: {error}") from error
        return _loaded


_loaded: tuple[_Model, _Model] | None = None
_lock = ForkSafeLock()
