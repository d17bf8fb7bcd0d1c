"""Which code of ours stands behind a page's evidence: part of a rendering's identity."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from codepaint_env.canvases.html.browser import HTML_FLAGS


@cache
def fingerprint(room: str = "") -> str:
    """Returns a hash of the code that opens and draws pages, or of one room beside it, such as `explore`."""
    folder = Path(str(files(__package__))) / room
    told = hashlib.sha256("\n".join(HTML_FLAGS).encode())
    for path in sorted(folder.rglob("*") if room else folder.glob("*.py")):
        if path.is_file() and path.suffix != ".pyc":
            told.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return told.hexdigest()[:16]
