"""`codepaint reward-server` answers until it is stopped, and says what is wrong before it listens."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from functools import partial

from codepaint_env.trainers.openrlhf import rows
from command_line import refused


def test_it_serves_scores_until_ctrl_c():
    words = [sys.executable, "-m", "codepaint_env.cli", "reward-server", "renders", "--port", "0"]
    heed = partial(
        signal.signal, signal.SIGINT, signal.SIG_DFL
    )  # ignored by what starts tests in the background
    place = os.environ | {"PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=place, preexec_fn=heed)
    try:
        url = server.stdout.readline().removeprefix("listening at ").strip()
        [row] = rows(["a poppy"])
        body = {"query": ["Paint. I cannot."], "prompts": ["Paint."], "labels": [row["label"]]}
        with urllib.request.urlopen(
            urllib.request.Request(url, json.dumps(body).encode()), timeout=60
        ) as answer:
            told = json.load(answer)
        assert told["rewards"] == told["scores"] == 0.0
        assert told["extra_logs"]["codepaint/valid"] == 1.0
        server.send_signal(signal.SIGINT)
        assert server.communicate(timeout=60)[0] == "stopped\n"
        assert server.returncode == 0
    finally:
        server.kill()


def test_what_is_wrong_is_told_in_one_line():
    assert "Did you mean 'renders'" in refused("reward-server", "render")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert refused("reward-server", "renders", "--port", port).endswith("choose another --port.")
