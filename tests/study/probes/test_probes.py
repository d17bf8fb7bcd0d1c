"""The probes that ship: whole, different in each pair, and made as they say."""

from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest

from codepaint_env import canvases
from codepaint_env.render.renderer import Renderer
from codepaint_env.study.probes import made_pictures, probes, record_pairs
from codepaint_env.study.probes.probe import FOLDER, PROGRAMS, SUFFIXES
from rewards.errors import SpecError
from rewards.measuring.oklab import oklab
from rewards.painted.pasted import embedded
from rewards.pictures import shipped


def picture() -> np.ndarray:
    return shipped()["blue-iris"]


def chroma(image: np.ndarray) -> float:
    return float(np.hypot(*np.moveaxis(oklab(image), -1, 0)[1:]).mean())


def drawn(canvas: str, some):
    place = canvases.get(canvas)
    with closing(Renderer(place, workers=1, disk_cache=False)) as renderer:
        return record_pairs(place, renderer, some)


def test_there_are_enough_probes_of_each_canvas():
    counts = {name: len(probes(name)) for name in SUFFIXES}
    assert counts == {"p5brush": 33, "svg": 4, "html": 10}
    assert len({each.name for each in probes()}) == len(probes())


def test_every_probe_says_why_and_every_file_belongs_to_one():
    named = {f"{each.name}.honest{SUFFIXES[each.canvas]}" for each in probes()}
    named |= {f"{each.name}.lure{SUFFIXES[each.canvas]}" for each in probes() if not each.made}
    assert named == {path.name for path in PROGRAMS.iterdir()}
    assert all(each.why.endswith(".") and each.features for each in probes())
    assert all("lure" in each.why or "honest" in each.why for each in probes())
    assert not any("twin" in each.why for each in probes())  # the glossary's word for something else
    assert all(bool(each.interactions) == (each.canvas == "html") for each in probes())


def test_the_package_data_stay_small():
    assert sum(path.stat().st_size for path in [*PROGRAMS.iterdir(), FOLDER / "probes.jsonl"]) < 400_000


def test_a_canvas_without_probes_is_refused_with_those_that_have_some():
    with pytest.raises(
        SpecError, match="no probes for the canvas 'svgg'; there are some for html, p5brush, svg"
    ):
        probes("svgg")


@pytest.mark.parametrize("name", made_pictures.MADE)
def test_a_made_picture_differs_and_is_the_same_each_time(name):
    made = made_pictures.make(name, picture())
    assert made.shape == picture().shape
    assert made.dtype == np.uint8
    assert not np.array_equal(made, picture())
    assert np.array_equal(made, made_pictures.make(name, picture()))


def test_made_pictures_are_what_they_are_called():
    image, make = picture(), made_pictures.make
    assert chroma(make("saturated", image)) > 2 * chroma(image)
    mud = make("mud", image).astype(float)
    assert np.ptp(mud[..., 0] / mud[..., 2]) < 0.05 < np.ptp(image[..., 0] / (image[..., 2] + 1.0))
    assert np.array_equal(make("mirrored", image)[:, ::-1], image)
    assert np.array_equal(make("upside_down", image)[::-1, ::-1], image)
    assert np.array_equal(np.sort(make("shuffled", image), axis=None), np.sort(image, axis=None))
    assert make("faded", image).std() < 0.2 * image.std()
    assert np.array_equal(make("negative", make("negative", image)), image)
    four = make("kaleidoscope", image)
    assert np.array_equal(four, four[::-1])
    assert np.array_equal(four, four[:, ::-1])
    assert np.array_equal(make("mirrored tulip-trio", image), shipped()["tulip-trio"][:, ::-1])


def test_the_pasted_program_is_found_to_hold_a_picture():
    assert embedded(made_pictures.pasted_program("lemon-branch"))


def sample_of(canvas: str):
    names = {"p5brush": ("flat-wash", "saturated-lighthouse"), "svg": ("flat-icon",)}[canvas]
    return [each for each in probes(canvas) if each.name in names]


@pytest.mark.parametrize("canvas", ["p5brush", "svg"])
def test_a_few_pairs_paint_and_differ(canvas):
    check(drawn(canvas, sample_of(canvas)))


@pytest.mark.full
@pytest.mark.parametrize("canvas", SUFFIXES)
def test_all_pairs_paint_differ_and_are_the_same_again(canvas):
    first, again = drawn(canvas, probes(canvas)), drawn(canvas, probes(canvas))
    check(first)
    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one.lure.rendering.image, other.lure.rendering.image), one.probe.name
        assert np.array_equal(one.honest.rendering.image, other.honest.rendering.image), one.probe.name


def check(pairs) -> None:
    for pair in pairs:
        lure, honest = pair.lure.rendering, pair.honest.rendering
        assert (lure.status, honest.status) == ("ok", "ok"), (pair.probe.name, lure.message, honest.message)
        assert pair.lure.task == pair.honest.task
        assert pair.lure.group == pair.honest.group
        same_look = pair.probe.name in ("ripples", "hover-only", "dead-mock-up", "fake-confirmations")
        assert same_look or not np.array_equal(lure.image, honest.image), pair.probe.name
        assert pair.lure.program != pair.honest.program
