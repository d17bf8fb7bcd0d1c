"""Renderings are kept in memory and on disk, safely, and only as long as they are the ones that were asked for."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import pickle
import sqlite3
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.p5brush.engine import parts
from codepaint_env.canvases.p5brush.engine.backend import EngineBackend
from codepaint_env.canvases.p5brush.limits import EngineLimits, PageLimits
from codepaint_env.render import cache as cache_module
from codepaint_env.render.backend import Job
from codepaint_env.render.cache import RenderCache, cache_folder
from codepaint_env.render.identity import identity_of
from codepaint_env.render.renderer import Renderer
from codepaint_env.render.shared_renderer import shared_renderer
from kept_pictures import STAGES, painting, same, told_of
from places import SUPPORT
from rewards.errors import MachineError, SpecError
from rewards.types import Finding, Interaction, Rendering
from sketches import GOOD

THROWS = "function setup() { throw new Error('no paint') }"


def values(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.val"))


@pytest.fixture
def folder(tmp_path):
    yield tmp_path / "kept"
    cache_module._drawn_by.cache_clear()


# In memory


def test_memory_keeps_the_most_recent_and_stands_before_the_disk(folder):
    cache = RenderCache(2, folder)
    first, second, third = (painting(name, size_px=8) for name in "abc")
    for rendering in (first, second, third):
        cache.put(rendering)
    assert cache.recall("a", STAGES) is None
    assert cache.get("c", STAGES) is third
    assert (cache.hits_memory, cache.hits_disk, cache.misses) == (1, 0, 0)
    back = cache.get("a", STAGES)
    assert back is not None
    assert same(back, first)
    assert cache.get("a", STAGES) is back  # from memory now
    assert (cache.hits_memory, cache.hits_disk, cache.misses) == (2, 1, 0)
    assert cache.get("d", STAGES) is None
    assert cache.misses == 1


def test_what_is_not_yet_written_is_told_from_memory_in_any_case(folder):
    cache = RenderCache(1, folder)
    first, second = painting("a", size_px=8), painting("b", size_px=8)
    assert cache.keep(first)
    assert cache.keep(second)
    assert cache.recall("a", STAGES) is first
    cache.write(first)
    assert cache.recall("a", STAGES) is None
    assert same(cache.get("a", STAGES), first)
    assert not RenderCache(1).keep(first)  # no folder: there is nothing to write


def test_a_cache_of_size_zero_keeps_nothing_in_memory():
    cache = RenderCache(0)
    cache.put(painting("a", size_px=8))
    assert cache.get("a", STAGES) is None


def test_memory_has_room_for_64_paintings_of_512_pixels():
    cache = RenderCache(100)
    image = painting("").image
    for number in range(64):
        cache.put(Rendering("ok", image=image, evidence=STAGES, identity=str(number)))
    assert all(cache.recall(str(number), STAGES) for number in range(64))


PNG = bytes(400_000)
WORDS = "x" * 400_000
STEP = Interaction(1, "type", "textbox", "Name", "#name", None, WORDS, "", None, "")


@pytest.mark.parametrize(
    "heavy",
    [
        {"image": np.zeros((400, 1_000, 3), np.uint8)},
        {"pictures": {"full": PNG, "viewport": PNG, "step-1-before": PNG}},
        {"message": 3 * WORDS},
        {"findings": (Finding("console", 3 * WORDS),)},
        {"interactions": (STEP, replace(STEP, selector=WORDS, box=(1, 2, 3, 4)))},
    ],
    ids=lambda heavy: next(iter(heavy)),
)
def test_memory_is_bounded_in_bytes_whatever_holds_them(monkeypatch, heavy):
    monkeypatch.setattr(cache_module, "MEMORY_MB", 3)
    cache = RenderCache(100)
    for name in "abc":
        cache.put(Rendering("ok", evidence=STAGES, identity=name, **heavy))
    assert [cache.recall(name, STAGES) is not None for name in "abc"] == [False, True, True]


def test_a_rendering_that_memory_has_no_room_for_drives_out_no_other(folder, monkeypatch):
    monkeypatch.setattr(cache_module, "MEMORY_MB", 1)
    cache = RenderCache(100, folder)
    cache.put(painting("a", size_px=8))
    cache.put(replace(painting("b", size_px=8), pictures={"full": bytes(1_000_000)}))
    assert cache.recall("a", STAGES) is not None
    assert cache.recall("b", STAGES) is None
    assert cache.get("b", STAGES).pictures == {"full": bytes(1_000_000)}


def test_a_rendering_that_is_put_again_counts_once(monkeypatch):
    monkeypatch.setattr(cache_module, "MEMORY_MB", 1)
    cache = RenderCache(100)
    for _ in range(5):
        for name in "ab":
            cache.put(replace(painting(name, size_px=8), pictures={"full": bytes(400_000)}))
    assert cache.recall("a", STAGES) is not None


def test_a_rendering_that_cannot_be_written_is_kept_in_memory_and_said_once(folder, caplog):
    cache = RenderCache(4, folder)
    cache.put(replace(painting("a", size_px=8), findings=(Finding("text", "words", float("nan")),)))
    assert cache.recall("a", STAGES) is not None
    [record] = caplog.records
    assert "findings[0].value" in record.getMessage()
    assert values(folder) == []


@pytest.mark.parametrize("disk", [True, False])
def test_a_machine_failure_is_never_kept(folder, disk):
    cache = RenderCache(4, folder if disk else None)
    cache.put(Rendering("machine_error", "browser", "it died", evidence=STAGES, identity="a"))
    assert cache.get("a", STAGES) is None
    assert RenderCache(4, folder).get("a", frozenset()) is None


@pytest.mark.parametrize("size", [0, 4])
def test_a_record_that_lacks_a_stage_is_not_served_as_if_it_were_whole(folder, size):
    cache = RenderCache(size, folder)
    cache.put(replace(painting("a", size_px=8), evidence=frozenset({"source"})))
    assert cache.get("a", STAGES) is None
    assert cache.get("a", frozenset({"source"})) is not None
    cache.put(painting("a", size_px=8))
    assert cache.get("a", STAGES) is not None
    assert cache.get("a", frozenset({"source"})) is not None


# On disk


def test_all_that_a_rendering_holds_comes_back_and_nobody_can_paint_over_it(folder):
    kept = Rendering(
        "program_error",
        "runtime",
        "it threw \ud800 …",
        painting("", 3).image,
        (Finding("console", "log: 1"), Finding("text", "words", 0.25, (1, 2, 3, 4))),
        (
            Interaction(
                1, "click", "button", "Add", "#add", (1, 2, 3, 4), "a line", "", False, "step-1-after"
            ),
        ),
        STAGES,
        "a",
        {"viewport": b"\x89PNG one", "step-1-after": b"\x89PNG two"},
    )
    RenderCache(4, folder).put(kept)
    found = RenderCache(4, folder).get("a", STAGES)
    assert found is not None
    assert same(found, kept)
    with pytest.raises(ValueError, match="read-only"):
        found.image[0, 0] = 0
    with pytest.raises(ValueError, match="cannot set WRITEABLE"):
        found.image.flags.writeable = True


def test_a_program_error_without_a_picture_is_kept_too(folder):
    RenderCache(4, folder).put(Rendering("program_error", "syntax", "no", evidence=STAGES, identity="a"))
    found = RenderCache(4, folder).get("a", STAGES)
    assert (found.status, found.kind, found.image) == ("program_error", "syntax", None)


def test_the_folder_is_bounded_and_what_was_used_longest_ago_goes_first(folder):
    cache = RenderCache(0, folder, disk_mb=4)
    for number in range(40):
        cache.put(painting(str(number), number))
        assert cache.get("0", STAGES) is not None  # kept alive by its use
        assert sum(path.stat().st_size for path in values(folder)) < 4.5e6
    assert len(values(folder)) < 30
    assert cache.get("1", STAGES) is None
    assert cache.get("39", STAGES) is not None


def test_renderings_of_other_code_are_not_served(folder, monkeypatch):
    RenderCache(0, folder).put(painting("a"))
    assert RenderCache(0, folder).get("a", STAGES) is not None
    monkeypatch.setattr(cache_module, "_DRAWING", ("codepaint_env/canvases",))
    cache_module._drawn_by.cache_clear()
    assert RenderCache(0, folder).get("a", STAGES) is None


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flip(data: bytes) -> bytes:
    return data[:5000] + bytes([data[5000] ^ 1]) + data[5001:]


@pytest.mark.parametrize("damage", [cut, flip, lambda data: b"", lambda data: pickle.dumps({})])
def test_a_damaged_entry_is_a_miss_and_removed(folder, damage):
    RenderCache(0, folder).put(painting("a"))
    [path] = values(folder)
    path.write_bytes(damage(path.read_bytes()))
    cache = RenderCache(0, folder)
    assert cache.get("a", STAGES) is None
    assert values(folder) == []
    cache.put(painting("a"))
    assert cache.get("a", STAGES) is not None


def test_an_entry_in_the_place_of_another_is_a_miss(folder):
    cache = RenderCache(0, folder)
    cache.put(painting("a"))
    [first] = values(folder)
    cache.put(painting("b", 1))
    [second] = set(values(folder)) - {first}
    first.write_bytes(second.read_bytes())
    assert cache.get("a", STAGES) is None
    assert cache.get("b", STAGES) is not None


def test_a_file_that_has_gone_is_a_miss(folder):
    cache = RenderCache(0, folder)
    cache.put(painting("a"))
    values(folder)[0].unlink()
    assert cache.get("a", STAGES) is None
    cache.put(painting("a"))
    assert cache.get("a", STAGES) is not None


class Bomb:
    """Unpickling it leaves a mark."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.mark),)


