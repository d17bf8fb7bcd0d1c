"""A fitted head and its file: what it was fitted on, with what, how well it does on what it has not seen."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MissingPart, SpecError
from rewards.heads.guard import Guard
from rewards.heads.looks import Looks, looks_of
from rewards.types import version_of

CODE = 1  # rises when the same file and row would make another value
FORMAT = 1
MOST_BYTES = 2**20

Rows = NDArray[np.float64]

_ARRAYS = {"weights": 2, "bias": 1, "ladder": 1, "middle": 1, "axes": 2, "bounds": 1}


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A linear head on looks, with its scale and its guard.

    Attributes:
        kind: The reward that it is for: `taste` or `subject`.
        recipe: Of its looks; see `rewards.heads.looks.Looks`.
        looks: Version of the looks that it was fitted on.
        weights: `(d, k)`.
        bias: `(k,)`.
        ladder: Raw values in ascending order, which take the values 0 to 1 in equal steps; empty for a `subject`.
        guard: Against pictures unlike those that were fitted.
        labels: Of each column; empty for a `taste`.
        told: What is known of it, JSON-able: who rated, how much, the figures of unseen pictures.
    """

    kind: str
    recipe: Mapping[str, Any]
    looks: str
    weights: Rows
    bias: Rows
    ladder: Rows
    guard: Guard
    labels: tuple[str, ...]
    told: Mapping[str, Any]

    def raw(self, rows: Rows) -> Rows:
        """Returns rows times weights, `(n, k)`, from `(n, d)`. A row at a time: a batch changes no bit."""
        return np.stack([row @ self.weights + self.bias for row in rows])

    @property
    def version(self) -> str:
        """Hash of all that makes a value."""
        guard = self.guard
        arrays = (self.weights, self.bias, self.ladder, guard.middle, guard.axes)
        told = [hashlib.sha256(np.ascontiguousarray(each).tobytes()).hexdigest() for each in arrays]
        return version_of(
            "Head",
            [CODE, self.kind, self.looks, told, guard.rest, guard.near, guard.far, self.labels],
        )

    def to_bytes(self) -> bytes:
        """Returns the file: a NumPy archive, the same bytes for the same head."""
        guard = self.guard
        header = {
            "format": FORMAT,
            "kind": self.kind,
            "recipe": dict(self.recipe),
            "looks": self.looks,
            "labels": list(self.labels),
            "told": dict(self.told),
        }
        text = json.dumps(header, ensure_ascii=False, sort_keys=True).encode()
        arrays: dict[str, Any] = {
            "header": np.frombuffer(text, np.uint8),
            "weights": self.weights.astype(np.float32),
            "bias": self.bias.astype(np.float64),
            "ladder": self.ladder.astype(np.float64),
            "middle": guard.middle.astype(np.float32),
            "axes": guard.axes.astype(np.float16),
            "bounds": np.array([guard.rest, guard.near, guard.far]),
        }
        written = io.BytesIO()
        np.savez_compressed(written, **arrays)
        return written.getvalue()

    def save(self, path: Path) -> None:
        """Writes the file.

        Raises:
            SpecError: It would be larger than 1 MB, or cannot be written.
        """
        content = self.to_bytes()
        if len(content) > MOST_BYTES:
            raise SpecError(
                f"The head has {len(content) / MOST_BYTES:.1f} MB, and may have 1: fit fewer labels, or take an "
                "encoder with shorter features."
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise SpecError(f"{path} cannot be written ({error.strerror}).") from None

    def looked(self, device: str | None = None) -> Looks:
        """Makes the looks that it was fitted on.

        Raises:
            MissingPart: The encoder is not there.
            SpecError: It is another one than the head was fitted on.
        """
        looks = looks_of(self.recipe, device)
        if looks.version != self.looks:
            raise SpecError(
                f"The head was fitted on features of version {self.looks}, and the encoder {dict(self.recipe)!r} now "
                f"gives version {looks.version}: other weights, or another release. Fit it anew: codepaint "
                f"{self.kind} fit."
            )
        return looks


def load_head(path: Path, kind: str) -> Head:
    """Reads a head.

    Args:
        path: Of the file.
        kind: That it must be of.

    Raises:
        MissingPart: There is no such file.
        SpecError: It is damaged, of another kind, or of a later release.
    """
    if not path.is_file():
        raise MissingPart(f"There is no head {path}; fit one: codepaint {kind} fit POOL --out {path.name}")
    try:
        return _read(path, path.read_bytes(), kind)
    except OSError as error:
        raise SpecError(f"{path} cannot be read ({error.strerror}).") from None


@lru_cache(maxsize=8)
def _read(path: Path, content: bytes, kind: str) -> Head:
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            header = json.loads(archive["header"].tobytes())
            arrays = {name: np.asarray(archive[name], np.float64) for name in _ARRAYS}
        if header["format"] != FORMAT:
            raise SpecError(
                f"{path} is a head of format {header['format']!r}, and this release reads {FORMAT}: fit it anew."
            )
        if header["kind"] != kind:
            raise SpecError(
                f"{path} is a head for {header['kind']!r}, not for {kind!r}: take the reward of that name, or fit "
                f"another file."
            )
        return _made(header, arrays)
    except SpecError:
        raise
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error):
        # What NumPy says of it advises to load pickles, which no head ever is.
        raise SpecError(
            f"{path} is no head, or is damaged: fit it anew with `codepaint {kind} fit`."
        ) from None


def _made(header: Mapping[str, Any], arrays: Mapping[str, Rows]) -> Head:
    rest, near, far = (float(each) for each in arrays["bounds"])
    depth, columns = arrays["weights"].shape
    shapes = {"bias": (columns,), "middle": (depth,), "axes": (depth, arrays["axes"].shape[1])}
    whole = (
        all(arrays[name].shape == shape for name, shape in shapes.items())
        and all(
            arrays[name].ndim == depth and np.isfinite(arrays[name]).all() for name, depth in _ARRAYS.items()
        )
        and rest > 0
        and far > near
    )
    if not whole:
        raise ValueError("its numbers do not fit together")
    guard = Guard(arrays["middle"], arrays["axes"], rest, near, far)
    labels: Sequence[str] = header["labels"]
    return Head(
        header["kind"],
        header["recipe"],
        header["looks"],
        arrays["weights"],
        arrays["bias"],
        arrays["ladder"],
        guard,
        tuple(labels),
        header["told"],
    )
