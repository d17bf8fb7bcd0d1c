"""What TRL does to reward functions, as its source (1.16) has it, with a painter and rewards of a few lines."""

import asyncio
from types import SimpleNamespace

import numpy as np

from codepaint_env.trainers.trl import (
    reward_funcs,
)
from rewards import Rendering, Score, Traits

MIX = "0.3*renders + 0.7*coverage"


class Easel:
    """Paints a dark disc whose radius is the program's length; breaks at a program that says so."""

    def __init__(self):
        self.batches = []

    def render(self, jobs):
        self.batches.append([job.program for job in jobs])
        return [self.painted(job.program) for job in jobs]

    async def arender(self, jobs):
        await asyncio.sleep(0)
        return self.render(jobs)

    def painted(self, program):
        if program == "break":
            return Rendering("machine_error", "engine", "the worker died")
        if program == "explode":
            raise OSError("no more processes")
        y, x = np.mgrid[-32:32, -32:32]
        image = np.where(x**2 + y**2 < len(program) ** 2, 20, 250).astype(np.uint8)
        return Rendering("ok", image=np.repeat(image[..., None], 3, axis=2))


class Shares:
    """Scores 0.1 a letter of the completion, is broken where it says `judge down`, and counts its calls."""

    name, needs, version = "shares", frozenset({"image"}), "1"
    traits = Traits(
        components=("letters",), disclaims={"16": "a stand-in, which counts how often it is asked"}
    )

    def __init__(self):
        self.seen = []

    def preflight(self, samples=None):
        pass

    def __call__(self, samples, /):
        self.seen.append(list(samples))
        return [self.score(sample) for sample in samples]

    def score(self, sample):
        if sample.rendering.status == "machine_error":
            return Score(None, reason=sample.rendering.message)
        if "judge down" in sample.completion:
            return Score(None, reason="401: the key has expired")
        return Score(min(1.0, len(sample.program) / 10), {"letters": float(len(sample.program))})


class Ranks(Shares):
    """Stands for rewards that compare the samples of a group."""

    name, traits = "ranks", Traits(scope="group", disclaims=Shares.traits.disclaims)


class Trainer:
    """Calls reward functions as `GRPOTrainer._calculate_rewards` does and keeps what they log."""

    def __init__(self, functions, step=0):
        self.functions, self.state = functions, SimpleNamespace(global_step=step)
        self.metrics, self.table = {}, {}

    def keywords(self, completions, prompts=None, **columns):
        prompts = prompts or ["a poppy"] * len(completions)
        columns = columns or {"task_id": ["poppy"] * len(completions)}
        return dict(
            prompts=prompts,
            completions=completions,
            completion_ids=[[1, 2]] * len(completions),
            **columns,
            trainer_state=self.state,
            log_extra=lambda name, values: self.table.setdefault(name, []).extend(values),
            log_metric=lambda name, value: self.metrics.setdefault(name, []).append(value),
        )

    def rewards(self, completions, **columns):
        told = self.keywords(completions, **columns)
        return [function(**told) for function in self.functions]

    async def arewards(self, completions, **columns):
        told = self.keywords(completions, **columns)
        return await asyncio.gather(*(function(**told) for function in self.functions))


def made(spec=MIX, **options):
    options = {"renderer": Easel(), "probe": False} | options
    return options["renderer"], Trainer(reward_funcs(spec, **options))
