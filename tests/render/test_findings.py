"""What is found is recorded: letters where a reward asks for them, once a picture; pictures brought along as data always."""

import asyncio
import importlib.util
import json
import re
import threading

import numpy as np
import pytest

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.evaluate import Evaluator, paint
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from lettering import needs_text, strokes
from rewards import Score, SpecError, Task, Traits
from rewards.errors import MachineError, MissingPart
from rewards.painted.letters import TextArea
from rewards.painted.pasted import BASE64_CHARS, NUMBERS

TEXT = frozenset({"text"})


GOOD = """function setup() {
  createCanvas(512, 512, WEBGL);
  background("#fbf6ec");
  brush.fill("#b02a30", 200);
  brush.circle(0, 0, 60);
}
"""


THROWS_AFTERWARDS = GOOD.replace("60);\n", "60);\n  throw new Error('no');\n")


NEVER_PAINTS = "throw new Error('no');"


OTHER = GOOD.replace("#b02a30", "#204080")


WRITES = f"""function setup() {{
  createCanvas(512, 512, WEBGL);
  background("#fbf6ec");
  brush.scaleBrushes(2);
  brush.set("charcoal", "#222222", 1.2);
  for (const stroke of {json.dumps(strokes("BEST", 60))}) {{
    for (let i = 1; i < stroke.length; i++) brush.line(...stroke[i - 1], ...stroke[i]);
  }}
}}
"""


class Unlettered:
    """Halves the score of a picture with letters; keeps the samples that it was shown."""

    name, needs, traits, version = "unlettered", frozenset({"image", "text"}), Traits(), "1"

    def __init__(self):
        self.samples = []

    def __call__(self, samples, /):
        self.samples += samples
        return [self.score(sample.rendering) for sample in samples]

    def score(self, rendering):
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        return Score(0.5 if lettered(rendering) else 1.0)


class Indifferent(Unlettered):
    name, needs = "indifferent", frozenset({"image"})


class Detector:
    """Finds one area in every picture, or fails; counts the pictures."""

    def __init__(self):
        self.seen, self.error = 0, None

    def __call__(self, image):
        self.seen += 1
        if self.error is not None:
            raise self.error
        return [TextArea((10, 20, 90, 40), 0.9, "BEST")]


@pytest.fixture
def detector(monkeypatch):
    found = Detector()
    monkeypatch.setattr("rewards.painted.letters.text_areas", found)
    monkeypatch.setattr("rewards.painted.letters.fingerprint", lambda: "a detector")
    return found


def lettered(rendering):
    return [finding for finding in rendering.findings if finding.kind == "text"]


def evaluate(renderer, reward, *programs):
    tasks = [Task("poppy", "a poppy")] * len(programs)
    return Evaluator(renderer.canvas, reward, renderer).evaluate(programs, tasks)


@needs_text
def test_letters_painted_with_honest_strokes_are_found_where_they_stand_and_are_no_error(renderer):
    written, flower = evaluate(renderer, Unlettered(), WRITES, GOOD)
    rendering = written.sample.rendering
    [finding] = lettered(rendering)
    assert (rendering.status, rendering.kind) == ("ok", "")
    assert finding.message == "Letters, read as 'BEST'."
    assert 0.8 <= finding.value <= 1
    rows, columns = np.nonzero((rendering.image != rendering.image[0, 0]).any(axis=2))
    left, top, right, bottom = finding.box
    assert left <= columns.min() < columns.max() < right
    assert top <= rows.min() < rows.max() < bottom
    assert lettered(flower.sample.rendering) == []
    assert [written.score.value, flower.score.value] == [0.5, 1.0]


def test_letters_are_looked_for_only_where_the_reward_needs_it(renderer, detector):
    [plain] = evaluate(renderer, Indifferent(), GOOD)
    assert detector.seen == 0
    assert plain.sample.rendering.evidence == {"source", "image"}
    assert lettered(plain.sample.rendering) == []
    [asked] = evaluate(renderer, Unlettered(), GOOD)
    assert detector.seen == 1
    assert asked.sample.rendering.evidence == {"source", "image", "text"}
    [finding] = lettered(asked.sample.rendering)
    assert (finding.value, finding.box) == (0.9, (10, 20, 90, 40))
    assert asked.sample.rendering.status == plain.sample.rendering.status == "ok"
    assert asked.pixels_sha256 == plain.pixels_sha256


def test_the_async_form_records_them_too(renderer, detector):
    evaluator = Evaluator(renderer.canvas, Unlettered(), renderer)
    [result] = asyncio.run(evaluator.aevaluate([GOOD], [Task("poppy", "a poppy")]))
    assert lettered(result.sample.rendering)


def test_whoever_paints_without_a_reward_may_ask_too(renderer, detector):
    [(_, plain)] = paint(renderer.canvas, renderer, [GOOD], [1])
    [(_, asked)] = paint(renderer.canvas, renderer, [GOOD], [1], stages=TEXT)
    assert (lettered(plain), len(lettered(asked))) == ([], 1)


def test_a_picture_painted_before_an_error_is_looked_at_and_no_picture_has_no_letters(renderer, detector):
    kept, none = renderer.render([Job(THROWS_AFTERWARDS, 1, stages=TEXT), Job(NEVER_PAINTS, 1, stages=TEXT)])
    assert (kept.kind, none.kind) == ("runtime", "runtime")
    assert (kept.image is None, none.image is None) == (False, True)
    assert (len(lettered(kept)), lettered(none)) == (1, [])
    assert "text" in kept.evidence & none.evidence
    assert detector.seen == 1


