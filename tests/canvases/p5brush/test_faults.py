"""What breaks the machine costs a retry, never a picture or a score: kills, full disks, damage, floods, leftovers."""

from __future__ import annotations

import asyncio
import concurrent.futures
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import codepaint_env
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.p5brush.page.sealed_page import SealedPage
from codepaint_env.render import scratch
from codepaint_env.render.backend import Job
from codepaint_env.render.browser import assets
from codepaint_env.render.browser import fleet as browser_pool
from codepaint_env.render.browser.process import BrowserProcess
from codepaint_env.render.cache import RenderCache
from codepaint_env.render.renderer import Renderer
from kept_pictures import STAGES, painting, same
from live_processes import VICTIMS, browsers, living, marked, offspring, until
from places import SUPPORT
from rewards.errors import MissingPart
from rewards.types import Rendering
from sketches import GOOD, OPEN, PETAL

OFTEN = ("engine worker",)
EIGHT = [Job(f"{OPEN} translate({10 * n}, 0); {PETAL} }}", n) for n in range(8)]


def digests(renderings: list[Rendering]) -> list[str]:
    assert all(rendering.ok for rendering in renderings), [r.message for r in renderings if not r.ok]
    return [hashlib.sha256(rendering.image.tobytes()).hexdigest() for rendering in renderings]


@pytest.fixture(scope="module")
def engine() -> Iterator[Renderer]:
    renderer = Renderer(P5Brush(), path="engine", workers=2, cache=0)
    yield renderer
    renderer.close()


@pytest.fixture(scope="module")
def pages() -> Iterator[Renderer]:
    renderer = Renderer(P5Brush(), path="page", workers=2, cache=0)
    yield renderer
    renderer.close()


class InPeace(dict[str, list[str]]):
    """The eight pictures on each path, drawn undisturbed when they are first asked for."""

    def __init__(self, *renderers: Renderer) -> None:
        self.by_path = {renderer.path: renderer for renderer in renderers}

    def __missing__(self, path: str) -> list[str]:
        self[path] = digests(self.by_path[path].render(EIGHT))
        return self[path]


@pytest.fixture(scope="module")
def wanted(engine, pages) -> InPeace:
    return InPeace(engine, pages)


# Killed in the middle of a batch


@pytest.mark.parametrize(
    "victim",
    [name if name in OFTEN else pytest.param(name, marks=pytest.mark.full) for name in VICTIMS],
)
def test_a_process_killed_in_the_middle_of_a_batch_costs_no_picture(engine, pages, wanted, victim):
    renderer = engine if victim.startswith("engine") else pages
    batch_of = EIGHT if renderer is engine else EIGHT[:4]
    renderer.render(EIGHT[:2])
    drawing = VICTIMS[victim]()[0]
    drawing.suspend()  # so that it is surely in the middle of something
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        batch = threads.submit(renderer.render, batch_of)
        time.sleep(0.5)
        drawing.kill()
        assert digests(batch.result(120)) == wanted[renderer.path][: len(batch_of)]


def broken_by(monkeypatch: pytest.MonkeyPatch, deed: Callable[[SealedPage], object]) -> list[int]:
    """Does something to the browser in the middle of each program of a mark; returns where attempts are counted."""
    whole, attempts = SealedPage._draw, []

    async def draw(page: SealedPage, program: str, seed: int) -> object:
        if "// breaks" in program:
            attempts.append(page._browser.pid)
            done = asyncio.ensure_future(_awaited(deed(page)))
            await asyncio.wait({done}, timeout=1)
            done.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
            await asyncio.sleep(0.2)
        return await whole(page, program, seed)

    monkeypatch.setattr(SealedPage, "_draw", draw)
    return attempts


async def _awaited(result: object) -> None:
    if asyncio.iscoroutine(result) or isinstance(result, asyncio.Future):
        await result


def kill(mark: str, number: signal.Signals) -> Callable[[SealedPage], object]:
    def deed(page: SealedPage) -> None:
        processes = {kind: pid for pid, (kind, _) in page._browser._processes.items()}
        os.kill(processes[mark], number)

    return deed


