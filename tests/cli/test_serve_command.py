"""`codepaint serve` in a process of its own: what it prints, how it ends, and that nothing is left behind."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psutil
import pytest

from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.openrlhf import rows
from command_line import codepaint, refused
from live_processes import living, until

RED = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="{}" height="9" fill="red"/></svg>'


@contextmanager
def command(*words, **environment):
    """The command, on a free port unless one is named; yields its process and its address."""
    words = ("--port", "0", *words) if "--port" not in words else words
    server = subprocess.Popen(
        [sys.executable, "-m", "codepaint_env.cli", "serve", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"} | environment,
    )
    try:
        yield server, re.search(r"http://\S+", server.stdout.readline())[0]
    finally:
        server.kill()
        server.communicate()


def post(url, body, **headers):
    with urllib.request.urlopen(
        urllib.request.Request(url, json.dumps(body).encode(), headers), timeout=60
    ) as answer:
        return json.load(answer)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_scores_until_it_is_told_to_end_and_leaves_no_process(end):
    with command("--canvas", "svg", "--reward", "0.5*renders + 0.5*coverage", "--workers", 1) as (
        server,
        url,
    ):
        [row] = rows(["a poppy"], canvas="svg")
        body = {"query": ["Paint." + RED.format(400)], "prompts": ["Paint."], "labels": [row["label"]]}
        told = post(f"{url}/get_reward", body)
        assert told["rewards"] == told["scores"] >= 0.5
        assert told["extra_logs"]["codepaint/valid"] == 1.0
        workers = psutil.Process(server.pid).children(recursive=True)
        assert workers
        server.send_signal(end)
        assert server.communicate(timeout=60) == ("stopped\n", "")
        assert server.returncode == 0
        until(lambda: not living(workers), "its workers have ended")


def test_what_is_wrong_is_told_in_one_line():
    assert "Did you mean 'renders'" in refused("serve", "--reward", "render")
    assert "there is no option 'cpus'" in refused("serve", "--canvas", "svg", "--set", "cpus=3")
    assert "is no NAME=VALUE" in refused("serve", "--set", "cpus")
    assert "No canvas is called 'sgv'. Did you mean 'svg'?" in refused("serve", "--canvas", "sgv")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = refused("serve", "--canvas", "svg", "--port", taken.getsockname()[1])
    assert "is taken by another program; choose another with --port" in told


def test_a_ramp_takes_the_numbers_of_a_step():
    spec = "ramp(0, 0.5, steps=200)*renders + 0.5*coverage"
    assert "start it with --step N" in refused("serve", "--canvas", "svg", "--reward", spec)
    with command("--canvas", "svg", "--reward", spec, "--step", 7) as (_, url):
        task = {"prompt": "a poppy"}
        told = post(f"{url}/v1/score", {"completions": [RED.format(400)], "tasks": [task]})
        assert 0 < told["scores"][0]["value"] < 1


def test_an_address_that_others_reach_is_warned_of_unless_there_is_a_token():
    with command("--canvas", "svg", "--host", "0.0.0.0") as (server, _):
        assert "set CODEPAINT_TOKEN" in server.stderr.readline()
    with command("--canvas", "svg", "--host", "0.0.0.0", CODEPAINT_TOKEN="rosebud") as (server, url):
        server.terminate()
        assert "rosebud" not in "".join(server.communicate(timeout=60)) + url


@pytest.mark.full
def test_a_server_that_is_killed_in_a_batch_and_started_again_changes_no_byte():
    jobs = [Job(RED.format(number), number) for number in range(150)]
    here = Renderer(SVG(), cache=0)
    expected = [hashlib.sha256(each.image.tobytes()).hexdigest() for each in here.render(jobs)]
    here.close()
    with (
        command("--canvas", "svg", "--workers", 1, CODEPAINT_CACHE="off") as (first, url),
        ThreadPoolExecutor(1) as pool,
    ):
        there = Renderer(SVG(), backend="remote", cache=0, options={"url": url})
        assert there.render([Job(RED.format(999), 1)])[0].ok
        workers = psutil.Process(first.pid).children(recursive=True)
        batch = pool.submit(there.render, jobs)
        until(lambda: there.counters()["cache_misses"] >= 150, "the batch began")
        first.kill()
        first.wait()
        assert not batch.done()
        until(lambda: not living(workers), "its workers have ended with it")
        with command("--canvas", "svg", "--workers", 1, "--port", url.rpartition(":")[2]):
            found = batch.result(120)
            there.close()
    assert [hashlib.sha256(each.image.tobytes()).hexdigest() for each in found] == expected


def test_help_names_every_way_to_use_it():
    told = codepaint("serve", "--help").output
    assert "CODEPAINT_URL" in told
    assert "--reward.remote_url" in told
