"""An environment in event loops, threads and processes: the same picture in each."""

import asyncio
import json
import multiprocessing
import os
import subprocess
import sys
import threading
import warnings

import gymnasium as gym
import pytest

import codepaint_env  # noqa: F401  (registers the environment)

ID = "codepaint/P5Brush-v0"
SQUARE = (
    "function setup() { createCanvas(64, 64, WEBGL); background(250);"
    " noStroke(); fill(20, 60, 120); rect(-16, -16, 32, 32); }"
)


@pytest.fixture(scope="module")
def env():
    """One environment for the file, so that its processes start once."""
    env = gym.make(ID)
    yield env
    env.close()


def played(env, note):
    """Plays one episode whose program nobody has painted before, so that no cache can answer."""
    env.reset(seed=0)
    return env.step(f"{SQUARE} // {note}")[4]


def played_anew(note):
    env = gym.make(ID)
    info = played(env, note)
    env.close()
    return info


def send(note, connection):
    connection.send(played_anew(note))


def send_from_inherited(env, note, connection):
    connection.send(played(env, note))
    env.close()


def from_process(method, target, *args):
    context = multiprocessing.get_context(method)
    ours, theirs = context.Pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of any fork beside threads
        process = context.Process(target=target, args=(*args, theirs))
        process.start()
    assert ours.poll(60), "no answer from the process"
    info = ours.recv()
    process.join(60)
    assert process.exitcode == 0
    return info


def looks(info):
    return info["status"], info["task_id"], info["pixels/sha256"]


@pytest.fixture(scope="module")
def expected(env):
    return looks(played(env, "at home"))


def test_it_works_inside_a_running_event_loop(expected):
    async def play():
        return played_anew("in a loop")

    assert looks(asyncio.run(play())) == expected


def test_it_works_in_threads_and_in_another_thread_than_it_was_made_in(env, expected):
    infos = []
    works = [lambda i=i: infos.append(played_anew(f"in thread {i}")) for i in range(3)]
    works.append(lambda: infos.append(played(env, "made elsewhere")))
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [looks(info) for info in infos] == [expected] * 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_it_works_after_a_fork_with_a_new_environment(expected):
    assert looks(from_process("fork", send, "after a fork")) == expected


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_it_works_after_a_fork_with_an_environment_that_has_painted_before(env, expected):
    assert looks(from_process("fork", send_from_inherited, env, "inherited")) == expected
    assert looks(played(env, "the parent's processes are still there")) == expected


def test_it_works_in_a_spawned_process(expected):
    assert looks(from_process("spawn", send, "spawned")) == expected


@pytest.mark.full
def test_infos_are_equal_in_processes_that_hash_differently(env):
    code = "import json, test_processes; print(json.dumps(test_processes.played_anew('hashed')))"
    here = os.path.dirname(__file__)
    for hash_seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=here, env=environment)
        assert done.stdout.strip() == json.dumps(played(env, "hashed"))
