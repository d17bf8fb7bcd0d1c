"""What the card of one episode shows: its outcome in words, and the notes of its record."""

from __future__ import annotations

from codepaint_env.evaluate import Evaluated
from rewards.types import Finding


def outcome(evaluated: Evaluated) -> str:
    """Returns what became of a sample in a word or two: `ok`, the kind of error, or what failed."""
    rendering = evaluated.sample.rendering
    if rendering.status == "ok":
        return "ok" if evaluated.valid else "ok, no score"
    kind = rendering.kind.replace("_", " ") or rendering.status.replace("_", " ")
    return kind if rendering.status == "program_error" else f"machine: {kind}"


def notes(evaluated: Evaluated) -> list[tuple[str, str]]:
    """Returns the rest of a sample's record, findings first, as kinds and texts."""
    sample, score = evaluated.sample, evaluated.score
    found = [(finding.kind, _located(finding)) for finding in sample.rendering.findings]
    rest = [
        ("verdict", score.reason),
        ("references", ", ".join(score.references)),
        ("task", sample.task.id),
        ("group", sample.group if sample.group != sample.task.id else ""),
        ("program", evaluated.program_sha256 and f"sha256 {evaluated.program_sha256}"),
        ("pixels", evaluated.pixels_sha256 and f"sha256 {evaluated.pixels_sha256}"),
    ]
    return found + [(kind, text) for kind, text in rest if text]


def _located(finding: Finding) -> str:
    if finding.box is None:
        return finding.message
    left, top, right, bottom = finding.box
    return f"{finding.message} (x {left} to {right}, y {top} to {bottom} px)"
