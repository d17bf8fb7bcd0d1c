"""Canvases by entry point: what is found, and what is refused with the way out."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from codepaint_env import canvases
from rewards.errors import SpecError, UnknownName


class Odd:
    """It has a name, and nothing else that a canvas has."""

    name = "odd"


class Misnamed(type(canvases.get("svg"))):
    name = "vector"


def breaks():
    raise RuntimeError("no such font")


@pytest.fixture
def installed(monkeypatch):
    """Installs entry points for one test, by name and value."""

    def install(*entries):
        found = [metadata.EntryPoint(name, value, canvases.GROUP) for name, value in entries]
        monkeypatch.setattr(canvases.metadata, "entry_points", lambda group: found)
        canvases._entries.cache_clear()

    yield install
    canvases._entries.cache_clear()


def test_every_canvas_is_there_the_default_first():
    assert canvases.available() == ["p5brush", "html", "svg"]
    assert canvases.env_ids() == {
        "p5brush": "codepaint/P5Brush-v0",
        "html": "codepaint/HTML-v0",
        "svg": "codepaint/SVG-v0",
    }
    assert [canvases.get(name).name for name in canvases.available()] == ["p5brush", "html", "svg"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("svgs", r"No canvas is called 'svgs'\. Did you mean 'svg'\?"),
        ("oil", r"No canvas is called 'oil'\. There is 'p5brush', 'html', 'svg'\."),
        (None, r"No canvas is called None\. There is 'p5brush', 'html', 'svg'\."),
        ("", r"No canvas is called ''\. There is"),
    ],
)
def test_an_unknown_canvas_is_refused_with_those_that_there_are(name, sentence):
    with pytest.raises(UnknownName, match=sentence):
        canvases.get(name)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (("Odd", "test_canvases:Odd"), r"The canvas 'odd' \(test_canvases:Odd of .*\) lacks .*backends"),
        (("Vectors", "test_canvases:Misnamed"), r"says 'vector' of itself; its entry point makes it"),
        (
            ("Odd", "test_canvases:breaks"),
            r"'odd' \(test_canvases:breaks .* cannot be made: RuntimeError: no such font",
        ),
        (
            ("Odd", "no_such_module:Odd"),
            r"cannot be made: ModuleNotFoundError: No module named 'no_such_module'",
        ),
    ],
)
def test_a_plugin_that_is_no_canvas_is_named_with_its_package(installed, entry, sentence):
    installed(entry)
    with pytest.raises(SpecError, match=sentence):
        canvases.get(entry[0].lower())


def test_two_packages_cannot_bring_one_canvas(installed):
    installed(("SVG", "one:SVG"), ("Svg", "two:SVG"))
    with pytest.raises(
        SpecError, match="Two packages bring a canvas 'svg': one:SVG and two:SVG; uninstall one"
    ):
        canvases.available()


def test_a_file_has_the_canvas_of_its_ending_or_the_default():
    assert canvases.of_file(Path("a/bird.SVG")) == "svg"
    assert canvases.of_file(Path("sketch.js")) == "p5brush"
    assert canvases.of_file(Path("answer.md")) == "p5brush"
