"""The page path: outcomes, limits, and what a sketch cannot reach."""

from __future__ import annotations

import contextlib
import hashlib
import socket
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.backend import Job
from codepaint_env.render.browser import launch
from codepaint_env.render.renderer import Renderer
from rewards.types import Rendering
from sketches import GOOD, OPEN, PETAL, TWELVE


def draw(renderer: Renderer, program: str, seed: int = 1) -> Rendering:
    return renderer.render([Job(program, seed)])[0]


def browser_processes(mark: str = "chrome") -> list[psutil.Process]:
    """Returns our Chromium processes whose command line holds a mark; those that end meanwhile are left out."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if mark in " ".join(process.cmdline()):
                found.append(process)
    return found


def busy_s(process: psutil.Process) -> float:
    """Returns the CPU seconds of a process; none of one that has ended."""
    try:
        return process.cpu_times().user
    except psutil.Error:
        return 0.0


def digest(rendering: Rendering) -> str:
    assert rendering.image is not None, rendering.message
    return hashlib.sha256(rendering.image.tobytes()).hexdigest()


def page_renderer(**options) -> Renderer:
    return Renderer(P5Brush(), path="page", cache=0, **options)


@pytest.fixture(scope="module")
def renderer():
    """One renderer of pages for the file."""
    renderer = page_renderer()
    yield renderer
    renderer.close()


@pytest.fixture(scope="module")
def strict():
    """A renderer whose limits are reached soon."""
    options = {"page_cpu_s": 3, "page_graphics_mb": 128, "page_memory_mb": 900}
    renderer = page_renderer(workers=1, options=options)
    yield renderer
    renderer.close()


@pytest.mark.parametrize("name", TWELVE)
def test_sketches_of_every_kind_are_painted(renderer, name):
    rendering = draw(renderer, TWELVE[name])
    assert (rendering.status, rendering.kind, rendering.message) == ("ok", "", "")
    assert rendering.image.shape == (512, 512, 3)
    assert rendering.image.dtype == np.uint8
    assert rendering.evidence == {"source", "image"}


ERRORS = {
    "unclosed": ("function setup( {", "syntax", "SyntaxError"),
    "prose": ("I'm sorry, I can't do that.", "syntax", "SyntaxError"),
    "python": ("import turtle\nturtle.forward(3)", "syntax", "SyntaxError"),
    "module": ("export default 3", "syntax", "SyntaxError"),
    "typescript": ("const x: number = 3; function setup() {}", "syntax", "SyntaxError"),
    "throws before setup": ('throw new Error("boom")', "runtime", "boom (line 1)"),
    "throws a number": ("throw 1", "runtime", "threw 1 (line 1)"),
    "throws in setup": (
        f"{OPEN}\nnull.x }}",
        "runtime",
        "TypeError: Cannot read properties of null (reading 'x') (line 2)",
    ),
    "throws in draw": (f"{OPEN} }} function draw() {{ foo() }}", "runtime", "foo is not defined"),
    "throws in a timer": (
        f"async {OPEN} await new Promise(() => setTimeout(() => foo(), 9)) }}",
        "runtime",
        "foo",
    ),
    "rejects": (f"{OPEN} {PETAL} Promise.reject(new Error('late')) }}", "runtime", "late"),
    "1.x name": (f"{OPEN} brush.bleed(0.2) }}", "runtime", "brush.bleed is not a function"),
    "WeakRef": (f"{OPEN} new WeakRef({{}}) }}", "runtime", "WeakRef is not defined"),
    "FinalizationRegistry": (f"{OPEN} new FinalizationRegistry(print) }}", "runtime", "is not defined"),
    "framebuffers without end": (
        f"{OPEN} const kept = []; for (;;) kept.push(createFramebuffer()) }}",
        "memory_limit",
        "more textures and buffers than it may",
    ),
    "nothing": ("   \n", "no_program", "no code"),
    "lone surrogate": ('"\ud800"', "no_program", "surrogates"),
    "too long": ("//" + "x" * 100_000, "too_large", "100002 characters"),
    "arrow setup": ("const setup = () => createCanvas(512, 512, WEBGL)", "no_setup", "no function setup()"),
    "blank white": (f"{OPEN} background(255) }}", "blank", "one flat colour"),
    "blank in colour": (f"{OPEN} background(90, 20, 40) }}", "blank", "one flat colour"),
    "no canvas": (f"function setup() {{ {PETAL} }}", "no_canvas", "WEBGL"),
    "2D canvas": (f"function setup() {{ createCanvas(512, 512); {PETAL} }}", "no_canvas", "WEBGL"),
    "only p5 in 2D": ("function setup() { createCanvas(512, 512); circle(9, 9, 9) }", "no_canvas", "WEBGL"),
    "canvas removed": (
        f"{OPEN} {PETAL} document.querySelector('canvas').remove() }}",
        "no_canvas",
        "no canvas",
    ),
    "huge canvas": ("function setup() { createCanvas(20000, 20000, WEBGL) }", "too_large", "20000 x 20000"),
    "tiny canvas": ("function setup() { createCanvas(10, 10, WEBGL) }", "too_small", "10 x 10"),
    "goes away": (f"{OPEN} {PETAL} location.href = 'http://127.0.0.1:9/' }}", "runtime", "navigated"),
    "reloads": (f"{OPEN} {PETAL} location.reload() }}", "runtime", "navigated"),
    "loses its context": (
        f"{OPEN} {PETAL} drawingContext.getExtension('WEBGL_lose_context').loseContext() }}",
        "runtime",
        "lost its WebGL context",
    ),
    "endless loop": ("while (true) {}", "work_limit", "3 CPU seconds"),
    "endless loop in draw": (f"{OPEN} }} function draw() {{ for (;;); }}", "work_limit", "3 CPU seconds"),
    "endless microtasks": (f"async {OPEN} for (;;) await 0 }}", "work_limit", "3 CPU seconds"),
    "endless regular expression": (
        f"{OPEN} /(a+)+$/.test('a'.repeat(60) + 'b') }}",
        "work_limit",
        "3 CPU seconds",
    ),
    "memory in typed arrays": (
        f"{OPEN} const a = []; for (;;) a.push(new Uint8Array(1e7).fill(1)) }}",
        "memory_limit",
        "900 MB",
    ),
    "memory in objects": (
        f"{OPEN} const a = []; for (;;) a.push({{ x: [1, 2, 3] }}) }}",
        "memory_limit",
        "900 MB",
    ),
    "one request too large": (
        f"{OPEN} const s = 'x'.repeat(2 ** 29 - 24); const a = []; for (;;) a.push(s.split('')) }}",
        "crash",
        "crashed",
    ),
    "never resolves": (f"async {OPEN} await new Promise(() => {{}}) }}", "never_finished", "never comes"),
    "endless timers": (
        f"async {OPEN} await new Promise(() => setInterval(() => {{}}, 10)) }}",
        "never_finished",
        "4000",
    ),
}


# Each takes three seconds or more; of endless work "endless loop" stays, and of waiting what the engine is asked.
ALIKE = {"never resolves", "endless loop in draw", "endless microtasks", "endless regular expression"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.full) if name in ALIKE else name for name in ERRORS]
)
def test_a_bad_program_is_data_with_a_kind_and_a_sentence(strict, name):
    program, kind, words = ERRORS[name]
    rendering = draw(strict, program)
    assert (rendering.status, rendering.kind) == ("program_error", kind), rendering.message
    assert words in rendering.message


def test_what_was_painted_before_an_error_is_kept_as_evidence(renderer):
    rendering = draw(renderer, f"{OPEN} {PETAL} }} function draw() {{ foo() }}")
    assert rendering.kind == "runtime"
    assert rendering.image.min() < 200


def test_console_output_and_a_rescaled_canvas_become_findings(renderer):
    rendering = draw(
        renderer,
        f"function setup() {{ createCanvas(600, 400, WEBGL); background(0, 0, 255); console.warn('hm', 3); {PETAL} }}",
    )
    assert [(finding.kind, finding.message) for finding in rendering.findings] == [
        ("console", "warning: hm 3"),
        ("rescaled", "The canvas was 600 x 400 and is shown at 512 x 341."),
    ]
    assert (rendering.image[0] == 255).all()
    assert (rendering.image[100, 5] == (0, 0, 255)).all()


def test_row_0_is_at_the_top_and_transparent_canvas_is_white_paper(renderer):
    program = "function setup() { createCanvas(512, 512, WEBGL); clear(); noStroke(); fill(255, 0, 0); rect(-256, -256, 512, 100); }"
    image = draw(renderer, program).image
    assert (image[50, 256] == (255, 0, 0)).all()
    assert (image[400, 256] == 255).all()


def test_pixel_density_does_not_change_the_size(renderer):
    program = (
        f"function setup() {{ pixelDensity(8); createCanvas(512, 512, WEBGL); background(250); {PETAL} }}"
    )
    rendering = draw(renderer, program)
    assert rendering.ok
    assert rendering.findings == ()


@pytest.mark.full
def test_heavy_honest_work_passes(renderer):
    washes = (
        f"{OPEN} for (let i = 0; i < 9; i++) {{ push(); rotate(i); brush.fill('#77aacc', 60); brush.fillBleed(0.3);"
        "brush.beginShape(0.6); for (let k = 0; k < 8; k++) brush.vertex(230 * cos(k * PI / 4), 230 * sin(k * PI / 4));"
        "brush.endShape(); pop(); } }"
    )
    assert draw(renderer, washes).ok


@pytest.mark.full
def test_a_loop_costs_its_sibling_nothing(renderer):
    options = {"page_cpu_s": 3}
    with_siblings = page_renderer(workers=2, options=options)
    try:
        before = digest(draw(with_siblings, GOOD))
        bad, good = with_siblings.render([Job("while (true) {}", 1), Job(GOOD, 1)])
        after = digest(draw(with_siblings, GOOD))
    finally:
        with_siblings.close()
    assert bad.kind == "work_limit"
    assert before == digest(good) == after


FORGERIES = {
    "readPixels": "WebGL2RenderingContext.prototype.readPixels = (a, b, c, d, e, f, p) => p.fill(7);",
    "toBase64": "Uint8Array.prototype.toBase64 = () => 'AAAA';",
    "toDataURL": "HTMLCanvasElement.prototype.toDataURL = () => 'AAAA';",
    "getElementById": "Document.prototype.getElementById = () => ({ getContext: () => null });",
    "array": "Array.prototype.map = () => []; Object.defineProperty = () => {}; JSON.stringify = () => '';",
    "stack": "Error.prepareStackTrace = () => { throw 1 };",
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_sketch_cannot_forge_its_picture(renderer, name):
    honest = digest(draw(renderer, f"{OPEN} {PETAL} }}"))
    assert digest(draw(renderer, f"{OPEN} {PETAL} {FORGERIES[name]} }}")) == honest


@pytest.mark.parametrize("namespace", [True, False], ids=["sealed as far as possible", "by flags only"])
def test_nothing_that_a_sketch_sends_reaches_a_listener(monkeypatch, namespace):
    if not namespace:
        monkeypatch.setattr(launch, "network_seal", lambda: ())
    heard: list[bytes] = []
    tcp = socket.create_server(("127.0.0.1", 0))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    port, udp_port = tcp.getsockname()[1], udp.getsockname()[1]

    def listen(receive) -> None:
        try:
            while True:
                heard.append(receive())
        except OSError:
            return

    threads = [
        threading.Thread(target=listen, args=(lambda: tcp.accept()[0].recv(100),), daemon=True),
        threading.Thread(target=listen, args=(lambda: udp.recv(100),), daemon=True),
    ]
    for thread in threads:
        thread.start()
    with socket.create_connection(("127.0.0.1", port)) as knock:
        knock.send(b"tcp")
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"udp", ("127.0.0.1", udp_port))
    while len(heard) < 2:  # the listeners do hear
        time.sleep(0.01)
    url = f"http://127.0.0.1:{port}/"
    program = f"""async function setup() {{
      createCanvas(512, 512, WEBGL); background(250); {PETAL}
      const tries = [
        () => fetch("{url}"), () => navigator.sendBeacon("{url}"), () => new WebSocket("ws://127.0.0.1:{port}/"),
        () => {{ const x = new XMLHttpRequest(); x.open("GET", "{url}"); x.send(); }},
        () => new EventSource("{url}"), () => {{ new Image().src = "{url}i.png"; }},
        () => new Worker("{url}w.js"), () => import("{url}m.js"), () => window.open("{url}"),
        () => new RTCPeerConnection({{ iceServers: [{{ urls: "stun:127.0.0.1:{udp_port}" }}] }}).createDataChannel("x"),
        () => navigator.serviceWorker.register("{url}s.js"),
        () => {{ document.head.innerHTML += '<link rel=prefetch href="{url}p"><link rel=preconnect href="{url}">' +
          '<link rel=dns-prefetch href="{url}"><link rel=stylesheet href="{url}c.css">'; }},
        () => {{ document.body.innerHTML += '<iframe src="{url}f"></iframe><object data="{url}o"></object>' +
          '<style>@font-face {{ font-family: x; src: url({url}x.woff) }} p {{ font-family: x }}</style><p>x</p>'; }},
        () => {{ const s = document.createElement("script"); s.type = "speculationrules";
          s.textContent = JSON.stringify({{ prerender: [{{ urls: ["{url}r"] }}] }}); document.head.append(s); }},
        () => {{ const a = document.createElement("a"); a.href = "{url}d"; a.download = "d"; a.click(); }},
        () => {{ const f = document.createElement("form"); f.action = "{url}f"; document.body.append(f); f.submit(); }},
      ];
      for (const attempt of tries) {{ try {{ await attempt(); }} catch (error) {{}} }}
      await new Promise((done) => setTimeout(done, 500));
    }}"""
    renderer = page_renderer(workers=1)
    try:
        rendering = draw(renderer, program)
        time.sleep(0.5)
    finally:
        renderer.close()
        tcp.close()
        udp.close()
    assert rendering.status == "program_error" or rendering.ok
    assert sorted(heard) == [b"tcp", b"udp"]


def test_nothing_is_stored_from_one_sketch_to_the_next(renderer):
    tries = "for (const write of [() => (localStorage.x = 1), () => (document.cookie = 'x=1'), () => (window.name = 'x')]) try { write() } catch (e) {}"
    draw(renderer, f"{OPEN} {tries} {PETAL} }}")
    rendering = draw(
        renderer,
        f"{OPEN} const seen = []; for (const read of [() => localStorage.x, () => document.cookie, () => window.name])"
        f" try {{ if (read()) seen.push(read()) }} catch (e) {{}} console.log('seen', seen.length); {PETAL} }}",
    )
    assert rendering.findings[0].message == "log: seen 0"


@pytest.mark.parametrize(
    "save",
    [
        "saveCanvas('leaked', 'png');",
        "const a = document.createElement('a'); a.download = 'leaked.png'; a.href = 'data:application/octet-stream,x';"
        " document.body.append(a); a.click();",
    ],
    ids=["p5", "link"],
)
def test_a_download_is_refused_and_the_picture_stays(renderer, save):
    honest = digest(draw(renderer, f"{OPEN} {PETAL} }}"))
    written: set[Path] = set()
    stop = threading.Event()

    def watch() -> None:  # what Chromium downloads lies here until its page is closed
        while not stop.wait(0.005):
            written.update(Path(tempfile.gettempdir()).glob("codepaint-*/run-*/playwright-artifacts*/*"))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        # The second sketch gives a download of the first the time to arrive.
        rendering, _ = (draw(renderer, f"{OPEN} {PETAL} {more} }}") for more in (save, ""))
    finally:
        stop.set()
        watcher.join()
    assert (rendering.status, rendering.message) == ("ok", "")
    assert digest(rendering) == honest
    assert written == set()


def test_dialogs_do_not_hold_a_sketch_up(renderer):
    assert draw(renderer, f"{OPEN} alert('a'); confirm('b'); prompt('c'); {PETAL} }}").ok


@pytest.mark.full
def test_a_killed_browser_is_replaced_and_the_picture_is_the_same():
    renderer = page_renderer(workers=1)
    try:
        wanted = digest(draw(renderer, GOOD))
        for process in browser_processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        assert digest(draw(renderer, GOOD)) == wanted
    finally:
        renderer.close()


@pytest.mark.full
def test_a_dead_graphics_process_is_not_the_programs_fault():
    renderer = page_renderer(workers=1)
    slow = f"{OPEN} for (let i = 0; i < 12; i++) {{ rotate(0.5); {PETAL} }} }}"
    try:
        wanted = digest(draw(renderer, slow))
        browsers = browser_processes("--type=gpu-process")
        before = {process.pid: busy_s(process) for process in browsers}
        killed = []

        def kill_when_it_draws() -> None:
            deadline = time.monotonic() + 20
            while not killed and time.monotonic() < deadline:
                for process in browsers:
                    if busy_s(process) > before[process.pid] + 0.2:
                        process.kill()
                        killed.append(process.pid)

        killer = threading.Thread(target=kill_when_it_draws)
        killer.start()
        after = draw(renderer, slow)
        killer.join()
    finally:
        renderer.close()
    assert killed
    assert (after.status, after.message) == ("ok", "")
    assert digest(after) == wanted


@pytest.mark.full
def test_a_page_that_is_killed_twice_in_a_row_is_a_machine_error():
    renderer = page_renderer(workers=1)
    slow = f"async {OPEN} {PETAL} for (let i = 0; i < 3e10; i++) if (i % 1e6 == 0) await 0 }}"
    stop = threading.Event()

    def kill_pages() -> None:
        while not stop.wait(0.1):
            for process in browser_processes("--type=renderer"):
                # Only a page that is in the middle of a program has used so much.
                if busy_s(process) > 0.6:
                    with contextlib.suppress(psutil.NoSuchProcess):
                        process.kill()

    draw(renderer, GOOD)
    killer = threading.Thread(target=kill_pages)
    killer.start()
    try:
        rendering = draw(renderer, slow)
    finally:
        stop.set()
        killer.join()
        renderer.close()
    assert rendering.status == "machine_error"
    assert rendering.image is None
