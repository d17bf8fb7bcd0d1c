"""The fonts that letters are drawn with: DejaVu, pinned by hash and carried by the wheel; none of the machine's."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from rewards.errors import MissingPart

_MEND = "Install codepaint again: pip install --force-reinstall codepaint-env"


def fonts_folder() -> Path:
    """Returns the folder of the font files."""
    return Path(str(files(__package__) / "fonts"))


def fonts_fingerprint() -> str:
    """Returns a hash of what the fonts must be."""
    return hashlib.sha256(json.dumps(_lock(), sort_keys=True).encode()).hexdigest()[:16]


@cache
def check_fonts() -> None:
    """Compares every font with its hash; raises `MissingPart` that names the first that is missing or differs."""
    for name, sha256 in _lock().items():
        path = fonts_folder() / name
        if not path.is_file():
            raise MissingPart(f"The font {name} is missing. {_MEND}")
        if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            raise MissingPart(f"The font {name} is damaged. {_MEND}")


@cache
def _lock() -> dict[str, str]:
    lock = json.loads((files(__package__) / "fonts.json").read_text(encoding="utf-8"))
    return {each["name"]: each["sha256"] for each in lock["files"].values()}