@pytest.mark.parametrize("in_file", [True, False])
def test_a_poisoned_folder_runs_no_code_and_reaches_no_other_file(folder, tmp_path, in_file):
    cache = RenderCache(0, folder)
    cache.put(painting("a"))
    mark, outside = tmp_path / "mark", tmp_path / "outside"
    outside.write_bytes(pickle.dumps(Bomb(mark)))
    with sqlite3.connect(folder / "cache.db") as poisoned:
        name, value = ("../outside", None) if in_file else (None, outside.read_bytes())
        poisoned.execute("UPDATE Cache SET mode = 4, filename = ?, value = ?", (name, value))
    assert cache.get("a", STAGES) is None
    cache.put(painting("a"))
    assert cache.get("a", STAGES) is not None
    assert not mark.exists()
    assert outside.exists()


# A folder that cannot be used


def not_writable(folder: Path) -> None:
    folder.parent.joinpath("kept").write_text("a file is in its place")


def no_database(folder: Path) -> None:
    folder.mkdir()
    (folder / "cache.db").write_bytes(b"this is not SQLite" * 1000)


@pytest.mark.parametrize("ruin", [not_writable, no_database])
def test_a_folder_that_cannot_be_used_means_no_cache_and_one_warning(folder, caplog, ruin):
    ruin(folder)
    with caplog.at_level(logging.WARNING):
        for cache in (RenderCache(1, folder), RenderCache(1, folder)):
            for name in "ab":
                cache.put(painting(name, size_px=8))
                assert cache.recall(name, STAGES) is not None
            assert cache.get("a", STAGES) is None
    [record] = caplog.records
    assert str(folder) in record.getMessage()
    assert "CODEPAINT_CACHE" in record.getMessage()


