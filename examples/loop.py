"""Plays episodes with a random agent or a model, and keeps the pictures.

    python examples/loop.py --episodes 4
    OPENAI_BASE_URL=http://localhost:8000/v1 OPENAI_API_KEY=none python examples/loop.py --model my-model

The model may be behind any OpenAI-compatible endpoint (`pip install 'codepaint-env[judge]'`). The mean counts
only rewards with `reward/valid` True: a machine that failed says nothing about the program.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from pathlib import Path

import gymnasium as gym
from PIL import Image

import codepaint_env


def ask(model: str) -> Callable[[str], str]:
    """Returns a policy that answers a prompt with what a model writes."""
    from openai import OpenAI

    client = OpenAI(max_retries=5)

    def policy(prompt: str) -> str:
        answer = client.chat.completions.create(
            model=model,
            messages=[
                {"role": "system", "content": codepaint_env.system_prompt()},
                {"role": "user", "content": prompt},
            ],
        )
        return answer.choices[0].message.content or ""

    return policy


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--episodes", type=int, default=4)
parser.add_argument("--tasks", default="flowers", help="a prompt set, or a file with one prompt a line")
parser.add_argument("--reward", default="gated(coverage, gate=renders)", help="a reward spec")
parser.add_argument("--model", help="name of a model at OPENAI_BASE_URL; without it a random agent paints")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--out", type=Path, default=Path("runs/loop"), help="folder for the pictures")
args = parser.parse_args()

env = gym.make("codepaint/P5Brush-v0", tasks=args.tasks, reward=args.reward)
env.action_space.seed(args.seed)
policy = ask(args.model) if args.model else lambda prompt: str(env.action_space.sample())
args.out.mkdir(parents=True, exist_ok=True)
rewards: list[float] = []

print(f"{'':>3}  {'task':<32}  {'outcome':<24}  {'reward':>6}")
for episode in range(args.episodes):
    # A seed for the first reset alone: those after it go on drawing tasks.
    observation, info = env.reset(seed=args.seed if episode == 0 else None)
    completion = policy(observation["prompt"])
    observation, reward, terminated, truncated, info = env.step(completion)

    outcome = f"{info['status']} {info['error/kind']}"
    if info["reward/valid"]:
        rewards.append(float(reward))
        print(f"{episode:>3}  {info['task_id']:<32}  {outcome:<24}  {reward:6.3f}")
    else:
        print(f"{episode:>3}  {info['task_id']:<32}  {outcome:<24}  {'masked':>6}")
    Image.fromarray(observation["image"]).save(args.out / f"{episode:03}.png")
env.close()

mean = f"mean reward {statistics.mean(rewards):.3f}" if rewards else "no valid reward"
print(f"{mean} over {len(rewards)} of {args.episodes} episodes; pictures in {args.out}")
