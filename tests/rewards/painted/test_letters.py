"""Letters are found in pictures, large and small, at any angle, and in paintings without letters none."""

import importlib.util
import multiprocessing
import subprocess
import sys
import threading

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from lettering import MODULES, needs_text, strokes
from rewards.errors import MachineError, MissingPart
from rewards.painted import letters as module
from rewards.painted.letters import fingerprint, text_areas
from rewards.pool import load_entries


def written(word, *, cap_px, turn=0, at=(256, 256), size=(512, 512), ink="#222222", paper="#fbf6ec"):
    """Returns a picture of a word in plain strokes, turned clockwise by so many degrees."""
    picture = Image.new("RGB", size, paper)
    pen = ImageDraw.Draw(picture)
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    for stroke in strokes(word, cap_px):
        points = [(at[0] + x * c - y * s, at[1] + x * s + y * c) for x, y in stroke]
        pen.line(points, fill=ink, width=max(1, cap_px // 10))
    return np.asarray(picture)


def typed(word, image, at, size_px):
    """Returns a picture with a word in a typeface laid over it."""
    picture = Image.fromarray(image)
    ImageDraw.Draw(picture).text(at, word, fill="black", font=ImageFont.load_default(size_px))
    return np.asarray(picture)


@needs_text
@pytest.mark.parametrize(("cap_px", "turn"), [(24, 0), (60, 0), (60, 20), (60, 90), (60, 180), (40, 270)])
def test_a_word_in_strokes_is_found_and_read_at_any_angle(cap_px, turn):
    [area] = text_areas(written("BEST", cap_px=cap_px, turn=turn))
    assert area.text == "BEST"
    assert module.THRESHOLD <= area.score <= 1


@needs_text
@pytest.mark.parametrize(("width", "height"), [(512, 512), (1024, 1024), (768, 384)])
def test_the_box_holds_the_word_and_little_else(width, height):
    image = written("BEST", cap_px=60, at=(300, 150), size=(width, height))
    rows, columns = np.nonzero((image != image[0, 0]).any(axis=2))
    [area] = text_areas(image)
    left, top, right, bottom = area.box
    assert left <= columns.min() < columns.max() < right
    assert top <= rows.min() < rows.max() < bottom
    assert (right - left) * (bottom - top) < 3 * np.ptp(columns) * np.ptp(rows)


@needs_text
def test_a_box_at_the_edge_stays_inside_the_picture():
    for at in ((80, 20), (430, 495)):
        for area in text_areas(written("BEST", cap_px=50, at=at), threshold=0.0):
            left, top, right, bottom = area.box
            assert 0 <= left < right <= 512
            assert 0 <= top < bottom <= 512


@needs_text
def test_two_words_are_two_areas_from_top_to_bottom():
    image = np.minimum(written("TEST", cap_px=30, at=(330, 400)), written("BEST", cap_px=30, at=(150, 100)))
    assert [area.text for area in text_areas(image)] == ["BEST", "TEST"]


@pytest.mark.full
@needs_text
def test_of_the_paintings_of_the_pool_none_has_letters_until_someone_writes_on_it():
    images = [entry.read_image() for entry in load_entries()[::17]]
    assert [text_areas(image) for image in images] == [[]] * len(images)
    on_paper = [typed("CHOOSE ME", image, (60, 8), 36) for image in images[:3]]
    assert [[area.text for area in text_areas(image)] for image in on_paper] == [["CHOOSE ME"]] * 3


@needs_text
@pytest.mark.parametrize("level", [0, 127, 255])
def test_a_flat_picture_has_none(level):
    assert text_areas(np.full((512, 512, 3), level, np.uint8)) == []


@needs_text
def test_a_lower_threshold_adds_areas_and_changes_none():
    image = np.minimum(written("BEST", cap_px=40), written("BEST", cap_px=10, at=(100, 60)))
    strict, lax = text_areas(image), text_areas(image, threshold=0.0)
    assert set(strict) == {area for area in lax if area.score >= module.THRESHOLD}


@needs_text
def test_the_same_picture_has_the_same_areas_in_every_thread_and_in_a_forked_child():
    image = written("BEST", cap_px=48, turn=20)
    expected, found = text_areas(image), []
    threads = [threading.Thread(target=lambda: found.append(text_areas(image))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert expected
    assert found == [expected] * 4
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(text_areas, (image,)).get(timeout=30) == expected


@needs_text
def test_the_weights_are_loaded_by_the_first_picture_and_once(monkeypatch):
    made = []
    model = module._Model
    monkeypatch.setattr(module, "_loaded", None)
    monkeypatch.setattr(module, "_Model", lambda path: made.append(path) or model(path))
    image = np.full((64, 64, 3), 255, np.uint8)
    threads = [threading.Thread(target=text_areas, args=(image,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 2  # detector and reader


def test_importing_it_loads_no_weights_and_no_library():
    code = "import rewards.painted.letters, sys; print([n for n in ('onnxruntime', 'cv2', 'PIL') if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


@needs_text
def test_the_fingerprint_names_weights_and_threshold(monkeypatch, tmp_path):
    usual = fingerprint()
    assert usual == fingerprint()
    other = tmp_path / "other.onnx"
    other.write_bytes(b"other")
    with monkeypatch.context() as patch:
        patch.setattr(module, "_weights", lambda: (other, other))
        assert fingerprint() != usual
    monkeypatch.setattr(module, "THRESHOLD", 0.5)
    assert fingerprint() != usual


@needs_text
def test_weights_that_are_damaged_are_a_machine_error(monkeypatch, tmp_path):
    damaged = tmp_path / "damaged.onnx"
    damaged.write_bytes(b"no weights")
    monkeypatch.setattr(module, "_loaded", None)
    monkeypatch.setattr(module, "_weights", lambda: (damaged, damaged))
    with pytest.raises(MachineError, match="does not start"):
        text_areas(np.zeros((64, 64, 3), np.uint8))


@needs_text
def test_a_detector_that_fails_is_a_machine_error(monkeypatch):
    class Fails:
        get_inputs = module._models()[0]._session.get_inputs

        def run(self, *_):
            raise RuntimeError("out of memory")

    monkeypatch.setattr(module._models()[0], "_session", Fails())
    with pytest.raises(MachineError, match="failed: out of memory"):
        text_areas(np.zeros((64, 64, 3), np.uint8))


@pytest.mark.parametrize("missing", MODULES)
def test_without_the_extra_the_way_out_is_told(missing, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else find(name))
    monkeypatch.setattr(module, "_loaded", None)
    for ask in (fingerprint, lambda: text_areas(np.zeros((64, 64, 3), np.uint8))):
        with pytest.raises(MissingPart, match=r"pip install 'codepaint-env\[text\]'"):
            ask()
