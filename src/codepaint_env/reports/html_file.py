"""Self-contained HTML files from `templates/`, each under a policy that allows only what the file itself holds."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from codepaint_env.reports import episode_card, page_trace
from codepaint_env.reports.picture import face
from codepaint_env.reports.run_summary import clip

LOOK = "look.css"  # what all reports have in common
LONGEST = 100_000  # characters of one text; what is cut is in the run folder


def write_html(path: Path, name: str, values: Mapping[str, object]) -> Path:
    """Writes a report that needs nothing but its own file, in one go, and returns its path.

    Args:
        path: Where to; a file that is there is replaced once the new one is whole.
        name: As of `make_html`.
        values: As of `make_html`.
    """
    fresh = path.with_suffix(f"{path.suffix}.new")
    fresh.write_bytes(make_html(name, "img-src data:", values).encode("utf-8", "replace"))
    fresh.replace(path)
    return path


def make_html(name: str, allowed: str, values: Mapping[str, object]) -> str:
    """Fills a template, whose own policy forbids every script and style but its own two.

    Args:
        name: Of the template: `NAME.html` with `NAME.css` and `NAME.js`.
        allowed: What else the policy allows, such as `img-src data:`; no connection unless that is named.
        values: What the template shows. All text in it is escaped, and cut where it is endless.
    """
    style, script = _part(LOOK) + _part(f"{name}.css"), _part(f"{name}.js")
    policy = (
        f"default-src 'none'; {allowed}; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    own = {"policy": policy, "style": Markup(style), "script": Markup(script)}
    return _environment().get_template(f"{name}.html").render({**values, **own})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("codepaint_env", "reports/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clip": clip,
        "counted": lambda count, noun: f"{count} {noun}" if count == 1 else f"{count} {noun}s",
        "credited": page_trace.credited,
        "face": face,
        "notes": episode_card.notes,
        "number": lambda value, digits=2: "–" if value is None else f"{value:.{digits}f}",
        "outcome": episode_card.outcome,
        "steps": lambda sample: page_trace.steps_of(sample.rendering, sample.task.steps, page_trace.SMALL_PX),
    }
    return environment


def _shown(value: object) -> object:
    """Cuts endless text and replaces NUL, which HTML cannot hold; markup stays as it is."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    more = len(value) - LONGEST
    return (f"{value[:LONGEST]}\n… {more} more characters" if more > 0 else value).replace("\0", "\ufffd")


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii") + "'"


def _part(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")
