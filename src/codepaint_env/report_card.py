"""One episode of a report: the picture as on a wall, its label below, the evidence folded away."""

from __future__ import annotations

import base64
import io
import math
from html import escape

import numpy as np
from numpy.typing import NDArray

from codepaint_env.evaluate import Evaluated
from rewards.types import Sample

QUALITY = 88  # of WebP: 20 to 100 kB a picture, with no difference to be seen
LONGEST = 100_000  # characters of one text; what is cut is in the run folder


def outcome(evaluated: Evaluated) -> str:
    """Returns what became of a sample in a word or two: `ok`, the kind of error, or what failed."""
    rendering = evaluated.sample.rendering
    if rendering.status == "ok":
        return "ok" if evaluated.valid else "ok, no score"
    kind = rendering.kind.replace("_", " ") or rendering.status.replace("_", " ")
    return kind if rendering.status == "program_error" else f"machine: {kind}"


def card(index: int, evaluated: Evaluated, lowest: float, highest: float) -> str:
    """Returns one episode as an item of a list; the range of the reward scales the bar of its score."""
    sample, score = evaluated.sample, evaluated.score
    rendering = sample.rendering
    value = "" if score.value is None else repr(float(score.value))
    message = rendering.message or ("" if evaluated.valid else score.reason)
    became = escape(outcome(evaluated))
    chip = f"program error: {became}" if rendering.status == "program_error" else became
    lines = [
        f'<li class="card" data-index="{index}" data-score="{value}" data-outcome="{became}">',
        "<article>",
        _sheet(index, sample),
        f'<p class="prompt" dir="auto">{_text(sample.task.prompt)}</p>',
        f'<p class="line"><span class="number">No. {index + 1}</span>'
        f'<span class="chip {rendering.status}">{chip}</span></p>',
        f'<p class="message">{_text(message)}</p>' if message else "",
        _scores(evaluated, lowest, highest),
        _program(index, evaluated),
        _notes(evaluated),
        "</article></li>",
    ]
    return "\n".join(line for line in lines if line)


def _sheet(index: int, sample: Sample) -> str:
    if sample.rendering.image is None:
        return '<div class="sheet"><p class="nothing">no picture</p></div>'
    return (
        f'<button type="button" class="sheet" disabled aria-label="Enlarge picture {index + 1}">'
        f"{picture(sample)}</button>"
    )


def picture(sample: Sample) -> str:
    """Returns the picture of a sample as an image that holds its own data."""
    image = sample.rendering.image
    assert image is not None
    height, width = image.shape[:2]
    return (
        f'<img src="{_data_uri(image)}" width="{width}" height="{height}" alt="{_text(sample.task.prompt)}">'
    )


def _scores(evaluated: Evaluated, lowest: float, highest: float) -> str:
    score = evaluated.score
    if score.value is None:
        return (
            '<dl class="scores"><div class="total"><dt>score</dt>'
            '<dd><span class="none">none: a machine failed</span></dd></div></dl>'
        )
    rows = [_row("score", score.value, (score.value - lowest) / (highest - lowest), "total")]
    for name, part in score.components.items():
        rows.append(_row(name, None if name in score.skipped else part, part))
    return f'<dl class="scores">{"".join(rows)}</dl>'


def _row(name: str, value: float | None, share: float, row: str = "part") -> str:
    label = escape(name).replace("/", "/<wbr>")
    if value is None:
        return f'<div><dt>{label}</dt><dd><span class="none">not asked</span></dd></div>'
    return (
        f'<div class="{row}"><dt>{label}</dt>'
        f'<dd>{meter(share)}<span class="value">{value:.2f}</span></dd></div>'
    )


def _program(index: int, evaluated: Evaluated) -> str:
    sample = evaluated.sample
    label, code = ("Program", sample.program) if sample.program else ("Completion", sample.completion)
    count = len(code.splitlines())
    return (
        f"<details><summary>{label}, {count} {'line' if count == 1 else 'lines'}</summary>"
        f'<pre tabindex="0" aria-label="{label} {index + 1}"><code>{_text(code)}</code></pre></details>'
    )


def _notes(evaluated: Evaluated) -> str:
    sample, score = evaluated.sample, evaluated.score
    notes = [(finding.kind, finding.message) for finding in sample.rendering.findings]
    notes += [("verdict", score.reason)] if score.reason else []
    notes += [("references", ", ".join(score.references))] if score.references else []
    notes += [("task", sample.task.id)]
    notes += [("group", sample.group)] if sample.group != sample.task.id else []
    notes += [("program", f"sha256 {evaluated.program_sha256}")] if sample.program else []
    notes += [("pixels", f"sha256 {evaluated.pixels_sha256}")] if evaluated.pixels_sha256 else []
    found = len(sample.rendering.findings)
    items = "".join(f"<li><b>{escape(kind)}</b> {_text(told)}</li>" for kind, told in notes)
    label = f"Record, {found} {'finding' if found == 1 else 'findings'}" if found else "Record"
    return f'<details><summary>{label}</summary><ul class="notes">{items}</ul></details>'


def meter(share: float, kind: str = "") -> str:
    """Draws a bar as SVG, which the page's policy lets have a width where it forbids inline styles."""
    width = 100 * min(1.0, max(0.0, share)) if math.isfinite(share) else 0.0
    return (
        f'<svg class="meter {kind}" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" width="100" height="1"/>'
        f'<rect class="part" width="{width:.1f}" height="1"/></svg>'
    )


def _data_uri(image: NDArray[np.uint8]) -> str:
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(image)).save(file, format="WEBP", quality=QUALITY)
    return "data:image/webp;base64," + base64.b64encode(file.getvalue()).decode("ascii")


def _text(text: str) -> str:
    cut = f"{text[:LONGEST]}\n… {len(text) - LONGEST} more characters" if len(text) > LONGEST else text
    return escape(cut.replace("\0", "\ufffd"))
