"""Repaints one flower over several turns, each time after reading the feedback on the last.

    python examples/repaint.py
    python examples/repaint.py --mode delta --turns 6

Here the painter is a script with one rule per kind of feedback; yours is a language model. It starts with a mistake
(`brush.bleed` is a name from another release). Then it paints too small, then too pale, and once it changes so
little that nobody can see it. With `final` the last picture earns the reward. With `delta` each turn earns its gain.
Both give the same sum.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import gymnasium as gym
from PIL import Image

import codepaint_env  # noqa: F401  (registers the id)

SKETCH = """
function setup() {
  createCanvas(512, 512, WEBGL); angleMode(DEGREES); background("#fdf7f2");
  brush.noStroke(); scale(%(size)s);
  %(leaves)s
  for (const [count, length, width, colour] of [[7, 150, 74, "%(outer)s"], [6, 100, 52, "%(inner)s"]])
    for (let i = 0; i < count; i++) {
      push(); rotate(360 / count * i + length);
      brush.fill(colour, %(opacity)d); brush.%(bleed)s(0.15); brush.fillTexture(0.5, 0.6);
      brush.beginShape(0.7);
      brush.vertex(0, 0); brush.vertex(-width, -length * 0.6); brush.vertex(0, -length);
      brush.vertex(width, -length * 0.55); brush.endShape(); pop();
    }
  brush.fill("#e0a53a", 210); brush.circle(0, 0, 24);
}
"""
LEAVES = """
  for (const side of [-1, 1]) {
    push(); translate(side * 70, 90); rotate(side * 125);
    brush.fill("#4d7d57", 190); brush.fillBleed(0.12); brush.fillTexture(0.5, 0.6); brush.beginShape(0.6);
    brush.vertex(0, 0); brush.vertex(-36, -60); brush.vertex(0, -150); brush.vertex(36, -60); brush.endShape(); pop();
  }
"""
PALE, STRONG = ("#f0bcc2", "#e9a3ad"), ("#d4667c", "#a92e4e")


@dataclass(frozen=True)
class Draft:
    """What the painter can do differently."""

    bleed: str = "bleed"
    size: float = 0.35
    opacity: int = 130
    colours: tuple[str, str] = PALE
    leaves: bool = False

    def completion(self) -> str:
        """Returns the draft as a model would write it: a sentence and a fenced program."""
        outer, inner = self.colours
        program = SKETCH % {
            "bleed": self.bleed,
            "size": self.size,
            "opacity": self.opacity,
            "outer": outer,
            "inner": inner,
            "leaves": LEAVES if self.leaves else "",
        }
        return f"My next try:\n```js\n{program.strip()}\n```"


def repainted(draft: Draft, feedback: str) -> Draft:
    """Returns the next draft, by the first thing in the feedback that there is a rule for."""
    if "brush.bleed" in feedback:
        return replace(draft, bleed="fillBleed")
    if "did not visibly change" in feedback:
        return replace(draft, opacity=215, colours=STRONG)  # no more half measures
    if "is bare" in feedback:
        return replace(draft, size=1.1)
    if "is pale" in feedback:
        return replace(draft, opacity=draft.opacity + 1)
    return replace(draft, leaves=True)


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--turns", type=int, default=6, help="completions an episode takes")
parser.add_argument("--mode", choices=["final", "delta"], default="final", help="what is rewarded")
parser.add_argument("--reward", default="gated(coverage, gate=renders)", help="a reward spec")
parser.add_argument("--out", type=Path, default=Path("runs/repaint"), help="folder for the pictures")
args = parser.parse_args()

env = gym.make(
    "codepaint/P5Brush-v0",
    max_turns=args.turns,
    reward_mode=args.mode,
    reward=args.reward,
    tasks=["a pink peony"],
)
args.out.mkdir(parents=True, exist_ok=True)
observation, info = env.reset(seed=0)
print(f"asked for: {observation['prompt']}")

draft, total, over = Draft(), 0.0, False
while not over:
    observation, reward, terminated, truncated, info = env.step(draft.completion())
    over = terminated or truncated
    if not info["reward/valid"]:
        print("a machine failed: this episode says nothing about the painter")
        break
    total += float(reward)
    print(f"\nturn {info['turn']}: reward {reward:+.3f}")
    print("\n".join(f"  | {line}" for line in observation["feedback"].splitlines()))
    Image.fromarray(observation["image"]).save(args.out / f"turn-{info['turn']}.png")
    draft = repainted(draft, observation["feedback"])  # a model would look at observation["image"] too
env.close()
print(f"\nthe episode earned {total:.3f}; pictures in {args.out}")