ENDS = {
    "graphics crash": (lambda page: page._browser._session.send("Browser.crashGpuProcess"), "crash"),
    "browser crashes": (lambda page: page._browser._session.send("Browser.crash"), "crash"),
    "graphics killed": (kill("GPU", signal.SIGKILL), "browser"),
    "browser killed": (kill("browser", signal.SIGKILL), "browser"),
}


@pytest.mark.parametrize(
    "how",
    [name if name == "browser killed" else pytest.param(name, marks=pytest.mark.full) for name in ENDS],
)
def test_what_crashes_its_browser_twice_is_the_programs_fault_and_a_kill_is_not(
    pages, wanted, monkeypatch, how
):
    deed, kind = ENDS[how]
    attempts = broken_by(monkeypatch, deed)
    bad, good = pages.render([Job(f"{EIGHT[0].program} // breaks", 0), EIGHT[1]])
    assert (bad.status, bad.kind) == ("program_error" if kind == "crash" else "machine_error", kind)
    assert len(set(attempts)) == 2  # the second time in another browser
    assert digests([good]) == wanted["page"][1:2]


@pytest.mark.parametrize("first", ["killed", pytest.param("crashed", marks=pytest.mark.full)])
def test_one_crash_and_one_kill_are_the_machines_failure(pages, monkeypatch, first):
    def deed(page: SealedPage) -> object:
        crash = (len(attempts) == 1) == (first == "crashed")
        return (ENDS["graphics crash"] if crash else ENDS["graphics killed"])[0](page)

    attempts = broken_by(monkeypatch, deed)
    [rendering] = pages.render([Job(f"{EIGHT[0].program} // breaks", 0)])
    assert (rendering.status, len(attempts)) == ("machine_error", 2), (rendering.kind, rendering.message)


@pytest.mark.full
@pytest.mark.parametrize("kind", ["renderer", "GPU"])
def test_a_page_that_the_system_holds_up_is_not_taken_for_one_that_waits_in_vain(
    pages, wanted, monkeypatch, kind
):
    whole = SealedPage._draw

    async def draw(page: SealedPage, program: str, seed: int) -> object:
        held = [pid for pid, (name, _) in page._browser._processes.items() if name == kind]
        for pid in held:
            os.kill(pid, signal.SIGSTOP)
        asyncio.get_running_loop().call_later(4, lambda: [os.kill(pid, signal.SIGCONT) for pid in held])
        return await whole(page, program, seed)

    pages.render(EIGHT[:2])
    monkeypatch.setattr(SealedPage, "_draw", draw)
    monkeypatch.setattr(
        BrowserProcess, "ping", lambda browser: asyncio.sleep(0)
    )  # the sentinel is held up as well
    assert digests(pages.render(EIGHT[:2])) == wanted["page"][:2]


@pytest.mark.full
def test_a_browser_that_dies_while_its_next_page_is_opened_is_not_waited_for(pages, wanted, monkeypatch):
    whole, opened = SealedPage.prepare, []

    async def prepare(page: SealedPage) -> None:
        opened.append(page)
        if len(opened) == 1:
            os.kill(page._browser.pid, signal.SIGKILL)
            await asyncio.Event().wait()  # as Playwright does at times
        await whole(page)

    pages.close()
    monkeypatch.setattr(SealedPage, "prepare", prepare)
    started = time.monotonic()
    assert digests(pages.render(EIGHT[:1])) == wanted["page"][:1]
    assert time.monotonic() - started < browser_pool.START_S


# Memory that no limit of the page's own process covers


@pytest.mark.full
def test_blobs_that_the_browser_keeps_count_as_the_programs_memory():
    hoards = f"{OPEN} const a = []; for (;;) a.push(new Blob([new Uint8Array(5e7).fill(1)])); {PETAL} }}"
    renderer = Renderer(P5Brush(), path="page", workers=1, cache=0, options={"page_memory_mb": 900})
    try:
        [rendering] = renderer.render([Job(hoards, 1)])
    finally:
        renderer.close()
    assert (rendering.status, rendering.kind) == ("program_error", "memory_limit")


