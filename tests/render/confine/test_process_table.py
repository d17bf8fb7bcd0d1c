"""What Linux tells of a process's main thread."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from codepaint_env.render.confine.process_table import rest_of

TALKS = "import sys; print(flush=True)\nfor line in sys.stdin: print(flush=True)"


def test_a_process_that_waits_is_asleep_and_each_question_wakes_it():
    with subprocess.Popen(
        [sys.executable, "-c", TALKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as asked:
        assert asked.stdin is not None
        assert asked.stdout is not None
        asked.stdout.readline()
        counts = []
        for _ in range(3):
            asked.stdin.write(b"?\n")
            asked.stdin.flush()
            asked.stdout.readline()
            end = time.monotonic() + 10
            while not (rest := rest_of(asked.pid)) or not rest.asleep:
                assert time.monotonic() < end
            counts.append(rest.sleeps)
        asked.stdin.close()
    assert counts[0] < counts[1] < counts[2]


def test_a_process_that_works_is_awake_and_one_that_is_gone_cannot_be_seen():
    own = rest_of(os.getpid())
    assert own is not None
    assert not own.asleep
    with subprocess.Popen([sys.executable, "-c", ""]) as short:
        pass
    assert rest_of(short.pid) is None
