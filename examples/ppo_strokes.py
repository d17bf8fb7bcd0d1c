"""Teaches a policy to copy pictures stroke by stroke, from pixels alone, by PPO of Stable-Baselines3.

    python examples/ppo_strokes.py --minutes 10               trains, and goes on where it stopped
    python examples/ppo_strokes.py --minutes 10 --permuted    the control: it is shown other targets than it is to copy
    python examples/ppo_strokes.py --report docs              compares both: a table, the curves and a picture

It needs `pip install 'codepaint-env[sb3]'`; the report also needs matplotlib. A target is one wash of any place, size,
angle and colour. The policy sees the target beside its sheet and paints two washes; it chooses the place and colour of
each. The reward of a wash is what it adds to the likeness. The policy trains on 256 targets. Once a minute it paints 64
held-out targets without noise; their likeness is the curve. A run's folder holds the targets, the curves and the
policies.
"""

from __future__ import annotations

import argparse
import json
import time
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import gymnasium as gym
import numpy as np
from numpy.typing import NDArray
from PIL import Image

import codepaint_env  # noqa: F401 (registers the ids)
import rewards
from codepaint_env import canvases
from codepaint_env.evaluate import paint
from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.sb3 import Stroke, StrokeActions, leave_out_failures, sketch

HELD_OUT = 64  # targets at most
STROKES = 2
SHEET_PX = 128
FIXED = {"length": 0.0, "angle": 0.0, "bend": 0.0, "width": 0.2, "opacity": 1.0}
GRID = 16  # cells along a side, by which pictures are compared
EVERY_S = 60.0  # from one point of the curve to the next

Pixels = NDArray[np.uint8]


def cells(image: Pixels) -> NDArray[np.float64]:
    """Returns the mean colours of 16 x 16 cells, `(16, 16, 3)`, [0, 1]."""
    small = Image.fromarray(image).resize((GRID, GRID), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64) / 255


@lru_cache(maxsize=1024)
def target_cells(path: Path) -> NDArray[np.float64]:
    return cells(np.asarray(Image.open(path).convert("RGB")))


@rewards.reward(needs={"image", "reference"}, range=(-1, 1), floor=False)
def likeness(sample: rewards.Sample) -> float:
    """1 for the target itself, 0 for what is as far from it as a white sheet, down to -1 for what is farther."""
    assert sample.rendering.image is not None
    assert sample.task.reference is not None
    target = target_cells(sample.task.reference)
    return likeness_of(cells(sample.rendering.image), target)


def likeness_of(picture: NDArray[np.float64], target: NDArray[np.float64]) -> float:
    return max(-1.0, 1 - float(np.sqrt(((picture - target) ** 2).mean() / ((1 - target) ** 2).mean())))


def paint_targets(folder: Path, count: int, seed: int) -> Path:
    """Paints random washes, and returns the file of their tasks."""
    tasks = folder / "tasks.jsonl"
    if tasks.exists():
        return tasks
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    spread = {"x": 0.7, "y": 0.7, "length": 0.3, "angle": 1, "bend": 0.4, "red": 1, "green": 1, "blue": 1}
    programs = []
    for _ in range(count):
        numbers = {name: rng.uniform(-most, most) for name, most in spread.items()}
        programs.append(sketch([Stroke(**numbers, width=rng.uniform(0, 0.5), opacity=1.0)], SHEET_PX))
    canvas = canvases.get("p5brush")
    renderer = Renderer(canvas, disk_cache=False)
    lines = []
    for index, painted in enumerate(paint(canvas, renderer, programs, range(count))):
        assert painted.rendering.image is not None
        Image.fromarray(painted.rendering.image).resize((SHEET_PX, SHEET_PX)).save(folder / f"{index:03}.png")
        lines.append(
            {"id": f"{folder.name}-{index}", "prompt": "Copy the target.", "reference": f"{index:03}.png"}
        )
    renderer.close()
    tasks.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return tasks


class Permuted(gym.ObservationWrapper[Pixels, NDArray[np.float32], Pixels]):
    """Shows the target of another task than the one whose reward counts, drawn anew for each episode."""

    def __init__(self, env: gym.Env[Pixels, NDArray[np.float32]]) -> None:
        super().__init__(env)
        self._rng = np.random.default_rng(0)

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Pixels, Any]:
        if seed is not None:
            self._rng = np.random.default_rng(seed)
        _, asked = self.env.reset(seed=seed, options=options)
        others = [task.id for task in self.get_wrapper_attr("tasks") if task.id != asked["task_id"]]
        self._other, _ = self.env.reset(options={"task_id": others[self._rng.integers(len(others))]})
        shown, info = self.env.reset(options={"task_id": asked["task_id"]})
        return self.observation(shown), info

    def observation(self, observation: Pixels) -> Pixels:
        return np.concatenate([self._other[..., :3], observation[..., 3:]], axis=-1)