def test_a_stage_that_is_not_recorded_on_request_is_refused(renderer):
    with pytest.raises(SpecError, match="'layout' cannot be asked for; p5brush records 'text' on request"):
        renderer.render([Job(GOOD, 1, stages=frozenset({"layout"}))])


def test_without_the_extra_the_evaluator_tells_the_way_out_before_anything_is_drawn(renderer, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "rapidocr_onnxruntime" else find(name)
    )
    with pytest.raises(MissingPart, match=r"pip install 'codepaint-env\[text\]'"):
        Evaluator(renderer.canvas, Unlettered(), renderer)
    Evaluator(renderer.canvas, Indifferent(), renderer)


def test_a_detector_that_fails_is_a_broken_machine_and_not_remembered(detector, tmp_path):
    renderer = Renderer(P5Brush(), workers=1, disk_cache=str(tmp_path))
    try:
        detector.error = MachineError("The text detector failed: out of memory")
        [broken] = evaluate(renderer, Unlettered(), GOOD)
        rendering = broken.sample.rendering
        assert (rendering.status, rendering.kind) == ("machine_error", "detector")
        assert "out of memory" in rendering.message
        assert broken.score.value is None
        detector.error = None
        [mended] = evaluate(renderer, Unlettered(), GOOD)
        assert mended.sample.rendering.ok
        assert detector.seen == 2
    finally:
        renderer.close()


def test_a_picture_kept_without_the_stage_is_extended_and_not_drawn_again(detector, tmp_path):
    renderer = Renderer(P5Brush(), workers=1, disk_cache=str(tmp_path))
    drawn = count_drawn(renderer)
    try:
        plain, asked, again, plain_again = (
            renderer.render([Job(GOOD, 1, stages=stages)])[0]
            for stages in (frozenset(), TEXT, TEXT, frozenset())
        )
    finally:
        renderer.close()
    assert (len(drawn), detector.seen) == (1, 1)
    assert [len(lettered(each)) for each in (plain, asked, again, plain_again)] == [0, 1, 1, 0]
    assert plain.identity == plain_again.identity != asked.identity == again.identity
    later = Renderer(P5Brush(), workers=1, disk_cache=str(tmp_path))
    drawn = count_drawn(later)
    try:
        [found] = later.render([Job(GOOD, 1, stages=TEXT)])
    finally:
        later.close()
    assert (len(drawn), detector.seen) == (0, 1)
    assert found.findings == asked.findings
    assert found.evidence == asked.evidence
    assert np.array_equal(found.image, asked.image)


def test_what_another_detector_found_does_not_answer(detector, tmp_path, monkeypatch):
    renderer = Renderer(P5Brush(), workers=1, disk_cache=str(tmp_path))
    try:
        renderer.render([Job(GOOD, 1, stages=TEXT)])
        monkeypatch.setattr("rewards.painted.letters.fingerprint", lambda: "a better detector")
        renderer.render([Job(GOOD, 1, stages=TEXT)])
    finally:
        renderer.close()
    assert detector.seen == 2


def test_a_picture_that_several_ask_for_at_once_is_looked_at_once(detector):
    renderer = Renderer(P5Brush(), workers=2, disk_cache=False)
    drawn = count_drawn(renderer)
    try:
        found = renderer.render([Job(GOOD, 1, stages=TEXT)] * 3 + [Job(GOOD, 1)])
    finally:
        renderer.close()
    assert (len(drawn), detector.seen) == (1, 1)
    assert [len(lettered(each)) for each in found] == [1, 1, 1, 0]


def test_others_are_drawn_while_a_picture_is_looked_at(renderer, monkeypatch):
    looking, painted, waited = threading.Event(), threading.Event(), []

    def slow(image):
        looking.set()
        waited.append(painted.wait(timeout=10))
        return []

    monkeypatch.setattr("rewards.painted.letters.text_areas", slow)
    monkeypatch.setattr("rewards.painted.letters.fingerprint", lambda: "a slow detector")

    async def draw():
        asked = asyncio.create_task(renderer.arender([Job(GOOD, 1, stages=TEXT)]))
        await asyncio.to_thread(looking.wait, 30)
        await renderer.arender([Job(OTHER, 1)])
        painted.set()
        await asked

    asyncio.run(draw())
    assert waited == [True]


def count_drawn(renderer):
    """Returns a list to which every drawing of this renderer adds its program."""
    here = renderer._here()
    drawn, backend = [], here.backend

    def watched(name):
        found = backend(name)
        if not hasattr(found, "watched"):
            found.watched, draw = True, found.draw
            found.draw = lambda job: drawn.append(job.program) or draw(job)
        return found

    here.backend = watched
    return drawn


# Pictures as data


def test_a_picture_brought_along_is_recorded_without_being_asked_for_and_is_no_error(renderer):
    program = GOOD.replace(
        "brush.fill", f"const pixels = {[n * n % 256 for n in range(NUMBERS)]};\n  brush.fill"
    )
    pasted, honest = evaluate(renderer, Indifferent(), f"Look:\n```js\n{program}\n```", GOOD)
    found = pasted.sample.rendering
    assert [finding.kind for finding in found.findings] == ["embedded"]
    assert (found.status, found.kind) == ("ok", "")
    assert honest.sample.rendering.findings == ()


def test_a_broken_off_program_with_a_picture_has_both_findings():
    found = P5Brush().extract(f"```js\nconst bytes = atob('{('aB3' * BASE64_CHARS)[:BASE64_CHARS]}');")
    assert [finding.kind for finding in found.findings] == ["truncated", "embedded"]
    assert re.search(r"2000 characters\.$", found.findings[1].message)
