"""No single call of the vocabulary `garden` earns more than 0.3 of `subject`: subjects are composed."""

from __future__ import annotations

from codepaint_env import canvases
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from rewards.features.embeddings import Picture
from rewards.heads.subject import NONE, Subject, softmax

COLOURS = ("#d8566e", "#4f7a3e", "#2f5f9a", "#2a2a2a")
SIZES = (10, 40, 90, 150, 220, 300)
MOST = 0.3


def calls(colour):
    """Yields single calls over places, sizes and directions, of one colour."""
    for step, size in enumerate(SIZES):
        half, angle = size // 2, step * 73 % 360
        for name in ("petal", "leaf"):
            yield f'{name}(0, {half}, {size}, 0, "{colour}")'
            yield f'{name}(0, 0, {size}, {angle}, "{colour}")'
        for name in ("berry", "dabs", "cloud", "ripples", "splatter"):
            yield f'{name}(0, 0, {size}, "{colour}")'
        yield f'peak(0, {half}, {size}, "{colour}")'
        yield f'peak({half - 60}, {size // 3}, {size}, "{colour}")'
        yield f'stem(0, {size}, {half}, {-size}, "{colour}")'
        yield f'branch({-size}, {half}, {size}, {-half}, "{colour}")'
        yield f'branch(0, {size}, 10, {-size}, "{colour}")'
        yield f'ridge({size - 150}, {size}, "{colour}")'
        yield f'ridge(60, {size}, "{colour}")'
        yield f'band(0, {-size}, 0, {size}, {half}, "{colour}")'
        yield f'wash(-256, {size - 200}, "{colour}")'
        yield f'wash({half - 120}, 256, "{colour}")'


def test_no_single_call_of_the_garden_is_taken_for_a_subject():
    reward = Subject()
    head, best = reward.head, (0.0, "", "")
    renderer = Renderer(canvases.get("p5brush(prelude='garden')"), cache=0)
    try:
        for colour in COLOURS:
            some = list(calls(colour))
            drawn = renderer.render(
                [
                    Job(f'function setup() {{ sheet("#fbf6ec", {seed}); {call} }}', 7)
                    for seed, call in enumerate(some)
                ]
            )
            pictures = [Picture.of_pixels(each.image) for each in drawn]
            rows = reward.looks.at(pictures)
            for call, picture in zip(some, pictures, strict=True):
                row = rows[picture.key][None]
                shares = softmax(head.raw(row))[0] * head.guard.left(row)[0]
                for share, label in zip(shares, head.labels, strict=True):
                    if label != NONE:
                        best = max(best, (float(share), label, call))
    finally:
        renderer.close()
    assert best[0] <= MOST, best
