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
    sample, value = evaluated.sample, evaluated.score.value
    lines = [
        f'<li class="card" data-index="{index}" data-score="{"" if value is None else repr(float(value))}" '
        f'data-outcome="{escape(outcome(evaluated))}">',
        "<article>",
        _sheet(index, sample),
        f'<p class="prompt" dir="auto">{escaped(sample.task.prompt)}</p>',
        f'<p class="line"><span class="number">No. {index + 1}</span>{chip(evaluated)}</p>',
        message(evaluated),
        score_list(evaluated, lowest, highest),
        program_block(index, evaluated),
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


def chip(evaluated: Evaluated) -> str:
    """Returns what became of a sample as a mark in the colour of its status."""
    status, became = evaluated.sample.rendering.status, escape(outcome(evaluated))
    told = f"program error: {became}" if status == "program_error" else became
    return f'<span class="chip {status}">{told}</span>'


def message(evaluated: Evaluated) -> str:
    """Returns what went wrong as a paragraph; nothing where nothing did."""
    told = evaluated.sample.rendering.message or ("" if evaluated.valid else evaluated.score.reason)
    return f'<p class="message">{escaped(told)}</p>' if told else ""


def picture(sample: Sample) -> str:
    """Returns the picture of a sample as an image that holds its own data."""
    image = sample.rendering.image
    assert image is not None
    height, width = image.shape[:2]
    return f'<img src="{_data_uri(image)}" width="{width}" height="{height}" alt="{escaped(sample.task.prompt)}">'


def score_list(evaluated: Evaluated, lowest: float, highest: float) -> str:
    """Returns the score and its components as meters; the range of the reward scales the bar of the score."""
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


def program_block(index: int, evaluated: Evaluated) -> str:
    """Returns the program folded away, or the completion where no program was found in it."""
    sample = evaluated.sample
    label, code = ("Program", sample.program) if sample.program else ("Completion", sample.completion)
    count = len(code.splitlines())
    return (
        f"<details><summary>{label}, {count} {'line' if count == 1 else 'lines'}</summary>"
        f'<pre tabindex="0" aria-label="{label} {index + 1}"><code>{escaped(code)}</code></pre></details>'
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
    items = "".join(f"<li><b>{escape(kind)}</b> {escaped(told)}</li>" for kind, told in notes)
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


def escaped(text: str) -> str:
    """Returns untrusted text as markup, cut where it is endless."""
    cut = f"{text[:LONGEST]}\n… {len(text) - LONGEST} more characters" if len(text) > LONGEST else text
    return escape(cut.replace("\0", "\ufffd"))
