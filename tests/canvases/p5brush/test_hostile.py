"""Most of the hostile corpus, once: outcome, sibling, canaries, processes. `benchmarks/hostile.py` runs it all."""

from __future__ import annotations

import socket
import subprocess
import sys

import numpy as np
import pytest

from hostile_programs import trial as trials
from hostile_programs.corpus import SIBLING, read_corpus, read_program
from hostile_programs.trial import Arena
from rewards.types import Rendering

CORPUS = {hostile.name: hostile for hostile in read_corpus()}
# One of each kind of trick, half of them in make test; make test-long takes them all.
ON_PAGES = (
    "004_loop_in_promise", "011_never_resolves", "012_worker_that_loops", "019_waits_for_the_clock",
    "039_canvas_element_grows", "052_windows", "061_marks_left_for_the_next_program", "063_fetch", "066_web_rtc",
    "071_speculation_rules", "077_a_frame_with_a_clean_realm", "082_forges_read_pixels", "100_loses_its_context",
    "111_paints_after_it_is_done", "124_fails_after_it_is_done", "129_framebuffers_without_end",
    "made_closing_script_tag", "035_shader_that_loops",
)  # fmt: skip

# In make test every fourth on the engine and every twelfth on pages; the others have the mark `full`. Those that work
# without end cost the CPU seconds that they are given: of them there is every sixth, and half of the rest in make test-full.
ENDLESS = [name for name, hostile in CORPUS.items() if hostile.expected["engine"].kind == "work_limit"]
ON_THE_ENGINE = [name for name in CORPUS if name not in ENDLESS[1::2]]
OFTEN = {*[name for name in CORPUS if name not in ENDLESS][::4], *ENDLESS[::9]}


def some(names):
    """Returns the names as parameters, most with the mark `full`."""
    return [name if name in OFTEN else pytest.param(name, marks=pytest.mark.full) for name in names]


@pytest.fixture(scope="module")
def engine():
    arena = Arena("engine")
    yield arena
    assert arena.close() == []


@pytest.fixture(scope="module")
def page():
    arena = Arena("page")
    yield arena
    assert arena.close() == []


@pytest.mark.parametrize("name", some(ON_THE_ENGINE))
def test_the_engine_is_not_moved(engine, name):
    trial = engine.meet(CORPUS[name])
    assert trial.faults == (), trial


@pytest.mark.parametrize(
    "name",
    [name if name in ON_PAGES[::12] else pytest.param(name, marks=pytest.mark.full) for name in ON_PAGES],
)
def test_a_page_is_not_moved(page, name):
    trial = page.meet(CORPUS[name])
    assert trial.faults == (), trial


def test_the_corpus_is_large_and_each_program_is_there_once():
    corpus = read_corpus()
    assert len(corpus) >= 80
    assert sum(hostile.races for hostile in corpus) >= 20
    assert (
        len({hostile.text for hostile in corpus}) == len({hostile.name for hostile in corpus}) == len(corpus)
    )


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("// engine: ok\nfoo()", "both paths"),
        ("// engine: ok\n// page: fine\n", "'fine' is no expectation"),
        ("// engine: ok\n// page: program_error tired\n", "no expectation"),
        ("// engine: ok\n// page: ok\n// engine: ok\n", "said twice"),
    ],
)
def test_a_program_that_says_its_expectation_badly_is_refused(lines, words):
    with pytest.raises(ValueError, match=words):
        read_program("x", lines)


class Leaky:
    """A renderer that does what the last line of a program says."""

    def render(self, jobs):
        orders = [job.program.splitlines()[-1] for job in jobs]
        for order in orders:
            if order.startswith("reach"):
                _, kind, host, port = order.split(" ")
                with socket.socket(socket.AF_INET, getattr(socket, kind)) as visitor:
                    visitor.connect((host, int(port)))
                    visitor.send(b"x")
        spoilt = "spoil" in orders
        pictures = [np.full((9, 9, 3), spoilt and job.program == SIBLING, np.uint8) for job in jobs]
        return [Rendering("ok", "", "", image=picture, evidence=frozenset({"image"})) for picture in pictures]

    def close(self) -> None:
        """Has nothing to end."""


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("reach SOCK_STREAM 127.0.0.1 {TCP}", "heard something"),
        ("reach SOCK_DGRAM 127.0.0.1 {UDP}", "heard something"),
        ("spoil", "the sibling beside it changed"),
    ],
)
def test_a_renderer_that_leaks_is_found_out(program, words):
    arena = Arena("engine", renderer=Leaky())
    trial = arena.meet(read_program("leak", f"// engine: ok\n// page: ok\n{program}"))
    arena.close()
    [fault] = trial.faults
    assert words in fault


def test_a_process_that_outlives_its_renderer_is_found_out(monkeypatch):
    monkeypatch.setattr(trials, "GONE_S", 0.1)
    arena = Arena("engine", renderer=Leaky())
    left_over = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        [fault] = arena.close()
    finally:
        left_over.kill()
        left_over.wait()
    assert "a process is left" in fault
    assert str(left_over.pid) in fault