def make_env(tasks: Path, permuted: bool) -> gym.Env[Pixels, NDArray[np.float32]]:
    env = gym.make(
        "codepaint/P5Brush-v0",
        tasks=str(tasks),
        reward="ppo_strokes:likeness",
        max_turns=STROKES,
        reward_mode="delta",
        renderer={"workers": 1, "cache": 0},
    )
    strokes = StrokeActions(env, canvas_px=SHEET_PX, fixed=FIXED)
    return Permuted(strokes) if permuted else strokes


def make_policy(envs: Any, seed: int) -> Any:
    """Returns PPO with a policy that reads both pictures as 8 x 8 mean colours, and how they differ."""
    import torch
    from stable_baselines3 import PPO
    from stable_baselines3.common.torch_layers import BaseFeaturesExtractor

    torch.set_num_threads(1)

    class MeanColours(BaseFeaturesExtractor):  # type: ignore[misc]
        def __init__(self, space: gym.spaces.Box) -> None:
            super().__init__(space, 6 * 8 * 8)
            self.pool = torch.nn.AdaptiveAvgPool2d(8)

        def forward(self, pictures: torch.Tensor) -> torch.Tensor:
            target, sheet = self.pool(pictures).chunk(2, dim=1)
            return 3 * torch.cat([1 - target, target - sheet], dim=1).flatten(1)  # washes are pale

    return PPO(
        "CnnPolicy",
        envs,
        n_steps=256 // envs.num_envs,
        batch_size=64,
        learning_rate=1e-3,
        gamma=0.9,
        gae_lambda=0.9,
        policy_kwargs={
            "features_extractor_class": MeanColours,
            "net_arch": [128, 128],
            "log_std_init": -0.7,
        },
        seed=seed,
        device="cpu",
    )


def trained_policy(run: Path, env: gym.Env[Pixels, Any]) -> Any:
    from stable_baselines3.common.vec_env import DummyVecEnv

    model = make_policy(DummyVecEnv([lambda: env]), 0)
    model.set_parameters(run / "policy.zip", device="cpu")
    return model


def painted_by(
    model: Any, env: gym.Env[Pixels, Any], most: int | None = None
) -> tuple[list[float], list[Pixels]]:
    """Paints targets of an environment once each, without noise; returns likeness and last observation of each."""
    found, seen = [], []
    for task in env.get_wrapper_attr("tasks")[:most]:
        observation, info = env.reset(options={"task_id": task.id})
        total, over = 0.0, False
        while not over:
            action, _ = model.predict(observation, deterministic=True)
            observation, reward, over, _, info = env.step(action)
            total += float(reward)
        found.append(total if info["reward/valid"] else np.nan)
        seen.append(observation)
    return found, seen


def train(out: Path, minutes: float, permuted: bool, processes: int, targets: int) -> None:
    """Trains for some minutes more, and keeps policy and curve."""
    from stable_baselines3.common.callbacks import BaseCallback
    from stable_baselines3.common.env_util import make_vec_env
    from stable_baselines3.common.vec_env import SubprocVecEnv

    trained = paint_targets(out / "trained", targets, seed=1)
    held_out = paint_targets(out / "held-out", min(targets, HELD_OUT), seed=2)
    run = out / ("permuted" if permuted else "seen")
    run.mkdir(exist_ok=True)
    curve, saved = run / "curve.jsonl", run / "policy.zip"
    points = [json.loads(line) for line in curve.read_text().splitlines()] if curve.exists() else []
    spent = points[-1]["minutes"] if points else 0.0
    envs = make_vec_env(
        partial(make_env, trained, permuted), processes, seed=len(points), vec_env_cls=SubprocVecEnv
    )
    model = make_policy(envs, len(points))
    if saved.exists():
        model.set_parameters(saved, device="cpu")
        model.num_timesteps = points[-1]["steps"]
    # The control too is judged by the targets that it is to copy, and shown others.
    judged = make_env(held_out, permuted)

    class Curve(BaseCallback):  # type: ignore[misc]
        """Paints the held-out targets once a minute; what that takes is not counted as training."""

        def _on_training_start(self) -> None:
            self.spent, self.since = spent, time.perf_counter()
            if not points:
                self._add()

        def _on_step(self) -> bool:
            return self._minutes() < spent + minutes

        def _on_rollout_end(self) -> None:
            if self._minutes() - self.spent >= EVERY_S / 60:
                self._add()

        def _on_training_end(self) -> None:
            self._add()

        def _minutes(self) -> float:
            return self.spent + (time.perf_counter() - self.since) / 60

        def _add(self) -> None:
            now = self._minutes()
            found, _ = painted_by(self.model, judged)
            point = {"minutes": round(now, 3), "steps": self.num_timesteps, "likeness": found}
            self.model.save(saved)
            with curve.open("a", encoding="utf-8") as file:
                file.write(json.dumps(point) + "\n")
            print(
                f"{now:5.1f} min  {self.num_timesteps:6} strokes  likeness {np.nanmean(found):6.3f}",
                flush=True,
            )
            self.spent, self.since = now, time.perf_counter()

    model.learn(10**9, callback=[leave_out_failures(), Curve()], reset_num_timesteps=False)
    envs.close()
    judged.close()