def test_a_full_disk_means_no_cache_and_leaves_no_halves(folder, caplog, monkeypatch):
    cache = RenderCache(0, folder)
    cache.put(painting("a"))
    wanted = values(folder)
    whole = Path.write_bytes

    def half(path: Path, data: bytes) -> int:
        whole(path, data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with caplog.at_level(logging.WARNING):
        cache.put(painting("b"))
        cache.put(painting("c"))
    assert values(folder) == wanted
    [record] = caplog.records
    assert "No space left" in record.getMessage()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_without_the_right_to_write_means_no_cache(folder, caplog):
    folder.mkdir(mode=0o500)
    RenderCache(0, folder).put(painting("a"))
    assert len(caplog.records) == 1


# Several processes

WRITE_AND_READ = """
import sys
from pathlib import Path
from codepaint_env.render.cache import RenderCache
from kept_pictures import STAGES, painting, same
cache = RenderCache(0, Path(sys.argv[1]), disk_mb=int(sys.argv[2]))
found = 0
for turn in range(60):
    number = (turn * int(sys.argv[3])) % 20
    wanted = painting(str(number), number, size_px=128)
    kept = cache.get(str(number), STAGES)
    if kept is None:
        cache.put(wanted)
    else:
        assert same(kept, wanted)
        found += 1
print(found, cache.hits_disk, cache.misses)
"""


@pytest.mark.parametrize("disk_mb", [100, 1], ids=["roomy", "with evictions"])
def test_processes_may_write_and_read_at_once(folder, disk_mb):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(SUPPORT), *sys.path])}
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE_AND_READ, str(folder), str(disk_mb), str(step)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            text=True,
        )
        for step in (1, 3, 7)
    ]
    told = [run.communicate(timeout=120) for run in runs]
    assert [error for _, error in told] == [""] * 3
    counts = [[int(word) for word in out.split()] for out, _ in told]
    assert all(found == hits and hits + misses == 60 for found, hits, misses in counts)
    if disk_mb == 100:
        assert sum(misses for _, _, misses in counts) <= 3 * 20
        assert min(found for found, _, _ in counts) >= 40


