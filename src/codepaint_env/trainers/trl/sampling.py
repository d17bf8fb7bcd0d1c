"""Samples completions from a model in the middle of its training, and leaves the training as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any


def sample_completions(
    model: Any,
    processing_class: Any,
    prompts: Sequence[Sequence[Mapping[str, str]]],
    args: Any,
    *,
    limit: int,
    seed: int,
    batch_size: int,
) -> list[str]:
    """Returns one completion per prompt, sampled as the training samples and always from the same seed.

    Afterwards, mode and random numbers are as before.

    Args:
        model: A causal language model of transformers, or one that peft has wrapped.
        processing_class: Its tokenizer, or a processor that has one.
        prompts: Conversations.
        args: The trainer's arguments: temperature, `top_p`, `top_k`, `min_p` and `generation_kwargs`, if it has them.
        limit: Most tokens of a completion.
        seed: Seed of the random numbers.
        batch_size: Completions at once.
    """
    import torch
    from transformers import GenerationConfig

    tokenizer = getattr(processing_class, "tokenizer", processing_class)
    told = {
        "do_sample": True,
        "temperature": getattr(args, "temperature", 1.0),
        "top_p": getattr(args, "top_p", 1.0),
        "top_k": getattr(args, "top_k", None),
        "min_p": getattr(args, "min_p", None),
        "pad_token_id": tokenizer.pad_token_id,
        "eos_token_id": tokenizer.eos_token_id,
        "max_new_tokens": limit,
        "use_cache": True,
    }
    config = GenerationConfig(**told | (getattr(args, "generation_kwargs", None) or {}))
    texts = [
        tokenizer.apply_chat_template(list(prompt), add_generation_prompt=True, tokenize=False)
        for prompt in prompts
    ]
    completions: list[str] = []
    with _undisturbed(model, seed), torch.no_grad():
        for start in range(0, len(texts), batch_size):
            tokens = tokenizer(
                texts[start : start + batch_size],
                return_tensors="pt",
                padding=True,
                padding_side="left",
                add_special_tokens=False,
                return_token_type_ids=False,
            ).to(model.device)
            ids = model.generate(**tokens, generation_config=config)
            written = ids[:, tokens["input_ids"].shape[1] :]
            completions += tokenizer.batch_decode(written, skip_special_tokens=True)
    return completions


@contextmanager
def _undisturbed(model: Any, seed: int) -> Iterator[None]:
    """Seeds torch and puts the model into its mode for use; gives both back as they were."""
    import torch

    training = [module for module in model.modules() if module.training]
    # Seeding reaches every GPU, so the numbers of all of them are kept.
    with torch.random.fork_rng(devices=list(range(torch.cuda.device_count()))):
        torch.manual_seed(seed)
        model.eval()
        try:
            yield
        finally:
            for module in training:
                module.training = True
