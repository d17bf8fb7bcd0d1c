from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from codepaint_env.canvases.html.explore.difference import differences, without_waiting
from codepaint_env.canvases.html.explore.snapshot import Element, Snapshot


def page(*pairs, picture=None, **elements):
    return Snapshot({**dict(pairs), **{f"#{name}": each for name, each in elements.items()}}, picture=picture)


def kinds(test, control, **options):
    return [(change.selector, change.kind) for change in differences(test, control, **options)]


def text(words, **more):
    return Element("p", (10, 10, 100, 20), words, shown=(10, 10, 110, 30), **more)


def png(colour):
    pixels = np.full((60, 80, 3), 255, np.uint8)
    pixels[20:40, 20:40] = colour
    file = BytesIO()
    Image.fromarray(pixels).save(file, "png")
    return file.getvalue()


def test_what_is_the_same_in_both_arms_is_no_effect():
    clock = page(time=text("12:00:05"), price=text("$9"))
    assert differences(clock, page(time=text("12:00:05"), price=text("$9"))) == []


def test_a_text_that_changed_is_told_with_both_its_texts():
    [change] = differences(page(count=text("1")), page(count=text("0")))
    assert (change.kind, change.before, change.after) == ("text", "0", "1")


def test_what_says_most_comes_first_whatever_the_order_of_the_elements():
    more = {"box": text(""), "count": text("1"), "new": text("Added")}
    test, control = page(**more), page(box=replace(text(""), looks="red"), count=text("0"))
    turned = page(**dict(reversed(more.items())))
    assert kinds(test, control) == [("#count", "text"), ("#new", "appeared"), ("#box", "looks")]
    assert kinds(turned, control) == kinds(test, control)


@pytest.mark.parametrize(
    ("own", "changed"),
    [
        ("self", {"state": {"value": "blue"}}),
        ("self", {"state": {"checked": "true"}}),
        ("self", {"box": (0, 0, 140, 20)}),
        ("label", {"looks": "green"}),
        ("peer", {"state": {"value": "Ada"}}),
        ("edited", {"text": "typed"}),
    ],
)
def test_the_value_place_and_label_of_what_was_acted_on_are_no_effect(own, changed):
    before = replace(text("Name"), tag="input")
    assert differences(page(field=replace(before, own=own, **changed)), page(field=before)) == []


def test_an_aria_state_of_the_control_itself_is_an_effect():
    shut = replace(text("Answers"), tag="button", state={"aria-expanded": "false"})
    opened = replace(shut, own="self", state={"aria-expanded": "true"})
    [change] = differences(page(more=opened), page(more=shut))
    assert (change.kind, change.name, change.own) == ("state", "aria-expanded", True)


def test_a_ripple_within_the_control_is_no_effect():
    button = replace(text("Buy"), tag="button")
    ripple = ("#buy > span", Element("span", (12, 12, 4, 4), own="within"))
    assert differences(page(ripple, buy=replace(button, own="self")), page(buy=button)) == []


def test_a_sparkle_at_the_pointer_is_no_effect_and_one_elsewhere_is():
    sparkle = ("body > i", Element("i", (50, 50, 10, 10), "✦", shown=(50, 50, 60, 60)))
    assert differences(page(sparkle), page(), pressed=[(60, 60)]) == []
    assert kinds(page(sparkle), page(), pressed=[(400, 400)]) == [("body > i", "appeared")]


def test_what_follows_the_pointer_is_left_out_by_name():
    test, control = page(eye=text("a")), page(eye=text("b"))
    assert differences(test, control, noise=frozenset({"#eye"})) == []


def test_a_canvas_is_compared_by_its_pixels():
    canvas = Element("canvas", (0, 0, 80, 60), pixels="canvas", shown=(0, 0, 80, 60))
    red, blue = page(c=canvas, picture=png((255, 0, 0))), page(c=canvas, picture=png((0, 0, 255)))
    assert kinds(red, blue) == [("#c", "pixels")]
    assert differences(red, page(c=canvas, picture=png((255, 4, 0)))) == []


def test_a_few_pixels_of_rounding_are_no_move():
    assert differences(page(a=text("x")), page(a=replace(text("x"), box=(12, 11, 100, 20)))) == []
    assert kinds(page(a=text("x")), page(a=replace(text("x"), box=(60, 10, 100, 20)))) == [("#a", "moved")]


def test_a_page_that_is_still_loading_has_no_effect_yet():
    control = page(temp=text("--"), words=text(""))
    busy = differences(page(temp=text(""), words=text("Loading…")), control)
    assert busy
    assert without_waiting(busy) == []
    done = differences(page(temp=text("17°"), words=text("Loading the rest…")), control)
    assert without_waiting(done) == done


def test_what_stood_elsewhere_is_told_as_moved_and_not_as_new():
    card = ("#done > li", text("Write tests"))
    [gone, moved] = sorted(
        differences(page(card), page(("#todo > li", text("Write tests")))),
        key=lambda each: each.kind == "moved",
    )
    assert (gone.kind, moved.kind, moved.selector) == ("vanished", "moved", "#done > li")
    both = page(card, ("#todo > li", text("Write tests")))
    assert kinds(both, page(("#todo > li", text("Write tests")))) == [("#done > li", "appeared")]


def test_the_place_of_what_was_dragged_is_an_effect():
    box = Element("div", (10, 10, 80, 80), own="self")
    moved = replace(box, box=(140, 70, 80, 80))
    assert differences(page(box=moved), page(box=box)) == []
    assert kinds(page(box=moved), page(box=box), dragged=True) == [("#box", "moved")]
