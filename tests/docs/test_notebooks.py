"""The notebooks run from top to bottom, and show what they were kept with."""

from __future__ import annotations

import base64
import io

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from PIL import Image

from places import ROOT

NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))


def pixels(output):
    """Returns the picture of an output, None if it has none."""
    kept = output.get("data", {}).get("image/png")
    return kept and np.asarray(Image.open(io.BytesIO(base64.b64decode(kept))).convert("RGB"), int)


def words(cell):
    """Returns what a cell printed and what its last line gave, without addresses and pictures."""
    shown = [
        output.get("text") or output["data"].get("text/plain", "")
        for output in cell.outputs
        if "image/png" not in output.get("data", {})
    ]
    return "".join(shown)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_it_was_kept_with(path, tmp_path):
    kept = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    for cell in fresh.cells:
        cell.pop("outputs", None)
        if cell.cell_type == "code":
            cell["outputs"] = []
    NotebookClient(fresh, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = 0
    for before, after in zip(kept.cells, fresh.cells, strict=True):
        if before.cell_type != "code":
            continue
        if "varies" not in before.metadata.get("tags", ()):  # the smallest case is another in other versions
            assert words(after) == words(before), before.source
        pictures = [
            [each for each in map(pixels, cell.outputs) if each is not None] for cell in (before, after)
        ]
        for old, new in zip(*pictures, strict=True):
            assert np.abs(old - new).max() <= 2, before.source
            shown += 1
    assert shown >= 2


def test_there_are_the_notebooks_that_the_pages_name():
    assert [path.stem for path in NOTEBOOKS] == ["own_reward", "quickstart"]
