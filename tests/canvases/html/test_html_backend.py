"""Pages through the renderer: stages, pictures, findings, and the endings that are a page's own fault."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PIL import Image

from codepaint_env.canvases.html.browser import PipeLauncher
from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.canvases.html.opener import Opener
from codepaint_env.canvases.html.watch import PageStopped
from codepaint_env.render import scratch
from codepaint_env.render.backend import Job
from codepaint_env.render.browser.chromium import find_chromium
from codepaint_env.render.renderer import Renderer
from rewards import loop_thread
from rewards.errors import SpecError
from rewards.types import Rendering, Task
from visited_pages import page, script

Draw = Callable[..., Rendering]

SHOP = page(
    "<main><h1>Bread</h1><p>Baked this morning, sold until noon.</p><button>Add to basket</button><p id=count>0</p></main>"
    "<script>let n = 0; document.querySelector('button').onclick = () => { count.textContent = ++n + ' loaves' }</script>"
)
TALL = page("<h1>Top</h1><div style='height:3000px;background:linear-gradient(gold,teal)'></div>")


@pytest.fixture(scope="module")
def draw(parts: None) -> Iterator[Draw]:
    limits = {"cpu_s": 1.5, "elements": 500}
    renderer = Renderer(HTML(), workers=1, cache=0, options=limits)

    def one(document: str, **asked: object) -> Rendering:
        return renderer.render([Job(document, 1, **asked)])[0]

    yield one
    renderer.close()


def size_of(png: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(png)).size


def test_a_page_is_drawn_at_its_size_in_full_and_fitted_on_white(draw):
    drawn = draw(TALL)
    assert (drawn.status, drawn.kind, drawn.message) == ("ok", "", "")
    assert drawn.evidence == {"source", "lint", "image"}
    assert size_of(drawn.pictures["viewport"]) == (1280, 720)
    width, height = size_of(drawn.pictures["full"])
    assert width == 1280
    assert 3_000 < height < 3_200
    assert drawn.image is not None
    assert drawn.image.shape == (512, 512, 3)
    assert (drawn.image[:112] == 255).all()
    assert not (drawn.image[112:400] == 255).all()


def test_a_very_long_page_is_cut(draw):
    drawn = draw(page("<h1>Top</h1><div style='height:90000px;background:linear-gradient(gold,teal)'></div>"))
    assert size_of(drawn.pictures["full"]) == (1280, 4_320)


def test_the_same_page_gives_the_same_bytes_in_another_browser(draw):
    other = Renderer(HTML(), workers=1, cache=0, options={"cpu_s": 1.5, "elements": 500})
    try:
        [second] = other.render([Job(TALL, 1)])
    finally:
        other.close()
    first = draw(TALL)
    assert first.pictures == second.pictures
    assert np.array_equal(first.image, second.image)


def test_lint_errors_console_requests_and_uncaught_errors_are_findings_of_a_page_that_is_ok(draw):
    drawn = draw(
        page("<h1>Shop<img src=https://a.test/1.png alt=''><script>console.error('bad'); missing()</script>")
    )
    assert drawn.ok
    assert {finding.kind for finding in drawn.findings} >= {"lint", "console", "network", "page_error"}


@pytest.mark.parametrize(
    ("document", "kind", "words"),
    [
        (page("<p style='color:white'>hidden</p>"), "blank", "flat colour"),
        (script("for (;;);"), "work_limit", "CPU seconds"),
        (page("<i>x</i>" * 600), "work_limit", "elements"),
        (
            page("<p>here</p><script>setTimeout(() => { location = 'about:blank' }, 99)</script>"),
            "blank",
            "flat",
        ),
    ],
    ids=["blank", "loop", "elements", "gone"],
)
def test_what_ends_a_page_is_its_own_fault(draw, document, kind, words):
    drawn = draw(document, stages=frozenset({"interactions"}))
    assert (drawn.status, drawn.kind) == ("program_error", kind)
    assert words in drawn.message
    assert drawn.interactions == ()
    assert "interactions" in drawn.evidence


def test_the_page_that_lints_serves_the_next_document_even_after_it_was_ended(parts):
    async def lint_twice() -> tuple[object, object]:
        scratch.hold()
        process = await PipeLauncher().start(find_chromium())
        opener = Opener(process, HtmlLimits(cpu_s=0.3))
        try:
            with contextlib.suppress(PageStopped):
                await (await opener.tool()).run("() => { for (;;); }")
            return await (await opener.tool()).run("() => 'fresh'"), await (await opener.tool()).run(
                "() => 'same'"
            )
        finally:
            await opener.close()
            await process.browser.close()
            scratch.release()

    assert loop_thread.run(lint_twice()) == ("fresh", "same")


def test_a_document_that_is_too_long_is_not_opened(draw):
    drawn = draw(page("<h1>Hello</h1>" + " " * 400_000))
    assert (drawn.status, drawn.kind, drawn.image) == ("program_error", "too_large", None)


def test_a_page_is_audited_and_tried_out_where_that_is_asked_for(draw):
    task = Task("shop", "A shop", "html", steps=1)
    drawn = draw(SHOP, task=task, stages=frozenset({"layout", "interactions"}))
    assert drawn.evidence == {"source", "lint", "image", "layout", "interactions"}
    assert drawn.interactions is not None
    assert [(each.action, each.name, each.credited) for each in drawn.interactions] == [
        ("click", "Add to basket", True)
    ]
    assert {"step-1-before", "step-1-after"} <= set(drawn.pictures)


def test_a_click_that_asks_for_what_lies_outside_does_what_else_it_does(draw):
    asks = "n++; fetch('/a').catch(() => {}); main.append(Object.assign(new Image(), {src: '/b.png'}));"
    document = SHOP.replace("count.text", f"const main = document.querySelector('main'); {asks} count.text")
    assert document != SHOP
    drawn = draw(document, task=Task("shop", "A shop", "html", steps=1), stages=frozenset({"interactions"}))
    assert drawn.interactions is not None
    assert [each.credited for each in drawn.interactions] == [True]


def test_nothing_dearer_is_recorded_after_a_finding_that_settles_it(draw):
    broken = SHOP.replace("</main>", "")
    drawn = draw(broken, stages=frozenset({"layout", "interactions"}), stop=frozenset({"lint"}))
    assert drawn.ok
    assert drawn.evidence == {"source", "lint", "image"}
    assert drawn.interactions is None


def test_a_limit_that_pages_do_not_have_cannot_be_set():
    with pytest.raises(SpecError, match="geometry"):
        Renderer(HTML(), options={"geometry_cpu_s": 1.0})


@pytest.mark.full
def test_a_page_draws_the_same_after_hostile_ones(draw):
    before = draw(TALL)
    for code in ("for (;;);", "localStorage.x = 1; document.cookie = 'a=1'; history.pushState(0, '', '/x')"):
        draw(script(code))
    assert draw(TALL).pictures == before.pictures
