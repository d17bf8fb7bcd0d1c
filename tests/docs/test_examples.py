"""Each example runs as its docstring says."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from PIL import Image

from places import ROOT

EXAMPLES = ROOT / "examples"
SQUARE = (
    "function setup() { createCanvas(64, 64, WEBGL); background(250);"
    " noStroke(); fill(20, 60, 120); rect(-16, -16, 32, 32); }"
)


def run(name, *arguments, before="", **environment):
    command = [sys.executable, str(EXAMPLES / name), *map(str, arguments)]
    return subprocess.run(
        ["sh", "-c", f'{before} exec "$@"', "sh", *command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture
def endpoint():
    """An OpenAI-compatible endpoint whose model paints a square; yields its address and what it was asked."""
    asked = []

    class Model(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            message = {"role": "assistant", "content": f"Here:\n```js\n{SQUARE}\n```"}
            body = {"id": "1", "object": "chat.completion", "created": 0, "model": "m"}
            body["choices"] = [{"index": 0, "finish_reason": "stop", "message": message}]
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1", asked
    server.shutdown()
    server.server_close()


def test_the_loop_plays_a_random_agent_and_keeps_its_pictures(tmp_path):
    done = run("loop.py", "--episodes", 2, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    head, *rows, last = done.stdout.splitlines()
    assert head.split() == ["task", "outcome", "reward"]
    assert [row.split()[2] for row in rows] == ["ok", "ok"]
    assert last.startswith("mean reward 0.")
    assert "over 2 of 2 episodes" in last
    pictures = [Image.open(path) for path in sorted(tmp_path.glob("*.png"))]
    assert [picture.size for picture in pictures] == [(512, 512)] * 2


@pytest.mark.full
@pytest.mark.parametrize("mode", ["final", "delta"])
def test_a_painter_that_follows_the_feedback_ends_with_a_better_picture(tmp_path, mode):
    done = run("repaint.py", "--mode", mode, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    told = [turn.splitlines() for turn in done.stdout.split("\nturn ")[1:]]
    rewards = [float(turn[0].split()[-1]) for turn in told]
    assert "brush.bleed is not a function" in told[0][1]
    assert ["did not visibly change" in "".join(turn) for turn in told] == [False] * 3 + [True] + [False] * 2
    earned = [reward > 0 for reward in rewards]
    assert earned == [False, mode == "delta", mode == "delta", False, mode == "delta", True]
    assert 0.7 < sum(rewards) <= 1
    pictures = [Image.open(tmp_path / f"turn-{turn}.png") for turn in range(1, 7)]
    assert [picture.size for picture in pictures] == [(512, 512)] * 6


@pytest.mark.full
def test_the_loop_asks_a_model_with_the_prompt_and_the_canvas(tmp_path, endpoint):
    address, asked = endpoint
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a blue square 🟦\n", encoding="utf-8")
    arguments = ("--episodes", 1, "--model", "m", "--tasks", prompts, "--out", tmp_path)
    keys = {"OPENAI_BASE_URL": address, "OPENAI_API_KEY": "none", "NO_PROXY": "127.0.0.1"}
    done = run("loop.py", *arguments, **keys)
    assert done.returncode == 0, done.stderr
    assert "over 1 of 1 episodes" in done.stdout
    [request] = asked
    assert request["model"] == "m"
    assert request["messages"][1] == {"role": "user", "content": "a blue square 🟦"}
    assert "WEBGL" in request["messages"][0]["content"]


def test_the_loop_leaves_a_failed_machine_out_of_the_mean(tmp_path):
    too_little = "ulimit -v 4000000;"  # KB of address space: Python starts in it, V8 does not
    done = run("loop.py", "--episodes", 1, "--out", tmp_path, before=too_little)
    assert done.returncode == 0, done.stderr
    assert "machine_error engine" in done.stdout
    assert "masked" in done.stdout
    assert "no valid reward over 0 of 1 episodes" in done.stdout


@pytest.mark.full
def test_the_ablation_compares_rewards_and_paints_nothing_twice(tmp_path):
    done = run("reward_ablation.py", "--out", tmp_path, "--count", 6, "--probes", 1)
    assert done.returncode == 0, done.stderr
    assert "6 pictures, 6 of them to paint" in done.stdout
    for label in ("coverage", "colourful", "quiet"):
        assert f"\n{label} " in done.stdout
    again = run("reward_ablation.py", "--out", tmp_path, "--count", 6, "--probes", 1)
    assert "6 pictures, 0 of them to paint" in again.stdout
    assert again.stdout.split("\n", 1)[1] == done.stdout.split("\n", 1)[1]
