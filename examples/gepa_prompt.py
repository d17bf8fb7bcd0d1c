"""Lets GEPA evolve the system prompt under which a model paints.

    python examples/gepa_prompt.py
    OPENAI_BASE_URL=... OPENAI_API_KEY=... python examples/gepa_prompt.py --model my-model --calls 400

It needs `pip install 'codepaint-env[gepa]'`. Without `--model` a scripted model answers on loopback, so that you can
see the loop without an endpoint. The model knows eight pieces of advice. Three of them make it paint better, five do
not, and it does not say which. As a painter it follows the system prompt. As a reflecting model it adds one piece of
advice, chosen by the feedback or at random. Only the paintings decide what GEPA keeps. At the end the model paints
held-out tasks under the first prompt and under the best.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import gepa

import rewards
from codepaint_env.trainers.gepa import COMPONENT, Adapter, rows

SEED_PROMPT = "Paint what you are asked, as one p5.js sketch with p5.brush, in a fenced code block."
ADVICE = {
    "large": "Paint larger: let the subject reach almost to the edges.",
    "strong": "Use strong, dark pigments.",
    "background": "Paint on white paper.",
    "calm": "Breathe calmly before you begin.",
    "comments": "Explain each line with a comment.",
    "outline": "Be sure to spell every colour in capitals.",
    "polite": "Thank the reader at the end.",
    "several": "Paint several blossoms instead of one.",
}
HINTS = {
    "paint larger": "large",
    "paint more": "several",
    "darker colours": "strong",
}  # in the critique of `coverage`


class ScriptedModel:
    """Paints as its system prompt says, and reflects by adding advice; one answer is the same each time.

    What it paints depends on three pieces of advice: how large, how dark, and how many blossoms.
    """

    def answer(self, messages: list[dict[str, str]]) -> str:
        told = "\n".join(message["content"] for message in messages)
        rng = random.Random(hashlib.sha256(told.encode()).hexdigest())
        if messages[0]["role"] == "system":
            return self._painting(messages[0]["content"], rng)
        return self._reflection(told, rng)

    def _painting(self, prompt: str, rng: random.Random) -> str:
        size = 100 if ADVICE["large"] in prompt else 34
        low, high = (20, 120) if ADVICE["strong"] in prompt else (150, 225)
        blossoms = 3 if ADVICE["several"] in prompt else 1
        lines = []
        for _ in range(blossoms):
            colour = "#" + "".join(f"{rng.randint(low, high):02x}" for _ in range(3))
            spread = 0 if blossoms == 1 else 120
            x, y = rng.randint(-spread, spread), rng.randint(-spread, spread)
            radius = size * rng.uniform(0.8, 1.2)
            lines.append(f'  fill("{colour}");\n  circle({x}, {y}, {2 * radius:.0f});')
        body = "\n".join(lines)
        return (
            "```js\nfunction setup() {\n  createCanvas(256, 256, WEBGL);\n  background(252);\n  noStroke();\n"
            f"{body}\n}}\n\nfunction draw() {{\n  noLoop();\n}}\n```"
        )

    def _reflection(self, told: str, rng: random.Random) -> str:
        prompt = re.findall(r"```\n(.*?)\n```", told, re.DOTALL)[0]
        left = {name: text for name, text in ADVICE.items() if text not in prompt}
        hinted = [left[name] for hint, name in HINTS.items() if hint in told and name in left]
        # Now and then it does not listen, as models do.
        choice = (
            rng.choice(hinted) if hinted and rng.random() < 0.5 else rng.choice(list(left.values()) or [""])
        )
        return f"The next instruction:\n```\n{prompt}\n{choice}\n```"


def serve(model: ScriptedModel) -> str:
    """Serves a model on loopback as an OpenAI-compatible endpoint, and returns its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            message = {"role": "assistant", "content": model.answer(asked["messages"])}
            told = {"id": "1", "object": "chat.completion", "created": 0, "model": asked["model"]}
            choice = {"index": 0, "finish_reason": "stop", "message": message}
            body = json.dumps({**told, "choices": [choice]}).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/v1"


def reflecting(model: str) -> Any:
    """Returns what GEPA asks for a new prompt: a function of a text, or of messages with pictures."""
    from openai import OpenAI

    client = OpenAI(max_retries=5)

    def ask(prompt: str | list[dict[str, Any]]) -> str:
        messages: Any = [{"role": "user", "content": prompt}] if isinstance(prompt, str) else prompt
        answer = client.chat.completions.create(model=model, messages=messages)
        return answer.choices[0].message.content or ""

    return ask


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--model", help="name of a model at OPENAI_BASE_URL; without it a scripted one answers")
parser.add_argument("--reflector", help="name of the model that writes prompts; default: the same")
parser.add_argument(
    "--prompt", help="the first system prompt; default: a short one (the canvas's own is long)"
)
parser.add_argument("--tasks", default="flowers", help="a prompt set, or a file with one prompt a line")
parser.add_argument("--reward", default="gated(coverage, gate=renders)", help="a reward spec")
parser.add_argument(
    "--calls", type=int, default=300, help="paintings in all, but for the comparison at the end"
)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument(
    "--out", type=Path, default=Path("runs/gepa"), help="folder of the run; goes on where it stopped"
)
args = parser.parse_args()

if not args.model:
    os.environ |= {
        "OPENAI_BASE_URL": serve(ScriptedModel()),
        "OPENAI_API_KEY": "none",
        "NO_PROXY": "127.0.0.1",
    }
model = args.model or "scripted"
adapter = Adapter(model, reward=rewards.make(args.reward))
tasks = rows(args.tasks)
random.Random(args.seed).shuffle(tasks)
held_out, valset, trainset = tasks[:16], tasks[16:28], tasks[28:]
first = {COMPONENT: args.prompt or SEED_PROMPT}

result = gepa.optimize(
    seed_candidate=first,
    trainset=trainset,
    valset=valset,
    adapter=adapter,
    reflection_lm=reflecting(args.reflector or model),
    max_metric_calls=args.calls,
    raise_on_exception=False,  # an iteration in which a machine failed is skipped
    stop_callbacks=[adapter.ended],
    run_dir=str(args.out),
    seed=args.seed,
)

best = result.best_candidate
before, after = (adapter.evaluate(held_out, each).scores for each in (first, best))
told = {
    "validation": [round(score, 3) for score in result.val_aggregate_scores],
    "held out": {"first": sum(before) / len(before), "best": sum(after) / len(after)},
    "better": sum(new > old for old, new in zip(before, after, strict=True)),
    "of": len(held_out),
    "found": [name for name, advice in ADVICE.items() if advice in best[COMPONENT]],
    "prompt": best[COMPONENT],
}
(args.out / "result.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
print(json.dumps(told, indent=2))
