"""Tests of what stands around a worker: bubblewrap, the filter of system calls, limits, and what is left without them."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import psutil
import pytest

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.p5brush.engine import backend as engine_backend
from codepaint_env.canvases.p5brush.engine.backend import worker_kind
from codepaint_env.canvases.p5brush.examine import examine
from codepaint_env.canvases.svg import backend as svg_backend
from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.render.backend import Job
from codepaint_env.render.codec import to_json
from codepaint_env.render.confine import syscalls, walls, worker_process
from codepaint_env.render.drawn import Drawn
from codepaint_env.render.renderer import Renderer
from codepaint_env.render.schema import AnswerRecord, ReadyRecord, record_drawn
from live_processes import ours, until
from rewards.errors import SpecError
from rewards.types import Rendering
from sketches import GOOD

WORKER = "codepaint_env.render.confine.worker"

NO_BUBBLEWRAP, NO_FILTER = walls.bubblewrap()[1], syscalls.seccomp()[1]
needs_bubblewrap = pytest.mark.skipif(bool(NO_BUBBLEWRAP), reason=f"no bubblewrap here: {NO_BUBBLEWRAP}")
needs_filter = pytest.mark.skipif(bool(NO_FILTER), reason=f"no filter of system calls here: {NO_FILTER}")


def draw(program: str = GOOD, **options: object) -> Rendering:
    renderer = Renderer(P5Brush(), workers=1, cache=0, **options)  # type: ignore[arg-type]
    try:
        [rendering] = renderer.render([Job(program, 1)])
        return rendering
    finally:
        renderer.close()


def digest(rendering: Rendering) -> str:
    assert rendering.image is not None, rendering.message
    return hashlib.sha256(rendering.image.tobytes()).hexdigest()


@pytest.fixture(scope="module")
def expected() -> str:
    return digest(draw())


@pytest.fixture
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file outside every place that a worker reads."""
    path = tmp_path_factory.mktemp("home") / "secret"
    path.write_text("secret", encoding="ascii")
    return path