def interval(differences: NDArray[np.float64]) -> dict[str, float]:
    """Returns a mean with its 95 % interval, by a bootstrap that draws targets."""
    differences = differences[np.isfinite(differences)]
    drawn = np.random.default_rng(0).choice(differences, (10_000, len(differences))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return {"mean": float(differences.mean()), "low": float(low), "high": float(high)}


def report(out: Path, folder: Path) -> None:
    """Writes what came of the training and of its control: figures, curves, and held-out targets with their copies."""
    curves = {
        name: [json.loads(line) for line in (out / name / "curve.jsonl").read_text().splitlines()]
        for name in ("seen", "permuted")
    }
    last = {name: np.array(points[-1]["likeness"], dtype=np.float64) for name, points in curves.items()}
    pictures = [target_cells(path) for path in sorted((out / "held-out").glob("*.png"))]
    env = make_env((out / "held-out/tasks.jsonl").resolve(), True)
    deceived = np.array(painted_by(trained_policy(out / "seen", env), env)[0], dtype=np.float64)
    env.close()
    grey = np.mean([target_cells(path) for path in (out / "trained").glob("*.png")], axis=(0, 1, 2))
    told = {
        "rise": interval(last["seen"] - np.array(curves["seen"][0]["likeness"], dtype=np.float64)),
        "above the permuted": interval(last["seen"] - last["permuted"]),
        "above itself shown other targets": interval(last["seen"] - deceived),
        "likeness": {name: interval(values) for name, values in last.items()},
        "covering the sheet": {
            "with the mean colour of all targets": float(
                np.mean([likeness_of(grey, each) for each in pictures])
            ),
            "with each target's own mean colour": float(
                np.mean([likeness_of(each.mean(axis=(0, 1)), each) for each in pictures])
            ),
        },
        "trained": {
            name: {"minutes": points[-1]["minutes"], "strokes": points[-1]["steps"]}
            for name, points in curves.items()
        },
        "held-out targets": len(pictures),
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "strokes.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=2))
    draw_curves(curves, folder / "strokes.svg")
    draw_copies(out, folder / "strokes.webp")


def draw_curves(curves: dict[str, list[dict[str, Any]]], file: Path) -> None:
    """Draws likeness over strokes, with 95 % intervals over the held-out targets."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams |= {"svg.hashsalt": "codepaint", "font.size": 10}
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6.4, 3.4), layout="constrained")
    for points, colour, label in zip(
        curves.values(), ("#1f6f8b", "#b5651d"), ("shown its target", "shown another (control)"), strict=True
    ):
        steps = [point["steps"] for point in points]
        means = [interval(np.array(point["likeness"], dtype=np.float64)) for point in points]
        axes.plot(steps, [each["mean"] for each in means], "o-", ms=3, color=colour, label=label)
        axes.fill_between(
            steps,
            [each["low"] for each in means],
            [each["high"] for each in means],
            color=colour,
            alpha=0.2,
            lw=0,
        )
    axes.axhline(0, color="#888888", lw=0.8, ls=":")
    axes.set(xlabel="strokes trained on", ylabel="likeness on held-out targets")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="upper left")
    figure.savefig(file, metadata={"Date": None})


def draw_copies(out: Path, file: Path, count: int = 12, side: int = 96) -> None:
    """Draws the first held-out targets, beneath each what the policy painted, and beneath that the control."""
    rows: list[list[Pixels]] = []
    for name in ("seen", "permuted"):
        env = make_env((out / "held-out/tasks.jsonl").resolve(), name == "permuted")
        _, seen = painted_by(trained_policy(out / name, env), env, count)
        rows += [[each[..., 3:] for each in seen]]
        if name == "seen":
            rows.insert(0, [each[..., :3] for each in seen])
        env.close()
    sheet = Image.new("RGB", (len(rows[0]) * (side + 8) + 8, len(rows) * (side + 8) + 8), "#d8d4cc")
    for y, row in enumerate(rows):
        for x, each in enumerate(row):
            cell = Image.fromarray(np.ascontiguousarray(each)).resize((side, side), Image.Resampling.BICUBIC)
            sheet.paste(cell, (8 + x * (side + 8), 8 + y * (side + 8)))
    sheet.save(file, quality=90)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--minutes", type=float, default=10.0, help="how long to train, in addition to before"
    )
    parser.add_argument("--permuted", action="store_true", help="trains the control")
    parser.add_argument("--targets", type=int, default=256, help="how many are trained on")
    parser.add_argument("--processes", type=int, default=4, help="that paint")
    parser.add_argument("--out", type=Path, default=Path("runs/strokes"), help="folder of the run")
    parser.add_argument("--report", type=Path, help="folder for the report of what was trained")
    args = parser.parse_args()
    if args.report:
        report(args.out, args.report)
    else:
        train(args.out.resolve(), args.minutes, args.permuted, args.processes, args.targets)
