"""Two turns with `reward_mode="delta"`: does a policy that sees what came of its first sketch learn to better it?

    .venv-models/bin/python benchmarks/two_turns.py                 one hour, after a warm start
    .venv-models/bin/python benchmarks/two_turns.py --warm runs/paint/warm    one that `make train` made
    .venv-models/bin/python benchmarks/two_turns.py --quick         one minute and four prompts

A loop on the environment alone, without a trainer: 16 episodes a step, eight of each of two prompts. On the first turn
the policy paints, on the second it gets its own sketch and the environment's feedback, and paints again. Each turn is
rewarded by what it gained and compared with the same turn of its group, as in GRPO; both teach at once. The policy
sees no picture: it is SmolLM2-135M, which reads text.

Held-out prompts are painted twice, before and after, with the same random numbers.

two_turns.json  docs/training: what came of each step, and of the held-out prompts
two_turns.svg   docs/training: the reward of first and second pictures over the steps
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import gymnasium as gym
import numpy as np
import torch
from numpy.typing import NDArray
from peft import get_peft_model
from render_parts.lines import Panel, draw_lines
from transformers import AutoModelForCausalLM, AutoTokenizer, set_seed

import codepaint_env  # noqa: F401  (registers the ids)
from codepaint_env.runs.curves import WINDOW, smoothed
from codepaint_env.trainers.trl import sample_completions

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "examples"))

import grpo_paint  # noqa: E402  (stands in examples/)

OUT = ROOT / "docs/training"
GROUP = 8


@dataclass(frozen=True, slots=True)
class Policy:
    """A model with its tokenizer and the arguments of examples/grpo_paint.py."""

    model: Any
    tokenizer: Any
    args: Any

    def write(self, asked: Sequence[Any], seed: int) -> list[str]:
        """Returns a completion for each conversation."""
        return sample_completions(
            self.model, self.tokenizer, asked, self.args, limit=self.args.tokens, seed=seed, batch_size=32
        )

    def learn(self, asked: Sequence[Any], written: Sequence[str], advantages: NDArray[np.float64]) -> None:
        """Adds the gradient of the policy's loss: minus advantage times log probability, a mean over all tokens."""
        ends = self.tokenizer.eos_token
        kept = [place for place, advantage in enumerate(advantages) if advantage]
        answers = {
            place: self.tokenizer(written[place], add_special_tokens=False).input_ids for place in kept
        }
        for place in kept:
            if len(answers[place]) < self.args.tokens:
                answers[place] += self.tokenizer(ends, add_special_tokens=False).input_ids
        total = sum(map(len, answers.values()))
        for place in kept:
            text = self.tokenizer.apply_chat_template(
                asked[place], add_generation_prompt=True, tokenize=False
            )
            ids = self.tokenizer(text, add_special_tokens=False).input_ids
            whole = torch.tensor([ids + answers[place]])
            count = len(answers[place])
            with torch.autocast("cpu", torch.bfloat16, enabled=self.args.bf16):
                logits = self.model(whole, logits_to_keep=count + 1).logits[0, :-1]
            logs = torch.log_softmax(logits.float() / self.args.temperature, dim=-1)
            chosen = logs.gather(1, whole[0, -count:, None]).sum()
            (-float(advantages[place]) * chosen / total).backward()


@dataclass(frozen=True, slots=True)
class Played:
    """What came of two turns of several episodes, an array of `(2, episodes)` each.

    Attributes:
        asked: The conversations of each turn.
        written: The completions of each turn.
        gains: The rewards.
        ok: True where the program painted.
        unchanged: True where the picture did not visibly change.
    """

    asked: list[list[Any]]
    written: list[list[str]]
    gains: NDArray[np.float64]
    ok: NDArray[np.bool_]
    unchanged: NDArray[np.bool_]

    def means(self) -> dict[str, float]:
        """Returns the means over the episodes."""
        return {
            "first": float(self.gains[0].mean()),
            "second": float(self.gains.sum(axis=0).mean()),
            "gain": float(self.gains[1].mean()),
            "unchanged": float(self.unchanged[1].mean()),
            "paints_first": float(self.ok[0].mean()),
            "paints_second": float(self.ok[1].mean()),
            "copied": float(np.mean([a.strip() == b.strip() for a, b in zip(*self.written, strict=True)])),
        }


def play(policy: Policy, envs: Any, prompts: Sequence[str], seed: int) -> Played:
    """Plays two turns with every environment, one prompt each."""
    ids = {task.prompt: task.id for task in envs.unwrapped.tasks}
    envs.reset(seed=seed, options={"task_ids": [ids[prompt] for prompt in prompts]})
    asked: list[list[Any]] = [[[{"role": "user", "content": prompt}] for prompt in prompts]]
    written, gains, ok, unchanged = [], [], [], []
    for turn in range(2):
        completions = policy.write(asked[turn], 2 * seed + turn)
        observations, rewards, _, _, infos = envs.step(tuple(completions))
        told = infos.get("final_info", infos)
        if not np.all(told["reward/valid"]):
            raise click.ClickException("A machine failed; run the command again.")
        written.append(completions)
        gains.append(np.array(rewards, float))
        ok.append(np.array(told["status"]) == "ok")
        unchanged.append(np.array(told["picture/unchanged"], bool))
        asked.append(
            [
                [
                    *conversation,
                    {"role": "assistant", "content": completion},
                    {"role": "user", "content": f"{feedback}\nPaint it again: {prompt}"},
                ]
                for prompt, conversation, completion, feedback in zip(
                    prompts, asked[turn], completions, observations["feedback"], strict=True
                )
            ]
        )
    return Played(asked[:2], written, np.array(gains), np.array(ok), np.array(unchanged))


