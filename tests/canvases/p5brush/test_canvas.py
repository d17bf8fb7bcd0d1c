"""The p5.brush canvas finds programs in completions, fits pictures to the sheet, and samples sketches."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.p5brush.engine import parts
from codepaint_env.canvases.p5brush.engine.angles import mend_angles
from codepaint_env.canvases.p5brush.js import script
from codepaint_env.canvases.p5brush.page.mended import repeatable
from codepaint_env.render.backend import Job
from codepaint_env.render.browser import assets
from codepaint_env.render.paper import fit, on_white

canvas = P5Brush()
CODE = "function setup() {\n  createCanvas(512, 512, WEBGL);\n}"
THICK = "````"

SIZE = P5Brush.size_px


def kinds(extraction):
    return [finding.kind for finding in extraction.findings]


@pytest.mark.parametrize(
    "completion",
    [
        f"```js\n{CODE}\n```",
        f"```javascript\n{CODE}\n```\n",
        f"``` js title=flower\n{CODE}\n```  ",
        f"```\n{CODE}\n```",
        f"~~~js\n{CODE}\n~~~",
        f"{THICK}js\n{CODE}\n{THICK}",
        f"```js\n{CODE}\n`````",
        f"   ```js\n{CODE}\n   ```",
        f"1. The sketch:\n\n    ```js\n{CODE}\n    ```",
        f"Here it is:\n\n```js\n\n{CODE}\n\n\n```\n\nEnjoy!",
        f"```js\nold()\n```\nBetter:\n```js\n{CODE}\n```\nDone.",
        f"```js\n{CODE}\n```\nIt uses `random` and ```` ``` ````.",
        f"\ufeff```js\n{CODE}\n```",
        f"```js\n\ufeff{CODE}\n```",
        f"<think>```js\nwrong()\n``` hm</think>\n```js\n{CODE}\n```",
        f"\n <think>\n</think>{CODE}",
        f"```markdown\n# A flower\n```js\n{CODE}\n```\n",
        f"```js\nfunction se\n\nAgain:\n```js\n{CODE}\n```",
        CODE,
        f"\n\n{CODE}\n\n",
        f"\ufeff{CODE}",
    ],
)
def test_the_last_block_or_bare_code_is_the_program(completion):
    found = canvas.extract(completion)
    assert found.program == CODE
    assert (found.findings, found.refusal) == ((), None)


@pytest.mark.parametrize(
    ("completion", "program"),
    [
        (f"```js\n{CODE}", CODE),
        (f"```js\r\n{CODE}\r\n", CODE),
        (f"~~~js\n{CODE}\n```\n", f"{CODE}\n```"),
        (f"{THICK}js\n{CODE}\n```", f"{CODE}\n```"),
        (f"```js\nold()\n```\n```js\n{CODE[:30]}", CODE[:30]),
        (f"```js\n{CODE}\n```\nAnd now larger:\n```js\n", CODE),
        (f"```js\n{CODE}\n```\n```", CODE),
        (f"```markdown\n```js\n{CODE}\n```\n```", CODE),
    ],
)
def test_an_open_block_yields_what_is_there_and_a_finding(completion, program):
    found = canvas.extract(completion)
    assert (found.program, found.refusal) == (program, None)
    assert kinds(found) == ["truncated"]


def test_four_backticks_may_hold_three():
    body = f"/*\n```js\nexample()\n```\n*/\n{CODE}"
    assert canvas.extract(f"{THICK}js\n{body}\n{THICK}").program == body


def test_lines_may_end_as_on_windows():
    completion = f"Here:\n```js\n{CODE}\n```\nBye".replace("\n", "\r\n")
    found = canvas.extract(completion)
    assert found.program == CODE.replace("\n", "\r\n")
    assert (found.findings, found.refusal) == ((), None)


def test_indentation_inside_a_program_is_kept():
    assert canvas.extract("```js\n  a();\n    b();\n```").program == "  a();\n    b();"


@pytest.mark.parametrize(
    "completion", ["", " \n\t\n", "```js\n```", "<think>never ends ```js\nx()\n```", "\ufeff"]
)
def test_a_completion_without_code_is_refused(completion):
    found = canvas.extract(completion)
    assert found.refusal == ("no_program", "The completion holds no code.")


def test_an_open_block_without_a_body_is_refused():
    found = canvas.extract("Sure:\n```js\n")
    assert found.refusal == ("no_program", "The completion holds no code.")
    assert kinds(found) == ["truncated"]


def test_prose_is_taken_as_code_for_the_renderer_to_judge():
    assert canvas.extract("I cannot paint.").program == "I cannot paint."


def test_a_think_block_elsewhere_than_at_the_start_is_code():
    assert canvas.extract("x() // <think>").program == "x() // <think>"


def test_the_longest_completion_is_read_and_one_character_more_is_not():
    assert canvas.extract("x" * P5Brush.max_chars).refusal is None
    kind, message = canvas.extract("x" * (P5Brush.max_chars + 1)).refusal
    assert kind == "too_large"
    assert "100001 characters; 100000 are read" in message


def test_lone_surrogates_are_refused_before_they_reach_the_browser():
    kind, message = canvas.extract("```js\nx('\ud83d')\n```").refusal
    assert (kind, "lone surrogates" in message) == ("no_program", True)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("`~\n\r \tjsx<think>/\ufeff\ud800"), max_size=60))
def test_any_text_is_extracted_without_an_exception(completion):
    found = canvas.extract(completion)
    assert found.refusal or found.program.strip()


def paper(height, width, colour=(10, 20, 30)):
    return np.full((height, width, 3), colour, np.uint8)


def test_a_picture_of_the_right_size_is_kept_to_the_byte():
    picture = np.random.default_rng(0).integers(0, 256, (512, 512, 4), np.uint8)
    picture[..., 3] = 255
    image, notes = fit(on_white(picture), SIZE)
    assert (image == picture[..., :3]).all()
    assert (image.dtype, image.flags.c_contiguous, notes) == (np.uint8, True, [])


def test_premultiplied_alpha_is_laid_on_white():
    picture = np.zeros((512, 512, 4), np.uint8)
    picture[:, 256:] = (64, 0, 0, 128)  # half a layer of a red of 128
    image = on_white(picture)
    assert image[0, 0].tolist() == [255, 255, 255]
    assert image[0, 300].tolist() == [64 + 127, 127, 127]


def test_a_double_size_is_averaged_in_boxes():
    picture = paper(1024, 1024, (0, 0, 0))
    picture[::2, ::2] = 255
    image, [note] = fit(picture, SIZE)
    assert np.unique(image).tolist() == [64]
    assert (note.kind, note.message) == ("rescaled", "The canvas was 1024 x 1024 and is shown at 512 x 512.")


@pytest.mark.parametrize(
    ("width", "height", "fitted"),
    [
        (1024, 64, (512, 32)),
        (64, 1024, (32, 512)),
        (64, 64, (512, 512)),
        (600, 400, (512, 341)),
        (333, 999, (171, 512)),
        (511, 512, (511, 512)),
    ],
)
def test_odd_sizes_are_centred_on_white_paper(width, height, fitted):
    image, [note] = fit(paper(height, width), SIZE)
    assert image.shape == (512, 512, 3)
    rows, columns = np.nonzero((image == (10, 20, 30)).all(axis=2))
    assert (np.ptp(columns) + 1, np.ptp(rows) + 1) == fitted
    assert len(rows) == fitted[0] * fitted[1]
    assert abs(rows.min() - (511 - rows.max())) <= 1
    assert abs(columns.min() - (511 - columns.max())) <= 1
    assert (image == 255).all(axis=2).sum() == 512 * 512 - len(rows)
    assert f"{width} x {height}" in note.message


def test_row_0_is_the_top_of_the_canvas(renderer):
    halves = (
        'noStroke(); fill("#ff0000"); rect(-150, -100, 300, 100); fill("#0000ff"); rect(-150, 0, 150, 100);'
    )
    program = f"function setup() {{ createCanvas(300, 200, WEBGL); background(0, 255, 0); {halves} }}"
    [rendering] = renderer.render([Job(program, 1)])
    image = rendering.image
    assert image[120, 100].tolist() == image[120, 400].tolist() == [255, 0, 0]
    assert (image[380, 100].tolist(), image[380, 400].tolist()) == ([0, 0, 255], [0, 255, 0])
    assert image[20, 20].tolist() == [255, 255, 255]
    assert [finding.kind for finding in rendering.findings] == ["rescaled"]


def test_the_shader_patch_refuses_another_release_of_p5_brush():
    brush = assets.find().brush.read_text(encoding="utf-8")
    assert repeatable(brush) != brush
    with pytest.raises(ValueError, match="its blend shaders are others"):
        repeatable(brush.replace("maskColor.a==0.0", "maskColor.a<=0.0"))
    with pytest.raises(ValueError, match=r"p5\.brush is not the release that is patched here: '.+' x 0\."):
        repeatable(brush.replace("bt.ctx.lineWidth=0", "bt.ctx.lineWidth=1"))
    with pytest.raises(ValueError, match="its blend shaders are others"):
        repeatable(repeatable(brush))


def test_the_mended_angles_refuse_another_release_of_p5_brush():
    mended = mend_angles(parts.brush())
    assert parts.library() == mended != parts.brush()
    with pytest.raises(ValueError, match=r"p5\.brush is not the release that is mended here: '.+' x 0\."):
        mend_angles(mended)


def test_samples_are_varied_sketches_that_paint(renderer):
    programs = [canvas.sample(np.random.default_rng(seed)) for seed in range(5)]
    assert len(set(programs)) == 5
    assert programs[0] == canvas.sample(np.random.default_rng(0))
    assert [canvas.extract(program).program for program in programs] == [p.rstrip() for p in programs]
    renderings = renderer.render([Job(program, 1) for program in programs])
    assert [(rendering.status, rendering.message) for rendering in renderings] == [("ok", "")] * 5
    assert len({rendering.image.tobytes() for rendering in renderings}) == 5


def test_the_system_prompt_brings_an_example_that_paints(renderer):
    found = canvas.extract(canvas.system_prompt)
    assert (found.findings, found.refusal) == ((), None)
    [rendering] = renderer.render([Job(found.program, 1)])
    assert (rendering.status, rendering.message) == ("ok", "")


def test_the_canary_uses_every_brush_and_method_of_the_system_prompt():
    told = canvas.system_prompt
    brushes = set(re.findall(r'`"(\w+)"`', told.partition("brush.set(")[2].partition("\n")[0]))
    assert brushes == {"2B", "HB", "cpencil", "charcoal", "pen", "marker", "spray"}
    assert all(f'"{name}"' in script("canary.js") for name in brushes)
    methods = set(re.findall(r"^\| `brush\.(\w+)\(", told, re.MULTILINE))
    assert len(methods) == 8
    assert methods == set(re.findall(r"brush\.(\w+)\(", script("canary.js")))
    assert re.search(r'"in" : "out"', script("canary.js"))
