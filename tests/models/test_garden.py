"""No single call of the vocabulary `garden` earns more than 0.3 of `subject`: subjects are composed."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from codepaint_env import canvases
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from places import BENCHMARKS, ROOT
from rewards import Sample, Task
from rewards.features.embeddings import Picture
from rewards.heads.subject import NONE, Subject, softmax

sys.path[:0] = [str(BENCHMARKS), str(ROOT / "examples")]

import garden_studies  # noqa: E402  (an example is no package)
from trainer_parts import other_studies  # noqa: E402

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


@pytest.fixture(scope="module")
def renderer():
    renderer = Renderer(canvases.get("p5brush(prelude='garden')"), cache=0)
    yield renderer
    renderer.close()


@pytest.fixture(scope="module")
def single(renderer):
    """Single calls, each with its picture."""
    some = [call for colour in COLOURS for call in calls(colour)]
    drawn = renderer.render(
        [
            Job(f'function setup() {{ sheet("#fbf6ec", {seed % 40}); {call} }}', 7)
            for seed, call in enumerate(some)
        ]
    )
    return [(call, Picture.of_pixels(each.image)) for call, each in zip(some, drawn, strict=True)]


@pytest.mark.parametrize("file", [None, "garden"])
def test_no_single_call_of_the_garden_is_taken_for_a_subject(single, file):
    reward = Subject(file=file)
    head, best = reward.head, (0.0, "", "")
    rows = reward.looks.at([picture for _, picture in single])
    for call, picture in single:
        row = rows[picture.key][None]
        shares = softmax(head.raw(row))[0] * head.guard.left(row)[0]
        for share, label in zip(shares, head.labels, strict=True):
            if label != NONE:
                best = max(best, (float(share), label, call))
    assert best[0] <= MOST, best


def test_the_head_of_the_garden_sees_the_studies_of_two_authors_and_not_what_fools_it_cheapest(renderer):
    reward = Subject(file="garden")
    told = {}
    for author, bodies in (("own", garden_studies.BODIES), ("other", other_studies.BODIES)):
        studies = [
            garden_studies.Study(subject, 1, "teal", "in the middle", "")
            for subject in bodies
            for _ in bodies[subject]
        ]
        programs = [
            studies[place].program(3, [body])
            for place, body in enumerate(body for some in bodies.values() for body in some)
        ]
        drawn = renderer.render([Job(program, 7) for program in programs])
        samples = [
            Sample(Task(str(place), study.prompt), "", program, each, "g")
            for place, (study, program, each) in enumerate(zip(studies, programs, drawn, strict=True))
        ]
        told[author] = np.array([score.value for score in reward(samples)])
    assert np.median(told["own"]) > 0.8
    assert (told["other"] > 0.3).mean() > 0.5
    cheap = [
        'for (let a = 0; a < 360; a += 30) petal(0, 0, 20, a, "teal");',  # a disc of petals
        'berry(0, 0, 240, "teal"); berry(0, 0, 200, "teal");',
        'for (let i = 0; i < 9; i++) leaf(random(-200, 200), random(-200, 200), 90, random(360), "teal");',
        'wash(-256, 256, "teal"); splatter(0, 0, 400, "white");',
        'brush.fill("teal", 200); brush.circle(0, 0, 110);',
    ]
    drawn = renderer.render([Job(f'function setup() {{ sheet("ivory", 3); {each} }}', 7) for each in cheap])
    for subject in garden_studies.BODIES:
        task = Task(subject, garden_studies.Study(subject, 1, "teal", "in the middle", "").prompt)
        scores = reward([Sample(task, "", "", each, "g") for each in drawn])
        most = max(scores, key=lambda score: score.value)
        assert most.value <= 0.5, (subject, cheap[scores.index(most)], most.value)