# A full disk


FULL = """
import json, logging, sys
from pathlib import Path
sys.path.insert(0, {support!r})
from sketches import GOOD
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
said = []
logging.getLogger().addHandler(type("H", (logging.Handler,), {{"emit": lambda self, r: said.append((r.levelname, r.getMessage()))}})())
renderer = Renderer(P5Brush(), path={path!r}, workers=1, disk_cache={folder!r})
drawn = renderer.render([Job(GOOD, 0)])
try:
    with Path({folder!r}).with_name("ballast").open("wb", buffering=0) as ballast:
        while True:
            ballast.write(bytes(4096))
except OSError as error:
    full = str(error)
drawn += renderer.render([Job(GOOD, 1), Job(GOOD, 2)])
renderer.close()
print(json.dumps([full, [[r.status, r.message, r.image is not None] for r in drawn], said]))
"""


def on_a_small_disk(disk: Path, path: str, temporary: Path) -> tuple[str, list[list[object]], list[str]]:
    """Draws three programs and fills the disk of the cache, of 4 MB, after the first; skips where none can be made.

    Returns:
        Why it was full, what came of each program, and the warnings.
    """
    disk.mkdir(exist_ok=True)
    mount = f'mount -t tmpfs -o size=4m tmpfs "{disk}"'
    unshare = ["unshare", "--user", "--map-root-user", "--mount"] if os.geteuid() else ["unshare", "--mount"]
    tried = subprocess.run([*unshare, "sh", "-c", mount], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"no small disk can be made here: {tried.stderr.strip()}")
    code = FULL.format(support=str(SUPPORT), path=path, folder=str(disk / "kept"))
    done = subprocess.run(
        [*unshare, "sh", "-c", f'{mount} && exec "$0" -c "$1"', sys.executable, code],
        capture_output=True,
        text=True,
        timeout=100,
        env=os.environ | {"TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    full, drawn, said = json.loads(done.stdout.splitlines()[-1])
    return full, drawn, [words for level, words in said if level == "WARNING"]


@pytest.mark.parametrize("path", ["engine", pytest.param("page", marks=pytest.mark.full)])
def test_a_disk_that_fills_up_costs_no_picture_and_one_warning(tmp_path, path):
    full, drawn, [warning] = on_a_small_disk(tmp_path / "disk", path, tmp_path)
    assert "No space left" in full
    assert drawn == [["ok", "", True]] * 3
    assert "Pictures are not kept" in warning


def test_no_room_for_temporary_files_costs_the_engine_nothing(tmp_path):
    _, drawn, _ = on_a_small_disk(tmp_path / "disk", "engine", tmp_path / "disk")
    assert drawn == [["ok", "", True]] * 3


@pytest.mark.full
def test_no_room_for_temporary_files_is_the_machines_failure_on_pages(tmp_path):
    _, drawn, _ = on_a_small_disk(tmp_path / "disk", "page", tmp_path / "disk")
    assert {status for status, _, _ in drawn} == {"machine_error"}
    assert all("MB are free" in message and "TMPDIR" in message for _, message, _ in drawn)


# Missing and damaged parts


@pytest.fixture
def copied_home(tmp_path, monkeypatch) -> Path:
    """A set-up of its own whose files are shared with the real one until they are damaged."""
    place = tmp_path / "home" / assets.folder().name
    for source in assets.folder().rglob("*"):
        if source.is_file():
            target = place / source.relative_to(assets.folder())
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(source, target)
            except OSError:  # on another disk
                shutil.copy2(source, target)
    monkeypatch.setenv("CODEPAINT_HOME", str(tmp_path / "home"))
    return place


def change_a_byte(path: Path) -> None:
    """Replaces a file by one of the same length in which one byte of the middle differs."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    mode = path.stat().st_mode
    path.unlink()
    path.write_bytes(data)
    path.chmod(mode)


@pytest.mark.parametrize("name", ["p5/p5.min.js", "p5.brush/p5.brush.js", "chromium/chrome"])
def test_a_part_with_one_changed_byte_is_named_and_paints_nothing(copied_home, name):
    change_a_byte(copied_home / name)
    renderer = Renderer(P5Brush(), path="page", workers=1, cache=0)
    try:
        for _ in range(2):
            with pytest.raises(MissingPart, match=rf"{name} is another file .*codepaint setup"):
                renderer.render([Job(GOOD, 1)])
    finally:
        renderer.close()
    assert browsers() == [] or copied_home.name not in str(browsers())


@pytest.mark.full
def test_parts_that_are_mended_are_found_by_the_same_renderer(copied_home):
    whole = (copied_home / "p5/p5.min.js").read_bytes()
    change_a_byte(copied_home / "p5/p5.min.js")
    renderer = Renderer(P5Brush(), path="page", workers=1, cache=0)
    try:
        with pytest.raises(MissingPart):
            renderer.render([Job(GOOD, 1)])
        (copied_home / "p5/p5.min.js").write_bytes(whole)
        assert renderer.render([Job(GOOD, 1)])[0].ok
    finally:
        renderer.close()


# Many at once


@pytest.mark.parametrize("path", ["engine", pytest.param("page", marks=pytest.mark.full)])
def test_64_requests_at_once_from_several_threads_and_loops_are_all_right(engine, pages, wanted, path):
    renderer = engine if path == "engine" else pages

    async def ask(thread: int) -> list[str]:
        order = [(thread + 3 * n) % 8 for n in range(16)]
        drawn = await asyncio.gather(*(renderer.arender([EIGHT[n]]) for n in order))
        return [f"{n} {digests(one)[0]}" for n, one in zip(order, drawn, strict=True)]

    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        told = [line for lines in threads.map(lambda n: asyncio.run(ask(n)), range(4)) for line in lines]
    assert len(told) == 64
    assert set(told) == {f"{n} {digest}" for n, digest in enumerate(wanted[path])}


@pytest.mark.parametrize("path", ["engine", pytest.param("page", marks=pytest.mark.full)])
def test_cancelled_calls_cost_the_others_nothing(path, wanted):
    options = {"engine": {"recorder_cpu_s": 600}, "page": {"page_cpu_s": 600}}[
        path
    ]  # only cancelling ends the loops in time
    renderer = Renderer(P5Brush(), path=path, workers=2, cache=0, options=options)

    async def ask() -> list[Rendering]:
        loops = [asyncio.ensure_future(renderer.arender([Job(f"for (;;); // {n}", n)])) for n in range(4)]
        good = asyncio.ensure_future(renderer.arender(EIGHT[:4]))
        await asyncio.sleep(0.5)
        for loop in loops:
            loop.cancel()
        ends = await asyncio.gather(*loops, return_exceptions=True)
        assert all(isinstance(end, asyncio.CancelledError) for end in ends)
        return await good

    try:
        started = time.monotonic()
        assert digests(asyncio.run(ask())) == wanted[path][:4]
        assert time.monotonic() - started < 120
    finally:
        renderer.close()


@pytest.mark.full
@pytest.mark.parametrize("name", ["raster.wasm", "maths.wasm", "p5.brush.js"])
@pytest.mark.parametrize("change", ["lost", "a byte"])
def test_an_engine_with_a_damaged_part_paints_nothing_and_doctor_names_it(tmp_path, name, change):
    copy = tmp_path / "src"
    shutil.copytree(
        Path(codepaint_env.__file__).parents[1], copy, ignore=shutil.ignore_patterns("__pycache__")
    )
    part = copy / "codepaint_env/canvases/p5brush/engine" / name
    held = bytearray(part.read_bytes())
    held[len(held) // 2] ^= 1
    part.unlink()
    if change == "a byte":
        part.write_bytes(held)
    environment = os.environ | {"PYTHONPATH": str(copy), "CODEPAINT_HOME": str(tmp_path / "none")}
    command = [sys.executable, "-c", "from codepaint_env.cli.main import main; main(['doctor'])"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    [line] = [line for line in done.stdout.splitlines() if line[2:].startswith("engine ")]
    assert done.returncode == 1
    assert line.startswith("✗")
    assert (name if change == "a byte" or name.endswith(".wasm") else "not set up") in line, line


# One cache folder for two processes


SHARES = """
import sys, time
from pathlib import Path
sys.path.insert(0, {support!r})
from kept_pictures import STAGES, painting, same
from codepaint_env.render.cache import RenderCache
cache = RenderCache(0, Path(sys.argv[1]))
print("ready", flush=True)
for turn in range(int(sys.argv[2])):
    number = turn * int(sys.argv[3]) % 30
    wanted = painting(str(number), number, size_px=256)
    kept = cache.get(str(number), STAGES)
    assert kept is None or same(kept, wanted)
    cache.put(wanted)
"""


def test_a_process_killed_while_it_writes_leaves_no_damage_to_those_that_share_its_folder(tmp_path):
    code = SHARES.format(support=str(SUPPORT))

    def start(turns: int, step: int) -> subprocess.Popen[str]:
        words = [sys.executable, "-c", code, str(tmp_path), str(turns), str(step)]
        return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    steady, doomed = start(90, 7), start(100_000, 11)
    assert doomed.stdout is not None
    assert doomed.stdout.readline() == "ready\n"
    until(lambda: len(list(tmp_path.glob("*.val"))) > 3, "nothing was written")
    doomed.kill()
    doomed.communicate(timeout=30)
    assert (steady.communicate(timeout=60)[1], steady.returncode) == ("", 0)
    cache = RenderCache(0, tmp_path)
    for number in range(30):
        wanted = painting(str(number), number, size_px=256)
        if cache.get(str(number), STAGES) is None:  # what the dead one was writing is drawn once more
            cache.put(wanted)
        kept = cache.get(str(number), STAGES)
        assert kept is not None
        assert same(kept, wanted)


# The parent is killed


DOOMED = """
import sys, threading
sys.path.insert(0, {support!r})
from sketches import GOOD
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
renderer = Renderer(P5Brush(), path={path!r}, workers=2, cache=0, options={options!r})
assert renderer.render([Job(GOOD, 1)])[0].ok
threading.Thread(target=renderer.render, args=([Job("for (;;);", 1), Job("for (;;);", 2)],), daemon=True).start()
print("ready", flush=True)
threading.Event().wait()
"""


@pytest.mark.parametrize(
    ("path", "also"),
    [
        ("engine", None),
        *(pytest.param("page", also, marks=pytest.mark.full) for also in (None, "run-driver")),
    ],
    ids=["engine", "page", "page and Playwright's process"],
)
def test_nothing_stays_of_a_parent_that_is_killed_in_the_middle_of_a_batch(tmp_path, path, also):
    options = {"engine": {"recorder_cpu_s": 90}, "page": {"page_cpu_s": 90}}[path]
    code = DOOMED.format(support=str(SUPPORT), path=path, options=options)
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"ready\n"
    time.sleep(1.0)  # both loops run
    started = offspring(parent.pid)
    assert len(started) >= 2
    victims = marked(started, also) if also else []
    parent.kill()
    for victim in victims:
        victim.kill()
    parent.wait()
    until(lambda: not living(started), f"they outlived their parent: {living(started)}")
    sweep = "from codepaint_env.render import scratch; scratch.sweep()"
    subprocess.run([sys.executable, "-c", sweep], env=environment, check=True)
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "lock"] == []
    assert list(tmp_path.glob("playwright*")) == list(tmp_path.glob("*/run-*")) == []


# Leftovers


ENDS_OPEN = """
import sys
sys.path.insert(0, {support!r})
from sketches import GOOD
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
renderer = Renderer(P5Brush(), path={path!r}, workers=1, cache=0)
print(renderer.render([Job(GOOD, 1)])[0].status)
"""


@pytest.mark.parametrize("path", ["engine", pytest.param("page", marks=pytest.mark.full)])
def test_a_process_that_ends_without_closing_leaves_nothing_and_says_nothing(tmp_path, path):
    code = ENDS_OPEN.format(support=str(SUPPORT), path=path)
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("ok\n", "", 0)
    assert [each.name for each in tmp_path.rglob("*") if each.name != "lock"] in ([], [scratch.parent().name])