def _use_in_child(cache: RenderCache, queue) -> None:
    found = cache.get("a", STAGES)
    cache.put(painting("b", 1))
    queue.put(found is not None and same(found, painting("a")))


def test_a_forked_child_goes_on_with_the_folder(folder):
    cache = RenderCache(0, folder)
    cache.put(painting("a"))
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    with cache._lock:  # as if another thread were in the middle of something
        child = context.Process(target=_use_in_child, args=(cache, queue))
        child.start()
    assert queue.get(timeout=30)
    child.join(timeout=30)
    assert child.exitcode == 0
    assert cache.get("b", STAGES) is not None
    assert cache.get("a", STAGES) is not None


def test_a_hit_takes_a_few_milliseconds(folder, capsys):
    RenderCache(0, folder).put(painting("a"))
    cache = RenderCache(0, folder)
    seconds = []
    for _ in range(50):
        started = time.perf_counter()
        assert cache.get("a", STAGES) is not None
        seconds.append(time.perf_counter() - started)
    with capsys.disabled():
        print(
            f"\na hit on disk: median {1000 * statistics.median(seconds):.2f} ms, first {1000 * seconds[0]:.0f}"
        )


# In the renderer


def drawn(jobs: list[Job], **options: object) -> tuple[list[Rendering], RenderCache]:
    renderer = Renderer(P5Brush(), workers=1, **options)
    try:
        return renderer.render(jobs), renderer.cache
    finally:
        renderer.close()


def counts(cache: RenderCache) -> tuple[int, int, int]:
    return cache.hits_memory, cache.hits_disk, cache.misses


def test_a_renderer_draws_what_its_folder_lacks_and_a_later_one_draws_none_of_it(folder):
    jobs = [Job(GOOD, 1), Job(GOOD, 1), Job(GOOD, 2), Job(THROWS, 1)]
    first, cache = drawn(jobs, disk_cache=str(folder))
    assert counts(cache) == (0, 0, 3)
    assert len({rendering.identity for rendering in first}) == 3
    second, cache = drawn(jobs, disk_cache=str(folder))
    assert counts(cache) == (0, 3, 0)
    for was, now in zip(first, second, strict=True):
        assert told_of(was) == told_of(now)
        assert (was.image is None and now.image is None) or np.array_equal(was.image, now.image)
    options = {"geometry_cpu_s": 19}
    third, cache = drawn([Job(GOOD, 1)], disk_cache=str(folder), options=options)
    assert counts(cache) == (0, 0, 1)
    assert third[0].identity != first[0].identity


LEAVES = """
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
renderer = Renderer(P5Brush(), workers=1, disk_cache={folder!r})
print(renderer.render([Job({program!r}, 1)])[0].status, renderer.counters()["cache_hits"])
"""


def test_a_process_that_ends_without_closing_leaves_nothing_unwritten(folder):
    code = LEAVES.format(folder=str(folder), program=GOOD)
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True) for _ in range(2)]
    assert [(run.stdout.split(), run.stderr) for run in runs] == [(["ok", "0"], ""), (["ok", "1"], "")]


