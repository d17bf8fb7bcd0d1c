"""Strokes without the engine: targets, and a renderer that paints the washes of a sketch as plain polygons."""

from __future__ import annotations

import json
import re

import gymnasium as gym
import numpy as np
from PIL import Image, ImageDraw

import rewards
from codepaint_env.episodes import setting
from rewards import Rendering

WASH = re.compile(r'wash\("(#\w+)", \d+, (\[.*\])\);')
BROKEN = Rendering("machine_error", "engine", "the worker died")


class Polygons:
    """Paints at once; the paintings whose numbers, from 1, are in `breaks` meet a machine that fails."""

    def __init__(self, breaks=()):
        self.breaks, self.count, self.programs = frozenset(breaks), 0, []

    def hold(self):
        pass

    release = hold

    def render(self, jobs):
        return [self.painted(job.program) for job in jobs]

    def painted(self, program):
        self.count += 1
        self.programs.append(program)
        if self.count in self.breaks:
            return BROKEN
        side = int(re.search(r"createCanvas\((\d+)", program)[1])
        sheet = Image.new("RGB", (side, side), "white")
        for colour, outline in WASH.findall(program):
            points = [(x + side / 2, y + side / 2) for x, y in json.loads(outline)]
            ImageDraw.Draw(sheet).polygon(points, fill=colour)
        return Rendering("ok", image=np.asarray(sheet.resize((512, 512), Image.Resampling.NEAREST)))


@rewards.reward(needs={"image", "reference"}, range=(-1, 1), floor=False)
def nearness(sample):
    """1 for the target, 0 for what is as far from it as white paper."""
    target = np.asarray(Image.open(sample.task.reference).resize((16, 16)), dtype=float)
    picture = np.asarray(Image.fromarray(sample.rendering.image).resize((16, 16)), dtype=float)
    return max(-1.0, 1 - ((picture - target) ** 2).mean() / ((255 - target) ** 2).mean())


def paint_targets(folder, count=3):
    """Paints discs, and returns the tasks that ask for them."""
    tasks = []
    for index in range(count):
        sheet = Image.new("RGB", (64, 64), "white")
        x, y = 20 + 12 * (index % 3), 24 + 8 * (index % 2)
        ImageDraw.Draw(sheet).ellipse((x - 14, y - 14, x + 14, y + 14), fill=(30 + 60 * (index % 4), 60, 120))
        sheet.save(folder / f"{index}.png")
        tasks.append({"id": f"disc-{index}", "prompt": "a disc", "reference": str(folder / f"{index}.png")})
    return tasks


def painting(tasks, monkeypatch, easel, **options):
    """Makes an environment that paints on an easel."""
    monkeypatch.setattr(setting, "shared_renderer", lambda canvas, options: easel)
    told = {"reward": nearness, "max_turns": 3, "reward_mode": "delta"} | options
    return gym.make("codepaint/P5Brush-v0", tasks=tasks, **told)
