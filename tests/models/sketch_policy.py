"""A tiny random model whose tokens are whole sketches, and TRL's real trainer for it."""

from __future__ import annotations

import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
from trl import GRPOConfig, GRPOTrainer

from codepaint_env.trainers.trl import dataset

MIX = "0.3*renders + 0.7*coverage"
TASKS = ["a poppy", "an iris", "a tulip", "a daisy"]
TEMPLATE = "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"


def sketch(radius):
    """Returns a program in one line that paints a disc; several in a row paint the last one."""
    return (
        'function setup() { createCanvas(512, 512, WEBGL); background("#fbf6ec"); '
        f'brush.fill("#20203a", 230); brush.circle(0, 0, {radius}); }}'
    )


# Each sketch is one token, so that a random model paints from its first step.
SKETCHES = [sketch(radius) for radius in (4, 20, 40, 70, 100, 140, 180, 230)]
BROKEN = ["function setup() {", "nothing"]


def sketch_tokenizer(programs=(*SKETCHES, *BROKEN)):
    """Returns a tokenizer of whole programs; by default of the sketches, with broken ones among them."""
    words = ["<pad>", "<eos>", "<unk>", *programs]
    plain = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token="<unk>"))
    plain.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    names = {"pad_token": "<pad>", "eos_token": "<eos>", "unk_token": "<unk>"}
    made = PreTrainedTokenizerFast(tokenizer_object=plain, **names)
    made.chat_template = TEMPLATE
    return made


def trainer_of(
    functions, tokenizer, folder, *, tasks=TASKS, canvas="p5brush", environment_factory=None, **options
):
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    ends = {"pad_token_id": tokenizer.pad_token_id, "eos_token_id": tokenizer.eos_token_id}
    told = {
        "output_dir": str(folder),
        "num_generations": 4,
        "per_device_train_batch_size": 8,
        "max_completion_length": 2,
        "max_steps": 2,
        "learning_rate": 0.05,
        "logging_steps": 1,
        "report_to": [],
        "save_strategy": "no",
        "use_cpu": True,
        "bf16": False,
        "gradient_checkpointing": False,
        "disable_tqdm": True,
    }
    return GRPOTrainer(
        model=LlamaForCausalLM(LlamaConfig(vocab_size=len(tokenizer), **sizes, **ends)),
        reward_funcs=functions,
        args=GRPOConfig(**told | options),
        train_dataset=dataset(tasks, canvas=canvas, system_prompt="You paint."),
        processing_class=tokenizer,
        environment_factory=environment_factory,
    )


def logged(trainer):
    """Trains and returns what each step logs."""
    trainer.train()
    return [line for line in trainer.state.log_history if "reward" in line]
