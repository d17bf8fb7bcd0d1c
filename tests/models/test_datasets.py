"""Run folders load with `datasets` by the line of the guide."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from codepaint_env.pool.parquet import write_pool
from codepaint_env.runs.writer import RunWriter
from codepaint_env.study.bench import webp
from rewards.pool import load_entries
from rewards.types import Finding, Interaction, Rendering, Score
from sample_runs import META, evaluated

datasets = pytest.importorskip("datasets")

GUIDE = Path(__file__).resolve().parents[2] / "docs/environment.md"
GONE = Rendering("machine_error", "browser", "it went away")
STEP = Interaction(1, "click", "button", "Add", "#add", (0, 0, 9, 9), "adds", "", None, "step-1-after")
PAGE = Rendering(
    "ok",
    findings=(Finding("text", "letters", 1.0, (1, 2, 3, 4)),),
    interactions=(STEP,),
    evidence=frozenset({"source", "interactions"}),
    pictures={"viewport": b"png"},
)


@pytest.mark.parametrize("first", [0, 1, 2])
def test_a_run_loads_by_the_line_of_the_guide(tmp_path, monkeypatch, first):
    """Whatever stands first: a machine error without components, a page with a trace, or a sheet without either."""
    [line] = re.findall(r"load_dataset\([^)]*\)", GUIDE.read_text(encoding="utf-8"))
    there = [
        replace(evaluated(0, rendering=GONE), score=Score(None, reason="it went away")),
        evaluated(1, rendering=PAGE),
        evaluated(2),
    ]
    samples = there[first:] + there[:first]
    with RunWriter(tmp_path / "RUN", META, suffix=".js") as writer:
        for each in samples:
            writer.append(each)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    rows = eval(line, {"load_dataset": datasets.load_dataset})
    assert [row["score"]["value"] for row in rows] == [each.score.value for each in samples]
    assert [row["rendering"]["status"] for row in rows] == [each.sample.rendering.status for each in samples]
    assert rows[0]["task"]["prompt"] == "a rose"


def test_exported_pictures_load_as_images(tmp_path, monkeypatch):
    parquet = pytest.importorskip("pyarrow.parquet")
    from codepaint_env.study.bench import pictures_table

    row = {
        "id": "a",
        "picture": {"bytes": webp(evaluated(0).sample.rendering.image), "path": "a.webp"},
        "prompt": "a rose",
        "subject": "rose",
        "study": "rose",
        "held_out": False,
        "ratings": [{"rater": "one", "rating": 4}],
        "mean_rating": 4.0,
        "program": "paint()",
    }
    parquet.write_table(pictures_table([row]), tmp_path / "pictures.parquet")
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    rows = datasets.load_dataset("parquet", data_files=str(tmp_path / "pictures.parquet"), split="train")
    assert rows[0]["picture"].size == (32, 24)
    assert rows[0]["ratings"] == row["ratings"]


def test_a_pool_loads_with_pictures_and_palettes(tmp_path, monkeypatch):
    pytest.importorskip("pyarrow.parquet")
    entry = load_entries()[0]
    write_pool([entry], tmp_path / "pool.parquet")
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    [row] = datasets.load_dataset("parquet", data_files=str(tmp_path / "pool.parquet"), split="train")
    assert row["picture"].size == entry.read_size()
    assert (row["palette"], row["rating"]) == (list(entry.palette), entry.rating)
