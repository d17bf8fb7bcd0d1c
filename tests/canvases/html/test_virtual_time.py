"""A page's time: exact for timers, frames and animations, the same everywhere, and not to be told from real time."""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
from collections.abc import Iterator

import pytest

from codepaint_env.canvases.html.browser import browser
from codepaint_env.canvases.html.virtual_page import VirtualPage
from codepaint_env.render.browser.pipe import Pipe
from rewards import loop_thread
from visited_pages import page, script, visit

TIMED = page(
    """<style>
  @keyframes slide { to { left: 1000px } }
  #slider { position: absolute; left: 0; width: 40px; height: 40px; background: red; animation: slide 5s linear infinite }
  #grower { width: 100px; height: 20px; background: blue; transition: width 1s linear }
</style>
<div id=slider></div><div id=grower></div><canvas id=sheet width=300 height=200></canvas>
<script>
  var said = { frames: 0, ticks: 0, idle: 0, at: [], stamps: [] };
  const pen = sheet.getContext('2d');
  requestAnimationFrame(function frame(stamp) {
    said.frames++;
    said.stamps.push(stamp - performance.now());
    pen.fillStyle = `hsl(${said.frames} 80% 50%)`;
    pen.fillRect(Math.random() * 290, Math.random() * 190, 9, 9);
    requestAnimationFrame(frame);
  });
  setInterval(() => said.ticks++, 10);
  (function again() { requestIdleCallback(() => { said.idle++; again(); }); })();
  setTimeout(() => { grower.style.width = '500px'; said.at.push(performance.now(), Date.now()); }, 500);
  setTimeout(() => said.at.push(getComputedStyle(grower).width, getComputedStyle(slider).left), 1000);
  grower.addEventListener('transitionend', () => said.at.push('ended', performance.now()));
</script>"""
)


def test_timers_frames_transitions_and_animations_are_exact(pipe):
    said = visit(pipe, TIMED, settle_ms=2_384).said
    assert said["frames"] == 150  # of 16 ms in 2.4 s
    assert said["ticks"] == 240
    assert said["idle"] == 150
    assert said["at"][:2] == [500, 1_767_225_600_500]
    assert said["at"][2:4] == [
        "292px",
        "195.2px",
    ]  # at the frame before, 480 ms after that which began the transition
    assert said["at"][4:] == ["ended", 1520]
    assert set(said["stamps"]) == {0}


def test_two_pages_show_the_same_picture(pipe):
    first, second = (visit(pipe, TIMED, settle_ms=800) for _ in range(2))
    assert first == second


@contextlib.contextmanager
def busy(processes: int) -> Iterator[None]:
    """Keeps cores busy for as long as it lasts."""
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=_spin, daemon=True) for _ in range(processes)]
    for each in running:
        each.start()
    try:
        yield
    finally:
        for each in running:
            each.kill()
            each.join()


def _spin() -> None:
    while True:
        pass


def _hashes(documents: list[str]) -> list[str]:
    async def look() -> list[str]:
        found = []
        async with browser() as pipe:
            for document in documents:
                opened = VirtualPage(pipe)
                await opened.open(document, 7, settle_ms=800)
                found.append(hashlib.sha256(await opened.screenshot()).hexdigest())
                found.append(hashlib.sha256(await opened.screenshot(full=True)).hexdigest())
                await opened.close()
        return found

    return loop_thread.run(look())


def test_two_browsers_show_the_same_bytes_on_a_busy_machine(parts):
    spinning = page(
        "<canvas id=c></canvas><div style='height:1500px;background:linear-gradient(gold,teal)'></div><script>"
        "const gl = c.getContext('webgl'); let n = 0;"
        "(function f() { n += 0.01; gl.clearColor(n, 0.5, Math.random(), 1); gl.clear(gl.COLOR_BUFFER_BIT);"
        " requestAnimationFrame(f); })(); document.body.append(crypto.randomUUID())</script>"
    )
    quiet = _hashes([TIMED, spinning])
    with busy(3):
        assert _hashes([TIMED, spinning]) == quiet


@pytest.mark.full
def test_thirty_openings_on_a_busy_machine_count_the_same_frames(pipe):
    with busy(3):
        said = [visit(pipe, TIMED, settle_ms=480).said for _ in range(30)]
    # Not its stamps: those of events differ by a grain of 0.1 ms now and then.
    assert len({(each["frames"], each["ticks"], each["idle"]) for each in said}) == 1


