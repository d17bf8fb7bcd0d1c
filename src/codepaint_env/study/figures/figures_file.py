"""The file `figures.json` of a study."""

from __future__ import annotations

from pathlib import Path

import msgspec

from codepaint_env.study.figures.figures import Figures
from rewards.errors import SpecError


def write_figures(figures: Figures, path: Path) -> None:
    """Writes figures as JSON, one key a line."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=1) + b"\n")


def read_figures(path: Path) -> Figures:
    """Reads what `write_figures` wrote."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Figures)
    except OSError as problem:
        raise SpecError(f"{path} cannot be read: {problem.strerror}. Run `codepaint ablate` first.") from None
    except msgspec.MsgspecError as problem:
        raise SpecError(
            f"{path} holds no figures of a study: {problem}. Run `codepaint ablate` again."
        ) from None