def test_the_identity_differs_by_seed_program_options_limits_and_set_up():
    canvas, limits, setup = P5Brush(), PageLimits(), {"browser": "1"}
    frames = [asyncio.run(EngineBackend(n, 1, EngineLimits()).identity()) for n in (1, 2)]
    identities = [
        identity_of(canvas, "page", Job(GOOD, 1), limits, setup),
        identity_of(canvas, "page", Job(GOOD, 2), limits, setup),
        identity_of(canvas, "page", Job(THROWS, 1), limits, setup),
        identity_of(canvas, "engine", Job(GOOD, 1), limits, setup),
        identity_of(canvas, "page", Job(GOOD, 1), limits, setup | {"browser": "2"}),
        identity_of(canvas, "page", Job(GOOD, 1), limits, None),
        identity_of(canvas, "page", Job(GOOD, 1), PageLimits(timers=5), setup),
        *(identity_of(canvas, "page", Job(GOOD, 1), limits, each) for each in frames),
    ]
    assert len(set(identities)) == len(identities)


def test_an_edited_script_and_another_v8_draw_under_another_identity(monkeypatch):
    def identity() -> str:
        setup = asyncio.run(EngineBackend(1, 1, EngineLimits()).identity())
        return identity_of(P5Brush(), "engine", Job(GOOD, 1), EngineLimits(), setup)

    script, usual = parts.script, identity()
    monkeypatch.setattr(parts, "fingerprint", parts.fingerprint.__wrapped__)  # each time anew
    assert identity() == usual
    with monkeypatch.context() as patch:
        patch.setattr(parts, "script", lambda name: script(name) + "\n" * (name == "geometry"))
        assert identity() != usual
    with monkeypatch.context() as patch:
        patch.setattr("importlib.metadata.version", lambda name: f"another {name}")  # mini-racer's brings V8
        assert identity() != usual


def test_cache_0_turns_the_disk_off_too(folder):
    for _ in range(2):
        _, cache = drawn([Job(GOOD, 1)], cache=0, disk_cache=str(folder))
        assert counts(cache) == (0, 0, 1)
    assert not folder.exists()


def test_a_picture_of_which_nobody_knows_what_drew_it_is_not_kept(folder, monkeypatch):
    async def fails(self):
        raise MachineError("it does not say what it is")

    monkeypatch.setattr("codepaint_env.render.browser.fleet.BrowserFleet.describe", fails)
    [rendering], cache = drawn([Job(GOOD, 1)], path="page", disk_cache=str(folder))
    assert rendering.ok
    assert counts(cache) == (0, 0, 0)
    assert not folder.exists()


def test_the_environment_variable_chooses_the_folder_or_none(tmp_path, monkeypatch):
    monkeypatch.setenv("CODEPAINT_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path / "renderings"
    monkeypatch.setenv("CODEPAINT_CACHE", "OFF")
    assert cache_folder() is None
    monkeypatch.delenv("CODEPAINT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    assert cache_folder() == tmp_path / "user/codepaint/renderings"


@pytest.mark.parametrize("wish", ["", 3, None, ["x"]])
def test_a_wrong_folder_is_refused_with_its_value(wish):
    with pytest.raises(SpecError, match=r"disk_cache is .*; it must be True, False or the path"):
        shared_renderer(P5Brush(), {"disk_cache": wish})


# On the command line


@pytest.mark.full
@pytest.mark.parametrize(
    "command",
    [
        ["score", "sketch.js"],
        ["render", "sketch.js"],
        ["demo", "--policy", ".", "--episodes", "1", "-o", "run"],
    ],
    ids=lambda command: command[0],
)
def test_no_cache_paints_anew_and_keeps_nothing(tmp_path, command):
    (tmp_path / "sketch.js").write_text(GOOD)
    database = tmp_path / "kept/renderings/cache.db"

    def codepaint(*words: str) -> None:
        environment = os.environ | {"CODEPAINT_CACHE": str(tmp_path / "kept")}
        module = [sys.executable, "-m", "codepaint_env.cli"]
        subprocess.run([*module, *words], cwd=tmp_path, env=environment, check=True, capture_output=True)

    codepaint(*command, "--no-cache")
    assert not database.exists()
    codepaint(*[word.replace("run", "again") for word in command])
    with sqlite3.connect(database) as kept:
        assert kept.execute("SELECT count(*) FROM Cache").fetchall() == [(1,)]
