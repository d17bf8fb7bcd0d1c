"""`codepaint bench export`, and the script that scores what it writes without codepaint."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from codepaint_env.study import bench
from codepaint_env.study.ablation import evidence
from command_line import codepaint, refused
from rewards.types import Rendering

parquet = pytest.importorskip("pyarrow.parquet")
SCRIPT = Path(__file__).resolve().parents[2] / "examples/score_pairs.py"
COUNT = 24


class Easel:
    """Paints a flat sheet of a colour that the program alone decides, in no time."""

    def __init__(self, *_, **__):
        pass

    def identity(self):
        return {"path": "easel"}

    def render(self, jobs):
        return [self._sheet(job.program) for job in jobs]

    def close(self):
        pass

    def _sheet(self, program):
        colour = np.frombuffer(hashlib.sha256(program.encode()).digest()[:3], np.uint8)
        image = np.broadcast_to(colour, (120, 160, 3)).copy()
        return Rendering("ok", image=image, evidence=frozenset({"source", "image"}), identity="easel")


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    out = tmp_path_factory.mktemp("bench") / "pairs"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence, "Renderer", Easel)
        patch.setattr(bench, "rated_lot", cache(bench.rated_lot))  # 1,199 programs are written for it
        done = codepaint("bench", "export", out, "--count", COUNT)
        assert done.exit_code == 0, done.output
        yield out


def rows(out, name):
    return parquet.read_table(out / f"{name}.parquet").to_pylist()


def test_pictures_come_with_what_is_known_of_them(exported):
    pictures = rows(exported, "pictures")
    assert len({each["id"] for each in pictures}) == COUNT
    for each in pictures:
        with Image.open(io.BytesIO(each["picture"]["bytes"])) as picture:
            assert (picture.format, min(picture.size) > 100) == ("WEBP", True)
        assert each["mean_rating"] == np.mean([said["rating"] for said in each["ratings"]])
        assert each["prompt"]
        assert "function setup" in each["program"]


def test_a_pair_is_at_least_one_apart_and_of_its_fold(exported):
    pictures = {each["id"]: each for each in rows(exported, "pictures")}
    pairs = rows(exported, "pairs")
    assert pairs
    for pair in pairs:
        better, worse = pictures[pair["better"]], pictures[pair["worse"]]
        assert pair["difference"] == better["mean_rating"] - worse["mean_rating"] >= 1 - 1e-9
        held = better["held_out"] + worse["held_out"]
        assert pair["fold"] == ("train", "across", "held-out")[held]


def test_the_card_says_who_rated_and_holds_the_figures(exported):
    card, protocol = ((exported / name).read_text() for name in ("README.md", "protocol.md"))
    assert card.startswith("---\nlicense: apache-2.0\n")
    assert "not people" in card
    assert f"{COUNT} paintings" in card
    assert not re.search(r"@[A-Z]+@", card + protocol)


def test_a_second_call_paints_nothing_and_writes_the_same(exported, monkeypatch):
    before = (exported / "pairs.parquet").read_bytes(), (exported / "pictures.parquet").read_bytes()
    monkeypatch.setattr(Easel, "render", lambda *_: 1 / 0)
    assert codepaint("bench", "export", exported, "--count", COUNT).exit_code == 0
    assert before == ((exported / "pairs.parquet").read_bytes(), (exported / "pictures.parquet").read_bytes())


def test_one_painting_is_the_better_one_of_few_pairs(exported, monkeypatch):
    monkeypatch.setattr(bench, "FIRST_OF", 99)
    every = bench.export_pairs(exported, COUNT).pairs
    monkeypatch.setattr(bench, "FIRST_OF", 1)
    told = bench.export_pairs(exported, COUNT)
    names = [pair["better"] for pair in rows(exported, "pairs")]
    assert len(names) == len(set(names)) == told.pairs
    assert told.all_pairs == every
    monkeypatch.undo()
    bench.export_pairs(exported, COUNT)


def test_the_script_scores_the_pairs_without_codepaint(exported):
    assert not re.search(r"^\s*(import|from) (codepaint|rewards)", SCRIPT.read_text(), re.M)
    done = subprocess.run(
        [sys.executable, SCRIPT, exported], capture_output=True, text=True, check=True, timeout=60
    )
    colour = {}
    for each in rows(exported, "pictures"):
        with Image.open(io.BytesIO(each["picture"]["bytes"])) as picture:
            levels = np.asarray(picture.convert("RGB"), float)
        colour[each["id"]] = np.ptp(levels, axis=2).mean()
    pairs = rows(exported, "pairs")
    wins = np.mean([colour[pair["better"]] > colour[pair["worse"]] for pair in pairs])
    value, low, high = map(float, re.findall(r"\d\.\d{3}", done.stdout)[:3])
    assert value == pytest.approx(wins, abs=0.001)
    assert low <= value <= high
    assert f"{len(pairs)} pairs" in done.stdout


def test_more_paintings_than_were_rated_are_refused(tmp_path):
    line = refused("bench", "export", tmp_path / "out", "--count", "99999")
    assert "not 99999" in line
    assert not (tmp_path / "out").exists()