def test_all_timers_of_an_instant_run_before_the_frame_that_is_drawn_then(pipe):
    said = visit(
        pipe,
        script("""
  let frames = 0;
  globalThis.said = [];
  requestAnimationFrame(function frame() { frames++; requestAnimationFrame(frame); });
  for (let n = 0; n < 30; n++) setInterval(() => {
    for (let k = 0; k < 2e5; k++);
    said.push(`${performance.now()} ms, ${frames} frames`);
  }, 48);"""),
        settle_ms=304,
    ).said
    assert len(said) == 180
    assert len(set(said)) == 6


def test_time_stands_still_between_two_looks(pipe):
    async def look() -> tuple[float, float]:
        opened = VirtualPage(pipe)
        await opened.open(TIMED, 1, settle_ms=160)
        times = []
        for _ in range(2):
            answer = await opened.session.send("Runtime.evaluate", {"expression": "performance.now()"})
            times.append(answer["result"]["value"])
        await opened.close()
        return times[0], times[1]

    first, second = loop_thread.run(look())
    assert first == second


def test_tasks_without_end_at_one_instant_do_not_stop_the_time(pipe):
    said = visit(
        pipe,
        script(
            "const { port1, port2 } = new MessageChannel(); port1.onmessage = () => port2.postMessage(0);"
            "port2.postMessage(0); setTimeout(() => { globalThis.said = performance.now(); }, 100)"
        ),
    ).said
    assert said == 100


def test_nothing_about_the_clock_shows_that_it_is_ours(pipe):
    said = visit(
        pipe,
        script("""
  const native = (f) => /^function [\\w ]*\\(\\) \\{ \\[native code\\] \\}$/.test(Function.prototype.toString.call(f));
  globalThis.said = {
    strange: [Date, Date.now, setTimeout, setInterval, requestAnimationFrame, requestIdleCallback, performance.now,
      Math.random, queueMicrotask, Element.prototype.animate, addEventListener, Function.prototype.toString]
      .filter((f) => !native(f)).map(String),
    own: [Object.keys(Date), Object.getOwnPropertyNames(performance), Object.getOwnPropertyNames(document)],
    webdriver: navigator.webdriver, agent: /Headless/.test(navigator.userAgent),
    brands: navigator.userAgentData.brands.filter((each) => /Headless/.test(each.brand)),
    hidden: document.hidden, focus: document.hasFocus(), hover: matchMedia('(hover: hover)').matches,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone, language: navigator.language,
    size: [innerWidth, innerHeight, devicePixelRatio],
  };"""),
    ).said
    assert said == {
        "strange": [],
        "own": [[], [], ["location"]],
        "webdriver": False,
        "agent": False,
        "brands": [],
        "hidden": False,
        "focus": True,
        "hover": True,
        "zone": "UTC",
        "language": "en-US",
        "size": [1280, 720, 1],
    }


def test_random_numbers_start_at_the_seed(pipe):
    chance = script(
        "globalThis.said = [Math.random(), crypto.randomUUID(), ...crypto.getRandomValues(new Uint8Array(4))]"
    )
    first, again, other = (visit(pipe, chance, seed=seed).said for seed in (3, 3, 4))
    assert first == again
    assert all(one != another for one, another in zip(first[:2], other[:2], strict=True))


def press(pipe: Pipe, document: str) -> list[object]:
    async def run() -> list[object]:
        opened = VirtualPage(pipe)
        await opened.open(document, 1, settle_ms=304)
        for kind, more in (
            ("mouseMoved", {}),
            ("mousePressed", {"button": "left", "clickCount": 1}),
            ("mouseReleased", {"button": "left", "clickCount": 1}),
        ):
            await opened.act("Input.dispatchMouseEvent", {"type": kind, "x": 60, "y": 60, **more})
        answer = await opened.session.send("Runtime.evaluate", {"expression": "JSON.stringify(said)"})
        await opened.close()
        return [answer["result"]["value"], opened.now_ms]

    return loop_thread.run(run())


def test_input_comes_at_the_pages_own_time_and_is_trusted(pipe):
    heard = page(
        "<button id=b style='width:200px;height:200px'>Press</button><script>const said = [];"
        "for (const kind of ['mousemove', 'mousedown', 'mouseup', 'click']) b.addEventListener(kind, (event) =>"
        " said.push([kind, event.isTrusted, performance.now(), Math.round(event.timeStamp)]))</script>"
    )
    assert press(pipe, heard) == [
        '[["mousemove",true,336,320],["mousedown",true,336,336],'
        '["mouseup",true,352,352],["click",true,352,352]]',
        368,
    ]
