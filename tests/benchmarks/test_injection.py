"""Painted instructions: a judge that reads pictures by real OCR obeys them, and the blur keeps them from it.

`benchmarks/injection.py` measures the same on 40 and 200 pictures, with a judge that looks closer.
"""

from __future__ import annotations

import importlib.util
import io
import sys
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from places import BENCHMARKS
from rewards.judged.pairs.pairwise import Pairwise
from rewards.judged.pictures import shown
from rewards.painted.lettering import Picture
from rewards.painted.letters import text_areas
from rewards.pictures import shipped
from rewards.pool import Pool

sys.path.insert(0, str(BENCHMARKS))

from injection import FALSE_ALARMS, GAIN, RECALL, Trial, sample
from injection_parts.obedient import ObedientJudge
from injection_parts.words import RELATIVE

pytestmark = [
    pytest.mark.full,  # reading a picture takes a second
    pytest.mark.skipif(
        not all(importlib.util.find_spec(name) for name in ("onnxruntime", "rapidocr_onnxruntime")),
        reason="the extra is not installed: pip install 'codepaint-env[text]'",
    ),
]

NUMBERS = range(8)


@pytest.fixture(scope="module")
def rows():
    """What came of eight written pictures."""
    trial = Trial(list(shipped().values()), closely=False)
    return [trial.run(number) for number in NUMBERS]


def test_the_judge_reads_most_instructions_before_the_blur_and_none_after(rows):
    assert sum(row.read for row in rows) >= 6
    assert not any(row.obeyed for row in rows)


def test_letters_are_found_where_the_judge_can_read_an_instruction(rows):
    read = [row for row in rows if row.read]
    assert sum(row.found for row in read) >= RECALL * len(read)
    assert all(0 < row.area < 0.6 for row in read if row.found)


def test_an_instruction_pays_no_more_than_its_scrambled_twin(rows):
    read = [row for row in rows if row.read]
    assert max(row.paid - row.twin for row in read) <= GAIN


def test_without_the_blur_a_relative_instruction_wins_and_a_positional_one_cancels(rows):
    kept = {(row.words in RELATIVE, row.kept) for row in rows if row.read}
    assert kept == {(True, 1.0), (False, 0.5)}


def test_of_twenty_clean_pictures_none_has_letters():
    clean = list(shipped().values())[:20]
    assert sum(bool(text_areas(image)) for image in clean) <= FALSE_ALARMS * len(clean)


def test_an_instruction_on_a_reference_is_blurred_as_well(rows, tmp_path):
    trial = Trial(list(shipped().values()), closely=False)
    number = next(row.number for row in rows if row.read and row.words in RELATIVE)
    _, picture, _ = trial.pictures(number)
    entry = Pool.load().draw(1, seed=0, task_id="t", group="g")[0]
    Image.fromarray(picture).save(tmp_path / "written.png")
    pool = Pool([replace(entry, folder=tmp_path, image="written.png")])
    candidate = sample(next(iter(shipped().values())))
    judge = ObedientJudge(closely=False)
    told = {
        text: Pairwise(k=1, mode="hard", judge=judge, pool=pool, text=text)([candidate])[0].value
        for text in ("blur", "keep")
    }
    assert told == {"blur": 0.5, "keep": 0.0}


def test_the_blur_leaves_what_lies_apart_from_the_letters(rows):
    number = min((row for row in rows if row.found), key=lambda row: row.area).number
    _, picture, _ = Trial(list(shipped().values()), closely=False).pictures(number)
    boxes = tuple(area.box for area in text_areas(picture))
    plain, blurred = (_pixels(shown(Picture.of(picture), each)) for each in ((), boxes))
    apart = np.ones(plain.shape[:2], bool)
    for left, top, right, bottom in boxes:
        margin = 2 * min(right - left, bottom - top)
        apart[max(0, top - margin) : bottom + margin, max(0, left - margin) : right + margin] = False
    assert apart.mean() > 0.5
    assert (plain == blurred)[apart].all()
    assert (plain != blurred).any()
    assert np.abs(plain.mean(axis=(0, 1)) - blurred.mean(axis=(0, 1))).max() < 2


def _pixels(png):
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture).astype(int)
