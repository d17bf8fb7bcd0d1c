"""HTML pages, put together from their parts under a policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

LOOK = "look.css"  # what all pages have in common


def write_page(path: Path, name: str, **texts: str) -> Path:
    """Writes a page of `templates/` that holds all it shows, in one go, and returns its path.

    Args:
        path: Where to; a file that is there is replaced once the new one is whole.
        name: As of `page`.
        texts: As of `page`.
    """
    fresh = path.with_suffix(f"{path.suffix}.new")
    fresh.write_bytes(page(name, "img-src data:", **texts).encode("utf-8", "replace"))
    fresh.replace(path)
    return path


def page(name: str, allowed: str, **texts: str) -> str:
    """Returns a page of `templates/`, whose own policy forbids every script and style but its own two.

    Args:
        name: Of the page: `NAME.html` with `NAME.css` and `NAME.js`.
        allowed: What else its policy allows, such as `img-src data:`; no connection unless that is named.
        texts: Markup for the places of `NAME.html`; what is untrusted in it must be escaped.
    """
    style, script = _part(LOOK) + _part(f"{name}.css"), _part(f"{name}.js")
    policy = (
        f"default-src 'none'; {allowed}; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    template = Template(_part(f"{name}.html"))
    return template.substitute(policy=escape(policy), style=style, script=script, **texts)


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii") + "'"


def _part(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")