def advantages(gains: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the advantages of GRPO (DeepSeekMath, equation 3) of the gains of one turn, group by group."""
    groups = gains.reshape(-1, GROUP)
    spread = groups.std(axis=1, ddof=1, keepdims=True)
    shares: NDArray[np.float64] = ((groups - groups.mean(axis=1, keepdims=True)) / (spread + 1e-4)).ravel()
    return shares


def interval(gains: NDArray[np.float64]) -> list[float]:
    """Returns the 95 % interval of a mean, by a bootstrap."""
    draws = np.random.default_rng(0).choice(gains, (10_000, len(gains))).mean(axis=1)
    return [round(float(edge), 4) for edge in np.quantile(draws, (0.025, 0.975))]


def environments(count: int, prompts: Sequence[str]) -> Any:
    """Returns so many environments of two turns under `delta`, which take these prompts."""
    return gym.make_vec(
        "codepaint/P5Brush-v0",
        num_envs=count,
        canvas=grpo_paint.CANVAS,
        tasks=list(dict.fromkeys(prompts)),
        reward=grpo_paint.REWARD,
        max_turns=2,
        reward_mode="delta",
        autoreset_mode="Disabled",
    )


def plot(steps: Sequence[dict[str, float]]) -> str:
    """Returns the SVG of the curves."""
    lines = {
        label: smoothed([each[name] for each in steps])
        for label, name in (("first picture", "first"), ("second picture", "second"))
    }
    shares = {
        label: smoothed([each[name] for each in steps])
        for label, name in (("that paint", "paints_second"), ("no visible change", "unchanged"))
    }
    panels = [Panel("reward", "", lines), Panel("second turns", "share", shares)]
    title = f"Two turns under delta, moving mean of {WINDOW} steps"
    return draw_lines(title, list(range(1, len(steps) + 1)), "steps", panels)


@click.command(help=__doc__.replace("\n\n", "\n\n\b\n") if __doc__ else None)
@click.option("--warm", type=click.Path(path_type=Path), help="A warm start; without it one is made.")
@click.option(
    "--minutes", default=60.0, show_default=True, help="Of training; the rate falls to 0 over them."
)
@click.option("--held-out", default=32, show_default=True, help="Prompts that are painted before and after.")
@click.option("--seed", default=0, show_default=True)
@click.option("--quick", is_flag=True, help="One minute and four held-out prompts; keeps nothing.")
@click.option("--json", "to_json", type=click.Path(path_type=Path), help="Write the figures to a file.")
def main(
    warm: Path | None, minutes: float, held_out: int, seed: int, quick: bool, to_json: Path | None
) -> None:
    """Trains, and tells what came of it."""
    if quick:
        minutes, held_out = 1.0, 4
    args = grpo_paint.read_arguments(["--seed", str(seed), "--held-out", str(held_out)])
    args.bf16 = grpo_paint.is_bfloat16_fast()
    grpo_paint.keep_freed_memory()
    set_seed(seed)
    known, asked = grpo_paint.split_prompts(held_out)
    training = [study.prompt for study in known]
    if warm is None:
        warm = Path("runs/two_turns/warm")
        if not warm.exists():
            np.random.default_rng(seed).shuffle(known)  # type: ignore[arg-type]
            grpo_paint.warm_start(args, known, warm)
    kind = torch.bfloat16 if args.bf16 else torch.float32
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(warm, dtype=kind), grpo_paint.adapter(args))
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    grpo_paint.write_merged(model)
    policy = Policy(model, AutoTokenizer.from_pretrained(warm), args)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=args.lr, weight_decay=0.0)
    test, envs = environments(held_out, asked), environments(2 * GROUP, training)
    draw = np.random.default_rng(seed)
    told: dict[str, Any] = {"steps": []}
    try:
        before = play(policy, test, asked, seed)
        click.echo(f"before: {before.means()}", err=True)
        started, step = time.monotonic(), 0
        while (left := 1 - (time.monotonic() - started) / (60 * minutes)) > 0:
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = args.lr * min(step / 3, left)
            prompts = [str(each) for each in draw.choice(training, 2, replace=False) for _ in range(GROUP)]
            played = play(policy, envs, prompts, 1000 + step)
            model.train()
            optimizer.zero_grad()
            for turn in range(2):
                policy.learn(played.asked[turn], played.written[turn], advantages(played.gains[turn]))
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            told["steps"].append({name: round(value, 4) for name, value in played.means().items()})
            words = "  ".join(f"{name} {value:.3f}" for name, value in told["steps"][-1].items())
            click.echo(f"step {step:>3}  {words}  about {max(0, left * minutes):.0f} min left", err=True)
        after = play(policy, test, asked, seed)
    finally:
        test.close()
        envs.close()
    for when, held in (("before", before), ("after", after)):
        told[when] = {name: round(value, 4) for name, value in held.means().items()}
        told[when]["gain_95"] = interval(held.gains[1])
    for name, change in (
        ("first", after.gains[0] - before.gains[0]),
        ("second", after.gains.sum(axis=0) - before.gains.sum(axis=0)),
        ("gain", after.gains[1] - before.gains[1]),
    ):
        told[f"change_of_{name}"] = {"mean": round(float(change.mean()), 4), "interval_95": interval(change)}
    click.echo(json.dumps({name: value for name, value in told.items() if name != "steps"}, indent=2))
    if to_json is not None:
        to_json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    if not quick:
        (OUT / "two_turns.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
        (OUT / "two_turns.svg").write_text(plot(told["steps"]), encoding="utf-8")


if __name__ == "__main__":
    main()
