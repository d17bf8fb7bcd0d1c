"""Subjects drawn by other hands than those that a head was fitted on, with what each shows."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from encoder_parts.icons import draw_icons
from numpy.typing import NDArray

from codepaint_env.pool.studies import read_study
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from rewards.errors import SpecError
from rewards.heads.named import Subjects
from rewards.pool import load_entries
from rewards.types import Task

Shown = list[tuple[str, NDArray[np.uint8]]]

HAND_MADE = "the codepaint developers"
PAINTINGS = 8  # of each second study


def label_of(words: str, subjects: Subjects) -> str | None:
    """Returns the one subject that some words name, or None."""
    try:
        return subjects.of(Task("outside", words))
    except SpecError:
        return None


def second_studies(folder: Path, renderer: Renderer) -> Shown:
    """Paints eight of each study of a folder."""
    works = [
        read_study(path).paint(number) for path in sorted(folder.glob("*.js")) for number in range(PAINTINGS)
    ]
    drawn = renderer.render([Job(work.program, 1) for work in works])
    return [
        (work.subject, each.image) for work, each in zip(works, drawn, strict=True) if each.image is not None
    ]


def hand_made(subjects: Subjects) -> Shown:
    """Returns the paintings of the pool that are of no study."""
    told = [
        (label_of(each.subject, subjects), each) for each in load_entries() if each.generator == HAND_MADE
    ]
    return [(label, each.read_image()) for label, each in told if label is not None]


def outside_sketches(folder: Path, subjects: Subjects, renderer: Renderer) -> Shown:
    """Paints the sketches of a folder whose file's name names a subject."""
    named = []
    for path in sorted(folder.glob("*.js")):
        label = label_of(re.sub(r"[\W\d_]+", " ", path.stem).strip(), subjects)
        if label is not None:
            named.append((label, path.read_text(encoding="utf-8")))
    drawn = renderer.render([Job(program, 1) for _, program in named])
    return [
        (label, each.image)
        for (label, _), each in zip(named, drawn, strict=True)
        if each.ok and each.image is not None
    ]


def icons(subjects: Subjects) -> dict[str, Shown]:
    """Returns the emoji of three sets whose name names a subject, by set."""
    names, sets = draw_icons(10_000)
    labels = [label_of(name.replace("-", " "), subjects) for name in names]
    return {
        style: [(label, image) for label, image in zip(labels, images, strict=True) if label is not None]
        for style, images in sets.items()
    }
