"""One HTML file that holds all it shows: put together from its parts under a policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

LOOK = "look.css"  # what all pages have in common


def write_page(path: Path, name: str, **texts: str) -> Path:
    """Writes a page of `report_page/` in one go and returns its path.

    The page's own policy forbids every script and style but its own two, and every connection.

    Args:
        path: Where to; a file that is there is replaced once the new one is whole.
        name: Of the page: `NAME.html` with `NAME.css` and `NAME.js`.
        texts: Markup for the places of `NAME.html`; what is untrusted in it must be escaped.
    """
    style, script = _part(LOOK) + _part(f"{name}.css"), _part(f"{name}.js")
    page = Template(_part(f"{name}.html"))
    html = page.substitute(policy=escape(_policy(style, script)), style=style, script=script, **texts)
    fresh = path.with_suffix(f"{path.suffix}.new")
    fresh.write_bytes(html.encode("utf-8", "replace"))
    fresh.replace(path)
    return path


def _policy(style: str, script: str) -> str:
    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii") + "'"

    return (
        f"default-src 'none'; img-src data:; style-src {digest(style)}; script-src {digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _part(name: str) -> str:
    return (files("codepaint_env") / "report_page" / name).read_text(encoding="utf-8")
