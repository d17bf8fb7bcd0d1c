"""`codepaint ablate`: a study from its file to its tables, stopped and gone on with."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from codepaint_env.study.ablation import evidence
from codepaint_env.study.ablation.table_files import load_table
from codepaint_env.study.figures.figures_file import read_figures
from command_line import codepaint, refused
from little_studies import STUDY, little_study
from rewards.types import Rendering


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "little_rewards", raising=False)
    return little_study(tmp_path)


def ablate(file, *options):
    done = codepaint("ablate", file, *options)
    assert done.exit_code == 0, done.output
    return done.stdout


def lines(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_study_paints_once_scores_by_every_reward_and_writes_a_table(study):
    said = ablate(study)
    assert "8, of which 8 are to be painted" in said
    out = study.with_suffix("")
    table = load_table(out)
    assert list(table.columns) == ["renders", "coverage", "mix"]
    assert [item.id for item in table.items] == [f"own/flower-{number}" for number in range(8)]
    assert all((out / item.picture).is_file() for item in table.items)
    scores = {label: column.values for label, column in table.columns.items()}
    assert np.isfinite(scores["mix"]).all()
    assert scores["coverage"][7] > scores["coverage"][0]  # larger flowers cover more
    [truth] = table.truths
    ink = [255 - np.asarray(Image.open(out / item.picture)).mean() for item in table.items]
    assert len(truth.pairs) > 20
    assert all(ink[better] > ink[worse] for better, worse in truth.pairs)
    assert read_figures(out / "figures.json").rewards["coverage"].truths["ink"].accuracy.value > 0.8
    assert table.columns["coverage"].cost["seconds_cold"] > 0
    parts = lines(out / "scores" / "mix.jsonl")[0]["components"]
    assert {"weighted/coverage", "weighted/redness"} <= parts.keys()


def test_a_second_run_asks_and_paints_nothing_and_a_changed_reward_is_asked_anew(study):
    ablate(study)
    out = study.with_suffix("")
    kept = {path: path.read_bytes() for path in out.rglob("*.jsonl")}
    assert "of which 0 are to be painted" in ablate(study)
    assert {path: path.read_bytes() for path in out.rglob("*.jsonl")} == kept
    before = load_table(out).columns
    study.write_text(STUDY.replace('"coverage"\n', '"coverage(high=0.4)"\n'))
    ablate(study)
    after = load_table(out).columns
    assert after["coverage"].version != before["coverage"].version
    assert (after["coverage"].values < before["coverage"].values).any()
    changed = {path.name for path, content in kept.items() if path.read_bytes() != content}
    assert changed == {"coverage.jsonl"}


def test_a_dry_run_leaves_nothing_behind(study):
    said = ablate(study, "--dry-run")
    assert "8, of which 8 are to be painted" in said
    assert not study.with_suffix("").exists()


def test_a_study_that_was_killed_goes_on_where_it_stopped(study):
    study.write_text(STUDY.replace('mix = "gated', 'mortal = "little_rewards:mortal"\nmix = "gated'))
    (study.parent / "kill").touch()
    # Batches of two, so that the fifth picture is in the third of them.
    run = (
        "import codepaint_env.study.ablation.scoring as s; s.BATCH = 2;"
        "from codepaint_env.cli.main import main; main()"
    )
    command = [sys.executable, "-c", run, "ablate", "study.toml", "--workers", "1"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, sys.path))}
    killed = subprocess.run(command, cwd=study.parent, env=environment, capture_output=True, timeout=60)
    assert killed.returncode == 9, killed.stderr
    out = study.with_suffix("")
    assert len(lines(out / "scores" / "mortal.jsonl")) == 4
    assert not (out / "scores" / "mix.jsonl").exists()
    ablate(study)
    for kept in (
        "evidence/own/records.jsonl",
        "scores/coverage.jsonl",
        "scores/mortal.jsonl",
        "scores/mix.jsonl",
    ):
        assert len(lines(out / kept)) == 8, kept
    assert np.isfinite([column.values for column in load_table(out).columns.values()]).all()


@pytest.mark.full
def test_what_a_machine_failed_to_paint_is_tried_again(study, monkeypatch):
    real = evidence.paint

    def failing(*arguments, **options):
        painted = real(*arguments, **options)
        return [
            each._replace(rendering=Rendering("machine_error", "down", "no luck")) for each in painted[:3]
        ] + painted[3:]

    monkeypatch.setattr(evidence, "paint", failing)
    assert codepaint("ablate", study).stderr.count("failed to paint 3 pictures") == 1
    out = study.with_suffix("")
    assert np.isnan(load_table(out).columns["renders"].values).sum() == 3
    monkeypatch.undo()
    monkeypatch.syspath_prepend(str(study.parent))
    assert "of which 3 are to be painted" in ablate(study)
    assert np.isfinite(load_table(out).columns["renders"].values).all()


@pytest.mark.full
def test_the_evidence_of_a_run_is_read_where_it_lies(study):
    ablate(study)
    run = study.with_suffix("") / "evidence" / "own"
    study.write_text(STUDY.replace('sketches = "flowers"', 'run = "study/evidence/own"'))
    out = study.parent / "again"
    assert "of which 0 are to be painted" in ablate(study, "--out", out)
    assert not (out / "evidence").exists()
    table, first = load_table(out), load_table(study.with_suffix(""))
    assert np.array_equal(table.columns["mix"].values, first.columns["mix"].values)
    assert (out / table.items[0].picture).resolve() == (run / "pictures" / "0000.png").resolve()


def test_a_mistake_is_one_line_on_stderr(study):
    study.write_text(STUDY.replace('"coverage"\n', '"covrage"\n'))
    assert refused("ablate", study).startswith("study.toml:9: No reward is called 'covrage'.")
    assert "no file" in refused("ablate", study.parent / "nothing.toml")
