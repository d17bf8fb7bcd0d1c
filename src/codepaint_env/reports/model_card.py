"""The card of a model that learned to paint: what it was asked before and after, and how to let it paint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from codepaint_env.evaluate import Evaluated

CARD, PICTURES = "README.md", "paintings.webp"
SHOWN = 8  # prompts of the picture
_SIDE_PX, _GAP_PX = 192, 6


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """What a card tells of.

    Attributes:
        base_model: Name of the model that was trained, on the hub or of a folder.
        canvas: Spec of the canvas.
        reward: Spec of the reward.
        facts: How it was trained, in words, by what they are about.
        result: `prompts`, `gain`, `interval_95`, and of `before` and `after` `reward` and `valid_rate`.
        before: Held-out prompts as the model painted them before.
        after: The same prompts afterwards.
    """

    base_model: str
    canvas: str
    reward: str
    facts: Mapping[str, str]
    result: Mapping[str, Any]
    before: Sequence[Evaluated]
    after: Sequence[Evaluated]


def write_model_card(folder: Path, told: Trained) -> Path:
    """Writes `README.md`, as model hubs show it, and `paintings.webp` into the folder of a model; returns the card."""
    folder.mkdir(parents=True, exist_ok=True)
    _draw(told, folder / PICTURES)
    card = folder / CARD
    card.write_text(_text(told), encoding="utf-8")
    return card


def _text(told: Trained) -> str:
    before, after = told.result["before"], told.result["after"]
    low, high = told.result["interval_95"]
    facts = "\n".join(f"| {name} | {value} |" for name, value in told.facts.items())
    asked = told.before[0].sample.task.prompt
    shown = "; ".join(each.sample.task.prompt for each in told.before[:SHOWN])
    return f"""---
base_model: {told.base_model}
library_name: transformers
pipeline_tag: text-generation
tags: [codepaint, grpo, trl, code, text-to-image]
---

# A model that paints by writing code

`{told.base_model}`, trained by GRPO on rewards that see pictures only. It gets a prompt and writes a program for the
canvas `{told.canvas}` of codepaint (`pip install codepaint-env`), which paints it.

![Held-out prompts: before the training in the first row, after it in the second]({PICTURES})

From left to right: {shown}.

## What it learned

{told.result["prompts"]} prompts that were held out, painted before and after with the same random numbers:

| | before | after |
|---|---|---|
| reward | {before["reward"]:.3f} | {after["reward"]:.3f} |
| programs that paint | {before["valid_rate"]:.0%} | {after["valid_rate"]:.0%} |

Gain of the reward: {told.result["gain"]:+.3f} (95 % interval {low:+.3f} to {high:+.3f}, by bootstrap over prompts).

## Let it paint

```python
from PIL import Image
from transformers import pipeline

from codepaint_env import canvases
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer

write = pipeline("text-generation", model="FOLDER OF THIS MODEL")
asked = [{{"role": "user", "content": {asked!r}}}]
program = write(asked, max_new_tokens=160, return_full_text=False)[0]["generated_text"]

renderer = Renderer(canvases.get({told.canvas!r}))
[painted] = renderer.render([Job(program, seed=1)])
print(painted.status, painted.message)
if painted.ok:
    Image.fromarray(painted.image).save("painting.png")
renderer.close()
```

## How it was trained

| | |
|---|---|
| reward | `{told.reward}` |
{facts}

## Limits

- It was rewarded for what `{told.reward}` sees, and for nothing else.
- It knows the subjects and the vocabulary of its training. Whatever else it is asked, it paints one of those.
- It writes programs: run them sealed, as the environment does.
"""


def _draw(told: Trained, to: Path) -> None:
    from PIL import Image

    pairs = list(zip(told.before, told.after, strict=False))[:SHOWN]
    step = _SIDE_PX + _GAP_PX
    sheet = Image.new("RGB", (len(pairs) * step - _GAP_PX, 2 * step - _GAP_PX), "white")
    for column, pair in enumerate(pairs):
        for row, each in enumerate(pair):
            place = (column * step, row * step)
            sheet.paste(Image.fromarray(_picture(each)).resize((_SIDE_PX, _SIDE_PX)), place)
    sheet.save(to, quality=85, method=6)


def _picture(each: Evaluated) -> NDArray[np.uint8]:
    """Returns what was painted; grey where nothing was."""
    image = each.sample.rendering.image
    return np.full((_SIDE_PX, _SIDE_PX, 3), 232, np.uint8) if image is None else image
