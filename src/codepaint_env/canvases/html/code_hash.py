"""A hash of our own code, which enters the identity of what it records."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

_CODE = frozenset({".py", ".js"})


@cache
def code_hash(room: str = "") -> str:
    """Returns a short hash of the code that opens and draws pages, or of a room beside it, such as `explore`."""
    folder = Path(str(files(__package__))) / room
    told = hashlib.sha256()
    for path in sorted(folder.rglob("*") if room else folder.iterdir()):
        if path.suffix in _CODE:
            told.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return told.hexdigest()[:16]