def within(
    script: str, *arguments: object, around: Sequence[str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs Python between the walls of a worker; `confine` and `shut` are names there."""
    command = [*(walls.bubblewrap()[0] if around is None else around), sys.executable, "-P", "-c"]
    head = "import json, os, socket, sys\nfrom codepaint_env.render.confine.syscalls import shut\nfrom codepaint_env.render.confine.walls import confine\n"
    return subprocess.run(
        [*command, head + script, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=walls.environment(),
        timeout=60,
        check=False,
    )


@needs_bubblewrap
def test_a_worker_sees_no_home_no_process_no_network_and_writes_nowhere(secret):
    script = (
        "def tried(act):\n"
        "    try:\n        return repr(act())\n    except OSError as error:\n        return type(error).__name__\n"
        "path, port, here, home = sys.argv[1], int(sys.argv[2]), sys.prefix, sys.argv[3]\n"
        "told = {\n"
        "    'read': tried(lambda: open(path).read()),\n"
        "    'passwd': tried(lambda: open('/etc/passwd').read()),\n"
        "    'home': tried(lambda: os.listdir(home)),\n"
        "    'write': [tried(lambda: open(f'{place}/x', 'w')) for place in ('/', '/tmp', '/usr', here, '/dev', '/dev/shm')],\n"
        "    'connect': tried(lambda: socket.create_connection(('127.0.0.1', port), 2)),\n"
        "    'processes': [name for name in os.listdir('/proc') if name.isdigit()],\n"
        "    'namespace': tried(lambda: os.unshare(0x10000000)) if hasattr(os, 'unshare') else 'PermissionError',\n"
        "}\n"
        "print(json.dumps(told))\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = within(script, secret, server.getsockname()[1], secret.parent)
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()
    assert told["read"] == told["passwd"] == told["home"] == "FileNotFoundError"
    assert set(told["write"]) <= {"OSError", "PermissionError", "FileNotFoundError"}
    assert told["connect"] in ("OSError", "ConnectionRefusedError")
    assert len(told["processes"]) <= 2


FORBIDDEN = {
    "a program": "os.execv('/bin/true', ['true'])",
    "a process": "os.fork()",
    "a socket": "socket.socket()",
    "a signal to another": "os.kill(1, 9)",
    "a removed file": "os.unlink(sys.argv[1])",
    "a folder": "os.mkdir(sys.argv[1] + 'x')",
}


@needs_filter
@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_broken_worker_that_asks_the_system_for_more_is_ended(name, secret):
    script = f"confine()\nassert shut()\nprint('shut', flush=True)\n{FORBIDDEN[name]}\nprint('went on', flush=True)\n"
    done = within(script, secret, around=())
    assert done.stdout == "shut\n"
    assert done.returncode == -signal.SIGSYS
    assert secret.exists()


SIGNALS = {  # the killed process is the first argument
    "to its thread": "ctypes.CDLL(None).syscall({tgkill}, victim, victim, 9)",
    "as the owner of a pipe": "fcntl.fcntl(pipe, 8, victim), fcntl.fcntl(pipe, 10, 9), fcntl.fcntl(pipe, 4, 0x2000)",
    "as its owner's thread": "fcntl.fcntl(pipe, 15, struct.pack('ii', 0, victim))",
}


@needs_filter
@pytest.mark.parametrize("name", SIGNALS)
def test_a_broken_worker_sends_no_signal_to_another_process_and_ends(name):
    script = (
        "import ctypes, fcntl, struct\n"
        "victim, (pipe, end) = int(sys.argv[1]), os.pipe()\n"
        "confine()\nassert shut()\nprint('shut', flush=True)\n"
        f"{SIGNALS[name].format(tgkill=syscalls.TGKILL)}\nos.write(end, b'x')\nprint('went on', flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as victim:
        done = within(script, victim.pid, around=())
        assert victim.poll() is None
        victim.communicate(b"\n")
    assert (done.stdout, done.returncode, victim.returncode) == ("shut\n", -signal.SIGSYS, 0)


@needs_filter
@pytest.mark.parametrize("around", [(), None], ids=["alone", "in bubblewrap"])
def test_a_filtered_worker_can_still_end_itself(around):
    done = within("confine()\nassert shut()\nos.abort()\n", around=around)
    assert done.returncode in (-signal.SIGABRT, 128 + signal.SIGABRT)


@needs_filter
def test_a_filtered_worker_can_read_and_start_threads_but_open_nothing_for_writing(tmp_path):
    script = (
        "import threading\n"
        "confine()\nassert shut()\n"
        "thread = threading.Thread(target=lambda: print('a thread', flush=True))\nthread.start()\nthread.join()\n"
        "print(open('/proc/self/statm').read() != '', flush=True)\n"
        "for flags in (os.O_WRONLY | os.O_CREAT, os.O_RDWR, os.O_RDONLY | os.O_CREAT, os.O_RDONLY | os.O_TRUNC):\n"
        "    try:\n        os.open(sys.argv[1], flags)\n        print('opened')\n"
        "    except PermissionError:\n        pass\n"
    )
    path = tmp_path / "kept"
    path.write_text("kept", encoding="ascii")
    done = within(script, path, around=())
    assert (done.stdout, done.returncode) == ("a thread\nTrue\n", 0), done.stderr
    assert path.read_text(encoding="ascii") == "kept"


@needs_bubblewrap
def test_a_python_that_was_started_by_a_path_with_dots_has_the_same_walls(tmp_path):
    script = (
        "import subprocess\n"
        "from codepaint_env.render.confine import walls, worker_kind\n"
        "around, problem = walls.bubblewrap()\n"
        "assert not problem, problem\n"
        "python = worker_kind.command(worker_kind.WorkerKind('a:b'))[0]\n"
        "subprocess.run([*around, python, '-c', 'import sys; print(sys.prefix)'], check=True)\n"
    )
    dotted = os.path.relpath(sys.executable, tmp_path)  # begins with dots: it is written on to this folder
    done = subprocess.run(
        [dotted, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.returncode) == (f"{sys.prefix}\n", 0), done.stderr


def workers() -> list[psutil.Process]:
    return [
        each
        for each in psutil.Process().children(recursive=True)
        if "codepaint_env.render.confine.worker" in each.cmdline() and each.name() != "bwrap"
    ]


def test_a_worker_runs_behind_all_the_walls_that_there_are_here(expected):
    others = workers()
    renderer = Renderer(P5Brush(), workers=1, cache=0)
    try:
        assert digest(renderer.render([Job(GOOD, 1)])[0]) == expected
        confined = str(renderer.describe()["confined"])
        [worker] = [each for each in workers() if each not in others]
        status = Path(f"/proc/{worker.pid}/status").read_text(encoding="ascii")
        if not NO_BUBBLEWRAP:
            assert "no home, a read-only system" in confined
            for kind in ("net", "pid", "mnt", "ipc", "user", "uts"):
                assert os.readlink(f"/proc/{worker.pid}/ns/{kind}") != os.readlink(f"/proc/self/ns/{kind}")
            assert "CapEff:\t0000000000000000" in status
        if not NO_FILTER:
            assert "system calls filtered" in confined
            tasks = list(Path(f"/proc/{worker.pid}/task").iterdir())
            assert len(tasks) > 1
            for task in tasks:
                assert "Seccomp:\t2" in (task / "status").read_text(encoding="ascii")
        assert "NoNewPrivs:\t1" in status
        assert worker.rlimit(psutil.RLIMIT_FSIZE) == worker.rlimit(psutil.RLIMIT_CORE) == (0, 0)
        assert worker.rlimit(psutil.RLIMIT_NOFILE) == (walls.OPEN_FILES, walls.OPEN_FILES)
    finally:
        renderer.close()


@pytest.mark.full
@pytest.mark.parametrize("missing", ["both", "bubblewrap", "seccomp"])
def test_what_cannot_be_had_is_said_once_and_the_picture_is_the_same(missing, expected, monkeypatch, caplog):
    if missing != "seccomp":
        monkeypatch.setattr(walls, "bubblewrap", lambda *_: ((), "it was taken away"))
    if missing != "bubblewrap":
        monkeypatch.setattr(syscalls, "seccomp", lambda: (b"", "it was taken away"))
    monkeypatch.setattr(worker_process, "_told", False)
    with caplog.at_level(logging.WARNING, "codepaint"):
        renderer = Renderer(P5Brush(), workers=2, cache=0)
        try:
            first, second = renderer.render([Job(GOOD, 1), Job(f"{GOOD}\n", 1)])
            confined = str(renderer.describe()["confined"])
        finally:
            renderer.close()
    assert digest(first) == digest(second) == expected
    said = [record.getMessage() for record in caplog.records if "it was taken away" in record.getMessage()]
    assert len(said) == (2 if missing == "both" else 1)
    assert ("no home" in confined) == (missing == "seccomp" and not NO_BUBBLEWRAP)
    assert ("system calls filtered" in confined) == (missing == "bubblewrap" and not NO_FILTER)
    [line] = [line for line in examine(P5Brush()) if line.name == "isolation"]
    assert line.state == "note"
    assert "it was taken away" in line.text


@needs_bubblewrap
def test_where_no_user_namespace_can_be_made_programs_are_drawn_with_what_is_left(expected):
    around = [walls.bubblewrap()[0][0], "--dev-bind", "/", "/", "--unshare-user", "--disable-userns"]
    script = (
        "import hashlib\n"
        "from codepaint_env.canvases.p5brush.canvas import P5Brush\n"
        "from codepaint_env.render.backend import Job\n"
        "from codepaint_env.render.renderer import Renderer\n"
        "renderer = Renderer(P5Brush(), workers=1, cache=0)\n"
        f"[rendering] = renderer.render([Job({GOOD!r}, 1)])\n"
        "print(hashlib.sha256(rendering.image.tobytes()).hexdigest())\n"
        "print(renderer.describe()['confined'])\n"
        "renderer.close()\n"
    )
    done = subprocess.run(
        [*around, sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    digest_here, confined = done.stdout.splitlines()
    assert digest_here == expected
    assert "no network" not in confined
    assert ("system calls filtered" in confined) == (not NO_FILTER)
    assert "Programs run without bubblewrap" in done.stderr


def test_a_process_a_program_gives_the_same_picture_and_is_used_once(expected):
    renderer = Renderer(P5Brush(), workers=1, cache=0, options={"isolation": "process"})
    try:
        drawn = [renderer.render([Job(GOOD + "\n" * i, 1)])[0] for i in range(3)]
        counters = renderer.counters()
    finally:
        renderer.close()
    assert {digest(rendering) for rendering in drawn} == {expected}
    assert counters["recycled"] == 3
    assert counters["started"] >= 3
    with pytest.raises(SpecError, match=r"isolation is 'box'; there is 'worker', 'process'\."):
        Renderer(P5Brush(), options={"isolation": "box"})  # type: ignore[arg-type]


def test_the_successor_of_a_worker_starts_while_that_one_still_draws(monkeypatch):
    monkeypatch.setattr(svg_backend, "RENDERS", 20)
    others = {*ours(WORKER)}
    renderer = Renderer(SVG(), workers=1, cache=0)

    def running():
        return len({*ours(WORKER)} - others)

    def draw_one(width):
        program = (
            f'<svg xmlns="http://www.w3.org/2000/svg"><rect width="{width}" height="9" fill="red"/></svg>'
        )
        [rendering] = renderer.render([Job(program, 1)])
        assert rendering.ok
        return renderer.counters()

    try:
        for width in range(1, 18):
            assert draw_one(width)["started"] == 1
        of_one = running()
        draw_one(18)
        until(lambda: renderer.counters()["started"] == 2, "nobody starts the successor")
        until(lambda: running() == 2 * of_one, "it does not run")
        assert renderer.counters()["recycled"] == 0
        until(lambda: draw_one(99)["recycled"] == 1, "it does not take its place")
        until(lambda: running() == of_one, "the first does not end")
        assert renderer.counters()["started"] == 2
    finally:
        renderer.close()
    until(lambda: not running(), "a worker is left")


def test_a_worker_is_watched_from_outside_as_well(monkeypatch):
    monkeypatch.setattr(engine_backend, "BACKSTOP_MB", -9000)  # it is too large from the start
    rendering = draw("for (;;);", options={"recorder_cpu_s": 20})
    assert (rendering.status, rendering.kind) == ("program_error", "memory_limit")


ANSWERS = {
    "too long a message": b"\xff\xff\xff\x7f",
    "no JSON": b"\x04\x00\x00\x00oops",
    "no object": b"\x02\x00\x00\x0012",
    "too large a picture": {"pixels": 9_999_999_999},
    "a picture of less than nothing": {"pixels": -1},
    "a number that is none": {"memory_mb": "much"},
    "a picture of another size": {"pixels": 16},
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_forged_answer_is_no_picture_and_costs_no_memory(name, tmp_path, monkeypatch):
    answer = ANSWERS[name]
    if isinstance(answer, dict):
        claimed = Drawn("done", rgb=np.zeros((9, 9, 3), np.uint8), size=(9, 9))
        told = json.loads(to_json(AnswerRecord(record_drawn(claimed), 9 * 9 * 3, 1.0, False))) | answer
        text = json.dumps(told).encode()
        answer = len(text).to_bytes(4, "little") + text + bytes(16)
    ready = to_json(ReadyRecord(dict(worker_kind().made_of), ()))
    forged = len(ready).to_bytes(4, "little") + ready + answer
    python = tmp_path / "python"
    (tmp_path / "answer").write_bytes(forged)
    python.write_text(f"#!/bin/sh\ncat '{tmp_path / 'answer'}'\nexec sleep 60\n", encoding="ascii")
    python.chmod(0o755)
    monkeypatch.setattr(walls, "bubblewrap", lambda *_: ((), ""))
    monkeypatch.setattr(sys, "executable", str(python))
    rendering = draw()
    assert (rendering.status, rendering.kind, rendering.image) == ("program_error", "crash", None)
